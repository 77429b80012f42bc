"""Budget against actual: the largest gaps, for the director and the board."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from longview.program.items import items
from longview.report.rounding import money, month_words
from longview.report.sections.years import fund_name
from longview.report.told import Told
from longview.results import BudgetRow

LARGEST = 8
READERS = ("director", "board")


def section(told: Told) -> dict[str, Any] | None:
    """The rows with the largest gaps, and what ties them to the ledger; None where there is nothing to tell."""
    found, coin = told.findings.budget, told.program.currency
    if told.audience not in READERS or not found.rows:
        return None
    planned = [row for row in found.rows if row.budget is not None]
    planned.sort(key=lambda row: (-abs(row.actual - so_far(row)), row.fund, row.line, row.year))
    loose = sum((row.actual for row in found.rows if row.budget is None), start=found.total * 0)
    return {
        "rows": [_row(told, row) for row in planned[:LARGEST]],
        "more": max(0, len(planned) - LARGEST),
        "total": money(found.total, coin),
        "loose": money(loose, coin) if loose else None,
        "unmapped": list(found.unmapped)[:5],
    }


def line_words(line: str) -> str:
    """A budget line in words: an item's or a category's own, else as it stands."""
    if line.startswith("account: "):
        return f"account {line.removeprefix('account: ')}"
    known = items()
    return known[line].words if line in known else line.replace("-", " ").replace("_", " ")


def so_far(row: BudgetRow) -> Decimal:
    """A line's budget for the months that the ledger covers, spread evenly over its months; nothing where it has none."""
    months = row.last.since(row.first) + 1
    return (row.budget or Decimal(0)) * row.known / months


def _row(told: Told, row: BudgetRow) -> dict[str, Any]:
    coin = told.program.currency
    gap = row.actual - so_far(row)
    months, end = row.last.since(row.first) + 1, month_words(row.last)
    return {
        "fund": "No fund named" if row.fund == "unassigned" else fund_name(told, row.fund),
        "line": line_words(row.line),
        "year": f"year to {end}" if months == row.known else f"{row.known} of {months} months to {end}",
        "budget": money(so_far(row), coin),
        "actual": money(row.actual, coin),
        "gap": f"{money(abs(gap), coin)} {'over' if gap > 0 else 'under'}" if abs(gap) >= 50 else "as planned",
    }
