"""How a workbook looks: ink, teal and amber on white, and what may be typed into."""

from __future__ import annotations

from copy import copy
from typing import Any

from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

INK, SOFT, TEAL, WHITE = "FF1F2430", "FF555B69", "FF0B6E69", "FFFFFFFF"
PALE_TEAL, PALE_AMBER, PALE_GREY, HAIRLINE = "FFDDECEA", "FFFBEBD0", "FFF4F2EC", "FFE6E0D2"

FORMATS = {
    "money": "#,##0.00##", "share": "0.00##", "date": "yyyy-mm-dd", "whole": "0", "number": "General", "rate": "General",
    "count": "General",  # typed counts add up in Excel; a 1-9 that it turns into a day is told on reading
}  # fmt: skip
TEXT = "@"  # so that 2022-03 and 001 stay what was typed

_RIGHT = frozenset({"whole", "number", "share", "money", "count", "rate"})
_WIDTHS = {
    "id": 18, "text": 24, "choice": 12, "yes-no": 9, "whole": 9, "number": 10, "share": 9, "money": 13, "month": 10,
    "months": 16, "time": 8, "date": 12, "count": 11, "rate": 13, "ref": 17, "refs": 24,
}  # fmt: skip
_WIDEST = 44
_LINE, _MOST_LINES, _WIDER = 15, 12, 0.95  # points a line; lines of a row at most; a letter against a digit's width
_NARROW = 90  # a list of months and counts
_PAGE = 190  # of columns' widths on a landscape page, at a size that can still be read
_COLUMNS_OF_A_SHEET = 16_384


class Look:
    """The styles of a workbook, each made once: a cell takes a copy (a style put together anew for each is slow)."""

    def __init__(self, book: Workbook) -> None:
        self._scratch = book.create_sheet("scratch")
        self._made: dict[tuple[Any, ...], Any] = {}
        self._book = book

    def done(self) -> None:
        """Take the scratch sheet out again."""
        self._book.remove(self._scratch)

    def header(self, type: str, *, needed: bool) -> Any:
        """A locked header cell: teal where the column is needed, pale where it may be left blank."""
        return self._style(
            ("header", type in _RIGHT, needed),
            font=Font(name="Calibri", size=11, bold=True, color=WHITE if needed else INK),
            fill=_fill(TEAL if needed else PALE_TEAL),
            alignment=Alignment(horizontal=_side(type), vertical="center", wrap_text=True, indent=1),
            border=Border(bottom=Side("thin", color=TEAL)),
        )

    def data(self, type: str, *, wrap: bool = False, filled: bool = False, fact: bool = False) -> Any:
        """A cell to type into, by its column's type; facts stand at the left, lined."""
        return self._style(
            ("data", type, wrap, filled, fact),
            font=Font(name="Calibri", size=11, color=INK),
            fill=_fill(PALE_AMBER) if filled else PatternFill(),
            alignment=Alignment(
                horizontal="left" if fact else _side(type), vertical="top", wrap_text=wrap or None, indent=1
            ),
            border=_hairline() if fact else Border(),
            number_format=FORMATS.get(type, TEXT),
            protection=Protection(locked=False),
        )

    def told(self, *, strong: bool = False, closed: bool = False) -> Any:
        """A locked cell: words beside what is typed, or (closed) a place where nothing belongs."""
        return self._style(
            ("told", strong, closed),
            font=Font(name="Calibri", size=11, bold=strong, color=INK if strong else SOFT),
            fill=_fill(PALE_GREY) if closed else PatternFill(),
            alignment=Alignment(horizontal="left", vertical="top", wrap_text=not strong, indent=1),
            border=_hairline(),
            number_format=TEXT,
        )

    def _style(self, key: tuple[Any, ...], **parts: Any) -> Any:
        if key not in self._made:
            cell = self._scratch.cell(len(self._made) + 1, 1)
            for name, part in parts.items():
                setattr(cell, name, part)
            self._made[key] = cell._style
        return self._made[key]


def put(sheet: Worksheet, row: int, place: int, style: Any, value: Any = None, note: str = "") -> None:
    """Write a cell: text always as text (never a formula, an error or a date), with a note if there is one."""
    cell = sheet.cell(row, place)
    if value is not None:
        cell.value = value
    cell._style = copy(style)
    if isinstance(value, str):
        cell.data_type = "s"
        if value.startswith(("=", "+", "-", "@", "#", "'")):
            cell.quotePrefix = True
    if note:
        lines = sum(1 + len(line) // 38 for line in note.split("\n"))
        cell.comment = Comment(note, "Longview", width=280, height=24 + 17 * lines)


def open_column(sheet: Worksheet, place: int, style: Any, width: float, *, last: int | None = None) -> None:
    """A column's width, and the style of its cells that are still blank (unlocked, so that rows can be added)."""
    from openpyxl.utils import get_column_letter

    dimension = sheet.column_dimensions[get_column_letter(place)]
    dimension.width = width
    dimension._style = copy(style)
    if last is not None:
        dimension.min, dimension.max = place, last


def open_rest(sheet: Worksheet, place: int, style: Any) -> None:
    """Unlock all columns from `place`: a row with one locked cell could not be deleted."""
    open_column(sheet, place, style, 13, last=_COLUMNS_OF_A_SHEET)


def protect(sheet: Worksheet) -> None:
    """Lock what is locked, without a password; rows may be added, deleted, sorted, filtered and formatted."""
    locks = sheet.protection
    locks.sheet = True
    for allowed in ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows", "sort", "autoFilter"):
        setattr(locks, allowed, False)  # Excel notes what is forbidden
    locks.objects = locks.scenarios = False


def pages(sheet: Worksheet, widths: list[float], title_columns: str | None) -> None:
    """Print in landscape (narrow lists upright), the header on each page; wide sheets take several pages."""
    across = max(1, round(sum(widths) / _PAGE + 0.2))
    sheet.page_setup.orientation = "portrait" if sum(widths) < _NARROW else "landscape"
    sheet.page_setup.fitToWidth = across
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    if across > 1 and title_columns:
        sheet.print_title_cols = title_columns
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top, sheet.page_margins.bottom, sheet.page_margins.footer = 0.6, 0.8, 0.4
    sheet.oddFooter.left.text = "&A"
    sheet.oddFooter.right.text = "page &P of &N"


def width_of(type: str, header: str, longest: int) -> float:
    """A column's width: room for its header with the arrow of the filter, and for what it holds, within reason."""
    words = max(len(part) for part in header.replace("_", " ").split()) if type == "text" else len(header)
    return float(min(max(_WIDTHS.get(type, 14), words + 6, longest + 4), _WIDEST))


def heighten(sheet: Worksheet, row: int, lines: int) -> None:
    """Give a row room for that many lines (not every program works out the height of a row when it opens a file)."""
    if lines > 1:
        sheet.row_dimensions[row].height = 4 + _LINE * min(lines, _MOST_LINES)


def lines_of(text: object, width: float) -> int:
    """About how many lines a text takes in a column of that width."""
    room = max(width - 2, 5)
    return sum(1 + int(len(line) * _WIDER / room) for line in str(text).split("\n"))


def _side(type: str) -> str:
    return "right" if type in _RIGHT else "left"


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", start_color=colour, end_color=colour)


def _hairline() -> Border:
    return Border(bottom=Side("thin", color=HAIRLINE))
