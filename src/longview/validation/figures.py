"""From arms to an outcome's figure: compared, set per something, or read along several arms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from longview.validation.form import Outcome, Reading, Study

Floats = NDArray[np.float64]
Value = Callable[[str, Reading], Floats]
"""A measure of one arm, by its name, as a value a future, [F]."""

FLAT = 1e-9


def figure(study: Study, outcome: Outcome, value: Value) -> Floats:
    """Ours, a value a future, [F]."""
    if outcome.along:
        return along(study, outcome, value)
    with np.errstate(divide="ignore", invalid="ignore"):
        per = outcome.per
        if per is None:
            out = compared(study, outcome.reading, value)
        elif per.arm is None and per.compare is None:
            out = compared(study, outcome.reading, lambda arm, reading: value(arm, reading) / value(arm, per))
        else:
            out = compared(study, outcome.reading, value) / compared(study, per, value)
    if outcome.within_months is not None:
        out = -np.expm1(-out * outcome.within_months / 12.0)
    if outcome.above is not None:
        out = np.asarray(out > outcome.above, dtype=np.float64)
    return np.asarray(out)


def compared(study: Study, reading: Reading, value: Value) -> Floats:
    """A measure of an arm, or of it against another."""
    one = value(study.arm(reading.arm).name, reading)
    if reading.compare is None or reading.versus is None:
        return one
    if reading.compare in ("ratio", "fall"):
        other = value(reading.versus, reading)
        return one / other if reading.compare == "ratio" else 1.0 - one / other
    other = value(reading.versus, reading)
    return one - other if reading.compare == "difference" else other - one


def along(study: Study, outcome: Outcome, value: Value) -> Floats:
    """Where a curve crosses a level, whether it bends down throughout, or whether arms stand in order."""
    simple = replace(outcome, along=(), within_months=None)
    rows = []
    for name in outcome.along:
        reading = replace(outcome.reading, arm=name, compare="averted" if outcome.reading.versus else None)
        per = outcome.per
        if per is not None and per.arm is not None:
            per = replace(per, arm=name)
        rows.append(figure(study, replace(simple, reading=reading, per=per), value))
    y = np.stack(rows)
    if outcome.reading.compare == "order":
        return np.asarray((np.diff(y, axis=0) <= FLAT * np.abs(y[:-1])).all(0), dtype=np.float64)
    x = np.asarray([study.arm(name).x for name in outcome.along], dtype=np.float64)
    if outcome.reading.compare == "concave":
        slopes = np.diff(y, axis=0) / np.diff(x)[:, None]
        return np.asarray((np.diff(slopes, axis=0) <= FLAT * np.abs(slopes).max(0)).all(0), dtype=np.float64)
    return crossing(x, y, outcome.crosses or 0.0)


def crossing(x: Floats, y: Floats, level: float) -> Floats:
    """The x at which each column of y first reaches a level, in straight lines; not finite where it never does.

    Where it is above at the first x already, that x.
    """
    out = np.full(y.shape[1], np.inf)
    out[y[0] >= level] = x[0]
    for i in range(len(x) - 1):
        rises = (y[i] < level) & (y[i + 1] >= level) & ~np.isfinite(out)
        step = (level - y[i]) / np.where(rises, y[i + 1] - y[i], 1.0)
        out = np.where(rises, x[i] + step * (x[i + 1] - x[i]), out)
    return out
