"""What the plan should change: the fan, and what each part does, told twice."""

from __future__ import annotations

from typing import Any

import numpy as np

from longview.report.charts import fan as fans
from longview.report.charts import marks
from longview.report.messages import OUTCOMES as WORDS
from longview.report.rounding import chance, figure, money, month_words, of_hundred, rate, span
from longview.report.sections.answer import plot_rows
from longview.report.sections.gains import gain, gain_said
from longview.report.told import MAIN, Told, shows_staff, worth_telling
from longview.results import OUTCOMES, Telling, interval

STAFF = ("quits", "burnout")
TELLINGS: tuple[tuple[Telling, str], ...] = (
    ("open", "While we stay open"),
    ("closing", "With the danger of closing"),
)


def section(told: Told) -> dict[str, Any]:
    """The fan with its table, and the interval plot in both tellings on one axis."""
    recorded = fans.recorded_deaths(told.program)
    picture = fans.fan(told.today, told.pick, recorded)
    rows = [_year(row) for row in fans.table(told.today, told.pick, recorded)]
    found = told.comparison
    axis = marks.Axis.over(
        [
            gain(found, "deaths", p, telling=t)
            for t in ("open", "closing")
            for p in range(len(found.portfolios))
            if t in found.values
        ]
    )
    both = [
        {"head": head, "rows": plot_rows(told, "deaths", telling, axis=axis, rivals=1)[1]} for telling, head in TELLINGS
    ]
    swing = told.pick.deaths_counted[:, -12:].sum(axis=1)
    paired = interval(fans.gained(told.today, told.pick)[:, -1])
    return {
        "fan": picture,
        "years": rows,
        "recorded": recorded,
        "both": both,
        "axis": marks.foot(axis, "more deaths", "fewer people who die"),
        "swing": interval(swing),
        "gain": paired,
        "fewer_in": float(np.mean(fans.gained(told.today, told.pick)[:, -1] > 0)),
        "outcomes": outcomes(told),
    }


def _year(row: fans.YearOfDeaths) -> dict[str, Any]:
    return {
        "to": month_words(row.to),
        "counted": None if row.counted is None else span(*(f"{whole:,.0f}" for whole in row.counted)),
        "hidden": row.hidden,
        "today": _cell(row.today),
        "plan": _cell(row.plan),
        "gain": _cell(row.gain),
    }


def _cell(three: tuple[float, float, float] | None) -> tuple[str, str] | None:
    if three is None:
        return None
    low, middle, high = three
    return figure(middle), span(figure(low), figure(high))


def outcomes(told: Told) -> list[dict[str, Any]]:
    """Every outcome under today's path and the plan, and the plan's paired gain, with the danger of closing."""
    found, pick = told.comparison, told.decision.pick
    rows: list[dict[str, Any]] = []
    for outcome in OUTCOMES:
        if outcome.id in STAFF and not shows_staff(told.program, told.audience):
            continue
        if told.outside and outcome.id in ("free_cash", "spending", "backlog"):
            continue
        if not worth_telling(found, told.program, outcome, pick):
            continue
        words = WORDS[outcome.id]
        if outcome.over == "chance":
            shares = [float(found.values[MAIN][outcome.id][p].mean()) for p in (0, pick)]
            gap = (shares[0] - shares[1]) * 100
            change = (
                "no change" if abs(gap) < 0.5 else f"{abs(gap):.0f} points {words.better if gap > 0 else words.worse}"
            )
            rows.append(
                {
                    "what": words.title,
                    "today": (chance(shares[0]), ""),
                    "plan": (chance(shares[1]), ""),
                    "gain": (change, ""),
                }
            )
            continue
        middle, ends = gain_said(outcome.id, gain(found, outcome.id, pick), found.currency)
        today, plan = (
            (None, None) if outcome.id == "life_years" else (value_said(told, outcome.id, p) for p in (0, pick))
        )
        same = middle == "none" and ends in ("0", money(0, found.currency))
        rows.append(
            {"what": words.title, "today": today, "plan": plan, "gain": ("no change", "") if same else (middle, ends)}
        )
    return rows


def value_said(told: Told, outcome: str, row: int) -> tuple[str, str]:
    """An outcome itself: its middle and its likely range, in its unit."""
    found, coin = told.comparison.value(outcome, row, telling=MAIN), told.comparison.currency
    written = {"money": lambda v: money(v, coin), "share": of_hundred, "rate": rate}.get(WORDS[outcome].unit, figure)
    return written(found.middle), span(written(found.low), written(found.high))
