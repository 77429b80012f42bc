"""The notes below a CDC WONDER export: what was asked for, what is hidden, and when."""

from __future__ import annotations

import re
from dataclasses import dataclass

from longview.program.months import SHORT_NAMES

_NEUTRAL = ("group by", "show totals", "show zero values", "show suppressed", "calculate rates per", "rate options")
_WHERE = ("state", "county", "counties", "region", "division", "urbanization")
_WHEN = ("year", "month")
_OVERDOSE = {f"X{n}" for n in (*range(40, 45), *range(60, 65), 85)} | {f"Y{n}" for n in range(10, 15)}
_UNINTENTIONAL = {f"X{n}" for n in range(40, 45)}
_OPIOIDS = {"T40.0", "T40.1", "T40.2", "T40.3", "T40.4", "T40.6"}
_SUBSTANCES = {
    frozenset(_OPIOIDS): "opioids",
    frozenset({"T40.4"}): "synthetic-opioids",
    frozenset({"T40.1"}): "heroin",
    frozenset({"T40.5"}): "cocaine",
    frozenset({"T43.6"}): "psychostimulants",
}
_INTENTS = {frozenset(_OVERDOSE): "all-intents", frozenset(_UNINTENTIONAL): "unintentional"}


@dataclass(frozen=True, slots=True)
class Notes:
    """What an export says of itself.

    Attributes:
        source: the data set; as_of: ISO date of the query; case: the case definition, from the causes asked for and
            whatever else narrowed the query.
        area: the place that the query was narrowed to, for an export without a column of places; None: the nation.
        years: years asked for as wholes; last: the last month of deaths, (year, month), if said.
        zeros_shown, hidden_shown: whether rows of zero, and rows that are hidden, stand in the export; None: not said.
    """

    source: str
    as_of: str
    case: str
    area: str | None
    years: tuple[int, ...]
    last: tuple[int, int] | None
    zeros_shown: bool | None
    hidden_shown: bool | None


def read_notes(lines: list[str]) -> Notes | None:
    """The notes of an export; None where they don't say when it was made (a cut file, or none of WONDER's)."""
    said = [line.strip().strip('"').strip() for line in lines]
    whole = " ".join(said)
    as_of = _query_date(whole)
    if as_of is None:
        return None
    asked = _parameters(said)
    dataset = re.search(r"Dataset: (.*?)(?: Query Parameters:| ---|$)", whole)
    return Notes(
        source=f"CDC WONDER: {dataset[1].strip()}" if dataset else "CDC WONDER",
        as_of=as_of,
        case=_case(asked),
        area=_area(asked),
        years=_years(asked),
        last=_last(whole),
        zeros_shown=_switch(asked, "show zero values"),
        hidden_shown=_switch(asked, "show suppressed"),
    )


def _query_date(whole: str) -> str | None:
    found = re.search(r"Query Date: ([A-Za-z]{3})[a-z]*\.? (\d{1,2}), (\d{4})", whole)
    if not found or found[1].lower() not in SHORT_NAMES:
        return None
    return f"{found[3]}-{SHORT_NAMES.index(found[1].lower()) + 1:02d}-{int(found[2]):02d}"


def _parameters(said: list[str]) -> dict[str, str]:
    """What the query asked for; WONDER breaks long lines, so a line that names nothing goes on with the one before."""
    asked: dict[str, str] = {}
    name = ""
    try:
        first = next(i for i, line in enumerate(said) if line.startswith("Query Parameters"))
    except StopIteration:
        return asked
    for line in said[first + 1 :]:
        if line.startswith("---"):
            break
        named = re.match(r"([A-Za-z][^:;()]{1,60}): (.*)", line)
        if named:
            name = named[1].strip().lower()
            asked[name] = named[2].strip()
        elif name:
            asked[name] += " " + line
    return asked


def _switch(asked: dict[str, str], name: str) -> bool | None:
    word = asked.get(name, "").lower()
    return True if word == "true" else False if word in ("false", "disabled") else None


def _case(asked: dict[str, str]) -> str:
    """The case definition: causes by name where they are usual ones, else by code, then whatever else was asked for."""
    underlying, contributing, rest = set[str](), set[str](), []
    for name, value in asked.items():
        if name.startswith("ucd") or name.startswith("underlying"):
            underlying |= _codes(value)
        elif name.startswith("mcd") or name.startswith("multiple cause"):
            contributing |= _codes(value)
        elif name not in _NEUTRAL and not name.startswith((*_WHEN, "title")) and not _is_where(name):
            rest.append(f"{name}: {value}")
    intent = _INTENTS.get(frozenset(underlying)) or _coded("ucd", underlying) or "all-causes"
    substance = _SUBSTANCES.get(frozenset(contributing)) or _coded("mcd", contributing)
    if not substance and underlying and frozenset(underlying) in _INTENTS:
        substance = "all-drugs"
    return "; ".join(["-".join(part for part in (substance, intent) if part), *rest])


def _is_where(name: str) -> bool:
    return any(word in name for word in _WHERE)


def _codes(value: str) -> set[str]:
    """ICD-10 codes named in a parameter, ranges such as X40-X44 spelled out."""
    codes: set[str] = set()
    for first, last in re.findall(r"\b([A-Z]\d{2}(?:\.\d)?)(?:-([A-Z]\d{2}))?", value):
        if last and last[0] == first[0] and "." not in first:
            codes |= {f"{first[0]}{n:02d}" for n in range(int(first[1:]), int(last[1:]) + 1)}
        else:
            codes.add(first)
    return codes


def _coded(kind: str, codes: set[str]) -> str:
    return "-".join([kind, *sorted(code.lower().replace(".", "") for code in codes)]) if codes else ""


def _area(asked: dict[str, str]) -> str | None:
    for name, value in asked.items():
        if _is_where(name) and name not in _NEUTRAL:
            places = [re.sub(r"\s*\([\dA-Z]+\)$", "", part.strip()) for part in value.split(";")]
            return " and ".join(places)
    return None


def _years(asked: dict[str, str]) -> tuple[int, ...]:
    value = next((value for name, value in asked.items() if name.startswith(_WHEN)), "")
    parts = [re.fullmatch(r"(\d{4})(?: \([a-z ]+\))?", part.strip()) for part in value.split(";")]
    return tuple(int(part[1]) for part in parts if part)


def _last(whole: str) -> tuple[int, int] | None:
    found = re.search(r"Deaths occurring through ([A-Za-z]{3})[a-z]* \d{1,2}, (\d{4})", whole)
    if not found or found[1].lower() not in SHORT_NAMES:
        return None
    return int(found[2]), SHORT_NAMES.index(found[1].lower()) + 1
