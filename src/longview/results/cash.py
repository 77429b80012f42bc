"""Money month by month: what is planned, to the cent, and how likely it is to run out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from longview.program.months import Month

Cents = tuple[Decimal, ...]
"""Whole cents, one amount for each month."""


@dataclass(frozen=True, slots=True)
class FundCash:
    """A fund's planned money, by month, in whole cents.

    Attributes:
        opening: restricted cash in hand (advance) at the start. arrives: into it; charged: bills paid from it, its overhead
            included; returned: what goes back at a term's end; closing: restricted cash at the month's end.
        claimed, paid: of a fund that reimburses: what is claimed for the month, and what comes in of earlier claims (before
            the sponsor's fee). owed: receivable at the month's end; owed_opening: at the start.
        fee: what a fiscal sponsor keeps. lines: item → bills of it that the fund pays, overhead apart.
    """

    fund: str
    name: str
    pays: str
    opening: Decimal
    arrives: Cents
    charged: Cents
    returned: Cents
    closing: Cents
    owed_opening: Decimal
    claimed: Cents
    paid: Cents
    owed: Cents
    fee: Cents
    lines: Mapping[str, Cents]


@dataclass(frozen=True, slots=True)
class CashTable:
    """A plan's expected money by month: every bill, who pays it, and free cash.

        free = opening + came − bills of the month that free cash pays or pays first

    Attributes:
        bills: item → all bills of it. came: source → what comes into free cash ("own:<fund>", "claims:<fund>",
            "overhead:<fund>", "units:<fund>", "lent", "lacking": money that today's path lacks and must find).
        from_free: item → bills that no fund pays. first_paid: what free cash pays first and a fund pays back later.
        free: free cash at the month's end; opening: at the start; reserve: what is to be kept.
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
    def months(self) -> tuple[Month, ...]:
        """The months of the table."""
        return tuple(self.first_month.plus(t) for t in range(len(self.free)))


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What would help, or hurt: the plan with one thing changed, on the same futures.

    Attributes:
        id: "as-planned", "today", "bridge-loan", "claim-sooner", "paid-later", "keep-more", … ; words, with their size.
        ran_out, closed: share of futures by each plan year's end, [years].
        thin: the first month in which one future in four is below the reserve; None: never.
    """

    id: str
    words: str
    ran_out: tuple[float, ...]
    closed: tuple[float, ...]
    thin: Month | None


@dataclass(frozen=True, slots=True)
class Cash:
    """All that is told of cash.

    Attributes:
        plan, today: planned money of the pick and of today's path.
        ran_out: share of futures that have run out by each month's end, under the pick, [T]; today_ran_out: on today's path.
        worst: the month in which most futures run out first; None where hardly any do.
    """

    plan: CashTable
    today: CashTable
    ran_out: NDArray[np.floating]
    today_ran_out: NDArray[np.floating]
    worst: Month | None
    what_ifs: tuple[WhatIf, ...]


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """Budget against actual: one fund, one line, one fiscal year of the fund.

    Attributes:
        fund: its id, or "unassigned". line: the budget's line, else the item, else "account: <account>" where none is known.
        year: named by the calendar year in which it ends. first, last: its months, of which `known` lie in the ledger.
        budget: pro rata of the term's budget, None where there is none; actual: the ledger's, to the cent.
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
    """The ledger's expenses by fund, line and fiscal year; `total` is the ledger's own and the sum of the rows."""

    rows: tuple[BudgetRow, ...]
    total: Decimal
    unmapped: tuple[str, ...] = ()
