"""The plan year by year: what, who, by when, whose money, and when to look again."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from longview.program import Month
from longview.report.messages import SERIES
from longview.report.rounding import figure, money, month_words, of_hundred, span
from longview.report.told import Told
from longview.results import Commitment

TRIGGER = re.compile(r"(\w+) ([<>]) (-?\d+(?:\.\d+)?) by (\d{4})")
_SHARES = ("turned_away", "burnout", "fires", "open_share", "readiness", "condition")
_MONEY = ("free_cash", "backlog", "owed", "income", "spending")
_STOCKS = ("posts_filled", "reached", "on_moud", "kits_held", "people")
FREE = "free-cash"


def section(told: Told) -> dict[str, Any]:
    """The commitments, grouped by plan year."""
    plan = told.plan
    shown = [c for c in plan.commitments if not (told.outside and told.cuts(c.option))]
    years: list[dict[str, Any]] = []
    for first in _stretches(told, shown):
        rows = [_row(told, c, first) for c in shown if c.by <= plan.first_month.plus(12 * first.stop - 1)]
        years.append(
            {
                "head": f"Year {first.start + 1}" if len(first) == 1 else f"Years {first.start + 1} to {first.stop}",
                "first": month_words(plan.first_month.plus(12 * first.start)),
                "last": month_words(plan.first_month.plus(12 * first.stop - 1)),
                "rows": [row for row in rows if row is not None],
            }
        )
    spent = sum((sum(by_year.values(), Decimal(0)) for c in shown for by_year in c.money.values()), Decimal(0))
    return {
        "years": years,
        "count": len(shown),
        "left_out": len(plan.commitments) - len(shown),
        "in_all": money(spent, told.program.currency) if spent >= 50 else None,
    }


def _stretches(told: Told, shown: list[Commitment]) -> list[range]:
    """Plan years in stretches in which nothing new starts after the first, so that no year only repeats another."""
    plan = told.plan
    starts = {max(0, c.by.since(plan.first_month) // 12) for c in shown}
    found: list[range] = []
    for year in range(plan.years):
        if found and year not in starts and (year - 1) not in starts:
            found[-1] = range(found[-1].start, year + 1)
        else:
            found.append(range(year, year + 1))
    return found


def _row(told: Told, commitment: Commitment, stretch: range) -> dict[str, Any] | None:
    first = told.plan.first_month
    keys = [first.plus(12 * year + 11).year for year in stretch]
    starts = first.plus(12 * stretch.start) <= commitment.by
    spent = {
        fund: [by_year.get(key, Decimal(0)) for key in keys]
        for fund, by_year in commitment.money.items()
        if any(abs(by_year.get(key, Decimal(0))) >= 50 for key in keys)
    }
    if not starts and not spent:
        return None
    shown = tells_sign(told, commitment)
    return {
        "what": told.placeless(commitment.what),
        "starts": starts,
        "who": commitment.who,
        "by": month_words(commitment.by),
        "money": _money(told, spent),
        "sign": _sign(told, commitment, keys[-1], month_words(first.plus(12 * stretch.stop - 1))) if shown else None,
        "look_again": look_again_words(commitment.look_again, told.program.currency, first.plus(11).month)
        if starts and shown
        else None,
    }


def _sign(told: Told, commitment: Commitment, key: int, to: str) -> dict[str, str] | None:
    """The sign that a commitment works, in the year that ends in `to`; None where its path does not reach there."""
    paths = (commitment.expected, commitment.low, commitment.high)
    if any(key not in path for path in paths):
        return None
    series = commitment.indicator
    middle, low, high = (told_value(series, path[key], told.program.currency) for path in paths)
    when = f"at the end of {to}" if series in (*_MONEY, *_STOCKS) else f"in the year to {to}"
    ends = span(low.removesuffix(" of 100"), high)
    return {"what": f"{SERIES.get(series, series)} {when}", "middle": middle, "ends": ends}


def _money(told: Told, spent: dict[str, list[Decimal]]) -> list[str]:
    """Money by fund; its sum alone for readers outside, since funders bargain with what others give."""
    if not spent:
        return []
    if told.outside:
        return [_sums(told, [sum(year, Decimal(0)) for year in zip(*spent.values(), strict=True)])]
    order = sorted(spent.items(), key=lambda pair: -sum(pair[1]))
    least = sum(sum(amounts) for _, amounts in order) / 10
    shown = [(fund_name(told, fund), amounts) for fund, amounts in order if sum(amounts) >= least]
    rest = [amounts for _, amounts in order if sum(amounts) < least]
    if rest:
        shown.append(("Other funds", [sum(year, Decimal(0)) for year in zip(*rest, strict=True)]))
    return [f"{name}: {_sums(told, amounts)}" for name, amounts in shown]


def _sums(told: Told, amounts: list[Decimal]) -> str:
    """One sum for one year; a sum a year, or from sum to sum, for several."""
    written = [money(amount, told.program.currency) for amount in amounts]
    if len(written) == 1:
        return written[0]
    return (
        f"{written[0]} a year"
        if len(set(written)) == 1
        else f"{span(money(min(amounts), told.program.currency), money(max(amounts), told.program.currency))} a year"
    )


def tells_sign(told: Told, commitment: Commitment) -> bool:
    """Whether this reader may see a promise's sign: none about money outside the house."""
    return not (told.outside and commitment.indicator in _MONEY)


def fund_name(told: Told, fund: str) -> str:
    """A fund's plain name."""
    if fund == FREE:
        return "Free cash"
    return next((f.name for f in told.program.funds if f.id == fund), fund)


def told_value(series: str, value: float, currency: str) -> str:
    """A value of a series as people say it."""
    if series in _MONEY:
        return money(value, currency)
    return f"{of_hundred(value)} of 100" if series in _SHARES else figure(value)


def look_again_words(trigger: str, currency: str, ends_in: int) -> str:
    """A trigger in words: "kits_given < 350 by 2027" is "we count fewer than 350 naloxone kits … in the year to June
    2027".

    Args:
        ends_in: the calendar month in which plan years end. What somebody has written by hand is shown as it stands.
    """
    found = TRIGGER.fullmatch(trigger.strip())
    if found is None:
        return trigger
    series, below = found[1], found[2] == "<"
    words, amount = SERIES.get(series, series), told_value(series, float(found[3]), currency)
    end = month_words(Month(int(found[4]), ends_in))
    if series in _MONEY:
        return f"{words} is {'under' if below else 'over'} {amount} at the end of {end}"
    when = f"at the end of {end}" if series in _STOCKS else f"in the year to {end}"
    return f"we count {'fewer' if below else 'more'} than {amount} {words} {when}"
