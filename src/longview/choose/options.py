"""What can be chosen: the options that this release can weigh, their levels, and which may stand together.

A portfolio is a set. Options are kept in the order of their ids, so the order of a file never matters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from longview.program import Option, Program
from longview.program.months import Month
from longview.results import Choice, Portfolio

WEIGHED = ("level", "once", "yes-no")
KEEP_THE_MONEY = "keep the money"
_STEP_SLACK = 1e-9  # levels are written as decimals: 0.1 + 0.2 must still count as 0.3

Levels = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Axis:
    """An option on offer: `levels[0]` is 0 (not done), then `least` … `most` by `step`; it runs from `start`."""

    option: Option
    levels: tuple[float, ...]
    start: Month


@dataclass(frozen=True, slots=True)
class Offer:
    """Everything that may be chosen.

    Attributes:
        axes: the options on offer, by id.
        refused: option id → message code why it is not on offer.
    """

    axes: tuple[Axis, ...]
    refused: Mapping[str, str]

    @property
    def ids(self) -> tuple[str, ...]:
        """Option ids, in the order of the axes."""
        return tuple(axis.option.id for axis in self.axes)

    @property
    def rules(self) -> tuple[tuple[int, int, bool], ...]:
        """Pairs (a, b, together): if a is done, b must be done (True) or must not be (False); places in `axes`."""
        place = {name: i for i, name in enumerate(self.ids)}
        found: set[tuple[int, int, bool]] = set()
        for i, axis in enumerate(self.axes):
            found |= {(i, place[name], True) for name in axis.option.requires}
            found |= {(i, place[name], False) for name in axis.option.excludes if name in place and place[name] != i}
        return tuple(sorted(found))

    def allowed(self, picks: Levels) -> NDArray[np.bool_]:
        """Which rows of level numbers [N, options] keep every `requires` and `excludes`, [N]."""
        done = picks > 0
        good = np.ones(len(picks), dtype=bool)
        for a, b, together in self.rules:
            good &= ~done[:, a] | (done[:, b] == together)
        return good

    def count(self) -> int:
        """How many portfolios can be put together, `requires` and `excludes` kept (exact)."""
        return prod(self._count(sorted(part)) for part in _linked(len(self.axes), self.rules))

    def _count(self, part: Sequence[int]) -> int:
        rules = [rule for rule in self.rules if rule[0] in part]
        done: dict[int, bool] = {}

        def below(depth: int) -> int:
            if any(a in done and b in done and done[a] and done[b] is not together for a, b, together in rules):
                return 0
            if depth == len(part):
                return 1
            total = 0
            for does, ways in ((False, 1), (True, len(self.axes[part[depth]].levels) - 1)):
                done[part[depth]] = does
                total += ways * below(depth + 1)
            del done[part[depth]]
            return total

        return below(0)

    def portfolio(self, picks: Sequence[int] | Levels, name: str | None = None) -> Portfolio:
        """The portfolio of one row of level numbers, named as it is typed: `hours=6+roof`."""
        done = [(axis, axis.levels[int(k)]) for axis, k in zip(self.axes, picks, strict=True) if k]
        typed = "+".join(a.option.id + (f"={x:g}" if a.option.kind == "level" else "") for a, x in done)
        return Portfolio(name or typed or KEEP_THE_MONEY, tuple(Choice(a.option.id, x, a.start) for a, x in done))

    def picks(self, portfolio: Portfolio) -> Levels:
        """The row of level numbers of a portfolio.

        Raises:
            ValueError: it holds an option or a level that is not on offer.
        """
        row = np.zeros(len(self.axes), dtype=np.int64)
        place = {name: i for i, name in enumerate(self.ids)}
        for choice in portfolio.choices:
            if choice.option not in place:
                raise ValueError(f"{choice.option!r} is not on offer")
            row[place[choice.option]] = self.axes[place[choice.option]].levels.index(choice.level)
        return row


def levels(option: Option) -> tuple[float, ...]:
    """The levels of an option, 0 first; only (0,) where a level option gives no range that can be stepped through."""
    if option.kind != "level":
        return (0.0, 1.0)
    least, most, step = option.least, option.most, option.step
    if most is None or most <= 0:
        return (0.0,)
    step = most if step is None or step <= 0 else step
    least = step if least is None or least <= 0 else least
    count = int((most - least) / step + _STEP_SLACK)
    return (0.0, *(round(least + i * step, 9) for i in range(count + 1))) if most >= least else (0.0,)


def start_of(option: Option, starts: Month) -> Month:
    """The month from which an option runs: after its lead time, and never before `earliest`."""
    ready = starts.plus(option.lead_months)
    return max(ready, option.earliest) if option.earliest else ready


def offer(program: Program, months: int, allow_unclear: Sequence[str] = ()) -> Offer:
    """What may be chosen over the next `months` months; whatever may not be stands in `refused` with a code.

    What the law forbids is never on offer; what is of unclear lawfulness only if `allow_unclear` names it (law 7).
    """
    last = program.starts.plus(months - 1)
    axes: dict[str, Axis] = {}
    refused: dict[str, str] = {}
    for option in sorted(program.options, key=lambda o: o.id):
        axis = Axis(option, levels(option), start_of(option, program.starts))
        why = _refusal(option, axis, last, allow_unclear)
        if why:
            refused[option.id] = why
        else:
            axes[option.id] = axis
    while lost := [a for a in axes.values() if any(need not in axes for need in a.option.requires)]:
        for axis in lost:
            refused[axis.option.id] = "needs-what-is-refused"
            del axes[axis.option.id]
    return Offer(tuple(axes.values()), refused)


def _refusal(option: Option, axis: Axis, last: Month, allow_unclear: Sequence[str]) -> str | None:
    if option.kind not in WEIGHED:
        return "kind"
    if option.lawful == "no":
        return "unlawful"
    if option.lawful == "unclear" and option.id not in allow_unclear:
        return "unclear-lawful"
    if len(axis.levels) == 1:
        return "no-levels"
    if axis.start > last:
        return "late"
    return None


def _linked(n: int, rules: Sequence[tuple[int, int, bool]]) -> list[set[int]]:
    """Options that a chain of rules ties together."""
    parts = [{i} for i in range(n)]
    for a, b, _ in rules:
        one = next(p for p in parts if a in p)
        two = next(p for p in parts if b in p)
        if one is not two:
            parts.remove(two)
            one |= two
    return parts
