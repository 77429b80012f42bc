"""Turning a best, a low and a high into a distribution that reproduces all three.

Every family but `beta` is made of two pieces that meet in the median, each stretched so that its tail meets the stated
bound: a plain lognormal or beta fitted by moments missed a third of the ranges in the literature (EVIDENCE, "Turning
ranges into spread").
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Family = Literal["lognormal", "logitnormal", "above-one", "beta", "normal", "uniform"]
Array = NDArray[np.float64]

APPROACH = 0.01  # how near an excluded bound (0, 1, no effect) a stated low or high may come
EDGE = 1e-9  # nearer than this to 0 or 1 a logit is rounding noise


def _log(x: Array) -> Array:
    return np.log(x)


def _logit(x: Array) -> Array:
    return np.log(x) - np.log1p(-x)


def _expit(y: Array) -> Array:
    return np.exp(-np.logaddexp(0.0, -y))  # does not overflow


def _log_excess(x: Array) -> Array:
    return np.log(x - 1.0)


def _one_and_exp(y: Array) -> Array:
    return 1.0 + np.exp(y)


def _same(x: Array) -> Array:
    return x


_SCALES: dict[str, tuple[Callable[[Array], Array], Callable[[Array], Array]]] = {
    "lognormal": (_log, np.exp),
    "logitnormal": (_logit, _expit),
    "above-one": (_log_excess, _one_and_exp),
    "normal": (_same, _same),
    "uniform": (_same, _same),
}

SUPPORT: dict[str, tuple[float, float]] = {
    "lognormal": (0.0, np.inf),
    "logitnormal": (0.0, 1.0),
    "above-one": (1.0, np.inf),
    "beta": (0.0, 1.0),
    "normal": (-np.inf, np.inf),
    "uniform": (-np.inf, np.inf),
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
    if np.isfinite(floor):
        best = floor + APPROACH if best <= floor else best
        low = low if low > floor else floor + min(APPROACH, (best - floor) / 10)
    if np.isfinite(ceiling):
        best = ceiling - APPROACH if best >= ceiling else best
        high = high if high < ceiling else ceiling - min(APPROACH, (ceiling - best) / 10)
    least = floor + EDGE if family in ("logitnormal", "above-one") else low
    most = ceiling - EDGE if family == "logitnormal" else max(high, best)
    low, best, high = (min(max(x, least), most) for x in (min(low, best), best, max(high, best)))
    return low, best, high


def _deviate(family: Family, u: Array, level: float) -> Array:
    """Signed distance from the median, in units of the distance at the tail of `level`."""
    if family == "uniform":
        return (u - 0.5) / (level / 2)
    from scipy.special import ndtri

    return np.asarray(ndtri(u) / ndtri(0.5 + level / 2), dtype=np.float64)


def _probability(family: Family, deviate: Array, level: float) -> Array:
    if family == "uniform":
        return np.clip(0.5 + deviate * (level / 2), 0.0, 1.0)
    from scipy.special import ndtr, ndtri

    return np.asarray(ndtr(deviate * ndtri(0.5 + level / 2)), dtype=np.float64)


def quantile(family: Family, low: float, best: float, high: float, level: float, u: Array) -> Array:
    """Quantiles of the two-piece family whose median is `best` and whose tails of `level` are `low` and `high`.

    Args:
        u: probabilities in (0, 1), any shape.
    """
    to_scale, back = _SCALES[family]
    bottom, middle, top = (float(to_scale(np.float64(x))) for x in (low, best, high))  # type: ignore[arg-type]
    deviate = _deviate(family, u, level)
    return back(middle + deviate * np.where(deviate < 0, middle - bottom, top - middle))


def probability(family: Family, low: float, best: float, high: float, level: float, x: Array) -> Array:
    """The share of the distribution at or below `x`; the inverse of `quantile`. A range of no width is a step."""
    floor, ceiling = SUPPORT[family]
    to_scale, _ = _SCALES[family]
    bottom, middle, top = (float(to_scale(np.float64(v))) for v in (low, best, high))  # type: ignore[arg-type]
    inside = (x > floor) & (x < ceiling)
    distance = to_scale(np.where(inside, x, best)) - middle
    width = np.where(distance < 0, middle - bottom, top - middle)
    step = np.where(distance < 0, -np.inf, np.inf)
    deviate = np.where(width > 0, distance / np.where(width > 0, width, 1.0), step)
    return np.where(inside, _probability(family, deviate, level), np.where(x <= floor, 0.0, 1.0))


def beta_quantile(events: float, others: float, u: Array) -> Array:
    """Quantiles of Beta(events, others)."""
    from scipy.special import betaincinv

    return np.asarray(betaincinv(events, others, u), dtype=np.float64)


def beta_probability(events: float, others: float, x: Array) -> Array:
    """The share of Beta(events, others) at or below `x`."""
    from scipy.special import betainc

    return np.asarray(betainc(events, others, np.clip(x, 0.0, 1.0)), dtype=np.float64)
