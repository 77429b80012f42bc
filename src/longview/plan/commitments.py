"""From a decision to commitments: a promise each, with an owner, a date, money, a sign that it works, and when to
look again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from longview.plan.budget import FREE, Assumed, by_year, costs, open_in_both, shared_out, whole, year_keys
from longview.program import Option, Program
from longview.results import Choice, Commitment, Decision, Outlook, Plan, interval

OWNER = "Director"  # who sees to an option that names nobody
# The series in which an option's first lever shows: (series, how a year is made of its months, whether more is better).
SIGNS: Mapping[str, tuple[str, str, bool]] = {
    "hours_day": ("visits", "sum", True),
    "hours_evening": ("visits", "sum", True),
    "hours_new_place": ("visits", "sum", True),
    "worker_hours": ("visits", "sum", True),
    "wage": ("quits", "sum", False),
    "benefits": ("quits", "sum", False),
    "support": ("quits", "sum", False),
    "hire_frozen": ("posts_filled", "end", True),
    "hire_speed": ("posts_filled", "end", True),
    "kits": ("kits_given", "sum", True),
    "kits_added": ("kits_given", "sum", True),
    "share_onward": ("kits_given", "sum", True),
    "offer_inject": ("reached", "end", True),
    "offer_smoke": ("reached", "end", True),
    "referrals": ("on_moud", "end", True),
    "witnessed": ("reversals", "sum", True),
    "responders": ("reversals", "sum", True),
    "supplies": ("visits", "sum", True),
    "upkeep_added": ("days_closed", "sum", False),
    "repair": ("days_closed", "sum", False),
    "protected": ("fires", "mean", False),
    "claim_lag": ("free_cash", "end", True),
    "cash_in": ("free_cash", "end", True),
    "drug_checking": ("overdoses", "sum", False),
    "room": ("deaths", "sum", False),
    "smoking_supplies": ("reached", "end", True),
    "spotting": ("deaths", "sum", False),
    "onsite": ("on_moud", "end", True),
    "retention": ("on_moud", "end", True),
    "moud_access": ("on_moud", "end", True),
    "jail_moud": ("on_moud", "end", True),
    "jail": ("overdoses", "sum", False),
    "calling": ("deaths", "sum", False),
    "kits_elsewhere": ("kits_held", "end", True),
    "kits_pharmacy": ("kits_held", "end", True),
    "syringe_rule": ("syringes_given", "sum", True),
    "syringes_added": ("syringes_given", "sum", True),
    "syringes_elsewhere": ("hcv_infections", "sum", False),
    "hiv_testing": ("hiv_infections", "sum", False),
    "hcv_treatment": ("hcv_infections", "sum", False),
    "wound_care": ("wounds_hospital", "sum", False),
    "police": ("visits", "sum", True),
    "monitoring": ("overdoses", "sum", False),
    "seizures": ("overdoses", "sum", False),
    "seizures_once": ("overdoses", "sum", False),
    "supply": ("overdoses", "sum", False),
}
NO_SIGN = ("free_cash", "end", True)


def make_plan(
    decision: Decision,
    today: Outlook,
    pick: Outlook,
    program: Program,
    years: int,
    *,
    records_hash: str,
    evidence_hash: str,
    version: str,
    price_growth: float = 0.0,
    price_base: float = 1.0,
    benefits: float = 0.0,
    handed: Mapping[str, float] | None = None,
    common: Collection[str] = (),
) -> Plan:
    """The commitments that a decision comes to, in the order in which they start.

    Args:
        today, pick: outlooks of today's path and of the pick, on the same futures.
        years: plan years; the outlooks must be as long.
        price_growth: by how much prices rise a year (evidence: `price_growth`); prices of options are carried forward
            with it.
        common: option ids that stand in all three plans: they are promised first.

    Raises:
        ValueError: the outlooks are shorter than the plan, or not on the same futures.
    """
    if today.deaths.shape != pick.deaths.shape:
        raise ValueError("today's path and the pick must be outlooks of the same futures and months")
    if years < 1 or today.deaths.shape[1] < 12 * years:
        raise ValueError(
            f"the outlooks hold {today.deaths.shape[1]} months, and a plan of {years} years needs {12 * years}"
        )
    assumed = Assumed(price_base, price_growth, benefits, handed or {})
    money = _money(decision, program, years, assumed, _charged_more(today, pick, years))
    choices = sorted(decision.portfolio.choices, key=lambda c: (c.option not in common, c.start, c.option))
    return Plan(
        program=program.id,
        first_month=today.first_month,
        years=years,
        commitments=tuple(
            replace(_commitment(c, pick, program, years, money.get(c.option, {})), whatever_happens=c.option in common)
            for c in choices
        ),
        records_hash=records_hash,
        evidence_hash=evidence_hash,
        version=version,
    )


def _charged_more(today: Outlook, pick: Outlook, years: int) -> dict[str, NDArray[np.float64]]:
    open_ = open_in_both(today, pick)
    charged = (np.asarray(pick.charged, np.float64) - today.charged)[:, open_].mean(axis=1)
    return {fund: by_year(charged[n], years) for n, fund in enumerate(pick.fund_ids)}


def _money(
    decision: Decision, program: Program, years: int, assumed: Assumed, by_fund: Mapping[str, NDArray[np.float64]]
) -> dict[str, dict[str, dict[int, Decimal]]]:
    costs_of = costs(program, decision.portfolio.choices, years, assumed)
    keys = year_keys(program.starts, years)
    return {
        option: {
            fund: {key: whole(a) for key, a in zip(keys, amounts, strict=True) if whole(a)}
            for fund, amounts in funds.items()
        }
        for option, funds in shared_out(program, costs_of, by_fund, years).items()
    }


def _commitment(
    choice: Choice, pick: Outlook, program: Program, years: int, money: Mapping[str, Mapping[int, Decimal]]
) -> Commitment:
    option = next((o for o in program.options if o.id == choice.option), Option(choice.option, choice.option, "yes-no"))
    series, how, more_is_better = _sign(program, choice.option)
    keys = year_keys(pick.first_month, years)
    paths = [interval(_year(pick, series, how, year)) for year in range(years)]
    told = {"expected": "middle", "low": "low", "high": "high"}
    expected, low, high = (
        {k: _kept(getattr(p, end)) for k, p in zip(keys, paths, strict=True)} for end in told.values()
    )
    return Commitment(
        id=choice.option,
        option=choice.option,
        what=_what(option, choice.level),
        who=option.owner or OWNER,
        by=choice.start,
        money=_ordered(money),
        indicator=series,
        expected=expected,
        low=low,
        high=high,
        look_again=_look_again(series, more_is_better, choice, pick, keys, low, high),
        kind=option.kind,
    )


def _what(option: Option, level: float) -> str:
    if option.kind != "level" or option.unit is None:
        return option.name
    return f"{option.name}: {level:,.10g} {option.unit}"


def _sign(program: Program, option: str) -> tuple[str, str, bool]:
    levers_moved = [e.lever for e in program.effects if e.option == option]
    return next((SIGNS[lever] for lever in levers_moved if lever in SIGNS), NO_SIGN)


def _year(outlook: Outlook, series: str, how: str, year: int) -> np.ndarray:
    values = np.asarray(getattr(outlook, series), np.float64)[:, 12 * year : 12 * year + 12]
    return values.sum(axis=1) if how == "sum" else values.mean(axis=1) if how == "mean" else values[:, -1]


def _kept(value: float) -> float:
    """Four figures, and no more than two places: a path is no more exact than that, and the file stays readable."""
    return round(float(f"{value:.4g}"), 2) + 0.0


def _look_again(
    series: str,
    more_is_better: bool,
    choice: Choice,
    pick: Outlook,
    keys: tuple[int, ...],
    low: Mapping[int, float],
    high: Mapping[int, float],
) -> str:
    """The trigger: the sign lies outside its likely range, on the bad side, in the first whole plan year of running."""
    year = min(max(0, -(-choice.start.since(pick.first_month) // 12)), len(keys) - 1)
    side, value = ("<", low[keys[year]]) if more_is_better else (">", high[keys[year]])
    return f"{series} {side} {value:.10g} by {keys[year]}"


def _ordered(money: Mapping[str, Mapping[int, Decimal]]) -> dict[str, Mapping[int, Decimal]]:
    """Largest fund first, free cash last."""
    return dict(sorted(money.items(), key=lambda pair: (pair[0] == FREE, -sum(pair[1].values()), pair[0])))
