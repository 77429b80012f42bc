"""What we don't know: how much of the doubt is assumed, what would settle it, and what each number rests on."""

from __future__ import annotations

from typing import Any

from longview.evidence import Parameter
from longview.report.messages import flag_words, flags_told
from longview.report.rounding import futures, money, percent, share_words
from longview.report.told import Told, moves_infection
from longview.results import Flag, SwitchingValue

ASKED = 5


def section(told: Told) -> dict[str, Any]:
    """Doubt, asks, flags, turning points and the rows that were read."""
    assumed = [p for p in told.evidence if p.grade == "assumption" and p.whose == "literature"]
    share = sum(told.doubt.get(p.key, 0.0) for p in assumed) if told.doubt else None
    order = sorted(told.evidence, key=lambda p: (-told.doubt.get(p.key, 0.0), p.grade != "assumption", p.key))
    asks = [p for p in order if p.ask.strip(" –-") and p.whose == "literature"]
    every = (*told.decision.flags, *told.today.flags, *told.pick.flags)
    flags = {f.code: f for f in flags_told(every, infection=moves_infection(told.program, [told.decision.portfolio]))}
    return {
        "assumed": len(assumed),
        "read": len(told.evidence),
        "share": None if share is None else share_words(min(1.0, share)),
        "yours": sum(p.whose == "yours" for p in told.evidence),
        "asks": [{"name": _capital(p.name), "ask": p.ask, "doubt": _doubt(told, p)} for p in asks[:ASKED]],
        "flags": [
            {"words": _flag(told, f), "share": None if f.share >= 1 else futures(f.share)} for f in flags.values()
        ],
        "anchored": told.pick.anchored,
        "turns": [t for t in (_turn(told, s) for s in told.decision.switching) if t is not None],
        "rows": [_row(told, p) for p in order],
    }


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _doubt(told: Told, row: Parameter) -> str | None:
    share = told.doubt.get(row.key)
    return None if share is None else percent(share)


def _flag(told: Told, flag: Flag) -> str:
    names = {o.id: o.name for o in told.program.options}
    detail = ", ".join(names.get(part, part) for part in flag.detail.split(", ")) if flag.detail else ""
    return told.placeless(flag_words(flag.code, detail))


def _turn(told: Told, turn: SwitchingValue) -> dict[str, str] | None:
    """Where the pick turns, in words; None where telling it would show a cut to a reader outside."""
    cuts = [o.name for o in told.program.options if told.cuts(o.id)]
    if told.outside and any(name in f"{turn.key} {turn.to}" for name in cuts):
        return None
    row = next((p for p in told.evidence if p.key == turn.key), None)
    coin = told.program.currency
    at, now = (money(v, coin) if row is None else value(v) for v in (turn.turns_at, turn.now))
    side = "more" if turn.turns_at > turn.now else "less"
    name = turn.key if row is None else row.name
    what = f"{_capital(name)}: {side} than {at}, where we count on {now}"
    return {"what": told.placeless(what), "to": told.placeless(turn.to)}


def value(number: float) -> str:
    """A parameter's value: three figures, no tail of noughts, never 3e-05."""
    size = abs(number)
    if size >= 1000:
        return f"{float(f'{number:.3g}'):,.0f}"
    return f"{float(f'{number:.3g}'):.6f}".rstrip("0").rstrip(".") if size else "0"


def _row(told: Told, row: Parameter) -> dict[str, Any]:
    return figure_row(row) | {"doubt": _doubt(told, row)}


def figure_row(row: Parameter) -> dict[str, Any]:
    """A row of evidence as it is told: its name, its value and ends, whose it is."""
    return {
        "name": _capital(row.name),
        "unit": row.unit,
        "best": value(row.best),
        "low": value(row.low),
        "high": value(row.high),
        "whose": row.whose,
        "grade": row.grade,
        "source": row.source,
        "level": f"{row.level * 100:.0f}%",
    }
