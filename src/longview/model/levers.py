"""Lever values in a month, from options' effects."""

from __future__ import annotations

from typing import Any, NamedTuple

from longview.model.arrays import Array


class Effects(NamedTuple):
    """Rows of effects over trajectories.

    Attributes:
        value, level, start: [row, B]. ramp: months, [row, 1]. pulse, multiply, add, set: kind of row, 0 or 1, [row, 1].
        lever: which lever a row moves, 0 or 1, [lever, row].
    """

    value: Array
    level: Array
    start: Array
    ramp: Array
    pulse: Array
    multiply: Array
    add: Array
    set: Array
    lever: Array


class LeverTable(NamedTuple):
    """Today's value and range of each lever, [lever, 1]."""

    today: Array
    low: Array
    high: Array


def lever_values(effects: Effects, table: LeverTable, month: Array, horizon: Array, xp: Any) -> Array:
    """Levers in a month, [lever, B].

        (set, else today)·Π v^(x·a) + Σ v·x·a,   a rising to 1 over the ramp, 0 before the start and from the horizon on

    Args:
        month: index of the month, [] or a scalar array; horizon likewise.

    Source: DESIGN, Options. The order of rows does not matter.
    """
    since = month - effects.start
    running = ((since >= 0) & (month < horizon) & (effects.level > 0)).astype(effects.value.dtype)
    ramped = xp.clip((since + 1.0) / xp.maximum(effects.ramp, 1.0), 0.0, 1.0) * running
    at_once = running * (since == 0).astype(effects.value.dtype)
    weight = xp.where(effects.pulse > 0, at_once, ramped)
    dose = weight * effects.level
    factor = xp.exp(effects.lever @ (effects.multiply * dose * xp.log(xp.maximum(effects.value, 1e-12))))
    added = effects.lever @ (effects.add * dose * effects.value)
    own = effects.lever @ (effects.set * weight)
    aimed = effects.lever @ (effects.set * weight * effects.value)
    base = table.today * (1.0 - own) + aimed
    return xp.clip(base * factor + added, table.low, table.high)
