"""Until calibration comes: today's levels from the program's own counts, each with its doubt (MODEL.md §1)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv

from longview.calibrate.levels import MONTHS_TODAY, level, monthly, window
from longview.calibrate.reversals import update
from longview.evidence import Evidence, sobol_uniforms
from longview.model import (
    REACH_MOST,
    START_CLOSE,
    Futures,
    Model,
    Start,
    Targets,
    deaths_odd,
    naloxone_among_the_reached,
    naloxone_everywhere,
    start,
    syringes_enough,
    tree_map,
)
from longview.program import Count, Program, WorkforceMonth, told_once
from longview.results import Flag

Floats = NDArray[np.float64]

DIMS = {
    "visits": 320, "visits-inside": 321, "kits": 322, "kits-inside": 323, "participants": 324, "deaths": 325,
    "deaths-inside": 326, "reversals": 327, "people": 328, "syringes": 329, "syringes-inside": 330,
}  # fmt: skip
"""Sobol dimensions of the anchor; append only."""

QUIT_MONTHS = 36
"""Own quits are read over three years: they are few."""

VISITS_AN_HOUR = 6.0
"""Visits an hour of work beyond which nobody's day goes, where a program counts none and other programs' stand in (assumption)."""

CONCENTRATION = 50.0
"""How much a recorded share of people turned away is worth, in visits: two weeks' tally (assumption)."""

GRID = 201
"""Points at which the load is weighed against such a tally."""


@dataclass(frozen=True)
class Anchor:
    """Futures whose levels rest on the program's records.

    Attributes:
        futures, start, targets: of the usable futures, [F]. used: series → "recorded" or "evidence".
        flags: what the user must be told. anchored: whether deaths and visits were both recorded.
    """

    futures: Futures
    start: Start
    targets: Targets
    used: dict[str, str]
    flags: tuple[Flag, ...]
    anchored: bool

    @cached_property
    def digest(self) -> str:
        """A hash of every number in it: equal where two runs of one portfolio must come out the same."""
        found = blake2b(digest_size=16)

        def add(x: NDArray[Any]) -> None:
            found.update(f"{x.dtype.str}{x.shape}".encode())
            found.update(np.ascontiguousarray(x).tobytes())

        add(np.asarray([self.futures.seed]))
        for name in sorted(self.futures.p):
            found.update(name.encode())
            add(self.futures.p[name])
        for held in vars(self.futures).values():
            if isinstance(held, np.ndarray):
                add(held)
        tree_map(add, tuple(self.start))
        return found.hexdigest()


def anchor(model: Model, evidence: Evidence, futures: Futures) -> Anchor:
    """Levels of every future from the records, and its start; futures that do not settle are left out and told of."""
    program = model.program
    u = _uniforms(futures)
    p = dict(futures.p)
    used: dict[str, str] = {}
    people = _people(program, u["people"])
    participants = _participants(program, p, people, u, used)
    visits = _visits(program, p, participants, u, used)
    kits = _handed_out(program, "kits", "kits_out", "naloxone", u, used)
    deaths = _deaths(program, p, people, u, used)
    p["load_today"] = _load(program, evidence, p, u["load_today"], used)
    targets = Targets(
        people=people, participants=participants, kits=kits, visits=visits, hours=_hours(program, people), deaths=deaths,
        load=p["load_today"], adj=p["nx_adj"], quit=_quits(program, evidence, p, u["quit_hr_worker"], used),
        syringes=_handed_out(program, "syringes", "syringes_out", "syringes", u, used),
    )  # fmt: skip
    futures = replace(futures, p=p)
    targets = _reversals(program, model, evidence, futures, targets, u["reversals"], used)
    began = start(model, futures, targets)
    fits = began.residual <= START_CLOSE
    flags = _flags(program, began, targets, futures, fits, used["deaths"] == "recorded")
    which = np.flatnonzero(fits)
    if len(which) == 0:
        raise ValueError("no future settles: people, participants and deaths of the program contradict one another")
    kept = began.take(which)
    chosen = Targets(*(x[which] for x in targets))
    anchored = used["deaths"] == "recorded" and used["visits"] == "recorded"
    return Anchor(futures.take(which), kept, chosen, used, flags, anchored)


def _uniforms(futures: Futures) -> dict[str, Floats]:
    from longview.evidence import load

    dims = DIMS | {key: load().dims[key] for key in ("load_today", "quit_hr_worker")}
    first, count = int(futures.numbers.min()), int(np.ptp(futures.numbers)) + 1
    drawn = sobol_uniforms(dims, futures.seed, first, count)
    return {key: x[futures.numbers - first] for key, x in drawn.items()}


def _people(program: Program, u: Floats) -> Floats:
    """People in the catchment: a two-piece lognormal through the program's own low, best and high."""
    from scipy.special import ndtri

    known = program.people
    z = ndtri(u) / ndtri(0.95)
    side = np.where(z < 0, np.log(known.best / known.low), np.log(known.high / known.best))
    return np.asarray(known.best * np.exp(z * side))


def _participants(
    program: Program, p: dict[str, Floats], people: Floats, u: dict[str, Floats], used: dict[str, str]
) -> Floats:
    last = program.records.last_month
    counts = [] if last is None else monthly(program, "participants_12_months", window(last))
    if counts:
        used["participants"] = "recorded"
        low, high = (sum(ends) / len(counts) for ends in zip(*((c.low, c.high or c.low) for c in counts), strict=True))
        return level([Count(low, high, "hidden")], u["participants"], u["participants"])
    used["participants"] = "evidence"
    return people * p["reach_us_other"]


def _visits(
    program: Program, p: dict[str, Floats], participants: Floats, u: dict[str, Floats], used: dict[str, str]
) -> Floats:
    last = program.records.last_month
    counts = [] if last is None else monthly(program, "visits", window(last))
    if counts:
        used["visits"] = "recorded"
        return level(counts, u["visits-inside"], u["visits"])
    used["visits"] = "evidence"
    return np.minimum(participants * p["visits_per_participant_year"] / 12.0, _most_visits(program))


def _most_visits(program: Program) -> float:
    """Visits a month that those here now could see; no limit where nobody is."""
    hours = sum(post.filled * post.hours for post in program.posts) * 52.0 / 12.0
    return VISITS_AN_HOUR * hours if hours > 0.0 else np.inf


def _handed_out(
    program: Program, name: str, measure: str, item: str, u: dict[str, Floats], used: dict[str, str]
) -> Floats:
    """Handed out a month: as counted, else what the rows of supplies say is used."""
    last = program.records.last_month
    counts = [] if last is None else monthly(program, measure, window(last))
    if counts:
        used[name] = "recorded"
        return level(counts, u[f"{name}-inside"], u[name])
    used[name] = "evidence"
    told = sum(s.a_month or 0.0 for s in program.supplies if s.item == item)
    return np.full_like(u[name], told)


def _deaths(
    program: Program, p: dict[str, Floats], people: Floats, u: dict[str, Floats], used: dict[str, str]
) -> Floats:
    """Overdose deaths of the catchment a year, all drugs: each area's level times the catchment's share of it."""
    total = np.zeros_like(people)
    found = False
    community = told_once(program.records.community)
    for area, share in sorted(program.area_shares.items()):
        rows = [r for r in community if (r.area, r.measure, r.over) == (area, "deaths", "month")]
        if not rows:
            continue
        case = min({r.case for r in rows}, key=lambda c: (c.startswith("opioid"), c))
        last = max(r.month for r in rows if r.case == case)
        months = window(last)
        counts = [r.value for r in rows if r.case == case and r.month in months and r.value.high is not None]
        if not counts:
            continue
        found = True
        yearly = 12.0 * level(counts, u["deaths-inside"], u["deaths"]) * share
        total += yearly / p["opioid_share"] if case.startswith("opioid") else yearly
    used["deaths"] = "recorded" if found else "evidence"
    if found:
        return total
    fatal = p["od_nonfatal_inject"] * p["od_case_fatality_overall"] / (1.0 - p["od_case_fatality_overall"])
    return np.asarray(people * fatal * p["route_mix_inject"] / p["opioid_share"])


def _hours(program: Program, people: Floats) -> Floats:
    """Paid worker hours a month of the same twelve months; negative where they are not recorded."""
    last = program.records.last_month
    if last is None:
        return np.full_like(people, -1.0)
    months = set(window(last, MONTHS_TODAY))
    hours: dict[object, float] = {}
    for row in program.records.workforce:
        if row.month in months and row.hours is not None:
            hours[row.month] = hours.get(row.month, 0.0) + row.hours
    return np.full_like(people, float(np.mean(list(hours.values()))) if hours else -1.0)


def _load(program: Program, evidence: Evidence, p: dict[str, Floats], u: Floats, used: dict[str, str]) -> Floats:
    """Load today; a recorded share turned away weighs it as a beta-binomial observation, never solved exactly."""
    last = program.records.last_month
    months = [] if last is None else window(last)
    turned, served = monthly(program, "turned_away", months), monthly(program, "visits", months)
    used["load"] = "recorded" if turned and served else "evidence"
    if not turned or not served:
        return p["load_today"]
    away = sum(_middle(c) for c in turned) / len(turned)
    seen = sum(_middle(c) for c in served) / len(served)
    share = away / max(away + seen, 1.0)
    grid = (np.arange(GRID) + 0.5) / GRID
    loads = evidence["load_today"].quantile(np.asarray(grid, dtype=np.float64))
    k = p["visit_sharpness"]
    tau = -np.expm1(-np.logaddexp(0.0, k[None] * np.log(loads)[:, None]) / k[None])
    log = CONCENTRATION * (
        share * np.log(np.maximum(tau, 1e-9)) + (1.0 - share) * np.log1p(-np.minimum(tau, 1.0 - 1e-9))
    )
    weight = np.cumsum(np.exp(log - log.max(axis=0)), axis=0)
    weight /= weight[-1]
    return np.asarray([np.interp(u[i], weight[:, i], loads) for i in range(len(u))])


def _quits(program: Program, evidence: Evidence, p: dict[str, Floats], u: Floats, used: dict[str, str]) -> Floats:
    """Quit hazard z a year: own departures of up to three years as a gamma update of the row's hazard."""
    last = program.records.last_month
    months = set() if last is None else set(window(last, QUIT_MONTHS))
    rows = [
        r for r in program.records.workforce if r.month in months and r.departures is not None and r.departures.counted
    ]
    used["quits"] = "recorded" if rows else "evidence"
    if not rows:
        return np.asarray(-np.log1p(-p["quit_hr_worker"]))
    row = evidence["quit_hr_worker"]
    evenly = np.asarray((np.arange(999) + 0.5) / 999.0, dtype=np.float64)
    drawn = -np.log1p(-row.quantile(evenly))
    shape = drawn.mean() ** 2 / drawn.var()
    rate = drawn.mean() / drawn.var()
    left = sum(_middle(r.departures) for r in rows if r.departures)
    return np.asarray(gammaincinv(shape + left, u) / (rate + _worked(program, rows)))


def _worked(program: Program, rows: list[WorkforceMonth]) -> float:
    """Person-years at risk of leaving: a role's people less its vacancies that month, or those here now where none are told.

    A role that no post has stands for everybody.
    """
    months = 0.0
    for row in rows:
        posts = [p for p in program.posts if p.role == row.role] or program.posts
        if row.vacancies is not None and row.vacancies.counted:
            months += max(sum(p.people for p in posts) - _middle(row.vacancies), 0.0)
        else:
            months += sum(p.filled for p in posts)
    return months / 12.0


def _middle(count: Count) -> float:
    """The middle of a count's interval."""
    return (count.low + (count.low if count.high is None else count.high)) / 2.0


def _reversals(
    program: Program,
    model: Model,
    evidence: Evidence,
    futures: Futures,
    targets: Targets,
    u: Floats,
    used: dict[str, str],
) -> Targets:
    """`adj` and the reported share from our own reversal log, where there is one and kits are handed out."""
    last = program.records.last_month
    counts = [] if last is None else monthly(program, "reversals", window(last))
    used["reversals"] = "recorded" if counts and targets.kits.min() > 0 else "evidence"
    if used["reversals"] == "evidence":
        return targets
    recorded = sum(_middle(c) for c in counts)
    ours = 1.0 / (1.0 + futures.p["other_kits"])

    def predicted(adj: Floats) -> Floats:
        return np.asarray(start(model, futures, targets._replace(adj=adj)).reversals * ours)

    share = futures.p["reversal_report_share"]
    adj, told = update(recorded, len(counts), targets.adj, share, predicted, u, evidence)
    futures.p["reversal_report_share"] = told
    futures.p["nx_adj"] = adj
    return targets._replace(adj=adj)


def _flags(
    program: Program, began: Start, targets: Targets, futures: Futures, fits: NDArray[np.bool_], recorded: bool
) -> tuple[Flag, ...]:
    """What must be told: bounds that were met, and levels outside what the evidence allows. `recorded`: whether deaths are."""
    odd = float(deaths_odd(began, futures)[fits].mean()) if fits.any() else 0.0
    full = targets.participants > REACH_MOST * targets.people
    found = {
        "start-not-settled": 1.0 - float(fits.mean()),
        "overdose-level-outside-evidence": odd if recorded else 0.0,
        "overdose-level-of-others": 0.0 if recorded else odd,
        "treatment-level-at-bound": float(began.bound[fits].mean()) if fits.any() else 0.0,
        "naloxone-saturated": float(naloxone_everywhere(began)[fits].mean()) if fits.any() else 0.0,
        "naloxone-saturated-reached": float(naloxone_among_the_reached(began)[fits].mean()) if fits.any() else 0.0,
        "syringes-saturated": float(syringes_enough(began, futures.p)[fits].mean()) if fits.any() else 0.0,
        "more-participants-than-people": float(full.mean()),
        "visits-beyond-hours": float(np.mean(targets.visits == _most_visits(program))),
        "hiv-below-incidence": float(began.hiv_below[fits].mean()) if fits.any() else 0.0,
    }
    return tuple(Flag(code, share) for code, share in found.items() if share > 0.0)
