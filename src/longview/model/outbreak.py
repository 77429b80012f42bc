"""An outbreak of HIV among people who inject, if one came: a run of its own, by days (docs/model.md §9). NumPy alone."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from longview.model.guards import OUTBREAK_DAYS, TINY
from longview.model.infection import guarded, protection
from longview.model.start import Start

Floats = NDArray[np.float64]


class Course(NamedTuple):
    """An outbreak by days, at the opening of each and at the last one's end, persons, [days + 1, F].

    Attributes:
        infected: so far, the first one included. unseen: with HIV that is not found. known: found so far.
        passing: who may pass it on: found or not, not yet suppressed or out of contact.
    """

    infected: Floats
    unseen: Floats
    known: Floats
    passing: Floats


def sharing(start: Start, p: dict[str, Floats], *, syringes: bool = True) -> Floats:
    """How far HIV spreads among people who inject against people with neither sterile syringes nor medication, h, [F].

    Args:
        start: today. p: evidence draws, [F]. syringes: whether ours are handed out.

    Source: nsp_hiv_rr, ost_hiv_rr, both_interaction; coverage as in the month (docs/model.md §2.14).
    """
    people = start.people[0].sum(1)
    injecting = people.sum(1)
    on_moud = people[:, 1] / np.maximum(injecting, TINY)
    none = np.zeros_like(start.syringes)
    ours = start.syringes if syringes else none
    kept = guarded(ours, none + 1.0, none, none, injecting, on_moud, p, np)
    safe = protection(kept, p["nsp_hiv_rr"], p["ost_hiv_rr"], p["both_interaction"], np)
    return np.asarray((injecting * safe).sum(0) / np.maximum(injecting.sum(0), TINY))


def outbreak(
    people: Floats,
    spread: Floats,
    p: dict[str, Floats],
    *,
    days: int = OUTBREAK_DAYS,
    sooner: float = 0.0,
    found: Floats | None = None,
) -> Course:
    """An outbreak from one infection at day 0.

        infections = S·(1 − e^(−β·h·(U + D)/N));   found = U·(1 − e^(−γ_t));   removed = D·(1 − e^(−outbreak_removal))
        γ_t = outbreak_casefinding·clip((t − t_1)/outbreak_ramp_days, 0, 1),   all from the same moment

    Args:
        people: N, who inject, [F]. spread: h, [F], or by day where it changes, [days, F]. p: evidence draws, [F].
        sooner: days by which the first diagnosis, t_1, comes earlier (never before day 0).
        found: persons found on each day, where that is known, [days, F]; then in place of γ_t, at most U of the day.

    Returns:
        `Course`; where nobody injects, nothing.

    Source: outbreak_beta, outbreak_casefinding, outbreak_removal, outbreak_ramp_days, outbreak_unseen_days; after Gonsalves &
    Crawford 2018. What is expected: how large an outbreak grows that takes hold, not whether one infection dies out.
    """
    first = np.minimum(people, 1.0)
    free, unseen, known = people - first, first, np.zeros_like(people)
    by_day = np.broadcast_to(spread, (days, *people.shape))
    removed = -np.expm1(-p["outbreak_removal"])
    found_first = np.maximum(p["outbreak_unseen_days"] - sooner, 0.0)
    told = np.zeros_like(people)
    shown = Course(*(np.empty((days + 1, *people.shape)) for _ in Course._fields))
    for day in range(days + 1):
        for series, now in zip(shown, (people - free, unseen, told, unseen + known), strict=True):
            series[day] = now
        if day == days:
            break
        looked = p["outbreak_casefinding"] * np.clip((day - found_first) / p["outbreak_ramp_days"], 0.0, 1.0)
        risk = p["outbreak_beta"] * by_day[day] * (unseen + known) / np.maximum(people, TINY)
        new = free * -np.expm1(-risk)
        seen = unseen * -np.expm1(-looked) if found is None else np.minimum(found[day], unseen)
        free, unseen, known, told = free - new, unseen + new - seen, known + seen - known * removed, told + seen
    return shown
