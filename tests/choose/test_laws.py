"""Laws of choosing: what must not matter, what can only go one way, and what money may never pay."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal as D

import numpy as np
import pytest
from choose_made import GIVEN, MONTHS, ROUNDS, STARTS, made, made_values, small
from hypothesis import given, settings
from hypothesis import strategies as st

from longview.choose import Budget, NothingAffordableError, Space, choose, offer
from longview.choose.judge import spread_out
from longview.choose.money import HALF_A_CENT
from longview.program import Fund, LedgerLine, Option, Price, Records, fund_may_pay

SEEDS = st.integers(0, 10_000)


def space(program):
    return Space(program, offer(program, MONTHS), Budget(program, MONTHS, GIVEN))


def best(program, seed):
    return choose(program, made_values(seed), months=MONTHS, given=GIVEN, rounds=ROUNDS)


@settings(max_examples=12)
@given(SEEDS, st.randoms(use_true_random=False))
def test_the_order_of_options_and_rows_in_the_files_never_matters(seed, random):
    program = made(seed)
    options, effects, prices, posts = map(list, (program.options, program.effects, program.prices, program.posts))
    for rows in (options, effects, prices, posts):
        random.shuffle(rows)
    other = replace(program, options=tuple(options), effects=tuple(effects), prices=tuple(prices), posts=tuple(posts))
    try:
        one = best(program, seed)
    except NothingAffordableError:
        with pytest.raises(NothingAffordableError):
            best(other, seed)
        return
    two = best(other, seed)
    assert one.portfolio == two.portfolio
    assert (one.considered, one.affordable, one.refused) == (two.considered, two.affordable, two.refused)


@settings(max_examples=25)
@given(SEEDS)
def test_a_fund_that_may_pay_anything_never_makes_a_portfolio_unaffordable(seed):
    program = made(seed)
    rows = space(program).enumerate(100_000)
    gift = Fund("open", "Open", "private", D(20000), STARTS, STARTS.plus(11), chance_of_renewal=0.5)
    richer = space(replace(program, funds=(*program.funds, gift)))
    # What today's path lacks by itself is lent no more than before: it must not shrink the room that options have.
    richer.budget.relief[:] = space(program).budget.relief
    richer.budget._allocation = type(richer.budget._allocation)(richer.budget)
    assert richer.affordable(rows).all()


@settings(max_examples=25)
@given(SEEDS, st.integers(1, 50_000))
def test_more_money_never_makes_a_portfolio_unaffordable_nor_the_best_score_lower(seed, more):
    program = replace(made(seed), run_short=1.0, no_site_closed=False)
    richer = replace(program, free_cash=program.free_cash + D(more))
    rows = space(program).enumerate(100_000)
    assert rows is not None
    assert space(richer).affordable(rows).all()
    if len(rows):
        score = [best(p, seed).score["closing"].middle for p in (program, richer)]
        assert score[1] >= score[0] - 1e-9


@settings(max_examples=25)
@given(SEEDS)
def test_no_fund_ever_pays_what_its_strings_forbid_nor_more_than_it_holds(seed):
    program = made(seed)
    found = space(program)
    budget = found.budget
    rows = found.enumerate(100_000)
    for row in rows[:: max(1, len(rows) // 5)]:
        answer = budget.ask(found.extra(row))
        paid = {}
        for charges in (answer.today, answer.extra):
            for (k, n, t), money in charges.items():
                assert n in budget.kinds.funds[k]
                assert money <= budget.base[k, t] + found.extra(row).more[k, t] + HALF_A_CENT
                paid[n] = paid.get(n, 0.0) + money
        for n, money in paid.items():
            arrives = sum(sum(pot.inflow) for pot in budget.pots if pot.fund == n)
            assert money <= arrives + HALF_A_CENT * MONTHS


def test_a_supplies_grant_never_pays_a_roof():
    rich = Fund("kits", "Kits grant", "federal", D(900000), STARTS, STARTS.plus(23), may_pay=("supplies",))
    roof = Option("roof", "Mend the roof", "once")
    program = small(
        funds=(small().funds[0], rich, small().funds[2]),
        options=(roof,),
        prices=(Price("roof", "building", "once", D(45000)),),
    )
    assert not fund_may_pay(rich, "building")
    decision = best(program, 1)
    assert decision.portfolio.choices == ()
    assert decision.refused == {"roof": "not-affordable"}
    willing = replace(
        program, funds=(program.funds[0], replace(rich, may_pay=("supplies", "building")), program.funds[2])
    )
    assert best(willing, 1).portfolio.level("roof") == 1.0


def test_never_pays_wins_over_may_pay_and_a_line_that_names_funds_is_paid_by_no_other():
    grant = Fund(
        "g", "Grant", "private", D(90000), STARTS, None, every=12, may_pay=("place",), never_pays=("building",)
    )
    roof = Option("roof", "Mend the roof", "once")
    price = Price("roof", "building", "once", D(60000))
    program = small(funds=(*small().funds, grant), options=(roof,), prices=(price,))
    assert not space(program).affordable(np.array([[1]])).any()
    open_grant = replace(grant, never_pays=())
    assert space(replace(program, funds=(*small().funds, open_grant))).affordable(np.array([[1]])).all()
    named = replace(program, funds=(*small().funds, open_grant), prices=(replace(price, paid_by=("state",)),))
    assert not space(named).affordable(np.array([[1]])).any()


def test_a_claim_paid_later_can_only_make_less_affordable():
    owed = Records(money=(LedgerLine("2022-12-31", "state", "Grants", "receivable", D(15000), STARTS),))
    base = replace(small(), free_cash=D(30000), records=owed)
    prompt, late = (replace(base, funds=(replace(base.funds[0], months_to_pay=m), *base.funds[1:])) for m in (1, 9))
    rows = space(late).enumerate(100_000)
    assert space(prompt).affordable(rows).all()
    assert len(space(prompt).enumerate(100_000)) > len(rows)


def test_unlawful_options_are_refused_and_unclear_ones_named_and_left_out():
    program = small()
    change = {"roof": "no", "fill": "unclear"}
    options = tuple(replace(o, lawful=change.get(o.id, "yes")) for o in program.options)
    ask = Option("ask", "Ask the county", "ask")
    decision = best(replace(program, options=(*options, ask)), 2)
    assert decision.refused == {"roof": "unlawful", "fill": "unclear-lawful", "ask": "asks-no-fund"}
    assert any(f.code == "unclear-lawful" and "fill" in f.detail for f in decision.flags)
    assert {c.option for p in decision.comparison.portfolios for c in p.choices} <= {"more-kits", "raise"}


def test_a_floor_on_pay_is_kept_or_what_stands_in_its_way_is_named():
    free = replace(small(), living_wage=D("19.50"), living_wage_by=2024, run_short=1.0)
    kept = best(free, 4)
    assert kept.portfolio.level("raise") >= 2  # 18 x 1.05 x 1.05 = 19.85
    with pytest.raises(NothingAffordableError) as dear:
        best(replace(free, free_cash=D(10000), funds=(replace(free.funds[0], amount=D(100000)), *free.funds[1:])), 4)
    assert dear.value.clash.floors == ("living-wage-by",)
    assert dear.value.clash.lacks > 0
    assert "state" in dear.value.clash.funds
    with pytest.raises(NothingAffordableError) as no_way:
        best(replace(free, options=(Option("roof", "Mend the roof", "once"),)), 4)
    assert no_way.value.clash.floors == ("living-wage-without-option",)


def test_today_itself_short_of_money_is_said_and_lends_no_option_anything():
    poor = replace(small(), funds=small().funds[1:], run_short=1.0)
    found = space(poor)
    assert found.budget.lacks > 0
    assert found.affordable(np.zeros((1, 4), dtype=np.int64)).all()
    assert any(f.code == "today-lacks-money" for f in best(poor, 1).flags)
    spare = float(poor.free_cash) - float(poor.reserve)
    rows = found.enumerate(100_000)
    on_free_cash = [found.extra(row).more.sum() for row in rows if row[0] == 0]  # kits have a grant of their own
    assert max(on_free_cash) <= spare + HALF_A_CENT


def test_a_rich_enough_program_picks_what_the_scores_say_and_is_told_of_ties():
    decision = best(replace(small(), free_cash=D(900000), run_short=1.0), 5)
    years = decision.comparison.values["closing"]["life_years"].mean(axis=1)
    assert decision.pick == int(np.argmax(years))
    assert years[0] == 0
    assert decision.comparison.portfolios[0].choices == ()
    runner = decision.comparison.portfolios[decision.runner_up]
    assert {c.option for c in runner.choices} != {c.option for c in decision.portfolio.choices}
    gap = decision.comparison.difference("life_years", decision.pick, decision.runner_up, telling="closing")
    assert decision.tied["closing"] == (gap.low <= 0 <= gap.high)


def test_what_the_danger_limit_forbids_is_not_picked():
    rich = replace(small(), free_cash=D(900000))
    seeds = range(12)
    picks = {run: [best(replace(rich, run_short=run), s) for s in seeds] for run in (0.2, 1.0)}
    for decision in picks[0.2]:
        short = decision.comparison.values["closing"]["short"].mean(axis=1)
        assert short[decision.pick] <= max(0.2, short[0] + 0.02)
    assert any(a.portfolio != b.portfolio for a, b in zip(picks[0.2], picks[1.0], strict=True))


def test_switching_values_turn_where_they_say():
    program = replace(small(), run_short=1.0)
    decision = best(program, 3)
    assert decision.switching
    kinds = [value.kind for value in decision.switching]
    assert {"money", "fund"} <= set(kinds)

    def paid(poorer):
        budget = Budget(poorer, MONTHS, GIVEN)
        return budget.affordable(budget.extra(decision.portfolio.choices))

    for value in decision.switching:
        near = value.now * 0.005
        if value.kind == "money":
            assert value.turns_at < value.now
            cash = [D(round(value.turns_at + by)) for by in (near, -2 * near)]
            assert [paid(replace(program, free_cash=some)) for some in cash] == [True, False]
        elif value.kind == "fund":
            assert value.turns_at < value.now
            shares = [D(str((value.turns_at + by) / value.now)) for by in (near, -2 * near)]
            assert [paid(replace(program, funds=less(program, value, share))) for share in shares] == [True, False]
        else:
            assert value.turns_at >= value.now * 0.98


def less(program, value, share):
    """The program's funds, the one that a switching value names with a share of its money only."""
    return tuple(
        replace(f, amount=f.amount * share, received=f.received * share) if value.key.startswith(f.name) else f
        for f in program.funds
    )


def test_an_option_that_changes_nothing_is_left_out_however_little_it_costs():
    program = replace(small(), free_cash=D(900000), run_short=1.0)
    dud = Option("dud", "New curtains", "once")
    curtains = Price("dud", "other", "once", D(50))
    program = replace(program, options=(*program.options, dud), prices=(*program.prices, curtains))
    values = made_values(5)

    def blind(portfolios, futures, tellings=("open", "closing")):
        seen = [replace(p, choices=tuple(c for c in p.choices if c.option != "dud")) for p in portfolios]
        return values(seen, futures, tellings)

    decision = choose(program, blind, months=MONTHS, given=GIVEN, rounds=ROUNDS)
    assert decision.portfolio.choices
    assert decision.portfolio.level("dud") == 0.0


def test_few_futures_spread_over_cash_tell_the_danger_better_than_the_first_few():
    pool = range(1000, 1320)
    ends = np.random.default_rng(3).lognormal(10, 1, size=2000)

    def evaluate(portfolios, futures, tellings=("open", "closing")):
        cash = np.stack([ends[np.array(list(futures))] for _ in portfolios])
        return {t: {"free_cash": cash} for t in tellings}

    few = spread_out(evaluate, pool, 64)
    assert len(set(few)) == 64
    assert set(few) <= set(pool)
    for limit in (8000.0, 20000.0, 60000.0):
        true = (ends[1000:1320] < limit).mean()
        assert abs((ends[list(few)] < limit).mean() - true) <= 1 / 64
