"""The place that a study describes: a program made for it, its futures, and a start at rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from longview.evidence import Evidence, Parameter, sobol_uniforms
from longview.model import START_CLOSE, Futures, Model, Start, Targets, draw, model, start
from longview.program import Effect, Month, Option, Post, Price, Program, Range, Supply, levers
from longview.validation.form import ALIASES, POPULATION, Arm, Study
from longview.validation.measures import opioid_overdoses

Floats = NDArray[np.float64]

FIRST = Month(2025, 1)
PEOPLE = Range(10_000.0, 10_000.0, 10_000.0)
DIM = 340
"""First Sobol dimension of a population's doubt; the model's and the anchor's lie below."""

ROUNDS = 12
"""Rounds in which kits and danger are brought to what is stated; each nearly ends it."""

CERTAIN = 1e-12

ROUTES = frozenset(ALIASES[key] for key in ("inject", "smoke", "stimulants"))
FEWEST = 1e-9
"""Share of a route that nobody takes: means over its people stay defined, and nothing comes of them."""


@dataclass(frozen=True)
class Place:
    """A place ready to run: the futures that settle, and their start.

    Attributes:
        level: danger over the evidence's, [F of `futures`]. lost: share of futures that did not settle.
    """

    model: Model
    futures: Futures
    start: Start
    lost: float


def stated(evidence: Evidence, own: Mapping[str, Range]) -> Evidence:
    """The evidence with a study's inputs in their rows; a bare number is certain, and exactly so."""
    rows: dict[str, Parameter] = dict(evidence.rows)
    for key, figure in own.items():
        if figure.low == figure.high:
            flat: dict[str, Any] = {"low": figure.best, "best": figure.best, "high": figure.best, "dist": "uniform"}
            free = (-np.inf, np.inf)
            rows[key] = replace(rows[key], **flat, level=0.9, events=None, others=None, bounds=free, whose="yours")
        else:
            rows[key] = rows[key].owned(figure)
    return Evidence(MappingProxyType(rows))


def inputs(study: Study, arm: Arm) -> tuple[dict[str, Any], dict[str, Range]]:
    """Population and evidence of an arm's place: the study's, the arm's own winning."""
    population = {**study.population, **arm.population}
    for group in _ONE_OF:  # what an arm says in its own way wins over what the study says in another
        if any(key in arm.population for key in group):
            for key in group:
                if key not in arm.population:
                    population.pop(key, None)
    said = {ALIASES[k]: v for k, v in population.items() if k in ALIASES}
    own = {**said, **study.evidence, **arm.evidence}
    for key in ROUTES & own.keys():
        own[key] = Range(*(max(x, FEWEST) for x in (own[key].low, own[key].best, own[key].high)))
    return population, own


_ONE_OF = (
    ("participants", "reached_share"),
    ("kits_a_month", "kits_a_year_per_100k", "kits_held_per_person", "naloxone_use"),
    ("deaths_a_year", "deaths_a_year_per_100k", "deaths_a_year_per_1000", "level"),
)


def made_program(study: Study, population: Mapping[str, Any], own: Mapping[str, Range]) -> Program:
    """A program of the study's rows, or the least that can run: one volunteer, kits given without end."""
    rows = dict(study.program)
    syringes = population.get("syringes_a_month")
    supplies = tuple(rows.pop("supplies", ()))
    if syringes is not None and not any(s.item == "syringes" for s in supplies):
        given = Supply("syringes", "syringes", Decimal(0), syringes.best, in_kind=1e9, in_kind_chance_ends=0.0)
        supplies = (*supplies, given)
    posts = rows.pop("posts", ()) or (Post("worker", "worker", 1, 1.0, 40.0, Decimal(0), paid_as="volunteer"),)
    facts = {"free_cash": Decimal(0), "price_year": FIRST.year, **rows}
    return Program(
        id="study", name=study.title, place="as published", currency="USD", first_month=FIRST, plan_from=FIRST,
        people=population.get("people", PEOPLE), area_shares={}, posts=posts, supplies=supplies, made=True, own_values=dict(own),
        **facts,
    )  # fmt: skip


def with_arms(program: Program, arms: tuple[Arm, ...]) -> Program:
    """The program with an option for each lever that an arm moves (and one for what the arm costs)."""
    options, effects, prices = list(program.options), list(program.effects), list(program.prices)
    for arm in arms:
        for move in arm.levers:
            name = option_name(arm, move.lever)
            options.append(Option(name, name, "yes-no"))
            effects.append(Effect(name, move.lever, move.op, move.to, move.low, move.high, move.months))
            if move.until is not None:
                options.append(Option(f"{name}/until", name, "yes-no"))
                effects.append(Effect(f"{name}/until", move.lever, move.op, undone(move.op, move.to)))
        name = option_name(arm, "cost")
        options.append(Option(name, name, "yes-no"))
        for how, amount in (("once", arm.cost_once), ("monthly", arm.cost_monthly)):
            if amount:
                prices.append(Price(name, "other", how, Decimal(str(amount))))  # type: ignore[arg-type]
    return replace(program, options=tuple(options), effects=tuple(effects), prices=tuple(prices))


def undone(op: str, value: float) -> float:
    """What takes a lever back to where it was."""
    return -value if op == "add" else 1.0 / max(value, CERTAIN)


def option_name(arm: Arm, what: str) -> str:
    """The option that moves one lever of an arm."""
    return f"{arm.name}/{what}"


def months(population: Mapping[str, Any]) -> int:
    """Years that are run."""
    return int(population.get("years", 5))


def settle(
    study: Study, program: Program, population: Mapping[str, Any], evidence: Evidence, level: Floats | None
) -> Place:
    """Futures and a start at rest that has the kits, deaths or danger that the population states.

    Args:
        level: danger by future number, where it is another place's; None: solved or the evidence's.
    """
    years = months(population)
    ready = model(program, years)
    drawn = ready.months if study.luck else 24
    futures = draw(evidence, ready.names, drawn, study.seed, 0, study.futures)
    futures = structured(futures, study)
    stated_here = figures({"people": PEOPLE, **population}, study, tuple(POPULATION))
    targets = _targets(stated_here, futures, program, study)
    solved = _solve(ready, futures, targets, stated_here, level)
    which = np.flatnonzero(solved.residual <= START_CLOSE)
    if len(which) == 0:
        raise ValueError(f"{study.id}: no future settles; what the study states of its people contradicts itself")
    kept = solved.take(which)
    if population.get("closed"):
        kept = kept._replace(newcomers=kept.newcomers * 0.0)
    return Place(ready, futures.take(which), kept, 1.0 - len(which) / study.futures)


def structured(futures: Futures, study: Study) -> Futures:
    """The futures under the study's structures, where it names some."""
    said = study.structure
    if "fentanyl" in said:
        futures = replace(futures, deadlier=np.full_like(futures.deadlier, float(said["fentanyl"].startswith("dead"))))
    if "ambulance" in said:
        futures = replace(futures, weak=np.full_like(futures.weak, float(said["ambulance"] == "weak")))
    return futures


def figures(said: Mapping[str, Any], study: Study, keys: tuple[str, ...]) -> dict[str, Floats]:
    """Each stated figure in every future, [F]; `keys`: all that a table may hold, which fixes each one's own draws."""
    dims = {key: DIM + i for i, key in enumerate(keys)}
    u = sobol_uniforms({f"study/{key}": dim for key, dim in dims.items()}, study.seed, 0, study.futures)
    out: dict[str, Floats] = {}
    for key, value in said.items():
        if not isinstance(value, Range):
            continue
        if value.low == value.high:
            out[key] = np.full(study.futures, value.best)
            continue
        z = ndtri(u[f"study/{key}"]) / ndtri(0.95)
        if value.low > 0:
            side = np.where(z < 0, np.log(value.best / value.low), np.log(value.high / value.best))
            out[key] = np.asarray(value.best * np.exp(z * side))
        else:
            out[key] = np.maximum(
                value.best + z * np.where(z < 0, value.best - value.low, value.high - value.best), 0.0
            )
    return out


def _targets(f: Mapping[str, Floats], futures: Futures, program: Program, study: Study) -> Targets:
    """Today's targets; where the study tells of no posts nobody leaves the one that must be there."""
    p, people = futures.p, f["people"]
    residents = f.get("residents", people)
    if "reached_share" in f:
        participants = f["reached_share"] * people * (1.0 + 12.0 * p["lapse_month"])
    else:
        participants = f.get("participants", people * p["reach_us_other"])
    visits = f.get("visits_a_month", participants * p["visits_per_participant_year"] / 12.0)
    told = sum(s.a_month or 0.0 for s in program.supplies if s.item == "naloxone")
    kits = f.get("kits_a_month", np.full_like(people, told))
    if "kits_a_year_per_100k" in f:
        kits = f["kits_a_year_per_100k"] * residents / 1e5 / 12.0
    elif "kits_held_per_person" in f or "naloxone_use" in f:
        wanted = f.get("kits_held_per_person", f.get("naloxone_use", people))
        kits = wanted * people / (p["kit_life_months"] * (1.0 + p["other_kits"]))
    quits = -np.log1p(-p["quit_hr_worker"]) if study.program.get("posts") else np.full_like(people, CERTAIN)
    in_rows = sum(s.a_month or 0.0 for s in program.supplies if s.item == "syringes")
    deaths = f.get("deaths_a_year", np.zeros_like(people))
    if "deaths_a_year_per_100k" in f:
        deaths = f["deaths_a_year_per_100k"] * residents / 1e5
    elif "deaths_a_year_per_1000" in f:
        deaths = f["deaths_a_year_per_1000"] * people / 1e3
    return Targets(
        people=people, participants=participants, kits=kits, visits=visits, hours=np.full_like(people, -1.0), deaths=deaths,
        load=p["load_today"], adj=p["nx_adj"], quit=quits,
        syringes=f.get("syringes_a_month", np.full_like(people, in_rows)),
    )  # fmt: skip


def _solve(ready: Model, futures: Futures, targets: Targets, f: Mapping[str, Floats], level: Floats | None) -> Start:
    """The start at rest, deaths brought to the level that is held and kits to what is stated of them.

    Deaths without opioids keep their share of all deaths, as in any place of which no deaths are known.
    """
    p = futures.p
    given = bool((targets.deaths > 0).all())
    held = level if level is not None else (None if given else f.get("level", np.ones_like(targets.people)))
    if held is not None and not given:
        rate = p["od_nonfatal_inject"] * p["od_case_fatality_overall"] / (1.0 - p["od_case_fatality_overall"])
        guess = targets.people * rate * p["route_mix_inject"] / p["opioid_share"] * held
        targets = targets._replace(deaths=np.asarray(guess))
    for _ in range(ROUNDS):
        solved = start(ready, futures, targets)
        off = np.zeros_like(targets.people)
        if held is not None:
            ratio = held / solved.level
            off = np.maximum(off, np.abs(ratio - 1.0))
            targets = targets._replace(deaths=targets.deaths * ratio)
        kits = _kits_ratio(solved, f)
        if kits is not None:
            off = np.maximum(off, np.abs(kits - 1.0))
            targets = targets._replace(kits=targets.kits * kits)
        if np.nanmax(off) < 1e-7:
            break
    return solved


def _kits_ratio(solved: Start, f: Mapping[str, Floats]) -> Floats | None:
    """How far kits must rise or fall to be what the population states; None where it states them itself."""
    people = solved.people[:2].sum((0, 1, 2, 3))
    if "kits_held_per_person" in f:
        return np.asarray(f["kits_held_per_person"] * people / np.maximum(solved.kits.sum(0), CERTAIN))
    if "naloxone_use" in f:
        use = naloxone_use(solved)
        return np.asarray(np.log1p(-f["naloxone_use"]) / np.log1p(-np.clip(use, CERTAIN, 1 - CERTAIN)))
    return None


def naloxone_use(began: Start) -> Floats:
    """Share of witnessed opioid overdoses that meet naloxone at the start, [F]."""
    by_reach = opioid_overdoses(began).by_reach
    return np.asarray((began.met * by_reach).sum(0) / by_reach.sum(0))


def unmoved(lever: str) -> float:
    """A lever's value with nothing changed."""
    return levers()[lever].today
