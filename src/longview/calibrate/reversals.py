"""What our own reversal log says of naloxone: the curve's `adj` and the share that gets reported, together."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv

from longview.evidence import Evidence

Floats = NDArray[np.float64]

ROUNDS = 12
"""Newton rounds; the residual is below a hundredth after eight, from however far."""

STEP = 0.05
"""First step in log adj for the slope of reversals; later rounds take the slope from the round before."""

FAR = 1.5
"""Longest move of log adj or logit share in a round."""

Z90 = 1.6448536269514722
"""Half-width of a 90% interval in standard deviations."""


def update(
    recorded: float,
    months: int,
    adj: Floats,
    share: Floats,
    predicted: Callable[[Floats], Floats],
    u: Floats,
    evidence: Evidence,
) -> tuple[Floats, Floats]:
    """Draws of (adj, reported share) given the log, future by future.

    Each future's prior draw is moved to the best compromise between itself and the log (redrawn with its own noise):
    exact for a linear model with normal errors, and no future is thrown away (randomised maximum likelihood, Oliver 1996). The log
    is a Poisson count, so that a log of nothing weighs as much as it should. log adj and logit share are normal a priori, their
    spread read off the evidence rows. Where even the most naloxone and full reporting fall short of the log, so does the answer.

    Args:
        recorded: reversals in the log over `months`. adj, share: prior draws, [F]. predicted: adj → reversals a month by those who
            hold our kits, all of them, reported or not, [F]. u: uniforms for the count's noise, [F].

    Returns:
        adj, share: [F].

    Source: nx_adj, reversal_report_share.
    """
    row, told = evidence["nx_adj"], evidence["reversal_report_share"]
    var_a = (np.log(row.high / row.low) / (2.0 * Z90)) ** 2
    var_r = ((_logit(told.high) - _logit(told.low)) / (2.0 * Z90)) ** 2
    goal = gammaincinv(recorded + 0.5, np.clip(u, 1e-9, 1.0 - 1e-9))
    a0, r0 = np.log(adj), _logit(np.clip(share, 1e-3, 1.0 - 1e-3))
    a, r = a0, r0

    def logs(at: Floats) -> Floats:
        return np.asarray(np.log(np.maximum(months * predicted(np.exp(at)), 1e-12)))

    now = logs(a)
    slope = np.clip((logs(a + STEP) - now) / STEP, 0.0, 2.0)
    for _ in range(ROUNDS):
        part = 1.0 / (1.0 + np.exp(-r))
        expected = np.maximum(np.exp(now) * part, 1e-6)
        h_r = 1.0 - part
        gap = (goal - expected) / expected - slope * (a0 - a) - h_r * (r0 - r)
        scale = gap / (slope**2 * var_a + h_r**2 * var_r + 1.0 / expected)
        step = np.clip(a0 + var_a * slope * scale - a, -FAR, FAR)
        r = r + np.clip(r0 + var_r * h_r * scale - r, -FAR, FAR)
        after = logs(a + step)
        told_apart = np.abs(step) > STEP / 10.0
        slope = np.where(told_apart, np.clip((after - now) / np.where(told_apart, step, 1.0), 0.0, 2.0), slope)
        a, now = a + step, after
    return np.exp(a), 1.0 / (1.0 + np.exp(-r))


def _logit(share: Floats | float) -> Floats:
    return np.asarray(np.log(share) - np.log1p(-np.asarray(share)))
