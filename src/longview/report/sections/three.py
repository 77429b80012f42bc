"""Three plans, on three sums of money, and what they share."""

from __future__ import annotations

from typing import Any

from longview.report.messages import SUMS
from longview.report.rounding import chance, money
from longview.report.sections.gains import gain, gain_said
from longview.report.told import MAIN, Told, listed
from longview.results import Choice, Comparison, Variant


def section(told: Told) -> dict[str, Any] | None:
    """What all three do, and each beside the others; readers outside are told only what is common. None where only one was made."""
    three = told.findings.three
    if not any(v.decision or v.why for v in (three.cut, three.granted)):
        return None
    common = [c for c in three.common if not told.hides([c.option])]
    solved = [v for v in three.all if v.decision is not None]
    return {
        "common": [told.done(c.option, c.level) for c in common],
        "table": None if told.outside else [_variant(told, v, three.common) for v in three.all],
        "asks": [told.name(option) for option in three.asks],
        "asked": money(three.asked, told.program.currency) if three.asked and not three.asks else None,
        "solved": len(solved),
    }


def _variant(told: Told, variant: Variant, common: tuple[Choice, ...]) -> dict[str, Any]:
    coin = told.program.currency
    base = {"name": SUMS[variant.money], "a_year": money(variant.a_year, coin), "why": told.placeless(variant.why)}
    if variant.decision is None:
        return base | {"found": False}
    decision, pick = variant.decision, variant.decision.pick
    found = decision.comparison
    shared = {(c.option, c.level) for c in common}
    own = [told.done(c.option, c.level) for c in decision.portfolio.choices if (c.option, c.level) not in shared]
    years = found.months / 12
    spent = found.difference("spending", pick, telling="open")
    return base | {
        "found": True,
        "own": own,
        "all": listed(told.with_parts(decision.portfolio)),
        "nothing": not decision.portfolio.choices,
        "deaths": gain_said("deaths", gain(found, "deaths", pick), coin),
        "cost": money(abs(spent.middle) / years, coin) + (" less" if spent.middle < -50 * years else ""),
        "ran_out": _chances(found, "ran_out", pick),
        "closed": _chances(found, "closed", pick),
        "tied": decision.runner_up is not None and decision.tied.get(MAIN, False),
    }


def _chances(found: Comparison, outcome: str, pick: int) -> str:
    return chance(float(found.values[MAIN][outcome][pick].mean()))
