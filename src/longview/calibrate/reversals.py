"""What our own reversal log says of naloxone: the curve's `adj` and the share that gets reported, together."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from longview.evidence import Evidence

Floats = NDArray[np.float64]

ROUNDS = 6
"""Gauss-Newton rounds; the residual is below a hundredth after four."""

STEP = 0.05
"""Step in log adj for the slope of reversals."""

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

    Each future's prior draw is moved by the least that makes its prediction meet the recorded count (itself redrawn with its own
    noise): exact for a linear model with normal errors, and no future is thrown away (Matheron's rule; Oliver 1996 for the
    non-linear case). log adj and logit share are normal a priori, their spread read off the evidence rows.

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
    noise = 1.0 / (recorded + 0.5)
    goal = np.log((recorded + 0.5) / months) + np.sqrt(noise) * ndtri(np.clip(u, 1e-9, 1.0 - 1e-9))
    a0, r0 = np.log(adj), _logit(np.clip(share, 1e-3, 1.0 - 1e-3))
    a, r = a0.copy(), r0.copy()
    for _ in range(ROUNDS):
        now = np.log(np.maximum(predicted(np.exp(a)), 1e-12))
        more = np.log(np.maximum(predicted(np.exp(a + STEP)), 1e-12))
        h_a = np.clip((more - now) / STEP, 0.0, 2.0)
        part = 1.0 / (1.0 + np.exp(-r))
        h_r = 1.0 - part
        gap = goal - now - np.log(part) - h_a * (a0 - a) - h_r * (r0 - r)
        scale = gap / (h_a**2 * var_a + h_r**2 * var_r + noise)
        a, r = a0 + var_a * h_a * scale, r0 + var_r * h_r * scale
    return np.exp(a), 1.0 / (1.0 + np.exp(-r))


def _logit(share: Floats | float) -> Floats:
    return np.asarray(np.log(share) - np.log1p(-np.asarray(share)))
