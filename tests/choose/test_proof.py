"""The choice proves itself: on small random programs it equals the exhaustive optimum of an independent checker."""

from __future__ import annotations

from dataclasses import replace

import checker
import numpy as np
import pytest
from choose_made import GIVEN, MONTHS, ROUNDS, made, made_values

from longview.choose import Budget, NothingAffordableError, Space, choose, offer
from longview.results import Choice, Portfolio


def as_portfolio(program, held):
    start = {a.option.id: a.start for a in offer(program, MONTHS).axes}
    return Portfolio("x", tuple(Choice(n, x, start[n]) for n, x in held.items()))


def held(portfolio):
    return {c.option: c.level for c in portfolio.choices}


def exhaustive(program, evaluate):
    """Best mean life-years over every portfolio that the checker allows, and all that it allows."""
    money = checker.Money(program, MONTHS, GIVEN)
    today = {k: v[0] for k, v in evaluate([Portfolio("t")], ROUNDS.fresh)["closing"].items()}
    allowed, best = [], None
    for portfolio in checker.every_portfolio(program, MONTHS):
        if not checker.keeps_floor(program, portfolio, money) or not money.affordable(portfolio):
            continue
        allowed.append(portfolio)
        run = evaluate([as_portfolio(program, portfolio)], ROUNDS.fresh)["closing"]
        values = {k: v[0] for k, v in run.items()}
        if checker.danger(values, today, program) and (best is None or values["life_years"].mean() > best):
            best = values["life_years"].mean()
    return allowed, best


def prove(seed):
    program, evaluate = made(seed), made_values(seed)
    allowed, best = exhaustive(program, evaluate)
    try:
        decision = choose(program, evaluate, months=MONTHS, given=GIVEN, rounds=ROUNDS)
    except NothingAffordableError:
        assert best is None
        return None
    assert best is not None
    assert decision.method == "enumerated"
    assert decision.affordable == len(allowed)
    assert decision.considered == sum(1 for _ in checker.every_portfolio(program, MONTHS))
    answers = [decision.portfolio, *(a.portfolio for a in decision.alternatives)]
    assert all(held(p) in allowed for p in answers)
    years = decision.comparison.values["closing"]["life_years"]
    assert years[decision.pick].mean() == pytest.approx(best, abs=1e-9)
    return decision


@pytest.mark.parametrize("block", range(5))
def test_the_pick_is_the_exhaustive_optimum_and_no_answer_breaks_a_rule(block):
    found = [prove(seed) for seed in range(block * 12, block * 12 + 12)]
    assert any(d is not None and d.portfolio.choices for d in found)


@pytest.mark.slow
@pytest.mark.parametrize("block", range(25))
def test_the_pick_is_the_exhaustive_optimum_on_five_hundred_programs(block):
    for seed in range(1000 + block * 20, 1020 + block * 20):
        prove(seed)


def test_search_comes_close_to_enumeration_and_says_that_it_searched(capsys):
    gaps, runs = [], []
    for seed in range(40):
        program, evaluate = made(seed, options=6), made_values(seed)
        try:
            whole = choose(program, evaluate, months=MONTHS, given=GIVEN, rounds=ROUNDS)
        except NothingAffordableError:
            continue
        if whole.affordable < 60:
            continue
        few = replace(ROUNDS, most=whole.affordable // 2)
        part = choose(program, evaluate, months=MONTHS, given=GIVEN, rounds=few)
        assert part.method == "searched"
        best = whole.score["closing"].middle
        gaps.append((best - part.score["closing"].middle) / max(abs(best), 1.0))
        runs.append(part.affordable / whole.affordable)
    with capsys.disabled():
        print(
            f"\n  search against enumeration, {len(gaps)} programs: mean gap {np.mean(gaps):.2%}, "
            f"worst {max(gaps):.2%}, portfolios run {np.mean(runs):.0%}"
        )
    assert len(gaps) >= 8
    assert min(gaps) >= -1e-9
    assert np.mean(gaps) < 0.01


def test_the_count_of_affordable_portfolios_needs_few_linear_programs():
    program = made(3)
    space = Space(program, offer(program, MONTHS), Budget(program, MONTHS, GIVEN))
    rows = space.enumerate(10_000)
    assert rows is not None
    assert space.asked < space.offer.count()


def test_counting_by_cuts_and_dominance_equals_asking_one_by_one():
    mixed = 0
    for seed in range(30):
        program = made(seed, options=6)
        space = Space(program, offer(program, MONTHS), Budget(program, MONTHS, GIVEN))
        rows = space.enumerate(10_000)
        whole = np.array(np.unravel_index(np.arange(np.prod(space.sizes)), space.sizes)).T
        whole = whole[space.offer.allowed(whole) & space.keeps_floors(whole)]
        if not 0 < len(rows) < len(whole):
            continue
        mixed += 1
        asked = [row for row in whole if space.budget.affordable(space.extra(row))]
        assert {r.tobytes() for r in rows} == {r.tobytes() for r in asked}
        if mixed == 8:
            return
    pytest.fail("too few programs with both kinds of portfolios")
