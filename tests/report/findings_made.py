"""Findings of every shape, made by hand: the wholes that one run of `plan` would hand to a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

import numpy as np
import report_made as made

from longview.program import Deliverable, Fund, Month, Program
from longview.results import (
    BudgetActual,
    BudgetRow,
    Cash,
    CashTable,
    Choice,
    Comparison,
    Dilemma,
    Findings,
    FundCash,
    Interval,
    Outlook,
    Plan,
    Portfolio,
    Settle,
    Side,
    SwitchingValue,
    ThreePlans,
    Turn,
    Unknown,
    Variant,
    WhatIf,
    delivered,
    paired,
)
from longview.results.cash import CASH_QUANTILES

YEARS = (1, 3, 5)


def sides(
    a: str, b: str, *, a_long: str = "", b_long: str = "", options: tuple[str, str] = ("", "")
) -> tuple[Side, ...]:
    """Both sides and keeping the money, sized to $25,000 a year."""

    def side(who: Any, name: str, short: str, option: str, spent: float) -> Side:
        own = (option,) if option else ()
        return Side(
            who, name, short, own, tuple(Portfolio(short) for _ in YEARS), tuple(spent * y for y in YEARS),
            tuple(25_000.0 * y - spent * y for y in YEARS),
        )  # fmt: skip

    return (
        side("a", a_long or a, a, options[0], 24_000.0),
        replace(side("b", b_long or b, b, options[1], 25_000.0), beyond=True),
        side("keep", "keep the money in hand", "Keep the money", "", 0.0),
    )


def horizons(gains: tuple[float, float, float], *, quits: float = 0.0) -> tuple[Comparison, ...]:
    """Comparisons over each horizon: today without the money, a, b, keep; the cushion makes closing rarer."""
    found = []
    for years in YEARS:
        many = 12 * years
        outlooks = [made.outlook(gain=g, cash=c) for g, c in zip((0.0, *gains), (0.0, 0.0, -60.0, 350.0), strict=True)]
        values = made.values_of(outlooks, many)
        if quits:
            kept = np.random.default_rng(3).poisson(quits * years / 5, made.F)
            values["quits"][2] = np.maximum(0.0, values["quits"][2] - kept)
        safe = dict(values)
        for name in ("ran_out", "closed"):
            safe[name] = np.zeros_like(values[name])
        found.append(
            Comparison(
                tuple(Portfolio(n) for n in ("today", "a", "b", "keep")),
                made.START,
                many,
                "USD",
                {"open": safe, "closing": values},
                np.array([0.0, 24_000.0, 25_000.0, 0.0]) * years,
            )
        )
    return tuple(found)


def dilemmas() -> tuple[Dilemma, ...]:
    """The three choices: one too close to call, one of two measures, one of hours that seldom repay."""
    return (
        Dilemma(
            "hours-or-building", 25_000.0, "USD",
            sides("Longer evenings", "Mend the roof", a_long="Longer evenings: 8 hours a week", options=("evenings", "roof")),
            YEARS, horizons((0.013, 0.012, 0.0)), {"open": None, "closing": "keep"},
            turns=(
                Turn("closed_days", "days a year that the building closes us", "days", "evidence",
                     Interval(11.0, 17.0, 25.0), 17.0, (14.0, 20.0), "a", "b", True),
                Turn("money", "money a year", "", "money", Interval(25_000.0, 25_000.0, 25_000.0), 41_000.0,
                     (38_000.0, 45_000.0), "keep", "b", False),
            ),
        ),
        Dilemma(
            "supplies-or-wages", 25_000.0, "USD",
            sides("Safer-use supplies", "A raise of 9%", options=("kits", "raise")), YEARS,
            horizons((0.026, 0.001, 0.0), quits=2.6), {"open": "a", "closing": "a"},
            turns=(Turn("price:kits", "Safer-use supplies", "", "price", Interval(1.0, 1.0, 1.0), 1.6, (1.5, 1.8), "a",
                        "b", True),),
            worth=Interval(20.0, 70.0, 160.0), more_leave=0.31,
        ),
        Dilemma(
            "fires-or-long-view", 25_000.0, "USD", sides("Today’s fires", "Half a day a week kept for planning"), YEARS,
            horizons((0.004, 0.004, 0.0)), {"open": None, "closing": None},
            turns=(Turn("lift:renewal", "the chance that the foundation renews", "share", "lift",
                        Interval(0.0, 0.01, 0.05), 0.06, (0.03, 0.12), "a", "b", True),),
            repaid=0.09,
        ),
    )  # fmt: skip


def _cents(value: float, months: int) -> tuple[Decimal, ...]:
    return tuple(Decimal(str(round(value, 2))) for _ in range(months))


def cash(program: Program, months: int = 60) -> Cash:
    """Planned money of each of the program's funds, and what would help or hurt."""
    none = _cents(0, months)

    def fund(f: Fund) -> FundCash:
        part = _cents(float(f.amount) / 12, months)
        back = f.pays == "reimburse"
        own = {
            "fund": f.id, "name": f.name, "pays": f.pays, "sure": (1.0,) * months, "opening": f.opening_balance,
            "arrives": none if back else part, "charged": part, "closing": _cents(float(f.opening_balance), months),
            "owed_opening": Decimal(0), "claimed": part if back else none, "paid": part if back else none,
            "owed": _cents(float(f.amount) / 3, months) if back else none, "lines": {},
        }  # fmt: skip
        return FundCash(**({field.name: none for field in fields(FundCash)} | own))

    funds = tuple(fund(f) for f in program.funds)
    table = CashTable(
        made.START, program.currency, Decimal(42000), {}, {"wages": _cents(21000, months)}, {"rent": _cents(900, months)},
        _cents(0, months), _cents(30000, months), Decimal(8750), funds,
    )  # fmt: skip
    years = months // 12
    out = np.linspace(0, 0.36, months)

    def what_if(name: str, words: str, factor: float, thin: Month | None) -> WhatIf:
        path = tuple(0.36 * factor * (y + 1) / years for y in range(years))
        return WhatIf(name, words, path, tuple(p / 3 for p in path), thin)

    return Cash(
        table, table, out, out * 0.8, made.START.plus(min(32, months - 1)),
        (
            what_if("as-planned", "the plan as it stands", 1.0, made.START.plus(min(32, months - 1))),
            what_if("today", "today’s path", 0.8, None),
            what_if("claim-sooner", "the state pays two months after the claim", 0.6, None),
            what_if("bridge-loan", "a bridge loan of $35,000", 0.7, None),
            what_if("paid-later", "the state pays two months later than now", 1.4, made.START.plus(9)),
        ),
        np.quantile(made.outlook(gain=0.028).free_cash[:, :months], CASH_QUANTILES, axis=0),
    )  # fmt: skip


def budget() -> BudgetActual:
    """Some lines over, some under, and an account that nobody has mapped."""
    rows = (
        BudgetRow(
            "state", "wages", 2026, Month(2025, 7), Month(2026, 6), 12, Decimal("120000.00"), Decimal("131210.55")
        ),
        BudgetRow(
            "state", "naloxone", 2026, Month(2025, 7), Month(2026, 6), 12, Decimal("24000.00"), Decimal("11800.10")
        ),
        BudgetRow("city", "rent", 2026, Month(2026, 1), Month(2026, 12), 6, Decimal("10800.00"), Decimal("10800.00")),
        BudgetRow(
            "unassigned", "account: 6420 Sundry", 2026, Month(2025, 7), Month(2026, 6), 12, None, Decimal("912.20")
        ),
    )
    return BudgetActual(rows, sum((r.actual for r in rows), Decimal(0)), ("6420 Sundry",))


def three(decision: Any) -> ThreePlans:
    """The pick, a smaller one after a cut, a larger one with the ask."""
    cut = replace(decision, pick=3, runner_up=None, alternatives=(), switching=())
    granted = replace(decision, pick=4, runner_up=None, alternatives=(), switching=())
    return ThreePlans(
        Variant("expected", 420_000.0, decision), Variant("cut", 294_000.0, cut), Variant("granted", 470_000.0, granted),
        (), 50_000.0, (Choice("boxes", 1.0, made.START.plus(1)),),
    )  # fmt: skip


def settle() -> Settle:
    """Three figures that would help most, and some that would not."""
    return Settle(
        0.34,
        (
            Unknown(
                "od_witnessed", "share of overdoses with someone there", "moderate", "literature", 0.21, 12.0, 0.14
            ),
            Unknown("who_is_there", "how far people help their own", "assumption", "literature", 0.2, 4.0, 0.05),
            Unknown("wage_growth", "pay elsewhere, growth a year", "weak", "literature", 0.03, 0.0, 0.0),
        ),
        ("kit_price",),
    )


def switching() -> tuple[SwitchingValue, ...]:
    """Where the pick changes, of each kind."""
    return (
        SwitchingValue("What a kit costs", 50.0, 80.0, "Longer evenings: 4 hours a week", "price", "", 0.4),
        SwitchingValue("Money a year", 420_000.0, 310_000.0, "Boxes of kits for people to pass on", "money", "", 0.2),
        SwitchingValue("od_witnessed", 0.65, 0.4, "Pay at the living wage", "evidence", "share", 0.3),
        SwitchingValue("Foundation grant: chance that it goes on", 0.5, 0.1, "Boxes of kits", "fund", "share", 0.1),
    )


def promised() -> Program:
    """The made program, with promises to its funders."""
    return made.program(
        deliverables=(
            Deliverable("state", "visits", 8000, Month(2027, 6), Month(2026, 7)),
            Deliverable("state", "kits_out", 900, Month(2027, 6), Month(2026, 1)),
            Deliverable("city", "participants_12_months", 700, Month(2028, 6)),
            Deliverable("city", "haircuts", 10, Month(2028, 6)),
        )
    )


DOUBT: Mapping[str, float] = {"who_is_there": 0.2, "od_witnessed": 0.1}


def findings(
    plan: Plan, *, decision: Any = None, today: Outlook | None = None, pick: Outlook | None = None, **changes: Any
) -> Findings:
    """One run's findings, whole; `changes` replace any of its parts."""
    decision = replace(made.decision(), switching=switching()) if decision is None else decision
    parts: dict[str, Any] = {
        "decision": decision,
        "today": made.outlook() if today is None else today,
        "pick": made.outlook(gain=0.028) if pick is None else pick,
        "plan": plan,
        "three": three(decision),
        "dilemmas": dilemmas(),
        "cash": cash(made.program()),
        "budget": budget(),
        "settle": settle(),
        "doubt": dict(DOUBT),
    }
    for name, outlook in (("delivered", parts["pick"]), ("delivered_today", parts["today"])):
        parts[name] = delivered(promised(), outlook)
    return Findings(**(parts | changes))


__all__ = ["budget", "cash", "dilemmas", "findings", "horizons", "paired", "promised", "settle", "sides", "three"]
