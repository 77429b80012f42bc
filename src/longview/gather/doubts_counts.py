"""Doubts about what has been counted: gaps, jumps, and counts that sit oddly beside one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from statistics import median

from longview.gather.folder import FolderRead
from longview.gather.names import near
from longview.gather.rows import Row
from longview.program import HANDED, Month, Problem, Program, fields, measures, monthly_counts, total

JUMP = 10  # a month so many times its neighbours is more often a slip than a month
JUMP_FROM = 20  # below this many, chance alone makes such jumps
APART = 4  # what supplies and services say of one month's use may part by a busy season, not by so many times
SHOWN = 6  # months named before "and more"
OWN_MEASURES = 1000  # with more names than these no slip can be told from a name, and looking takes minutes

Series = dict[tuple[str | None, ...], list[Row]]


def count_doubts(found: FolderRead, program: Program) -> list[Problem]:
    """All doubts about services, community and workforce."""
    checks = (_blanks, _gaps, _jumps, _when, _services, _participants, _measures, _sources, _roles, _given, _absent)
    return [problem for check in checks for problem in check(found, program)]


def _series(found: FolderRead, sheet: str) -> Series:
    """The rows of each series, in the order of the file."""
    series: Series = {}
    for row in found.rows(sheet):
        value = row.value
        if sheet == "services":
            key: tuple[str | None, ...] = (value.site, value.measure)
        else:
            over = None if value.over == "month" else value.over
            key = (value.area, value.case, value.measure, over)
        series.setdefault(key, []).append(row)
    return series


def _name(key: tuple[str | None, ...]) -> str:
    return ", ".join(part for part in key if part)


def _blanks(found: FolderRead, program: Program) -> Iterator[Problem]:
    for sheet in ("services", "community"):
        for row in found.rows(sheet):
            if row.value.value.kind == "blank":
                yield found.sheets[sheet].problem("read-blank", row, "value", found="")


def _gaps(found: FolderRead, program: Program) -> Iterator[Problem]:
    for sheet in ("services", "community"):
        ends = _ends(found, sheet)
        for key, rows in _series(found, sheet).items():
            for earlier, later in pairwise(rows):
                if later.table is earlier.table and later.value.month < earlier.value.month:
                    yield found.sheets[sheet].problem("months-order", later, "month", series=_name(key))
                    break
            there = {row.value.month for row in rows}
            first, last = min(there), max(ends[_told_with(sheet, row)] for row in rows)
            length = last.since(first) + 1
            # What is counted now and then (participants of 12 months, once a year) has no gaps.
            if 0 < length - len(there) < len(there):
                missing = [month for month in (first.plus(t) for t in range(length)) if month not in there]
                parts = {"months": listed(missing), "series": _name(key)}
                beside = max(rows, key=lambda row: row.value.month)
                there_too = found.sheets[sheet].problem("months-missing", beside, "month", found="", **parts)
                yield replace(there_too, row=None)


def _told_with(sheet: str, row: Row) -> tuple[str, ...]:
    """What is told together and so should end together: all services; of what others count, one source's count of a kind."""
    value = row.value
    return () if sheet == "services" else (value.source, value.case, value.measure, value.over)


def _ends(found: FolderRead, sheet: str) -> dict[tuple[str, ...], Month]:
    """The last month of all that is told together."""
    ends: dict[tuple[str, ...], Month] = {}
    for row in found.rows(sheet):
        key = _told_with(sheet, row)
        if key not in ends or ends[key] < row.value.month:
            ends[key] = row.value.month
    return ends


def listed(months: Iterable[Month]) -> str:
    """Months as runs: 2022-03, 2022-05 to 2022-08."""
    runs: list[list[Month]] = []
    for month in months:
        if runs and month.since(runs[-1][-1]) == 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    words = [str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs]
    return ", ".join(words[:SHOWN]) + (" and more" if len(words) > SHOWN else "")


def _jumps(found: FolderRead, program: Program) -> Iterator[Problem]:
    for sheet in ("services", "community"):
        for rows in _series(found, sheet).values():
            known = sorted((row for row in rows if row.value.value.exact), key=lambda row: row.value.month)
            values = [row.value.value.low for row in known]
            for place, row in enumerate(known):
                first = max(0, min(place - 2, len(values) - 5))
                beside = [value for at, value in enumerate(values[first : first + 5], start=first) if at != place]
                if len(beside) < 2:
                    continue
                usual, value = median(beside), values[place]
                if value >= JUMP_FROM and value >= JUMP * max(usual, 1):
                    told = {"times": f"{value / max(usual, 1):.0f}", "beside": f"{usual:g}"}
                    yield found.sheets[sheet].problem("month-jump", row, "value", **told)
                elif usual >= JUMP_FROM and value * JUMP <= usual:
                    yield found.sheets[sheet].problem("month-drop", row, "value", beside=f"{usual:g}")


def _when(found: FolderRead, program: Program) -> Iterator[Problem]:
    for row in found.rows("services"):
        if program.plan_from is not None and row.value.month >= program.plan_from:
            yield found.sheets["services"].problem("after-plan", row, "month", start=program.plan_from)
        if row.value.month < program.first_month:
            yield found.sheets["services"].problem("before-first", row, "month", first=program.first_month)


def _services(found: FolderRead, program: Program) -> Iterator[Problem]:
    """More reversals in the last twelve months than kits handed out."""
    last = program.records.last_month
    if last is None:
        return
    year = [row for row in program.records.services if last.since(row.month) < 12]
    reversals = [row.value for row in year if row.measure == "reversals"]
    kits = [row.value for row in year if row.measure == "kits_out"]
    if reversals and kits and total(kits).certainly_below(total(reversals)):
        row = next(row for row in found.rows("services") if row.value.measure == "reversals")
        parts = {"found": str(total(reversals)), "kits": str(total(kits))}
        yield found.sheets["services"].problem("more-reversals", row, "value", **parts)


def _participants(found: FolderRead, program: Program) -> Iterator[Problem]:
    in_month = {
        (row.value.month, row.value.site): row.value.value
        for row in found.rows("services")
        if row.value.measure == "participants_month"
    }
    for row in found.rows("services"):
        count = row.value
        if count.measure not in ("participants_month", "participants_12_months"):
            continue
        if count.value.low > program.people.high:
            people = f"{program.people.high:g}"
            yield found.sheets["services"].problem("more-participants", row, "value", people=people)
        month = in_month.get((count.month, count.site))
        if count.measure == "participants_12_months" and month is not None and count.value.certainly_below(month):
            yield found.sheets["services"].problem("months-over-year", row, "value", month=str(month))


def _measures(found: FolderRead, program: Program) -> Iterator[Problem]:
    told: set[str] = set()
    for row in found.rows("services"):
        measure = row.value.measure
        if measure in measures() or measure in told:
            continue
        told.add(measure)
        if len(told) > OWN_MEASURES:
            return
        known = near(measure.lower().replace(" ", "_"), measures())
        if known:
            yield found.sheets["services"].problem("near-measure", row, "measure", known=known)


def _sources(found: FolderRead, program: Program) -> Iterator[Problem]:
    for key, rows in _series(found, "community").items():
        by_month: dict[Month, list[Row]] = {}
        for row in rows:
            by_month.setdefault(row.value.month, []).append(row)
        for same in by_month.values():
            if len({row.value.source for row in same}) > 1:
                sources = " and ".join(sorted({row.value.source for row in same}))
                yield found.sheets["community"].problem(
                    "two-sources", same[1], "source", sources=sources, series=_name(key)
                )
                break


def _roles(found: FolderRead, program: Program) -> Iterator[Problem]:
    roles = {post.role.casefold() for post in program.posts} | {post.id for post in program.posts}
    told: set[str] = set()
    for row in found.rows("workforce"):
        role = row.value.role
        if role.casefold() not in roles and role not in told:
            told.add(role)
            yield found.sheets["workforce"].problem("role-unknown", row, "role")


def _given(found: FolderRead, program: Program) -> Iterator[Problem]:
    """Units that supplies say go out in a month, far from those that services counted."""
    last = program.records.last_month
    for row in found.rows("supplies"):
        supply = row.value
        measure = HANDED.get(supply.item)
        if (
            measure is None
            or last is None
            or supply.a_month is None
            or [s.item for s in program.supplies].count(supply.item) > 1
        ):
            continue
        year = [c for month, c in monthly_counts(program, measure).items() if last.since(month) < 12 and c.counted]
        if not year or supply.a_month < JUMP_FROM:
            continue
        low, high = (total(year).low / len(year), (total(year).high or 0) / len(year))
        if high and (supply.a_month > APART * high or supply.a_month * APART < low):
            parts = {"measure": measure, "counted": f"{low:.0f}"}
            yield found.sheets["supplies"].problem("supply-apart", row, "a_month", **parts)


def _absent(found: FolderRead, program: Program) -> Iterator[Problem]:
    if found.facts is None:
        return
    if not program.records.services:
        yield found.facts.problem("no-services", None, sheet=_called(found, "services"))
    if not any(row.over == "month" for row in program.records.community):
        yield found.facts.problem("no-community", None, sheet=_called(found, "community"))
    hands_out = any(row.measure == "kits_out" for row in program.records.services)
    if hands_out and not any(supply.item == "naloxone" for supply in program.supplies):
        yield found.facts.problem("no-naloxone", None)


def _called(found: FolderRead, sheet: str) -> str:
    """What a person calls a sheet that has no rows, and what it holds where it isn't there: of a folder it is a file."""
    workbook = found.facts is not None and found.facts.file.startswith("sheet ")
    if sheet in found.sheets:
        return found.sheets[sheet].file
    name = f"a sheet {sheet}" if workbook else fields()[sheet].file
    columns = [c.column for c in fields()[sheet].columns if c.needed or c.column == "value"]
    return f"{name} with the columns {', '.join(columns)}"
