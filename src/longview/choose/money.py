"""Whether a portfolio can be paid for: an exact test on planned money, month by month, with every fund's strings.

A linear program shares each month's bills out among the funds that may pay them and free cash. It looks for the least
*shortfall* σ: how far free cash would have to fall below the reserve in its worst month. A portfolio is affordable if
σ = 0. No variable exists for a charge that a fund's strings forbid, so a supplies grant cannot pay a roof.

What a portfolio adds stands only on the right-hand side, so σ is convex in it: each answer leaves a *cut*, a proof for
every other portfolio that the cut rules out (decision 103).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from longview.choose.costs import Classes, Line, classes, extra, today_lines, without_records
from longview.choose.strings import YEAR, Assumptions, Pot, free_income, lag_shares, pots
from longview.program import Program
from longview.results import Choice

Floats = NDArray[np.float64]
HALF_A_CENT = 0.005
LATER = 1e-3  # among reliefs of one size, the latest: money that today's path lacks in 2027 is not there in 2024


@dataclass(frozen=True, slots=True)
class Extra:
    """What choices add to today's path, nominal.

    Attributes:
        saved: what no longer falls due of today's bills, by class, never above zero, [K, T].
        more: what falls due on top, by class, never below zero, [K, T].
        cash: free cash lent or given to us, [T].
    """

    saved: Floats
    more: Floats
    cash: Floats

    @property
    def flat(self) -> Floats:
        """All of it as one row, [2·K·T + T]."""
        return np.concatenate([self.saved.ravel(), self.more.ravel(), self.cash])

    @classmethod
    def of(cls, flat: Floats, classes: int) -> Extra:
        """The same from one row."""
        months = len(flat) // (2 * classes + 1)
        saved, more = flat[:-months].reshape(2, classes, months)
        return cls(saved, more, flat[-months:])


@dataclass(frozen=True, slots=True)
class Cut:
    """A proof: the shortfall of a portfolio that adds d (`Extra.flat`) is at least `level + slope · d`."""

    level: float
    slope: Floats


@dataclass(frozen=True, slots=True)
class Answer:
    """Of one portfolio: the least shortfall, the cut that proves it, and the shares found.

    Attributes:
        today, extra: charged to each pot's fund for today's lines and for what is added, by (class, fund, month).
    """

    shortfall: float
    cut: Cut
    today: dict[tuple[int, int, int], float]
    extra: dict[tuple[int, int, int], float]


class Budget:
    """A program's planned money over `months` months.

    Attributes:
        kinds: the classes of bills.
        base: today's bills by class, [K, T]; reserve: free cash to keep.
        relief: what today's path lacks by itself, by month (rationing or new money must find it; no option may count on
            it), [T]. Zero where today's path can be paid for.
    """

    def __init__(self, program: Program, months: int, given: Assumptions) -> None:
        program = without_records(program)
        self.program, self.months, self.given = program, months, given
        self.kinds: Classes = classes(program)
        self.base: Floats = self.kinds.table(today_lines(program, months, given), months)
        self.pots: tuple[Pot, ...] = pots(program, months, given)
        self.income: Floats = free_income(program, months, given)
        quarter_of_a_month = float(self.base[:, 0].sum()) / 4
        self.reserve: float = quarter_of_a_month if program.reserve is None else float(program.reserve)
        self.relief: Floats = np.zeros(months)
        self.relief = Allocation(self, with_relief=True).find_relief()
        self._allocation = Allocation(self)

    def extra(self, choices: Sequence[Choice], *, modelled: bool = True) -> Extra:
        """What choices add to today's path, taken together."""
        bills, cash = extra(self.program, choices, self.months, self.given, self.kinds, modelled=modelled)
        return Extra(np.minimum(bills, 0.0), np.maximum(bills, 0.0), cash)

    def nothing(self) -> Extra:
        """Today's path itself."""
        return Extra(np.zeros_like(self.base), np.zeros_like(self.base), np.zeros(self.months))

    def ask(self, added: Extra) -> Answer:
        """The least shortfall of a portfolio that adds this."""
        return self._allocation.solve(added)

    def affordable(self, added: Extra) -> bool:
        """Whether a portfolio that adds this keeps the reserve in every month, every string kept."""
        return self.ask(added).shortfall <= HALF_A_CENT

    @property
    def lacks(self) -> Decimal:
        """What today's path lacks by itself over the whole horizon, in whole money."""
        return Decimal(round(float(self.relief.sum())))


class Allocation:
    """The linear program itself, kept warm: from one portfolio to the next only right-hand sides change."""

    def __init__(self, budget: Budget, *, with_relief: bool = False) -> None:
        self.b, self.with_relief = budget, with_relief
        self.lower: list[float] = []  # of the columns
        self.cost: list[float] = []
        self.rows: list[tuple[float, float]] = []
        self.cells: list[tuple[int, int, float]] = []
        self._columns()
        self._demand_rows()
        self._pot_rows()
        self._cash_rows()
        self.solver = self._solver()

    def _column(self, cost: float = 0.0, lower: float = 0.0) -> int:
        self.cost.append(cost)
        self.lower.append(lower)
        return len(self.cost) - 1

    def _row(self, lower: float, upper: float) -> int:
        self.rows.append((lower, upper))
        return len(self.rows) - 1

    def _columns(self) -> None:
        b = self.b
        self.sure = {(p.fund, t): p.sure[t - p.first] for p in b.pots for t in range(p.first, p.last + 1)}
        places = [
            (k, n, t)
            for k, funds in enumerate(b.kinds.funds)
            for n in funds
            for t in range(b.months)
            if self.sure.get((n, t), 0.0) > 0
        ]
        self.today = {place: self._column() for place in places}
        self.extra = {} if self.with_relief else {place: self._column() for place in places}
        self.left = {(p.fund, t): self._column() for p in b.pots for t in range(p.first, p.last + 1)}
        self.free = [self._column(lower=-highspy.kHighsInf) for _ in range(b.months)]
        weight = 1.0 + LATER * np.arange(b.months, 0, -1)
        self.relief = [self._column(weight[t]) for t in range(b.months)] if self.with_relief else []
        self.short = self._column(0.0 if self.with_relief else 1.0)

    def _demand_rows(self) -> None:
        """No more is charged than falls due: today's lines and what is added, each class and month."""
        b, inf = self.b, highspy.kHighsInf
        shape = b.base.shape
        self.due_today = {kt: self._row(-inf, float(b.base[kt])) for kt in np.ndindex(shape)}
        self.due_extra = {kt: self._row(-inf, 0.0) for kt in np.ndindex(shape)}
        self.cells += [(self.due_today[k, t], c, 1.0) for (k, _, t), c in self.today.items()]
        self.cells += [(self.due_extra[k, t], c, 1.0) for (k, _, t), c in self.extra.items()]

    def _pot_rows(self) -> None:
        """What is left of a pot: what was left, plus what arrives, less what is charged with its overhead."""
        rows: dict[tuple[int, int], int] = {}
        for pot in self.b.pots:
            for t in range(pot.first, pot.last + 1):
                arrives = float(pot.sure[t - pot.first] * pot.inflow[t - pot.first])
                row = rows[pot.fund, t] = self._row(arrives, arrives)
                self.cells.append((row, self.left[pot.fund, t], 1.0))
                if t > pot.first:
                    self.cells.append((row, self.left[pot.fund, t - 1], -1.0))
        over = [1.0 + fund.overhead for fund in self.b.program.funds]
        self.cells += [(rows[n, t], c, over[n] * self.sure[n, t]) for (_, n, t), c in self.today.items()]
        self.cells += [(rows[n, t], c, over[n]) for (_, n, t), c in self.extra.items()]

    def _cash_rows(self) -> None:
        """Free cash: what was there, plus what comes in, less every bill, plus what funds pay now or pay back."""
        b, inf = self.b, highspy.kHighsInf
        income = b.income + b.relief - b.base.sum(axis=0)
        income[0] += float(b.program.free_cash)
        self.cash = [self._row(float(income[t]), float(income[t])) for t in range(b.months)]
        for t, column in enumerate(self.free):
            self.cells.append((self.cash[t], column, 1.0))
            if t:
                self.cells.append((self.cash[t], self.free[t - 1], -1.0))
            keep = self._row(b.reserve, inf)
            self.cells += [(keep, column, 1.0), (keep, self.short, 1.0)]
        self.cells += [(self.cash[t], column, -1.0) for t, column in enumerate(self.relief)]
        for columns, counts_overhead in ((self.today, True), (self.extra, False)):
            for (_, n, t), column in columns.items():
                self._paid_back(n, t, column, counts_overhead)

    def _paid_back(self, n: int, t: int, column: int, counts_overhead: bool) -> None:
        """What a charge brings to free cash; overhead recovered on new lines is left out (so that σ is monotone)."""
        fund = self.b.program.funds[n]
        worth = 1.0 + fund.overhead if counts_overhead else 1.0
        if fund.pays == "advance":
            self.cells.append((self.cash[t], column, -worth))
            return
        for month, share in lag_shares(fund, self.b.program, t):
            if month < self.b.months:
                self.cells.append((self.cash[month], column, -worth * (1.0 - fund.fee) * share))

    def _solver(self) -> Any:  # highspy's stubs lack some of its methods
        solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.cost), len(self.rows)
        model.col_cost_ = np.array(self.cost)
        model.col_lower_ = np.array(self.lower)
        upper = np.full(len(self.cost), highspy.kHighsInf)
        upper[self.short] = 0.0 if self.with_relief else highspy.kHighsInf
        model.col_upper_ = upper
        model.row_lower_ = np.array([low for low, _ in self.rows])
        model.row_upper_ = np.array([high for _, high in self.rows])
        ordered = sorted(self.cells)
        counts = np.bincount([row for row, _, _ in ordered], minlength=len(self.rows))
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
        model.a_matrix_.index_ = np.array([column for _, column, _ in ordered], dtype=np.int32)
        model.a_matrix_.value_ = np.array([value for _, _, value in ordered])
        solver.passModel(model)
        return solver

    def _run(self) -> tuple[Floats, Floats]:
        self.solver.run()
        if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"the allocation did not solve: {self.solver.getModelStatus()}")
        solution = self.solver.getSolution()
        return np.array(solution.col_value), np.array(solution.row_dual)

    def find_relief(self) -> Floats:
        """The least money, as late as may be, with which today's path keeps the reserve and ends no year poorer."""
        b = self.b
        start = float(b.program.free_cash)
        for t in range(YEAR - 1, b.months, YEAR):
            self.solver.addRow(start, highspy.kHighsInf, 1, np.array([self.free[t]]), np.array([1.0]))
        values, _ = self._run()
        relief = np.maximum(values[self.relief], 0.0)
        return np.where(relief > HALF_A_CENT, relief, 0.0)

    def solve(self, added: Extra) -> Answer:
        """The least shortfall when this is added."""
        b = self.b
        cells = b.base.size
        income = b.income + b.relief - (b.base + added.saved + added.more).sum(axis=0) + added.cash
        income[0] += float(b.program.free_cash)
        due_today = np.fromiter(self.due_today.values(), dtype=np.int32, count=cells)
        due_extra = np.fromiter(self.due_extra.values(), dtype=np.int32, count=cells)
        cash = np.array(self.cash, dtype=np.int32)
        rows = np.concatenate([due_today, due_extra, cash])
        upper = np.concatenate([np.maximum(b.base + added.saved, 0.0).ravel(), added.more.ravel(), income])
        lower = np.concatenate([np.full(2 * cells, -highspy.kHighsInf), income])
        self.solver.changeRowsBounds(len(rows), rows, lower, upper)
        values, dual = self._run()
        shortfall = float(values[self.short])
        by_cash = np.broadcast_to(dual[cash], b.base.shape).ravel()
        slope = np.concatenate([dual[due_today] - by_cash, dual[due_extra] - by_cash, dual[cash]])
        return Answer(
            shortfall,
            Cut(shortfall - float(slope @ added.flat), slope),
            {place: float(values[c]) for place, c in self.today.items() if values[c] > HALF_A_CENT},
            {place: float(values[c]) for place, c in self.extra.items() if values[c] > HALF_A_CENT},
        )


__all__ = ["HALF_A_CENT", "Allocation", "Answer", "Budget", "Cut", "Extra", "Line"]
