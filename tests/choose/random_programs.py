"""Random programs of every kind of fund, string and option, each known by its number."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal as D
from typing import Any

import numpy as np

from longview.choose import Assumptions
from longview.program import (
    BudgetLine,
    Cost,
    Effect,
    Fund,
    LedgerLine,
    Month,
    Option,
    Post,
    Price,
    Program,
    Range,
    Records,
    Site,
    Supply,
    categories,
    items,
    with_asks,
)

STARTS = Month(2024, 1)
MONTHS = 30
GIVEN = Assumptions(price_base=1.05, price_growth=0.03, benefits=0.1, award=0.4, units={"visits": 300.0}, gift_ends=0.2)
PAID = ("wages", "stipends", "rent", "building", "naloxone", "syringes", "food", "phones", "vehicle")


class Dice:
    """Philox, seeded by a number, with the few throws that are wanted here."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.Generator(np.random.Philox(seed))

    def upto(self, least: int, most: int) -> int:
        return int(self.rng.integers(least, most + 1))

    def money(self, least: int, most: int) -> D:
        return D(self.upto(least * 100, most * 100)) / 100

    def one(self, *these: Any) -> Any:
        return these[self.upto(0, len(these) - 1)]

    def some(self, these: tuple[str, ...], most: int) -> tuple[str, ...]:
        taken = self.rng.permutation(len(these))[: self.upto(1, most)]
        return tuple(these[i] for i in sorted(taken))

    def odds(self, chance: float) -> bool:
        return bool(self.rng.random() < chance)


def random_program(seed: int) -> Program:
    """A program of 1-6 funds, 1-6 posts, costs, supplies and 1-6 options, read as rooms that weigh options read it."""
    dice = Dice(seed)
    funds = tuple(_fund(dice, n) for n in range(dice.upto(1, 5)))
    funds += (Fund("gifts", "Gifts", "own", dice.money(0, 60000), Month(2022, 1), None, every=dice.one(1, 1, 3)),)
    names = tuple(fund.id for fund in funds if fund.origin != "own" and fund.pays != "per-unit")
    posts = tuple(_post(dice, n, names) for n in range(dice.upto(1, 6)))
    costs = tuple(_cost(dice, n, names) for n in range(dice.upto(0, 4)))
    options, effects, prices = _options(dice, funds, costs, names)
    ledger = tuple(
        LedgerLine("2023-12-15", fund.id, "Grants", "receivable", dice.money(500, 9000), STARTS.plus(dice.upto(-1, 4)))
        for fund in funds
        if fund.pays == "reimburse" and fund.status == "signed" and dice.odds(0.4)
    )
    program = Program(
        id="made", name="Made up", place="Anywhere", currency="USD", price_year=2023, first_month=Month(2022, 1),
        people=Range(500, 900, 1500), area_shares={}, made=True, plan_from=STARTS,
        living_wage=D("18.50") if dice.odds(0.5) else None, living_wage_by=dice.one(None, None, 2025, 2026),
        yearly_raise=dice.one(0.0, 0.0, 0.03), free_cash=dice.money(5000, 120000),
        reserve=None if dice.odds(0.3) else dice.money(0, 12000), fiscal_year=dice.one(1, 7),
        sites=(Site("main", "Main Street", "fixed", "owned", upkeep=dice.money(0, 6000), condition=0.8),),
        posts=posts, funds=funds, budget=_budget(dice, funds), costs=costs, supplies=_supplies(dice),
        options=options, effects=effects, prices=prices, records=Records(money=ledger),
    )  # fmt: skip
    return with_asks(program)


def _fund(dice: Dice, n: int) -> Fund:
    length, begun = dice.one(6, 12, 12, 18, 24), dice.upto(-8, 14)
    first = STARTS.plus(-begun)
    pays = dice.one("advance", "reimburse", "reimburse", "per-unit") if n else dice.one("advance", "reimburse")
    amount = dice.money(10000, 260000)
    under_way = begun > 0
    never = dice.some(PAID, 2) if dice.odds(0.4) else ()
    may = dice.some((*categories(), *PAID), 5) if dice.odds(0.6) else ()
    return Fund(
        id=f"fund-{n}", name=f"Fund {n}", origin=dice.one("federal", "pass-through", "state", "local", "private"),
        amount=amount, first=first, last=None if dice.odds(0.15) else first.plus(length - 1),
        status=dice.one("signed", "signed", "signed", "verbal", "applied", "hoped"),
        chance_of_award=dice.one(None, 0.6), pays=pays, every=dice.one(1, 1, 3, 6),
        months_to_pay=dice.one(0, 1, 2, 2.5, 5) if pays == "reimburse" else 0.0,
        unit="visits" if pays == "per-unit" else None, unit_price=dice.money(1, 8) if pays == "per-unit" else None,
        received=amount * dice.upto(0, 90) / 100 if under_way and dice.odds(0.8) else D(0),
        opening_balance=dice.money(0, 9000) if pays == "advance" and under_way else D(0),
        chance_of_renewal=dice.one(0.0, 0.5, 0.9, 1.0, None), may_pay=may, never_pays=never,
        overhead=dice.one(0.0, 0.0, 0.1, 0.25), overhead_on=dice.one((), (), ("people",), ("wages", "place")),
        fee=dice.one(0.0, 0.0, 0.07), carries_over=dice.odds(0.3), match=dice.one(0.0, 0.0, 0.0, 0.5, 4.0),
        transfer_limit=dice.one(None, None, 0.0, 0.1), report_hours=dice.one(0.0, 0.0, 6.0),
    )  # fmt: skip


def _budget(dice: Dice, funds: tuple[Fund, ...]) -> tuple[BudgetLine, ...]:
    rows = []
    for fund in funds:
        if fund.transfer_limit is not None and dice.odds(0.9):
            lines = dice.some((*categories(), "wages", "naloxone", "rent"), 4)
            rows += [BudgetLine(fund.id, line, fund.amount * dice.upto(5, 40) / 100) for line in lines]
    return tuple(rows)


def _post(dice: Dice, n: int, names: tuple[str, ...]) -> Post:
    people = dice.upto(1, 2)
    return Post(
        id=f"post-{n}", role=f"Role {n}", people=people, filled=dice.one(people, people, 0.5, 0),
        hours=dice.one(8, 20, 35), rate=dice.money(15, 30), paid_as=dice.one("wage", "wage", "stipend", "contract"),
        benefits=dice.one(None, 0.2), paid_by=dice.some(names, 2) if names and dice.odds(0.3) else (),
        hiring=dice.odds(0.7),
    )  # fmt: skip


def _cost(dice: Dice, n: int, names: tuple[str, ...]) -> Cost:
    first = STARTS.plus(dice.upto(-5, 12)) if dice.odds(0.3) else None
    last = (first or STARTS).plus(dice.upto(3, 20)) if dice.odds(0.3) else None
    paid_by = dice.some(names, 2) if names and dice.odds(0.3) else ()
    return Cost(f"cost-{n}", f"Cost {n}", dice.one("rent", "phones", "food", "vehicle"), dice.money(100, 2500),
                dice.one(1, 1, 12), first, last, paid_by)  # fmt: skip


def _supplies(dice: Dice) -> tuple[Supply, ...]:
    until = STARTS.plus(dice.upto(-3, 20)) if dice.odds(0.5) else None
    kits = Supply("kits", "naloxone", D(36), a_month=float(dice.upto(0, 120)), in_kind=float(dice.upto(0, 90)),
                  in_kind_until=until, counts_as_match=dice.odds(0.5))  # fmt: skip
    return (kits, Supply("syringes", "syringes", D("0.10"), a_month=float(dice.upto(0, 9000))))


def _options(
    dice: Dice, funds: tuple[Fund, ...], costs: tuple[Cost, ...], names: tuple[str, ...]
) -> tuple[tuple[Option, ...], tuple[Effect, ...], tuple[Price, ...]]:
    lead = {"lead_months": dice.upto(0, 4)}
    options = [
        Option(
            "hours", "Evening hours", "level", least=2, most=6, step=2, lawful=dice.one("yes", "yes", "unclear"), **lead
        ),
        Option("kits", "More kits", "level", least=20, most=60, step=20),
        Option("raise", "A raise", "level", least=1, most=2, step=1, requires=("open",) if dice.odds(0.2) else ()),
        Option("open", "Open the posts on hold", "yes-no", earliest=STARTS.plus(dice.upto(0, 6))),
        Option("roof", "Mend the roof", "once", excludes=("hours",) if dice.odds(0.3) else (), **lead),
        Option("loan", "A bridge loan", "once", lawful=dice.one("yes", "yes", "no")),
    ]
    if costs:
        options += [
            Option("stop", "Stop a cost", "stop", stops=dice.some(tuple(c.id for c in costs), 2), **lead),
            Option("leave", "Stop it otherwise", "stop", stops=(costs[0].id,)),
        ]
    effects = [
        Effect("hours", "hours_evening", "add", 1.0), Effect("kits", "kits_added", "add", 1.0, ramp_months=3),
        Effect("raise", "wage", "multiply", 1.08), Effect("open", "hire_frozen", "set", 1.0),
        Effect("roof", "repair", "add", 20000), Effect("loan", "cash_in", "add", 15000),
    ]  # fmt: skip
    payer = dice.some(names, 1) if names and dice.odds(0.4) else ()
    prices = [
        Price("hours", "wages", "monthly", dice.money(40, 200), after=dice.upto(0, 2), paid_by=payer),
        Price("hours", "food", "monthly", D(12), months=6),
        Price("roof", "building", "once", dice.money(2000, 45000)),
        Price("loan", "loan", "monthly", D(1450), after=3, months=12),
    ]
    charged = {fund.id: fund for fund in funds if fund.id in names}
    asked = next((f for f in charged.values() if f.status != "signed" and f.first > STARTS), None)
    signed = next(
        (f for f in charged.values() if f.status == "signed" and f.last and f.first <= STARTS <= f.last), None
    )
    if asked:
        options.append(Option("ask", "Ask for it", "ask", fund=asked.id, chance=dice.one(None, 0.3)))
    if signed:
        more = {"amount": dice.money(5000, 50000), "chance": 0.5, "decision": STARTS.plus(dice.upto(0, 9))}
        options.append(Option("more", "Ask for more", "ask", fund=signed.id, **more))
    declined = dice.one(*funds[:-1])
    if declined is not asked:
        options.append(Option("decline", "Turn it down", "decline", fund=declined.id, **lead))
    chosen = [options[i] for i in sorted(dice.rng.permutation(len(options))[: dice.upto(1, 6)])]
    held = {option.id for option in chosen}
    chosen = [replace(o, requires=tuple(r for r in o.requires if r in held)) for o in chosen]
    chosen = [replace(o, excludes=tuple(e for e in o.excludes if e in held)) for o in chosen]
    return (
        tuple(chosen),
        tuple(effect for effect in effects if effect.option in held),
        tuple(price for price in prices if price.option in held),
    )


assert set(PAID) <= set(items())
