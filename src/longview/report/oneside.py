"""Pages of one side: the year's work, and what we ask a funder for; from the same run as the report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from longview.program import Option, Program, monthly_counts
from longview.report import rounding, shell
from longview.report.messages import OUTCOMES, SERIES
from longview.report.rounding import (
    chance,
    figure,
    gain_range,
    gain_words,
    money,
    month_words,
    share_words,
    span,
    years_words,
)
from longview.report.told import done_words, is_cut, soft
from longview.results import Choice, Commitment, Decision, Findings, Interval, Plan, Task, ThreePlans, paired

TOLD = ("deaths", "visits", "kits_given", "posts_filled", "days_closed")
"""Outcomes that a page for a funder may show, where the money moves them."""

CASH = ("free_cash", "backlog", "owed", "income", "spending")  # indicators that are nobody's business but ours
MOST = 4  # rows and lines of a kind: the page has one side


def work_plan_html(program: Program, plan: Plan, tasks: Sequence[Task]) -> str:
    """The year's work on one side, for the wall: month, what, who. For those who work here."""
    first, last = plan.first_month, plan.first_month.plus(11)
    dated = [t for t in tasks if t.month is not None]
    promised = len({t.commitment for t in dated if t.commitment})
    kick = f"Work plan · {program.name}, {program.place} · for those who work here"
    what = "thing begins" if promised == 1 else "things begin"
    answer = (
        f"{rounding.number_word(promised).capitalize()} new {what} between {month_words(first)} and {month_words(last)}."
        if promised
        else f"Nothing new begins between {month_words(first)} and {month_words(last)}: the money stays in hand."
    )
    rows = [
        {"month": month_words(month), "tasks": [_task(t, program) | {"who": t.who} for t in dated if t.month == month]}
        for month in sorted({t.month for t in dated if t.month is not None})
    ]
    parts = shell.page(program, f"{program.name}: the year’s work", kick, f"{program.name} · the year’s work")
    always = [f"{t.what[0].lower()}{t.what[1:]} ({t.who})" for t in tasks if t.month is None]
    return shell.rendered(
        "work-plan.html", {**parts, "anchored": True, "answer": answer, "rows": rows, "always": always}
    )


def _task(task: Task, program: Program) -> dict[str, Any]:
    what = task.what if task.amount is None else f"{task.what} ({money(task.amount, program.currency)})"
    return {"what": what, "ours": bool(task.commitment)}


def ask_html(program: Program, findings: Findings) -> str | None:
    """What we ask a funder for, on one side; None where no plan could be made with the ask granted.

    What the money would do is the plan with it granted against the plan without it, each with its own money, on the same
    futures, with the danger of closing.
    """
    three = findings.three
    without, granted = three.expected.decision, three.granted.decision
    if without is None or granted is None:
        return None
    asked = _asked(program, three)
    rows = _rows(program, without, granted)
    parts = shell.page(
        program,
        f"{program.name}: what we ask for",
        f"For a funder · {program.name}, {program.place}",
        f"{program.name} · what we ask for",
    )
    context = {
        "anchored": findings.pick.anchored,
        "title_words": "What we ask for, and what it would do",
        "ask": asked,
        "who": _who(program),
        "adds": _adds(program, without, granted),
        "expect": _expect(without, granted, findings),
        "danger": _danger(without, granted, findings),
        "span": years_words(findings.pick.deaths.shape[1]),
        "rows": rows,
        "signs": _signs(program, findings.plan)[:MOST],
        "doubt": _doubt(findings),
        "first": month_words(program.starts),
    }
    return shell.rendered("ask.html", {**parts, **context})


def _asked(program: Program, three: ThreePlans) -> str:
    options = {o.id: o for o in program.options}
    funds = [f for f in program.funds if f.asked_by in three.asks]
    if not funds:
        return f"We ask for {money(three.asked, program.currency)} a year that we may spend where it is needed most."
    said = []
    for fund in funds:
        option: Option = options[str(fund.asked_by)]
        until = "" if fund.last is None else f" to {month_words(fund.last)}"
        said.append(
            f"{money(fund.amount, program.currency)} of {fund.name}, from {month_words(fund.first)}{until} ({soft(option.name)})"
        )
    return f"We ask for {'; and '.join(said)}."


def _who(program: Program) -> str:
    """What was counted in the last twelve recorded months."""
    last = program.records.last_month
    if last is None:
        return ""
    said = []
    for measure, words in (("visits", "visits"), ("kits_out", "naloxone kits handed out")):
        months = monthly_counts(program, measure)
        inside = [count for month, count in months.items() if 0 <= last.since(month) < 12]
        if len(inside) == 12 and all(c.low == c.high for c in inside):
            said.append(f"{sum(c.low for c in inside):,.0f} {words}")
    return f"In the 12 months to {month_words(last)} we counted {' and '.join(said)}." if said else ""


def _adds(program: Program, without: Decision, granted: Decision) -> list[str]:
    """What the money would be spent on; what is stopped or declined beside it is no use of it, and ours to tell."""
    options = {o.id: o for o in program.options}

    def words(choice: Choice) -> str:
        return f"{done_words(options[choice.option], choice.level)}, from {month_words(choice.start)}"

    more = [
        c
        for c in granted.portfolio.choices
        if c.option in options
        and options[c.option].kind != "ask"
        and not is_cut(program, options[c.option])
        and c.level > without.portfolio.level(c.option)
    ]
    return [words(c) for c in more]


def _pairs(without: Decision, granted: Decision, outcome: str) -> tuple[Any, Any]:
    """With the ask and without it, future by future: as many as both were shown on, the first of the same draws."""
    a = np.asarray(granted.comparison.values["closing"][outcome][granted.pick], np.float64)
    b = np.asarray(without.comparison.values["closing"][outcome][without.pick], np.float64)
    count = min(len(a), len(b))
    return a[:count], b[:count]


def _rows(program: Program, without: Decision, granted: Decision) -> list[dict[str, str]]:
    rows = []
    for outcome in TOLD:
        a, b = _pairs(without, granted, outcome)
        words = OUTCOMES[outcome]
        better = 1.0 if words.better == "more" else -1.0
        gap = paired(better * a, better * b)
        if outcome != "deaths" and max(abs(gap.low), abs(gap.high)) < 0.5:
            continue
        rows.append(
            {
                "what": words.title,
                "without": figure(float(np.median(b))),
                "with": figure(float(np.median(a))),
                "gap": gain_words(gap, words.better, words.worse),
                "likely": gain_range(gap, words.better, words.worse),
            }
        )
    return rows


def _expect(without: Decision, granted: Decision, findings: Findings) -> str:
    a, b = _pairs(without, granted, "deaths")
    fewer = paired(b, a)
    return (
        f"Set against our plan without it, we expect {shell.gain_people(fewer, 'overdose')} in "
        f"{years_words(findings.pick.deaths.shape[1])} ({_likely(fewer)})."
    )


def _likely(fewer: Interval) -> str:
    return f"likely {gain_range(fewer)}"


def _danger(without: Decision, granted: Decision, findings: Findings) -> str:
    """Without the ask, what the report says (on all its futures); with it, that and the change on the futures of both."""
    both, alone = (float(np.mean(x)) for x in _pairs(without, granted, "ran_out"))
    b = float(np.mean(without.comparison.values["closing"]["ran_out"][without.pick]))
    a = min(1.0, max(0.0, b + both - alone))
    if chance(a) == chance(b):
        return f"The chance that we run out of cash is the same: {chance(b)}."
    return f"The chance that we run out of cash goes from {chance(b)} to {chance(a)}."


def _signs(program: Program, plan: Plan) -> list[str]:
    """Signs that a funder can look for, each of another sort; none of what is stopped."""
    stopped = {o.id for o in program.options if is_cut(program, o)}
    told: dict[str, str] = {}
    for commitment in plan.commitments:
        line = _sign(commitment)
        if line and commitment.option not in stopped:
            told.setdefault(commitment.indicator, line)
    return list(told.values())


def _sign(commitment: Commitment) -> str:
    """A sign that a funder can look for; none in our own cash."""
    if not commitment.expected or commitment.indicator in CASH:
        return ""
    year = min(commitment.expected)
    what = SERIES.get(commitment.indicator, commitment.indicator.replace("_", " "))
    ends = span(figure(commitment.low[year]), figure(commitment.high[year]))
    if max(abs(commitment.high[year]), abs(commitment.low[year])) <= 1.0:
        return ""
    said = f"{commitment.what}: about {figure(commitment.expected[year])} {what}"
    return f"{said} by the end of our plan’s first year, in {year} (likely {ends})."


def _doubt(findings: Findings) -> str:
    share = findings.settle.assumed
    asks = [u.words for u in findings.settle.asks[:2]]
    told = f"{share_words(share).capitalize()} of the doubt that we can trace comes from assumptions that nobody has measured."
    return f"{told} What would tell us most: {'; '.join(asks)}." if asks else told


__all__ = ["ask_html", "work_plan_html"]
