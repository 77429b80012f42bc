"""What can be read off a run: the model's own series, those derived from them, and how a series becomes a figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from longview.model import Futures, Seen, Start
from longview.validation.form import Reading

Floats = NDArray[np.float64]

BY_FUND = ("fund_cash", "charged", "fees", "returned")
STOCKS = frozenset(
    [
        "people", "reached", "on_moud", "kits_held", "posts_filled", "burnout", "fires", "readiness", "condition", "backlog",
        "free_cash", "owed", "rationing", "ran_out", "closed", "gone", "stopped", "turned_away", "open_share", "naloxone_met",
        "naloxone_use", "short", "injecting", "infected", "unseen", "known", "passing",
    ]
)  # fmt: skip
"""Series that are taken at their end where a study says nothing; the rest are summed."""

DERIVED: Mapping[str, str] = {
    "deaths_all": "overdose deaths with opioids and without",
    "nonfatal": "opioid overdoses that are survived",
    "person_years": "years lived by people who use drugs",
    "naloxone_use": "share of witnessed opioid overdoses that meet naloxone (at today's witnessing)",
    "reversals_reported": "reversals that are reported back",
    "injecting_years": "years lived by people who inject",
}
WHOLE: Mapping[str, str] = {
    "life_years": "discounted years of life of everybody, beyond the run too (kind of difference only)",
    "level": "danger of overdose over what the evidence implies, at the start",
}
"""Measures that are no series: one value a future."""

FORMULA: Mapping[str, str] = {
    "deaths_per_overdose": "share of overdoses that end in death",
    "witnessed": "share of overdoses with someone there who can act",
    "called_given_witnessed": "share of witnessed overdoses, without naloxone, for which help is called",
    "naloxone_use": "share of witnessed overdoses that meet naloxone, from kits in hands (met = 1 − exp(−adj·carry·kits))",
    "seizure_excess": "danger over before, less 1, averaged over the `days` after one seizure",
    "seizure_ratio": "danger over before, averaged over the `days` after one seizure",
    "hcv_risk": "hepatitis C infections over those of somebody with neither sterile syringes nor medication",
    "hiv_risk": "HIV infections over those of somebody with neither sterile syringes nor medication",
    "program_cost": "what a new program of that size and place costs, dollars of 2016",
    "evidence": "rows of the evidence, added up (`keys`)",
}


COSTS = ("start_up", "personnel", "operations", "supplies", "medical")
"""Parts of `program_cost`; the first is paid once, the others each year."""


def known_measures(kind: str) -> tuple[str, ...] | None:
    """Names of a kind's measures; None where the kind knows its own."""
    if kind == "formula":
        return tuple(FORMULA)
    if kind == "cohort":
        series = (n for n in Seen._fields if n not in BY_FUND)
        return (*series, *DERIVED, *WHOLE)
    if kind == "outbreak":
        from longview.validation.outbreak import MEASURES

        return tuple(MEASURES)
    if kind == "ranking":
        from longview.validation.ranking import MEASURES as RANKED

        return tuple(RANKED)
    return None


@dataclass(frozen=True)
class Ran:
    """An arm's run: what its measures are read from.

    Attributes:
        numbers: which futures, [F]. seen: series by name, [F, T]. whole: values by name, [F]. horizon: months.
        discount: a month's weight, [T].
    """

    numbers: NDArray[np.intp]
    seen: Mapping[str, Floats]
    whole: Mapping[str, Floats]
    horizon: int
    discount: Floats

    def take(self, which: NDArray[np.intp]) -> Ran:
        """Some of its futures."""
        return Ran(
            self.numbers[which],
            {k: x[which] for k, x in self.seen.items()},
            {k: x[which] for k, x in self.whole.items()},
            self.horizon,
            self.discount,
        )


def series(seen: Seen, portfolio: int, start: Start, futures: Futures, horizon: int) -> dict[str, Floats]:
    """All series of one arm over the horizon, [F, T]."""
    out: dict[str, Floats] = {}
    for name in Seen._fields:
        value = getattr(seen, name)
        if name not in BY_FUND and value is not None and getattr(value, "ndim", 0) == 3:
            out[name] = np.asarray(value[portfolio, :, :horizon], dtype=np.float64)
    before = start.people.sum((0, 1, 2, 3))[:, None]
    people = np.concatenate([before, out["people"]], axis=1)
    out["person_years"] = (people[:, :-1] + people[:, 1:]) / 24.0
    out["injecting_years"] = out["injecting"] / 12.0
    out["deaths_all"] = out["deaths"] + out["deaths_other"]
    out["nonfatal"] = out["overdoses"] - out["deaths"]
    out["reversals_reported"] = out["reversals"] * futures.p["reversal_report_share"][:, None]
    opioid = opioid_overdoses(start)
    seen_by = np.maximum(out["overdoses"] * opioid.share[:, None] * opioid_witnessed(futures)[:, None], 1e-12)
    out["naloxone_use"] = out["reversals"] / seen_by
    return out


@dataclass(frozen=True)
class Overdoses:
    """Today's overdoses by reach of those who use opioids (relative), [reach, F], and their share of all, [F]."""

    by_reach: Floats
    share: Floats


def opioid_overdoses(start: Start) -> Overdoses:
    """Who overdoses at the start, before any dying within the month."""
    events = start.people * start.rates
    opioid = events[:2].sum((0, 2, 3))
    return Overdoses(opioid, opioid.sum(0) / events.sum((0, 1, 2, 3)))


def opioid_witnessed(futures: Futures) -> Floats:
    """Share of overdoses witnessed today, over places, as the model has it, [F]."""
    p = futures.p
    public = p["od_public_share"]
    private = np.clip((p["od_witnessed"] - public * p["od_witnessed_public"]) / (1.0 - public), 0.0, 1.0)
    return np.asarray(public * p["od_witnessed_public"] + (1.0 - public) * private)


OVER: Mapping[str, Callable[[Floats], Any]] = {
    "sum": lambda x: x.sum(1),
    "mean": lambda x: x.mean(1),
    "end": lambda x: x[:, -1],
    "max": lambda x: x.max(1),
    "min": lambda x: x.min(1),
    "ever": lambda x: (x > 0.5).any(1).astype(np.float64),
}


def value(ran: Ran, reading: Reading) -> Floats:
    """A measure of one arm as a figure a future, [F]."""
    if reading.measure in ran.whole:
        return ran.whole[reading.measure] * reading.times
    data = ran.seen[reading.measure]
    if reading.discounted:
        data = data * ran.discount[None, : data.shape[1]]
    first, last = reading.between or (0, ran.horizon)
    over = reading.over or ("end" if reading.measure in STOCKS else "sum")
    return np.asarray(OVER[over](data[:, first : max(last, first + 1)]) * reading.times)
