"""What we give up (plum): what waits, what it would have brought, and wages in both currencies."""

from __future__ import annotations

from typing import Any

import numpy as np

from longview.report.messages import refusal_words
from longview.report.rounding import about, counted, figure, gain_range, gain_words, money
from longview.report.sections.answer import differs, hidden
from longview.report.sections.gains import gain, gain_said
from longview.report.told import MAIN, Told, listed, shows_staff, soft, worth_telling
from longview.results import OUTCOMES, Alternative, Interval

FULLY = 3  # options told in full, pay always among them; the others are in a fold
SHOWN = 3  # gains told of each option that waits


def section(told: Told) -> dict[str, Any]:
    """What is not done: options that were weighed, nearest rival first; those that wait; those refused, and why.

    Cuts are not told outside the house.
    """
    done = {c.option for c in told.decision.portfolio.choices}
    forced = {a.option: a for a in told.decision.alternatives if a.forced == "in"}
    refused = told.decision.refused
    left = [o for o in told.program.options if o.id not in done and not (told.outside and told.cuts(o.id))]
    weighed = [_weighed(told, same) for same in _alike([forced[o.id] for o in left if o.id in forced])]
    weighed.sort(key=lambda entry: (entry["wages"] is None, entry["gap"]["middle"]))
    waiting = [told.name(o.id) for o in left if o.id not in forced and o.id not in refused]
    return {
        "names": [*(entry["name"] for entry in weighed), *waiting],
        "weighed": weighed[:FULLY],
        "others": weighed[FULLY:],
        "waiting": waiting,
        "refused": [(told.name(o.id), refusal_words(refused[o.id])) for o in left if o.id in refused],
        "any": bool(left),
    }


def _alike(others: list[Alternative]) -> list[list[Alternative]]:
    """Alternatives that are one and the same plan, told once."""
    rows: dict[int, list[Alternative]] = {}
    for other in others:
        rows.setdefault(other.index, []).append(other)
    return list(rows.values())


def _weighed(told: Told, same: list[Alternative]) -> dict[str, Any]:
    pay = any(_raises_pay(told, a.option) for a in same) and shows_staff(told.program, told.audience)
    index = same[0].index
    return {
        "name": "; ".join(told.name(a.option) for a in same),
        "them": "it" if len(same) == 1 else "these",
        "gap": _gap(same[0]),
        "instead": "" if hidden(told, index) else _instead(told, index),
        "brings": _brings(told, index),
        "wages": _wages(told, index) if pay else None,
    }


def _instead(told: Told, index: int) -> str:
    """What that plan leaves out of ours, and what it does at another level, as sentences."""
    levels = {c.option: c.level for c in told.decision.portfolio.choices}
    other = told.comparison.portfolios[index].choices
    moved = [told.done(c.option, c.level) for c in other if c.option in levels and levels[c.option] != c.level]
    gone = differs(told, index)[1]
    parts = [f"That plan leaves out: {soft(gone)}." if gone else "", f"It has: {soft(listed(moved))}." if moved else ""]
    return " ".join(filter(None, parts))


def _gap(other: Alternative) -> dict[str, Any]:
    gap = other.gap
    return {
        "middle": gap.middle,
        "tied": gap.low <= 0 <= gap.high,
        "years": counted(about(gap.middle), "year", "years"),
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
        if gap.low <= 0 or not worth_telling(found, told.program, outcome, index, pick):
            continue
        middle, ends = gain_said(outcome.id, gap, found.currency)
        if not middle.startswith(("none", "hardly")):
            said.append(f"{_noun(outcome.id, middle)} (likely {ends})")
    return said[:SHOWN]


_NOUNS = {
    "deaths": ("person who dies of overdose", "people who die of overdose"),
    "reached": ("person in touch with us", "people in touch with us"), "visits": ("visit", "visits"),
    "hcv_rate": ("hepatitis C infections a year in 1,000 who inject",) * 2,
    "hiv_rate": ("HIV infections a year in 1,000 who inject",) * 2,
    "wounds_rate": ("hospital stays for wounds a year in 1,000 people",) * 2,
    "skin_rate": ("skin infections a year in 1,000 people",) * 2,
    "turned_away": ("in 100 turned away",) * 2, "quits": ("worker who leaves", "workers who leave"),
    "posts_filled": ("person in post", "people in post"), "burnout": ("in 100 workers burnt out",) * 2,
    "fires": ("in 100 hours on crises",) * 2, "days_closed": ("closed day", "closed days"),
    "backlog": ("in repairs put off",) * 2, "free_cash": ("in free cash at the end",) * 2,
}  # fmt: skip


def _noun(outcome: str, middle: str) -> str:
    return counted(middle, *_NOUNS[outcome])


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
        "kept": _kept(kept),
        "kept_range": gain_range(kept, "more", "fewer"),
        "turn": None if turn is None else figure(turn),
        "anyway": leave_anyway,
        "cost": money(max(0.0, float(found.cost[index] - found.cost[0])), found.currency),
    }


def _kept(kept: Interval) -> str:
    words = gain_words(kept, "more", "fewer")
    if not words.startswith("about"):
        return f"{'no' if words == 'none' else 'hardly any'} more workers"
    return counted(words, "worker", "workers")
