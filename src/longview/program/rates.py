"""Rates that a source tells ready made, for an area: so many per so many, with the events and visits behind them untold.

`Rate` (counts.py) is worked out from two counts; here neither is known, so nothing of these can be summed, added to a
count, or turned into one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, NoReturn

from longview.program.months import Month

RateKind = Literal["told", "hidden", "not-reported", "not-available", "no-row"]

_WORDS: dict[str, RateKind] = {
    "hidden": "hidden",
    "*": "hidden",
    "suppressed": "hidden",
    "not reported": "not-reported",
    "not available": "not-available",
    "no row": "no-row",
}
_WRITTEN: dict[RateKind, str] = {kind: word for word, kind in reversed(_WORDS.items())}


@dataclass(frozen=True, slots=True)
class RateFigure:
    """What a source tells of a rate: a figure, or why there is none.

    Attributes:
        value: the figure as printed; None unless it is told.
        kind: "told"; "hidden" (the source knows it and does not say); "not-reported" (the area does not share its
            figures with the source); "not-available" (the area takes no part, so nobody there counts for it);
            "no-row" (the file has no row of that month).

    Raises:
        ValueError: a figure that is below 0 or no number, one that is told without a value, or a value beside another
            kind.
    """

    value: float | None
    kind: RateKind = "told"

    def __post_init__(self) -> None:
        if (self.value is None) == (self.kind == "told"):
            raise ValueError(f"a rate that is told has a value, any other has none: {self.value}, {self.kind}")
        if self.value is not None:
            if not (math.isfinite(self.value) and self.value >= 0):
                raise ValueError(f"a rate is 0 or more: {self.value}")
            object.__setattr__(self, "value", float(self.value) + 0.0)  # + 0.0: no minus before a zero

    @classmethod
    def word(cls, text: str) -> RateFigure | None:
        """The rate that a word stands for: `hidden` (or `*`), `not reported`, `not available`, `no row`; else None."""
        kind = _WORDS.get(" ".join(text.lower().replace("-", " ").split()))
        return None if kind is None else cls(None, kind)

    @property
    def told(self) -> bool:
        """Whether a figure is told."""
        return self.kind == "told"

    def __str__(self) -> str:
        """What a cell says of it: digits, or the word for its kind."""
        if self.value is None:
            return _WRITTEN[self.kind]
        whole = self.value == int(self.value) and self.value < 1e15
        return str(int(self.value)) if whole else repr(self.value)


@dataclass(frozen=True, slots=True)
class CommunityRate:
    """One area's rate for a month, or for the twelve months that end with it, as its source told it.

    Attributes:
        month: the month, or the last of the twelve.
        over: "month" or "12-months"; the two are kept apart, as one holds the other.
        area, case, measure: as in `CommunityCount`; cases may hold one another (fentanyl is an opioid).
        value: the figure, in `per` of `of` (overdose visits per 10,000 emergency visits), or why there is none.
        per: the rate is told per so many; of: what it was divided by, in words.
        as_of: ISO date on which it was read; source: where.
        rounded_to: the step to which the source rounds its figures (0.1: tenths); 0: not rounded.

    Raises:
        ValueError: `per` not above 0, no words for `of`, or a negative step.
    """

    month: Month
    over: Literal["month", "12-months"]
    area: str
    case: str  # for example "opioids-suspected-nonfatal"
    measure: str  # "overdose_visits" …
    value: RateFigure
    per: int
    of: str
    as_of: str  # ISO date
    source: str
    rounded_to: float = 0.0

    def __post_init__(self) -> None:
        if not (self.per > 0 and self.of.strip() and 0 <= self.rounded_to < math.inf):
            raise ValueError("a rate is told per more than 0 of something that has a name, to a step of 0 or more")

    @property
    def low(self) -> float:
        """The least that the rate can be, in `unit`; 0 where it is not told."""
        return 0.0 if self.value.value is None else max(self.value.value - self.rounded_to / 2, 0.0)

    @property
    def high(self) -> float | None:
        """The most that the rate can be, in `unit`; None where it is not told: no limit is known."""
        return None if self.value.value is None else self.value.value + self.rounded_to / 2

    @property
    def unit(self) -> str:
        """What the figure is per, in words."""
        return f"per {self.per:,} {self.of}"

    def __str__(self) -> str:
        return f"{self.value} {self.unit}" if self.value.told else str(self.value)

    def __add__(self, other: object) -> NoReturn:
        raise TypeError(f"rates {self.unit} can't be summed, over months, areas or drugs")

    __radd__ = __add__
