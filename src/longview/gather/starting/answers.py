"""What a director said of her program, as far as she said it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from longview.program import Month, Range

Where = Literal["rented", "owned", "hosted", "van", "foot", "delivery", "mail", "machine"]
Origin = Literal["federal", "pass-through", "state", "local", "settlement", "private", "own"]

KINDS = tuple(
    f"{size}-{setting}" for size in ("small", "medium", "large") for setting in ("rural", "suburban", "urban")
)
"""The nine kinds of programs that were costed (Teshale et al. 2019)."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What was said; None where a question was skipped.

    Attributes:
        name: what the program is called. starts: the first month to plan.
        like: one of `KINDS`. place: where it is, as one would say it. area: the same as CDC writes its state.
        budget: money a year. origin: from where most of it comes.
        workers: people who are paid. hours: a week, each of them. where: where participants are met.
        people: who use drugs, in the area: one figure, or low, best, high. share: of the area's people, 0-1, who live where
            participants do.
    """

    name: str
    starts: Month | None = None
    like: str | None = None
    place: str | None = None
    area: str | None = None
    budget: float | None = None
    origin: Origin | None = None
    workers: int | None = None
    hours: float | None = None
    where: Where | None = None
    people: float | Range | None = None
    share: float | None = None


@cache
def example() -> dict[str, Any]:
    """Our own example of what no study says (`example.toml`)."""
    return tomllib.loads(files("longview.gather.starting").joinpath("example.toml").read_text(encoding="utf-8"))
