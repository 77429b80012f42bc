"""Sides of a dilemma are sized to the same money, never ahead of it, and never past what a lever can be."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal as D

import numpy as np
import pytest
from choose_made import GIVEN, made, small
from hypothesis import given, settings
from hypothesis import strategies as st

from longview.choose import Budget, Sizing, Space, candidates, missing, money_in, offer, usual_money, with_money
from longview.choose.sides import BUILDING, LETTER, SUPPLIES, WAGES, leading, side_name
from longview.choose.sizing import money_option
from longview.program import Effect, Option, Price, levers

YEARS = 3


def sizing(program, years=YEARS):
    on_offer = offer(program, 12 * years, tuple(o.id for o in program.options))
    return Sizing(program, on_offer.axes, 12 * years, GIVEN), on_offer


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    money=st.floats(100, 300_000),
    price=st.floats(0.25, 4.0),
    order=st.randoms(),
    years=st.integers(1, 4),
)
def test_what_is_spent_and_what_is_kept_is_the_money_to_the_dollar(seed, money, price, order, years):
    program = made(seed)
    size, on_offer = sizing(program, years)
    ids = list(on_offer.ids)
    order.shuffle(ids)
    side = size.size(ids, money, price=price)
    assert sum(side.spent) + side.kept == pytest.approx(money * years, abs=1.0)
    ahead = np.cumsum(size.cost(side.choices)) * price - money * (1 + np.arange(12 * years) // 12)
    assert ahead.max() <= 0.5, "money is never spent before it is in hand (bills are whole cents)"
    held = {c.option for c in side.choices}
    for choice in side.choices:
        axis = next(a for a in on_offer.axes if a.option.id == choice.option)
        assert choice.start >= axis.start
        assert choice.level >= axis.levels[1] - 1e-9
        assert set(axis.option.requires) <= held
        assert not set(axis.option.excludes) & held
        for effect in (e for e in program.effects if e.option == choice.option and e.op != "set"):
            low, high = levers()[effect.lever].low, levers()[effect.lever].high
            reached = effect.value * choice.level if effect.op == "add" else effect.value**choice.level
            assert low - 1e-6 <= reached <= high + 1e-6


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_a_cost_is_what_planned_money_says_of_the_same_options(seed):
    program = made(seed)
    size, on_offer = sizing(program)
    space = Space(program, on_offer, Budget(program, 12 * YEARS, GIVEN))
    random = np.random.default_rng(seed)
    picks = np.array([random.integers(0, len(axis.levels)) for axis in on_offer.axes])
    assert size.cost(on_offer.portfolio(picks).choices).sum() == pytest.approx(space.cost(picks), abs=0.01)


def test_more_money_never_buys_a_smaller_first_option():
    size, _ = sizing(small())
    levels = [
        max((c.level for c in size.size(["more-kits"], m).choices), default=0.0) for m in (1e3, 5e3, 1e4, 5e4, 2e5)
    ]
    assert levels == sorted(levels)
    assert levels[0] == 0.0, "less than the least that the files give is not done"
    assert levels[-1] > 50, "past the files' most, where the money allows it"
    assert size.size(["more-kits"], 2e5).beyond
    assert not size.size(["more-kits"], 5e3).beyond


def test_a_roof_starts_when_the_money_saved_pays_for_it():
    program = small(prices=(Price("roof", "building", "once", D(25000)),))
    size, _ = sizing(program)
    at_once = size.size(["roof"], 30_000).choices[0]
    waited = size.size(["roof"], 13_500).choices[0]
    assert at_once.start == program.starts
    assert waited.start == program.starts.plus(12)
    assert size.size(["roof"], 5_000).choices == (), "it cannot be had within these years"


def test_a_level_that_was_named_is_not_passed():
    size, _ = sizing(small())
    side = size.size(["more-kits"], 2e5, most={"more-kits": 20.0})
    assert side.choices[0].level == pytest.approx(20.0)
    assert side.kept > 0


def test_what_costs_nothing_is_done_at_its_least_and_all_is_kept():
    program = small(
        options=(Option("time", "Time for planning", "level", least=1, most=4, step=1),),
        effects=(Effect("time", "protected", "add", 0.05),),
        prices=(),
    )
    size, _ = sizing(program)
    side = size.size(["time"], 1000.0)
    assert [c.level for c in side.choices] == [1.0]
    assert side.kept == 3000.0


def test_free_money_comes_once_at_the_start_of_each_plan_year():
    program = with_money(small(), 3)
    size, _ = sizing(program)
    come = money_in(program, [100.0, 200.0, 300.0])
    path = size.done(come, "cash_in")
    assert path[[0, 12, 24]].tolist() == [100.0, 200.0, 300.0]
    assert path.sum() == 600.0
    assert with_money(program, 3) is program, "never twice"


def test_money_below_nothing_is_taken_from_the_years_before():
    come = {c.option: c.level for c in money_in(small(), [100.0, 100.0, -150.0])}
    assert come == {money_option(0): 50.0}


def test_a_tenant_has_no_building_side_and_is_told_why():
    owned = small()
    leased = replace(owned, sites=(replace(owned.sites[0], premises="leased", landlord_repairs=True),))
    assert candidates(owned, offer(owned, 36), BUILDING) == ("roof",)
    assert candidates(leased, offer(leased, 36), BUILDING) == ()
    assert "landlord" in missing(leased, BUILDING)


def test_a_side_is_made_of_what_raises_its_lever_and_is_lawful():
    cut = small(effects=(Effect("raise", "wage", "multiply", 0.9),))
    assert candidates(cut, offer(cut, 36), WAGES) == ()
    unclear = small(options=tuple(replace(o, lawful="unclear") for o in small().options))
    for a, b in LETTER.values():
        assert candidates(unclear, offer(unclear, 36, ("roof", "raise", "more-kits", "fill")), a) == ()
        assert candidates(unclear, offer(unclear, 36, ("roof", "raise", "more-kits", "fill")), b) == ()


def test_the_usual_money_is_a_sum_that_people_say():
    money = usual_money(small(), GIVEN)
    spending = sizing(small(), 1)[0]._today.sum() + 12_000
    assert 0.045 * spending < money < 0.08 * spending
    assert money == float(f"{money:.2g}")


def test_a_level_starts_as_soon_as_it_can_where_waiting_buys_nothing():
    program = small()
    for money in (9_000.0, 12_345.67, 20_000.0):
        side = sizing(program)[0].size(["raise"], money)
        assert [choice.start for choice in side.choices] == [program.starts]


def test_of_pay_what_raises_it_comes_before_what_else_keeps_people():
    cover = Option("cover", "Health cover", "yes-no")
    program = small(
        options=(cover, *small().options), effects=(Effect("cover", "benefits", "add", 1.0), *small().effects)
    )
    assert set(candidates(program, offer(program, 36), WAGES)) == {"cover", "raise"}
    assert leading(program, WAGES, ("cover", "raise")) == ("raise", "cover")
    assert leading(program, WAGES, ("raise", "cover")) == ("raise", "cover")
    assert leading(program, SUPPLIES, ("cover", "raise")) == ("cover", "raise"), "no theme but pay has a leader"


def test_a_side_that_waits_for_its_money_says_so():
    program = small(prices=(Price("roof", "building", "once", D(25000)),))
    size, on_offer = sizing(program)
    at_once, waits = (side_name(program, on_offer, size.size(["roof"], money).choices) for money in (30_000, 13_500))
    assert "once the money saved pays for it" in waits
    assert "saved" not in at_once
