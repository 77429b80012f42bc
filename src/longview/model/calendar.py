"""What the calendar says, month by month: terms of funds, running costs, promised gifts, yearly raises."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from longview.model.income import Terms
from longview.model.setup import Names, has_ended, term_months, with_kits
from longview.model.state import Calendar
from longview.program import Fund, Program


def calendar(program: Program, names: Names, months: int, price_base: float) -> Calendar:
    """Rows for every month of a run, arrays [T, …, 1].

    Args:
        price_base: what a unit of money of the price year costs in the first planned year.
    """
    starts, program = program.starts, with_kits(program)
    terms = (
        np.stack([_terms(fund, program, months) for fund in program.funds], 1)
        if program.funds
        else np.zeros((months, 0, 7))
    )
    running = np.zeros((months, names.wiring.classes, 1))
    for cost, line in zip(program.costs, names.wiring.costs, strict=True):
        for t in range(months):
            now = starts.plus(t)
            if (cost.first is None or now >= cost.first) and (cost.last is None or now <= cost.last):
                running[t, line, 0] += float(cost.amount) / cost.every
    promised = np.asarray(
        [
            [float(s.in_kind_until is not None and starts.plus(t) <= s.in_kind_until) for s in program.supplies]
            for t in range(months)
        ]
    ).reshape(months, len(program.supplies), 1)
    januaries = np.cumsum([t > 0 and starts.plus(t).month == 1 for t in range(months)])
    return Calendar(
        month=np.arange(months, dtype=np.float64),
        price=np.full(months, price_base),
        own_raise=(1.0 + program.yearly_raise) ** januaries,
        terms=Terms(*(terms[:, :, i : i + 1] for i in range(terms.shape[2]))),
        running=running,
        promised=promised,
    )


def _terms(fund: Fund, program: Program, months: int) -> NDArray[np.float64]:
    """One fund's rows of `Terms`, [T, 7]."""
    length, age = term_months(fund), program.starts.since(fund.first)
    out = np.zeros((months, 7))
    if has_ended(fund, program):
        return out
    for t in range(months):
        at = t + age
        if at < 0:
            continue
        into = at % length
        out[t] = (
            float(into == 0 and t > 0 and at > 0),
            float(at == 0 and t > 0),
            fund.every / length if into % fund.every == 0 and fund.pays == "advance" else 0.0,
            length - into,
            float(into == length - 1 and fund.last is not None),
            (fund.every - 1 - at % fund.every) if fund.pays == "reimburse" else 0.0,
            1.0,
        )
    return out
