"""How large a side of a dilemma is: as large as its money pays for, no larger, and never ahead of the money.

Money comes at the start of each plan year. An option with levels is scaled to what is in hand; any other is done whole,
from the first month in which the money that was saved pays for it. What is left goes to the side's next option.
Source: docs/decisions/0404; costs as `choose.costs` plans them, nominal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import log

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from longview.choose.costs import TODAY, lever_path, modelled_lines, moves_modelled, price_lines, without_records
from longview.choose.options import Axis
from longview.choose.strings import YEAR, Assumptions
from longview.program import Effect, Option, Program, levers
from longview.results import Choice

Floats = NDArray[np.float64]

CENT = 0.005
NEAR = 1e-7  # of a level: bills are whole cents, so that more is looking for a place on a step
WORTH_SPENDING = 0.01  # of the money: less than this is left in hand rather than spent on another option
NEVER_GROWS = ("upkeep_added", "repair", "protected")  # more of these than the files' most does nothing more
_MONEY = "money:"  # no option of a program may hold a colon


def money_option(year: int) -> str:
    """The id of the free money that comes at the start of a plan year (0 is the first)."""
    return f"{_MONEY}{year + 1}"


def with_money(program: Program, years: int) -> Program:
    """The program with free money as an option for each plan year: its level is how much comes (lever `cash_in`)."""
    names = [money_option(year) for year in range(years)]
    if any(option.id in names for option in program.options):
        return program
    return replace(
        program,
        options=(*program.options, *(Option(name, "Free money", "once") for name in names)),
        effects=(*program.effects, *(Effect(name, "cash_in", "add", 1.0) for name in names)),
    )


def money_in(program: Program, amounts: Sequence[float]) -> tuple[Choice, ...]:
    """The choices by which so much comes at the start of each plan year. An amount below nothing is taken from the years before."""
    left = list(amounts)
    for year in range(len(left) - 1, 0, -1):
        left[year - 1] += min(left[year], 0.0)
        left[year] = max(left[year], 0.0)
    start = program.starts
    return tuple(Choice(money_option(y), x, start.plus(YEAR * y)) for y, x in enumerate(left) if x > 0)


@dataclass(frozen=True, slots=True)
class Sized:
    """A side over one horizon.

    Attributes:
        spent: planned extra cost of each plan year, nominal. kept: of the money, what is left in hand at the end.
        beyond: whether a level goes past the most that the program's files give.
    """

    choices: tuple[Choice, ...]
    spent: tuple[float, ...]
    kept: float
    beyond: bool


class Sizing:
    """Sizes sides of one program over one horizon.

    Args:
        axes: the options on offer.
    """

    def __init__(self, program: Program, axes: Iterable[Axis], months: int, given: Assumptions) -> None:
        self.program, self.months, self.given = without_records(program), months, given
        self.axes: Mapping[str, Axis] = {axis.option.id: axis for axis in axes}
        self._today = self._modelled(TODAY)

    def cost(self, choices: Sequence[Choice]) -> Floats:
        """Planned extra cost by month, nominal, [T]."""
        lines = [line for choice in choices for line in price_lines(self.program, choice, self.months, self.given)]
        own = sum((line.amount for line in lines), np.zeros(self.months))
        if any(moves_modelled(self.program, choice.option) for choice in choices):
            own = own + self._modelled(choices) - self._today
        return own

    def _modelled(self, choices: Sequence[Choice]) -> Floats:
        lines = modelled_lines(self.program, choices, self.months, self.given)
        return sum((line.amount for line in lines), np.zeros(self.months))

    def size(
        self, order: Sequence[str], money: float, *, most: Mapping[str, float] | None = None, price: float = 1.0
    ) -> Sized:
        """The side that does these options in turn, for so much money a year.

        Args:
            order: option ids; the first gets the money first. most: option → the largest level, where it was named.
            price: what a unit of everything on this side costs against what the files say.
        """
        capped = dict(most or {})
        in_hand = np.asarray(money * (1.0 + np.arange(self.months) // YEAR), dtype=np.float64)
        chosen: tuple[Choice, ...] = ()
        for name in order:
            if not self._clashes(name, chosen):
                limit = capped.get(name, self._files_most(name))
                chosen = self._add(chosen, name, limit, in_hand, price)
        grows = [c.option for c in chosen if c.option not in capped and self._may_grow(c.option)]
        for name in grows[:1]:
            kept = tuple(c for c in chosen if c.option != name)
            chosen = self._add(kept, name, self._levers_most(name), in_hand, price)
        return self._sized(chosen, money, price)

    def _sized(self, chosen: tuple[Choice, ...], money: float, price: float) -> Sized:
        yearly = (self.cost(chosen) * price).reshape(-1, YEAR).sum(axis=1)
        beyond = any(c.level > self._files_most(c.option) + CENT for c in chosen)
        whole = money * len(yearly)
        return Sized(tuple(sorted(chosen)), tuple(map(float, yearly)), whole - float(yearly.sum()), beyond)

    def _add(
        self, chosen: tuple[Choice, ...], name: str, most: float, in_hand: Floats, price: float
    ) -> tuple[Choice, ...]:
        """The choices with an option added (and what it requires), as large as the money in hand allows."""
        axis = self.axes[name]
        needed = [need for need in axis.option.requires if all(c.option != need for c in chosen)]
        if any(need not in self.axes or self._clashes(need, chosen) for need in needed):
            return chosen
        held = (*chosen, *(Choice(need, self.axes[need].levels[1], self.axes[need].start) for need in needed))
        begins = axis.start.since(self.program.starts)

        def over(level: float, month: int) -> float:
            """By how much the side is ahead of the money in its worst month."""
            costs = self.cost((*held, Choice(name, level, self.program.starts.plus(month))))
            return float(np.max(np.cumsum(costs) * price - in_hand))

        if axis.option.kind != "level":
            found = next((t for t in range(begins, self.months) if over(1.0, t) <= CENT), None)
            return chosen if found is None else (*held, Choice(name, 1.0, self.program.starts.plus(found)))
        best, spent = chosen, WORTH_SPENDING * float(in_hand[-1])
        room = float(in_hand[-1]) - float(self.cost(chosen).sum()) * price
        for month in sorted({begins, *(t for t in range(begins, self.months) if t % YEAR == 0)}):
            if best is not chosen and spent >= room:
                break  # a later start can't spend more
            start = self.program.starts.plus(month)
            level = self._largest(partial(over, month=month), held, Choice(name, most, start))
            tried = (*held, Choice(name, level, start))
            costs = float((self.cost(tried) - self.cost(chosen)).sum()) * price
            if level > 0 and (costs > spent or (best is chosen and costs <= CENT)):
                best, spent = tried, max(spent, costs + WORTH_SPENDING * float(in_hand[-1]))
        return best

    def _largest(self, over: Callable[[float], float], held: tuple[Choice, ...], at_most: Choice) -> float:
        """The largest level from its least on that is never ahead of the money; its least where it costs nothing; 0 for none."""
        least = min(self.axes[at_most.option].levels[1], at_most.level)
        if over(least) > CENT:
            return 0.0
        if abs(self.cost((*held, at_most)) - self.cost(held)).max() <= CENT:
            return least
        if over(at_most.level) <= CENT:
            return at_most.level
        return float(brentq(over, least, at_most.level, xtol=1e-9, rtol=NEAR)) if over(least) < 0 else least

    def _clashes(self, name: str, chosen: Sequence[Choice]) -> bool:
        held = {c.option for c in chosen}
        own = self.axes[name].option
        return name in held or bool(held & set(own.excludes)) or any(name in self.axes[h].option.excludes for h in held)

    def _files_most(self, name: str) -> float:
        return max(self.axes[name].levels)

    def _may_grow(self, name: str) -> bool:
        moved = {e.lever for e in self.program.effects if e.option == name}
        return self.axes[name].option.kind == "level" and not moved & set(NEVER_GROWS)

    def _levers_most(self, name: str) -> float:
        """The level at which the first of its levers meets the end of its range."""
        ends = [_end(e) for e in self.program.effects if e.option == name]
        return max(self._files_most(name), min(ends, default=np.inf))

    def done(self, choices: Sequence[Choice], lever: str) -> Floats:
        """A lever's planned path under choices, [T]."""
        return lever_path(self.program, choices, lever, self.months)


def _end(effect: Effect) -> float:
    lever = levers()[effect.lever]
    if effect.op == "add" and effect.value:
        return ((lever.high if effect.value > 0 else lever.low) - lever.today) / effect.value
    if effect.op == "multiply" and effect.value > 0 and effect.value != 1.0:
        end = lever.high if effect.value > 1.0 else lever.low
        return log(end / lever.today) / log(effect.value) if end > 0 and lever.today > 0 else np.inf
    return np.inf


__all__ = ["Sized", "Sizing", "money_in", "money_option", "with_money"]
