"""The program sheet of a workbook: facts one under another, as `Facts` tells those of a TOML file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from longview.gather.facts import read_as
from longview.gather.names import near
from longview.gather.numbers import CellError, plain
from longview.gather.tables import Cells, Grid, letter
from longview.program import Column, Problem, Program, fields, say

if TYPE_CHECKING:
    from longview.gather.keeping.mends import Mends

READ = ("fact", "value", "low", "high", "area")
HELP = ("what it is", "for example")


class SheetFacts:
    """What the sheet says: `table` as a TOML file would hold it, and where each fact stands.

    A fact whose cells are blank is not in `table`. Ranges and shares stand there as tables of decimals, all else as
    text.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.table: dict[str, Any] = {}
        self.letters: dict[str, str] = {}
        self._rows: dict[str, tuple[int, str]] = {}
        self._cells: list[tuple[int, str, dict[str, str]]] = []

    def line(self, key: str) -> int | None:
        """The row of a fact; None where it has none."""
        return self._rows[key][0] if key in self._rows else None

    def problem(self, code: str, key: str | None, **parts: Any) -> Problem:
        """A problem of that code at a fact."""
        row, said = self._rows.get(key or "", (None, ""))
        if code == "no-doubt-given":
            parts["instead"] = "low and high beside it"
        elif code == "not-a-range":
            parts["example"] = "numbers: 900 in low, 1500 in value, 2600 in high"
        elif code == "not-shares":
            parts["example"] = "the area in area, and 0.2 in value"
        elif "example" in parts and key in _columns():
            parts["example"] = _columns()[key].example
        where = self.letters.get("value", "") if row is not None else ""
        return say(code, file=self.file, row=row, column=key, letter=where, **{"found": said, **parts})

    def cells(self, program: Program | None) -> Iterator[dict[str, Any]]:
        """Every cell of a fact: where it stands, what it says, and what the fact was read as (None: it was not)."""
        for number, key, said in self._cells:
            for name, text in said.items():
                where = {"file": self.file, "row": number, "column": name, "letter": self.letters.get(name, "")}
                yield {**where, "fact": key, "said": text, "read_as": read_as(key, program)}

    def place(self, number: int, key: str, said: str) -> None:
        """Remember where a fact stands, blank or not."""
        self._rows.setdefault(key, (number, said))

    def add(self, number: int, key: str, said: dict[str, str]) -> None:
        """Take in what a row says."""
        self._cells.append((number, key, {name: text for name, text in said.items() if text and name != "fact"}))
        column = _columns().get(key)
        if column is not None and column.type == "shares":
            shares = self.table.setdefault(key, {})
            shares[said["area"]] = _number(said["value"])
        elif column is not None and column.type == "range":
            best = _number(said["value"])
            alone = not (said["low"] or said["high"])
            ends = {"low": _number(said["low"]), "best": best, "high": _number(said["high"])}
            self.table[key] = best if alone else ends
        else:
            self.table[key] = _whole(said["value"]) if key == "format" else said["value"]


def read_sheet_facts(grid: Grid, mends: Mends | None = None) -> tuple[SheetFacts | None, list[Problem]]:
    """The facts of the program sheet; None, with its column problems alone, where its columns are not understood."""
    facts = SheetFacts(grid.file)
    if not grid.rows:
        return None, [say("empty-file", file=grid.file, columns=", ".join(READ))]
    (first, header), *rest = grid.rows
    places, problems = _places(first, header, grid)
    problems += _unnamed(first, header, rest, grid)
    if problems:
        return None, problems
    facts.letters = {name: letter(place) for name, place in places.items()}
    for number, cells in rest:
        said = {name: _said(cells, places, name) for name in READ}
        if mends is not None and mends.touches(grid.file):
            said["value"] = mends.now(grid.file, number, said["fact"], said["value"])
        problems += _row(facts, number, said)
    return facts, problems


def _said(cells: Cells, places: dict[str, int], name: str) -> str:
    place = places.get(name)
    return cells[place] if place is not None and place < len(cells) else ""


def _places(number: int, header: Cells, grid: Grid) -> tuple[dict[str, int], list[Problem]]:
    places: dict[str, int] = {}
    unknown: list[tuple[int, str]] = []
    problems = []
    for place, written in enumerate(header):
        name = " ".join(written.lower().replace("_", " ").split())
        if name in READ and name in places:
            where = letter(place)
            problems.append(
                say("column-twice", file=grid.file, row=number, column=written, letter=where, found=written)
            )
        elif name in READ:
            places[name] = place
        elif name and name not in HELP:
            unknown.append((place, written))
    missing = [name for name in ("fact", "value") if name not in places]
    for place, written in unknown:
        closest = near(written, [name for name in READ if name not in places])
        hint = f"write {closest}" if closest else "delete it, or move it to a sheet of your own"
        missing = [name for name in missing if name != closest]
        where = letter(place)
        problems.append(
            say("unknown-column", file=grid.file, row=number, column=written, letter=where, found=written, hint=hint)
        )
    what = {"fact": "the name of each fact", "value": "what you know of it"}
    problems += [say("no-column", file=grid.file, row=number, column=name, what=what[name]) for name in missing]
    return places, problems


def _unnamed(number: int, header: Cells, rest: Sequence[tuple[int, Cells]], grid: Grid) -> list[Problem]:
    """Columns that hold cells and have no name, those beside the header among them: nothing is passed over unsaid."""
    problems = []
    for place in range(max(len(cells) for _, cells in [(number, header), *rest])):
        found = next((cells[place] for _, cells in rest if place < len(cells) and cells[place]), "")
        if found and not (place < len(header) and header[place]):
            where = letter(place)
            problems.append(say("column-no-name", file=grid.file, row=number, column="", letter=where, found=found))
    return problems


def _row(facts: SheetFacts, number: int, said: dict[str, str]) -> list[Problem]:
    key = re.sub(r"[\s\-]+", "_", said["fact"].lower())
    given = {name: text for name, text in said.items() if text and name != "fact"}
    column = _columns().get(key)
    shares, ranged = (column is not None and column.type == kind for kind in ("shares", "range"))
    place: dict[str, Any] = {"file": facts.file, "row": number}
    if not key:
        found = next(iter(given.values()), "")
        return [say("fact-no-name", **place, column="fact", letter=facts.letters["fact"], found=found)] if given else []
    problems = []
    for name in ("low", "high", "area"):
        fits = (shares and name == "area") or (ranged and name != "area")
        if name in given and not fits:
            at, found = facts.letters[name], given.pop(name)
            where = facts.letters["value"]
            problems.append(say("fact-extra", **place, column=name, letter=at, found=found, fact=key, where=where))
    other = facts.line(key) if key in facts.table else None
    facts.place(number, key, said["value"])
    if not given:
        return problems
    doubled = other is not None and (not shares or said["area"] in facts.table[key])
    if doubled:
        letters = facts.letters["fact"]
        problems.append(say("fact-twice", **place, column="fact", letter=letters, found=said["fact"], other=other))
    else:
        facts.add(number, key, said)
    return problems


def _columns() -> dict[str, Column]:
    return {column.column: column for column in fields()["program"].columns}


def _number(text: str) -> Decimal | str:
    """A number where it is one; else the text, which is then told as no number."""
    percent = text.endswith("%")
    try:
        value = Decimal(plain(text.removesuffix("%").strip(), decimal_comma=False, example="1"))
    except (CellError, InvalidOperation):
        return text
    return value / 100 if percent else value


def _whole(text: str) -> Any:
    """`format = 1` as a number; what else is written stays text, and is read as its fact wants it."""
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else text
