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


def test_a_turn_holds_where_other_futures_show_it_and_not_where_they_show_none():
    x = np.random.default_rng(3).uniform(0, 1, FUTURES)
    gains = {"a": 20.0 * (x - 0.4) + noise(1), "b": np.zeros(FUTURES)}
    crossing = given({"x": x}, gains)[0].crossing
    y = np.random.default_rng(4).uniform(0, 1, FUTURES)
    assert holds(crossing, y, {"a": 20.0 * (y - 0.4) + noise(8), "b": np.zeros(FUTURES)})
    assert not holds(crossing, y, {"a": noise(8, 5.0), "b": np.zeros(FUTURES)})
    assert not holds(crossing, y, {"a": -20.0 * (y - 0.4) + noise(8), "b": np.zeros(FUTURES)})
