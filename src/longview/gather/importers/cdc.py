"""Exports of CDC WONDER and DOSE-SyS as imports: their areas by name, and only those that the program asks about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from longview.gather.dose import read_dose
from longview.gather.imported import Import
from longview.gather.importers.areas import kept
from longview.gather.wonder import read_wonder
from longview.program import CommunityCount, CommunityRate, Problem, say


def wonder_import(
    paths: Sequence[Path], areas: Iterable[str] | None = None, *, shares: Iterable[str] = ()
) -> tuple[Import, list[Problem]]:
    """Deaths by month from one export of CDC WONDER or several.

    Args:
        areas: those wanted, ("all",) for all; None: those of `shares`, where the files have any of them, else all.
        shares: the areas of the program's area_shares.
    """
    counts, problems = read_wonder(list(paths))
    choice = kept((row.area for row in counts), areas, shares)
    if counts:
        problems += [_unseen("wonder-area", paths[0], area) for area in choice.unseen]
    rows = tuple(replace(row, area=choice.spelled[row.area]) for row in counts if row.area in choice.spelled)
    hidden = sum(not row.value.exact for row in rows)
    told = [choice.told]
    if hidden:
        told.append(f"{hidden:,} of {len(rows):,} months are hidden by CDC, and kept as intervals.")
    words = f"CDC WONDER, {_measures(rows)} by month, {_extent(rows)}"
    return Import("wonder", _names(paths), words, community=rows, told=tuple(told)), problems


def dose_import(
    path: Path, as_of: str | None, areas: Iterable[str] | None = None, *, shares: Iterable[str] = ()
) -> tuple[Import, list[Problem]]:
    """Overdose visits per 10,000 emergency visits from a DOSE-SyS download, its areas by name.

    Args:
        as_of: ISO date of the download, which the file doesn't tell; None: asked for, as a problem.
        areas, shares: as for `wonder_import`.
    """
    if as_of is None:
        how = "--as-of, for example  --as-of 2025-08-25"
        asked = say("import-ask", file=path.name, what="on which day it was downloaded", how=how)
        return Import("dose", (path.name,), "CDC DOSE-SyS"), [asked]
    rates, problems = read_dose(path, as_of=as_of)
    choice = kept((row.area for row in rates), areas, shares)
    if rates:
        problems += [_unseen("dose-area", path, area) for area in choice.unseen]
    rows = tuple(replace(row, area=choice.spelled[row.area]) for row in rates if row.area in choice.spelled)
    told = (choice.told, "Rates of months and of twelve months are kept apart, and nothing is summed.")
    words = f"CDC DOSE-SyS, overdose visits per 10,000 emergency visits, {_extent(rows)}"
    return Import("dose", (path.name,), words, rates=rows, told=told), problems


def _unseen(code: str, path: Path, area: str) -> Problem:
    return say(code, file=path.name, found=area, hint="write it as the file does, or leave it out")


def _names(paths: Sequence[Path]) -> tuple[str, ...]:
    return tuple(path.name for path in paths)


def _measures(rows: Sequence[CommunityCount]) -> str:
    cases = sorted({row.case for row in rows})
    return f"deaths ({', '.join(cases)})" if cases else "deaths"


def _extent(rows: Sequence[CommunityCount] | Sequence[CommunityRate]) -> str:
    if not rows:
        return "no rows"
    areas = sorted({row.area for row in rows})
    where = areas[0] if len(areas) == 1 else f"{len(areas)} areas"
    return f"{where}, {min(row.month for row in rows)} to {max(row.month for row in rows)}"
