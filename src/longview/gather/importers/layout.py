"""Where in a grid the table is: titles above, one row of names or two, columns, the rows below; nothing interpreted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from longview.gather.grids import Grid
from longview.gather.importers.moments import is_date, readings
from longview.gather.tables import Record, letter

FIRST_ROWS = 60  # the header stands among these
_VALUE = re.compile(
    r"(?:[<>≤≥]=?|less than|fewer than|up to)?\s*[-−(]?\s*(?:[$€£¥]|[A-Z]{3}\s)?\s*[-−]?\d[\d.,'\s\u00a0\u202f]*\)?\s*[%$€£¥]?"
    r"|\d+\s*(?:-|–|to)\s*\d+|\*{1,2}|n/?a|suppressed|hidden|not counted",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Place:
    """A column: its position and letter, its name in one row or two (`top` over `bottom`), and a `label` of its own.

    `month` is what its name says as a month, where months stand in the header; else "".
    """

    index: int
    letter: str
    label: str
    top: str = ""
    bottom: str = ""
    month: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """A table within a grid.

    Attributes:
        header: row number of the names as Excel counts.
        titles: rows above the names, left out.
        blank: columns without a name or a cell, passed over.
        body: the rows below the names that hold something.
    """

    grid: Grid = field(repr=False)
    header: int
    names: tuple[str, ...]
    places: tuple[Place, ...]
    titles: tuple[Record, ...]
    body: list[Record] = field(repr=False)

    @property
    def across(self) -> bool:
        """Whether months stand in the header."""
        return any(place.month for place in self.places)

    def cells(self, place: Place, limit: int | None = None) -> list[tuple[int, str]]:
        """(row, text) of a column's cells that aren't blank."""
        rows = self.body if limit is None else self.body[:limit]
        return [
            (number, cells[place.index]) for number, cells in rows if len(cells) > place.index and cells[place.index]
        ]


def is_value(text: str) -> bool:
    """Whether a cell looks like a figure: a number, an amount, a hidden count."""
    return _VALUE.fullmatch(text) is not None


def layout_of(grid: Grid) -> Layout | None:
    """The table of a grid; None where no row of names stands above rows of figures."""
    rows = [(number, cells) for number, cells in grid.rows if any(cells)]
    at, months = _names_row(rows), _months_row(rows)
    across = months is not None and (at is None or months <= at + 1)  # else those days are a row of the table
    at = months if across else at
    if at is None:
        return None
    top_at = at - 1 if at and _is_top(rows[at - 1][1], rows[at][1]) else None
    top = _spread(rows[top_at][1], rows[at][1]) if top_at is not None else []
    body = rows[at + 1 :]
    names = rows[at][1]
    width = max([len(names), len(top), *(len(cells) for _, cells in body)])
    filled = {index for _, cells in body for index, cell in enumerate(cells) if cell}
    places = _places(names, top, width, filled, across)
    return Layout(grid, rows[at][0], names, places, tuple(rows[: at if top_at is None else top_at]), body)


def month_text(top: str, bottom: str) -> str:
    """What a column's name says as a month: by itself ("Mar 2024"), or with the year above it; "" where it says none."""
    if _is_month(bottom):
        return bottom
    year = re.search(r"(?:19|20)\d\d", top)
    both = f"{bottom} {year[0]}" if year and bottom else ""
    return both if both and "" in readings(both) else ""


def _is_month(text: str) -> bool:
    return is_date(text) or re.fullmatch(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])", text) is not None


def _months_row(rows: list[Record]) -> int | None:
    """The row across which months stand: two at least, all different, most of the row, beside nothing but words."""
    for at, (_, cells) in enumerate(rows[:FIRST_ROWS]):
        top = _spread(rows[at - 1][1], cells) if at else []
        said = [month_text(top[i] if i < len(top) else "", cell) if i else "" for i, cell in enumerate(cells)]
        found = [i for i, month in enumerate(said) if month]
        others = [cell for cell, month in zip(cells, said, strict=True) if cell and not month]
        if len(found) < 2 or len({said[i] for i in found}) < len(found) or len(found) < len(others[1:]):
            continue
        if any(is_value(cell) or is_date(cell) for cell in others):
            continue
        below = rows[at + 1][1] if at + 1 < len(rows) else ()
        # A date below may be a count that a spreadsheet made a day of; a row of them is a row of the table.
        if 2 * sum(i < len(below) and is_date(below[i]) for i in found) <= len(found):
            return at
    return None


def _names_row(rows: list[Record]) -> int | None:
    """The first row of words that has figures or days in the row below, and is about as wide as the table."""
    widest = max((sum(map(bool, cells)) for _, cells in rows[: FIRST_ROWS + 1]), default=0)
    for at, (_, cells) in enumerate(rows[:FIRST_ROWS]):
        filled = [cell for cell in cells if cell]
        if 2 * len(filled) < max(widest, 4) or any(is_value(cell) or is_date(cell) for cell in filled):
            continue
        if at + 1 == len(rows) or any(is_value(cell) or is_date(cell) for cell in rows[at + 1][1]):
            return at
    return None


def _is_top(above: tuple[str, ...], names: tuple[str, ...]) -> bool:
    """Whether the row above the names is a second row of names (a year over its months, a site over its measures)."""
    filled = [i for i, cell in enumerate(above) if cell]
    if not filled or filled == [0]:
        return False
    words = [above[i] for i in filled if i]
    years = all(_YEAR.search(word) for word in words)
    # A title may stand in any single cell; names of groups stand over columns, more than one of them.
    return len(words) >= (1 if years else 2) and all(not is_value(w) or _YEAR.fullmatch(w) for w in words)


def _spread(above: tuple[str, ...], names: tuple[str, ...]) -> list[str]:
    """A row of merged names, each repeated over the columns that it stands over."""
    spread: list[str] = []
    for index in range(max(len(above), len(names))):
        cell = above[index] if index < len(above) else ""
        named = index < len(names) and names[index]
        spread.append(cell or (spread[-1] if spread and named and index > 1 else ""))
    return spread


def _places(names: tuple[str, ...], top: list[str], width: int, filled: set[int], across: bool) -> tuple[Place, ...]:
    places: list[Place] = []
    taken: set[str] = set()
    for index in range(width):
        bottom = names[index] if index < len(names) else ""
        over = top[index] if index < len(top) else ""
        if not bottom and not over and index not in filled:
            continue
        month = month_text(over, bottom) if across else ""
        label = " / ".join(filter(None, (over, bottom))) or f"column {letter(index)}"
        if label.casefold() in taken:
            label = f"{label} (column {letter(index)})"
        taken.add(label.casefold())
        places.append(Place(index, letter(index), label, over, bottom, month))
    return tuple(places)
