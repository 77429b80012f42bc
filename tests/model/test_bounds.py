"""The bounds that are told are those that are met: each flag rises where it should and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from balanced import EXAMPLE

from longview.gather import read_folder
from longview.model import bounds_met, deaths_odd, naloxone_among_the_reached, naloxone_everywhere, syringes_enough
from longview.verbs.futures import RARE, Prepared, prepare

DRAWS = 64
MONTHS = 60
CODES = {"supply-at-bound", "overload-at-bound", "fires-at-bound", "building-at-bound"}


@cache
def ready() -> Prepared:
    program, problems = read_folder(EXAMPLE)
    assert program is not None, problems
    return prepare(program, futures=DRAWS)


def calm() -> dict[str, np.ndarray]:
    """A run in which nothing is met: today's load, few crises, a sound house."""
    held = ready().anchor
    return {
        "turned_away": np.tile(held.start.turned_away[:, None], (1, MONTHS)),
        "fires": np.tile(held.futures.p["fire_hours_share"][:, None], (1, MONTHS)),
        "condition": np.full((DRAWS, MONTHS), 0.6), "posts_filled": np.full((DRAWS, MONTHS), 5.0),
        "closed": np.zeros((DRAWS, MONTHS), dtype=bool),
    }  # fmt: skip


def met(**changes: np.ndarray | float) -> dict[str, np.ndarray]:
    """Bounds met where a series is set so in month 30 alone."""
    series = calm()
    for name, value in changes.items():
        series[name][:, 30] = value
    held = ready().anchor
    return bounds_met(ready().evidence, held.futures, held.start, series)


def test_nothing_is_told_of_a_calm_run_but_what_the_supply_does():
    found = met()
    assert set(found) == CODES
    assert not any(found[code].any() for code in CODES - {"supply-at-bound"})


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"turned_away": 0.9}, "overload-at-bound"),
        ({"turned_away": 1.0}, "overload-at-bound"),
        ({"fires": 0.9}, "fires-at-bound"),
        ({"condition": 0.01}, "building-at-bound"),
    ],
)
def test_a_single_month_at_the_bound_is_told_and_nothing_else(changes, code):
    found = met(**changes)
    assert found[code].all()
    beside = {"overload-at-bound"} if "fires" in changes else set()  # where crises are all, nearly all would burn out
    assert not any(found[other].any() for other in CODES - {code, "supply-at-bound"} - beside)


@pytest.mark.parametrize("nobody", [{"posts_filled": 0.0}, {"closed": True}])
def test_a_bound_that_touches_nobody_is_not_told(nobody):
    assert not met(turned_away=1.0, **nobody)["overload-at-bound"].any()
    assert not met(fires=0.9, **nobody)["fires-at-bound"].any()


def test_a_heavy_load_short_of_the_bound_is_told_only_where_nearly_all_would_burn_out():
    p, start = ready().anchor.futures.p, ready().anchor.start
    k, load = p["visit_sharpness"], 2.0
    away = -np.expm1(-np.logaddexp(0.0, k * np.log(load)) / k)
    aim = p["burnout_worker"] + 10 * p["burnout_load_slope"] * (load / np.asarray(start.load) - 1.0)
    found = met(turned_away=away)["overload-at-bound"]
    sure = np.abs(aim - 0.98) > 1e-3
    np.testing.assert_array_equal(found[sure], (aim > 0.98)[sure])
    assert found.any()
    assert not found.all()


def test_the_supply_is_told_of_no_less_in_a_longer_run():
    held = ready().anchor

    def within(months: int) -> np.ndarray:
        series = {name: x[:, :months] for name, x in calm().items()}
        return bounds_met(ready().evidence, held.futures, held.start, series)["supply-at-bound"]

    few, many = within(12), within(60)
    assert (many >= few).all()
    assert many.mean() < 0.3
    wild = np.abs(np.log(held.futures.supply[:60])).max(0)
    assert wild[many].min() > np.median(wild[~many])


def test_naloxone_is_everywhere_only_where_it_is():
    start = ready().anchor.start
    one = np.ones(DRAWS)
    everywhere, reached, nowhere = (
        np.stack([0.95 * one, 0.95 * one]),
        np.stack([0.4 * one, 0.95 * one]),
        np.stack([one, one]) / 2,
    )
    for where, both, alone in ((everywhere, True, False), (reached, False, True), (nowhere, False, False)):
        told = start._replace(met=where)
        assert (naloxone_everywhere(told) == both).all()
        assert (naloxone_among_the_reached(told) == alone).all()


def test_deaths_are_odd_by_their_number_not_by_how_fentanyl_is_read():
    held = ready().anchor
    p = held.futures.p
    as_more = replace(held.futures, deadlier=np.zeros(DRAWS))
    as_deadlier = replace(held.futures, deadlier=np.ones(DRAWS))
    fewer = p["fatal_none"] / (p["fatal_none"] + p["fentanyl_share"] * (p["fatal_none_fentanyl"] - p["fatal_none"]))
    for level, odd in ((1.0, False), (0.41, False), (2.49, False), (0.39, True), (2.51, True)):
        assert (deaths_odd(held.start._replace(level=level * np.ones(DRAWS)), as_more) == odd).all()
        assert (deaths_odd(held.start._replace(level=level * fewer), as_deadlier) == odd).all()


def test_syringes_are_enough_where_there_is_one_for_each_injection():
    held = ready().anchor
    p, start = held.futures.p, held.start
    injecting = np.asarray(start.people[0, 1].sum((0, 1)))
    needed = (p["injections_per_year"] - p["syringes_elsewhere"]) * injecting / 12.0 / (1.0 - p["syringe_share_onward"])
    some = needed > 0
    assert some.sum() > DRAWS // 2
    for times, enough in ((0.99, False), (1.01, True)):
        assert (syringes_enough(start._replace(syringes=times * needed), p)[some] == enough).all()
    assert not syringes_enough(start._replace(syringes=0.0 * needed), p).any()


def test_an_outlook_tells_of_bounds_that_more_than_a_few_futures_meet():
    shares = {flag.code: flag.share for flag in ready().outlook().flags}
    assert shares["supply-at-bound"] >= RARE
    assert all(share >= RARE for code, share in shares.items() if code in CODES)
    assert "building-at-bound" not in shares
