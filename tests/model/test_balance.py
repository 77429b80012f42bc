"""Today is the zero point: where the program's own world does not change, nothing moves (MODEL, section 1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from balanced import GROWTH, Today, made_still, moved, of_example, of_made, run_expected

MONTHS = 120
ALLOWED = 1e-9
"""MODEL allows 2%; the start is exact, so rounding alone may move anything."""


@pytest.mark.parametrize("program", [of_made, of_example])
def test_nothing_moves_in_any_of_500_draws(program: Callable[[int], Today]) -> None:
    ready, futures, targets = made_still(program(500))
    assert futures.count == 500
    far = moved(run_expected(ready, futures, targets), targets, ready.setup.weekly.shape[0], MONTHS)
    assert max(far.values()) < ALLOWED, far


def test_the_draws_hold_every_structure() -> None:
    """Both of lethality and both of what an ambulance is worth, so that balance is shown for each."""
    _, futures, _ = made_still(of_made(64))
    assert {tuple(pair) for pair in zip(futures.deadlier, futures.weak, strict=True)} == {
        (0, 0),
        (0, 1),
        (1, 0),
        (1, 1),
    }


def test_pay_that_stands_still_while_others_grow_drives_people_away() -> None:
    """What must change does change, and by as much as the elasticity says: quits follow wage_rel^(−elasticity)."""
    ready, futures, targets = made_still(of_made(64))
    flat = replace(ready, calendar=ready.calendar._replace(own_raise=np.ones(ready.months)))
    seen = run_expected(flat, futures, targets).seen
    assert seen is not None
    t, p = 119, futures.p
    lost = seen.quits[0, :, t] / np.maximum(seen.posts_filled[0, :, t - 1], 1e-9)
    felt = (seen.burnout[0, :, t - 1] - p["burnout_worker"]) * np.log(p["burnout_quit_or"])
    hazard = targets.quit * np.exp(p["quit_wage_elast"] * t / 12 * np.log1p(GROWTH) + felt)
    np.testing.assert_allclose(lost, -np.expm1(-hazard / 12), rtol=1e-2)
    assert (seen.quits[0, :, t] > seen.quits[0, :, 0]).all()


def test_less_upkeep_than_needed_wears_the_house_down() -> None:
    ready, futures, targets = made_still(of_made(16))
    setup = ready.setup._replace(upkeep=0.0 * ready.setup.value)
    seen = run_expected(replace(ready, setup=setup), futures, targets).seen
    assert seen is not None
    worn = ready.setup.condition.min() - futures.p["decay_year"] * (np.arange(MONTHS)[:, None] + 1) / 12
    np.testing.assert_allclose(seen.condition[0, :, :MONTHS], np.maximum(worn, 0.01).T, rtol=1e-9)
    assert (seen.days_closed[0, :, MONTHS - 1] > seen.days_closed[0, :, 0]).all()
