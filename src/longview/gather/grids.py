"""Any text file or workbook into grids of text as they stand, nothing interpreted: the first step of every reader."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from longview.gather.tables import CELL_LIMIT, Grid, Record, letter, text_grid
from longview.gather.telling import runs
from longview.gather.text import LIMIT_MB, read_text, why_not
from longview.program import Problem, say

if TYPE_CHECKING:
    from longview.gather.unzipped import Marks

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_OTHERS = {
    b"\x89PNG": "it is a picture",
    b"\xff\xd8\xff": "it is a picture",
    b"GIF8": "it is a picture",
    b"%PDF": "it is a PDF",
}


def open_grids(path: Path, *, limit_mb: int = LIMIT_MB) -> tuple[list[Grid], list[Problem]]:
    """The tables of a file: one of a text, one a sheet of a workbook. What it is, its first bytes say, not its name.

    Nothing is raised for bad data. A formula without a value is a problem; errors such as #DIV/0! stand as such in
    their cells, with a doubt; hidden rows and merged cells are read, with a doubt.

    Args:
        limit_mb: the largest text that is read.
    """
    try:
        with path.open("rb") as opened:
            start = opened.read(8)
    except OSError as error:
        return [], [say("unreadable", file=path.name, why=why_not(error))]
    except ValueError:  # a NUL in the name
        return [], [say("unreadable", file=str(path), why="no such name")]
    if start.startswith(_ZIP):
        return _workbook(path)
    if path.suffix.lower() in (".xlsx", ".xlsm", ".xls", ".ods"):
        return [], [say("not-a-workbook", file=path.name, why=_what_it_is(start))]
    return _text(path, limit_mb)


def _what_it_is(start: bytes) -> str:
    if not start:
        return "the file is empty"
    if start.startswith(_OLE):
        return "it is locked with a password, or saved in the format of before 2007"
    return next((why for mark, why in _OTHERS.items() if start.startswith(mark)), "it does not begin as one does")


def _text(path: Path, limit_mb: int) -> tuple[list[Grid], list[Problem]]:
    text, problems = read_text(path, path.name, limit_mb=limit_mb)
    if text is None:
        return [], problems
    if not text.strip():
        return [], [say("nothing-in-it", file=path.name)]
    grid, wrong = text_grid(text, path.name)
    return ([] if grid is None else [grid]), [*problems, *wrong]


def _workbook(path: Path) -> tuple[list[Grid], list[Problem]]:
    import zipfile

    from longview.gather.unzipped import OddXMLError, TooBigError, look_through

    try:
        marks = look_through(path)
    except TooBigError as error:
        return [], [say("too-big-inside", file=path.name, why=error)]
    except OddXMLError as error:
        return [], [say("not-a-workbook", file=path.name, why=error)]
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError, EOFError):
        return [], [say("not-a-workbook", file=path.name, why="it is damaged, or not saved to its end")]
    except Exception as error:  # zlib's own error has no name outside its module
        return [], [say("not-a-workbook", file=path.name, why=f"it is damaged ({type(error).__name__})")]
    if not marks:
        return [], [say("not-a-workbook", file=path.name, why="it is an archive without sheets that can be read")]
    return _sheets(path, marks)


def _sheets(path: Path, marks: dict[str, Marks]) -> tuple[list[Grid], list[Problem]]:
    import python_calamine as calamine

    grids: list[Grid] = []
    problems: list[Problem] = []
    try:
        book = calamine.load_workbook(path)
        names = book.sheet_names
    except Exception as error:  # calamine's errors share no base class
        return [], [say("not-a-workbook", file=path.name, why=f"it can't be read: {_plain(error)}")]
    tables = {one.name for one in book.sheets_metadata if one.typ == calamine.SheetTypeEnum.WorkSheet}
    for name in names:
        shown = f"sheet {name}"
        if name not in marks:
            if name in tables:
                problems.append(say("sheet-unreadable", file=shown, why="the file holds its name and not its rows"))
            continue  # a sheet of charts
        if marks[name].astray:
            problems.append(say("sheet-unreadable", file=shown, why="a text of it is not in the file"))
            continue
        try:
            sheet = book.get_sheet_by_name(name)
            rows, wrong = _rows(shown, sheet, marks[name])
            merged = sheet.merged_cell_ranges or []
        except BaseException as error:  # a panic of the library is no Exception
            if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
                raise
            problems.append(say("sheet-unreadable", file=shown, why=_plain(error)))
            continue
        grids.append(Grid(shown, rows, sheet=name))
        problems += wrong + _doubts(shown, marks[name], rows, merged)
    return grids, problems


def _plain(error: BaseException) -> str:
    if type(error).__name__ == "WorksheetNotFound":
        return "its rows are not where the file says"
    return " ".join(str(error).lower().split())[:80] or type(error).__name__


def _rows(shown: str, sheet: Any, marks: Marks) -> tuple[list[Record], list[Problem]]:
    problems: list[Problem] = []
    rows: list[Record] = []
    errors: dict[int, list[tuple[int, str]]] = {}
    for (number, place), said in marks.errors.items():
        errors.setdefault(number, []).append((place, said))
    offset = sheet.start[1] if sheet.start else 0
    # The library gives every row from the first of the sheet on, but in each only the columns from the first used one.
    for number, values in enumerate(sheet.iter_rows(), start=1):
        cells = [""] * offset + [cell_text(value) for value in values]
        for place, said in errors.get(number, ()):
            cells += [""] * (place + 1 - len(cells))
            cells[place] = said
        if any(cells):
            rows.append((number, tuple(cells)))
            if max(map(len, cells)) > CELL_LIMIT:
                problems.append(say("cell-too-long", file=shown, row=number, limit=CELL_LIMIT))
    return rows, problems


def _doubts(shown: str, marks: Marks, rows: list[Record], merged: list[Any]) -> list[Problem]:
    told = []
    for row, place in marks.empty:
        told.append(say("formula-empty", file=shown, row=row, column="", letter=letter(place)))
    there = {number for number, _ in rows}
    hidden = [number for number in marks.hidden if number in there]
    if hidden:
        told.append(say("hidden-rows", file=shown, row=hidden[0], rows=runs(hidden)))
    for (row, place), (last_row, last_place) in merged:
        if (last_row, last_place) != (row, place):
            area = f"{letter(place)}{row + 1} to {letter(last_place)}{last_row + 1}"
            told.append(say("merged-cells", file=shown, row=row + 1, column="", letter=letter(place), area=area))
    return told


def cell_text(value: Any) -> str:
    """What a workbook's cell says, as it would be typed into a text file.

    Whole numbers without a point; days as 2022-03-01; times as 13:30; lengths of time as hours, 24:00.
    """
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return str(int(value)) if value == value // 1 and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat(timespec="minutes" if not value.second and not value.microsecond else "auto")
    if isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02d}" + (f":{seconds:02d}" if seconds else "")
    return str(value).strip()


__all__ = ["Grid", "cell_text", "open_grids"]
