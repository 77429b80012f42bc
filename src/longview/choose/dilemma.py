"""What two sides for the same money come to, from their comparison on the same futures. It never runs the model."""

from __future__ import annotations

from collections.abc import Mapping
from math import floor, log10
from typing import Any

import numpy as np
from numpy.typing import NDArray

from longview.choose.costs import today_lines, without_records
from longview.choose.strings import YEAR, Assumptions
from longview.program import Program
from longview.results import ROWS, Comparison, Interval, Telling, Who

Floats = NDArray[np.floating[Any]]

SHARE_OF_SPENDING = 0.06
"""Of a year's spending: the money of a dilemma where none is named (assumption: what boards can still decide about)."""

SAID = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.5, 8.0, 10.0)
"""Leading figures of sums that people say."""

RESAMPLED = 1000
"""Times that futures are drawn anew, to see whether a mean may be zero."""


def usual_money(program: Program, given: Assumptions) -> float:
    """About 6% of the first year's planned spending, as a sum that people say."""
    spending = sum(float(line.amount.sum()) for line in today_lines(without_records(program), YEAR, given))
    return said_sum(SHARE_OF_SPENDING * spending)


def said_sum(money: float) -> float:
    """The nearest sum that people say, in proportion: 23,970 is 25,000."""
    if money <= 0:
        return 1000.0
    size = 10.0 ** floor(log10(money))
    return size * min(SAID, key=lambda figure: abs(np.log(figure * size / money)))


def worth(comparison: Comparison, telling: Telling = "open", seed: int = 0) -> Interval | None:
    """Years of life that one worker kept for a year would have to be worth for wages (b) to do as much as supplies (a).

        worth = mean(life-years a − b) / mean(years of workers kept, b − a)

    Its likely range is that of the futures' life-years over the same mean: who happens to leave in one future is luck, not
    doubt, and would swamp it. None where wages keep nobody, or may keep nobody on average (the 80% interval of that mean, by
    drawing the futures anew, holds zero).
    """
    values = comparison.values[telling]
    lives, kept = (np.asarray(values[name], dtype=np.float64) for name in ("life_years", "worker_years"))
    more = lives[ROWS["a"]] - lives[ROWS["b"]]
    workers = kept[ROWS["b"]] - kept[ROWS["a"]]
    drawn = np.random.default_rng(seed).integers(0, more.size, (RESAMPLED, more.size))
    if workers.mean() <= 0 or np.quantile(workers[drawn].mean(axis=1), 0.1) <= 0:
        return None
    low, high = np.quantile(more, [0.1, 0.9]) / workers.mean()
    return Interval(float(low), float(more.mean() / workers.mean()), float(high))


def repaid(comparison: Comparison, protected: Mapping[Who, float], telling: Telling = "open") -> float:
    """Share of futures in which the hours kept for the long view (b) are won back by fewer fires.

        (1 − fires_b)·(1 − protected_b) ≥ (1 − fires_keep)·(1 − protected_keep),   means over the horizon

    Args:
        protected: planned mean share of hours kept, by side.
    """
    fires = np.asarray(comparison.values[telling]["fires"], dtype=np.float64)
    left: dict[str, Floats] = {who: (1.0 - fires[ROWS[who]]) * (1.0 - protected[who]) for who in ("b", "keep")}
    return float(np.mean(left["b"] >= left["keep"]))


__all__ = ["repaid", "said_sum", "usual_money", "worth"]
