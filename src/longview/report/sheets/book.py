"""A workbook as a bookkeeper likes it: one head to a table, panes that stay, numbers as numbers, sums that follow.

A formula is written with the value that it comes to, so that a viewer that works nothing out (a phone, a mail program) shows it
too; a program that does work it out does so anew. Text is never taken for a formula.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

from longview.program import Month

Kind = Literal["text", "money", "cents", "count", "number", "share", "month"]
FORMATS: dict[Kind, str] = {
    "money": "#,##0", "cents": "#,##0.00", "count": "#,##0", "number": "General", "share": "0%", "month": "mmm yyyy",
    "text": "General",
}  # fmt: skip
FILL, LINE, SOFT = "F2EEE3", "1F2430", "555B69"
NARROW, WIDE = 9, 60  # characters of a column
LINE_OF_TEXT = 120  # characters that a line of running text holds before it is turned over
MADE = datetime(2000, 1, 1)  # the same findings make the same bytes: no clock is asked


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula and what it comes to."""

    text: str
    value: Decimal | float | str


Value = str | int | float | Decimal | Month | Formula | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, and what stands in it."""

    head: str
    kind: Kind = "text"


class Book:
    """A workbook in the making."""

    def __init__(self, foot: str) -> None:
        from openpyxl import Workbook

        self.book = Workbook()
        self.book.remove(self.book.active)
        self.book.properties.creator = "Longview"
        self.book.properties.created = self.book.properties.modified = MADE
        self.foot = foot
        self.values: dict[tuple[str, str], Decimal | float | str] = {}

    def sheet(self, name: str, finding: str, *notes: str) -> Sheet:
        """A sheet whose first cell holds the finding, with soft lines below it."""
        return Sheet(self, name, finding, notes)

    def save(self, path: Path) -> None:
        """Write it: whole, or not at all.

        Raises:
            OSError: it can't be written there.
        """
        for number, sheet in enumerate(self.book.worksheets):
            sheet.sheet_view.tabSelected = number == 0
        half = BytesIO()
        self.book.save(half)
        partly = path.with_name(path.name + ".part")
        try:
            partly.write_bytes(
                _worked_out(half, {s.title: n for n, s in enumerate(self.book.worksheets, 1)}, self.values)
            )
            partly.replace(path)
        finally:
            partly.unlink(missing_ok=True)


class Sheet:
    """One sheet: a finding, then facts with labels, then one table."""

    def __init__(self, book: Book, name: str, finding: str, notes: Sequence[str]) -> None:
        self.book, self.name = book, name
        self.sheet: Any = book.book.create_sheet(name)
        self.row = 0
        self.widths: dict[int, int] = {}
        self.row = 1
        self._put(1, 1, finding, "text").font = _font(bold=True, size=14)
        for note in notes:
            self.line(note, colour=SOFT)
        page = self.sheet
        page.page_setup.orientation, page.page_setup.fitToWidth, page.page_setup.fitToHeight = "landscape", 1, 0
        page.sheet_properties.pageSetUpPr.fitToPage = True
        page.page_margins.left = page.page_margins.right = 0.5
        page.oddFooter.left.text, page.oddFooter.right.text = book.foot.replace("&", "&&"), "&P of &N"

    def line(self, text: str, *, bold: bool = False, colour: str = LINE) -> None:
        """A line of running text in the first column; a long one goes on in rows below it."""
        for part in _lines(text, LINE_OF_TEXT):
            self.row += 1
            self._put(self.row, 1, part, "text").font = _font(bold=bold, colour=colour)

    def gap(self) -> None:
        """An empty row."""
        self.row += 1

    def fact(self, label: str, value: Value, kind: Kind, note: str = "") -> str:
        """A label with its value beside it; gives the value's cell."""
        self.row += 1
        self._put(self.row, 1, label, "text")
        self._put(self.row, 2, value, kind)
        if note:
            self._put(self.row, 3, note, "text")
        self.widths[1] = max(self.widths.get(1, 0), len(label))
        return f"$B${self.row}"

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[Value]], *, total: bool = False) -> int:
        """The table, below an empty row; gives the row of its head. The last row is a total, if so."""
        from openpyxl.styles import Alignment, Border, PatternFill, Side

        self.gap()
        self.row += 1
        head = self.row
        for at, column in enumerate(columns, 1):
            cell = self._put(head, at, column.head, "text")
            cell.font, cell.fill = _font(bold=True), PatternFill("solid", fgColor=FILL)
            cell.border = Border(bottom=Side("thin", color=LINE))
            cell.alignment = Alignment(wrap_text=True, vertical="bottom", **_side(column, at))
            self.widths[at] = max(self.widths.get(at, 0), *map(len, column.head.split()), min(len(column.head), 14))
        for row in rows:
            self.row += 1
            last = total and row is rows[-1]
            for at, (column, value) in enumerate(zip(columns, row, strict=True), 1):
                cell = self._put(self.row, at, value, column.kind)
                cell.alignment = Alignment(wrap_text=column.kind == "text", vertical="top", **_side(column, at))
                if last:
                    cell.font, cell.border = _font(bold=True), Border(top=Side("thin", color=LINE))
                self.widths[at] = max(self.widths.get(at, 0), _width(value, column.kind))
            longest = max((len(v) for v in row if isinstance(v, str)), default=0)
            if longest > WIDE:  # not every program makes room for words that are turned over
                self.sheet.row_dimensions[self.row].height = 15 * -(-longest // (WIDE - 6))
        self.sheet.freeze_panes = self.sheet.cell(head + 1, 2)
        self.sheet.print_title_rows = f"{head}:{head}"
        for at, width in self.widths.items():
            self.sheet.column_dimensions[letter(at)].width = min(WIDE, max(NARROW, width + 2))
        return head

    def _put(self, row: int, at: int, value: Value, kind: Kind) -> Any:
        cell = self.sheet.cell(row, at)
        if isinstance(value, Formula):
            cell.value = value.text
            self.book.values[self.name, cell.coordinate] = value.value
        elif isinstance(value, Month):
            cell.value = date(value.year, value.month, 1)
        elif value is not None and value != "":
            cell.value = clean(value) if isinstance(value, str) else value
            if isinstance(value, str):
                cell.data_type = "s"  # never a formula, whatever it begins with
        cell.number_format = FORMATS[kind]
        return cell


def _font(*, bold: bool = False, size: int = 11, colour: str = LINE) -> Any:
    from openpyxl.styles import Font

    return Font(name="Calibri", bold=bold, size=size, color=colour)


def _side(column: Column, at: int) -> dict[str, Any]:
    """Words and a first column left, numbers right; words beside a number keep off it."""
    if column.kind == "text" or at == 1:
        return {"horizontal": "left", "indent": int(at > 1)}
    return {"horizontal": "right"}


def letter(column: int) -> str:
    """A column's letter: 1 is A."""
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))


def clean(text: str) -> str:
    """Text as a cell may hold it: ordinary spaces and signs, no control characters, no longer than a cell."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text.replace("\u00a0", " "))[:32_000]


def _lines(text: str, width: int) -> list[str]:
    out, line = [], ""
    for word in clean(text).split():
        if line and len(line) + 1 + len(word) > width:
            out.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*out, line]


def _width(value: Value, kind: Kind) -> int:
    if isinstance(value, Formula):
        value = value.value
    if value is None:
        return 0
    if kind in ("money", "cents", "count") and not isinstance(value, (str, Month)):
        return len(f"{value:,.0f}") + (3 if kind == "cents" else 0)
    return 8 if isinstance(value, Month) else len(str(value)) if isinstance(value, str) else 8


def _worked_out(book: BytesIO, numbers: dict[str, int], values: dict[tuple[str, str], Decimal | float | str]) -> bytes:
    """The workbook with each formula's value beside it, and no trace of a clock."""
    by_file: dict[str, dict[str, Decimal | float | str]] = {}
    for (name, cell), value in values.items():
        by_file.setdefault(f"xl/worksheets/sheet{numbers[name]}.xml", {})[cell] = value
    out = BytesIO()
    with zipfile.ZipFile(book) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name in read.namelist():
            said = read.read(name)
            if name in by_file:
                said = _filled(said.decode("utf-8"), by_file[name]).encode("utf-8")
            elif name == "docProps/core.xml":
                stamp = rb"(<dcterms:modified[^>]*>)[^<]*"
                said = re.sub(stamp, rb"\g<1>" + MADE.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), said)
            written.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), said, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _filled(xml: str, values: dict[str, Decimal | float | str]) -> str:
    """A sheet in which each formula's empty value is filled in."""

    def fill(found: re.Match[str]) -> str:
        value = values[found["cell"]]
        kind, said = (' t="str"', escape(value, quote=False)) if isinstance(value, str) else ("", str(value))
        return f'<c r="{found["cell"]}"{found["rest"]}{kind}><f>{found["formula"]}</f><v>{said}</v></c>'

    pattern = r'<c r="(?P<cell>[A-Z]+\d+)"(?P<rest>[^>]*)><f>(?P<formula>[^<]*)</f><v ?/?>(?:</v>)?</c>'
    return re.sub(pattern, fill, xml)
