"""A program ready to run: its arrays, its calendar, and the chances that hold for a whole run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from longview.model.arrays import NUMPY, Engine
from longview.model.calendar import calendar
from longview.model.draws import Futures
from longview.model.guards import RUN_OFF
from longview.model.setup import Names, Setup, prepare
from longview.model.start import Start, Targets, solve_start
from longview.model.state import Calendar
from longview.program import Program, records_hash

Floats = NDArray[np.floating]


@dataclass(frozen=True)
class Model:
    """A program ready to run.

    Attributes:
        horizon: months of the plan; T = horizon + run_off are run.
    """

    program: Program
    setup: Setup
    names: Names
    calendar: Calendar
    horizon: int
    run_off: int = RUN_OFF

    @property
    def months(self) -> int:
        """T."""
        return self.horizon + self.run_off

    @cached_property
    def digest(self) -> str:
        """The program and how long it is run, in a line: all that a run rests on but its futures."""
        run = f"{self.horizon} {self.months} {self.calendar.price[0]!r}"
        return f"{records_hash(self.program)} {run}"

    def until(self, horizon: int) -> Model:
        """The same run of T months in which options stop sooner: what a shorter horizon leaves is followed as far as a longer's.

        One shape of run for every horizon, so nothing is compiled anew.
        """
        return replace(self, horizon=horizon, run_off=self.months - horizon)


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
