"""The figures at which a choice turns: in words, and as a strip."""

from __future__ import annotations

from typing import Any

from longview.report import dilemmas as words
from longview.report.charts.strip import Strip
from longview.report.charts.strip import strip as drawn
from longview.report.rounding import NB, cost, figure, half_up, span
from longview.report.sections.unknown import value
from longview.report.told import Reader
from longview.results import Dilemma, Turn


def capital(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]


def turn_value(turn: Turn, number: float, currency: str) -> str:
    """A turning figure as people say it: times today's price, money, so many in 100, or a value with its unit."""
    return f"{_bare(turn, number, currency)}{_unit(turn)}"


def turn_span(turn: Turn, low: float, high: float, currency: str) -> str:
    """The same from one figure to another, the unit once."""
    return f"{span(_bare(turn, low, currency), _bare(turn, high, currency))}{_unit(turn)}"


def _in_hundred(turn: Turn) -> bool:
    return turn.kind == "lift" or turn.unit.startswith("share") or turn.unit == "probability"


def _bare(turn: Turn, number: float, currency: str) -> str:
    if turn.kind == "price":
        return f"{half_up(number, 0.1):.1f}"
    if turn.kind == "money":
        return cost(number, currency)
    return figure(half_up(number * 100)) if _in_hundred(turn) else value(float(f"{number:.2g}"))


def _unit(turn: Turn) -> str:
    if turn.kind == "price":
        return " times today’s price"
    if turn.kind == "money" or turn.unit in ("", "number", "ratio", "odds ratio"):
        return ""
    return f"{NB}in{NB}100" if _in_hundred(turn) else f" {turn.unit}"


def strip(told: Reader, dilemma: Dilemma) -> dict[str, Any] | None:
    """The nearest figure at which the answer turns, drawn as a strip; None where none was found."""
    if not dilemma.turns:
        return None
    turn, coin = dilemma.turns[0], dilemma.currency
    said = turn_said(told, dilemma, turn)
    low, high, now = (turn_value(turn, v, coin) for v in (*turn.close, turn.now.middle))
    between = turn_span(turn, *turn.close, coin)
    known = turn.now.low == turn.now.high
    ours = f"ours: {now}" if known else f"we count on {now}"
    close = f"near {turn_value(turn, turn.at, coin)}" if low == high else f"too close to call: {between}"
    picture: Strip = drawn(
        turn,
        capital(told.placeless(words.name(dilemma, turn.below))),
        capital(told.placeless(words.name(dilemma, turn.above))),
        {"now": ours, "close": close},
        f"{said} Too close to call: {between}. Now: {now}.",
    )
    return {
        "title": f"The answer turns at {low if low == high else between}",
        "what": capital(told.placeless(turn.words)),
        "said": said,
        "now": ""
        if turn.kind == "evidence"
        else now
        if known
        else f"{now} (likely {turn_span(turn, turn.now.low, turn.now.high, coin)})",
        "svg": picture,
        "checked": turn.checked,
    }


def turn_said(told: Reader, dilemma: Dilemma, turn: Turn) -> str:
    """Where the answer turns, as a sentence."""
    return told.placeless(words.turn(dilemma, turn))
