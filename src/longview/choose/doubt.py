"""How much of the doubt in an answer each uncertain figure explains."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
NOISE = 4.0  # a squared rank correlation below this many times 1/F is what pure chance gives


def explained(figures: Mapping[str, Floats], gain: Floats) -> dict[str, float]:
    """Share of the spread in the ranks of `gain` [F] that the ranks of each figure [F] explain, one at a time.

    Figures that explain no more than chance would are left out. Shares need not add up to one: what figures do
    together, the drug supply, and luck with people and funds explain the rest.

    Source: squared rank correlation (Spearman), a first-order measure.
    """
    wanted = _ranks(gain)
    if wanted is None:
        return {}
    found = {}
    for key, values in figures.items():
        ranks = _ranks(values)
        if ranks is None or ranks.shape != wanted.shape:
            continue
        share = float(np.mean(ranks * wanted)) ** 2
        if share > NOISE / len(wanted):
            found[key] = share
    return found


def _ranks(values: Floats) -> Floats | None:
    """Ranks with mean 0 and variance 1; None where there is nothing to rank."""
    given = np.asarray(values, dtype=np.float64).ravel()
    if given.size < 2 or np.ptp(given) == 0:
        return None
    ranks = np.argsort(np.argsort(given, kind="stable"), kind="stable").astype(np.float64)
    return np.asarray((ranks - ranks.mean()) / ranks.std())
