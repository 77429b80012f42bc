"""Looking for the best affordable portfolio where there are too many to run them all.

Two greedy builds (most life-years next; most life-years for the money next) and random starts, each improved by
changing one option or two until nothing helps. Where a step has too many neighbours to run, a plain additive fit to
what was run so far picks those worth running. What is found is the best *found*: no bound is claimed (options help one
another in a third of pairs, so adding up single gains bounds nothing; here it only says where to look).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

import numpy as np

from longview.choose.feasible import Space, one_changed
from longview.choose.judge import Danger, Floats, Judge
from longview.choose.options import Levels

RANDOM_STARTS = 3
LOOKED_AT = 64  # neighbours run at a step, of those that the additive fit ranks first
AROUND = 2  # portfolios tried at the end, at three distances from the danger limit and twice, with each option put in or taken out
BEYOND = 3  # times as many as are wanted are asked at once whether they can be afforded
STIFFNESS = 0.1  # of the additive fit (ridge, in portfolios): it must give an answer from few portfolios
Told = Callable[[float], None]


class Search:
    """A search with a budget of portfolios to run.

    Attributes:
        judge: keeps every score, so that no portfolio is run twice.
        found: every affordable portfolio that was run.
    """

    def __init__(self, space: Space, judge: Judge, danger: Danger, budget: int, slack: float, told: Told) -> None:
        self.space, self.judge, self.danger = space, judge, danger
        self.budget, self.slack, self.told = budget, slack, told
        self.nothing = np.zeros((1, len(space.sizes)), dtype=np.int64)
        self.found: dict[bytes, Levels] = {}
        self._fitted: tuple[int, tuple[Floats, Floats, float]] | None = None

    def run(self, seed: int) -> Levels:
        """Every affordable portfolio that was run, [N, options]."""
        random = np.random.default_rng(seed)
        start = self._start()
        if start is None:
            return self.nothing[:0]
        self._value(np.concatenate([start[None, :], self._affordable(one_changed(start, self.space.sizes))]))
        for per_cost in (False, True):
            self.improve(self._greedy(start, per_cost))
        for _ in range(RANDOM_STARTS):
            self.improve(self._random(start, random))
        self.look_around()
        return np.array(list(self.found.values()))

    def from_near(self, near: Levels) -> Levels:
        """The same, begun from plans that were good on nearly the same money: every affordable portfolio that was run."""
        start = self._start()
        if start is None:
            return self.nothing[:0]
        near = np.unique(np.array([self._within(row, start) for row in near]), axis=0)
        self._value(np.concatenate([start[None, :], self._affordable(one_changed(start, self.space.sizes)), near]))
        self.improve(self._best(near))
        self.improve(self._greedy(start, per_cost=True))
        return np.array(list(self.found.values()))

    def _within(self, row: Levels, start: Levels) -> Levels:
        """A row with what must be held, less its dearest options, one after another, until it can be afforded."""
        row = np.where(start > 0, np.maximum(row, start), row)
        while not self.space.affordable(row[None, :])[0]:
            fewer = [np.where(np.arange(len(row)) == a, start, row) for a in np.flatnonzero(row != start)]
            if not fewer:
                return start
            row = min(fewer, key=self.space.cost)
        return row

    def look_around(self) -> None:
        """Try the likeliest few portfolios without each option that the best one holds, and with each that it lacks."""
        best = self._best(np.array(list(self.found.values())))
        near = np.concatenate([one_changed(best, self.space.sizes), two_changed(best, self.space.sizes)])
        done = best == 0  # of each option, how the others are to differ
        self._try_around([near[(near[:, a] > 0) == done[a]] for a in range(len(best))])
        others = []
        for a in range(len(best)):
            held = np.array([row for row in self.found.values() if (row[a] > 0) == done[a]])
            if len(held):
                other = one_changed(self._best(held), self.space.sizes)
                others.append(other[(other[:, a] > 0) == done[a]])
        self._try_around(others)

    def improve(self, row: Levels) -> Levels:
        """Change one option, or else two, for as long as that helps."""
        best = self._value(row[None, :])[0]
        while True:
            for near in (one_changed, two_changed):
                trials = self._worth_running(near(row, self.space.sizes))
                values = self._value(trials) if len(trials) else np.array([-np.inf])
                if values.max() > best:
                    row, best = trials[int(np.argmax(values))], values.max()
                    break
            else:
                return row

    def _best(self, rows: Levels) -> Levels:
        best: Levels = np.take(rows, int(np.argmax(self._value(rows))), axis=0)
        return best

    def _try_around(self, groups: Sequence[Levels]) -> None:
        """Run the likeliest few of each group, near the danger limit and well within it: at once, as that fills the simulator."""
        slacks = (self.slack, -self.slack, -3 * self.slack)
        chosen = [self._worth_running(rows, AROUND, slack, over_budget=True) for slack in slacks for rows in groups]
        trials = np.concatenate([*chosen, self.nothing[:0]])
        if len(trials):
            self._value(trials)

    def _start(self) -> Levels | None:
        """Today's path where it keeps the floors, else the portfolio that keeps them and lacks least."""
        if self.space.affordable(self.nothing)[0]:
            return np.zeros(len(self.space.sizes), dtype=np.int64)
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

    def _affordable(self, picks: Levels) -> Levels:
        return picks[self.space.affordable(picks)]

    def _worth_running(
        self, picks: Levels, most: int = LOOKED_AT, slack: float | None = None, *, over_budget: bool = False
    ) -> Levels:
        """Affordable rows, the most promising first, no more than `most` or the budget still allows."""
        promise = self._promise(picks, self.slack if slack is None else slack)
        ranked = picks[np.argsort(-promise, kind="stable")]
        room = most if over_budget else min(most, self.budget - self.judge.spent)
        chosen: list[Levels] = []
        step = min(LOOKED_AT, BEYOND * max(room, 1))  # no more are asked about than it takes to find so many
        for first in range(0, len(ranked), step):
            if len(chosen) >= room:
                break
            chosen += list(self._affordable(ranked[first : first + step]))
        return np.array(chosen[: max(room, 0)], dtype=np.int64).reshape(-1, picks.shape[1])

    def _promise(self, picks: Levels, slack: float) -> Floats:
        """What an additive fit expects: those that should keep the danger limit first, by life-years."""
        fit, middle, spread = self._fit()
        years, short = (self._features(picks) @ fit + middle).T
        over = np.maximum(short - (self.danger.limit + slack), 0.0)
        return np.asarray(years - spread * np.where(over > 0, 1.0 + over, 0.0), dtype=np.float64)

    def _fit(self) -> tuple[Floats, Floats, float]:
        """Of what was run so far: what each level adds to life-years and to danger, their means, and how far life-years spread."""
        if self._fitted is None or self._fitted[0] != len(self.found):
            run = np.array(list(self.found.values()))
            scores, today = self.judge.scores(run), self.judge.scores(self.nothing)
            wanted = np.stack([scores.closing, self.danger.short(scores, today)], axis=1)
            middle, known = wanted.mean(axis=0), self._features(run)
            stiff = known.T @ known + STIFFNESS * np.eye(known.shape[1])
            fit = np.linalg.solve(stiff, known.T @ (wanted - middle))
            self._fitted = len(self.found), (fit, middle, float(np.ptp(scores.closing)) + 1.0)
        return self._fitted[1]

    def _features(self, picks: Levels) -> Floats:
        """One column an option and level, 1 where it is done at that level or higher, [N, columns]."""
        columns = [picks[:, a] >= level for a, size in enumerate(self.space.sizes) for level in range(1, size)]
        return np.stack(columns, axis=1).astype(np.float64) if columns else np.zeros((len(picks), 0))

    def _greedy(self, row: Levels, per_cost: bool) -> Levels:
        best = self._value(row[None, :])[0]
        while True:
            trials = one_changed(row, self.space.sizes)
            trials = self._worth_running(trials[(trials >= row).all(axis=1)])
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
        """Options added in a random order at random levels, each with an even chance, as long as the money lasts."""
        row = row.copy()
        for a in random.permutation(len(self.space.sizes)):
            trial = row.copy()
            trial[a] = random.integers(self.space.sizes[a])
            if random.random() < 0.5 and self.space.affordable(trial[None, :])[0]:
                row = trial
        return row


def two_changed(row: Levels, sizes: tuple[int, ...]) -> Levels:
    """Every row that differs in exactly two options: one dropped for another, or two that help only together."""
    trials = []
    for a, b in combinations(range(len(sizes)), 2):
        for one in range(sizes[a]):
            for two in range(sizes[b]):
                if one != row[a] and two != row[b]:
                    trial = row.copy()
                    trial[a], trial[b] = one, two
                    trials.append(trial)
    return np.array(trials, dtype=np.int64).reshape(-1, len(sizes))
