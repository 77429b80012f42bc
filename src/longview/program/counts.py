"""Counts as they were made: exact, hidden, missing or never taken (law 5: suppressed is not zero, and not blank)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NoReturn

Kind = Literal["exact", "hidden", "no-row", "blank", "not-counted"]

_WHOLE = r"\d{1,15}"
_NUMBER = rf"{_WHOLE}(?:\.\d{{1,9}})?"
_GROUPED = re.compile(r"([1-9]\d{0,2})((?:[,\u00a0\u202f '’]\d{3})+)(\.\d+)?")
_EXACT = re.compile(_NUMBER)
_BELOW = re.compile(rf"(?:<|less than|fewer than|under)\s*({_WHOLE})", re.IGNORECASE)
_BELOW_OR = re.compile(rf"(?:<=|≤|up to|at most)\s*({_NUMBER})", re.IGNORECASE)
_ABOVE = re.compile(rf"(?:>|more than|over)\s*({_WHOLE})", re.IGNORECASE)
_BETWEEN = re.compile(rf"({_NUMBER})\s*(?:to|–|\.\.)\s*({_NUMBER})", re.IGNORECASE)
_DASHED = re.compile(r"(0|[1-9]\d{0,14})\s*-\s*([1-9]\d{0,14})")
_AT_LEAST = re.compile(rf"(?:>=|≥|at least)\s*({_NUMBER})(,? part not counted)?", re.IGNORECASE)
_HIDDEN_WORDS = frozenset({"*", "**", "suppressed", "hidden", "masked", "redacted"})
_UNCOUNTED_WORDS = frozenset(
    {"na", "n/a", "not counted", "not collected", "not applicable", "not reported", "not available"}
    | {"unknown", "missing", "§", "¶"}  # as federal tables mark what an area does not report, or takes no part in
)


@dataclass(frozen=True, slots=True)
class Count:
    """How many: a number, or the interval in which it lies and why no more is known.

    Attributes:
        low: the least that it can be, at least 0.
        high: the most that it can be; None: no limit is known.
        kind: "exact"; "hidden" (somebody knows it and does not say); "no-row" (its row is not in the file); "blank"
            (the cell is empty); "not-counted" (nobody counted, or a sum of which a part was not counted).

    Raises:
        ValueError: a negative, infinite or upside-down interval, or an "exact" one with two ends.
    """

    low: float
    high: float | None
    kind: Kind = "exact"

    def __post_init__(self) -> None:
        ends = [self.low] if self.high is None else [self.low, self.high]
        if not all(math.isfinite(end) and end >= 0 for end in ends) or ends != sorted(ends):
            raise ValueError(f"a count lies between 0 and some number, low end first: {self.low}, {self.high}")
        if self.kind == "exact" and self.high != self.low:
            raise ValueError(f"an exact count has one value, not {self.low} to {self.high}")
        object.__setattr__(self, "low", _tidy(self.low))
        object.__setattr__(self, "high", None if self.high is None else _tidy(self.high))

    @classmethod
    def of(cls, value: float) -> Count:
        """A count that is known."""
        return cls(value, value, "exact")

    @classmethod
    def below(cls, limit: int, *, least: int = 0) -> Count:
        """A count hidden below `limit`: `least` to `limit - 1` (a program's own `<5` is 0 to 4)."""
        return cls(least, max(limit - 1, least), "hidden")

    @classmethod
    def between(cls, low: float, high: float | None) -> Count:
        """A count hidden within an interval (`high` None: no limit is known)."""
        return cls(low, high, "hidden")

    @classmethod
    def blank(cls) -> Count:
        """An empty cell."""
        return cls(0, None, "blank")

    @classmethod
    def no_row(cls) -> Count:
        """A month or place of which the file has no row."""
        return cls(0, None, "no-row")

    @classmethod
    def not_counted(cls, *, at_least: float = 0) -> Count:
        """Nobody counted; or `at_least` so many, since a part of it was counted."""
        return cls(at_least, None, "not-counted")

    @classmethod
    def parse(cls, text: str) -> Count:
        """Read what a cell says: `12`, `1,204`, `<5`, `*`, `1 to 9`, `1-9`, `>=3`, `>2`, `NA`, `§`, `not counted` or nothing.

        Raises:
            ValueError: the text is none of these.
        """
        said = " ".join(text.split())
        if not said:
            return cls.blank()
        for words, made in ((_HIDDEN_WORDS, cls.between(0, None)), (_UNCOUNTED_WORDS, cls.not_counted())):
            if said.lower() in words:
                return made
        if said.lower() == "no row":
            return cls.no_row()
        if found := _BELOW.fullmatch(said):
            if int(found[1]) == 0:
                raise ValueError("nothing is below 0")
            return cls.below(int(found[1]))
        if found := _BELOW_OR.fullmatch(said):
            return cls.between(0, float(found[1]))
        if found := _BETWEEN.fullmatch(said):
            return cls.between(_number(found[1]), _number(found[2]))
        if (found := _DASHED.fullmatch(said)) and not _month_like(int(found[1]), int(found[2])):
            return cls.between(int(found[1]), int(found[2]))
        if found := _ABOVE.fullmatch(said):
            return cls.between(int(found[1]) + 1, None)
        if found := _AT_LEAST.fullmatch(said):
            low = _number(found[1])
            return cls.not_counted(at_least=low) if found[2] else cls.between(low, None)
        if found := _GROUPED.fullmatch(said):
            return cls.of(_number(found[1] + re.sub(r"\D", "", found[2]) + (found[3] or "")))
        if _EXACT.fullmatch(said):
            return cls.of(_number(said))
        raise ValueError(f"not a count: {text!r}")

    @property
    def exact(self) -> bool:
        """Whether the count is known."""
        return self.kind == "exact"

    @property
    def counted(self) -> bool:
        """Whether somebody counted it, shown or hidden."""
        return self.kind in ("exact", "hidden")

    def __str__(self) -> str:
        """What a cell says of it; `Count.parse` reads it back without loss."""
        if self.kind == "blank":
            return ""
        if self.kind == "no-row":
            return "no row"
        if self.kind == "not-counted":
            return f">={_written(self.low)}, part not counted" if self.low else "not counted"
        if self.exact:
            return _written(self.low)
        if self.high is None:
            return f">={_written(self.low)}" if self.low else "*"
        if self.low == 0 and isinstance(self.high, int):
            return f"<{self.high + 1}"
        return f"{_written(self.low)} to {_written(self.high)}"

    def __add__(self, other: Count) -> Count:
        """The sum of two counts: an interval, unbounded and "not-counted" where a part of it is not counted."""
        if not isinstance(other, Count):
            return NotImplemented
        low = self.low + other.low
        if not (self.counted and other.counted):
            return Count.not_counted(at_least=low)
        if self.high is None or other.high is None:
            return Count.between(low, None)
        exact = self.exact and other.exact
        return Count(low, self.high + other.high, "exact" if exact else "hidden")

    def less(self, parts: Count) -> Count:
        """What is left of this total once `parts` are taken away: an interval, never below 0."""
        low = 0.0 if parts.high is None else max(self.low - parts.high, 0)
        if not self.counted:
            return Count.not_counted(at_least=low)
        high = None if self.high is None else max(self.high - parts.low, 0)
        if high is not None and high == low and self.exact and parts.exact:
            return Count.of(low)
        return Count.between(low, high)

    def within(self, other: Count) -> Count | None:
        """What two tellings of one count say together; None where they contradict one another."""
        low = max(self.low, other.low)
        highs = [c.high for c in (self, other) if c.high is not None]
        high = min(highs, default=None)
        if high is not None and high < low:
            return None
        if high == low:
            return Count.of(low)
        if self.counted or other.counted:
            return Count.between(low, high)
        return Count.not_counted(at_least=low)

    def certainly_below(self, other: Count) -> bool:
        """Whether it is less than the other whatever the two are."""
        return self.high is not None and self.high < other.low

    def possibly_below(self, other: Count) -> bool:
        """Whether it may be less than the other."""
        return other.high is None or self.low < other.high


def total(counts: Iterable[Count]) -> Count:
    """The sum of counts; 0 for none."""
    result = Count.of(0)
    for count in counts:
        result = result + count
    return result


def tightened(whole: Count, parts: Sequence[Count]) -> tuple[Count, tuple[Count, ...]] | None:
    """A total and the parts that add up to it, each as narrow as the others make it; None where they can't add up.

    Only hidden counts are narrowed. A part that nobody counted may be anything and stays as it is, so that it
    widens what the hidden parts beside it may be. Never for a source whose rules of use forbid to find out what it
    hides.

    Source: bounds of a linear constraint; one pass is exact, since each bound uses the others' own.
    """
    lows = sum(part.low for part in parts)
    open_ended = sum(part.high is None for part in parts)
    highs = sum(part.high for part in parts if part.high is not None)
    sums = Count(lows, None if open_ended else highs, "hidden")
    if whole.certainly_below(sums) or sums.certainly_below(whole):
        return None
    narrowed = []
    for part in parts:
        if part.kind != "hidden":
            narrowed.append(part)
            continue
        others_open = open_ended - (part.high is None)
        least = 0.0 if others_open else max(whole.low - (highs - (part.high or 0)), 0.0)
        most = None if whole.high is None else max(whole.high - (lows - part.low), 0.0)
        narrowed.append(part.within(Count.between(least, most if most is None else max(most, least))) or part)
    whole = whole if whole.kind != "hidden" else whole.within(sums) or whole
    return whole, tuple(narrowed)


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many, which keeps the name of what it was divided by and can't be summed.

    Attributes:
        events: how many.
        of: out of how many.
        denominator: what `of` counts, in words ("visits", "people in the catchment").
        per: the rate is told per so many (1, 10_000 …).

    Raises:
        ValueError: no name for the denominator, or `per` not above 0.
    """

    events: Count
    of: Count
    denominator: str
    per: float = 1

    def __post_init__(self) -> None:
        if not self.denominator.strip() or not self.per > 0:
            raise ValueError("a rate names what it is divided by, and is told per more than 0 of it")

    @property
    def low(self) -> float:
        """The least that the rate can be; 0 where the denominator has no limit."""
        return self.events.low / self.of.high * self.per if self.of.high else 0.0

    @property
    def high(self) -> float | None:
        """The most that the rate can be; None: no limit is known."""
        if self.events.high is None or self.of.low == 0:
            return None
        return self.events.high / self.of.low * self.per

    def __str__(self) -> str:
        return f"{self.events or 'blank'} per {self.of} {self.denominator}"

    def __add__(self, other: object) -> NoReturn:
        raise TypeError(f"rates per {self.denominator} can't be summed: sum events and {self.denominator} instead")

    __radd__ = __add__


def _month_like(first: int, second: int) -> bool:
    """Whether `3-2022` is a month, rather than a count from 3 to 2022."""
    return first <= 12 and 1900 <= second <= 2200


def _tidy(value: float) -> float:
    """Whole numbers as `int`, so that 12 and 12.0 are one count and one text."""
    return int(value) if value == int(value) else float(value)


def _number(text: str) -> float:
    return float(text) if "." in text else int(text)


def _written(value: float) -> str:
    if isinstance(value, int):
        return str(value)
    return f"{value:.9f}".rstrip("0").rstrip(".")
