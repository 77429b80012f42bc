"""What a cell of a workbook holds, so that reading gives back exactly what was written."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from longview.gather.writing import number_text, plain_text
from longview.program import Column

Held = str | int | float | date | None

LONGEST = 32_767  # characters, of a cell in Excel
_NUMBERS = frozenset({"whole", "number", "share", "money", "count", "rate"})
_PLAIN = re.compile(r"-?\d{1,30}(\.\d{1,30})?")
_CONTROL = r"[\x01-\x08\x0b-\x1f]"
# Where _xHHHH_ stands in a text, or would once a control character behind it is escaped, its first mark is escaped too.
_ESCAPED = re.compile(rf"_(?=x[0-9A-Fa-f]{{4}}(?:_|{_CONTROL}))|{_CONTROL}")
_NO_TEXT = re.compile("[\0\ud800-\udfff\ufffe\uffff]")
_FIRST_DAY = date(1900, 3, 1)  # before, Excel counts a day that never was


def held(column: Column, value: Any) -> Held:
    """What the cell of a column holds for a value; None: it stays blank.

    Raises:
        ValueError: a text that a cell can't hold.
    """
    text = plain_text(column, value)
    if not text:
        return None
    if column.type in _NUMBERS:
        number = exact(text)
        return text if number is None else number
    if column.type == "date":
        return _day(text)
    return text


def exact(value: str | float | Decimal) -> int | float | None:
    """A number as a cell holds it; None where it would read back as another, or with an exponent: write it as text."""
    text = value if isinstance(value, str) else number_text(value)
    if not _PLAIN.fullmatch(text):
        return None
    number = float(f"{float(text):.16g}")  # sixteen digits are what openpyxl writes of a number
    if number == 0 and text.startswith("-"):
        return None
    whole = number == number // 1 and abs(number) < 1e15
    back = str(int(number)) if whole else repr(number)
    if "e" in back or Decimal(back) != Decimal(text):
        return None
    return int(number) if whole else number


def escaped(text: str) -> str:
    """A text as the file holds it: control characters, and what looks like one of them escaped, as `_x000D_`.

    Raises:
        ValueError: the text has characters that no workbook holds, or is longer than a cell.
    """
    if _NO_TEXT.search(text):
        raise ValueError(f"a workbook can't hold all characters of this text: {text[:60]!r}")
    written = _ESCAPED.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    units = len(written.encode("utf-16-le")) // 2
    if units > LONGEST:
        raise ValueError(f"a cell holds {LONGEST:,} characters, and this text has {units:,}: {text[:60]!r} …")
    return written


def _day(text: str) -> Held:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return day if day >= _FIRST_DAY else text
