"""An allocation replayed in whole cents: the same charges, every rule looked at again, exactly.

The linear program works in floating point. Before a portfolio is advised, its allocation is rounded to cents, held to
every bill, string and pot in `Decimal`, and free cash is added up month by month.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, Decimal

import numpy as np

from longview.choose.money import Answer, Budget, Extra
from longview.choose.strings import lag_shares, match_groups, share_ahead, terms
from longview.program import Program

NOTHING, CENT = Decimal(0), Decimal("0.01")
MATCH_ROUNDS = 8  # cutting a charge back by a cent may take a cent of another fund's match: a few rounds settle it
A_UNIT = Decimal(1)  # of money: what rounding hundreds of charges to cents may come to


@dataclass(frozen=True, slots=True)
class Ledger:
    """What falls due, who pays and what is left, in whole cents, by month.

    Attributes:
        due: all bills. charged: fund id → its direct charges. free: free cash at the month's end.
        charges: the same one by one, none of them 0: (0 for today's lines or 1 for added ones, class, place of the fund,
            month) → direct charge.
        came: what came into free cash: income, advances' charges met, claims paid. reserve: what must be kept.
    """

    due: tuple[Decimal, ...]
    charged: dict[str, tuple[Decimal, ...]]
    came: tuple[Decimal, ...]
    free: tuple[Decimal, ...]
    reserve: Decimal
    charges: dict[tuple[int, int, int, int], Decimal]

    @property
    def kept(self) -> bool:
        """Whether free cash keeps the reserve in every month."""
        return min(self.free) >= self.reserve - A_UNIT


def replay(budget: Budget, added: Extra, answer: Answer) -> Ledger:
    """The allocation of an answer in whole cents; a charge that would break a string by a cent is cut back by it.

    No charge exceeds its bill, what its pot holds, the lines of its fund's budget with what may be moved, or what
    stands beside it as match; what is cut back falls to free cash.
    """
    book = _Book(budget, added, answer, {})
    for _ in range(MATCH_ROUNDS):
        stands = _beside(budget, book, answer)
        if all(book.matched.get(i, NOTHING) <= money for i, money in stands.items()):
            break
        limits = {i: min(money, book.limits.get(i, money)) for i, money in stands.items()}
        book = _Book(budget, added, answer, limits)
    return book.closed()


class _Book:
    """One replay, month by month; `limits` holds how much match stands beside each pot that asks for one.

    Attributes:
        bills: of (class, month), what today's lines and added ones still owe to free cash. today: today's bills, whole.
        matched: place of a pot → match that its charges ask for.
    """

    def __init__(self, budget: Budget, added: Extra, answer: Answer, limits: Mapping[int, Decimal]) -> None:
        self.b, self.added, self.limits = budget, added, limits
        self.months, self.funds = range(budget.months), budget.program.funds
        old, new = np.maximum(budget.base + added.saved, 0.0), added.more
        cells = list(np.ndindex(old.shape))
        self.bills = {kt: [cents(float(old[kt])), cents(float(new[kt]))] for kt in cells}
        self.today = {kt: owed[0] for kt, owed in self.bills.items()}
        self.due = [sum((sum(self.bills[k, t], NOTHING) for k in range(len(old))), NOTHING) for t in self.months]
        self.came = [cents(float(x)) for x in budget.income + budget.relief + added.cash]
        self.charges: dict[tuple[int, int, int, int], Decimal] = {}
        self.matched: dict[int, Decimal] = {}
        self.pots = {(p.fund, t): (i, p) for i, p in enumerate(budget.pots) for t in range(p.first, p.last + 1)}
        self.holds = [NOTHING] * len(budget.pots)  # at its chance
        self.rest = [NOTHING] * len(budget.pots)  # if it is won at every term
        self.lines = {n: _Lines(budget, n) for n in budget.bound}
        wanted = sorted(
            (t, which, k, n, money)
            for which, shares in enumerate((answer.today, answer.extra))
            for (k, n, t), money in shares.items()
        )
        for t in self.months:
            self._arrive(t)
            for _, which, k, n, money in (row for row in wanted if row[0] == t):
                self._charge(which, k, n, t, cents(money))

    def _arrive(self, t: int) -> None:
        """What may be charged from this month on; a fund that is not there, or no longer, holds nothing."""
        for (n, u), (i, pot) in self.pots.items():
            if u != t:
                continue
            self.rest[i] += cents(pot.inflow[t - pot.first])
            if self._there(n, t):
                self.holds[i] += Decimal(pot.sure[t - pot.first]) * cents(pot.inflow[t - pot.first])
            else:
                self.holds[i] = NOTHING

    def _there(self, n: int, t: int) -> bool:
        b = self.b
        if n in b.declined and b.holds[n][t] + self.added.room[b.declined.index(n)][t] <= 0:
            return False
        return not self.funds[n].asked_by or bool(self.added.come[b.moving.index(n)].any())

    def _charge(self, which: int, k: int, n: int, t: int, money: Decimal) -> None:
        i, pot = self.pots[n, t]
        over = Decimal(str(self.b.kinds.over[k, n]))
        weight = over * (Decimal(self.b.weight(n, pot.sure[t - pot.first])) if which == 0 else 1)
        match = over * Decimal(str(self.funds[n].match))
        can = [money, self.bills[k, t][which], self.holds[i] / weight, self.rest[i] / over]
        if i in self.limits and match:
            can.append((self.limits[i] - self.matched.get(i, NOTHING)) / match)
        line = self.b.kinds.lines[k, n]
        if n in self.lines:
            can.append(self.lines[n].room(line, t))
        paid = max(NOTHING, min(can).quantize(CENT, ROUND_DOWN))
        if not paid:
            return
        self.bills[k, t][which] -= paid
        self.holds[i] -= weight * paid
        self.rest[i] -= over * paid
        self.matched[i] = self.matched.get(i, NOTHING) + match * paid
        if n in self.lines:
            self.lines[n].charge(line, t, paid)
        self.charges[which, k, n, t] = paid
        _pay_back(self.b.program, n, t, paid * (over if which == 0 else 1), self.came)

    def closed(self) -> Ledger:
        """The whole of it, with free cash added up."""
        charged = {fund.id: [NOTHING] * self.b.months for fund in self.funds}
        for (_, _, n, t), money in self.charges.items():
            charged[self.funds[n].id][t] += money
        free, cash = [], self.b.program.free_cash
        for t in self.months:
            cash += self.came[t] - self.due[t]
            free.append(cash)
        return Ledger(
            tuple(self.due), {f: tuple(m) for f, m in charged.items()}, tuple(self.came), tuple(free),
            cents(self.b.reserve), self.charges,
        )  # fmt: skip


class _Lines:
    """A fund's budget, term by term: what each line still holds, and what may still be moved beyond the lines."""

    def __init__(self, budget: Budget, n: int) -> None:
        fund = budget.program.funds[n]
        share = Decimal(str(share_ahead(budget.program, fund)))
        self.term = {}
        for i, (first, last) in enumerate(terms(budget.program, fund, budget.months)):
            self.term.update(dict.fromkeys(range(first, last + 1), i))
        ahead = {i: share if i == 0 else Decimal(1) for i in self.term.values()}
        limit = Decimal(str(fund.transfer_limit)) * fund.amount
        self.movable = {i: limit * part for i, part in ahead.items()}
        self.left: dict[tuple[int, str | None], Decimal] = {
            (i, line): Decimal(str(money)) * part
            for i, part in ahead.items()
            for line, money in budget.bound[n].items()
        }

    def room(self, line: str | None, t: int) -> Decimal:
        """The most that may be charged to a line in a month."""
        return self.left.get((self.term[t], line), NOTHING) + self.movable[self.term[t]]

    def charge(self, line: str | None, t: int, money: Decimal) -> None:
        """Take a charge from its line, and what goes beyond it from what may be moved."""
        i = self.term[t]
        of_line = min(money, self.left.get((i, line), NOTHING))
        self.left[i, line] = self.left.get((i, line), NOTHING) - of_line
        self.movable[i] -= money - of_line


def _beside(budget: Budget, book: _Book, answer: Answer) -> dict[int, Decimal]:
    """Place of a pot that asks for match → the match that stands beside it: as the answer shared it out, to the cent.

    What the answer left unshared goes to the pots in their order, so that rounding takes no match away.
    """
    groups, months = match_groups(budget.program), range(budget.months)
    if not groups:
        return {}
    left = {(g, t): NOTHING for g in range(len(groups)) for t in months}
    for t in months:
        left[0, t] = sum((book.today[k, t] for k in range(len(budget.base))), cents(float(budget.gifts[t])))
    for (which, _, n, t), money in book.charges.items():
        for g in range(len(groups)) if which == 0 else ():
            left[g, t] -= groups.sign(g, n) * money
    found = {i: NOTHING for i, pot in enumerate(budget.pots) if budget.program.funds[pot.fund].match > 0}
    for (i, g, t), wanted in sorted(answer.matched.items()):
        part = min(left[g, t], cents(wanted))
        found[i] += part
        left[g, t] -= part
    for i in found:
        pot = budget.pots[i]
        for g in groups.beside(budget.program.funds[pot.fund]):
            for t in range(pot.first, pot.last + 1):
                found[i] += left[g, t]
                left[g, t] = NOTHING
    return found


def _pay_back(program: Program, n: int, t: int, worth: Decimal, came: list[Decimal]) -> None:
    """Add to free cash what a charge brings: at once from an advance, with the claim from a fund that reimburses."""
    fund = program.funds[n]
    if fund.pays == "advance":
        came[t] += worth.quantize(CENT, ROUND_HALF_EVEN)
        return
    keep = worth * (1 - Decimal(str(fund.fee)))
    for month, share in lag_shares(fund, program, t):
        if month < len(came):
            came[month] += (keep * Decimal(str(share))).quantize(CENT, ROUND_HALF_EVEN)


def cents(amount: float) -> Decimal:
    """Money in whole cents."""
    return Decimal(repr(round(float(amount), 6))).quantize(CENT, ROUND_HALF_EVEN)
