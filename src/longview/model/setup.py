"""A program as arrays: what never changes during a run and is the same in every future."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from longview.model.arrays import Array
from longview.model.guards import EVENING_STARTS, LAG_MOST, WEEKS_A_MONTH
from longview.model.income import FundTable
from longview.model.limits import Limits, binding, by_line
from longview.program import Fund, Post, Program, Site, Supply, fund_may_pay, handed_out

Floats = NDArray[np.float64]

ENDLESS_TERM = 12
"""Months of a term of a fund without an end: a budget year."""

UNIT_KINDS = (("visits",), ("kits", "naloxone", "kits-out"), ("participants",))
"""What a fund may pay by the unit, in the order of `State.units`."""

NO_MONTHS = 10_000.0
"""Months that outlast every run."""


class Setup(NamedTuple):
    """Arrays of a program; a trailing axis of 1 stands for the batch. Money is monthly unless said; −1 = left to evidence.

    Attributes:
        weekly, base_pay, benefits, waged, hourly, hiring, is_named, filled, months_in: by place, [place, 1].
        named: [place, fund]. roles: [role, place]. roster: [session, place]. session_hours, evening (share of them): [session, 1];
            sessions that the same people open stand as one.
        base_hours: open hours where there are no sessions, [1].
        funds, allowed: what a fund may pay, [fund, class]; a class is all lines that the same
            funds may pay (see `Wiring`).
        renewal, award: the program's own chances, −1 where evidence says, [fund, 1]. receivable: of
            reimbursing funds, [fund, LAG_MOST, 1].
        is_kits, usual, stock, unit_price, in_kind, gift_ends, is_syringes: by item handed out, [item, 1].
        value, condition, backlog (for each unit of condition lost), hours_in (share of session hours), upkeep (a year): by
            premises, [premises, 1]; money of the price year.
        price_amount, price_once, price_after, price_months, price_bound: [price, 1].
        reserve, credit, free_cash: [1]. limits: what funds ask beyond their items, or None where no fund does.
    """

    weekly: Array
    base_pay: Array
    benefits: Array
    waged: Array
    hourly: Array
    hiring: Array
    is_named: Array
    filled: Array
    months_in: Array
    named: Array
    roles: Array
    roster: Array
    session_hours: Array
    evening: Array
    base_hours: Array
    funds: FundTable
    allowed: Array
    renewal: Array
    award: Array
    receivable: Array
    is_kits: Array
    usual: Array
    stock: Array
    unit_price: Array
    in_kind: Array
    gift_ends: Array
    is_syringes: Array
    value: Array
    condition: Array
    backlog: Array
    hours_in: Array
    upkeep: Array
    price_amount: Array
    price_once: Array
    price_after: Array
    price_months: Array
    price_bound: Array
    reserve: Array
    credit: Array
    free_cash: Array
    limits: Limits | None


@dataclass(frozen=True)
class Wiring:
    """What goes where, known before a run: which lever a row of effects moves, which class of bills a line belongs to.

    Attributes:
        levers: lever of each effect row. places, supplies, costs, prices: class of each line; building, training: of those bills.
        classes: how many there are. saved: those that an option takes bills away from. reimburse: funds that pay after the fact.
    """

    levers: tuple[str, ...]
    places: tuple[int, ...]
    supplies: tuple[int, ...]
    building: int
    training: int
    costs: tuple[int, ...]
    prices: tuple[int, ...]
    classes: int
    saved: tuple[int, ...]
    reimburse: tuple[int, ...]


@dataclass(frozen=True)
class Names:
    """Names along the axes of `Setup`, in order."""

    places: tuple[str, ...]
    posts: tuple[str, ...]
    roles: tuple[str, ...]
    needed: tuple[int, ...]
    premises: tuple[str, ...]
    funds: tuple[str, ...]
    origins: tuple[str, ...]
    lines: tuple[tuple[str, tuple[str, ...]], ...]
    supplies: tuple[str, ...]
    price_options: tuple[str, ...]
    wiring: Wiring


def column(values: list[Any]) -> Floats:
    """A list as [n, 1]."""
    return np.asarray([float(v) for v in values], dtype=np.float64).reshape(-1, 1)


def keeps_building(program: Program) -> list[Site]:
    """Sites whose building is ours to keep: owned, or the lease says so (a tenant's roof is the landlord's)."""
    return [s for s in program.sites if s.replacement_value and s.condition is not None and s.ours_to_keep]


def item_lines(program: Program) -> list[tuple[str, tuple[str, ...]]]:
    """Item lines that can arise, each with the funds that name it (none: any that may pay the item), sorted."""
    named = {(c.item, tuple(sorted(c.paid_by))) for c in program.costs}
    named |= {(x.item, tuple(sorted(x.paid_by))) for x in program.prices}
    named |= {(s.item, ()) for s in program.supplies}
    return sorted(named | {("building", ()), ("training", ())})


PAY_ITEM = {"wage": "wages", "stipend": "stipends", "contract": "contracts", "volunteer": "stipends"}
"""Item under which a post's pay is charged."""


def prepare(program: Program) -> tuple[Setup, Names]:
    """A program's arrays and their names. The program must have passed `check`."""
    program = with_kits(program)
    places = [(f"{p.id}.{i}", p, min(max(p.filled - i, 0.0), 1.0)) for p in program.posts for i in range(p.people)]
    posts = [p for _, p, _ in places]
    roles = sorted({p.role for p in posts})
    funds = list(program.funds)
    fund_at = {f.id: i for i, f in enumerate(funds)}
    lines = item_lines(program)
    premises = keeps_building(program)
    named = np.zeros((len(places), len(funds)))
    for i, post in enumerate(posts):
        for name in fund_at.keys() & set(post.paid_by):
            named[i, fund_at[name]] = 1.0
    allowed = np.zeros((len(funds), len(places) + len(lines)))
    for n, fund in enumerate(funds):
        for i, post in enumerate(posts):
            open_to = not post.paid_by or fund.id in post.paid_by
            allowed[n, i] = open_to and fund_may_pay(fund, PAY_ITEM[post.paid_as])
        for j, (item, only) in enumerate(lines):
            allowed[n, len(places) + j] = (not only or fund.id in only) and fund_may_pay(fund, item)
    asks = by_line(
        program, [PAY_ITEM[p.paid_as] for p in posts] + [item for item, _ in lines], _spent(program, places, lines)
    )
    told = np.concatenate([allowed, asks.overhead, asks.most]) if binding(program) else allowed
    alike, at = bill_classes(told)
    classes, limits = alike[: len(funds)], None
    if binding(program):
        limits = _of_classes(asks, at, classes.shape[1])
    line_at = dict(zip(lines, at[len(places) :], strict=True))
    setup = Setup(
        weekly=column([p.hours for p in posts]),
        base_pay=column([p.hours * WEEKS_A_MONTH * float(p.rate) * (p.paid_as != "volunteer") for p in posts]),
        benefits=column([_benefits(p) for p in posts]),
        waged=column([p.paid_as == "wage" for p in posts]),
        hourly=column([p.paid_as in ("stipend", "contract") for p in posts]),
        hiring=column([p.hiring for p in posts]),
        is_named=column([bool(fund_at.keys() & set(p.paid_by)) for p in posts]),
        filled=column([f for _, _, f in places]),
        months_in=column([-1.0 if p.months_in_post is None else p.months_in_post for p in posts]),
        named=named,
        roles=np.asarray([[float(p.role == role) for p in posts] for role in roles]).reshape(len(roles), len(posts)),
        **_sessions(program, posts),
        base_hours=np.asarray([max((p.hours for p in posts), default=1.0)]),
        **_funds(program),
        allowed=classes,
        **_supplies(program),
        value=column([s.replacement_value for s in premises]),
        condition=column([s.condition for s in premises]),
        backlog=column([_backlog(s) for s in premises]),
        hours_in=_hours_in(program, premises),
        upkeep=column([-1.0 if s.upkeep is None else s.upkeep for s in premises]),
        **_prices(program),
        reserve=np.asarray([-1.0 if program.reserve is None else float(program.reserve)]),
        credit=np.asarray([-1.0 if program.credit_limit is None else float(program.credit_limit)]),
        free_cash=np.asarray([float(program.free_cash)]),
        limits=limits,
    )
    names = Names(
        tuple(name for name, _, _ in places),
        tuple(p.id for p in posts),
        tuple(roles),
        tuple(g[1] for g in session_groups(program, posts)),
        tuple(s.id for s in premises),
        tuple(fund_at),
        tuple(f.origin for f in funds),
        tuple(lines),
        tuple(s.item for s in program.supplies),
        tuple(x.option for x in program.prices),
        Wiring(
            levers=tuple(e.lever for e in program.effects),
            places=tuple(at[: len(places)]),
            supplies=tuple(line_at[s.item, ()] for s in program.supplies),
            building=line_at["building", ()],
            training=line_at["training", ()],
            costs=tuple(line_at[c.item, tuple(sorted(c.paid_by))] for c in program.costs),
            prices=tuple(line_at[x.item, tuple(sorted(x.paid_by))] for x in program.prices),
            classes=int(classes.shape[1]),
            saved=tuple(sorted({line_at[x.item, tuple(sorted(x.paid_by))] for x in program.prices if x.amount < 0})),
            reimburse=tuple(i for i, f in enumerate(funds) if f.pays == "reimburse"),
        ),
    )
    return setup, names


def _spent(program: Program, places: list[Any], lines: list[tuple[str, tuple[str, ...]]]) -> list[float]:
    """Spent on each place and each item line a month, today, about."""
    pay = [p.hours * WEEKS_A_MONTH * float(p.rate) * filled for _, p, filled in places]
    spent = dict.fromkeys(lines, 0.0)
    for cost in program.costs:
        spent[cost.item, tuple(sorted(cost.paid_by))] += float(cost.amount) / cost.every
    units = _units(program)
    for supply in program.supplies:
        spent[supply.item, ()] += max(units[supply.id] - supply.in_kind, 0.0) * float(supply.unit_price)
    return pay + [spent[line] for line in lines]


def _units(program: Program) -> dict[str, float]:
    """Units a month today of each row of supplies: as it says, else as services counted."""
    counted = handed_out(program)
    return {s.id: counted.get(s.item, 0.0) if s.a_month is None else s.a_month for s in program.supplies}


def _of_classes(asks: Limits, at: list[int], count: int) -> Limits:
    """Limits by class: overhead is the same on all lines of one, what may be charged adds up."""
    overhead, most = np.zeros((len(asks.matched), count)), np.zeros((len(asks.matched), count))
    for j, c in enumerate(at):
        overhead[:, c] = asks.overhead[:, j]
        most[:, c] += asks.most[:, j]
    return Limits(overhead, most, asks.matched)


def bill_classes(allowed: Floats) -> tuple[Floats, list[int]]:
    """Lines that the same funds may pay, as one: what each fund may pay by class, [fund, class], and each line's class.

    Within a class a fund pays its lines in proportion, so nothing is lost by adding them up first.
    """
    columns = [tuple(row) for row in allowed.T]
    kinds = sorted(set(columns))
    return np.asarray(kinds, dtype=np.float64).reshape(len(kinds), allowed.shape[0]).T, [
        kinds.index(c) for c in columns
    ]


def with_kits(program: Program) -> Program:
    """The program with a row for naloxone: kits that no row tells of are taken as given to it, without end."""
    if any(s.item == "naloxone" for s in program.supplies):
        return program
    free = Supply(id="naloxone", item="naloxone", unit_price=Decimal(0), in_kind=NO_MONTHS, in_kind_chance_ends=0.0)
    return replace(program, supplies=(*program.supplies, free))


def _benefits(post: Post) -> float:
    if post.benefits is not None:
        return float(post.benefits)
    return -1.0 if post.paid_as == "wage" else 0.0


def _backlog(site: Site) -> float:
    if site.repairs_put_off is None or site.condition is None or site.condition >= 1.0:
        return -1.0
    return float(site.repairs_put_off) / (1.0 - site.condition)


def _hours_in(program: Program, premises: list[Site]) -> Floats:
    weekly = [(x.site, (x.end - x.start) * (len(x.months) or 12) / 12.0) for x in program.sessions]
    hours = {s.id: sum(length for site, length in weekly if site == s.id) for s in premises}
    every = sum(length for _, length in weekly)
    if not program.sessions:
        return column([1.0 / len(premises) for _ in premises])
    return column([hours[s.id] / every for s in premises])


def session_groups(program: Program, posts: list[Post]) -> list[tuple[tuple[float, ...], int, float, float]]:
    """Sessions that the same people open, needing as many: (roster, needed, hours a week, evening hours a week)."""
    groups: dict[tuple[tuple[float, ...], int], list[float]] = {}
    for s in program.sessions:
        roster = tuple(float(p.site is None or p.site == s.site) for p in posts)
        hours = (s.end - s.start) * (len(s.months) or 12) / 12.0
        late = (
            1.0
            if s.weekday in ("sat", "sun")
            else max(s.end - max(s.start, EVENING_STARTS), 0.0) / max(s.end - s.start, 1e-9)
        )
        held = groups.setdefault((roster, s.needed), [0.0, 0.0])
        held[0] += hours
        held[1] += hours * late
    return [(roster, needed, hours, late) for (roster, needed), (hours, late) in groups.items()]


def _sessions(program: Program, posts: list[Post]) -> dict[str, Any]:
    groups = session_groups(program, posts)
    return {
        "roster": np.asarray([g[0] for g in groups]).reshape(len(groups), len(posts)),
        "session_hours": column([g[2] for g in groups]),
        "evening": column([g[3] / max(g[2], 1e-9) for g in groups]),
    }


def term_months(fund: Fund) -> int:
    """Months in a fund's term."""
    return ENDLESS_TERM if fund.last is None else fund.last.since(fund.first) + 1


def has_ended(fund: Fund, program: Program) -> bool:
    """Whether a fund was over before the first planned month."""
    return fund.last is not None and fund.last < program.starts


def _funds(program: Program) -> dict[str, Any]:
    funds = program.funds
    left, receivable = [], []
    for f in funds:
        length, age = term_months(f), program.starts.since(f.first)
        remaining = length - age % length if age >= 0 else length
        whole = max(float(f.amount - f.received), 0.0) if f.received > 0 else float(f.amount) * remaining / length
        left.append(0.0 if age < 0 or has_ended(f, program) else whole)
        if f.pays == "reimburse":
            receivable.append(_receivable(f, program, length))
    return {
        "funds": FundTable(
            amount=column([f.amount for f in funds]),
            length=column([term_months(f) for f in funds]),
            lag=column([f.months_to_pay for f in funds]),
            overhead=column([f.overhead for f in funds]),
            fee=column([f.fee for f in funds]),
            advance=column([f.pays == "advance" and f.origin != "own" for f in funds]),
            reimburse=column([f.pays == "reimburse" for f in funds]),
            per_unit=column([f.pays == "per-unit" for f in funds]),
            own=column([f.pays == "advance" and f.origin == "own" for f in funds]),
            unit_price=column([f.unit_price or 0.0 for f in funds]),
            unit_of=np.asarray([[float(f.unit in kinds) for kinds in UNIT_KINDS] for f in funds]).reshape(-1, 3),
            carries=column([f.carries_over for f in funds]),
            first_left=column(left),
            first_cash=column([0.0 if f.origin == "own" else f.opening_balance for f in funds]),
            endless=column([f.last is None for f in funds]),
        ),
        "renewal": column([-1.0 if f.chance_of_renewal is None else f.chance_of_renewal for f in funds]),
        "award": column([_award(f) for f in funds]),
        "receivable": np.asarray(receivable).reshape(len(receivable), LAG_MOST, 1),
    }


def _award(fund: Fund) -> float:
    if fund.status == "signed":
        return 1.0
    return -1.0 if fund.chance_of_award is None else fund.chance_of_award


def _receivable(fund: Fund, program: Program, length: int) -> Floats:
    out = np.zeros(LAG_MOST)
    lines = [m for m in program.records.money if m.kind == "receivable" and m.fund == fund.id]
    for line in lines:
        due = 0 if line.due is None else line.due.since(program.starts)
        out[min(max(due, 0), LAG_MOST - 1)] += float(line.amount)
    if not lines and fund.status == "signed" and not has_ended(fund, program) and fund.first < program.starts:
        wait = round(max(fund.months_to_pay, 1.0))
        out[: min(wait, LAG_MOST)] = float(fund.amount) / length
    return out


def _supplies(program: Program) -> dict[str, Any]:
    supplies, units = program.supplies, _units(program)
    return {
        "is_kits": column([s.item == "naloxone" for s in supplies]),
        "usual": column([units[s.id] for s in supplies]),
        "stock": column([-1.0 if s.stock is None else s.stock for s in supplies]),
        "unit_price": column([s.unit_price for s in supplies]),
        "in_kind": column([s.in_kind for s in supplies]),
        "gift_ends": column([-1.0 if s.in_kind_chance_ends is None else s.in_kind_chance_ends for s in supplies]),
        "is_syringes": column([s.item == "syringes" for s in supplies]),
    }


def _prices(program: Program) -> dict[str, Any]:
    rows = program.prices
    return {
        "price_amount": column([x.amount for x in rows]),
        "price_once": column([x.how == "once" for x in rows]),
        "price_after": column([x.after for x in rows]),
        "price_months": column([NO_MONTHS if x.months is None else x.months for x in rows]),
        "price_bound": column([x.months is not None and x.amount > 0 for x in rows]),
    }
