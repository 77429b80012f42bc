"""Comma- (semicolon-, tab-) separated text into rows that know their place in Excel."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from longview.gather.names import near
from longview.program import Column, Problem, Sheet, say

if TYPE_CHECKING:
    from longview.gather.keeping.mends import Mends

CELL_LIMIT = 100_000
HEAD = 100_000  # characters looked at for the mark between cells
_FORMULA = re.compile(r"'+[=+\-@]")

Cells = tuple[str, ...]
Record = tuple[int, Cells]


@dataclass(frozen=True, slots=True)
class Grid:
    """One table as it stands, nothing interpreted.

    Attributes:
        file: what a person calls it: the file's name, or "sheet Visits" of a workbook.
        rows: (row number as Excel counts, its cells as text without space around them); rows of a text are all there,
            of a workbook blank ones are left out.
        decimal_comma: whether the cells of a text are parted by semicolons, as where a comma marks decimals.
        sheet: name of the sheet; "" for a text.
        delimiter: what parts the cells of a text.
    """

    file: str
    rows: list[Record] = field(repr=False)
    decimal_comma: bool = False
    sheet: str = ""
    delimiter: str = ","


@dataclass(frozen=True)
class Table:
    """A sheet of the field table as text.

    Attributes:
        file: what a person calls it.
        places: column name of the field table → position in a row.
        rows: (row number as Excel counts, cells), blank rows left out.
        decimal_comma: see `Grid`.
    """

    sheet: Sheet
    file: str
    places: dict[str, int]
    rows: tuple[Record, ...] = field(repr=False)
    decimal_comma: bool

    @cached_property
    def by_number(self) -> dict[int, Cells]:
        """Row number → its cells."""
        return dict(self.rows)

    def cell(self, cells: Cells, column: str) -> str:
        """What a row says in a column; nothing where the file has no such column."""
        place = self.places.get(column)
        return cells[place] if place is not None and place < len(cells) else ""

    def letter(self, column: str) -> str:
        """The column's letter in Excel; nothing where the file has no such column."""
        return letter(self.places[column]) if column in self.places else ""


def letter(place: int) -> str:
    """Excel's name of the column at that position (0 is A, 26 is AA)."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def needed_columns(sheet: Sheet) -> str:
    """The columns that a sheet can't do without, as they would be typed."""
    return ", ".join(column.column for column in sheet.columns if column.needed)


def text_grid(text: str, file: str) -> tuple[Grid | None, list[Problem]]:
    """The one table of a text that isn't blank; None where it can't be parted into cells."""
    rows, delimiter, problems = read_records(text, file)
    return None if problems else Grid(file, rows, delimiter == ";", delimiter=delimiter), problems


def read_table(grid: Grid, sheet: Sheet, mends: Mends | None = None) -> tuple[Table | None, list[Problem]]:
    """A grid as a sheet of the field table; None, with its column problems alone, where its columns are not understood.

    Args:
        mends: repairs that a person accepted, made on the way.
    """
    if not grid.rows or not any(any(cells) for _, cells in grid.rows):
        return None, [say("empty-file", file=grid.file, columns=needed_columns(sheet))]
    (_, header), *rest = grid.rows
    places, problems = _places(header, sheet, grid.file)
    rows = tuple(record for record in rest if any(record[1]))
    problems += _unnamed(header, rows, grid.file)
    if problems:
        return None, problems
    for number, cells in rows:
        if any(cells[len(header) :]):
            found = grid.delimiter.join(cells[len(header) :])
            problems.append(say("too-many-cells", file=grid.file, row=number, found=found, delimiter=grid.delimiter))
    if not rows:
        problems.append(say("no-rows" if sheet.needed else "header-only", file=grid.file, row_words=sheet.row))
    if mends is not None and mends.touches(grid.file):
        rows = tuple((number, _mended(number, cells, places, grid.file, mends)) for number, cells in rows)
    return Table(sheet, grid.file, places, rows, grid.decimal_comma), problems


def _mended(number: int, cells: Cells, places: dict[str, int], file: str, mends: Mends) -> Cells:
    changed = list(cells)
    for column, place in places.items():
        said = cells[place] if place < len(cells) else ""
        now = mends.now(file, number, column, said)
        if now != said:
            changed += [""] * (place + 1 - len(changed))
            changed[place] = now
    return tuple(changed)


def read_records(text: str, file: str) -> tuple[list[Record], str, list[Problem]]:
    """All records of a text that isn't blank, the header first, and the mark that parts their cells."""
    delimiter = _delimiter(text)
    records, problems = _records(text, delimiter, file)
    return records, delimiter, problems


def _delimiter(text: str) -> str:
    """The mark that most of the first lines have, since titles above a table have none, or others."""
    lines = text[:HEAD].lstrip("\r\n").splitlines()[:30]
    if said := re.fullmatch(r"sep=([,;\t|])", lines[0].strip(), re.IGNORECASE):
        return said[1]
    bare = [re.sub(r'"[^"]*"', "", line) for line in lines if line.strip()] or [""]
    counted = {mark: (sum(mark in line for line in bare), bare[0].count(mark)) for mark in ",;\t|"}
    best = max(counted, key=lambda mark: counted[mark])
    return best if counted[best][0] else ","


def _records(text: str, delimiter: str, file: str) -> tuple[list[Record], list[Problem]]:
    """All records with their numbers, the header (a line `sep=;` before it left out) first."""
    records: list[Record] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    before = csv.field_size_limit(CELL_LIMIT)
    number = 0
    try:
        for cells in reader:
            number += 1
            records.append((number, tuple(_said(cell) for cell in cells)))
    except csv.Error as error:
        row = number + 1
        if "field limit" in str(error):
            return [], [say("cell-too-long", file=file, row=row, limit=CELL_LIMIT)]
        return [], [say("half-written", file=file, row=row)]
    finally:
        csv.field_size_limit(before)
    while records and (not any(records[0][1]) or re.fullmatch(r"(?i)sep=.?", records[0][1][0])):
        records.pop(0)
    return records or [(1, ())], []


def _said(cell: str) -> str:
    """A cell without space around it, and without the apostrophe that keeps Excel from taking text for a formula."""
    cell = cell.strip()
    return cell[1:] if _FORMULA.match(cell) else cell


def _places(header: Cells, sheet: Sheet, file: str) -> tuple[dict[str, int], list[Problem]]:
    accepted: dict[str, Column] = {c.field: c for c in sheet.columns} | {c.column: c for c in sheet.columns}
    places: dict[str, int] = {}
    problems = []
    unknown: list[tuple[int, str]] = []
    for place, written in enumerate(header):
        column = accepted.get(re.sub(r"[\s\-]+", "_", written.lower()))
        if not written:
            continue
        if column is None:
            unknown.append((place, written))
        elif column.column in places:
            problems.append(_column_problem("column-twice", file, written, place))
        else:
            places[column.column] = place
    missing = [c for c in sheet.columns if c.needed and c.column not in places]
    free = [c.column for c in sheet.columns if c.column not in places]
    for place, written in unknown:
        closest = near(written.lower().replace(" ", "_"), free)
        if closest is None and len(unknown) == len(missing) == 1:
            closest = missing[0].column
        hint = f"write {closest}" if closest else f"delete it, or write one of: {', '.join(free)}"
        problems.append(_column_problem("unknown-column", file, written, place, hint=hint))
        # A mislabelled column isn't missing too: it would be said twice.
        missing = [c for c in missing if c.column != closest]
    problems += [say("no-column", file=file, row=1, column=c.column, what=c.what) for c in missing]
    return places, problems


def _column_problem(code: str, file: str, written: str, place: int, **parts: Any) -> Problem:
    return say(code, file=file, row=1, column=written, letter=letter(place), found=written, **parts)


def _unnamed(header: Cells, rows: tuple[Record, ...], file: str) -> list[Problem]:
    """Columns that hold cells and have no name."""
    problems = []
    for place, written in enumerate(header):
        cells = [row[place] for _, row in rows if place < len(row) and row[place]]
        if not written and cells:
            problems.append(say("column-no-name", file=file, row=1, column="", letter=letter(place), found=cells[0]))
    return problems
