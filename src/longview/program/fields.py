"""The field table (`fields.toml`): what a program's folder holds. It drives reader, writer, `check` and docs."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

ColumnType = Literal[
    "id", "text", "choice", "yes-no", "whole", "number", "share", "money", "month", "months", "time", "date", "count",
    "rate", "ref", "refs", "range", "shares",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet, or a fact of `program.toml`.

    Attributes:
        column: its name in the file; field: the dataclass field that it fills.
        left_out: what is meant where it is blank; None: it is needed.
        to: for "ref" and "refs", what it refers to: a sheet, or "items", "payable" (items and categories), "levers",
            "presets", "ledger-funds" (funds and "unassigned").
        made_from: for "id", the columns from whose text it is made where it is blank.
        fallback: the evidence key that stands in where it is blank: "" → key, or value of `fallback_by` → key.
        told: `check` tells where it is left out, though no figure of the evidence file stands in.
        optional_count: a blank cell means that nothing was written down, rather than a blank count.
    """

    column: str
    field: str
    type: ColumnType
    what: str
    example: str
    unit: str = ""
    left_out: str | None = None
    choices: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    to: str | None = None
    made_from: tuple[str, ...] = ()
    fallback: Mapping[str, str] | None = None
    fallback_by: str | None = None
    optional_count: bool = False
    told: bool = False

    @property
    def needed(self) -> bool:
        """Whether it can't be left blank."""
        return self.left_out is None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file of the folder: rows of one dataclass, or (program.toml) facts.

    Attributes:
        name: its id; file: its file; type: name of the dataclass of a row; into: where in `Program` its rows go.
        row: what a row is, in words; needed: whether a folder can do without it.
    """

    name: str
    title: str
    file: str
    type: str
    row: str
    into: str
    needed: bool
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        """The column of that name.

        Raises:
            KeyError: there is none.
        """
        for column in self.columns:
            if column.column == name:
                return column
        raise KeyError(name)


@cache
def fields() -> dict[str, Sheet]:
    """All sheets by name, "program" (the facts) first, in the order of the table."""
    return {name: _sheet(name, row) for name, row in _table().items() if name != "measures"}


@cache
def measures() -> dict[str, str]:
    """Known names of `measure` in services, and what each means; the list is open."""
    return dict(_table()["measures"])


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("longview.program").joinpath("fields.toml").read_text(encoding="utf-8"))


def _sheet(name: str, row: dict[str, Any]) -> Sheet:
    return Sheet(
        name=name,
        title=row["title"],
        file=row["file"],
        type=row["class"],
        row=row["row"],
        into=row.get("into", ""),
        needed=row.get("needed", False),
        columns=tuple(_column(column) for column in row["columns"]),
    )


def _column(row: dict[str, Any]) -> Column:
    row = dict(row)
    row.setdefault("field", row["column"])
    row["choices"] = tuple(row.get("choices", ()))
    row["made_from"] = tuple(row.get("made_from", "").split())
    if isinstance(row.get("fallback"), str):
        row["fallback"] = {"": row["fallback"]}
    return Column(**row)
