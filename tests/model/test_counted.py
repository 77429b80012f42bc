"""Counted deaths are whole people: in the mean those that are expected, and hardly more scattered than pure chance."""

from __future__ import annotations

import numpy as np
from law_runs import world
from numpy.testing import assert_allclose

from longview.model.counts import counted_deaths, season


def test_counts_are_whole_and_scatter_about_what_is_expected() -> None:
    here = world(count=2_000, years=1)
    months = here.model.months
    expected = np.full((2_000, months), 9.0)
    counted = counted_deaths(here.model, here.futures, expected)
    assert np.array_equal(counted, np.round(counted))
    assert counted.min() >= 0.0
    mean = 9.0 * season(here.model, months)
    assert_allclose(counted.mean(0), mean, rtol=0.04)
    assert_allclose((counted - mean).var(), 9.0 + 81.0 / 1600.0, rtol=0.03)
    assert np.array_equal(counted, counted_deaths(here.model, here.futures, expected))
