"""What we don't know: how much of the doubt is assumed, what would settle it, and what each number rests on."""

from __future__ import annotations

from typing import Any

from longview.evidence import Parameter
from longview.report.messages import flag_words
from longview.report.rounding import futures, percent
from longview.report.told import Told

ASKED = 5


def section(told: Told) -> dict[str, Any]:
    """Doubt, asks, flags, turning points and the rows that were read."""
    assumed = [p for p in told.evidence if p.grade == "assumption" and p.whose == "literature"]
    share = sum(told.doubt.get(p.key, 0.0) for p in assumed) if told.doubt else None
    order = sorted(told.evidence, key=lambda p: (-told.doubt.get(p.key, 0.0), p.grade != "assumption", p.key))
    asks = [p for p in order if p.ask.strip(" –-") and p.whose == "literature"]
    flags = {flag.code: flag for flag in (*told.today.flags, *told.pick.flags)}
    return {
        "assumed": len(assumed),
        "read": len(told.evidence),
        "share": None if share is None else percent(min(1.0, share)),
        "yours": sum(p.whose == "yours" for p in told.evidence),
        "asks": [{"name": _capital(p.name), "ask": p.ask, "doubt": _doubt(told, p)} for p in asks[:ASKED]],
        "flags": [
            {"words": flag_words(f.code), "detail": f.detail, "share": None if f.share >= 1 else futures(f.share)}
            for f in flags.values()
        ],
        "anchored": told.pick.anchored,
        "turns": [_turn(told, s.key, s.now, s.turns_at, s.to) for s in told.decision.switching],
        "rows": [_row(told, p) for p in order],
    }


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _doubt(told: Told, row: Parameter) -> str | None:
    share = told.doubt.get(row.key)
    return None if share is None else percent(share)


def _turn(told: Told, key: str, now: float, at: float, to: str) -> dict[str, str]:
    row = next((p for p in told.evidence if p.key == key), None)
    name = row.name if row is not None else key.replace("_", " ")
    return {"name": name, "now": value(now), "at": value(at), "to": told.placeless(to)}


def value(number: float) -> str:
    """A parameter's value: three figures, no tail of noughts, never 3e-05."""
    size = abs(number)
    if size >= 1000:
        return f"{float(f'{number:.3g}'):,.0f}"
    return f"{float(f'{number:.3g}'):.6f}".rstrip("0").rstrip(".") if size else "0"


def _row(told: Told, row: Parameter) -> dict[str, Any]:
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
        "doubt": _doubt(told, row),
    }
