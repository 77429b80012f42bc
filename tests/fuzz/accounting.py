"""Every cell accounted for: read as what it says, or named in a problem or a doubt that covers it.

`account_program` reads the files a second time by plain means (`plain_reading`) and goes through them cell by cell. A
cell that was neither read right nor told raises `LostError`, with its place.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from meanings import agrees
from plain_reading import Cells, Plain, UnreadableError, decoded, text_cells, workbook_cells

from longview.gather import CheckReport
from longview.program import Column, Problem, Program, Sheet, categories, fields, items

FACT_COLUMNS = ("fact", "value", "low", "high", "area")
HELP_COLUMNS = ("what it is", "for example")
# Problems and doubts about columns or marks, after which no row of the file is read.
WHOLE_FILE = frozenset(
    {"no-column", "unknown-column", "column-twice", "column-no-name", "half-written", "not-toml", "binary", "too-big"}
    | {"empty-file", "unreadable", "file-is-folder", "not-a-workbook", "too-big-inside", "sheet-unreadable"}
    | {"nothing-in-it", "not-read", "sheet-twice", "no-file", "no-sheet"}
)


# Told at a column's name, of all of the column.
COLUMN = frozenset({"dose-column", "wonder-column", "table-column-new", "table-own", "table-personal"})


# Doubts that say how a cell was read. All others look at what was read, and excuse nothing: 1.204 for 1,204 is
# "a tenth of the months beside it" too.
HOW_READ = frozenset({"month-guessed", "count-range", "hidden-limit", "zeros-shown", "merged-cells", "other-encoding"})
NOTHING_THERE = frozenset({"blank", "read-blank"})  # said of cells in which nothing was found


class LostError(AssertionError):
    """A cell was dropped, changed or made up, and nobody said so."""


@dataclass(slots=True)
class Tally:
    """What became of the cells of some files.

    Attributes:
        cells: not blank, by the plain reading; read: read as what they say; told: named in a problem or doubt.
        headers: the cells of the first row that name a column which was understood (they count as read too).
        unreadable: files that plain means can't read, each told whole.
    """

    cells: int = 0
    read: int = 0
    told: int = 0
    unreadable: int = 0

    def add(self, other: Tally) -> None:
        """Add what became of others."""
        self.cells += other.cells
        self.read += other.read
        self.told += other.told
        self.unreadable += other.unreadable


@dataclass(slots=True)
class Told:
    """What the problems and doubts of a reading cover."""

    files: set[str] = field(default_factory=set)
    rows: dict[tuple[str, int], set[str]] = field(default_factory=dict)
    cells: dict[tuple[str, int, str], set[str]] = field(default_factory=dict)
    columns: set[tuple[str, str]] = field(default_factory=set)
    areas: list[tuple[str, int, int, int, int]] = field(default_factory=list)
    encodings: set[str] = field(default_factory=set)
    must: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def of(cls, problems: Iterable[Problem], *, whole: str = "", any_doubt: bool = False) -> Told:
        """What they cover.

        Args:
            whole: the name of a workbook, told as such where all of it is meant.
            any_doubt: whether every doubt covers its place, not only those of `HOW_READ`.
        """
        told = cls()
        for one in problems:
            covers = any_doubt or one.severity == "problem" or one.code in HOW_READ | WHOLE_FILE
            if one.severity == "fallback" or not covers:
                continue
            if one.code in NOTHING_THERE:
                if one.severity == "problem" and one.row is not None:
                    told.must.add((one.file, one.row))
                continue
            if one.code == "other-encoding":
                told.encodings.add(one.file)
            elif _is_of_all(one):
                told.files.add(one.file)
            elif one.code in COLUMN and one.letter:
                told.columns.add((one.file, one.letter))
            elif one.code == "merged-cells":
                found = re.search(r"cells ([A-Z]+)(\d+) to ([A-Z]+)(\d+)", one.expected)
                assert found is not None
                told.areas.append((one.file, int(found[2]), place_of(found[1]), int(found[4]), place_of(found[3])))
            elif one.row is not None:
                codes = told.rows.setdefault((one.file, one.row), set())
                codes.add(one.code)
                told.cells.setdefault((one.file, one.row, one.letter), set()).add(one.code)
                if one.severity == "problem":
                    told.must.add((one.file, one.row))
            elif one.letter:
                told.columns.add((one.file, one.letter))
        if whole in told.files:
            told.files.add("")
        return told

    def file(self, file: str) -> bool:
        """Whether the file is told whole."""
        return file in self.files or "" in self.files

    def cell(self, file: str, row: int, place: int) -> bool:
        """Whether that very cell (or its column, or the file) is told."""
        if self.file(file) or (file, row, letter_of(place)) in self.cells or (file, letter_of(place)) in self.columns:
            return True
        return any(f == file and a <= row <= c and b <= place <= d for f, a, b, c, d in self.areas)

    def row(self, file: str, row: int) -> bool:
        """Whether the row, or some cell of it, must be mended: none of it is read then."""
        return (file, row) in self.must


def _is_of_all(one: Problem) -> bool:
    if one.code == "cell-too-long":
        return not one.file.startswith("sheet ")  # a text is not parted any further; of a sheet the others are read
    return one.code in WHOLE_FILE or (one.row is None and one.severity == "problem" and not one.letter)


def letter_of(place: int) -> str:
    """0 is A, 26 is AA."""
    letters = ""
    while place >= 0:
        letters = chr(65 + place % 26) + letters
        place = place // 26 - 1
    return letters


def place_of(letters: str) -> int:
    """A is 0, AA is 26."""
    place = 0
    for one in letters:
        place = place * 26 + ord(one) - 64
    return place - 1


def account_folder(folder: Path, report: CheckReport, delimiters: Mapping[str, str]) -> Tally:
    """What became of every cell of a folder's text files.

    Raises:
        LostError: a cell was neither read as what it says nor told.
    """
    tally = Tally()
    told = Told.of((*report.problems, *report.doubts), whole=folder.name)
    read = _by_place(report)
    names = known_names(report)
    by_file = {sheet.file: sheet for sheet in fields().values()}
    for path in sorted(folder.iterdir()):
        sheet = by_file.get(path.name)
        if sheet is None:
            continue
        if sheet.name == "program":
            tally.add(_account_toml(path, report, told))
            continue
        delimiter = delimiters.get(path.name, ",")
        try:
            cells = text_cells(path, delimiter)
        except UnreadableError:
            _whole(told, path.name, "can't be read by plain means")
            tally.unreadable += 1
            continue
        comma = delimiter == ";"
        tally.add(_account_table(path.name, sheet, cells, told, read, names, comma=comma, encoded=True))
    return tally


def account_workbook(path: Path, report: CheckReport) -> Tally:
    """What became of every cell of a workbook.

    Raises:
        LostError: a cell was neither read as what it says nor told.
    """
    tally = Tally()
    told = Told.of((*report.problems, *report.doubts), whole=path.name)
    try:
        sheets = workbook_cells(path)
    except UnreadableError as error:
        if not any(p.severity == "problem" for p in report.problems):
            raise LostError(f"{path.name} is read, and plain means can't: {error}") from None
        tally.unreadable += 1
        return tally
    read = _by_place(report)
    names = known_names(report)
    by_name = {" ".join(n.casefold().split()): s for s in fields().values() for n in (s.name, s.title)}
    for name, cells in sheets.items():
        sheet = by_name.get(" ".join(name.casefold().split()))
        shown = f"sheet {name}"
        if sheet is None:
            if cells and name != "lists" and not told.file(shown):
                raise LostError(f"{shown} is not read, and nobody says so")
            tally.cells += len(cells)
            tally.told += len(cells)
        elif sheet.name == "program":
            tally.add(_account_facts(shown, cells, told, read, report.program, names))
        else:
            tally.add(_account_table(shown, sheet, cells, told, read, names, comma=False))
    return tally


def _by_place(report: CheckReport) -> dict[tuple[str, int, str], dict[str, Any]]:
    read: dict[tuple[str, int, str], dict[str, Any]] = {}
    for cell in report.cells():
        key = (cell["file"], cell["row"], cell.get("letter") or cell["column"])
        if key in read:
            raise LostError(f"{key} is told twice")
        read[key] = cell
    return read


def known_names(report: CheckReport) -> dict[str, dict[str, set[str]]]:
    """Column.to → casefolded id or name → the ids that it may mean."""
    found: dict[str, dict[str, set[str]]] = {}
    for kind in ("sites", "funds", "costs", "choices"):
        names: dict[str, set[str]] = {}
        sheet = report.read.sheets.get(kind)
        for row in sheet.rows if sheet is not None else ():
            words = getattr(row.value, "what", None) or getattr(row.value, "name", row.value.id)
            for word in (row.value.id, words):
                names.setdefault(word.casefold(), set()).add(row.value.id)
        found[kind] = names
    found["ledger-funds"] = found["funds"]
    for name in ("items", "payable"):
        found[name] = {one.casefold(): {one} for one in [*items(), *categories()]}
    return found


def _whole(told: Told, file: str, why: str) -> None:
    if not told.file(file):
        raise LostError(f"{file} {why}, and nobody says so")


def _account_table(
    file: str,
    sheet: Sheet,
    cells: Cells,
    told: Told,
    read: Mapping[tuple[str, int, str], dict[str, Any]],
    names: Mapping[str, Mapping[str, set[str]]],
    *,
    comma: bool,
    encoded: bool = False,
) -> Tally:
    """What became of the cells of one table of the field table."""
    tally = Tally(cells=len(cells))
    if told.file(file):
        tally.told = len(cells)
        return tally
    if not cells:
        _whole(told, file, "is empty")
        return tally
    first = min(row for row, _ in cells)
    columns: dict[int, Column] = {}
    accepted = {name: c for c in sheet.columns for name in (c.column, c.field)} | {c.column: c for c in sheet.columns}
    for (row, place), plain in cells.items():
        if row != first:
            continue
        column = accepted.get(re.sub(r"[\s\-]+", "_", str(plain.value).lower()))
        if column is None:
            raise LostError(f"{file}: column {plain.value!r} is passed over, and nobody says so")
        columns[place] = column
        tally.read += 1
    seen = set()
    for (row, place), plain in cells.items():
        if row == first:
            continue
        key = (file, row, letter_of(place))
        one = read.get(key)
        seen.add(key)
        odd = encoded and file in told.encodings and not str(plain.value).isascii()
        if _cell_is_read(one, plain, columns.get(place), comma, names):
            tally.read += 1
        elif odd or told.cell(file, row, place):
            tally.told += 1
        elif (one is None or one["read_as"] is None) and told.row(file, row):
            if one is not None and not says(plain, one["said"]):
                raise LostError(f"{key}: says {plain} and was found to say {one['said']!r}")
            tally.told += 1
        else:
            raise LostError(f"{key}: {plain} was read as {one and (one['said'], one['read_as'])}, and nobody says so")
    made_up = [key for key in read if key[0] == file and key not in seen]
    if made_up:
        raise LostError(f"{made_up[0]}: nothing stands there, and {read[made_up[0]]} was read")
    return tally


def _cell_is_read(
    one: Mapping[str, Any] | None,
    plain: Plain,
    column: Column | None,
    comma: bool,
    names: Mapping[str, Mapping[str, set[str]]],
) -> bool:
    if one is None or column is None or one["read_as"] is None or not says(plain, one["said"]):
        return False
    known = names.get(column.to or "", {})
    return agrees(column, one["said"], one["read_as"], comma=comma, names=known)  # type: ignore[arg-type]


def says(plain: Plain, said: str) -> bool:
    """Whether the text that a cell was taken to say is what it says."""
    if plain.kind == "text":
        return bool(plain.value == said)
    if plain.kind == "bool":
        return said == ("yes" if plain.value else "no")
    if plain.kind == "error":
        return said == (plain.value or "#ERROR!")
    if plain.kind == "number":
        try:
            return float(Decimal(said)) == plain.value
        except ArithmeticError:
            return False
    if plain.kind == "date":
        return _says_date(plain.value, said)
    return False


def _says_date(value: datetime, said: str) -> bool:
    if re.fullmatch(r"\d+:\d\d(:\d\d(\.\d+)?)?", said):  # a time of day, or hours beyond a day
        parts = [float(part) for part in said.split(":")]
        hours = parts[0] + parts[1] / 60 + (parts[2] if len(parts) > 2 else 0) / 3600
        starts = (datetime(1899, 12, 30), datetime(1904, 1, 1))
        return any(abs((value - start).total_seconds() / 3600 - hours) < 1 / 3600 for start in starts)
    try:
        return abs((datetime.fromisoformat(said) - value).total_seconds()) < 1
    except ValueError:
        return False


def _account_toml(path: Path, report: CheckReport, told: Told) -> Tally:
    tally = Tally()
    try:
        table = tomllib.loads(decoded(path.read_bytes()), parse_float=Decimal)
    except (OSError, ValueError, RecursionError):
        _whole(told, path.name, "can't be read by plain means")
        tally.unreadable += 1
        return tally
    tally.cells = len(table)
    if told.file(path.name) and report.read.facts is None:
        tally.told = len(table)
        return tally
    facts = {cell["column"]: cell for cell in report.read.facts.cells(report.program)} if report.read.facts else {}
    columns = {column.column: column for column in fields()["program"].columns}
    named = {p.column for p in report.problems if p.file == path.name}
    for key, value in table.items():
        one = facts.get(key)
        if key == "format" and value == 1 and one is not None:
            tally.read += 1
        elif key in named:
            tally.told += 1
        elif one is None or key not in columns:
            raise LostError(f"{path.name}: {key} is passed over, and nobody says so")
        elif report.program is None:
            tally.told += 1  # nothing of the program is used, and why is told elsewhere
        elif not _fact_agrees(columns[key], value, getattr(report.program, columns[key].field)):
            raise LostError(f"{path.name}: {key} = {value!r} was read as {one['read_as']!r}, and nobody says so")
        else:
            tally.read += 1
    return tally


def _fact_agrees(column: Column, value: Any, read: Any) -> bool:
    if column.type == "range":
        return isinstance(value, dict) and all(
            float(value[end]) == getattr(read, end) for end in ("low", "best", "high")
        )
    if column.type == "shares":
        return isinstance(value, dict) and {k: float(v) for k, v in value.items()} == dict(read)
    if isinstance(value, bool):
        value = "yes" if value else "no"
    elif isinstance(value, int | Decimal):
        value = format(Decimal(value), "f")
    return agrees(column, str(value).strip(), read, comma=False, names={})


def _account_facts(
    file: str,
    cells: Cells,
    told: Told,
    read: Mapping[tuple[str, int, str], dict[str, Any]],
    program: Program | None,
    names: Mapping[str, Mapping[str, set[str]]],
) -> Tally:
    """What became of the cells of a workbook's sheet of facts."""
    tally = Tally(cells=len(cells))
    if told.file(file):
        tally.told = len(cells)
        return tally
    if not cells:
        _whole(told, file, "is empty")
        return tally
    first = min(row for row, _ in cells)
    header = {
        place: " ".join(str(p.value).lower().replace("_", " ").split()) for (r, place), p in cells.items() if r == first
    }
    at = {name: place for place, name in header.items()}
    columns = {column.column: column for column in fields()["program"].columns}
    for (row, place), plain in cells.items():
        name = header.get(place, "")
        fact = cells.get((row, at["fact"]), Plain("text", ""))
        key = re.sub(r"[\s\-]+", "_", str(fact.value).lower())
        one = read.get((file, row, letter_of(place)))
        given = any((row, at[n]) in cells for n in FACT_COLUMNS[1:] if n in at)
        if row == first:
            if name not in (*FACT_COLUMNS, *HELP_COLUMNS):
                raise LostError(f"{file}: column {plain.value!r} is passed over, and nobody says so")
            tally.read += 1
        elif name in HELP_COLUMNS:
            tally.read += 1  # words beside the facts: read by people
        elif told.cell(file, row, place) or told.row(file, row):
            tally.told += 1
        elif name == "fact" and not given:
            tally.read += 1  # a fact that says nothing
        elif not name:
            raise LostError(f"{file}, row {row}: {plain} stands beside the columns, and nobody says so")
        elif name != "fact" and (one is None or not says(plain, one["said"])):
            raise LostError(f"{file}, row {row}: {plain} was found to say {one and one['said']!r}")
        elif name == "fact" or program is None:
            tally.read += name == "fact"
            tally.told += name != "fact"  # nothing of the program is used, and why is told elsewhere
        elif _fact_is_read(columns, key, name, one, cells, row, at, program):
            tally.read += 1
        else:
            raise LostError(f"{file}, row {row}: {plain} was read as {one['read_as']!r}, and nobody says so")  # type: ignore[index]
    return tally


def _fact_is_read(
    columns: Mapping[str, Column],
    key: str,
    name: str,
    one: Any,
    cells: Cells,
    row: int,
    at: Mapping[str, int],
    program: Program,
) -> bool:
    if key == "format":
        return name == "value" and cells[row, at[name]].value in (1, "1")
    return key in columns and _sheet_fact_agrees(columns[key], name, one["said"], cells, row, at, program)


def _sheet_fact_agrees(
    column: Column,
    name: str,
    said: str,
    cells: Cells,
    row: int,
    at: Mapping[str, int],
    program: Program,
) -> bool:
    value = getattr(program, column.field)
    if column.type == "range":
        return float(Decimal(said.replace(",", ""))) == getattr(value, "best" if name == "value" else name)
    if column.type == "shares":
        if name == "area":
            return said in value
        area = cells.get((row, at["area"]))
        figure = Decimal(said.rstrip("%").strip()) / (100 if said.endswith("%") else 1)
        return area is not None and value.get(str(area.value)) == float(figure)
    return agrees(column, said, value, comma=False, names={})
