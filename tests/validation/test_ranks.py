"""Ranks, their correlations and best sets: against SciPy, against brute force, and at their edges."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.testing import assert_allclose, assert_array_equal
from scipy.stats import kendalltau, rankdata, spearmanr

from longview.validation.ranks import best_set, every_set, kendall, per_cost, ranks, spearman

SMALL = st.integers(-3, 3)


def test_the_highest_is_first_and_ties_share_the_mean_of_their_ranks() -> None:
    assert_array_equal(ranks(np.asarray([5.0, 9.0, 5.0, 1.0])), [2.5, 1.0, 2.5, 4.0])


@given(arrays(np.int64, (6, 2), elements=SMALL))
def test_ranks_are_scipys_from_the_other_end(values: np.ndarray) -> None:
    assert_array_equal(ranks(values), np.stack([rankdata(-column) for column in values.T], axis=1))


@given(arrays(np.int64, (2, 7), elements=SMALL).filter(lambda x: (np.ptp(x, axis=1) > 0).all()))
def test_correlations_are_scipys(pair: np.ndarray) -> None:
    one, other = pair.astype(float)
    assert_allclose(spearman(one, other), spearmanr(one, other).statistic, atol=1e-12)
    assert_allclose(kendall(one, other), kendalltau(one, other).statistic, atol=1e-12)


def test_the_same_order_is_one_and_its_reverse_is_minus_one() -> None:
    one = np.asarray([3.0, 1.0, np.inf, 2.0])
    assert spearman(one, one) == pytest.approx(1.0)
    assert kendall(one, -one) == pytest.approx(-1.0)


def test_where_all_tie_there_is_no_correlation() -> None:
    assert np.isnan(spearman(np.ones(4), np.arange(4.0)))
    assert np.isnan(kendall(np.ones(4), np.arange(4.0)))


def test_what_is_free_is_first_if_it_does_good_and_last_if_it_does_harm() -> None:
    benefit = np.asarray([10.0, 1.0, 0.0, -1.0, 5.0])
    cost = np.asarray([2.0, 0.0, 0.0, -3.0, -1.0])
    assert_array_equal(per_cost(benefit, cost), [5.0, np.inf, 0.0, -np.inf, np.inf])
    assert_array_equal(ranks(per_cost(benefit, cost)), [3.0, 1.5, 4.0, 5.0, 1.5])


def test_every_set_is_there_once_and_none_holds_what_excludes_each_other() -> None:
    names = ("a", "b", "c")
    found = every_set(names, (0.5, 1.0), [frozenset({"a", "c"})])
    wanted = {s for s in itertools.product((0.0, 0.5, 1.0), repeat=3) if not (s[0] and s[2])}
    assert set(found) == wanted
    assert len(found) == len(wanted)
    assert found[0] == (0.0, 0.0, 0.0)


@given(arrays(np.int64, (9, 4), elements=st.integers(0, 9)), arrays(np.int64, 9, elements=st.integers(0, 9)), SMALL)
def test_the_best_set_is_that_of_brute_force(benefit: np.ndarray, cost: np.ndarray, budget: int) -> None:
    money = np.repeat(cost[:, None], 4, axis=1).astype(float)
    money[0] = 0.0
    limit = abs(budget) * 2.0
    found = best_set(benefit.astype(float), money, limit)
    best = (-1.0, 0.0, 0)
    for i in range(9):
        if money[i, 0] <= limit:
            best = max(best, (benefit[i].mean(), -money[i, 0], -i))
    assert found.which == -best[2]
    within = [i for i in range(9) if money[i, 0] <= limit]
    wins = [all(benefit[found.which, f] >= benefit[i, f] for i in within) for f in range(4)]
    assert found.chance == pytest.approx(np.mean(wins))


def test_where_nothing_can_be_afforded_it_says_so() -> None:
    with pytest.raises(ValueError, match="doing nothing"):
        best_set(np.ones((1, 2)), np.ones((1, 2)), 0.5)
