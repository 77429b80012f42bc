"""Turning a best, a low and a high into a distribution that reproduces all three.

Every family but `beta` is made of two pieces that meet in the median, each stretched so that its tail meets the stated
bound: a plain lognormal or beta fitted by moments missed a third of the ranges in the literature (EVIDENCE, "Turning
ranges into spread").
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from longview.evidence.families import SUPPORT, Family

Array = NDArray[np.float64]


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
