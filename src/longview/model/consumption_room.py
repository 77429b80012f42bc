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
