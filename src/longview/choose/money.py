"""Whether a portfolio can be paid for: an exact test on planned money, month by month, with every fund's strings.

A linear program shares each month's bills out among the funds that may pay them and free cash. It looks for the least
*shortfall* σ: how far free cash would have to fall below the reserve in its worst month. A portfolio is affordable if
σ = 0. No variable exists for a charge that a fund's strings forbid, so a supplies grant cannot pay a roof.

What a portfolio adds stands only on the right-hand side, so σ is convex in it: each answer leaves a *cut*, a proof for
every other portfolio that the cut rules out (decision 103). So does what an ask brings (its fund arrives), what a decline
takes (nothing arrives and nothing may be charged from then on) and what a stop saves (today's bills that still stand, and
with them what may count as match): each is a number on some rows' right-hand sides, none is a coefficient (decision 401).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from longview.choose.added import Answer, Cut, Extra, Layout
from longview.choose.allocation import HALF_A_CENT, Allocation
from longview.choose.costs import Classes, Line, classes, extra, gifts_that_match, today_lines, without_records
from longview.choose.settling import Evenly
from longview.choose.strings import Assumptions, Pot, budgets, free_income, incomes, is_charged, pots
from longview.program import Program
from longview.results import Choice

Floats = NDArray[np.float64]


class Budget:
    """A program's planned money over `months` months.

    Attributes:
        kinds: the classes of bills.
        base: today's bills by class, [K, T]; reserve: free cash to keep.
        moving: charged funds that come (an ask) or go (a decline) with an option, as places in `program.funds`;
            declined: those of them that an option declines. incomes: free income by fund.
        arrives: of each fund with pots, what may be charged of it from each month on, at its chance, [T]; holds: the
            most that it can hold in a month, [T].
        bound: budgets that bind (`strings.budgets`). gifts: what counts as match of gifts in kind, [T].
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
        self.incomes = incomes(program, months, given)
        self.bound = budgets(program)
        self.gifts: Floats = gifts_that_match(program, months, given)
        self.arrives, self.holds = _held(self.pots, months)
        self.moving, self.declined = _moving(program, self.arrives)
        quarter_of_a_month = float(self.base[:, 0].sum()) / 4
        self.reserve: float = quarter_of_a_month if program.reserve is None else float(program.reserve)
        self.relief: Floats = np.zeros(months)
        self.relief = Allocation(self, with_relief=True).find_relief()
        self._allocation = Allocation(self)

    def extra(self, choices: Sequence[Choice], *, modelled: bool = True) -> Extra:
        """What choices add to today's path, taken together."""
        saved, more, cash = extra(self.program, choices, self.months, self.given, self.kinds, modelled=modelled)
        nothing = self.nothing()
        come, room = nothing.come, nothing.room
        options = {option.id: option for option in self.program.options}
        for option, begins in ((options[c.option], max(0, c.start.since(self.program.starts))) for c in choices):
            for n, fund in enumerate(self.program.funds):
                if fund.asked_by == option.id:
                    cash = cash + self._free(n)
                    if n in self.moving:
                        come[self.moving.index(n)] += self.arrives[n]
                if option.kind == "decline" and option.fund == fund.id:
                    since = np.arange(self.months) >= begins
                    cash = cash - since * self._free(n)
                    if n in self.moving:
                        come[self.moving.index(n)] -= since * self.arrives[n]
                        room[self.declined.index(n)] -= since * self.holds[n]
        return Extra(saved, more, cash, come, room)

    def _free(self, n: int) -> Floats:
        """What a fund brings straight to free cash; none where bills are charged to it (claims made before still come)."""
        return np.zeros(self.months) if is_charged(self.program.funds[n]) else self.incomes[n]

    def nothing(self) -> Extra:
        """Today's path itself."""
        return self.layout.read(
            np.zeros((2 * len(self.base) + 1 + len(self.moving) + len(self.declined)) * self.months)
        )

    @property
    def layout(self) -> Layout:
        """How `Extra.flat` is laid out."""
        return Layout(len(self.base), self.months, len(self.moving), len(self.declined))

    def weight(self, fund: int, sure: float) -> float:
        """What a charge of today's lines takes of a pot: its share that is there; all of it where it must be asked for."""
        return 1.0 if self.program.funds[fund].asked_by else sure

    def credit(self, due: Floats) -> Floats:
        """What could stand beside funds that ask for match: today's bills still due (by class, [K, T]) and gifts, [T]."""
        return np.asarray(due.sum(axis=0) + self.gifts, dtype=np.float64)

    def ask(self, added: Extra) -> Answer:
        """The least shortfall of a portfolio that adds this."""
        return self._allocation.solve(added)

    def settle(self, added: Extra) -> Answer:
        """The same, shared out as a bookkeeper would: nothing lapses that could pay a bill, each fund charged evenly."""
        return self._evenly.settle(added)

    @cached_property
    def _evenly(self) -> Evenly:
        return Evenly(self)

    def affordable(self, added: Extra) -> bool:
        """Whether a portfolio that adds this keeps the reserve in every month, every string kept."""
        return self.ask(added).shortfall <= HALF_A_CENT

    @property
    def lacks(self) -> Decimal:
        """What today's path lacks by itself over the whole horizon, in whole money."""
        return Decimal(round(float(self.relief.sum())))


def _held(found: Sequence[Pot], months: int) -> tuple[dict[int, Floats], dict[int, Floats]]:
    """By fund: what arrives at its chance, and the most that its pots can hold to be charged in a month, [T] each."""
    arrives: dict[int, Floats] = {}
    holds: dict[int, Floats] = {}
    for pot in found:
        inside = slice(pot.first, pot.last + 1)
        sure = np.array(pot.sure)
        come = sure * np.array(pot.inflow)
        arrives.setdefault(pot.fund, np.zeros(months))[inside] = come
        most = np.cumsum(come) / np.where(sure > 0, sure, 1.0)
        holds.setdefault(pot.fund, np.zeros(months))[inside] = most
    return arrives, holds


def _moving(program: Program, arrives: Mapping[int, Floats]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Charged funds that come or go with an option, and those of them that an option declines; all of them with pots."""
    charged = [n for n in range(len(program.funds)) if n in arrives]
    named = {option.fund for option in program.options if option.kind == "decline"}
    declined = tuple(n for n in charged if program.funds[n].id in named)
    return tuple(n for n in charged if program.funds[n].asked_by or n in declined), declined


__all__ = ["HALF_A_CENT", "Allocation", "Answer", "Budget", "Cut", "Extra", "Line"]
