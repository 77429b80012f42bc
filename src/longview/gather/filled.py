"""Figures that `new` filled in for a program that does not know its own yet, as long as they stand as they were."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from longview.gather.places import companion, resolved
from longview.gather.writing import number_text, plain_text
from longview.program import Column, Problem, Program, Range, fields, say

if TYPE_CHECKING:
    from longview.gather.folder import FolderRead

FILE = "filled.toml"
BIGGEST = 2_000_000  # bytes; what we write is a hundredth of it
_LISTED = ("sheet", "row", "column", "value", "source")


@dataclass(frozen=True, slots=True)
class Filled:
    """One figure that was filled in.

    Attributes:
        sheet: name of the sheet in the field table ("program" for facts).
        row: id of its row (`row_key`), or the name of the fact.
        column: its column, for a fact its name again; value: the text that was written (`written`); source: where the
            figure is from, in words.
    """

    sheet: str
    row: str
    column: str
    value: str
    source: str


def row_key(sheet: str, value: Any) -> str:
    """What a row is called in `Filled.row`: its id, or where it has none what it is about (`evening-hours, wages`)."""
    columns = fields()[sheet].columns
    if columns[0].type == "id":
        return str(getattr(value, columns[0].field))
    about = [column for column in columns if column.type in ("ref", "choice")]
    return ", ".join(str(getattr(value, column.field)) for column in about)


def written(column: Column, value: Any) -> str:
    """The text of a cell, as `Filled.value` keeps it."""
    if isinstance(value, Range):
        return " / ".join(number_text(end) for end in (value.low, value.best, value.high))
    if column.type == "shares":
        return "; ".join(f"{area} {number_text(share)}" for area, share in value.items())
    return plain_text(column, value)


def still_filled(program: Program, filled: Sequence[Filled]) -> tuple[Filled, ...]:
    """Those whose cell still says what was filled in: a figure that was changed, or whose row is gone, is the program's."""
    said = {(sheet, row, column): text for sheet, row, column, text in _said(program)}
    return tuple(one for one in filled if said.get((one.sheet, one.row, one.column)) == one.value)


def _said(program: Program) -> Iterator[tuple[str, str, str, str]]:
    for name, sheet in fields().items():
        if name == "program":
            for column in sheet.columns:
                yield name, column.column, column.column, written(column, getattr(program, column.field))
            continue
        if sheet.into.startswith("records."):
            continue  # nothing is filled in there
        for value in attrgetter(sheet.into)(program):
            for column in sheet.columns:
                yield name, row_key(name, value), column.column, written(column, getattr(value, column.field))


def filled_text(filled: Sequence[Filled]) -> str:
    """What `filled.toml` says."""
    head = "# Figures that longview new filled in. One that you have changed since is yours, whatever stands here.\n"
    rows = (
        "\n[[filled]]\n" + "".join(f"{name} = {_quoted(getattr(one, name))}\n" for name in _LISTED) for one in filled
    )
    return head + "".join(rows)


def write_filled(filled: Sequence[Filled], path: Path) -> Path:
    """Keep them in the program's companion folder, and say where.

    Raises:
        FileExistsError: there is such a file already.
        OSError: it can't be written.
    """
    kept = companion(path) / FILE
    kept.parent.mkdir(parents=True, exist_ok=True)
    with kept.open("x", encoding="utf-8", newline="") as file:
        file.write(filled_text(filled))
    return kept


def read_filled(path: Path) -> tuple[tuple[Filled, ...], list[Problem]]:
    """What `new` filled in for the program at `path`; none where nothing was, or where the file can't be read (a doubt)."""
    kept = companion(resolved(path)) / FILE
    try:
        if not kept.is_file():
            return (), []
        if kept.stat().st_size > BIGGEST:
            return (), [say("filled-unread", file=FILE, why="it is far too large")]
        table = tomllib.loads(kept.read_text(encoding="utf-8"))
        rows = table.get("filled", [])
        return tuple(_one(row) for row in rows), []
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return (), [say("filled-unread", file=FILE, why="somebody has edited it")]


def filled_in(path: Path, program: Program) -> int:
    """How many figures of the program, which was read at `path`, are still as `new` filled them in."""
    return len(still_filled(program, read_filled(path)[0]))


def _one(row: Any) -> Filled:
    parts = [row[name] for name in _LISTED]
    if not all(isinstance(part, str) for part in parts):
        raise TypeError("text is expected")
    return Filled(*parts)


def filled_fallbacks(found: FolderRead, path: Path) -> list[Problem]:
    """A fallback for each figure that is still as it was filled in, at its place; a doubt where that can't be known."""
    if found.program is None:
        return []
    filled, told = read_filled(path)
    places = dict(_places(found))
    for one in still_filled(found.program, filled):
        parts = {"found": one.value, "source": one.source}
        if one.sheet == "program" and found.facts is not None:
            told.append(found.facts.problem("filled", one.row, **parts))
        elif (row := places.get((one.sheet, one.row))) is not None:
            told.append(found.sheets[one.sheet].problem("filled", row, one.column, **parts))
    return told


def _places(found: FolderRead) -> Iterator[tuple[tuple[str, str], Any]]:
    for name, sheet in found.sheets.items():
        if not fields()[name].into.startswith("records."):
            yield from (((name, row_key(name, row.value)), row) for row in sheet.rows)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
