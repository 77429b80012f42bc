"""Titles of pictures: the finding, in words, and no more than the numbers show."""

from __future__ import annotations

from typing import Any

from longview.report import rounding
from longview.report.told import Told


def method(told: Told) -> str:
    """How the plan was found, and whether that is a proof."""
    found = told.decision
    if found.method == "enumerated":
        many = (
            f"All {found.affordable:,} plans that we could afford"
            if found.affordable != 1
            else "The one plan that we could afford"
        )
        return (
            f"{many}, of {found.considered:,} that could be put together, "
            f"{'were' if found.affordable != 1 else 'was'} run."
        )
    return (
        f"Of {found.considered:,} plans that could be put together we searched, step by step: this is "
        f"the best found, not proved the best."
    )


def picture_title(told: Told, page_one: dict[str, Any]) -> str:
    """Of the picture on page one."""
    if page_one["nothing"]:
        return "Nothing that we can afford does clearly better than today’s path"
    if page_one["tied"]:
        return "The two best plans are too close to call"
    better = page_one["better"]
    if better is None:
        return "No other plan that we can afford was found"
    if better >= 0.9:
        return "We are fairly sure that this plan does more than the next best"
    return "This plan comes first, but we are not sure of it"


def fan_title(changed: dict[str, Any]) -> str:
    """Of the fan."""
    gain, swing = changed["gain"], changed["swing"]
    if swing.high - swing.low <= abs(gain.middle):
        return "What the plan changes stands out from the swings of the drug supply"
    if gain.low > 0:
        return "The drug supply moves deaths more than we can; the plan’s gain is small beside it, and real in most futures"
    return "The drug supply moves deaths more than we can, and the plan’s gain may be lost in it"


def parts_title(told: Told) -> str:
    """Of the plans told twice."""
    if told.decision.rests_on_closing:
        return "The order of the plans changes when the danger of closing is counted"
    return "Counting the danger of closing does not change which plan comes first"


def cash_title(money: dict[str, Any] | None) -> str:
    """Of the picture of cash; "" where there is none."""
    if money is None or money["picture"] is None:
        return ""
    if money["thin"] is None:
        return f"Free cash holds above the reserve of {money['reserve']} in at least 3 futures in 4"
    return f"In {money['thin']}, one future in four is below the reserve of {money['reserve']}"


def staff_answer(told: Told) -> str:
    """How many more or fewer people are in post."""
    today, plan = (o.posts_filled[:, -1] for o in (told.today, told.pick))
    gap = rounding.half_up(float((plan - today).mean()), 0.1)
    if abs(gap) < 0.3:
        return "The plan leaves the number of people in post much as it is on today’s path."
    more = "more" if gap > 0 else "fewer"
    one = f"about {rounding.figure(abs(gap))} {more} people" if abs(gap) >= 1.5 else f"about one person {more}"
    return f"By the end we expect {one} in post than on today’s path."
