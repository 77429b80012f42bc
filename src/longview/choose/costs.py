"""What today's path and the options cost, line by line and month by month, before any simulation.

Sources: docs/model.md 2.13-2.15 (the same bills as planned: no emergency, no resignation, no rationing), decision 102.
All money is nominal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import prod

import numpy as np
from numpy.typing import NDArray

from longview.choose.strings import YEAR, Assumptions, budgets, line_of, overhead_of, payers
from longview.program import Cost, Effect, Month, Post, Program, Supply, levers
from longview.results import Choice

Floats = NDArray[np.float64]
WEEKS_A_MONTH = 52.0 / YEAR
PAY_ITEM = {"wage": "wages", "stipend": "stipends", "contract": "contracts", "volunteer": "stipends"}
MODELLED = ("wage", "hire_frozen", "kits", "kits_added", "supplies", "syringe_rule", "upkeep_added")
TODAY: Sequence[Choice] = ()
SETTLED = 1e-6  # of a cent: what binary fractions lose of a half cent


@dataclass(frozen=True, slots=True)
class Line:
    """Money that falls due: `item` says which funds may pay it, `paid_by` narrows them, `amount` is nominal, [T].

    A bill is in whole cents, so that items, classes and the ledger tie to the cent.
    """

    item: str
    paid_by: tuple[str, ...]
    amount: Floats

    def __post_init__(self) -> None:
        object.__setattr__(self, "amount", whole_cents(self.amount))


def whole_cents(amount: Floats) -> Floats:
    """Money in whole cents, half a cent away from zero, as on paper."""
    size = np.floor(np.abs(amount) * 100.0 + 0.5 + SETTLED)
    return np.asarray(np.sign(amount) * size / 100.0, dtype=np.float64)


def without_records(program: Program) -> Program:
    """The same program without its counts of services: `starts` looks through them each time that it is asked."""
    return replace(program, plan_from=program.starts, records=replace(program.records, services=()))


def price_level(months: int, given: Assumptions) -> Floats:
    """Prices over those of the price year, [T]."""
    return given.price_base * (1.0 + given.price_growth) ** (np.arange(months) / YEAR)


def own_raises(program: Program, months: int) -> Floats:
    """Pay over today's without any option: `yearly_raise` at each January after the first month, [T]."""
    januaries = np.cumsum([t > 0 and program.starts.plus(t).month == 1 for t in range(months)])
    return np.asarray((1.0 + program.yearly_raise) ** januaries, dtype=np.float64)


def lever_path(program: Program, choices: Sequence[Choice], lever: str, months: int) -> Floats:
    """A lever's planned value in each month (best guesses of the effects), [T]; pulses are zero but in their month.

    lever = (today, or what is set) · Π multiply^(level · ramp) + Σ add · level · ramp, within the lever's range
    """
    known = levers()[lever]
    base = np.full(months, known.today)
    times, plus = np.ones(months), np.zeros(months)
    for choice in choices:
        for effect in (e for e in program.effects if e.option == choice.option and e.lever == lever):
            begins = choice.start.since(program.starts)
            weight = _ramp(effect, begins, months)
            if known.kind == "pulse":
                plus += effect.value * choice.level * (np.arange(months) == begins)
            elif effect.op == "set":
                base = base + (effect.value - known.today) * weight
            elif effect.op == "multiply":
                times *= effect.value ** (choice.level * weight)
            else:
                plus += effect.value * choice.level * weight
    return np.clip(base * times + plus, known.low, known.high)


def _ramp(effect: Effect, begins: int, months: int) -> Floats:
    since = np.arange(months) - begins + 1.0
    return np.clip(since / max(effect.ramp_months, 1.0), 0.0, 1.0)


def today_lines(program: Program, months: int, given: Assumptions) -> list[Line]:
    """Today's path: payroll by post, running costs, supplies, upkeep."""
    prices, calendar = price_level(months, given), [program.starts.plus(t) for t in range(months)]
    lines = modelled_lines(program, TODAY, months, given)
    for cost in program.costs:
        due = np.array([_due(cost, month) for month in calendar])
        lines.append(Line(cost.item, cost.paid_by, due * float(cost.amount) * prices))
    return lines


def _due(cost: Cost, month: Month) -> float:
    """The share of a bill that counts in a month: bills less often than monthly are spread, as the model does."""
    inside = (cost.first is None or month >= cost.first) and (cost.last is None or month <= cost.last)
    return float(inside) / cost.every


def modelled_lines(program: Program, choices: Sequence[Choice], months: int, given: Assumptions) -> list[Line]:
    """Lines that the levers themselves move: pay, kits, other supplies, upkeep."""
    path = {lever: lever_path(program, choices, lever, months) for lever in MODELLED}
    prices = price_level(months, given)
    pay = path["wage"] * own_raises(program, months)  # of all who are paid, stipends and contracts too (model.md 2.17)
    lines = [
        Line(
            PAY_ITEM[post.paid_as],
            post.paid_by,
            _seats(post, path["hire_frozen"]) * monthly_pay(post, given) * pay,
        )
        for post in program.posts
    ]
    for supply in program.supplies:
        units = given.handed.get(supply.item, 0.0) if supply.a_month is None else supply.a_month
        match supply.item:
            case "naloxone":
                asked = units * path["kits"] + path["kits_added"]
            case "syringes":
                asked = units * path["supplies"] * path["syringe_rule"]
            case _:
                asked = units * path["supplies"]
        free = _in_kind(supply, program, months, given)
        lines.append(Line(supply.item, (), np.maximum(0.0, asked - free) * float(supply.unit_price) * prices))
    upkeep = sum(float(site.upkeep or 0) for site in program.sites) + path["upkeep_added"]
    lines.append(Line("building", (), upkeep / YEAR * prices))
    return lines


def monthly_pay(post: Post, given: Assumptions) -> float:
    """A month's pay of one person in a post, benefits and payroll tax included, at today's rate."""
    benefits = post.benefits if post.benefits is not None else (given.benefits if post.paid_as == "wage" else 0.0)
    return post.hours * WEEKS_A_MONTH * float(post.rate) * (1.0 + benefits)


def _seats(post: Post, opened: Floats) -> Floats:
    """People paid for: every place that is filled or being sought; places on hold as far as an option opens them."""
    held = 0.0 if post.hiring else max(0.0, post.people - post.filled)
    return np.asarray(post.people - held + held * opened, dtype=np.float64)


def _in_kind(supply: Supply, program: Program, months: int, given: Assumptions) -> Floats:
    """Units a month that we expect to be given: as promised, then less by the chance a year that the gift ends, [T]."""
    ends = given.gift_ends if supply.in_kind_chance_ends is None else supply.in_kind_chance_ends
    promised = -1 if supply.in_kind_until is None else supply.in_kind_until.since(program.starts)
    past = np.clip(np.arange(months) - promised, 0, None)
    return np.asarray(supply.in_kind * (1.0 - ends) ** (past / YEAR), dtype=np.float64)


def price_lines(program: Program, choice: Choice, months: int, given: Assumptions) -> list[Line]:
    """What an option's own prices come to at its level, [T] each."""
    prices, begins = price_level(months, given), choice.start.since(program.starts)
    found = []
    for price in (p for p in program.prices if p.option == choice.option):
        since = np.arange(months) - begins
        until = months if price.months is None else price.after + price.months
        due = since == 0 if price.how == "once" else (since >= price.after) & (since < until) & (since >= 0)
        found.append(Line(price.item, price.paid_by, due * float(price.amount) * choice.level * prices))
    return found


def moves_modelled(program: Program, option: str) -> frozenset[str]:
    """The levers with a modelled cost that an option moves."""
    return frozenset(e.lever for e in program.effects if e.option == option and e.lever in MODELLED)


Kind = tuple[tuple[int, float, str | None], ...]
"""How a bill may be paid: of each fund that may, its place, the overhead on the charge, and its budget's line."""


@dataclass(frozen=True, slots=True)
class Classes:
    """Lines that the same funds may pay, on the same terms, fall into one class.

    Attributes:
        kinds: the classes, in order. funds: of each, places in `program.funds` of those that may pay it.
        over: 1 + overhead on a charge, by (class, fund). lines: line of the fund's budget, by (class, fund), for
            funds whose budget binds; None: no line holds it.
    """

    kinds: tuple[Kind, ...]
    program: Program
    funds: tuple[tuple[int, ...], ...]
    over: Mapping[tuple[int, int], float]
    lines: Mapping[tuple[int, int], str | None]
    _place: dict[tuple[str, tuple[str, ...]], int] = field(default_factory=dict)

    def table(self, lines: Iterable[Line], months: int) -> Floats:
        """The lines added up by class, [K, T].

        Raises:
            KeyError: a line belongs to a class that was not foreseen (a bug, never the user's fault).
        """
        table = np.zeros((len(self.kinds), months))
        for line in lines:
            table[self.of(line)] += line.amount
        return table

    def of(self, line: Line) -> int:
        """The class of a line, as a place in `kinds`."""
        key = (line.item, line.paid_by)
        if key not in self._place:
            kind = kind_of(self.program, line.item, line.paid_by)
            if kind not in self.kinds:
                raise KeyError(key)
            self._place[key] = self.kinds.index(kind)
        return self._place[key]


def kind_of(program: Program, item: str, paid_by: tuple[str, ...]) -> Kind:
    """How a bill of an item may be paid."""
    bound = budgets(program)
    return tuple(
        (n, overhead_of(program.funds[n], item), line_of(bound[n], item) if n in bound else None)
        for n in payers(program, item, paid_by)
    )


def classes(program: Program) -> Classes:
    """Every class that today's path or any option's price can fall into."""
    asked = {(PAY_ITEM[p.paid_as], p.paid_by) for p in program.posts}
    asked |= {(c.item, c.paid_by) for c in program.costs} | {(p.item, p.paid_by) for p in program.prices}
    asked |= {(s.item, ()) for s in program.supplies} | {("building", ())}
    found = {kind_of(program, item, paid_by) for item, paid_by in asked}
    kinds = tuple(sorted(found, key=lambda kind: [(n, over, line or "") for n, over, line in kind]))
    funds = tuple(tuple(n for n, _, _ in kind) for kind in kinds)
    over = {(k, n): 1.0 + share for k, kind in enumerate(kinds) for n, share, _ in kind}
    lines = {(k, n): line for k, kind in enumerate(kinds) for n, _, line in kind}
    return Classes(kinds, program, funds, over, lines)


def added_lines(
    program: Program, choices: Sequence[Choice], months: int, given: Assumptions, *, modelled: bool
) -> list[Line]:
    """What choices add, line by line, [T] each: their prices and, with `modelled`, what their levers cost.

    Negative where a choice saves. A modelled line (a post's pay, say) is moved by options of one group alone, so what
    is saved and what is added, each summed line by line, add up over groups.
    """
    lines = [line for choice in choices for line in price_lines(program, choice, months, given)]
    if modelled:
        now = modelled_lines(program, TODAY, months, given)
        then = modelled_lines(program, choices, months, given)
        lines += [Line(a.item, a.paid_by, b.amount - a.amount) for a, b in zip(now, then, strict=True)]
    return lines


def extra(
    program: Program, choices: Sequence[Choice], months: int, given: Assumptions, kinds: Classes, *, modelled: bool
) -> tuple[Floats, Floats, Floats]:
    """What choices save and add by class, [K, T] each (at most 0; at least 0), and free cash lent or given, [T]."""
    saved, more = np.zeros((len(kinds.kinds), months)), np.zeros((len(kinds.kinds), months))
    for line in added_lines(program, choices, months, given, modelled=modelled):
        k = kinds.of(line)
        saved[k] += np.minimum(line.amount, 0.0)
        more[k] += np.maximum(line.amount, 0.0)
    return saved, more, lever_path(program, choices, "cash_in", months)


def gifts_that_match(program: Program, months: int, given: Assumptions) -> Floats:
    """The worth of gifts in kind that count as match, at their cash price in prices of `price_year`, [T]."""
    counted = (s for s in program.supplies if s.counts_as_match)
    worth = (_in_kind(s, program, months, given) * float(s.unit_price) for s in counted)
    return np.asarray(sum(worth, np.zeros(months)), dtype=np.float64)


def wage_ratio(program: Program, choices: Sequence[Choice], months: int) -> Floats:
    """Our pay over today's rates in each month: the wage lever times the yearly raise, [T]."""
    return lever_path(program, choices, "wage", months) * own_raises(program, months)


def combinations(sizes: Sequence[int]) -> NDArray[np.int64]:
    """Every row of level numbers of axes of these sizes, [product, axes]; the row of zeros first."""
    if not sizes:
        return np.zeros((1, 0), dtype=np.int64)
    return np.array(np.unravel_index(np.arange(prod(sizes)), tuple(sizes)), dtype=np.int64).T
