"""What a dilemma is told by: the usual sum, what a worker would have to be worth, hours won back, and who comes first."""

from __future__ import annotations

import numpy as np
import pytest

from longview.choose import repaid, worth
from longview.choose.dilemma import said_sum
from longview.program import Month
from longview.results import Comparison, Portfolio
from longview.results.dilemma import first

FUTURES = 500


def comparison(**outcomes: list[np.ndarray]) -> Comparison:
    values = {name: np.array(rows, dtype=float) for name, rows in outcomes.items()}
    rows = tuple(Portfolio(name) for name in ("today", "a", "b", "keep"))
    return Comparison(rows, Month(2024, 1), 60, "USD", {"open": values, "closing": values}, np.zeros(4))


def level(value: float, spread: float = 0.0, seed: int = 1) -> np.ndarray:
    noise = np.random.default_rng(seed).normal(size=FUTURES)
    return value + spread * (noise - noise.mean())


@pytest.mark.parametrize(
    ("money", "said"), [(23_970, 25_000), (3_100, 3_000), (996, 1_000), (54_000, 50_000), (0, 1_000), (1.4e6, 1.5e6)]
)
def test_sums_are_rounded_to_what_people_say(money, said):
    assert said_sum(money) == said


def test_a_worker_would_have_to_be_worth_the_life_years_over_the_years_kept():
    lives = [level(0), level(30, 10), level(10, 10, 2), level(0)]
    kept = [level(20), level(20, 1, 3), level(22, 1, 4), level(20)]
    found = worth(comparison(life_years=lives, worker_years=kept))
    mean = (lives[1] - lives[2]).mean() / (kept[2] - kept[1]).mean()
    assert found.middle == pytest.approx(mean)
    assert found.middle == pytest.approx(10.0, rel=0.1)
    assert found.low < found.middle < found.high


@pytest.mark.parametrize("kept", [0.0, -2.0, 0.01])
def test_where_pay_keeps_nobody_or_may_keep_nobody_there_is_no_such_figure(kept):
    rows = [level(20), level(20, 1, 2), level(20 + kept, 1, 3), level(20)]
    assert worth(comparison(life_years=[level(0), level(30), level(10), level(0)], worker_years=rows)) is None


def test_hours_are_won_back_where_fires_fall_by_as_much_as_was_kept():
    fires = np.concatenate([np.full(100, 0.10), np.full(400, 0.25)])
    found = comparison(fires=[level(0.25), level(0.2), fires, level(0.25)])
    assert repaid(found, {"b": 0.1, "keep": 0.0}) == pytest.approx(0.2)
    assert repaid(found, {"b": 0.0, "keep": 0.0}) == 1.0
    assert repaid(found, {"b": 0.3, "keep": 0.0}) == 0.0


def test_first_is_only_who_leads_every_other_beyond_doubt():
    assert first(comparison(life_years=[level(0), level(30, 5), level(10, 5, 2), level(0)]), "open") == "a"
    assert first(comparison(life_years=[level(0), level(30, 40), level(10, 40, 2), level(0)]), "open") is None
    assert first(comparison(life_years=[level(0), level(-9, 1), level(-9, 1, 2), level(0)]), "open") == "keep"
    assert first(comparison(life_years=[level(0), level(30), level(30), level(0)]), "open") is None
