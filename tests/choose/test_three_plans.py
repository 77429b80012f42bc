"""The same choice on other money: what is cut, what is asked for, what stands whatever happens; and what would settle it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal as D

import numpy as np
import pytest
from choose_made import GIVEN, MONTHS, ROUNDS, STARTS, made, made_values, small

from longview.choose import a_year, after_cut, after_grant, asks_on, choose, in_common, offer, usual_ask, with_gift
from longview.choose.settle import worth_knowing
from longview.program import Fund, Month, Option, with_asks
from longview.results import Choice, Portfolio

BRIEF = replace(ROUNDS, finalists=6, each=0)


def asking(**change):
    """The small program with a grant that comes only if it is asked for."""
    program = small(**change)
    grant = Fund(
        "grant", "A grant", "private", D(60000), STARTS, Month(2024, 12), status="applied", chance_of_award=0.3
    )
    ask = Option("ask", "Ask for the grant", "ask", fund="grant")
    return with_asks(replace(program, funds=(*program.funds, grant), options=(*program.options, ask)))


def test_a_cut_takes_the_same_share_of_every_fund_and_leaves_what_is_in_hand():
    program = asking()
    less = after_cut(program)
    for now, then in zip(program.funds, less.funds, strict=True):
        assert then.amount - then.received == (now.amount - now.received) * D("0.7")
        assert then.opening_balance == now.opening_balance
    assert less.free_cash == program.free_cash
    assert a_year(less, GIVEN) == pytest.approx(0.7 * a_year(program, GIVEN))


def test_a_grant_comes_for_certain_only_where_it_was_asked_for():
    program = asking()
    asks = asks_on(offer(program, MONTHS))
    assert asks == ("ask",)
    sure = after_grant(program, asks)
    assert [f.chance_of_award for f in sure.funds if f.asked_by] == [1.0]
    assert a_year(sure, GIVEN) == a_year(program, GIVEN), "not counted before it is asked for"
    assert a_year(sure, GIVEN, asks) == pytest.approx(a_year(program, GIVEN) + 30000)


def test_where_nothing_is_asked_for_a_sum_that_people_say_stands_in():
    program = small()
    asked = usual_ask(program, GIVEN)
    assert asked in {s * 10**p for s in (1, 2, 2.5, 5) for p in range(3, 6)}
    assert 0.06 < asked / a_year(program, GIVEN) < 0.15
    assert a_year(with_gift(program, asked), GIVEN) == pytest.approx(a_year(program, GIVEN) + asked)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_what_must_be_held_is_held_and_the_rest_is_chosen_as_before(seed):
    program = asking(run_short=1.0)
    values = made_values(seed)
    decision = choose(program, values, months=MONTHS, given=GIVEN, rounds=BRIEF, held=("ask",))
    assert decision.portfolio.level("ask") == 1
    free = choose(program, values, months=MONTHS, given=GIVEN, rounds=BRIEF)
    if free.portfolio.level("ask"):
        assert free.portfolio == decision.portfolio


@pytest.mark.parametrize("seed", range(4))
def test_a_search_that_begins_nearby_keeps_every_rule(seed):
    program = replace(made(seed, 5), run_short=1.0, living_wage_by=None)
    few = replace(BRIEF, most=12)
    everything = choose(program, made_values(seed), months=MONTHS, given=GIVEN, rounds=ROUNDS)
    less = after_cut(program)
    near = [everything.portfolio]
    found = choose(less, made_values(seed), months=MONTHS, given=GIVEN, rounds=few, near=near)
    whole = choose(less, made_values(seed), months=MONTHS, given=GIVEN, rounds=BRIEF)
    assert found.score["closing"].middle <= whole.score["closing"].middle + 1e-9 or found.portfolio == whole.portfolio
    assert found.alternatives == () == found.switching


@pytest.mark.parametrize("seed", range(3))
def test_every_option_on_offer_has_its_row_or_a_reason(seed):
    program = replace(made(seed), run_short=0.6, living_wage_by=None)
    decision = choose(program, made_values(seed), months=MONTHS, given=GIVEN, rounds=ROUNDS)
    told = {a.option for a in decision.alternatives} | set(decision.unmatched) | set(decision.refused)
    assert told == {o.id for o in program.options}
    for other in decision.alternatives:
        assert bool(other.portfolio.level(other.option)) is (other.forced == "in")
        assert bool(decision.portfolio.level(other.option)) is (other.forced == "out")


def test_what_all_plans_share_is_at_its_least_and_latest():
    one = Portfolio("one", (Choice("a", 3, Month(2023, 1)), Choice("b", 1, Month(2023, 1))))
    two = Portfolio("two", (Choice("a", 2, Month(2023, 4)),))
    assert in_common([one, two]) == (Choice("a", 2, Month(2023, 4)),)
    assert in_common([one, Portfolio("none")]) == ()


def test_knowing_is_worth_something_only_where_it_changes_the_pick():
    draw = np.random.default_rng(3)
    figures = {f"noise-{i}": draw.normal(size=800) for i in range(30)} | {"turns": draw.normal(size=800)}
    moves = draw.normal(size=800)
    leads = np.stack([-1.0 + 4.0 * figures["turns"] + draw.normal(size=800), -30.0 + 3.0 * moves])
    worths = worth_knowing({**figures, "moves": moves}, leads)
    assert [key for key, (worth, _) in worths.items() if worth > 0] == ["turns"]
    worth, changes = worths["turns"]
    assert worth == pytest.approx(float(np.maximum(-1.0 + 4.0 * figures["turns"], 0).mean()), rel=0.15)
    assert changes == pytest.approx(float(np.mean(4.0 * figures["turns"] > 1)), abs=0.06)
