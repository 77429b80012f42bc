"""What we don't know: how much of the doubt is assumed, who could tell us, and what each number rests on."""

from __future__ import annotations

from typing import Any

from longview.evidence import Parameter
from longview.report.messages import flag_words, flags_told
from longview.report.rounding import futures, percent, share_words
from longview.report.told import Told, moves_infection
from longview.results import Flag, Unknown

ASKED = 3
IDLE = 4


def section(told: Told) -> dict[str, Any]:
    """Doubt, asks, flags and the rows that were read."""
    settle = told.findings.settle
    assumed = [p for p in told.evidence if p.grade == "assumption" and p.whose == "literature"]
    order = sorted(told.evidence, key=lambda p: (-told.doubt.get(p.key, 0.0), p.grade != "assumption", p.key))
    every = (*told.decision.flags, *told.today.flags, *told.pick.flags)
    flags = {f.code: f for f in flags_told(every, infection=moves_infection(told.program, [told.decision.portfolio]))}
    rows = {p.key: p for p in told.evidence}
    return {
        "assumed": len(assumed),
        "read": len(told.evidence),
        "share": share_words(min(1.0, settle.assumed)),
        "yours": sum(p.whose == "yours" for p in told.evidence),
        "asks": [_ask(told, found, rows.get(found.key)) for found in settle.asks[:ASKED]],
        "idle": [_capital(rows[key].name) for key in settle.idle if key in rows][:IDLE],
        "idle_more": max(0, len(settle.idle) - IDLE),
        "flags": [
            {"words": _flag(told, f), "share": None if f.share >= 1 else futures(f.share)} for f in flags.values()
        ],
        "anchored": told.pick.anchored,
        "rows": [_row(told, p) for p in order],
    }


def _ask(told: Told, found: Unknown, row: Parameter | None) -> dict[str, str | None]:
    """A figure that would help: what it is, whom to ask, its share of the doubt, and what knowing it would do."""
    ask = "" if row is None else row.ask.strip(" –-")
    if ask and not ask.endswith((".", "?")):
        ask += "."
    worth = f"Knowing it would change the plan in {futures(found.changes)}." if found.changes >= 0.005 else (
        "Knowing it would hardly change the plan, but it would make us surer of what to expect."
    )  # fmt: skip
    return {
        "name": _capital(told.placeless(found.words)),
        "ask": ask,
        "doubt": percent(found.explained),
        "worth": worth,
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
