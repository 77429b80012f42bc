"""A program's records, in a folder or a workbook, into a `Program`, with everything that is wrong with them."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from longview.gather.contradictions import contradictions
from longview.gather.facts import Facts, own_values, program_values
from longview.gather.keeping.kept import KeptImport, kept_imports
from longview.gather.keeping.mends import Mends, read_mends
from longview.gather.names import Names
from longview.gather.opened import OWN_VALUES, Opened, grid_of, open_folder, open_workbook, toml_facts
from longview.gather.places import companion, is_workbook, resolved
from longview.gather.precedence import Imported, standing
from longview.gather.rows import Row, Sheet, read_rows, row_names
from longview.gather.sheet_facts import SheetFacts
from longview.gather.tables import Table, read_table
from longview.gather.zeros import above_zero
from longview.program import Problem, Program, Range, Records, categories, fields, items, levers, presets, say

if TYPE_CHECKING:
    from longview.evidence import Parameter


@dataclass(slots=True)
class FolderRead:
    """What reading a program's records came to.

    Attributes:
        program: None where something must be mended first.
        problems: problems and doubts, file by file.
        sheets: the sheets that could be read, by name, with the places of their rows.
        facts: the program's facts as they stand, if they could be read; own: evidence.toml likewise.
    """

    program: Program | None = None
    problems: list[Problem] = field(default_factory=list)
    sheets: dict[str, Sheet] = field(default_factory=dict)
    facts: Facts | SheetFacts | None = None
    own: Facts | None = None

    def rows(self, name: str) -> tuple[Row, ...]:
        """The rows of a sheet; none where it could not be read."""
        return self.sheets[name].rows if name in self.sheets else ()


def read_folder(
    path: Path, *, evidence_keys: Mapping[str, Parameter] | None = None
) -> tuple[Program | None, list[Problem]]:
    """The program that a folder or a workbook describes, and its problems and doubts; None where it must be mended first.

    Accepted mends are made and imports are read with it. Nothing is raised for bad data, and no file is changed.

    Args:
        path: the folder or the workbook; a bare name may be that of a workbook.
        evidence_keys: rows of the evidence file by key, to hold own values to; None: they are not checked.
    """
    found = read_all(path, evidence_keys=evidence_keys)
    return found.program, found.problems


def read_all(path: Path, *, evidence_keys: Mapping[str, Parameter] | None = None) -> FolderRead:
    """As `read_folder`, with the places at which everything stands."""
    found = FolderRead()
    path = resolved(path)
    opened, mends, told = _opened(path)
    found.problems += told
    if opened is None:
        return found
    found.facts = opened.facts
    values: dict[str, Any] = {}
    if opened.facts is not None:
        values, problems = program_values(opened.facts)
        found.problems += problems
    own = _read_own_values(companion(path), found, evidence_keys)
    kept, problems = kept_imports(path)
    found.problems += problems
    _read_sheets(opened, kept, mends, found)
    found.problems += mends.stale(_files(opened, found))
    if not any(problem.severity == "problem" for problem in found.problems):
        found.program = _program(values, own, found.sheets)
    return found


def _opened(path: Path) -> tuple[Opened | None, Mends, list[Problem]]:
    """The program's own files; None, with a problem, where there is nothing to read."""
    shown = path.name or str(path)
    opened: Opened | None
    try:
        if not path.exists():
            return None, Mends(), [say("no-folder", file=shown, path=shown)]
        mends, problems = read_mends(path)
        if is_workbook(path) and path.is_file():
            opened = open_workbook(path, mends)
        elif not path.is_dir():
            return None, mends, [say("not-a-folder", file=shown)]
        else:
            opened = open_folder(path)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        why = (getattr(error, "strerror", None) or "no such name").lower()
        return None, Mends(), [say("unreadable", file=shown, why=why)]
    if opened is None:
        return None, mends, [say("empty-folder", file=shown)]
    return opened, mends, [*problems, *opened.problems]


def _files(opened: Opened, found: FolderRead) -> list[str] | None:
    """The files whose cells were all asked for mends; None: every one that there is."""
    unread = any(grid is None or name not in found.sheets for name, grid in opened.grids.items())
    if not unread and opened.facts is not None:
        return None
    told = [table.file for sheet in found.sheets.values() for table in sheet.tables]
    return told + ([opened.facts.file] if opened.facts is not None else [])


def _read_own_values(place: Path, found: FolderRead, known: Mapping[str, Parameter] | None) -> dict[str, Range]:
    if not os.path.lexists(place / OWN_VALUES):  # a link to nothing is there, and is told
        return {}
    found.own, problems = toml_facts(place / OWN_VALUES)
    found.problems += problems
    if found.own is None:
        return {}
    values, problems = own_values(found.own, known)
    found.problems += problems
    return values


def _read_sheets(opened: Opened, kept: list[KeptImport], mends: Mends, found: FolderRead) -> None:
    tables: dict[str, Table | None] = {}
    for name, grid in opened.grids.items():
        tables[name] = None
        if grid is not None:
            tables[name], problems = read_table(grid, fields()[name], mends)
            found.problems += problems
    known = _known(tables, workbook=opened.workbook)
    for name in fields():
        own = tables.get(name)
        parts, problems = _imported(name, kept, mends, known)
        found.problems += problems
        if own is None and not parts:
            continue
        rows: tuple[Row, ...] = ()
        if own is not None:
            rows, problems = read_rows(own, known)
            rows, told = above_zero(rows)
            found.problems += [*problems, *told]
        whole = Sheet((*([] if own is None else [own]), *(table for table, _ in parts)), ())
        found.sheets[name], problems = standing(whole, rows, [one for _, one in parts])
        found.problems += problems
    found.problems += contradictions(found.sheets)


def _imported(
    name: str, kept: list[KeptImport], mends: Mends, known: Mapping[str, Names]
) -> tuple[list[tuple[Table, Imported]], list[Problem]]:
    """The rows of a sheet that each import has, the earliest first."""
    parts: list[tuple[Table, Imported]] = []
    problems: list[Problem] = []
    for one in kept:
        if name not in one.files:
            continue
        sheet = fields()[name]
        shown = f"{one.shown}/{sheet.file}"
        grid, told = grid_of(one.files[name], shown, sheet)
        problems += told
        table = None
        if grid is not None:
            table, told = read_table(grid, sheet, mends)
            problems += told
        if table is not None:
            rows, told = read_rows(table, known)
            rows, more = above_zero(rows)
            problems += [*told, *more]
            parts.append((table, (one.manifest, rows)))
    return parts, problems


def _known(tables: Mapping[str, Table | None], *, workbook: bool) -> dict[str, Names]:
    """What each kind of reference may point to."""
    known = {
        "items": Names("the list of items", {item.id: "" for item in items().values()}),
        "payable": Names("the list of items", dict.fromkeys([*items(), *categories()], "")),
        "levers": Names("the list of levers", dict.fromkeys(levers(), "")),
        "presets": Names("the list of presets", {preset.id: preset.words for preset in presets().values()}),
    }
    for name in ("sites", "funds", "costs", "choices"):
        table = tables.get(name)
        unread = name in tables and table is None
        ids = {} if table is None else row_names(table)
        known[name] = Names(f"sheet {name}" if workbook else fields()[name].file, ids, complete=not unread)
    funds = known["funds"]
    known["ledger-funds"] = Names(funds.kind, {**funds.ids, "unassigned": ""}, complete=funds.complete)
    return known


def _program(values: dict[str, Any], own: dict[str, Range], sheets: Mapping[str, Sheet]) -> Program:
    """All of it put together, records by month (a stable sort: within a month they stay as they stand)."""
    into: dict[str, Any] = {}
    for sheet in fields().values():
        if sheet.into:
            into[sheet.into] = tuple(row.value for row in sheets[sheet.name].rows) if sheet.name in sheets else ()
    records = {name.removeprefix("records."): rows for name, rows in into.items() if name.startswith("records.")}
    for name, rows in records.items():
        records[name] = tuple(sorted(rows, key=attrgetter("date" if name == "money" else "month")))
    rest = {name: rows for name, rows in into.items() if not name.startswith("records.")}
    return Program(**values, **rest, records=Records(**records), own_values=own)


def write_folder(program: Program, path: Path, *, all_columns: bool = False) -> list[Path]:
    """Write a program as a folder that `read_folder` reads back without loss, and say which files were written.

    Args:
        program: what to write.
        path: the folder; it is made if need be.
        all_columns: every column of each sheet, also those that no row uses.

    Raises:
        FileExistsError: a file of that name is there already; nothing was written.
        ValueError: a text that a file can't hold (an empty one, or with space around it, or with a NUL).
    """
    from longview.gather.writing import folder_texts

    texts = folder_texts(program, all_columns=all_columns)
    for name in texts:
        if (path / name).exists():
            raise FileExistsError(f"{name} is there already, and a person's file is hers: choose another folder")
    path.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    try:
        for name, text in texts.items():
            with (path / name).open("x", encoding="utf-8", newline="") as file:
                written.append(path / name)
                file.write(text)
    except BaseException:
        for half in written:  # half a folder would read as a program with things missing
            with contextlib.suppress(OSError):
                half.unlink()
        raise
    return written
