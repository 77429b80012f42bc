"""What became of the figures of an export: each is a row of the import, or a problem, a doubt or a sentence names it.

An importer gives rows without their places, so figures are held to rows by what they say: by key and value where a
format has fixed columns, else by value alone (in the made tables every value stands once).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field

from accounting import LostError, Tally, Told, letter_of, place_of
from meanings import count, number
from plain_reading import Cells, Plain

from longview.program import Count, Problem

Key = Hashable


@dataclass(slots=True)
class Figures:
    """The figures of a table, by plain reading.

    Attributes:
        wanted: (row, column) → what it must be found as (a key and value, or a value alone).
        keys: (row, column) of the cells that say what a figure is about.
        passed: (row, column) of cells that the format repeats, or that are never copied by law.
    """

    wanted: dict[tuple[int, int], Key] = field(default_factory=dict)
    keys: set[tuple[int, int]] = field(default_factory=set)
    passed: set[tuple[int, int]] = field(default_factory=set)


@dataclass(slots=True)
class Sentences:
    """Rows and columns that an import's plain sentences name."""

    rows: set[int] = field(default_factory=set)
    columns: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, told: Iterable[str]) -> Sentences:
        """What they name: `Row 3-5, 9: …`, `row 2`, `Column B (remarks)`, `Not read: B (remarks), D (x)`."""
        found = cls()
        for said in told:
            for some in re.findall(r"[Rr]ows? (\d[\d,\s]*(?:(?:-|–|to| and )\s*\d[\d,\s]*)*)", said):
                for first, last in re.findall(r"(\d+)(?:\s*(?:-|–|to)\s*(\d+))?", some):
                    found.rows |= set(range(int(first), int(last or first) + 1))
                if " …" in said:  # a long list is cut: what it names goes on behind its last row
                    found.rows |= set(range(max(found.rows), 100_000))
            if "olumn" in said or "ot read" in said:
                found.columns |= set(re.findall(r"\b([A-Z]{1,3}) \(", said))
        return found


def value_key(plain: Plain, *, comma: bool = False) -> Key | None:
    """What a figure says; None: it is none."""
    if plain.kind == "number":
        return (plain.value, plain.value) if plain.value >= 0 else None
    if plain.kind != "text":
        return None
    meant = count(plain.value, comma=comma)
    return None if meant is None else _interval(*meant)


def count_key(read: Count) -> Key:
    """The same of a count that was read."""
    return _interval(read.low, read.high, read.kind)


def _interval(low: float, high: float | None, kind: str) -> Key:
    if kind == "exact":
        return (low, high)
    return "hidden", None if high is None else float(high), kind  # whether zeros are hidden too, its series says


def amount(plain: Plain, *, comma: bool = False) -> float | None:
    """A figure of money."""
    if plain.kind == "number":
        return float(plain.value)
    found = number(plain.value, comma=comma) if plain.kind == "text" else None
    return None if found is None else float(found)


def account(
    file: str,
    cells: Cells,
    figures: Figures,
    made: Counter[Key],
    problems: Iterable[Problem],
    sentences: Iterable[str],
    *,
    whole: str,
    filler: Callable[[Key], bool] = lambda key: False,
    by_row: bool = False,
) -> Tally:
    """What became of the cells of one table that was brought in.

    Args:
        made: the import's rows, as keys of figures.
        whole: the file's name. filler: whether a row stands for what the file leaves out.
        by_row: a cell without a figure is read where a figure of its row is, or was told with its row.

    Raises:
        LostError: a figure was dropped, changed or made up.
    """
    tally = Tally(cells=len(cells))
    problems = list(problems)
    told = Told.of(problems, whole=whole, any_doubt=True)
    said = Sentences.of([*sentences, *(p.expected for p in problems)])
    if not made and any(p.severity == "problem" for p in problems):
        tally.told = len(cells)  # nothing is brought in, and why is told
        return tally
    looked = {(p.file, p.row) for p in problems if p.row is not None}
    left = Counter(made)
    rows_read: set[int] = set()

    def is_told(at: tuple[int, int]) -> bool:
        row, place = at
        named = row in said.rows or letter_of(place) in said.columns
        return named or told.cell(file, row, place) or told.row(file, row)

    for row, place in sorted(figures.wanted, key=is_told):  # two may say the same, and one of them be told
        key = figures.wanted[row, place]
        if left[key] > 0:
            left[key] -= 1
            rows_read.add(row)
            tally.read += 1
        elif is_told((row, place)):
            tally.told += 1
        else:
            raise LostError(f"{file}, {letter_of(place)}{row}: {cells[row, place]} is in no row, and nobody says so")
    made_up = [key for key, times in left.items() if times > 0 and not filler(key)]
    if made_up:
        raise LostError(f"{file}: {made_up[0]} was read, and stands nowhere")
    bare = {row for row, _ in cells} - {row for row, _ in figures.wanted}  # they name something, and say nothing of it
    for row, place in cells.keys() - figures.wanted.keys():
        if (row, place) in figures.passed:
            tally.told += 1
        elif (row, place) in figures.keys or (by_row and (row in rows_read or row in bare)):
            tally.read += 1
        elif (
            told.cell(file, row, place) or (file, row) in looked or row in said.rows or letter_of(place) in said.columns
        ):
            tally.told += 1
        else:
            raise LostError(f"{file}, {letter_of(place)}{row}: {cells[row, place]} is passed over, and nobody says so")
    return tally


def header_of(cells: Cells, row: int, *, fold: Callable[[str], str] = str) -> dict[str, int]:
    """Name → column of a row of names; of a name that stands twice, the first."""
    found: dict[str, int] = {}
    for (number_, place), plain in sorted(cells.items()):
        if number_ == row:
            found.setdefault(fold(str(plain.value)), place)
    return found


def rows_of(cells: Cells) -> Mapping[int, dict[int, Plain]]:
    """Row → its cells by column, in order."""
    rows: dict[int, dict[int, Plain]] = {}
    for (row, place), plain in sorted(cells.items()):
        rows.setdefault(row, {})[place] = plain
    return rows


__all__ = ["Figures", "account", "amount", "count_key", "header_of", "place_of", "rows_of", "value_key"]
