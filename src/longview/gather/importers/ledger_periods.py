"""The days that a heading of a ledger export is about: "January - December 2024", "Mar 1-15, 2024", "Jan 24"."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

from longview.program import Month
from longview.program.months import NAMES

Period = tuple[date, date]  # the first and the last day

_JOINING = frozenset({"through", "thru", "to", "until"})
_TOKEN = re.compile(r"([^\W\d_]+)\.?|([0-9]+)(?:st|nd|rd|th)?|([-–—])|([\s,'’]+)|(.)")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?")
_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_LONGEST = 80  # no period takes more letters

# What stands in a heading (M month, D day, Y year of four digits) → first month, day, year, last month, day, year,
# as places in it; None: the first (last) day of the month.
_Shape = tuple[int, int | None, int, int, int | None, int]
_SHAPES: dict[str, _Shape] = {
    "MY": (0, None, 1, 0, None, 1),
    "M-MY": (0, None, 3, 2, None, 3),
    "MY-MY": (0, None, 1, 3, None, 4),
    "MDY": (0, 1, 2, 0, 1, 2),
    "MD-DY": (0, 1, 4, 0, 3, 4),
    "MD-MDY": (0, 1, 5, 3, 4, 5),
    "MDY-MDY": (0, 1, 2, 4, 5, 6),
    "DMY": (1, 0, 2, 1, 0, 2),
    "D-DMY": (3, 0, 4, 3, 2, 4),
    "DM-DMY": (1, 0, 5, 4, 3, 5),
    "DMY-DMY": (1, 0, 2, 5, 4, 6),
}
# The same where columns are headed with years of two digits.
_SHORT: dict[str, _Shape] = {
    "MD": (0, None, 1, 0, None, 1),
    "M-D": (0, None, 2, 0, None, 2),
    "M-MD": (0, None, 3, 2, None, 3),
    "MDD": (0, 1, 2, 0, 1, 2),
    "MD-DD": (0, 1, 4, 0, 3, 4),
    "MD-MDD": (0, 1, 5, 3, 4, 5),
}


@lru_cache(maxsize=10_000)
def period_of(text: str, *, heads_a_column: bool = False) -> Period | None:
    """The days that a heading is about; None where it is about none, or leaves them open.

    Args:
        heads_a_column: years may have two digits there ("Jan 24" is January 2024).
    """
    if len(text) > _LONGEST:
        return None
    found = _in_numbers(text)
    if found is None:
        tokens = _tokens(text)
        shape = "".join(kind for kind, _ in tokens)
        places = _SHAPES.get(shape) or (_SHORT.get(shape) if heads_a_column else None)
        found = _days([value for _, value in tokens], places) if places else None
    return found if found and found[0] <= found[1] else None


def in_a_name(name: str) -> Period | None:
    """The month that a file's name tells as 2024-03; None where it tells none, or several."""
    months = {(int(year), int(month)) for year, month in re.findall(r"(?<!\d)(20\d\d)-(0[1-9]|1[0-2])(?!\d)", name)}
    return _month(*months.pop()) if len(months) == 1 else None


def months_in(period: Period) -> int:
    """How many calendar months it touches."""
    first, last = (Month(day.year, day.month) for day in period)
    return last.since(first) + 1


def _month(year: int, month: int) -> Period:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _tokens(text: str) -> list[tuple[str, int]]:
    tokens: list[tuple[str, int]] = []
    for word, number, dash, space, _other in _TOKEN.findall(text):
        if space:
            continue
        folded = word.casefold()
        if dash or folded in _JOINING:
            tokens.append(("-", 0))
        elif number and len(number) in (1, 2, 4):
            tokens.append(("Y" if len(number) == 4 else "D", int(number)))
        elif len(folded) >= 3 and (months := [m for m in NAMES if m.startswith(folded) or folded == m[:3] + "t"]):
            tokens.append(("M", NAMES.index(months[0]) + 1))
        else:
            return []
    return tokens


def _days(values: list[int], places: _Shape) -> Period | None:
    month, day, year, last_month, last_day, last_year = places
    years = [values[place] + (2000 if values[place] < 100 else 0) for place in (year, last_year)]
    if not all(1900 <= one <= 2200 for one in years):
        return None
    try:
        first = date(years[0], values[month], 1 if day is None else values[day])
        if last_day is None:
            return first, _month(years[1], values[last_month])[1]
        return first, date(years[1], values[last_month], values[last_day])
    except ValueError:
        return None


def _in_numbers(text: str) -> Period | None:
    if isos := _ISO.findall(text):
        rest = _ISO.sub("", text).strip(" -–—,").casefold()
        if len(isos) > 2 or rest not in ("", *_JOINING):
            return None
        ends = [(int(y), int(m), int(d) if d else None) for y, m, d in isos]
        return _iso(ends[0], ends[-1])
    slashed = _SLASHED.findall(text)
    if len(slashed) != 2 or _SLASHED.sub("", text).strip(" -–—,").casefold() not in ("", *_JOINING):
        return None
    # 01/02/2024 - 03/04/2024 may begin in January or in February: where both can be, neither is taken.
    orders = []
    for month, day in ((0, 1), (1, 0)):
        try:
            first, last = (date(int(one[2]), int(one[month]), int(one[day])) for one in slashed)
        except ValueError:
            continue
        orders.append((first, last))
    return orders[0] if len(set(orders)) == 1 else None


def _iso(start: tuple[int, int, int | None], end: tuple[int, int, int | None]) -> Period | None:
    if not all(1900 <= year <= 2200 and 1 <= month <= 12 for year, month, _ in (start, end)):
        return None
    try:
        first = date(start[0], start[1], start[2] or 1)
        return first, date(*end[:2], end[2]) if end[2] else _month(*end[:2])[1]
    except ValueError:
        return None
