"""Ranks, rank correlations, and the best set within a budget: arithmetic alone, no model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def per_cost(benefit: Floats, cost: Floats) -> Floats:
    """Benefit for each unit of money, of any one shape.

    What costs nothing (or saves money) comes to infinity if it does good, to minus infinity if it does harm, and to 0 if it does
    nothing.
    """
    benefit, cost = np.broadcast_arrays(np.asarray(benefit, float), np.asarray(cost, float))
    free = cost <= 0.0
    paid = benefit / np.where(free, 1.0, cost)
    return np.where(free, np.where(benefit == 0.0, 0.0, np.copysign(np.inf, benefit)), paid)


def ranks(values: Floats) -> Floats:
    """Ranks along the first axis, 1 for the highest; those that tie share the mean of their ranks. [I] or [I, F]."""
    values = np.asarray(values, float)
    above = (values[None] > values[:, None]).sum(1)
    alike = (values[None] == values[:, None]).sum(1)
    return np.asarray(above + (alike + 1) / 2.0)


def spearman(one: Floats, other: Floats) -> float:
    """Spearman's rank correlation, ties sharing their mean rank; no number where all of one tie."""
    a, b = ranks(one), ranks(other)
    a, b = a - a.mean(), b - b.mean()
    size = np.sqrt((a * a).sum() * (b * b).sum())
    return float((a * b).sum() / size) if size > 0 else float("nan")


def kendall(one: Floats, other: Floats) -> float:
    """Kendall's tau-b: pairs in the same order less those in the other, over those in order; no number where all of one tie."""
    a, b = np.asarray(one, float), np.asarray(other, float)
    up = np.triu_indices(len(a), 1)
    x = np.sign(_less(a[up[0]], a[up[1]]))
    y = np.sign(_less(b[up[0]], b[up[1]]))
    size = np.sqrt((x * x).sum() * (y * y).sum())
    return float((x * y).sum() / size) if size > 0 else float("nan")


def _less(one: Floats, other: Floats) -> Floats:
    """Their difference, 0 for what is alike (two infinities too)."""
    with np.errstate(invalid="ignore"):
        return np.where(one == other, 0.0, one - other)


@dataclass(frozen=True, slots=True)
class Best:
    """The best set within a budget.

    Attributes:
        which: its place among the sets. chance: share of futures in which no other set that can be afforded does better.
    """

    which: int
    chance: float


def best_set(benefit: Floats, cost: Floats, budget: float) -> Best:
    """The set that brings most on average, of those whose cost on average is within the budget; of equals the cheapest.

    Args:
        benefit, cost: [S, F]; one of the sets is to do nothing, so that one can always be afforded.

    Raises:
        ValueError: none can be afforded.
    """
    paid = cost.mean(1)
    within = np.flatnonzero(paid <= budget)
    if len(within) == 0:
        raise ValueError("no set can be afforded; let doing nothing be one of them")
    gained = benefit[within].mean(1)
    which = int(within[np.lexsort((paid[within], -gained))[0]])
    top = benefit[within].max(0)
    return Best(which, float((benefit[which] >= top).mean()))


def every_set(
    names: Sequence[str], levels: Sequence[float], excludes: Sequence[frozenset[str]]
) -> tuple[tuple[float, ...], ...]:
    """All sets: a level for each name (0: not done), the first of them nothing at all; of what excludes each other one at most."""
    found: list[tuple[float, ...]] = [()]
    for i, name in enumerate(names):
        barred = [j for j, other in enumerate(names[:i]) if any({name, other} <= pair for pair in excludes)]
        found = [
            (*done, level) for done in found for level in (0.0, *levels) if not (level and any(done[j] for j in barred))
        ]
    return tuple(found)
