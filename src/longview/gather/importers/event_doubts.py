"""What is odd about a log as a whole: a month cut off, months without a row, rows written twice, words that changed."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date
from statistics import median
from typing import Any

from longview.gather.doubts_counts import listed
from longview.gather.importers.event_counts import Counts
from longview.gather.importers.event_log import Log
from longview.gather.importers.event_words import coding_periods, periods_words
from longview.gather.tables import letter
from longview.program import Month, Problem, say

EXPECTED = 3.0  # so many rows are expected in days that have none, before their lack is told (chance leaves 5%)
MANY = 0.2  # where more rows than this are alike, the log tells too little of a row to know one from another
PERIODS = 8
YEAR = 365
SHORT = 60  # days, in which a log says little of how often it is written


def event_doubts(log: Log, counts: Counts) -> list[Problem]:
    """All doubts about what was counted."""
    return [*_ends(log, counts), *_none(log, counts), *_twice(log, counts), *_coding(log, counts)]


def _ends(log: Log, counts: Counts) -> Iterator[Problem]:
    """First and last months that the log may have in part only."""
    column, at = log.header[counts.used[0]], letter(counts.used[0])
    where: dict[str, Any] = {"file": log.file, "column": column, "letter": at}
    if counts.cut is not None:
        day = max(counts.days, default=str(counts.cut))
        yield say("events-cut", **where, found=day, day=day, count=_of(counts, counts.cut))
        return
    if not counts.days:
        return
    days = sorted(counts.days)
    first, last = date.fromisoformat(days[0]), date.fromisoformat(days[-1])
    late = sum(rows for day, rows in counts.days.items() if (last - date.fromisoformat(day)).days < YEAR)
    soon = sum(rows for day, rows in counts.days.items() if (date.fromisoformat(day) - first).days < YEAR)
    length = min((last - first).days + 1, YEAR)
    if length < SHORT:
        return
    left = calendar.monthrange(last.year, last.month)[1] - last.day
    if left * late / length >= EXPECTED:
        yield say("events-cut", **where, found=days[-1], day=days[-1], count=_of(counts, counts.last))
    if (first.day - 1) * soon / length >= EXPECTED:
        yield say("events-begins-late", **where, found=days[0], day=days[0], count=_of(counts, counts.first))


def _of(counts: Counts, month: Month) -> str:
    rows = sum(rows for (there, _), rows in counts.rows.items() if there == month)
    return "1 row" if rows == 1 else f"{rows:,} rows"


def _none(log: Log, counts: Counts) -> Iterator[Problem]:
    """Months without any row where there usually are some."""
    for place in counts.places:
        span = counts.span(place)
        rows = [counts.rows.get((month, place), 0) for month in span]
        none: list[Month] = [month for month, there in zip(span, rows, strict=True) if not there]
        if none and median(rows) >= EXPECTED:
            months = listed(none)
            yield say("events-none", file=log.file, column=log.header[counts.used[0]], found=place, months=months)


def _twice(log: Log, counts: Counts) -> Iterator[Problem]:
    if 0 < counts.twice <= MANY * counts.all:
        row, other = counts.twice_first
        rows = "1 row" if counts.twice == 1 else f"{counts.twice:,} rows"
        yield say("events-twice", file=log.file, row=row, rows=rows, other=other)


def _coding(log: Log, counts: Counts) -> Iterator[Problem]:
    for flag in counts.flags:
        periods = coding_periods(flag.by_month())
        if len(periods) > 1:
            words = periods_words(periods[:PERIODS]) + (" and more" if len(periods) > PERIODS else "")
            yield say("events-coding", file=log.file, column=flag.column, letter=letter(flag.at), periods=words)
