"""`validate`: published studies run again with the same model and evidence, and ours beside what was published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import longview
from longview.evidence import Evidence, load
from longview.program import Program
from longview.validation import Place, Reproduced, Study, called, ranking_values, read_study, reproduce, shipped
from longview.verbs import Progress

Held = tuple[Program, Evidence]


@dataclass(frozen=True)
class ValidateReport:
    """What `validate` answers.

    Attributes:
        studies: those that could be read, in the order of their files. problems: what is wrong with the others' files, and of
            studies that contradict themselves. evidence_hash: of the evidence, before any study's own inputs.
    """

    studies: tuple[Reproduced, ...]
    problems: tuple[str, ...]
    evidence_hash: str
    version: str

    def summary(self) -> dict[str, Any]:
        """For machines: each study with its class, whether it is inside, and its outcomes."""
        return {
            "evidence_hash": self.evidence_hash,
            "problems": list(self.problems),
            "studies": [_study(found) for found in self.studies],
        }


def validate(files: Sequence[Path] = (), *, progress: Progress | None = None) -> ValidateReport:
    """Run the studies of these files (or, by id, some that come with Longview); without any, all those that come along.

    Nothing is raised for a file that can't be read or a study that contradicts itself: `problems` says so.
    """
    evidence = load()
    studies: list[Study] = []
    problems: list[str] = []
    for path in [_meant(path) for path in files] or shipped():
        study, wrong = read_study(path, evidence)
        problems += wrong
        if study is not None:
            studies.append(study)
    found: list[Reproduced] = []
    for i, study in enumerate(studies):
        if progress is not None:
            progress(f"running {study.id}", i / len(studies))
        done, wrong = _run(study, evidence)
        found.append(done)
        problems += wrong
    return ValidateReport(tuple(found), tuple(problems), evidence.hash, longview.__version__)


def _meant(path: Path) -> Path:
    """The file itself, or where there is none the study that comes along and has such an id."""
    return path if path.exists() else called(str(path)) or path


def _run(study: Study, evidence: Evidence) -> tuple[Reproduced, tuple[str, ...]]:
    program = None
    if study.folder is not None:
        from longview.verbs import NotReadyError
        from longview.verbs.ready import ready

        try:
            program = ready(study.folder)
        except NotReadyError:
            words = f"the program in {study.folder.name} has problems; run: longview check {study.folder}"
            return Reproduced(study, (), None, trouble=words), (f"{study.file}: program: {words}",)
        evidence = load(program.own_values)
    done = reproduce(study, evidence, program=program, anchored=_anchored)
    return done, ((f"{study.file}: {done.trouble}",) if done.trouble else ())


def _anchored(program: Program, study: Study, population: Mapping[str, Any], evidence: Evidence) -> Place:
    """A program's folder as a place: levels from its records, as every other command has them."""
    from longview.calibrate import anchor
    from longview.model import draw, model
    from longview.verbs.futures import price_base

    prepared = model(program, int(population.get("years", 5)), price_base(program))
    held = anchor(prepared, evidence, draw(evidence, prepared.names, prepared.months, study.seed, 0, study.futures))
    lost = 1.0 - held.futures.count / study.futures
    return Place(prepared, held.futures, held.start, lost)


def _study(found: Reproduced) -> dict[str, Any]:
    study = found.study
    return {
        "id": study.id,
        "title": study.title,
        "source": study.source,
        "class": study.cls,
        "kind": study.kind,
        "counted": study.counted,
        "inside": found.inside,
        "structural": study.structural,
        "why": study.why,
        "trouble": found.trouble,
        "outcomes": [_outcome(v) for v in found.outcomes],
        **({"ranking": ranking_values(found.ranking)} if found.ranking is not None else {}),
    }


def _outcome(found: Any) -> dict[str, Any]:
    target = found.target
    return {
        "name": found.name,
        "unit": found.unit,
        "published": target.published,
        "published_low": target.low,
        "published_high": target.high,
        "at_most": target.at_most,
        "at_least": target.at_least,
        "ours": found.point,
        "ours_low": found.low,
        "ours_high": found.high,
        "covers": found.covers,
        "within": found.within,
        "inside": found.inside,
        "counted": found.counted,
    }


__all__ = ["ValidateReport", "validate"]
