"""No portfolio that is called affordable breaks a string, in the eyes of a bookkeeper who checks it by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal as D
from typing import Any

import numpy as np
import pytest
from bookkeeper import Bookkeeper, Books, Charge
from random_programs import GIVEN, MONTHS, STARTS, random_program

from longview.choose import Budget, Space, offer
from longview.choose.costs import Line
from longview.choose.ledger import Ledger, replay
from longview.program import (
    BudgetLine,
    Cost,
    Effect,
    Fund,
    Month,
    Option,
    Post,
    Price,
    Program,
    Range,
    Supply,
    with_asks,
)
from longview.results import Portfolio

MOST = 10  # portfolios looked at in each program


def books_of(keeper: Bookkeeper, budget: Budget, ledger: Ledger) -> Books:
    """An allocation by bill: each class's charge is laid on the bookkeeper's own bills of that class, one after another.

    What is charged beyond her bills stays on the last of them, for her to find.
    """
    room: dict[tuple[bool, int, int], list[list]] = defaultdict(list)
    for t in range(keeper.months):
        for new, bills in enumerate(keeper.owed(t)):
            for (item, named), amount in bills.items():
                k = budget.kinds.of(Line(item, named, np.zeros(keeper.months)))
                room[bool(new), k, t].append([item, named, amount])
    charges = []
    for (which, k, n, t), money in sorted(ledger.charges.items()):
        fund, bills = budget.program.funds[n], room[bool(which), k, t]
        over = D(str(budget.kinds.over[k, n])) - 1
        for place, (item, named, open_) in enumerate(bills):
            part = money if place == len(bills) - 1 else min(money, open_.quantize(D("0.01")))
            bills[place][2] -= part
            money -= part
            if part:
                charges.append(Charge(fund.id, item, named, t, bool(which), part, part * over))
    lacking = tuple(D(repr(float(x))) for x in budget.relief)
    return Books(tuple(charges), ledger.due, ledger.free, lacking)


def affordable(program: Program, seed: int) -> tuple[Budget, list[tuple[Portfolio, Ledger]]]:
    """Portfolios that are called affordable (at random, at most MOST of them), each with its ledger in whole cents."""
    offered, budget = offer(program, MONTHS, allow_unclear=("hours",)), Budget(program, MONTHS, GIVEN)
    space = Space(program, offered, budget)
    rows = space.enumerate(100_000)
    assert rows is not None
    rng = np.random.Generator(np.random.Philox(seed))
    found = []
    for row in rows[sorted(rng.permutation(len(rows))[:MOST])]:
        added = space.extra(row)
        ledger = replay(budget, added, budget.ask(added))
        if ledger.kept:  # what a choice must keep too before it is advised
            found.append((offered.portfolio(row), ledger))
    return budget, found


def breaches(seed: int) -> list[tuple[str, str]]:
    program = random_program(seed)
    budget, found = affordable(program, seed)
    told = []
    for portfolio, ledger in found:
        keeper = Bookkeeper(program, MONTHS, GIVEN, portfolio)
        told += [(portfolio.name, str(breach)) for breach in keeper.breaches(books_of(keeper, budget, ledger))]
    return told


@pytest.mark.parametrize("tens", range(5))
def test_no_affordable_portfolio_breaks_a_string_in_fifty_programs(tens: int) -> None:
    assert {seed: told for seed in range(10 * tens, 10 * tens + 10) if (told := breaches(seed))} == {}


def test_the_fifty_programs_hold_every_kind_of_fund_string_and_option() -> None:
    made = [random_program(seed) for seed in range(50)]
    held = [fund for program in made for fund in program.funds]
    assert {o.kind for program in made for o in program.options} == {
        "level",
        "once",
        "yes-no",
        "ask",
        "stop",
        "decline",
    }
    assert {fund.pays for fund in held} == {"advance", "reimburse", "per-unit"}
    assert {fund.status for fund in held} == {"signed", "verbal", "applied", "hoped"}
    strings = (
        "may_pay",
        "never_pays",
        "overhead",
        "overhead_on",
        "fee",
        "carries_over",
        "match",
        "asked_by",
        "received",
    )
    assert all(any(getattr(fund, name) for fund in held) for name in strings)
    assert any(fund.transfer_limit is not None and program.budget for program in made for fund in program.funds)
    assert any(supply.counts_as_match for program in made for supply in program.supplies)


@pytest.mark.slow
@pytest.mark.parametrize("fifties", range(10))
def test_no_affordable_portfolio_breaks_a_string_in_five_hundred_programs(fifties: int) -> None:
    assert {seed: told for seed in range(50 * fifties, 50 * fifties + 50) if (told := breaches(seed))} == {}


# Faults that are planted: each falsifies sound books, and the bookkeeper finds it by its name.


def kit(**changes: Any) -> Program:
    """One post, a rent, kits, a federal grant with every string, a city grant that may pay rent alone, and three options."""
    federal = Fund(
        "federal", "Federal", "federal", D(60000), STARTS, STARTS.plus(11), pays="reimburse", every=3, months_to_pay=2,
        may_pay=("people", "supplies"), never_pays=("syringes",), overhead=0.1, overhead_on=("people",), match=0.25,
        transfer_limit=0.1, chance_of_renewal=0.8,
    )  # fmt: skip
    city = Fund("city", "City", "local", D(24000), STARTS, STARTS.plus(11), every=6, may_pay=("rent",),
                chance_of_renewal=0.9, fee=0.05)  # fmt: skip
    hoped = Fund(
        "hoped", "Hoped", "private", D(30000), STARTS.plus(2), STARTS.plus(13), status="hoped", chance_of_award=0.5
    )
    values: dict[str, Any] = {
        "id": "kit", "name": "Kit", "place": "Anywhere", "currency": "USD", "price_year": 2024,
        "first_month": Month(2022, 1), "people": Range(500, 900, 1500), "area_shares": {}, "plan_from": STARTS,
        "free_cash": D(60000), "reserve": D(8000), "living_wage": D(22), "living_wage_by": 2025,
        "posts": (Post("worker", "Worker", 1, 1, 35, D(21), paid_by=("federal",)),),
        "funds": (federal, city, hoped),
        "budget": (BudgetLine("federal", "wages", D(50000)), BudgetLine("federal", "naloxone", D(4000))),
        "costs": (Cost("rent", "Rent", "rent", D(1500), paid_by=("city",)), Cost("phones", "Phones", "phones", D(300))),
        "supplies": (Supply("kits", "naloxone", D(36), a_month=20.0), Supply("syringes", "syringes", D(1), a_month=200.0)),
        "options": (
            Option("raise", "Raise", "yes-no"), Option("ask", "Ask", "ask", fund="hoped"),
            Option("leave", "Decline", "decline", fund="city", lead_months=6), Option("roof", "Roof", "once"),
        ),
        "effects": (Effect("raise", "wage", "multiply", 1.1),), "prices": (Price("roof", "building", "once", D(9000)),),
    }  # fmt: skip
    return with_asks(replace(Program(**values), **changes))


def sound(*done: str, program: Program | None = None) -> tuple[Bookkeeper, Books]:
    """Sound books of a portfolio of the kit's."""
    program = kit() if program is None else program
    offered, budget = offer(program, MONTHS), Budget(program, MONTHS, GIVEN)
    portfolio = offered.portfolio([int(name in done) for name in offered.ids])
    added = budget.extra(portfolio.choices)
    keeper = Bookkeeper(program, MONTHS, GIVEN, portfolio)
    return keeper, books_of(keeper, budget, replay(budget, added, budget.ask(added)))


def more(books: Books, fund: str, item: str, t: int, amount: int, **about: Any) -> Books:
    charge = Charge(fund, item, about.pop("named", ()), t, about.pop("new", False), D(amount), **about)
    return replace(books, charges=(*books.charges, charge))


def where(books: Books, fund: str, change: Callable[[Charge], Charge | None]) -> Books:
    charges = (change(c) if c.fund == fund else c for c in books.charges)
    return replace(books, charges=tuple(c for c in charges if c is not None))


def moved(rows: tuple[D, ...], t: int, by: int) -> tuple[D, ...]:
    return tuple(x + by * (u >= t) for u, x in enumerate(rows))


def shifted(keeper: Bookkeeper, done: str | None, program: Program | None = None) -> Bookkeeper:
    """The same books, read as those of another portfolio or of a program with other strings."""
    kept = tuple(c for c in keeper.portfolio.choices if c.option != done)
    return Bookkeeper(program or keeper.program, MONTHS, GIVEN, Portfolio("", kept))


def funds(**changes: Any) -> Program:
    """The kit with other strings on its federal grant."""
    made = kit()
    return replace(made, funds=(replace(made.funds[0], **changes), *made.funds[1:]))


def ruled(rule: str, other: str) -> Program:
    """The kit with a rule on its raise."""
    made = kit()
    return replace(made, options=(replace(made.options[0], **{rule: (other,)}), *made.options[1:]))


DONE = ("raise", "ask")
Fault = Callable[[Bookkeeper, Books], tuple[Bookkeeper, Books]]
FAULTS: dict[str, tuple[str, tuple[str, ...], Fault]] = {
    "a grant pays a roof": ("pays what it may not", DONE, lambda k, b: (k, more(b, "federal", "building", 3, 9))),
    "a forbidden item": ("pays what it may not", DONE, lambda k, b: (k, more(b, "federal", "syringes", 3, 9))),
    "a bill that names others": (
        "pays what names other funds", DONE, lambda k, b: (k, more(b, "hoped", "rent", 3, 9, named=("city",))),
    ),
    "before its first month": ("pays though it is not begun", DONE, lambda k, b: (k, more(b, "hoped", "phones", 0, 9))),
    "after its last month": (
        "pays more than it has", DONE,
        lambda k, b: (shifted(k, None, funds(last=STARTS.plus(11), chance_of_renewal=0.0)), b),
    ),
    "over before the plan": (
        "pays though it is over", DONE, lambda k, b: (shifted(k, None, funds(first=Month(2022, 1), last=Month(2022, 12))), b),
    ),
    "renewals in full": (
        "pays more than it has", DONE,
        lambda k, b: (k, where(b, "hoped", lambda c: replace(c, amount=2 * c.amount))),
    ),
    "more than it has": (
        "pays more than it has", DONE, lambda k, b: (shifted(k, None, funds(amount=D(20000))), b),
    ),
    "what went back is spent": (
        "pays more than it has", (), lambda k, b: (k, more(b, "city", "rent", 29, 13000, named=("city",))),
    ),
    "overhead above its limit": (
        "overhead above its limit, or on what bears none", DONE,
        lambda k, b: (k, where(b, "federal", lambda c: replace(c, overhead=c.amount * D("0.15")))),
    ),
    "overhead on what bears none": (
        "overhead above its limit, or on what bears none", DONE,
        lambda k, b: (shifted(k, None, funds(overhead_on=("supplies",))), b),
    ),
    "match not met": ("not matched", DONE, lambda k, b: (shifted(k, None, funds(match=2.0)), b)),
    "moved too far": (
        "moved beyond its lines", DONE,
        lambda k, b: (shifted(k, None, replace(k.program, budget=(BudgetLine("federal", "wages", D(9000)),))), b),
    ),
    "claims paid at once": (
        "free cash does not tie", DONE, lambda k, b: (shifted(k, None, funds(months_to_pay=9)), b),
    ),
    "a sponsor's fee forgotten": ("free cash does not tie", DONE, lambda k, b: (shifted(k, None, funds(fee=0.07)), b)),
    "money of an ask that was not made": ("pays though it is not asked for", DONE, lambda k, b: (shifted(k, "ask"), b)),
    "a declined fund pays on": (
        "pays though it is declined", ("leave", "raise"), lambda k, b: (k, more(b, "city", "rent", 8, 9, named=("city",))),
    ),
    "free cash below the reserve": (
        "free cash below the reserve", DONE, lambda k, b: (shifted(k, None, replace(k.program, reserve=D(80000))), b),
    ),
    "money out of nothing": ("free cash does not tie", DONE, lambda k, b: (k, replace(b, free=moved(b.free, 4, 500)))),
    "a bill paid twice": (
        "paid twice", DONE, lambda k, b: (k, more(b, "federal", "wages", 1, 9000, named=("federal",))),
    ),
    "a bill never paid": (
        "bills left out, or made up", DONE, lambda k, b: (k, replace(b, due=(b.due[0] - 300, *b.due[1:]))),
    ),
    "the floor on pay": ("below the living wage", DONE, lambda k, b: (shifted(k, "raise"), b)),
    "an option that excludes": (
        "stands with what it may not, or without what it needs", DONE,
        lambda k, b: (shifted(k, None, ruled("excludes", "ask")), b),
    ),
    "an option without what it needs": (
        "stands with what it may not, or without what it needs", DONE,
        lambda k, b: (shifted(k, None, ruled("requires", "roof")), b),
    ),
}  # fmt: skip


@pytest.mark.parametrize("done", [("raise",), DONE, ("raise", "leave"), ("raise", "roof", "ask")], ids="+".join)
def test_sound_books_have_no_breach(done: tuple[str, ...]) -> None:
    keeper, books = sound(*done)
    assert keeper.breaches(books) == []
    assert books.charges


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found(name: str) -> None:
    what, done, plant = FAULTS[name]
    keeper, books = sound(*done)
    assert what not in {breach.what for breach in keeper.breaches(books)}
    keeper, books = plant(keeper, books)
    assert what in {breach.what for breach in keeper.breaches(books)}
