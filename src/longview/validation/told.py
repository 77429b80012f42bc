"""Reading values out of a table, each problem told in words with its place."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Mapping
from typing import Any

from longview.program import Range

Table = Mapping[str, Any]


class Problems:
    """Problems of one file, in the order in which they were found."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[str] = []

    def say(self, place: str, words: str) -> None:
        """Note a problem."""
        self.found.append(f"{self.file}: {place + ': ' if place else ''}{words}")

    def unknown(self, place: str, name: str, known: Iterable[str], words: str) -> None:
        """Note a name that nothing has, with those like it."""
        like = difflib.get_close_matches(name, list(known), n=3)
        self.say(place, f"{name}: {words}" + (f"; did you mean {' or '.join(like)}?" if like else ""))

    def keys(self, table: Table, known: Iterable[str], place: str) -> None:
        """Note the keys of a table that the form does not have."""
        listed = list(known)
        for key in table:
            if key not in listed:
                self.unknown(place, key, listed, "the form has no such key")

    def text(self, table: Table, key: str, place: str, *, needed: bool = False) -> str:
        """A text; empty where it is left out."""
        value = table.get(key, "")
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            self.say(place, f"{key} must be text in quotes")
            return ""
        if needed and not str(value).strip():
            self.say(place, f"{key} is missing")
        return str(value).strip()

    def number(
        self, table: Table, key: str, place: str, otherwise: float, *, least: float = -math.inf, most: float = math.inf,
        whole: bool = False,
    ) -> float:  # fmt: skip
        """A number; `otherwise` where it is left out or wrong."""
        value = table.get(key, otherwise)
        if not _is_number(value):
            self.say(place, f"{key} is {value!r}; write a number")
            return otherwise
        if whole and value != int(value):
            self.say(place, f"{key} is {value}; write a whole number")
            return otherwise
        if not least <= value <= most:
            must = f"be {least:g} or more" if most == math.inf else f"lie in {least:g} to {most:g}"
            self.say(place, f"{key} is {value:g}; it must {must}")
            return otherwise
        return float(value)

    def yes(self, table: Table, key: str, place: str, *, otherwise: bool = False) -> bool:
        """True or false."""
        value = table.get(key, otherwise)
        if not isinstance(value, bool):
            self.say(place, f"{key} is {value!r}; write true or false")
            return otherwise
        return value

    def choice(self, table: Table, key: str, known: list[str], otherwise: str, place: str) -> str:
        """One of some words."""
        value = table.get(key, otherwise)
        if key in table and value not in known:
            self.unknown(place, f"{key} = {value!r}", known, "write one of " + ", ".join(known))
            return otherwise
        return str(value)

    def table(self, table: Table, key: str, place: str) -> Table:
        """A table inside; empty where it is left out."""
        value = table.get(key, {})
        if not isinstance(value, Mapping):
            self.say(place, f"{key} must be a table: [{key}]")
            return {}
        return value

    def tables(self, table: Table, key: str, place: str) -> list[Table]:
        """Tables in a row."""
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
            self.say(place, f"{key} must be tables: [[{key}]]")
            return []
        return value

    def window(self, table: Table, key: str, place: str) -> tuple[int, int] | None:
        """A pair of months."""
        value = table.get(key)
        if value is None:
            return None
        whole = isinstance(value, list | tuple) and len(value) == 2 and all(isinstance(x, int) for x in value)
        if not whole or not 0 <= value[0] < value[1]:
            self.say(place, f"{key} is a pair of months, the second left out: {key} = [0, 12]")
            return None
        return int(value[0]), int(value[1])

    def figure(self, value: Any, place: str) -> Range | None:
        """A number that is certain, or { best, low, high }; None where it is neither."""
        if _is_number(value):
            return Range(float(value), float(value), float(value))
        if isinstance(value, Mapping):
            self.keys(value, ("best", "low", "high"), place)
            ends = [value.get(key) for key in ("low", "best", "high")]
            if all(_is_number(x) for x in ends):
                low, best, high = (float(x) for x in ends)  # type: ignore[arg-type]
                if low <= best <= high:
                    return Range(low, best, high)
                self.say(place, f"low {low:g}, best {best:g} and high {high:g} must stand in that order")
                return None
        self.say(place, "write a number, or { low = …, best = …, high = … }")
        return None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
