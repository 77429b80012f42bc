"""Programs whose money can be worked out by hand, and random ones with every string that a fund can have."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal as D

import numpy as np
from choose_made import STARTS, made, small

from longview.choose import Assumptions, Budget, Space, offer
from longview.program import BudgetLine, Cost, Fund, Option, Price, Program, Supply, with_asks

YEAR = 12
PLAIN = Assumptions()  # prices stand still


def plain(**change) -> Program:
    """Rent of 1,000 and food of 500 a month, for a year; nothing in hand, no reserve, no fund."""
    nothing = {
        "free_cash": D(0),
        "reserve": D(0),
        "sites": (),
        "posts": (),
        "supplies": (),
        "options": (),
        "effects": (),
    }
    costs = (Cost("rent", "rent", "rent", D(1000)), Cost("food", "food", "food", D(500)))
    return small(**{**nothing, "prices": (), "funds": (), "costs": costs, **change})


def fund(name: str, amount: int, **change) -> Fund:
    """A signed grant for the year, all of it paid at once and ahead."""
    return replace(Fund(name, name.title(), "state", D(amount), STARTS, STARTS.plus(YEAR - 1), every=YEAR), **change)


def lacks(program: Program, months: int = YEAR) -> float:
    """What today's path lacks by itself."""
    return float(Budget(program, months, PLAIN).relief.sum())


def short(program: Program, *chosen: str, months: int = YEAR) -> float:
    """The least shortfall of a set of options."""
    program = with_asks(program)
    on_offer = offer(program, months)
    space = Space(program, on_offer, Budget(program, months, PLAIN))
    return space.budget.ask(space.extra(np.array([int(name in chosen) for name in on_offer.ids]))).shortfall


def rich(seed: int) -> Program:
    """A random program with asks, declines, stops, match, transfer limits, and overhead on some items only."""
    r = np.random.default_rng([seed, 11])
    program = made(seed)
    funds = [
        replace(
            f,
            match=float(r.choice([0.0, 0.0, 0.25, 1.0])) if f.origin != "own" else 0.0,
            transfer_limit=None if r.random() < 0.5 else float(r.choice([0.0, 0.1, 0.3])),
            overhead=float(r.choice([0.0, 0.1])),
            overhead_on=() if r.random() < 0.5 else ("people",),
        )
        for f in program.funds
    ]
    budget = tuple(
        BudgetLine(f.id, line, D(int(f.amount) * int(r.integers(1, 6)) // 10))
        for f in funds[:-1]
        for line in ("people", "wages", "supplies", "place")
        if r.random() < 0.5
    )
    pays = str(r.choice(["advance", "reimburse", "per-unit"]))
    city = Fund(
        "city", "City", str(r.choice(["local", "federal", "own"])), D(int(r.integers(10, 60)) * 1000),
        STARTS.plus(int(r.integers(0, 6))), STARTS.plus(14), status="hoped", chance_of_award=float(r.choice([0.3, 1.0])),
        pays=pays, every=int(r.choice([1, 3])), unit="visits", unit_price=D(2), months_to_pay=2,
        chance_of_renewal=0.5, match=float(r.choice([0.0, 0.5])),
    )  # fmt: skip
    options = (
        Option("ask-city", "Ask the city", "ask", fund="city"),
        Option("ask-more", "Ask for more", "ask", fund=funds[0].id, amount=D(20000), chance=0.4),
        Option("decline", "Turn it down", "decline", fund=funds[-2].id, lead_months=int(r.integers(0, 5))),
        Option("no-own", "No more gifts", "decline", fund="gifts", lead_months=3),
        Option("stop-van", "Stop the van", "stop", stops=("van",), lead_months=int(r.integers(0, 5))),
    )
    kept = tuple(o for o in options if r.random() < 0.7)
    gift = Supply(
        "strips", "test-strips", D(2), a_month=100, in_kind=150, in_kind_chance_ends=0.1, counts_as_match=True
    )
    price = Price("stop-van", "vehicle", "once", D(900))
    return with_asks(
        replace(
            program,
            living_wage_by=None,
            funds=(*funds, city),
            budget=budget,
            costs=(*program.costs, Cost("van", "the van", "vehicle", D(400), last=STARTS.plus(int(r.integers(6, 20))))),
            supplies=(*program.supplies, gift),
            options=(*program.options[:3], *kept),
            prices=(*program.prices, *((price,) if any(o.id == "stop-van" for o in kept) else ())),
        )
    )
