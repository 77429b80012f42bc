"""Doubts about areas: which counts of a community are ours, and whether some of them are counted twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import permutations

from longview.gather.folder import FolderRead
from longview.gather.names import near
from longview.gather.rows import Row
from longview.program import Count, Month, Problem, Program, told_once, total

SHOWN = 3  # areas named before …
DEADLY = 0.1  # of the people die of overdose in a year: beyond any place on record, so a share is off


def area_doubts(found: FolderRead, program: Program) -> list[Problem]:
    """All doubts about area_shares, and about the areas of community and rates."""
    checks = (_no_share, _near, _unused, _nested, _deadly)
    return [problem for check in checks for problem in check(found, program)]


def _no_share(found: FolderRead, program: Program) -> Iterator[Problem]:
    """Areas without a share: one of deaths has one to be written; of several in one table, all are told at once."""
    first: dict[str, Row] = {}
    for row in found.rows("community"):
        if row.value.area not in program.area_shares:
            first.setdefault(row.value.area, row)
    tables: dict[str, list[Row]] = {}
    for row in first.values():
        tables.setdefault(row.table.file, []).append(row)
    deaths = {row.value.area for row in found.rows("community") if row.value.measure == "deaths"}
    for rows in tables.values():
        areas = [row.value.area for row in rows]
        one = areas[0] if len(areas) == 1 else f"{len(areas)} areas"
        then = _share_of(found, areas, deaths)
        said = ", ".join(areas[:SHOWN]) + (" …" if len(areas) > SHOWN else "")
        yield found.sheets["community"].problem("no-share", rows[0], "area", found=said, area=one, then=then)


def _share_of(found: FolderRead, areas: list[str], deaths: set[str]) -> str:
    """What to write where areas have no share."""
    if len(areas) > 1:
        return "write under area_shares the share of each that is yours; leave the others"
    (area,) = areas
    if found.facts is not None and found.facts.file.startswith("sheet "):
        where = f"in the fact area_shares, write {area} under area, and under value"
    else:
        where = f'write  "{area}" = …  in area_shares, with'
    if area in deaths:
        return f"{where} the share of its deaths that happen in your catchment"
    return f"{where} the share of them that happen in your catchment (1: all)"


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
