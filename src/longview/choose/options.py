"""What can be chosen: the options that this release can weigh, their levels, and which may stand together.

A portfolio is a set. Options are kept in the order of their ids, so the order of a file never matters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import prod

import numpy as np
from numpy.typing import NDArray

from longview.program import Option, Program
from longview.program.months import Month
from longview.results import Choice, Portfolio

KEEP_THE_MONEY = "keep the money"
FAMILIES = (("wage", "hire_frozen"), ("kits", "kits_added"), ("supplies", "syringe_rule"), ("upkeep_added",))
"""Levers whose modelled costs act on one another."""
MOST_TOGETHER = 1024  # sets of levels of options that move one family: each is priced once, and each pair is compared
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
        refused: option id → message code why it is not on offer (`program.messages.REFUSED`).
        apart: option id → options that its meaning rules out beside it: two stops of one cost, or asking a fund for more
            and declining it.
    """

    axes: tuple[Axis, ...]
    refused: Mapping[str, str]
    apart: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

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
            found |= {(i, place[name], False) for name in self.apart.get(axis.option.id, ()) if name in place}
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
        return _count(frozenset(range(len(self.axes))), [len(axis.levels) - 1 for axis in self.axes], self.rules)

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
    Options that require one another are done together or not at all; one that can't stand with what it requires is
    refused.
    """
    last = program.starts.plus(months - 1)
    axes: dict[str, Axis] = {}
    refused: dict[str, str] = {}
    for option in sorted(program.options, key=lambda o: o.id):
        axis = Axis(option, levels(option), start_of(option, program.starts))
        why = _refusal(option, axis, last, allow_unclear) or _senseless(program, option, last)
        if why:
            refused[option.id] = why
        else:
            axes[option.id] = axis
    apart = _apart([axis.option for axis in axes.values()])
    for name in [*axes]:
        if why := _tangled(name, {a: axis.option for a, axis in axes.items()}, apart):
            refused[name] = why
    axes = {name: axis for name, axis in axes.items() if name not in refused}
    _drop_crowds(program, axes, refused)
    while lost := [a for a in axes.values() if any(need not in axes for need in a.option.requires)]:
        for axis in lost:
            refused[axis.option.id] = "needs-what-is-refused"
            del axes[axis.option.id]
    return Offer(tuple(axes.values()), refused, apart)


def _refusal(option: Option, axis: Axis, last: Month, allow_unclear: Sequence[str]) -> str | None:
    if option.lawful == "no":
        return "unlawful"
    if option.lawful == "unclear" and option.id not in allow_unclear:
        return "unclear-lawful"
    if len(axis.levels) == 1:
        return "no-levels"
    if axis.start > last:
        return "late"
    return None


def _senseless(program: Program, option: Option, last: Month) -> str | None:
    """Why an ask, a stop or a decline comes to nothing; None for one that does not, and for any other option."""
    if option.kind == "ask":
        asked = [fund for fund in program.funds if fund.asked_by == option.id]
        if not asked:
            return "asked-twice" if option.fund in {fund.id for fund in program.funds} else "asks-no-fund"
        return "late" if all(fund.first > last for fund in asked) else None
    if option.kind == "decline":
        fund = next((f for f in program.funds if f.id == option.fund), None)
        if fund is None:
            return "declines-no-fund"
        first = min(o.id for o in program.options if o.kind == "decline" and o.fund == option.fund)
        return "not-ours-to-decline" if fund.asked_by else "declined-twice" if option.id != first else None
    if option.kind == "stop":
        known = {cost.id for cost in program.costs} & set(option.stops)
        moves = any(e.option == option.id for e in program.effects) or any(
            p.option == option.id for p in program.prices
        )
        return None if known or moves else "stops-nothing"
    return None


def _apart(options: Sequence[Option]) -> dict[str, tuple[str, ...]]:
    """Options that what they mean keeps apart, each with those of a higher id."""
    found: dict[str, tuple[str, ...]] = {}
    for a, b in combinations(options, 2):
        one_cost = a.kind == b.kind == "stop" and set(a.stops) & set(b.stops)
        one_fund = {a.kind, b.kind} == {"ask", "decline"} and a.fund == b.fund
        if one_cost or one_fund:
            found[a.id] = (*found.get(a.id, ()), b.id)
    return found


def _tangled(name: str, options: Mapping[str, Option], apart: Mapping[str, Sequence[str]]) -> str | None:
    """Whether an option requires itself, or can't stand with what it requires (or that requires, and so on)."""
    if name in options[name].requires:
        return "requires-itself"
    needed, fresh = {name}, [name]
    while fresh:
        more = {need for need in options[fresh.pop()].requires if need in options} - needed
        needed |= more
        fresh += sorted(more)
    out = {(a, b) for a in needed for b in (*options[a].excludes, *apart.get(a, ())) if a != b}
    return "excludes-its-need" if any(b in needed for _, b in out) else None


def _drop_crowds(program: Program, axes: dict[str, Axis], refused: dict[str, str]) -> None:
    """Refuse options past the number that can be weighed together, where all of them move levers that act on one another."""
    crowds: list[tuple[set[int], int]] = []  # families, and the sets of levels of the options that move them
    for name, axis in [*axes.items()]:
        levers = {e.lever for e in program.effects if e.option == name}
        moved = {f for f, family in enumerate(FAMILIES) if levers & set(family)}
        joined = [crowd for crowd in crowds if crowd[0] & moved]
        ways = len(axis.levels) * prod(crowd[1] for crowd in joined)
        if moved and ways > MOST_TOGETHER:
            refused[name] = "too-many-together"
            del axes[name]
        elif moved:
            crowds = [crowd for crowd in crowds if crowd not in joined]
            crowds.append((moved.union(*(crowd[0] for crowd in joined)), ways))


def _count(options: frozenset[int], ways: Sequence[int], rules: Sequence[tuple[int, int, bool]]) -> int:
    """Portfolios over some options: parts that no rule ties together multiply; in a part the most tied option is left
    out, then done, with all that follows from it. What was counted once is kept."""
    known: dict[frozenset[int], int] = {}

    def count(left: frozenset[int]) -> int:
        if left not in known:
            parts = _linked(left, rules)
            known[left] = (
                prod(map(count, parts)) if len(parts) != 1 else sum(done(left, does) for does in (False, True))
            )
        return known[left]

    def done(left: frozenset[int], does: bool) -> int:
        tied = [i for rule in rules if {*rule[:2]} <= left for i in rule[:2]]
        state = _settled(left, max(sorted(left), key=tied.count), does, rules)
        if state is None:
            return 0
        return prod(ways[i] for i, held in state.items() if held) * count(left - set(state))

    return count(options)


def _settled(
    left: frozenset[int], first: int, does: bool, rules: Sequence[tuple[int, int, bool]]
) -> dict[int, bool] | None:
    """All that follows once one option is in or out: option → in; None where that can't be."""
    state, fresh = {first: does}, [first]
    while fresh:
        x = fresh.pop()
        follows = [(b, together) for a, b, together in rules if a == x and state[x]]
        follows += [(a, False) for a, b, together in rules if b == x and state[x] is not together]
        for other, held in follows:
            if other in left and other not in state:
                state[other] = held
                fresh.append(other)
            elif other in left and state[other] is not held:
                return None
    return state


def _linked(options: frozenset[int], rules: Sequence[tuple[int, int, bool]]) -> list[frozenset[int]]:
    """Options that a chain of rules ties together."""
    parts = [frozenset({i}) for i in sorted(options)]
    for a, b, _ in rules:
        tied = [part for part in parts if {a, b} & part] if {a, b} <= options else []
        if len(tied) == 2:
            parts = [*(part for part in parts if part not in tied), tied[0] | tied[1]]
    return parts
