"""What a cell means in a column, worked out anew: each value that was read is held to the text that stood there.

`agrees` knows the plain ways to write a thing and no others. Whatever the product reads beyond them fails here until
somebody has looked at it and written it down.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from longview.program import Column, Count, Month, RateFigure

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LONG = (
    *("january", "february", "march", "april", "june", "july", "august", "september", "october", "november"),
    *("december", "sept"),
)
NOT_COUNTED = {
    *("na", "n/a", "not counted", "not collected", "not applicable", "not reported", "not available", "unknown"),
    *("missing", "§", "¶"),
}
HIDDEN = {"*", "**", "suppressed", "hidden", "masked", "redacted"}


def number(text: str, *, comma: bool = False) -> Decimal | None:
    """The number that a text is, by the plainest rules; None: it is none, or may be two."""
    bare = text.replace("−", "-").strip()
    bare = re.sub(r"^(-?)\s*(?:[$€£¥]|[A-Z]{3}\s)\s*|\s*(?:[$€£¥]|\s[A-Z]{3})$", r"\1", bare).strip()
    if bare.startswith("(") and bare.endswith(")"):
        bare = "-" + bare[1:-1].strip().lstrip("$€£¥").strip()
    bare = re.sub(r"(?<=\d)[ \u00a0\u202f'’](?=\d{3}(\D|$))", "", bare)
    if comma and re.fullmatch(r"-?\d{1,3}(\.\d{3})+,\d+|-?\d+,\d+|-?\d{1,3}(\.\d{3}){2,}", bare):
        if re.fullmatch(r"-?[1-9]\d{0,2},\d{3}", bare):
            return None
        bare = bare.replace(".", "").replace(",", ".")
    elif comma and re.fullmatch(r"-?[1-9]\d{0,2}\.\d{3}", bare):
        return None
    elif re.fullmatch(r"-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?", bare):
        bare = bare.replace(",", "")
    if not re.fullmatch(r"-?(\d+(\.\d+)?|\.\d+)([eE][+-]?\d{1,3})?", bare):
        return None
    try:
        return Decimal(bare)
    except InvalidOperation:
        return None


def _same_number(said: Decimal | None, read: Any) -> bool:
    return said is not None and (Decimal(read) == said if isinstance(read, Decimal | int) else float(said) == read)


def count(text: str, *, comma: bool = False) -> tuple[float, float | None, str] | None:
    """(least, most, why) that a count may be; None: unknown here."""
    said = " ".join(text.split()).lower()
    if said in HIDDEN:
        return 0, None, "hidden"
    if said in NOT_COUNTED:
        return 0, None, "not-counted"
    if said in ("blank", "no row"):
        return 0, None, said.replace(" ", "-")
    if found := re.fullmatch(r"(?:<|less than|fewer than|under)\s*(\d+)", said):
        return 0, int(found[1]) - 1, "hidden"
    if found := re.fullmatch(r"(?:<=|≤|up to|at most)\s*(\d+)", said):
        return 0, int(found[1]), "hidden"
    if found := re.fullmatch(r"(?:>|more than|over)\s*(\d+)", said):
        return int(found[1]) + 1, None, "hidden"
    if found := re.fullmatch(r"(?:>=|≥|at least)\s*(\d+)(, part not counted)?", said):
        return int(found[1]), None, "not-counted" if found[2] else "hidden"
    if found := re.fullmatch(r"(\d+)\s*(?:-|–|to|\.\.)\s*(\d+)", said):
        return int(found[1]), int(found[2]), "hidden"
    exact = number(text, comma=comma)
    return None if exact is None else (float(exact), float(exact), "exact")


def _count(said: str, read: Any, comma: bool) -> bool:
    meant = count(said, comma=comma)
    if meant is None or not isinstance(read, Count):
        return False
    low, high, kind = meant
    # `<5` is 1 to 4 where the series shows its zeros: the product says so in a doubt, and the harness asks for it.
    return read.kind == kind and read.high == high and (read.low == low or (kind, low, read.low) == ("hidden", 0, 1))


def month(said: str) -> Month | None:
    """The month that a text says."""
    if found := re.fullmatch(r"(\d{4})[-/.](\d{1,2})(?:[-/.]0?1)?(?:[T ]00:00(?::00)?)?", said):
        return Month(int(found[1]), int(found[2])) if int(found[1]) and 1 <= int(found[2]) <= 12 else None
    found = re.fullmatch(r"([a-z]{3,9})\.?[\s\-/,]+'?(\d{2}|\d{4})", said.lower())
    if found and found[1] in (*MONTHS, *LONG):
        return Month(int(found[2]) + (2000 if len(found[2]) == 2 else 0), MONTHS.index(found[1][:3]) + 1)
    return None


def _date(said: str, read: Any, comma: bool) -> bool:
    found = re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00)?)?", said)
    return found is not None and f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}" == read


def _time(said: str, read: Any, comma: bool) -> bool:
    if found := re.fullmatch(r"(\d{1,2})(?:[:.h](\d{2})(?::00)?)?\s*(?:([ap])\.?m\.?)?", said.lower()):
        hour = int(found[1])
        if found[3]:
            hour = hour % 12 + 12 * (found[3] == "p")
        if "." not in said or found[3]:
            return abs(hour + int(found[2] or 0) / 60 - read) < 1e-9
    return _same_number(number(said), read)


def _months(said: str, read: Any, comma: bool) -> bool:
    wanted: set[int] = set()
    for part in re.split(r"[;,\s]+", said.strip(";, ")):
        ends = [int(end) if end.isdigit() else MONTHS.index(end[:3].lower()) + 1 for end in re.split("[-–]", part)]
        first, last = ends[0], ends[-1]
        wanted |= set(range(first, last + 1)) if first <= last else {*range(first, 13), *range(1, last + 1)}
    return tuple(sorted(wanted)) == read


def _share(said: str, read: Any, comma: bool) -> bool:
    value = number(said.removesuffix("%").strip(), comma=comma)
    return value is not None and float(value / 100 if said.endswith("%") else value) == read


def _folded(text: str) -> str:
    return re.sub(r"[\s_\-]+", "-", text.casefold())


def _choice(said: str, read: Any, comma: bool) -> bool:
    folded = _folded(said)
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    return folded == read or (read in days and len(folded) >= 3 and folded.startswith(read))


def _rate(said: str, read: Any, comma: bool) -> bool:
    words = {
        "*": "hidden",
        "suppressed": "hidden",
        "hidden": "hidden",
        "not-reported": "not-reported",
        "not-available": "not-available",
        "no-row": "no-row",
    }
    if _folded(said) in words:
        return isinstance(read, RateFigure) and read == RateFigure(None, words[_folded(said)])  # type: ignore[arg-type]
    return (
        isinstance(read, RateFigure) and read.value is not None and _same_number(number(said, comma=comma), read.value)
    )


_AGREES: dict[str, Callable[[str, Any, bool], bool]] = {
    "text": lambda said, read, comma: said == read,
    "id": lambda said, read, comma: said == read,
    "choice": _choice,
    "yes-no": lambda said, read, comma: said.lower() in (
        ("yes", "y", "true", "1", "x", "✓") if read else ("no", "n", "false", "0", "-")
    ),
    "whole": lambda said, read, comma: _same_number(number(said, comma=comma), read),
    "number": lambda said, read, comma: _same_number(number(said, comma=comma), read),
    "money": lambda said, read, comma: _same_number(number(said, comma=comma), read),
    "share": _share,
    "month": lambda said, read, comma: month(said) == read,
    "months": _months,
    "date": _date,
    "time": _time,
    "count": _count,
    "rate": _rate,
}  # fmt: skip


def agrees(column: Column, said: str, read: Any, *, comma: bool, names: Mapping[str, set[str]]) -> bool:
    """Whether a value is what a cell says.

    Args:
        column: the column of the field table. said: the text; of a workbook's cell, what `spoken` makes of it.
        read: the value.
        comma: whether a comma marks decimals in this file.
        names: casefolded name or id → the ids that it may mean.
    """
    if column.type == "ref":
        return read in names.get(said.casefold(), {said.casefold()})
    if column.type == "refs":
        parts = [part.strip() for part in re.split(r"[;,]" if re.search("[;,]", said) else r"\s+", said)]
        whole = names.get(said.casefold())
        meant = [names.get(part.casefold(), {part.casefold()}) for part in parts if part]
        unique = set(read)
        return (whole is not None and unique <= whole and len(unique) == 1) or (
            all(one & unique for one in meant) and all(any(x in one for one in meant) for x in unique)
        )
    return _AGREES[column.type](said, read, comma)
