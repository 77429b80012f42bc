"""Options side by side on the same futures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from longview.program.months import Month
from longview.results.interval import Interval, interval, paired
from longview.results.portfolio import Portfolio

Telling = Literal["open", "closing"]
"""How a comparison is told: "open" = while we stay open (cash shocks off), "closing" = with the danger of closing."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """An outcome that comparisons report.

    Attributes:
        better: +1 where more is better, -1 where less is.
        over: "sum" over the horizon, "end" its last month, "mean" over the horizon, "chance" a yes or no at its end, "rate" one
            series over another (`of`, `per`): the events of the horizon for each 1,000 person-years.
    """

    id: str
    unit: str
    better: int
    over: Literal["sum", "end", "mean", "chance", "total", "rate"]
    of: str = ""
    per: str = ""


PERSON_YEARS = 1000.0
"""Person-years for which an outcome of kind "rate" is told."""

OUTCOMES: tuple[Outcome, ...] = (
    Outcome("life_years", "years of life", 1, "total"),
    Outcome("deaths", "people who would die of overdose", -1, "sum"),
    Outcome("overdoses", "overdoses", -1, "sum"),
    Outcome("reached", "people in touch with us", 1, "end"),
    Outcome("visits", "visits", 1, "sum"),
    Outcome("turned_away", "share of wanted visits turned away", -1, "mean"),
    Outcome("kits_given", "kits", 1, "sum"),
    Outcome(
        "hcv_rate",
        "hepatitis C infections, for 1,000 people who inject and a year",
        -1,
        "rate",
        "hcv_infections",
        "injecting",
    ),
    Outcome(
        "hiv_rate", "HIV infections, for 1,000 people who inject and a year", -1, "rate", "hiv_infections", "injecting"
    ),
    Outcome(
        "wounds_rate", "hospital stays for wounds, for 1,000 people and a year", -1, "rate", "wounds_hospital", "people"
    ),
    Outcome("skin_rate", "skin infections, for 1,000 people and a year", -1, "rate", "skin_infections", "people"),
    Outcome("quits", "workers who leave", -1, "sum"),
    Outcome("posts_filled", "people in post", 1, "end"),
    Outcome("burnout", "share of workers burnt out", -1, "mean"),
    Outcome("fires", "share of hours on crises", -1, "mean"),
    Outcome("days_closed", "days closed by the building", -1, "sum"),
    Outcome("backlog", "repairs put off, money", -1, "end"),
    Outcome("spending", "money spent", -1, "sum"),
    Outcome("free_cash", "free cash at the end", 1, "end"),
    Outcome("ran_out", "chance of running out of cash", -1, "chance"),
    Outcome("closed", "chance of closing", -1, "chance"),
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """P portfolios on the same F futures; the first is today's path ("keep the money").

    Attributes:
        values: telling → outcome id → one value a portfolio and future over the whole horizon, [P, F]. `life_years` are
            gained against today's path (so row 0 is zero); everything else is the outcome itself.
        cost: planned extra cost of each portfolio over the horizon, nominal, middle future, [P].
    """

    portfolios: tuple[Portfolio, ...]
    first_month: Month
    months: int
    currency: str
    values: Mapping[Telling, Mapping[str, NDArray[np.floating]]]
    cost: NDArray[np.floating]

    def difference(
        self, outcome: str, a: int, b: int = 0, *, telling: Telling = "open", share: float = 0.8
    ) -> Interval:
        """Paired interval of portfolio `a` minus portfolio `b`."""
        rows = self.values[telling][outcome]
        return paired(rows[a], rows[b], share)

    def mean_difference(self, outcome: str, a: int, b: int = 0, *, telling: Telling = "open") -> float:
        """Mean over futures of portfolio `a` minus portfolio `b`."""
        rows = np.asarray(self.values[telling][outcome], dtype=np.float64)
        return float(np.mean(rows[a] - rows[b]))

    def chance_better(self, outcome: str, a: int, b: int = 0, *, telling: Telling = "open") -> float:
        """Share of futures in which `a` is better than `b` (equal futures count half)."""
        better = next(o.better for o in OUTCOMES if o.id == outcome)
        rows = np.asarray(self.values[telling][outcome], dtype=np.float64)
        gap = (rows[a] - rows[b]) * better
        return float(np.mean((gap > 0) + 0.5 * (gap == 0)))

    def tied(self, outcome: str, a: int, b: int, *, telling: Telling = "open") -> bool:
        """Whether the paired 80% interval of `a` minus `b` includes zero (DESIGN: ties are told)."""
        gap = self.difference(outcome, a, b, telling=telling)
        return gap.low <= 0 <= gap.high

    def value(self, outcome: str, p: int, *, telling: Telling = "open", share: float = 0.8) -> Interval:
        """Interval of an outcome itself under portfolio `p`."""
        return interval(self.values[telling][outcome][p], share)
