"""A sheet's rows into the dataclass that they hold, each with its place."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from longview.gather.cells import Reading, read_cell
from longview.gather.names import Names, made_ids
from longview.gather.numbers import CellError
from longview.gather.tables import Cells, Table
from longview.program import Column, Count, Problem, presets, say, types
from longview.program import Sheet as Fields

_BLANK: dict[str, Any] = {"months": (), "refs": (), "month": None, "ref": None}
_EXCEL_ERROR = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!|GETTING_DATA|ERROR!|FIELD!)")
_MOST_CACHED = 50_000  # texts of one column kept as read; ledgers repeat dates, funds and accounts


@dataclass(frozen=True, slots=True)
class Row:
    """A row that was read: its number as Excel counts, its value (a `Site`, a `Fund` …), and where it stands."""

    number: int
    value: Any
    table: Table


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that was read, from the program's own file and from what was imported.

    Attributes:
        tables: the program's own first, then one for each import that has rows of it.
        rows: the rows that stand; passed_over: rows of imports that others take the place of.
    """

    tables: tuple[Table, ...]
    rows: tuple[Row, ...]
    passed_over: tuple[Row, ...] = ()

    @property
    def fields(self) -> Fields:
        """Its entry in the field table."""
        return self.tables[0].sheet

    @property
    def file(self) -> str:
        """What a person calls the file of her own that it stands in, else the first that was imported."""
        return self.tables[0].file

    def problem(self, code: str, row: Row | None, column: str | None, **parts: Any) -> Problem:
        """A problem of that code at that place; `found` is what the cell says."""
        table = self.tables[0] if row is None else row.table
        cells = () if row is None else table.by_number.get(row.number, ())
        found = table.cell(cells, column) if column else ""
        letter = table.letter(column) if column else ""
        number = None if row is None else row.number
        return say(code, file=table.file, row=number, column=column, letter=letter, **{"found": found, **parts})


def row_ids(table: Table) -> list[str]:
    """The id of each row of a table: the one written, else one made from its name."""
    column = next((c for c in table.sheet.columns if c.type == "id"), None)
    if column is None:
        return []
    given = [
        (table.cell(cells, column.column), " ".join(table.cell(cells, part) for part in column.made_from))
        for _, cells in table.rows
    ]
    return made_ids(given, otherwise=table.sheet.name)


def row_names(table: Table) -> dict[str, str]:
    """The ids of a table, each with its name in words."""
    column = next(c for c in table.sheet.columns if c.type == "id")
    words = [" ".join(table.cell(cells, part) for part in column.made_from) for _, cells in table.rows]
    return dict(zip(row_ids(table), words, strict=True))


def read_rows(table: Table, known: Mapping[str, Names]) -> tuple[tuple[Row, ...], list[Problem]]:
    """All rows of a table that can be read, and what is wrong with the others, cell by cell."""
    reader = _Reader(table, known)
    ids = row_ids(table)
    rows: list[Row] = []
    problems: list[Problem] = _doubled_ids(table, ids)
    make = getattr(types, table.sheet.type)
    for place, (number, cells) in enumerate(table.rows):
        values, wrong = reader.row(number, cells, ids[place] if ids else "")
        problems += wrong
        if not any(problem.severity == "problem" for problem in wrong):
            rows.append(Row(number, make(**values), table))
    return tuple(rows), problems


class _Reader:
    """Reads the rows of one table, remembering what a text in a column was read as."""

    def __init__(self, table: Table, known: Mapping[str, Names]) -> None:
        self.table = table
        self.reading = Reading(known=known, decimal_comma=table.decimal_comma)
        defaults = _defaults(table.sheet.type)
        self.plan = [
            (column, table.places.get(column.column), column.field not in defaults, dict[str, Any]())
            for column in table.sheet.columns
        ]

    def row(self, number: int, cells: Cells, made_id: str) -> tuple[dict[str, Any], list[Problem]]:
        """The fields of a row that say something, and what is wrong or doubtful in it."""
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        reach = len(cells)
        for column, place, must, cache in self.plan:
            text = cells[place] if place is not None and place < reach else ""
            if not text and column.type == "id":
                text = made_id
            if not text:
                if column.needed:
                    parts = {"what": column.what, "example": column.example}
                    problems.append(self._problem("blank", number, column, text, parts))
                elif must:
                    values[column.field] = blank_value(column)
            elif text in cache:
                values[column.field] = cache[text]
            else:
                problems += self._cell(number, column, text, values, cache)
        _add_preset(values)
        return values, problems

    def _cell(
        self, number: int, column: Column, text: str, values: dict[str, Any], cache: dict[str, Any]
    ) -> list[Problem]:
        problems = []
        try:
            if text.startswith("#") and _EXCEL_ERROR.fullmatch(text):
                raise CellError("formula-error")
            values[column.field] = read_cell(column, text, self.reading)
        except CellError as error:
            problems.append(self._problem(error.code, number, column, text, error.parts))
        if self.reading.doubts:
            problems += [self._problem(code, number, column, text, parts) for code, parts in self.reading.doubts]
            self.reading.doubts.clear()
        elif not problems and len(cache) < _MOST_CACHED:
            cache[text] = values[column.field]
        return problems

    def _problem(self, code: str, number: int, column: Column, text: str, parts: Mapping[str, Any]) -> Problem:
        name, letter = column.column, self.table.letter(column.column)
        return say(code, file=self.table.file, row=number, column=name, letter=letter, **{"found": text, **parts})


def cells_read(sheet: Sheet) -> Iterator[dict[str, Any]]:
    """Every cell of a sheet that isn't blank: where it stands, what it says, and what it was read as (None: it wasn't)."""
    read = {(id(row.table), row.number): row for row in (*sheet.rows, *sheet.passed_over)}
    over = {(id(row.table), row.number) for row in sheet.passed_over}
    for table in sheet.tables:
        for number, cells in table.rows:
            row = read.get((id(table), number))
            for column in table.sheet.columns:
                if said := table.cell(cells, column.column):
                    yield {
                        "file": table.file,
                        "row": number,
                        "column": column.column,
                        "letter": table.letter(column.column),
                        "said": said,
                        "read_as": None if row is None else getattr(row.value, column.field),
                        "stands": row is not None and (id(table), number) not in over,
                    }


def blank_value(column: Column) -> Any:
    """What a blank cell means in a column that may be left out and whose field has no default of its own."""
    if column.type == "count":
        return Count.blank()
    return "unassigned" if column.to == "ledger-funds" else _BLANK[column.type]


def _defaults(type_name: str) -> frozenset[str]:
    """Names of the fields that have a default of their own."""
    missing = dataclasses.MISSING
    found = dataclasses.fields(getattr(types, type_name))
    return frozenset(f.name for f in found if f.default is not missing or f.default_factory is not missing)


def _add_preset(values: dict[str, Any]) -> None:
    """A fund's preset puts its forbidden items behind those that the row names."""
    if values.get("preset"):
        own = values.get("never_pays", ())
        values["never_pays"] = tuple(dict.fromkeys((*own, *presets()[values["preset"]].never_pays)))


def _doubled_ids(table: Table, ids: list[str]) -> list[Problem]:
    first: dict[str, int] = {}
    problems = []
    for (number, _), id_ in zip(table.rows, ids, strict=False):
        if id_ in first:
            place: dict[str, Any] = {"file": table.file, "row": number, "column": "id", "letter": table.letter("id")}
            problems.append(say("id-twice", **place, found=id_, other=first[id_]))
        first.setdefault(id_, number)
    return problems
