"""A sheet's rows into the dataclass that they hold, each with its place."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from longview.gather.cells import Reading, read_cell
from longview.gather.names import Names, made_ids
from longview.gather.numbers import CellError
from longview.gather.tables import Cells, Table
from longview.program import Column, Count, Problem, presets, say, types

_BLANK: dict[str, Any] = {"months": (), "refs": (), "month": None, "ref": None}


@dataclass(frozen=True, slots=True)
class Row:
    """A row that was read: its number as Excel counts, and its value (a `Site`, a `Fund` …)."""

    number: int
    value: Any


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that was read, with what is needed to name a place in it (`cells`: row number → the row as text)."""

    table: Table
    rows: tuple[Row, ...]
    cells: Mapping[int, Cells]

    def problem(self, code: str, row: Row | int | None, column: str | None, **parts: Any) -> Problem:
        """A problem of that code at that place; `found` is what the cell says."""
        number = row.number if isinstance(row, Row) else row
        cells = self.cells.get(number or 0, ())
        found = self.table.cell(cells, column) if column else ""
        letter = self.table.letter(column) if column else ""
        file = self.table.sheet.file
        return say(code, file=file, row=number, column=column, letter=letter, **{"found": found, **parts})


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


def read_rows(table: Table, known: Mapping[str, Names]) -> tuple[Sheet, list[Problem]]:
    """All rows that can be read, and what is wrong with the others, cell by cell."""
    reading = Reading(known=known, decimal_comma=table.decimal_comma)
    ids = row_ids(table)
    rows: list[Row] = []
    problems: list[Problem] = _doubled_ids(table, ids)
    for place, (number, cells) in enumerate(table.rows):
        values, wrong = _read_row(table, number, cells, ids[place] if ids else None, reading)
        problems += wrong
        if not any(problem.severity == "problem" for problem in wrong):
            rows.append(Row(number, getattr(types, table.sheet.type)(**values)))
    return Sheet(table, tuple(rows), dict(table.rows)), problems


def _read_row(
    table: Table, number: int, cells: Cells, made_id: str | None, reading: Reading
) -> tuple[dict[str, Any], list[Problem]]:
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for column in table.sheet.columns:
        text = table.cell(cells, column.column)
        if column.type == "id" and not text:
            text = made_id or ""
        place: dict[str, Any] = {
            "file": table.sheet.file,
            "row": number,
            "column": column.column,
            "letter": table.letter(column.column),
            "found": text,
        }
        if not text:
            if column.needed:
                problems.append(say("blank", **place, what=column.what, example=column.example))
            elif not _has_default(table.sheet.type, column.field):
                values[column.field] = blank_value(column)
            continue
        try:
            values[column.field] = read_cell(column, text, reading)
        except CellError as error:
            problems.append(say(error.code, **place, **error.parts))
        problems += [say(code, **place, **parts) for code, parts in reading.doubts]
        reading.doubts.clear()
    _add_preset(values)
    return values, problems


def blank_value(column: Column) -> Any:
    """What a blank cell means in a column that may be left out and whose field has no default of its own."""
    if column.type == "count":
        return Count.blank()
    return "unassigned" if column.to == "ledger-funds" else _BLANK[column.type]


def _has_default(type_name: str, field: str) -> bool:
    found = next(f for f in dataclasses.fields(getattr(types, type_name)) if f.name == field)
    return found.default is not dataclasses.MISSING or found.default_factory is not dataclasses.MISSING


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
            problems.append(
                say(
                    "id-twice",
                    file=table.sheet.file,
                    row=number,
                    column="id",
                    letter=table.letter("id"),
                    found=id_,
                    other=first[id_],
                )
            )
        first.setdefault(id_, number)
    return problems
