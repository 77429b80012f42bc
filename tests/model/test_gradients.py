"""Gradients of the expected form: finite at every corner, and true where differences can tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from held_together import EVIDENCE, TARGETS
from made import EFFECTS, FUNDS, OPTIONS, PROGRAM, SUPPLIES, make_program, make_targets
from numpy.typing import NDArray

import longview.model.run as runs
from longview.model import Seen, Targets, draw, model, simulate, start
from longview.model.arrays import NUMPY, Engine, jax_engine
from longview.program import Program
from longview.results import Choice, Portfolio

Floats = NDArray[np.floating]

CORNERS: tuple[dict[str, float], ...] = (
    {},
    {"kits_month": 0.0},
    {"deaths_year": 0.0},
    {"load_0": 1.0},  # wanted equals what can be done: both sides of the smooth minimum
    {"load_0": 4.0},
    {"participants_12m": 2_500.0},
    {"participants_12m": 1.0, "visits_month": 0.5},
    {"quit_hazard": 0.0},
)
"""Today's targets, one trajectory each."""

BARE = make_program(
    sessions=(), posts=PROGRAM.posts[:1], funds=(), costs=(), supplies=(), options=OPTIONS[:1], effects=EFFECTS[:1], prices=(),
    sites=(PROGRAM.sites[0],),
)  # fmt: skip
SMALL = make_program(
    sessions=PROGRAM.sessions[:3],
    posts=PROGRAM.posts[:4],
    funds=FUNDS[:3],
    supplies=SUPPLIES[:2],
    costs=PROGRAM.costs[:2],
)


@dataclass
class Taken:
    """What a run of the model was given, trajectories in the order of portfolios, then corners."""

    inputs: tuple[Any, ...]
    wiring: Any
    rows: list[str]

    def by_jax(self, level: Any, p: dict[str, Any]) -> Seen:
        return self._seen(jax_engine(), level, p)

    def by_numpy(self, level: Floats, p: dict[str, Floats]) -> Seen:
        return self._seen(NUMPY, level, p)

    def _seen(self, engine: Engine, level: Any, p: dict[str, Any]) -> Seen:
        setup, clock, noise, world, state, beta = self.inputs
        world = world._replace(effects=world.effects._replace(level=level), p=p)
        seen: Seen = runs._scan(engine, True, self.wiring)(setup, clock, noise, world, state, beta)[1]
        return seen


def take(program: Program, portfolios: list[Portfolio]) -> Taken:
    """Catch what the run is given on its way in; the options' levels can then be moved by hand."""
    today, count = make_targets(program), len(CORNERS)
    ready = model(program, 1, today["price_base"])
    futures = draw(EVIDENCE, ready.names, ready.months, 9, 0, count)
    futures = futures.take(np.zeros(count, dtype=np.intp))  # one future, so that only the corners differ
    columns = (np.array([corner.get(name, today[name]) for corner in CORNERS]) for name in TARGETS)
    began = start(ready, futures, Targets(*columns))
    found: list[Any] = []
    compiled = runs._compiled

    def spy(*how: Any) -> Any:
        engine, scan = compiled(*how)

        def caught(*inputs: Any) -> Any:
            found.append(inputs)
            return scan(*inputs)

        return engine, caught

    how: dict[str, Any] = {"expected": True, "paths": True, "engine": "numpy", "dtype": "float64", "threads": 1}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "_compiled", spy)
        simulate(ready, futures, began, portfolios, chunk=count * len(portfolios), **how)
    return Taken(found[0], ready.names.wiring, [effect.option for effect in program.effects])


def portfolios(program: Program) -> list[Portfolio]:
    """Nothing, the least and the most of everything."""
    begin = program.starts.plus(1)

    def all_at(levels: dict[str, float], name: str) -> Portfolio:
        return Portfolio(name, tuple(Choice(option, level, begin) for option, level in levels.items()))

    return [
        all_at({option.id: 0.0 for option in program.options}, "nothing"),
        all_at({option.id: option.least or 1.0 for option in program.options}, "least"),
        all_at({option.id: option.most or 1.0 for option in program.options}, "most"),
    ]


def gradient(taken: Taken) -> Any:
    """A function of weights of the series: gradients by the options' levels and by evidence."""
    import jax

    def told(level: Any, p: dict[str, Any], weights: dict[str, Any]) -> Any:
        seen = taken.by_jax(level, p)
        return sum(weights[name] * getattr(seen, name).sum() for name in Seen._fields)

    return jax.jit(jax.grad(told, argnums=(0, 1)))


def only(*names: str) -> dict[str, Floats]:
    return {name: np.float64(name in names) for name in Seen._fields}


FINITE = (
    "deaths",
    "gone",
    "free_cash",
    "spending",
    "quits",
    "burnout",
    "condition",
    "kits_held",
    "charged",
    "rationing",
)
"""Series that between them read every line of the month."""


class Slopes:
    """Gradients of one program, compiled once."""

    def __init__(self, program: Program) -> None:
        self.taken = take(program, portfolios(program))
        self.by = gradient(self.taken)

    def of(self, name: str) -> tuple[Floats, dict[str, Floats]]:
        world = self.taken.inputs[3]
        by_level, by_evidence = self.by(world.effects.level, world.p, only(name))
        return np.asarray(by_level), {key: np.asarray(x) for key, x in by_evidence.items()}


@pytest.fixture(scope="module")
def small() -> Slopes:
    return Slopes(SMALL)


def assert_finite(slopes: Slopes) -> None:
    for name in FINITE:
        by_level, by_evidence = slopes.of(name)
        bad = {key for key, x in by_evidence.items() if not np.isfinite(x).all()}
        rows = {slopes.taken.rows[i] for i in np.argwhere(~np.isfinite(by_level))[:, 0]}
        assert (name, bad, rows) == (name, set(), set())


def test_gradients_are_finite_at_every_corner(small: Slopes, strict_double: None) -> None:
    assert_finite(small)


@pytest.mark.slow
def test_gradients_are_finite_without_funds_sessions_and_supplies(strict_double: None) -> None:
    assert_finite(Slopes(BARE))


@pytest.mark.parametrize("option", ["more-kits", "raise", "temps", "evenings", "boxes"])
def test_gradients_are_those_of_differences(small: Slopes, option: str, strict_double: None) -> None:
    """Deaths by the level of an option: at nothing, from above, and at its least."""
    taken, step = small.taken, 1e-5
    row = taken.rows.index(option)
    by_level, _ = small.of("deaths")
    world = taken.inputs[3]

    def deaths(moved: float) -> Floats:
        level = world.effects.level.copy()
        level[row] += moved
        return np.asarray(taken.by_numpy(level, world.p).deaths.sum(0))

    here, above, further = (deaths(x) for x in (0.0, step, 2 * step))
    differences = (4 * above - further - 3 * here) / (2 * step)
    nothing, least = slice(0, len(CORNERS)), slice(len(CORNERS), 2 * len(CORNERS))
    assert by_level[row, least] == pytest.approx(differences[least], rel=2e-3, abs=1e-5)
    assert np.abs(differences[least]).max() > 1e-3
    # At nothing a lever stands at the end of its range: there JAX takes the mean of both sides, and beyond it nothing moves.
    share = by_level[row, nothing] / np.where(np.abs(differences[nothing]) < 1e-6, np.nan, differences[nothing])
    assert np.all(np.isnan(share) | (np.abs(share - 1) < 0.01) | (np.abs(share - 0.5) < 0.01))
