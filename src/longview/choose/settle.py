"""What would settle it: how much of the doubt each figure explains, and what it would be worth to know it.

For each figure the futures give the mean lead of every rival over the pick, given the figure: a cubic, as where an answer
turns (`turning`). Whoever knew the figure would take the best by those means; what that adds on average over taking the pick
blindly is the figure's worth, less what figures dealt out anew seem to be worth, so that noise is worth nothing.
Source: Strong, Oakley and Brennan 2014 (regression for the value of partial information); decision 0405.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from longview.choose.doubt import explained
from longview.choose.turning import Floats, basis_of
from longview.evidence import Parameter
from longview.results import Decision, Settle, Telling, Unknown

TOLD: Telling = "closing"
ASKS = 3
DEALT = 30  # times that the rivals' leads are dealt out anew
BY_CHANCE = 0.9  # of these, the share in which no figure seems worth as much as one must be worth to count
LITTLE = 0.005  # of a year of life: below this a figure is worth nothing


def what_would_settle(
    decision: Decision, figures: Mapping[str, Floats], rows: Iterable[Parameter], seed: int = 0
) -> Settle:
    """What the doubt in the answer rests on, and the three figures whose knowledge would help most.

    Args:
        figures: evidence key → draws on the futures of the decision's comparison, [F].
        rows: the evidence that the answer rests on.
    """
    known = {row.key: row for row in rows}
    drawn = {key: np.asarray(x) for key, x in figures.items() if key in known}
    years = np.asarray(decision.comparison.values[TOLD]["life_years"], dtype=np.float64)
    shares = explained(drawn, years[decision.pick])
    worths = worth_knowing(drawn, leads_of(decision), seed)
    whole = sum(shares.values())
    assumed = sum(share for key, share in shares.items() if _is_assumed(known[key]))
    asks = sorted(
        (key for key in drawn if worths.get(key, (0.0, 0.0))[0] > LITTLE or key in shares),
        key=lambda key: (-worths.get(key, (0.0, 0.0))[0], -shares.get(key, 0.0), key),
    )[:ASKS]
    idle = tuple(sorted(key for key, (worth, _) in worths.items() if worth <= LITTLE and key not in shares))
    return Settle(
        assumed / whole if whole > 0 else 0.0,
        tuple(
            Unknown(
                key,
                known[key].name,
                known[key].grade,
                known[key].whose,
                shares.get(key, 0.0),
                *worths.get(key, (0.0, 0.0)),
            )
            for key in asks
        ),
        idle,
    )


def _is_assumed(row: Parameter) -> bool:
    return row.grade == "assumption" and row.whose == "literature"


def leads_of(decision: Decision) -> Floats:
    """Life-years by which each rival of the pick is ahead of it, [R, F]: today's path, runner-up and alternatives."""
    years = np.asarray(decision.comparison.values[TOLD]["life_years"], dtype=np.float64)
    rivals = [row for row in range(len(years)) if row != decision.pick]
    return np.asarray(years[rivals] - years[decision.pick])


def worth_knowing(figures: Mapping[str, Floats], leads: Floats, seed: int = 0) -> dict[str, tuple[float, float]]:
    """Key → (life-years that choosing with it known adds on average; share of futures in which it changes the pick).

    Args:
        leads: of rivals over the pick, [R, F].
    """
    bases = {key: basis for key, x in figures.items() if (basis := basis_of(x)) is not None}
    gains = {key: _gain(basis, leads) for key, basis in bases.items()}
    random = np.random.default_rng(seed)
    dealt = [leads[:, random.permutation(leads.shape[1])] for _ in range(DEALT)]
    null = np.array([[_gain(basis, other)[0] for other in dealt] for basis in bases.values()]).reshape(-1, DEALT)
    least = float(np.quantile(null.max(axis=0), BY_CHANCE)) if len(null) else 0.0
    found = {}
    for (key, (gain, changes)), by_chance in zip(gains.items(), null.mean(axis=1), strict=True):
        worth = gain - float(by_chance) if gain > least else 0.0
        found[key] = (worth, changes if worth > LITTLE else 0.0)
    return found


def _gain(basis: Floats, leads: Floats) -> tuple[float, float]:
    """Mean of the best conditional lead, less the best lead without knowing; and how often another than the pick is best."""
    if not len(leads):
        return 0.0, 0.0
    fitted = (leads @ basis) @ basis.T
    best = np.maximum(fitted.max(axis=0), 0.0)
    blind = max(0.0, float(leads.mean(axis=1).max()))
    return max(0.0, float(best.mean()) - blind), float(np.mean(best > 0))


__all__ = ["leads_of", "what_would_settle", "worth_knowing"]
