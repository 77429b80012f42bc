"""The table of levers (`levers.toml`): everything that an option can move."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal


@dataclass(frozen=True, slots=True)
class Lever:
    """A model input that options move; see the head of `levers.toml`."""

    id: str
    words: str
    unit: str
    today: float
    low: float
    high: float
    kind: Literal["level", "pulse"]
    cost: Literal["modelled", "priced"]
    believed: float | None = None  # more than this has not been seen anywhere; `check` asks


@cache
def levers() -> dict[str, Lever]:
    """All levers by id, in the order of the file."""
    table = tomllib.loads(files("longview.program").joinpath("levers.toml").read_text(encoding="utf-8"))
    return {name: Lever(id=name, **row) for name, row in table.items()}
