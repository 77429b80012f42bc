"""`undo`: the newest import, or the repairs accepted last, taken back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from longview.gather import BusyError, Undone
from longview.gather import undo as take_back
from longview.verbs import WrongUseError
from longview.verbs.importing import program_meant


def undo(program: Path | None, tell: Callable[[str], None] | None = None) -> tuple[Path, Undone | None]:
    """Take back what was brought in or accepted last; None where nothing is left to take back.

    Raises:
        WrongUseError: no such program, or another Longview is writing to it.
    """
    place = program_meant(program)
    try:
        return place, take_back(place, tell)
    except BusyError as busy:
        raise WrongUseError(str(busy)) from None


__all__ = ["Undone", "undo"]
