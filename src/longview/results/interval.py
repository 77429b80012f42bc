"""Intervals over futures: the doubt that every number carries."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Interval:
    """The middle future and the ends between which `share` of the futures lie ("likely" is 0.8)."""

    low: float
    middle: float
    high: float
    share: float = 0.8


def interval(values: Floats, share: float = 0.8) -> Interval:
    """Median and central interval of one value a future, [F].

    Raises:
        ValueError: there are no futures, or one of them is not a number.
    """
    if values.size == 0 or not np.isfinite(values).all():
        raise ValueError("an interval needs at least one future, and every future a number")
    tail = (1.0 - share) / 2.0
    low, middle, high = np.quantile(np.asarray(values, dtype=np.float64), [tail, 0.5, 1.0 - tail])
    return Interval(float(low), float(middle), float(high), share)


def paired(a: Floats, b: Floats, share: float = 0.8) -> Interval:
    """Interval of `a - b` future by future (never the difference of two medians)."""
    return interval(np.asarray(a, dtype=np.float64) - np.asarray(b, dtype=np.float64), share)
