"""What is asked of the program, what it can serve, and who is turned away."""

from __future__ import annotations

from typing import Any, NamedTuple

from longview.model.arrays import Array, smooth_share
from longview.model.guards import LOAD_MOST, TINY


class Visits(NamedTuple):
    """A month's visits, [B]: wanted and served, load = wanted over capacity, and the share turned away."""

    wanted: Array
    served: Array
    load: Array
    turned_away: Array


def visits(
    a_person: Array,
    reached: Array,
    doors: Array,
    doors_today: Array,
    here: Array,
    an_hour: Array,
    hours: Array,
    p: dict[str, Array],
    xp: Any,
) -> Visits:
    """Visits wanted and served in a month.

        wanted = v·reached·(1 − stay_away·(1 − open/open_0)⁺);   load = wanted/(q·hours);   served = wanted·(1 + load^k)^(−1/k)

    so that served never exceeds what is wanted or what can be done. All [B].

    Args:
        a_person: v. doors: share of sessions held. here: 0 once closed. an_hour: q. hours: worker hours with participants.

    Source: MODEL.md §5; stay_away, visit_sharpness.
    """
    fewer = xp.where(doors_today > TINY, xp.maximum(1.0 - doors / xp.maximum(doors_today, TINY), 0.0), 0.0)
    wanted = a_person * reached * (1.0 - p["stay_away"] * fewer) * here
    could = an_hour * hours
    load = wanted / xp.maximum(could, TINY)
    served = xp.where(could > TINY, wanted * smooth_share(load, p["visit_sharpness"], xp), xp.zeros_like(wanted))
    missed = 1.0 - served / xp.maximum(wanted, TINY)
    return Visits(wanted, served, xp.minimum(load, LOAD_MOST), xp.where(wanted > TINY, missed, xp.zeros_like(missed)))
