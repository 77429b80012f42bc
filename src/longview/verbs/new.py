"""`new`: a program to begin from, filled in where nothing was said, and never over anything that is there."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from longview.gather import (
    KINDS,
    QUESTIONS,
    Answers,
    Filled,
    Question,
    companion,
    fill,
    is_workbook,
    write_filled,
    write_folder,
    write_workbook,
)
from longview.program import Month, Program
from longview.verbs import WrongUseError

FILLED = "filled.toml"


@dataclass(frozen=True, slots=True)
class NewReport:
    """What `new` made.

    Attributes:
        program: what it says. path: the workbook or folder. filled: how many figures no answer gave.
    """

    program: Program
    path: Path
    filled: int


def place_of(name: str, *, folder: bool) -> Path:
    """Where a program of that name goes.

    Raises:
        WrongUseError: something is there already, or the name can't be one.
    """
    path = Path(name)
    if not path.name.strip() or path.name in (".", ".."):
        raise WrongUseError("Give it a name:  longview new my-program")
    if folder and is_workbook(path):
        raise WrongUseError(
            f"{path} names a workbook. For a folder, leave off the ending:  longview new {path.stem} --folder"
        )
    if not folder and not is_workbook(path):
        path = path.with_name(path.name + ".xlsx")
    if path.suffix.lower() == ".xlsm":
        raise WrongUseError(f"{path} would hold macros. Write  longview new {path.stem}.xlsx")
    if path.exists() or _kept(path):
        taken = path if path.exists() else companion(path)
        raise WrongUseError(f"{taken} is there already, and nothing was written. Choose another name.")
    return path


def kind_named(like: str | None) -> str | None:
    """The kind of program that was named.

    Raises:
        WrongUseError: there is none of that name.
    """
    if like is None or like.strip().lower() in KINDS:
        return like and like.strip().lower()
    raise WrongUseError(f"There is no kind {like or '(nothing typed)'}. Kinds are {', '.join(KINDS)}.")


def new(path: Path, answers: Answers, *, this_month: Month) -> NewReport:
    """Write a new program at `path`: a workbook where its name ends so, else a folder.

    Args:
        answers: what was said. this_month: the month in which it is made.

    Raises:
        WrongUseError: the answers contradict one another, or something is there already; nothing was written.
    """
    try:
        program, filled = fill(answers, this_month)
    except ValueError as clash:
        raise WrongUseError(f"{clash}.") from None
    try:
        if is_workbook(path):
            _workbook(program, filled, path)
        else:
            _folder(program, filled, path)
    except FileExistsError:
        raise WrongUseError(f"{path} is there already, and nothing was written. Choose another name.") from None
    except ValueError as odd:  # a name or a place with letters that no file holds
        raise WrongUseError(f"{odd}.") from None
    return NewReport(program, path, len(filled))


def _kept(path: Path) -> bool:
    """Whether something of another workbook of this name is there (marks alone are what a run that was stopped left)."""
    beside = companion(path)
    return beside.exists() and (not beside.is_dir() or any(one.name != FILLED for one in beside.iterdir()))


def _workbook(program: Program, filled: Sequence[Filled], path: Path) -> None:
    """Marks before the workbook has its name: one without them would pass for the program's own."""
    partial = path.with_name(f".{path.stem}.partial{path.suffix}")
    partial.unlink(missing_ok=True)
    write_workbook(program, partial, filled=filled)
    beside = companion(path)
    (beside / FILLED).unlink(missing_ok=True)
    try:
        write_filled(filled, path)
        if path.exists():
            raise FileExistsError(path)
        partial.rename(path)
    except BaseException:
        (beside / FILLED).unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            beside.rmdir()
        raise
    finally:
        partial.unlink(missing_ok=True)


def _folder(program: Program, filled: Sequence[Filled], path: Path) -> None:
    """Put together beside its place and then renamed: whole or not at all."""
    partial = path.with_name(f".{path.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        write_folder(program, partial, all_columns=True)
        write_filled(filled, partial)
        partial.rename(path)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


__all__ = ["KINDS", "QUESTIONS", "Answers", "NewReport", "Question", "kind_named", "new", "place_of"]
