"""Doubts about sums: sites against the whole, people against visits, twelve months against their months."""

from __future__ import annotations

from collections.abc import Iterator

from longview.gather.doubts_counts import listed
from longview.gather.folder import FolderRead
from longview.gather.rows import Row
from longview.program import (
    NOT_SUMS,
    PEOPLE,
    Count,
    Month,
    Problem,
    Program,
    by_site,
    measures,
    monthly_counts,
    tightened,
    total,
)

Months = list[Month]


def total_doubts(found: FolderRead, program: Program) -> list[Problem]:
    """All doubts about counts that can't add up, whatever the hidden ones are."""
    checks = (_sites, _people, _years, _treatment, _closed)
    return [problem for check in checks for problem in check(found, program)]


def _row(found: FolderRead, measure: str, month: Month, site: str | None = None) -> Row | None:
    for row in found.rows("services"):
        if (row.value.measure, row.value.month, row.value.site) == (measure, month, site):
            return row
    return None


def _told(read: FolderRead, code: str, measure: str, months: Months, **parts: object) -> Iterator[Problem]:
    """One doubt for all months of a measure that part, at the first of them."""
    if months:
        sites = by_site(read.program, measure)[months[0]] if read.program is not None else {}
        row = _row(read, measure, months[0], None if None in sites else next(iter(sites), None))
        yield read.sheets["services"].problem(code, row, "value", measure=measure, months=listed(months), **parts)


def _sites(found: FolderRead, program: Program) -> Iterator[Problem]:
    """A row for the whole program that the rows of its sites can't add up to."""
    for measure in dict.fromkeys(row.measure for row in program.records.services):
        if measure not in measures() or (measure in NOT_SUMS and measure not in PEOPLE):
            continue
        apart: Months = []
        for month, told in sorted(by_site(program, measure).items()):
            whole = told.get(None)
            sites = {site: count for site, count in told.items() if site is not None}
            if whole is not None and sites and not _add_up(program, measure, whole, sites):
                apart.append(month)
        if apart:
            told = by_site(program, measure)[apart[0]]
            said = {"whole": told[None], "sites": total(count for site, count in told.items() if site is not None)}
            yield from _told(found, "sites-not-total", measure, apart, **{k: str(v) for k, v in said.items()})


def _add_up(program: Program, measure: str, whole: Count, sites: dict[str, Count]) -> bool:
    if measure in PEOPLE:  # somebody may come to two sites
        everybody = total(sites.values())
        listed_all = all(site.id in sites for site in program.sites)
        too_many = listed_all and everybody.counted and everybody.certainly_below(whole)
        return not too_many and not any(whole.certainly_below(count) for count in sites.values() if count.counted)
    unseen = [Count.no_row() for site in program.sites if site.id not in sites]
    return tightened(whole, [*sites.values(), *unseen]) is not None


def _people(found: FolderRead, program: Program) -> Iterator[Problem]:
    """More different people in a month than visits."""
    visits, people = monthly_counts(program, "visits"), monthly_counts(program, "participants_month")
    more = [m for m in sorted(people) if m in visits and visits[m].counted and visits[m].certainly_below(people[m])]
    if more:
        parts = {"found": str(people[more[0]]), "visits": str(visits[more[0]])}
        yield from _told(found, "more-people-than-visits", "participants_month", more, **parts)


def _years(found: FolderRead, program: Program) -> Iterator[Problem]:
    """More different people in twelve months than all of these months' people together."""
    monthly = monthly_counts(program, "participants_month")
    for month, year in sorted(monthly_counts(program, "participants_12_months").items()):
        months = [month.plus(-back) for back in range(12)]
        people = total(monthly.get(one, Count.no_row()) for one in months)
        if people.certainly_below(year):
            parts = {"found": str(year), "people": str(people)}
            yield from _told(found, "year-over-months", "participants_12_months", [month], **parts)
            return


def _treatment(found: FolderRead, program: Program) -> Iterator[Problem]:
    """More treatments begun after our referral than referrals, over all that is recorded."""
    starts, referrals = monthly_counts(program, "treatment_starts"), monthly_counts(program, "referrals")
    if not starts or min(referrals, default=None) is None or min(referrals) > min(starts):
        return
    begun, referred = total(starts.values()), total(referrals.values())
    if referred.certainly_below(begun):
        parts = {"found": str(begun), "referrals": str(referred)}
        yield from _told(found, "more-starts-than-referrals", "treatment_starts", [min(starts)], **parts)


def _closed(found: FolderRead, program: Program) -> Iterator[Problem]:
    """More days closed than a month has, at one place, or at all together."""
    for row in found.rows("services"):
        count = row.value
        if count.measure == "days_closed":
            places = 1 if count.site is not None else max(len(program.sites), 1)
            if count.value.low > 31 * places:
                yield found.sheets["services"].problem("too-many-days", row, "value", most=31 * places)
