"""By how much a fund's renewal would have to be likelier, so that time for the long view pays: found where it must be."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from longview.choose import with_money
from longview.results import Choice, Portfolio
from longview.verbs.dilemma import Table
from longview.verbs.futures import prepare
from longview.verbs.lift import Lift

FUTURES, YEARS = 48, 3


@pytest.fixture(scope="module", autouse=True)
def _numpy():
    """Few futures: NumPy is done before JAX has compiled, and the source is the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("longview.verbs.futures.engine", lambda: "numpy")
        yield


def hanging_on(program, chance: float):
    """The program where one grant pays for everything, ends within a year, and is renewed with that chance."""
    grant = next(f for f in program.funds if f.id == "settlement")
    only = replace(
        grant, amount=Decimal(720_000), first=program.starts, last=program.starts.plus(11), chance_of_renewal=chance,
        pays="advance", every=1, may_pay=(), never_pays=(), received=Decimal(0), opening_balance=Decimal(0), fee=0.0,
    )  # fmt: skip
    own = [f for f in program.funds if f.origin == "own"]
    nobody = {"paid_by": ()}
    return replace(
        program,
        funds=(only, *own),
        posts=tuple(replace(post, **nobody) for post in program.posts),
        costs=tuple(replace(cost, **nobody) for cost in program.costs),
        free_cash=Decimal(20_000),
        budget=(), deliverables=(), accounts=(),
    )  # fmt: skip


def searched(program, futures: int = FUTURES):
    table = Table(program, prepare(with_money(program, YEARS), years=YEARS, futures=2 * futures), 20_000.0, futures)
    done = {"a": (), "b": (Choice("protected-time", 1.0, program.starts),), "keep": ()}
    money = table.kept(20_000.0).choices
    return Lift(table, {who: Portfolio(who, (*choices, *money)) for who, choices in done.items()}).found()


def test_where_all_hangs_on_one_renewal_a_rise_of_its_chance_repays_the_hours(program):
    found = searched(hanging_on(program, 0.2))
    assert found.alone.middle < 0.0, "hours alone cost more than they win back"
    assert found.turn is not None
    _, turn = found.turn
    assert (turn.key, turn.kind, turn.above, turn.checked) == ("lift:settlement", "lift", "b", True)
    assert 0.0 < turn.at < found.most
    assert turn.close[0] <= turn.at <= turn.close[1]
    assert turn.now.low < turn.now.middle < turn.now.high < 0.5


def test_where_no_renewal_is_in_doubt_no_rise_repays_them_and_it_is_told_that_none_was_tried(program):
    found = searched(hanging_on(program, 1.0), futures=4)
    assert found.turn is None
    assert found.fund is None or found.most == 0.0


def test_where_the_fund_is_too_small_to_matter_what_was_tried_is_told(program):
    funds = tuple(
        replace(f, chance_of_renewal=0.5 if f.id == "city" else None if f.origin == "own" else 1.0)
        for f in program.funds
    )
    found = searched(replace(program, funds=funds), futures=6)
    assert found.turn is None
    assert found.fund is not None
    assert (found.fund.id, found.most) == ("city", 0.3)


def test_a_rise_reaches_the_simulation_and_none_changes_nothing(program):
    made = hanging_on(program, 0.2)
    table = Table(made, prepare(with_money(made, YEARS), years=YEARS, futures=12), 20_000.0, 6)
    lift = Lift(table, {who: table.kept(20_000.0) for who in ("a", "b", "keep")})
    plain = lift._unlifted(table.shown)["b"]
    fund = lift.unsure()
    raised = [lift._lifted(fund, rise, table.shown) for rise in (0.0, 0.3, 0.79)]
    assert np.array_equal(raised[0], plain)
    assert raised[2].mean() > raised[1].mean() >= plain.mean() - 1e-6
