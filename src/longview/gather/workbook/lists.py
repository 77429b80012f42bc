"""Drop-down lists: what may be chosen stands in the hidden sheet `lists`, or in the id column of its own sheet."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from longview.program import Column, Sheet, categories, fields, items, levers, measures, presets

NAME = "lists"
_ROOM = 1_000  # rows of a sheet whose ids its drop-downs offer
_YES_NO = ("yes", "no")
_OWN_SHEET = {"sites": "sites", "funds": "funds", "costs": "costs", "choices": "choices", "ledger-funds": "funds"}


class Lists:
    """The drop-downs of one workbook.

    Args:
        present: names of the sheets that it has: what refers to ids of another sheet gets no drop-down.
    """

    def __init__(self, present: Collection[str]) -> None:
        self._present = frozenset(present)
        self._columns: dict[tuple[str, ...], str] = {}
        self._names: list[str] = []

    def drop_down(self, sheet: Sheet, column: Column) -> DataValidation | None:
        """The drop-down of a column; None where it has none."""
        if own := _OWN_SHEET.get(column.to or ""):
            if own not in self._present:
                return None
            name = f"{fields()[own].title}, by id"
            if column.type == "refs":
                return _open(_ids(own), "Choose one, or write several parted by a semicolon.")
            hint = f"No row of sheet {own} has this id. Keep it if it is a name there, or if you will add it."
            return _validation(_ids(own), "warning", name, hint)
        words = _words(sheet, column)
        if not words:
            return None
        source = self._range(f"{sheet.name} {column.column}" if column.choices else column.to or column.type, words)
        if column.type == "refs":
            return _open(source, "Choose one, or write several parted by a semicolon.")
        if column.type == "text":
            hint = "This name is none of those that the model knows. Keep it if you count something of your own."
            return _validation(source, "warning", "A name of your own?", hint)
        return _validation(source, "stop", "Not on the list", "Choose from the list, or clear the cell.")

    def write(self, book: Workbook) -> None:
        """Write the hidden sheet, last."""
        sheet = book.create_sheet(NAME)
        sheet.sheet_state = "hidden"
        for place, (name, words) in enumerate(zip(self._names, self._columns, strict=True), start=1):
            for row, word in enumerate((name, *words), start=1):
                cell = sheet.cell(row, place, word)
                cell.data_type = "s"
                cell.number_format = "@"

    def _range(self, name: str, words: tuple[str, ...]) -> str:
        if words not in self._columns:
            letter = get_column_letter(len(self._columns) + 1)
            self._columns[words] = f"{NAME}!${letter}$2:${letter}${len(words) + 1}"
            self._names.append(name)
        return self._columns[words]


def _words(sheet: Sheet, column: Column) -> tuple[str, ...]:
    if column.choices:
        return column.choices
    if column.type == "yes-no":
        return _YES_NO
    if sheet.name in ("services", "deliverables") and column.column == "measure":
        return tuple(measures())
    to: dict[str, Sequence[str]] = {
        "items": tuple(items()),
        "payable": (*categories(), *items()),
        "levers": tuple(levers()),
        "presets": tuple(presets()),
    }
    return tuple(dict.fromkeys(to.get(column.to or "", ())))


def _ids(sheet: str) -> str:
    """The ids of a sheet, as far as they go (a list with blanks at its end opens on the blanks)."""
    first = f"{sheet}!$A$2"
    return f"OFFSET({first},0,0,MAX(1,COUNTA({first}:$A${_ROOM + 1})),1)"


def _validation(source: str, style: str, title: str, hint: str) -> DataValidation:
    made = DataValidation("list", formula1=source, allow_blank=True, showErrorMessage=True, errorStyle=style)
    made.errorTitle, made.error = title[:31], hint
    return made


def _open(source: str, hint: str) -> DataValidation:
    made = DataValidation("list", formula1=source, allow_blank=True, showErrorMessage=False, showInputMessage=True)
    made.prompt = hint
    return made
