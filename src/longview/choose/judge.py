"""What portfolios are judged by: simulated futures, handed in as a function; this room never runs the model itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from longview.choose.options import Levels, Offer
from longview.program import Program
from longview.results import Portfolio, Telling

Values = Mapping[Telling, Mapping[str, NDArray[np.floating]]]
TELLINGS: tuple[Telling, Telling] = ("open", "closing")


class Evaluate(Protocol):
    """Outcomes of portfolios on the given future numbers: telling → outcome id → one value each, [P, F].

    `life_years` are gained against today's path on the same future. Beyond `results.OUTCOMES` it must give "short":
    whether free cash fell below the reserve in some month of the horizon.
    """

    def __call__(
        self, portfolios: Sequence[Portfolio], futures: Sequence[int], tellings: Sequence[Telling] = TELLINGS
    ) -> Values:
        """Run them."""
        ...


Floats = NDArray[np.float64]
ALLOWANCE = (
    0.02  # how much likelier than on today's path running short may be, where today's path itself is past the limit
)
ROUNDING = 1e-9  # of shares that should be equal
AT_ONCE = 64  # portfolios handed over at once: enough to fill the simulator, few enough to show progress


@dataclass(frozen=True, slots=True)
class Scores:
    """Of each portfolio with the danger of closing: mean life-years gained, shares of futures short and closed, [N]."""

    closing: Floats
    short: Floats
    closed: Floats


class Judge:
    """Scores portfolios on fixed futures, each once.

    Attributes:
        spent: portfolios run so far (times `futures` makes the simulations spent).
    """

    def __init__(self, evaluate: Evaluate, offer: Offer, futures: Sequence[int]) -> None:
        self.evaluate, self.offer, self.futures, self.spent = evaluate, offer, futures, 0
        self._seen: dict[bytes, tuple[float, float, float]] = {}
        self._years: dict[bytes, Floats] = {}

    def scores(self, picks: Levels) -> Scores:
        """Scores of rows of level numbers [N, options]."""
        fresh = self._new(picks)
        for first in range(0, len(fresh), AT_ONCE):
            self._run(fresh[first : first + AT_ONCE])
        table = np.array([self._seen[row.tobytes()] for row in picks]).reshape(len(picks), 3)
        return Scores(*table.T)

    def behind(self, best: Levels, picks: Levels) -> tuple[Floats, Floats]:
        """By how many life-years each row falls short of the best one, and the standard error of that, [N] each."""
        self.scores(np.concatenate([best[None, :], picks]))
        gaps = self._years[best.tobytes()][None, :] - np.stack([self._years[row.tobytes()] for row in picks])
        return gaps.mean(axis=1), gaps.std(axis=1) / np.sqrt(gaps.shape[1])

    def open_years(self, picks: Levels) -> Floats:
        """Mean life-years gained while we stay open, [N]."""
        values = self.evaluate([self.offer.portfolio(row) for row in picks], self.futures, ("open",))
        return np.asarray(np.mean(np.asarray(values["open"]["life_years"], dtype=np.float64), axis=1))

    def _new(self, picks: Levels) -> Levels:
        """Of these rows, those not run yet (each once)."""
        first = {row.tobytes(): i for i, row in reversed(list(enumerate(picks)))}
        return picks[sorted(i for key, i in first.items() if key not in self._seen)]

    def _run(self, picks: Levels) -> None:
        values = self.evaluate([self.offer.portfolio(row) for row in picks], self.futures, ("closing",))["closing"]
        for row, lived in zip(picks, np.asarray(values["life_years"], dtype=np.float64), strict=True):
            self._years[row.tobytes()] = lived
        means = [np.asarray(values[o], dtype=np.float64).mean(axis=1) for o in ("life_years", "short", "closed")]
        for row, years, short, closed in zip(picks, *means, strict=True):
            self._seen[row.tobytes()] = (float(years), float(short), float(closed))
        self.spent += len(picks)


@dataclass(frozen=True, slots=True)
class Danger:
    """How likely a portfolio may make it to run short, and to close.

    A portfolio is acceptable if free cash falls below the reserve in no more futures than the board's limit, or, where
    today's path itself is past that limit, in hardly more than on today's path (decision 104). With the floor "no site
    closed" the same holds for the chance that the program closes.

    Attributes:
        today: how often today's path runs short, on as many futures as there are. Few futures say badly how often a
            portfolio does, but well how much more often than today's path on the same ones.
    """

    run_short: float
    no_site_closed: bool
    today: float

    @classmethod
    def of(cls, program: Program, today: Scores) -> Danger:
        """The board's limits, and today's path as scored on the most futures."""
        return cls(program.run_short, program.no_site_closed, float(today.short[0]))

    @property
    def limit(self) -> float:
        """The greatest share of futures in which a portfolio may run short."""
        return max(self.run_short, self.today + ALLOWANCE)

    def most_closed(self, today: Scores) -> float:
        """The greatest share of futures in which a portfolio may close, where no site may be closed."""
        return float(today.closed[0]) + ALLOWANCE

    def short(self, scores: Scores, today: Scores) -> Floats:
        """How often portfolios run short: today's path on all futures, and how much more often on these, [N]."""
        return np.asarray(self.today + scores.short - today.short[0], dtype=np.float64)

    def acceptable(self, scores: Scores, today: Scores, slack: float = 0.0) -> NDArray[np.bool_]:
        """Which portfolios keep the limits, [N]; `slack` makes room for the noise of few futures while searching."""
        good = self.short(scores, today) <= self.limit + slack + ROUNDING
        if self.no_site_closed:
            good &= scores.closed <= self.most_closed(today) + slack + ROUNDING
        return np.asarray(good)


def spread_out(evaluate: Evaluate, futures: Sequence[int], count: int) -> tuple[int, ...]:
    """`count` of these futures, spread evenly over how much free cash today's path ends with in each.

    A plain sample of 64 says badly how often free cash runs short (seen: a plan's danger put at half of what it is); one
    that holds poor and rich futures in due proportion says it well.
    """
    cash = np.asarray(evaluate([Portfolio("today")], futures, ("closing",))["closing"]["free_cash"], dtype=np.float64)[
        0
    ]
    order = np.argsort(cash, kind="stable")
    places = ((np.arange(count) + 0.5) * len(order) / count).astype(np.int64)
    return tuple(sorted(int(futures[i]) for i in order[places]))
