"""What portfolios are judged by: simulated futures, handed in as a function; this room never runs the model itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longview.choose.options import Levels, Offer
from longview.program import Program
from longview.results import Portfolio, Telling

Values = Mapping[Telling, Mapping[str, NDArray[np.floating]]]
Evaluate = Callable[[Sequence[Portfolio], range], Values]
"""Outcomes of portfolios on the given future numbers: telling → outcome id → one value a portfolio and future, [P, F].

`life_years` are gained against today's path on the same future. Beyond `results.OUTCOMES` it must give "short": whether
free cash fell below the reserve in some month of the horizon.
"""

Floats = NDArray[np.float64]
ALLOWANCE = (
    0.02  # how much likelier than on today's path running short may be, where today's path itself is past the limit
)
AT_ONCE = 64  # portfolios handed over at once: enough to fill the simulator, few enough to show progress


@dataclass(frozen=True, slots=True)
class Scores:
    """Of each portfolio: mean life-years gained by telling, and the shares of futures short and closed, [N]."""

    closing: Floats
    open: Floats
    short: Floats
    closed: Floats

    def by(self, telling: Telling) -> Floats:
        """The criterion in one telling."""
        return self.closing if telling == "closing" else self.open


class Judge:
    """Scores portfolios on a fixed range of futures, each once.

    Attributes:
        spent: portfolios run so far (times `futures` makes the simulations spent).
    """

    def __init__(self, evaluate: Evaluate, offer: Offer, futures: range) -> None:
        self.evaluate, self.offer, self.futures, self.spent = evaluate, offer, futures, 0
        self._seen: dict[bytes, tuple[float, float, float, float]] = {}

    def new(self, picks: Levels) -> Levels:
        """Of these rows, those not run yet (each once)."""
        keys: dict[bytes, int] = {}
        for i, row in enumerate(picks):
            key = row.tobytes()
            if key not in self._seen:
                keys.setdefault(key, i)
        return picks[list(keys.values())]

    def scores(self, picks: Levels) -> Scores:
        """Scores of rows of level numbers [N, options]."""
        fresh = self.new(picks)
        for first in range(0, len(fresh), AT_ONCE):
            self._run(fresh[first : first + AT_ONCE])
        table = np.array([self._seen[row.tobytes()] for row in picks]).reshape(len(picks), 4)
        return Scores(*table.T)

    def _run(self, picks: Levels) -> None:
        values = self.evaluate([self.offer.portfolio(row) for row in picks], self.futures)
        means = [np.asarray(values[t]["life_years"], dtype=np.float64).mean(axis=1) for t in ("closing", "open")]
        shares = [np.asarray(values["closing"][o], dtype=np.float64).mean(axis=1) for o in ("short", "closed")]
        for row, result in zip(picks, np.stack([*means, *shares], axis=1), strict=True):
            self._seen[row.tobytes()] = tuple(map(float, result))  # type: ignore[assignment]
        self.spent += len(picks)


@dataclass(frozen=True, slots=True)
class Danger:
    """How likely a portfolio may make it to run short, and to close.

    A portfolio is acceptable if free cash falls below the reserve in no more futures than the board's limit, or, where
    today's path itself is past that limit, in hardly more than on today's path (decision 0104). With the floor "no site
    closed" the same holds for the chance that the program closes.
    """

    run_short: float
    no_site_closed: bool

    @classmethod
    def of(cls, program: Program) -> Danger:
        """The board's limits."""
        return cls(program.run_short, program.no_site_closed)

    def acceptable(self, scores: Scores, today: Scores, slack: float = 0.0) -> NDArray[np.bool_]:
        """Which portfolios keep the limits, [N]; `slack` makes room for the noise of few futures while searching."""
        good = scores.short <= max(self.run_short, float(today.short[0]) + ALLOWANCE) + slack + 1e-12
        if self.no_site_closed:
            good &= scores.closed <= float(today.closed[0]) + ALLOWANCE + slack + 1e-12
        return good
