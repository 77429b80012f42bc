"""How often an overdose ends in death: who is there, what they hold, whom they call."""

from __future__ import annotations

from typing import Any, NamedTuple

from longview.model.arrays import Array


class Fatality(NamedTuple):
    """Deaths per overdose and its parts.

    Attributes:
        share: deaths per overdose by reach, [reach, B].
        witnessed: share of overdoses with someone there who can act, any place, [B].
        witnessed_public, witnessed_private, called_public, called_private: by place, [B].
    """

    share: Array
    witnessed: Array
    witnessed_public: Array
    witnessed_private: Array
    called_public: Array
    called_private: Array


def private_share(overall: Array, public: Array, in_public: Array, xp: Any) -> Array:
    """The share in private places that makes places average to `overall`, kept within 0-1. All [B]."""
    return xp.clip((overall - in_public * public) / (1.0 - in_public), 0.0, 1.0)


def naloxone_harms(p: dict[str, Array], xp: Any) -> Array:
    """Whether naloxone met would save fewer than a call for help alone, somewhere and under either worth of an ambulance, [B].

        d_n/d₀ ≥ 1 − a·(1 − e)

    The rows of the two come from different studies and their tails overlap; nobody believes that (MODEL.md §9). Source: as
    `deaths_per_overdose`.
    """
    private = private_share(p["call_911_overall"], p["call_911_public"], p["od_public_share"], xp)
    calls = xp.maximum(private, p["call_911_public"])
    ambulance = xp.minimum(p["fatal_ems_rr"], p["fatal_ems_rr_fast"])
    return p["fatal_naloxone"] / p["fatal_none"] >= 1.0 - calls * (1.0 - ambulance)


def deaths_per_overdose(
    p: dict[str, Array], deadlier: Array, ambulance_weak: Array, met: Array, watched: Array, responders: Array, xp: Any
) -> Fatality:
    """Share of overdoses that end in death, averaged over public and private places.

        f = Σ_place share·[(1 − w)·d₀ + w·(n·d_n + (1 − n)·(a·called + (1 − a)·d₀))]

    Args:
        p: evidence draws, [B] each.
        deadlier: 1 where fentanyl makes overdoses deadlier, 0 where it makes more of them, [B].
        ambulance_weak: 1 where an ambulance is worth `fatal_ems_rr`, 0 where `fatal_ems_rr_fast`, [B].
        met: chance that a witnessed overdose meets naloxone, [reach, B].
        watched: lever, share of overdoses alone that would have someone there, [B].
        responders: lever, share of calls at which responders bring naloxone, added, [B].

    Source: MODEL.md §4; fatal_none, fatal_none_fentanyl, fentanyl_share, fatal_naloxone, fatal_ems_rr, od_witnessed,
    od_witnessed_public, od_public_share, call_911_overall, call_911_public, nx_responders.
    """
    public = p["od_public_share"]
    none = p["fatal_none"] + deadlier * p["fentanyl_share"] * (p["fatal_none_fentanyl"] - p["fatal_none"])
    naloxone = none * xp.minimum(p["fatal_naloxone"] / p["fatal_none"], 1.0)
    ambulance = ambulance_weak * p["fatal_ems_rr"] + (1.0 - ambulance_weak) * p["fatal_ems_rr_fast"]
    brought = xp.minimum(responders / (1.0 - p["nx_responders"]), 1.0)
    called = (1.0 - brought) * none * ambulance + brought * xp.minimum(naloxone, none * ambulance)

    w_public, a_public = p["od_witnessed_public"], p["call_911_public"]
    w_private = private_share(p["od_witnessed"], w_public, public, xp)
    a_private = private_share(p["call_911_overall"], a_public, public, xp)
    w_public, w_private = w_public + (1.0 - w_public) * watched, w_private + (1.0 - w_private) * watched

    def place(w: Array, a: Array) -> Array:
        missed = (a * called + (1.0 - a) * none)[None]
        helped = met * naloxone[None] + (1.0 - met) * missed
        return ((1.0 - w) * none)[None] + w[None] * helped

    share = public[None] * place(w_public, a_public) + (1.0 - public)[None] * place(w_private, a_private)
    return Fatality(share, public * w_public + (1.0 - public) * w_private, w_public, w_private, a_public, a_private)
