"""Everything to say about a program's files at once: problems to mend, doubts to look at, figures that stand in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from longview.gather.doubts import doubts
from longview.gather.fallbacks import fallbacks
from longview.gather.folder import read_all
from longview.program import Problem, Program, fields


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What `check` found.

    Attributes:
        folder: the folder's name, as it was given.
        program: None where something must be mended first.
        problems: must be mended; doubts: worth a look; fallbacks: left out, with what stands in.
        rows: file → rows that were read.
    """

    folder: str
    program: Program | None
    problems: tuple[Problem, ...]
    doubts: tuple[Problem, ...]
    fallbacks: tuple[Problem, ...]
    rows: dict[str, int]

    @property
    def well(self) -> bool:
        """Whether nothing must be mended."""
        return not self.problems


def check_folder(path: Path) -> CheckReport:
    """Read a folder and look at it as a careful colleague would. Nothing is raised for bad data; no file is changed."""
    from longview.evidence import load

    known = load().rows
    found = read_all(path, evidence_keys=known)
    told = list(found.problems)
    if found.program is not None:
        told += doubts(found)
        told += fallbacks(found, load(found.program.own_values).rows)
    order = {sheet.file: place for place, sheet in enumerate(fields().values())}
    told.sort(key=lambda p: (order.get(p.file, len(order)), p.row or 0))
    return CheckReport(
        folder=str(path),
        program=found.program,
        problems=tuple(p for p in told if p.severity == "problem"),
        doubts=tuple(p for p in told if p.severity == "doubt"),
        fallbacks=tuple(p for p in told if p.severity == "fallback"),
        rows={sheet.table.sheet.file: len(sheet.rows) for sheet in found.sheets.values()},
    )
