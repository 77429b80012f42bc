"""Whether a figure of ours agrees with what was published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longview.validation.form import Outcome, Target

Floats = NDArray[np.float64]

SHARE = 0.90
"""Share of futures that our interval holds (EVIDENCE, Published results)."""

ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Verdict:
    """One outcome: published, ours, and whether they agree.

    Attributes:
        low, point, high: ours: the middle future, and the ends between which 90% of futures lie; no number where there is none.
        covers: our interval holds what was published. within: our point lies in the tolerance; None: nothing was to be held to.
        inside: both; None: not held to anything.
    """

    name: str
    unit: str
    target: Target
    low: float
    point: float
    high: float
    covers: bool | None
    within: bool | None
    inside: bool | None
    counted: bool
    note: str = ""

    @property
    def doubtless(self) -> bool:
        """Whether all futures give one figure."""
        return abs(self.high - self.low) <= ROUNDING * max(1.0, abs(self.point))


def judge(outcome: Outcome, values: Floats) -> Verdict:
    """The verdict on one outcome, from a value a future, [F].

    It is inside where our 90% interval holds the target and our point lies in the tolerance; without doubt of ours (a formula, a
    share of futures) the tolerance alone decides.
    """
    values = np.asarray(values, dtype=np.float64)
    low, point, high = three(values, outcome.chance)
    target = outcome.target
    within = in_tolerance(target, point)
    covers = holds(target, low, high)
    held = within
    doubtless = abs(high - low) <= ROUNDING * max(1.0, abs(point))
    inside = None if held is None else bool(held and (doubtless or covers is not False))
    return Verdict(
        outcome.name,
        outcome.unit,
        target,
        low,
        point,
        high,
        covers,
        within,
        inside,
        outcome.counted,
        outcome.note,
    )


def three(values: Floats, chance: bool) -> tuple[float, float, float]:
    """Low, point and high of a value a future; of a chance the share of futures alone."""
    if chance:
        share = float(np.mean(values))
        return share, share, share
    if np.isnan(values).any() or values.size == 0:
        return float("nan"), float("nan"), float("nan")
    tail = (1.0 - SHARE) / 2.0
    low, point, high = np.quantile(
        values, [tail, 0.5, 1.0 - tail], method="nearest" if np.isinf(values).any() else "linear"
    )
    return float(low), float(point), float(high)


def in_tolerance(target: Target, point: float) -> bool | None:
    """Whether the point lies where it may; None where nothing says where."""
    if not np.isfinite(point):
        return None if in_tolerance(target, 0.0) is None else False
    if target.within is not None:
        return target.within[0] <= point <= target.within[1]
    slack_share, slack = target.relative or 0.0, target.absolute or 0.0
    if target.at_most is not None:
        return point <= target.at_most * (1.0 + slack_share) + slack + ROUNDING
    if target.at_least is not None:
        return point >= target.at_least * (1.0 - slack_share) - slack - ROUNDING
    if target.published is not None and (target.relative is not None or target.absolute is not None):
        return abs(point - target.published) <= slack_share * abs(target.published) + slack + ROUNDING
    if target.low is not None and target.high is not None:
        return target.low <= point <= target.high
    return None


def holds(target: Target, low: float, high: float) -> bool | None:
    """Whether our interval holds what was published: the point, else any of the interval; None where nothing was."""
    if not (np.isfinite(low) or np.isfinite(high)):
        return False
    if target.at_most is not None:
        return low <= target.at_most
    if target.at_least is not None:
        return high >= target.at_least
    if target.published is not None:
        return low <= target.published <= high
    if target.low is not None and target.high is not None:
        return low <= target.high and high >= target.low
    return None


def study_inside(verdicts: Sequence[Verdict]) -> bool | None:
    """Whether every outcome that is held to something, and scored, is inside; None where none is."""
    held = [v.inside for v in verdicts if v.counted and v.inside is not None]
    return all(held) if held else None
