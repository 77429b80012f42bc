"""What a choice came to: the pick, how it was found, what it gives up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from longview.results.comparison import Comparison, Telling
from longview.results.interval import Interval
from longview.results.outlook import Flag
from longview.results.portfolio import Portfolio


@dataclass(frozen=True, slots=True)
class Alternative:
    """The best portfolio with one option forced out or forced in, against the pick.

    Attributes:
        gap: life-years of the pick minus this one's, paired (positive: the pick does better).
        index: its row in the decision's comparison.
    """

    option: str
    forced: Literal["in", "out"]
    portfolio: Portfolio
    gap: Interval
    index: int


@dataclass(frozen=True, slots=True)
class SwitchingValue:
    """A figure at which the pick changes: which, its value now, where it turns, to what.

    Attributes:
        key: what it is, in words. kind: of what sort; unit: "" for money.
        nearness: 0-1, how near the turn lies: the chance that the figure lies past it where it is drawn, else how small the
            change is; the nearest are told first.
    """

    key: str
    now: float
    turns_at: float
    to: str
    kind: Literal["price", "money", "evidence", "fund"] = "price"
    unit: str = ""
    nearness: float = 0.0


@dataclass(frozen=True, slots=True)
class Decision:
    """The best affordable portfolio that was found.

    Attributes:
        pick, runner_up: rows of `comparison` (row 0 is today's path). The runner-up is the best portfolio that differs
            from the pick in at least one option (not only in a level), and does more than add to it, where there is
            one; None where nothing else is affordable.
        tied: whether our numbers cannot choose between pick and runner-up, by telling.
        rests_on_closing: whether the pick would differ if closing were left out of account.
        method: "enumerated" (every affordable portfolio was run: a proof) or "searched" (greedy with exchange: the best
            found).
        considered: portfolios that could be put together; affordable: of those, within money, strings and floors (of
            method "searched": those that were run, since counting them all was given up).
        refused: option id → message code why it is in no affordable portfolio.
        unmatched: option id → why it has no row in `alternatives`, though some plan that we can afford holds it:
            "too-dangerous" (every other plan with it, or without it, runs short too often), "needed" (every plan holds it).
        score: what was maximised (mean life-years gained, on fresh futures), by telling.
        flags: what must be said of the choice itself: today's path lacks money or breaks the reserve, an option's
            lawfulness is unclear …
    """

    comparison: Comparison
    pick: int
    runner_up: int | None
    tied: Mapping[Telling, bool]
    rests_on_closing: bool
    method: Literal["enumerated", "searched"]
    considered: int
    affordable: int
    refused: Mapping[str, str]
    alternatives: tuple[Alternative, ...]
    switching: tuple[SwitchingValue, ...]
    score: Mapping[Telling, Interval]
    flags: tuple[Flag, ...] = ()
    unmatched: Mapping[str, str] = field(default_factory=dict)

    @property
    def portfolio(self) -> Portfolio:
        """The pick itself."""
        return self.comparison.portfolios[self.pick]
