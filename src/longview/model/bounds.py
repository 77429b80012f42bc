"""Where a guard or an edge of the equations holds in a run, future by future: what must be told to whoever reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from longview.evidence import Evidence
from longview.model.draws import Futures, supply_at_bound
from longview.model.fatality import fatal_alone
from longview.model.guards import (
    CONDITION_LEAST,
    FIRES_MOST,
    LEVEL_HIGH,
    LEVEL_LOW,
    LOAD_MOST,
    MULTIPLIER_LEAST,
    NALOXONE_MOST,
    TINY,
)
from longview.model.infection import guarded
from longview.model.start import Start
from longview.model.workforce import burnout_pull

Bools = NDArray[np.bool_]
Series = Mapping[str, NDArray[Any]]

NEARLY = 1.0 - 1e-5
"""Series come in single precision."""


def deaths_odd(start: Start, futures: Futures) -> Bools:
    """Whether today's deaths are far more, or far fewer, than people and evidence imply, [F].

        L·d_0/fatal_none outside LEVEL_LOW-LEVEL_HIGH

    Where fentanyl is read as deadlier, the same deaths are fewer overdoses: that is the reading, and no fault of the figures.
    """
    over = start.level * fatal_alone(futures.p, futures.deadlier) / futures.p["fatal_none"]
    return np.asarray((over < LEVEL_LOW) | (over > LEVEL_HIGH))


def naloxone_everywhere(start: Start) -> Bools:
    """Whether naloxone is met as often as it can be by everybody who uses opioids, [F]: more kits do nothing."""
    return np.asarray(start.met.min(0) >= NALOXONE_MOST)


def naloxone_among_the_reached(start: Start) -> Bools:
    """Whether it is so for people in touch alone, [F]: more kits help only those who are not."""
    return np.asarray((start.met[1] >= NALOXONE_MOST) & ~naloxone_everywhere(start))


def syringes_enough(start: Start, p: Mapping[str, NDArray[Any]]) -> Bools:
    """Whether people in touch who inject have a sterile syringe for each injection today, [F]: more prevent nothing."""
    people = start.people[0].sum(1)
    injecting, one = people.sum(1), np.ones_like(start.syringes)
    on_moud = people[:, 1] / np.maximum(injecting, TINY)
    kept = guarded(start.syringes, one, 0.0 * one, 0.0 * one, injecting, on_moud, dict(p), np)
    return np.asarray((kept.covered[1] >= 1.0) & (start.syringes > 0.0) & (injecting[1] > TINY))


def at_work(series: Series) -> Bools:
    """Whether anybody works there in a month, [F, T]: a program closed or empty meets bounds that touch nobody."""
    return np.asarray((series["closed"] < NEARLY) & (series["posts_filled"] > TINY))


def load(turned_away: NDArray[Any], sharpness: NDArray[Any]) -> NDArray[np.float64]:
    """Wanted over capacity, [F, T], read off the share turned away (docs/model.md 2.8); at most LOAD_MOST.

    Args:
        turned_away: [F, T]. sharpness: visit_sharpness, [F].
    """
    k = sharpness[:, None]
    missed = -np.log1p(-np.minimum(np.asarray(turned_away, dtype=np.float64), NEARLY))
    # (1 + load^k)^(−1/k) = 1 − τ
    logs = k * missed + np.log(np.maximum(-np.expm1(-k * missed), np.finfo(np.float64).tiny))
    return np.asarray(np.exp(np.minimum(logs / k, np.log(LOAD_MOST))))


def overloaded(series: Series, start: Start, p: Mapping[str, NDArray[Any]]) -> Bools:
    """Whether load is at its most, or so high that nearly all would burn out, while somebody works there, [F]."""
    now = load(series["turned_away"], p["visit_sharpness"])
    aim = burnout_pull(now.T / np.asarray(start.load), series["fires"].T - p["fire_hours_share"], dict(p)).T
    beyond = (now >= LOAD_MOST * NEARLY) | (aim > 1.0 - MULTIPLIER_LEAST)
    return np.asarray((beyond & at_work(series)).any(1))


def bounds_met(evidence: Evidence, futures: Futures, start: Start, series: Series) -> dict[str, Bools]:
    """Flag → whether a future meets that bound in a month of the run, [F].

    Args:
        series: turned_away, fires, condition, posts_filled, closed, [F, T].
    """
    return {
        "supply-at-bound": supply_at_bound(evidence, futures, np.shape(series["fires"])[1]),
        "overload-at-bound": overloaded(series, start, futures.p),
        "fires-at-bound": np.asarray(((series["fires"] >= FIRES_MOST * NEARLY) & at_work(series)).any(1)),
        "building-at-bound": np.asarray((series["condition"] <= CONDITION_LEAST / NEARLY).any(1)),
    }


__all__ = [
    "bounds_met",
    "deaths_odd",
    "load",
    "naloxone_among_the_reached",
    "naloxone_everywhere",
    "syringes_enough",
]
