"""Figures at which the answer of a dilemma turns: where another side comes first on average.

Two ways to find one. Along a figure that can be set (a price, the money) each side is run at a few values: `along`. Along a
figure of the evidence the futures differ already: the mean of each side's gain given the figure is a cubic in its rank
score, kept only where it explains more than futures dealt out anew ever do: `given`. Source: docs/decisions/0404.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from longview.results import Interval, Who, interval

Floats = NDArray[np.floating[Any]]

BAND = 1.2815515655446004
"""Standard errors within which 8 in 10 means lie."""

DEGREE = 3
"""Of the polynomial by which a side's gain follows a figure."""

DEALT = 40
"""Times that the futures are dealt out anew, to see what a figure explains by chance."""

BY_CHANCE = 0.9
"""Of these, the share in which no figure explains as much."""

LIKELY = 0.1
"""Of the futures, those that must lie beyond a turn: within the likely range of what is believed."""

STEPS = 61
"""Places between the 5th and the 95th percentile of a figure at which its conditional mean is read."""

THIRDS, AGREE, FEWEST = 3, 2, 4
"""Parts of the futures; of these, those in which a turn must be seen; futures on either side without which nothing is seen."""

KEPT = 5
"""Turning points that are told."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where who comes first changes: `close` is the stretch in which the two can't be told apart."""

    at: float
    close: tuple[float, float]
    below: Who
    above: Who


def along(values: Floats, gains: Mapping[Who, Floats], near: float, *, log: bool = True) -> Crossing | None:
    """The nearest place to `near` along a figure at which who comes first on average changes.

    Args:
        values: of the figure, ascending, [G]. gains: each side's life-years at each value, [G, F]; the same F futures.
        log: whether the figure is read on a logarithmic scale.
    """
    x = np.log(values) if log else np.asarray(values, dtype=np.float64)
    means: dict[Who, Floats] = {who: rows.mean(axis=1) for who, rows in gains.items()}

    def error(one: Who, two: Who) -> Floats:
        gap = gains[one] - gains[two]
        return np.asarray(gap.std(axis=1) / np.sqrt(gap.shape[1]))

    found = crossings(x, means, error)
    start = float(np.log(near)) if log else near
    nearest = min(found, key=lambda c: abs(c.at - start), default=None)
    if nearest is None or not log:
        return nearest
    low, high = (float(np.exp(end)) for end in nearest.close)
    return Crossing(float(np.exp(nearest.at)), (low, high), nearest.below, nearest.above)


def crossings(x: Floats, means: Mapping[Who, Floats], error: Any) -> list[Crossing]:
    """Every change of who comes first along `x` [G], by straight lines between its places.

    Args:
        means: [G] of each side. error: standard error of one side's mean lead over another, (one, two) → [G].
    """
    sides = list(means)
    table = np.array([means[who] for who in sides])
    first = table.argmax(axis=0)
    found = []
    for i in np.flatnonzero(np.diff(first)):
        below, above = sides[first[i]], sides[first[i + 1]]
        lead = means[below] - means[above]
        share = lead[i] / (lead[i] - lead[i + 1]) if lead[i] != lead[i + 1] else 0.5
        at = float(x[i] + share * (x[i + 1] - x[i]))
        found.append(Crossing(at, _close(x, lead, BAND * error(below, above), at), below, above))
    return found


def _close(x: Floats, lead: Floats, band: Floats, at: float) -> tuple[float, float]:
    """The stretch around `at` in which the band of the lead holds zero, by straight lines."""
    fine = np.linspace(float(x[0]), float(x[-1]), 2001)
    open_to_doubt = np.abs(np.interp(fine, x, lead)) <= np.interp(fine, x, band)
    place = int(np.argmin(np.abs(fine - at)))
    low = high = place
    while low > 0 and open_to_doubt[low - 1]:
        low -= 1
    while high < len(fine) - 1 and open_to_doubt[high + 1]:
        high += 1
    return min(float(fine[low]), at), max(float(fine[high]), at)


@dataclass(frozen=True, slots=True)
class Given:
    """A turn along a figure of the evidence, as the futures show it.

    Attributes:
        past: share of the futures in which the figure lies past the turn, seen from its middle.
    """

    key: str
    crossing: Crossing
    now: Interval
    past: float


def given(figures: Mapping[str, Floats], gains: Mapping[Who, Floats], seed: int = 0) -> list[Given]:
    """Figures of the evidence along which who comes first on average changes, the likeliest to turn first.

    A turn beyond the likely range of what is believed is not told: few futures lie there. A figure counts only where the two
    sides' lead follows it by more than chance: its cubic explains more than that of any figure in 9 of 10 deals of the same
    futures.

    Args:
        figures: key → draws, [F]. gains: each side's life-years, [F].
    """
    sides = list(gains)
    table = np.array([gains[who] for who in sides], dtype=np.float64)
    bases = {key: basis for key, x in figures.items() if (basis := basis_of(x)) is not None}
    if not bases:
        return []
    pairs = [(i, j) for i in range(len(sides)) for j in range(i)]
    leads = {(i, j): table[i] - table[j] for i, j in pairs}
    chance = {pair: _by_chance(list(bases.values()), lead, seed) for pair, lead in leads.items()}
    found = []
    for key, basis in bases.items():
        x = np.asarray(figures[key], dtype=np.float64)
        places = np.quantile(x, np.linspace(0.05, 0.95, STEPS))
        at_places = _polynomial(places, x)
        whiten = _whitening(_polynomial(x, x))
        shown = at_places @ whiten
        means: dict[Who, Floats] = {who: shown @ (basis.T @ row) for who, row in zip(sides, table, strict=True)}

        def error(one: Who, two: Who, shown: Floats = shown, basis: Floats = basis) -> Floats:
            lead = table[sides.index(one)] - table[sides.index(two)]
            rest = lead - basis @ (basis.T @ lead)
            spread = np.sqrt(rest @ rest / max(len(lead) - basis.shape[1], 1))
            return np.asarray(spread * np.sqrt((shown**2).sum(axis=1)))

        for crossing in crossings(places, means, error):
            i, j = sides.index(crossing.below), sides.index(crossing.above)
            pair = (i, j) if (i, j) in leads else (j, i)
            below = float(np.mean(x <= crossing.at))
            past = min(below, 1.0 - below)
            if past >= LIKELY and _explains(basis, leads[pair]) > chance[pair] and _two_sided(crossing, places):
                found.append(Given(key, crossing, interval(x), past))
    return sorted(found, key=lambda turn: -turn.past)


def _two_sided(crossing: Crossing, places: Floats) -> bool:
    """Whether one side leads beyond doubt somewhere below the turn, and the other somewhere above it."""
    return bool(crossing.close[0] > places[0] and crossing.close[1] < places[-1])


def _polynomial(at: Floats, x: Floats) -> Floats:
    """1, z, z², z³ of a figure scaled by its own 5th and 95th percentile, beyond which it is held, [n, 4]."""
    low, high = np.quantile(x, [0.05, 0.95])
    z = np.clip((np.asarray(at) - low) / (high - low), 0.0, 1.0) * 2.0 - 1.0
    return np.asarray(np.polynomial.legendre.legvander(z, DEGREE))


def _whitening(columns: Floats) -> Floats:
    """The matrix that makes columns orthonormal."""
    return np.asarray(np.linalg.inv(np.linalg.qr(columns)[1]))


def basis_of(x: Floats) -> Floats | None:
    """Orthonormal columns of a figure's polynomial, [F, 4]; None where it hardly varies."""
    low, high = np.quantile(x, [0.05, 0.95])
    if not np.isfinite(x).all() or high - low <= 1e-9 * max(abs(low), abs(high)) or len(np.unique(x)) <= DEGREE + 1:
        return None
    columns = _polynomial(x, x)
    if np.linalg.cond(columns) > 1e6:
        return None
    return np.asarray(columns @ _whitening(columns))


def _explains(basis: Floats, lead: Floats) -> float:
    """Share of the variance of a lead that a polynomial explains."""
    centred = lead - lead.mean()
    total = float(centred @ centred)
    return float(np.sum((basis.T @ centred) ** 2)) / total if total > 0 else 0.0


def _by_chance(bases: Sequence[Floats], lead: Floats, seed: int) -> float:
    """What the best of all figures explains when the futures are dealt out anew, in 9 of 10 deals at most."""
    centred = lead - lead.mean()
    total = float(centred @ centred)
    if total <= 0:
        return 1.0
    random = np.random.default_rng(seed)
    dealt = np.stack([random.permutation(centred) for _ in range(DEALT)], axis=1)
    best = np.max([((basis.T @ dealt) ** 2).sum(axis=0) for basis in bases], axis=0) / total
    return float(np.quantile(best, BY_CHANCE))


def holds(crossing: Crossing, figure: Floats, gains: Mapping[Who, Floats]) -> bool:
    """Whether a turn is seen in two thirds of the futures out of three: below it the one side leads, above it the other.

    In each third the half of the futures on either side that lies farther from the turn is looked at, and its mean. How often
    this tells what is not there, and leaves untold what is, stands in decision 0404.

    Args:
        figure: [F]. gains: [F] of each side.
    """
    lead = np.asarray(gains[crossing.below] - gains[crossing.above], dtype=np.float64)
    third = np.arange(len(lead)) % THIRDS
    return sum(_seen(crossing.at, figure[third == i], lead[third == i]) for i in range(THIRDS)) >= AGREE


def _seen(at: float, figure: Floats, lead: Floats) -> bool:
    low, high = figure[figure <= at], figure[figure > at]
    if min(len(low), len(high)) < FEWEST:
        return False
    return bool(lead[figure <= np.median(low)].mean() > 0.0 > lead[figure >= np.median(high)].mean())


def leads(lead: Floats) -> bool:
    """Whether the mean of a lead is above zero by more than its 80% band."""
    return bool(lead.mean() > BAND * lead.std() / np.sqrt(max(len(lead), 1)))


__all__ = ["KEPT", "Crossing", "Given", "along", "basis_of", "crossings", "given", "holds", "leads"]
