"""The ledger: every portfolio called affordable is paid to the cent, with every string, award and month kept."""

from __future__ import annotations

from decimal import Decimal as D

import numpy as np
import pytest
from choose_made import GIVEN, MONTHS, made, small
from hypothesis import given, settings
from hypothesis import strategies as st

from longview.choose import Budget, Space, offer
from longview.choose.ledger import A_UNIT, replay


def space(program):
    return Space(program, offer(program, MONTHS), Budget(program, MONTHS, GIVEN))


@settings(max_examples=30)
@given(st.integers(0, 10_000))
def test_what_is_called_affordable_is_paid_to_the_cent(seed):
    program = made(seed)
    found = space(program)
    rows = found.enumerate(100_000)
    for row in rows[:: max(1, len(rows) // 4)]:
        added = found.extra(row)
        book = replay(found.budget, added, found.budget.ask(added))
        assert book.kept
        change = sum(book.came, D(0)) - sum(book.due, D(0))
        assert program.free_cash + change == book.free[-1], "money in is money out and change of balance, to the cent"
        assert all(money == money.quantize(D("0.01")) for money in (*book.due, *book.came, *book.free))
        assert all(money >= 0 for months in book.charged.values() for money in months)
        for fund in program.funds:
            paid = sum(book.charged[fund.id], D(0)) * (1 + D(str(fund.overhead)))
            held = sum(sum(p.inflow) for p in found.budget.pots if program.funds[p.fund].id == fund.id)
            sure = max((max(p.sure) for p in found.budget.pots if program.funds[p.fund].id == fund.id), default=0.0)
            assert float(paid) * (1.0 if sure else 0.0) <= held + 0.05


def test_a_month_below_the_reserve_is_seen():
    found = space(small())
    added = found.extra(np.zeros(4, dtype=np.int64))
    answer = found.budget.ask(added)
    lowest = min(replay(found.budget, added, answer).free)
    found.budget.reserve = float(lowest + A_UNIT)
    assert replay(found.budget, added, answer).kept
    found.budget.reserve = float(lowest + A_UNIT + D("0.01"))
    assert not replay(found.budget, added, answer).kept


def test_a_charge_beyond_a_bill_or_a_pot_is_cut_back():
    found = space(small())
    added = found.extra(np.zeros(4, dtype=np.int64))
    answer = found.budget.ask(added)
    greedy = type(answer)(answer.shortfall, answer.cut, {p: m * 100 for p, m in answer.today.items()}, answer.extra)
    book = replay(found.budget, added, greedy)
    for t in range(MONTHS):
        assert sum(months[t] for months in book.charged.values()) <= book.due[t]
    state = sum(book.charged["state"], D(0)) * D("1.1")
    assert float(state) <= sum(sum(p.inflow) for p in found.budget.pots if p.fund == 0) + 0.05
    with pytest.raises(KeyError):
        replay(found.budget, added, type(answer)(0.0, answer.cut, {(0, 2, 0): 1.0}, {}))  # own gifts are never charged
