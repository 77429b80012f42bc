"""A plan's money by month: whatever the program, every row ties to every other, to the cent."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal as D

import numpy as np
from choose_made import GIVEN, MONTHS, STARTS, made, small
from hypothesis import given, settings
from hypothesis import strategies as st

from longview.choose import Budget, Space, cash_table, offer
from longview.choose.ledger import replay
from longview.choose.strings import overhead_of
from longview.program import Fund, LedgerLine, Month, Option, Records, with_asks
from longview.results import Choice, Portfolio

CENT = D("0.01")


def asked_and_declined(seed):
    """A random program with a fund that is asked for, one that is declined, and overhead on some items alone."""
    program, r = made(seed), np.random.default_rng([seed, 403])
    hoped = Fund("hoped", "Hoped", "private", D(20000), Month(2023, 4), Month(2024, 3), status="applied",
                 chance_of_award=0.4, pays=str(r.choice(["advance", "reimburse"])), every=3, fee=0.05, overhead=0.15,
                 overhead_on=("people",))  # fmt: skip
    funds = (*(replace(f, overhead_on=("wages",) if r.random() < 0.5 else ()) for f in program.funds), hoped)
    options = (
        *program.options,
        Option("ask", "Ask", "ask", fund="hoped"),
        Option("no-thanks", "Decline", "decline", fund="fund-0", earliest=Month(2023, 6)),
    )
    return with_asks(replace(program, funds=funds, options=options)), r


def tables(seed):
    program, r = asked_and_declined(seed)
    budget = Budget(program, MONTHS, GIVEN)
    done = [option for option in program.options if r.random() < 0.5]
    starts = [max(STARTS.plus(o.lead_months), o.earliest or STARTS) for o in done]
    choices = [Choice(o.id, o.least or 1.0, s) for o, s in zip(done, starts, strict=True)]
    return budget, Portfolio("any", tuple(choices))


def total(rows, t):
    return sum((row[t] for row in rows), D(0))


@settings(max_examples=60)
@given(st.integers(0, 100_000))
def test_every_row_ties_to_the_cent(seed):
    budget, portfolio = tables(seed)
    table = cash_table(budget, portfolio)
    added = budget.extra(portfolio.choices)
    book = replay(budget, added, budget.settle(added))
    assert table.due == book.due, "Σ items = Σ classes = due"
    free = table.opening
    for t in range(MONTHS):
        paid = total((row for f in table.funds for row in f.lines.values()), t)
        assert table.due[t] == paid + total(table.from_free.values(), t)
        later = (row for f in table.funds if f.pays == "reimburse" for row in f.lines.values())
        assert table.first_paid[t] == total(later, t)
        free += total(table.came.values(), t) - total(table.from_free.values(), t) - table.first_paid[t]
        assert table.free[t] == free
    for fund in table.funds:
        assert sum(total(fund.lines.values(), t) for t in range(MONTHS)) == sum(book.charged[fund.fund], D(0))
        closing, owed = fund.opening, fund.owed_opening
        for t in range(MONTHS):
            closing += fund.arrives[t] - fund.charged[t] - fund.returned[t]
            owed += fund.claimed[t] - fund.paid[t]
            assert fund.closing[t] == closing
            assert fund.owed[t] == owed
            assert fund.charged[t] + fund.ends[t] == total(fund.lines.values(), t) + fund.overhead[t]
            assert fund.claimed[t] == (fund.charged[t] + fund.ends[t] if fund.pays == "reimburse" else 0)
        assert min(fund.closing) >= -CENT * MONTHS, "a pot holds what is charged to it, but for cents of overhead"
        assert min((*fund.owed, *fund.ends, *fund.overhead)) >= 0
    flows = (
        [table.opening, *table.free, *table.first_paid]
        + [m for rows in (table.came, table.bills, table.from_free) for row in rows.values() for m in row]
        + [m for f in table.funds for row in (f.arrives, f.charged, f.closing, f.paid, f.fee, *f.lines.values()) for m in row]
    )  # fmt: skip
    assert all(money == money.quantize(CENT) for money in flows)


@settings(max_examples=30)
@given(st.integers(0, 100_000))
def test_free_cash_is_the_ledgers_with_the_overhead_that_the_test_of_affording_leaves_out(seed):
    budget, portfolio = tables(seed)
    table, added = cash_table(budget, portfolio), budget.extra(portfolio.choices)
    book = replay(budget, added, budget.settle(added))
    new = {(n, t): D(0) for n in range(len(budget.program.funds)) for t in range(MONTHS)}
    for (which, k, n, t), money in book.charges.items():
        if which == 1:
            new[n, t] += money * (D(str(budget.kinds.over[k, n])) - 1)
    most = sum(new.values(), D(0))
    slack = CENT * 4 * MONTHS * len(budget.program.funds)
    for mine, theirs in zip(table.free, book.free, strict=True):
        assert -slack <= mine - theirs <= most + slack
    if not most:
        assert abs(table.free[-1] - book.free[-1]) <= slack


@settings(max_examples=30)
@given(st.integers(0, 100_000))
def test_settling_costs_no_portfolio_its_money(seed):
    """What is shared out evenly keeps the same shortfall, charges no fund what it may not pay, and wastes nothing."""
    budget, portfolio = tables(seed)
    added = budget.extra(portfolio.choices)
    least, even = budget.ask(added), budget.settle(added)
    assert even.shortfall == least.shortfall
    assert budget.ask(added).shortfall == least.shortfall, "the next answer does not feel that this one was settled"
    books = [replay(budget, added, answer) for answer in (least, even)]
    assert _used(budget, books[1]) >= _used(budget, books[0]) - 1
    assert min(books[1].free) >= min(*books[0].free, D(str(round(budget.reserve - least.shortfall, 2)))) - 1


def _used(budget, book):
    """Expected money of terms that end within the plan that is put to use."""
    found = D(0)
    for (which, k, n, t), money in book.charges.items():
        fund = budget.program.funds[n]
        age, length = STARTS.since(fund.first), 12 if fund.last is None else fund.last.since(fund.first) + 1
        ends = t + length - (t + age) % length
        sure = next(p.sure[t - p.first] for p in budget.pots if p.fund == n and p.first <= t <= p.last)
        weight = budget.weight(n, sure) if which == 0 else 1.0
        if ends <= MONTHS:
            found += money * D(str(budget.kinds.over[k, n])) * D(str(weight))
    return found


def test_a_grant_is_charged_evenly_over_its_term_and_no_longer():
    program = small(
        funds=(
            Fund("year", "A year", "private", D(6000), STARTS, Month(2023, 12), every=12, may_pay=("rent",),
                 chance_of_renewal=1.0),
            Fund("keeps", "Keeps", "private", D(3000), Month(2022, 7), Month(2023, 6), every=6, received=D(1500),
                 opening_balance=D(900), carries_over=True, may_pay=("rent",), chance_of_renewal=0.0),
        ),
        posts=(), supplies=(), sites=(), options=(), effects=(), prices=(),
    )  # fmt: skip
    table = cash_table(Budget(program, 16, replace(GIVEN, price_growth=0.0)), Portfolio("today"))
    year, keeps = table.funds
    assert year.charged == (D(500),) * 16, "of the second term its share of four months, not all of it"
    assert keeps.charged == (*(D(400),) * 6, *(D(0),) * 10), "what could wait is used, and used evenly"


def test_a_quarter_is_claimed_in_three_months_and_paid_when_it_is_due():
    program = small(
        funds=(
            Fund("state", "State", "state", D(36000), STARTS, Month(2023, 12), pays="reimburse", every=3, months_to_pay=2,
                 fee=0.1, overhead=0.2, may_pay=("rent",)),
        ),
        posts=(), supplies=(), sites=(), options=(), effects=(), prices=(), records=Records(money=(
            LedgerLine("2022-12-31", "state", "grants", "receivable", D(500), Month(2023, 2)),)),
    )  # fmt: skip
    table = cash_table(Budget(program, 12, replace(GIVEN, price_growth=0.0)), Portfolio("today"))
    state = table.funds[0]
    assert state.claimed == (D(1200),) * 12, "rent of 1,000 and a fifth on it"
    assert state.owed_opening == 500
    assert state.paid == tuple(map(D, (0, 500, 0, 0, 3600, 0, 0, 3600, 0, 0, 3600, 0)))
    assert state.fee == tuple(money / 10 for money in state.paid)
    assert state.owed[-1] == 3600, "the last quarter is still owed"
    assert table.came["claims:state"] == tuple(money * 9 / 10 for money in state.paid)
    assert table.free[0] == 39000


def test_an_advance_brings_its_overhead_at_once_and_gives_back_what_is_left():
    grant = Fund("kits", "Kits", "private", D(24000), STARTS, Month(2023, 12), every=6, overhead=0.1, fee=0.05,
                 opening_balance=D(100), may_pay=("rent",))  # fmt: skip
    program = small(funds=(grant,), posts=(), supplies=(), sites=(), options=(), effects=(), prices=())
    given_ = replace(GIVEN, price_growth=0.0, renewal={"kits": 0.5})
    table = cash_table(Budget(program, 14, given_), Portfolio("today"))
    kits = table.funds[0]
    assert kits.opening == 100
    assert (kits.arrives[0], kits.arrives[6], kits.fee[0]) == (11400, 11400, 600)
    assert kits.charged[:12] == (D(1100),) * 12
    assert table.came["overhead:kits"] == (D(100),) * 14
    assert kits.returned[11] == 100 + 22800 - 12 * 1100
    assert kits.closing[11] == 0
    assert kits.arrives[12] == D(11400) / 2, "half of the next term, which comes with one chance in two"
    assert kits.ends[12] == D(1100) / 2
    assert kits.charged[12] == D(1100) / 2


def test_a_declined_fund_goes_back_at_once_and_pays_what_was_claimed_before():
    program = small(options=(Option("no", "No", "decline", fund="kits", earliest=Month(2023, 5)),
                             Option("nor", "Nor", "decline", fund="state", earliest=Month(2023, 5))))  # fmt: skip
    program = replace(program, effects=(), prices=())
    budget = Budget(program, MONTHS, GIVEN)
    plain = {f.fund: f for f in cash_table(budget, Portfolio("today")).funds}
    month = Month(2023, 5)
    gone = {
        f.fund: f
        for f in cash_table(budget, Portfolio("no", (Choice("no", 1.0, month), Choice("nor", 1.0, month)))).funds
    }
    assert plain["kits"].closing[4] > 0
    assert (gone["kits"].closing[4], gone["kits"].returned[4]) == (0, gone["kits"].closing[3])
    assert not any(gone["kits"].charged[4:])
    assert not any(gone["state"].claimed[4:])
    assert gone["state"].paid[4] > 0
    assert gone["state"].owed[-1] == 0


def test_overhead_is_on_the_items_that_bear_it():
    budget = Budget(asked_and_declined(7)[0], MONTHS, GIVEN)
    table = cash_table(budget, Portfolio("today"))
    for fund in table.funds:
        of = next(f for f in budget.program.funds if f.id == fund.fund)
        for t in range(MONTHS):
            exact = sum((row[t] * D(str(overhead_of(of, item))) for item, row in fund.lines.items()), D(0))
            assert abs(fund.overhead[t] - exact) <= CENT / 2


def test_an_affordable_plan_keeps_its_reserve_in_the_table():
    space = Space(small(), offer(small(), MONTHS), Budget(small(), MONTHS, GIVEN))
    for row in space.enumerate(100_000)[::5]:
        assert min(cash_table(space.budget, space.offer.portfolio(row)).free) >= D(10000) - 1
