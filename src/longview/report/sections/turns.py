"""What would change our mind: the nearest figures at which another plan comes first."""

from __future__ import annotations

from longview.report.rounding import cost
from longview.report.sections.unknown import value
from longview.report.told import Told
from longview.results import SwitchingValue

TOLD = 5


def section(told: Told) -> list[dict[str, str]]:
    """The five nearest switching values, nearest first; none that would show a cut to a reader outside."""
    order = sorted(told.decision.switching, key=lambda s: -s.nearness)
    return [row for row in (_turn(told, turn) for turn in order) if row is not None][:TOLD]


def _turn(told: Told, turn: SwitchingValue) -> dict[str, str] | None:
    cuts = [o.name for o in told.program.options if told.cuts(o.id)]
    words = f"{turn.key} {turn.to}"
    if told.outside and (any(name in words for name in cuts) or turn.kind == "fund"):
        return None
    row = next((p for p in told.evidence if p.key == turn.key), None)
    name = turn.key if row is None else row.name
    now, at = (said(turn, v, told.program.currency) for v in (turn.now, turn.turns_at))
    return {
        "what": told.placeless(name[:1].upper() + name[1:]),
        "now": now,
        "side": "more" if turn.turns_at > turn.now else "less",
        "at": at,
        "to": told.placeless(turn.to),
        "kind": turn.kind,
    }


def said(turn: SwitchingValue, number: float, currency: str) -> str:
    """A switching value's figure in its unit: money where it has none."""
    if turn.kind in ("price", "money") or (turn.kind == "fund" and not turn.unit):
        return cost(number, currency)
    if turn.unit in ("share", "probability", "chance"):
        return f"{number * 100:.0f} in 100"
    return value(number) + (f" {turn.unit}" if turn.unit not in ("", "number", "ratio") else "")
