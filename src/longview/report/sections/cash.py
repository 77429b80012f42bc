"""Cash month by month, the chance of running out, and each fund."""

from __future__ import annotations

from typing import Any

from longview.program import Fund
from longview.program.items import items
from longview.report.charts import cash as pictures
from longview.report.charts import marks
from longview.report.rounding import chance, money, month_words, percent, span
from longview.report.told import Told
from longview.results import FundCash, WhatIf


def section(told: Told) -> dict[str, Any] | None:
    """The picture, the table by year, the funds; readers outside get the chances alone (None)."""
    coin = told.program.currency
    ran_out, closed = told.pick.chance("ran_out"), told.pick.chance("closed")
    chances = {
        "ran_out": ran_out,
        "closed": closed,
        "ran_out_today": told.today.chance("ran_out"),
        "closed_today": told.today.chance("closed"),
        "squares": marks.hundred(
            ran_out,
            f"A hundred squares, one for each future in a hundred: in {percent(ran_out)} of "
            "futures free cash runs out at some time.",
        ),
    }
    if told.outside:
        return {**chances, "picture": None, "thin": None, "years": [], "funds": [], "reserve": None, "owed": None,
                "what_ifs": [], "moved": [], "worst": None}  # fmt: skip
    picture = pictures.cash(told.program, told.pick, today=told.today)
    years = [
        {
            "to": month_words(month),
            "middle": money(middle, coin),
            "range": span(money(low, coin), money(high, coin)),
            "ran_out": percent(out),
            "closed": percent(shut),
        }
        for month, low, middle, high, out, shut in pictures.year_ends(told.pick)
    ]
    return {
        **chances,
        "picture": picture,
        "thin": None if picture.thin is None else month_words(picture.thin),
        "years": years,
        "funds": [_fund(told, fund) for fund in told.program.funds],
        "reserve": money(pictures.reserve_of(told.program, told.pick), coin),
        "own_reserve": told.program.reserve is not None,
        "run_short": told.program.run_short,
        "owed": _owed(told),
        "worst": None if told.findings.cash.worst is None else month_words(told.findings.cash.worst),
        "what_ifs": [_what_if(w) for w in told.findings.cash.what_ifs],
        "moved": [_moved(fund, coin) for fund in told.findings.cash.plan.funds],
    }


def _what_if(found: WhatIf) -> dict[str, Any]:
    """The plan with one thing changed: the chances by the end, and when cash gets thin."""
    return {
        "words": found.words[:1].upper() + found.words[1:],
        "ran_out": percent(found.ran_out[-1]),
        "closed": percent(found.closed[-1]),
        "thin": "not" if found.thin is None else month_words(found.thin, short=True),
        "own": found.id == "as-planned",
    }


def _moved(fund: FundCash, coin: str) -> dict[str, str]:
    """A fund's planned money over the first 12 months; of one that pays back, what it comes to owe, so that the row adds up."""
    year = slice(0, 12)
    reimburses = fund.pays == "reimburse"
    comes = fund.paid if reimburses else fund.arrives
    at_end = min(12, len(fund.closing)) - 1
    return {
        "name": fund.name,
        "opening": money(fund.owed_opening if reimburses else fund.opening, coin),
        "comes": money(sum(comes[year]), coin),
        "charged": money(sum((fund.claimed if reimburses else fund.charged)[year]), coin),
        "returned": money(sum(fund.returned[year]), coin) if any(fund.returned[year]) and not reimburses else "–",
        "closing": money((fund.owed if reimburses else fund.closing)[at_end], coin) if at_end >= 0 else "–",
        "kind": "owed to us" if reimburses else "in hand",
    }


def counted_months(months: float) -> str:
    """`1 month`, `5 months`."""
    return f"{months:g} month{'' if months == 1 else 's'}"


def _fund(told: Told, fund: Fund) -> dict[str, Any]:
    coin = told.program.currency
    months = None if fund.last is None else fund.last.since(fund.first) + 1
    ways = {"advance": "pays ahead", "reimburse": "pays back what was spent", "per-unit": "pays for each unit"}
    how = ways[fund.pays]
    if fund.pays == "reimburse" and fund.months_to_pay:
        how += f", about {counted_months(fund.months_to_pay)} later"
    return {
        "name": fund.name,
        "how": how,
        "status": fund.status,
        "term": money(fund.amount, coin),
        "months": months,
        "until": None if fund.last is None else month_words(fund.last),
        "goes_on": None if fund.chance_of_renewal is None else chance(fund.chance_of_renewal),
        "in_hand": money(fund.opening_balance, coin),
        "never": [items()[item].words if item in items() else item for item in fund.never_pays],
    }


def _owed(told: Told) -> tuple[str, str] | None:
    """What funders owe at the end of the first month: middle and likely range; None where it is nothing to speak of."""
    found, coin = told.pick.interval("owed", at=0), told.program.currency
    if found.high < 50:
        return None
    return money(found.middle, coin), span(money(found.low, coin), money(found.high, coin))
