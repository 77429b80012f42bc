"""Where the answer of a dilemma turns: the search over prices, money, what is believed, and what a renewal would have to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import log
from typing import TYPE_CHECKING

import numpy as np

from longview.choose import KEPT, Crossing, along, given, holds, leads
from longview.program import Fund
from longview.results import ROWS, Interval, Portfolio, Side, Telling, Turn, Who
from longview.verbs.futures import TODAY, Floats

if TYPE_CHECKING:
    from longview.verbs.dilemma import Asked, Table

FACTORS = (0.25, 0.5, 1.0, 2.0, 4.0)
"""Of the money, or of a side's prices, at which the sides are run."""

APART = 1.5
"""A turn is run anew at this many times its figure, above and below."""

LIFTS = (0.0, 0.05, 0.15, 0.3)
"""Rises of the chance that a fund is renewed at which the long view is run."""

LOOKED = 240
"""Futures on which a turn is looked for; as many others see whether it holds."""

MAIN: Telling = "closing"
SIDES: tuple[Who, ...] = ("a", "b", "keep")


@dataclass(frozen=True)
class _Line:
    """A figure that can be set: which sides it moves, and how."""

    key: str
    kind: str
    words: str
    moves: tuple[Who, ...]


class Turns:
    """Turning points of one dilemma over the longest horizon.

    Args:
        base: telling → each side's life-years on the futures shown, [F].
    """

    def __init__(
        self, table: Table, asked: Asked, sides: Sequence[Side], base: Mapping[Telling, Mapping[Who, Floats]]
    ) -> None:
        self.table, self.asked, self.base = table, asked, base
        self.sides = {side.who: side for side in sides}
        self.looked, self.fresh = table.shown[:LOOKED], table.fresh[:LOOKED]

    def found(self) -> tuple[Turn, ...]:
        """The nearest turns that hold, at most five; one for each figure."""
        nearest: dict[str, tuple[float, Turn]] = {}
        for nearness, turn in [*self._set(), *self._believed(), *self._lift()]:
            if turn.key not in nearest or nearness < nearest[turn.key][0]:
                nearest[turn.key] = (nearness, turn)
        return tuple(turn for _, turn in sorted(nearest.values(), key=lambda pair: pair[0])[:KEPT])

    # prices and the money

    def _lines(self) -> list[_Line]:
        lines = [_Line("money", "money", "the money", SIDES)]
        for who in ("a", "b"):
            side = self.sides[who]
            if side.spent[-1] > 0.01 * side.kept[-1]:
                lines.append(_Line(f"price:{side.options[0]}", "price", side.short, (who,)))
        return lines

    def _row(self, line: _Line, who: Who, factor: float) -> Portfolio:
        """A side where the money, or its own price, is so many times what it is."""
        money, price = (self.table.money * factor, 1.0) if line.kind == "money" else (self.table.money, factor)
        if who == "keep":
            return self.table.kept(money)
        sized = self.table.sizing[self.table.years].size(
            self.asked.options[who], money, most=self.asked.most, price=price
        )
        return self.table.portfolio(sized, money, price)

    def _gains(
        self, points: Sequence[tuple[_Line, Who, float]], which: np.ndarray
    ) -> dict[tuple[str, Who, float], Floats]:
        """Life-years of sides at points, in one batch, [F] each."""
        rows = [TODAY, *(self._row(line, who, factor) for line, who, factor in points)]
        values = self.table.run(rows, self.table.years, MAIN, which)["life_years"]
        return {(line.key, who, factor): values[1 + i] for i, (line, who, factor) in enumerate(points)}

    def _set(self) -> list[tuple[float, Turn]]:
        """Turns along prices and the money that hold when both sides of them are run anew."""
        lines = self._lines()
        points = [(line, who, f) for line in lines for who in line.moves for f in FACTORS if f != 1.0]
        gains = self._gains(points, self.looked)
        now = {who: row[: len(self.looked)] for who, row in self.base[MAIN].items()}
        found: list[tuple[_Line, Crossing]] = []
        for line in lines:
            curves = {who: np.stack([gains.get((line.key, who, f), now[who]) for f in FACTORS]) for who in SIDES}
            crossing = along(np.array(FACTORS), curves, 1.0)
            if crossing is not None:
                found.append((line, crossing))
        return self._checked(found)

    def _checked(self, found: Sequence[tuple[_Line, Crossing]]) -> list[tuple[float, Turn]]:
        if not found or not len(self.fresh):
            return []
        ends = {line.key: (max(c.at / APART, FACTORS[0]), min(c.at * APART, FACTORS[-1])) for line, c in found}
        points = [
            (line, who, f)
            for line, c in found
            for who in (c.below, c.above)
            for f in (ends[line.key][0], ends[line.key][1], 1.0)
        ]
        gains = self._gains(points, self.fresh)
        turns = []
        for line, c in found:
            low, high = ends[line.key]
            lower, upper = (gains[line.key, c.below, f] - gains[line.key, c.above, f] for f in (low, high))
            if leads(lower) and leads(-upper):
                turns.append((abs(log(c.at)) / (2 * log(FACTORS[-1])), self._told(line, c)))
        return turns

    def _told(self, line: _Line, c: Crossing) -> Turn:
        scale = self.table.money if line.kind == "money" else 1.0
        unit = self.table.program.currency if line.kind == "money" else "times"
        close = (c.close[0] * scale, c.close[1] * scale)
        kind: str = line.kind
        return Turn(
            line.key, line.words, unit, "money" if kind == "money" else "price", Interval(scale, scale, scale), c.at * scale,
            close, c.below, c.above, True, MAIN,
        )  # fmt: skip

    # what is believed

    def _believed(self) -> list[tuple[float, Turn]]:
        """Turns along figures of the evidence that hold in other futures."""
        evidence, drawn = self.table.prepared.evidence, self.table.prepared.anchor.futures.p
        shown, fresh = self.table.shown, self.table.fresh
        figures = {key: x[shown] for key, x in drawn.items() if key in evidence.rows}
        seen = {t: given(figures, self.base[t], self.table.prepared.seed) for t in self.base}
        if not any(seen.values()) or not len(fresh):
            return []
        turns = []
        for telling, found in seen.items():
            if not found:
                continue
            anew = self._anew(telling)
            for one in found:
                if holds(one.crossing, drawn[one.key][fresh], anew):
                    row, c = evidence[one.key], one.crossing
                    turn = Turn(
                        one.key, row.name, row.unit, "evidence", one.now, c.at, c.close, c.below, c.above, True, telling
                    )
                    turns.append((0.5 - one.past, turn))
        return turns

    def _anew(self, telling: Telling) -> dict[Who, Floats]:
        """Each side's life-years on futures that the turn was not found on."""
        rows = [TODAY, *(self._row(_Line("money", "money", "", SIDES), who, 1.0) for who in SIDES)]
        values = self.table.run(rows, self.table.years, telling, self.table.fresh)["life_years"]
        return {who: values[ROWS[who]] for who in SIDES}

    # what a renewal would have to do

    def _lift(self) -> list[tuple[float, Turn]]:
        """By how much the long view would have to lift the chance that a fund is renewed, if nothing else came of it."""
        fund = self._unsure() if self.asked.id == "fires-or-long-view" else None
        if fund is None or fund.chance_of_renewal is None or not len(self.fresh):
            return []
        lifts = [x for x in LIFTS if fund.chance_of_renewal + x < 1.0]
        if len(lifts) < 2 or not self._repays(self._lifted(fund, lifts[-1:], self.looked)):
            return []
        curves = self._lifted(fund, lifts, self.looked)
        crossing = along(np.array(lifts), curves, 0.0, log=False)
        if crossing is None or crossing.above != "b":
            return []
        anew = self._lifted(fund, [lifts[0], lifts[-1]], self.fresh)
        lead = anew[crossing.below] - anew["b"]
        if not (leads(lead[0]) and leads(-lead[-1])):
            return []
        words = f"the chance that {fund.name} is renewed"
        now = self._believed_lift(fund.chance_of_renewal)
        turn = Turn(
            f"lift:{fund.id}", words, "share", "lift", now, crossing.at, crossing.close, crossing.below, "b", True, MAIN
        )
        return [(0.5 * crossing.at / LIFTS[-1], turn)]

    def _repays(self, curves: Mapping[Who, Floats]) -> bool:
        """Whether the long view comes first at the largest lift."""
        means = {who: float(rows[-1].mean()) for who, rows in curves.items()}
        return max(means, key=lambda who: means[who]) == "b"

    def _unsure(self) -> Fund | None:
        """The fund by whose renewal most money hangs."""
        funds = [
            f
            for f in self.table.program.funds
            if f.chance_of_renewal is not None and f.last is not None and f.origin != "own"
        ]
        hangs = {f.id: float(f.amount) * (1.0 - float(f.chance_of_renewal or 0.0)) for f in funds}
        return max(funds, key=lambda f: hangs[f.id], default=None)

    def _lifted(self, fund: Fund, lifts: Sequence[float], which: np.ndarray) -> dict[Who, Floats]:
        """Life-years of each side where the long view does nothing but lift that chance, [G, F]."""
        held = self.table.prepared
        at = held.model.names.funds.index(fund.id)
        nothing_else = {key: np.ones_like(held.anchor.futures.p[key]) for key in ("plan_renewal_or", "improve_gain")}
        futures = replace(held.anchor.futures, p=held.anchor.futures.p | nothing_else)
        line = _Line("money", "money", "", SIDES)
        own = held.run(
            [TODAY, self._row(line, "a", 1.0), self._row(line, "keep", 1.0)], MAIN, paths=False, which=which
        ).lived
        rows = []
        for lift in lifts:
            renewal = held.model.setup.renewal.copy()
            renewal[at] += lift
            model = replace(held.model, setup=held.model.setup._replace(renewal=renewal))
            lifted = replace(held, model=model, anchor=replace(held.anchor, futures=futures))
            rows.append(lifted.run([self._row(line, "b", 1.0)], MAIN, paths=False, which=which).lived[0] - own[0])
        level = np.ones((len(lifts), 1))
        return {"a": level * (own[1] - own[0]), "b": np.stack(rows), "keep": level * (own[2] - own[0])}

    def _believed_lift(self, chance: float) -> Interval:
        """By how much the evidence says that full readiness lifts the chance."""
        p = {key: x[self.table.shown] for key, x in self.table.prepared.anchor.futures.p.items()}
        kept = self.table.sizing[self.table.years].done(self.sides["b"].portfolios[-1].choices, "protected").max()
        ready = np.minimum(1.0 - p["readiness_0"], kept / p["readiness_hours"])
        odds = chance / (1.0 - chance) * p["plan_renewal_or"] ** ready
        low, middle, high = np.quantile(odds / (1.0 + odds) - chance, [0.1, 0.5, 0.9])
        return Interval(float(low), float(middle), float(high))


__all__ = ["Turns"]
