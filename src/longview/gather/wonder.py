"""CDC WONDER exports (deaths by month and place) into counts of the community.

A month that has no row for a place is hidden, not zero and not blank: 0 to 9 where the export leaves out rows of zero
too, else 1 to 9; its notes say which. Rows of totals are left out (a plain sum would count every death twice) and only
used to hold the others to them. They are never used to narrow a hidden count down, though arithmetic would often give
it away: WONDER's rules of use forbid to find out what it hides.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from longview.gather.names import near
from longview.gather.tables import letter
from longview.gather.text import read_text
from longview.gather.wonder_notes import Notes, read_notes
from longview.program import CommunityCount, Count, Month, Problem, say, total

HIDDEN_BELOW = 10  # WONDER hides counts of nine and fewer
NATION = "United States"
_PLACES = re.compile(r"\b(State|County|Region|Division|Urbanization)\b")
_BESIDE = re.compile(r"Population|Notes|(Month|Year)( Code)?|Deaths|.*\b(Rate|Error|Confidence Interval)\b.*|% of .*")
_FIGURE = re.compile(r"\d{1,9}|[1-9]\d{0,2}(,\d{3}){1,2}")

Key = tuple[str, Month]


@dataclass(slots=True)
class Export:
    """One file as it stands: counts by place and month, totals by month, notes."""

    file: str
    notes: Notes
    counts: dict[Key, Count] = field(default_factory=dict)
    totals: dict[Month, int] = field(default_factory=dict)
    lines: dict[Key, int] = field(default_factory=dict)
    months: list[Month] = field(default_factory=list)

    @property
    def hidden(self) -> Count:
        """What a month without a row, or with the word Suppressed, may be."""
        return Count.below(HIDDEN_BELOW, least=1 if self.notes.zeros_shown else 0)

    @property
    def missing(self) -> Count:
        """What a month without a row may be."""
        if self.notes.hidden_shown:
            return Count.no_row() if self.notes.zeros_shown else Count.of(0)
        return self.hidden


def read_wonder(
    path: Path | Sequence[Path], *, areas: Iterable[str] | None = None
) -> tuple[tuple[CommunityCount, ...], list[Problem]]:
    """Deaths by month and place from one export or several, sorted by place and month, and what is wrong with them.

    Where two exports tell the same month, the newer one counts. Nothing is raised for bad data.

    Args:
        path: the exported text file, or several that are to be put together.
        areas: the places wanted, as WONDER writes them; None: all that have a row in any of the files.
    """
    paths = [path] if isinstance(path, Path) else list(path)
    exports: list[Export] = []
    problems: list[Problem] = []
    for one in paths:
        export, wrong = _read_export(one)
        problems += wrong
        if export is not None:
            exports.append(export)
    seen = {area for export in exports for area, _ in export.counts}
    wanted = seen if areas is None else set(areas)
    if exports:
        problems += [_no_area(exports[0].file, area, seen) for area in sorted(wanted - seen)]
    for export in exports:
        problems += _held_to_totals(export, seen)
    merged, clashes = _merged(exports, wanted & seen)
    return tuple(merged[key] for key in sorted(merged)), problems + clashes


def _no_area(file: str, area: str, seen: set[str]) -> Problem:
    closest = near(area, seen)
    hint = f"write {closest}" if closest else "all its months may be hidden: export again with hidden rows shown"
    return say("wonder-area", file=file, found=area, hint=hint)


def _read_export(path: Path) -> tuple[Export | None, list[Problem]]:
    if not path.exists():
        return None, [say("unreadable", file=path.name, why="there is no such file")]
    text, problems = read_text(path, path.name)
    if text is None:
        return None, problems
    lines = text.splitlines()
    end = next((i for i, line in enumerate(lines) if line.strip().strip('"').startswith("---")), len(lines))
    header = [name.strip() for name in _cells(lines[0])] if lines else []
    if "Month Code" not in header or "Deaths" not in header:
        return None, [*problems, say("wonder-not", file=path.name, why="it has no columns Month Code and Deaths")]
    problems += _odd_columns(header, path.name)
    if any(problem.severity == "problem" for problem in problems):
        return None, problems
    notes = read_notes(lines[end:])
    if notes is None:
        return None, [*problems, say("wonder-not", file=path.name, why="the notes at its end are missing")]
    export = Export(path.name, notes)
    for number, line in enumerate(lines[1:end], start=2):
        if line.strip():
            problems += _read_line(export, header, number, line)
    export.months = _months(export)
    if notes.zeros_shown is None or notes.hidden_shown is None:
        problems.append(say("wonder-zero-notes", file=path.name))
    return export, problems


def _odd_columns(header: list[str], file: str) -> list[Problem]:
    """Columns that say how the rows are parted and are not understood, stand twice, or are not read.

    A place whose column of codes was deleted would else be taken for the whole nation.
    """
    area = _area_column(header)
    problems = []
    for at, name in enumerate(header):
        where: dict[str, Any] = {"file": file, "row": 1, "column": name, "letter": letter(at), "found": name}
        if name and name in header[:at]:
            problems.append(say("column-twice", **where))
        elif name and name not in (area, f"{area} Code") and not _BESIDE.fullmatch(name):
            if area is None:
                problems.append(say("wonder-not", **where, why="its column of places has no column of codes beside it"))
            else:
                problems.append(say("wonder-column", **where))
    return problems


def _cells(line: str) -> list[str]:
    return next(csv.reader([line], delimiter="\t"), [])


def _read_line(export: Export, header: list[str], number: int, line: str) -> list[Problem]:
    odd = [say("wonder-row", file=export.file, row=number, found=line)]
    try:
        said = [cell.strip() for cell in _cells(line)]
    except csv.Error:
        return odd
    cells = dict(zip(header, said, strict=False))
    if any(said[len(header) :]) or any(text for name, text in zip(header, said, strict=False) if not name):
        return odd
    code = re.fullmatch(r"(\d{4})/(0[1-9]|1[0-2])", cells.get("Month Code", ""))
    deaths = cells.get("Deaths", "")
    figure = int(deaths.replace(",", "")) if _FIGURE.fullmatch(deaths) else None
    if cells.get("Notes", "") == "Total":
        if code and figure is not None and not _place(header, cells):
            export.totals[Month(int(code[1]), int(code[2]))] = figure
        whole = figure is not None and (code is not None or not (cells.get("Month Code", "") or cells.get("Month", "")))
        return [] if whole or deaths == "Suppressed" else odd
    count = export.hidden if deaths == "Suppressed" else None if figure is None else Count.of(figure)
    area = _place(header, cells) if _area_column(header) else export.notes.area or NATION
    if code is None or count is None or not area:
        return odd
    key = (area, Month(int(code[1]), int(code[2])))
    if key in export.counts:
        parts: dict[str, Any] = {
            "other": f"{export.counts[key]} in row {export.lines[key]}",
            "area": area,
            "month": key[1],
        }
        return [say("wonder-clash", file=export.file, row=number, found=deaths, **parts)]
    export.counts[key], export.lines[key] = count, number
    return []


def _area_column(header: list[str]) -> str | None:
    """The column of places: the one that has a code beside it."""
    coded = {name.removesuffix(" Code") for name in header if name.endswith(" Code")}
    return next((name for name in header if name in coded and _PLACES.search(name)), None)


def _place(header: list[str], cells: dict[str, str]) -> str:
    return cells.get(_area_column(header) or "", "")


def _months(export: Export) -> list[Month]:
    """All months that the export is about: those of its rows, and of whole years asked for that have passed."""
    last = Month(*export.notes.last) if export.notes.last else None
    asked = [Month(year, month) for year in export.notes.years for month in range(1, 13)]
    shown = {month for _, month in export.counts} | set(export.totals)
    return sorted(shown | {month for month in asked if last is None or month < last})


def _held_to_totals(export: Export, seen: set[str]) -> list[Problem]:
    """Months whose rows add up to more than the export's own total; and whether some place has no row at all."""
    problems = []
    short = []
    for month, said in export.totals.items():
        rows = total(export.counts.get((area, month), export.missing) for area in seen)
        if rows.low > said:
            sums = f"{rows.low} or more in its rows, {said} in all"
            problems.append(say("wonder-total", file=export.file, found=str(said), month=month, sums=sums))
        elif rows.high is not None and rows.high < said:
            short.append(month)
    if short:
        problems.append(say("wonder-unseen", file=export.file, months=len(short), first=short[0]))
    return problems


def _merged(exports: list[Export], wanted: set[str]) -> tuple[dict[Key, CommunityCount], list[Problem]]:
    """All months of all places wanted; of two exports that tell the same month, the newer."""
    merged: dict[Key, CommunityCount] = {}
    whose: dict[Key, Export] = {}
    problems: list[Problem] = []
    for export in sorted(exports, key=lambda one: one.notes.as_of):
        for area in sorted(wanted):
            for month in export.months:
                key = (area, month)
                count = export.counts.get(key, export.missing)
                earlier = merged.get(key)
                if earlier is not None and earlier.case == export.notes.case:
                    said = count.within(earlier.value)
                    if earlier.as_of != export.notes.as_of:
                        said = count  # deaths are still being added, and causes found, for a year or two
                    elif said is None:
                        problems.append(_clash(export, key, count, earlier, whose[key]))
                        continue
                    count = said or count
                elif earlier is not None:
                    problems.append(_cases(export, key, earlier, whose[key]))
                    return merged, problems
                notes = export.notes
                merged[key] = CommunityCount(month, area, notes.case, "deaths", count, notes.as_of, notes.source)
                whose[key] = export
    return merged, problems


def _clash(export: Export, key: Key, count: Count, earlier: CommunityCount, other: Export) -> Problem:
    said = f"{earlier.value} ({other.file})"
    parts: dict[str, Any] = {"other": said, "area": key[0], "month": key[1]}
    return say("wonder-clash", file=export.file, row=export.lines.get(key), found=str(count), **parts)


def _cases(export: Export, key: Key, earlier: CommunityCount, other: Export) -> Problem:
    parts: dict[str, Any] = {"other": f"{earlier.case} in {other.file}", "month": key[1]}
    return say("wonder-cases", file=export.file, found=export.notes.case, **parts)
