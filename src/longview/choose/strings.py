"""Funds and their strings: what each may pay, when its money is there, and how sure it is.

A *pot* is a stretch of months over which a fund's money keeps: a term, or all terms where what is unspent stays.
Today's lines count on a fund in full while it lives (they end with it); what is planned on top counts on it only with
the chance that it is there (decision 101).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from longview.program import Fund, Month, Program, fund_may_pay, items

Floats = NDArray[np.float64]
YEAR = 12


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What planned money needs to know beyond the program's files; the verbs fill it from the evidence.

    Attributes:
        price_base: prices of the first planned month over those of `price_year`; price_growth: a year.
        benefits: benefits and payroll tax as a share of wages where a post does not say.
        renewal: fund id → chance that it renews for another term, where the fund does not say.
        award: chance that a fund which is not signed arrives, where the fund does not say.
        handed: item id → units handed out a month today, where a supply does not say.
        units: unit of service → units a month today, for funds that pay by the unit.
        gift_ends: chance a year that a gift in kind ends for good, where the supply does not say.
        certain_only: count no renewal and no unsigned fund at all for what is planned on top of today.
    """

    price_base: float = 1.0
    price_growth: float = 0.0
    benefits: float = 0.0
    renewal: Mapping[str, float] = field(default_factory=dict)
    award: float = 0.5
    handed: Mapping[str, float] = field(default_factory=dict)
    units: Mapping[str, float] = field(default_factory=dict)
    gift_ends: float = 0.0
    certain_only: bool = False


@dataclass(frozen=True, slots=True)
class Pot:
    """Months `first`-`last` (counted from the plan's start) in which a fund's money keeps.

    Attributes:
        fund: place in `program.funds`.
        inflow: money that may be charged, arriving in each month of the pot, if the fund is there; nominal, after fees.
        sure: chance that the fund is there, each month of the pot, 0-1.
    """

    fund: int
    first: int
    last: int
    inflow: tuple[float, ...]
    sure: tuple[float, ...]


def payers(program: Program, item: str, paid_by: Sequence[str]) -> tuple[int, ...]:
    """Funds that may pay an item, as places in `program.funds`; a line that names funds may be paid by those alone.

    Own income is free cash, and money by the unit arrives as free cash: neither is charged.
    """
    return tuple(
        n
        for n, fund in enumerate(program.funds)
        if is_charged(fund) and (not paid_by or fund.id in paid_by) and fund_may_pay(fund, item)
    )


def overhead_of(fund: Fund, item: str) -> float:
    """Overhead on a charge of an item, as a share of it: none where the fund bears it on other items only."""
    on = fund.overhead_on
    return fund.overhead if not on or {item, items()[item].category} & set(on) else 0.0


def budgets(program: Program) -> dict[int, dict[str, float]]:
    """Budgets that bind: place of a fund → line → amount a term. Without a limit on transfers a budget binds nothing."""
    found: dict[int, dict[str, float]] = {}
    for n, fund in enumerate(program.funds):
        rows = [row for row in program.budget if row.fund == fund.id]
        if rows and fund.transfer_limit is not None and is_charged(fund):
            found[n] = {row.line: sum(float(r.amount) for r in rows if r.line == row.line) for row in rows}
    return found


def line_of(lines: Mapping[str, float], item: str) -> str | None:
    """The budget line of an item: its own, else its category's; None: it has none, so that all of it is a transfer."""
    return next((name for name in (item, items()[item].category) if name in lines), None)


def is_charged(fund: Fund) -> bool:
    """Whether bills are charged to the fund (else its money is free as it arrives)."""
    return fund.origin != "own" and fund.pays != "per-unit"


def signed_until(program: Program, months: int) -> Month | None:
    """The last month in which a grant is signed, where that is within the plan; None: one lasts, or none is signed.

    After it all grants rest on renewals, each of which is drawn.
    """
    ends = [f.last for f in program.funds if f.status == "signed" and f.last is not None and f.last >= program.starts]
    open_ended = any(f.status == "signed" and f.last is None and f.origin != "own" for f in program.funds)
    if not ends or open_ended or max(ends) >= program.starts.plus(months - 1):
        return None
    return max(ends)


def term_length(fund: Fund) -> int:
    """Months of one term; a fund without an end is reckoned by the year."""
    return YEAR if fund.last is None else max(1, fund.last.since(fund.first) + 1)


def chances(program: Program, fund: Fund, months: int, given: Assumptions) -> Floats:
    """Chance that the fund is there in each month, [T]: 1 in a signed term, times the chance of renewal at each new.

    A fund that was over before the plan starts has ended for good (docs/model.md 2.2).
    """
    age, length = program.starts.since(fund.first), term_length(fund)
    renews = fund.chance_of_renewal if fund.chance_of_renewal is not None else given.renewal.get(fund.id, 0.0)
    renews = 1.0 if fund.last is None else (0.0 if given.certain_only else renews)
    first = 1.0
    if fund.status != "signed":
        awarded = given.award if fund.chance_of_award is None else fund.chance_of_award
        first = 0.0 if given.certain_only else awarded
    terms = np.array([(t + age) // length - max(age, 0) // length for t in range(months)])
    ended = fund.last is not None and fund.last < program.starts
    return np.where((terms < 0) | ended, 0.0, first * renews ** np.maximum(terms, 0))


def _award_left(program: Program, fund: Fund) -> float:
    """Of the award of the term under way as the plan starts, what is not yet paid or charged.

    Where no part of it is recorded, it is taken to be used up evenly, as in docs/model.md 2.2.
    """
    age, length, amount = program.starts.since(fund.first), term_length(fund), float(fund.amount)
    if age < 0:
        return 0.0
    return max(0.0, amount - float(fund.received)) if fund.received > 0 else amount * (length - age % length) / length


def instalments(program: Program, fund: Fund, months: int) -> Floats:
    """What may be charged to the fund from each month on, if it is there, [T]; nominal, after a sponsor's fee.

    A reimbursing fund's award may be charged from its term's first month, an advance as its parts arrive.
    """
    age, length = program.starts.since(fund.first), term_length(fund)
    amount, money = float(fund.amount), np.zeros(months)
    left = _award_left(program, fund)
    part = amount * fund.every / length
    for t in range(months):
        if t + age < 0:
            continue
        if t > 0 and (t + age) % length == 0:
            left = amount
        if fund.pays == "reimburse":
            money[t], left = left, 0.0
        elif (t + age) % length % fund.every == 0:
            money[t] = min(part, left)
            left -= money[t]
    if fund.pays == "advance":
        money *= 1.0 - fund.fee
        money[0] += float(fund.opening_balance) if is_charged(fund) else 0.0
    return money


def terms(program: Program, fund: Fund, months: int) -> tuple[tuple[int, int], ...]:
    """The fund's terms within the plan, as first and last months."""
    age, length = program.starts.since(fund.first), term_length(fund)
    begins = [t for t in range(1, months) if (t + age) % length == 0]
    return tuple((first, after - 1) for first, after in zip([0, *begins], [*begins, months], strict=True))


def keeps(fund: Fund) -> bool:
    """Whether what is unspent at a term's end stays: it carries over, or was paid ahead by a fund that has no end."""
    return fund.carries_over or (fund.last is None and fund.pays == "advance")


def share_ahead(program: Program, fund: Fund) -> float:
    """Of the term in which the plan starts, the share of the award that is still to be charged, 0-1.

    What was charged to each line before is not known; the lines are taken to have been used alike.
    """
    amount = float(fund.amount)
    if program.starts.since(fund.first) < 0 or amount <= 0:
        return 1.0
    return min(1.0, max(0.0, _award_left(program, fund) + float(fund.opening_balance)) / amount)


def pots(program: Program, months: int, given: Assumptions) -> tuple[Pot, ...]:
    """The pots of every fund that is charged, in the order of the funds."""
    found = []
    for n, fund in enumerate(program.funds):
        if not is_charged(fund):
            continue
        sure, money = chances(program, fund, months, given), instalments(program, fund, months)
        for first, last in ((0, months - 1),) if keeps(fund) else terms(program, fund, months):
            inside = slice(first, last + 1)
            if sure[inside].any() and money[inside].any():
                found.append(Pot(n, first, last, tuple(money[inside]), tuple(sure[inside])))
    return tuple(found)


FEDERAL = ("federal", "pass-through")


@dataclass(frozen=True, slots=True)
class MatchGroups:
    """Who pays what may stand beside funds that ask for match.

    Group 0 is today's bills and gifts that free cash or a fund of any other origin pays; each further group is what the
    funds of one origin pay, where a fund of that origin asks for match itself: money of one's own origin is no match.

    Attributes:
        origins: the origins of groups 1, 2 …; fund_origins: of every fund that is charged, by place.
    """

    origins: tuple[str, ...]
    fund_origins: Mapping[int, str]
    asked: bool

    def __len__(self) -> int:
        return 1 + len(self.origins) if self.asked else 0

    def sign(self, group: int, fund: int) -> int:
        """What a unit that a fund pays does to a group: 1 takes it away from group 0, -1 adds it to its own group."""
        origin = self.fund_origins[fund]
        if group == 0:
            return int(origin in FEDERAL or origin in self.origins)
        return -int(origin == self.origins[group - 1])

    def beside(self, fund: Fund) -> tuple[int, ...]:
        """The groups that may stand beside a fund's charges."""
        return (0, *(g + 1 for g, origin in enumerate(self.origins) if origin != fund.origin))


def match_groups(program: Program) -> MatchGroups:
    """The groups of a program's funds; none where no fund asks for match."""
    charged = {n: fund for n, fund in enumerate(program.funds) if is_charged(fund)}
    asking = {fund.origin for fund in charged.values() if fund.match > 0}
    origins = tuple(sorted(asking - set(FEDERAL)))
    return MatchGroups(origins, {n: fund.origin for n, fund in charged.items()}, bool(asking))


def lag_shares(fund: Fund, program: Program, t: int) -> tuple[tuple[int, float], ...]:
    """Months in which a charge of month `t` is paid back to us, each with its share (empty but for reimbursing funds).

    The claim goes out at the end of its period; the wait after it, at least a month, is split between the two whole
    months around it, as the model does (docs/model.md 2.16).
    """
    if fund.pays != "reimburse":
        return ()
    until_claim = (fund.every - 1 - (t + program.starts.since(fund.first))) % fund.every
    wait = max(1.0, fund.months_to_pay)
    whole, part = floor(wait), wait - floor(wait)
    both = ((t + until_claim + whole, 1.0 - part), (t + until_claim + ceil(wait), part))
    return tuple((month, share) for month, share in both if share > 0)


def free_income(program: Program, months: int, given: Assumptions) -> Floats:
    """Planned free cash that arrives each month by itself: own income, by the unit, and what is owed to us, [T]."""
    come = (money for n, money in incomes(program, months, given).items() if not program.funds[n].asked_by)
    return np.asarray(sum(come, np.zeros(months)), dtype=np.float64)


def incomes(program: Program, months: int, given: Assumptions) -> dict[int, Floats]:
    """The same by fund (place in `program.funds`), funds that only come if they are asked for included, [T] each."""
    found = {}
    for n, fund in enumerate(program.funds):
        sure = chances(program, fund, months, given)
        if fund.pays == "per-unit":
            rate = float(fund.unit_price or 0) * given.units.get(fund.unit or "", 0.0) * (1.0 - fund.fee)
            found[n] = sure * rate
        elif fund.origin == "own":
            found[n] = sure * instalments(program, fund, months)
        elif fund.pays == "reimburse":
            found[n] = _owed(program, fund, months)
    return found


def _owed(program: Program, fund: Fund, months: int) -> Floats:
    """What a reimbursing fund owes us at the start, by month due: the ledger's, else the charges of the last months."""
    ended = fund.last is not None and fund.last < program.starts
    money, keep = np.zeros(months), 1.0 - fund.fee
    lines = [row for row in program.records.money if row.fund == fund.id and row.kind == "receivable"]
    if lines:
        for row in lines:
            due = 0 if row.due is None else max(0, row.due.since(program.starts))
            if due < months:
                money[due] += float(row.amount) * keep
        return money
    if fund.status == "signed" and program.starts.since(fund.first) > 0 and not ended:
        lag = round(max(1.0, fund.months_to_pay))
        money[: min(lag, months)] += float(fund.amount) / term_length(fund) * keep
    return money
