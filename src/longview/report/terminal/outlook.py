"""`longview outlook` in a terminal: a table by year, spark lines, and why things move."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from longview.program import Program
from longview.report.messages import flag_words, flags_told
from longview.report.reasons import reasons
from longview.report.rounding import chance, figure, futures, money, month_words, of_hundred, percent, span, years_words
from longview.report.terminal.ink import Ink, table
from longview.results import Outlook, interval

Written = Callable[[float], str]
# What the table tells: words, series, how a year is made of its months, how it is written ("money": in the currency).
ROWS: tuple[tuple[str, str, str, str], ...] = (
    ("People who die of overdose", "deaths_counted", "sum", "count"),
    ("People in touch with us", "reached", "end", "count"),
    ("Visits", "visits", "sum", "count"),
    ("Turned away, of 100", "turned_away", "mean", "share"),
    ("Kits handed out", "kits_given", "sum", "count"),
    ("People in post", "posts_filled", "end", "count"),
    ("Workers who leave", "quits", "sum", "count"),
    ("Burnt out, of 100 workers", "burnout", "mean", "share"),
    ("Days the building closes", "days_closed", "sum", "count"),
    ("Repairs put off", "backlog", "end", "money"),
    ("Free cash at the end", "free_cash", "end", "money"),
)


def outlook_text(outlook: Outlook, program: Program, color: bool = False, width: int = 80, ascii: bool = False) -> str:
    """Today's path in words and a table by year, each figure with its likely range, and why things move."""
    ink = Ink(color, max(60, width), ascii)
    parts = [
        _head(outlook, program, ink),
        ink.words(answer(outlook, program)),
        _table(outlook, program, ink),
        _sparks(outlook, ink),
        _why(outlook, program, ink),
        _foot(outlook, ink),
    ]
    return "\n\n".join(part for part in parts if part)


def _head(outlook: Outlook, program: Program, ink: Ink) -> str:
    made = " (made up)" if program.made else ""
    span_words = f"{month_words(outlook.first_month)} to {month_words(outlook.months[-1])}"
    lines = [ink.paint(ink.told(f"{program.name}{made} · today’s path · {span_words}"), "bold")]
    if program.made:
        lines.append(
            ink.paint(ink.told(f"{program.name} is made up: a practice program, not a real organisation."), "amber")
        )
    if not outlook.anchored:
        lines.append(
            ink.paint(
                ink.told("Not yet fitted to your own records: these figures start from published studies."), "amber"
            )
        )
    return "\n".join(lines)


def answer(outlook: Outlook, program: Program) -> str:
    """The first thing that is said: deaths, reach and cash if nothing changes."""
    months = outlook.deaths.shape[1]
    deaths = outlook.interval("deaths_counted")
    ran_out, closed = outlook.chance("ran_out"), outlook.chance("closed")
    cash = interval(outlook.free_cash[:, -1])
    coin = program.currency
    return (
        f"If nothing changes, we expect about {figure(deaths.middle)} people here to die of overdose in "
        f"{years_words(months)} "
        f"(likely between {figure(deaths.low)} and {figure(deaths.high)}). "
        f"The chance that we run out of cash in that time is {chance(ran_out)}, and that we close, {chance(closed)}. "
        f"At the end we expect about {money(cash.middle, coin)} of free cash "
        f"(likely {span(money(cash.low, coin), money(cash.high, coin))}). “Likely” is 8 futures in 10."
    )


def year_values(outlook: Outlook, series: str, how: str) -> list[np.ndarray]:
    """A series by plan year, one value a future: list of [F]."""
    values = np.asarray(getattr(outlook, series), np.float64)
    whole = [values[:, t : t + 12] for t in range(0, values.shape[1] - 11, 12)] or [values]
    return [v.sum(axis=1) if how == "sum" else v.mean(axis=1) if how == "mean" else v[:, -1] for v in whole]


def writer(kind: str, currency: str) -> Written:
    """How a kind of figure is written."""
    if kind == "money":
        return lambda value: money(value, currency)
    return of_hundred if kind == "share" else figure


def ends_writer(kind: str, currency: str) -> Written:
    """How the ends of its range are written where columns are narrow: money to the thousand."""
    return (lambda value: money(value, currency, short=True)) if kind == "money" else writer(kind, currency)


def shown_rows(outlook: Outlook, program: Program) -> list[tuple[str, str, str, str]]:
    """The rows that have something to say: no building of ours, no building's rows."""
    hides = set() if any(site.condition is not None for site in program.sites) else {"days_closed", "backlog"}
    return [row for row in ROWS if row[1] not in hides]


def _table(outlook: Outlook, program: Program, ink: Ink) -> str:
    """Plan years side by side, as many as the width holds: the last at least."""
    years = outlook.deaths.shape[1] // 12 or 1
    every, ends = range(years), [0, years - 1]
    for picked in (list(every), sorted({0, years // 2, years - 1}), sorted(set(ends)), [years - 1]):
        lines = _columns(outlook, program, ink, picked)
        if max(map(len, lines)) <= ink.width:
            break
    return "\n".join([ink.paint(lines[0], "soft"), *lines[1:]])


def _columns(outlook: Outlook, program: Program, ink: Ink, picked: list[int]) -> list[str]:
    last = outlook.deaths.shape[1] - 1
    rows = [["12 months to", *(month_words(outlook.months[min(12 * y + 11, last)], short=True) for y in picked)]]
    for words, series, how, kind in shown_rows(outlook, program):
        written = writer(kind, program.currency)
        found = [interval(values) for values in year_values(outlook, series, how)]
        ends = ends_writer(kind, program.currency)
        rows.append([words, *(f"{written(i.middle)} ({span(ends(i.low), ends(i.high))})" for i in found)])
        rows[-1] = [rows[-1][0], *(rows[-1][1 + y] for y in picked)]
    for words, series in (("Chance of having run out", "ran_out"), ("Chance of having closed", "closed")):
        rows.append([words, *(percent(outlook.chance(series, min(12 * y + 11, last))) for y in picked)])
    rows[0] = [rows[0][0], *(f"{head} (likely)" for head in rows[0][1:])]
    told = [[ink.told(cell) for cell in row] for row in rows]
    return table(told, right=range(1, len(rows[0])), gap=2, indent=2)


def _sparks(outlook: Outlook, ink: Ink) -> str:
    quarters = range(2, outlook.deaths.shape[1], 3)
    middle = np.median(outlook.free_cash, axis=0)
    lower = np.quantile(outlook.free_cash, 0.25, axis=0)
    low, high = min(0.0, float(lower.min())), float(middle.max())
    at = list(quarters)
    rows = [
        ("Free cash, by quarter", ink.spark(middle[at], low=low, high=high), "middle"),
        ("", ink.spark(lower[at], low=low, high=high), "1 in 4 is below this"),
        ("People in post", ink.spark(outlook.posts_filled.mean(axis=0)[at]), "average of futures"),
        ("People who die, a month", ink.spark(outlook.deaths_counted.mean(axis=0)[at]), "average of futures"),
    ]
    return "\n".join(f"  {name:<26}{ink.paint(line, 'teal')}  {words}" for name, line, words in rows)


def _why(outlook: Outlook, program: Program, ink: Ink) -> str:
    lines = [ink.paint("  What moves, and why", "bold")]
    bullet = "-" if ink.ascii else "·"
    for said in reasons(program, outlook):
        body = ink.words(said, indent=4)
        lines.append(f"  {bullet} {body[4:]}")
    return "\n".join(lines)


def _foot(outlook: Outlook, ink: Ink) -> str:
    said = [
        ink.words(f"{flag_words(f.code, f.detail)}{'' if f.share >= 1 else f' That is {futures(f.share)}.'}")
        for f in flags_told(outlook.flags)
    ]
    yours = sum(whose == "yours" for whose in outlook.evidence_used.values())
    if outlook.evidence_used:
        said.append(
            ink.words(
                f"{yours} of the {len(outlook.evidence_used)} figures behind this are your own (a count); "
                f"the rest come from the "
                "literature. Each one: longview evidence"
            )
        )
    return "\n".join(said)
