"""Everything to say about a program's files at once: problems to mend, doubts to look at, figures that stand in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from longview.gather.doubts import doubts
from longview.gather.fallbacks import fallbacks
from longview.gather.filled import filled_fallbacks
from longview.gather.folder import FolderRead, read_all
from longview.gather.rows import cells_read
from longview.program import Problem, Program, fields


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What `check` found.

    Attributes:
        folder: the program's folder or workbook, as it was given.
        program: None where something must be mended first.
        problems: must be mended; doubts: worth a look; fallbacks: left out or filled in, with what stands there.
        rows: file → rows that stand.
        read: everything as it stood.
    """

    folder: str
    program: Program | None
    problems: tuple[Problem, ...]
    doubts: tuple[Problem, ...]
    fallbacks: tuple[Problem, ...]
    rows: dict[str, int]
    read: FolderRead = field(repr=False, compare=False)

    @property
    def well(self) -> bool:
        """Whether nothing must be mended."""
        return not self.problems

    def cells(self) -> Iterator[dict[str, Any]]:
        """Every cell that isn't blank: where it stands, what it says, what it was read as (None: it was not)."""
        if self.read.facts is not None:
            yield from self.read.facts.cells(self.program)
        for sheet in self.read.sheets.values():
            yield from cells_read(sheet)


def check_folder(path: Path) -> CheckReport:
    """Read a program's records and look at them as a careful colleague would.

    Nothing is raised for bad data, and no file is changed.
    """
    from longview.evidence import load

    known = load().rows
    found = read_all(path, evidence_keys=known)
    told = list(found.problems)
    if found.program is not None:
        told += doubts(found)
        told += fallbacks(found, load(found.program.own_values).rows)
        told += filled_fallbacks(found, path)
    told.sort(key=lambda p: (_order(p.file), p.row or 0))
    return CheckReport(
        folder=str(path),
        program=found.program,
        problems=tuple(p for p in told if p.severity == "problem"),
        doubts=tuple(p for p in told if p.severity == "doubt"),
        fallbacks=tuple(p for p in told if p.severity == "fallback"),
        rows=dict(Counter(row.table.file for sheet in found.sheets.values() for row in sheet.rows)),
        read=found,
    )


def _order(file: str) -> int:
    """The place of a file, or of a workbook's sheet, in the field table; imports stand with their sheet."""
    stem = file.removeprefix("sheet ").rsplit("/", 1)[-1].rsplit(".", 1)[0].lower()
    return list(fields()).index(stem) if stem in fields() else len(fields())
