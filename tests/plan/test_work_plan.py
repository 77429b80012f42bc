"""The year's work: every promise begins in its month, what the records demand is there, and nothing outside the year."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import report_made as made

from longview.plan import make_plan, work_plan
from longview.program import Deliverable, Fund, Month, Option, Program, with_asks
from longview.results import Choice, Plan, Portfolio

KEYS = {"records_hash": "r", "evidence_hash": "e", "version": "v"}


def plan(program: Program) -> Plan:
    return make_plan(made.decision(), made.outlook(), made.outlook(gain=0.028), program, 5, **KEYS)


def test_every_promise_that_begins_this_year_begins_in_its_month() -> None:
    program = made.program()
    tasks = work_plan(plan(program), program)
    for c in plan(program).commitments:
        assert [t.month for t in tasks if t.commitment == c.id and t.what.startswith("Begin")] == [c.by]


def test_months_lie_in_the_year_and_stand_in_order() -> None:
    program = made.program()
    tasks = work_plan(plan(program), program)
    months = [t.month for t in tasks if t.month is not None]
    assert months == sorted(months)
    assert all(0 <= m.since(program.starts) < 12 for m in months)
    assert all(t.who for t in tasks)


def test_a_fund_that_ends_is_asked_about_before_it_does_and_claims_follow_their_rhythm() -> None:
    start = made.program().starts
    fund = Fund(
        "q", "Quarterly", "state", Decimal(12000), start, start.plus(11), pays="reimburse", every=3, months_to_pay=2
    )
    program = made.program(funds=(fund,))
    tasks = work_plan(plan(program), program)
    assert [t.month for t in tasks if t.what.startswith("Send the claim")] == [start.plus(k) for k in (2, 5, 8, 11)]
    assert [t.month for t in tasks if "next term" in t.what] == [start.plus(8)]
    monthly = made.program(funds=(replace(fund, every=1),))
    assert [t.month for t in work_plan(plan(monthly), monthly) if t.what.startswith("Send the claim")] == [None]


def test_an_ask_has_its_asking_and_its_answer() -> None:
    start = made.program().starts
    fund = Fund("new", "County", "local", Decimal(9000), start.plus(8), None, status="hoped", chance_of_award=0.4)
    ask = Option("ask-county", "Ask the county", "ask", fund="new", decision=start.plus(6), owner="Chair")
    program = with_asks(made.program(funds=(*made.program().funds, fund), options=(*made.program().options, ask)))
    found = made.decision()
    rows = list(found.comparison.portfolios)
    rows[found.pick] = Portfolio("p", (Choice("ask-county", 1.0, start),))
    decision = replace(found, comparison=replace(found.comparison, portfolios=tuple(rows)))
    made_plan = make_plan(decision, made.outlook(), made.outlook(gain=0.028), program, 5, **KEYS)
    tasks = [t for t in work_plan(made_plan, program) if t.commitment == "ask-county"]
    assert [(t.month, t.who) for t in tasks] == [(start, "Chair"), (start.plus(6), "Chair")]
    assert tasks[1].amount == Decimal(9000)
    assert made_plan.commitments[0].kind == "ask"


def test_what_was_promised_to_a_funder_falls_due_in_its_month() -> None:
    program = made.program()
    due = Deliverable(program.funds[0].id, "visits", 1200, program.starts.plus(5))
    late = replace(due, by=Month(program.starts.year + 4, 1))
    owing = replace(program, deliverables=(due, late))
    assert [t.month for t in work_plan(plan(owing), owing) if "promised by now" in t.what] == [due.by]


def test_what_all_three_plans_hold_is_promised_first() -> None:
    program = made.program()
    found = make_plan(made.decision(), made.outlook(), made.outlook(gain=0.028), program, 5, **KEYS, common=("kits",))
    assert [(c.option, c.whatever_happens) for c in found.commitments] == [("kits", True), ("boxes", False)]
