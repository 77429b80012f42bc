"""What funders were promised, and how likely each promise is to be kept under the plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from longview.program import Deliverable, measures
from longview.report.rounding import chance, figure, month_words
from longview.report.sections.years import fund_name
from longview.report.told import Told
from longview.results import Outlook

# A measure of `services` → the series that tells it.
SERIES: dict[str, str] = {
    "visits": "visits",
    "kits_out": "kits_given",
    "syringes_out": "syringes_given",
    "reversals": "reversals",
    "days_closed": "days_closed",
}
# Of these a month's value stands for the people; the largest month is what a promise counts.
PEOPLE = {"participants_month": "reached", "participants_12_months": "reached"}


def section(told: Told) -> list[dict[str, Any]]:
    """The promises, least likely to be kept first; none to readers outside (funds are not named to them)."""
    if told.outside:
        return []
    rows = [_row(told, promise) for promise in told.program.deliverables]
    return sorted(rows, key=lambda row: row["share"] if row["share"] is not None else 2.0)


def _row(told: Told, promise: Deliverable) -> dict[str, Any]:
    words = measures().get(promise.measure, promise.measure.replace("_", " "))
    share, today = (kept(told, promise, outlook) for outlook in (told.pick, told.today))
    return {
        "fund": fund_name(told, promise.fund),
        "what": f"at least {promise.at_least:,.10g} {words}",
        "by": month_words(promise.by),
        "share": share,
        "plan": "not in the model" if share is None else chance(share),
        "today": "" if today is None else chance(today),
        "expected": _expected(told, promise),
    }


def _expected(told: Told, promise: Deliverable) -> str:
    values = counted(told, promise, told.pick)
    if values is None:
        return ""
    low, middle, high = np.quantile(values, [0.1, 0.5, 0.9])
    ends = f"{figure(low)} to {figure(high)}" if figure(low) != figure(high) else figure(low)
    return f"about {figure(middle)} (likely {ends})"


def kept(told: Told, promise: Deliverable, outlook: Outlook) -> float | None:
    """Share of futures in which a promise is kept; None where the model does not tell its measure or its months."""
    values = counted(told, promise, outlook)
    return None if values is None else float(np.mean(values >= promise.at_least))


def counted(told: Told, promise: Deliverable, outlook: Outlook) -> np.ndarray | None:
    """What will have been counted of a promise's measure by its month, future by future, [F]; records before the plan
    count as recorded (hidden counts at their middle)."""
    first = outlook.first_month if promise.first is None else promise.first
    last = promise.by.since(outlook.first_month)
    if last < 0 or last >= outlook.deaths.shape[1] or promise.measure not in {**SERIES, **PEOPLE}:
        return None
    here = slice(max(0, first.since(outlook.first_month)), last + 1)
    gather: Callable[..., np.ndarray] = np.sum if promise.measure in SERIES else np.max
    ahead = gather(np.asarray(getattr(outlook, {**SERIES, **PEOPLE}[promise.measure]), np.float64)[:, here], axis=1)
    if promise.measure in PEOPLE:
        return ahead
    before = [
        (row.value.low + (row.value.high if row.value.high is not None else row.value.low)) / 2
        for row in told.program.records.services
        if row.measure == promise.measure and first <= row.month < outlook.first_month and row.value.low is not None
    ]
    return ahead + float(sum(before))
