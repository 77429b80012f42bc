"""A log as a stream: its columns, a sample, and its rows one by one, so that a million of them fit a small machine."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from longview.gather.grids import open_grids
from longview.gather.importers.dates import is_date
from longview.gather.tables import CELL_LIMIT, HEAD, Cells, Record, read_records
from longview.gather.text import encoding_of
from longview.program import Problem, say

TITLES = 30  # rows of titles that may stand above the columns
SAMPLE = 200  # rows looked at to know what a column holds
_ZIP = b"PK\x03\x04"
_BOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
_DAY = re.compile(r"date|day|occurred|when|fecha|datum|jour|dia|data|time", re.IGNORECASE)
_LATER = re.compile(r"creat|updat|modif|enter|report|export|load|clos|edit|birth|dob|due|expir|record", re.IGNORECASE)


@dataclass(slots=True)
class Log:
    """A log that can be gone through.

    Attributes:
        file: what a person calls it; path: where it is; encoding, delimiter: of a text; records: of a workbook's sheet.
        header_row: row of the names of columns, as Excel counts; header: those names; sample: some rows below them.
        wrong: what was met while going through.
    """

    file: str
    path: Path
    encoding: str = "utf-8"
    delimiter: str = ","
    records: list[Record] | None = field(default=None, repr=False)
    header_row: int = 1
    header: Cells = ()
    sample: list[Record] = field(default_factory=list, repr=False)
    wrong: list[Problem] = field(default_factory=list)

    def __iter__(self) -> Iterator[tuple[int, list[str] | Cells]]:
        """Each row below the header that isn't blank: (its number as Excel counts, cells as they stand)."""
        for number, cells in self._all():
            if number > self.header_row and any(cells):
                yield number, cells

    def _all(self) -> Iterator[tuple[int, list[str] | Cells]]:
        if self.records is not None:
            yield from self.records
            return
        before = csv.field_size_limit(CELL_LIMIT)
        number = 0
        try:
            with self.path.open(encoding=self.encoding, errors="replace", newline="") as opened:
                for cells in csv.reader(opened, delimiter=self.delimiter, strict=True):
                    number += 1
                    yield number, cells
        except csv.Error as error:
            code = "cell-too-long" if "field limit" in str(error) else "half-written"
            self.wrong.append(say(code, file=self.file, row=number + 1, limit=CELL_LIMIT))
        except OSError:
            self.wrong.append(say("unreadable", file=self.file, why="it changed while it was read"))
        finally:
            csv.field_size_limit(before)

    def column(self, at: int) -> list[str]:
        """The cells of the sample in a column, blank ones left out."""
        return [cells[at].strip() for _, cells in self.sample if at < len(cells) and cells[at].strip()]


def open_log(path: Path, sheet: str | None = None) -> tuple[Log | None, list[Problem]]:
    """A log of one row an event; None where it can't be read or its columns aren't named.

    Args:
        sheet: of a workbook, the sheet; None: the first that has rows.
    """
    try:
        with path.open("rb") as opened:
            zipped = opened.read(4) == _ZIP
    except (OSError, ValueError):
        return None, open_grids(path)[1]
    log, problems = _from_book(path, sheet) if zipped or path.suffix.lower() in _BOOKS else _from_text(path)
    if log is None:
        return None, problems
    return (log, problems) if _headed(log, problems) else (None, problems)


def _from_book(path: Path, sheet: str | None) -> tuple[Log | None, list[Problem]]:
    grids, problems = open_grids(path)
    wanted = [grid for grid in grids if grid.rows and sheet in (None, grid.sheet)]
    if not wanted:
        return None, problems or [say("nothing-in-it", file=path.name)]
    chosen = wanted[0]
    # What is odd in another sheet has nothing to do with this log.
    problems = [problem for problem in problems if problem.file in (chosen.file, path.name)]
    return Log(chosen.file, path, records=chosen.rows), problems


def _from_text(path: Path) -> tuple[Log | None, list[Problem]]:
    encoding, problems = encoding_of(path, path.name)
    if encoding is None:
        return None, problems
    try:
        with path.open(encoding=encoding, errors="replace", newline="") as opened:
            head = opened.read(HEAD)
    except OSError:
        return None, [say("unreadable", file=path.name, why="it changed while it was read")]
    if not head.strip():
        return None, [*problems, say("nothing-in-it", file=path.name)]
    _, delimiter, _ = read_records(head, path.name)
    return Log(path.name, path, encoding, delimiter), problems


def _headed(log: Log, problems: list[Problem]) -> bool:
    """Find the row that names the columns: the first as wide as the rows below it, and no row of days itself."""
    head = [(number, tuple(cell.strip() for cell in cells)) for number, cells in islice(log._all(), TITLES + SAMPLE)]
    head = [(number, cells) for number, cells in head if any(cells) and not _separator(cells)]
    if log.wrong and len(head) < 2:
        problems += log.wrong
        return False
    log.wrong.clear()
    if not head:
        problems.append(say("nothing-in-it", file=log.file))
        return False
    wide = max(sum(map(bool, cells)) for _, cells in head[:TITLES])
    at = next(at for at, (_, cells) in enumerate(head) if sum(map(bool, cells)) * 2 > wide)
    log.header_row, log.header = head[at]
    log.sample = head[at + 1 : at + 1 + SAMPLE]
    if any(is_date(cell) for cell in log.header):
        problems.append(say("events-no-header", file=log.file, row=log.header_row, found=", ".join(log.header)))
        return False
    if not log.sample:
        problems.append(say("events-no-rows", file=log.file))
        return False
    return True


def _separator(cells: Cells) -> bool:
    return len(cells) <= 2 and re.fullmatch(r"(?i)sep=.?", cells[0]) is not None


def day_columns(log: Log, personal: set[str]) -> list[int]:
    """Places of the columns that hold days or months, the likeliest first; several where they can't be told apart."""
    holding = []
    for at, name in enumerate(log.header):
        cells = log.column(at)
        days = sum(is_date(cell) and not _year(cell) for cell in cells)
        if cells and name not in personal and days * 5 >= len(cells) * 3:
            holding.append(at)
    named = [at for at in holding if _DAY.search(log.header[at]) and not _LATER.search(log.header[at])]
    plain = [at for at in named or holding if not all(cell.isdigit() for cell in log.column(at))]
    best = plain or named or holding
    return best if best else []


def _year(cell: str) -> bool:
    return re.fullmatch(r"\d{1,4}", cell) is not None


def month_columns(log: Log) -> tuple[int, int] | None:
    """Places of a column of years and one of months, for a log that has no column of days."""
    words = [name.casefold().strip() for name in log.header]
    years = [
        at for at, word in enumerate(words) if word.split()[-1:] in (["year"], ["año"], ["jahr"], ["année"], ["ano"])
    ]
    months = [
        at for at, word in enumerate(words) if word.split()[-1:] in (["month"], ["mes"], ["monat"], ["mois"], ["mês"])
    ]
    return (years[0], months[0]) if len(years) == len(months) == 1 else None
