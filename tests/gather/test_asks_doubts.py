"""What is asked of budgets, match, promises, asks and declines, and where nothing is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from made_programs import small_program

from longview.gather import check_folder, write_folder, write_workbook
from longview.gather.doubts_asks import PLANNED
from longview.program import BudgetLine, Cost, Deliverable, Effect, Fund, Month, Option, Price, Program, Supply

BASE = small_program()
STATE = BASE.funds[0]  # 120,000 from 2022-07 to 2024-06
HOPED = Fund("roof", "Roof fund", "private", Decimal(45000), Month(2023, 7), Month(2024, 6), status="hoped")
EVENING = BASE.options[0]


def options(*more: Option, funds: tuple[Fund, ...] = (STATE, HOPED), **changes: Any) -> Program:
    return replace(BASE, funds=funds, options=(EVENING, *more), **changes)


def ask(fund: str = "roof", **changes: Any) -> Program:
    return options(Option("ask", "Ask for the roof", "ask", fund=fund, **changes))


def budget(*lines: tuple[str, int], **changes: Any) -> Program:
    rows = tuple(BudgetLine("state", line, Decimal(amount)) for line, amount in lines)
    return replace(BASE, funds=(replace(STATE, **changes),), budget=rows)


def matched(origin: str = "federal", beside: str | None = None, **gift: Any) -> Program:
    funds = (replace(STATE, origin=origin, match=0.25),)
    funds += () if beside is None else (replace(HOPED, origin=beside, status="signed"),)
    kits = Supply("naloxone", "naloxone", Decimal(36), a_month=100.0, **gift)
    return replace(BASE, funds=funds, supplies=(kits,))


def promise(measure: str, first: Month | None = None) -> Program:
    return replace(BASE, deliverables=(Deliverable("state", measure, 5000, Month(2024, 6), first),))


def bare(kind: Any, **changes: Any) -> Program:
    rent = Cost("rent", "Rent", "rent", Decimal(450))
    return options(Option("bare", "A bare one", kind, **changes), costs=(rent,))


def circle(**rules: dict[str, tuple[str, ...]]) -> Program:
    return options(*(Option(name, name.title(), "yes-no", **rule) for name, rule in rules.items()))


ASKED_OF_FUNDERS: list[tuple[str, Callable[[], Program]]] = [
    ("does-nothing", lambda: bare("once")),
    ("does-nothing", lambda: bare("stop")),
    ("not-of-kind", lambda: bare("once", fund="state")),
    ("not-of-kind", lambda: bare("decline", fund="state", amount=Decimal(10))),
    ("not-of-kind", lambda: bare("decline", fund="state", chance=0.5)),
    ("not-of-kind", lambda: bare("yes-no", decision=Month(2023, 4))),
    ("not-of-kind", lambda: bare("once", stops=("rent",))),
    ("decided-late", lambda: ask(decision=Month(2023, 8))),
    ("budget-twice", lambda: budget(("wages", 10), ("wages", 10))),
    ("budget-overlap", lambda: budget(("people", 10), ("wages", 10))),
    ("budget-overlap", lambda: budget(("wages", 10), ("people", 10))),
    ("budget-over-award", lambda: budget(("wages", 120000), ("rent", 1))),
    ("transfer-no-budget", lambda: budget(transfer_limit=0.1)),
    ("match-no-money", lambda: matched()),
    ("match-no-money", lambda: matched(beside="pass-through")),
    ("match-no-money", lambda: matched("local", beside="local")),
    ("match-no-money", lambda: matched(in_kind=10.0)),
    ("match-no-money", lambda: matched(counts_as_match=True)),
    ("promise-not-planned", lambda: promise("hats")),
    ("promise-not-planned", lambda: promise("referrals")),
]
QUIET: list[tuple[str, Callable[[], Program]]] = [
    ("does-nothing", lambda: bare("stop", stops=("rent",))),
    ("does-nothing", lambda: ask()),
    ("no-effect", lambda: ask()),
    ("no-price", lambda: replace(bare("stop"), effects=(*BASE.effects, Effect("bare", "worker_hours", "add", 2.0)))),
    ("no-effect", lambda: bare("decline", fund="state")),
    ("not-of-kind", lambda: ask(amount=Decimal(9), chance=0.4, decision=Month(2023, 4))),
    ("not-of-kind", lambda: bare("stop", stops=("rent",))),
    ("decided-late", lambda: ask(decision=Month(2023, 7))),
    ("decided-late", lambda: ask("state", decision=Month(2023, 8))),  # signed: its next term is asked for
    ("budget-twice", lambda: budget(("wages", 10), ("rent", 10))),
    ("budget-overlap", lambda: budget(("people", 10), ("rent", 10))),
    ("budget-over-award", lambda: budget(("wages", 119999), ("rent", 1))),
    ("transfer-no-budget", lambda: budget(("wages", 10), transfer_limit=0.1)),
    ("match-no-money", lambda: matched(beside="local")),
    ("match-no-money", lambda: matched(beside="own")),
    ("match-no-money", lambda: matched(in_kind=10.0, counts_as_match=True)),
    *[("promise-not-planned", lambda measure=measure: promise(measure)) for measure in PLANNED],
]


def told(program: Program, place: Path, *, problems: tuple[str, ...] = ()) -> list[str]:
    write_folder(program, place / "p")
    report = check_folder(place / "p")
    assert tuple(problem.code for problem in report.problems) == problems
    return [doubt.code for doubt in report.doubts]


@pytest.mark.parametrize(
    ("code", "program"), ASKED_OF_FUNDERS, ids=[f"{n}-{c}" for n, (c, _) in enumerate(ASKED_OF_FUNDERS)]
)
def test_what_can_hardly_be_meant_is_asked_once(code: str, program: Callable[[], Program], tmp_path: Path) -> None:
    asked = told(program(), tmp_path)
    assert asked.count(code) == 1
    again = write_workbook(program(), tmp_path / "book.xlsx")
    assert sorted(doubt.code for doubt in check_folder(again).doubts) == sorted(asked)


@pytest.mark.parametrize(("code", "program"), QUIET, ids=[f"{n}-{c}" for n, (c, _) in enumerate(QUIET)])
def test_what_may_well_be_meant_is_not_asked(code: str, program: Callable[[], Program], tmp_path: Path) -> None:
    assert code not in told(program(), tmp_path)


@pytest.mark.parametrize("kind", ["ask", "decline"])
def test_an_ask_and_a_decline_name_their_fund(kind: Any, tmp_path: Path) -> None:
    told(bare(kind), tmp_path, problems=("needs-fund",))


@pytest.mark.parametrize("fund", ["roof", "state"])
def test_a_fund_is_asked_for_once(fund: str, tmp_path: Path) -> None:
    both = tuple(Option(name, f"Ask {name}", "ask", fund=fund, amount=Decimal(9)) for name in ("little", "much"))
    told(options(*both), tmp_path, problems=("asked-twice",))
    once = replace(both[0], fund="state" if fund == "roof" else "roof")
    assert told(options(once, both[1]), tmp_path / "apart") == []


def test_two_stops_of_one_cost_are_no_contradiction(tmp_path: Path) -> None:
    costs = (Cost("rent", "Rent", "rent", Decimal(450)), Cost("sharps", "Sharps", "sharps-disposal", Decimal(90)))
    both = (
        Option("rent", "Move out", "stop", stops=("rent",)),
        Option("all", "Stop both", "stop", stops=("rent", "sharps")),
    )
    assert told(options(*both, costs=costs), tmp_path) == []


def test_a_signed_fund_without_an_end_can_be_asked_for_more(tmp_path: Path) -> None:
    open_end = replace(STATE, last=None)
    program = options(Option("ask", "Ask for more", "ask", fund="state", amount=Decimal(9000)), funds=(open_end,))
    assert told(program, tmp_path) == []


def test_a_promise_is_due_after_it_begins(tmp_path: Path) -> None:
    told(promise("visits", Month(2024, 7)), tmp_path, problems=("ends-before",))
    assert told(promise("visits", Month(2024, 6)), tmp_path / "one-month") == []


@pytest.mark.parametrize(
    ("rules", "wrong"),
    [
        ({"a": {"requires": ("a",)}}, ("requires-itself",)),
        ({"a": {"requires": ("b",)}, "b": {"requires": ("c",)}, "c": {"requires": ("a",)}}, ("requires-itself",)),
        ({"a": {"requires": ("b",)}, "b": {"requires": ("c",)}, "c": {}}, ()),
        ({"a": {"requires": ("b",), "excludes": ("b",)}, "b": {}}, ("requires-excluded",)),
        ({"a": {"requires": ("b",)}, "b": {"excludes": ("a",)}}, ("requires-excluded",)),
        ({"a": {"requires": ("b",), "excludes": ("c",)}, "b": {"requires": ("c",)}, "c": {}}, ("requires-excluded",)),
        ({"a": {"requires": ("b",)}, "b": {"excludes": ("c",)}, "c": {}}, ()),
    ],
)
def test_options_that_can_never_be_done_are_told(rules: Any, wrong: tuple[str, ...], tmp_path: Path) -> None:
    told(circle(**rules), tmp_path, problems=wrong)


def test_forty_options_are_no_problem(tmp_path: Path) -> None:
    many = tuple(Option(f"choice-{n}", f"Choice {n}", "once") for n in range(40))
    program = options(
        *many,
        effects=(*BASE.effects, *(Effect(o.id, "worker_hours", "add", 1.0) for o in many)),
        prices=(*BASE.prices, *(Price(o.id, "food", "once", Decimal(5)) for o in many)),
    )
    assert told(program, tmp_path) == []
