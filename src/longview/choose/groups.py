"""Options whose modelled costs act on one another, taken together, with what each combination of them adds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from longview.choose.costs import combinations, moves_modelled
from longview.choose.floors import pays_living_wage, wages
from longview.choose.money import Budget
from longview.choose.options import FAMILIES, Levels, Offer
from longview.program import Program

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Group:
    """Options whose costs belong together.

    Attributes:
        axes: places in `offer.axes`.
        rows: every combination of their level numbers, zeros first, [C, axes].
        adds: what each adds (`Extra.flat`), [C, D].
        keeps: which of them keep the floors on pay, and hold what must be held, [C].
    """

    axes: tuple[int, ...]
    rows: Levels
    adds: Floats
    keeps: Bools
    under: Bools  # [C, C]: a adds nowhere more than b, and lends no less

    def find(self, picks: Levels) -> NDArray[np.int64]:
        """The combination that each row of level numbers [N, options] holds, [N]."""
        sizes = tuple(int(n) for n in self.rows.max(axis=0) + 1) if self.axes else ()
        return np.ravel_multi_index(tuple(picks[:, self.axes].T), sizes) if self.axes else np.zeros(len(picks), int)


def parts(program: Program, offer: Offer) -> list[list[int]]:
    """Axes grouped so that modelled costs of different groups simply add up, in the order of the option ids."""
    parts: list[list[int]] = []
    moved = [moves_modelled(program, name) for name in offer.ids]
    for i in range(len(offer.axes)):
        family = {f for f, names in enumerate(FAMILIES) if moved[i] & set(names)}
        joined = [p for p in parts if any(family & {f for f, n in enumerate(FAMILIES) if moved[j] & set(n)} for j in p)]
        parts = [*(p for p in parts if p not in joined), sorted([i, *chain.from_iterable(joined)])]
    return sorted(parts)


def group_of(program: Program, offer: Offer, budget: Budget, axes: Sequence[int]) -> Group:
    """What every combination of these options' levels adds, and whether it keeps the floor on pay."""
    rows = combinations([len(offer.axes[a].levels) for a in axes])
    adds, keeps = [], []
    for row in rows:
        picks = np.zeros(len(offer.axes), dtype=np.int64)
        picks[list(axes)] = row
        choices = offer.portfolio(picks).choices
        adds.append(budget.extra(choices).flat)
        keeps.append(not pays_wages(program, offer, axes) or pays_living_wage(program, wages(program, choices)))
    table = np.array(adds)
    return Group(tuple(axes), rows, table, np.array(keeps), _under(table, budget))


def holding(group: Group, held: Sequence[int]) -> Group:
    """The group of which only those combinations are kept that hold its part of some options."""
    columns = [i for i, a in enumerate(group.axes) if a in held]
    return replace(group, keeps=group.keeps & (group.rows[:, columns] > 0).all(axis=1)) if columns else group


def _under(adds: Floats, budget: Budget) -> Bools:
    """Which combination certainly needs no more than which: same savings, no bill dearer, no money smaller, [C, C]."""
    same, no_more, *no_less = (part[:, (part != part[0]).any(axis=0)] for part in budget.layout.parts(adds))
    found = np.zeros((len(adds), len(adds)), dtype=bool)
    for c in range(len(adds)):
        found[:, c] = np.all(same == same[c], axis=1) & np.all(no_more <= no_more[c], axis=1)
        for part in no_less:
            found[:, c] &= np.all(part >= part[c], axis=1)
    return found


def pays_wages(program: Program, offer: Offer, axes: Sequence[int]) -> bool:
    """Whether this is the group that the floor on pay is tested in (the one that moves wages, if any does)."""
    movers = {e.option for e in program.effects if e.lever == "wage"} & set(offer.ids)
    return any(offer.ids[a] in movers for a in axes)
