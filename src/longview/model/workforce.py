"""Posts, those who fill them, burnout, quits and hires."""

from __future__ import annotations

from typing import Any, NamedTuple

from longview.model.arrays import Array, chance, happens, weigh
from longview.model.guards import MULTIPLIER_LEAST, TENTHS, TINY


class Staffing(NamedTuple):
    """A month's staff: filled, skill, quits and hires by place [place, B]; burnout by role [role, B]."""

    filled: Array
    skill: Array
    burnout: Array
    quits: Array
    hires: Array


def burnout_pull(load_ratio: Array, fires_change: Array, p: dict[str, Array]) -> Array:
    """Share burnt out to which load and fires would pull were there no bounds, [..., B].

        b_0 + 10·slope·(load/load_0 − 1) + slope·(fires − fires_0)

    Source: burnout_worker, burnout_load_slope (per +10% load), burnout_fire_slope.
    """
    by_load = TENTHS * p["burnout_load_slope"] * (load_ratio - 1.0)
    return p["burnout_worker"] + by_load + p["burnout_fire_slope"] * fires_change


def burnout_aim(load_ratio: Array, fires_change: Array, p: dict[str, Array], xp: Any) -> Array:
    """Share burnt out to which load and fires pull, [B]: b*, `burnout_pull` kept inside 0.02-0.98."""
    return xp.clip(burnout_pull(load_ratio, fires_change, p), MULTIPLIER_LEAST, 1.0 - MULTIPLIER_LEAST)


def quit_hazard(
    base: Array,
    frailty: Array,
    wage: Array,
    benefits: Array,
    support: Array,
    burnout: Array,
    p: dict[str, Array],
    xp: Any,
) -> Array:
    """Yearly hazard of leaving, [role, B].

        z·frailty·wage_rel^(−elasticity)·benefits_hr^begun·support_hr^begun·OR^(burnout − b_0)

    Args:
        base: z, [B]. frailty: this year's, mean 1, [B]. wage: own over elsewhere, over today's, [B]. burnout: [role, B].

    Source: MODEL.md §5 Staff; quit_wage_elast, quit_benefits_hr, support_quit_hr, burnout_quit_or.
    """
    logs = (
        -p["quit_wage_elast"] * xp.log(wage)
        + benefits * xp.log(p["quit_benefits_hr"])
        + support * xp.log(p["support_quit_hr"])
    )
    felt = (burnout - p["burnout_worker"][None]) * xp.log(p["burnout_quit_or"])[None]
    return (base * frailty)[None] * xp.exp(logs[None] + felt)


def staff_month(
    filled: Array,
    skill: Array,
    burnout: Array,
    roles: Array,
    hazard: Array,
    aim: Array,
    named: Array,
    seeking: Array,
    speed: Array,
    quit_uniform: Array | None,
    hire_uniform: Array | None,
    p: dict[str, Array],
    xp: Any,
) -> Staffing:
    """Who leaves, who is hired, what they can do, how burnt out they are.

    Args:
        filled, skill: by place, [place, B]. burnout, hazard: by role, [role, B]. roles: membership, [role, place].
        aim: b*, [B]. named: places that their funds still carry, 0-1, [place, B]. seeking: share being sought, [place, B].
        speed: how fast places fill (lever × what the hiring rung leaves), [B].

    A place is whole in futures (its own uniform, so a place disturbs no other) and a share in the expected form. Skill is the mean
    of those there and nears 1 at rate 2/ramp_months: the hours lost are those of a straight ramp, and the mean of two people is
    exact.

    Source: MODEL.md §5 Staff; hire_months, ramp_months, ramp_start, burnout_recover_months. Newcomers as burnt out as today's
    staff: assumption (b_new).
    """
    by_place = weigh(roles.T, hazard)
    quits = filled * happens(quit_uniform, chance(by_place, 1.0, xp), xp)
    stay = xp.minimum(filled - quits, named)
    fill = -xp.expm1(-speed / p["hire_months"])
    hires = (
        xp.maximum(named - stay, 0.0) * seeking * happens(hire_uniform, xp.broadcast_to(fill[None], filled.shape), xp)
    )
    now = stay + hires
    learnt = 1.0 - (1.0 - skill) * xp.exp(-2.0 / p["ramp_months"])[None]
    mixed = (stay * learnt + hires * p["ramp_start"][None]) / xp.maximum(now, TINY)
    skill = xp.where(now > TINY, mixed, xp.ones_like(mixed))
    here, new = weigh(roles, now), weigh(roles, hires)
    pull = 1.0 - xp.exp2(-1.0 / p["burnout_recover_months"])
    fresh = xp.minimum(new / xp.maximum(here, TINY), 1.0)
    burnout = burnout + pull[None] * (aim[None] - burnout) + fresh * (p["burnout_worker"][None] - burnout)
    return Staffing(now, skill, burnout, quits, hires)


def worker_hours(
    filled: Array,
    skill: Array,
    weekly: Array,
    waged: Array,
    cut: Array,
    added: Array,
    weeks: float,
    fires: Array,
    protected: Array,
    p: dict[str, Array],
) -> Array:
    """Hours a month with participants, [B].

    Args:
        weekly: hours a week, waged: 1 where paid by wage, [place, 1]. cut: rung of rationing, 0-1, [B].
        added: lever worker_hours, hours a week, [B]. fires, protected: shares of hours, [B].

    Source: productive_share.
    """
    paid = (filled * skill * weekly * (1.0 - cut[None] * waged)).sum(0) + added
    return paid * weeks * p["productive_share"] * (1.0 - fires) * (1.0 - protected)
