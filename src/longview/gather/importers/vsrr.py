"""CDC's VSRR table of provisional overdose deaths (data.cdc.gov, xkb8-kh2a): windows of twelve months that overlap.

A window is kept as it is: never summed, never taken from the next, never read as a month. Reported counts and CDC's
predicted ones (reported, made up for what is still to come) are two measures, and stay apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from longview.gather.grids import open_grids
from longview.gather.imported import Import
from longview.gather.importers.areas import kept, name_of
from longview.gather.importers.moments import readings
from longview.gather.tables import Cells, Record, letter
from longview.gather.telling import runs
from longview.program import CommunityCount, Count, Month, Problem, say, shortened

SOURCE = "CDC VSRR"
NEEDED = ("state", "year", "month", "indicator", "data value")
OTHERS = ("state name", "period", "percent complete", "percent pending investigation", "footnote", "predicted value")
TITLES = 30
# Indicator's ICD-10 codes → the case, as exports of CDC WONDER are named.
DRUGS = {
    "T40.0-T40.4,T40.6": "opioids",
    "T40.4": "synthetic-opioids",
    "T40.1": "heroin",
    "T40.5": "cocaine",
    "T43.6": "psychostimulants",
    "T40.3": "mcd-t403",
    "T40.2": "mcd-t402",
    "T40.2,T40.3": "mcd-t402-t403",
    "T40.2-T40.4": "mcd-t402-t403-t404",
}
_FIGURE = re.compile(r"\d{1,9}|[1-9]\d{0,2}(,\d{3}){1,2}")
Key = tuple[str, Month, str, str]


@dataclass(slots=True)
class _Table:
    file: str
    places: dict[str, int]
    as_of: str
    rows: dict[Key, tuple[Count, int]] = field(default_factory=dict)
    left: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)
    pending: list[float] = field(default_factory=list)
    complete: Counter[str] = field(default_factory=Counter)
    unread: list[str] = field(default_factory=list)

    def cell(self, cells: Cells, column: str) -> str:
        at = self.places.get(column, len(cells))
        return cells[at].strip() if at < len(cells) else ""


def read_vsrr(
    path: Path, *, as_of: str | None, areas: Iterable[str] | None = None, shares: Iterable[str] = ()
) -> tuple[Import, list[Problem]]:
    """Deaths of twelve months by area and drug, reported ("deaths") and predicted ("deaths_predicted").

    Args:
        as_of: ISO date of the download, which the file doesn't tell; None, or no day: asked for, as a problem.
        areas: those wanted, by name or two letters, ("all",) for all; None: those of `shares`, if any is there, else all.
        shares: the areas of the program's area_shares.
    """
    try:
        day = date.fromisoformat(as_of or "").isoformat()
        problems = []
    except ValueError:
        day = "9999-12-31"
        how = "--as-of, for example  --as-of 2019-04-17"
        problems = [say("import-ask", file=path.name, what="on which day it was downloaded", how=how)]
    table, wrong = _opened(path, day)
    problems += wrong
    if table is None or any(problem.severity == "problem" for problem in problems):
        return Import("vsrr", (path.name,), "CDC VSRR, deaths of twelve months; nothing was read"), problems
    choice = kept((area for area, *_ in table.rows), areas, shares)
    problems += [
        say("vsrr-area", file=path.name, found=area, hint="write it as the file does, or leave it out")
        for area in choice.unseen
    ]
    rows = tuple(
        CommunityCount(month, choice.spelled[area], case, measure, count, day, SOURCE, "12-months")
        for (area, month, case, measure), (count, _) in sorted(table.rows.items(), key=lambda item: item[0])
        if area in choice.spelled
    )
    words = "CDC VSRR, deaths of the twelve months that end with each month"
    if rows:
        words += f", {min(row.month for row in rows)} to {max(row.month for row in rows)}"
    return Import("vsrr", (path.name,), words, community=rows, told=_told(table, choice.told)), problems


def _opened(path: Path, as_of: str) -> tuple[_Table | None, list[Problem]]:
    grids, problems = open_grids(path)
    for grid in grids:
        for at, (_, cells) in enumerate(grid.rows[:TITLES]):
            names = [re.sub(r"[\s_]+", " ", cell.strip().casefold()) for cell in cells]
            if "indicator" in names and "data value" in names:
                places = {name: names.index(name) for name in (*NEEDED, *OTHERS) if name in names}
                missing = [name for name in NEEDED if name not in places]
                if missing:
                    return None, [*problems, say("vsrr-not", file=path.name, why=f"it has no {', no '.join(missing)}")]
                table = _Table(grid.file, places, as_of, unread=_unread(grid.rows, at, places))
                for number, row in grid.rows[at + 1 :]:
                    if any(row[len(cells) :]):
                        found = grid.delimiter.join(row[len(cells) :])
                        more = {"found": found, "delimiter": grid.delimiter}
                        problems.append(say("too-many-cells", file=grid.file, row=number, **more))
                    problems += _read(table, number, row) if any(row) else []
                if not table.rows and not any(problem.severity == "problem" for problem in problems):
                    problems.append(say("vsrr-not", file=path.name, why="it has no row of counts"))
                return table, problems
    if not any(problem.severity == "problem" for problem in problems):
        problems.append(say("vsrr-not", file=path.name, why="it has no columns Indicator and Data Value"))
    return None, problems


def _unread(rows: list[Record], at: int, places: dict[str, int]) -> list[str]:
    """What stands above the table and in columns of its own, in words: a person may have added it."""
    titles = [number for number, cells in rows[:at] if any(cells)]
    told = [f"Above the table, row {runs(titles)}: a title, not read."] if titles else []
    width = len(rows[at][1])
    held = {place for _, cells in rows[at:] for place, text in enumerate(cells[:width]) if text}
    for place in sorted(held - set(places.values())):
        name = rows[at][1][place]
        if name.casefold().replace("_", " ") != "footnote symbol":
            told.append(f"Column {letter(place)} ({shortened(name, 30) or 'no name'}): not read.")
    return told


def _read(table: _Table, number: int, cells: Cells) -> list[Problem]:
    """A row: its window, kept under what it is about; or what is wrong with it."""
    indicator = table.cell(cells, "indicator")
    period = table.cell(cells, "period")
    if period and not re.search(r"12|twelve", period):
        table.left[f"period {period}"] += 1
        return []
    case = _case(indicator)
    if case is None:
        table.left[indicator] += 1
        return []
    month = _month(table.cell(cells, "year"), table.cell(cells, "month"))
    area = name_of(table.cell(cells, "state name") or table.cell(cells, "state"))
    if month is None or not area or str(month) > table.as_of[:7]:
        said = " ".join(table.cell(cells, name) for name in ("state", "year", "month"))
        return [say("vsrr-key", file=table.file, row=number, found=said)]
    note = table.cell(cells, "footnote")
    problems = []
    for column, measure in (("data value", "deaths"), ("predicted value", "deaths_predicted")):
        text = table.cell(cells, column)
        if not text and measure == "deaths_predicted":
            continue
        count = _count(text, note)
        where = {"column": column, "letter": letter(table.places[column])}
        if count is None:
            problems.append(say("vsrr-value", file=table.file, row=number, found=text, key="", mend=None, **where))
            continue
        key = (area, month, case, measure)
        if key in table.rows and table.rows[key][0] != count:
            other = table.rows[key][1]
            problems.append(
                say("vsrr-twice", file=table.file, row=number, found=text, key="", mend=None, other=other, **where)
            )
            continue
        table.rows.setdefault(key, (count, number))
    _noted(table, cells, note)
    return problems


def _noted(table: _Table, cells: Cells, note: str) -> None:
    if "underreported" in note.casefold():
        table.notes["underreported"] += 1
    table.complete[table.cell(cells, "percent complete")] += 1
    pending = table.cell(cells, "percent pending investigation")
    if re.fullmatch(r"\d{1,3}(\.\d{1,20})?", pending):
        table.pending.append(float(pending))


def _case(indicator: str) -> str | None:
    """The case definition of an indicator; None for a percentage, or one that isn't known."""
    said = indicator.casefold()
    if said == "number of deaths":
        return "all-causes"
    if said == "number of drug overdose deaths":
        return "all-drugs-all-intents"
    codes = re.search(r"\(([^)]*)\)", indicator)
    drug = DRUGS.get(re.sub(r"\s", "", codes[1])) if codes and not said.startswith("percent") else None
    return f"{drug}-all-intents" if drug else None


def _month(year: str, month: str) -> Month | None:
    if not re.fullmatch(r"(19|20)\d\d", year):
        return None
    written = f"{year}-{int(month):02d}" if re.fullmatch(r"\d{1,2}", month) else f"{month} {year}"
    found = readings(written).get("")
    return found.month if found and found.year == int(year) else None


def _count(text: str, note: str) -> Count | None:
    """A value; where it is left out, what the footnote says of it: hidden below ten, or not shown."""
    if not text:
        return Count.below(10) if "suppress" in note.casefold() else Count.between(0, None)
    return Count.of(int(text.replace(",", ""))) if _FIGURE.fullmatch(text) else None


def _told(table: _Table, areas: str) -> tuple[str, ...]:
    told = [
        areas,
        "Each figure is of twelve months, and overlaps the next by eleven: kept as such, never summed or taken apart, "
        "and not read by the plan, which needs months.",
        "Reported and predicted counts are kept apart, as deaths and deaths_predicted.",
        "Areas are where people died; CDC WONDER's are where they lived.",
    ]
    if any(area == "New York City" for area, *_ in table.rows):
        told.append("New York is the state without New York City, which stands apart here.")
    if table.notes["underreported"]:
        told.append(
            f"{table.notes['underreported']:,} rows are marked by CDC as underreported: the data were incomplete."
        )
    complete = [text for text in table.complete if text and text != "100"]
    if complete:
        rows = sum(table.complete[text] for text in complete)
        told.append(f"In {rows:,} rows the records were not complete ({', '.join(sorted(complete)[:5])} percent).")
    if table.pending and max(table.pending) > 0:
        told.append(f"Up to {max(table.pending):.2g} percent of records were pending investigation.")
    told += [
        f"Left out, as it is no count of deaths: {what} ({rows:,} rows)." for what, rows in sorted(table.left.items())
    ]
    return tuple(told + table.unread)
