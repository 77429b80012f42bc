"""The store: what is asked for, what there is, what is bought and what runs out."""

from __future__ import annotations

from typing import Any, NamedTuple

from longview.model.arrays import Array, happens
from longview.model.guards import DAYS_A_YEAR, ITEMS_RATIONED, TINY


class Handed(NamedTuple):
    """A month in the store, units by item [item, B], but `missing_days` [B]: days an item was out, averaged over items."""

    handed: Array
    bought: Array
    shelf: Array
    missing_days: Array


def still_given(given: Array, ends_yearly: Array, promised: Array, uniform: Array | None, xp: Any) -> Array:
    """Whether gifts in kind go on, [item, B]: certain while promised, else they end for good at a chance a year.

    Args:
        given: 1 while it goes on, [item, B]. ends_yearly: chance a year, [item, B]. promised: 1 in months that are, [item, 1].
    """
    ends = happens(uniform, ends_yearly / 12.0 * (1.0 - promised), xp)
    return given * (1.0 - ends)


def hand_out(wanted: Array, usual: Array, stock_today: Array, shelf: Array, in_kind: Array, xp: Any) -> Handed:
    """Hand out what is wanted as far as it is there, then buy the shelf back to its usual depth.

        handed = min(wanted, shelf + in kind);   bought = (max(stock_0·max(1, wanted/usual), wanted − in kind) − what is left)⁺

    Never less is ordered than a month like this one asks for beyond what is given: where a gift ends, what it brought is bought.

    Args:
        wanted, in_kind: this month, [item, B]. usual: today's monthly use, stock_today: shelf at the start, [item, B].

    Source: MODEL.md §5 Supplies; bought goods come the month after: assumption.
    """
    handed = xp.minimum(wanted, shelf + in_kind)
    left = shelf + in_kind - handed
    target = xp.where(usual > TINY, stock_today * xp.maximum(wanted / xp.maximum(usual, TINY), 1.0), wanted)
    target = xp.maximum(target, wanted - in_kind)
    bought = xp.maximum(target - left, 0.0)
    missing = (DAYS_A_YEAR / 12.0) * (1.0 - handed / xp.maximum(wanted, TINY))
    missing = xp.where(wanted > TINY, missing, xp.zeros_like(missing))
    return Handed(handed, bought, left + bought, missing.mean(0))


def rationed(items: Array) -> Array:
    """Share of the usual supplies that is handed out when the first rung of rationing takes `items` (0-1)."""
    return 1.0 - ITEMS_RATIONED * items


def syringes_handed(handed: Array, usual: Array, is_syringes: Array, today: Array, a_visit: Array, xp: Any) -> Array:
    """Syringes handed out in a month over the counter, [B].

        S_0·Σ handed/Σ usual over the rows of syringes;   no such row, or none used: S_0·a_visit

    Args:
        handed, usual: by item, [item, B]. is_syringes: [item, 1]. today: S_0, [B]. a_visit: asked for, over today's, [B].
    """
    used = (usual * is_syringes).sum(0)
    told = (handed * is_syringes).sum(0) / xp.maximum(used, TINY)
    return today * xp.where(used > TINY, told, a_visit)
