"""Lever values in a month, from options' effects."""

from __future__ import annotations

from typing import Any, NamedTuple

from longview.model.arrays import Array
from longview.program import levers


class Effects(NamedTuple):
    """Rows of effects over trajectories.

    Attributes:
        value, level, start: [row, B]. ramp: months, [row, 1]. pulse, multiply, add, set: kind of row, 0 or 1, [row, 1].
    """

    value: Array
    level: Array
    start: Array
    ramp: Array
    pulse: Array
    multiply: Array
    add: Array
    set: Array


def lever_values(
    effects: Effects, rows: tuple[str, ...], month: Array, horizon: Array, like: Array, xp: Any
) -> dict[str, Array]:
    """Levers in a month, id → [B].

        (set, else today)·Π v^(x·a) + Σ v·x·a,   a rising to 1 over the ramp, 0 before the start and from the horizon on

    Args:
        rows: the lever that each row moves. month, horizon: indices of months, scalar arrays. like: any [B].

    Source: DESIGN, Options. The order of rows does not matter.
    """
    since = month - effects.start
    running = ((since >= 0) & (month < horizon)).astype(like.dtype)
    ramped = xp.clip((since + 1.0) / xp.maximum(effects.ramp, 1.0), 0.0, 1.0) * running
    at_once = running * (since == 0).astype(like.dtype)
    weight = xp.where(effects.pulse > 0, at_once, ramped)
    dose = weight * effects.level
    logs = effects.multiply * dose * xp.log(xp.maximum(effects.value, 1e-12))
    added = effects.add * dose * effects.value
    own = effects.set * weight * (effects.level > 0).astype(like.dtype)
    out = {}
    for name, lever in levers().items():
        today = xp.zeros_like(like) + lever.today
        at = [i for i, moved in enumerate(rows) if moved == name]
        if at:
            base = today * (1.0 - sum(own[i] for i in at)) + sum(own[i] * effects.value[i] for i in at)
            value = base * xp.exp(sum(logs[i] for i in at)) + sum(added[i] for i in at)
            out[name] = xp.clip(value, lever.low, lever.high)
        else:
            out[name] = today
    return out
