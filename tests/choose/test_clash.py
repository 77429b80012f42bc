"""What is said of floors: whose money would have paid for them, and that a living wage is taken as stated."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal as D

import pytest
from choose_made import GIVEN, MONTHS, ROUNDS, made_values, small

from longview.choose import Budget, NothingAffordableError, choose

FLOOR = {"living_wage": D("19.50"), "living_wage_by": 2024}


def best(program):
    return choose(program, made_values(4), months=MONTHS, given=GIVEN, rounds=ROUNDS)


def flags(program):
    return {flag.code: flag.detail for flag in best(program).flags}


def test_a_living_wage_is_said_to_be_as_stated_where_there_is_such_a_floor_and_only_there():
    assert flags(small(run_short=1.0, **FLOOR))["living-wage-as-stated"] == "19.50"
    assert "living-wage-as-stated" not in flags(small(run_short=1.0))
    assert "living-wage-as-stated" not in flags(small(run_short=1.0, living_wage=D("19.50")))


@pytest.mark.parametrize("lead", [0, 5])
def test_a_clash_names_the_funds_that_may_pay_what_is_lacking_and_no_other(lead):
    program = small(run_short=1.0, free_cash=D(10000), **FLOOR)
    poor = replace(program.funds[0], amount=D(20000))
    options = tuple(replace(o, lead_months=lead) if o.id == "raise" else o for o in program.options)
    with pytest.raises(NothingAffordableError) as nothing:
        best(replace(program, funds=(poor, *program.funds[1:]), options=options))
    assert nothing.value.clash.funds == ("state",)
    assert nothing.value.clash.cheapest == "raise=2"


def test_how_often_today_breaks_the_reserve_is_told_of_today_itself():
    program = small(run_short=0.05, free_cash=D(900000))
    decision = best(program)
    said = next(flag for flag in decision.flags if flag.code == "today-breaks-reserve")
    short = decision.comparison.values["closing"]["short"].mean(axis=1)
    assert said.share == short[0]
    assert said.detail == "0.05"


def test_money_that_today_lacks_is_told_with_the_month_from_which_it_lacks():
    poor = small(funds=small().funds[1:], run_short=1.0)
    said = flags(poor)["today-lacks-money"]
    budget = Budget(poor, MONTHS, GIVEN)
    first = next(t for t in range(MONTHS) if budget.relief[t] > 0)
    assert said == f"{round(budget.relief.sum())} USD, from {poor.starts.plus(first)}"
    assert first > 0
