"""The letter on page one: what first, what it costs, who pays, what we give up, what would change our mind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from longview.report.rounding import number_word
from longview.report.sections.answer import ONLY
from longview.report.sections.turns import section as nearest
from longview.report.sections.years import FREE, fund_name
from longview.report.shell import gain_people
from longview.report.told import Told, soft
from longview.results import Interval

SUMS_OF_MONEY = 3
HEADED = 3  # actions in the head of page one, which the letter need not say again


def section(told: Told, page_one: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """What the letter says besides `page_one`; `names` are of what is not in the plan and could be."""
    three = told.findings.three
    solved = sum(v.decision is not None for v in three.all) == SUMS_OF_MONEY
    common = [c for c in three.common if solved and not told.hides([c.option])]
    said = tuple(told.name(c.option) for c in common)
    actions = page_one["shared"] if page_one["tied"] else page_one["actions"]
    headed = actions[:HEADED]  # what the head does not say comes first
    both, *each = page_one["apart"]
    return {
        "pays": payers(told),
        "common": some(sorted((told.done(c.option, c.level) for c in common), key=lambda done: done in headed), 2),
        "expect": _expected(page_one["deaths"]),
        "also": some([action for action in actions[HEADED:] if not action.startswith(said)]),
        "besides": [", besides" if both and mine != ONLY else "" for mine in each],
        "given_up": some(names, 2),
        "mind": _mind(told),
    }


def some(names: Sequence[str], most: int = 3) -> str:
    """The first few of these in words, and how many more there are; "" of none."""
    more = len(names) - most
    if more < 2:
        return "; ".join(name if at == 0 else soft(name) for at, name in enumerate(names))
    return f"{some(names[:most], most)}; and {number_word(more)} more"


def payers(told: Told) -> str:
    """Who pays for what the plan adds, largest share first; "" where nothing is to be paid. Funds have no names outside."""
    sums: dict[str, float] = {}
    for commitment in told.plan.commitments:
        for fund, by_year in commitment.money.items():
            sums[fund] = sums.get(fund, 0.0) + sum(float(amount) for amount in by_year.values())
    total = sum(amount for amount in sums.values() if amount > 0)
    if total < 50:
        return ""
    if told.outside:
        return "our funders and our own income"
    large = [f for f, amount in sorted(sums.items(), key=lambda pair: -pair[1]) if amount >= 0.15 * total][:3]
    names = [fund_name(told, fund) if fund != FREE else "our free cash" for fund in large]
    *others, last = names
    said = f"{', '.join(others)} and {last}" if others else last  # a fund's name keeps its capital
    return said + ("" if sum(sums[f] for f in large) > 0.9 * total else ", for the most part")


def _expected(deaths: Interval) -> str:
    words = gain_people(deaths, "overdose")
    return words[:1].upper() + words[1:]


def _mind(told: Told) -> str:
    """What would change our mind, the nearest; "" where nothing near was found."""
    turns = nearest(told)
    if not turns:
        return ""
    turn = turns[0]
    what = turn["what"] if turn["kind"] == "fund" else soft(turn["what"])
    return f"{what[:1].upper()}{what[1:]}, if {turn['side']} than {turn['at']} (we count on {turn['now']})"
