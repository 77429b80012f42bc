"""A study run: its figures beside what was published."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from longview.evidence import Evidence
from longview.program import Program
from longview.validation.cohort import Anchored, run_cohort
from longview.validation.figures import Value, figure
from longview.validation.form import Reading, Study
from longview.validation.measures import Floats, Ran, value
from longview.validation.verdict import Verdict, judge, study_inside

if TYPE_CHECKING:
    from longview.validation.ranking import Ranking


@dataclass(frozen=True, slots=True)
class Reproduced:
    """A study and what we make of it.

    Attributes:
        inside: every outcome that is held to something is inside; None: nothing is held to anything, or it can't be had.
        lost: share of futures that did not settle. seconds: how long it took.
        trouble: why it could not be run; empty where it was.
        ranking: the whole of it, of a study of that kind.
    """

    study: Study
    outcomes: tuple[Verdict, ...]
    inside: bool | None
    lost: float = 0.0
    seconds: float = 0.0
    trouble: str = ""
    ranking: Ranking | None = None


Runner = Callable[[Study, Evidence], Value]
"""Makes of a study what reads the measures of its arms."""


def reproduce(
    study: Study, evidence: Evidence, *, program: Program | None = None, anchored: Anchored | None = None
) -> Reproduced:
    """Run a study. What it states may contradict itself: then `trouble` says so, and nothing is raised."""
    began = monotonic()
    lost = 0.0
    ranked: Ranking | None = None
    try:
        if not study.outcomes and study.kind != "ranking":
            return Reproduced(study, (), None)
        if study.kind == "cohort":
            ran = run_cohort(study, evidence, program, anchored)
            lost = 1.0 - len(next(iter(ran.values())).numbers) / study.futures
            read = _of_runs(ran)
        elif study.kind == "ranking":
            from longview.validation.ranking import run_ranking

            ranked = run_ranking(study, evidence)
            lost = 1.0 - len(ranked.ours.numbers) / study.futures
            read = ranked.value
        else:
            read = RUNNERS[study.kind](study, evidence)
        verdicts = tuple(judge(o, figure(study, o, read)) for o in study.outcomes)
    except ValueError as error:
        return Reproduced(study, (), None, seconds=monotonic() - began, trouble=str(error))
    return Reproduced(study, verdicts, study_inside(verdicts), lost, monotonic() - began, ranking=ranked)


def _of_runs(ran: Mapping[str, Ran]) -> Value:
    def read(arm: str, reading: Reading) -> Floats:
        return value(ran[arm], reading)

    return read


def _formula(study: Study, evidence: Evidence) -> Value:
    from longview.validation.formula import formula_values

    return formula_values(study, evidence)


def _outbreak(study: Study, evidence: Evidence) -> Value:
    from longview.validation.outbreak import outbreak_values

    return outbreak_values(study, evidence)


RUNNERS: dict[str, Runner] = {"formula": _formula, "outbreak": _outbreak}
"""Kinds by what runs them; "cohort" stands apart, since it may need a program's folder."""
