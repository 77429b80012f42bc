"""What was promised to a funder is not given up for a gain: such a plan is passed over, and that is told."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal as D

from choose_made import GIVEN, MONTHS, ROUNDS, STARTS, made_values, small

from longview.choose import choose
from longview.program import Deliverable


def chosen(promises=None):
    program = replace(small(), free_cash=D(900000), run_short=1.0)
    promise = Deliverable(fund="state", measure="visits", at_least=100.0, by=STARTS.plus(5))
    program = replace(program, deliverables=(promise,))
    return choose(program, made_values(5), months=MONTHS, given=GIVEN, rounds=ROUNDS, promises=promises)


def less_with(option, by):
    return lambda portfolio: [0.9 - (by if portfolio.level(option) else 0.0)]


def codes(found):
    return {flag.code for flag in found.flags}


def test_a_pick_that_makes_a_promise_less_likely_gives_way_and_says_so():
    free = chosen()
    assert free.portfolio.choices, "or there would be nothing to give up"
    option = free.portfolio.choices[0].option
    held = chosen(less_with(option, 0.06))
    assert not held.portfolio.level(option)
    assert held.score["closing"].middle <= free.score["closing"].middle + 1e-9
    (flag,) = [flag for flag in held.flags if flag.code == "promise-less-likely"]
    assert flag.detail == "State (visits)"


def test_five_in_a_hundred_are_borne_and_what_the_model_does_not_tell_binds_nothing():
    free = chosen()
    option = free.portfolio.choices[0].option
    for promises in (less_with(option, 0.05), lambda portfolio: [None], lambda portfolio: [0.5]):
        same = chosen(promises)
        assert same.portfolio == free.portfolio
        assert "promise-less-likely" not in codes(same)


def test_where_plan_after_plan_endangers_a_promise_the_best_is_told_with_it(monkeypatch):
    free = chosen()
    monkeypatch.setattr("longview.choose.promises.PASSED_OVER", 2)
    told = chosen(lambda portfolio: [0.9 - (0.5 if portfolio.choices else 0.0)])
    assert told.portfolio == free.portfolio
    assert "promise-endangered" in codes(told)
    assert "promise-less-likely" not in codes(told)
