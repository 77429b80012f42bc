"""Levels of today's series from counts that may be hidden: a conjugate gamma update, one draw a future."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv

from longview.program import Count, Month, Program, monthly_counts

Floats = NDArray[np.float64]

MONTHS_TODAY = 12
"""Today is the mean of the last twelve recorded months (MODEL.md §1)."""

SHAPE = 0.5
"""Jeffreys' prior for a Poisson rate: half a count, over no time."""


def window(last: Month, months: int = MONTHS_TODAY) -> list[Month]:
    """The months up to and including `last`."""
    return [last.plus(-i) for i in range(months)]


def monthly(program: Program, measure: str, months: Sequence[Month]) -> list[Count]:
    """What was counted of a measure in each of those months, the whole program; months nobody counted are left out."""
    found = monthly_counts(program, measure)
    return [count for month, count in found.items() if month in months and count.counted and count.high is not None]


def level(counts: Sequence[Count], inside: Floats, u: Floats) -> Floats:
    """A month's level, from counts of several months, [F].

    The total lies somewhere in its interval (evenly, at `inside`); given the total, the level is gamma: SHAPE + total events over
    the months counted.

    Args:
        counts: a month each, none of them open-ended. inside, u: uniforms, [F].

    Source: conjugate Poisson-gamma. Counts of a month are nearly Poisson (MODEL.md §6).
    """
    low = float(sum(c.low for c in counts))
    high = float(sum(c.high or 0.0 for c in counts))
    total = low + (high - low) * inside
    return np.asarray(gammaincinv(total + SHAPE, u) / len(counts))
