"""Figures that `new` filled in for a program that does not know its own yet, as long as they stand as they were."""

from __future__ import annotations

from dataclasses import dataclass

FILE = "filled.toml"


@dataclass(frozen=True, slots=True)
class Filled:
    """One figure that was filled in.

    Attributes:
        sheet: name of the sheet in the field table ("program" for facts).
        row: id of its row, or the name of the fact.
        column: its column; value: the text that was written; source: where the figure is from, in words.
    """

    sheet: str
    row: str
    column: str
    value: str
    source: str
