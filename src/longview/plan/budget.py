"""What each commitment costs by plan year, and which funds we expect to pay it.

Prices say what an option costs, and so does what its levers move (pay, kits, upkeep): a promise is made at its price,
not at what is left of it once money has run short. Which fund pays is shared out from what the outlooks charge to
each more than on today's path, and never to a fund whose strings forbid it; the rest falls to free cash.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from longview.program import Month, Post, Program, Supply, levers
from longview.program.items import fund_may_pay, items
from longview.results import Choice, Outlook

Floats = NDArray[np.float64]
FREE = "free-cash"
ROUNDS = 60  # of proportional fitting: sums agree to well under a dollar long before
WEEKS = 52
# A lever whose cost the model works out, and the item that it is spent on (hours kept for planning are paid already).
MODELLED = {
    "wage": "wages",
    "hire_frozen": "wages",
    "kits": "naloxone",
    "kits_added": "naloxone",
    "supplies": "other-supplies",
    "syringe_rule": "syringes",
    "upkeep_added": "building",
}


@dataclass(frozen=True, slots=True)
class Assumed:
    """What a budget takes from the evidence and the records.

    Attributes:
        base: prices in the first planned year over those of the price year; growth: of prices, a year.
        benefits: benefits and payroll tax as a share of pay, where a post does not say.
        handed: item id → units handed out a month today, where a supply does not say.
    """

    base: float = 1.0
    growth: float = 0.0
    benefits: float = 0.0
    handed: Mapping[str, float] = field(default_factory=dict)

    def prices(self, years: int) -> Floats:
        """The price level of each plan year, on average, [years]."""
        return np.asarray(self.base * (1.0 + self.growth) ** (np.arange(years) + 0.5), np.float64)


def year_keys(first_month: Month, years: int) -> tuple[int, ...]:
    """The calendar year in which each plan year ends: what `Commitment.money` and its paths are keyed by."""
    return tuple(first_month.plus(12 * year + 11).year for year in range(years))


def by_year(values: NDArray[np.floating], years: int) -> Floats:
    """Monthly money summed to plan years: [..., T] → [..., years]."""
    whole = np.asarray(values, np.float64)[..., : 12 * years]
    return np.asarray(whole.reshape(*whole.shape[:-1], years, 12).sum(axis=-1))


def open_in_both(today: Outlook, pick: Outlook) -> NDArray[np.bool_]:
    """Futures in which neither path closes, [F]: a budget is made for a program that is open. All, if hardly any
    stay open."""
    found = ~(today.closed[:, -1] | pick.closed[:, -1])
    return found if found.mean() >= 0.05 else np.ones_like(found)


def priced(program: Program, choice: Choice, years: int, assumed: Assumed) -> dict[str, Floats]:
    """What an option's own prices come to by plan year: item → nominal money, [years]."""
    months = 12 * years
    level = assumed.base * (1.0 + assumed.growth) ** (np.arange(months) / 12.0)
    since = np.arange(months) - choice.start.since(program.starts)
    found: dict[str, Floats] = {}
    for price in (p for p in program.prices if p.option == choice.option):
        until = months if price.months is None else price.after + price.months
        due = since == 0 if price.how == "once" else (since >= max(0, price.after)) & (since < until)
        money = by_year(due * float(price.amount) * choice.level * level, years)
        found[price.item] = found.get(price.item, np.zeros(years)) + money
    return found


def moved(program: Program, choice: Choice, years: int, assumed: Assumed) -> dict[str, Floats]:
    """What levers cost whose cost the model works out, at today's amounts: item → nominal money by plan year,
    [years]."""
    share = np.array([_share_of_year(program, choice, year) for year in range(years)])
    pay_or_prices = {item: assumed.prices(years) for item in MODELLED.values()} | {"wages": np.ones(years)}
    found: dict[str, Floats] = {}
    for effect in program.effects:
        if effect.option != choice.option or effect.lever not in MODELLED:
            continue
        today = levers()[effect.lever].today
        value = {"multiply": today * effect.value**choice.level, "add": today + effect.value * choice.level}
        more = value.get(effect.op, effect.value) - today
        item = MODELLED[effect.lever]
        yearly = max(0.0, more * _per_unit(program, effect.lever, assumed))
        found[item] = found.get(item, np.zeros(years)) + yearly * share * pay_or_prices[item]
    return found


def _share_of_year(program: Program, choice: Choice, year: int) -> float:
    before = choice.start.since(program.starts) - 12 * year
    return float(np.clip(12 - before, 0, 12)) / 12


def _per_unit(program: Program, lever: str, assumed: Assumed) -> float:
    """Money a year for one unit of a lever, at today's prices and pay."""

    def pay(post: Post, people: float) -> float:
        return (
            float(post.rate)
            * post.hours
            * WEEKS
            * people
            * (1 + (assumed.benefits if post.benefits is None else post.benefits))
        )

    def units(supply: Supply) -> float:
        return assumed.handed.get(supply.item, 0.0) if supply.a_month is None else supply.a_month

    if lever == "wage":
        return sum(pay(p, p.people if p.hiring else p.filled) for p in program.posts if p.paid_as == "wage")
    if lever == "hire_frozen":
        return sum(pay(p, max(0.0, p.people - p.filled)) for p in program.posts if not p.hiring)
    kits = [s for s in program.supplies if s.item == "naloxone"]
    if lever == "kits_added":
        return 12 * sum(float(s.unit_price) for s in kits[:1])
    others = kits if lever == "kits" else [s for s in program.supplies if s.item != "naloxone"]
    if lever == "syringe_rule":
        others = [s for s in program.supplies if s.item == "syringes"]
    if lever in ("kits", "supplies", "syringe_rule"):
        return 12 * sum(float(s.unit_price) * units(s) for s in others)
    return 1.0  # upkeep_added is money a year already


def costs(program: Program, choices: Sequence[Choice], years: int, assumed: Assumed) -> dict[tuple[str, str], Floats]:
    """What each (option, item) costs by plan year, nominal, [years]."""
    found: dict[tuple[str, str], Floats] = {}
    for choice in choices:
        for table in (priced(program, choice, years, assumed), moved(program, choice, years, assumed)):
            for item, money in table.items():
                key = (choice.option, item)
                found[key] = found.get(key, np.zeros(years)) + money
    return {key: money for key, money in found.items() if (money > 0.5).any()}


def shared_out(
    program: Program, costs_of: Mapping[tuple[str, str], Floats], by_fund: Mapping[str, Floats], years: int
) -> dict[str, dict[str, Floats]]:
    """Who pays: option → fund → money by plan year, [years]; each (option, item) is paid in full, and only by a fund
    that may.

    Args:
        by_fund: what each fund is charged more than on today's path, [years]; what is left over falls to free cash.
    """
    funds = [f.id for f in program.funds]
    names = [*funds, FREE]
    keys = list(costs_of)
    if not keys:  # a pick of options that cost nothing
        return {}
    may = np.array(
        [[_may(program, fund, option, item) for fund in funds] + [True] for option, item in keys], dtype=bool
    )
    paid = np.zeros((len(keys), len(names), years))
    for year in range(years):
        need = np.array([costs_of[key][year] for key in keys])
        room = np.array([max(0.0, float(by_fund[fund][year])) if fund in by_fund else 0.0 for fund in names])
        paid[:, :, year] = _fitted(need, room, may)
    found: dict[str, dict[str, Floats]] = {}
    for row, (option, _) in enumerate(keys):
        for column, fund in enumerate(names):
            if paid[row, column].sum() > 0.5:
                of = found.setdefault(option, {})
                of[fund] = of.get(fund, np.zeros(years)) + paid[row, column]
    return found


def _may(program: Program, fund_id: str, option: str, item: str) -> bool:
    fund = next(f for f in program.funds if f.id == fund_id)
    named = [p.paid_by for p in program.prices if p.option == option and p.item == item and p.paid_by]
    if named and not any(fund_id in paid_by for paid_by in named):
        return False
    return item not in items() or fund_may_pay(fund, item)


def _fitted(need: Floats, room: Floats, may: NDArray[np.bool_]) -> Floats:
    """Money from funds (columns) to needs (rows): rows are met in full, no column but the last gives more than
    its room."""
    start = np.where(may, np.maximum(room, 0.0)[None, :], 0.0)
    start[:, -1] = np.maximum(start[:, -1], 1e-6)
    paid = start
    for _ in range(ROUNDS):
        rows = paid.sum(axis=1)
        paid = paid * np.divide(need, rows, out=np.zeros_like(need), where=rows > 0)[:, None]
        columns = paid[:, :-1].sum(axis=0)
        over = np.where(
            columns > room[:-1], np.divide(room[:-1], columns, out=np.zeros_like(columns), where=columns > 0), 1.0
        )
        paid[:, :-1] *= over[None, :]
        paid[:, -1] = np.maximum(0.0, need - paid[:, :-1].sum(axis=1))
    return paid


def whole(amount: float) -> Decimal:
    """Money in whole units of the currency."""
    return Decimal(round(amount))
