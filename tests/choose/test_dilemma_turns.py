"""The search for turning points finds the one that was put there, and none where there is none."""

from __future__ import annotations

import numpy as np
import pytest

from longview.choose import along, given, holds

FUTURES = 400


def noise(seed: int, size: float = 1.0) -> np.ndarray:
    return np.random.default_rng(seed).normal(0.0, size, FUTURES)


def linear(slope: float, at: float, seed: int, values: np.ndarray) -> np.ndarray:
    return slope * (values[:, None] - at) + noise(seed)[None]


@pytest.mark.parametrize("at", [0.6, 1.3, 3.1])
def test_along_a_line_the_crossing_is_where_it_was_put(at):
    values = np.array([0.25, 0.5, 1.0, 2.0, 4.0])
    curves = {"a": linear(0.0, 0.0, 1, values), "b": -20.0 * (np.log(values) - np.log(at))[:, None] + noise(2)[None]}
    found = along(values, curves, 1.0)
    assert found is not None
    assert found.at == pytest.approx(at, rel=0.02)
    assert (found.below, found.above) == ("b", "a")
    assert found.close[0] <= found.at <= found.close[1]


def test_of_three_sides_the_nearest_change_of_who_is_first_is_found():
    values = np.array([0.25, 0.5, 1.0, 2.0, 4.0])
    x = np.log2(values)[:, None] + np.zeros((1, FUTURES))
    curves = {"a": 10.0 + 0 * x, "b": 10.0 - 8.0 * (x - 0.5), "keep": 10.0 + 8.0 * (x - 1.8)}
    found = along(values, curves, 1.0)
    assert (found.below, found.above) == ("b", "a")
    assert np.log2(found.at) == pytest.approx(0.5, abs=1e-9)


def test_where_no_side_overtakes_there_is_no_turn():
    values = np.array([0.25, 0.5, 1.0, 2.0, 4.0])
    curves = {"a": linear(1.0, 0.0, 1, values) + 5.0, "b": linear(1.0, 0.0, 1, values)}
    assert along(values, curves, 1.0) is None


def test_the_crossing_given_a_figure_is_found_among_many_that_do_nothing():
    random = np.random.default_rng(5)
    figures = {f"idle-{i}": random.lognormal(0, 0.5, FUTURES) for i in range(40)}
    figures["it"] = random.uniform(2.0, 6.0, FUTURES)
    gains = {"a": 10.0 * (figures["it"] - 3.0) + noise(6, 8.0), "b": np.zeros(FUTURES), "keep": np.full(FUTURES, -99.0)}
    found = given(figures, gains)
    assert [turn.key for turn in found] == ["it"]
    turn = found[0]
    assert turn.crossing.at == pytest.approx(3.0, abs=0.3)
    assert (turn.crossing.below, turn.crossing.above) == ("b", "a")
    assert turn.past == pytest.approx(0.25, abs=0.08)


def test_what_only_chance_ties_to_the_answer_is_no_turn():
    false = 0
    for seed in range(10):
        random = np.random.default_rng(seed)
        figures = {f"idle-{i}": random.normal(size=FUTURES) for i in range(60)}
        gains = {"a": random.normal(0.0, 30.0, FUTURES), "b": np.zeros(FUTURES)}
        false += bool(given(figures, gains, seed))
    assert false <= 3


def test_a_figure_that_never_changes_the_order_is_no_turn():
    x = np.random.default_rng(3).uniform(0, 1, FUTURES)
    assert given({"x": x, "fixed": np.ones(FUTURES)}, {"a": 50 + 10 * x + noise(1), "b": noise(2)}) == []


def made(seed: int, explains: float, beyond: float, futures: int = 900) -> tuple[dict, dict]:
    """A lead that follows one figure among 30 in a straight line, and noise with heavy ends; it turns at the figure's z."""
    random = np.random.default_rng(seed)
    figures = {f"idle-{i}": random.lognormal(0, 0.5, futures) for i in range(30)}
    figures["it"] = random.normal(size=futures)
    slope = 30.0 * np.sqrt(explains / (1.0 - explains))
    lead = slope * (figures["it"] - beyond) + 30.0 * random.standard_t(4, futures) / np.sqrt(2.0)
    return figures, {"a": lead, "b": np.zeros(futures)}


def told(seed: int, explains: float, beyond: float) -> list[str]:
    figures, gains = made(seed, explains, beyond)
    return [turn.key for turn in given(figures, gains, seed) if holds(turn.crossing, figures[turn.key], gains)]


def test_a_turn_that_is_there_is_mostly_told_and_one_that_is_not_hardly_ever():
    there = [told(seed, 0.05, -0.5) for seed in range(12)]
    none = [told(seed, 0.05, -9.0) for seed in range(12)]
    flat = [told(seed, 0.0, 0.0) for seed in range(12)]
    assert sum("it" in keys for keys in there) >= 9
    assert sum(bool(set(keys) - {"it"}) for keys in there) <= 2
    assert not any(none)
    assert sum(map(bool, flat)) <= 3


def test_a_turn_beyond_what_is_likely_is_not_told():
    assert "it" not in told(1, 0.3, 1.5)
    assert "it" in told(1, 0.3, 1.0)


def test_a_turn_holds_where_two_thirds_of_three_show_it_and_not_where_one_does():
    x = np.random.default_rng(3).uniform(0, 1, 600)
    right, wrong = 20.0 * (x - 0.4), -20.0 * (x - 0.4)
    crossing = given({"x": x}, {"a": right + noise(1)[0], "b": np.zeros(600)})[0].crossing
    third = np.arange(600) % 3

    def seen(*which: int) -> bool:
        return holds(crossing, x, {"a": np.where(np.isin(third, which), right, wrong), "b": np.zeros(600)})

    assert seen(0, 1, 2)
    assert seen(0, 2)
    assert not seen(1)
    assert not seen()
