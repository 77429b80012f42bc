"""`program.toml` and `evidence.toml`: facts into values, with the lines on which they stand."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from longview.gather.cells import Reading, read_cell
from longview.gather.names import near, slug
from longview.gather.numbers import CellError
from longview.program import Column, Problem, Program, Range, fields, say

if TYPE_CHECKING:
    from longview.evidence import Parameter
    from longview.gather.sheet_facts import SheetFacts

FORMAT = 1


class Facts:
    """A TOML file: its table, and where each key stands."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self._text = text
        # Decimals keep 0.1 what it is; `tomllib` raises a plain ValueError for absurdly long numbers.
        self.table: dict[str, Any] = tomllib.loads(text, parse_float=Decimal)

    def line(self, key: str) -> int | None:
        """The first line that sets a key; None where it is written in no usual way."""
        name = re.escape(key)
        found = re.search(rf"""^[ \t]*\[?[ \t]*["']?{name}["']?[ \t]*(=|\.|\])""", self._text, re.MULTILINE)
        return self._text.count("\n", 0, found.start()) + 1 if found else None

    def problem(self, code: str, key: str | None, **parts: Any) -> Problem:
        """A problem of that code at a key."""
        found = "" if key is None else told(self.table.get(key, ""))
        row = None if key is None else self.line(key)
        told_of = say(code, file=self.file, row=row, column=key, **{"found": found, **parts})
        return replace(told_of, mend=None)  # accepted repairs are made in tables alone: in TOML the sentence must do

    def cells(self, program: Program | None) -> Iterator[dict[str, Any]]:
        """Every fact: where it stands, what it says, and what it was read as (None: it was not)."""
        for key, value in self.table.items():
            yield {
                "file": self.file,
                "row": self.line(key),
                "column": key,
                "said": told(value),
                "read_as": read_as(key, program),
            }


def read_facts(file: str, text: str) -> tuple[Facts | None, list[Problem]]:
    """The table of a TOML file; None where it is none."""
    try:
        return Facts(file, text), []
    except (ValueError, RecursionError) as error:
        line = re.search(r"line (\d+)", str(error))
        why = (
            re.sub(r" \(at .*\)$", "", str(error)).lower() if isinstance(error, tomllib.TOMLDecodeError) else "too deep"
        )
        return None, [say("not-toml", file=file, row=int(line[1]) if line else None, why=why)]


def program_values(facts: Facts | SheetFacts) -> tuple[dict[str, Any], list[Problem]]:
    """Keyword arguments of `Program` from program.toml, rows and own evidence values apart."""
    problems = _format(facts)
    values: dict[str, Any] = {}
    columns = {column.column: column for column in fields()["program"].columns}
    problems += unknown_keys(facts, [*columns, "format"])
    for column in columns.values():
        if column.column not in facts.table:
            if column.needed and not any(p.column and near(p.column, [column.column]) for p in problems):
                problems.append(facts.problem("blank", column.column, what=column.what, example=_example(column)))
            continue
        try:
            values[column.field] = _value(column, facts.table[column.column])
        except CellError as error:
            problems.append(facts.problem(error.code, column.column, **error.parts))
    if "id" not in values and isinstance(values.get("name"), str):
        values["id"] = slug(values["name"]) or "program"
    values.setdefault("area_shares", {})
    return values, problems


def own_values(facts: Facts, known: Mapping[str, Parameter] | None) -> tuple[dict[str, Range], list[Problem]]:
    """The program's own evidence values; `known` holds the rows that exist (None: not to be checked)."""
    values: dict[str, Range] = {}
    problems: list[Problem] = []
    for key, value in facts.table.items():
        if key == "format":
            continue
        if known is not None and key not in known:
            closest = near(key, known)
            hint = f"write {closest}" if closest else "longview evidence lists the keys"
            problems.append(facts.problem("unknown-evidence", key, hint=hint))
        try:
            values[key] = _range(value, "{ low = 0.1, best = 0.2, high = 0.4 }", None)
        except CellError as error:
            problems.append(facts.problem(error.code, key, **error.parts))
            continue
        if known is not None and key in known:
            try:
                known[key].owned(values[key])
            except ValueError as error:
                problems.append(facts.problem("impossible-evidence", key, why=error, unit=known[key].unit))
    return values, problems


def unknown_keys(facts: Facts | SheetFacts, known: list[str]) -> list[Problem]:
    """Keys of a TOML file that nothing reads."""
    problems = []
    free = [key for key in known if key not in facts.table]
    for key in facts.table:
        if key not in known:
            closest = near(key.replace("-", "_"), free)
            hint = f"write {closest}" if closest else f"delete it; facts are {', '.join(known)}"
            problems.append(facts.problem("unknown-column", key, hint=hint))
    return problems


def read_as(key: str, program: Program | None) -> Any:
    """What a fact was read as; None where the program could not be."""
    column = next((c for c in fields()["program"].columns if c.column == key), None)
    return None if column is None or program is None else getattr(program, column.field)


def told(value: object) -> str:
    """A TOML value as it would be typed."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {told(part)}" for key, part in value.items()) + " }"
    return _digits(value) if isinstance(value, Decimal) else str(value)


def _format(facts: Facts | SheetFacts) -> list[Problem]:
    written = facts.table.get("format")
    if written == FORMAT and not isinstance(written, bool):
        return []
    newer = isinstance(written, int) and not isinstance(written, bool) and written > FORMAT
    return [facts.problem("newer-format" if newer else "format", "format")]


def _value(column: Column, value: object) -> Any:
    if column.type == "range":
        return _range(value, column.example, column.least)
    if column.type == "shares":
        return _shares(column, value)
    if isinstance(value, bool):
        value = "yes" if value else "no"
    elif isinstance(value, int | Decimal):
        value = _digits(Decimal(value))
    elif isinstance(value, date):
        value = value.isoformat()
    if not isinstance(value, str):
        number = column.type in ("whole", "number", "share", "money")
        raise CellError("not-a-number" if number else "not-text", example=_example(column))
    if not value.strip():
        raise CellError("blank", what=column.what, example=_example(column))
    return read_cell(column, value.strip(), Reading(known={}))


def _example(column: Column) -> str:
    quoted = column.type in ("id", "text", "month")
    return f'{column.column} = "{column.example}"' if quoted else f"{column.column} = {column.example}"


def _digits(value: Decimal) -> str:
    """Plain digits, but for numbers so large or small that only their exponent is sane to print."""
    return format(value, "f") if value.is_finite() and abs(value.adjusted()) < 40 else str(value)


def _float(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    if isinstance(value, Decimal) and not value.is_finite():
        return None
    return float(value) if Decimal(value).adjusted() < 300 else None


def _range(value: object, example: str, least: float | None) -> Range:
    if (alone := _float(value)) is not None:
        raise CellError("no-doubt-given", instead=f"{{ low = …, best = {alone:g}, high = … }}")
    parts = value if isinstance(value, dict) else {}
    ends = [_float(parts.get(name)) for name in ("low", "best", "high")]
    low, best, high = ends
    if low is None or best is None or high is None or set(parts) - {"low", "best", "high", "note", "source"}:
        raise CellError("not-a-range", example=example)
    if not low <= best <= high:
        a, b, c = sorted((low, best, high))
        raise CellError("range-order", instead=f"low = {a:g}, best = {b:g}, high = {c:g}")
    if least is not None and low < least:
        raise CellError("too-small", least=f"{least:g}")
    return Range(low, best, high)


def _shares(column: Column, value: object) -> dict[str, float]:
    shares: dict[str, float] = {}
    for area, share in (value if isinstance(value, dict) else {"": None}).items():
        number = _float(share)
        if number is None or not 0 <= number <= 1:
            raise CellError("not-shares", example=column.example)
        shares[area] = number
    return shares
