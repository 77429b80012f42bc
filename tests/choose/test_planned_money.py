"""Planned money worked out by hand: match, budgets and what may be moved, the base of overhead, ask, decline, stop."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal as D

import numpy as np
import pytest
from choose_made import GIVEN, MONTHS, STARTS
from hypothesis import given, settings
from hypothesis import strategies as st
from planned_made import PLAIN, YEAR, fund, lacks, plain, rich, short

from longview.choose import Budget, Space, offer
from longview.choose.ledger import replay
from longview.choose.money import HALF_A_CENT
from longview.choose.strings import FEDERAL, instalments, keeps, line_of, share_ahead, terms
from longview.program import BudgetLine, Cost, Fund, Option, Price, Supply, with_asks

BILLS = 18_000  # of a year: rent 12,000 and food 6,000


def about(amount: float):
    return pytest.approx(amount, abs=0.05)


def test_a_fund_that_asks_for_a_quarter_pays_four_fifths():
    federal = fund("federal", 24_000, origin="federal", match=0.25)
    assert lacks(plain(funds=(federal,))) == about(BILLS / 5)
    assert lacks(plain(funds=(replace(federal, match=0.0),))) == 0


def test_gifts_count_as_match_at_their_cash_price_where_they_count_and_only_there():
    federal = fund("federal", 24_000, origin="federal", match=0.25)
    gift = Supply("nx", "naloxone", D(30), a_month=0, in_kind=10, in_kind_chance_ends=0, counts_as_match=True)
    program = plain(funds=(federal,), supplies=(gift,))
    assert lacks(program) == about(BILLS - (BILLS + 3_600) / 1.25)
    assert lacks(replace(program, supplies=(replace(gift, counts_as_match=False),))) == about(BILLS / 5)


def test_money_of_another_origin_stands_beside_a_fund_and_overhead_must_be_matched_too():
    federal = fund("federal", 24_000, origin="federal", match=1.0, may_pay=("rent",), overhead=0.1)
    state = fund("state", 3_000)
    # x of rent asks for 1.1 x of what it does not pay, the state's share of it too; overhead comes back as free cash.
    x = BILLS / (1 + 1.1)
    assert lacks(plain(funds=(federal, state))) == about(BILLS - 1.1 * x - 3_000)


def test_a_unit_counts_as_match_once_over_all_funds():
    one = fund("one", 24_000, origin="federal", match=0.5, may_pay=("rent",))
    two = fund("two", 24_000, origin="pass-through", match=0.5, may_pay=("food",))
    assert lacks(plain(funds=(one, two))) == about(BILLS / 3)


def test_money_of_a_funds_own_origin_is_no_match_for_it():
    asks = fund("asks", 10_000, origin="private", match=1.0)
    other = fund("other", 10_000, origin="private")
    assert lacks(plain(funds=(asks, other))) == about(4_000)
    assert lacks(plain(funds=(asks, replace(other, origin="state")))) == 0


def test_match_must_stand_in_the_same_term():
    federal = fund("federal", 24_000, origin="federal", match=1.0, chance_of_renewal=1.0)
    early = Cost("food", "food", "food", D(1500), last=STARTS.plus(11))
    program = plain(funds=(federal,), costs=(early,))
    assert lacks(program) == about(9_000)
    later = Cost("rent", "rent", "rent", D(2000), first=STARTS.plus(12), last=STARTS.plus(23))
    both = replace(program, costs=(early, later))
    assert lacks(both, 24) == about(9_000 + 12_000)


def test_what_is_saved_no_longer_stands_as_match():
    federal = fund("federal", 24_000, origin="federal", match=1.0, may_pay=("rent",))
    state = fund("state", 24_000, may_pay=("food",))
    stop = Option("stop", "No more meals", "stop", stops=("food",))
    program = plain(funds=(federal, state), options=(stop,), costs=(*plain().costs, Cost("x", "x", "food", D(500))))
    assert lacks(program) == 0
    assert short(program, "stop") == about(12_000 - (12_000 + 6_000) / 2)


def test_a_proof_from_what_is_saved_holds_where_less_is_saved():
    federal = fund("federal", 24_000, origin="federal", match=1.0, may_pay=("rent",))
    state = fund("state", 24_000, may_pay=("food",))
    stops = tuple(Option(f"stop-{name}", "Fewer meals", "stop", stops=(name,)) for name in ("food", "x"))
    program = plain(funds=(federal, state), options=stops, costs=(*plain().costs, Cost("x", "x", "food", D(500))))
    found = Space(with_asks(program), offer(program, YEAR), Budget(with_asks(program), YEAR, PLAIN))
    added = [found.extra(np.array(row)) for row in ((0, 0), (0, 1), (1, 0), (1, 1))]
    answers = [found.budget.ask(one) for one in added]
    assert [a.shortfall for a in answers] == [0, about(3_000), about(3_000), about(6_000)]
    for answer in answers:
        for other, own in zip(added, answers, strict=True):
            assert answer.cut.level + float(answer.cut.slope @ other.flat) <= own.shortfall + HALF_A_CENT


def test_match_is_kept_to_the_cent():
    odd = (Cost("rent", "rent", "rent", D("1000.37")), Cost("food", "food", "food", D("500.01")))
    for match in (0.37, 0.71, 1.13):
        federal = fund("federal", 24_000, origin="federal", match=match)
        program = plain(funds=(federal,), costs=odd)
        budget = Budget(program, YEAR, PLAIN)
        nothing = budget.nothing()
        answer = budget.ask(nothing)
        greedy = replace(answer, today={place: money + 0.04 for place, money in answer.today.items()})
        for shares in (answer, greedy):
            book = replay(budget, nothing, shares)
            paid = sum(book.charged["federal"], D(0))
            assert paid * D(str(match)) <= sum(book.due, D(0)) - paid
            assert paid >= sum(book.due, D(0)) / (1 + D(str(match))) - D("0.50")


def test_beyond_the_lines_of_a_budget_only_what_may_be_moved_is_paid():
    rows = (BudgetLine("state", "rent", D(9_000)), BudgetLine("state", "food", D(6_000)))
    state = fund("state", BILLS, transfer_limit=0.1)
    assert lacks(plain(funds=(state,), budget=rows)) == about(12_000 - 9_000 - 1_800)
    assert lacks(plain(funds=(replace(state, transfer_limit=None),), budget=rows)) == 0
    assert lacks(plain(funds=(state,))) == 0
    assert lacks(plain(funds=(replace(state, transfer_limit=0.0),), budget=rows)) == about(3_000)


def test_an_item_has_its_own_line_before_its_categorys_and_none_at_all_is_a_line_of_nothing():
    state = fund("state", BILLS, transfer_limit=0.1)
    rows = (BudgetLine("state", "place", D(12_000)), BudgetLine("state", "rent", D(3_000)))
    assert lacks(plain(funds=(state,), budget=rows)) == about(9_000 + 6_000 - 1_800)
    assert lacks(plain(funds=(state,), budget=(rows[0],))) == about(6_000 - 1_800)


def test_a_budget_holds_for_a_term_and_what_is_left_of_it():
    rows = (BudgetLine("state", "rent", D(9_000)), BudgetLine("state", "food", D(6_000)))
    half = fund(
        "state", BILLS, transfer_limit=0.0, first=STARTS.plus(-6), last=STARTS.plus(5), received=D(9_000), every=1
    )
    program = plain(funds=(replace(half, chance_of_renewal=0.0),), budget=rows)
    assert lacks(program, 6) == about(6_000 - 4_500)
    again = replace(half, chance_of_renewal=1.0)
    assert lacks(replace(program, funds=(again,)), 18) == about(1_500 + 3_000)


def test_overhead_comes_on_its_base_alone():
    state = fund("state", 30_000, overhead=0.1, overhead_on=("food",), may_pay=("rent", "food"))
    roof = Option("roof", "Mend the roof", "once", lead_months=11)
    program = plain(funds=(state,), options=(roof,), prices=(Price("roof", "building", "once", D(700)),))
    assert short(program, "roof") == about(700 - 0.1 * 6_000)
    everywhere = replace(program, funds=(replace(state, overhead_on=()),))
    assert short(everywhere, "roof") == 0
    assert short(replace(everywhere, prices=(Price("roof", "building", "once", D(1_900)),)), "roof") == about(100)
    nowhere = replace(program, funds=(replace(state, overhead_on=("wages",)),))
    assert short(nowhere, "roof") == about(700)


def asking(price: int, chance: float, *, begins: int = 0, lead: int = 0, **change):
    """A roof, and a city that might pay for it."""
    city = fund("city", 12_000, status="hoped", first=STARTS.plus(begins), last=STARTS.plus(begins + 11), **change)
    return plain(
        funds=(fund("state", BILLS, may_pay=("rent", "food")), city),
        options=(
            Option("ask", "Ask", "ask", fund="city", chance=chance),
            Option("roof", "Roof", "once", lead_months=lead),
        ),
        prices=(Price("roof", "building", "once", D(price)),),
    )


def test_money_that_is_asked_for_comes_with_the_ask_and_with_its_chance():
    assert short(asking(5_000, 0.5), "roof") == about(5_000)
    assert short(asking(5_000, 0.5), "roof", "ask") == 0
    assert short(asking(7_000, 0.5), "roof", "ask") == about(7_000 - 6_000)
    assert short(asking(7_000, 1.0), "roof", "ask") == 0


def test_a_wish_frees_no_other_money():
    """Today's rent moves to what was asked for at its chance only: a tenth of a chance buys no roof."""
    program = asking(5_000, 0.1, lead=11, may_pay=("rent",))
    own = Fund("gifts", "Gifts", "own", D(BILLS), STARTS, None)
    assert short(replace(program, funds=(own, program.funds[1])), "roof", "ask") == about(5_000 - 1_200)


def test_money_that_is_asked_for_comes_from_its_first_month():
    assert short(asking(5_000, 1.0, begins=3), "roof", "ask") == about(5_000)
    assert short(asking(5_000, 1.0, begins=3, lead=3), "roof", "ask") == 0


def test_gifts_that_are_asked_for_are_free_cash():
    program = asking(5_000, 0.5, origin="own")
    assert short(program, "roof", "ask") == 0
    assert short(program, "roof") == about(5_000)


def test_a_declined_fund_pays_nothing_from_then_on():
    state = fund("state", BILLS, every=1)
    decline = Option("decline", "Turn it down", "decline", fund="state", lead_months=6)
    assert short(plain(funds=(state,), options=(decline,)), "decline") == about(9_000)
    ahead = replace(state, every=YEAR)
    assert short(plain(funds=(ahead,), options=(decline,)), "decline") == about(9_000)
    own = Fund("state", "Gifts", "own", D(BILLS), STARTS, None)
    assert short(plain(funds=(own,), options=(decline,)), "decline") == about(9_000)


def test_claims_made_before_a_fund_is_declined_are_still_paid():
    state = fund("state", BILLS, pays="reimburse", every=1, months_to_pay=1)
    decline = Option("decline", "Turn it down", "decline", fund="state", lead_months=6)
    program = plain(funds=(state,), options=(decline,), free_cash=D(5_000))
    # six months' bills come back, and the 1,500 that today's year lacks (its last claim comes after it)
    assert short(program, "decline") == about(-(5_000 - BILLS + 9_000 + 1_500))


def test_a_stop_saves_what_free_cash_would_have_paid():
    own = Fund("gifts", "Gifts", "own", D(BILLS), STARTS, None)
    stop = Option("stop", "No more meals", "stop", stops=("food",), lead_months=3)
    roof = Option("roof", "Roof", "once", lead_months=11)
    program = plain(funds=(own,), options=(stop, roof), prices=(Price("roof", "building", "once", D(4_600)),))
    assert short(program, "roof") == about(4_600)
    assert short(program, "roof", "stop") == about(4_600 - 9 * 500)
    paid = fund("state", 6_000, may_pay=("food",))
    rest = replace(own, amount=D(12_000))
    assert short(replace(program, funds=(rest, paid)), "roof", "stop") == about(4_600)


def test_the_parts_of_an_advance_are_counted_from_the_first_month_of_each_term():
    city = fund("city", 8_000, last=STARTS.plus(7), every=3, chance_of_renewal=1.0)
    paid = instalments(plain(funds=(city,)), city, 16)
    assert {t: round(money) for t, money in enumerate(paid) if money} == {
        0: 3000,
        3: 3000,
        6: 2000,
        8: 3000,
        11: 3000,
        14: 2000,
    }


def test_an_advance_without_end_never_goes_back():
    """18,000 of 24,000 are spent in the first year; the rest stands beside the second year's, for a roof of 12,000."""
    roof = Option("roof", "Roof", "once", lead_months=13)
    city = fund("city", 24_000, last=None)
    program = plain(funds=(city,), options=(roof,), prices=(Price("roof", "building", "once", D(12_000)),))
    assert short(program, "roof", months=2 * YEAR) == 0
    renewed = replace(city, last=STARTS.plus(11), chance_of_renewal=1.0)
    assert short(replace(program, funds=(renewed,)), "roof", months=2 * YEAR) == about(6_000)
    assert [keeps(f) for f in (city, renewed, replace(city, pays="reimburse"))] == [True, False, False]


def test_money_kept_for_a_term_that_may_not_come_pays_no_more_than_itself():
    """A fund pays 20,000 of this year's 18,000; half renewed, the 2,000 kept do not pay 4,000 of the next year's bills."""
    may = Fund("gifts", "Gifts", "own", D(BILLS), STARTS, STARTS.plus(YEAR - 1), chance_of_renewal=0.0)
    kept = fund("state", 10_000, carries_over=True, chance_of_renewal=0.5)
    program = plain(funds=(may, kept))
    # the gifts pay the first year; of the second's 18,000 no more can be there than both years' 20,000 of the state
    assert lacks(program, months=2 * YEAR) == 0
    less_kept = replace(kept, amount=D(8_500))
    # by its expected money alone 8,500 kept would pay 17,000 of the second year, and with its own award 25,500
    assert lacks(replace(program, funds=(may, less_kept)), months=2 * YEAR) == about(BILLS - 17_000)


def space(program):
    return Space(program, offer(program, MONTHS), Budget(program, MONTHS, replace(GIVEN, units={"visits": 200.0})))


def rows(found, seed, count):
    r = np.random.default_rng(seed)
    return [np.array([r.integers(n) for n in found.sizes]) for _ in range(count)]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_every_cut_bounds_the_shortfall_of_every_portfolio(seed):
    found = space(rich(seed))
    some = [r for r in rows(found, seed, 12) if found.offer.allowed(r[None, :])[0]]
    answers = [(found.extra(row), found.budget.ask(found.extra(row))) for row in some]
    for _, answer in answers:
        for other, own in answers:
            bound = answer.cut.level + float(answer.cut.slope @ other.flat)
            assert bound <= own.shortfall + 0.02
    for added, answer in answers:
        assert answer.cut.level + float(answer.cut.slope @ added.flat) == pytest.approx(answer.shortfall, abs=0.02)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_what_groups_add_is_what_the_whole_adds(seed):
    found = space(rich(seed))
    for row in rows(found, seed, 4):
        whole = found.budget.extra(found.offer.portfolio(row).choices)
        np.testing.assert_allclose(found.extra(row).flat, whole.flat, atol=0.011)


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000))
def test_counting_with_asks_and_declines_equals_asking_one_by_one(seed):
    found = space(rich(seed))
    counted = found.enumerate(100_000)
    whole = np.array(np.unravel_index(np.arange(np.prod(found.sizes)), found.sizes)).T
    whole = whole[found.offer.allowed(whole)]
    assert found.offer.count() == len(whole)
    r = np.random.default_rng(seed)
    yes = {row.tobytes() for row in counted}
    for row in whole[r.permutation(len(whole))[:30]]:
        assert (row.tobytes() in yes) == (found.budget.ask(found.extra(row)).shortfall <= HALF_A_CENT)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_the_ledger_keeps_every_string_to_the_cent(seed):
    program = rich(seed)
    found = space(program)
    budget = found.budget
    for row in [r for r in rows(found, seed, 6) if found.offer.allowed(r[None, :])[0]]:
        added = found.extra(row)
        answer = budget.ask(added)
        book = replay(budget, added, answer)
        held = {choice.option for choice in found.offer.portfolio(row).choices}
        for (_, k, n, t), money in book.charges.items():
            assert money > 0
            assert n in budget.kinds.funds[k]
            own = program.funds[n]
            assert own.asked_by is None or own.asked_by in held
            gone = [a.start for a in found.offer.axes if a.option.kind == "decline" and a.option.fund == own.id]
            assert not (gone and any(o.option.id in held for o in found.offer.axes if o.option.fund == own.id
                                     and o.option.kind == "decline") and program.starts.plus(t) >= gone[0])  # fmt: skip
        bills_are_covered(budget, added, book)
        lines_are_kept(budget, program, book)
        match_stands(budget, program, added, book)
        if answer.shortfall <= HALF_A_CENT:
            assert book.kept


def bills_are_covered(budget, added, book):
    for k in range(len(budget.base)):
        for t in range(budget.months):
            for which, owed in enumerate((budget.base[k, t] + added.saved[k, t], added.more[k, t])):
                paid = sum((m for (w, j, _, u), m in book.charges.items() if (w, j, u) == (which, k, t)), D(0))
                assert float(paid) <= owed + 1e-6


def lines_are_kept(budget, program, book):
    for n, own in enumerate(program.funds):
        lines = {row.line: row.amount for row in program.budget if row.fund == own.id}
        if own.transfer_limit is None or not lines:
            continue
        for first, last in terms(program, own, budget.months):
            share = D(str(share_ahead(program, own))) if first == 0 else D(1)
            spent = {}
            for (_, k, m, t), money in book.charges.items():
                if m == n and first <= t <= last:
                    spent[budget.kinds.lines[k, n]] = spent.get(budget.kinds.lines[k, n], D(0)) + money
            beyond = sum((max(D(0), money - lines.get(line, D(0)) * share) for line, money in spent.items()), D(0))
            assert beyond <= D(str(own.transfer_limit)) * own.amount * share


def match_stands(budget, program, added, book):
    """Of each fund by itself, and of all federal ones together over the whole plan."""
    asked, beside = D(0), D(0)
    for t in range(budget.months):
        beside += D(str(round(float(budget.base[:, t].sum() + added.saved[:, t].sum() + budget.gifts[t]), 2)))
    for (which, k, n, _), money in book.charges.items():
        own = program.funds[n]
        if own.origin in FEDERAL:
            beside -= money if which == 0 else 0
            asked += money * D(str(own.match)) * D(str(budget.kinds.over[k, n]))
    assert asked <= beside + D("0.01") * budget.months or not asked


def test_lines_are_told_apart():
    assert line_of({"place": 1.0, "rent": 1.0}, "rent") == "rent"
    assert line_of({"place": 1.0}, "rent") == "place"
    assert line_of({"people": 1.0}, "rent") is None
