"""What would repay time for the long view, if nothing else came of it: a rise in the chance that a fund is renewed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from longview.choose import along, leads
from longview.model import model
from longview.program import Fund
from longview.results import Interval, Portfolio, Telling, Turn, Who, interval
from longview.verbs.futures import TODAY, Floats, price_base

if TYPE_CHECKING:
    from longview.verbs.dilemma import Table

LIFTS = (0.0, 0.05, 0.15, 0.3)
"""Rises of that chance at which the long view is run."""

ON = 256
"""Futures on which it is run: with four rows, one whole chunk."""

NOTHING_ELSE = ("plan_renewal_or", "improve_gain")
"""Evidence by which protected time does good; at 1 nothing comes of it but fewer fires."""

MAIN: Telling = "closing"


@dataclass(frozen=True)
class Lifted:
    """What came of it.

    Attributes:
        alone: life-years of the long view over keeping the money, where fewer fires are all that comes of it.
        fund: whose renewal was tried; None where no fund's chance is known. most: the largest rise tried.
        turn: the least rise that repays it, where one does, with how near it is.
    """

    alone: Interval
    fund: Fund | None = None
    most: float = 0.0
    turn: tuple[float, Turn] | None = None


class Lift:
    """The search, for one pair of sides: `rows` are a, b (the long view) and keep."""

    def __init__(self, table: Table, rows: Mapping[Who, Portfolio]) -> None:
        self.table, self.rows = table, rows
        held = table.prepared
        same = {key: np.ones_like(held.anchor.futures.p[key]) for key in NOTHING_ELSE}
        futures = replace(held.anchor.futures, p=held.anchor.futures.p | same)
        self.bare = replace(held, anchor=replace(held.anchor, futures=futures))

    def found(self) -> Lifted:
        """The least rise that repays the long view on the futures shown, where other futures agree."""
        shown, fresh = self.table.shown[:ON], self.table.fresh[:ON]
        own = self._unlifted(shown)
        alone = interval(own["b"] - own["keep"])
        fund = self.unsure()
        if fund is None or fund.chance_of_renewal is None:
            return Lifted(alone)
        lifts = [x for x in LIFTS if fund.chance_of_renewal + x < 1.0]
        if len(lifts) < 2 or not len(fresh):
            return Lifted(alone)
        tried = Lifted(alone, fund, lifts[-1])
        top = self._lifted(fund, lifts[-1], shown)
        if top.mean() <= max(own["a"].mean(), own["keep"].mean()):
            return tried
        between = [self._lifted(fund, x, shown) for x in lifts[1:-1]]
        level = np.ones((len(lifts), 1))
        curves: dict[Who, Floats] = {
            "a": level * own["a"],
            "b": np.stack([own["b"], *between, top]),
            "keep": level * own["keep"],
        }
        crossing = along(np.array(lifts), curves, 0.0, log=False)
        if crossing is None or crossing.above != "b":
            return tried
        other = self._unlifted(fresh)
        rival = other[crossing.below]
        if not (leads(rival - other["b"]) and leads(self._lifted(fund, lifts[-1], fresh) - rival)):
            return tried
        turn = Turn(
            f"lift:{fund.id}", f"the chance that {fund.name} is renewed", "share", "lift",
            self._believed(fund.chance_of_renewal), crossing.at, crossing.close, crossing.below, "b", True, MAIN,
        )  # fmt: skip
        return replace(tried, turn=(0.5 * crossing.at / LIFTS[-1], turn))

    def _unlifted(self, which: np.ndarray) -> dict[Who, Floats]:
        """Life-years of each side where nothing else comes of protected time, [F]."""
        sides: Sequence[Who] = ("a", "b", "keep")
        lived = self.bare.run([TODAY, *(self.rows[who] for who in sides)], MAIN, paths=False, which=which).lived
        self._today = lived[0]
        return {who: lived[1 + i] - lived[0] for i, who in enumerate(sides)}

    def _lifted(self, fund: Fund, rise: float, which: np.ndarray) -> Floats:
        """Life-years of the long view where it lifts that chance and does nothing else, [F]."""
        held, chance = self.bare, float(fund.chance_of_renewal or 0.0)
        likelier = replace(fund, chance_of_renewal=chance + rise)
        program = replace(held.program, funds=tuple(likelier if f.id == fund.id else f for f in held.program.funds))
        lifted = replace(held, program=program, model=model(program, self.table.years, price_base(program)))
        return np.asarray(lifted.run([self.rows["b"]], MAIN, paths=False, which=which).lived[0] - self._today)

    def unsure(self) -> Fund | None:
        """The fund by whose renewal most money hangs."""
        hangs = {
            f.id: (float(f.amount) * (1.0 - float(f.chance_of_renewal)), f)
            for f in self.table.program.funds
            if f.chance_of_renewal and f.last is not None and f.origin != "own" and not f.asked_by
        }
        return max(hangs.values(), key=lambda pair: pair[0], default=(0.0, None))[1]

    def _believed(self, chance: float) -> Interval:
        """By how much the evidence says that full readiness lifts the chance."""
        p = {key: x[self.table.shown] for key, x in self.table.prepared.anchor.futures.p.items()}
        kept = self.table.sizing[self.table.years].done(self.rows["b"].choices, "protected").max()
        ready = np.minimum(1.0 - p["readiness_0"], kept / p["readiness_hours"])
        odds = chance / (1.0 - chance) * p["plan_renewal_or"] ** ready
        return interval(odds / (1.0 + odds) - chance)


__all__ = ["Lift", "Lifted"]
