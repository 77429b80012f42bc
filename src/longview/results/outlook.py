"""All futures of one portfolio."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longview.program.months import Month
from longview.results.interval import Interval, interval
from longview.results.portfolio import Portfolio

Floats = NDArray[np.floating]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that the user must be told about a run: `code` is a message id, `share` the share of futures it touches."""

    code: str
    share: float
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Outlook:
    """All futures of one portfolio. Axes: F futures, T months from `first_month`; the run-off is not included.

    Flows belong to the month in which they happen; stocks are taken at its end.

    Attributes:
        anchored: whether the levels were updated by the program's own records (False: the prior outlook).
        deaths: opioid overdose deaths in the catchment, persons/month, [F, T].
        deaths_other: overdose deaths without opioids, which naloxone does not touch, persons/month, [F, T].
        deaths_counted: overdose deaths of all kinds as a registry would count them (whole people), [F, T].
        overdoses: opioid overdoses, fatal and not, /month, [F, T].
        reversals: overdoses met with naloxone by someone there, /month, [F, T].
        people: people in the catchment who use drugs, [F, T].
        reached: of those, in touch with the program, [F, T].
        on_moud: of those who use opioids, on medication, [F, T].
        injecting: people who inject, [F, T].
        hcv_infections, hiv_infections: people who inject newly infected, persons/month, [F, T].
        skin_infections: of people who inject or smoke, /month, [F, T].
        wounds_hospital: hospital stays for infections from injecting, /month, [F, T].
        visits: visits served, /month, [F, T].
        turned_away: share of wanted visits that could not be served, 0-1, [F, T].
        kits_given: naloxone kits handed out, /month, [F, T].
        syringes_given: syringes handed out, /month, [F, T].
        kits_held: kits in people's hands, [F, T].
        open_share: share of the planned sessions that were held, 0-1, [F, T].
        days_closed: days closed by the building, days/month, [F, T].
        posts_filled: whole people in post, [F, T].
        quits: workers who leave, /month, [F, T].
        burnout: share of workers burnt out, 0-1, [F, T].
        fires: share of staff hours spent on crises, 0-1, [F, T].
        readiness: 0-1, [F, T].
        condition: of the worst building that is ours to keep, 0-1; 1 where there is none, [F, T].
        backlog: repairs put off, nominal money, [F, T].
        free_cash: money that no fund restricts, nominal, month end, [F, T].
        fund_cash: restricted money in hand, nominal, by fund, [N, F, T].
        owed: claimed and not yet paid to us, nominal, [F, T].
        income, spending: nominal money/month, [F, T].
        charged: money charged to each fund, nominal/month, [N, F, T].
        rationing: the hardest rung in force, 0-1, [F, T].
        ran_out: free cash has been below zero by this month, [F, T].
        closed: the program has closed by this month, [F, T].
        fund_ids: names of the axis N.
        evidence_used: evidence key → "yours" or "literature" (law 4).
    """

    program: str
    portfolio: Portfolio
    first_month: Month
    currency: str
    price_year: int
    anchored: bool
    deaths: Floats
    deaths_other: Floats
    deaths_counted: Floats
    overdoses: Floats
    reversals: Floats
    people: Floats
    reached: Floats
    on_moud: Floats
    injecting: Floats
    hcv_infections: Floats
    hiv_infections: Floats
    skin_infections: Floats
    wounds_hospital: Floats
    visits: Floats
    turned_away: Floats
    kits_given: Floats
    syringes_given: Floats
    kits_held: Floats
    open_share: Floats
    days_closed: Floats
    posts_filled: Floats
    quits: Floats
    burnout: Floats
    fires: Floats
    readiness: Floats
    condition: Floats
    backlog: Floats
    free_cash: Floats
    fund_cash: Floats
    owed: Floats
    income: Floats
    spending: Floats
    charged: Floats
    rationing: Floats
    ran_out: Bools
    closed: Bools
    fund_ids: tuple[str, ...]
    flags: tuple[Flag, ...]
    evidence_used: Mapping[str, str]

    @property
    def months(self) -> tuple[Month, ...]:
        """The months of axis T."""
        return tuple(self.first_month.plus(t) for t in range(self.deaths.shape[1]))

    def interval(self, series: str, share: float = 0.8, *, at: int | None = None) -> Interval:
        """Interval of a series: summed over all months, or its value in month `at` (an index of T; -1 the last)."""
        values = np.asarray(getattr(self, series), dtype=np.float64)
        return interval(values.sum(axis=1) if at is None else values[:, at], share)

    def chance(self, series: str, at: int = -1) -> float:
        """Share of futures in which a yes-or-no series is true in month `at`."""
        return float(np.mean(getattr(self, series)[:, at]))
