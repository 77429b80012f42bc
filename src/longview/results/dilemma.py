"""Two things that the same money could do, and keeping it in hand, side by side on the same futures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from longview.results.comparison import Comparison, Telling
from longview.results.interval import Interval
from longview.results.portfolio import Portfolio

Who = Literal["a", "b", "keep"]
"""A side of a dilemma; "keep" is the third: keep the money in hand."""

ROWS: Mapping[Who, int] = {"a": 1, "b": 2, "keep": 3}
"""Rows of a dilemma's comparisons; row 0 is today's path without the money."""


@dataclass(frozen=True, slots=True)
class Side:
    """What one side does with the money.

    Attributes:
        name: with its size, as a sentence's end ("Open in the evening: 11 hours a week"). short: for a label of a picture.
        options: the program's options that make it up (none: the money is kept).
        portfolios: what it is over each horizon, in the order of `Dilemma.years` (levels may differ: the money does).
        spent: planned, nominal, over each horizon; kept: of the money, what is left in hand at its end.
        beyond: whether its size goes past the most that the program's files give.
        late: years over which it cannot be had at all with this money (a roof that must be saved up for).
    """

    who: Who
    name: str
    short: str
    options: tuple[str, ...]
    portfolios: tuple[Portfolio, ...]
    spent: tuple[float, ...]
    kept: tuple[float, ...]
    beyond: bool = False
    late: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """A figure at which the answer turns, all else as it is, over the longest horizon.

    Attributes:
        key: evidence key, "price:<option id>", "money", or "lift:<key>"; kind says which.
        now: what is believed of it (low = middle = high where it is known).
        at: where the two sides come out even on average; close: between these ends it is too close to call.
        below, above: who comes first below and above.
        checked: whether this was seen to hold when the futures were run anew at figures on both sides of it.
        telling: in which telling it turns.
    """

    key: str
    words: str
    unit: str
    kind: Literal["evidence", "price", "money", "lift"]
    now: Interval
    at: float
    close: tuple[float, float]
    below: Who
    above: Who
    checked: bool
    telling: Telling = "closing"


def first(comparison: Comparison, telling: Telling) -> Who | None:
    """The side with the most years of life, if the likely range of its lead over each other side leaves zero out; else None."""
    means = {who: comparison.mean_difference("life_years", row, telling=telling) for who, row in ROWS.items()}
    best = max(means, key=lambda who: means[who])
    others = [row for who, row in ROWS.items() if who != best]
    leads = [comparison.difference("life_years", ROWS[best], row, telling=telling) for row in others]
    return best if all(lead.low > 0 for lead in leads) else None


@dataclass(frozen=True, slots=True)
class Dilemma:
    """A choice between two sides for the same money, `money` a year (nominal, in hand at the start of each plan year).

    Attributes:
        id: "hours-or-building", "supplies-or-wages", "fires-or-long-view", or "own" for two options of the program's.
        sides: a, b and keep. years: the horizons.
        comparisons: one for each horizon: today's path without the money, a, b, keep (`ROWS`), run-off included.
        first: who comes first in years of life over the longest horizon, by telling; None: our numbers cannot choose.
        turns: the nearest first.
        worth: of supplies against wages: years of life that one worker kept for a year would have to be worth for wages to
            come out even, over the longest horizon while we stay open; None where wages keep nobody.
        repaid: of fires against the long view: share of futures in which the hours kept are won back.
        alone: of fires against the long view: years of life that the long view does over keeping the money, where fewer fires are
            all that comes of it, over the longest horizon with the danger of closing.
        lift_tried: and the fund whose renewal it might lift, with the largest rise of that chance tried; None: no such fund.
        more_leave: of supplies against wages: share of futures in which more workers would leave with the raise than leave without
            it in another run of luck (two real worlds, not the same one twice).
        doubt: evidence key → share of the doubt in the two sides' difference that it explains, 0-1, over the longest horizon, with
            the danger of closing.
        missing: sides that the program's options cannot make, each with the message that says why; then nothing was compared.
    """

    id: str
    money: float
    currency: str
    sides: tuple[Side, ...]
    years: tuple[int, ...]
    comparisons: tuple[Comparison, ...]
    first: Mapping[Telling, Who | None]
    turns: tuple[Turn, ...] = ()
    worth: Interval | None = None
    repaid: float | None = None
    missing: Mapping[Who, str] = field(default_factory=dict)
    more_leave: float | None = None
    doubt: Mapping[str, float] = field(default_factory=dict)
    alone: Interval | None = None
    lift_tried: tuple[str, float] | None = None

    def side(self, who: Who) -> Side:
        """That side.

        Raises:
            StopIteration: it could not be made.
        """
        return next(side for side in self.sides if side.who == who)
