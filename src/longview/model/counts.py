"""Counts come last: what a registry would count of deaths expected (nearly Poisson, MODEL.md §6)."""

from __future__ import annotations

import calendar as days_of
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri, pdtrik

from longview.model.draws import Futures, stream
from longview.model.guards import COUNT_SIZE, DAYS_A_YEAR

if TYPE_CHECKING:
    from longview.model.ready import Model

Floats = NDArray[np.floating]


def season(model: Model, months: int) -> Floats:
    """Days in each month over the year's mean, [T]; further month effects lie within 3% and are left out."""
    starts = model.program.starts
    days = [days_of.monthrange(starts.plus(t).year, starts.plus(t).month)[1] for t in range(months)]
    return np.asarray(days) / (DAYS_A_YEAR / 12.0)


def counted_deaths(model: Model, futures: Futures, expected: Floats) -> Floats:
    """Whole people counted where `expected` die, [F, T]: a Poisson count whose mean varies as the negative binomial's does."""
    months = expected.shape[1]
    first, count = int(futures.numbers.min()), int(np.ptp(futures.numbers)) + 1
    at = futures.numbers - first
    u = stream(futures.seed, "counted", first, count, months)[:, at].T
    z = ndtri(np.clip(stream(futures.seed, "counted-size", first, count, months)[:, at].T, 1e-12, 1 - 1e-12))
    mean = np.maximum(expected * season(model, months), 1e-9) * np.exp(
        z / np.sqrt(COUNT_SIZE) - 1.0 / (2.0 * COUNT_SIZE)
    )
    return np.asarray(np.maximum(np.ceil(pdtrik(np.clip(u, 1e-12, 1 - 1e-12), mean)), 0.0))
