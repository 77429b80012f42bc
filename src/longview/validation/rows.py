"""Rows of a program that a study's file holds, in the columns of a program's folder."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import MISSING
from decimal import Decimal, InvalidOperation
from typing import Any

from longview.program import Column, Month, Sheet, fields, types
from longview.validation.form import SHEETS
from longview.validation.told import Problems

FACTS = ("free_cash", "reserve", "credit_limit", "yearly_raise", "wage_elsewhere", "living_wage", "price_year")
"""Facts of `program.toml` that a study may state."""


def program_rows(table: Mapping[str, Any], told: Problems) -> dict[str, Any]:
    """Rows and facts by field of `Program`."""
    out: dict[str, Any] = {}
    for name, sheet in SHEETS.items():
        rows = told.tables(table, name, "")
        if rows:
            found = tuple(filter(None, (_row(fields()[sheet], row, i, told) for i, row in enumerate(rows))))
            into = fields()[sheet].into
            out[into] = (*out.get(into, ()), *found)
    facts = told.table(table, "facts", "")
    told.keys(facts, FACTS, "facts")
    columns = {c.column: c for c in fields()["program"].columns}
    for key, value in facts.items():
        if key in FACTS:
            out[key] = _value(columns[key], value, "facts", told)
    return out


def _row(known: Sheet, row: Mapping[str, Any], i: int, told: Problems) -> Any:
    columns = {c.column: c for c in known.columns} | {c.field: c for c in known.columns}
    place = f"{known.name} {i + 1}"
    told.keys(row, columns, place)
    before = len(told.found)
    values = {columns[k].field: _value(columns[k], v, place, told) for k, v in row.items() if k in columns}
    kind = getattr(types, known.type)
    defaults = {f.name: f.default is not MISSING or f.default_factory is not MISSING for f in dataclasses.fields(kind)}
    for column in known.columns:
        if column.field in values:
            continue
        if column.needed:
            told.say(place, f"{column.column} is missing: {column.what}")
        elif column.type == "id":
            values[column.field] = f"{known.name}-{i + 1}"
        elif not defaults[column.field]:
            values[column.field] = () if column.type in ("months", "refs") else None
    return kind(**values) if len(told.found) == before else None


def _value(column: Column, value: Any, place: str, told: Problems) -> Any:
    try:
        return _read(column, value)
    except (ValueError, TypeError, InvalidOperation):
        told.say(place, f"{column.column} is {value!r}; write it like {column.example}")
        return None


def _read(column: Column, value: Any) -> Any:
    match column.type:
        case "money":
            return Decimal(str(value))
        case "month":
            return Month.parse(str(value))
        case "whole":
            return int(value)
        case "number" | "share":
            return float(value)
        case "yes-no":
            if not isinstance(value, bool):
                raise ValueError(value)
            return value
        case "time":
            return float(value) if isinstance(value, int | float) else _time(str(value))
        case "refs":
            return tuple(str(x) for x in ([value] if isinstance(value, str) else value))
        case "months":
            return tuple(int(x) for x in value)
        case "choice":
            if value not in column.choices:
                raise ValueError(value)
            return value
        case _:
            return str(value)


def _time(text: str) -> float:
    hours, _, minutes = text.partition(":")
    return float(hours) + float(minutes or 0) / 60.0
