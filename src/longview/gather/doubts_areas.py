"""Doubts about areas: which counts of a community are ours, and whether some of them are counted twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import permutations

from longview.gather.folder import FolderRead
from longview.gather.names import near
from longview.program import Count, Month, Problem, Program, told_once, total

DEADLY = 0.1  # of the people die of overdose in a year: beyond any place on record, so a share is off


def area_doubts(found: FolderRead, program: Program) -> list[Problem]:
    """All doubts about area_shares, and about the areas of community and rates."""
    checks = (_no_share, _near, _unused, _nested, _deadly)
    return [problem for check in checks for problem in check(found, program)]


def _no_share(found: FolderRead, program: Program) -> Iterator[Problem]:
    told: set[str] = set()
    for row in found.rows("community"):
        area = row.value.area
        if area not in program.area_shares and area not in told:
            told.add(area)
            yield found.sheets["community"].problem("no-share", row, "area", area=area)


def _near(found: FolderRead, program: Program) -> Iterator[Problem]:
    """An area of rates that is nearly, and not quite, one of area_shares."""
    told: set[str] = set()
    for row in found.rows("rates"):
        area = row.value.area
        known = near(area, program.area_shares)
        if known is not None and known != area and area not in told:
            told.add(area)
            yield found.sheets["rates"].problem("near-area", row, "area", known=known)


def _unused(found: FolderRead, program: Program) -> Iterator[Problem]:
    areas = {row.area for row in program.records.community}
    for area in program.area_shares:
        if areas and area not in areas and found.facts is not None:
            yield found.facts.problem("share-unused", "area_shares", found=area)


def _nested(found: FolderRead, program: Program) -> Iterator[Problem]:
    """Two areas with shares and deaths, one named within the other: their deaths are added, so some count twice."""
    if found.facts is None:
        return
    deaths = {row.area for row in program.records.community if (row.measure, row.over) == ("deaths", "month")}
    shared = [area for area, share in program.area_shares.items() if share > 0 and area in deaths]
    for outer, inner in permutations(shared, 2):
        if re.search(rf"(?:^|[,(\s]){re.escape(outer)}(?:$|[)\s])", inner):
            yield found.facts.problem("areas-nested", "area_shares", inner=inner, outer=outer)
            return


def _deadly(found: FolderRead, program: Program) -> Iterator[Problem]:
    """Shares that leave more deaths in the catchment than its people could bear."""
    if found.facts is None or program.people.high <= 0:
        return
    told = [row for row in program.records.community if (row.measure, row.over) == ("deaths", "month")]
    rows = [row for row in told if row.area in program.area_shares]
    for case in dict.fromkeys(row.case for row in rows):
        last = max(row.month for row in rows if row.case == case)
        a_year = sum(
            program.area_shares[area] * _year(program, area, case, last).low for area in {row.area for row in rows}
        )
        if a_year > DEADLY * program.people.high:
            parts = {"deaths": f"{a_year:.0f}", "people": f"{program.people.high:.0f}"}
            yield found.facts.problem("too-many-deaths", "area_shares", **parts)
            return


def _year(program: Program, area: str, case: str, last: Month) -> Count:
    """Deaths of one area in the last twelve months."""
    by_month: dict[Month, Count] = {}
    for row in told_once(program.records.community):
        if (row.area, row.case, row.measure, row.over) == (area, case, "deaths", "month") and 0 <= last.since(
            row.month
        ) < 12:
            by_month[row.month] = row.value
    return total(by_month.values())
