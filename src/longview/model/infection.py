"""Hepatitis C and HIV among people who inject, in one month (docs/model.md §2.14)."""

from __future__ import annotations

from typing import Any, NamedTuple

from longview.model.arrays import Array
from longview.model.guards import MONTH, TINY
from longview.model.reach import signs


class Shift(NamedTuple):
    """How people who inject moved in the month, before anybody is infected: what the infected follow.

    Attributes:
        before: at the month's opening, [reach, B]; after: with newcomers, [reach, B]. stay: share that survived, [reach, B].
        came: share of unreached survivors who came, [B]. lapsed: of reached survivors who lapsed, [B]. newcomers: [B].
    """

    before: Array
    after: Array
    stay: Array
    came: Array
    lapsed: Array
    newcomers: Array


class Guarded(NamedTuple):
    """What keeps people who inject from infection, [reach, B].

    Attributes:
        outside: injections outside a room, over today, e. covered: of those, share with a sterile syringe, c.
        on_moud: share on medication, m. inside: injections in a room, each with a sterile syringe, over today.
    """

    outside: Array
    covered: Array
    on_moud: Array
    inside: Array


class Infected(NamedTuple):
    """People who inject with hepatitis C, [reach, B], and with HIV: undiagnosed, diagnosed, suppressed, [3, reach, B]."""

    hcv: Array
    hiv: Array


class Spread(NamedTuple):
    """Levels by which infection stands still today, [B] unless said (`infection_start`).

    Attributes:
        hcv_scale, hiv_scale: yearly hazard for one unit of relative force. hiv_met: 1/P_V, or 0 where infection comes from outside.
        cured: ℓ, cure and clearance a year. hcv_brought: ν_C, share of newcomers infected. hiv_brought: by state, [3, B].
        suppressed: κ, a year. wounds: mean of b today.
    """

    hcv_scale: Array
    hiv_scale: Array
    hiv_met: Array
    cured: Array
    hcv_brought: Array
    hiv_brought: Array
    suppressed: Array
    wounds: Array


class Month(NamedTuple):
    """A month of infection: those infected after it, and new infections with hepatitis C and HIV, [B]."""

    infected: Infected
    hcv: Array
    hiv: Array


def shifted(
    before: Array, survivors: Array, came: Array, lapsed: Array, after: Array, newcomers: Array, xp: Any
) -> Shift:
    """How people who inject moved, as shares; before, survivors, after [reach, B], came, lapsed, newcomers [B], persons."""
    return Shift(
        before, after, survivors / xp.maximum(before, TINY), came / xp.maximum(survivors[0], TINY),
        lapsed / xp.maximum(survivors[1], TINY), newcomers,
    )  # fmt: skip


def by_reach(unreached: Array, reached: Array, xp: Any) -> Array:
    """Two values a trajectory as [reach, B], by sums: XLA fuses them where a stack would be written out."""
    first = xp.asarray((1.0, 0.0), dtype=unreached.dtype)[:, None]
    return first * unreached[None] + (1.0 - first) * reached[None]


def guarded(
    syringes: Array, elsewhere: Array, smoked: Array, room: Array, injecting: Array, on_moud: Array, p: dict[str, Array], xp: Any
) -> Guarded:  # fmt: skip
    """What keeps people who inject from infection, by reach.

        e_g = (1 − y·[g = 1])·(1 − ψ·[g = 1]);   c_g = min(1, Y_g/(injections_per_year·max(e_g, TINY)))
        Y_1 = 12·syringes·(1 − syringe_share_onward)/N_1 + E,   Y_0 = 12·syringes·syringe_share_onward/N_0 + E

    Args:
        syringes: handed out this month, [B]. elsewhere: lever, over today, [B]. smoked: y, [B]. room: ψ, [B].
        injecting: people who inject, [reach, B]. on_moud: share of them on medication, [reach, B].

    Source: MODEL.md §4; injections_per_year, syringes_elsewhere, syringe_share_onward.
    """
    outside = by_reach(xp.ones_like(room), (1.0 - smoked) * (1.0 - room), xp)
    onward = p["syringe_share_onward"]
    ours = 12.0 * syringes[None] * by_reach(onward, 1.0 - onward, xp) / xp.maximum(injecting, TINY)
    sterile = ours + (p["syringes_elsewhere"] * elsewhere)[None]
    covered = xp.minimum(1.0, sterile / (p["injections_per_year"][None] * xp.maximum(outside, TINY)))
    return Guarded(outside, covered, on_moud, by_reach(xp.zeros_like(room), (1.0 - smoked) * room, xp))


def protection(kept: Guarded, syringe: Array, medication: Array, both: Array, xp: Any) -> Array:
    """Infections over those of somebody with neither sterile syringes nor medication, [reach, B].

        (1 − (1 − s)·c)·(1 − (1 − o)·m)·(1 + b·c·m),   s, o at most 1,   b = min(both_interaction − 1, 1 − s, 1 − o)

    so that in no draw a sterile syringe or medication infects anybody.

    Args:
        syringe: s, with full coverage against none, [B]. medication: o, [B]. both: both_interaction, [B].
    """
    saved, treated = xp.maximum(1.0 - syringe, 0.0), xp.maximum(1.0 - medication, 0.0)
    overlap = xp.minimum(both - 1.0, xp.minimum(saved, treated))
    c, m = kept.covered, kept.on_moud
    return (1.0 - saved[None] * c) * (1.0 - treated[None] * m) * (1.0 + overlap[None] * c * m)


def met(infectious: Array, injecting: Array, together: Array, xp: Any) -> Array:
    """Share infectious among those with whom people of each reach inject, [reach, B].

    Args:
        infectious, injecting: persons, [reach, B]. together: α, share of company from one's own reach, [B]. Source: who_is_there.
    """
    own = infectious / xp.maximum(injecting, TINY)
    at_random = infectious.sum(0) / xp.maximum(injecting.sum(0), TINY)
    return together[None] * own + ((1.0 - together) * at_random)[None]


def after_jail(jail: Array, ratio: Array, p: dict[str, Array]) -> Array:
    """Infections over today's where jail is more or less common than today, [B]. Source: jail_rate, jail_hcv_rr, jail_hiv_rr."""
    risk = p["jail_rate"] * (ratio - 1.0)
    return (1.0 + risk * jail) / (1.0 + risk)


def hcv_force(now: Infected, injecting: Array, kept: Guarded, jail: Array, p: dict[str, Array], xp: Any) -> Array:
    """Force of hepatitis C before its scale, X_g, [reach, B]. Source: MODEL.md §4; mix_in, coverage_hcv_floor, ost_hcv_rr."""
    today = p["hcv_prev_ab_us"] * p["hcv_viraemic_share"]
    inside = met(now.hcv, injecting, p["who_is_there"], xp) / today[None]
    mixed = (1.0 - p["mix_in"])[None] * inside + p["mix_in"][None]
    safe = protection(kept, p["coverage_hcv_floor"], p["ost_hcv_rr"], p["both_interaction"], xp)
    return kept.outside * after_jail(jail, p["jail_hcv_rr"], p)[None] * mixed * safe


def infectious(hiv: Array, p: dict[str, Array]) -> Array:
    """People with HIV by how much they pass on, Z, [reach, B]. Source: hiv_suppressed_rr."""
    return hiv[0] + hiv[1] + p["hiv_suppressed_rr"][None] * hiv[2]


def hiv_force(
    now: Infected, scale: Array, injecting: Array, kept: Guarded, jail: Array, p: dict[str, Array], xp: Any
) -> Array:
    """Force of HIV before its scale, [reach, B]; `scale` 1/P_V, or 0 where infection comes from outside, [B].

    Source: MODEL.md §4; mix_in, nsp_hiv_rr, ost_hiv_rr.
    """
    inside = met(infectious(now.hiv, p), injecting, p["who_is_there"], xp) * scale[None]
    outside = xp.where(scale > 0.0, p["mix_in"], xp.ones_like(scale))
    mixed = (1.0 - outside)[None] * inside + outside[None]
    safe = protection(kept, p["nsp_hiv_rr"], p["ost_hiv_rr"], p["both_interaction"], xp)
    return kept.outside * after_jail(jail, p["jail_hiv_rr"], p)[None] * mixed * safe


def followed(people: Array, brought: Array, shift: Shift, xp: Any) -> Array:
    """Those infected after living, coming, lapsing and newcomers, [..., reach, B], in the shares in which people who inject do.

    Args:
        people: infected at the month's opening, [..., reach, B]. brought: share of newcomers infected, [..., B].
    """
    alive = people * xp.broadcast_to(shift.stay, people.shape)
    one = alive[..., 0, :]
    back = one * xp.broadcast_to(shift.came, one.shape)
    out = alive[..., 1, :] * xp.broadcast_to(shift.lapsed, one.shape)
    new = brought * xp.broadcast_to(shift.newcomers, brought.shape)
    shape = (*(1 for _ in one.shape[:-1]), 2, 1)
    first = xp.asarray((1.0, 0.0), dtype=people.dtype).reshape(shape)
    gain = signs(people, xp).reshape(shape)
    return alive + gain * (out - back)[..., None, :] + first * new[..., None, :]


def two_state(there: Array, back: Array, xp: Any) -> tuple[Array, Array]:
    """Shares of a month that become infected and that are over it, exact for two states with yearly hazards there and back."""
    both = there + back
    share = -xp.expm1(-both * MONTH) / xp.maximum(both, TINY)
    return there * share, back * share


def infection_month(
    now: Infected, shift: Shift, kept: Guarded, spread: Spread, jail: Array, treated: Array, tested: Array, p: dict[str, Array],
    xp: Any,
) -> Month:  # fmt: skip
    """A month of hepatitis C and HIV.

    Args:
        jail, treated, tested: levers jail, hcv_treatment, hiv_testing, [B].

    Source: MODEL.md §4; hcv_cure_injecting, hiv_diagnosis.
    """
    # hepatitis C
    force = spread.hcv_scale[None] * hcv_force(now, shift.before, kept, jail, p, xp)
    cured = by_reach(spread.cured, spread.cured + treated * p["hcv_cure_injecting"], xp)
    caught, over = two_state(force, cured, xp)
    had = followed(now.hcv, spread.hcv_brought, shift, xp)
    new_hcv = (shift.after - had) * caught

    # HIV
    force = spread.hiv_scale[None] * hiv_force(now, spread.hiv_met, shift.before, kept, jail, p, xp)
    held = followed(now.hiv, spread.hiv_brought, shift, xp)
    new_hiv = (shift.after - held.sum(0)) * -xp.expm1(-force * MONTH)
    found = held[0] * -xp.expm1(-p["hiv_diagnosis"] * tested * MONTH)[None]
    quiet = held[1] * -xp.expm1(-spread.suppressed * MONTH)[None]
    hiv = held + xp.stack([new_hiv - found, found - quiet, quiet])
    return Month(Infected(had + new_hcv - had * over, hiv), new_hcv.sum(0), new_hiv.sum(0))
