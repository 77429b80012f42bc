"""The supply walks as far as its row says: heavy tails move spread between futures and add none."""

from __future__ import annotations

import numpy as np
from numpy.testing import assert_allclose
from scipy.stats import chi2

from longview.model.supply import log_paths

FUTURES = 40_000
QUIET = {
    "supply_walk_sd": np.full(FUTURES, 0.02),
    "supply_shock_rate": np.zeros(FUTURES),
    "supply_shock_size": np.ones(FUTURES),
}


def paths(pull: float, months: int = 12) -> np.ndarray:
    """Paths over every degree of tail alike, with steps drawn at random."""
    tails = chi2(4).ppf((np.arange(FUTURES) + 0.5) / FUTURES)
    normals = np.random.default_rng(0).standard_normal((months, FUTURES))
    return log_paths(normals, tails, np.ones((months, FUTURES)), np.full(FUTURES, pull), QUIET)


def test_a_walk_s_spread_is_its_monthly_step_times_the_root_of_the_months() -> None:
    walked = paths(0.0)
    assert_allclose(walked.std(axis=1), 0.02 * np.sqrt(np.arange(1, 13)), rtol=0.03)


def test_what_is_pulled_back_spreads_less_than_what_walks() -> None:
    keep = np.exp(-1.0 / 24.0)
    steps = np.cumsum(keep ** (2.0 * np.arange(12)))
    assert_allclose(paths(1.0).std(axis=1), 0.02 * np.sqrt(steps), rtol=0.03)
