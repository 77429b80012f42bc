"""What a program that runs short does first: it rations, before it is a wreck."""

from __future__ import annotations

from typing import Any, NamedTuple

from longview.model.arrays import Array, smooth_share
from longview.model.guards import GAP_MONTHS, NET_KEPT, RATION_SHARPNESS, TINY

RUNGS = ("items", "sessions", "hiring", "hours")
"""In order. Turning people away is no rung: it saves nothing."""


class Rationing(NamedTuple):
    """Rungs in force, 0-1, [rung, B], and what they save a month, [B]."""

    rungs: Array
    saved: Array


def shortfall(net: Array, free: Array, reserve: Array, scale: Array, xp: Any) -> Array:
    """Money a month to be found, [B]: the forecast loss and a sixth of what the reserve lacks, made smooth.

        u·softplus((−net + (reserve − free)/6)/u)

    Args:
        net: smoothed monthly change of free cash without rationing. scale: u, a third of a week's costs.

    Source: MODEL.md §5 Money, step 5.
    """
    need = -net + (reserve - free) / GAP_MONTHS
    smooth = scale * xp.logaddexp(xp.zeros_like(net), need / xp.maximum(scale, TINY))
    return xp.where(scale > TINY, smooth, xp.maximum(need, 0.0))


def ration(before: Array, savings: Array, gap: Array, xp: Any) -> Rationing:
    """Take rung after rung until the gap is found; let go by half a month's difference at a time.

    Args:
        before: rungs last month, [rung, B]. savings: what each would save if taken whole, [rung, B]. gap: [B].
    """
    rungs, saved = [], xp.zeros_like(gap)
    for i, name in enumerate(RUNGS):
        ratio = gap / xp.maximum(savings[i], TINY)
        take = xp.minimum(ratio * smooth_share(ratio, RATION_SHARPNESS, xp), 1.0)  # rounding must not owe hours
        take = xp.where(savings[i] > TINY, take, xp.zeros_like(take))
        rung = xp.maximum(take, before[i] + (take - before[i]) / 2.0)
        rungs.append(rung)
        if name != "hiring":
            gap = xp.maximum(gap - take * savings[i], 0.0)
            saved = saved + rung * savings[i]
    return Rationing(xp.stack(rungs), saved)


def smoothed(net: Array, change: Array, saved: Array) -> Array:
    """Next month's forecast of the change of free cash without rationing, [B]."""
    return NET_KEPT * net + (1.0 - NET_KEPT) * (change - saved)
