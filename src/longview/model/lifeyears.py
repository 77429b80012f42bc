"""What a life counts for: years to come at the end of a run, by a backward recursion over age."""

from __future__ import annotations

from typing import Any, NamedTuple

from longview.model.arrays import Array
from longview.model.guards import AGE_LAST, AGE_MIDDLE, AGEING


class YearsLeft(NamedTuple):
    """Discounted years still to live for someone who uses and for someone who stopped, [B]."""

    using: Array
    stopped: Array


def years_left(
    p: dict[str, Array], overdose: Array, natural: Array, elapsed: float, discount: float, xp: Any
) -> YearsLeft:
    """Years left at age `age_today + elapsed`, discounted, by the model's own hazards and ageing.

        V_s(a) = Y(h_s) + β·e^(−h_s)·V_s(a + 1)
        V_u(a) = Y(h) + β·[e^(−h)·V_u(a + 1) + stop/h·(1 − e^(−h))·V_s(a + 1)],   Y(h) = (1 − e^(−h))/h,   V = 0 at 100

    Args:
        overdose: overdose deaths of all kinds a person-year today, [B]. natural: other deaths a year at age 40 over today's mix of
            treatment, [B]. elapsed: years from today to the end of the run-off.

    Source: MODEL.md §8; stop_rate, death_stopped, age_today.
    """
    beta = 1.0 / (1.0 + discount)
    steps = int(AGE_LAST - AGE_MIDDLE) + 20
    using = stopped = xp.zeros_like(overdose)
    for k in reversed(range(steps)):
        age = p["age_today"] + elapsed + k
        alive = (age < AGE_LAST) * xp.ones_like(overdose)
        older = xp.exp(AGEING * (age - AGE_MIDDLE))
        h_s = p["death_stopped"] * older
        h = p["stop_rate"] + natural * older + overdose
        left = -xp.expm1(-h)
        using = alive * (left / h + beta * (xp.exp(-h) * using + p["stop_rate"] / h * left * stopped))
        stopped = alive * (-xp.expm1(-h_s) / h_s + beta * xp.exp(-h_s) * stopped)
    return YearsLeft(using, stopped)


def natural_deaths(people: Array, p: dict[str, Array], xp: Any) -> Array:
    """Other deaths a year at age 40, averaged over today's mix of treatment, [B]. `people` [route, reach, risk, treatment, B]."""
    treated = people.sum((0, 1, 2))
    return p["nonod_death_oud"] * (treated[0] + treated[1] * p["moud_allcause_rr"]) / treated.sum(0)
