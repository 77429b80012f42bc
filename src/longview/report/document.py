"""One file, offline, that a person opens: the report of a plan, the page of a choice, and the page of an outlook."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from longview.evidence import Parameter
from longview.program import Program
from longview.report import rounding, titles
from longview.report.charts import cash as pictures
from longview.report.charts import fan as fans
from longview.report.messages import AUDIENCES, LEFT_OUT, UNSEEN, flag_words, flags_told
from longview.report.reasons import reasons
from longview.report.sections import (
    answer,
    budget,
    cash,
    change,
    giveup,
    letter,
    promises,
    staff,
    three,
    turns,
    unknown,
    years,
)
from longview.report.sections import dilemma as choice
from longview.report.shell import filled_told, page, rendered
from longview.report.terminal import outlook as terminal
from longview.report.told import Audience, Reader, Told, report_inputs
from longview.results import Dilemma, Findings, Outlook, interval

WIDE = 5  # columns of years that a page has room for


def report_html(
    program: Program,
    findings: Findings,
    *,
    evidence: Iterable[Parameter] = (),
    audience: Audience = "board",
    filled: int = 0,
) -> str:
    """The report of a plan as one HTML file that needs nothing else.

    Args:
        findings: what one run of `plan` found, all on the same futures.
        evidence: the rows that the model read, as used.
        audience: for whom; law 7 decides what each may see.
        filled: how many of the program's figures are not its own yet.

    Raises:
        ValueError: the outlooks are not on the same futures, or no such reader.
    """
    told = report_inputs(program, findings, evidence=evidence, audience=audience)
    return rendered("report.html", _context(told) | filled_told(filled))


def dilemma_html(program: Program, dilemma: Dilemma, *, audience: Audience = "director", filled: int = 0) -> str:
    """One choice as one HTML file that needs nothing else: both sides and keeping the money, told twice.

    Raises:
        ValueError: no such reader.
    """
    told = Reader(program=program, audience=audience)
    found = choice.section(told, dilemma)
    made = " (made up)" if program.made else ""
    name = found["title"] if found else "A choice that this copy does not tell"
    kick = f"A choice · {program.name}, {program.place} · {AUDIENCES[audience]}"
    foot = f"{program.name}{made} · {AUDIENCES[audience]}"
    parts = page(program, f"{program.name}{made}: {name}", kick, foot) | filled_told(filled)
    return rendered(
        "dilemma.html",
        parts
        | {
            "d": found,
            "name": name,
            "anchored": True,
            "audience_words": AUDIENCES[audience],
            "left_out": LEFT_OUT[audience],
        },
    )


def outlook_html(outlook: Outlook, program: Program, filled: int = 0) -> str:
    """Today's path as one HTML file that needs nothing else: where it goes, why, and how cash holds.

    Args:
        filled: how many of the program's figures are not its own yet.
    """
    picture, recorded = pictures.cash(program, outlook), fans.recorded_deaths(program)
    shown = _shown_years(outlook)
    thin = None if picture.thin is None else rounding.month_words(picture.thin)
    reserve = rounding.money(pictures.reserve_of(program, outlook), program.currency)
    made = " (made up)" if program.made else ""
    kick = f"Today’s path · {program.name}, {program.place} · for the director alone"
    foot = f"{program.name}{made} · today’s path · for the director alone"
    parts = page(program, f"{program.name}{made}: today’s path", kick, foot) | filled_told(filled)
    return rendered(
        "outlook.html",
        parts
        | {
            "anchored": outlook.anchored,
            "answer": terminal.answer(outlook, program),
            "fan": fans.fan(outlook, None, recorded),
            "recorded": recorded,
            "years": [rounding.month_words(outlook.months[min(12 * y + 11, len(outlook.months) - 1)]) for y in shown],
            "yours": sum(whose == "yours" for whose in outlook.evidence_used.values()),
            "read": len(outlook.evidence_used),
            "rows": _by_year(outlook, program),
            "reasons": reasons(program, outlook),
            "cash": picture,
            "thin": thin,
            "reserve": reserve,
            "cash_title": titles.cash_title({"picture": picture, "thin": thin, "reserve": reserve}),
            "last": rounding.month_words(outlook.months[-1]),
            "ran_out": outlook.chance("ran_out"),
            "closed": outlook.chance("closed"),
            "flags": [flag_words(f.code, f.detail) for f in flags_told(outlook.flags)],
        },
    )


def _shown_years(outlook: Outlook) -> list[int]:
    """Plan years shown side by side: all of five, else some of them and the last, so that a table stays readable."""
    years = max(1, outlook.deaths.shape[1] // 12)
    step = 1 if years <= WIDE else -(-years // (WIDE - 1))
    return sorted({*range(0, years, step), years - 1})


def _by_year(outlook: Outlook, program: Program) -> list[dict[str, Any]]:
    rows = []
    for words, series, how, kind in terminal.shown_rows(outlook, program):
        written = terminal.writer(kind, program.currency)
        values = terminal.year_values(outlook, series, how)
        found = [interval(values[year]) for year in _shown_years(outlook)]
        ends = terminal.ends_writer(kind, program.currency)
        cells = [(written(i.middle), rounding.span(ends(i.low), ends(i.high))) for i in found]
        rows.append({"what": words, "cells": cells})
    return rows


def _context(told: Told) -> dict[str, Any]:
    program = told.program
    page_one, changed, money, given = (
        answer.section(told),
        change.section(told),
        cash.section(told),
        giveup.section(told),
    )
    page_one |= letter.section(told, page_one, given["names"])
    span = rounding.years_words(told.months)
    records = program.records.last_month
    kick = f"Report {AUDIENCES[told.audience]} · {program.name}, {program.place}"
    if records is not None and not told.outside:
        kick += f" · records to {rounding.month_words(records)}"
    title = (
        f"{program.name}{' (made up)' if program.made else ''}: plan from "
        f"{rounding.month_words(program.starts)}, {AUDIENCES[told.audience]}"
    )
    foot = (
        f"{program.name}{' (made up)' if program.made else ''} · {AUDIENCES[told.audience]} · from "
        f"{rounding.month_words(program.starts)}"
    )
    choices = [d for d in (choice.section(told, found) for found in told.findings.dilemmas) if d is not None]
    return {
        **page(program, title, kick, foot),
        "choices": choices,
        "three": three.section(told),
        "b": budget.section(told),
        "promises": promises.section(told),
        "turns": turns.section(told),
        "anchored": told.pick.anchored,
        "a": page_one,
        "y": years.section(told),
        "c": changed,
        "s": staff.section(told),
        "k": money,
        "g": given,
        "u": unknown.section(told),
        "unseen": UNSEEN,
        "plan": told.plan,
        "audience": told.audience,
        "audience_words": AUDIENCES[told.audience],
        "left_out": LEFT_OUT[told.audience],
        "rests": told.decision.rests_on_closing,
        "span": span,
        "same_chances": all(
            rounding.chance(x) == rounding.chance(y) for x, y in (page_one["ran_out"], page_one["closed"])
        ),
        "last": rounding.month_words(told.pick.months[-1]),
        "method": titles.method(told),
        "picture_title": titles.picture_title(told, page_one),
        "fan_title": titles.fan_title(changed),
        "parts_title": titles.parts_title(told),
        "cash_title": titles.cash_title(money),
        "staff_answer": titles.staff_answer(told),
    }
