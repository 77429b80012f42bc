"""What we don't know, and what finding out would be worth: a first, simple ranking."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unknown:
    """A figure that is not known well.

    Attributes:
        key: evidence key. explained: share of the doubt in the pick's gain that it explains, 0-1.
        worth: years of life that choosing with it known would add on average, against the runner-up (0: it changes nothing).
        changes: share of futures in which knowing it would change the pick.
    """

    key: str
    words: str
    grade: str
    whose: str
    explained: float
    worth: float
    changes: float


@dataclass(frozen=True, slots=True)
class Settle:
    """What would settle it.

    Attributes:
        assumed: share of the explained doubt in the answer that comes from assumptions, 0-1.
        asks: the three figures that would help most, the most telling first. idle: keys that change nothing, however well known.
    """

    assumed: float
    asks: tuple[Unknown, ...]
    idle: tuple[str, ...] = ()
