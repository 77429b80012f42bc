"""`check --mend`: repairs that can't be wrong, shown as what stands and what would be read, and kept where accepted.

Nothing is written into a person's files: accepted repairs stand in `mends.toml`, and are made on reading for as long as
the cell says what it said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from longview.gather import CheckReport
from longview.program import Problem


@dataclass(frozen=True, slots=True)
class Repair:
    """One repair on offer.

    Attributes:
        file, row, column, letter: the cell, as its `Problem` names it.
        was: what it says; now: what it can only have meant; why: what is wrong with it, in words.
    """

    file: str
    row: int
    column: str
    letter: str
    was: str
    now: str
    why: str


def repairs(report: CheckReport) -> tuple[Repair, ...]:
    """The repairs that can't be wrong, one a cell, in the order of the list."""
    wrong = [problem for problem in report.problems if problem.mend is not None and problem.row is not None]
    if not wrong:
        return ()
    files = {problem.file for problem in wrong}
    said: dict[tuple[str, int, str], str] = {}
    ids: dict[tuple[str, str], set[str]] = {}
    for cell in report.cells():
        if cell["file"] in files and cell["row"] is not None:
            column = cell.get("fact", cell["column"])
            said.setdefault((cell["file"], cell["row"], column), cell["said"])
            ids.setdefault((cell["file"], column), set()).add(cell["said"])
    offered: dict[tuple[str, int, str], Repair] = {}
    for problem in wrong:
        place = (problem.file, problem.row or 0, problem.column or "")
        if place in said and not _taken(problem, ids):
            told = (problem.letter, said[place], problem.mend or "", problem.expected)
            offered.setdefault(place, Repair(*place, *told))
    return tuple(offered.values())


def _taken(problem: Problem, ids: dict[tuple[str, str], set[str]]) -> bool:
    """Whether a short name would become another row's."""
    return problem.code == "not-an-id" and problem.mend in ids.get((problem.file, problem.column or ""), ())


def keep(path: Path, accepted: Sequence[Repair], tell: Any = None) -> list[Problem]:
    """Keep repairs that a person accepted, beside the program's own files.

    Returns:
        What is wrong with `mends.toml` as it stands, where it can't be added to; nothing was written then.

    Raises:
        BusyError: another Longview is writing to the program.
        OSError: the folder can't be written to.
    """
    from longview.gather import Mend, accept, resolved

    today = date.today().isoformat()
    return accept(resolved(path), [Mend(r.file, r.row, r.column, r.was, r.now, today) for r in accepted], tell)


def shown(offered: Iterable[Repair]) -> str:
    """Repairs as a person would see them in the cell: what stands there, and what it would be read as."""
    lines: list[str] = []
    file = ""
    for repair in offered:
        if repair.file != file:
            lines += ([""] if lines else []) + [repair.file]
            file = repair.file
        lines += [f"  {where(repair)}   {repair.why}", f"    - {_visible(repair.was)}", f"    + {repair.now}"]
    return "\n".join(lines)


def where(repair: Repair) -> str:
    """The place of a repair within its file."""
    letter = f" (column {repair.letter})" if repair.letter else ""
    return f"row {repair.row}, {repair.column}{letter}"


def _visible(text: str) -> str:
    """A cell's text with what can't be seen in it shown as a dot."""
    return "".join(c if c.isprintable() and (c == " " or not c.isspace()) else "·" for c in text)


__all__ = ["Repair", "keep", "repairs", "shown", "where"]
