"""Which sessions can be held, and how many open hours that count there are."""

from __future__ import annotations

from typing import Any, NamedTuple

from longview.model.arrays import Array
from longview.model.guards import SESSIONS_RATIONED, TRAVEL_FREE


class Doors(NamedTuple):
    """Open doors, [B]: `share` of session hours held, `counted` hours a week (an evening hour counts for more)."""

    share: Array
    counted: Array


def sessions_held(present: Array, tails: Array, xp: Any) -> Array:
    """Chance that enough people turn up for each session, [session, B].

    Args:
        present: filled posts rostered to it, [session, B].
        tails: P(Binomial(n, 1 − absence) ≥ needed) for n = 0, 1, 2 …, [session, n, B]; linear between whole n.
    """
    whole = xp.arange(tails.shape[1], dtype=present.dtype)[None, :, None]
    near = xp.maximum(1.0 - xp.abs(present[:, None] - whole), 0.0)
    return (near * tails).sum(1)


def doors(
    held: Array,
    hours: Array,
    evening: Array,
    worth: Array,
    base_hours: Array,
    added: dict[str, Array],
    closed: Array,
    cancelled: Array,
    p: dict[str, Array],
    xp: Any,
) -> Doors:
    """Share of sessions held and open hours that count.

    Args:
        held: [session, B]. hours: a week, evening: the share of them that is late, [session, 1].
        worth: weight of a session's hour, [session, B].
        base_hours: hours counted where there are no sessions, [B].
        added: levers hours_day, hours_evening, hours_new_place, new_place_miles, [B]; hours that are taken away are at most
            those planned by day and in the evening.
        closed: share of the year closed by the building, [B]. cancelled: rung of rationing, 0-1, [B].

    Source: MODEL.md §4 Reach, §5; evening_worth, travel_decay.
    """
    if held.shape[0]:
        share = (held * hours).sum(0) / hours.sum(0)
        counted = (held * hours * worth).sum(0)
        by_day, late = (hours * (1.0 - evening)).sum(0), (hours * evening).sum(0)
    else:
        share, counted = xp.ones_like(closed), base_hours
        by_day, late = base_hours, xp.zeros_like(closed)
    near = xp.exp(-p["travel_decay"] * xp.maximum(added["new_place_miles"] - TRAVEL_FREE, 0.0))
    day, night = xp.maximum(added["hours_day"], -by_day), xp.maximum(added["hours_evening"], -late)
    ours = xp.maximum(counted + share * (day + p["evening_worth"] * night), 0.0)
    held_back = (1.0 - closed) * (1.0 - SESSIONS_RATIONED * cancelled)
    return Doors(share * held_back, (ours + added["hours_new_place"] * near) * held_back)
