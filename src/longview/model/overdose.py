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


def risk_by_treatment(
    p: dict[str, Array], jail: Array | float = 1.0, jail_moud: Array | float = 0.0, retention: Array | float = 1.0
) -> tuple[Array, Array]:
    """Overdose multipliers off and on MOUD, [B] each; the weeks after jail and after leaving are charged at departure.

        t_none = 1 + jail_rate·jail·(1 − jail_moud·(1 − jail_moud_rr))·(od_mult_after_relapse − 1)·just_left_months/12
        t_MOUD = t_none·(moud_od_rr + (moud_after_leaving_rr − 1)/(12·moud_stay·retention))

    Args:
        jail: lever, people jailed over today. jail_moud: lever, stays in jail with medication, added. retention: lever, how long
            people stay on medication, over today. [B], or today's value.
    """
    treated = jail * (1.0 - jail_moud * (1.0 - p["jail_moud_rr"]))
    none = 1.0 + p["jail_rate"] * treated * (p["od_mult_after_relapse"] - 1.0) * p["just_left_months"] / 12.0
    return none, none * (p["moud_od_rr"] + (p["moud_after_leaving_rr"] - 1.0) / (12.0 * p["moud_stay"] * retention))


def risk_over_today(jail: Array, jail_moud: Array, retention: Array, p: dict[str, Array], xp: Any) -> Array:
    """Overdose multipliers off and on MOUD over today's, [treatment, B]. Args as in `risk_by_treatment`."""
    none, on = risk_by_treatment(p, jail, jail_moud, retention)
    none_today, on_today = risk_by_treatment(p)
    return xp.stack([none / none_today, on / on_today])


def risk_reached(checked: Array, smoked: Array, like: Array, xp: Any) -> Array:
    """Overdoses over those without services, Q, [route, reach, B]: of people reached who use opioids, and who inject.

    Args:
        checked: share spared among people reached who use opioids, [B]. smoked: of the rest, among those who inject, [B].
        like: any array of the precision.
    """
    opioids = xp.asarray(((0.0, 1.0), (0.0, 1.0), (0.0, 0.0)), dtype=like.dtype)[:, :, None]
    inject = xp.asarray(((0.0, 1.0), (0.0, 0.0), (0.0, 0.0)), dtype=like.dtype)[:, :, None]
    return 1.0 - opioids * checked[None, None] - inject * ((1.0 - checked) * smoked)[None, None]


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
    none, on = risk_by_treatment(p)
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
        rates: overdoses a person-year, same axes. fatality: deaths per overdose, [route, reach, B].
        died: other deaths a year, [treatment, B]. other: overdose deaths without opioids a year, [B]. stop: yearly, [B].

    Returns:
        `Exits`; survivors are those who neither died nor stopped.

    Source: MODEL.md §4. Equal exits within a month: assumption.
    """
    share = fatality[:, :, None, None]
    natural = died[None, None, None]
    stop, other = stop[None, None, None, None], other[None, None, None, None]
    hazard = stop + natural + other + rates * share
    gone = people * -xp.expm1(-hazard * MONTH)
    exposure = gone / hazard
    events = exposure * rates
    return Exits(
        exposure,
        events,
        events * share,
        exposure * other,
        exposure * natural,
        exposure * stop,
        people - gone,
    )
