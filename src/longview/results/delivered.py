"""What funders were promised, against what an outlook's futures come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longview.program import Deliverable, Month, Program, monthly_counts
from longview.results.outlook import Outlook

Floats = NDArray[np.floating]

SUMS = {"visits": "visits", "kits_out": "kits_given", "syringes_out": "syringes_given", "reversals": "reversals"}
"""Measure of `services` → the series that it is the sum of."""

PEOPLE = {"participants_month": "reached", "participants_12_months": "reached"}
"""Measures of different people, who can't be added up over months: the largest month counts."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """One promise under one portfolio.

    Attributes:
        so_far: counted before the plan's start, in the months that the promise covers: low and high ends (equal where all was
            counted), units of the measure.
        amount: what will have been counted in the end, future by future, what was hidden at its middle, [F].
    """

    promise: Deliverable
    so_far: tuple[float, float]
    amount: Floats

    @property
    def chance(self) -> float:
        """Share of futures in which the promise is kept."""
        return float(np.mean(self.amount >= self.promise.at_least))

    @property
    def expected(self) -> float:
        """The mean amount."""
        return float(np.mean(self.amount))


def delivered(
    program: Program, outlook: Outlook, counted: Mapping[str, Floats] | None = None
) -> tuple[Delivered | None, ...]:
    """Each deliverable of the program under an outlook, in their order; None where the model does not tell its measure, or its
    last month lies outside the outlook.

    Args:
        counted: measure → how much of the series is counted as that measure, [F]; 1 where it is not given.
    """
    return tuple(_one(program, outlook, promise, counted or {}) for promise in program.deliverables)


def _one(program: Program, outlook: Outlook, promise: Deliverable, counted: Mapping[str, Floats]) -> Delivered | None:
    series = {**SUMS, **PEOPLE}.get(promise.measure)
    last = promise.by.since(outlook.first_month)
    if series is None or not 0 <= last < outlook.deaths.shape[1]:
        return None
    first = outlook.first_month if promise.first is None else promise.first
    months = np.asarray(getattr(outlook, series), dtype=np.float64)[
        :, max(0, first.since(outlook.first_month)) : last + 1
    ]
    months = months * np.asarray(counted.get(promise.measure, 1.0)).reshape(-1, 1)
    low, high = _recorded(program, promise, first, outlook.first_month)
    so_far = (low + high) / 2.0
    ahead = np.maximum(months.max(axis=1), so_far) if promise.measure in PEOPLE else months.sum(axis=1) + so_far
    return Delivered(promise, (low, high), ahead)


def _recorded(program: Program, promise: Deliverable, first: Month, starts: Month) -> tuple[float, float]:
    """What was counted from a month on, before the plan starts; of people the largest month."""
    rows = [
        count
        for month, count in monthly_counts(program, promise.measure).items()
        if first <= month < starts and count.counted
    ]
    ends = [(count.low, count.low if count.high is None else count.high) for count in rows] or [(0.0, 0.0)]
    gather = max if promise.measure in PEOPLE else sum
    return float(gather(low for low, _ in ends)), float(gather(high for _, high in ends))


__all__ = ["PEOPLE", "SUMS", "Delivered", "delivered"]
