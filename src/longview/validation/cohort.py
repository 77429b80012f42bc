"""Kind "cohort": each arm's place at rest, its levers moved, the months run."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from longview.evidence import Evidence
from longview.model import Result, simulate
from longview.program import Program
from longview.results import Choice, Portfolio
from longview.validation.form import Arm, Study
from longview.validation.measures import Floats, Ran, series
from longview.validation.place import Place, inputs, made_program, option_name, settle, stated, with_arms

Anchored = Callable[[Program, Study, Mapping[str, Any], Evidence], Place]
"""Makes the place of a program's folder, anchored on its records."""


@dataclass(frozen=True)
class Group:
    """Arms that share one place."""

    arms: tuple[Arm, ...]
    population: Mapping[str, Any]
    evidence: Mapping[str, Any]

    @property
    def states_deaths(self) -> bool:
        """Whether the arms say themselves how many die, or how dangerous it is."""
        return any(key.startswith("deaths") or key == "level" for key in self.arms[0].population)


def run_cohort(study: Study, evidence: Evidence, program: Program | None, anchored: Anchored | None) -> dict[str, Ran]:
    """Every arm's run, by name, on the futures that all arms share."""
    groups = _groups(study)
    ran: dict[str, Ran] = {}
    level: dict[int, float] | None = None
    for i, group in enumerate(groups):
        known = stated(evidence, group.evidence)
        base = program or made_program(study, group.population, group.evidence)
        ready = with_arms(base, group.arms)
        if program is not None and anchored is not None:
            place = anchored(ready, study, group.population, known)
        else:
            held = None if group.states_deaths else _level(study, level)
            place = settle(study, ready, group.population, known, held)
        if i == 0:
            level = dict(zip(place.futures.numbers.tolist(), place.start.level.tolist(), strict=True))
        ran |= _run(study, place, group.arms)
    shared = sorted(set.intersection(*(set(r.numbers.tolist()) for r in ran.values())))
    return {name: r.take(np.flatnonzero(np.isin(r.numbers, shared))) for name, r in ran.items()}


def _groups(study: Study) -> list[Group]:
    """Arms by place. The study's own place comes first: the danger of overdose found there holds in the others."""
    found: dict[str, list[Arm]] = {}
    for arm in sorted(study.arms, key=lambda a: bool(a.population or a.evidence)):
        key = json.dumps([repr(sorted(part.items())) for part in inputs(study, arm)])
        found.setdefault(key, []).append(arm)
    return [Group(tuple(arms), *inputs(study, arms[0])) for arms in found.values()]


def _level(study: Study, known: Mapping[int, float] | None) -> Floats | None:
    """The first place's level by future; futures that did not settle there are dropped later anyhow."""
    if known is None:
        return None
    return np.asarray([known.get(i, 1.0) for i in range(study.futures)])


def _run(study: Study, place: Place, arms: tuple[Arm, ...]) -> dict[str, Ran]:
    portfolios = [Portfolio(arm.name, _choices(arm, place)) for arm in arms]
    result = simulate(
        place.model, place.futures, place.start, portfolios, open_only=not study.closing, paths=True, expected=not study.luck,
        engine="numpy", dtype="float64", chunk=min(len(arms) * place.futures.count, 4_000), threads=2, discount=study.discount,
    )  # fmt: skip
    return {arm.name: _ran(study, place, result, i) for i, arm in enumerate(arms)}


def _choices(arm: Arm, place: Place) -> tuple[Choice, ...]:
    first = place.model.program.starts
    out = [Choice(option_name(arm, "cost"), 1.0, first)]
    for move in arm.levers:
        name = option_name(arm, move.lever)
        out.append(Choice(name, 1.0, first.plus(move.start)))
        if move.until is not None:
            out.append(Choice(f"{name}/until", 1.0, first.plus(move.until)))
    return tuple(out)


def _ran(study: Study, place: Place, result: Result, i: int) -> Ran:
    assert result.seen is not None
    horizon = place.model.horizon
    seen = series(result.seen, i, place.start, place.futures, horizon)
    whole = {"life_years": np.asarray(result.lived[i]), "level": np.asarray(place.start.level)}
    weights = (1.0 + study.discount) ** (-(np.arange(horizon) + 1.0) / 12.0)
    return Ran(place.futures.numbers, seen, whole, horizon, np.asarray(weights, dtype=np.float64))
