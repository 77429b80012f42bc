"""`cash`: what is changed is changed alone, on the same futures, and told in 80 columns."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import longview
from longview.report import cash_text
from longview.verbs.cash import cash_report

EXAMPLE = Path(longview.__file__).parent / "examples" / "small-rural.xlsx"
YEARS, FUTURES = 3, 100


@pytest.fixture(scope="module")
def report():
    """On the NumPy engine: nothing to compile, and the same model."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("longview.verbs.futures.engine", lambda: "numpy")
        yield cash_report(EXAMPLE, ("saturday=4",), years=YEARS, futures=FUTURES)


def test_the_plan_stands_first_and_each_question_once(report):
    ids = [found.id for found in report.cash.what_ifs]
    assert ids == ["as-planned", "today", "bridge-loan", "claim-monthly", "paid-later", "fund-lost"]
    assert len({found.words for found in report.cash.what_ifs}) == len(ids)


def test_chances_are_shares_of_futures_that_only_grow(report):
    cash = report.cash
    assert cash.of("as-planned").ran_out == tuple(cash.ran_out[11::12])
    for found in cash.what_ifs:
        for chances in (found.ran_out, found.closed):
            assert len(chances) == YEARS
            assert list(chances) == sorted(chances)
            assert all(0.0 <= share <= 1.0 for share in chances)
    assert (np.diff(cash.ran_out) >= 0).all()
    assert (np.diff(cash.free, axis=0) >= 0).all()


def test_later_claims_and_a_lost_fund_hurt_and_money_lent_helps_at_first(report):
    plan, of = report.cash.of("as-planned"), report.cash.of
    assert of("paid-later").ran_out[-1] >= plan.ran_out[-1]
    assert of("fund-lost").ran_out[-1] > plan.ran_out[-1]
    assert of("claim-monthly").ran_out[-1] <= plan.ran_out[-1]
    assert of("bridge-loan").ran_out[0] <= plan.ran_out[0]
    assert of("fund-lost").fund == "state"


def test_a_loan_covers_a_months_bills_and_the_likely_worst_of_its_term(report):
    plan, loan = report.cash.plan, report.cash.of("bridge-loan").size
    assert loan >= plan.due[0]
    assert float(loan) >= float(plan.reserve) - report.cash.free[0, :30].min()
    assert loan <= 2 * max(plan.due[0], plan.reserve - round(report.cash.free[0, :30].min()))


def test_the_pages_money_is_that_of_the_plan_and_of_today(report):
    plan, today = report.cash.plan, report.cash.today
    assert plan.months == today.months
    assert len(plan.months) == 12 * YEARS
    more = sum(plan.due) - sum(today.due)
    assert more > 0, "Saturdays cost something"


@pytest.mark.parametrize("ascii", [False, True])
def test_it_is_told_in_eighty_columns(report, ascii):
    said = cash_text(report.cash, report.portfolio, report.program, ascii=ascii)
    assert max(map(len, said.splitlines())) <= 80
    assert said.isascii() or not ascii
    assert "The chance that we run out of free cash within three years is" in said
    for found in report.cash.what_ifs:
        assert found.words.split()[-1] in said
