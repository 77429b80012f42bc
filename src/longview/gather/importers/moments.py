"""One text as the day or month that it may mean, in each order of day and month that it leaves open."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from longview.gather.numbers import CellError
from longview.program import Month

SERIALS = range(20_000, 60_001)  # days from the end of 1899, as Excel keeps them: 1954-10-03 to 2064-04-08
_EPOCH = date(1899, 12, 30)
_NEWEST_SHORT_YEAR = 69  # two digits up to this are of this century

# English, Spanish, French, German and Portuguese, as far as the same letters never mean two months.
_NAMES = (
    "january jan enero ene janvier janv januar jän janeiro",
    "february feb febrero février fevrier févr fevr fév fev februar fevereiro",
    "march mar marzo mars märz marz mrz março marco",
    "april apr abril abr avril avr",
    "may mayo mai maio",
    "june jun junio juin juni junho",
    "july jul julio juillet juil juli julho",
    "august aug agosto ago août aout",
    "september sep sept septiembre septembre setiembre setembro set",
    "october oct octubre octobre oktober okt outubro out",
    "november nov noviembre novembre novembro",
    "december dec diciembre dic décembre decembre déc dezember dez dezembro",
)
_MONTHS = {name: number for number, names in enumerate(_NAMES, start=1) for name in names.split()}

_TIME = re.compile(
    r"(?:[T\s]\s*|,\s*)\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?\s*(?:[ap]\.?m\.?)?\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?$",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})([-/.\s])\s?(\d{1,2})(?:\2\s?(\d{1,2}))?\.?")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.\s])\s?(\d{1,2})\2\s?(\d{4}|\d{2})\.?")
_MONTH_YEAR = re.compile(r"(\d{1,2})\s?[-/.\s]\s?(\d{4})")
_SHORT_PAIR = re.compile(r"(\d{1,2})[-/.](\d{2})")
_RUN_TOGETHER = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_M_CODE = re.compile(r"(\d{4})[\s-]?M(\d{1,2})|M(\d{1,2})[\s-](\d{4})", re.IGNORECASE)
_NAMED = re.compile(r"(?:(\d{1,4})(?:st|nd|rd|th|\.)?[\s\-/,.]*(?:de\s+|of\s+)?)?([^\W\d_]{3,12})\.?(.*)")
_AFTER_NAME = re.compile(
    r"[\s\-/,.]*(?:de\s+|del\s+|of\s+)?(?:(\d{1,2})(?:st|nd|rd|th)?\s*[\s,\-/]\s*)?('?)(\d{4}|\d{1,2})?"
)
_NUMBER = re.compile(r"\d{5}(?:\.\d{1,12})?")
_ANY_NAME = "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True))
_WINDOWS = (
    (re.compile(r"\bq[1-4]\b|\b[1-4]q\d\d|quarter|\d{2}q[1-4]\b|trimest", re.IGNORECASE), "a quarter"),
    (re.compile(r"\b(?:12|twelve)[\s-]*months?\b|month[\s-]*ending|rolling|\bttm\b|\bytd\b|year to date", re.IGNORECASE),
     "a sum over several months"),
    (re.compile(r"\bfy\s?'?\d|fiscal|\bcy\s?\d{2}|^(?:19|20)\d\d(?:\s?[-/–]\s?(?:\d\d|(?:19|20)\d\d))?$", re.IGNORECASE),
     "a whole year"),
    (re.compile(r"\bweek\b|\bwk\b|\d{4}-?w\d{2}", re.IGNORECASE), "a week"),
    (re.compile(rf"(?:{_ANY_NAME})\.?(?:\s*'?\d{{2,4}})?\s*(?:-|–|to|through|thru|until)\s*(?:{_ANY_NAME})\b.*",
                re.IGNORECASE), "several months"),
)  # fmt: skip


class Moment(NamedTuple):
    """A day, or (`day` None) a month; `short` where its year had two digits."""

    year: int
    month_number: int
    day: int | None = None
    short: bool = False

    @property
    def month(self) -> Month:
        """Its month."""
        return Month(self.year, self.month_number)

    @property
    def iso(self) -> str:
        """`YYYY-MM-DD`, or `YYYY-MM` for a month."""
        month = f"{self.year:04d}-{self.month_number:02d}"
        return month if self.day is None else f"{month}-{self.day:02d}"


def readings(text: str) -> Mapping[str, Moment]:
    """What a text may mean: order → moment, "" where no order is needed, "serial" for a day as Excel numbers it.

    Nothing where it can't be a day or a month.
    """
    return _readings(bare_date(text))


def is_date(text: str) -> bool:
    """Whether a text can only be meant as a day or month (a bare number never is)."""
    return not text.replace(".", "").isdigit() and bool(readings(text))


def bare_date(text: str) -> str:
    """A cell's text without its time of day."""
    if ":" not in text:
        return text
    return text[:10] if text[10:11] in ("T", " ") and text[4:5] == "-" == text[7:8] else _TIME.sub("", text).strip()


def not_a_date(text: str) -> CellError:
    """Why a text is no day and no month: a longer time, a day without its year, or nothing like it."""
    for pattern, what in _WINDOWS:
        if pattern.search(text):
            return CellError("dates-window", what=what)
    pair = _SHORT_PAIR.fullmatch(text) or re.fullmatch(r"(\d{1,2})/(\d{1,2})", text)
    if pair or re.fullmatch(rf"\d{{1,2}}[\s\-/]*(?:{_ANY_NAME})|(?:{_ANY_NAME})[\s\-/]*\d{{1,2}}", text.lower()):
        return CellError("dates-no-year")
    return CellError("dates-not")


@lru_cache(maxsize=100_000)
def _readings(text: str) -> Mapping[str, Moment]:
    found: dict[str, Moment | None] = {}
    text = _WEEKDAY.sub("", unicodedata.normalize("NFC", text)).strip()
    if len(text) > 40:
        return MappingProxyType({})
    if match := _YEAR_FIRST.fullmatch(text):
        found[""] = _moment(match[1], match[3], match[4])
    elif match := _YEAR_LAST.fullmatch(text):
        one, two, last = match[1], match[3], match[4]
        found = {"mdy": _moment(last, one, two), "dmy": _moment(last, two, one)}
        if len(last) == 2:
            found["ymd"] = _moment(one, two, last) if len(one) == 2 else None
        elif one == two:
            found = {"": found["mdy"]}
    elif match := _MONTH_YEAR.fullmatch(text):
        found[""] = _moment(match[2], match[1], None)
    elif match := _SHORT_PAIR.fullmatch(text):
        found = {"my": _moment(match[2], match[1], None)}
        if len(match[1]) == 2:
            found["ym"] = _moment(match[1], match[2], None)
    elif match := _RUN_TOGETHER.fullmatch(text):
        found[""] = _moment(match[1], match[2], match[3])
    elif match := _M_CODE.fullmatch(text):
        found[""] = _moment(match[1] or match[4], match[2] or match[3], None)
    elif _NUMBER.fullmatch(text):
        found["serial"] = _from_serial(float(text))
    elif match := _NAMED.fullmatch(text):
        found = _named(match)
    return MappingProxyType({order: moment for order, moment in found.items() if moment is not None})


def _named(match: re.Match[str]) -> dict[str, Moment | None]:
    """`March 5, 2024`, `5-Mar-24`, `Mar 2024`, `2024 March 5`, `Mar-24`; a day without its year only in order "ym"."""
    number = _MONTHS.get(match[2].lower())
    after = _AFTER_NAME.fullmatch(match[3])
    if number is None or after is None:
        return {}
    before, (day, mark, year), month = match[1], after.groups(), str(number)
    if len(year or "") == 1 and len(before or "") != 4:
        return {}
    if before is None:
        return {"": _moment(year, month, day)} if year else {}
    if len(before) == 4:  # the year first, then perhaps the day
        last = day or year
        return {"": _moment(before, month, last)} if not (mark or (day and year) or len(last or "") > 2) else {}
    if day or len(before) > 2:
        return {}
    if year is None:
        return {"ym": _moment(before, month, None)} if len(before) == 2 else {}
    return {"": _moment(year, month, before)}


def _moment(year: str, month: str, day: str | None) -> Moment | None:
    """A moment of the calendar; None where there is no such day."""
    short = len(year) == 2
    years = int(year) + ((2000 if int(year) <= _NEWEST_SHORT_YEAR else 1900) if short else 0)
    if not 1900 <= years <= 2200:
        return None
    try:
        date(years, int(month), 1 if day is None else int(day))
    except ValueError:
        return None
    return Moment(years, int(month), None if day is None else int(day), short)


def _from_serial(number: float) -> Moment | None:
    if not SERIALS.start <= number < SERIALS.stop:
        return None
    day = _EPOCH + timedelta(days=int(number))
    return Moment(day.year, day.month, day.day)
