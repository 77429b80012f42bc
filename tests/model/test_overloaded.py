"""When a run is told to be overloaded: load at its most, or so much of it, or so many crises, that nearly all would burn out."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from longview.model.bounds import load, overloaded

P = {
    "visit_sharpness": np.array([4.0]),
    "burnout_worker": np.array([0.5]),
    "burnout_load_slope": np.array([0.06]),
    "burnout_fire_slope": np.array([2.0]),
    "fire_hours_share": np.array([0.1]),
}


def told(
    turned_away: float, fires: float, today: float | None = None, closed: float = 0.0, filled: float = 2.0
) -> bool:
    """One future, two months: a quiet one as today, then the one asked about."""
    series: dict[str, Any] = {
        "turned_away": np.array([[0.1, turned_away]]),
        "fires": np.array([[0.1, fires]]),
        "closed": np.array([[0.0, closed]]),
        "posts_filled": np.array([[2.0, filled]]),
    }
    began: Any = SimpleNamespace(load=load(np.array([[0.1 if today is None else today]]), P["visit_sharpness"])[:, 0])
    return bool(overloaded(series, began, P)[0])


@pytest.mark.parametrize(("fires", "over"), [(0.1, False), (0.335, False), (0.345, True), (0.8, True)])
def test_crises_tell_once_nearly_all_would_burn_out(fires: float, over: bool) -> None:
    # half are burnt out today; at 2 to one, 24 points more of hours on crises make it 98 in 100
    assert told(0.1, fires) is over


@pytest.mark.parametrize(("times", "over"), [(1.0, False), (1.79, False), (1.81, True)])
def test_load_tells_once_nearly_all_would_burn_out(times: float, over: bool) -> None:
    # six points for each tenth of load more than today: 48 points at 1.8 times today's
    today = load(np.array([[0.1]]), P["visit_sharpness"])[0, 0]
    wanted = (1.0 + (times * today) ** 4.0) ** (-1.0 / 4.0)
    assert told(1.0 - wanted, 0.1) is over


def test_a_load_beyond_what_tells_anything_is_told_whatever_it_does_to_people() -> None:
    assert told(0.81, 0.1, today=0.81)
    assert not told(0.79, 0.1, today=0.79)


def test_a_program_closed_or_without_anybody_is_not_overloaded() -> None:
    assert not told(0.99, 0.9, closed=1.0)
    assert not told(0.99, 0.9, filled=0.0)
    assert told(0.99, 0.9)
