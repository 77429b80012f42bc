"""Figures at which the pick changes: prices, money in hand, each fund's amount, and what is believed of the evidence.

Of prices and money scores are kept as they were simulated; what is moved is whether portfolios can be afforded. So it finds
where the pick becomes too dear, or how little money would still pay for it; not how a price's own effect on cash would move
the scores. Of the evidence the futures tell themselves: where, given a figure, another plan comes first (`turning.given`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from math import erfc, sqrt
from typing import cast

import numpy as np

from longview.choose.feasible import Space
from longview.choose.judge import Danger, Judge
from longview.choose.money import HALF_A_CENT, Budget
from longview.choose.naming import done, listed
from longview.choose.options import Levels
from longview.choose.strings import is_charged
from longview.choose.turning import Floats, given
from longview.evidence import Evidence
from longview.program import Fund, Program
from longview.results import Decision, SwitchingValue, Who

DEAREST = 4.0  # a price is followed up to this many times its own
STEPS = 8  # halvings: to within 1-2% of a price
RIVALS = 30  # portfolios looked at for what the pick would change to
LEAST_FUND = 0.5  # a fund's amount is followed down to this share of it
KNOWN_TO = 0.2  # how well a figure in the files is known, as a standard deviation over the figure. Assumption
TOLD_MOST = 5
SMALL = 1000.0  # of money: less is told to the whole
BESIDE = 6  # rivals beside which figures of the evidence are followed


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
    found += [_fund_turn(space, pick, n, rivals) for n in range(len(space.program.funds))]
    return nearest(value for value in (*found, _cash_turn(space, pick, rivals)) if value is not None)


def nearest(values: Iterable[SwitchingValue]) -> tuple[SwitchingValue, ...]:
    """The few that turn first, the nearest of them first."""
    return tuple(sorted(values, key=lambda value: (-value.nearness, value.key))[:TOLD_MOST])


def evidence_turns(
    program: Program, decision: Decision, figures: Mapping[str, Floats], evidence: Evidence, seed: int = 0
) -> tuple[SwitchingValue, ...]:
    """Figures of the evidence along which another plan comes first, within what is believed of them.

    Args:
        figures: evidence key → draws on the futures of the decision's comparison, [F].
    """
    found, pick = decision.comparison, decision.pick
    rows = [] if decision.runner_up is None else [decision.runner_up]
    rows += [a.index for a in sorted(decision.alternatives, key=lambda a: a.gap.middle)]
    rivals = [row for row in dict.fromkeys(rows) if row != pick][:BESIDE]
    years = np.asarray(found.values["closing"]["life_years"], dtype=np.float64)
    if not rivals:
        return ()
    gains = {cast("Who", str(row)): years[row] for row in (pick, *rivals)}
    turns = {}
    for turn in given({k: x for k, x in figures.items() if k in evidence}, gains, seed):
        ends = {str(turn.crossing.below), str(turn.crossing.above)}
        if str(pick) in ends and turn.key not in turns:
            (other,) = ends - {str(pick)}
            words = listed(done(program, found.portfolios[int(other)]))
            row = evidence[turn.key]
            turns[turn.key] = SwitchingValue(
                row.name, turn.now.middle, turn.crossing.at, words, "evidence", row.unit, turn.past
            )
    return tuple(turns.values())


def as_found(money: float) -> float:
    """A sum at which something turns, as money is told: to the hundred, smaller sums to the whole (never to nothing)."""
    return round(money, -2 if money >= SMALL else 0)


def _near(now: float, turns_at: float) -> float:
    """The chance that a figure of the files lies past its turn, if it is known as well as such figures are."""
    return 0.5 * erfc(abs(turns_at / now - 1.0) / KNOWN_TO / sqrt(2.0)) if now else 0.0


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
        as_found(now * low),
        _words(space, to),
        nearness=_near(1.0, low),
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
    return SwitchingValue(
        "free cash in hand", own, as_found(high), _words(space, to), "money", nearness=_near(own, high)
    )


def _fund_turn(space: Space, pick: Levels, n: int, rivals: list[Levels]) -> SwitchingValue | None:
    """The least amount of a fund with which the pick can still be afforded."""
    fund = space.program.funds[n]
    if fund.amount <= 0 or fund.pays == "per-unit" or not _pays_new(space, pick, n):
        return None

    def affordable(row: Levels, share: float) -> bool:
        funds = list(space.program.funds)
        funds[n] = _less(fund, share)
        budget = Budget(replace(space.program, funds=tuple(funds)), space.budget.months, space.budget.given)
        return budget.affordable(budget.extra(space.offer.portfolio(row).choices))

    if affordable(pick, LEAST_FUND):
        return None
    low, high = LEAST_FUND, 1.0
    for _ in range(STEPS - 1):
        middle = (low + high) / 2
        low, high = (low, middle) if affordable(pick, middle) else (middle, high)
    to = next((r for r in rivals if affordable(r, low)), np.zeros_like(pick))
    now = float(fund.amount)
    return SwitchingValue(
        f"{fund.name}: the amount of a term", now, as_found(now * high), _words(space, to), "fund",
        nearness=_near(1.0, high),
    )  # fmt: skip


def _pays_new(space: Space, pick: Levels, n: int) -> bool:
    """Whether a fund may pay any bill that the pick adds, or frees cash that does."""
    if not is_charged(space.program.funds[n]):
        return True
    more = space.extra(pick).more
    return any(more[k].any() and n in funds for k, funds in enumerate(space.budget.kinds.funds))


def _less(fund: Fund, share: float) -> Fund:
    part = Decimal(str(share))
    return replace(fund, amount=fund.amount * part, received=fund.received * part)
