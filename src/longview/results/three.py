"""The same choice on three sums of money: expected, cut, and with the ask granted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from longview.results.decision import Decision
from longview.results.portfolio import Choice

Money = Literal["expected", "cut", "granted"]
CUT = 0.3  # of every fund's money, from the first month


@dataclass(frozen=True, slots=True)
class Variant:
    """A plan on one sum of money.

    Attributes:
        a_year: funds' expected money in the first plan year, nominal, own income included.
        decision: None where nothing keeps the board's rules; then `why` says so in words.
    """

    money: Money
    a_year: float
    decision: Decision | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class ThreePlans:
    """Three plans, and what they share.

    Attributes:
        asks: option ids whose grant the third plan counts on; empty: `asked` a year of free money stands in for them.
        common: what all three do, each at the least of its levels: do these whatever happens.
    """

    expected: Variant
    cut: Variant
    granted: Variant
    asks: tuple[str, ...]
    asked: float
    common: tuple[Choice, ...]

    @property
    def all(self) -> tuple[Variant, ...]:
        """In the order in which they are told."""
        return (self.expected, self.cut, self.granted)
