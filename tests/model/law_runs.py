"""Runs for the tests of laws: the made program on prior draws, one option for every lever, NumPy in float64."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from made import PROGRAM, START, make_program, make_targets
from numpy.typing import NDArray

from longview.evidence import load
from longview.model import Futures, Model, Result, Seen, Start, Targets, draw, model, simulate, start
from longview.model.batches import pieces, question
from longview.model.batches import world as bound_world
from longview.model.levers import lever_values
from longview.program import Program, levers
from longview.program.types import Effect, Option
from longview.results import Choice, Portfolio

Floats = NDArray[np.float64]

EVIDENCE = load()
TODAY = Portfolio("today")
PRICE_BASE = 1.03

DOSES = {
    "hours_day": ("add", 6.0), "hours_evening": ("add", 6.0), "hours_new_place": ("add", 6.0), "worker_hours": ("add", 40.0),
    "wage": ("multiply", 1.1), "benefits": ("set", 1.0), "support": ("set", 1.0), "hire_frozen": ("set", 1.0),
    "hire_speed": ("multiply", 1.5), "kits": ("multiply", 1.5), "kits_added": ("add", 100.0), "share_onward": ("add", 0.2),
    "offer_inject": ("multiply", 1.2), "offer_smoke": ("multiply", 1.2), "referrals": ("multiply", 2.0),
    "witnessed": ("add", 0.05), "supplies": ("add", 0.2), "upkeep_added": ("add", 4_000.0), "repair": ("add", 30_000.0),
    "protected": ("add", 0.1), "claim_lag": ("add", 2.0), "cash_in": ("add", 30_000.0), "responders": ("add", 0.2),
    "drug_checking": ("add", 0.3), "room": ("add", 0.3), "smoking_supplies": ("add", 0.5), "spotting": ("add", 0.5),
    "onsite": ("add", 0.5), "retention": ("multiply", 1.3), "moud_access": ("multiply", 1.3), "jail_moud": ("add", 0.4),
    "jail": ("multiply", 1.2), "calling": ("multiply", 1.5), "kits_elsewhere": ("multiply", 1.5),
    "kits_pharmacy": ("add", 100.0), "syringe_rule": ("multiply", 1.5), "syringes_added": ("add", 5_000.0),
    "syringes_elsewhere": ("multiply", 2.0), "hiv_testing": ("multiply", 2.0), "hcv_treatment": ("add", 0.2),
    "wound_care": ("add", 0.3), "police": ("add", 0.3), "monitoring": ("add", 0.5), "seizures": ("add", 1.0),
    "seizures_once": ("add", 5.0), "supply": ("multiply", 1.1),
}  # fmt: skip
"""A dose of every lever but `new_place_miles`, which moves nothing alone."""

NOTHING = {"add": 0.0, "multiply": 1.0}
"""What leaves a lever where it is, by operation (`set` to today's value does too)."""


@dataclass(frozen=True)
class World:
    """A program on F futures with today's targets and its start."""

    model: Model
    futures: Futures
    targets: Targets
    start: Start

    def run(self, portfolios: Sequence[Portfolio], **how: Any) -> Result:
        """Paths in float64; `how` goes to `simulate`."""
        chunk = min(len(portfolios) * self.futures.count, 2_000)
        settings = {"paths": True, "engine": "numpy", "dtype": "float64", "chunk": chunk, "threads": 1} | how
        return simulate(self.model, self.futures, self.start, portfolios, **settings)

    def seen(self, portfolios: Sequence[Portfolio], **how: Any) -> Seen:
        """Series, [P, F, T]."""
        seen = self.run(portfolios, **how).seen
        assert seen is not None
        return seen


def world(program: Program = PROGRAM, *, count: int = 20, years: int = 2, seed: int = 0, first: int = 0,
          p: dict[str, float] | None = None, **targets: float) -> World:  # fmt: skip
    """The program on prior draws, `p` and targets set where they are given (targets by the names of `Targets`)."""
    ready = model(program, years, PRICE_BASE)
    futures = draw(EVIDENCE, ready.names, ready.months, seed, first, count)
    one = np.ones(count)
    futures = replace(futures, p=futures.p | {key: value * one for key, value in (p or {}).items()})
    today = make_targets()
    at = {
        "people": one * today["people"], "participants": one * today["participants_12m"], "kits": one * today["kits_month"],
        "visits": one * today["visits_month"], "hours": -one, "deaths": one * today["deaths_year"],
        "load": futures.p["load_today"], "adj": futures.p["nx_adj"], "quit": -np.log1p(-futures.p["quit_hr_worker"]),
        "syringes": one * today["syringes_month"],
    }  # fmt: skip
    held = Targets(**(at | {name: value * one for name, value in targets.items()}))
    began = start(ready, futures, held)
    assert began.residual.max() < 1e-6
    return World(ready, futures, held, began)


def lever_paths(here: World, portfolios: Sequence[Portfolio], names: Sequence[str]) -> dict[str, Floats]:
    """Levers month by month, [P, F, T]."""
    asked = question(here.model, here.futures, here.start, portfolios, False, False, "float64")
    (piece,) = pieces(len(portfolios), here.futures.count, len(portfolios) * here.futures.count)
    bound, rows = bound_world(asked, piece), here.model.names.wiring.levers
    shape = (len(portfolios), here.futures.count)
    months = [
        lever_values(bound.effects, rows, np.asarray(float(t)), bound.horizon, np.ones(len(piece)), np)
        for t in range(here.model.months)
    ]
    return {name: np.stack([month[name].reshape(shape) for month in months], -1) for name in names}


def option(lever: str) -> str:
    """The id of the option that moves a lever."""
    return lever.replace("_", "-")


def lever_program(doses: dict[str, tuple[str, float]] = DOSES, **changes: Any) -> Program:
    """The made program with one free option for every lever, and a place further off."""
    effects = [Effect(option(lever), lever, op, value) for lever, (op, value) in doses.items()]  # type: ignore[arg-type]
    effects += [Effect("far-place", "hours_new_place", "add", 6.0), Effect("far-place", "new_place_miles", "set", 4.0)]
    names = sorted({e.option for e in effects})
    options = tuple(Option(name, name, "yes-no") for name in names)
    return make_program(options=options, effects=tuple(effects), prices=(), **changes)


def alone(name: str, level: float = 1.0, after: int = 0) -> Portfolio:
    """One option, from a month on."""
    return Portfolio(name, (Choice(name, level, START.plus(after)),))


def neutral() -> dict[str, tuple[str, float]]:
    """For every lever a dose that is none."""
    return {
        name: (op, NOTHING.get(op, levers()[name].today)) for name, (op, _) in DOSES.items()
    }  # fmt: skip
