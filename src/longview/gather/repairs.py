"""What a cell can only have meant: the texts that may stand in its place, for a person to accept (`check --mend`).

Each habit below proposes every reading that it knows of; `cells.read_cell` reads each, and offers one only where all
that can be read come to one value, without a doubt. What is never proposed, because somebody must decide: a name that
is nearly another; 03/04/2022 (which is the day?); a year of two digits, and Jan-25; 1.204 and 12,5 where a mark may part
thousands or decimals; 22 for 0.22; 9.30; low and high changed round; a day that a month would lose; numbers as Excel
keeps days (two calendars) and 202203 (three habits); a dash, "none" or a date for a count; midnight; letters other than
O and l for digits; anything out of range.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from longview.program import Column

UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"))
_DIGITS = frozenset({"whole", "number", "share", "money", "count", "rate", "month", "date", "time"})
_NUMBERS = frozenset({"whole", "number", "share", "money"})
_LETTERS = str.maketrans("Ool", "001")
_POINT_GROUPS = re.compile(r"(-?[1-9]\d{0,2}(?:\.\d{3}){2,})(,\d{1,2})?|(-?[1-9]\d{0,2}(?:\.\d{3})+)(,\d{1,2})")

# Other words for the words of a choice, by column; only such as can mean nothing else there.
SYNONYMS: dict[str, dict[str, str]] = {
    "premises": {"lease": "leased", "rent": "leased", "rented": "leased", "renting": "leased", "own": "owned"},
    "kind": {
        **{"yes/no": "yes-no", "yesno": "yes-no", "one-time": "once", "one-off": "once"},
        **{"revenue": "income", "incomes": "income", "expenses": "expense", "expenditure": "expense"},
        **{
            "transfers": "transfer",
            "receivables": "receivable",
            "accounts-receivable": "receivable",
            "inkind": "in-kind",
        },
    },
    "weekday": {
        **{"mondays": "mon", "tuesdays": "tue", "wednesdays": "wed", "thursdays": "thu", "fridays": "fri"},
        **{"saturdays": "sat", "sundays": "sun"},
    },
    "paid_as": {
        **{"wages": "wage", "salary": "wage", "salaried": "wage", "hourly": "wage", "stipends": "stipend"},
        **{"contractor": "contract", "volunteers": "volunteer", "unpaid": "volunteer"},
    },
    "origin": {
        **{"fed": "federal", "passthrough": "pass-through", "county": "local", "city": "local", "municipal": "local"},
        **{"foundation": "private", "settlements": "settlement", "opioid-settlement": "settlement"},
    },
    "pays": {
        **{"reimbursement": "reimburse", "reimbursed": "reimburse", "reimbursable": "reimburse"},
        **{"advanced": "advance", "up-front": "advance", "upfront": "advance", "per-units": "per-unit"},
    },
    "how": {"one-time": "once", "one-off": "once", "per-month": "monthly", "each-month": "monthly", "month": "monthly"},
    "over": {"12-month": "12-months", "months-12": "12-months", "monthly": "month"},
    "op": {"plus": "add", "added": "add", "times": "multiply", "multiplied": "multiply"},
    "lawful": {"y": "yes", "n": "no", "legal": "yes", "illegal": "no", "not-clear": "unclear"},
}


def candidates(column: Column, text: str) -> Iterator[str | None]:
    """Texts that the cell may have meant, in the spelling that Longview writes; they may read to nothing.

    None stands for a meaning that no text can be offered for, so that nobody takes another for the only one.

    Args:
        column: what belongs there. text: what stands there, which could not be read.
    """
    bare = " ".join(text.translate(UNSEEN).split())
    if bare != text:
        yield bare
        text = bare
    for types, habit in _HABITS:
        if column.type in types:
            yield from habit(column, text)


def _letters(column: Column, text: str) -> Iterator[str | None]:
    """O and l among digits: 1,2O4 · 2022-O2."""
    mended = text.translate(_LETTERS)
    if mended != text and re.search(r"\d", text) and re.fullmatch(r"[^A-Za-z]*\d[^A-Za-z]*", mended):
        yield mended


def _groups(column: Column, text: str) -> Iterator[str | None]:
    """Thousands parted by points beyond doubt: 1.204.000 · 1.204,50."""
    if found := _POINT_GROUPS.fullmatch(text):
        whole, decimals = found[1] or found[3], found[2] or found[4] or ""
        yield whole.replace(".", "") + decimals.replace(",", ".")


def _minus_after(column: Column, text: str) -> Iterator[str | None]:
    """A minus behind, as ledgers write it: 1200-."""
    if re.fullmatch(r"[\d,.]*\d\s?[-−]", text):
        yield "-" + text[:-1].strip()


def _unit(column: Column, text: str) -> Iterator[str | None]:
    """The column's own unit written out: 35 hours · 35 hours a week."""
    found = re.fullmatch(r"(-?[\d.,]*\d)\s*([A-Za-z][A-Za-z ]*)", text)
    first = column.unit.split(" ")[0]
    if found and first and found[2].lower() in {column.unit, first, first.removesuffix("s")}:
        yield found[1]


def _count(column: Column, text: str) -> Iterator[str | None]:
    """10+ is ten or more; zero is 0."""
    if found := re.fullmatch(r"(\d{1,9})\s?\+", text):
        yield f">={found[1]}"
    if text.lower() == "zero":
        yield "0"


def _month(column: Column, text: str) -> Iterator[str | None]:
    """3/2022 · March 1, 2022: a month, or the first day of one; a later day would be lost, so it is asked."""
    for year, month, day in _moments(text):
        yield f"{year:04d}-{month:02d}" if day in (None, 1) else None


def _date(column: Column, text: str) -> Iterator[str | None]:
    """3/31/2022, where no month is the 31st; 31 March 2022."""
    for year, month, day in _moments(text):
        yield f"{year:04d}-{month:02d}-{day:02d}" if day is not None else None


def _moments(text: str) -> list[tuple[int, int, int | None]]:
    """Each day or month that a text may be in any order of day and month; two-digit years and bare numbers are none."""
    from longview.gather.importers.moments import readings  # only for what could not be read

    if re.fullmatch(r"\d{1,7}|\d{5}\.\d*", text):
        return []
    found = list(readings(text).values())
    return [] if any(one.short for one in found) else [(one.year, one.month_number, one.day) for one in found]


def meanings(text: str, *, days: bool) -> list[str]:
    """The different days (or months) that a text may be, where it may be more than one."""
    found = {(y, m, d if days else None) for y, m, d in _moments(text) if d is not None or not days}
    said = sorted(f"{y:04d}-{m:02d}" + (f"-{d:02d}" if d is not None else "") for y, m, d in found)
    return said if len(said) > 1 else []


def _time(column: Column, text: str) -> Iterator[str | None]:
    """0930 · 5p · noon."""
    if found := re.fullmatch(r"([01]\d|2[0-4])([0-5]\d)", text):
        yield f"{int(found[1])}:{found[2]}"
    if found := re.fullmatch(r"(\d{1,2})(:\d{2})?\s?([ap])", text.lower()):
        yield f"{found[1]}{found[2] or ''}{found[3]}m"
    if text.lower() == "noon":
        yield "12:00"


def _choice(column: Column, text: str) -> Iterator[str | None]:
    said = re.sub(r"[\s_]+", "-", text.lower()).rstrip(".")
    yield said
    known = SYNONYMS.get(column.column, {})
    if said in known:
        yield known[said]


def _yes_no(column: Column, text: str) -> Iterator[str | None]:
    if (said := text.lower().rstrip(".!")) in ("yes", "no"):
        yield said


def _name(column: Column, text: str) -> Iterator[str | None]:
    """Capitals: Main for main; and for a reference to one thing, spaces where its short name has hyphens."""
    yield text.lower()
    if column.type == "ref":
        yield re.sub(r"[\s_]+", "-", text.lower())


_HABITS: tuple[tuple[frozenset[str], Callable[[Column, str], Iterator[str | None]]], ...] = (
    (_DIGITS, _letters),
    (_NUMBERS, _groups),
    (_NUMBERS, _minus_after),
    (_NUMBERS, _unit),
    (frozenset({"count"}), _count),
    (frozenset({"month"}), _month),
    (frozenset({"date"}), _date),
    (frozenset({"time"}), _time),
    (frozenset({"choice"}), _choice),
    (frozenset({"yes-no"}), _yes_no),
    (frozenset({"id", "ref"}), _name),
)
