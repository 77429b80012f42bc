"""People one by one agree with people by cell: deaths, years of life, reach and infections, in six settings.

The toy of `individuals.py` has errors of luck; the cohort, in its expected form, has none. Each figure of the toy is a mean over
seeds, its error read off their spread, and the two must lie within LIMIT of those errors (Student's t of as many seeds).
The second law holds the toy's errors small enough to tell: a seventh of deaths, and what a lever does, would be seen.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

import numpy as np
import pytest
from individuals import RUN_OFF, Levels, Told, Toy
from made import START, make_params, make_program
from numpy.typing import NDArray

from longview.evidence import load
from longview.model import Futures, Model, Result, Start, Targets, draw, model, simulate, start
from longview.model.lifeyears import natural_deaths, years_left
from longview.program import Program
from longview.program.types import Effect, Fund, Option, Post, Records, Supply
from longview.results import Choice, Portfolio

Floats = NDArray[np.float64]

YEARS = 5
HORIZON = 12 * YEARS
MONTHS = HORIZON + RUN_OFF

SETTINGS: Mapping[str, Mapping[str, float]] = {
    "today": {},
    "kits": {"kits": 3.0, "share_onward": 0.3, "witnessed": 0.3},
    "hours": {"hours_evening": 30.0, "worker_hours": 60.0},
    "treatment": {"referrals": 6.0, "retention": 2.5, "onsite": 0.5},
    "syringes": {"syringe_rule": 2.0, "syringes_added": 6000.0, "hiv_testing": 4.0},
    "services": {"room": 0.8, "drug_checking": 0.7, "police": 0.6},
}
"""What each setting makes of the levers, from the first month to the last of the plan. Strong, so that what they do is seen."""

LIMIT = 4.5
"""Errors of a mean of six seeds within which the two must agree: by chance one in 150 such t's lies outside."""

SEEDS = tuple(range(1, 7))
PEOPLE = 2_500.0


@dataclass(frozen=True)
class Cohort:
    """The cohort model, its start, and its runs of every setting: sums over the plan, or means of stocks."""

    levels: Levels
    p: Mapping[str, float]
    result: Result
    lived: Mapping[str, float]


def still_program() -> Program:
    """A program in which nothing but people moves: enough money and goods, every place filled, no roof, no rota."""
    options = tuple(Option(name, name, "yes-no") for name, levers in SETTINGS.items() if levers)
    effects = tuple(
        Effect(name, lever, "set", value) for name, levers in SETTINGS.items() for lever, value in levers.items()
    )
    return make_program(
        sites=(), sessions=(), costs=(), prices=(), options=options, effects=effects, records=Records(),
        posts=(Post("outreach", "outreach", 5, 5.0, 36.0, Decimal(20)),),
        funds=(Fund("enough", "Enough", "own", Decimal(90_000_000), START.plus(-24), None),),
        supplies=(
            Supply("naloxone", "naloxone", Decimal(1), a_month=240.0, stock=1e6),
            Supply("syringes", "syringes", Decimal(1), a_month=21_000.0, stock=1e9),
        ),
    )  # fmt: skip


def still_params() -> dict[str, float]:
    """Best guesses, but that crises do not answer to load, and that HIV is common enough to be counted among so few."""
    return make_params(fire_load_elast=1.0, stock_out_mult=1.0, hiv_incidence_us=0.03, hiv_prev_us=0.3)


@cache
def cohort(people: float = PEOPLE) -> Cohort:
    """The cohort's expected form, on a place of so many people."""
    program, times = still_program(), people / PEOPLE
    program = replace(program, supplies=tuple(replace(s, a_month=(s.a_month or 0.0) * times) for s in program.supplies))
    program = replace(
        program,
        effects=tuple(
            replace(e, value=e.value * (times if e.lever in ("worker_hours", "syringes_added") else 1.0))
            for e in program.effects
        ),
        posts=tuple(replace(q, people=round(q.people * times), filled=q.filled * times) for q in program.posts),
    )
    ready = model(program, YEARS)
    p = still_params()
    one = np.ones(1)
    drawn = draw(load(), ready.names, ready.months, 0, 0, 1)
    futures = replace(
        drawn, p={key: one * p.get(key, float(x[0])) for key, x in drawn.p.items()}, deadlier=0 * one, weak=0 * one
    )
    targets = Targets(
        people=one * people, participants=one * 900.0 * times, kits=one * 240.0 * times, visits=one * 820.0 * times,
        hours=-one, deaths=one * 45.0 * times, load=one * 0.85, adj=one, quit=0.0 * one, syringes=one * 21_000.0 * times,
    )  # fmt: skip
    began = start(ready, futures, targets)
    assert began.residual.max() < 1e-6
    rows = [Portfolio(name, (Choice(name, 1.0, START),) if levers else ()) for name, levers in SETTINGS.items()]
    result = simulate(
        ready,
        futures,
        began,
        rows,
        expected=True,
        open_only=True,
        paths=True,
        engine="numpy",
        dtype="float64",
        threads=1,
    )
    p = {key: float(x[0]) for key, x in futures.p.items()}
    return Cohort(levels(ready, began, targets), p, result, lived(ready, futures, began, targets, result))


def levels(ready: Model, began: Start, targets: Targets) -> Levels:
    """What the toy is given: today's levels."""
    cells = {
        (r, g, k, m): float(began.people[r, g, k, m, 0])
        for r in range(3) for g in (0, 1) for k in (0, 1) for m in (0, 1) if began.people[r, g, k, m, 0] > 0
    }  # fmt: skip
    return Levels(
        people=cells,
        kits=(float(began.kits[0, 0]), float(began.kits[1, 0])),
        hcv=(float(began.infected.hcv[0, 0]), float(began.infected.hcv[1, 0])),
        hiv=tuple((float(state[0, 0]), float(state[1, 0])) for state in began.infected.hiv),
        newcomers={(r, k): float(began.newcomers[r, k, 0]) for r in range(3) for k in (0, 1)},
        contact=float(began.contact[0]), treatment=float(began.treatment_base[0]), level=float(began.level[0]),
        cured=float(began.spread.cured[0]), brought=float(began.spread.hcv_brought[0]),
        hiv_brought=tuple(float(x) for x in began.spread.hiv_brought[:, 0]), suppressed=float(began.spread.suppressed[0]),
        participants=float(targets.participants[0]), visits=float(targets.visits[0]), kits_month=float(targets.kits[0]),
        syringes=float(targets.syringes[0]), hours=sum(q.filled * q.hours for q in ready.program.posts),
        load=float(targets.load[0]), deaths=float(targets.deaths[0]), adj=float(targets.adj[0]),
        longest_week=max(q.hours for q in ready.program.posts),
    )  # fmt: skip


def lived(ready: Model, futures: Futures, began: Start, targets: Targets, result: Result) -> dict[str, float]:
    """Discounted years of life of everybody, those still to come after the run with them (docs/model.md, section 4)."""
    seen, beta = result.seen, 1.0 / 1.03
    assert seen is not None
    people = began.people.sum((0, 1, 2, 3))
    natural = natural_deaths(began.people, futures.p, np)
    left = years_left(futures.p, np.asarray(targets.deaths) / people, natural, MONTHS / 12.0, 0.03, np)
    weight = beta ** ((np.arange(MONTHS) + 1.0) / 12.0)
    out = {}
    for i, name in enumerate(SETTINGS):
        using, stopped = seen.people[i, 0], seen.stopped[i, 0]
        ahead = using[-1] * left.using[0] + stopped[-1] * left.stopped[0]
        out[name] = float(((using + stopped) * weight).sum() / 12.0 + beta ** (MONTHS / 12.0) * ahead)
        gained = result.lived[i, 0] - result.lived[0, 0]
        assert out[name] - out["today"] == pytest.approx(gained, abs=1e-6 * out[name]), "the model's own years"
    return out


@cache
def told(setting: str, seed: int, people: float = PEOPLE) -> Told:
    """The toy's run of a setting."""
    held, times = cohort(people), people / PEOPLE
    scaled = {
        lever: value * (times if lever in ("worker_hours", "syringes_added") else 1.0)
        for lever, value in SETTINGS[setting].items()
    }
    return Toy(held.levels, held.p, lambda t: scaled if t < HORIZON else {}, MONTHS, seed).run()


FLOWS = ("deaths", "overdoses", "reversals", "hcv_infections", "hiv_infections", "visits", "kits_given")
STOCKS = ("people", "reached", "on_moud", "kits_held")


def figures_of_toy(setting: str, seed: int, people: float = PEOPLE) -> dict[str, float]:
    """Sums of flows over the plan, means of stocks, years of life; and what the setting changes on the same luck."""
    own, today = told(setting, seed, people), told("today", seed, people)
    out = {name: float(np.sum(getattr(own, name)[:HORIZON])) for name in FLOWS}
    out |= {name: float(np.mean(getattr(own, name)[:HORIZON])) for name in STOCKS}
    out["lived"] = own.lived
    if setting != "today":
        for name in ("deaths", "hcv_infections"):
            out[f"{name} changed"] = out[name] - float(np.sum(getattr(today, name)[:HORIZON]))
        out["reached changed"] = out["reached"] - float(np.mean(today.reached[:HORIZON]))
        out["years of life gained"] = own.lived - today.lived
    return out


def figures_of_cohort(setting: str, people: float = PEOPLE) -> dict[str, float]:
    """The same of the cohort."""
    held, at = cohort(people), list(SETTINGS).index(setting)
    seen = held.result.seen
    assert seen is not None
    out = {name: float(getattr(seen, name)[at, 0, :HORIZON].sum()) for name in FLOWS}
    out |= {name: float(getattr(seen, name)[at, 0, :HORIZON].mean()) for name in STOCKS}
    out["lived"] = held.lived[setting]
    if setting != "today":
        for name in ("deaths", "hcv_infections"):
            series = getattr(seen, name)[:, 0, :HORIZON].sum(1)
            out[f"{name} changed"] = float(series[at] - series[0])
        reached = seen.reached[:, 0, :HORIZON].mean(1)
        out["reached changed"] = float(reached[at] - reached[0])
        out["years of life gained"] = held.lived[setting] - held.lived["today"]
    return out


def compared(setting: str, seeds: tuple[int, ...], people: float = PEOPLE) -> dict[str, tuple[float, float, float]]:
    """Figure → the cohort's, the toy's mean over seeds, and its error."""
    runs = [figures_of_toy(setting, seed, people) for seed in seeds]
    ours = figures_of_cohort(setting, people)
    out = {}
    for name, value in ours.items():
        drawn = np.asarray([run[name] for run in runs])
        out[name] = value, float(drawn.mean()), float(drawn.std(ddof=1)) / math.sqrt(len(seeds))
    return out


def apart(rows: Mapping[str, tuple[float, float, float]], limit: float) -> dict[str, tuple[float, float, float]]:
    """Figures further apart than `limit` errors; half a thousandth is rounding of whole people."""
    return {
        name: (ours, toys, error)
        for name, (ours, toys, error) in rows.items()
        if abs(toys - ours) > limit * error + 5e-4 * abs(ours)
    }


@pytest.mark.parametrize("setting", SETTINGS)
def test_people_one_by_one_agree_with_people_by_cell(setting):
    assert apart(compared(setting, SEEDS), LIMIT) == {}


@pytest.mark.parametrize(
    ("setting", "seen"),
    [
        ("kits", ("deaths changed", "years of life gained")),
        ("hours", ("reached changed", "hcv_infections changed")),
        ("treatment", ("deaths changed", "years of life gained", "hcv_infections changed")),
        ("syringes", ("hcv_infections changed",)),
        ("services", ("reached changed", "hcv_infections changed")),
    ],
)
def test_the_toy_is_sharp_enough_to_see_what_each_setting_is_for(setting, seen):
    rows = compared(setting, SEEDS)
    for name in seen:
        ours, _, error = rows[name]
        assert abs(ours) > 2.5 * error, name
    for name, most in (("deaths", 0.05), ("hcv_infections", 0.05), ("reached", 0.02), ("lived", 0.01)):
        ours, _, error = rows[name]
        assert error < most * ours, name


@pytest.mark.slow
@pytest.mark.parametrize("setting", SETTINGS)
def test_more_people_one_by_one_agree_too(setting):
    """Three times the people and other seeds: the errors shrink by more than a third, and the two still agree."""
    assert apart(compared(setting, tuple(range(101, 109)), 3.0 * PEOPLE), LIMIT) == {}
