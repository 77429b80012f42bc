"""A program's own month: what its sites counted and what it says as a whole, put together."""

from __future__ import annotations

from collections.abc import Iterable

from longview.program.counts import Count, total
from longview.program.months import Month
from longview.program.types import CommunityCount, Program

NOT_SUMS = frozenset(
    {"participants_month", "participants_12_months", "people_picked_up_for", "days_closed", "stockout_days"}
)
"""Measures of which the whole is no sum of its sites: one person is seen at two, one day closes both."""

HANDED = {"naloxone": "kits_out", "syringes": "syringes_out"}
"""Item → the measure of `services` that counts what went out of it."""

YEAR = 12

PEOPLE = frozenset({"participants_month", "participants_12_months", "people_picked_up_for"})
"""Measures of different people: the whole is no less than any one site, and no more than all of them."""


def told_once(rows: Iterable[CommunityCount]) -> list[CommunityCount]:
    """Rows of community without what a second source says of the same months: the first is used (`check` asks)."""
    first: dict[tuple[object, ...], CommunityCount] = {}
    for row in rows:
        first.setdefault((row.month, row.over, row.area, row.case, row.measure), row)
    return list(first.values())


def by_site(program: Program, measure: str) -> dict[Month, dict[str | None, Count]]:
    """What each month says of a measure, by site (None: the program as a whole)."""
    months: dict[Month, dict[str | None, Count]] = {}
    for row in program.records.services:
        if row.measure == measure:
            months.setdefault(row.month, {})[row.site] = row.value
    return months


def monthly_counts(program: Program, measure: str) -> dict[Month, Count]:
    """A measure's count for the whole program, month by month, never counted twice.

    A row for the whole program counts; where it is hidden, rows of sites narrow it. Without such a row, sites are added
    up, or for measures of different people held between the largest site and all of them. Where both are told and can't
    both be so, the row for the whole is used (`check` asks about it).
    """
    return {month: _whole(program, measure, told) for month, told in by_site(program, measure).items()}


def monthly_mean(program: Program, measure: str) -> float:
    """A month's count of a measure: the mean of the last twelve recorded months, hidden counts at their middle; 0: none."""
    last = program.records.last_month
    if last is None:
        return 0.0
    told = monthly_counts(program, measure)
    counts = [count for month, count in told.items() if last.since(month) < YEAR and count.counted]
    middles = [(count.low + float(count.high)) / 2 for count in counts if count.high is not None]
    return sum(middles) / len(middles) if middles else 0.0


def handed_out(program: Program) -> dict[str, float]:
    """Item → units a month of each of its rows of supplies that does not say how many: what services counted of it.

    What other rows of the item say is taken off first; rows that say nothing share the rest alike.
    """
    found = {}
    for item, measure in HANDED.items():
        rows = [supply.a_month for supply in program.supplies if supply.item == item]
        said = sum(units for units in rows if units is not None)
        found[item] = max(monthly_mean(program, measure) - said, 0.0) / max(rows.count(None), 1)
    return found


def _whole(program: Program, measure: str, told: dict[str | None, Count]) -> Count:
    sites = [count for site, count in told.items() if site is not None]
    whole = told.get(None)
    if not sites or (whole is not None and (whole.exact or (measure in NOT_SUMS and measure not in PEOPLE))):
        return whole or Count.no_row()
    summed = _of_people(sites) if measure in PEOPLE else total(sites)
    if whole is None or not whole.counted:
        return summed
    unseen = any(site.id not in told for site in program.sites)
    if not summed.counted or unseen:
        summed = Count.between(summed.low, None)
    return whole.within(summed) or whole


def _of_people(sites: list[Count]) -> Count:
    if len(sites) == 1:
        return sites[0]
    low, everybody = max(count.low for count in sites), total(sites)
    return Count.between(low, everybody.high) if everybody.counted else Count.not_counted(at_least=low)
