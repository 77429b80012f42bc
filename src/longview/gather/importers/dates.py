"""Days and months of every habit. A column has one habit; where its cells can't tell which, it is asked, never guessed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from longview.gather.importers.moments import Moment, bare_date, is_date, not_a_date, readings
from longview.gather.numbers import CellError
from longview.program import Month, Problem, say

__all__ = ["ORDERS", "Habit", "Moment", "Order", "habit_of", "is_date", "readings"]

Order = Literal["mdy", "dmy", "ymd", "my", "ym"]
ORDERS: dict[str, str] = {
    "mdy": "month, day, year",
    "dmy": "day, month, year",
    "ymd": "year, month, day",
    "my": "month, year",
    "ym": "year, month",
}
_SERIAL = frozenset({"serial"})


@dataclass(frozen=True, slots=True)
class Habit:
    """How a column writes its days or months; `read` one cell at a time.

    Attributes:
        order: the order of day and month where a cell needs to be told ("" where none does, or it was left open).
        serials: whether its cells are days as Excel numbers them.
        settled_by: the row of a cell that leaves only this order; None where it was given, or none is needed.
    """

    order: str = ""
    serials: bool = False
    settled_by: int | None = None
    _read: dict[str, Moment | CellError] = field(default_factory=dict, repr=False, compare=False)

    def read(self, text: str) -> Moment:
        """The day or month that a cell means.

        Raises:
            CellError: it is no day or month, a longer time (a quarter …), or another order's.
        """
        found = self._read.get(text)
        if found is None:
            found = self._first_read(bare_date(text))
            if len(self._read) < 100_000:  # a column of times has as many texts as rows
                self._read[text] = found
        if isinstance(found, CellError):
            raise found
        return found

    def month(self, text: str) -> Month:
        """The month of a cell. Raises `CellError` as `read` does."""
        return self.read(text).month

    def day(self, text: str) -> str:
        """The day of a cell as `YYYY-MM-DD`. Raises `CellError` as `read` does, and where only a month is told."""
        moment = self.read(text)
        if moment.day is None:
            raise CellError("dates-no-day", example=f"{moment.iso}-01")
        return moment.iso

    def _first_read(self, text: str) -> Moment | CellError:
        found = readings(text)
        if "" in found:
            return found[""]
        if self.order in found:
            return found[self.order]
        if self.serials and "serial" in found:
            return found["serial"]
        if self.order and set(found) & {"mdy", "dmy", "ymd"}:
            return CellError("dates-other-order", order=ORDERS[self.order])
        return not_a_date(text)


def habit_of(
    cells: Iterable[tuple[int, str]], *, file: str, column: str, letter: str = "", order: str | None = None
) -> tuple[Habit | None, list[Problem]]:
    """The habit of a whole column, and what must be asked or looked at.

    Cells that no order reads are left to `Habit.read`, which says what is wrong with each.

    Args:
        cells: (row as Excel counts, text) of each cell, or of the first cell with each text; blank ones are passed over.
        file, column, letter: the place, for problems.
        order: what the person said (`--dates mdy`, or `dates` in mappings.toml); None: not asked yet.

    Returns:
        The habit, None where no cell can be read or it must be asked; and the problems and doubts.
    """
    seen = _Seen()
    for row, text in cells:
        if text:
            seen.add(row, bare_date(text))
    place: dict[str, Any] = {"file": file, "column": column, "letter": letter}
    if order is not None and order not in ORDERS:
        return None, [say("dates-order", **place, found=order)]
    if not seen.first:
        return None, [say("dates-none", **place)] if seen.cells else []
    if seen.only_serials:
        row, text = seen.first[_SERIAL]
        day = readings(text)["serial"].iso
        return Habit(serials=True), [say("dates-serials", **place, row=row, found=text, day=day)]
    habit, problems = _ordered(seen, order, place)
    if habit is not None:
        problems += _doubts(seen, habit, place)
    return habit, problems


@dataclass(slots=True)
class _Seen:
    """What a column holds: how many cells, and the first row and text for each set of orders that a cell leaves open."""

    cells: int = 0
    serials: int = 0
    first: dict[frozenset[str], tuple[int, str]] = field(default_factory=dict)
    years: dict[str, set[int]] = field(default_factory=dict)
    iso_days: set[int] = field(default_factory=set)
    iso_first: tuple[int, str] | None = None
    short: tuple[int, str] | None = None
    _known: dict[str, bool] = field(default_factory=dict)  # text → whether it is a serial

    @property
    def only_serials(self) -> bool:
        """Whether it is a column of numbers, but for a stray cell."""
        return set(self.first) == {_SERIAL} and self.serials * 10 >= self.cells * 9

    def add(self, row: int, text: str) -> None:
        self.cells += 1
        if (serial := self._known.get(text)) is None:
            serial = self._known[text] = self._is_new_serial(row, text)
        self.serials += serial

    def _is_new_serial(self, row: int, text: str) -> bool:
        found = readings(text)
        if not found:
            return False
        self.first.setdefault(frozenset(found), (row, text))
        if "serial" in found:
            return True
        for order, moment in found.items():
            self.years.setdefault(order, set()).add(moment.year)
            if moment.short and self.short is None:
                self.short = (row, text)
        if "" in found and text[:4].isdigit() and found[""].day is not None:
            self.iso_days.add(found[""].day)
            self.iso_first = self.iso_first or (row, text)
        return False


def _ordered(seen: _Seen, order: str | None, place: dict[str, Any]) -> tuple[Habit | None, list[Problem]]:
    """The order of a column whose cells need one: given, or left by all its cells together."""
    open_orders = [orders for orders in seen.first if not orders & {"", "serial"}]
    if order or not open_orders:
        return Habit(order or ""), []
    left = frozenset.intersection(*open_orders)
    if not left:
        return None, [_mixed(seen, open_orders, place)]
    left -= _implausible(seen, left)
    narrowest = min(open_orders, key=lambda orders: len(orders & (left | {"mdy", "dmy"})))
    if len(left) == 1 and left <= {"mdy", "dmy", "ymd"}:
        return Habit(next(iter(left)), settled_by=seen.first[narrowest][0]), []
    row, text = seen.first[min(open_orders, key=lambda orders: seen.first[orders][0])]
    return None, [_asked(row, text, left, place)]


def _implausible(seen: _Seen, left: frozenset[str]) -> frozenset[str]:
    """The year first, in two digits, where that strews the column over more years than another order does.

    25/03/04 may be of 2025; a column of days of one month, 01/03/24 to 31/03/24, is not of 2001 to 2031.
    """
    spread = {order: max(seen.years[order]) - min(seen.years[order]) for order in left}
    others = [spread[order] for order in left - {"ymd"}]
    return frozenset({"ymd"}) if "ymd" in left and others and spread["ymd"] > min(others) else frozenset()


def _asked(row: int, text: str, left: frozenset[str], place: dict[str, Any]) -> Problem:
    found = readings(text)
    orders = [order for order in ORDERS if order in left]
    meanings = " or ".join(found[order].iso for order in orders)
    if left <= {"my", "ym"}:
        meanings += ", or a day without its year"
    typed = " or ".join(f"--dates {order}" for order in orders)
    return say("dates-ambiguous", **place, row=row, found=text, meanings=meanings, typed=typed, one=orders[0])


def _mixed(seen: _Seen, open_orders: list[frozenset[str]], place: dict[str, Any]) -> Problem:
    """The two rows that no order reads alike."""
    for first in open_orders:
        for second in open_orders:
            if not first & second:
                (row, text), (other, said) = sorted((seen.first[first], seen.first[second]))
                return say("dates-mixed", **place, row=other, found=said, other=row, said=text)
    row, text = min(seen.first[orders] for orders in open_orders)
    return _asked(row, text, frozenset.union(*open_orders), place)


def _doubts(seen: _Seen, habit: Habit, place: dict[str, Any]) -> list[Problem]:
    doubts = []
    if seen.short is not None:
        row, text = seen.short
        doubts.append(say("dates-short-years", **place, row=row, found=text, read=habit.read(text).iso))
    # Excel turns the days that it can read in its own order, and leaves the others as text: 04/03/2024 became the 3rd
    # of April, and 25/03/2024 stayed.
    settled = [orders for orders in seen.first if orders and orders <= {"mdy", "dmy", "ymd"}]
    unsettled = any({"mdy", "dmy"} <= orders for orders in settled)
    if settled and not unsettled and seen.iso_first and max(seen.iso_days) <= 12:
        row, text = seen.iso_first
        other, said = min(seen.first[orders] for orders in settled)
        doubts.append(say("dates-half-turned", **place, row=row, found=text, other=other, said=said))
    return doubts
