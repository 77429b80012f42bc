"""Kits in people's hands: whether one is there when it is needed, and what becomes of it."""

from __future__ import annotations

from typing import Any, NamedTuple

from longview.model.arrays import Array
from longview.model.guards import NALOXONE_MOST, ONWARD_MOST, TINY


class Meeting(NamedTuple):
    """Who holds a kit where an overdose happens.

    Attributes:
        met: chance that a witnessed overdose meets naloxone, by reach of who overdoses, [reach, B].
        drawn: share of the kits used at an overdose of g that come from the hands of h, [reach g, reach h, B].
    """

    met: Array
    drawn: Array


def meeting(kits: Array, users: Array, together: Array, carry: Array, adj: Array, xp: Any) -> Meeting:
    """Chance that naloxone is there, from kits per person in the hands of those around.

        κ_g = carry·Σ_h W_gh·kits_h/N_h,   n_g = min(cap, 1 − exp(−adj·κ_g)),   W_gh = α·[g = h] + (1 − α)·N_h/N

    Args:
        kits: held, [reach, B]. users: people who use opioids, [reach, B].
        together: α, share of company from one's own group, [B]. carry: has the kit on hand, [B]. adj: [B].

    Source: MODEL.md §4 (after Irvine's curve, nx_curve_form); nx_carry, who_is_there.
    """
    density = kits / xp.maximum(users, TINY)
    at_random = ((1.0 - together) / xp.maximum(users.sum(0), TINY))[None] * users
    own = xp.stack([together, together])
    same = at_random + own
    company = xp.stack([xp.stack([same[0], at_random[1]]), xp.stack([at_random[0], same[1]])])
    held = company * density[None]
    near = held.sum(1)
    met = xp.minimum(-xp.expm1(-(adj * carry)[None] * near), NALOXONE_MOST)
    return Meeting(met, held / xp.maximum(near, TINY)[:, None])


class KitFlows(NamedTuple):
    """What happened to kits in a month: all [reach, B] but `reversals` [B]."""

    held: Array
    used: Array
    reversals: Array


def kits_used(
    kits: Array, overdoses: Array, witnessed: Array, around: Meeting, p: dict[str, Array], xp: Any
) -> KitFlows:
    """Kits left after a month's losses, and those used, never more than are held.

        held_h = kits_h·e^(−1/kit_life);   used_h = min(held_h, Σ_g overdoses_g·w·n_g·(doses/2)·drawn_gh)

    Args:
        overdoses: of people who use opioids, [reach, B]. witnessed: [B].

    Source: kit_life_months, doses_per_reversal (a kit is two doses).
    """
    held = kits * xp.exp(-1.0 / p["kit_life_months"])[None]
    reversals = overdoses * witnessed[None] * around.met
    wanted = (reversals[:, None] * around.drawn).sum(0) * (p["doses_per_reversal"] / 2.0)[None]
    return KitFlows(held, xp.minimum(held, wanted), reversals.sum(0))


def kits_moved(left: Array, lapsed: Array, came: Array, given: Array, xp: Any) -> Array:
    """Kits after people moved and new ones were given.

    Args:
        left: held less used, [reach, B]. lapsed: share of reached opioid users who lapsed, [B]; came: of unreached, [B].
        given: new kits, [reach, B].
    """
    out, back = left[1] * lapsed, left[0] * came
    return xp.stack([left[0] - back + out, left[1] - out + back]) + given


def kits_given(handed: Array, others: Array, users: Array, onward: Array, p: dict[str, Array], xp: Any) -> Array:
    """New kits by the hands they end in, [reach, B]: ours go to those we meet but for what is passed on.

    Args:
        handed: by us, [B]. others: by everybody else, [B]. users: opioid users, [reach, B]. onward: lever, [B].

    Source: nx_share_onward.
    """
    passed = xp.minimum(p["nx_share_onward"] + onward, ONWARD_MOST)
    own = xp.stack([passed * handed, (1.0 - passed) * handed])
    return own + (others / xp.maximum(users.sum(0), TINY))[None] * users
