"""The program sheet: a row for each fact of the field table, also those that nothing is said of yet."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from longview.gather.facts import FORMAT
from longview.gather.workbook.cells import escaped, exact, held
from longview.gather.workbook.lists import Lists
from longview.gather.workbook.look import Look, heighten, lines_of, open_column, open_rest, pages, protect, put
from longview.gather.workbook.notes import (
    FORMAT_FACT,
    FORMAT_WHAT,
    example,
    fact_note,
    filled_note,
)
from longview.gather.writing import number_text
from longview.program import Column, Program, Sheet

HEADER = ("fact", "value", "low", "high", "area", "what it is", "for example")
_WIDTHS = (18, 26, 11, 11, 20, 68, 34)
_HEADER_NOTES = (
    "The fact's name. Leave these as they are.",
    "What you know. Where a cell is grey, nothing belongs.",
    "For people: the low end. You are nine in ten sure that it lies between low and high.",
    "For people: the high end.",
    "For area_shares: the area as sheet community writes it, a row for each area.",
)
_SPARE_AREAS = 1


def facts_sheet(
    page: Worksheet,
    sheet: Sheet,
    program: Program,
    look: Look,
    lists: Lists,
    notes: Mapping[tuple[str, str, str], str],
    money: str,
) -> None:
    """Lay the sheet out; `money` is what a unit of money is called.

    Raises:
        ValueError: a text that a cell can't hold; it names the place.
    """
    for place, (name, width) in enumerate(zip(HEADER, _WIDTHS, strict=True), start=1):
        open_column(page, place, look.data("text"), width)
        note = _HEADER_NOTES[place - 1] if place <= len(_HEADER_NOTES) else ""
        put(page, 1, place, look.header("text", needed=place <= 2), name, note)
    number = 1
    for column in sheet.columns:
        drop_down = lists.drop_down(sheet, column)
        for value, low, high, area in _cells(column, program):
            number += 1
            try:
                _row(page, number, column, (value, low, high, area), look, notes, money)
            except ValueError as error:
                raise ValueError(f"sheet {sheet.name}, row {number}, {column.column}: {error}") from None
            if drop_down:
                drop_down.add(f"B{number}")
        if drop_down:
            page.add_data_validation(drop_down)
    _format_row(page, number + 1, look)
    open_rest(page, len(HEADER) + 1, look.data("text"))
    page.freeze_panes = "B2"
    page.sheet_view.showGridLines = False
    page.row_dimensions[1].height = 24
    protect(page)
    pages(page, list(_WIDTHS), None)


def _cells(column: Column, program: Program) -> Iterator[tuple[Any, Any, Any, Any]]:
    """The rows of a fact, each (value, low, high, area)."""
    said = getattr(program, column.field)
    if column.type == "range":
        yield said.best, said.low, said.high, None
    elif column.type == "shares":
        for area, share in said.items():
            yield share, None, None, area
        for _ in range(_SPARE_AREAS):
            yield None, None, None, None
    else:
        default = next(one.default for one in dataclasses.fields(Program) if one.name == column.field)
        # A figure that `check` asks for is left blank where it says no more than a blank would: it is still asked for.
        yield (None if column.told and said == default else said), None, None, None


def _row(
    page: Worksheet,
    number: int,
    column: Column,
    cells: tuple[Any, Any, Any, Any],
    look: Look,
    notes: Mapping[tuple[str, str, str], str],
    money: str,
) -> None:
    several = column.type in ("range", "shares")
    type_ = "number" if several else column.type
    open_ = {"value": True, "low": column.type == "range", "high": column.type == "range"}
    open_["area"] = column.type == "shares"
    put(page, number, 1, look.told(strong=True), column.column)
    for place, (name, said) in enumerate(zip(open_, cells, strict=True), start=2):
        source = notes.get(("program", column.column, name)) or (
            notes.get(("program", column.column, column.column)) if said is not None and name != "area" else None
        )
        if not open_[name]:
            put(page, number, place, look.told(closed=True))
            continue
        cell = _number(said) if several and name != "area" else _text(said) if several else held(column, said)
        written = escaped(cell) if isinstance(cell, str) else cell
        style = look.data("text" if name == "area" else type_, wrap=True, filled=bool(source), fact=True)
        put(page, number, place, style, written, filled_note(source) if source else "")
    said = (cells[0] if type_ == "text" else "", fact_note(column, money), " ".join(example(column)).strip())
    put(page, number, 6, look.told(), said[1])
    put(page, number, 7, look.told(), said[2])
    columns = (_WIDTHS[1], _WIDTHS[5], _WIDTHS[6])
    heighten(page, number, max(lines_of(text, width) for text, width in zip(said, columns, strict=True)))


def _format_row(page: Worksheet, number: int, look: Look) -> None:
    said: dict[int, Any] = {2: FORMAT, 6: FORMAT_WHAT[:1].upper() + FORMAT_WHAT[1:], 7: str(FORMAT)}
    put(page, number, 1, look.told(strong=True), FORMAT_FACT)
    for place in range(2, len(HEADER) + 1):
        put(page, number, place, look.told(closed=place < 6), said.get(place))


def _number(value: Any) -> Any:
    if value is None:
        return None
    number = exact(value)
    return number_text(value) if number is None else number


def _text(value: str | None) -> str | None:
    if value is not None and (not value or value != value.strip()):
        raise ValueError(f"a file can't hold this text as it is: {value[:60]!r}")
    return value
