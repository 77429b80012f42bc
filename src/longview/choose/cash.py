"""A plan's expected money month by month, in whole cents, as a bookkeeper would write it down.

The *charges* (which fund pays how much of which class of bills in which month) are a decision, taken by the linear program
and cut to whole cents by `ledger.replay`. All else follows from them and the records, by the rules in `cash_table`. Halves
of a cent are rounded away from zero, as on paper. Decision 403.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
from numpy.typing import NDArray

from longview.choose.costs import added_lines, lever_path, today_lines
from longview.choose.ledger import CENT, replay
from longview.choose.money import Answer, Budget, Extra
from longview.choose.strings import is_charged, keeps, lag_shares, overhead_of, term_length
from longview.program import Fund
from longview.results import CashTable, Choice, FundCash, Portfolio

Floats = NDArray[np.float64]
Row = list[Decimal]
NOTHING = Decimal(0)
SETTLED = 6  # decimals at which a float is read: what binary fractions add or lose lies beyond them


def cents(amount: float | Decimal) -> Decimal:
    """Money in whole cents, half a cent away from zero."""
    exact = Decimal(repr(round(float(amount), SETTLED))) if isinstance(amount, float) else Decimal(amount)
    return exact.quantize(CENT, ROUND_HALF_UP)


def cash_table(budget: Budget, portfolio: Portfolio, answer: Answer | None = None) -> CashTable:
    """Every bill, who pays it, what comes and what is left, by month.

    The rules, each to the cent:

    1. A *bill* is a line of one month (a post's pay, a running cost, a supply, upkeep, an option's price), rounded to the
       cent; an item's bills are their sum. Bills of a fund that may not renew stand in full (see 5).
    2. In a class of bills the funds take their charges in the order of the funds sheet, and each pays whole items in the
       order of their ids, the last one in part: `FundCash.lines`. All funds of a class may pay all its items alike.
    3. Overhead of a fund's month = its rate × the bills of the items that may carry it. Overhead on an advance comes from
       restricted into free cash in that month; of a fund that reimburses it is part of the claim. The test whether a plan
       can be afforded leaves overhead on *new* lines out (decision 102); this table holds it.
    4. A claim (bills + overhead of a month) is paid in the months that `strings.lag_shares` names, the first share rounded,
       the rest with the last. A sponsor keeps its fee of what is paid, rounded each month. No credit is given for claims
       sped up, and none taken for later ones: planned money is paid as late as today.
    5. A fund that is there with chance s < 1 brings s × its money; of its charges for today's lines (which end with it) only
       s is taken, and 1 − s of them `ends` (decision 101).
    6. At the end of a term what is unspent goes back (of an award that is claimed: lapses), unless it carries over or
       was paid ahead by a fund without end; of a declined fund, at once.

    Args:
        portfolio: of options on offer; without choices it is today's path.
        answer: shares of the bills, as found for exactly these choices; None: they are found here.
    """
    added = budget.extra(portfolio.choices)
    book = replay(budget, added, budget.settle(added) if answer is None else answer)
    bills = _bills(budget, portfolio.choices)
    taken = _taken(budget, bills, book.charges)
    by_item = _rows(budget.months, (((item, t), money) for (_, item, t), money in bills.items()))
    funds = tuple(
        _fund_cash(budget, n, _Come.of(budget, n, added, portfolio.choices), book.charges, taken)
        for n, fund in enumerate(budget.program.funds)
        if is_charged(fund)
    )
    came = _came(budget, portfolio.choices, funds)
    from_free = {
        item: [due - sum((f.lines[item][t] for f in funds if item in f.lines), NOTHING) for t, due in enumerate(row)]
        for item, row in by_item.items()
    }
    first_paid = [
        sum((row[t] for f in funds if f.pays == "reimburse" for row in f.lines.values()), NOTHING)
        for t in range(budget.months)
    ]
    free, cash = [], budget.program.free_cash
    for t in range(budget.months):
        cash += sum((row[t] for row in came.values()), -first_paid[t]) - sum(
            (row[t] for row in from_free.values()), NOTHING
        )
        free.append(cash)
    return CashTable(
        budget.program.starts, budget.program.currency, budget.program.free_cash, _closed(came), _closed(by_item),
        _closed(from_free), tuple(first_paid), tuple(free), cents(budget.reserve), funds,
    )  # fmt: skip


def _bills(budget: Budget, choices: Iterable[Choice]) -> dict[tuple[int, str, int], Decimal]:
    """(Class, item, month) → what falls due, each line rounded by itself."""
    b, found = budget, dict[tuple[int, str, int], Decimal]()
    lines = today_lines(b.program, b.months, b.given)
    for line in (*lines, *added_lines(b.program, tuple(choices), b.months, b.given, modelled=True)):
        k = b.kinds.of(line)
        for t, amount in enumerate(line.amount):
            if money := cents(float(amount)):
                found[k, line.item, t] = found.get((k, line.item, t), NOTHING) + money
    return found


def _taken(
    budget: Budget, bills: Mapping[tuple[int, str, int], Decimal], charges: Mapping[tuple[int, int, int, int], Decimal]
) -> dict[tuple[int, int, str, int], Decimal]:
    """(Fund, class, item, month) → what the fund pays of it: rule 2."""
    taken: dict[tuple[int, int, str, int], Decimal] = {}
    asked: dict[tuple[int, int, int], Decimal] = {}
    for (_, k, n, t), money in charges.items():
        asked[k, t, n] = asked.get((k, t, n), NOTHING) + money
    left = dict(bills)
    items: dict[tuple[int, int], list[str]] = {}
    for k, item, t in sorted(bills):
        items.setdefault((k, t), []).append(item)
    for (k, t, n), money in sorted(asked.items()):
        for item in items.get((k, t), []):
            pays = min(money, max(NOTHING, left[k, item, t]))
            if pays:
                taken[n, k, item, t] = pays
                left[k, item, t] -= pays
                money -= pays
        if money:
            raise ValueError(f"{budget.program.funds[n].id} is charged {money} more than class {k} owes in month {t}")
    return taken


@dataclass(frozen=True, slots=True)
class _Come:
    """A charged fund's money before any charge, by month.

    Attributes:
        opening: there at the start. arrives: at its chance, net of fees, opening apart. fee: kept of it.
        lost: of the opening, what is not there after all, by chance. sure: chance that the fund is there, 0-1.
        ends: whether what is unspent goes back at the month's end.
    """

    opening: Decimal
    arrives: Row
    fee: Row
    lost: Decimal
    sure: list[Decimal]
    ends: list[bool]

    @classmethod
    def of(cls, budget: Budget, n: int, added: Extra, choices: Iterable[Choice]) -> _Come:
        """What a plan's choices leave or bring of it."""
        fund, months, starts = budget.program.funds[n], budget.months, budget.program.starts
        age, length = starts.since(fund.first), term_length(fund)
        come = np.zeros(months) if fund.asked_by or n not in budget.arrives else budget.arrives[n].copy()
        if n in budget.moving:
            come += added.come[budget.moving.index(n)]
        sure = [0.0] * months
        for pot in (p for p in budget.pots if p.fund == n):
            sure[pot.first : pot.last + 1] = pot.sure
        advance = fund.pays == "advance"
        opening = cents(fund.opening_balance) if advance else (cents(float(come[0])) if age > 0 else NOTHING)
        held = cents(sure[0] * float(fund.opening_balance)) if advance else opening
        kept = 1.0 - fund.fee if advance else 1.0
        come[0] = max(0.0, come[0] - float(sure[0] * float(fund.opening_balance) if advance else opening))
        gone = _gone(budget, fund, choices)
        return cls(
            opening,
            [cents(float(money)) for money in come],
            [cents(float(money) / kept) - cents(float(money)) if kept else NOTHING for money in come],
            opening - held,
            [Decimal(str(s)) for s in sure],
            [t >= gone or (not keeps(fund) and (t + age + 1) % length == 0) for t in range(months)],
        )


def _gone(budget: Budget, fund: Fund, choices: Iterable[Choice]) -> int:
    """The month from which a fund is declined; past the plan's end where it is not."""
    declines = {option.id for option in budget.program.options if option.kind == "decline" and option.fund == fund.id}
    starts = [max(0, c.start.since(budget.program.starts)) for c in choices if c.option in declines]
    return min(starts, default=budget.months)


def _fund_cash(
    budget: Budget,
    n: int,
    come: _Come,
    charges: Mapping[tuple[int, int, int, int], Decimal],
    taken: Mapping[tuple[int, int, str, int], Decimal],
) -> FundCash:
    """One fund's money: rules 3 to 6."""
    fund, months = budget.program.funds[n], budget.months
    lines = _rows(months, (((item, t), money) for (m, _, item, t), money in taken.items() if m == n))
    overhead = [
        cents(sum((row[t] * Decimal(str(overhead_of(fund, item))) for item, row in lines.items()), NOTHING))
        for t in range(months)
    ]
    ends = [NOTHING] * months
    for (which, k, m, t), money in charges.items():
        if which == 0 and m == n:
            weight = Decimal(str(budget.weight(n, float(come.sure[t]))))
            ends[t] += (1 - weight) * money * Decimal(str(budget.kinds.over[k, n]))
    ends = [cents(money) for money in ends]
    claimed = [sum((row[t] for row in lines.values()), overhead[t]) for t in range(months)]
    charged = [whole - ended for whole, ended in zip(claimed, ends, strict=True)]
    closing, returned, money = list[Decimal](), list[Decimal](), come.opening
    for t in range(months):
        money += come.arrives[t] - charged[t]
        back = (come.lost if t == 0 else NOTHING) if not come.ends[t] else money
        money -= back
        returned.append(back)
        closing.append(money)
    later = fund.pays == "reimburse"
    owed_opening, paid = _paid(budget, n, claimed) if later else (NOTHING, [NOTHING] * months)
    owed, still = list[Decimal](), owed_opening
    for t in range(months):
        still += (claimed[t] if later else NOTHING) - paid[t]
        owed.append(still)
    fee = [cents(money * Decimal(str(fund.fee))) for money in paid] if later else come.fee
    return FundCash(
        fund=fund.id, name=fund.name, pays=fund.pays, sure=tuple(float(s) for s in come.sure), opening=come.opening,
        arrives=tuple(come.arrives), charged=tuple(charged), ends=tuple(ends), overhead=tuple(overhead),
        returned=tuple(returned), closing=tuple(closing), owed_opening=owed_opening,
        claimed=tuple(claimed) if later else (NOTHING,) * months, paid=tuple(paid), owed=tuple(owed), fee=tuple(fee),
        lines=_closed(lines),
    )  # fmt: skip


def _paid(budget: Budget, n: int, claimed: Row) -> tuple[Decimal, Row]:
    """What a fund that reimburses owes at the start, and what comes in of that and of new claims by month: rule 4."""
    fund, months = budget.program.funds[n], budget.months
    rows = [row for row in budget.program.records.money if row.fund == fund.id and row.kind == "receivable"]
    paid = [NOTHING] * months
    if rows:
        owed = sum((cents(row.amount) for row in rows), NOTHING)
        for row in rows:
            due = 0 if row.due is None else max(0, row.due.since(budget.program.starts))
            if due < months:
                paid[due] += cents(row.amount)
    else:
        kept = 1.0 - fund.fee
        paid = [cents(float(money) / kept) if kept else NOTHING for money in budget.incomes[n]]
        owed = sum(paid, NOTHING)
    for t, money in enumerate(claimed):
        left, shares = money, lag_shares(fund, budget.program, t)
        for i, (month, share) in enumerate(shares):
            part = left if i == len(shares) - 1 else cents(money * Decimal(str(share)))
            left -= part
            if month < months:
                paid[month] += part
    return owed, paid


def _came(budget: Budget, choices: Iterable[Choice], funds: Iterable[FundCash]) -> dict[str, Row]:
    """What comes into free cash, by source; sources that bring nothing are left out."""
    b, chosen = budget, tuple(choices)
    done = {choice.option for choice in chosen}
    found: dict[str, Row] = {}
    for n, fund in enumerate(b.program.funds):
        if not is_charged(fund) and (fund.asked_by is None or fund.asked_by in done):
            source = f"{'own' if fund.origin == 'own' else 'units'}:{fund.id}"
            gone = _gone(b, fund, chosen)
            found[source] = [cents(float(x)) if t < gone else NOTHING for t, x in enumerate(b.incomes[n])]
    for money in funds:
        if money.pays == "advance":
            found[f"overhead:{money.fund}"] = list(money.overhead)
        else:
            found[f"claims:{money.fund}"] = [p - f for p, f in zip(money.paid, money.fee, strict=True)]
    found["lent"] = [cents(float(x)) for x in lever_path(b.program, chosen, "cash_in", b.months)]
    found["lacking"] = [cents(float(x)) for x in b.relief]
    return {source: row for source, row in found.items() if any(row)}


def _rows(months: int, cells: Iterable[tuple[tuple[str, int], Decimal]]) -> dict[str, Row]:
    """Cells (item, month) as rows, in the order of the items' ids."""
    found: dict[str, Row] = {}
    for (item, t), money in sorted(cells):
        found.setdefault(item, [NOTHING] * months)[t] += money
    return found


def _closed(rows: Mapping[str, Row]) -> dict[str, tuple[Decimal, ...]]:
    return {name: tuple(row) for name, row in rows.items()}


__all__ = ["cash_table", "cents"]
