"""All portfolios that keep the rules, counted exactly where they are few enough.

Options whose modelled costs act on one another (pay × posts opened) form a *group*; what a portfolio adds is the sum
over its groups. So a cut's bound is a sum of one number a group, and a half-built portfolio can be dropped as soon as
no completion could satisfy the cut: an exact pruning, whatever the signs.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from longview.choose.costs import without_records
from longview.choose.floors import pays_living_wage, wages
from longview.choose.groups import group_of, holding, parts, pays_wages
from longview.choose.ledger import replay
from longview.choose.money import HALF_A_CENT, Budget, Cut, Extra
from longview.choose.options import Levels, Offer
from longview.program import Program

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

HALF_BUILT = 5  # half-built portfolios kept while counting, for each one asked for: nearly all can be completed
FEW = 1_000  # … and this many in any case
ASKED_MOST = 6_000  # linear programs solved while counting (about a millisecond each)


class Space:
    """The portfolios on offer with what each would cost.

    Attributes:
        held: ids of options that every portfolio must hold.
        asked: linear programs solved so far (for reports on speed).
    """

    def __init__(self, program: Program, offer: Offer, budget: Budget, held: Sequence[str] = ()) -> None:
        self.program, self.offer, self.budget, self.held, self.asked = program, offer, budget, tuple(held), 0
        slim = without_records(program)
        self.groups = tuple(holding(group_of(slim, offer, budget, part), self._held) for part in parts(slim, offer))
        self._cuts: list[Cut] = []
        self._bounds: list[list[Floats]] = []  # of each cut: a bound for each combination of each group
        self._known = np.zeros((0, len(self.groups)), dtype=np.int64)  # portfolios proven affordable, as combinations

    @property
    def _held(self) -> tuple[int, ...]:
        return tuple(self.offer.ids.index(name) for name in self.held)

    def extra(self, picks: Levels) -> Extra:
        """What one portfolio adds to today's path."""
        parts = [g.adds[g.find(picks[None, :])[0]] for g in self.groups]
        flat = np.sum(parts, axis=0) if parts else self.budget.nothing().flat
        return self.budget.layout.read(flat)

    def cost(self, picks: Levels) -> float:
        """Planned extra cost over the horizon, nominal; loans are not costs, their repayments are."""
        added = self.extra(picks)
        return float(added.saved.sum() + added.more.sum())

    def paid_to_the_cent(self, picks: Levels) -> bool:
        """Whether one portfolio's allocation, replayed in whole cents, keeps the reserve in every month."""
        added = self.extra(picks)
        return replay(self.budget, added, self.budget.ask(added)).kept

    def keeps_floors(self, picks: Levels) -> Bools:
        """Which rows keep the floors on pay, [N]."""
        good = np.full(len(picks), self.floors_can_hold)
        for group in self.groups:
            good &= group.keeps[group.find(picks)]
        return good

    @property
    def floors_can_hold(self) -> bool:
        """Whether the options on offer can keep the floor on pay at all, money apart."""
        movers = [g for g in self.groups if pays_wages(self.program, self.offer, g.axes)]
        return any(g.keeps.any() for g in movers) or (
            not movers and pays_living_wage(self.program, wages(self.program, ()))
        )

    def affordable(self, picks: Levels) -> Bools:
        """Which rows of level numbers [N, options] keep every rule: together, floors on pay, money. [N]."""
        good = self._usable(picks)
        where = np.flatnonzero(good)
        paid = self._paid(self._combinations(picks[where]))
        good[where] = False if paid is None else paid
        return good

    def enumerate(self, most: int) -> Levels | None:
        """Every portfolio that keeps the rules, [N, options]; None where more than `most` do (or too many to count)."""
        if not self.groups:
            return self._picks(np.zeros((int(self.floors_can_hold), 0), dtype=np.int64))
        self._first_cuts()
        if not self.floors_can_hold:
            return np.zeros((0, len(self.offer.axes)), dtype=np.int64)
        partial = np.zeros((1, 0), dtype=np.int64)
        cuts, groups = len(self._cuts), len(self.groups)
        least = np.array([[values.min() for values in bounds] for bounds in self._bounds]).reshape(cuts, groups)
        bound = np.array([[cut.level for cut in self._cuts]]) + least.sum(axis=1)  # whatever comes after, [N, cuts]
        for g, group in enumerate(self.groups):
            usable = np.flatnonzero(group.keeps)
            more = np.array([bounds[g][usable] for bounds in self._bounds]).reshape(cuts, len(usable)).T - least[:, g]
            bound = (bound[:, None, :] + more[None, :, :]).reshape(len(partial) * len(usable), cuts)
            partial = np.hstack([np.repeat(partial, len(usable), axis=0), np.tile(usable, len(partial))[:, None]])
            keep = (bound <= HALF_A_CENT).all(axis=1) & self._allowed_so_far(partial, g + 1)
            partial, bound = partial[keep], bound[keep]
            if len(partial) > HALF_BUILT * most + FEW:
                return None
        paid = self._paid(partial, most)
        return None if paid is None else self._picks(partial[paid])

    def cheapest(self) -> tuple[Levels, Decimal] | None:
        """Of the portfolios that keep the floors, one that lacks least, and how much; None if none keeps them.

        Tries every way to keep the floors, with what it requires; then, as long as that lessens what is lacking, one
        option more (a loan, say).
        """
        if not self.floors_can_hold:
            return None
        started = [self.with_required(row) for row in self.floor_rows()]
        started = [row for row in started if self._usable(row[None, :])[0]]
        if not started:
            return None
        best = min(started, key=self._lacking)
        while self._lacking(best) > HALF_A_CENT:
            trials = [t for t in one_changed(best, self.sizes) if self._usable(t[None, :])[0]]
            other = min(trials, key=self._lacking, default=best)
            if self._lacking(other) >= self._lacking(best) - HALF_A_CENT:
                break
            best = other
        return best, Decimal(round(self._lacking(best)))

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many levels each option has, 0 included."""
        return tuple(len(axis.levels) for axis in self.offer.axes)

    def floor_rows(self) -> list[Levels]:
        """Every way to move pay alone that keeps the floor on it."""
        rows = [np.zeros(len(self.offer.axes), dtype=np.int64)]
        for group in self.groups:
            if not group.keeps.all():
                rows = [_put(row, group.axes, group.rows[c]) for row in rows for c in np.flatnonzero(group.keeps)]
        return rows

    def with_required(self, row: Levels) -> Levels:
        """A row with whatever its options require, at their lowest level."""
        row = row.copy()
        while True:
            needed = [b for a, b, together in self.offer.rules if together and row[a] and not row[b]]
            if not needed:
                return row
            row[needed] = 1

    def one_more(self, row: Levels) -> Levels:
        """Every row that does one option more than this one, or does it at another level, [N, options]."""
        trials = one_changed(row, self.sizes)
        more: Levels = np.compress(((trials > 0) >= (row > 0)).all(axis=1), trials, axis=0)
        return more

    @staticmethod
    def put(row: Levels, axes: Sequence[int], levels: Levels | int) -> Levels:
        """A row with some options at other levels."""
        return _put(row, axes, levels)

    def _usable(self, picks: Levels) -> Bools:
        return self.offer.allowed(picks) & self.keeps_floors(picks)

    def _lacking(self, picks: Levels) -> float:
        return self._ask(self._combinations(picks[None, :])[0])

    def _combinations(self, picks: Levels) -> NDArray[np.int64]:
        columns = [g.find(picks) for g in self.groups]
        return np.stack(columns, axis=1) if columns else np.zeros((len(picks), 0), dtype=np.int64)

    def _picks(self, rows: NDArray[np.int64]) -> Levels:
        picks = np.zeros((len(rows), len(self.offer.axes)), dtype=np.int64)
        for g, group in enumerate(self.groups):
            picks[:, group.axes] = group.rows[rows[:, g]]
        return picks

    def _flat(self, row: NDArray[np.int64]) -> Floats:
        parts = [group.adds[c] for group, c in zip(self.groups, row, strict=True)]
        return np.sum(parts, axis=0) if parts else self.budget.nothing().flat

    def _ask(self, row: NDArray[np.int64]) -> float:
        """The shortfall of one portfolio; what is learnt from it is kept as a cut or as a known yes."""
        self.asked += 1
        answer = self.budget.ask(self.budget.layout.read(self._flat(row)))
        if answer.shortfall > HALF_A_CENT:
            self._cuts.append(answer.cut)
            self._bounds.append([group.adds @ answer.cut.slope for group in self.groups])
        else:
            if not self._under(row[None, :], self._known)[0]:
                beyond = ~self._under(self._known, row[None, :])
                self._known = np.concatenate([self._known[beyond], row[None, :]])
        return answer.shortfall

    def _paid(self, rows: NDArray[np.int64], most: int | None = None) -> Bools | None:
        """Which combinations are affordable; None as soon as more than `most` are (only where `most` is given)."""
        yes, no = self._under(rows, self._known), self._ruled_out(rows, 0)
        order = np.argsort(-self._totals(rows), kind="stable")
        for i in order:
            if yes[i] or no[i]:
                continue
            if most is not None and (yes.sum() > most or self.asked > ASKED_MOST):
                return None
            cuts = len(self._cuts)
            if self._ask(rows[i]) <= HALF_A_CENT:
                yes |= self._under(rows, rows[i : i + 1])
                yes[i] = True
            else:
                no |= self._ruled_out(rows, cuts)
                no[i] = True
        return None if most is not None and yes.sum() > most else yes

    def _totals(self, rows: NDArray[np.int64]) -> Floats:
        total = np.zeros(len(rows))
        for g, group in enumerate(self.groups):
            total += group.adds.sum(axis=1)[rows[:, g]]
        return total

    def _under(self, rows: NDArray[np.int64], known: NDArray[np.int64]) -> Bools:
        """Which combinations certainly need no more than one of those known to be affordable, [N]."""
        under = np.ones((len(rows), len(known)), dtype=bool)
        for g, group in enumerate(self.groups):
            under &= group.under[rows[:, g][:, None], known[:, g][None, :]]
        return np.asarray(under.any(axis=1))

    def _ruled_out(self, rows: NDArray[np.int64], since: int) -> Bools:
        out = np.zeros(len(rows), dtype=bool)
        for cut, bounds in zip(self._cuts[since:], self._bounds[since:], strict=True):
            bound = np.full(len(rows), cut.level)
            for g, values in enumerate(bounds):
                bound += values[rows[:, g]]
            out |= bound > HALF_A_CENT
        return out

    def _allowed_so_far(self, partial: NDArray[np.int64], groups: int) -> Bools:
        placed = {a for group in self.groups[:groups] for a in group.axes}
        picks = np.zeros((len(partial), len(self.offer.axes)), dtype=np.int64)
        for g, group in enumerate(self.groups[:groups]):
            picks[:, group.axes] = group.rows[partial[:, g]]
        good = np.ones(len(partial), dtype=bool)
        for a, b, together in self.offer.rules:
            if {a, b} <= placed:
                good &= (picks[:, a] == 0) | ((picks[:, b] > 0) == together)
        return good

    def _first_cuts(self) -> None:
        """Cuts to prune with: everything at once at its dearest, then one group less, until the money reaches."""
        costs = [group.adds.sum(axis=1) for group in self.groups]
        row = np.array([int(np.argmax(cost)) for cost in costs])
        for g in np.argsort([-cost.max() for cost in costs], kind="stable"):
            if self._ask(row) <= HALF_A_CENT:
                return
            row = row.copy()
            row[g] = 0


def one_changed(row: Levels, sizes: Sequence[int]) -> Levels:
    """Every row of level numbers that differs from this one in one option, [N, options]."""
    trials = [_put(row, (a,), level) for a, size in enumerate(sizes) for level in range(size) if level != row[a]]
    return np.array(trials, dtype=np.int64).reshape(-1, len(sizes))


def _put(row: Levels, axes: Sequence[int], levels: Levels | int) -> Levels:
    changed = row.copy()
    changed[list(axes)] = levels
    return changed
