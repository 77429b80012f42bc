"""Each process at its limits: rationing, charges, arrivals, prices of options."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from batches import HUGE, Floats, amounts, one, params, share, shares
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from made import PROGRAM
from numpy.testing import assert_allclose

from longview.model import model
from longview.model.arrays import NUMPY
from longview.model.charging import charge, due_months, places_in_line
from longview.model.income import Funds, FundTable, Luck, Terms, arrive, renew
from longview.model.payroll import option_costs
from longview.model.rationing import RUNGS, ration, shortfall


class TestRationing:
    @given(shares(4, 3), amounts(4, 3), amounts(3, most=1e6))
    def test_rungs_are_shares_and_save_no_more_than_there_is(
        self, before: Floats, savings: Floats, gap: Floats
    ) -> None:
        got = ration(before, savings, gap, np)
        assert (got.rungs >= 0).all()
        assert (got.rungs <= 1).all()
        assert (got.saved <= savings[[0, 1, 3]].sum(0) + 1e-6).all()

    def test_a_rich_program_lets_go_by_half_and_a_poor_one_takes_all(self) -> None:
        rich = ration(np.full((4, 1), 0.8), np.full((4, 1), 1e3), one(0.0), np)
        assert_allclose(rich.rungs, 0.4)
        poor = ration(np.zeros((4, 1)), np.full((4, 1), 1e3), one(HUGE), np)
        assert_allclose(poor.rungs, 1.0, rtol=1e-6)
        assert_allclose(poor.saved, 3e3, rtol=1e-6)  # a hiring gate saves what nobody was paid

    def test_rungs_come_in_order(self) -> None:
        got = ration(np.zeros((4, 1)), np.full((4, 1), 1e3), one(500.0), np).rungs[:, 0]
        assert len(got) == len(RUNGS)
        assert got[0] > 0.4
        assert got[0] > got[1] > got[3]

    def test_it_acts_on_the_forecast_before_money_is_gone(self) -> None:
        scale, reserve = one(2_000.0), one(10_000.0)
        calm = shortfall(one(3_000.0), one(60_000.0), reserve, scale, np)[0]
        losing = shortfall(one(-9_000.0), one(60_000.0), reserve, scale, np)[0]
        short = shortfall(one(0.0), one(-20_000.0), reserve, scale, np)[0]
        assert 0 <= calm < 50
        assert losing > 1_000
        assert short == pytest.approx(5_000, rel=0.05)


CLASSES, FUNDS = 4, 3


def table(advance: Floats, overhead: Floats | None = None, lag: float = 2.0) -> FundTable:
    zero, ones = np.zeros((FUNDS, 1)), np.ones((FUNDS, 1))
    over = zero if overhead is None else overhead.reshape(-1, 1)
    adv = advance.reshape(-1, 1)
    return FundTable(
        amount=1e5 * ones, length=12 * ones, lag=lag * ones, overhead=over, fee=zero, advance=adv, reimburse=1 - adv, per_unit=zero,
        own=zero, unit_price=zero, unit_of=np.zeros((FUNDS, 3)), carries=ones, first_left=1e5 * ones, first_cash=zero, endless=zero,
    )  # fmt: skip


def terms(left: float = 6.0, **changes: float) -> Terms:
    at = {
        "renews": 0.0,
        "begins": 0.0,
        "instalment": 0.0,
        "months_left": left,
        "last": 0.0,
        "claim_wait": 0.0,
        "alive": 1.0,
    } | changes
    return Terms(**{name: np.full((FUNDS, 1), value) for name, value in at.items()})


def funds(cash: Floats, left: Floats, batch: int = 2) -> Funds:
    def wide(x: Floats) -> Floats:
        return np.repeat(x.reshape(-1, 1), batch, 1)

    ones = np.ones((FUNDS, batch))
    return Funds(
        on=ones, waiting=0 * ones, cut=ones, cash=wide(cash), left=wide(left), receivable=np.zeros((FUNDS, 18, batch))
    )


class TestCharging:
    @given(
        arrays(np.float64, (FUNDS, CLASSES), elements=st.sampled_from([0.0, 1.0])), amounts(CLASSES, 2, most=1e4),
        amounts(FUNDS, most=2e4), amounts(FUNDS, most=2e4),
        arrays(np.float64, (FUNDS,), elements=st.sampled_from([0.0, 1.0])), amounts(FUNDS, most=0.3),
    )  # fmt: skip
    def test_a_fund_never_pays_what_it_may_not(
        self, allowed: Floats, bills: Floats, cash: Floats, left: Floats, advance: Floats, overhead: Floats
    ) -> None:
        """Whatever funds are taken together, they are charged no more than what one of them may pay (Hall's condition)."""
        later = tuple(np.flatnonzero(advance == 0).tolist())
        held = funds(cash, left)
        held = held._replace(receivable=held.receivable[: len(later)])
        got = charge(held, table(advance, overhead), terms(), allowed, bills, np.zeros(2), later, NUMPY)
        for size in range(1, FUNDS + 1):
            for some in combinations(range(FUNDS), size):
                may = allowed[list(some)].max(0)
                assert (got.by_fund[list(some)].sum(0) <= (may[:, None] * bills).sum(0) * (1 + 1e-9) + 1e-6).all()
        assert_allclose(got.by_fund.sum(0) + got.unpaid, bills.sum(0), rtol=1e-9, atol=1e-6)
        money = np.where(advance > 0, cash, left)[:, None]
        assert (got.by_fund * (1 + overhead[:, None]) <= money * (1 + 1e-9) + 1e-9).all()
        assert (
            min(x.min(initial=0.0) for x in (got.funds.cash, got.funds.left, got.funds.receivable, got.by_fund)) >= 0.0
        )
        owed = (got.by_fund * (1 + overhead[:, None]) * (1 - advance[:, None])).sum(0)
        assert_allclose(got.funds.receivable.sum((0, 1)), owed, rtol=1e-9, atol=1e-6)

    def test_nothing_that_could_be_paid_is_left_unpaid(self) -> None:
        """Two funds, one of them narrow: the wide one would take everything if it went first; there is money for all."""
        allowed = np.array([[1.0, 1.0, 1.0, 1.0], [1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0]])
        got = charge(
            funds(one(5e3, 5e3, 5e3), one(0, 0, 0)),
            table(one(1, 1, 1)),
            terms(),
            allowed,
            np.full((4, 2), 1e3),
            np.zeros(2),
            (),
            NUMPY,
        )
        assert_allclose(got.unpaid, 0.0, atol=1e-9)
        assert_allclose(got.by_fund[2], 0.0)

    def test_the_fund_under_most_pressure_goes_first(self) -> None:
        allowed = np.ones((FUNDS, CLASSES))
        got = charge(
            funds(one(1e4, 3e4, 2e4), one(0, 0, 0)),
            table(one(1, 1, 1)),
            terms(),
            allowed,
            np.full((4, 2), 1e3),
            np.zeros(2),
            (),
            NUMPY,
        )
        assert_allclose(got.by_fund[:, 0], [0.0, 4e3, 0.0])

    def test_at_a_term_s_end_an_advance_goes_back(self) -> None:
        back = table(one(1, 1, 1))._replace(carries=np.zeros((FUNDS, 1)))
        got = charge(
            funds(one(1e3, 2e3, 3e3), one(0, 0, 0)),
            back,
            terms(last=1.0),
            np.zeros((FUNDS, CLASSES)),
            np.ones((4, 2)),
            np.zeros(2),
            (),
            NUMPY,
        )
        assert_allclose(got.returned, 6e3)
        assert_allclose(got.funds.cash, 0.0)

    @given(arrays(np.float64, (4, 3), elements=st.sampled_from([-1.0, 0.0, 1.0, 2.0])))
    def test_places_in_line_are_those_of_a_stable_sort(self, urgency: Floats) -> None:
        order = np.argsort(-urgency, axis=0, kind="stable")
        got = places_in_line(urgency, np)
        for b in range(3):
            assert got[order[:, b], b].tolist() == [0.0, 1.0, 2.0, 3.0]

    @given(st.floats(0.0, 11.0), st.floats(0.0, 30.0), st.floats(-12.0, 12.0))
    def test_a_claim_is_paid_whole_and_never_sooner_for_a_longer_lag(
        self, wait: float, lag: float, more: float
    ) -> None:
        got = due_months(np.full((1, 1), wait), np.full((1, 1), lag), one(more), np)[0, :, 0]
        assert got.sum() == pytest.approx(1.0)
        mean = (got * np.arange(1, 19)).sum()
        assert mean == pytest.approx(min(max(wait + max(lag, 1.0) + more, 1.0), 18.0))
        later = due_months(np.full((1, 1), wait), np.full((1, 1), lag), one(more + 0.7), np)[0, :, 0]
        assert (np.cumsum(later) <= np.cumsum(got) + 1e-9).all()

    def test_claims_of_a_quarter_come_sooner_when_sent_sooner_though_each_is_paid_at_once(self) -> None:
        """Charges of the quarter's months wait 3, 2 and 1 months; one month less of that is 2, 1 and 1: never in the same month."""
        waits = np.array([[2.0, 1.0, 0.0]])
        got = due_months(waits, np.full((1, 3), 1.0), np.full(3, -1.0), np)[0]
        assert got.argmax(0).tolist() == [1, 0, 0]


class TestIncome:
    def luck(self, u: float) -> Luck:
        cell = np.full((FUNDS, 2), u)
        return Luck(cell, cell, cell, cell)

    def test_while_sheltered_nothing_is_lost(self) -> None:
        p = params(2, cut_rate=HUGE)
        got = renew(funds(one(0, 0, 0), one(1e3, 1e3, 1e3)), table(one(1, 1, 1)), terms(renews=1.0), np.full((FUNDS, 2), 0.001),
                    np.ones((FUNDS, 2)), np.zeros(2), self.luck(0.999), np.ones(2), p, np)  # fmt: skip
        assert_allclose(got.on, 1.0)
        assert_allclose(got.cut, 1.0)
        assert_allclose(got.left, 1e5 + 1e3)  # it carries over

    def test_a_lost_term_brings_nothing_unless_it_is_replaced(self) -> None:
        p = params(2, cut_rate=0.0)

        def go(u: float) -> Funds:
            return renew(funds(one(0, 0, 0), one(0, 0, 0)), table(one(1, 1, 1)), terms(renews=1.0), np.full((FUNDS, 2), 0.5),
                         np.ones((FUNDS, 2)), np.zeros(2), self.luck(u), np.zeros(2), p, np)  # fmt: skip

        assert_allclose(go(0.999).on + go(0.999).waiting, 0.0)
        assert_allclose(go(0.999).left, 0.0)
        assert_allclose(go(0.01).on, 1.0)

    @given(share, st.floats(-0.3, 0.7))
    def test_better_prepared_is_never_worse_renewed(self, likely: float, ready: float) -> None:
        def kept(readiness: float) -> float:
            got = renew(funds(one(0, 0, 0), one(0, 0, 0)), table(one(1, 1, 1)), terms(renews=1.0), np.full((FUNDS, 2), likely),
                        np.ones((FUNDS, 2)), np.full(2, readiness), None, np.zeros(2),
                        params(2, replace_chance=0.0), np)  # fmt: skip
            return float(got.on[0, 0])

        assert 0.0 <= kept(ready) <= 1.0
        assert kept(ready) <= kept(ready + 0.1) + 1e-12

    def test_after_closing_only_what_is_owed_arrives(self) -> None:
        owed = funds(one(0, 0, 0), one(1e5, 1e5, 1e5))
        owed = owed._replace(receivable=owed.receivable + 10.0)
        rows = table(one(1, 0, 1))._replace(reimburse=np.array([[0.0], [1.0], [0.0]]))
        got = arrive(owed, rows, terms(instalment=0.25), np.ones((3, 2)), np.zeros(2), np.full(2, 500.0), (1,), np)
        assert_allclose(got.free, 10.0)
        assert_allclose(got.restricted, 0.0)
        here = arrive(owed, rows, terms(instalment=0.25), np.ones((3, 2)), np.ones(2), np.full(2, 500.0), (1,), np)
        assert_allclose(here.free, 510.0)
        assert_allclose(here.restricted, 5e4)

    @given(amounts(FUNDS, most=1e5), share, share)
    def test_no_more_is_advanced_than_was_awarded(self, left: Floats, instalment: float, on: float) -> None:
        held = funds(one(0, 0, 0), left)._replace(on=np.full((FUNDS, 2), on))
        got = arrive(
            held, table(one(1, 1, 1)), terms(instalment=instalment), np.zeros((3, 2)), np.ones(2), np.zeros(2), (), np
        )
        assert (got.funds.left >= 0).all()
        assert_allclose(got.funds.cash + got.funds.left, held.left, rtol=1e-12, atol=1e-9)
        assert_allclose(got.restricted, got.funds.cash.sum(0))


class TestPrices:
    def test_what_an_option_costs_and_when(self) -> None:
        setup = model(PROGRAM, 3).setup
        rows = len(PROGRAM.prices)
        level, begin = np.ones((rows, 1)), np.full((rows, 1), 3.0)
        total = np.zeros(rows)
        for t in range(60):
            once, monthly = option_costs(level, begin, np.float64(t), np.float64(36.0), setup, np)
            total += (once + monthly)[:, 0]
        for row, paid in zip(PROGRAM.prices, total, strict=True):
            months = 1 if row.how == "once" else (36 - 3 - row.after if row.months is None else row.months)
            assert paid == pytest.approx(float(row.amount) * months), row

    def test_what_is_not_done_costs_nothing(self) -> None:
        setup = model(PROGRAM, 3).setup
        rows = len(PROGRAM.prices)
        for t in (0, 3, 40):
            once, monthly = option_costs(
                np.zeros((rows, 1)), np.full((rows, 1), 3.0), np.float64(t), np.float64(36.0), setup, np
            )
            assert once.max() == monthly.max() == 0.0
