"""The columns of a profit-and-loss: classes or months across, the totals among them, and what each total is the sum of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from longview.gather.importers.ledger_amounts import ZERO
from longview.gather.importers.ledger_periods import Period, period_of
from longview.gather.importers.ledger_ties import fold, total_of
from longview.gather.tables import Record, letter
from longview.program import Problem, say

LABELS = frozenset({"", "distribution account", "account", "accounts"})
_SHARES = re.compile(r"^%|% of ", re.IGNORECASE)
_COMPARED = re.compile(
    r"\((?:py|pp|ly|pm)\)|^(?:[$%]\s*)?change$|^(?:budget|over budget|% of budget|remaining|actual)$|"
    r"\b(?:previous|prior) (?:year|period)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A column of amounts: of a class ("" none), of some days (None: the report's)."""

    place: int
    name: str
    days: Period | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """A column of sums: `of` is what it may be the sum of, places of leaves, likeliest first."""

    place: int
    label: str
    of: tuple[tuple[int, ...], ...]
    may_be_a_class: bool = False  # a class may be named "Total Health"


@dataclass(frozen=True, slots=True)
class _Heading:
    place: int
    name: str
    days: Period | None
    total: bool


@dataclass(slots=True)
class Columns:
    """What each column is.

    Attributes:
        labels: how many columns, from the left, hold the accounts.
        shares: headings of columns of percentages, which are not read.
    """

    labels: int
    leaves: list[Leaf] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)
    shares: list[str] = field(default_factory=list)

    @property
    def places(self) -> list[int]:
        """Places of all columns with amounts."""
        return sorted([leaf.place for leaf in self.leaves] + [one.place for one in self.sums])

    @property
    def has_classes(self) -> bool:
        """Whether any column is a class."""
        return any(leaf.name for leaf in self.leaves)


def read_columns(heads: Sequence[Record], body: Sequence[Record], file: str) -> tuple[Columns, list[Problem]]:
    """What each column is, by the one or two rows of headings above the body."""
    width = max(len(cells) for _, cells in [*heads, *body])
    rows = [[" ".join(text.split()) for text in cells] + [""] * (width - len(cells)) for _, cells in heads]
    if len(rows) == 2:
        rows[0] = _filled(rows[0])
    labels = next((i for i in range(width) if any(fold(row[i]) not in LABELS for row in rows)), width)
    filled = {i for _, cells in body for i, text in enumerate(cells) if text}
    columns, problems = Columns(labels), []
    headings = []
    for place in range(labels, width):
        parts = [row[place] for row in rows]
        if not any(parts) and place not in filled:
            continue  # a column kept free, as Desktop does between amounts
        if any(_SHARES.search(part) for part in parts):
            columns.shares.append(" ".join(filter(None, parts)))
        elif compared := next((part for part in parts if _COMPARED.search(part)), None):
            where: dict[str, Any] = {"file": file, "row": heads[-1][0], "letter": letter(place)}
            problems.append(say("ledger-comparison", **where, column=compared, found=compared))
        else:
            headings.append(_heading(place, parts))
    _arrange(columns, headings)
    return columns, problems


def _filled(cells: list[str]) -> list[str]:
    """A heading over several columns stands in the first of them."""
    filled, last = [], ""
    for place, text in enumerate(cells):
        last = text or last
        filled.append(last if place else text)
    return filled


def _is_total(text: str) -> bool:
    return fold(text) in ("total", "totals")


def _heading(place: int, parts: list[str]) -> _Heading:
    days = next((found for part in parts if (found := period_of(part, heads_a_column=True))), None)
    names = [part for part in parts if part and not _is_total(part) and not period_of(part, heads_a_column=True)]
    return _Heading(place, " / ".join(names), days, any(_is_total(part) for part in parts))


def _arrange(columns: Columns, headings: list[_Heading]) -> None:
    """Part the columns of amounts from those of sums; lone totals are the amounts themselves."""
    leaves = [Leaf(x.place, x.name, x.days) for x in headings if not x.total and not total_of(x.name)]
    if not leaves:
        columns.leaves = [Leaf(x.place, x.name, x.days) for x in headings]
        return
    columns.leaves = leaves
    everything = tuple(leaf.place for leaf in leaves)
    for x in headings:
        if x.total:
            of = tuple(y.place for y in leaves if (not x.name or x.name in y.name) and x.days in (None, y.days))
            columns.sums.append(Sum(x.place, x.name or "total", (of or everything,)))
        elif total_of(x.name):
            columns.sums.append(Sum(x.place, x.name, _below(x, leaves), may_be_a_class=True))


def _below(total: _Heading, leaves: list[Leaf]) -> tuple[tuple[int, ...], ...]:
    """The sets of classes that a column "Total Programs" may add up, likeliest first.

    From the column Programs on; those named "Outreach (Programs)" or "Programs:Outreach"; any run that ends before it.
    """
    named = total_of(total.name)
    assert named is not None
    key = fold(named.name)
    before = [leaf for leaf in leaves if leaf.place < total.place and leaf.days == total.days]
    sets: list[tuple[int, ...]] = []
    starts = [i for i, leaf in enumerate(before) if fold(leaf.name) == key]
    if starts:
        sets.append(tuple(leaf.place for leaf in before[starts[-1] :]))
    marks = (f"({key})", f"{key}:", f"{key} - other")
    marked = tuple(
        x.place
        for x in before
        if fold(x.name) == key or fold(x.name).endswith((marks[0], marks[2])) or fold(x.name).startswith(marks[1])
    )
    if marked:
        sets.append(marked)
    sets += [tuple(leaf.place for leaf in before[start:]) for start in range(len(before) - 1, -1, -1)]
    return tuple(dict.fromkeys(sets))[:200]


def settle(columns: Columns, rows: Sequence[Mapping[int, Decimal]]) -> None:
    """Choose, for each column of sums, what it is the sum of: the first set that ties in every row.

    One named "Total Health" that nothing ties to is taken for a class, if the totals of all then tie.
    """
    chosen, odd = [], []
    for one in columns.sums:
        fits = next((of for of in one.of if all(_ties(row, one.place, of) for row in rows)), None)
        if fits is None and one.may_be_a_class:
            odd.append(one)
        chosen.append(replace(one, of=(one.of[:1] or ((),)) if fits is None else (fits,)))
    columns.sums = chosen
    whole = [one for one in chosen if not one.may_be_a_class]
    if odd and whole:
        leaves = sorted([*columns.leaves, *(Leaf(one.place, one.label) for one in odd)], key=lambda leaf: leaf.place)
        everything = tuple(leaf.place for leaf in leaves)
        if all(_ties(row, one.place, everything) for one in whole for row in rows):
            columns.leaves = leaves
            known = [one for one in chosen if one.may_be_a_class and one.place not in {x.place for x in odd}]
            columns.sums = known + [replace(one, of=(everything,)) for one in whole]


def _ties(row: Mapping[int, Decimal], place: int, of: tuple[int, ...]) -> bool:
    return sum((row.get(one, ZERO) for one in of), ZERO) == row.get(place, ZERO)
