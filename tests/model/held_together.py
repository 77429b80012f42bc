"""The model and the oracle on the same futures, series beside series. Holds no arithmetic of either."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
from made import TODAY, make_targets
from numpy.typing import NDArray
from oracle import Noise, OracleRun, find_start, life_years, oracle
from oracle import Start as OracleStart

from longview.evidence import load
from longview.model import Futures, Model, Result, Start, Targets, draw, model, simulate, start
from longview.model.draws import effect_values
from longview.program import Program
from longview.results import Portfolio

EVIDENCE = load()
TARGETS = (
    "people", "participants_12m", "kits_month", "visits_month", "hours_month", "deaths_year", "load_0", "adj",
    "quit_hazard", "syringes_month",
)  # fmt: skip
"""Names of the oracle's targets, in the order of the model's `Targets`."""

SERIES = (
    "deaths", "deaths_other", "overdoses", "reversals", "people", "reached", "on_moud", "visits", "kits_given",
    "kits_held", "open_share", "days_closed", "posts_filled", "quits", "burnout", "fires", "readiness", "condition",
    "backlog", "free_cash", "owed", "income", "spending", "rationing", "ran_out", "closed", "stopped",
    "hcv_infections", "hiv_infections", "injecting", "skin_infections", "wounds_hospital",
    "syringes_given",
)  # fmt: skip
"""Series that both tell under one name; `turned_away`, `fund_cash` and `charged` are told in their own ways."""

SMALL = frozenset(
    [
        "deaths",
        "deaths_other",
        "overdoses",
        "reversals",
        "quits",
        "fires",
        "burnout",
        "rationing",
        "hcv_infections",
        "hiv_infections",
        "wounds_hospital",
    ]
)
"""Series whose ordinary values lie near or below 1."""


Pairs = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Case:
    """A program with its futures and today's targets, ready for both."""

    program: Program
    targets: dict[str, float]
    model: Model
    futures: Futures
    start: Start


def targets_of(today: Mapping[str, float], count: int) -> Targets:
    return Targets(*(np.full(count, today[name]) for name in TARGETS))


def make_case(
    program: Program,
    *,
    seed: int,
    count: int,
    years: int = 1,
    rows: Mapping[str, float] | None = None,
    **targets: float,
) -> Case:
    """Futures `0 … count − 1` of a seed, the four pairs of structures in turn; `rows` of evidence as given, not as drawn."""
    today = make_targets(program, **targets)
    ready = model(program, years, today["price_base"])
    futures = draw(EVIDENCE, ready.names, ready.months, seed, 0, count)
    at = np.arange(count)
    given = {key: np.full(count, value) for key, value in (rows or {}).items()}
    assert set(given) <= set(futures.p)
    futures = replace(futures, p=futures.p | given, deadlier=(at % 2).astype(float), weak=(at // 2 % 2).astype(float))
    began = start(ready, futures, targets_of(today, count))
    return Case(program, today, ready, futures, began)


def again(case: Case, **futures: Any) -> Case:
    """The same program and targets on futures of which some fields are changed."""
    changed = replace(case.futures, **futures)
    return replace(case, futures=changed, start=start(case.model, changed, targets_of(case.targets, changed.count)))


def params(case: Case, i: int) -> dict[str, float]:
    return {key: float(x[i]) for key, x in case.futures.p.items()}


def structure(case: Case, i: int) -> dict[str, str]:
    return {
        "lethality": "deadlier" if case.futures.deadlier[i] else "more",
        "ambulance": "weak" if case.futures.weak[i] else "strong",
    }


def noise(case: Case, i: int) -> Noise:
    """One future's luck as the oracle takes it."""
    f = case.futures
    return Noise(
        supply=f.supply[:, i].tolist(), quit=f.quit[..., i].tolist(), hire=f.hire[..., i].tolist(),
        renew=f.renew[..., i].tolist(), replace=f.replace[..., i].tolist(), cut=f.cut[..., i].tolist(),
        replaceable=f.replaceable[..., i].tolist(), kind=f.gift[..., i].tolist(),
        emergency=f.emergency[..., i].tolist(), failure=f.failure[..., i].tolist(),
        frailty=f.frailty[::12, i].tolist(), award=f.award[..., i].tolist(),
    )  # fmt: skip


def values(case: Case, i: int) -> Mapping[tuple[str, str], float]:
    """What each effect is worth in one future."""
    rows = [(e.option, e.lever, e.op, e.value, e.low, e.high) for e in case.program.effects]
    drawn = effect_values(rows, case.futures.seed, case.futures.numbers)
    return {(row[0], row[1]): float(drawn[n, i]) for n, row in enumerate(rows)}


@cache
def first_day(params: Pairs, targets: Pairs, structure: tuple[tuple[str, str], ...]) -> OracleStart:
    """The oracle's start, found once for all portfolios."""
    return find_start(dict(params), dict(targets), dict(structure))


def by_oracle(case: Case, portfolio: Portfolio, i: int, *, expected: bool, open_only: bool) -> OracleRun:
    began = first_day(tuple(params(case, i).items()), tuple(case.targets.items()), tuple(structure(case, i).items()))
    return oracle(
        case.program, params(case, i), case.targets, None if expected else noise(case, i), dict(values(case, i)),
        portfolio, case.model.horizon, telling="open" if open_only else "closing", structure=structure(case, i), start=began,
    )  # fmt: skip


def by_model(case: Case, portfolios: Sequence[Portfolio], *, expected: bool, open_only: bool) -> Result:
    return simulate(
        case.model, case.futures, case.start, portfolios, expected=expected, open_only=open_only, paths=True,
        engine="numpy", dtype="float64", chunk=len(portfolios) * case.futures.count, threads=1,
    )  # fmt: skip


def told(
    result: Result, run: OracleRun, at: tuple[int, int]
) -> dict[str, tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """Series name → the model's and the oracle's, [T] (by fund [T, fund])."""
    seen, own = result.seen, {name: np.asarray(x) for name, x in run.series.items()}
    assert seen is not None
    out = {name: (getattr(seen, name)[at], own[name]) for name in SERIES}
    share = np.divide(own["turned_away"], own["wanted"], out=np.zeros_like(own["wanted"]), where=own["wanted"] > 0)
    out["turned_away"] = seen.turned_away[at], share
    for name in ("fund_cash", "charged"):
        ours = getattr(seen, name)[at[0], :, at[1]]
        out[name] = ours.T, np.asarray(run.by_fund[name]).reshape(ours.T.shape)
    return out


def apart(name: str, one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far apart, relative to the size of the two, and where both are small to a whole visit, person or unit of money."""
    small = 1e-3 if name in SMALL else 1.0
    far: NDArray[np.float64] = np.abs(one - other) / np.maximum(np.maximum(np.abs(one), np.abs(other)), small)
    return np.where(np.isnan(far), np.inf, far)  # what is no number is never near


def furthest(case: Case, portfolios: Sequence[Portfolio], *, expected: bool, open_only: bool) -> dict[str, float]:
    """Series name → how far apart model and oracle ever are, over portfolios, futures and months; years of life too."""
    result = by_model(case, portfolios, expected=expected, open_only=open_only)
    worst: dict[str, float] = {}
    lived: list[list[OracleRun]] = []
    for a, portfolio in enumerate(portfolios):
        lived.append([])
        for i in range(case.futures.count):
            run = by_oracle(case, portfolio, i, expected=expected, open_only=open_only)
            lived[-1].append(run)
            for name, (one, other) in told(result, run, (a, i)).items():
                far = apart(name, one, other)
                worst[name] = max(worst.get(name, 0.0), float(far.max()) if far.size else 0.0)
    if portfolios[0] is TODAY:
        for a in range(1, len(portfolios)):
            for i in range(case.futures.count):
                gained = life_years(lived[a][i], lived[0][i])
                ours = float(result.lived[a, i] - result.lived[0, i])
                far = abs(ours - gained) / max(abs(ours), abs(gained), 1.0)
                worst["lived"] = max(worst.get("lived", 0.0), far)
    return worst
