"""Laws of the steps of a search: each ends where nothing near helps, and buys nothing that brings nothing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal as D

import numpy as np
import pytest
from choose_made import GIVEN, MONTHS, made_values, small

from longview.choose import Budget, Space, offer
from longview.choose.feasible import one_changed
from longview.choose.judge import Danger, Judge
from longview.choose.search import Search, two_changed
from longview.program import Option, Price


def rich(*more: Option, prices: tuple[Price, ...] = ()):
    program = replace(small(), free_cash=D(900000), run_short=1.0)
    return replace(program, options=(*program.options, *more), prices=(*program.prices, *prices))


def searching(program, evaluate):
    space = Space(program, offer(program, MONTHS), Budget(program, MONTHS, GIVEN))
    judge = Judge(evaluate, space.offer, range(32))
    return Search(space, judge, Danger(1.0, False, 0.0), 10_000, 0.0, lambda share: None)


def nothing(search):
    return np.zeros(len(search.space.sizes), dtype=np.int64)


@pytest.mark.parametrize("seed", range(4))
def test_improving_ends_where_no_one_change_and_no_two_help(seed):
    search = searching(rich(), made_values(seed))
    row = search.improve(nothing(search))
    here = search._value(row[None, :])[0]
    near = np.concatenate([one_changed(row, search.space.sizes), two_changed(row, search.space.sizes)])
    assert here >= search._value(search._affordable(near)).max()
    assert here > 0


@pytest.mark.parametrize("per_cost", [False, True])
def test_building_up_ends_where_no_option_more_helps_and_adds_none_that_does_nothing(per_cost):
    values = made_values(5)

    def blind(portfolios, futures, tellings=("open", "closing")):
        seen = [replace(p, choices=tuple(c for c in p.choices if c.option != "dud")) for p in portfolios]
        return values(seen, futures, tellings)

    dud = Option("dud", "New curtains", "once")
    search = searching(rich(dud, prices=(Price("dud", "other", "once", D(1)),)), blind)
    row = search._greedy(nothing(search), per_cost)
    assert row[search.space.offer.ids.index("dud")] == 0
    more = one_changed(row, search.space.sizes)
    more = search._affordable(more[(more >= row).all(axis=1)])
    assert search._value(row[None, :])[0] >= search._value(more).max()


@pytest.mark.parametrize("seed", range(4))
def test_looking_around_tries_each_option_put_in_and_taken_out(seed):
    search = searching(rich(), made_values(seed))
    best = search.improve(nothing(search))
    search.found = {best.tobytes(): best}
    search.look_around()
    tried = np.array(list(search.found.values()))
    assert (((tried > 0) != (best > 0)).sum(axis=0) >= 2).all()
