"""Months, the one step of time (DESIGN, Conventions)."""

from __future__ import annotations

import re
from dataclasses import dataclass

NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
SHORT_NAMES = tuple(name[:3] for name in NAMES)

_WRITTEN = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month, written `YYYY-MM`."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1 <= self.month <= 12 and 1900 <= self.year <= 2200):
            raise ValueError(f"no such month: {self.year}-{self.month}")

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read `YYYY-MM`.

        Raises:
            ValueError: the text is not written so, or names no month.
        """
        found = _WRITTEN.fullmatch(text.strip())
        if found is None:
            raise ValueError(f"not a month: {text!r}")
        return cls(int(found[1]), int(found[2]))

    def plus(self, months: int) -> Month:
        """The month that many months later (earlier, if negative)."""
        years, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Month(years, month + 1)

    def since(self, other: Month) -> int:
        """Whole months from `other` to this one; negative if this one is earlier."""
        return (self.year - other.year) * 12 + self.month - other.month

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


def in_words(month: Month) -> str:
    """`March 2029`."""
    return f"{NAMES[month.month - 1].capitalize()} {month.year}"
