"""What funders were promised, and how likely each promise is to be kept under the plan."""

from __future__ import annotations

from typing import Any

import numpy as np

from longview.program import Deliverable, measures
from longview.report.rounding import chance, figure, month_words, span
from longview.report.sections.years import fund_name
from longview.report.told import Told
from longview.results import Delivered


def section(told: Told) -> list[dict[str, Any]]:
    """The promises, least likely to be kept first; none to readers outside (funds are not named to them)."""
    if told.outside:
        return []
    found = told.findings
    plan, today = ({one.promise: one for one in some if one} for some in (found.delivered, found.delivered_today))
    rows = [_row(told, promise, plan.get(promise), today.get(promise)) for promise in told.program.deliverables]
    return sorted(rows, key=lambda row: row["share"] if row["share"] is not None else 2.0)


def _row(told: Told, promise: Deliverable, plan: Delivered | None, today: Delivered | None) -> dict[str, Any]:
    words = measures().get(promise.measure, promise.measure.replace("_", " "))
    return {
        "fund": fund_name(told, promise.fund),
        "what": f"at least {promise.at_least:,.10g} {words}",
        "by": month_words(promise.by),
        "share": None if plan is None else plan.chance,
        "plan": "not in the model" if plan is None else chance(plan.chance),
        "today": "" if today is None else chance(today.chance),
        "expected": "" if plan is None else _expected(plan),
    }


def _expected(found: Delivered) -> str:
    low, middle, high = map(float, np.quantile(found.amount, [0.1, 0.5, 0.9]))
    return f"about {figure(middle)} (likely {span(figure(low), figure(high))})"
