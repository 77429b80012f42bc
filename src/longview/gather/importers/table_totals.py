"""Totals of a table against the rows that they sum: told where they differ; where they agree, they narrow hidden counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from longview.gather.importers.entries import Entry, Total
from longview.gather.importers.layout import Layout
from longview.gather.importers.measures import PEOPLE
from longview.program import Count, Month, Problem, say, total

MOST_CHECKED = 2_000  # totals over months, each of which looks through its whole series


@dataclass(slots=True)
class Checked:
    """What the totals said: sentences, doubts, and how many totals tie."""

    ties: int = 0
    narrowed: int = 0
    not_checked: int = 0
    doubts: list[Problem] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Index:
    """Entries by what totals may share with them."""

    rows: dict[int, list[Entry]] = field(default_factory=dict)
    months: dict[tuple[Month, str], list[Entry]] = field(default_factory=dict)
    whats: dict[tuple[int, str], list[Entry]] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> _Index:
        index = cls()
        for entry in entries:
            index.rows.setdefault(entry.row, []).append(entry)
            index.months.setdefault((entry.month, entry.what), []).append(entry)
            index.whats.setdefault((entry.index, entry.what), []).append(entry)
        return index


def check_totals(entries: list[Entry], totals: list[Total], layout: Layout, *, narrow: bool) -> Checked:
    """Compare each total with the entries that it sums; narrow hidden entries in place where `narrow`.

    Different people are never summed: whoever came in two months counts once in a total of both.
    """
    checked = Checked()
    if not totals:
        return checked
    index = _Index.of(entries)
    looked = 0
    for one in totals:
        parts = _parts(one, index)
        looked += not one.across and one.month is None
        if not parts or any(entry.what in PEOPLE for entry in parts) or looked > MOST_CHECKED:
            checked.not_checked += 1
            continue
        recent = [entry for entry in parts if entry.row > one.since] if not one.across and one.since else parts
        fitting = [some for some in (recent, parts) if _agree(some, one.value)]
        if not fitting:
            checked.doubts.append(_differs(one, recent or parts, layout))
            continue
        checked.ties += 1
        if narrow and (len(fitting) == 1 or recent is parts or len(recent) == len(parts)):
            checked.narrowed += _narrow(fitting[0], one.value)
    return checked


def _parts(one: Total, index: _Index) -> list[Entry]:
    if one.across:
        return index.rows.get(one.row, [])
    if one.month is not None and one.what is not None:
        found = index.months.get((one.month, one.what), [])
    elif one.month is not None:
        found = [entry for (month, _), some in index.months.items() if month == one.month for entry in some]
        found = [entry for entry in found if entry.index == one.index]
    elif one.what is not None:
        found = index.whats.get((one.index, one.what), [])
    else:
        found = [entry for (place, _), some in index.whats.items() if place == one.index for entry in some]
    if one.year is not None and one.month is None:
        found = [entry for entry in found if entry.month.year == one.year]
    if one.where is not None and any(one.where):
        found = [entry for entry in found if entry.where == one.where]
    return found


def _agree(parts: list[Entry], said: Count) -> bool:
    return bool(parts) and total(entry.value for entry in parts).within(said) is not None


def _differs(one: Total, parts: list[Entry], layout: Layout) -> Problem:
    place = next(place for place in layout.places if place.index == one.index)
    where: dict[str, Any] = {"file": layout.grid.file, "row": one.row, "column": place.label, "letter": place.letter}
    return say("table-total", **where, found=str(one.value), sum=str(total(entry.value for entry in parts)))


def _narrow(parts: list[Entry], said: Count) -> int:
    """Hidden parts of a total, each no more and no less than what the total leaves for it; how many that narrowed."""
    hidden = [entry for entry in parts if entry.value.kind == "hidden"]
    if not hidden or len(hidden) > 200 or any(not entry.value.counted for entry in parts):
        return 0
    shown = total(entry.value for entry in parts if entry.value.exact)
    narrowed = 0
    for entry in hidden:
        others = total([shown, *(other.value for other in hidden if other is not entry)])
        left = said.less(others).within(entry.value)
        if left is not None and (left.low, left.high) != (entry.value.low, entry.value.high):
            entry.value = left
            narrowed += 1
    return narrowed
