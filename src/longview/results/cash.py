"""Money month by month: what is planned, to the cent, and how likely it is to run out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from longview.program.months import Month

CASH_QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)
"""Shares of futures at which free cash is told."""

Cents = tuple[Decimal, ...]
"""Whole cents, one amount for each month."""


@dataclass(frozen=True, slots=True)
class FundCash:
    """A fund's planned money, by month, in whole cents. Of a fund that may not be there, money at its chance.

        closing = opening + arrives − charged − returned          (of the month before: its closing)
        charged = Σ lines + overhead − ends
        owed = owed before + claimed − paid

    Attributes:
        pays: "advance" or "reimburse". sure: chance that the fund is there, 0-1, by month.
        opening: at the start: restricted cash in hand (advance), or what is left to claim of the award (reimburse).
        arrives: into it, a sponsor's fee already kept. returned: what goes back (of an award: lapses) at a term's end, or
            when the fund is declined. closing: at the month's end. Only an advance's is cash: `restricted`.
        charged: what leaves it: bills it pays, overhead included.
        overhead: on the bills it pays. ends: bills (and overhead) that end with the fund, at the chance that it is not there.
        claimed, paid: of a fund that reimburses: bills and overhead claimed for the month, and what the funder pays of
            earlier claims, the sponsor's fee not yet kept. owed: receivable at the month's end; owed_opening: at the start.
        fee: what a fiscal sponsor keeps, of what arrives (advance) or of what is paid (reimburse).
        lines: item → bills of it that the fund pays, overhead apart.
    """

    fund: str
    name: str
    pays: str
    sure: tuple[float, ...]
    opening: Decimal
    arrives: Cents
    charged: Cents
    ends: Cents
    overhead: Cents
    returned: Cents
    closing: Cents
    owed_opening: Decimal
    claimed: Cents
    paid: Cents
    owed: Cents
    fee: Cents
    lines: Mapping[str, Cents]

    @property
    def restricted(self) -> Cents:
        """Restricted cash in hand at each month's end: an advance's; a fund that reimburses holds none."""
        return self.closing if self.pays == "advance" else (Decimal(0),) * len(self.closing)


@dataclass(frozen=True, slots=True)
class CashTable:
    """A plan's expected money by month: every bill, who pays it, and free cash.

        free = free before + Σ came − Σ from_free − first_paid
        bills of an item = Σ over funds of their lines of it + from_free of it
        first_paid = Σ lines of funds that reimburse

    Attributes:
        opening: free cash at the start.
        came: source → what comes into free cash, a sponsor's fee already kept: "own:<fund>", "claims:<fund>" (claims paid),
            "overhead:<fund>" (on an advance's charges), "units:<fund>", "lent" (a loan), "lacking" (money that today's path
            lacks and must find: no source of it is known).
        bills: item → all bills of it. from_free: item → bills that no fund pays, now or later.
        first_paid: bills that free cash pays first and a fund pays back with a claim.
        free: free cash at the month's end. reserve: what is to be kept.
    """

    first_month: Month
    currency: str
    opening: Decimal
    came: Mapping[str, Cents]
    bills: Mapping[str, Cents]
    from_free: Mapping[str, Cents]
    first_paid: Cents
    free: Cents
    reserve: Decimal
    funds: tuple[FundCash, ...]

    @property
    def due(self) -> Cents:
        """All bills of each month."""
        return self._total([*self.bills.values()])

    @property
    def restricted(self) -> Cents:
        """Restricted cash in hand at each month's end, all funds."""
        return self._total([fund.restricted for fund in self.funds])

    @property
    def owed(self) -> Cents:
        """Claims not yet paid at each month's end, all funds."""
        return self._total([fund.owed for fund in self.funds])

    def _total(self, rows: Sequence[Cents]) -> Cents:
        return tuple(sum((row[t] for row in rows), Decimal(0)) for t in range(len(self.free)))

    @property
    def months(self) -> tuple[Month, ...]:
        """The months of the table."""
        return tuple(self.first_month.plus(t) for t in range(len(self.free)))


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What would help, or hurt: the plan with one thing changed, on the same futures.

    Attributes:
        id: "as-planned", "today", "bridge-loan", "claim-monthly" or "claim-sooner", "paid-later", "fund-lost".
        words: what is changed, with its size.
        ran_out, closed: share of futures by each plan year's end, [years].
        thin: the first month in which one future in four is below the reserve; None: never.
        size: money lent, of a loan. fund: id, of a fund lost.
    """

    id: str
    words: str
    ran_out: tuple[float, ...]
    closed: tuple[float, ...]
    thin: Month | None
    size: Decimal | None = None
    fund: str | None = None


@dataclass(frozen=True, slots=True)
class Cash:
    """All that is told of cash.

    Planned money holds what can be planned and no mishap (decision 102); the futures hold what befalls too.

    Attributes:
        plan, today: planned money of the pick and of today's path.
        ran_out: share of futures that have run out by each month's end, under the pick, [T]; today_ran_out: on today's path.
        free: free cash of the futures under the pick, at the quantiles `CASH_QUANTILES`, [5, T].
        worst: the month in which most futures run out first; None where hardly any do.
        what_ifs: the first is the plan itself.
    """

    plan: CashTable
    today: CashTable
    ran_out: NDArray[np.floating]
    today_ran_out: NDArray[np.floating]
    worst: Month | None
    what_ifs: tuple[WhatIf, ...]
    free: NDArray[np.floating]

    def of(self, name: str) -> WhatIf | None:
        """The what-if of that id, where it was asked."""
        return next((found for found in self.what_ifs if found.id == name), None)


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """Budget against actual: one fund, one line, one fiscal year of the fund.

    Attributes:
        fund: its id, or "unassigned". line: the budget's line, else the item, else "account: <account>" where none is known.
        year: named by the calendar year in which it ends. first, last: its months; known: how many of them the ledger covers.
        budget: the term's budget for those of its months that lie in the year (all of them, known or not); None where
            there is none. actual: the ledger's expenses, to the cent.
    """

    fund: str
    line: str
    year: int
    first: Month
    last: Month
    known: int
    budget: Decimal | None
    actual: Decimal


@dataclass(frozen=True, slots=True)
class BudgetActual:
    """The ledger's expenses by fund, line and fiscal year; `total` is the ledger's own and the sum of the rows.

    Attributes:
        unmapped: accounts of expenses whose item is not known: the sheet `accounts` can say.
        left_out: kind of line that is no expense (income, transfer, in-kind, receivable, asset) → the sum of its lines.
    """

    rows: tuple[BudgetRow, ...]
    total: Decimal
    unmapped: tuple[str, ...] = ()
    left_out: Mapping[str, Decimal] = field(default_factory=dict)
