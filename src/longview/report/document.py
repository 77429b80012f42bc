"""One file, offline, that a person opens: the report of a plan, and the page of an outlook."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from longview.evidence import Parameter
from longview.program import Program
from longview.report import rounding
from longview.report.charts import cash as pictures
from longview.report.charts import fan as fans
from longview.report.messages import AUDIENCES, LEFT_OUT, UNSEEN, filled_words, flag_words, flags_told
from longview.report.reasons import reasons
from longview.report.sections import answer, cash, change, giveup, staff, unknown, years
from longview.report.terminal import outlook as terminal
from longview.report.told import Audience, Told, report_inputs
from longview.results import Decision, Interval, Outlook, Plan, interval

WIDE = 5  # columns of years that a page has room for
REAL_SOURCES = ("wonder", "cdc", "health")


def report_html(
    program: Program,
    decision: Decision,
    today: Outlook,
    pick: Outlook,
    plan: Plan,
    *,
    evidence: Iterable[Parameter] = (),
    audience: Audience = "board",
    doubt: Mapping[str, float] | None = None,
    filled: int = 0,
) -> str:
    """The report of a plan as one HTML file that needs nothing else.

    Args:
        today, pick: outlooks of today's path and of the pick on the same futures.
        evidence: the rows that the model read, as used. doubt: evidence key → share of the doubt that it explains.
        audience: for whom; law 7 decides what each may see.
        filled: how many of the program's figures are not its own yet.

    Raises:
        ValueError: the outlooks are not on the same futures, or no such reader.
    """
    told = report_inputs(program, decision, today, pick, plan, evidence=evidence, audience=audience, doubt=doubt)
    return rendered("report.html", _context(told) | filled_told(filled))


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
    return _tidied(
        _environment()
        .get_template("outlook.html")
        .render(
            **parts,
            anchored=outlook.anchored,
            answer=terminal.answer(outlook, program),
            fan=fans.fan(outlook, None, recorded),
            recorded=recorded,
            years=[rounding.month_words(outlook.months[min(12 * y + 11, len(outlook.months) - 1)]) for y in shown],
            yours=sum(whose == "yours" for whose in outlook.evidence_used.values()),
            read=len(outlook.evidence_used),
            rows=_by_year(outlook, program),
            reasons=reasons(program, outlook),
            cash=picture,
            thin=thin,
            reserve=reserve,
            cash_title=_cash_title({"picture": picture, "thin": thin, "reserve": reserve}),
            last=rounding.month_words(outlook.months[-1]),
            ran_out=outlook.chance("ran_out"),
            closed=outlook.chance("closed"),
            flags=[flag_words(f.code, f.detail) for f in flags_told(outlook.flags)],
        )
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
    page_one, changed, money = answer.section(told), change.section(told), cash.section(told)
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
    return {
        **page(program, title, kick, foot),
        "anchored": told.pick.anchored,
        "a": page_one,
        "y": years.section(told),
        "c": changed,
        "s": staff.section(told),
        "k": money,
        "g": giveup.section(told),
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
        "method": _method(told),
        "picture_title": _picture_title(told, page_one),
        "fan_title": _fan_title(changed),
        "parts_title": _parts_title(told),
        "cash_title": _cash_title(money),
        "staff_answer": _staff_answer(told),
    }


def page(program: Program, title: str, kick: str, foot: str) -> dict[str, Any]:
    """What every page is made of; `foot` stands at the foot of each sheet of paper."""
    quoted = '"' + foot.replace("\\", " ").replace('"', "'").replace("<", " ").replace("\n", " ") + '"'
    counted = any(w in row.source.lower() for row in program.records.community for w in REAL_SOURCES)
    return {
        "program": program,
        "title": title,
        "kick": kick,
        "foot": quoted,
        "fonts": _fonts(),
        "style": _style(),
        "real_counts": counted,
    } | filled_told(0)


def filled_told(filled: int) -> dict[str, Any]:
    """What a page says at its head of figures that are not the program's own yet."""
    return {"filled": filled_words(filled)}


def _method(told: Told) -> str:
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


def _picture_title(told: Told, page_one: dict[str, Any]) -> str:
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


def _fan_title(changed: dict[str, Any]) -> str:
    gain, swing = changed["gain"], changed["swing"]
    if swing.high - swing.low <= abs(gain.middle):
        return "What the plan changes stands out from the swings of the drug supply"
    if gain.low > 0:
        return "The drug supply moves deaths more than we can; the plan’s gain is small beside it, and real in most futures"
    return "The drug supply moves deaths more than we can, and the plan’s gain may be lost in it"


def _parts_title(told: Told) -> str:
    if told.decision.rests_on_closing:
        return "The order of the plans changes when the danger of closing is counted"
    return "Counting the danger of closing does not change which plan comes first"


def _cash_title(money: dict[str, Any] | None) -> str:
    if money is None or money["picture"] is None:
        return ""
    if money["thin"] is None:
        return f"Free cash holds above the reserve of {money['reserve']} in at least 3 futures in 4"
    return f"In {money['thin']}, one future in four is below the reserve of {money['reserve']}"


def _staff_answer(told: Told) -> str:
    today, plan = (o.posts_filled[:, -1] for o in (told.today, told.pick))
    gap = rounding.half_up(float((plan - today).mean()), 0.1)
    if abs(gap) < 0.3:
        return "The plan leaves the number of people in post much as it is on today’s path."
    more = "more" if gap > 0 else "fewer"
    one = f"about {rounding.figure(abs(gap))} {more} people" if abs(gap) >= 1.5 else f"about one person {more}"
    return f"By the end we expect {one} in post than on today’s path."


@cache
def _fonts() -> tuple[dict[str, str], ...]:
    folder = files("longview.report").joinpath("fonts")
    return tuple(
        {
            "weight": weight,
            "data": base64.b64encode(folder.joinpath(f"atkinson-hyperlegible-{weight}.woff2").read_bytes()).decode(),
        }
        for weight in ("400", "700")
    )


@cache
def _style() -> str:
    return files("longview.report").joinpath("style.css").read_text(encoding="utf-8")


def gain_people(gain: Interval, of: str) -> str:
    """What we expect, as the start of a sentence: "about 8 fewer people to die of overdose"."""
    words = rounding.gain_words(gain, "fewer", "more")
    if words.startswith("about"):
        return f"{rounding.counted(words, 'person', 'people')} to die of {of}"
    return f"hardly any difference in how many people die of {of}"


def more_years(gain: Interval) -> str:
    """ "about 170 more years of life"; "hardly any more years of life"."""
    words = rounding.gain_words(gain, "more", "fewer")
    if words == "none":
        return "no more years of life"
    if words.startswith("about"):
        return rounding.counted(words, "year of life", "years of life")
    return f"{words} more years of life"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("longview.report"),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        money=lambda value, coin="USD": rounding.money(value, coin),
        chance=rounding.chance,
        futures=rounding.futures,
        figure=rounding.figure,
        date_words=rounding.date_words,
        number_word=rounding.number_word,
        gain=rounding.gain_words,
        gain_range=rounding.gain_range,
        gain_people=gain_people,
        more_years=more_years,
    )
    return environment


def rendered(template: str, context: Mapping[str, Any]) -> str:
    """A template filled in, tidied."""
    return _tidied(_environment().get_template(template).render(**context))


def _tidied(page: str) -> str:
    """The page without blank lines and trailing spaces, so that two of them can be compared."""
    return "\n".join(line.rstrip() for line in page.splitlines() if line.strip()) + "\n"
