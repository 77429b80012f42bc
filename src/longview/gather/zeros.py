"""What `<5` leaves open: 0 to 4, unless the same series of the same file says 0 where there was none; then 1 to 4.

Only a program's own `<5` is read so. Rows of areas come with their source's own rule, and `0 to 4` says what it says.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from longview.gather.rows import Row
from longview.program import Count, Problem, Program, say

COLUMNS = {"services": ("value",), "workforce": ("hires", "departures", "vacancies")}
"""Sheet → its columns with counts of the program's own."""

_BELOW = re.compile(r"(?:<|less than|fewer than|under)\s*\d", re.IGNORECASE)


class _Spelled(Count):
    """A count that is written as `0 to 4` where `<5` would be read as 1 to 4."""

    __slots__ = ()

    def __str__(self) -> str:
        return f"{self.low:g} to {self.high:g}"


def above_zero(rows: tuple[Row, ...]) -> tuple[tuple[Row, ...], list[Problem]]:
    """The rows of one table, hidden counts that can't be 0 told as such, and a doubt for each series of them."""
    sheet = rows[0].table.sheet.name if rows else ""
    if sheet not in COLUMNS:
        return rows, []
    shown = _with_zeros(sheet, (row.value for row in rows))
    if not shown:
        return rows, []
    told: set[Hashable] = set()
    doubts: list[Problem] = []
    read = []
    for row in rows:
        value = row.value
        for column, series, count in _counts(sheet, value):
            text = row.table.cell(row.table.by_number[row.number], column)
            if series in shown and _may_be_none(count) and _BELOW.match(text):
                value = replace(value, **{column: Count.between(1, count.high)})
                if series not in told:
                    told.add(series)
                    doubts.append(_doubt(row, column, text, series, count))
        read.append(row if value is row.value else replace(row, value=value))
    return tuple(read), doubts


def as_written(sheet: str, rows: tuple[Any, ...]) -> tuple[Any, ...]:
    """Rows to be written to one file, with hidden counts spelled out where `<5` would be read as something else."""
    shown = _with_zeros(sheet, rows) if sheet in COLUMNS else frozenset()
    if not shown:
        return rows
    written = []
    for value in rows:
        for column, series, count in _counts(sheet, value):
            if series in shown and _may_be_none(count):
                value = replace(value, **{column: _Spelled(count.low, count.high, "hidden")})
        written.append(value)
    return tuple(written)


def program_as_written(program: Program) -> Program:
    """A program to be written to one file a sheet, its rows `as_written`."""
    records = program.records
    services, workforce = as_written("services", records.services), as_written("workforce", records.workforce)
    if services is records.services and workforce is records.workforce:
        return program
    return replace(program, records=replace(records, services=services, workforce=workforce))


def _counts(sheet: str, value: Any) -> Iterator[tuple[str, tuple[str, ...], Count]]:
    """The counts of a row, each with its column and the series that it belongs to."""
    for column in COLUMNS[sheet]:
        count = getattr(value, column)
        if count is not None:
            series = (value.measure, value.site or "") if sheet == "services" else (column, value.role)
            yield column, series, count


def _with_zeros(sheet: str, values: Iterable[Any]) -> frozenset[Hashable]:
    """The series that say 0 somewhere, exactly."""
    return frozenset(
        series for value in values for _, series, count in _counts(sheet, value) if count.exact and count.low == 0
    )


def _may_be_none(count: Count) -> bool:
    return count.kind == "hidden" and count.low == 0 and isinstance(count.high, int) and count.high >= 1


def _doubt(row: Row, column: str, text: str, series: tuple[str, ...], count: Count) -> Problem:
    place: dict[str, Any] = {"file": row.table.file, "row": row.number, "column": column}
    place |= {"letter": row.table.letter(column), "found": text}
    read, loose = f"1 to {count.high:g}", f"0 to {count.high:g}"
    return say("zeros-shown", **place, series=", ".join(part for part in series if part), read=read, loose=loose)
