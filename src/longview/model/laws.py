"""What laws and police change: who calls, who is watched, what is seized, who stays away (docs/model.md §2.1, 2.8, 2.10, 2.12)."""

from __future__ import annotations

from math import log
from typing import Any, NamedTuple

from longview.model.arrays import Array
from longview.model.guards import DAYS_A_YEAR


class Seized(NamedTuple):
    """What seizures do in a month, [B]: how dangerous the month is, over today, and the excess left at its end."""

    danger: Array
    left: Array


def seizures(left: Array, number: Array, p: dict[str, Array], xp: Any) -> Seized:
    """Overdoses after seizures of opioids: an excess that fades with its half-life in days, averaged over the month.

        G = 1 + (z + new)·(1 − q)/ln(1/q),   z ← (z + new)·q,   new = number·seizure_share·seizure_excess,
        q = 2^(−days in a month/seizure_half_life)

    Args:
        left: z, excess as the month opens, [B]. number: levers, seizures added this month, at its beginning, [B].

    Source: seizure_share, seizure_excess, seizure_half_life.
    """
    fading = log(2.0) * DAYS_A_YEAR / 12.0 / p["seizure_half_life"]
    excess = left + number * p["seizure_share"] * p["seizure_excess"]
    return Seized(1.0 - excess * xp.expm1(-fading) / fading, excess * xp.exp(-fading))


def watched_danger(watched: Array, p: dict[str, Array]) -> Array:
    """Danger of overdose under a law that watches prescriptions, over today, M, [B]: 1 + watched·(pdmp_danger − 1)."""
    return 1.0 + watched * (p["pdmp_danger"] - 1.0)


def watched_starts(watched: Array, p: dict[str, Array]) -> Array:
    """Newcomers who use opioids under such a law, over today, [B]: 1 + watched·(pdmp_starts − 1)."""
    return 1.0 + watched * (p["pdmp_starts"] - 1.0)


def unafraid(police: Array, p: dict[str, Array]) -> Array:
    """Share of people whom police near the door do not keep away, [B]: 1 − police_avoid·police (share of the time)."""
    return 1.0 - p["police_avoid"] * police


def calls(share: Array, odds_times: Array) -> Array:
    """Share of witnesses who call where the odds of calling are `odds_times` today's, [B]; who is sure to call still does."""
    return share * odds_times / (1.0 - share + share * odds_times)
