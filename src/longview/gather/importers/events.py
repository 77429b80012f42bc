"""Logs of one row an event (a call, a visit, an incident) into counts by month; nothing of a row is kept (law 6)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Literal

from longview.gather.imported import Import
from longview.gather.importers.dates import is_date
from longview.gather.importers.event_counts import Counts, Flag, counted, of_month, of_word
from longview.gather.importers.event_doubts import event_doubts
from longview.gather.importers.event_log import Log, day_columns, month_columns, open_log
from longview.gather.importers.event_words import is_yes_no
from longview.gather.importers.personal import personal_columns
from longview.gather.names import near
from longview.gather.tables import letter
from longview.program import CommunityCount, Count, Month, Problem, ServiceCount, say

MOST_PLACES = 200  # different sites or areas in one log


def read_events(
    path: Path,
    *,
    measure: str,
    to: Literal["community", "services"] = "community",
    area: str | None = None,
    case: str | None = None,
    source: str | None = None,
    as_of: str | None = None,
    site: str | None = None,
    column: str | None = None,
    by: str | None = None,
    yes: Mapping[str, str] | None = None,
    dates: str | None = None,
    sheet: str | None = None,
) -> tuple[Import, list[Problem]]:
    """Counts by month of a log's rows, and what is wrong or doubtful. Nothing is raised for bad data.

    A month without a row, between the first and the last, is 0; a month that was not over on the day of the export is
    "at least so many". What must be asked is asked all at once.

    Args:
        path: a text of any length, gone through row by row, or a workbook.
        measure: what the rows are counts of ("ems_calls", "visits").
        to: the sheet that the counts are for. Of community, `area`, `case`, `source` and `as_of` (an ISO date) are needed.
        site: of services, where all rows belong; None: the whole program.
        column: the column of days; None: the one that holds days.
        by: a column of sites (of areas) to count by; rows without one are told and not counted.
        yes: columns of yes and no → the measure that their yes is: from those that say yes to those that may.
        dates: the order of day and month, where the column can't tell ("mdy", "dmy" …).
        sheet: of a workbook, the sheet that is meant.
    """
    log, problems = open_log(path, sheet)
    asked = _asked(path.name, to, {"area": by or area, "case": case, "source": source, "as_of": as_of})
    if log is None:
        return _nothing(path), problems + asked
    personal = personal_columns(log.header, [cells for _, cells in log.sample])
    days, wrong = _days(log, column, set(personal))
    flags, unknown = _flags(log, yes or {}, set(personal))
    place, no_place = _place(log, by, set(personal))
    problems += asked + wrong + unknown + no_place
    if any(problem.severity == "problem" for problem in problems):
        return _nothing(path, personal), problems
    last_day = as_of and date.fromisoformat(as_of).isoformat()
    counts, wrong = counted(log, days, flags, place=place, dates=dates, as_of=last_day)
    problems += wrong
    if counts is None or any(problem.severity == "problem" for problem in wrong):
        return _nothing(path, personal), problems
    problems += event_doubts(log, counts)
    found = _Made(log, counts, measure, to, area or "", case or "", source or "", last_day or "", site, by is not None)
    return found.imported(path, personal), problems


def _nothing(path: Path, personal: list[str] | None = None) -> Import:
    return Import(
        "events", (path.name,), "a log of events; nothing was counted", personal=tuple(personal or ()), events=True
    )


_QUESTIONS = {
    "area": ("where these events were", "--area, for example  --area Tempe"),
    "case": ("what counts as one", "--case, for example  --case opioids-ems-calls"),
    "source": ("whose log it is", '--source, for example  --source "City of Tempe"'),
    "as_of": ("on which day it was exported", "--as-of, for example  --as-of 2024-10-15"),
}


def _asked(file: str, to: str, given: Mapping[str, str | None]) -> list[Problem]:
    """Whatever a row of community needs and a log doesn't say."""
    problems = []
    for name, (what, how) in _QUESTIONS.items():
        said = given[name]
        if to == "community" and (said is None or not said.strip()):
            problems.append(say("events-ask", file=file, what=what, how=how))
    try:
        date.fromisoformat(given["as_of"] or "2024-10-15")
    except ValueError:
        problems.append(say("not-a-date", file=file, found=given["as_of"] or "", instead="for example 2024-10-15"))
    return problems


def _days(log: Log, column: str | None, personal: set[str]) -> tuple[tuple[int, ...], list[Problem]]:
    """Where the day stands: one column, or one of years and one of months."""
    if column is not None:
        at, problems = _named(log, column)
        if at and log.header[at[0]] in personal and not any(map(is_date, log.column(at[0]))):
            return (), [_personal(log, at[0])]  # its cells would be quoted as days that can't be read
        return at, problems
    found = day_columns(log, personal)
    if len(found) == 1:
        return (found[0],), []
    if found:
        names = [log.header[at] or f"column {letter(at)}" for at in found]
        return (), [say("events-which-day", file=log.file, row=log.header_row, columns=", ".join(names), one=names[0])]
    pair = month_columns(log)
    return (pair, []) if pair else ((), [say("events-no-day", file=log.file, row=log.header_row)])


def _named(log: Log, name: str) -> tuple[tuple[int, ...], list[Problem]]:
    folded = [written.casefold() for written in log.header]
    if name.casefold() in folded:
        return (folded.index(name.casefold()),), []
    closest = near(name, [written for written in log.header if written])
    hint = f"write {closest}" if closest else f"write one of: {', '.join(filter(None, log.header))}"[:300]
    return (), [say("events-no-column", file=log.file, row=log.header_row, found=name, hint=hint)]


def _flags(log: Log, yes: Mapping[str, str], personal: set[str]) -> tuple[list[Flag], list[Problem]]:
    flags: list[Flag] = []
    problems: list[Problem] = []
    for column, measure in yes.items():
        at, wrong = _named(log, column)
        problems += wrong
        if at and log.header[at[0]] in personal:
            problems.append(_personal(log, at[0]))
        elif at:
            flags.append(Flag(at[0], log.header[at[0]], measure))
    return flags, problems


def _place(log: Log, by: str | None, personal: set[str]) -> tuple[int | None, list[Problem]]:
    if by is None:
        return None, []
    at, problems = _named(log, by)
    if not at:
        return None, problems
    return (None, [_personal(log, at[0])]) if log.header[at[0]] in personal else (at[0], [])


def _personal(log: Log, at: int) -> Problem:
    return say("events-by-personal", file=log.file, row=log.header_row, column=log.header[at], letter=letter(at))


class _Made:
    """The counts as rows of a sheet, and what to say of them."""

    def __init__(
        self, log: Log, counts: Counts, measure: str, to: str, area: str, case: str, source: str, as_of: str,
        site: str | None, by: bool,
    ) -> None:  # fmt: skip
        self.log, self.counts, self.measure, self.to = log, counts, measure, to
        self.area, self.case, self.source, self.as_of, self.site, self.by = area, case, source, as_of, site, by

    def imported(self, path: Path, personal: list[str]) -> Import:
        counts = self.counts
        rows = [
            (month, place, self.measure, of_month(counts, month, place))
            for place in counts.places
            for month in counts.span(place)
        ]
        for flag in counts.flags:
            rows += [
                (month, place, flag.measure, of_word(counts, flag, month, place))
                for place in counts.places
                for month in counts.span(place)
            ]
        community = tuple(self._community(*row) for row in rows) if self.to == "community" else ()
        services = tuple(self._service(*row) for row in rows) if self.to == "services" else ()
        where = self.area if self.to == "community" and not self.by else self.site or ""
        words = f"a log of {counts.all:,} rows, counted by month" + (f", {where}" if where else "")
        words += f", {counts.first} to {counts.last}"
        told = self._told(personal)
        return Import(
            "events", (path.name,), words, services, community, told=told, personal=tuple(personal), events=True
        )

    def _community(self, month: Month, place: str, measure: str, value: Count) -> CommunityCount:
        return CommunityCount(
            month, place if self.by else self.area, self.case, measure, value, self.as_of, self.source
        )

    def _service(self, month: Month, place: str, measure: str, value: Count) -> ServiceCount:
        return ServiceCount(month, place if self.by else self.site, measure, value)

    def _told(self, personal: list[str]) -> tuple[str, ...]:
        counts, log = self.counts, self.log
        told = [
            f"{counts.placed:,} of {counts.all:,} rows were counted, one a row, in {counts.last.since(counts.first) + 1} months.",
            "Only the counts by month are kept, and not the file, since a row of it is an event.",
        ]
        for flag in counts.flags:
            said = flag.said
            told.append(
                f"{flag.measure}: {flag.column} says yes in {said['yes']:,} rows, no in {said['no']:,}, neither in "
                f"{said['unsaid'] + said['other']:,}; a month with such rows is an interval, from those that say yes to "
                "those that may."
            )
        used = {log.header[at] for at in counts.used}
        if personal:
            told.append(
                f"Columns that look as if they told who or where somebody is, not copied: {', '.join(personal)}."
            )
        rest = [name for name in log.header if name and name not in used and name not in personal]
        if rest:
            told.append(f"Columns that were not read: {', '.join(rest)}.")
        may = [
            log.header[at]
            for at in range(len(log.header))
            if log.header[at] in rest and is_yes_no([cells[at] if at < len(cells) else "" for _, cells in log.sample])
        ]
        if may:
            told.append(f"Of these, columns of yes and no, which can be counted too: {', '.join(may)}.")
        return tuple(told)
