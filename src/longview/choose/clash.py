"""Why no plan keeps all the rules: the fewest rules that clash, and the least by which each would have to give.

Without the floor on pay today's path keeps every rule (what it lacks by itself is lent to it, and its own danger is
allowed), so every clash holds that floor; beside it stand the options themselves, the money, or the board's limits on
danger, whichever is met first (decision 401).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, Decimal

import numpy as np

from longview.choose.costs import wage_ratio
from longview.choose.feasible import Space
from longview.choose.floors import floor_month, lowest_wage, pays_living_wage, wages
from longview.choose.groups import pays_wages
from longview.choose.judge import Danger, Scores
from longview.choose.options import Levels
from longview.program import Month
from longview.results import Choice, Portfolio

CENT = Decimal("0.01")
RAISES = 24  # ways to move pay that are looked at, the highest first
STARTS = 6  # of them, those whose start is put off month by month


@dataclass(frozen=True, slots=True)
class Clash:
    """Why no portfolio keeps all the rules.

    Attributes:
        floors: message codes of the fewest rules that clash, the money apart.
        lacks: money that the cheapest way to keep them lacks, beyond what today's path lacks by itself.
        funds: funds that may pay for it and are used up.
        cheapest: that cheapest way, as option ids with levels; plan: the same.
        month: the first month from which the money there is pays the living wage, with its raise put off to `begins`; None:
            no month within the plan.
        rate: the highest lowest wage an hour by the floor's January that the money there is pays; None: no wage is paid.
        short, closed: the least shares of futures that run short, and that close, among plans that keep all but that limit.
        danger, danger_closed: the limits themselves.
    """

    floors: tuple[str, ...]
    lacks: Decimal
    funds: tuple[str, ...]
    cheapest: str
    plan: Portfolio | None = None
    month: Month | None = None
    begins: Month | None = None
    rate: Decimal | None = None
    short: float | None = None
    closed: float | None = None
    danger: float | None = None
    danger_closed: float | None = None


def clash(
    space: Space, danger: Danger | None = None, scores: Scores | None = None, today: Scores | None = None
) -> Clash:
    """What stands in the way where nothing keeps all the rules.

    Args:
        danger, scores, today: of plans that keep the floors and that the money pays, how dangerous they are; None: not
            known, or there is no such plan.
    """
    program = space.program
    floors = () if floor_month(program) is None else ("living-wage-by",)
    cheapest = space.cheapest()
    if cheapest is None:
        return Clash(
            ("living-wage-without-option",), Decimal(0), (), "",
            None, *_later(space, _raises(space)), rate=_rate(space),
        )  # fmt: skip
    picks, lacks = cheapest
    plan = space.offer.portfolio(picks)
    if lacks:
        more = space.extra(picks).more
        kinds = enumerate(space.budget.kinds.funds)
        touched = {program.funds[n].id for k, funds in kinds if more[k].any() for n in funds}
        later = _later(space, [picks, *space.floor_rows()])
        return Clash(floors, lacks, tuple(sorted(touched)), plan.name, plan, *later, rate=_rate(space))
    if danger is None or scores is None or today is None or not len(scores.short):
        limits: tuple[str, ...] = ("run-short", *(["no-site-closed"] if program.no_site_closed else []))
        return Clash((*floors, *limits), lacks, (), plan.name, plan)
    short, closed = danger.short(scores, today), scores.closed
    most = danger.most_closed(today)
    calm, open_ = short <= danger.limit, closed <= most
    limits = (
        ("run-short",)
        if not calm.any()
        else ("no-site-closed",)
        if not open_.any()
        else ("run-short", "no-site-closed")
    )
    beside = open_ if program.no_site_closed and open_.any() else np.ones(len(short), dtype=bool)
    return Clash(
        (*floors, *limits), lacks, (), plan.name, plan, short=float(short[beside].min()),
        closed=float(closed[calm].min()) if calm.any() else float(closed.min()),
        danger=danger.limit, danger_closed=most,
    )  # fmt: skip


def _raises(space: Space) -> list[Levels]:
    """Ways to move pay, each with what it requires, the highest pay first; keeping it as it is comes with them."""
    rows = [np.zeros(len(space.offer.axes), dtype=np.int64)]
    for group in space.groups:
        if pays_wages(space.program, space.offer, group.axes):
            rows = [space.put(row, group.axes, levels) for row in rows for levels in group.rows]
    rows = [space.with_required(row) for row in rows]
    rows = [row for row in rows if space.offer.allowed(row[None, :])[0]]
    paid = [wages(space.program, space.offer.portfolio(row).choices) for row in rows]
    return [rows[i] for i in np.argsort(-np.array(paid), kind="stable")]


def _rate(space: Space) -> Decimal | None:
    """The highest lowest wage by the floor's January that the money pays, the floor itself apart."""
    program = space.program
    free = Space(replace(program, living_wage_by=None), space.offer, space.budget, space.held)
    axes = [a for group in space.groups if pays_wages(program, space.offer, group.axes) for a in group.axes]
    best: Decimal | None = None
    for row in [*_raises(space)[:RAISES], np.zeros(len(space.offer.axes), dtype=np.int64)]:
        lowest = lowest_wage(program, wages(program, space.offer.portfolio(row).choices))
        if lowest is None or (best is not None and lowest <= best):
            continue
        trials = np.array([row, *free.one_more(row)])
        if free.affordable(trials[(trials[:, axes] == row[axes]).all(axis=1)]).any():
            best = lowest
    return None if best is None else round(best, 6).quantize(CENT, ROUND_DOWN)


def _later(space: Space, rows: Sequence[Levels]) -> tuple[Month | None, Month | None]:
    """The first month from which pay can be at the living wage, its raises put off until they are paid, and their start."""
    found = [months for row in rows[:STARTS] if (months := _put_off(space, row)) is not None]
    starts = space.program.starts
    return (None, None) if not found else (starts.plus(min(found)[0]), starts.plus(min(found)[1]))


def _put_off(space: Space, row: Levels) -> tuple[int, int] | None:
    """The same for one set of options, as months of the plan: by halving, since a raise that comes later costs less."""
    program, months = space.program, space.budget.months
    due = floor_month(program)
    since = 0 if due is None else due.since(program.starts)
    movers = {e.option for e in program.effects if e.lever == "wage"}
    choices = space.offer.portfolio(row).choices
    begins = max((c.start.since(program.starts) for c in choices if c.option in movers), default=0)

    def paid_from(wait: int) -> tuple[int, int] | None:
        later = tuple(Choice(c.option, c.level, c.start.plus(wait)) if c.option in movers else c for c in choices)
        ratio = wage_ratio(program, later, months)
        keeps = (t for t in range(since, months) if pays_living_wage(program, float(ratio[t])))
        first = next(keeps, None)
        if first is None or not space.budget.affordable(space.budget.extra(later)):
            return None
        return first, begins + wait

    low, high = 0, months - 1 - begins
    first = paid_from(low)
    if first is not None or high <= 0:
        return first
    best = paid_from(high)
    while best is not None and high - low > 1:
        middle = (low + high) // 2
        answer = paid_from(middle)
        low, high, best = (middle, high, best) if answer is None else (low, middle, answer)
    return best


__all__ = ["Clash", "clash"]
