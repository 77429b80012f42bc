"""A figure stated at the edge of what it can be comes near that edge and never crosses its own best guess."""

from __future__ import annotations

import numpy as np
import pytest

from longview.evidence import load
from longview.evidence.families import APPROACH, within
from longview.program.types import Range

ENDS = np.array([0.05, 0.5, 0.95])


@pytest.mark.parametrize(
    ("stated", "taken"),
    [
        ((0.0, 0.5, 1.0), (0.01, 0.5, 0.99)),  # to a hundredth of the edge …
        ((0.0, 0.02, 0.5), (0.002, 0.02, 0.5)),  # … or a tenth of the way from it, where the best itself is nearer
        ((0.5, 0.96, 1.0), (0.5, 0.96, 0.996)),
        ((0.0, 0.0, 0.0), (0.001, 0.01, 0.01)),
        ((1.0, 1.0, 1.0), (0.99, 0.99, 0.999)),
    ],
)
def test_a_share_at_its_edge_is_taken_near_it(stated, taken):
    assert within("logitnormal", *stated) == pytest.approx(taken)
    row = load({"fatal_none": Range(*stated)})["fatal_none"]
    np.testing.assert_allclose(row.quantile(ENDS), taken, rtol=1e-9)


@pytest.mark.parametrize("best", [1e-6, 0.05, 1.0, 300.0])
def test_nothing_at_all_stands_lower_than_any_best(best):
    low, middle, high = within("lognormal", 0.0, best, best)
    assert low == pytest.approx(min(APPROACH, best / 10))
    assert low < middle == high == best


def test_a_ratio_that_may_be_no_effect_stays_above_one():
    assert within("above-one", 1.0, 1.05, 3.0) == pytest.approx((1.005, 1.05, 3.0))
    assert within("above-one", 1.0, 1.0, 3.0) == pytest.approx((1.001, 1.01, 3.0))


def test_what_has_no_edge_is_taken_as_stated():
    assert within("normal", -3.0, 0.0, 2.0) == (-3.0, 0.0, 2.0)
    assert within("uniform", 0.0, 6.0, 12.0) == (0.0, 6.0, 12.0)


def test_a_share_known_to_be_all_but_nothing_or_all_but_everything_can_still_be_drawn():
    for stated, taken in ((1e-15, 1e-9), (1 - 1e-15, 1 - 1e-9)):
        assert within("logitnormal", stated, stated, stated) == pytest.approx((taken, taken, taken), rel=1e-12)
    assert within("above-one", 1 + 1e-15, 1 + 1e-15, 2.0)[0] == pytest.approx(1 + 1e-9, rel=1e-12)


def test_a_share_lies_below_anything_past_one_and_above_anything_under_nothing():
    beta = next(row for row in load().rows.values() if row.dist == "beta")
    for row in (beta, load()["od_witnessed"]):
        np.testing.assert_array_equal(row.cdf(np.array([-0.5, 0.0, 1.0, 1.5])), [0, 0, 1, 1])


def test_the_evidence_knows_which_keys_it_holds():
    assert "hire_months" in load()
    assert "hire_month" not in load()
