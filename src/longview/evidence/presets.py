"""What a syringe services program costs by size and place (`presets.toml`), to begin a new program from."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

Size = Literal["small", "medium", "large"]
Setting = Literal["rural", "suburban", "urban"]


@dataclass(frozen=True, slots=True)
class ProgramCosts:
    """Costs of one kind of program (Teshale et al. 2019), dollars of `price_year`.

    Attributes:
        participants: people served in a year.
        start_up: once, before opening.
        personnel, operations, supplies, medical: a year.
        mobile_unit: a year more, where a van goes out.
        source: where the figures are from.
    """

    size: Size
    setting: Setting
    participants: int
    price_year: int
    start_up: float
    personnel: float
    operations: float
    supplies: float
    medical: float
    mobile_unit: float
    source: str

    @property
    def yearly(self) -> float:
        """All that a year costs, start-up and a van apart."""
        return self.personnel + self.operations + self.supplies + self.medical


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("longview.evidence").joinpath("presets.toml").read_text(encoding="utf-8"))


def program_costs(size: Size, setting: Setting) -> ProgramCosts:
    """The costs of a program of that size and place.

    Raises:
        ValueError: no such size or setting; the message says which there are.
    """
    if size not in get_args(Size) or setting not in get_args(Setting):
        sizes, settings = ", ".join(get_args(Size)), ", ".join(get_args(Setting))
        raise ValueError(f"found {size} {setting}; sizes are {sizes}, settings {settings}")
    table = _table()
    source = f"{table['source']}, {table['place']}"
    known = (size, setting, table["participants"][size], table["price_year"])
    return ProgramCosts(*known, **table[size][setting], mobile_unit=table["mobile_unit"], source=source)
