"""`mends.toml`: repairs that a person accepted. They are made on reading, as long as the cell still says what it said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from longview.gather.facts import FORMAT, Facts, read_facts
from longview.gather.places import companion
from longview.gather.text import read_text
from longview.program import Problem, say, shortened

FILE = "mends.toml"
Place = tuple[str, int | None, str]
_KEYS = ("file", "row", "column", "was", "now", "when")


@dataclass(frozen=True, slots=True)
class Mend:
    """One repair.

    Attributes:
        file, row, column: the cell, as a `Problem` names it (row as Excel counts; None: a fact of a TOML file).
        was: what it said when the repair was accepted; now: what it is read as since.
        when: ISO date of the day on which it was accepted, "" where that is not known.
    """

    file: str
    row: int | None
    column: str
    was: str
    now: str
    when: str = ""

    @property
    def place(self) -> Place:
        """Where the cell stands."""
        return self.file, self.row, self.column


class Mends:
    """The repairs of a program, handed to whoever reads its cells; afterwards `stale` tells which no longer fit."""

    def __init__(self, mends: Iterable[Mend] = ()) -> None:
        self.mends = tuple(mends)
        self._by_place = {mend.place: mend for mend in self.mends}
        self._files = frozenset(mend.file for mend in self.mends)
        self._said: dict[Place, str] = {}

    def __len__(self) -> int:
        return len(self.mends)

    def touches(self, file: str) -> bool:
        """Whether any repair is about that file, so that a large one needn't be asked about cell by cell."""
        return file in self._files

    def now(self, file: str, row: int | None, column: str, said: str) -> str:
        """What a cell is to be read as: its repair where it still says what it said then, else what it says."""
        if file not in self._files or (mend := self._by_place.get((file, row, column))) is None:
            return said
        self._said[mend.place] = said
        return mend.now if said == mend.was else said

    def stale(self, files: Iterable[str] | None = None) -> list[Problem]:
        """Doubts about repairs that were not made: the cell says something else by now, or was not there to be read.

        A cell that says by now what the repair would make of it is not doubtful: somebody has mended it.

        Args:
            files: files that were read, where others could not be; None: all that could be were.
        """
        read = None if files is None else frozenset(files)
        told = []
        for mend in self.mends:
            if read is not None and mend.file not in read:
                continue
            said = self._said.get(mend.place)
            if said in (mend.was, mend.now):
                continue
            code = "mend-lost" if said is None else "mend-stale"
            parts = {"was": shortened(mend.was) or "a blank cell", "now": shortened(mend.now) or "nothing"}
            told.append(say(code, file=mend.file, row=mend.row, column=mend.column, found=said or "", **parts))
        return told


def read_mends(program_path: Path) -> tuple[Mends, list[Problem]]:
    """The repairs that were accepted, and what in the file is none. Nothing is raised; no file: no repairs."""
    path = companion(program_path) / FILE
    if not path.exists():
        return Mends(), []
    text, problems = read_text(path, FILE)
    if text is None:
        return Mends(), problems
    mends, more = read_mends_text(text)
    return mends, problems + more


def read_mends_text(text: str) -> tuple[Mends, list[Problem]]:
    """As `read_mends`, from the text of the file."""
    facts, problems = read_facts(FILE, text)
    if facts is None:
        return Mends(), problems
    # A repair of ours begins with its own line; one written otherwise by hand is told without one.
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip() == "[[mends]]"]
    mends, more = _mends(facts, lines)
    return Mends(mends), problems + more


def mends_text(mends: Iterable[Mend]) -> str:
    """The repairs as TOML; `read_mends` reads it back without loss."""
    import tomlkit

    rows = []
    for mend in mends:
        said = {key: getattr(mend, key) for key in _KEYS}
        rows.append({key: value for key, value in said.items() if value is not None and (key != "when" or value)})
    return tomlkit.dumps({"format": FORMAT, "mends": rows} if rows else {"format": FORMAT})


def _mends(facts: Facts, lines: list[int]) -> tuple[list[Mend], list[Problem]]:
    version = facts.table.get("format")
    if isinstance(version, int) and not isinstance(version, bool) and version > FORMAT:
        return [], [facts.problem("newer-format", "format")]
    if version != FORMAT or isinstance(version, bool):
        return [], [facts.problem("format", "format")]
    rows = facts.table.get("mends", [])
    if not isinstance(rows, list):
        return [], [facts.problem("mend-odd", "mends", what="mends must be a list of repairs")]
    found: list[Mend] = []
    problems: list[Problem] = []
    for place, row in enumerate(rows):
        wrong = _wrong(row)
        if wrong:
            line = lines[place] if place < len(lines) else None
            problems.append(say("mend-odd", file=FILE, row=line, what=wrong))
        else:
            found.append(Mend(**{key: row.get(key) for key in _KEYS[:5]}, when=row.get("when", "")))
    twice = [place for place, times in Counter(mend.place for mend in found).items() if times > 1]
    for file, number, column in twice:
        where = f"{file}, row {number}, {column}" if number else f"{file}, {column}"
        problems.append(say("mend-odd", file=FILE, what=f"two repairs of one cell ({shortened(where, 80)})"))
    return ([] if twice else found), problems


def _wrong(row: Any) -> str:
    """What is wrong with one repair as written; "" where nothing is."""
    if not isinstance(row, dict):
        return "it has no file, row and column"
    for key in ("file", "column", "was", "now"):
        if not isinstance(row.get(key), str):
            return f"{key} must be text in quotation marks"
    number = row.get("row")
    if number is not None and (not isinstance(number, int) or isinstance(number, bool) or number < 1):
        return "row must be a number, as Excel counts rows"
    return "" if isinstance(row.get("when", ""), str) else "when must be a day in quotation marks"
