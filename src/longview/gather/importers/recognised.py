"""What a file is, by its first rows: whose export, a log of events, or a table of somebody's own."""

from __future__ import annotations

import re
from pathlib import Path

from longview.gather.grids import open_grids
from longview.gather.importers.event_log import SAMPLE, Log, day_columns, open_log
from longview.gather.importers.event_words import meaning
from longview.gather.importers.moments import readings
from longview.gather.importers.personal import header_kind, personal_columns
from longview.gather.tables import HEAD, Cells, Grid, Record, read_records
from longview.gather.text import encoding_of

_COUNTED = re.compile(r"amount|debit|credit|balance|total|count|value|visits|betrag|importe|montant", re.IGNORECASE)
KINDS = ("wonder", "dose", "vsrr", "quickbooks-classes", "quickbooks-detail", "events", "table")
TITLES = 30
_ZIP = b"PK\x03\x04"
_NUMBER = re.compile(r"[<>≤≥]?\s*[-(]?[$€£]?\s?\d[\d,.\s]*\)?%?|\*|n/?a", re.IGNORECASE)
_NO_COUNT = re.compile(
    r"year|month|day|hour|time|age|zip|code|\bid\b|number|\bno\b|lat|lon|\bx\b|\by\b|beat|grid|unit", re.IGNORECASE
)


def recognise(path: Path) -> str:
    """One of `KINDS`; "table" for whatever isn't known, and for what can't be read: its reader says why."""
    grids = _heads(path)
    for grid in grids:
        kind = _agency(grid.rows) or _ledger(grid)
        if kind:
            return kind
    log, _ = open_log(path)
    return "events" if log is not None and _is_log(log) else "table"


def _heads(path: Path) -> list[Grid]:
    """The first rows of each table of a file."""
    try:
        with path.open("rb") as opened:
            zipped = opened.read(4) == _ZIP
    except (OSError, ValueError):
        return []
    if zipped:
        return [grid for grid in open_grids(path)[0] if grid.rows]
    encoding, _ = encoding_of(path, path.name)
    if encoding is None:
        return []
    try:
        with path.open(encoding=encoding, errors="replace", newline="") as opened:
            head = opened.read(HEAD)
            whole = not opened.read(1)
    except OSError:
        return []
    if not head.strip():
        return []
    if not whole:
        head = head[: head.rfind("\n") + 1] or head
    rows, delimiter, wrong = read_records(head, path.name)
    if wrong and not whole:  # cut within quotation marks
        rows, delimiter, _ = read_records(head[: len(head) // 2].rpartition("\n")[0] or head, path.name)
    return [Grid(path.name, rows, delimiter == ";")] if rows else []


def _agency(rows: list[Record]) -> str | None:
    """An export of CDC's, by the names of its columns."""
    for _, cells in rows[:TITLES]:
        names = {re.sub(r"[\s_\-]+", " ", cell.strip().strip('"').casefold()) for cell in cells}
        if {"indicator", "data value", "year", "month"} <= names:
            return "vsrr"
        if {"jurisdiction", "rate time"} <= names:
            return "dose"
        if "deaths" in names and {"month code", "year code", "notes"} & names:
            return "wonder"
    return None


def _ledger(grid: Grid) -> str | None:
    from longview.gather.importers.quickbooks import looks_like

    return looks_like(grid)


def _is_log(log: Log) -> bool:
    """Whether a row is an event: it has a day, and tells somebody's name or code, or no column of counts or money."""
    sample: list[Cells] = [cells for _, cells in log.sample]
    personal = set(personal_columns(log.header, sample))
    days = day_columns(log, personal)
    if not days or not any(_is_day(cell) for cell in log.column(days[0])):
        return False
    if any(header_kind(name) in ("name", "birth", "number", "place") for name in log.header):
        return True
    if any(_COUNTED.search(name) for name in log.header):
        return False
    counts = [
        at
        for at, name in enumerate(log.header)
        if at not in days and name not in personal and not _NO_COUNT.search(name) and _is_number(log.column(at))
    ]
    return not counts and len(log.sample) <= SAMPLE


def _is_day(cell: str) -> bool:
    """A day other than the first of a month, which may stand for the month."""
    return any(moment.day is not None and moment.day > 1 for moment in readings(cell).values())


def _is_number(cells: list[str]) -> bool:
    """A column of numbers that aren't yes and no."""
    if not cells or all(meaning(cell) != "other" for cell in cells):
        return False
    return sum(_NUMBER.fullmatch(cell) is not None for cell in cells) * 5 >= 4 * len(cells)
