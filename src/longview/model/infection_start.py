"""Levels at which infection stands still today, and who is infected (docs/model.md §2.14, Levels)."""

from __future__ import annotations

from typing import Any, NamedTuple

from longview.model.arrays import Array, Engine, solve
from longview.model.guards import INFECTION_ROUNDS, MONTH, PREVALENCE_LEAST, SUPPRESSION_MOST, TINY
from longview.model.infection import (
    Guarded,
    Infected,
    Shift,
    Spread,
    followed,
    guarded,
    hcv_force,
    hiv_force,
    infectious,
    two_state,
)
from longview.model.wounds import mean_risk


class InfectionStart(NamedTuple):
    """Infection at rest.

    Attributes:
        infected, spread: today's. below: 1 where HIV here is rarer than new infections alone would make it, [B].
        residual: largest relative miss, [B].
    """

    infected: Infected
    spread: Spread
    below: Array
    residual: Array


class Guess(NamedTuple):
    """What the fixed point solves for; [B] unless said (`Infected` apart). `hiv_brought`: share of newcomers, all states."""

    infected: Infected
    cured: Array
    hcv_brought: Array
    hiv_brought: Array
    suppressed: Array


def at_rest(shift: Shift, on_moud: Array, syringes: Array, p: dict[str, Array], engine: Engine) -> InfectionStart:
    """Those infected, and the levels by which they stand still.

    Args:
        shift: a month of people who inject at rest (after = before). on_moud: share on medication, [reach, B].
        syringes: handed out a month, [B].

    Source: MODEL.md §4; hcv_prev_ab_us, hcv_viraemic_share, hcv_incidence_us, hiv_prev_us, hiv_incidence_us, hiv_suppressed_share.
    """
    xp = engine.xp
    zero = xp.zeros_like(syringes)
    kept = guarded(syringes, zero + 1.0, zero, zero, shift.before, on_moud, p, xp)
    guess = engine.repeat(INFECTION_ROUNDS, lambda g: improved(g, shift, kept, p, xp), first_guess(shift, p, xp))
    settled = improved(guess, shift, kept, p, xp)
    people = xp.maximum(shift.before.sum(0), TINY)
    moved = [
        xp.abs(a - b).sum(axis) / people
        for a, b, axis in zip(settled.infected, guess.infected, (0, (0, 1)), strict=True)
    ]
    hcv, hiv = forces(guess.infected, shift, kept, p, xp)
    here = shift.before.sum(0) > 0.0
    rest = Spread(
        hcv_scale=hcv.scale, hiv_scale=hiv.scale, hiv_met=hiv_scale(guess.infected, shift, p, xp),
        cured=guess.cured, hcv_brought=guess.hcv_brought, hiv_brought=newcomers_hiv(guess, p, xp),
        suppressed=guess.suppressed * here, wounds=mean_risk(kept, shift.before, p, xp),
    )  # fmt: skip
    below = (here & (guess.hiv_brought <= 0.0)).astype(zero.dtype)
    return InfectionStart(guess.infected, rest, below, xp.maximum(*moved))


class Force(NamedTuple):
    """Yearly hazard of infection, [reach, B], and the scale by which it has today's mean, [B]."""

    hazard: Array
    scale: Array


def forces(now: Infected, shift: Shift, kept: Guarded, p: dict[str, Array], xp: Any) -> tuple[Force, Force]:
    """Today's forces of hepatitis C and HIV: over those not infected their mean is the evidence's incidence."""
    one = xp.ones_like(p["mix_in"])

    def scaled(force: Array, free: Array, incidence: Array) -> Force:
        mean = (force * free).sum(0) / xp.maximum(free.sum(0), TINY)
        scale = incidence / xp.maximum(mean, TINY)
        return Force(force * scale[None], scale)

    here = shift.before
    hcv = hcv_force(now, here, kept, one, p, xp)
    hiv = hiv_force(now, hiv_scale(now, shift, p, xp), here, kept, one, p, xp)
    return (
        scaled(hcv, here - now.hcv, p["hcv_incidence_us"]),
        scaled(hiv, here - now.hiv.sum(0), p["hiv_incidence_us"]),
    )


def hiv_scale(now: Infected, shift: Shift, p: dict[str, Array], xp: Any) -> Array:
    """1/P_V, [B]; 0 where HIV is so rare that infection comes from outside."""
    share = infectious(now.hiv, p).sum(0) / xp.maximum(shift.before.sum(0), TINY)
    known = (p["hiv_prev_us"] >= PREVALENCE_LEAST) & (share > 0.0)
    return xp.where(known, 1.0 / xp.where(known, share, 1.0), 0.0)


def newcomers_hiv(guess: Guess, p: dict[str, Array], xp: Any) -> Array:
    """Share of newcomers with HIV, by state, [3, B]: suppressed as those here are, the rest found as those here are."""
    unseen, found, _ = guess.infected.hiv.sum(1)
    quiet = guess.hiv_brought * p["hiv_suppressed_share"]
    rest = guess.hiv_brought - quiet
    share = unseen / xp.maximum(unseen + found, TINY)
    return xp.stack([rest * share, rest * (1.0 - share), quiet])


def improved(guess: Guess, shift: Shift, kept: Guarded, p: dict[str, Array], xp: Any) -> Guess:
    """One round: levels by direct balance of flows at the target, then who is infected by the exact monthly map."""
    hcv, hiv = forces(guess.infected, shift, kept, p, xp)
    now, cured, brought_hcv = hepatitis(guess, hcv.hazard, shift, p, xp)
    states, brought_hiv, suppressed = with_hiv(guess, hiv.hazard, shift, p, xp)
    return Guess(Infected(now, states), cured, brought_hcv, brought_hiv, suppressed)


def hepatitis(guess: Guess, force: Array, shift: Shift, p: dict[str, Array], xp: Any) -> tuple[Array, Array, Array]:
    """Infected with hepatitis C at rest, [reach, B]; the level of cure and clearance; newcomers infected."""
    people, zero = shift.after, xp.zeros_like(guess.cured)
    target = p["hcv_prev_ab_us"] * p["hcv_viraemic_share"] * shift.before.sum(0)
    at = guess.infected.hcv * (target / xp.maximum(guess.infected.hcv.sum(0), TINY))[None]
    had = followed(at, zero, shift, xp)
    both = force + guess.cured[None]
    share = -xp.expm1(-both * MONTH) / xp.maximum(both, TINY)
    gained, lost = (share * force * (people - had)).sum(0), target - had.sum(0)
    cured = xp.maximum((gained - lost) / xp.maximum((share * had).sum(0), TINY), 0.0)
    brought_here = first(guess.hcv_brought * shift.newcomers, xp)
    gained = (share * force * (people - had - brought_here)).sum(0)
    brought = xp.where(cured > 0.0, 0.0, xp.maximum(lost - gained, 0.0) / xp.maximum(shift.newcomers, TINY))
    caught, over = two_state(force, xp.broadcast_to(cured[None], force.shape), xp)
    return rest_of(1.0 - caught - over, caught * people, brought, shift, xp), cured, brought


def with_hiv(guess: Guess, force: Array, shift: Shift, p: dict[str, Array], xp: Any) -> tuple[Array, Array, Array]:
    """People with HIV at rest by state, [3, reach, B]; newcomers with it; how soon it is suppressed."""
    people, zero = shift.after, xp.zeros_like(guess.cured)
    caught = -xp.expm1(-force * MONTH)
    everybody = guess.infected.hiv.sum(0)
    target = p["hiv_prev_us"] * shift.before.sum(0)
    at = everybody * (target / xp.maximum(everybody.sum(0), TINY))[None]
    had = followed(at, zero, shift, xp)
    gained = (caught * (people - had - first(guess.hiv_brought * shift.newcomers, xp))).sum(0)
    brought = xp.maximum(target - had.sum(0) - gained, 0.0) / xp.maximum(shift.newcomers, TINY)
    by_state = newcomers_hiv(guess._replace(hiv_brought=brought), p, xp)
    whole = rest_of(1.0 - caught, caught * people, brought, shift, xp)

    # undiagnosed, by a chain of their own
    held = followed(whole, brought, shift, xp)
    seen = xp.exp(-p["hiv_diagnosis"] * MONTH)
    unseen = rest_of(seen[None], caught * (people - held), by_state[0], shift, xp)
    known = held - followed(unseen, by_state[0], shift, xp)

    # how soon those found are suppressed, so that the share suppressed stands; then those suppressed; the rest is diagnosed
    quiet = guess.infected.hiv[2]
    wanted = p["hiv_suppressed_share"] * whole.sum(0)
    stay = followed(quiet * (wanted / xp.maximum(quiet.sum(0), TINY))[None], by_state[2], shift, xp).sum(0)
    most = -xp.expm1(-SUPPRESSION_MOST * MONTH)
    ready = xp.maximum(known.sum(0) - stay, TINY)
    moving = xp.where(stay < known.sum(0), xp.clip((wanted - stay) / ready, 0.0, most), most)
    suppressed = -xp.log1p(-moving) / MONTH
    calm = rest_of((1.0 - moving)[None], moving[None] * known, by_state[2], shift, xp)
    return xp.stack([unseen, whole - unseen - calm, calm]), brought, suppressed


def first(value: Array, xp: Any) -> Array:
    """A value a trajectory for the unreached, nothing for those reached, [reach, B]."""
    return xp.stack([value, xp.zeros_like(value)])


def rest_of(keep: Array, gain: Array, brought: Array, shift: Shift, xp: Any) -> Array:
    """Those infected at rest, [reach, B]: x where x = keep·(x that lived and moved, newcomers with them) + gain.

    Args:
        keep: [reach, B] or [1, B]. gain: a month, [reach, B]. brought: share of newcomers, [B].
    """
    stay, came, lapsed = shift.stay, shift.came, shift.lapsed
    keep = xp.broadcast_to(keep, gain.shape)
    matrix = [
        [1.0 - keep[0] * stay[0] * (1.0 - came), -keep[0] * stay[1] * lapsed],
        [-keep[1] * stay[0] * came, 1.0 - keep[1] * stay[1] * (1.0 - lapsed)],
    ]
    return xp.stack(solve(matrix, [gain[0] + keep[0] * brought * shift.newcomers, gain[1]]))


def first_guess(shift: Shift, p: dict[str, Array], xp: Any) -> Guess:
    """A guess from which the fixed point settles: today's shares, alike in and out of reach."""
    zero = xp.zeros_like(p["mix_in"])
    hcv = shift.before * (p["hcv_prev_ab_us"] * p["hcv_viraemic_share"])[None]
    suppressed = p["hiv_suppressed_share"]
    split = xp.stack([(1.0 - suppressed) / 2.0, (1.0 - suppressed) / 2.0, suppressed])
    hiv = split[:, None] * (shift.before * p["hiv_prev_us"][None])[None]
    return Guess(Infected(hcv, hiv), zero, zero, zero, zero + 1.0)
