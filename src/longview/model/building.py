"""A building that is ours to keep: decay, upkeep, repair, closed days, emergencies."""

from __future__ import annotations

from typing import Any, NamedTuple

from longview.model.arrays import Array, chance, happens
from longview.model.guards import CLOSED_DAYS_MOST, CONDITION_LEAST, CONDITION_WORN, DAYS_A_YEAR, MONTH, TINY


def by_condition(condition: Array, sound: Array, worn: Array, xp: Any) -> Array:
    """A figure that worsens with condition, [premises, B]: log(1 + x) is linear between `sound` at 1 and `sound + worn` at 0.4.

    Source: MODEL.md §5 Building; the shape is an assumption.
    """
    low, high = xp.log1p(sound)[None], xp.log1p(sound + worn)[None]
    return xp.expm1(low + (high - low) * (1.0 - condition) / (1.0 - CONDITION_WORN))


def closed_days(condition: Array, p: dict[str, Array], xp: Any) -> Array:
    """Days closed a year, [premises, B]. Source: closed_days_sound, closed_days_worn."""
    days = by_condition(condition, p["closed_days_sound"], p["closed_days_worn"], xp)
    return xp.minimum(days, CLOSED_DAYS_MOST)


def closed_by_building(condition: Array, hours_in: Array, p: dict[str, Array], xp: Any) -> Array:
    """Share of opening that buildings cost, [B]: each counts by the share of session hours held in it, `hours_in` [premises, 1]."""
    share = xp.minimum(closed_days(condition, p, xp) / DAYS_A_YEAR, 1.0)
    return (hours_in * share).sum(0)


def backlog(
    condition: Array, slope: Array, later: Array, value: Array, price: Array, p: dict[str, Array], xp: Any
) -> Array:
    """Repairs put off in money, [premises, B], from condition; what is put off grows dearer, up to the cost of building anew.

    Args:
        slope: money put off for each unit of condition lost, [premises, 1]; negative: not recorded, so the upkeep missed since it
            was sound. later: price_t/price_0·deferral_mult^(t/60), [B]. price: price_t, [B].
        value: replacement value, [premises, 1]; 0: not known.

    Source: upkeep_share, decay_year where nothing is recorded.
    """
    missed = (p["upkeep_share"] / p["decay_year"])[None] * value
    put_off = xp.where(slope < 0.0, missed, slope) * (1.0 - condition) * later[None]
    return xp.where(value > 0.0, xp.minimum(put_off, value * price[None]), put_off)


class Upkeep(NamedTuple):
    """A month of a building, [premises, B]: condition and failed after it; what emergencies and failures cost."""

    condition: Array
    failed: Array
    emergencies: Array
    failures: Array


def building_month(
    condition: Array,
    failed: Array,
    put_off: Array,
    value: Array,
    need: Array,
    kept: Array,
    repair: Array,
    emergency_uniform: Array | None,
    failure_uniform: Array | None,
    p: dict[str, Array],
    xp: Any,
) -> Upkeep:
    """Decay by upkeep short of need, repair by money against the backlog, emergencies, and one failure at most.

        condition' = condition − decay·dt·(1 − upkeep/need)⁺ + (1 − condition)·min(1, repair/backlog)

    Args:
        put_off: backlog now. value: replacement value at today's prices. need, kept: money a month for upkeep. repair: money
            this month. All [premises, B].

    A failure (roof, boiler) costs the backlog, done at once. Source: MODEL.md §5; decay_year, emergency_rate_*, emergency_cost,
    failure_rate_*.
    """
    emergency = chance(by_condition(condition, p["emergency_rate_sound"], p["emergency_rate_worn"], xp), 1.0, xp)
    emergencies = happens(emergency_uniform, emergency, xp) * p["emergency_cost"][None] * value
    failure = chance(by_condition(condition, p["failure_rate_sound"], p["failure_rate_worn"], xp), 1.0, xp) * (
        1.0 - failed
    )
    fails = happens(failure_uniform, failure, xp)
    short = xp.maximum(1.0 - kept / xp.maximum(need, TINY), 0.0)
    mended = (1.0 - condition) * xp.minimum(repair / xp.maximum(put_off, TINY), 1.0)
    after = condition - p["decay_year"][None] * MONTH * short + mended
    after = xp.clip(after, CONDITION_LEAST, 1.0)
    after = after + fails * (1.0 - after)
    return Upkeep(after, failed + fails, emergencies, fails * put_off)
