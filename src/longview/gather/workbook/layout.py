"""A program's rows, and blank sheets for what is still to come, laid out as a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from longview.gather.filled import Filled, row_key
from longview.gather.workbook.cells import escaped, held
from longview.gather.workbook.facts import facts_sheet
from longview.gather.workbook.lists import Lists
from longview.gather.workbook.look import (
    Look,
    heighten,
    lines_of,
    open_column,
    open_rest,
    pages,
    protect,
    put,
    width_of,
)
from longview.gather.workbook.notes import filled_note, header_note
from longview.program import Column, Program, Sheet

LAST_ROW = 1_048_576
_TAB = {True: "0B6E69", False: "B9D4D1"}


def workbook(program: Program, sheets: Sequence[Sheet], filled: Iterable[Filled]) -> Workbook:
    """The workbook, with these sheets in this order, and the lists that its drop-downs refer to.

    Raises:
        ValueError: a text that a cell can't hold, or more rows than a sheet has; it names the place.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    look = Look(book)
    lists = Lists([sheet.name for sheet in sheets])
    money = program.currency if program.currency.isalpha() and len(program.currency) <= 5 else "money"
    notes = {(one.sheet, one.row, one.column): one.source for one in filled}
    for place, sheet in enumerate(sheets):
        page = book.create_sheet(sheet.name, place)
        page.sheet_properties.tabColor = _TAB[sheet.needed]
        if sheet.into:
            _table(page, sheet, attrgetter(sheet.into)(program), look, lists, notes, money)
        else:
            facts_sheet(page, sheet, program, look, lists, notes, money)
    lists.write(book)
    look.done()
    book.active = 0
    book.properties.creator = "Longview"
    book.properties.title = "".join(c for c in program.name if c.isprintable())[:200]
    return book


def _table(
    page: Worksheet,
    sheet: Sheet,
    rows: tuple[Any, ...],
    look: Look,
    lists: Lists,
    notes: Mapping[tuple[str, str, str], str],
    money: str,
) -> None:
    if len(rows) + 1 > LAST_ROW:
        raise ValueError(f"sheet {sheet.name}: {len(rows):,} rows, and a sheet has room for {LAST_ROW - 1:,}")
    widths: list[float] = []
    tall: dict[int, int] = {}
    for place, column in enumerate(sheet.columns, start=1):
        cells = [_held(sheet, number, column, row) for number, row in enumerate(rows, start=2)]
        longest = max((len(str(cell)) for cell in cells if cell is not None), default=0)
        widths.append(width_of(column.type, column.column, longest))
        wraps = column.type in ("text", "refs")
        plain = look.data(column.type, wrap=wraps)
        open_column(page, place, plain, widths[-1])
        put(page, 1, place, look.header(column.type, needed=column.needed), column.column, header_note(column, money))
        amber = look.data(column.type, wrap=wraps, filled=True)
        for number, (row, cell) in enumerate(zip(rows, cells, strict=True), start=2):
            source = notes.get((sheet.name, row_key(sheet.name, row), column.column)) if notes else None
            put(page, number, place, amber if source else plain, cell, filled_note(source) if source else "")
            if wraps and cell is not None:
                tall[number] = max(tall.get(number, 1), lines_of(cell, widths[-1]))
        if drop_down := lists.drop_down(sheet, column):
            letter = get_column_letter(place)
            drop_down.add(f"{letter}2:{letter}{LAST_ROW}")
            page.add_data_validation(drop_down)
    page.row_dimensions[1].height = 32
    for number, lines in tall.items():
        heighten(page, number, lines)
    open_rest(page, len(widths) + 1, look.data("text"))
    named = sheet.columns[0].type == "id" and len(sheet.columns[0].made_from) == 1
    page.freeze_panes = "C2" if named else "A2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(widths))}{max(len(rows) + 1, 2)}"
    protect(page)
    pages(page, widths, "A:B" if named else None)


def _held(sheet: Sheet, number: int, column: Column, row: Any) -> Any:
    try:
        cell = held(column, getattr(row, column.field))
        return escaped(cell) if isinstance(cell, str) else cell
    except ValueError as error:
        raise ValueError(f"sheet {sheet.name}, row {number}, {column.column}: {error}") from None
