"""What a column's cells look like: mail addresses, phone numbers, streets, days of birth, names, points, codes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from statistics import median

from longview.gather.importers.personal_words import GIVEN_NAMES

MOST = 0.6  # so many of the cells that are filled must look alike
FEW = 8  # below so many cells nothing is said of how they differ
OLD, OLDEST = 15, 100  # years that days of birth lie back
_MAIL = re.compile(r"[^\s@,;<>]+@[^\s@,;<>]+\.[A-Za-z]{2,}")
_PHONE = re.compile(r"\+?\(?\d{1,4}\)?(?:[\s.\-/]?\(?\d{2,4}\)?){1,4}(?:\s*(?:x|ext\.?)\s*\d+)?")
_US_PHONE = re.compile(r"1?[2-9]\d{2}[2-9]\d{6}")
_GROUPED = re.compile(r"\d{1,3}(?:[ .]\d{3})+")
_SECURITY = re.compile(r"\d{3}-\d{2}-\d{4}|\d{3}\s\d{2}\s\d{4}")
_STREET_WORDS = (
    r"st|street|ave|avenue|av|rd|road|blvd|boulevard|dr|drive|ln|lane|ct|court|cir|circle|way|pl|place|hwy|highway|pkwy|"
    r"parkway|ter|terrace|sq|square|rue|calle|c/|via|viale|piazza|rua|avenida|avda|straße|strasse|str|weg|platz|gasse|"
    r"straat|laan|gata|gatan|vej|ulica|ul"
)
_STREET = re.compile(
    rf"\d{{1,6}}(?:\s?[a-z])?(?:\s+block)?[\s,]+.*\b(?:{_STREET_WORDS})\b.*"
    rf"|(?:{_STREET_WORDS})\b\.?\s.*\d.*|.*(?:straße|strasse|str\.|weg|gasse|straat)\s+\d+\s?[a-z]?",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?:(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2}))(?:[T\s,].*)?")
_MONTH = re.compile(
    r"(?:19|20)\d{2}[\s/.\-]?[MQWmqw]?\d{1,2}|[A-Za-zäéûç]{3,10}\.?[\s\-/']*\d{2,4}|[QqMm]\d{1,2}[\s\-/]*\d{2,4}"
)
_CODE = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9][A-Za-z0-9\-_/.]{3,39}")
_DIGITS = re.compile(r"\d{6,20}")
_POINT = re.compile(r"-?\d{1,3}\.\d{3,}")
_PAIR = re.compile(
    r"[(\[]?\s*(?:POINT\s*\(?)?-?\d{1,3}\.\d{3,}°?\s*[NS]?\s*[,;\s]\s*-?\d{1,3}\.\d{3,}.*", re.IGNORECASE
)
_NAMED = re.compile(r"[^\W\d_][\w'’.\-]*(?:,?\s+[^\W\d_][\w'’.\-]*){1,3}")


def content_kind(column: Sequence[str], at: int, rows: Sequence[Sequence[str]]) -> str:
    """What most of a column's cells look like: "mail", "phone" …; "" for nothing of the kind.

    Args:
        column: its cells that are filled; at: its place in `rows`, the sample that it is of.
    """
    if not column:
        return ""
    for kind, looks in _LOOKS.items():
        if _share(column, looks) >= MOST:
            return kind
    if _births(column, at, rows):
        return "birth"
    if len(set(column)) >= FEW // 2 and _share(column, _is_name) >= MOST:
        return "name"
    return "number" if _own_codes(column) else ""


def points(columns: Sequence[Sequence[str]]) -> set[int]:
    """Places of two columns side by side that look like points of one town or region on a map."""
    found: set[int] = set()
    for at in range(len(columns) - 1):
        first, second = columns[at], columns[at + 1]
        alike = len(first) == len(second) >= FEW // 2
        if alike and any(_near(first, a) and _near(second, b) for a, b in ((90, 180), (180, 90))):
            found |= {at, at + 1}
    return found


def _near(column: Sequence[str], limit: float) -> bool:
    """Degrees of one region: three digits or more after the point, all within two degrees, and far from 0."""
    if _share(column, lambda cell: _POINT.fullmatch(cell) is not None) < 0.9:
        return False
    values = [float(cell) for cell in column if _POINT.fullmatch(cell)]
    spread = max(values) - min(values)
    return max(map(abs, values)) <= limit and 0 < spread < 2 and abs(median(values)) > 5 * spread


def _share(column: Sequence[str], looks: Callable[[str], bool]) -> float:
    return sum(looks(cell[:200]) for cell in column) / len(column)


def _is_phone(cell: str) -> bool:
    digits = sum(c.isdigit() for c in cell)
    if _US_PHONE.fullmatch(cell):
        return True
    if not 9 <= digits <= 15 or _DATE.fullmatch(cell) or _GROUPED.fullmatch(cell) or cell.isdigit():
        return False
    return _PHONE.fullmatch(cell) is not None


@lru_cache(maxsize=1)
def _given() -> frozenset[str]:
    return frozenset(GIVEN_NAMES.split())


def _is_name(cell: str) -> bool:
    return _NAMED.fullmatch(cell) is not None and bool(_given() & {part.strip(",.") for part in cell.lower().split()})


def _year(cell: str) -> float | None:
    """The year (with its part) of a day, by the century that has passed; None where the cell is no day."""
    found = _DATE.fullmatch(cell)
    if not found:
        return None
    year = int(found[1] or found[6])
    if year < 100:
        year += 2000 if year < 30 else 1900
    return year if 1880 <= year <= 2200 else None


def _births(column: Sequence[str], at: int, rows: Sequence[Sequence[str]]) -> bool:
    """Days that lie 15 to 100 years before the other days of their rows; alone: years strewn, in no order."""
    if _share(column, lambda cell: _year(cell) is not None) < MOST:
        return False
    back = []
    for row in rows:
        own = _year(row[at].strip()[:40]) if at < len(row) else None
        others = [_year(cell.strip()[:40]) for place, cell in enumerate(row) if place != at]
        there = [year for year in others if year is not None]
        if own is not None and there:
            back.append(OLD <= max(there) - own <= OLDEST)
    if back:
        return sum(back) >= MOST * len(back)
    years = [year for cell in column if (year := _year(cell[:40])) is not None]
    sorted_ = years == sorted(years) or years == sorted(years, reverse=True)
    return len(years) >= FEW and not sorted_ and max(years) - median(years) >= OLD


def _own_codes(column: Sequence[str]) -> bool:
    """A code of its own in nearly each row: letters and digits, or long numbers that aren't one after another."""
    if len(column) < FEW or len(set(column)) < 0.95 * len(column):
        return False
    if _share(column, lambda cell: _CODE.fullmatch(cell) is not None and not _MONTH.fullmatch(cell)) >= MOST:
        return True
    numbers = [int(cell) for cell in column if _DIGITS.fullmatch(cell)]
    alike = len({len(cell) for cell in column}) == 1
    return len(numbers) == len(column) and alike and not all(_year_first(cell) for cell in column)


def _year_first(cell: str) -> bool:
    """202203, 20220314: a month or a day."""
    return re.fullmatch(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:\d{2})?", cell) is not None


_LOOKS: dict[str, Callable[[str], bool]] = {
    "mail": lambda cell: _MAIL.fullmatch(cell) is not None,
    "security": lambda cell: _SECURITY.fullmatch(cell) is not None,
    "phone": _is_phone,
    "address": lambda cell: _STREET.fullmatch(cell) is not None,
    "place": lambda cell: _PAIR.fullmatch(cell) is not None,
}
