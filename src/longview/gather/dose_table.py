"""The table of a DOSE-SyS download: its columns, its rows of two kinds, its three marks.

Meanings of columns and marks: the download's own data dictionary (CDC, DOSE-SyS dashboard, August 2025).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from longview.gather.names import near
from longview.gather.tables import Cells, Record, letter, read_records
from longview.gather.text import read_text
from longview.program import CommunityRate, Month, Problem, RateFigure, say

SOURCE = "CDC DOSE-SyS"
MEASURE = "overdose_visits"
PER, OF = 10_000, "emergency visits"
STEP = 0.1  # figures are printed to tenths

KEYS = ("jurisdiction", "year", "month", "rate_time")
CASES = {
    "drug_rate": "all-drugs-suspected-nonfatal",
    "opioid_rate": "opioids-suspected-nonfatal",
    "fentanyl_rate": "fentanyl-suspected-nonfatal",
    "heroin_rate": "heroin-suspected-nonfatal",
    "stimulant_rate": "stimulants-suspected-nonfatal",
    "cocaine_rate": "cocaine-suspected-nonfatal",
    "methamphetamine_rate": "methamphetamine-suspected-nonfatal",
    "benzodiazepine_rate": "benzodiazepines-suspected-nonfatal",
}
# Withheld (fewer than 20 visits, or too little of the time or place was reported); the jurisdiction does not share its
# figures now; it takes no part.
MARKS = {
    "*": RateFigure(None, "hidden"),
    "§": RateFigure(None, "not-reported"),
    "¶": RateFigure(None, "not-available"),
}

Over = Literal["month", "12-months"]
OVER: dict[str, Over] = {"monthly": "month", "annual": "12-months"}
Key = tuple[str, Over, Month]


@dataclass(slots=True)
class DoseRow:
    """A row as it was read: its number as Excel counts, what its cells say, and the rates by column."""

    number: int
    said: Cells
    rates: dict[str, CommunityRate] = field(default_factory=dict)


@dataclass(slots=True)
class Download:
    """The file as it stands.

    Attributes:
        places: name of each column that is read → its position.
        rows: area, kind and month → the row.
    """

    file: str
    as_of: str
    decimal_comma: bool
    places: dict[str, int]
    rows: dict[Key, DoseRow] = field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        """The columns of rates that the file has, in CDC's order."""
        return [column for column in CASES if column in self.places]

    def cell(self, cells: Cells, column: str) -> str:
        """What a row says in a column; nothing where the row ends before it."""
        place = self.places[column]
        return cells[place] if place < len(cells) else ""

    def problem(self, code: str, number: int, column: str, found: str, **parts: Any) -> Problem:
        """A problem of that code in that row and column."""
        where: dict[str, Any] = {"file": self.file, "row": number, "letter": letter(self.places[column])}
        return say(code, **where, column=column, found=found, **parts)

    def rate(self, key: Key, column: str, figure: RateFigure, step: float = 0.0) -> CommunityRate:
        """The rate of a row and column."""
        area, over, month = key
        return CommunityRate(month, over, area, CASES[column], MEASURE, figure, PER, OF, self.as_of, SOURCE, step)


def open_dose(path: Path, as_of: str) -> tuple[Download | None, list[Problem]]:
    """The rows of a download, and what is wrong with it; None where its columns are not understood."""
    file = path.name
    if not path.exists():
        return None, [say("unreadable", file=file, why="there is no such file")]
    text, problems = read_text(path, file)
    if text is None:
        return None, problems
    if not text.strip():
        return None, [*problems, say("dose-not", file=file, why="it is empty")]
    records, delimiter, wrong = read_records(text, file)
    if wrong:
        return None, [*problems, *wrong]
    (_, header), *rest = records
    places, wrong = _places(header, rest, file)
    problems += wrong
    if any(problem.severity == "problem" for problem in wrong):
        return None, problems
    if not any(any(cells) for _, cells in rest):
        return None, [*problems, say("dose-not", file=file, why="it has a header and no rows")]
    download = Download(file, as_of, delimiter == ";", places)
    for number, cells in rest:
        if any(cells[len(header) :]):
            found = delimiter.join(cells[len(header) :])
            problems.append(say("too-many-cells", file=file, row=number, found=found, delimiter=delimiter))
        if any(cells):
            problems += _read_row(download, number, cells)
    return download, problems


def _places(header: Cells, rows: list[Record], file: str) -> tuple[dict[str, int], list[Problem]]:
    """Where each column stands, and what else stands there."""
    written = [re.sub(r"[\s\-]+", "_", name.lower()) for name in header]
    if "sex" in written:
        return {}, [say("dose-not", file=file, why="its rows are by sex and age")]
    places: dict[str, int] = {}
    unknown: list[int] = []
    problems: list[Problem] = []
    for place, name in enumerate(written):
        if not name:
            cells = [row[place] for _, row in rows if place < len(row) and row[place]]
            problems += [_of_column("column-no-name", file, "", place, cells[0])] if cells else []
        elif name in places:
            problems.append(_of_column("column-twice", file, header[place], place))
        elif name in KEYS or name in CASES:
            places[name] = place
        else:
            unknown.append(place)
    return places, problems + _unknown(unknown, header, written, places, file)


def _unknown(unknown: list[int], header: Cells, written: list[str], places: dict[str, int], file: str) -> list[Problem]:
    """Columns that are new, misspelled or missing: one that is new is told, and left out."""
    free = [name for name in (*KEYS, *CASES) if name not in places]
    missing = [name for name in KEYS if name not in places]
    problems = []
    for place in unknown:
        closest = near(written[place], free)
        if closest in missing:  # a mislabelled column isn't missing too: it would be said twice
            missing.remove(closest)
            problems.append(_of_column("unknown-column", file, header[place], place, hint=f"write {closest}"))
        else:
            hint = f"if you mean {closest}, write {closest}" if closest else "leave it; this release does not know it"
            problems.append(_of_column("dose-column", file, header[place], place, hint=hint))
    if not any(name in places for name in CASES):
        missing.append("opioid_rate")
    return problems + ([say("dose-not", file=file, why=f"it has no {', no '.join(missing)}")] if missing else [])


def _of_column(code: str, file: str, name: str, place: int, found: str | None = None, **parts: str) -> Problem:
    said = name if found is None else found
    return say(code, file=file, row=1, column=name, letter=letter(place), found=said, **parts)


def _read_row(download: Download, number: int, cells: Cells) -> list[Problem]:
    key, problems = _key(download, number, cells)
    if key is None:
        return problems
    said = tuple(download.cell(cells, column) for column in download.columns)
    if key in download.rows:
        alike = "says the same" if said == download.rows[key].said else "says otherwise; the first is kept"
        parts = {"other": download.rows[key].number, "alike": alike}
        return [download.problem("dose-twice", number, "month", download.cell(cells, "month"), **parts)]
    row = download.rows[key] = DoseRow(number, said)
    for column, text in zip(download.columns, said, strict=True):
        figure, step = _figure(text, decimal_comma=download.decimal_comma)
        if figure is None:
            problems.append(download.problem("dose-mark", number, column, text))
        else:
            row.rates[column] = download.rate(key, column, figure, step)
    return problems


def _key(download: Download, number: int, cells: Cells) -> tuple[Key | None, list[Problem]]:
    """What a row is about; None, with what is wrong, where that can't be told."""
    area, year, month, kind = (download.cell(cells, column) for column in KEYS)
    wrong = {
        "jurisdiction": (re.fullmatch(r"[A-Z]{2}", area), "a jurisdiction has two capital letters", "for example RI"),
        "year": (re.fullmatch(r"(19|20)[0-9]{2}", year), "this is no year", "for example 2024"),
        "month": (re.fullmatch(r"0?[1-9]|1[0-2]", month), "this is no month", "1 to 12"),
        "rate_time": (kind.lower() in OVER, "it must say whether its rate is a month's", "Monthly or Annual"),
    }
    problems = [
        download.problem("dose-key", number, column, download.cell(cells, column), what=what, instead=instead)
        for column, (well, what, instead) in wrong.items()
        if not well
    ]
    if problems:
        return None, problems
    when = Month(int(year), int(month))
    if when > Month.parse(download.as_of[:7]):
        return None, [download.problem("dose-after", number, "year", year, as_of=download.as_of)]
    return (area, OVER[kind.lower()], when), []


def _figure(text: str, *, decimal_comma: bool) -> tuple[RateFigure | None, float]:
    """What a cell tells, and to what step it is rounded; None where it is neither a rate nor a mark.

    An empty cell is none of the marks. A spreadsheet drops the 0 of 38.0, which is rounded to tenths all the same.
    """
    if text in MARKS:
        return MARKS[text], 0.0
    printed = re.fullmatch(r"(0|[1-9][0-9]{0,4})(?:([.,])([0-9]{1,2}))?", text)
    if not printed or (printed[2] == "," and not decimal_comma):
        return None, 0.0
    value = float(text.replace(",", "."))
    step = min(STEP, 10.0 ** -len(printed[3] or ""))
    # Each overdose visit is one of the visits, so no rate is above all of them.
    return (RateFigure(value), step) if value <= PER else (None, 0.0)
