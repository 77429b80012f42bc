"""`write_workbook`: a program as a workbook, whole or not at all, and never over anything that is there."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Sequence
from pathlib import Path

from longview.gather.filled import Filled
from longview.gather.places import companion
from longview.gather.writing import own_values_text
from longview.gather.zeros import program_as_written
from longview.program import Program, Sheet, fields

_OWN_VALUES = "evidence.toml"


def write_workbook(
    program: Program, path: Path, *, sheets: Collection[str] = (), filled: Sequence[Filled] = ()
) -> Path:
    """Write a program as a workbook that reads back without loss, and return its path.

    Its sheets are those of the field table: the four that every program needs, those that have rows, and those named
    in `sheets`; a hidden sheet holds the drop-down lists. Own evidence values go to `evidence.toml` in the folder
    beside it.

    Args:
        program: what to write.
        path: the workbook, ending in `.xlsx`; its folder is made if need be.
        sheets: names of sheets to have though they have no rows yet.
        filled: figures to mark as filled in.

    Raises:
        FileExistsError: something of that name, or what belongs to it, is there already; nothing was written.
        ValueError: a name that doesn't end in `.xlsx`, a sheet that the field table lacks, a text that a cell can't
            hold, or more rows than a sheet has; nothing was written.
    """
    if path.suffix.lower() != ".xlsx":
        raise ValueError(f"a workbook's name ends in .xlsx, and this one does not: {path.name}")
    chosen = sheets_of(program, sheets)
    _refuse_what_is_there(path)
    from longview.gather.workbook.layout import workbook  # loads openpyxl

    book = workbook(program_as_written(program), chosen, filled)
    own = own_values_text(program.own_values) if program.own_values else ""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.stem}.partial-{os.getpid()}.xlsx")
    beside: list[Path] = []
    try:
        with partial.open("xb") as file:
            book.save(file)
            file.flush()
            os.fsync(file.fileno())
        if own:
            beside = _write_beside(companion(path) / _OWN_VALUES, own)
        _publish(partial, path)
    except BaseException:
        for half in beside:  # another program's figures would else wait here for the next workbook of this name
            with contextlib.suppress(OSError):
                half.rmdir() if half.is_dir() else half.unlink()
        raise
    finally:
        partial.unlink(missing_ok=True)
    return path


def sheets_of(program: Program, named: Collection[str] = ()) -> list[Sheet]:
    """The sheets that a program's workbook has, in their order: the four that it needs, then the others as in the table.

    Raises:
        ValueError: a name that the field table lacks.
    """
    from operator import attrgetter

    table = fields()
    for name in named:
        if name not in table:
            raise ValueError(f"there is no sheet {name}; sheets are {', '.join(table)}")
    needed = [sheet for sheet in table.values() if sheet.needed]
    rest = [s for s in table.values() if not s.needed and (s.name in named or attrgetter(s.into)(program))]
    return needed + rest


def _refuse_what_is_there(path: Path) -> None:
    if path.exists():
        raise FileExistsError(f"{path.name} is there already, and a person's file is hers: choose another name")
    folder = companion(path)
    if not folder.is_dir():
        if folder.exists():
            raise FileExistsError(f"{folder.name} is there already, and no folder: choose another name")
        return
    kept = sorted(one.name for one in folder.iterdir())
    if kept:
        raise FileExistsError(
            f"{folder.name} is there already, and holds what belongs to another workbook of this name "
            f"({', '.join(kept[:3])}): choose another name"
        )


def _write_beside(file: Path, text: str) -> list[Path]:
    """Write it, and return what was made: file and folder, in the order in which to take them away again."""
    made = [] if file.parent.exists() else [file.parent]
    file.parent.mkdir(exist_ok=True)
    with file.open("x", encoding="utf-8", newline="") as opened:
        opened.write(text)
    return [file, *made]


def _publish(partial: Path, path: Path) -> None:
    """Give the finished file its name, never over another that came meanwhile."""
    try:
        os.link(partial, path)
    except FileExistsError:
        raise FileExistsError(
            f"{path.name} is there already, and a person's file is hers: choose another name"
        ) from None
    except OSError:  # a file system without links
        if path.exists():
            raise FileExistsError(
                f"{path.name} is there already, and a person's file is hers: choose another name"
            ) from None
        partial.rename(path)
