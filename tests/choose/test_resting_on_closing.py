"""An answer rests on closing only where the danger of closing, and nothing else, puts a plan that does more in second place."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from choose_made import GIVEN, MONTHS, ROUNDS, small

from longview.choose import choose
from longview.program import Deliverable, Month

PROGRAM = replace(
    small(), run_short=1.0, deliverables=(Deliverable("state", "visits", 100, Month(2023, 1), Month(2023, 12)),)
)


def chosen(kits: tuple[float, float], promises=None):
    """The choice where kits bring so many life-years while we stay open, and with the danger of closing; all else brings none."""

    def evaluate(portfolios, futures, tellings=("open", "closing")):
        out = {}
        for telling in tellings:
            worth = kits[telling == "closing"]
            years = np.array([[worth * (p.level("more-kits") > 0) - 0.001 * len(p.choices)] for p in portfolios])
            rows = np.broadcast_to(years, (len(portfolios), len(futures))).copy()
            names = ("deaths", "ran_out", "short", "closed", "free_cash", "spending")
            out[telling] = {"life_years": rows, **{name: np.zeros_like(rows) for name in names}}
        return out

    return choose(PROGRAM, evaluate, months=MONTHS, given=GIVEN, rounds=ROUNDS, promises=promises)


@pytest.mark.parametrize(("kits", "rests"), [((40.0, -0.0005), True), ((0.1, -0.0005), False), ((40.0, 40.0), False)])
def test_it_rests_on_closing_where_another_plan_does_more_while_we_stay_open(kits, rests):
    assert chosen(kits).rests_on_closing is rests


def test_a_plan_passed_over_for_a_promise_says_nothing_of_closing():
    broken = chosen((40.0, 40.0), promises=lambda portfolio: [0.0 if portfolio.level("more-kits") else 1.0])
    assert not broken.portfolio.level("more-kits")
    assert not broken.rests_on_closing
