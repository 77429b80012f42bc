"""Sharing bills out as a bookkeeper would: no money lapses that could pay a bill, and each fund evenly over its term."""

from __future__ import annotations

import highspy
import numpy as np

from longview.choose.added import Answer, Extra
from longview.choose.allocation import Allocation, Floats
from longview.choose.strings import share_ahead, term_length, terms

SOONER = 0.5  # worth of using a fund's money in the first month, not the last: too little to front-load a term
ROUNDING = 1e-4  # of money: what one solution may lack of another's and still count as equal


class Evenly(Allocation):
    """The same linear program, with how far each fund's months lie from one another."""

    def settle(self, added: Extra) -> Answer:
        """The same shortfall, shared out as a bookkeeper would: no money lapses that could pay a bill, each fund evenly.

        The least shortfall leaves it open which fund pays what. Of all ways to share the bills out, this takes those that
        put most of the funds' expected money to use; and of these one in which each fund's months differ least (the sum
        of their distances from the term's own level), what could wait for ever being used first. Decision 403.
        """
        self.solver.clearSolver()  # where several ways are equally good, the one taken hangs on no earlier question
        answer = self.solve(added)
        used, even = np.zeros(len(self.cost)), np.zeros(len(self.cost))
        for columns, old in ((self.today, True), (self.extra, False)):
            for (k, n, t), column in columns.items():
                weight = self.b.weight(n, self.sure[n, t]) if old else 1.0
                worth = weight * self.b.kinds.over[k, n]
                used[column] = 0.0 if (n, t) in self.unfinished else -worth
                even[column] = -worth * SOONER * (self.b.months - t) / self.b.months
        even[self.uneven] = 1.0
        self.solver.changeColBounds(self.short, 0.0, answer.shortfall + ROUNDING)
        most = float(used @ self._minimised(used))
        cells = np.flatnonzero(used).astype(np.int32)
        self.solver.addRow(-highspy.kHighsInf, most + ROUNDING, len(cells), cells, used[cells])
        values = self._minimised(even)
        self.solver.deleteRows(1, np.array([len(self.rows)], dtype=np.int32))
        self.solver.changeColBounds(self.short, 0.0, highspy.kHighsInf)
        self._cost_is(np.array(self.cost))
        return Answer(answer.shortfall, answer.cut, *self._shares(values))

    def _minimised(self, cost: Floats) -> Floats:
        self._cost_is(cost)
        return self._run()[0]

    def _cost_is(self, cost: Floats) -> None:
        self.solver.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost)

    def _further_rows(self) -> None:
        """How far a fund's charges of a month lie from its term's level; of a term that outlasts the plan, its share alone."""
        self.uneven: list[int] = []
        self.unfinished: set[tuple[int, int]] = set()  # fund and month of such terms
        for n, charges in self.places.items():
            for first, last in terms(self.b.program, self.b.program.funds[n], self.b.months):
                level, months = self._column(), range(first, last + 1)
                fair = self._fair_share(n, first, last)
                if fair is not None:
                    self.most[level] = fair
                    self.unfinished |= {(n, t) for t in months}
                for t in months:
                    inside = [(column, self.b.kinds.over[k, n]) for column, (k, _, u) in charges if u == t]
                    if inside:
                        row, above, below = self._row(0.0, 0.0), self._column(), self._column()
                        self.cells += [(row, column, over) for column, over in inside]
                        self.cells += [(row, level, -1.0), (row, above, -1.0), (row, below, 1.0)]
                        self.uneven += [above, below]

    def _fair_share(self, n: int, first: int, last: int) -> float | None:
        """A month's even share of the award of a term that goes on after the plan's last month; None where it ends before."""
        fund = self.b.program.funds[n]
        age, length = self.b.program.starts.since(fund.first), term_length(fund)
        if last < self.b.months - 1 or (last + 1 + age) % length == 0:
            return None
        whole = float(fund.amount) * (1.0 - fund.fee if fund.pays == "advance" else 1.0)
        if first == 0 and age > 0:
            return whole * share_ahead(self.b.program, fund) / (length - age % length)
        return whole / length


__all__ = ["Evenly"]
