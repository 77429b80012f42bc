"""Runs: many trajectories (future × portfolio) in chunks of one shape, over a thread pool."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from longview.model.arrays import NUMPY, Array, Engine, jax_engine, tree_map
from longview.model.batches import Piece, noise, opening_state, pieces, question, world
from longview.model.draws import Futures
from longview.model.guards import HEALTH_DISCOUNT
from longview.model.lifeyears import natural_deaths, years_left
from longview.model.month import month
from longview.model.ready import Model
from longview.model.setup import Setup, Wiring
from longview.model.start import Start
from longview.model.state import Calendar, Noise, Seen, State, World
from longview.results import Portfolio

Floats = NDArray[np.floating]

CHUNK = 1024
"""Trajectories in a chunk: one shape, one compilation."""

WIDE = {"xla_cpu_prefer_vector_width": "512"}
"""Whole vectors where the processor has them: a tenth faster, the same bits (other processors leave it out of account)."""

BY_FUND = ("fund_cash", "charged")
"""Series of `Seen` with an axis of funds."""


class Totals(NamedTuple):
    """Sums over a run, kept in the carry, [B] each: what choosing needs without the paths."""

    sums: Seen
    end: Seen
    short: Array
    lived: Array


def _scan(engine: Engine, paths: bool, wiring: Wiring) -> Callable[..., Any]:
    """The whole run as one function of arrays."""
    xp = engine.xp

    def run(setup: Setup, calendar: Calendar, noise: Noise, world: World, state: State, beta: Array) -> Any:
        def step(carry: Any, x: Any) -> Any:
            state, totals = carry
            now, luck = x
            state, seen = month(state, now, luck, world, setup, wiring, engine)
            if paths:
                return (state, totals), seen
            inside = (now.month < world.horizon).astype(seen.deaths.dtype)
            last = (now.month == world.horizon - 1.0).astype(seen.deaths.dtype)
            sums = tree_map(lambda a, b: a + b * inside, totals.sums, seen)
            end = tree_map(lambda a, b: a + b * last, totals.end, seen)
            short = xp.maximum(totals.short, seen.short * inside)
            lived = totals.lived - seen.gone / 12.0 * beta ** (now.month + 1.0)
            return (state, Totals(sums, end, short, lived)), None

        blank = None
        if not paths:
            zero = xp.zeros_like(state.free)
            none = Seen(*(xp.zeros_like(state.funds.cash) if name in BY_FUND else zero for name in Seen._fields))
            blank = Totals(none, none, zero, zero)
        length = calendar.month.shape[0]
        return engine.scan(step, (state, blank), (calendar, noise), length)

    return run


@lru_cache(maxsize=32)
def _compiled(name: str, paths: bool, wiring: Wiring) -> tuple[Engine, Callable[..., Any]]:
    if name == "numpy":
        return NUMPY, _scan(NUMPY, paths, wiring)
    import jax

    engine = jax_engine()
    return engine, jax.jit(_scan(engine, paths, wiring), compiler_options=WIDE)


@dataclass(frozen=True)
class Result:
    """Runs of P portfolios on F futures.

    Attributes:
        seen: with paths, series [P, F, T] (by fund [P, N, F, T]); else None.
        sums, end: without paths, over the horizon and in its last month, [P, F] (by fund [P, N, F]); else None.
        short: free cash fell below the reserve within the horizon, [P, F].
        lived: discounted years lived up to the end of the run-off and after it, up to a constant a future, [P, F].
    """

    seen: Seen | None
    sums: Seen | None
    end: Seen | None
    short: Floats | None
    lived: Floats


def simulate(
    model: Model,
    futures: Futures,
    start: Start,
    portfolios: Sequence[Portfolio],
    *,
    open_only: bool = False,
    paths: bool = False,
    expected: bool = False,
    engine: str = "jax",
    dtype: str = "float32",
    chunk: int = CHUNK,
    threads: int | None = None,
    discount: float = HEALTH_DISCOUNT,
    progress: Callable[[float], None] | None = None,
) -> Result:
    """Run every portfolio on every future.

    Args:
        futures, start: the same F. open_only: while we stay open (cash shocks off). expected: no luck, supply 1, frailty 1.
        chunk: trajectories a chunk, padded to one shape. progress: told the share done.

    Returns:
        `Result`, float64; future by future the same whatever the chunks.
    """
    if not portfolios or futures.count == 0:
        raise ValueError("a run needs at least one portfolio and one future")
    _, run = _compiled(engine, paths, model.names.wiring)
    asked = question(model, futures, start, portfolios, open_only, expected, dtype)
    clock, beta = tree_map(asked.cast, model.calendar), asked.cast((1.0 + discount) ** (-1.0 / 12.0))

    def one(piece: Piece) -> Any:
        bound = world(asked, piece)
        state = tree_map(asked.cast, opening_state(asked, bound))
        (last, totals), seen = run(asked.setup, clock, noise(asked, piece), bound, state, beta)
        return tree_map(_doubled, last), tree_map(_doubled, totals if seen is None else seen)

    parts = pieces(len(portfolios), futures.count, chunk)
    workers = threads or os.cpu_count() or 1
    done: list[Any] = []
    with ThreadPoolExecutor(workers) as pool:
        for i, out in enumerate(pool.map(one, parts)):
            done.append(out)
            if progress:
                progress((i + 1) / len(parts))
    shape = (len(portfolios), futures.count)

    def gather(chunks: Sequence[Any]) -> Any:
        return np.concatenate(chunks, axis=-1)[..., : shape[0] * shape[1]]

    last = tree_map(lambda *x: gather(x), *(d[0] for d in done))
    known = tree_map(lambda *x: gather(x), *(d[1] for d in done))
    return _result(model, futures, start, last, known, paths, shape, discount)


def _doubled(x: Any) -> Any:
    return np.asarray(x, dtype=np.float64)


def _result(
    model: Model,
    futures: Futures,
    start: Start,
    last: State,
    known: Any,
    paths: bool,
    shape: tuple[int, int],
    discount: float,
) -> Result:
    """Fold the flat batch back into portfolios and futures, and add the years lived after the run."""
    elapsed = model.months / 12.0
    people = start.people.sum((0, 1, 2, 3))
    deaths = start.level * 0.0 + _overdose_deaths(start, futures)
    left = years_left(futures.p, deaths / people, natural_deaths(start.people, futures.p, np), elapsed, discount, np)
    beta = (1.0 + discount) ** -elapsed
    alive = last.people.sum((0, 1, 2, 3)).reshape(shape) - people
    after = beta * (alive * left.using + last.stopped.reshape(shape) * left.stopped)

    def fold(x: Any) -> Any:
        return x.reshape(*x.shape[:-1], *shape)

    if paths:
        seen = Seen(*(np.moveaxis(fold(x), (0, -2), (-1, 0)) for x in known))
        weight = (1.0 + discount) ** (-(np.arange(model.months) + 1.0) / 12.0)
        lived = -(seen.gone * weight).sum(-1) / 12.0 + after
        return Result(seen, None, None, None, lived)

    def moved(x: Any) -> Any:
        return np.moveaxis(fold(x), -2, 0)

    sums, end = Seen(*map(moved, known.sums)), Seen(*map(moved, known.end))
    return Result(None, sums, end, moved(known.short), moved(known.lived) + after)


def _overdose_deaths(start: Start, futures: Futures) -> Floats:
    """Overdose deaths of all kinds a year today, [F]."""
    people = start.people.sum((0, 1, 2, 3))
    other = start.other_overdose * people
    return np.asarray(other / np.maximum(1.0 - futures.p["opioid_share"], 1e-9))
