"""A made program with made futures: small arrays from a fixed seed, shaped like the real thing, true of nowhere."""

from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal
from functools import cache

import numpy as np

from longview.program import (
    CommunityCount,
    Cost,
    Count,
    Effect,
    Fund,
    Month,
    Option,
    Post,
    Price,
    Program,
    Range,
    Records,
    ServiceCount,
    Site,
    Supply,
)
from longview.results import (
    OUTCOMES,
    PERSON_YEARS,
    Alternative,
    Choice,
    Comparison,
    Decision,
    Flag,
    Interval,
    Outbreak,
    Outlook,
    Portfolio,
    SwitchingValue,
    paired,
)

START = Month(2026, 7)
F, T = 240, 60


def program(**changes: object) -> Program:
    rng = np.random.default_rng(7)
    deaths = []
    for back in range(48, 0, -1):
        count = int(rng.poisson(18))
        value = Count(0, 9, "hidden") if count < 12 else Count.of(count)
        deaths.append(
            CommunityCount(
                START.plus(-back), "Three Towns", "all-drugs-all-intents", "deaths", value, "2026-07-02", "state table"
            )
        )
    visits = tuple(
        ServiceCount(START.plus(-back), None, "visits", Count.of(int(rng.poisson(640)))) for back in range(24, 0, -1)
    )
    made = Program(
        id="harbor-street",
        name="Harbor Street",
        place="Three Towns, Rhode Island",
        currency="USD",
        price_year=2026,
        first_month=Month(2022, 7),
        people=Range(1800, 2400, 3300),
        area_shares={"Three Towns": 0.35},
        living_wage=Decimal("24.10"),
        wage_elsewhere=Decimal("23.00"),
        free_cash=Decimal(42000),
        reserve=Decimal(8750),
        made=True,
        sites=(
            Site(
                "harbor",
                "Harbor House",
                "fixed",
                "owned",
                condition=0.6,
                replacement_value=Decimal(600000),
                repairs_put_off=Decimal(45000),
                upkeep=Decimal(4000),
            ),
        ),
        posts=(
            Post("outreach", "Outreach worker", 4, 3, 35, Decimal("21.50")),
            Post("lead", "Outreach lead", 1, 1, 35, Decimal("26.00")),
            Post("nurse", "Nurse", 1, 0, 20, Decimal("38.00"), hiring=False),
            Post("director", "Director", 1, 1, 40, Decimal("34.00")),
        ),
        funds=(
            Fund(
                "state",
                "State grant",
                "state",
                Decimal(210000),
                Month(2025, 7),
                Month(2027, 6),
                pays="reimburse",
                months_to_pay=5,
                chance_of_renewal=0.9,
                never_pays=("syringes", "pipes"),
            ),
            Fund(
                "foundation",
                "Foundation grant",
                "private",
                Decimal(95000),
                Month(2026, 7),
                Month(2028, 6),
                chance_of_renewal=0.5,
            ),
            Fund(
                "city",
                "City settlement money",
                "settlement",
                Decimal(85000),
                Month(2026, 7),
                Month(2030, 6),
                opening_balance=Decimal(9300),
            ),
            Fund("gifts", "Gifts and own income", "own", Decimal(30000), Month(2026, 7), None),
        ),
        costs=(Cost("rent", "Insurance", "insurance", Decimal(900)),),
        supplies=(Supply("kits", "naloxone", Decimal(50), a_month=60, in_kind=20, in_kind_until=Month(2028, 6)),),
        options=(
            Option("boxes", "Boxes of kits for people to pass on", "yes-no", owner="Outreach lead"),
            Option("evenings", "Longer evenings", "level", unit="hours a week", least=4, most=8, step=4),
            Option(
                "kits",
                "More naloxone kits",
                "level",
                unit="kits a year",
                least=500,
                most=1000,
                step=500,
                owner="Outreach lead",
            ),
            Option("raise", "Pay at the living wage", "yes-no", owner="Director"),
            Option("roof", "Mend the roof", "once", owner="Operations lead"),
        ),
        effects=(
            Effect("boxes", "share_onward", "add", 0.2, 0.1, 0.3),
            Effect("evenings", "hours_evening", "add", 1.0),
            Effect("kits", "kits_added", "add", 1 / 12),
            Effect("raise", "wage", "multiply", 1.12),
            Effect("roof", "repair", "add", 45000),
        ),
        prices=(
            Price("boxes", "printing", "monthly", Decimal(90)),
            Price("evenings", "wages", "monthly", Decimal(190)),
            Price("roof", "building", "once", Decimal(45000)),
        ),
        records=Records(services=visits, community=tuple(deaths)),
    )
    return replace(made, **changes)


def _walk(rng: np.random.Generator, sd: float) -> np.ndarray:
    return np.exp(np.cumsum(rng.normal(0, sd, (F, T)), axis=1) - sd**2 * np.arange(1, T + 1) / 2)


def rng_infection(spared: float) -> np.ndarray:
    """Infections over today's where a share of them is spared, future by future on one seed, [F, 1]."""
    return np.random.default_rng(17).lognormal(0, 0.4, (F, 1)) * (1 - spared * np.random.default_rng(19).random((F, 1)))


def outlook(
    portfolio: Portfolio | None = None,
    *,
    gain: float = 0.0,
    cash: float = 0.0,
    anchored: bool = True,
    infection: float = 0.0,
) -> Outlook:
    """Futures on one seed, so that two outlooks are paired: `gain` is the share of deaths averted at full effect."""
    rng = np.random.default_rng(11)
    supply = _walk(rng, 0.05)
    effect = rng.lognormal(-0.05, 0.55, (F, 1)) * gain
    ramp = np.minimum(1.0, np.arange(1, T + 1) / 18)
    opioid = 5.2 * supply * (1 - effect * ramp)
    other = 1.1 * np.ones((F, T))
    counted = np.random.default_rng(13).poisson(opioid + other).astype(float)
    swing = np.cumsum(rng.normal(-0.35, 2.4, (F, T)), axis=1) * 1000
    lost = (rng.random((F, 1)) < 0.5) * np.maximum(0, np.arange(T) - 23) * -420.0
    free = 42000 + swing + lost + cash * np.arange(T)
    ran_out = np.maximum.accumulate(free < 0, axis=1)
    closed = np.maximum.accumulate(free < -33000, axis=1)
    ones = np.ones((F, T))
    posts = 5 + (rng.random((F, 1)) < 0.6) * ones + (rng.random((F, T)) < 0.2)
    funds = ("state", "foundation", "city", "gifts")
    charged = np.stack([ones * 17500, ones * 3900, ones * (3500 + 400 * (gain > 0)), ones * 2500])
    return Outlook(
        program="harbor-street",
        portfolio=portfolio or Portfolio("today"),
        first_month=START,
        currency="USD",
        price_year=2026,
        anchored=anchored,
        deaths=opioid,
        deaths_other=other,
        deaths_counted=counted,
        overdoses=opioid * 19,
        reversals=opioid * 5,
        people=2400 * ones,
        reached=(760 + 400 * gain) * ones * rng.lognormal(0, 0.1, (F, 1)),
        on_moud=500 * ones,
        injecting=1500 * ones,
        hcv_infections=11.0 * ones * rng_infection(infection),
        hiv_infections=0.09 * ones * rng_infection(infection),
        skin_infections=38.0 * ones * rng_infection(infection / 2),
        wounds_hospital=5.0 * ones * rng_infection(infection / 2),
        visits=640 * ones * rng.lognormal(0, 0.08, (F, T)),
        turned_away=np.clip(rng.normal(0.08, 0.04, (F, T)), 0, 1),
        kits_given=(60 + (gain > 0) * 42) * ones * rng.lognormal(0, 0.05, (F, T)),
        syringes_given=9000 * ones,
        kits_held=400 * ones,
        open_share=0.93 * ones,
        days_closed=rng.gamma(2, 0.8, (F, T)),
        posts_filled=posts,
        quits=(rng.random((F, T)) < 0.16).astype(float),
        burnout=np.clip(rng.normal(0.35, 0.08, (F, T)), 0, 1),
        fires=np.clip(rng.normal(0.25, 0.06, (F, T)), 0, 1),
        readiness=0.3 * ones,
        condition=np.linspace(0.6, 0.5, T) * ones,
        backlog=np.linspace(45000, 58000, T) * rng.lognormal(0, 0.08, (F, 1)),
        free_cash=free,
        fund_cash=np.zeros((4, F, T)),
        owed=87500 * ones,
        income=35000 * ones,
        spending=(34800 + 2100 * (gain > 0)) * ones,
        charged=charged,
        rationing=np.clip((9000 - free) / 40000, 0, 1),
        ran_out=ran_out,
        closed=closed,
        fund_ids=funds,
        flags=(Flag("naloxone-saturated", 0.03),),
        evidence_used={"od_witnessed": "literature", "unit_price_kit": "yours"},
    )


def portfolios() -> tuple[Portfolio, ...]:
    kits, boxes = Choice("kits", 500.0, START.plus(2)), Choice("boxes", 1.0, START.plus(1))
    return (
        Portfolio("today"),
        Portfolio("kits and boxes", (kits, boxes)),
        Portfolio("kits and longer evenings", (kits, Choice("evenings", 4.0, START.plus(3)))),
        Portfolio("boxes alone", (boxes,)),
        Portfolio("with the living wage", (boxes, Choice("raise", 1.0, START.plus(3)))),
        Portfolio("with the roof", (boxes, Choice("roof", 1.0, START.plus(5)))),
    )


def values_of(outlooks: list[Outlook], months: int) -> dict[str, np.ndarray]:
    """Outcome → one value a portfolio and future over the first `months`, [P, F]; years of life against the first."""
    values: dict[str, np.ndarray] = {}
    for outcome in OUTCOMES:
        if outcome.id == "life_years":
            deaths = np.stack([o.deaths[:, :months].sum(axis=1) for o in outlooks])
            values["life_years"] = (deaths[:1] - deaths) * 24.0
            continue
        if outcome.over == "rate":
            many, years = (
                np.stack([getattr(o, name)[:, :months].sum(axis=1) for o in outlooks])
                for name in (outcome.of, outcome.per)
            )
            values[outcome.id] = PERSON_YEARS * many / (years / 12)
            continue
        rows = [np.asarray(getattr(o, outcome.id), float)[:, :months] for o in outlooks]
        pick = {"sum": lambda r: r.sum(axis=1), "mean": lambda r: r.mean(axis=1)}.get(outcome.over, lambda r: r[:, -1])
        values[outcome.id] = np.stack([pick(r) for r in rows])
    for name in ("ran_out", "closed"):
        values[name] = values[name].astype(float)
    return values


@cache
def comparison() -> Comparison:
    gains = (0.0, 0.028, 0.024, 0.012, 0.0125, 0.0135)
    outlooks = [outlook(p, gain=g) for p, g in zip(portfolios(), gains, strict=True)]
    values = values_of(outlooks, T)
    wage = values["quits"].copy()
    wage[4] = np.maximum(0, wage[4] - np.random.default_rng(3).poisson(1.4, F))
    values["quits"] = wage
    safe = dict(values)
    for name in ("ran_out", "closed"):
        safe[name] = np.zeros_like(values[name])
    return Comparison(
        portfolios(),
        START,
        T,
        "USD",
        {"open": safe, "closing": values},
        np.array([0, 125000.0, 134000, 5400, 150000, 50400]),
    )


@cache
def decision(*, tied: bool = False, rests: bool = False) -> Decision:
    found = comparison()
    years = found.values["closing"]["life_years"]

    def gap(index: int) -> Interval:
        return paired(years[1], years[index])

    return Decision(
        comparison=found,
        pick=1,
        runner_up=2,
        tied={"open": tied, "closing": tied},
        rests_on_closing=rests,
        method="enumerated",
        considered=72,
        affordable=31,
        refused={},
        alternatives=(
            Alternative("kits", "out", found.portfolios[3], gap(3), 3),
            Alternative("raise", "in", found.portfolios[4], gap(4), 4),
            Alternative("roof", "in", found.portfolios[5], gap(5), 5),
            Alternative("evenings", "in", found.portfolios[2], gap(2), 2),
        ),
        switching=(
            SwitchingValue(
                "More naloxone kits: what it costs in all", 125000.0, 205000.0, "Boxes of kits for people to pass on"
            ),
        ),
        score={"open": Interval(30.0, 190.0, 400.0), "closing": Interval(30.0, 185.0, 395.0)},
    )


def outbreak(*, syringes: float = 9_000.0, spread: float = 1.2, scale: float = 30.0) -> Outbreak:
    """Made sizes, paired: without syringes larger, found sooner smaller."""
    rng = np.random.default_rng(5)
    today = 1.0 + scale * rng.lognormal(0, spread, F)
    worth = 1.0 + 0.3 * (syringes > 0) * rng.random(F)
    sizes = {"today": today, "no-syringes": today * worth, "sooner": 1.0 + (today - 1.0) * rng.uniform(0.5, 0.9, F)}
    one = np.ones(F)
    return Outbreak(3_000 * one, syringes * one, 700 * rng.lognormal(0, 0.5, F), 1826, 91, sizes)  # type: ignore[arg-type]


def field_names() -> list[str]:
    return [f.name for f in fields(Outlook)]
