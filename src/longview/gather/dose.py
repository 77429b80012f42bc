"""CDC's DOSE-SyS download (overdose visits to emergency departments, by jurisdiction) into rates of the community.

Rows of two kinds stand mixed: a month's rate, and the rate of the twelve months that end with it. Both hold the same
visits, so each keeps its kind and nothing is summed. A figure is a rate per 10,000 emergency visits and stays one: how
many visits there were is not told. What is withheld is not worked out from the months around it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from longview.gather.dose_doubts import dose_doubts, missing
from longview.gather.dose_table import Download, Key, open_dose
from longview.gather.names import near
from longview.program import CommunityRate, Problem, RateFigure, say


def read_dose(
    path: Path, *, as_of: str, areas: Iterable[str] | None = None
) -> tuple[tuple[CommunityRate, ...], list[Problem]]:
    """Rates of overdose visits by area, month and drugs, months and twelve months apart, and what is wrong with them.

    Sorted by area, kind of row, month and drugs (in the order of CDC's columns). Months without a row, between the
    first and last that most areas have, are kept as "no-row". Nothing is raised for bad data.

    Args:
        path: the sheet of jurisdictions, saved as text.
        as_of: the day on which it was downloaded, an ISO date (the file does not say, and figures change each month).
        areas: the places wanted, by the two letters that the file uses; None: all.

    Raises:
        ValueError: `as_of` is no ISO date.
    """
    day = date.fromisoformat(as_of).isoformat()
    download, problems = open_dose(path, day)
    if download is None:
        return (), problems
    problems += dose_doubts(download)
    seen = {area for area, _, _ in download.rows}
    wanted = seen if areas is None else set(areas)
    problems += [_no_area(download.file, area, seen) for area in sorted(wanted - seen)]
    rates = {key: tuple(row.rates.values()) for key, row in download.rows.items()} | _without_row(download)
    return tuple(rate for key in sorted(rates) if key[0] in wanted for rate in rates[key]), problems


def _without_row(download: Download) -> dict[Key, tuple[CommunityRate, ...]]:
    """Rates of the months that the file leaves out: not zero, not blank, but not in it."""
    none = RateFigure(None, "no-row")
    keys = [(area, over, month) for (area, over), months in missing(download).items() for month in months]
    return {key: tuple(download.rate(key, column, none) for column in download.columns) for key in keys}


def _no_area(file: str, area: str, seen: set[str]) -> Problem:
    closest = near(area, seen)
    shown = ", ".join(sorted(seen)[:6]) + (" …" if len(seen) > 6 else "")
    return say("dose-area", file=file, found=area, hint=f"write {closest}" if closest else f"write one of: {shown}")
