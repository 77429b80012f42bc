"""Results for machines: a long table, and plain values for JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from longview.results import OUTCOMES, Comparison, Interval, Outbreak, Outlook, Portfolio, interval

if TYPE_CHECKING:
    import polars as pl

SCHEMA = 1
SHARES = ((95, 0.95), (80, 0.8), (50, 0.5))
FLOWS = (
    "deaths",
    "deaths_other",
    "deaths_counted",
    "overdoses",
    "reversals",
    "people",
    "reached",
    "on_moud",
    "injecting",
    "hcv_infections",
    "hiv_infections",
    "skin_infections",
    "wounds_hospital",
    "visits",
    "turned_away",
    "kits_given",
    "syringes_given",
    "kits_held",
    "open_share",
    "days_closed",
    "posts_filled",
    "quits",
    "burnout",
    "fires",
    "readiness",
    "condition",
    "backlog",
    "free_cash",
    "owed",
    "income",
    "spending",
    "rationing",
)
BY_FUND = ("fund_cash", "charged")
CHANCES = ("ran_out", "closed")


def outlook_frame(outlook: Outlook) -> pl.DataFrame:
    """An outlook as a long table: a row for each series, fund and month.

    Columns: series, fund (null where the series is the program's), month (`YYYY-MM`), low95, low80, low50, middle,
    high50, high80, high95; for yes-or-no series only `chance`, the share of futures in which it is so.
    """
    import polars as pl

    columns: dict[str, list[Any]] = {name: [] for name in ("series", "fund", "month", *_ends(), "chance")}
    months = [str(month) for month in outlook.months]
    for series in FLOWS:
        _add(columns, series, None, months, np.asarray(getattr(outlook, series), np.float64))
    for series in BY_FUND:
        for n, fund in enumerate(outlook.fund_ids):
            _add(columns, series, fund, months, np.asarray(getattr(outlook, series)[n], np.float64))
    for series in CHANCES:
        chance = np.asarray(getattr(outlook, series), np.float64).mean(axis=0)
        for month, share in zip(months, chance, strict=True):
            row = {"series": series, "fund": None, "month": month, "chance": float(share)}
            for name in columns:
                columns[name].append(row.get(name))
    kinds: dict[str, Any] = {"series": pl.String, "fund": pl.String, "month": pl.String}
    return pl.DataFrame(columns, schema={name: kinds.get(name, pl.Float64) for name in columns})


def _ends() -> tuple[str, ...]:
    return (*(f"low{n}" for n, _ in SHARES), "middle", *(f"high{n}" for n, _ in reversed(SHARES)))


def _add(columns: dict[str, list[Any]], series: str, fund: str | None, months: list[str], values: np.ndarray) -> None:
    quantiles = [(1 - s) / 2 for _, s in SHARES] + [0.5] + [(1 + s) / 2 for _, s in reversed(SHARES)]
    found = np.quantile(values, quantiles, axis=0)
    for name, row in zip(_ends(), found, strict=True):
        columns[name] += row.tolist()
    columns["series"] += [series] * len(months)
    columns["fund"] += [fund] * len(months)
    columns["month"] += months
    columns["chance"] += [None] * len(months)


def outlook_json(outlook: Outlook) -> dict[str, Any]:
    """An outlook as plain values: what it is, then each series by month."""
    frame = outlook_frame(outlook)
    series: dict[str, Any] = {}
    for (name, fund), rows in frame.group_by(["series", "fund"], maintain_order=True):
        kept = [c for c in frame.columns if c not in ("series", "fund", "month") and rows[c].null_count() == 0]
        values = {column: rows[column].to_list() for column in kept}
        if fund is None:
            series[str(name)] = values
        else:
            series.setdefault(str(name), {})[str(fund)] = values
    return {
        "schema": SCHEMA,
        "program": outlook.program,
        "portfolio": _portfolio(outlook.portfolio),
        "currency": outlook.currency,
        "price_year": outlook.price_year,
        "anchored": outlook.anchored,
        "futures": int(outlook.deaths.shape[0]),
        "months": [str(month) for month in outlook.months],
        "series": series,
        "flags": [asdict(flag) for flag in outlook.flags],
        "evidence_used": dict(outlook.evidence_used),
    }


def compare_json(comparison: Comparison) -> dict[str, Any]:
    """A comparison as plain values: for each telling and portfolio, each outcome and its paired gain on keeping
    the money."""
    return {
        "schema": SCHEMA,
        "first_month": str(comparison.first_month),
        "months": comparison.months,
        "currency": comparison.currency,
        "outcomes": {o.id: {"unit": o.unit, "better": "more" if o.better > 0 else "less"} for o in OUTCOMES},
        "portfolios": [
            {
                **_portfolio(portfolio),
                "cost": float(comparison.cost[p] - comparison.cost[0]),
                "tellings": {
                    telling: {o.id: _told(comparison, o.id, p, telling) for o in OUTCOMES if o.id in values}
                    for telling, values in comparison.values.items()
                },
            }
            for p, portfolio in enumerate(comparison.portfolios)
        ],
    }


def _told(comparison: Comparison, outcome: str, row: int, telling: Any) -> Mapping[str, Any]:
    value = comparison.value(outcome, row, telling=telling)
    found: dict[str, Any] = {
        "value": {"low": value.low, "middle": value.middle, "high": value.high},
        "mean": float(np.mean(comparison.values[telling][outcome][row])),
        "against_keeping": {},
    }
    for percent, share in SHARES:
        gap = comparison.difference(outcome, row, telling=telling, share=share)
        found["against_keeping"] |= {"middle": gap.middle, f"low{percent}": gap.low, f"high{percent}": gap.high}
    found["chance_better"] = comparison.chance_better(outcome, row, telling=telling)
    found["tied"] = comparison.tied(outcome, row, 0, telling=telling)
    return found


def _portfolio(portfolio: Portfolio) -> dict[str, Any]:
    choices = [{"option": c.option, "level": c.level, "start": str(c.start)} for c in portfolio.choices]
    return {"name": portfolio.name, "choices": choices}


def outbreak_json(found: Outbreak) -> dict[str, Any]:
    """A what-if as plain values: each case's size, and how many fewer infections than today's."""

    def three(interval: Interval) -> dict[str, float]:
        return {"low80": interval.low, "middle": interval.middle, "high80": interval.high}

    return {
        "schema": SCHEMA,
        "what_if": True,
        "days": found.days,
        "sooner_days": found.sooner,
        "futures": int(found.people.shape[0]),
        "people_who_inject": three(interval(found.people)),
        "syringes_a_month": three(interval(found.syringes)),
        "cases": {
            case: {
                "infections": three(found.size(case)),
                "mean": float(np.mean(size)),
                "fewer_than_today": three(found.fewer(case, "today")),
                "past_100": found.past(case, 100.0),
            }
            for case, size in found.sizes.items()
        },
    }
