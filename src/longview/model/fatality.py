"""How often an overdose ends in death: who is there, what they hold, whom they call."""

from __future__ import annotations

from typing import Any, NamedTuple

from longview.model.arrays import Array
from longview.model.laws import calls


class Help(NamedTuple):
    """What levers change of the help that comes, [B] each.

    Attributes:
        watched: share of overdoses alone that would have someone there. responders: share of calls at which responders bring
            naloxone, added. calling: odds that a witness calls, over today's. listened: share of overdoses alone at which a
            line listens and calls.
    """

    watched: Array
    responders: Array
    calling: Array
    listened: Array


def help_today(like: Array, xp: Any) -> Help:
    """Nothing changed. `like`: any [B]."""
    none = xp.zeros_like(like)
    return Help(none, none, xp.ones_like(like), none)


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


def fatal_alone(p: dict[str, Array], deadlier: Array) -> Array:
    """Deaths per overdose with nobody there, d_0, [B]: more where fentanyl is read as deadlier.

    Source: fatal_none, fatal_none_fentanyl, fentanyl_share.
    """
    return p["fatal_none"] + deadlier * p["fentanyl_share"] * (p["fatal_none_fentanyl"] - p["fatal_none"])


def deaths_per_overdose(
    p: dict[str, Array], deadlier: Array, ambulance_weak: Array, met: Array, given: Help, xp: Any
) -> Fatality:
    """Share of overdoses that end in death, averaged over public and private places.

        f = Σ_place share·[(1 − w)·alone + w·(n·min(d_n, m) + (1 − n)·m)];
        m = a·called + (1 − a)·d₀,   alone = (1 − c)·d₀ + c·called

    d_n < m in every draw of today (see `naloxone_harms`); where laws make more people call, naloxone still does no worse than that.

    Args:
        p: evidence draws, [B] each.
        deadlier: 1 where fentanyl makes overdoses deadlier, 0 where it makes more of them, [B].
        ambulance_weak: 1 where an ambulance is worth `fatal_ems_rr`, 0 where `fatal_ems_rr_fast`, [B].
        met: chance that a witnessed overdose meets naloxone, [reach, B].
        given: what levers change of the help that comes.

    Source: MODEL.md §4; fatal_none, fatal_none_fentanyl, fentanyl_share, fatal_naloxone, fatal_ems_rr, od_witnessed,
    od_witnessed_public, od_public_share, call_911_overall, call_911_public, nx_responders.
    """
    public = p["od_public_share"]
    none = fatal_alone(p, deadlier)
    naloxone = none * xp.minimum(p["fatal_naloxone"] / p["fatal_none"], 1.0)
    ambulance = ambulance_weak * p["fatal_ems_rr"] + (1.0 - ambulance_weak) * p["fatal_ems_rr_fast"]
    brought = xp.minimum(given.responders / (1.0 - p["nx_responders"]), 1.0)
    called = (1.0 - brought) * none * ambulance + brought * xp.minimum(naloxone, none * ambulance)

    w_public, a_public = p["od_witnessed_public"], p["call_911_public"]
    w_private = private_share(p["od_witnessed"], w_public, public, xp)
    a_private = private_share(p["call_911_overall"], a_public, public, xp)
    a_public, a_private = calls(a_public, given.calling), calls(a_private, given.calling)
    w_public, w_private = w_public + (1.0 - w_public) * given.watched, w_private + (1.0 - w_private) * given.watched
    alone = none - given.listened * (none - called)

    def place(w: Array, a: Array) -> Array:
        missed = a * called + (1.0 - a) * none
        helped = met * xp.minimum(naloxone, missed)[None] + (1.0 - met) * missed[None]
        return ((1.0 - w) * alone)[None] + w[None] * helped

    share = public[None] * place(w_public, a_public) + (1.0 - public)[None] * place(w_private, a_private)
    return Fatality(share, public * w_public + (1.0 - public) * w_private, w_public, w_private, a_public, a_private)
