"""Looking for the best affordable portfolio where there are too many to run them all.

Two greedy builds (most life-years next; most life-years for the money next) and random starts, each improved by
changing one option or exchanging two until nothing helps. What is found is the best *found*: no bound is claimed
(options help one another in a third of pairs, so adding up single gains bounds nothing).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from longview.choose.feasible import Space, one_changed
from longview.choose.judge import Danger, Floats, Judge
from longview.choose.options import Levels

RANDOM_STARTS = 3
Told = Callable[[float], None]


class Search:
    """A search with a budget of portfolios to run.

    Attributes:
        judge: keeps every score, so that no portfolio is run twice.
    """

    def __init__(self, space: Space, judge: Judge, danger: Danger, budget: int, slack: float, told: Told) -> None:
        self.space, self.judge, self.danger, self.budget, self.slack, self.told = (
            space,
            judge,
            danger,
            budget,
            slack,
            told,
        )
        self.sizes = np.array([len(axis.levels) for axis in space.offer.axes])
        self.nothing = np.zeros((1, len(self.sizes)), dtype=np.int64)
        self.found: dict[bytes, Levels] = {}

    def run(self, seed: int) -> Levels:
        """Every affordable portfolio that was run, [N, options]."""
        random = np.random.default_rng(seed)
        start = self._start()
        if start is None:
            return self.nothing[:0]
        for per_cost in (False, True):
            self.improve(self._greedy(start, per_cost))
        for _ in range(RANDOM_STARTS):
            self.improve(self._random(start, random))
        return np.array(list(self.found.values()))

    def improve(self, row: Levels, forced: tuple[int, bool] | None = None) -> Levels:
        """Change one option, or else exchange two, for as long as that helps; `forced` (option, done) is left alone."""
        best = self._value(row[None, :])[0]
        while True:
            for near in (self._changed, self._exchanged):
                trials = near(row)
                if forced is not None:
                    trials = trials[(trials[:, forced[0]] > 0) == forced[1]]
                trials = self._within_budget(trials)
                values = self._value(trials) if len(trials) else np.array([-np.inf])
                if values.max() > best:
                    row, best = trials[int(np.argmax(values))], values.max()
                    break
            else:
                return row

    def _start(self) -> Levels | None:
        """Today's path where it keeps the floors, else the portfolio that keeps them and lacks least."""
        if self.space.affordable(self.nothing)[0]:
            return np.zeros(len(self.sizes), dtype=np.int64)
        cheapest = self.space.cheapest()
        if cheapest is None or not self.space.affordable(cheapest[0][None, :])[0]:
            return None
        return cheapest[0]

    def _value(self, picks: Levels) -> Floats:
        """Mean life-years gained; minus infinity where the danger is too great."""
        scores, today = self.judge.scores(picks), self.judge.scores(self.nothing)
        for row in picks:
            self.found.setdefault(row.tobytes(), row)
        self.told(min(1.0, self.judge.spent / self.budget))
        return np.where(self.danger.acceptable(scores, today, self.slack), scores.closing, -np.inf)

    def _within_budget(self, picks: Levels) -> Levels:
        """Affordable rows; none where running them would go over the budget."""
        picks = picks[self.space.affordable(picks)]
        return picks if len(self.judge.new(picks)) <= self.budget - self.judge.spent else picks[:0]

    def _changed(self, row: Levels) -> Levels:
        """Every portfolio that differs in one option."""
        return one_changed(row, self.space.sizes)

    def _exchanged(self, row: Levels) -> Levels:
        """One option dropped, or lowered by a step, while another is begun or raised."""
        trials = []
        for a in np.flatnonzero(row):
            for less in {0, int(row[a]) - 1}:
                for b, size in enumerate(self.sizes):
                    for level in range(int(row[b]) + 1, size) if b != a else ():
                        trial = row.copy()
                        trial[a], trial[b] = less, level
                        trials.append(trial)
        return np.array(trials, dtype=np.int64).reshape(-1, len(self.sizes))

    def _greedy(self, row: Levels, per_cost: bool) -> Levels:
        best = self._value(row[None, :])[0]
        while True:
            trials = self._changed(row)
            trials = self._within_budget(trials[(trials >= row).all(axis=1)])
            if not len(trials):
                return row
            values = self._value(trials)
            gains = values - best
            if per_cost:
                spent = np.array([self.space.cost(t) for t in trials]) - self.space.cost(row)
                gains = gains / np.maximum(spent, 1.0)
            top = int(np.argmax(gains))
            if not values[top] > best:
                return row
            row, best = trials[top], values[top]

    def _random(self, row: Levels, random: np.random.Generator) -> Levels:
        """Options added in a random order at random levels, as long as the money lasts."""
        row = row.copy()
        for a in random.permutation(len(self.sizes)):
            trial = row.copy()
            trial[a] = random.integers(self.sizes[a])
            if self.space.affordable(trial[None, :])[0]:
                row = trial
        return row
