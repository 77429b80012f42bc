"""Where the answers of dilemmas turn: over prices, money and what is believed, the danger of closing counted; for all at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

import numpy as np

from longview.choose import KEPT, Crossing, along, given, holds, leads
from longview.results import Choice, Interval, Portfolio, Side, Telling, Turn, Who
from longview.verbs.futures import TODAY, Floats

if TYPE_CHECKING:
    from longview.verbs.dilemma import Asked, Table

FACTORS = (0.25, 0.5, 1.0, 2.0, 4.0)
"""Of the money, or of a side's prices, at which the sides are run."""

APART = 1.5
"""A turn is run anew at this many times its figure, above and below."""

LOOKED = 192
"""Futures on which a turn is looked for; all that the answer was not shown on see whether it holds."""

MAIN: Telling = "closing"
SIDES: tuple[Who, ...] = ("a", "b", "keep")

Gains = Mapping[tuple[Choice, ...], Floats]
"""Life-years of portfolios against today's path, [F] each, by what they choose."""


@dataclass(frozen=True)
class _Line:
    """A figure that can be set: which sides it moves, and how."""

    key: str
    kind: str
    words: str
    moves: tuple[Who, ...]


MONEY = _Line("money", "money", "the money", SIDES)


def turns(
    table: Table, many: Sequence[Turns], also: Mapping[str, tuple[float, Turn]] | None = None
) -> dict[str, tuple[Turn, ...]]:
    """The nearest turns of each dilemma, at most five, one for each figure, by the dilemma's id.

    All dilemmas' prices and money are looked for in one batch, and all that was found is run anew in a second.
    """
    if not (many and len(table.fresh)):
        return {}
    first = _gains(table, (p for one in many for p in one.points()), table.shown[:LOOKED])
    found = [one.crossings(first) for one in many]
    anew = _gains(table, (p for one, seen in zip(many, found, strict=True) for p in one.ends(seen)), table.fresh)
    found_elsewhere = {name: [one] for name, one in (also or {}).items()}
    return {
        one.asked.id: one.told(seen, anew, found_elsewhere.get(one.asked.id, ()))
        for one, seen in zip(many, found, strict=True)
    }


def _gains(table: Table, rows: Iterable[Portfolio], which: np.ndarray) -> Gains:
    distinct = {p.choices: p for p in rows}
    values = table.run([TODAY, *distinct.values()], table.years, MAIN, which)["life_years"]
    return {choices: values[1 + i] for i, choices in enumerate(distinct)}


class Turns:
    """Turning points of one dilemma over the longest horizon.

    Args:
        base: each side's life-years on the futures shown, with the danger of closing, [F].
    """

    def __init__(self, table: Table, asked: Asked, sides: Sequence[Side], base: Mapping[Who, Floats]) -> None:
        self.table, self.asked, self.base = table, asked, base
        self.sides = {side.who: side for side in sides}
        self.lines = self._lines()
        self._sized: dict[tuple[str, Who, float], Portfolio] = {}

    def _lines(self) -> list[_Line]:
        lines = [MONEY]
        for who in ("a", "b"):
            side = self.sides[who]
            if side.spent[-1] > 0.01 * side.kept[-1]:
                lines.append(_Line(f"price:{side.options[0]}", "price", side.short, (who,)))
        return lines

    def row(self, line: _Line, who: Who, factor: float) -> Portfolio:
        """A side where the money, or its own price, is so many times what it is."""
        if who not in line.moves:
            line, factor = MONEY, 1.0
        known = (line.key, who, factor)
        if known not in self._sized:
            money, price = (self.table.money * factor, 1.0) if line is MONEY else (self.table.money, factor)
            self._sized[known] = (
                self.table.kept(money)
                if who == "keep"
                else self.table.portfolio(
                    self.table.sizing[self.table.years].size(
                        self.asked.options[who], money, most=self.asked.most, price=price
                    ),
                    money,
                    price,
                )
            )
        return self._sized[known]

    # prices and the money

    def points(self) -> list[Portfolio]:
        """What is run to look for turns along prices and the money."""
        return [self.row(line, who, f) for line in self.lines for who in line.moves for f in FACTORS if f != 1.0]

    def crossings(self, gains: Gains) -> list[tuple[_Line, Crossing]]:
        """Where who comes first changes along them, as far as the first look shows."""
        found = []
        for line in self.lines:
            curves = {who: np.stack([self._gain(gains, line, who, f) for f in FACTORS]) for who in SIDES}
            crossing = along(np.array(FACTORS), curves, 1.0)
            if crossing is not None:
                found.append((line, crossing))
        return found

    def _gain(self, gains: Gains, line: _Line, who: Who, factor: float) -> Floats:
        """A side's life-years at a point; as it is, they are at hand."""
        row = self.row(line, who, factor).choices
        return gains[row] if row in gains else self.base[who][:LOOKED]

    def ends(self, found: Sequence[tuple[_Line, Crossing]]) -> list[Portfolio]:
        """What is run to see whether they hold: both sides of each turn, and all as it is."""
        return [
            *(self.row(MONEY, who, 1.0) for who in SIDES),
            *(self.row(line, who, f) for line, c in found for who in SIDES for f in _ends(c)),
        ]

    def told(
        self, found: Sequence[tuple[_Line, Crossing]], anew: Gains, also: Sequence[tuple[float, Turn]] = ()
    ) -> tuple[Turn, ...]:
        """The nearest turns that hold, and those that were found elsewhere."""
        nearest: dict[str, tuple[float, Turn]] = {}
        for nearness, turn in [*self._set(found, anew), *self._believed(anew), *also]:
            if turn.key not in nearest or nearness < nearest[turn.key][0]:
                nearest[turn.key] = (nearness, turn)
        return tuple(turn for _, turn in sorted(nearest.values(), key=lambda pair: pair[0])[:KEPT])

    def _set(self, found: Sequence[tuple[_Line, Crossing]], anew: Gains) -> list[tuple[float, Turn]]:
        """Turns along prices and the money, where futures that they were not found on put them."""
        turns = []
        for line, c in found:
            at = np.array(_ends(c))
            curves: dict[Who, Floats] = {
                who: np.stack([anew[self.row(line, who, f).choices] for f in at]) for who in SIDES
            }
            again = along(at, curves, c.at)
            if again is None or (again.below, again.above) != (c.below, c.above):
                continue
            lead = curves[c.below] - curves[c.above]
            if leads(lead[0]) and leads(-lead[-1]):
                turns.append((abs(log(again.at)) / (2 * log(FACTORS[-1])), self._as_turn(line, again)))
        return turns

    def _as_turn(self, line: _Line, c: Crossing) -> Turn:
        scale = self.table.money if line is MONEY else 1.0
        unit = self.table.program.currency if line is MONEY else "times"
        close = (c.close[0] * scale, c.close[1] * scale)
        return Turn(
            line.key, line.words, unit, "money" if line is MONEY else "price", Interval(scale, scale, scale),
            c.at * scale, close, c.below, c.above, True, MAIN,
        )  # fmt: skip

    # what is believed

    def _believed(self, anew: Gains) -> list[tuple[float, Turn]]:
        """Turns along figures of the evidence, on all futures: those shown, and those on which turns are run anew."""
        table = self.table
        evidence, drawn = table.prepared.evidence, table.prepared.anchor.futures.p
        which = np.concatenate([table.shown, table.fresh])
        gains = {who: np.concatenate([x, anew[self.row(MONEY, who, 1.0).choices]]) for who, x in self.base.items()}
        figures = {key: x[which] for key, x in drawn.items() if key in evidence.rows}
        turns = []
        for one in given(figures, gains, table.prepared.seed):
            if holds(one.crossing, figures[one.key], gains):
                row, c = evidence[one.key], one.crossing
                turn = Turn(
                    one.key, row.name, row.unit, "evidence", one.now, c.at, c.close, c.below, c.above, True, MAIN
                )
                turns.append((0.5 - one.past, turn))
        return turns


def _ends(c: Crossing) -> tuple[float, float]:
    return max(c.at / APART, FACTORS[0]), min(c.at * APART, FACTORS[-1])


__all__ = ["MONEY", "SIDES", "Turns", "turns"]
