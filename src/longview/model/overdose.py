"""Overdoses, deaths and leaving, in one month."""

from __future__ import annotations

from typing import Any, NamedTuple

from longview.model.arrays import Array
from longview.model.guards import AGE_MIDDLE, AGEING, MONTH


class Exits(NamedTuple):
    """A month's ways out, persons but `overdoses` (events) and `exposure` (person-years); [route, reach, risk, treatment, B]."""

    exposure: Array
    overdoses: Array
    deaths: Array
    deaths_other: Array
    died_otherwise: Array
    stopped: Array
    survivors: Array


def risk_by_treatment(p: dict[str, Array], xp: Any) -> tuple[Array, Array]:
    """Overdose multipliers off and on MOUD, [B] each; the weeks after jail and after leaving are charged at departure.

    t_none = 1 + jail_rate·(od_mult_after_relapse − 1)·just_left_months/12
    t_MOUD = t_none·(moud_od_rr + (moud_after_leaving_rr − 1)/(12·moud_stay))
    """
    none = 1.0 + p["jail_rate"] * (p["od_mult_after_relapse"] - 1.0) * p["just_left_months"] / 12.0
    return none, none * (p["moud_od_rr"] + (p["moud_after_leaving_rr"] - 1.0) / (12.0 * p["moud_stay"]))


def overdose_rates(p: dict[str, Array], treatment_mean: Array, xp: Any) -> Array:
    """Overdoses a person-year before level and supply, [route, 1, risk, treatment, B]; averaging to the route's over today's mix.

        o_r·(x_k/x̄)·(t_m/t̄_r)

    Args:
        treatment_mean: t̄ of each route over today's people, [route, B].

    Source: MODEL.md §4; od_nonfatal_inject, od_case_fatality_overall, od_rr_inject_v_smoke, od_rate_stimulant_only, risk_ratio,
    risk_share_higher.
    """
    inject = p["od_nonfatal_inject"] / (1.0 - p["od_case_fatality_overall"])
    route = xp.stack([inject, inject / p["od_rr_inject_v_smoke"], p["od_rate_stimulant_only"]])
    higher = p["risk_share_higher"]
    mean = 1.0 - higher + higher * p["risk_ratio"]
    risk = xp.stack([1.0 / mean, p["risk_ratio"] / mean])
    none, on = risk_by_treatment(p, xp)
    treated = xp.stack([xp.stack([none, on]), xp.stack([none, on]), xp.stack([none, none])]) / treatment_mean[:, None]
    return (route[:, None, None] * risk[None, :, None] * treated[:, None])[:, None]


def other_deaths(p: dict[str, Array], xp: Any) -> Array:
    """Yearly hazard of death other than by overdose, [treatment, B]. Source: nonod_death_oud, moud_allcause_rr, age_today."""
    base = p["nonod_death_oud"] * xp.exp(AGEING * (p["age_today"] - AGE_MIDDLE))
    return xp.stack([base, base * p["moud_allcause_rr"]])


def exits(people: Array, rates: Array, fatality: Array, died: Array, other: Array, stop: Array, xp: Any) -> Exits:
    """Overdoses in one month, those that end in death, and every other way out.

    Someone who dies or leaves half-way is at risk for half the month only. With P people and hazard h of leaving in any way:

        exposure = P·(1 − e^(−h·dt))/h;   events = exposure·rate;   deaths = events·fatality

    Args:
        people: at the month's start, [route, reach, risk, treatment, B].
        rates: overdoses a person-year, same axes. fatality: deaths per overdose, [reach, B].
        died: other deaths a year, [treatment, B]. other: overdose deaths without opioids a year, [B]. stop: yearly, [B].

    Returns:
        `Exits`; survivors are those who neither died nor stopped.

    Source: MODEL.md §4. Equal exits within a month: assumption.
    """
    share = fatality[None, :, None, None]
    natural = died[None, None, None]
    stop, other = stop[None, None, None, None], other[None, None, None, None]
    hazard = stop + natural + other + rates * share
    exposure = people * -xp.expm1(-hazard * MONTH) / hazard
    events = exposure * rates
    return Exits(
        exposure,
        events,
        events * share,
        exposure * other,
        exposure * natural,
        exposure * stop,
        people - exposure * hazard,
    )
