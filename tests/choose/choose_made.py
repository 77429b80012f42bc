"""Small made programs and a made evaluator: cheap, exact, and with options that help and hinder one another."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal as D

import numpy as np

from longview.choose import Assumptions, Rounds
from longview.program import (
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
)

STARTS = Month(2023, 1)
MONTHS = 16
GIVEN = Assumptions(price_growth=0.03, benefits=0.1)
ROUNDS = Rounds(range(64), range(64, 160), screened=32)
ITEMS = ("wages", "building", "naloxone", "rent", "food")


def small(**change) -> Program:
    """A program with a state grant that reimburses, a supplies grant paid ahead, and gifts."""
    program = Program(
        id="harbor",
        name="Harbor Street",
        place="Rhode Island",
        currency="USD",
        price_year=2023,
        first_month=Month(2022, 1),
        people=Range(1000, 2000, 3000),
        area_shares={},
        free_cash=D(40000),
        reserve=D(10000),
        run_short=0.25,
        plan_from=STARTS,
        sites=(Site("s", "Main", "fixed", "owned", condition=0.7, replacement_value=D(300000)),),
        posts=(
            Post("worker", "outreach", 3, 3, 40, D(18)),
            Post("nurse", "nurse", 1, 0, 20, D(30), hiring=False),
        ),
        funds=(
            Fund(
                "state",
                "State",
                "state",
                D(180000),
                Month(2022, 7),
                Month(2023, 6),
                pays="reimburse",
                months_to_pay=2,
                may_pay=("wages", "rent"),
                overhead=0.1,
                chance_of_renewal=0.8,
            ),
            Fund("kits", "Kits grant", "federal", D(40000), STARTS, Month(2024, 12), may_pay=("supplies",), every=3),
            Fund("gifts", "Gifts", "own", D(24000), STARTS, None),
        ),
        costs=(Cost("rent", "rent", "rent", D(1000)),),
        supplies=(Supply("nx", "naloxone", D(40), a_month=30, in_kind=10, in_kind_until=Month(2024, 6)),),
        options=(
            Option("roof", "Mend the roof", "once"),
            Option("more-kits", "More kits", "level", least=10, most=50, step=10),
            Option("raise", "A raise", "level", least=1, most=3, step=1),
            Option("fill", "Fill the post", "yes-no"),
        ),
        effects=(
            Effect("more-kits", "kits_added", "add", 1),
            Effect("raise", "wage", "multiply", 1.05),
            Effect("fill", "hire_frozen", "set", 1.0),
            Effect("roof", "repair", "add", 45000),
        ),
        prices=(Price("roof", "building", "once", D(15000)),),
    )
    return replace(program, **change)


def made(seed: int, options: int = 0) -> Program:
    """A random small program: strings, terms, lags, fees, overhead, floors, loans, requires and excludes."""
    r = np.random.default_rng(seed)
    funds = [_fund(r, i) for i in range(int(r.integers(1, 4)))]
    funds.append(Fund("gifts", "Gifts", "own", D(int(r.integers(0, 40000))), Month(2022, int(r.integers(1, 13))), None))
    names = [f.id for f in funds[:-1]]
    named = tuple(names[:1]) if r.random() < 0.3 else ()
    posts = (
        Post("worker", "outreach", int(r.integers(1, 3)), 1, 30, D(int(r.integers(15, 22))), paid_by=named),
        Post("nurse", "nurse", 1, 0, 20, D(25), hiring=False, benefits=0.2),
        Post("helper", "peer", 1, 1, 10, D(12), paid_as="stipend"),
    )
    ledger = (LedgerLine("2022-11-30", names[0], "grants", "receivable", D(9000), Month(2023, 2)),)
    options, effects, prices = _options(r, options)
    return small(
        free_cash=D(int(r.integers(10000, 90000))),
        reserve=None if r.random() < 0.3 else D(int(r.integers(0, 12000))),
        run_short=float(r.choice([0.05, 0.35, 0.6])),
        yearly_raise=float(r.choice([0.0, 0.02])),
        living_wage=D("17.25"),
        living_wage_by=2024 if r.random() < 0.25 else None,
        no_site_closed=bool(r.random() < 0.2),
        posts=posts,
        funds=tuple(funds),
        costs=(Cost("rent", "rent", "rent", D(900), every=int(r.choice([1, 3])), first=Month(2023, 2)),),
        supplies=(Supply("nx", "naloxone", D(30), a_month=20, in_kind=float(r.choice([0, 8, 40]))),),
        options=options,
        effects=effects,
        prices=prices,
        records=Records(money=ledger if r.random() < 0.5 and funds[0].pays == "reimburse" else ()),
    )


def _fund(r: np.random.Generator, i: int) -> Fund:
    pays = str(r.choice(["advance", "reimburse"]))
    first = Month(2022, int(r.integers(1, 13))) if r.random() < 0.8 else Month(2023, int(r.integers(2, 9)))
    length = int(r.choice([12, 18, 24]))
    may = [(), ("supplies",), ("people",), ("wages", "building"), ("place",)][int(r.integers(5))]
    return Fund(
        f"fund-{i}",
        f"Fund {i}",
        str(r.choice(["federal", "private"])),
        D(int(r.integers(30, 160)) * 1000),
        first,
        None if r.random() < 0.2 else first.plus(length - 1),
        status="signed" if r.random() < 0.8 else "applied",
        chance_of_award=0.5,
        pays=pays,
        every=int(r.choice([1, 3])),
        months_to_pay=float(r.choice([0, 2, 2.5])) if pays == "reimburse" else 0.0,
        received=D(int(r.integers(0, 8000))),
        opening_balance=D(int(r.integers(0, 6000))) if pays == "advance" else D(0),
        chance_of_renewal=float(r.choice([0.0, 0.6, 1.0])),
        may_pay=may,
        never_pays=("naloxone",) if r.random() < 0.2 else (),
        overhead=float(r.choice([0.0, 0.1])),
        fee=float(r.choice([0.0, 0.05])),
        carries_over=bool(r.random() < 0.3),
    )


def _options(r: np.random.Generator, count: int):
    """Three or four (or `count`) of six kinds of options, some bound to one another, some not lawful."""
    excludes = ("hours",) if r.random() < 0.3 else ()
    requires = ("fill",) if r.random() < 0.3 else ()
    pool = [
        Option("roof", "Mend the roof", "once", lead_months=int(r.integers(0, 4)), excludes=excludes),
        Option("more-kits", "More kits", "level", least=20, most=60, step=20),
        Option("raise", "A raise", "level", least=1, most=2, step=1, requires=requires),
        Option("fill", "Fill the post", "yes-no", earliest=Month(2023, 3)),
        Option(
            "hours", "Evening hours", "level", least=2, most=6, step=2, lawful=str(r.choice(["yes", "yes", "unclear"]))
        ),
        Option("loan", "A bridge loan", "once", lawful=str(r.choice(["yes", "yes", "no"]))),
    ]
    chosen = [pool[i] for i in sorted(r.permutation(6)[: count or int(r.integers(3, 5))])]
    effects = (
        Effect("roof", "repair", "add", 20000),
        Effect("more-kits", "kits_added", "add", 1, ramp_months=3),
        Effect("raise", "wage", "multiply", 1.1),
        Effect("fill", "hire_frozen", "set", 1.0),
        Effect("hours", "hours_evening", "add", 1.0),
        Effect("loan", "cash_in", "add", 20000),
    )
    prices = (
        Price("roof", "building", "once", D(int(r.integers(4, 30)) * 1000)),
        Price("hours", "wages", "monthly", D(int(r.integers(30, 160))), after=1),
        Price("hours", "food", "monthly", D(10), months=6),
        Price("loan", "loan", "monthly", D(1900), after=3, months=12),
    )
    held = {o.id for o in chosen}
    return tuple(chosen), tuple(e for e in effects if e.option in held), tuple(p for p in prices if p.option in held)


def made_values(seed: int):
    """A made evaluator: life-years add up, with help and hindrance in pairs; running short grows with what is spent.

    A future moves every portfolio alike, and dangers repeat every 16 futures, so each range tells the same ranking.
    """

    def worth(name: str, telling: str) -> float:
        return float(np.random.default_rng([seed, *name.encode(), *telling.encode()]).uniform(-2, 10))

    def evaluate(portfolios, futures, tellings=("open", "closing")):
        n = np.array(list(futures))
        luck = 1.0 + 0.3 * np.sin(n * 12.9898) ** 2
        danger = (n % 16) / 16.0
        found = {}
        for telling in tellings:
            years, short = [], []
            for p in portfolios:
                held = sorted((c.option, c.level) for c in p.choices)
                score = sum(worth(o, telling) * level**0.7 for o, level in held)
                pairs = [(a, b) for a, _ in held for b, _ in held if a < b]
                score += sum(0.4 * (worth(a + b, telling) - 4) for a, b in pairs)
                risk = 0.1 + sum(0.06 * abs(worth(o, "risk")) / 3 * min(level, 3.0) for o, level in held)
                years.append(score * luck)
                short.append(danger < risk)
            found[telling] = {
                "life_years": np.array(years),
                "short": np.array(short),
                "free_cash": np.broadcast_to(danger, (len(portfolios), len(n))),
                "closed": np.array(short) & (danger[None, :] < 0.2),
            }
        return found

    return evaluate
