"""A program as far as its records can be read: somebody may bring a file in before she has mended the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from longview.gather.facts import program_values
from longview.gather.folder import FolderRead, read_all
from longview.gather.imported import SHEETS
from longview.gather.keeping.kept import IMPORTS
from longview.program import Month, Problem, Program, Range, Records, fields


@dataclass(frozen=True, slots=True)
class SoFar:
    """What could be read.

    Attributes:
        program: None where nothing of a program is there; else it whole, or as far as it goes, for the names in it alone.
        own: sheet of records → the rows of the program's own files, those of imports left out.
        problems: what must be mended, imports included.
    """

    program: Program | None
    own: Mapping[str, tuple[Any, ...]]
    problems: tuple[Problem, ...]


def so_far(path: Path) -> SoFar:
    """Read a program's records as far as they go. Nothing is raised for bad data, and nothing is changed."""
    found = read_all(path)
    own = {
        sheet: tuple(row.value for row in found.rows(sheet) if not row.table.file.startswith(f"{IMPORTS}/"))
        for sheet in SHEETS
    }
    problems = tuple(problem for problem in found.problems if problem.severity == "problem")
    if found.program is None and found.facts is None and not found.sheets:
        return SoFar(None, own, problems)
    return SoFar(found.program or _as_far(found, own), own, problems)


def _as_far(found: FolderRead, own: Mapping[str, tuple[Any, ...]]) -> Program:
    """What importers ask a program for: its sites, funds, roles and areas. The rest stands in, and nobody reads it."""
    values, _ = program_values(found.facts) if found.facts is not None else ({}, [])
    needed: dict[str, Any] = {
        "id": "program", "name": "", "place": "", "currency": "", "price_year": 2000,
        "first_month": Month(2000, 1), "people": Range(0, 0, 0), "area_shares": {},
    }  # fmt: skip
    rows = {
        sheet.into: tuple(row.value for row in found.rows(sheet.name))
        for sheet in fields().values()
        if sheet.into and not sheet.into.startswith("records.")
    }
    return Program(**{**needed, **values, **rows}, records=Records(**own))
