"""A log's rows counted by month: each once, or told why not."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from longview.gather.importers.dates import Habit, habit_of, is_date
from longview.gather.importers.event_log import Log
from longview.gather.importers.event_words import meaning
from longview.gather.importers.moments import bare_date
from longview.gather.numbers import CellError
from longview.gather.tables import letter
from longview.program import Count, Month, Problem, say

FAR = 24  # months without any row, beyond which a few rows are more likely a slip than a log
FEW = 0.01  # of all rows
UNDATED = 0.02  # a log with more rows than this share without a day is not understood
OTHER = 0.1  # a column with more of its cells than this neither yes nor no is none of yes and no
TOLD = 20  # of what is wrong in like manner, so many are named and the others counted
MOST_PLACES = 200
KNOWN = 200_000

Key = tuple[str, str]  # day as written, place
By = tuple[Month, str]


@dataclass(slots=True)
class Flag:
    """A column of yes and no, with the measure that its yes is.

    Attributes:
        words: (month, place) → word as written → rows; said: what its cells mean → rows, of those that were counted.
        raw: the same by day as written, while the habit of the days isn't known.
        odd: the first rows that say something else.
    """

    at: int
    column: str
    measure: str
    words: dict[By, Counter[str]] = field(default_factory=dict)
    said: Counter[str] = field(default_factory=Counter)
    raw: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    odd: dict[str, int] = field(default_factory=dict)

    def by_month(self) -> dict[Month, Counter[str]]:
        """Month → word as written → rows, all places together."""
        months: dict[Month, Counter[str]] = {}
        for (month, _), words in self.words.items():
            months.setdefault(month, Counter()).update(words)
        return months


@dataclass(slots=True)
class Counts:
    """What was counted.

    Attributes:
        rows: (month, place) → rows; places: in the order of the alphabet, "" where there is but one.
        all: rows of the log; placed: those counted in a month; used: places of the columns that were read.
        days: day → rows, where days are told. cut: the month in which the log was exported, before it was over.
        twice: rows that say what an earlier one says, with (row, the earlier row) of the first.
    """

    rows: Counter[By]
    flags: list[Flag]
    used: tuple[int, ...]
    all: int = 0
    placed: int = 0
    days: Counter[str] = field(default_factory=Counter)
    cut: Month | None = None
    twice: int = 0
    twice_first: tuple[int, int] = (0, 0)

    @property
    def places(self) -> list[str]:
        """The places that rows were counted for."""
        return sorted({place for _, place in self.rows})

    @property
    def first(self) -> Month:
        """The first month with a row."""
        return min(month for month, _ in self.rows)

    @property
    def last(self) -> Month:
        """The last month with a row."""
        return max(month for month, _ in self.rows)

    def span(self, place: str) -> list[Month]:
        """A place's months, from its first row to the last of the log (of the place, where it ended a year before)."""
        own = [month for month, there in self.rows if there == place]
        first, last = min(own), max(own) if self.last.since(max(own)) >= 12 else self.last
        return [first.plus(t) for t in range(last.since(first) + 1)]


def of_month(counts: Counts, month: Month, place: str) -> Count:
    """How many rows a month has."""
    rows = counts.rows.get((month, place), 0)
    return Count.not_counted(at_least=rows) if month == counts.cut else Count.of(rows)


def of_word(counts: Counts, flag: Flag, month: Month, place: str) -> Count:
    """How many of a month's rows say yes: to that, those that don't say may come."""
    said: Counter[str] = Counter()
    for word, rows in flag.words.get((month, place), {}).items():
        said[meaning(word)] += rows
    if month == counts.cut:
        return Count.not_counted(at_least=said["yes"])
    unsaid = said["unsaid"] + said["other"]
    return Count.between(said["yes"], said["yes"] + unsaid) if unsaid else Count.of(said["yes"])


def counted(
    log: Log, days: tuple[int, ...], flags: list[Flag], *, place: int | None, dates: str | None, as_of: str | None
) -> tuple[Counts | None, list[Problem]]:
    """Go through a log once and count its rows; None where its days are not understood.

    Args:
        days: the column of days, or those of years and months.
        place: the column of places to count by.
        dates: the order of day and month that the person gave. as_of: ISO day of the export.
    """
    used = (*days, *([] if place is None else [place]), *(flag.at for flag in flags))
    gone = _Going(log, days, flags, place)
    gone.through()
    if log.wrong:
        return None, log.wrong
    if len({there for _, there in gone.rows}) > MOST_PLACES:
        return None, [
            say("events-by-many", file=log.file, row=log.header_row, column=log.header[place or 0], most=MOST_PLACES)
        ]
    where: dict[str, Any] = {"file": log.file, "column": log.header[days[0]], "letter": letter(days[0])}
    cells = ((row, text) for text, row in gone.first.items() if is_date(text))
    habit, problems = habit_of(cells, order=dates, **where)
    if any(problem.severity == "problem" for problem in problems):
        return None, problems
    counts = Counts(Counter(), flags, used, gone.all, twice=gone.twice, twice_first=gone.twice_first)
    problems += _settle(gone, counts, habit or Habit(), where, as_of)
    problems += _odd_words(log, counts)
    return (counts if counts.rows else None), problems


class _Going:
    """One way through a log: rows by day as written and place, since what the days mean is known at the end only."""

    def __init__(self, log: Log, days: tuple[int, ...], flags: list[Flag], place: int | None) -> None:
        self.log, self.days, self.flags, self.place = log, days, flags, place
        self.all = 0
        self.rows: Counter[Key] = Counter()
        self.first: dict[str, int] = {}
        self.no_place: list[int] = []
        self.no_places = 0
        self.twice = 0
        self.twice_first = (0, 0)
        self.wide: list[int] = []
        self.wider = 0

    def through(self) -> None:
        """Count every row."""
        at = self.days[0]
        one = len(self.days) == 1
        seen: dict[int, int] = {}
        known: dict[str, str] = {}
        rows, first, flags, place = self.rows, self.first, self.flags, self.place
        width = len(self.log.header)
        for number, cells in self.log:
            self.all += 1
            if len(cells) > width and any(cells[width:]):
                self.wider += 1
                if len(self.wide) < TOLD:
                    self.wide.append(number)
            text = (cells[at] if at < len(cells) else "") if one else self._month(cells)
            bare = known.get(text)
            if bare is None:
                bare = bare_date(text.strip())
                if len(known) < KNOWN:
                    known[text] = bare
            where = "" if place is None else cells[place].strip() if place < len(cells) else ""
            if place is not None and not where:
                self.no_places += 1
                if len(self.no_place) < TOLD:
                    self.no_place.append(number)
                continue
            rows[bare, where] += 1
            if bare not in first:
                first[bare] = number
            for flag in flags:
                word = cells[flag.at].strip() if flag.at < len(cells) else ""
                flag.raw[bare, where, word] += 1
            alike = hash(tuple(cells))
            if alike in seen:
                self.twice += 1
                if self.twice == 1:
                    self.twice_first = (number, seen[alike])
            else:
                seen[alike] = number

    def _month(self, cells: list[str] | tuple[str, ...]) -> str:
        """A year and a month in two columns, as one text."""
        year, month = (cells[at].strip() if at < len(cells) else "" for at in self.days)
        return f"{year}-{int(month):02d}" if month.isdecimal() and len(month) < 3 else f"{month} {year}".strip()


def _settle(gone: _Going, counts: Counts, habit: Habit, where: dict[str, Any], as_of: str | None) -> list[Problem]:
    """Give each day as written its month, or tell why it has none."""
    months: dict[str, Month] = {}
    bad: dict[str, list[tuple[int, str, int]]] = {"events-undated": [], "events-after": [], "events-far": []}
    per_text: Counter[str] = Counter()
    for (text, _), rows in gone.rows.items():
        per_text[text] += rows
    for text, rows in per_text.items():
        try:
            moment = habit.read(text)
        except CellError:
            bad["events-undated"].append((gone.first[text], text, rows))
            continue
        day = moment.iso
        if as_of is not None and day > as_of[: len(day)]:
            bad["events-after"].append((gone.first[text], text, rows))
            continue
        months[text] = moment.month
        if moment.day is not None:
            counts.days[day] += rows
    for text in _strays(months, per_text):
        bad["events-far"].append((gone.first[text], text, per_text[text]))
        counts.days.pop(habit.read(text).iso, None)
        del months[text]
    for (text, place), rows in gone.rows.items():
        if text in months:
            counts.rows[months[text], place] += rows
            counts.placed += rows
    for flag in gone.flags:
        for (text, place, word), rows in flag.raw.items():
            if text in months:
                flag.words.setdefault((months[text], place), Counter())[word] += rows
                flag.said[meaning(word)] += rows
        flag.raw.clear()
    if as_of is not None and counts.rows and str(counts.last) == as_of[:7] and not _ends_month(as_of):
        counts.cut = counts.last
    return [problem for code, found in bad.items() for problem in _told(code, found, where, as_of)] + list(
        _lost(gone, bad, where)
    )


def _strays(months: dict[str, Month], rows: Counter[str]) -> list[str]:
    """Days, few in all, that years without any row part from the others: slips, such as 1014 or 2042."""
    by_month: dict[Month, list[str]] = {}
    for text, month in months.items():
        by_month.setdefault(month, []).append(text)
    groups: list[list[Month]] = []
    for month in sorted(by_month):
        if groups and month.since(groups[-1][-1]) <= FAR:
            groups[-1].append(month)
        else:
            groups.append([month])
    if len(groups) < 2:
        return []
    size = [sum(rows[text] for month in group for text in by_month[month]) for group in groups]
    few = [group for group, rows_there in zip(groups, size, strict=True) if rows_there <= FEW * sum(size)]
    return [text for group in few for month in group for text in by_month[month]]


def _told(code: str, found: list[tuple[int, str, int]], where: dict[str, Any], as_of: str | None) -> Iterator[Problem]:
    found.sort()
    for row, text, rows in found[:TOLD]:
        yield say(code, row=row, found=text, rows=_rows(rows), as_of=as_of, **where)
    if rest := sum(rows for _, _, rows in found[TOLD:]):
        row, _, _ = found[TOLD]
        yield say(
            code, row=row, found=f"and others, {len(found) - TOLD} in all", rows=_rows(rest), as_of=as_of, **where
        )


def _lost(gone: _Going, bad: dict[str, list[tuple[int, str, int]]], where: dict[str, Any]) -> Iterator[Problem]:
    for number in gone.wide[: TOLD - 1]:
        yield say("events-wide", row=number, rows=_rows(1), **where)
    if (rest := gone.wider - (TOLD - 1)) > 0:
        yield say("events-wide", row=gone.wide[-1], rows=_rows(rest), **where)
    for number in gone.no_place[: TOLD - 1]:
        yield say("events-no-place", file=where["file"], row=number, rows=_rows(1))
    if (rest := gone.no_places - (TOLD - 1)) > 0:
        yield say("events-no-place", file=where["file"], row=gone.no_place[-1], rows=_rows(rest))
    if gone.no_places > UNDATED * gone.all:
        rows, everything = f"{gone.no_places:,}", f"{gone.all:,}"
        yield say("events-no-place-many", file=where["file"], rows=rows, all=everything)
    undated = sum(rows for found in bad.values() for _, _, rows in found)
    if undated > UNDATED * gone.all:
        yield say("events-undated-many", rows=f"{undated:,}", all=f"{gone.all:,}", **where)


def _odd_words(log: Log, counts: Counts) -> Iterator[Problem]:
    """Words of a column of yes and no that are neither: told one by one, or too many for such a column."""
    for flag in counts.flags:
        words: Counter[str] = Counter()
        for said in flag.words.values():
            words.update({word: rows for word, rows in said.items() if meaning(word) == "other"})
        where: dict[str, Any] = {"file": log.file, "column": flag.column, "letter": letter(flag.at)}
        filled = sum(flag.said.values()) - flag.said["unsaid"]
        if not flag.said["yes"] + flag.said["no"] or flag.said["other"] > max(OTHER * filled, 1):
            shown = ", ".join(sorted(words, key=lambda word: -words[word])[:4]) or "all blank"
            share = f"{flag.said['other'] / max(filled, 1):.0%}"
            yield say("events-not-yes-no", row=log.header_row, share=share, words=shown[:120], **where)
            continue
        for word, rows in words.most_common(TOLD):
            yield say("events-flag-words", found=word, rows=_rows(rows), **where)


def _rows(rows: int) -> str:
    return "1 row" if rows == 1 else f"{rows:,} rows"


def _ends_month(day: str) -> bool:
    year, month, last = (int(part) for part in day.split("-"))
    return last == calendar.monthrange(year, month)[1]
