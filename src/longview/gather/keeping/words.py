"""What an import changed, in plain words."""

from __future__ import annotations

from longview.gather.keeping.store import Kept
from longview.gather.keeping.weighing import Tally


def kept_words(kept: Kept) -> list[str]:
    """A line for each sheet, and what a person should know beside it."""
    lines = [f"{sheet}: {_tally(tally, sheet == 'money')}" for sheet, tally in kept.tallies.items()]
    found = list(kept.tallies.values())
    if own := sum(tally.own_wins for tally in found):
        lines.append(f"Your own files say otherwise of {_rows(own)}; they win. check shows which.")
    if too := sum(tally.own_too for tally in found):
        lines.append(
            f"In your own sheet money too: {_lines(too)}. They count twice until you take them out of one of the two."
        )
    if gone := sum(tally.gone for tally in found if not tally.standing):
        lines.append(
            f"None of the {_lines(gone)} of the earlier export is in this one. If it is of another account, and so no newer "
            "export of the same, take it back."
        )
    if older := sum(tally.older for tally in found):
        lines.append(
            f"Of an older reading than what they replace: {_rows(older)}. Take it back if you didn't mean that."
        )
    if doubled := sum(tally.doubled for tally in found):
        lines.append(f"Told twice in the file: {_rows(doubled)}. The later was taken.")
    return lines


def _tally(tally: Tally, money: bool) -> str:
    of_what = _lines if money else _rows
    parts = [
        f"{of_what(tally.added)} new" if tally.added else "",
        f"{of_what(tally.changed)} in place of an earlier import's" if tally.changed else "",
        f"{of_what(tally.read_again)} the same, read on a later day" if tally.read_again else "",
        f"{of_what(tally.own_wins)} that your own files tell otherwise" if tally.own_wins else "",
        f"{of_what(tally.gone)} of an earlier export gone" if tally.gone else "",
        f"{of_what(tally.standing)} there already" if tally.standing else "",
    ]
    return ", ".join(part for part in parts if part) or "nothing"


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


def _lines(count: int) -> str:
    return "1 line" if count == 1 else f"{count:,} lines"
