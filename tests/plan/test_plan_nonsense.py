"""An edited plan that cannot be meant is told, all of it at once; a sensible one is left in peace."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
import report_made as made

from longview.plan import make_plan, plan_problems
from longview.program import Month
from longview.results import Plan

KEYS = {"records_hash": "r", "evidence_hash": "e", "version": "v"}


def plan() -> Plan:
    found = make_plan(made.decision(), made.outlook(), made.outlook(gain=0.028), made.program(), 5, **KEYS)
    return replace(found, program=made.program().id)


def edited(**changes: object) -> Plan:
    first, *rest = plan().commitments
    return replace(plan(), commitments=(replace(first, **changes), *rest))  # type: ignore[arg-type]


def test_a_plan_as_it_was_made_has_nothing_wrong() -> None:
    assert plan_problems(plan(), made.program()) == []


@pytest.mark.parametrize(
    ("changes", "place", "wrong"),
    [
        ({"option": "no-such"}, "option", "no such option"),
        ({"who": "  "}, "who", "a role"),
        ({"by": Month(2040, 1)}, "by", "the plan runs from"),
        ({"by": Month(2020, 1)}, "by", "the plan runs from"),
        ({"money": {"nobody": {2027: Decimal(5)}}}, "money", "no such fund"),
        ({"money": {"free-cash": {2027: Decimal(-5)}}}, "money, free-cash", "not below zero"),
        ({"money": {"free-cash": {1999: Decimal(5)}}}, "money, free-cash", "named 2027 to 2031"),
        ({"low": {2027: 9.0}, "high": {2027: 2.0}}, "path", "low lies above high"),
        ({"expected": {2099: 1.0}}, "path, expected", "named 2027 to 2031"),
        ({"kind": "wish"}, "kind", "no such kind"),
        ({"look_again": "visitz < 40 by 2027"}, "look_again", "no such series"),
        ({"look_again": "visits < many by 2027"}, "look_again", "a number"),
        ({"look_again": "visits < 40 by 1999"}, "look_again", "a plan year"),
    ],
)
def test_nonsense_is_told_in_its_place(changes: dict[str, object], place: str, wrong: str) -> None:
    told = plan_problems(edited(**changes), made.program())
    assert [p.column for p in told if wrong in p.expected] == [f"commitment 1: {place}"]
    assert all(p.instead and p.severity == "problem" for p in told)


def test_a_trigger_in_own_words_is_hers() -> None:
    assert plan_problems(edited(look_again="when the landlord writes"), made.program()) == []


def test_all_nonsense_is_told_at_once() -> None:
    told = plan_problems(edited(who="", option="x", by=Month(2040, 1), look_again="visitz < a by b"), made.program())
    assert len(told) == 4


def test_a_plan_of_another_program_is_told() -> None:
    assert [p.column for p in plan_problems(replace(plan(), program="else"), made.program())] == ["program"]
