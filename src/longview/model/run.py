"""Runs: many trajectories (future × portfolio) in chunks of one shape, over a thread pool."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from longview.model.arrays import NUMPY, Array, Engine, jax_engine, tree_map
from longview.model.calendar import calendar
from longview.model.draws import Futures, effect_values
from longview.model.guards import HEALTH_DISCOUNT, RUN_OFF
from longview.model.income import Funds
from longview.model.levers import Effects
from longview.model.lifeyears import natural_deaths, years_left
from longview.model.month import month
from longview.model.payroll import pay, savings
from longview.model.setup import Names, Setup, Wiring, column, prepare
from longview.model.start import Start, Targets, solve_start
from longview.model.state import Calendar, Noise, Seen, State, World
from longview.program import Program, levers
from longview.results import Portfolio

Floats = NDArray[np.floating]

CHUNK = 1024
"""Trajectories in a chunk: one shape, one compilation."""

BY_FUND = ("fund_cash", "charged")
"""Series of `Seen` with an axis of funds."""


@dataclass(frozen=True)
class Model:
    """A program ready to run.

    Attributes:
        horizon: months of the plan; T = horizon + RUN_OFF are run.
    """

    program: Program
    setup: Setup
    names: Names
    calendar: Calendar
    horizon: int

    @property
    def months(self) -> int:
        """T."""
        return self.horizon + RUN_OFF


class Totals(NamedTuple):
    """Sums over a run, kept in the carry, [B] each: what choosing needs without the paths."""

    sums: Seen
    end: Seen
    short: Array
    lived: Array


def model(program: Program, years: int, price_base: float = 1.0) -> Model:
    """Prepare a program for runs of `years` years."""
    setup, names = prepare(program)
    horizon = 12 * years
    return Model(program, setup, names, calendar(program, names, horizon + RUN_OFF, price_base), horizon)


def tails(model: Model, absence: Floats) -> Floats:
    """P(Binomial(n, 1 − absence) ≥ needed) by session and number present, [session, n, F]. Source: absence."""
    from scipy.special import betainc

    most = max(int(model.setup.weekly.shape[0]), 1)
    out = np.zeros((len(model.names.needed), most + 1, absence.shape[0]))
    for s, needed in enumerate(model.names.needed):
        for n in range(most + 1):
            if needed <= 0:
                out[s, n] = 1.0
            elif n >= needed:
                out[s, n] = betainc(float(needed), float(n - needed + 1), 1.0 - absence)
    return out


def start(model: Model, futures: Futures, targets: Targets, engine: Engine = NUMPY) -> Start:
    """Every future's start, [F]; `targets` from the records (`calibrate`). See `solve_start`.

    Where the targets cannot be (more deaths than people) the residual is large or no number, and says so: no warning is needed.
    """
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        return solve_start(
            targets,
            model.setup,
            futures.p,
            (futures.deadlier, futures.weak),
            tails(model, futures.p["absence"]),
            model.calendar.price[0],
            model.calendar.running[0],
            engine,
        )


def renewal_chances(model: Model, p: Mapping[str, NDArray[np.float64]]) -> Floats:
    """Chance that each fund is renewed at today's readiness, [fund, F]: the program's own, else by origin."""
    key = {"local": "grant_renew_local", "settlement": "grant_renew_local", "private": "grant_renew_foundation"}
    rows = []
    for own, origin in zip(model.setup.renewal[:, 0], model.names.origins, strict=True):
        known = np.ones_like(p["absence"]) if origin == "own" else p[key.get(origin, "grant_renew_gov")]
        rows.append(known if own < 0 else np.full_like(p["absence"], own))
    return np.stack(rows) if rows else np.zeros((0, p["absence"].shape[0]))


def _options(model: Model, portfolios: Sequence[Portfolio]) -> tuple[dict[str, tuple[Floats, Floats]], Any]:
    """Level and start of every option over portfolios, and the effect rows."""
    first = model.program.starts
    table: dict[str, tuple[Floats, Floats]] = {}
    for option in {o.id for o in model.program.options} | {c.option for p in portfolios for c in p.choices}:
        level, begin = np.zeros(len(portfolios)), np.zeros(len(portfolios))
        for i, portfolio in enumerate(portfolios):
            for choice in portfolio.choices:
                if choice.option == option:
                    level[i], begin[i] = choice.level, choice.start.since(first)
        table[option] = (level, begin)
    return table, model.program.effects


def _state(model: Model, world: World, start: Start, xp: Any) -> State:
    """The opening state of every trajectory."""
    setup = model.setup
    zero = xp.zeros_like(start.contact)
    p = world.p
    one = zero + 1.0
    under_way = (
        np.asarray([[float(model.calendar.terms.alive[0, i, 0] > 0)] for i in range(len(model.names.funds))])
        .reshape(-1, 1)
        .astype(zero.dtype)
    )
    award = world.award
    on = under_way * award
    funds = setup.funds
    items = setup.unit_price.shape[0]
    filled = setup.filled * one[None]
    full, _ = pay(filled, one, zero, zero, setup, p, xp)
    bought = xp.maximum(start.usual - setup.in_kind, 0.0)
    empty = (1.0 - filled) * setup.hiring
    return State(
        people=start.people, stopped=zero, gone=zero, kits=start.kits, filled=filled, skill=start.skill,
        burnout=xp.broadcast_to(p["burnout_worker"][None], (setup.roles.shape[0], zero.shape[0])),
        condition=setup.condition * one[None], failed=setup.condition * zero[None], readiness=p["readiness_0"],
        pressure=start.load, missing_days=zero, shelf=start.stock, given=xp.ones((items, 1), dtype=zero.dtype) * one[None],
        funds=Funds(
            on=on, waiting=on * 0.0, cut=on * 0.0 + 1.0, cash=funds.first_cash * one[None], left=funds.first_left * on,
            receivable=setup.receivable * one[None, None],
        ),
        free=setup.free_cash * one, net=zero, rungs=xp.stack([zero, zero, zero, zero]),
        savings=savings(bought, full, filled, empty, start.price_start, setup, xp),
        below=zero, closed=zero, ran_out=zero,
        units=xp.stack([start.visits, (start.usual * setup.is_kits).sum(0), start.people[:, 1].sum((0, 1, 2))]),
    )  # fmt: skip


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
    return engine, jax.jit(_scan(engine, paths, wiring))


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
    kind = np.dtype(dtype)

    def cast(x: Any) -> Any:
        return np.asarray(x, dtype=kind)

    setup = tree_map(cast, model.setup)
    clock = tree_map(cast, model.calendar)
    table, effects = _options(model, portfolios)
    rows = [(e.option, e.lever, e.op, e.value, e.low, e.high) for e in effects]
    values = effect_values(rows, futures.seed, futures.numbers)
    level = np.stack([table[e.option][0] for e in effects]) if effects else np.zeros((0, len(portfolios)))
    begin = np.stack([table[e.option][1] for e in effects]) if effects else np.zeros((0, len(portfolios)))
    names = model.names.price_options
    price_level = np.stack([table[o][0] for o in names]) if names else np.zeros((0, len(portfolios)))
    price_begin = np.stack([table[o][1] for o in names]) if names else np.zeros((0, len(portfolios)))
    kinds = effect_kinds(model)
    renewal = renewal_chances(model, futures.p)
    hoped = np.where(model.setup.award < 0, renewal, model.setup.award)
    award = hoped if expected else np.where(model.setup.award >= 1, 1.0, (futures.award < hoped).astype(np.float64))

    pairs = np.stack(np.meshgrid(np.arange(len(portfolios)), np.arange(futures.count), indexing="ij"), -1).reshape(
        -1, 2
    )
    total = len(pairs)
    padded = pairs[np.arange(-(-total // chunk) * chunk) % total] if total > chunk else pairs[np.arange(chunk) % total]
    pieces = [padded[i : i + chunk] for i in range(0, len(padded), chunk)]
    beta = cast((1.0 + discount) ** (-1.0 / 12.0))

    def one(piece: NDArray[np.intp]) -> Any:
        p_at, f_at = piece[:, 0], piece[:, 1]

        def pick(x: Any) -> Any:
            return cast(x[..., f_at])

        here = Start(*(pick(x) for x in start))
        world = World(
            p={key: pick(x) for key, x in futures.p.items()}, start=here,
            effects=Effects(value=pick(values), level=cast(level[:, p_at]), start=cast(begin[:, p_at]), **tree_map(cast, kinds)),
            level=cast(price_level[:, p_at]), begin=cast(price_begin[:, p_at]), award=pick(award), renewal=pick(renewal),
            replaceable=None if expected else pick(futures.replaceable),
            sheltered=cast(np.full(chunk, float(open_only))), deadlier=pick(futures.deadlier), weak=pick(futures.weak),
            horizon=cast(model.horizon),
        )  # fmt: skip
        months = model.months
        ones = cast(np.ones((months, chunk)))
        noise = Noise(ones, ones, *(None,) * 8) if expected else Noise(
            pick(futures.supply), pick(futures.frailty), pick(futures.quit), pick(futures.hire), pick(futures.gift),
            pick(futures.emergency), pick(futures.failure), pick(futures.renew), pick(futures.replace), pick(futures.cut),
        )  # fmt: skip
        state = _state(replace_setup(model, setup), world, here, np)
        (last, totals), seen = run(setup, clock, noise, world, tree_map(cast, state), beta)
        left = tree_map(lambda x: np.asarray(x, dtype=np.float64), last)
        known = tree_map(lambda x: np.asarray(x, dtype=np.float64), totals if seen is None else seen)
        return left, known

    workers = threads or os.cpu_count() or 1
    done: list[Any] = []
    with ThreadPoolExecutor(workers) as pool:
        for i, out in enumerate(pool.map(one, pieces)):
            done.append(out)
            if progress:
                progress((i + 1) / len(pieces))
    shape = (len(portfolios), futures.count)

    def gather(parts: Sequence[Any]) -> Any:
        return np.concatenate(parts, axis=-1)[..., :total]

    last = tree_map(lambda *x: gather(x), *(d[0] for d in done))
    known = tree_map(lambda *x: gather(x), *(d[1] for d in done))
    return _result(model, futures, start, last, known, paths, shape, discount)


def replace_setup(model: Model, setup: Setup) -> Model:
    """The model with its arrays in another precision."""
    return Model(model.program, setup, model.names, model.calendar, model.horizon)


def effect_kinds(model: Model) -> dict[str, Floats]:
    """What kind of row each effect is, and which lever it moves."""
    effects = model.program.effects
    pulse = [levers()[e.lever].kind == "pulse" for e in effects]
    return {
        "ramp": column([e.ramp_months for e in effects]), "pulse": column(pulse),
        "multiply": column([e.op == "multiply" and not q for e, q in zip(effects, pulse, strict=True)]),
        "add": column([e.op == "add" or q for e, q in zip(effects, pulse, strict=True)]),
        "set": column([e.op == "set" and not q for e, q in zip(effects, pulse, strict=True)]),
    }  # fmt: skip


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
