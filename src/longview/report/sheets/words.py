"""Sheets of words and of numbers that stay as they are: the letter, pictures, choices, the plan, and what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import numpy as np

from longview.report import rounding
from longview.report.paper.tree import Node, in_one_space
from longview.report.sections.answer import is_tied, rival_rows
from longview.report.sections.gains import gain
from longview.report.sections.turns import section as turns
from longview.report.sections.years import fund_name, tells_sign
from longview.report.sheets.book import Book, Column, Value
from longview.report.told import MAIN, Told
from longview.results import ROWS, Commitment, Interval, Telling

LIKELY = "Low to high is what is likely: 8 futures in 10 lie between."
GAIN = (
    Column("Middle", "number"),
    Column("Low", "number"),
    Column("High", "number"),
    Column("Unit"),
    Column("How sure"),
)
TELLINGS: tuple[tuple[Telling, str], ...] = (("open", "while we stay open"), ("closing", "with the danger of closing"))
BANDS = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)


def said(node: Node | None) -> str:
    """An element's words on one line."""
    return in_one_space(node.text).strip() if node is not None else ""


def part(page: Node, name: str) -> Node | None:
    """The part of the page of that id."""
    return next((node for node in page.all("section") if node.attrs.get("id") == name), None)


def finding(page: Node, name: str, at: int = 0) -> str:
    """The title of a picture in a part of the page; the part's own head where it has none."""
    found = part(page, name)
    if found is None:
        return ""
    titles = [node for node in found.all() if node.tag in ("h2", "h3") and "ft" in node.classes]
    return said(titles[at] if len(titles) > at else found.first("h2"))


def answer(book: Book, told: Told, page: Node) -> None:
    """The letter as the page has it, then its table in numbers."""
    found, head = part(page, "answer"), page.first("h1")
    lines = [said(span) for span in head.nodes] if head is not None and head.nodes else [said(head)]
    above = page.first("header")
    sheet = book.sheet("answer", " ".join(lines), *(said(p) for p in (above.all("p") if above else ())))
    sheet.gap()
    for text in _letter(found):
        sheet.line(text)
    sheet.gap()
    sheet.line(finding(page, "answer"), bold=True)
    sheet.line(LIKELY)
    sheet.table([Column("What we would do"), *GAIN], [*_plans(told), *_chances(told)])


def _letter(found: Node | None) -> list[str]:
    """The answer's paragraphs and points, but for its picture and the notes beside it."""
    out: list[str] = []

    def read(node: Node) -> None:
        for inner in node.nodes:
            if inner.tag in ("p", "li"):
                out.append(said(inner))
            elif inner.tag not in ("figure", "aside", "nav", "h1", "table"):
                read(inner)

    if found is not None:
        read(found)
    return [text for text in out if text]


def _plans(told: Told) -> list[list[Value]]:
    """The plan and its rivals against today's path: fewer people who would die of overdose."""
    unit = f"fewer people who would die of overdose, {rounding.years_words(told.months)}"
    name = "The first plan" if is_tied(told) else "The plan"
    entries = [(told.decision.pick, name, "")] if told.decision.pick else []
    entries += [(r.index, r.label, r.details) for r in rival_rows(told)]
    rows: list[list[Value]] = []
    for index, label, details in entries:
        likely = gain(told.comparison, "deaths", index)
        better = told.comparison.chance_better("life_years", index, telling=MAIN)
        sure = f"better than today in {rounding.futures(better)}, in years of life"
        rows.append([f"{label} ({details})" if details else label, *_three(likely), unit, sure])
    return [*rows, ["Go on as today", 0, 0, 0, unit, "what the rest is set against"]]


def _chances(told: Told) -> list[list[Value]]:
    unit = f"share of futures, {rounding.years_words(told.months)}"
    rows: list[list[Value]] = []
    for words, outlook in (("the plan", told.pick), ("today’s path", told.today)):
        for series, what in (("ran_out", "Run out of cash"), ("closed", "Close")):
            rows.append(
                [f"{what}: {words}", round(outlook.chance(series), 3), None, None, unit, "a share of all futures"]
            )
    return rows


def _three(found: Interval, places: int = 1) -> tuple[float, float, float]:
    """Middle, low and high, no finer than is known. (Never a zero with a sign.)"""
    middle, low, high = (round(v, places) + 0.0 for v in (found.middle, found.low, found.high))
    return middle, low, high


def deaths(book: Book, told: Told, page: Node) -> None:
    """The fan: people who die by month, on today's path and with the plan, and what the plan spares, added up."""
    title = finding(page, "change")
    if not title:
        return
    counted = [f"{share * 100:g} in 100 below" for share in BANDS]
    today, pick = told.today, told.pick
    path = np.quantile(pick.deaths_counted, BANDS, axis=0)
    spared = np.quantile(
        np.cumsum(np.asarray(today.deaths - pick.deaths, dtype=np.float64), axis=1), (0.1, 0.5, 0.9), axis=0
    )
    means = (today.deaths + today.deaths_other).mean(axis=0), (pick.deaths + pick.deaths_other).mean(axis=0)
    columns = [
        Column("Month", "month"),
        Column("Today’s path, average", "number"),
        Column("With the plan, average", "number"),
    ]
    columns += [Column(f"Counted with the plan: {c}", "number") for c in counted]
    columns += [Column(f"Fewer deaths, added up: {c}", "number") for c in ("low", "middle", "high")]
    rows: list[list[Value]] = [
        [month, *(round(float(m[t]), 2) for m in means), *(round(float(q[t]), 1) for q in path),
         *(round(float(q[t]), 2) + 0.0 for q in spared)]
        for t, month in enumerate(pick.months)
    ]  # fmt: skip
    book.sheet(
        "deaths",
        title,
        "People who would die of overdose in each month. One month tells little: read the last columns.",
    ).table(columns, rows)


def options(book: Book, told: Told, page: Node) -> None:
    """The plans side by side, told twice."""
    entries = [(told.decision.pick, "The plan")] if told.decision.pick else []
    entries += [(r.index, r.label) for r in rival_rows(told)]
    rows: list[list[Value]] = []
    for telling, head in TELLINGS:
        if telling not in told.comparison.values:
            continue
        for index, label in entries:
            better = told.comparison.chance_better("life_years", index, telling=telling)
            for outcome, unit in (
                ("deaths", "fewer people who would die of overdose"),
                ("life_years", "years of life gained"),
            ):
                likely = gain(told.comparison, outcome, index, telling=telling)
                rows.append([label, head, *_three(likely), unit, f"better than today in {rounding.futures(better)}"])
    title = finding(page, "change", 1) or finding(page, "answer")
    book.sheet("plans", title, LIKELY).table([Column("What we would do"), Column("Told"), *GAIN], rows)


def dilemmas(book: Book, told: Told, page: Node) -> None:
    """Each choice that this reader is shown: both sides and keeping the money, over each horizon, told twice."""
    rows: list[list[Value]] = []
    titles: list[str] = []
    for found in told.findings.dilemmas:
        shown = part(page, f"dilemma-{found.id}")
        if shown is None or found.missing:
            continue
        question = said(shown.first("h2"))
        titles.append(f"{question} {said(next((p for p in shown.all('p') if 'ans' in p.classes), None))}")
        for at, years in enumerate(found.years):
            compared = found.comparisons[at]
            for telling, head in TELLINGS:
                if telling not in compared.values:
                    continue
                for side in found.sides:
                    likely = gain(compared, "deaths", ROWS[side.who], telling=telling)
                    late = "cannot be had so soon: must be saved up for" if years in side.late else ""
                    spent = None if told.outside else round(side.spent[at])
                    name = told.placeless(side.short)
                    rows.append([question, name, years, head, *((None,) * 3 if late else _three(likely)), late, spent])
    if not rows:
        return
    sheet = book.sheet("dilemmas", "Choices for the same money, side by side on the same futures", *titles, LIKELY)
    columns = [Column("Choice"), Column("Side"), Column("Years", "count"), Column("Told"), Column("Fewer deaths", "number"),
               Column("Low", "number"), Column("High", "number"), Column("Note"), Column("Spent, as planned", "money")]  # fmt: skip
    if told.outside:
        columns, rows = columns[:-1], [row[:-1] for row in rows]
    sheet.table(columns, rows)


def plan(book: Book, told: Told, page: Node) -> None:
    """Each promise: who, from when, whose money by year, and the sign that it works."""
    rows: list[list[Value]] = []
    for promise in told.plan.commitments:
        if told.hides([promise.option]):
            continue
        what, by = told.placeless(promise.what), promise.by
        for whose, years in _money(told, promise).items():
            for year, money in sorted(years.items()):
                rows.append([what, promise.who, by, "money", whose, year, money, None, None])
        for year in sorted(promise.expected if tells_sign(told, promise) else ()):
            ends = (promise.low.get(year), promise.high.get(year))
            rows.append([what, promise.who, by, "sign that it works", promise.indicator.replace("_", " "), year,
                         *(None if v is None else round(v, 1) for v in (promise.expected[year], *ends))])  # fmt: skip
    found = part(page, "plan")
    head = said(next((p for p in found.all("p") if "ans" in p.classes), None)) if found is not None else ""
    sheet = book.sheet("plan", head or said(found.first("h2") if found is not None else None) or "The plan", LIKELY)
    heads = [Column("What we promise"), Column("Who"), Column("Running by", "month"), Column("A row of"),
             Column("Whose money, or which sign"), Column("Plan year to", "number"), Column("Expected", "count"),
             Column("Low", "count"), Column("High", "count")]  # fmt: skip
    sheet.table(heads, rows)


def _money(told: Told, promise: Commitment) -> dict[str, dict[int, Decimal]]:
    """Whose money, by plan year; its sum alone for readers outside, as on the page."""
    if not told.outside:
        return {fund_name(told, fund): dict(years) for fund, years in promise.money.items()}
    total: dict[int, Decimal] = {}
    for years in promise.money.values():
        for year, amount in years.items():
            total[year] = total.get(year, Decimal(0)) + amount
    return {"all money together": total}


def cash_futures(book: Book, told: Told, page: Node) -> None:
    """The picture of cash: free cash over all futures, month by month, and the chance of having run out."""
    path = np.quantile(told.pick.free_cash, (0.1, 0.25, 0.5, 0.75, 0.9), axis=0)
    out, today = told.findings.cash.ran_out, told.findings.cash.today_ran_out
    rows: list[list[Value]] = [
        [month, *(round(float(q[t]), -2) + 0.0 for q in path), round(float(out[t]), 3), round(float(today[t]), 3)]
        for t, month in enumerate(told.pick.months)
    ]
    heads = ("10 in 100 below", "25 in 100 below", "Middle", "75 in 100 below", "90 in 100 below")
    columns = [Column("Month", "month"), *(Column(h, "money") for h in heads),
               Column("Ran out by then, the plan", "share"), Column("Ran out by then, today’s path", "share")]  # fmt: skip
    note = f"Free cash at each month’s end over all futures, with the plan, in {told.program.currency} of the month."
    book.sheet("cash futures", finding(page, "cash"), note).table(columns, rows)


def switching(book: Book, told: Told) -> None:
    """Figures at which another plan comes first, the nearest first."""
    rows: list[Sequence[Value]] = [[t["what"], t["now"], t["side"], t["at"], t["to"]] for t in turns(told)]
    if rows:
        columns = [Column("Figure"), Column("Now"), Column("If it is"), Column("Than"), Column("Then this comes first")]
        title = "The plan changes if one of these does" if len(rows) > 1 else "The plan changes if this does"
        book.sheet("switching", title, "The nearest first; all else as it is.").table(columns, rows)


def rests(book: Book, told: Told, page: Node) -> None:
    """Every figure that the model read: its range, whose it is, how well it is known, how much of the doubt it carries."""
    found = part(page, "rests")
    head = said(next((p for p in found.all("p") if "ans" in p.classes), None)) if found is not None else ""
    order = sorted(told.evidence, key=lambda p: (-told.doubt.get(p.key, 0.0), p.key))
    rows: list[Sequence[Value]] = [
        [
            p.name[:1].upper() + p.name[1:],
            p.best,
            p.low,
            p.high,
            p.unit,
            p.whose,
            p.grade,
            told.doubt.get(p.key),
            p.source,
        ]
        for p in order
    ]
    columns = [Column("Figure"), Column("Used", "number"), Column("Low", "number"), Column("High", "number"), Column("Unit"),
               Column("Whose"), Column("Grade"), Column("Share of the doubt", "share"), Column("Source")]  # fmt: skip
    if rows:
        book.sheet("rests on", head or "What each number rests on").table(columns, rows)
