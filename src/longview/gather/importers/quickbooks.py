"""Exports of QuickBooks, Online and Desktop, as ledger lines that tie to the export's own totals to the cent."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from longview.gather.grids import Grid, open_grids
from longview.gather.imported import Import
from longview.gather.importers import quickbooks_classes, quickbooks_detail
from longview.gather.importers.quickbooks_titles import TITLES, is_list
from longview.program import Problem, Program, say


def looks_like(grid: Grid) -> str | None:
    """The importer that reads a table, "quickbooks-classes" or "quickbooks-detail"; None where it is neither."""
    if quickbooks_detail.looks_like_detail(grid):
        return quickbooks_detail.KIND
    if quickbooks_classes.looks_like_classes(grid):
        return quickbooks_classes.KIND
    return None


def read_quickbooks(
    path: Path, *, program: Program, funds: Mapping[str, str] | None = None, dates: str | None = None
) -> tuple[Import, list[Problem]]:
    """A report that QuickBooks exported, as lines of the ledger.

    Each amount booked on an account becomes one `LedgerLine`: income and expenses positive as the report has them, a
    refund negative. Nothing is made of an export whose lines do not add up to each of its totals.

    Args:
        path: a CSV or Excel file: profit and loss by class, by month or in total; profit and loss detail; transaction
            detail by account; or what these are called for nonprofits (statement of activity).
        funds: class → fund id or "unassigned", as mappings.toml remembers; ids and names of the program's funds are
            known without.
        dates: the order of day and month in a detail report ("mdy", "dmy", "ymd"), where its dates leave it open.

    Returns:
        The lines, none of them where there is a problem; and problems and doubts. Never raises for bad data.
    """
    grids, problems = open_grids(path)
    found = [(grid, kind) for grid in grids if (kind := looks_like(grid)) is not None]
    if not found:
        if not any(problem.severity == "problem" for problem in problems):
            problems.append(_not_known(path.name, grids))
        return _nothing(path.name), problems
    if len(found) > 1:
        names: dict[str, Any] = {"first": found[0][0].file, "second": found[1][0].file}
        return _nothing(path.name), [*problems, say("ledger-twice", file=path.name, **names)]
    grid, kind = found[0]
    if kind == quickbooks_detail.KIND:
        made, wrong, top = quickbooks_detail.read_detail(
            grid, file=path.name, program=program, funds=funds, dates=dates
        )
    else:
        made, wrong, top = quickbooks_classes.read_classes(grid, file=path.name, program=program, funds=funds)
    # Titles stand in merged cells in every export; what was merged above the columns is nobody's doubt.
    problems = [p for p in problems if p.code != "merged-cells" or p.file != grid.file or (p.row or 0) > top]
    problems += wrong
    if made is None or any(p.severity == "problem" for p in problems):
        return _nothing(path.name, kind), problems
    return made, problems


def _nothing(name: str, kind: str = quickbooks_classes.KIND) -> Import:
    return Import(kind=kind, files=(name,), words="nothing was read")


def _not_known(name: str, grids: list[Grid]) -> Problem:
    if any(is_list(grid.rows[:TITLES]) for grid in grids):
        return say("ledger-list", file=name)
    return say("ledger-not", file=name, why="no section such as Income or Expenses, and no columns of transactions")
