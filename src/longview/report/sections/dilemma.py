"""One choice between two things that the same money could do, and keeping it in hand: told twice, over each horizon."""

from __future__ import annotations

from typing import Any

from longview.report import dilemmas as words
from longview.report.charts import marks
from longview.report.messages import OUTCOMES as WORDS
from longview.report.messages import TELLINGS
from longview.report.rounding import chance, figure, futures, money, number_word, percent, span
from longview.report.sections import turning
from longview.report.sections.gains import gain, gain_said
from longview.report.told import MAIN, Reader
from longview.results import OUTCOMES, ROWS, Comparison, Dilemma, Interval, Side, Telling, Who

SHAPES: dict[str, marks.Shape] = {"a": "circle", "b": "square", "keep": "diamond"}
UNTOLD = ("deaths", "overdoses", "kits_given", "spending", "hcv_rate", "hiv_rate", "wounds_rate", "skin_rate")
STAFF = ("quits", "burnout")
CASH = ("free_cash", "backlog")
TURNS = 4  # told besides the strip's own


def section(told: Reader, dilemma: Dilemma) -> dict[str, Any] | None:
    """All that the page of a choice says; None where a side is a cut that this reader is not shown."""
    if told.hides(o for side in dilemma.sides for o in side.options):
        return None
    base: dict[str, Any] = {
        "id": dilemma.id,
        "title": told.placeless(_title(dilemma)),
        "money": money(dilemma.money, dilemma.currency),
    }
    if dilemma.missing or not dilemma.comparisons:
        return base | {"missing": [told.placeless(words.cannot(dilemma))]}
    axis, groups = _plots(told, dilemma, "deaths")
    last = dilemma.years[-1]
    return base | {
        "missing": [],
        "years": years_said(last),
        "answer": _answer(told, dilemma),
        "sides": [_side(told, dilemma, side) for side in dilemma.sides if side.who != "keep"],
        "finding": _finding(told, dilemma),
        "groups": groups,
        "axis": marks.foot(axis, "more deaths", "fewer people who die"),
        "kept": _kept_workers(told, dilemma),
        "few": dilemma.id == "supplies-or-wages" and not told.staff,
        "squares": _repaid(dilemma),
        "over": _over(told, dilemma),
        "heads": [_short(told, side) for side in dilemma.sides],
        "differs": _differs(told, dilemma),
        "undecided": dilemma.first.get(MAIN) is None,
        "strip": turning.strip(told, dilemma),
        "turns": [turning.turn_said(told, dilemma, turn) for turn in dilemma.turns[1 : 1 + TURNS]],
        "worth": _worth(told, dilemma),
        "anyway": _anyway(told, dilemma),
        "wage": words.living_wage(told.program, dilemma.side("b"))
        if dilemma.id == "supplies-or-wages" and told.audience == "director"
        else None,
        "how_sure": _how_sure(told, dilemma),
    }


def years_said(years: int) -> str:
    """`one year`, `five years`."""
    return f"{number_word(years)} year{'' if years == 1 else 's'}"


def _short(told: Reader, side: Side) -> str:
    return told.placeless(side.short)


def _title(dilemma: Dilemma) -> str:
    made = {side.who for side in dilemma.sides}
    return words.question(dilemma) if dilemma.id in words.QUESTIONS or {"a", "b"} <= made else "A choice of our own"


def _name(told: Reader, dilemma: Dilemma, who: Who) -> str:
    return told.placeless(words.name(dilemma, who))


def _answer(told: Reader, dilemma: Dilemma) -> str:
    """The answer in a sentence or two: who comes first, in years of life, by telling."""
    when_open, closing = (dilemma.first.get(telling) for telling in TELLINGS)
    if when_open is None and closing is None:
        return "Too close to call: our numbers cannot choose."
    if closing is not None and when_open == closing:
        return f"{turning.capital(_name(told, dilemma, closing))} comes first, told either way."
    one, two = (
        "it is too close to call" if who is None else f"{_name(told, dilemma, who)} comes first"
        for who in (when_open, closing)
    )
    return f"While we stay open, {one}. Count the danger of closing, and {two}."


def _side(told: Reader, dilemma: Dilemma, side: Side) -> dict[str, Any]:
    late = [years_said(y) for y in side.late]
    return {
        "name": told.placeless(side.name),
        "beyond": side.beyond,
        "late": late[-1] if late else "",
        "spent": None if told.outside else money(side.spent[-1], dilemma.currency),
        "kept": None if told.outside else money(side.kept[-1], dilemma.currency),
    }


def _finding(told: Reader, dilemma: Dilemma) -> str:
    """The picture's title: what it shows, and no more."""
    found = dilemma.comparisons[-1]
    if dilemma.id == "supplies-or-wages" and told.staff:
        lives, kept = (gain(found, o, ROWS["a"], ROWS["b"]) for o in ("deaths", "quits"))
        if lives.low > 0 and kept.high < 0:
            return "Supplies do more in lives, pay in workers: two measures, and no exchange rate between them"
    first = dilemma.first.get(MAIN)
    if first is None:
        return "No side does better in nearly all futures"
    if first == "keep":
        return "Money kept in hand comes first when the danger of closing is counted"
    return f"{_name(told, dilemma, first)} comes first, even against money kept in hand"


def _plots(told: Reader, dilemma: Dilemma, outcome: str) -> tuple[marks.Axis, list[dict[str, Any]]]:
    found = dilemma.comparisons[-1]
    tellings = [t for t in TELLINGS if t in found.values]
    likely = {(t, s.who): gain(found, outcome, ROWS[s.who], telling=t) for t in tellings for s in dilemma.sides}
    axis = marks.Axis.over(list(likely.values()))
    groups = [
        {"head": TELLINGS[t], "rows": [_row(told, found, outcome, s, axis, likely[t, s.who], t) for s in dilemma.sides]}
        for t in tellings
    ]
    return axis, groups


def _row(
    told: Reader, found: Comparison, outcome: str, side: Side, axis: marks.Axis, likely: Interval, telling: Telling
) -> dict[str, Any]:
    row = ROWS[side.who]
    half = gain(found, outcome, row, telling=telling, share=0.5)
    middle, ends = gain_said(outcome, likely, found.currency)
    return {
        "label": _short(told, side),
        "instead": "",
        "svg": marks.row(axis, likely, half, SHAPES[side.who]),
        "keep": side.who == "keep",
        "middle": middle,
        "ends": "" if ends == "0" else f"likely {ends}",
        "also": ("", ""),
    }


def _kept_workers(told: Reader, dilemma: Dilemma) -> dict[str, Any] | None:
    """Of supplies against wages: the second measure, workers who stay, on its own axis."""
    if dilemma.id != "supplies-or-wages" or not told.staff:
        return None
    found = dilemma.comparisons[-1]
    likely = {side.who: gain(found, "quits", ROWS[side.who]) for side in dilemma.sides}
    axis = marks.Axis.over(list(likely.values()))
    rows = []
    for side in dilemma.sides:
        half = gain(found, "quits", ROWS[side.who], share=0.5)
        middle, ends = gain_said("quits", likely[side.who], found.currency)
        rows.append(
            {
                "label": _short(told, side),
                "instead": "",
                "svg": marks.row(axis, likely[side.who], half, SHAPES[side.who]),
                "keep": side.who == "keep",
                "middle": middle,
                "ends": "" if ends == "0" else f"likely {ends}",
                "also": ("", ""),
            }
        )
    return {"rows": rows, "axis": marks.foot(axis, "more leave", "fewer workers who leave")}


def _repaid(dilemma: Dilemma) -> dict[str, str] | None:
    if dilemma.repaid is None:
        return None
    story = f"A hundred squares, one for each future in a hundred: in {percent(dilemma.repaid)} of futures the hours are won back."
    return {"svg": marks.hundred(dilemma.repaid, story), "futures": futures(dilemma.repaid)}


def _over(told: Reader, dilemma: Dilemma) -> list[dict[str, Any]]:
    """Fewer deaths by horizon and side, with the danger of closing."""
    rows = []
    for years, found in zip(dilemma.years, dilemma.comparisons, strict=True):
        cells = []
        for side in dilemma.sides:
            if years in side.late:
                cells.append(("not yet", "must be saved up for"))
                continue
            middle, ends = gain_said("deaths", gain(found, "deaths", ROWS[side.who]), found.currency)
            cells.append((middle, "" if ends == "0" else ends))
        rows.append({"after": years_said(years), "cells": cells})
    return rows


def _differs(told: Reader, dilemma: Dilemma) -> list[dict[str, Any]]:
    """Outcomes in which a side surely differs from going without the money, or from the other; both chances always."""
    found = dilemma.comparisons[-1]
    rows = []
    for outcome in OUTCOMES:
        hidden = (
            outcome.id in UNTOLD or (outcome.id in STAFF and not told.staff) or (outcome.id in CASH and told.outside)
        )
        if hidden:
            continue
        if outcome.over == "chance":
            shares = [
                float(found.values[MAIN][outcome.id][row].mean()) for row in (0, *(ROWS[s.who] for s in dilemma.sides))
            ]
            rows.append(
                {
                    "what": WORDS[outcome.id].title,
                    "note": f"without the money: {chance(shares[0])}",
                    "cells": [(chance(share), "") for share in shares[1:]],
                }
            )
            continue
        if all(found.tied(outcome.id, ROWS[s.who], 0, telling=MAIN) for s in dilemma.sides):
            continue
        rows.append(
            {
                "what": WORDS[outcome.id].title,
                "note": "",
                "cells": [_change(found, outcome.id, s) for s in dilemma.sides],
            }
        )
    if not told.outside:
        cells = [(money(side.spent[-1], dilemma.currency), "") for side in dilemma.sides]
        rows.append({"what": "Money spent, as planned", "note": "", "cells": cells})
    return rows


def _change(found: Comparison, outcome: str, side: Side) -> tuple[str, str]:
    middle, ends = gain_said(outcome, gain(found, outcome, ROWS[side.who]), found.currency)
    return ("no change", "") if middle == "none" and ends in ("0", money(0, found.currency)) else (middle, ends)


def _worth(told: Reader, dilemma: Dilemma) -> dict[str, str] | None:
    if dilemma.worth is None or not told.staff:
        return None
    low, middle, high = (figure(v) for v in (dilemma.worth.low, dilemma.worth.middle, dilemma.worth.high))
    return {"middle": middle, "ends": span(low, high)}


def _anyway(told: Reader, dilemma: Dilemma) -> str | None:
    """Where pay rises: in how many futures more workers leave all the same (it helps in the mean, not in each)."""
    if dilemma.more_leave is None or not told.staff or dilemma.more_leave < 0.005:
        return None
    often, side = futures(dilemma.more_leave), _name(told, dilemma, "b")
    if dilemma.comparisons[-1].mean_difference("quits", ROWS["b"], telling=MAIN) >= 0:
        return f"With {side}, more workers leave all the same in {often}."
    return f"{turning.capital(side)} helps workers stay on average. But in {often}, more of them leave with it all the same."


def _how_sure(told: Reader, dilemma: Dilemma) -> str:
    """How often each side does better than the other, in years of life."""
    better = dilemma.comparisons[-1].chance_better("life_years", ROWS["a"], ROWS["b"], telling=MAIN)
    one, two = (_name(told, dilemma, who) for who in (("a", "b") if better > 0.5 else ("b", "a")))
    coin = ": nearly a coin toss" if 0.4 <= better <= 0.6 else ""
    said = f"{turning.capital(one)} does better than {two} in {futures(max(better, 1 - better))}{coin}."
    return f"{said} {words.rests_on(dilemma, told.program)}" if dilemma.doubt else said
