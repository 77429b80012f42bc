"""The same choice on other money: after a cut, and with the ask granted (decision 0405).

A variant is a program: the same but for its money, so that it is run on the same futures. What all plans share is what to
do whatever happens.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

import numpy as np

from longview.choose.options import Offer
from longview.choose.strings import YEAR, Assumptions, chances, term_length
from longview.program import Fund, Program
from longview.results import CUT, Choice, Portfolio

GIFT = "asked"  # the fund that stands in for a grant where nothing is asked for; free money, paid at the start of each year
ASKED = 0.1  # of a year's income: what is asked for where the files name no ask. Assumption
SAID = (1.0, 2.0, 2.5, 5.0)  # sums that people say, times a power of ten


def after_cut(program: Program, share: float = CUT) -> Program:
    """The program with every fund's money cut from the first month: amounts and what is left of them, and what a unit pays.

    Opening balances stay, since that money is here; so do promises to funders, since only they can let us off.
    """
    left = Decimal(1) - Decimal(str(share))

    def less(amount: Decimal | None) -> Decimal | None:
        return None if amount is None else (amount * left).quantize(Decimal("0.01"))

    funds = tuple(
        replace(f, amount=f.amount * left, received=f.received * left, unit_price=less(f.unit_price))
        for f in program.funds
    )
    budget = tuple(replace(row, amount=row.amount * left) for row in program.budget)
    return replace(program, funds=funds, budget=budget)


def asks_on(offer: Offer) -> tuple[str, ...]:
    """The asks on offer that can be made together, in the order of their ids."""
    place = {name: i for i, name in enumerate(offer.ids)}
    apart = {(a, b) for a, b, together in offer.rules if not together}
    held: list[str] = []
    for axis in offer.axes:
        clash = any({(place[axis.option.id], place[h]), (place[h], place[axis.option.id])} & apart for h in held)
        if axis.option.kind == "ask" and not clash:
            held.append(axis.option.id)
    return tuple(held)


def after_grant(program: Program, asks: Sequence[str]) -> Program:
    """The program in which every fund that these options ask for comes for certain."""
    return replace(
        program,
        funds=tuple(replace(f, chance_of_award=1.0) if f.asked_by in asks else f for f in program.funds),
    )


def with_gift(program: Program, a_year: float) -> Program:
    """The program with so much free money at the start of each plan year: for planned money alone, never run."""
    gift = Fund(
        GIFT, "What was asked for", "own", Decimal(str(a_year)), program.starts, None, pays="advance", every=YEAR,
        chance_of_renewal=1.0,
    )  # fmt: skip
    return replace(program, funds=(*program.funds, gift))


def a_year(program: Program, given: Assumptions, asks: Sequence[str] = ()) -> float:
    """Funds' expected money in the first plan year, nominal, own income included.

    Args:
        asks: options whose funds are counted too; a fund that must be asked for is left out otherwise.
    """
    found = 0.0
    for fund in program.funds:
        if fund.asked_by is None or fund.asked_by in asks:
            monthly = float(fund.amount) / term_length(fund)
            if fund.pays == "per-unit":
                monthly = float(fund.unit_price or 0) * given.units.get(fund.unit or "", 0.0)
            found += monthly * float(chances(program, fund, YEAR, given).sum())
    return found


def usual_ask(program: Program, given: Assumptions) -> float:
    """What is asked for a year where the files name no ask: a tenth of a year's income, as people would say it."""
    wanted = ASKED * a_year(program, given)
    if wanted <= 0:
        return 0.0
    power = 10.0 ** np.floor(np.log10(wanted))
    return float(min((s * p for p in (power, 10 * power) for s in SAID), key=lambda sum_: abs(sum_ - wanted)))


def in_common(portfolios: Iterable[Portfolio]) -> tuple[Choice, ...]:
    """What all of them do, each at the least of its levels and the latest of its starts."""
    plans = list(portfolios)
    shared = set.intersection(*({c.option for c in p.choices} for p in plans)) if plans else set()
    every = [c for p in plans for c in p.choices]
    return tuple(
        Choice(
            name,
            min(c.level for c in every if c.option == name),
            max(c.start for c in every if c.option == name),
        )
        for name in sorted(shared)
    )


__all__ = ["GIFT", "a_year", "after_cut", "after_grant", "asks_on", "in_common", "usual_ask", "with_gift"]
