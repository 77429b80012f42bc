"""Gains: how much better one portfolio is than another, as an interval and in words."""

from __future__ import annotations

from longview.report.messages import OUTCOMES as WORDS
from longview.report.rounding import gain_range, gain_words, half_up, money, rate_range, rate_words, span
from longview.report.told import MAIN
from longview.results import OUTCOMES, Comparison, Interval, Telling


def gain(
    comparison: Comparison, outcome: str, a: int, b: int = 0, *, telling: Telling = MAIN, share: float = 0.8
) -> Interval:
    """What `a` gains over `b`, positive where it is better."""
    better = next(o.better for o in OUTCOMES if o.id == outcome)
    gap = comparison.difference(outcome, a, b, telling=telling, share=share)
    return gap if better > 0 else Interval(-gap.high, -gap.middle, -gap.low, gap.share)


def gain_said(outcome: str, found: Interval, currency: str) -> tuple[str, str]:
    """A gain's middle and ends in words that carry its unit."""
    words = WORDS[outcome]
    if words.unit in ("share", "chance"):
        found = Interval(found.low * 100, found.middle * 100, found.high * 100, found.share)
    if words.unit == "rate":
        return rate_words(found, words.better, words.worse), rate_range(found, words.better, words.worse)
    if words.unit != "money":
        return gain_words(found, words.better, words.worse), gain_range(found, words.better, words.worse)
    side = words.better if found.middle > 0 else words.worse
    middle = "none" if half_up(found.middle, 100) == 0 else f"about {money(abs(found.middle), currency)} {side}"
    low, high = half_up(found.low, 100), half_up(found.high, 100)
    if low < 0 < high:
        return middle, f"{money(-low, currency)} {words.worse} to {money(high, currency)} {words.better}"
    near, far = sorted((abs(low), abs(high)))
    return middle, span(money(near, currency), money(far, currency)) + (f" {words.worse}" if low < 0 else "")
