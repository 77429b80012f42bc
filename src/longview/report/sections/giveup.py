"""What we give up (plum): what waits, what it would have brought, and wages in both currencies."""

from __future__ import annotations

from typing import Any

import numpy as np

from longview.report.messages import refusal_words
from longview.report.rounding import NB, about, figure, gain_range, gain_words, money
from longview.report.sections.answer import gain, gain_said
from longview.report.told import MAIN, Told, shows_staff
from longview.results import OUTCOMES, Alternative

SHOWN = 3  # gains told of each option that waits


def section(told: Told) -> dict[str, Any]:
    """One entry for each option that is not done, dearest first; cuts are not told outside the house."""
    done = {c.option for c in told.decision.portfolio.choices}
    forced = {a.option: a for a in told.decision.alternatives if a.forced == "in"}
    entries = []
    for option in told.program.options:
        if option.id in done or (told.outside and told.cuts(option.id)):
            continue
        entry: dict[str, Any] = {
            "name": told.name(option.id),
            "why": None,
            "gap": None,
            "brings": [],
            "wages": None,
            "lawful": option.lawful,
        }
        if option.id in told.decision.refused:
            entry["why"] = refusal_words(told.decision.refused[option.id])
        if option.id in forced:
            entry["gap"] = _gap(forced[option.id])
            entry["brings"] = _brings(told, forced[option.id].index)
            if _raises_pay(told, option.id) and shows_staff(told.program, told.audience):
                entry["wages"] = _wages(told, forced[option.id].index)
        entries.append(entry)
    entries.sort(key=lambda e: (e["gap"] is None, e["gap"]["middle"] if e["gap"] else 0))
    return {"entries": entries}


def _gap(other: Alternative) -> dict[str, Any]:
    gap = other.gap
    return {
        "middle": gap.middle,
        "tied": gap.low <= 0 <= gap.high,
        "words": about(gap.middle),
        "ends": gain_range(gap, "fewer", "more"),
        "better": gap.high < 0,
    }


def _brings(told: Told, index: int) -> list[str]:
    """What the best plan with this option surely does better than the pick."""
    found, pick = told.comparison, told.decision.pick
    said = []
    for outcome in OUTCOMES:
        if outcome.over == "chance" or outcome.id in ("life_years", "overdoses", "spending", "kits_given"):
            continue
        if outcome.id in ("quits", "burnout") and not shows_staff(told.program, told.audience):
            continue
        if told.outside and outcome.unit.endswith("money"):
            continue
        gap = gain(found, outcome.id, index, pick)
        if gap.low <= 0:
            continue
        middle, ends = gain_said(outcome.id, gap, found.currency)
        if not middle.startswith(("none", "hardly")):
            said.append(f"{_noun(outcome.id, middle)} (likely {ends})")
    return said[:SHOWN]


_NOUNS = {
    "deaths": "people who die of overdose",
    "reached": "people in touch with us",
    "visits": "visits",
    "turned_away": "in 100 turned away",
    "quits": "workers who leave",
    "posts_filled": "people in post",
    "burnout": "in 100 workers burnt out",
    "fires": "in 100 hours on crises",
    "days_closed": "closed days",
    "backlog": "in repairs put off",
    "free_cash": "in free cash at the end",
}


def _noun(outcome: str, middle: str) -> str:
    return f"{middle} {_NOUNS[outcome]}"


def _raises_pay(told: Told, option: str) -> bool:
    return any(e.option == option and e.lever == "wage" for e in told.program.effects)


def _wages(told: Told, index: int) -> dict[str, Any]:
    """Both currencies: years of life and workers kept, and how many years a worker kept must be worth for pay to
    win."""
    found, pick = told.comparison, told.decision.pick
    kept, years = gain(found, "quits", index, pick), gain(found, "life_years", pick, index)
    leave_anyway = float(np.mean(found.values[MAIN]["quits"][index] > found.values[MAIN]["quits"][pick]))
    turn = years.middle / kept.middle if kept.middle >= 0.5 and years.middle > 0 else None
    return {
        "kept": gain_words(kept, "more", "fewer"),
        "kept_range": gain_range(kept, "more", "fewer"),
        "turn": None if turn is None else figure(turn),
        "anyway": leave_anyway,
        "cost": money(max(0.0, float(found.cost[index] - found.cost[0])), found.currency),
        "nb": NB,
    }
