"""One cell's text into the value that its column holds."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from longview.gather import repairs
from longview.gather.names import Names, is_id, near, slug
from longview.gather.numbers import CellError, plain
from longview.program import Column, Count, Month, RateFigure, shortened
from longview.program.months import NAMES, SHORT_NAMES

LONGEST_MENDED = 60  # a longer cell is told shortened, and a repair names the whole of what stood there
_MONTH_NAMES = (*NAMES, "sept")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "tues", "weds", "thurs")
_YES = frozenset({"yes", "y", "true", "1", "x", "✓"})
_NO = frozenset({"no", "n", "false", "0", "-"})
_EXCELS_DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}-[A-Za-z]{3}|[A-Za-z]{3}-\d{2}|\d{1,2}/\d{1,2}/\d{2,4}")
_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2})(?::00)?)?\s*(?:([ap])\.?m\.?)?", re.IGNORECASE)


@dataclass(slots=True)
class Reading:
    """How a file's cells are to be read, and the doubts that came up.

    Attributes:
        known: what references may point to, by `Column.to`.
        decimal_comma: see `Table`.
        doubts: (code, parts) of each doubt about the cell read last; whoever reads takes them out.
    """

    known: Mapping[str, Names]
    decimal_comma: bool = False
    doubts: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


def read_cell(column: Column, text: str, reading: Reading) -> object:
    """The value of a cell that isn't blank.

    Raises:
        CellError: the cell says something else than its column holds.
    """
    if "\0" in text:
        raise CellError("nul")
    try:
        return _READERS[column.type](column, text, reading)
    except CellError as error:
        if (mend := _only_reading(column, text, reading)) is not None:
            error.parts["mend"] = mend
        raise


def _only_reading(column: Column, text: str, reading: Reading) -> str | None:
    """What the cell would say if it can only have meant one thing; None where somebody must decide."""
    found: dict[str, object] = {}
    for candidate in repairs.candidates(column, text) if len(text) <= LONGEST_MENDED else ():
        if candidate is None:
            return None
        apart = Reading(known=reading.known, decimal_comma=reading.decimal_comma)
        try:
            value = _READERS[column.type](column, candidate, apart)
        except CellError as error:
            if error.code.startswith("ambiguous"):
                return None
            continue
        if apart.doubts:
            return None
        found.setdefault(candidate, value)
    values = list(found.values())
    if not values or any(value != values[0] for value in values):
        return None
    # A number is written plainly, so that nobody has to wonder about a mark between thousands.
    plainly = column.type in ("count", "money", "whole")
    return str(values[0]) if plainly else next(iter(found))


def _text(column: Column, text: str, reading: Reading) -> str:
    return text


def _id(column: Column, text: str, reading: Reading) -> str:
    if not is_id(text):
        raise CellError("not-an-id", instead=slug(text) or "a short name of letters and digits")
    return text


def _choice(column: Column, text: str, reading: Reading) -> str:
    said = re.sub(r"[\s_]+", "-", text.lower())
    if column.column == "weekday" and any(len(said) >= 3 and day.startswith(said) for day in _WEEKDAYS):
        said = said[:3]
    if said in column.choices:
        return said
    closest = near(said, column.choices)
    raise CellError("not-a-choice", instead=closest or "one of: " + ", ".join(column.choices))


def _yes_no(column: Column, text: str, reading: Reading) -> bool:
    said = text.lower()
    if said in _YES:
        return True
    if said in _NO:
        return False
    raise CellError("not-yes-no")


def _number(column: Column, text: str, reading: Reading) -> float:
    value = float(plain(text, decimal_comma=reading.decimal_comma, example=column.example))
    if not math.isfinite(value):
        raise CellError("not-a-number", example=column.example)
    _within(column, value)
    return value


def _whole(column: Column, text: str, reading: Reading) -> int:
    value = _number(column, text, reading)
    if value != int(value):
        raise CellError("not-whole", example=column.example)
    return int(value)


def _share(column: Column, text: str, reading: Reading) -> float:
    percent = text.endswith("%")
    bare = text[:-1].strip() if percent else text
    digits = plain(bare, decimal_comma=reading.decimal_comma, example=column.example)
    value = float(Decimal(digits) / 100) if percent else float(digits)
    least, most = column.least or 0, 1 if column.most is None else column.most
    if not least <= value <= most:
        likely = value / 100 if not percent and least <= value / 100 <= most else None
        instead = (
            f"{likely:g} if you mean {value:g}%" if likely is not None else f"a share, for example {column.example}"
        )
        raise CellError("not-a-share", least=f"{least:g}", most=f"{most:g}", instead=instead)
    return value


def _money(column: Column, text: str, reading: Reading) -> Decimal:
    digits = plain(text, decimal_comma=reading.decimal_comma, example=column.example)
    if "e" in digits.lower():
        raise CellError("not-a-number", example=column.example)
    value = Decimal(digits)
    _within(column, value)
    return value


def _within(column: Column, value: float | Decimal) -> None:
    least, most = column.least, column.most
    if least is not None and most is not None and not least <= value <= most:
        raise CellError("out-of-range", least=f"{least:g}", most=f"{most:g}")
    if least is not None and value < least:
        raise CellError("too-small", least=f"{least:g}")


def _month(column: Column, text: str, reading: Reading) -> Month:
    if found := re.fullmatch(r"(\d{4})[-/.](\d{1,2})(?:[-/.]0?1)?", text):
        year, month = int(found[1]), int(found[2])
        if 1 <= month <= 12 and 1900 <= year <= 2200:
            return Month(year, month)
        raise CellError("not-a-month", instead=f"{year}-01 to {year}-12")
    if found := re.fullmatch(r"([A-Za-z]{3,9})\.?[\s\-/,]+'?(\d{2}|\d{4})", text):
        name, year = _month_name(found[1]), int(found[2]) + (2000 if len(found[2]) == 2 else 0)
        if name in SHORT_NAMES and 1900 <= year <= 2200:
            # Excel turns 2025-01 into Jan-25 and saves that; but Jan-25 may be a day of January too.
            read = Month(year, SHORT_NAMES.index(name) + 1)
            if len(found[2]) == 2:
                reading.doubts.append(("month-guessed", {"month": read}))
            return read
    if either := repairs.meanings(text, days=False):
        raise CellError("ambiguous-date", either=" or ".join(either))
    raise CellError("not-a-month", instead=_likely_month(text, column.example))


def _month_name(text: str) -> str:
    """A month's name cut to three letters; nothing where it is none (marchand is not march)."""
    name = text.lower()
    return name[:3] if name in SHORT_NAMES or name in _MONTH_NAMES else ""


def _likely_month(text: str, example: str) -> str:
    if re.fullmatch(r"[3-6]\d{4}", text):  # a date as Excel numbers it, days from the end of 1899
        day = date(1899, 12, 30) + timedelta(days=int(text))
        return f"{day.year}-{day.month:02d}"
    if found := re.match(r"(\d{4})-(0?[1-9]|1[0-2])-", text):
        return f"{found[1]}-{int(found[2]):02d}"
    parts = [int(part) for part in re.findall(r"\d{1,4}", text)]
    years = [part for part in parts if 1900 <= part <= 2200]
    months = [part for part in parts if 1 <= part <= 12]
    if len(years) == 1 and len(parts) == 2 and len(months) == 1:
        return f"{years[0]}-{months[0]:02d}"
    return f"{years[0]}-01 to {years[0]}-12" if years else example


def _date(column: Column, text: str, reading: Reading) -> str:
    found = re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00)?)?", text)
    if found:
        try:
            return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
        except ValueError:
            pass
    if either := repairs.meanings(text, days=True):
        raise CellError("ambiguous-date", either=" or ".join(either))
    raise CellError("not-a-date", instead=f"for example {column.example}")


def _time(column: Column, text: str, reading: Reading) -> float:
    hours: float | None = None
    if found := _TIME.fullmatch(text):
        hour, minutes, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
        # 9.30 is half past nine to one reader and nine hours eighteen to another: it is asked.
        if "." in text and not half:
            raise CellError("not-a-time", example=column.example)
        if minutes < 60 and (not half or 1 <= hour <= 12):
            hours = (hour % 12 + 12 * (half == "p") if half else hour) + minutes / 60
    elif re.fullmatch(r"\d{1,2}(\.\d{1,25})?(e-\d{1,3})?", text):
        hours = float(text)
    if hours is None or not 0 <= hours <= 24:
        raise CellError("not-a-time", example=column.example)
    return hours


def _months(column: Column, text: str, reading: Reading) -> tuple[int, ...]:
    months: set[int] = set()
    for part in re.split(r"[;,\s]+", text.strip(";, ")):
        ends = [_month_of_year(end, column.example) for end in re.split(r"[-–]", part)]
        if len(ends) > 2:
            raise CellError("not-months", example=column.example)
        first, last = ends[0], ends[-1]
        months |= set(range(first, last + 1)) if first <= last else {*range(first, 13), *range(1, last + 1)}
    return tuple(sorted(months))


def _month_of_year(text: str, example: str) -> int:
    name = _month_name(text)
    month = SHORT_NAMES.index(name) + 1 if name in SHORT_NAMES else int(text) if re.fullmatch(r"\d{1,2}", text) else 0
    if not 1 <= month <= 12:
        raise CellError("not-months", example=example)
    return month


def _count(column: Column, text: str, reading: Reading) -> Count:
    if text.lower() == "blank":
        return Count.blank()
    if reading.decimal_comma and re.fullmatch(r"\d[\d.,]*", text):
        text = plain(text, decimal_comma=True, example=column.example)
    try:
        count = Count.parse(text)
    except ValueError:
        # A number with an O in it is told as that; anything else as no count.
        try:
            plain(text, decimal_comma=reading.decimal_comma, example=column.example)
        except CellError as error:
            if error.code == "letter-o":
                raise
        if _EXCELS_DATE.fullmatch(text):
            raise CellError("count-is-date") from None
        raise CellError("not-a-count") from None
    if count.kind == "hidden" and count.low > 1 and re.fullmatch(r"\d+\s*-\s*\d+", text):
        reading.doubts.append(("count-range", {"low": f"{count.low:g}", "high": f"{count.high:g}"}))
    if count.kind == "hidden" and count.high is None and count.low == 0:
        reading.doubts.append(("hidden-limit", {}))
    return count


def _rate(column: Column, text: str, reading: Reading) -> RateFigure:
    if (word := RateFigure.word(text)) is not None:
        return word
    try:
        value = float(plain(text, decimal_comma=reading.decimal_comma, example=column.example))
    except CellError as error:
        raise (CellError("not-a-rate") if error.code == "not-a-number" else error) from None
    if not 0 <= value < math.inf:
        raise CellError("not-a-rate")
    return RateFigure(value)


def _ref(column: Column, text: str, reading: Reading) -> str:
    names = reading.known[column.to or ""]
    found = names.find(text)
    if found is None:
        raise CellError("unknown", kind=names.kind, name=shortened(text, 40), hint=names.hint(text))
    return found


def _refs(column: Column, text: str, reading: Reading) -> tuple[str, ...]:
    names = reading.known[column.to or ""]
    whole = names.find(text) if names.complete else None
    parts = [text] if whole else [p.strip() for p in re.split(r"[;,]" if re.search("[;,]", text) else r"\s+", text)]
    found = [_ref(column, part, reading) for part in parts if part]
    return tuple(dict.fromkeys(found))


_READERS: dict[str, Callable[[Column, str, Reading], object]] = {
    "id": _id,
    "text": _text,
    "choice": _choice,
    "yes-no": _yes_no,
    "whole": _whole,
    "number": _number,
    "share": _share,
    "money": _money,
    "month": _month,
    "months": _months,
    "date": _date,
    "time": _time,
    "count": _count,
    "rate": _rate,
    "ref": _ref,
    "refs": _refs,
}
