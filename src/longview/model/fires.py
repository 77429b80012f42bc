"""Fires (hours lost to crises) and readiness: the least evidenced part of the model."""

from __future__ import annotations

from typing import Any

from longview.model.arrays import Array, from_odds, odds
from longview.model.guards import FIRES_MOST, MISSING_MOST, PRESSURE_SPAN, TENTHS


def fewer_fires(readiness: Array, p: dict[str, Array]) -> Array:
    """Crises at a readiness over those at none, [B]. Source: readiness_effect."""
    return 1.0 - (1.0 - p["readiness_effect"]) * readiness


def fires(
    pressure: Array, missing_days: Array, more_closed_days: Array, readiness: Array, p: dict[str, Array], xp: Any
) -> Array:
    """Share of staff hours lost to crises, [B].

        odds(fires_0)·elast^(10·clip(pressure/load_0 − 1, ±0.5))·stock_out_mult^days·closed_mult^days·ρ(readiness)/ρ(readiness_0)

    Args:
        pressure: last month's load at today's fires, over load_0. missing_days: beyond the usual, last month.
        more_closed_days: a month, beyond today's. All [B].

    Source: MODEL.md §5; fire_hours_share, fire_load_elast, stock_out_mult, closed_mult. Assumptions, all of them.
    """
    over = xp.clip(pressure - 1.0, -PRESSURE_SPAN, PRESSURE_SPAN)
    logs = (
        TENTHS * over * xp.log(p["fire_load_elast"])
        + xp.minimum(missing_days, MISSING_MOST) * xp.log(p["stock_out_mult"])
        + more_closed_days * xp.log(p["closed_mult"])
    )
    ready = fewer_fires(readiness, p) / fewer_fires(p["readiness_0"], p)
    return xp.minimum(from_odds(odds(p["fire_hours_share"]) * xp.exp(logs) * ready), FIRES_MOST)


def readiness_month(readiness: Array, protected: Array, p: dict[str, Array], xp: Any) -> Array:
    """Readiness after a month of protected time, [B]: slow to build, and it fades.

    Args:
        protected: share of worker hours kept for planning beyond today's, [B].

    Source: readiness_0, readiness_hours, readiness_delay, readiness_fade.
    """
    aim = xp.minimum(p["readiness_0"] + protected / p["readiness_hours"], 1.0)
    gap = aim - readiness
    up, down = -xp.expm1(-1.0 / p["readiness_delay"]), 1.0 - xp.exp2(-1.0 / p["readiness_fade"])
    return readiness + xp.where(gap > 0.0, gap * up, gap * down)


def better_service(readiness: Array, p: dict[str, Array]) -> Array:
    """Kits asked for at a readiness over those asked for today, [B]. Source: improve_gain (two programs, shrunk)."""
    return 1.0 + (p["improve_gain"] - 1.0) * (readiness - p["readiness_0"]) / (1.0 - p["readiness_0"])
