"""What an import would change: which of its rows are new, which stand already, which take the place of others.

Rows are weighed as text, as the field table writes them, so that a ledger of 100,000 lines costs a second.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from longview.gather.imported import SHEETS, Import
from longview.gather.keeping.kept import KeptImport
from longview.gather.keeping.manifest import Manifest
from longview.gather.precedence import KEYS
from longview.gather.writing import sheet_text
from longview.program import fields

Cells = tuple[str, ...]
Own = Mapping[str, Sequence[Any]]
"""Sheet → the rows of the program's own files, imports left out."""

_DAY_READ = "as_of"


@dataclass(frozen=True, slots=True)
class Tally:
    """What becomes of an import's rows of one sheet.

    Attributes:
        added: nothing told this before. changed: they take the place of an earlier import's.
        read_again: an earlier import says the same, read on an earlier day. standing: they stand already; not written.
        own_wins: the program's own rows say otherwise, and win. own_too: lines of money that stand in its own sheet too.
        older: of those changed, how many were read on an earlier day than what they replace.
        doubled: rows told twice in the file, of which the later was taken.
        gone: lines of money that an earlier import of the same book told, and this one does not.
    """

    added: int = 0
    changed: int = 0
    read_again: int = 0
    standing: int = 0
    own_wins: int = 0
    own_too: int = 0
    older: int = 0
    doubled: int = 0
    gone: int = 0


@dataclass(slots=True)
class Weighed:
    """An import before it is written.

    Attributes:
        rows: sheet → the rows to write; sheets without any are left out. tallies: sheet → what becomes of its rows.
        cut: names of earlier imports that told in one sum what this tells a part of.
        rows_hash: of all its rows but the day on which they were read: the same file read alike has the same.
    """

    rows: dict[str, list[Any]] = field(default_factory=dict)
    tallies: dict[str, Tally] = field(default_factory=dict)
    rows_hash: str = ""
    cut: tuple[str, ...] = ()


def weigh(made: Import, earlier: Sequence[KeptImport], own: Own) -> Weighed:
    """Hold an import's rows to those that stand."""
    weighed = Weighed()
    if made.money:
        weighed.cut = tuple(one.name for one in earlier if "money" in one.files and _this(made).cuts(one.manifest))
    digest = hashlib.sha256()
    for sheet in SHEETS:
        rows = made.rows(sheet)
        if not rows:
            continue
        told = cells_of(sheet, rows)
        digest.update(repr((sheet, [_figure(sheet, cells) for cells in told])).encode())
        if sheet == "money":
            keep, tally = _weighed_money(made, told, earlier, cells_of(sheet, own.get(sheet, ())))
        else:
            keep, tally = _weighed(sheet, told, _standing(sheet, earlier), cells_of(sheet, own.get(sheet, ())))
        weighed.tallies[sheet] = tally
        if keep:
            weighed.rows[sheet] = [rows[place] for place in keep]
    weighed.rows_hash = digest.hexdigest()
    return weighed


def cells_of(sheet: str, rows: Sequence[Any]) -> list[Cells]:
    """Rows as their file will say them, all columns in the order of the field table.

    Raises:
        ValueError: a text that a file can't hold.
    """
    if not rows:
        return []
    text = sheet_text(fields()[sheet], tuple(rows), all_columns=True)
    return [tuple(cells) for cells in csv.reader(io.StringIO(text, newline=""))][1:]


def _read(sheet: str, path: Path) -> list[Cells]:
    """What stands in an import's file; nothing where a person has made something else of it."""
    columns = [column.column for column in fields()[sheet].columns]
    try:
        text = path.read_text(encoding="utf-8-sig", errors="replace")
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
    except (OSError, csv.Error):
        return []
    return [tuple(row.get(column) or "" for column in columns) for row in rows]


def _place(sheet: str, name: str) -> int | None:
    names = [column.field for column in fields()[sheet].columns]
    return names.index(name) if name in names else None


def _keys(sheet: str, told: Sequence[Cells]) -> list[Cells]:
    places = [_place(sheet, name) or 0 for name in KEYS[sheet]]
    return [tuple(cells[place] for place in places) for cells in told]


def _figure(sheet: str, cells: Cells) -> Cells:
    """A row without the day on which it was read."""
    day = _place(sheet, _DAY_READ)
    return cells if day is None else cells[:day] + cells[day + 1 :]


def _standing(sheet: str, earlier: Sequence[KeptImport]) -> dict[Cells, Cells]:
    stands: dict[Cells, Cells] = {}
    for one in earlier:
        if sheet in one.files:
            told = _read(sheet, one.files[sheet])
            stands |= dict(zip(_keys(sheet, told), told, strict=True))
    return stands


def _weighed(
    sheet: str, told: list[Cells], stands: Mapping[Cells, Cells], own_told: list[Cells]
) -> tuple[list[int], Tally]:
    """Places of the rows to write, and what becomes of all of them."""
    own = dict(zip(_keys(sheet, own_told), own_told, strict=True))
    day = _place(sheet, _DAY_READ)
    last = {key: place for place, key in enumerate(_keys(sheet, told))}
    found: Counter[str] = Counter(doubled=len(told) - len(last))
    keep: list[int] = []
    for key, place in last.items():
        cells, before = told[place], stands.get(key)
        fate = _fate(sheet, cells, before, own.get(key))
        found[fate] += 1
        if fate == "changed" and day is not None and before is not None and cells[day] < before[day]:
            found["older"] += 1
        if fate != "standing":
            keep.append(place)
    return sorted(keep), Tally(**found)


def _fate(sheet: str, cells: Cells, before: Cells | None, own: Cells | None) -> str:
    if cells == before or (before is None and cells == own):
        return "standing"
    if own is not None and _figure(sheet, own) != _figure(sheet, cells):
        return "own_wins"
    if before is None:
        return "added"
    return "read_again" if _figure(sheet, cells) == _figure(sheet, before) else "changed"


def _weighed_money(
    made: Import, told: list[Cells], earlier: Sequence[KeptImport], own_told: list[Cells]
) -> tuple[list[int], Tally]:
    """Lines have no key: those of the same book and days are held to one another as they are, each as often as it stands."""
    day = _place("money", "date") or 0
    this = _this(made)
    stands: list[tuple[Manifest, Cells]] = []
    for one in earlier:
        if "money" in one.files:
            lines = _read("money", one.files["money"])
            stands = [old for old in stands if not one.manifest.replaces(old[0], old[1][day])]
            stands += [(one.manifest, line) for line in lines]
    if made.book:
        before = Counter(line for manifest, line in stands if this.replaces(manifest, line[day]))
    else:
        before = Counter(line for manifest, line in stands if not manifest.book)
    new = Counter(told)
    mine = Counter(own_told)
    both = {"own_too": sum(min(mine[line], times) for line, times in new.items())}
    if new == before or (not made.book and new <= before):
        return [], Tally(standing=len(told), **both)
    if made.book:  # the whole book is written, since it takes the place of what was told of those days
        again = sum((new & before).values())
        return list(range(len(told))), Tally(
            added=len(told) - again, standing=again, gone=(before - new).total(), **both
        )
    keep = _surplus(told, before)
    return keep, Tally(added=len(keep), standing=len(told) - len(keep), **both)


def _this(made: Import) -> Manifest:
    return Manifest(made.kind, made.words, book=made.book, first_day=made.first_day, last_day=made.last_day)


def _surplus(told: list[Cells], before: Counter[Cells]) -> list[int]:
    """Places of the lines that don't stand yet, each as often as it is told more often than it stands."""
    left = Counter(before)
    keep = []
    for place, line in enumerate(told):
        if left[line] > 0:
            left[line] -= 1
        else:
            keep.append(place)
    return keep
