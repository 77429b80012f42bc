"""Coming, lapsing, starting and leaving treatment: moves between living cells."""

from __future__ import annotations

from typing import Any, NamedTuple

from longview.model.arrays import Array
from longview.model.guards import MONTH, TINY


class Moves(NamedTuple):
    """Shares that move in a month, there and back."""

    there: Array
    back: Array


def moves(there: Array, back: Array, xp: Any) -> Moves:
    """Exact two-state moves over a month with yearly hazards there and back.

        there/(there + back)·(1 − e^(−(there + back)·dt))  and the same with `back`

    Source: MODEL.md §4.
    """
    both = there + back
    share = -xp.expm1(-both * MONTH) / both
    return Moves(there * share, back * share)


def selection(p: dict[str, Array], xp: Any) -> Array:
    """How much more readily people at higher risk come, [risk, B]. Source: reach_selection."""
    return xp.stack([xp.ones_like(p["reach_selection"]), p["reach_selection"]])


def by_route(p: dict[str, Array], xp: Any) -> Array:
    """Contact relative to people who inject, [route, B]. Source: reach_smoke_only_rr; stimulants as smoking: assumption."""
    return xp.stack([xp.ones_like(p["reach_smoke_only_rr"]), p["reach_smoke_only_rr"], p["reach_smoke_only_rr"]])


def contact(level: Array, place: Array, offer: Array, share_today: Array, p: dict[str, Array], xp: Any) -> Array:
    """Yearly hazard of coming to the program, [route, risk, B].

        c_r·sel_k·place^(hours_reach_elast/(1 − share_0))·offer_r

    so that the elasticity is of people reached, as its row says. Nobody comes where no door is open.

    Args:
        level: c, [B]. place: open hours over today's, [B]. offer: [route, B]. share_today: reached share, at most 0.9, [B].
    """
    elasticity = p["hours_reach_elast"] / (1.0 - share_today)
    hours = xp.exp(elasticity * xp.log(xp.maximum(place, TINY)))
    hours = xp.where(place > TINY, hours, xp.zeros_like(hours))
    return ((level * hours)[None] * offer * by_route(p, xp))[:, None] * selection(p, xp)[None]


def lapse(turned_away: Array, turned_away_today: Array, p: dict[str, Array]) -> Array:
    """Yearly hazard of no longer coming, [B]: rises with the share turned away. Source: lapse_month, lapse_turned_away_mult."""
    more = p["lapse_turned_away_mult"] - 1.0
    return 12.0 * p["lapse_month"] * (1.0 + more * turned_away) / (1.0 + more * turned_away_today)


def treatment_start(base: Array, referrals: Array, link: Array, p: dict[str, Array], xp: Any) -> Array:
    """Yearly hazard of starting MOUD, [reach, B]: referral adds to it for those reached. Source: referrals.

    Args:
        base: of everybody, a year. referrals: lever. link: share of referrals that end in a start. All [B].
    """
    return xp.stack([base, base + p["referrals"] * referrals * link])


def link_success(onsite: Array, p: dict[str, Array], xp: Any) -> Array:
    """Share of referrals that end in a start, [B]; begun with us, never fewer than sent elsewhere.

        link_success_ssp + onsite·(link_success_onsite − link_success_ssp)⁺

    Args:
        onsite: lever, referrals for which medication begins with us, [B].
    """
    elsewhere = p["link_success_ssp"]
    return elsewhere + onsite * xp.maximum(p["link_success_onsite"] - elsewhere, 0.0)


def begun_in_jail(jail: Array, jail_moud: Array, p: dict[str, Array]) -> Array:
    """Yearly hazard of starting MOUD in jail and going on with it outside, [B]. Levers as in `overdose.risk_by_treatment`.

    Source: jail_rate, link_success_jail.
    """
    return p["jail_rate"] * jail * jail_moud * p["link_success_jail"]


def signs(people: Array, xp: Any) -> Array:
    """+1 and −1, for what one of two states gains and the other loses, [2]."""
    return xp.asarray((1.0, -1.0), dtype=people.dtype)


def move_reach(people: Array, come: Moves, xp: Any) -> tuple[Array, Array, Array]:
    """People after coming and lapsing, with those who came and who lapsed, [route, risk, treatment, B]."""
    came = people[:, 0] * come.there[:, :, None]
    lapsed = people[:, 1] * come.back[:, :, None]
    gain = signs(people, xp)[None, :, None, None, None]
    return people + gain * (lapsed - came)[:, None], came, lapsed


def move_treatment(people: Array, start: Moves, xp: Any) -> Array:
    """People after starting and leaving MOUD; nobody who uses only stimulants starts. `start` by reach, [reach, B]."""
    opioid = xp.asarray((1.0, 1.0, 0.0), dtype=people.dtype)[:, None, None, None]
    began = people[:, :, :, 0] * start.there[None, :, None]
    left = people[:, :, :, 1] * start.back[None, :, None]
    gain = signs(people, xp)[None, None, None, :, None]
    return people + gain * (opioid * (left - began))[:, :, :, None]
