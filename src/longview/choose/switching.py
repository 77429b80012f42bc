"""Figures at which the pick changes: the price of each chosen option, and the free cash in hand.

A simple, honest version: scores are kept as they were simulated; what is moved is whether portfolios can be afforded.
So it finds where the pick becomes too dear, or how little money in hand would still pay for it; not how a price's own
effect on cash would move the scores.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np

from longview.choose.feasible import Space
from longview.choose.judge import Danger, Judge
from longview.choose.money import HALF_A_CENT, Budget
from longview.choose.naming import done, listed
from longview.choose.options import Levels
from longview.results import SwitchingValue

DEAREST = 4.0  # a price is followed up to this many times its own
STEPS = 8  # halvings: to within 1-2% of a price
RIVALS = 30  # portfolios looked at for what the pick would change to


def switching_values(
    space: Space, judge: Judge, danger: Danger, rows: Levels, pick: Levels
) -> tuple[SwitchingValue, ...]:
    """Where the pick turns, as far as affordability alone tells; only what turns within reach is listed."""
    today = judge.scores(np.zeros((1, len(pick)), dtype=np.int64))
    scores = judge.scores(rows)
    good = danger.acceptable(scores, today)
    order = np.argsort(-np.where(good, scores.closing, -np.inf), kind="stable")[:RIVALS]
    rivals = [rows[i] for i in order if good[i] and not np.array_equal(rows[i], pick)]
    found = [_price_turn(space, pick, int(a), rivals) for a in np.flatnonzero(pick)]
    return tuple(value for value in (*found, _cash_turn(space, pick, rivals)) if value is not None)


def _words(space: Space, picks: Levels) -> str:
    return listed(done(space.program, space.offer.portfolio(picks)))


def _price_turn(space: Space, pick: Levels, axis: int, rivals: list[Levels]) -> SwitchingValue | None:
    """What an option may cost over the horizon, all its prices alike, before the pick can no longer be afforded."""
    own = np.zeros_like(pick)
    own[axis] = pick[axis]
    now = float(space.extra(own).more.sum())
    if now <= 0:
        return None

    def affordable(row: Levels, times: float) -> bool:
        alone = np.zeros_like(row)
        alone[axis] = row[axis]
        added, part = space.extra(row), space.extra(alone)
        dearer = replace(added, more=added.more + (times - 1.0) * part.more)
        return space.budget.ask(dearer).shortfall <= HALF_A_CENT

    if affordable(pick, DEAREST):
        return None
    low, high = 1.0, DEAREST
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if affordable(pick, middle) else (low, middle)
    to = next((r for r in rivals if affordable(r, high)), np.zeros_like(pick))
    return SwitchingValue(
        f"{space.offer.axes[axis].option.name}: what it costs in all",
        round(now),
        round(now * low, -2),
        _words(space, to),
    )


def _cash_turn(space: Space, pick: Levels, rivals: list[Levels]) -> SwitchingValue | None:
    """The least free cash in hand with which the pick can still be afforded."""
    own = float(space.program.free_cash)

    def affordable(row: Levels, cash: float) -> bool:
        program = replace(space.program, free_cash=Decimal(round(cash, 2)))
        budget = Budget(program, space.budget.months, space.budget.given)
        return budget.affordable(space.extra(row))

    if own <= 0 or affordable(pick, 0.0):
        return None
    low, high = 0.0, own
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if affordable(pick, middle) else (middle, high)
    to = next((r for r in rivals if affordable(r, low)), np.zeros_like(pick))
    return SwitchingValue("free cash in hand", own, round(high, -2), _words(space, to))
