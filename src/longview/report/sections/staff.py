"""Staff and building: how things stand today, and how they would stand in the plan's last year."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from longview.program import total
from longview.report.rounding import figure, half_up, money, month_words, of_hundred, price, span
from longview.report.told import Told, people_of_role, roles_shown, shows_staff
from longview.results import Interval, Outlook, interval

Written = Callable[[float], str]


def section(told: Told) -> dict[str, Any]:
    """The rows of the table, and what this reader may see of pay."""
    pay = _pay(told)
    return {
        "rows": _rows(told),
        "pay": pay,
        "last": month_words(told.pick.months[-1]),
        "hidden": not shows_staff(told.program, told.audience),
        "building": any(s.condition is not None for s in told.program.sites),
    }


def _last_year(outlook: Outlook, series: str, how: str) -> Interval:
    year = np.asarray(getattr(outlook, series), np.float64)[:, -12:]
    return interval(year.sum(axis=1) if how == "sum" else year.mean(axis=1) if how == "mean" else year[:, -1])


def _rows(told: Told) -> list[dict[str, Any]]:
    coin = told.program.currency
    places, filled = (sum(getattr(p, name) for p in told.program.posts) for name in ("people", "filled"))
    wanted: list[tuple[str, str, str, Written, str | None]] = [
        (f"People in post, of {figure(places)} places", "posts_filled", "end", figure, f"{filled:g}"),
        ("Workers who leave, in a year", "quits", "sum", figure, _left(told)),
        ("Burnt out, of 100 workers", "burnout", "mean", of_hundred, None),
        ("Hours spent on crises, of 100", "fires", "mean", of_hundred, None),
        ("Turned away, of 100 who come", "turned_away", "mean", of_hundred, None),
        ("Sessions held, of 100 planned", "open_share", "mean", of_hundred, None),
    ]
    if not shows_staff(told.program, told.audience):
        wanted = [row for row in wanted if row[1] not in ("quits", "burnout")]
    if any(site.condition is not None for site in told.program.sites):
        backlog = sum(float(site.repairs_put_off) for site in told.program.sites if site.repairs_put_off is not None)
        wanted.append(("Days closed by the building, in a year", "days_closed", "sum", figure, None))
        if not told.outside:
            wanted.append(
                (
                    "Repairs put off",
                    "backlog",
                    "end",
                    lambda v: money(v, coin),
                    money(backlog, coin) if backlog else None,
                )
            )
    rows = []
    for title, series, how, written, counted in wanted:
        cells = [_cell(_last_year(outlook, series, how), written) for outlook in (told.today, told.pick)]
        rows.append({"what": title, "now": counted, "today": cells[0], "plan": cells[1]})
    return rows


def _cell(found: Interval, written: Written) -> tuple[str, str]:
    return written(found.middle), span(written(found.low), written(found.high))


def _left(told: Told) -> str | None:
    """Workers who left in the last 12 recorded months, where departures were counted in each."""
    rows = [w for w in told.program.records.workforce if 0 < told.program.starts.since(w.month) <= 12 and w.departures]
    if len({row.month for row in rows}) < 12:
        return None
    gone = total(row.departures for row in rows if row.departures is not None)
    return str(gone) if gone.exact else None


def _pay(told: Told) -> dict[str, Any]:
    """Pay: by role to the director; to a board the proposed rates and the total; to others nothing of fewer than
    five."""
    program, coin = told.program, told.program.currency
    ratio = proposed_ratio(told)
    paid = [post for post in program.posts if post.paid_as != "volunteer" and post.rate > 0]
    total_pay = sum(float(p.rate) * p.hours * 52 * p.filled for p in paid)
    shown = roles_shown(program, told.audience)
    rows = []
    for post in paid:
        proposed = (
            price(half_up(float(post.rate) * ratio, 0.05), coin) if ratio != 1 and post.paid_as == "wage" else None
        )
        if post.role in shown:
            rows.append(
                {"role": post.role, "people": f"{post.filled:g}", "rate": price(post.rate, coin), "proposed": proposed}
            )
        elif told.audience == "board" and proposed is not None:
            rows.append({"role": post.role, "people": None, "rate": None, "proposed": proposed})
    return {
        "rows": rows,
        "total": money(total_pay, coin) if total_pay and told.audience in ("director", "board") else None,
        "living": None if program.living_wage is None else price(program.living_wage, coin),
        "few": sorted(role for role, people in people_of_role(program).items() if role not in shown),
        "ratio": ratio,
        "below": program.living_wage is not None and any(post.rate < program.living_wage for post in paid),
    }


def proposed_ratio(told: Told) -> float:
    """Pay under the plan over pay today, from the effects of what is done."""
    ratio = 1.0
    for choice in told.decision.portfolio.choices:
        for effect in told.program.effects:
            if effect.option == choice.option and effect.lever == "wage":
                ratio = (
                    effect.value
                    if effect.op == "set"
                    else ratio * effect.value**choice.level
                    if effect.op == "multiply"
                    else ratio + effect.value * choice.level
                )
    return ratio
