"""Imports as they are kept: which there are, in order, and what stands in their folders."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from longview.gather.imported import SHEETS
from longview.gather.keeping.manifest import Manifest, read_manifest
from longview.gather.places import companion
from longview.gather.text import why_not
from longview.program import Problem, fields, say

IMPORTS, HISTORY, ORIGINALS = "imports", "history", "originals"
_NUMBERED = re.compile(r"(\d{4,9})-([a-z0-9]+(?:-[a-z0-9]+)*)")


@dataclass(frozen=True, slots=True)
class KeptImport:
    """One import as it is kept.

    Attributes:
        number: its place in the order of imports: a later one wins.
        name: its folder's name, like `0003-tempe-calls`; folder: where that is.
        manifest: what it was made of.
    """

    number: int
    name: str
    folder: Path
    manifest: Manifest

    @property
    def shown(self) -> str:
        """Its folder as it is told to a person."""
        return f"{IMPORTS}/{self.name}"

    @property
    def files(self) -> dict[str, Path]:
        """Sheet → the file of its rows, for the sheets that it has rows of."""
        found = {sheet: self.folder / fields()[sheet].file for sheet in SHEETS}
        return {sheet: file for sheet, file in found.items() if file.exists()}


def kept_imports(program_path: Path) -> tuple[list[KeptImport], list[Problem]]:
    """All imports of a program that can be read, the oldest first, and what is wrong with the others.

    Nothing is raised for what stands there, and nothing is changed.
    """
    place = companion(program_path) / IMPORTS
    found: list[KeptImport] = []
    problems: list[Problem] = []
    try:
        entries = sorted(place.iterdir()) if place.is_dir() else []
    except OSError as error:
        return [], [say("unreadable", file=IMPORTS, why=why_not(error))]
    for entry in entries:
        if entry.name.startswith("."):
            continue
        shown = f"{IMPORTS}/{entry.name}"
        number = number_of(entry.name)
        if number is None or not entry.is_dir():
            problems.append(say("import-not-ours", file=shown))
            continue
        manifest, told = read_manifest(entry, shown)
        problems += told
        if manifest is not None:
            found.append(KeptImport(number, entry.name, entry, manifest))
    return sorted(found, key=lambda one: (one.number, one.name)), problems


def number_of(name: str) -> int | None:
    """The number that a folder of imports or history bears; None where it is not one that Longview made."""
    found = _NUMBERED.fullmatch(name)
    return int(found[1]) if found else None


def next_number(program_path: Path) -> int:
    """One more than any import or accepted repairs ever had, those that were taken back included."""
    place = companion(program_path)
    entries = [entry for name in (IMPORTS, HISTORY) if (place / name).is_dir() for entry in (place / name).iterdir()]
    return max((number_of(entry.name) or 0 for entry in entries), default=0) + 1
