"""The shapes that a figure's doubt can have, and what each can be at all. Loads no arrays, so that `check` need not."""

from __future__ import annotations

import math
from typing import Literal

Family = Literal["lognormal", "logitnormal", "above-one", "beta", "normal", "uniform"]

APPROACH = 0.01  # how near an excluded bound (0, 1, no effect) a stated low or high may come
EDGE = 1e-9  # nearer than this to 0 or 1 a logit is rounding noise

SUPPORT: dict[str, tuple[float, float]] = {
    "lognormal": (0.0, math.inf),
    "logitnormal": (0.0, 1.0),
    "above-one": (1.0, math.inf),
    "beta": (0.0, 1.0),
    "normal": (-math.inf, math.inf),
    "uniform": (-math.inf, math.inf),
}


def within(family: Family, low: float, best: float, high: float) -> tuple[float, float, float]:
    """`low`, `best`, `high` brought inside the family's open support: a bound is approached to `APPROACH`, or to a
    tenth of the way from it to the best where the best itself is nearer.

    Raises:
        ValueError: not low ≤ best ≤ high, or one of them lies beyond the support.
    """
    floor, ceiling = SUPPORT[family]
    if not low <= best <= high:
        raise ValueError(f"low {low:g}, best {best:g} and high {high:g} must stand in that order")
    if low < floor or high > ceiling:
        raise ValueError(f"{low:g} to {high:g} lies outside {floor:g} to {ceiling:g}")
    if math.isfinite(floor):
        best = floor + APPROACH if best <= floor else best
        low = low if low > floor else floor + min(APPROACH, (best - floor) / 10)
    if math.isfinite(ceiling):
        best = ceiling - APPROACH if best >= ceiling else best
        high = high if high < ceiling else ceiling - min(APPROACH, (ceiling - best) / 10)
    least = floor + EDGE if family in ("logitnormal", "above-one") else low
    most = ceiling - EDGE if family == "logitnormal" else max(high, best)
    low, best, high = (min(max(x, least), most) for x in (min(low, best), best, max(high, best)))
    return low, best, high
