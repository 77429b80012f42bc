"""Trajectories (future × portfolio) as flat batches: what each is asked, meets and starts from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from longview.model.arrays import tree_map
from longview.model.draws import Futures, effect_values
from longview.model.income import Funds
from longview.model.levers import Effects
from longview.model.payroll import pay, savings
from longview.model.ready import Model, renewal_chances
from longview.model.setup import NO_MONTHS, Setup, column
from longview.model.start import Start
from longview.model.state import Noise, State, World
from longview.program import levers
from longview.results import Portfolio

Floats = NDArray[np.floating]
Piece = NDArray[np.intp]
"""Trajectories of a chunk: portfolio and future of each, [chunk, 2]."""


@dataclass(frozen=True)
class Question:
    """What is run, in one precision.

    Attributes:
        setup: the model's arrays in that precision. futures, start: the same F. open_only: cash shocks off. expected: no luck.
        values: of effect rows, [row, F]. level, begin: of their options, [row, P]; price_level, price_begin: of those of prices.
        kinds: what kind of row each effect is. renewal, award: by fund, [fund, F]. asked: 1 where a fund comes by itself or its
            ask is made, [fund, P]. declined: month from which a fund is turned down, [fund, P], or None.
    """

    model: Model
    setup: Setup
    futures: Futures
    start: Start
    open_only: bool
    expected: bool
    kind: np.dtype[Any]
    values: Floats
    level: Floats
    begin: Floats
    price_level: Floats
    price_begin: Floats
    kinds: dict[str, Floats]
    renewal: Floats
    award: Floats
    asked: Floats
    declined: Floats | None

    def cast(self, x: Any) -> Any:
        """An array in this question's precision."""
        return np.asarray(x, dtype=self.kind)


def question(
    model: Model, futures: Futures, start: Start, portfolios: Sequence[Portfolio], open_only: bool, expected: bool, dtype: str
) -> Question:  # fmt: skip
    """Gather what a run needs to know of its options and funds."""
    kind = np.dtype(dtype)
    effects = model.program.effects
    rows = [(e.option, e.lever, e.op, e.value, e.low, e.high) for e in effects]
    level, begin = options(model, portfolios, [e.option for e in effects])
    price_level, price_begin = options(model, portfolios, model.names.price_options)
    renewal = renewal_chances(model, futures.p)
    hoped = np.where(model.setup.award < 0, renewal, model.setup.award)
    came = np.where(model.setup.award >= 1, 1.0, (futures.award < hoped).astype(np.float64))
    return Question(
        model, tree_map(lambda x: np.asarray(x, dtype=kind), model.setup), futures, start, open_only, expected, kind,
        effect_values(rows, futures.seed, futures.numbers), level, begin, price_level, price_begin, effect_kinds(model), renewal,
        hoped if expected else came, asked(model, portfolios), declined(model, portfolios),
    )  # fmt: skip


def options(model: Model, portfolios: Sequence[Portfolio], names: Sequence[str]) -> tuple[Floats, Floats]:
    """Level and first month of each named option in each portfolio, [name, P] each."""
    level, begin = np.zeros((len(names), len(portfolios))), np.zeros((len(names), len(portfolios)))
    for i, portfolio in enumerate(portfolios):
        for choice in portfolio.choices:
            for row, name in enumerate(names):
                if name == choice.option:
                    level[row, i], begin[row, i] = choice.level, choice.start.since(model.program.starts)
    return level, begin


def asked(model: Model, portfolios: Sequence[Portfolio]) -> Floats:
    """1 where a fund comes by itself or the portfolio holds the ask by which alone it can come, else 0, [fund, P]."""
    by = [fund.asked_by for fund in model.program.funds]
    level, _ = options(model, portfolios, [name or "" for name in by])
    return np.where(column([name is None for name in by]) > 0, 1.0, (level > 0).astype(np.float64))


def declined(model: Model, portfolios: Sequence[Portfolio]) -> Floats | None:
    """Month from which each fund is turned down, [fund, P]; None where no option turns down a fund."""
    at = {name: i for i, name in enumerate(model.names.funds)}
    rows = [o for o in model.program.options if o.kind == "decline" and o.fund in at]
    if not rows:
        return None
    level, begin = options(model, portfolios, [o.id for o in rows])
    out = np.full((len(at), len(portfolios)), NO_MONTHS)
    for option, x, month in zip(rows, level, begin, strict=True):
        n = at[option.fund or ""]
        out[n] = np.where(x > 0, np.minimum(out[n], month), out[n])
    return out


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


def pieces(portfolios: int, futures: int, chunk: int) -> list[Piece]:
    """All pairs of portfolio and future, in chunks of one shape; the last is filled up with pairs told already."""
    grid = np.meshgrid(np.arange(portfolios), np.arange(futures), indexing="ij")
    pairs = np.stack(grid, -1).reshape(-1, 2)
    padded = pairs[np.arange(-(-len(pairs) // chunk) * chunk) % len(pairs)]
    return [padded[i : i + chunk] for i in range(0, len(padded), chunk)]


def world(asked: Question, piece: Piece) -> World:
    """What the trajectories of a chunk carry unchanged."""
    p_at, f_at = piece[:, 0], piece[:, 1]
    cast, futures = asked.cast, asked.futures

    def pick(x: Any) -> Any:
        return cast(x[..., f_at])

    return World(
        p={key: pick(x) for key, x in futures.p.items()},
        start=tree_map(pick, asked.start),
        effects=Effects(
            value=pick(asked.values),
            level=cast(asked.level[:, p_at]),
            start=cast(asked.begin[:, p_at]),
            **tree_map(cast, asked.kinds),
        ),
        level=cast(asked.price_level[:, p_at]),
        begin=cast(asked.price_begin[:, p_at]),
        award=pick(asked.award) * cast(asked.asked[:, p_at]),
        renewal=pick(asked.renewal),
        asked=cast(asked.asked[:, p_at]),
        declined=None if asked.declined is None else cast(asked.declined[:, p_at]),
        replaceable=None if asked.expected else pick(futures.replaceable),
        sheltered=cast(np.full(len(piece), float(asked.open_only))),
        deadlier=pick(futures.deadlier),
        weak=pick(futures.weak),
        horizon=cast(asked.model.horizon),
    )


def noise(asked: Question, piece: Piece) -> Noise:
    """What the trajectories of a chunk meet, month by month; in the expected form nothing but a supply of 1."""
    if asked.expected:
        ones = asked.cast(np.ones((asked.model.months, len(piece))))
        return Noise(supply=ones, frailty=ones, **dict.fromkeys(Noise._fields[2:]))
    return Noise(*(asked.cast(getattr(asked.futures, name)[..., piece[:, 1]]) for name in Noise._fields))


def opening_state(asked: Question, world: World) -> State:
    """The opening state of every trajectory."""
    model, setup, start, xp = asked.model, asked.setup, world.start, np
    zero = xp.zeros_like(start.contact)
    p = world.p
    one = zero + 1.0
    under_way = (
        np.asarray([[float(model.calendar.terms.alive[0, i, 0] > 0)] for i in range(len(model.names.funds))])
        .reshape(-1, 1)
        .astype(zero.dtype)
    )
    on = under_way * world.award
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
            on=on, waiting=on * 0.0, cut=on * 0.0 + 1.0, cash=funds.first_cash * world.asked, left=funds.first_left * on,
            receivable=setup.receivable * one[None, None],
        ),
        free=setup.free_cash * one, net=zero, rungs=xp.stack([zero, zero, zero, zero]),
        savings=savings(bought, full, filled, empty, start.price_start, setup, xp),
        below=zero, closed=zero, ran_out=zero,
        units=xp.stack([start.visits, (start.usual * setup.is_kits).sum(0), start.people[:, 1].sum((0, 1, 2))]),
        seized=zero, hcv=start.infected.hcv, hiv=start.infected.hiv,
    )  # fmt: skip
