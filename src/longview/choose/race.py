"""Finalists on more futures: which is best, which are safe, and which can't be told from the best."""

from __future__ import annotations

from typing import cast

import numpy as np

from longview.choose.feasible import Space, one_changed
from longview.choose.judge import Danger, Floats, Judge
from longview.choose.options import Levels
from longview.choose.search import two_changed

SLACK, RACE_SLACK = 0.04, 0.03  # room for noise in how often free cash runs short: a standard error on few futures
FINALISTS, FINALISTS_EACH = 16, 2
FORCED = 8  # plans raced to find one with, or without, an option that no finalist differs in


class Race:
    """Finalists on more futures: which of them is best, overall and with one option forced in or out."""

    def __init__(self, space: Space, screen: Judge, judge: Judge, danger: Danger) -> None:
        self.space, self.screen, self.judge, self.danger = space, screen, judge, danger
        self.nothing = np.zeros((1, len(space.offer.axes)), dtype=np.int64)

    def finalists(self, rows: Levels, overall: int = FINALISTS, each: int = FINALISTS_EACH) -> Levels:
        """The best few overall, and with each option in and out, raced; best first, without those too dangerous."""
        scores, today = self.screen.scores(rows), self.screen.scores(self.nothing)
        chosen = []
        for slack in (-SLACK, 0.0, SLACK):  # those near the limit are raced too, without crowding out the safer
            value = np.where(self.danger.acceptable(scores, today, slack), scores.closing, -np.inf)
            chosen.append(_top(value, overall))
            for a in range(rows.shape[1]):
                for done in (True, False):
                    chosen.append(_top(np.where((rows[:, a] > 0) == done, value, -np.inf), each))
        chosen.append(np.flatnonzero(~rows.any(axis=1)))  # keeping the money is always among them
        keep = np.unique(np.concatenate(chosen))
        raced = rows[keep]
        results = self.judge.scores(raced)
        good = self.danger.acceptable(results, self.judge.scores(self.nothing), RACE_SLACK)
        order = np.argsort(-results.closing, kind="stable")
        best: Levels = np.take(raced, order[good[order]], axis=0)
        return best

    def forced(self, rows: Levels, pick: Levels, axis: int) -> Levels | None:
        """The best safe plan that differs from the pick in whether it holds an option, where no finalist does.

        Tried are those that were run already and the pick's own neighbours, the least dangerous among them too.
        """
        near = np.concatenate([one_changed(pick, self.space.sizes), two_changed(pick, self.space.sizes)])
        near = near[(near[:, axis] > 0) != (pick[axis] > 0)]
        near = near[self.space.affordable(near)]
        away = near[np.argsort(np.abs(near - pick).sum(axis=1), kind="stable")[:FORCED]]
        known = rows[(rows[:, axis] > 0) != (pick[axis] > 0)]
        tried = np.unique(np.concatenate([away, known]), axis=0)
        if not len(tried):
            return None
        scores, today = self.screen.scores(tried), self.screen.scores(self.nothing)
        value = np.where(self.danger.acceptable(scores, today, SLACK), scores.closing, -np.inf)
        calm = -self.danger.short(scores, today)
        raced = tried[np.unique(np.concatenate([_top(value, FORCED), _top(calm, FINALISTS_EACH)]))]
        results = self.judge.scores(raced)
        good = self.danger.acceptable(results, self.judge.scores(self.nothing))
        best = int(np.argmax(np.where(good, results.closing, -np.inf)))
        return cast(Levels, raced[best]) if good[best] else None

    def thrifty(self, finalists: Levels) -> Levels:
        """The same, but the cheapest of those that can't be told from the best comes first: no option without a gain.

        Told apart are two whose mean difference is more than its standard error over the race's futures.
        """
        if not len(finalists):
            return finalists
        gap, error = self.judge.behind(finalists[0], finalists)
        cost = np.array([self.space.cost(row) for row in finalists])
        level = np.flatnonzero(gap <= error)
        order = [*level[np.argsort(cost[level], kind="stable")], *np.flatnonzero(gap > error)]
        thrifty: Levels = np.take(finalists, order, axis=0)
        return thrifty

    def safe(self, finalists: Levels) -> Levels:
        """Finalists that keep the limits as far as the race can tell, in their order."""
        good = self.danger.acceptable(self.judge.scores(finalists), self.judge.scores(self.nothing))
        best: Levels = np.compress(good, finalists, axis=0)
        return best

    def best_open(self, finalists: Levels) -> Levels:
        """The finalists if closing is left out of account, best first."""
        safe = self.safe(finalists)
        first = safe[:FINALISTS] if len(safe) else finalists[:FINALISTS]
        best: Levels = first[np.argsort(-self.judge.open_years(first), kind="stable")]
        return best


def _top(value: Floats, n: int) -> np.ndarray:
    order = np.argsort(-value, kind="stable")[:n]
    return order[np.isfinite(value[order])]
