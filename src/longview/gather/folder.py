"""A program's folder of text files into a `Program`, with everything that is wrong with it."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from longview.gather.contradictions import contradictions
from longview.gather.facts import Facts, own_values, program_values, read_facts
from longview.gather.names import Names, near
from longview.gather.rows import Row, Sheet, read_rows, row_names
from longview.gather.tables import Table, needed_columns, read_table
from longview.gather.text import read_text
from longview.program import Problem, Program, Range, Records, categories, fields, items, levers, presets, say

if TYPE_CHECKING:
    from longview.evidence import Parameter

_OWN_VALUES = "evidence.toml"
_ALSO_THERE = frozenset({"mappings.toml", "mends.toml", "plan.toml", "plan.new.toml"})


@dataclass(slots=True)
class FolderRead:
    """What reading a folder came to.

    Attributes:
        program: None where something must be mended first.
        problems: problems and doubts, file by file.
        sheets: the sheets that could be read, by name, with the places of their rows.
        facts: program.toml as it stands, if it could be read; own: evidence.toml likewise.
    """

    program: Program | None = None
    problems: list[Problem] = field(default_factory=list)
    sheets: dict[str, Sheet] = field(default_factory=dict)
    facts: Facts | None = None
    own: Facts | None = None

    def rows(self, name: str) -> tuple[Row, ...]:
        """The rows of a sheet; none where it could not be read."""
        return self.sheets[name].rows if name in self.sheets else ()


def read_folder(
    path: Path, *, evidence_keys: Mapping[str, Parameter] | None = None
) -> tuple[Program | None, list[Problem]]:
    """The program that a folder describes, and its problems and doubts; None where something must be mended first.

    Nothing is raised for bad data, and no file is changed.

    Args:
        path: the folder.
        evidence_keys: rows of the evidence file by key, to hold own values to; None: they are not checked.
    """
    found = read_all(path, evidence_keys=evidence_keys)
    return found.program, found.problems


def read_all(path: Path, *, evidence_keys: Mapping[str, Parameter] | None = None) -> FolderRead:
    """As `read_folder`, with the places at which everything stands."""
    found = FolderRead()
    names = _listed(path, found.problems)
    if names is None:
        return found
    found.problems += _not_read(names)
    values = _read_program(path, names, found)
    own = _read_own_values(path, names, found, evidence_keys)
    _read_sheets(path, names, found)
    if not any(problem.severity == "problem" for problem in found.problems):
        found.program = _program(values, own, found.sheets)
    return found


def _listed(path: Path, problems: list[Problem]) -> list[str] | None:
    """The names in the folder; None, with a problem, where there is nothing to read."""
    shown = path.name or str(path)
    try:
        if not path.exists():
            problems.append(say("no-folder", file=shown, path=shown))
        elif not path.is_dir():
            problems.append(say("not-a-folder", file=shown))
        else:
            names = sorted(entry.name for entry in path.iterdir())
            if set(names) & {sheet.file for sheet in fields().values()}:
                return names
            problems.append(say("empty-folder", file=shown))
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        why = (getattr(error, "strerror", None) or "no such name").lower()
        problems.append(say("unreadable", file=shown, why=why))
    return None


def _not_read(names: list[str]) -> list[Problem]:
    """Files that look like sheets and are none: a misspelled name would otherwise lose a sheet in silence."""
    known = {sheet.file for sheet in fields().values()} | {_OWN_VALUES} | _ALSO_THERE
    problems = []
    for name in names:
        if name in known or name.startswith((".", "~")):
            continue
        if name.lower().endswith((".csv", ".tsv", ".toml", ".xlsx", ".xls", ".ods")):
            stem = name.lower().rsplit(".", 1)[0]
            closest = near(stem, [file.rsplit(".", 1)[0] for file in known])
            right = next((file for file in known if file.rsplit(".", 1)[0] == closest), None)
            hint = f"rename it {right}, if that is what it is" if right else "leave it; nothing here has this name"
            if name.lower().endswith((".xlsx", ".xls", ".ods")):
                hint = "save each of its sheets as CSV UTF-8, under names such as funds.csv"
            problems.append(say("not-read", file=name, hint=hint))
    return problems


def _read_program(path: Path, names: list[str], found: FolderRead) -> dict[str, Any]:
    sheet = fields()["program"]
    if sheet.file not in names:
        facts = ", ".join(column.column for column in sheet.columns if column.needed)
        found.problems.append(say("no-file", file=sheet.file, row_words=sheet.row, columns=facts))
        return {}
    found.facts = _toml(path, sheet.file, found)
    if found.facts is None:
        return {}
    values, problems = program_values(found.facts)
    found.problems += problems
    return values


def _read_own_values(
    path: Path, names: list[str], found: FolderRead, known: Mapping[str, Parameter] | None
) -> dict[str, Range]:
    if _OWN_VALUES not in names:
        return {}
    found.own = _toml(path, _OWN_VALUES, found)
    if found.own is None:
        return {}
    values, problems = own_values(found.own, known)
    found.problems += problems
    return values


def _toml(path: Path, file: str, found: FolderRead) -> Facts | None:
    text, problems = read_text(path / file, file)
    found.problems += problems
    if text is None:
        return None
    facts, problems = read_facts(file, text)
    found.problems += problems
    return facts


def _read_sheets(path: Path, names: list[str], found: FolderRead) -> None:
    tables: dict[str, Table | None] = {}
    for sheet in fields().values():
        if sheet.name == "program":
            continue
        if sheet.file not in names:
            if sheet.needed:
                columns = needed_columns(sheet)
                found.problems.append(say("no-file", file=sheet.file, row_words=sheet.row, columns=columns))
                tables[sheet.name] = None
            continue
        text, problems = read_text(path / sheet.file, sheet.file)
        table = None
        if text is not None:
            table, more = read_table(text, sheet)
            problems += more
        found.problems += problems
        tables[sheet.name] = table
    known = _known(tables)
    for name, table in tables.items():
        if table is not None:
            found.sheets[name], problems = read_rows(table, known)
            found.problems += problems
    found.problems += contradictions(found.sheets)


def _known(tables: Mapping[str, Table | None]) -> dict[str, Names]:
    """What each kind of reference may point to."""
    known = {
        "items": Names("the list of items", {item.id: "" for item in items().values()}),
        "payable": Names("the list of items", dict.fromkeys([*items(), *categories()], "")),
        "levers": Names("the list of levers", dict.fromkeys(levers(), "")),
        "presets": Names("the list of presets", {preset.id: preset.words for preset in presets().values()}),
    }
    for name in ("sites", "funds", "choices"):
        table = tables.get(name)
        unread = name in tables and table is None
        ids = {} if table is None else row_names(table)
        known[name] = Names(fields()[name].file, ids, complete=not unread)
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
