"""Sums of the page that a reader adds up: each row of money ties, and part of a year is set against its part of a budget."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import report_made as made
from findings_made import findings
from report_pages import plan

from longview.program import Month
from longview.report import report_html
from longview.report.sections import budget, cash, staff
from longview.report.told import Told
from longview.results import BudgetRow, FundCash

READER = Told(program=made.program(), audience="board", findings=findings(plan()))


def test_a_claim_funds_row_ties_though_part_of_what_it_is_charged_may_end_with_it() -> None:
    def row(hundreds: int) -> tuple[Decimal, ...]:
        return (Decimal(hundreds * 100),) * 12

    claimed, paid, ends = row(100), row(80), row(15)
    owed = tuple(500 + 2000 * Decimal(t + 1) for t in range(12))
    fund = FundCash(
        fund="state", name="State", pays="reimburse", sure=(0.9,) * 12, opening=Decimal(0), arrives=row(90), charged=row(85),
        ends=ends, overhead=row(0), returned=row(5), closing=row(0), owed_opening=Decimal(500), claimed=claimed, paid=paid,
        owed=owed, fee=row(0), lines={},
    )  # fmt: skip
    said = cash._moved(fund, "USD")
    start, comes, pays, end = (
        int(said[k].replace("$", "").replace(",", "")) for k in ("opening", "comes", "charged", "closing")
    )
    assert start + pays - comes == end
    assert said["returned"] == "–", "an award that lapses was never ours to give back"


def test_half_a_year_of_the_ledger_is_set_against_half_a_years_budget() -> None:
    row = BudgetRow("state", "people", 2023, Month(2022, 7), Month(2023, 6), 6, Decimal(90_000), Decimal(41_900))
    said = budget._row(READER, row)
    assert (said["budget"], said["gap"]) == ("$45,000", "$3,100 under")
    whole = BudgetRow("state", "people", 2023, Month(2022, 7), Month(2023, 6), 12, Decimal(90_000), Decimal(91_000))
    assert budget._row(READER, whole)["gap"] == "$1,000 over"


def test_where_nobody_is_paid_no_sum_of_pay_is_told() -> None:
    program = READER.program
    unpaid = replace(program, posts=tuple(replace(post, rate=Decimal(0)) for post in program.posts))
    assert staff._pay(READER)["total"]
    told = staff._pay(replace(READER, program=unpaid))
    assert told is None or not told["total"]


def test_where_nothing_new_is_begun_no_gain_is_doubted_and_nothing_waits_for_money() -> None:
    none = replace(made.decision(), pick=0, runner_up=None, alternatives=())
    found = findings(plan(), decision=none, pick=made.outlook())
    three = replace(found.three, common=(), expected=replace(found.three.expected, decision=none))
    page = report_html(made.program(), replace(found, three=three), evidence=(), audience="board", filled=0)
    assert "wait for the money before you start" not in page
    assert "there is nothing new to begin" in page
    assert "of the doubt that we can trace" not in page
