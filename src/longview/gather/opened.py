"""A program's own files opened: a folder of text files, or a workbook. Grids of text, with nothing read in them yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from longview.gather.facts import Facts, read_facts
from longview.gather.names import near
from longview.gather.sheet_facts import SheetFacts, read_sheet_facts
from longview.gather.tables import Grid, needed_columns, text_grid
from longview.gather.text import read_text
from longview.program import Problem, Sheet, fields, say

if TYPE_CHECKING:
    from longview.gather.keeping.mends import Mends

OWN_VALUES = "evidence.toml"
LISTS = "lists"  # the hidden sheet that drop-down lists refer to
_ALSO_THERE = frozenset({"mappings.toml", "mends.toml", "plan.toml", "plan.new.toml", "filled.toml"})
_TABLES = (".csv", ".tsv", ".toml", ".xlsx", ".xls", ".ods")


@dataclass(slots=True)
class Opened:
    """A program's own files.

    Attributes:
        facts: None where they are missing or can't be read.
        grids: sheet → its grid; None where it is needed and missing, or can't be read.
        workbook: whether they are the sheets of one.
    """

    facts: Facts | SheetFacts | None = None
    grids: dict[str, Grid | None] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    workbook: bool = False


def open_folder(path: Path) -> Opened | None:
    """The text files of a folder; None where none of them is known."""
    names = sorted(entry.name for entry in path.iterdir())
    opened = Opened()
    if not set(names) & {sheet.file for sheet in fields().values()}:
        return None
    opened.problems += _not_read(names)
    for sheet in fields().values():
        if sheet.file not in names:
            if sheet.needed:
                columns = needed_columns(sheet)
                opened.problems.append(say("no-file", file=sheet.file, row_words=sheet.row, columns=columns))
                opened.grids[sheet.name] = None
        elif sheet.name == "program":
            opened.facts, problems = toml_facts(path / sheet.file)
            opened.problems += problems
        else:
            opened.grids[sheet.name], problems = grid_of(path / sheet.file, sheet.file, sheet)
            opened.problems += problems
    opened.grids.pop("program", None)
    return opened


def toml_facts(path: Path) -> tuple[Facts | None, list[Problem]]:
    """The facts of a TOML file."""
    text, problems = read_text(path, path.name)
    if text is None:
        return None, problems
    facts, more = read_facts(path.name, text)
    return facts, problems + more


def grid_of(path: Path, shown: str, sheet: Sheet) -> tuple[Grid | None, list[Problem]]:
    """The grid of a sheet's text file."""
    text, problems = read_text(path, shown)
    if text is None:
        return None, problems
    if not text.strip():
        return None, [*problems, say("empty-file", file=shown, columns=needed_columns(sheet))]
    grid, more = text_grid(text, shown)
    return grid, problems + more


def _not_read(names: list[str]) -> list[Problem]:
    """Files that look like sheets and are none: a misspelled name would otherwise lose a sheet in silence."""
    known = {sheet.file for sheet in fields().values()} | {OWN_VALUES} | _ALSO_THERE
    problems = []
    for name in names:
        if name in known or name.startswith((".", "~")) or not name.lower().endswith(_TABLES):
            continue
        closest = near(name.lower().rsplit(".", 1)[0], [file.rsplit(".", 1)[0] for file in known])
        right = next((file for file in known if file.rsplit(".", 1)[0] == closest), None)
        hint = f"rename it {right}, if that is what it is" if right else "leave it; nothing here has this name"
        if name.lower().endswith((".xlsx", ".xls", ".ods")):
            hint = (
                "save each of its sheets as CSV UTF-8, under names such as funds.csv; or bring it in: longview import"
            )
        problems.append(say("not-read", file=name, hint=hint))
    return problems


def open_workbook(path: Path, mends: Mends) -> Opened:
    """The sheets of a workbook; without any, and with a problem, where it can't be read."""
    from longview.gather.grids import open_grids

    grids, problems = open_grids(path)
    opened = Opened(problems=problems, workbook=True)
    known = {_folded(name): sheet for sheet in fields().values() for name in (sheet.name, sheet.title)}
    for grid in grids:
        sheet = known.get(_folded(grid.sheet))
        if sheet is None:
            opened.problems += _own_sheet(grid)
        elif sheet.name in opened.grids:
            other = opened.grids[sheet.name]
            opened.problems.append(say("sheet-twice", file=grid.file, other=other.file if other else sheet.name))
        else:
            opened.grids[sheet.name] = grid
    if not opened.grids:
        if grids:
            opened.problems.append(say("no-sheets", file=path.name))
        return opened
    _needed(opened)
    facts = opened.grids.pop("program", None)
    if facts is not None:
        opened.facts, problems = read_sheet_facts(facts, mends)
        opened.problems += problems
    return opened


def _needed(opened: Opened) -> None:
    for sheet in fields().values():
        if sheet.needed and sheet.name not in opened.grids:
            columns = "fact, value, low, high, area" if sheet.name == "program" else needed_columns(sheet)
            shown = f"sheet {sheet.name}"
            opened.problems.append(say("no-sheet", file=shown, row_words=sheet.row, columns=columns))
            opened.grids[sheet.name] = None


def _own_sheet(grid: Grid) -> list[Problem]:
    """A sheet of the person's own: left alone, and told, since a misspelled name would lose a sheet in silence."""
    if _folded(grid.sheet) == LISTS or not grid.rows:
        return []
    closest = near(grid.sheet.lower(), list(fields()))
    hint = f"rename it {closest}, if that is what it is" if closest else "leave it; it is yours"
    return [say("not-read", file=grid.file, hint=hint)]


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
