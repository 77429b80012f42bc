"""What funders ask beyond what may be paid: a base for overhead, budgets with a limit on transfers, match.

The base of overhead is kept exactly. Budgets and match are kept as a month's even share of a term's money, worked out before the
run: no state is needed, and a bill larger than a month's share falls to other money. `choose` keeps both exactly over a term.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from longview.model.arrays import Array
from longview.model.guards import NO_LIMIT
from longview.program import Fund, Program, items

Floats = NDArray[np.float64]
FEDERAL = ("federal", "pass-through")


class Limits(NamedTuple):
    """What is asked of charges, by the month.

    Attributes:
        overhead: on a direct charge, a share of it, [fund, class]. most: direct charge, nominal, [fund, class].
        matched: direct charge and overhead that today's match stands beside, nominal, [fund, 1].
    """

    overhead: Array
    most: Array
    matched: Array


def length(fund: Fund) -> int:
    """Months over which an award is spread: its term, a year where it has no end."""
    return 12 if fund.last is None else fund.last.since(fund.first) + 1


def binding(program: Program) -> bool:
    """Whether any fund asks for more than that its items be kept."""
    budgets = {row.fund for row in program.budget}
    return any(
        f.overhead_on or f.match > 0 or (f.transfer_limit is not None and f.id in budgets) for f in program.funds
    )


def by_line(program: Program, lines: Sequence[str], today: Sequence[float]) -> Limits:
    """Limits of each fund on each line of bills, [fund, line]; a budget line is shared by today's spending on what it covers.

    Args:
        lines: the item of each line. today: spent on it a month.
    """
    shape = (len(program.funds), len(lines))
    overhead, most, matched = np.zeros(shape), np.full(shape, NO_LIMIT), np.full((shape[0], 1), NO_LIMIT)
    gifts = sum(s.in_kind * float(s.unit_price) for s in program.supplies if s.counts_as_match)
    for n, fund in enumerate(program.funds):
        on = fund.overhead_on
        overhead[n] = [fund.overhead * (not on or bool(_names(item) & set(on))) for item in lines]
        if fund.match > 0:
            beside = [f for f in program.funds if f.origin not in (*FEDERAL, fund.origin) and f.asked_by is None]
            matched[n] = (gifts + sum(float(f.amount) / length(f) for f in beside)) / fund.match
        rows = [row for row in program.budget if row.fund == fund.id]
        if rows and fund.transfer_limit is not None:
            most[n] = _budgeted(fund, {row.line: float(row.amount) for row in rows}, lines, np.asarray(today))
    return Limits(overhead, most, matched)


def _budgeted(fund: Fund, rows: dict[str, float], lines: Sequence[str], today: Floats) -> Floats:
    """A month's share of each line's budget, and on each at most what may be transferred, [line]."""
    of = [next((name for name in (item, *sorted(_names(item) - {item})) if name in rows), None) for item in lines]
    out = np.full(len(lines), (fund.transfer_limit or 0.0) * float(fund.amount))
    for name, amount in rows.items():
        at = [j for j, line in enumerate(of) if line == name]
        spent = today[at].sum()
        for j in at:
            out[j] += amount * (today[j] / spent if spent > 0 else 1.0 / len(at))
    return np.asarray(out / length(fund))


def _names(item: str) -> set[str]:
    known = items().get(item)
    return {item} if known is None else {item, known.category}
