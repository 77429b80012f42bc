"""The linear program by which bills are shared out: who pays which bill, month by month, with every string kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import highspy
import numpy as np
from numpy.typing import NDArray

from longview.choose.added import Answer, Cut, Extra
from longview.choose.strings import YEAR, lag_shares, match_groups, share_ahead, terms

if TYPE_CHECKING:
    from longview.choose.money import Budget

Floats = NDArray[np.float64]
Place = tuple[int, int, int]
HALF_A_CENT = 0.005
LATER = 1e-3  # among reliefs of one size, the latest: money that today's path lacks in 2027 is not there in 2024


class Allocation:
    """The linear program itself, kept warm: from one portfolio to the next only right-hand sides change."""

    def __init__(self, budget: Budget, *, with_relief: bool = False) -> None:
        self.b, self.with_relief = budget, with_relief
        self.lower: list[float] = []  # of the columns
        self.cost: list[float] = []
        self.rows: list[tuple[float, float]] = []
        self.cells: list[tuple[int, int, float]] = []
        self.pot_row: dict[tuple[int, int], int] = {}
        self.room_row: dict[tuple[int, int], int] = {}
        self.credit_row: dict[tuple[int, int], int] = {}
        self.matched: dict[Place, int] = {}
        self.most: dict[int, float] = {}  # of columns that are bounded above
        self._columns()
        self._demand_rows()
        self._pot_rows()
        self._rest_rows()
        self._room_rows()
        self._match_rows()
        self._line_rows()
        self._cash_rows()
        self._further_rows()
        self._cash_index = self._index(self.cash)
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
        self.places: dict[int, list[tuple[int, Place]]] = {}  # of each fund: its charges, old and new
        for columns in (self.today, self.extra):
            for place, column in columns.items():
                self.places.setdefault(place[1], []).append((column, place))
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
        """What is left of a pot: what was left, plus what arrives, less what is charged with its overhead.

        Money that must be asked for pays today's lines too at its chance alone: a wish frees no other money.
        """
        b, rows = self.b, self.pot_row
        for pot in b.pots:
            for t in range(pot.first, pot.last + 1):
                arrives = 0.0 if b.program.funds[pot.fund].asked_by else float(b.arrives[pot.fund][t])
                row = rows[pot.fund, t] = self._row(arrives, arrives)
                self.cells.append((row, self.left[pot.fund, t], 1.0))
                if t > pot.first:
                    self.cells.append((row, self.left[pot.fund, t - 1], -1.0))
        over = b.kinds.over
        self.cells += [
            (rows[n, t], c, over[k, n] * b.weight(n, self.sure[n, t])) for (k, n, t), c in self.today.items()
        ]
        self.cells += [(rows[n, t], c, over[k, n]) for (k, n, t), c in self.extra.items()]

    def _rest_rows(self) -> None:
        """No more is charged to a pot than would be there if it were won at every term: money kept is worth itself.

        By its chance alone, what is kept for a term that comes half the time would pay twice its sum of that term's bills.
        """
        b = self.b
        for pot in b.pots:
            if b.program.funds[pot.fund].asked_by or len({s for s in pot.sure if s > 0}) < 2:
                continue
            charges: dict[int, list[tuple[int, float]]] = {}
            for column, (k, n, t) in self.places.get(pot.fund, []):
                charges.setdefault(t, []).append((column, b.kinds.over[k, n]))
            before = None
            for t, money in enumerate(pot.inflow, start=pot.first):
                row, rest = self._row(money, money), self._column()
                self.cells += [(row, rest, 1.0), *((row, column, over) for column, over in charges.get(t, []))]
                if before is not None:
                    self.cells.append((row, before, -1.0))
                before = rest

    def _room_rows(self) -> None:
        """Nothing is charged to a declined fund from its decline on: until then its room is more than it can hold."""
        for n in self.b.declined:
            for t in range(self.b.months):
                inside = [(column, place) for column, place in self.places.get(n, []) if place[2] == t]
                if inside:
                    row = self.room_row[n, t] = self._row(-highspy.kHighsInf, float(self.b.holds[n][t]))
                    self.cells += [(row, column, self.b.kinds.over[place[0], n]) for column, place in inside]

    def _match_rows(self) -> None:
        """What is charged, times match, stays within what stands beside it: each unit of that counts once."""
        b, groups = self.b, match_groups(self.b.program)
        if not groups:
            return
        matching = [(i, pot) for i, pot in enumerate(b.pots) if b.program.funds[pot.fund].match > 0]
        for g in range(len(groups)):
            for t in range(b.months):
                row = self.credit_row[g, t] = self._row(
                    -highspy.kHighsInf, float(b.credit(b.base)[t]) if g == 0 else 0.0
                )
                for (_, n, u), column in self.today.items():
                    sign = groups.sign(g, n)
                    if u == t and sign:
                        self.cells.append((row, column, float(sign)))
        for i, pot in matching:
            fund = b.program.funds[pot.fund]
            row = self._row(-highspy.kHighsInf, 0.0)
            for column, (k, n, t) in self.places.get(pot.fund, []):
                if pot.first <= t <= pot.last:
                    self.cells.append((row, column, fund.match * b.kinds.over[k, n]))
            for g in groups.beside(fund):
                for t in range(pot.first, pot.last + 1):
                    column = self.matched[i, g, t] = self._column()
                    self.cells += [(row, column, -1.0), (self.credit_row[g, t], column, 1.0)]

    def _line_rows(self) -> None:
        """Within a term, what is charged beyond the lines of a budget stays, in all, within the limit on transfers."""
        b, inf = self.b, highspy.kHighsInf
        for n, lines in b.bound.items():
            fund = b.program.funds[n]
            for first, last in terms(b.program, fund, b.months):
                share = share_ahead(b.program, fund) if first == 0 else 1.0
                moved = self._row(-inf, float(fund.transfer_limit or 0.0) * float(fund.amount) * share)
                rows: dict[str | None, int] = {}
                for column, (k, _, t) in self.places.get(n, []):
                    line = b.kinds.lines[k, n]
                    if not first <= t <= last:
                        continue
                    if line not in rows:
                        rows[line] = self._row(-inf, 0.0 if line is None else lines[line] * share)
                        beyond = self._column()
                        self.cells += [(rows[line], beyond, -1.0), (moved, beyond, 1.0)]
                    self.cells.append((rows[line], column, 1.0))

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
            for (k, n, t), column in columns.items():
                self._paid_back(n, t, column, b.kinds.over[k, n] if counts_overhead else 1.0)

    def _paid_back(self, n: int, t: int, column: int, worth: float) -> None:
        """What a charge brings to free cash; overhead recovered on new lines is left out (so that σ is monotone)."""
        fund = self.b.program.funds[n]
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
        for column, most in self.most.items():
            upper[column] = most
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
        b, parts = self.b, self._bounds(added)
        rows = np.concatenate([row for row, _, _ in parts])
        lower, upper = (np.concatenate([part[side] for part in parts]) for side in (1, 2))
        self.solver.changeRowsBounds(len(rows), rows, lower, upper)
        values, dual = self._run()
        by_cash = dual[self._cash_index]
        saved = self._duals(dual, self.due_today.values(), b.base.shape) - by_cash
        if self.credit_row:
            saved = saved + np.array([dual[self.credit_row[0, t]] for t in range(b.months)])
        more = self._duals(dual, self.due_extra.values(), b.base.shape) - by_cash
        come, room = (self._by_fund(dual, rows, funds) for rows, funds in self._moving)
        slope = Extra(saved, more, by_cash, come, room).flat
        shortfall = float(values[self.short])
        return Answer(shortfall, Cut(shortfall - float(slope @ added.flat), slope), *self._shares(values))

    def _further_rows(self) -> None:
        """What else is held to (`settling.Evenly`)."""

    def _shares(self, values: Floats) -> tuple[dict[Place, float], ...]:
        """Who pays what, of today's lines and of what is added, and what stands beside funds that ask for match."""
        return tuple(
            {place: float(values[c]) for place, c in columns.items() if values[c] > HALF_A_CENT}
            for columns in (self.today, self.extra, self.matched)
        )

    def _bounds(self, added: Extra) -> list[tuple[NDArray[np.int32], Floats, Floats]]:
        """Rows whose right-hand sides a portfolio moves, with their new lower and upper bounds."""
        b, inf = self.b, highspy.kHighsInf
        income = b.income + b.relief - (b.base + added.saved + added.more).sum(axis=0) + added.cash
        income[0] += float(b.program.free_cash)
        due = np.maximum(b.base + added.saved, 0.0)
        none = np.full(due.size, -inf)
        parts = [
            (self._index(self.due_today.values()), none, due.ravel()),
            (self._index(self.due_extra.values()), none, added.more.ravel()),
            (self._cash_index, income, income),
        ]
        if self.credit_row:
            parts.append(
                (self._index([self.credit_row[0, t] for t in range(b.months)]), none[: b.months], b.credit(due))
            )
        for i, n in enumerate(b.moving):
            months = [t for t in range(b.months) if (n, t) in self.pot_row]
            own = 0.0 if b.program.funds[n].asked_by else b.arrives[n]
            come = (own + added.come[i])[months]
            parts.append((self._index([self.pot_row[n, t] for t in months]), come, come))
        for i, n in enumerate(b.declined):
            months = [t for t in range(b.months) if (n, t) in self.room_row]
            room = (b.holds[n] + added.room[i])[months]
            parts.append((self._index([self.room_row[n, t] for t in months]), none[: len(months)], room))
        return parts

    @property
    def _moving(self) -> tuple[tuple[Mapping[tuple[int, int], int], tuple[int, ...]], ...]:
        return (self.pot_row, self.b.moving), (self.room_row, self.b.declined)

    def _by_fund(self, dual: Floats, rows: Mapping[tuple[int, int], int], funds: tuple[int, ...]) -> Floats:
        """Duals of rows by fund and month, 0 where there is no such row, [funds, T]."""
        months = range(self.b.months)
        found = [[float(dual[rows[n, t]]) if (n, t) in rows else 0.0 for t in months] for n in funds]
        return np.array(found, dtype=np.float64).reshape(len(funds), self.b.months)

    def _duals(self, dual: Floats, rows: Iterable[int], shape: tuple[int, ...]) -> Floats:
        return dual[self._index(rows)].reshape(shape)

    @staticmethod
    def _index(rows: Iterable[int]) -> NDArray[np.int32]:
        return np.array([*rows], dtype=np.int32)


__all__ = ["HALF_A_CENT", "Allocation"]
