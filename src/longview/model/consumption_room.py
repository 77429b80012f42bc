"""A room in which people use what they bring, watched over (docs/model.md §2.10)."""

from __future__ import annotations

from typing import Any

from longview.model.arrays import Array
from longview.model.guards import TINY


def use_in_room(coming: Array, doors: Array, doors_today: Array, here: Array, p: dict[str, Array], xp: Any) -> Array:
    """Share of what people reached who inject use that is used in a room, ψ, [B].

        ψ = coming·ops_share_of_use·min(1, open/open_0)·here

    Args:
        coming: lever, share of people reached who inject and come. doors: share of sessions held; doors_today: today's.
            here: 0 once closed. All [B].

    Source: ops_share_of_use; that the room is open when the program's doors are: assumption.
    """
    kept = xp.where(doors_today > TINY, xp.minimum(doors / xp.maximum(doors_today, TINY), 1.0), xp.ones_like(doors))
    return coming * p["ops_share_of_use"] * kept * here


def deaths_with_room(share: Array, in_room: Array, p: dict[str, Array], xp: Any) -> Array:
    """Deaths per overdose by route and reach, [route, reach, B]: in the room they are those of such sites, if that is fewer.

        (inject, reached): (1 − ψ)·f + ψ·min(f, ops_death_in_site);   all others: f

    Args:
        share: f, deaths per overdose elsewhere, [reach, B]. in_room: ψ, [B].

    Source: ops_death_in_site.
    """
    there = xp.asarray(((0.0, 1.0), (0.0, 0.0), (0.0, 0.0)), dtype=share.dtype)[:, :, None]
    spared = in_room * xp.maximum(share[1] - p["ops_death_in_site"], 0.0)
    return share[None] - there * spared[None, None]


def overdoses_elsewhere(overdoses: Array, in_room: Array, xp: Any) -> Array:
    """Overdoses of people who use opioids outside the room, where kits of theirs are wanted, [reach, B].

    Args:
        overdoses: [route, reach, risk, treatment, B]. in_room: ψ, [B].
    """
    reached = xp.asarray((0.0, 1.0), dtype=overdoses.dtype)[:, None]
    return overdoses[:2].sum((0, 2, 3)) - reached * (in_room * overdoses[0, 1].sum((0, 1)))[None]
