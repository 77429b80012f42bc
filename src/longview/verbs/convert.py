"""`convert`: a clean copy of a program's records, as a workbook or as a folder, with all that was accepted made in it."""

from __future__ import annotations

import os
import shlex
import shutil
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import Path

from longview.gather import (
    Filled,
    companion,
    is_workbook,
    read_filled,
    resolved,
    still_filled,
    write_filled,
    write_folder,
    write_workbook,
)
from longview.program import Program, fields
from longview.verbs import NotReadyError, WrongUseError
from longview.verbs.check import CheckReport, check

OWN = "evidence.toml"
TRAVELS = frozenset({OWN, "filled.toml"})
APPLIED = frozenset({"imports", "mends.toml"})
_NO_WORKBOOK = frozenset({".xls", ".xlsm", ".xlsb", ".ods", ".csv", ".tsv", ".toml", ".txt", ".pdf"})


def _wrapped(line: str) -> str:
    """A line in lines of at most 80 columns, further in where it goes on; a command is left whole."""
    if line.startswith("Look it over"):
        return line
    indent = "  " * line.startswith("  ")
    return textwrap.fill(
        line.strip(), 80, initial_indent=indent, subsequent_indent=indent + "  ",
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ConvertReport:
    """What `convert` wrote.

    Attributes:
        program: what the copy says. source, path: from where, to where.
        rows: sheet → its rows in the copy.
        applied: what belongs to the original and is made in the copy; left: what stays behind with the original.
        own_values, filled: how many own figures and marks of figures that were filled in travelled.
    """

    program: Program
    source: Path
    path: Path
    rows: dict[str, int]
    applied: tuple[str, ...]
    left: tuple[str, ...]
    own_values: int
    filled: int

    def text(self) -> str:
        """What was written and what was not, for a person."""
        lines = [
            f"{self.path} is written: a copy of {self.source}, which is as it was.",
            "",
            f"  {sum(self.rows.values()):,} rows in {len(self.rows)} sheets, and the program's facts.",
        ]
        if self.own_values:
            where = companion(self.path) / OWN
            lines.append(f"  Your own figures ({self.own_values}) went along as they are: {where}.")
        if self.filled:
            lines.append(
                f"  Figures that were filled in and that nobody has changed since ({self.filled}) stay marked."
            )
        if self.applied:
            lines.append(f"  Made in the copy, so that it no longer needs them: {', '.join(self.applied)}.")
        if self.left:
            lines.append(f"  Left where they are, and not in the copy: {', '.join(self.left)}.")
        kept = "colours, formulas (the copy has their values)" if is_workbook(self.source) else "order of columns"
        lines += [
            f"  What you wrote beside the records stays in the original too: comments, {kept}.",
            "",
            f"Look it over:  longview check {shlex.quote(str(self.path))}",
        ]
        return "\n".join(map(_wrapped, lines))


def convert(source: Path, target: Path) -> ConvertReport:
    """Write a program's records anew at `target`: a workbook where its name ends in `.xlsx`, else a folder.

    Imports and accepted mends are made in the copy; own evidence values travel.

    Raises:
        NotReadyError: the records have problems that must be mended first.
        WrongUseError: something is at `target` already, its name is no workbook's and no folder's, or the records hold
            what a workbook can't; nothing was written.
    """
    workbook = _is_workbook(source, target)
    report = check(source)
    if not report.well or report.program is None:
        raise NotReadyError(report)
    program = report.program
    filled = still_filled(program, read_filled(source)[0])
    own = companion(resolved(source)) / OWN
    bare = replace(program, own_values={})
    try:
        if workbook:
            write_workbook(bare, target, filled=filled)
            _beside_it(target, own, filled)
        elif target.exists():
            write_folder(bare, target)
            _beside_it(target, own, filled)
        else:
            _folder(bare, target, own, filled)
    except FileExistsError as there:
        raise WrongUseError(f"{_plain(there)}:\n  {_typed(source, _free(target))}") from None
    except ValueError as error:
        raise WrongUseError(f"Nothing was written. {str(error)[:1].upper()}{str(error)[1:]}") from None
    into = {sheet.name: len(attrgetter(sheet.into)(program)) for sheet in fields().values() if sheet.into}
    return ConvertReport(
        program=program,
        source=source,
        path=target,
        rows={name: rows for name, rows in into.items() if rows},
        applied=tuple(_beside(source, APPLIED)),
        left=tuple(_left(source, report)),
        own_values=len(program.own_values),
        filled=len(filled),
    )


def _folder(program: Program, target: Path, own: Path, filled: Sequence[Filled]) -> None:
    """Put together beside its place and then renamed: half a folder would read as a program with sheets missing."""
    partial = target.with_name(f".{target.name}.partial-{os.getpid()}")
    try:
        write_folder(program, partial)
        _beside_it(partial, own, filled)
        if target.exists():
            raise FileExistsError(
                f"{target.name} is there already, and nothing is written over it: choose another name"
            )
        partial.rename(target)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _beside_it(path: Path, own: Path, filled: Sequence[Filled]) -> None:
    """What travels along: her own figures as they stand, with the sources and notes that she wrote, and the marks."""
    if own.exists():
        companion(path).mkdir(exist_ok=True)
        shutil.copyfile(own, companion(path) / OWN)
    if filled:
        write_filled(filled, path)


def _is_workbook(source: Path, target: Path) -> bool:
    """Whether a workbook is asked for.

    Raises:
        WrongUseError: neither a workbook nor a folder can be meant, or it is there already.
    """
    suffix = target.suffix.lower()
    if suffix in _NO_WORKBOOK:
        raise WrongUseError(
            f"{target.name} is neither a workbook (.xlsx) nor a folder. For a workbook:\n"
            f"  {_typed(source, _free(target.with_suffix('.xlsx')))}\n"
            f"For a folder of text files:\n  {_typed(source, _free(target.with_suffix('')))}"
        )
    if target.is_file() or (target.is_dir() and any(target.iterdir())):
        raise WrongUseError(
            f"{target} is there already, and nothing is written over it. Choose another name:\n"
            f"  {_typed(source, _free(target))}"
        )
    return suffix == ".xlsx"


def _typed(source: Path, target: Path) -> str:
    return f"longview convert {shlex.quote(str(source))} {shlex.quote(str(target))}"


def _free(target: Path) -> Path:
    """The name itself where nothing has it, nor what belongs to it; else with the first number that is free."""
    other, number = target, 1
    while other.exists() or companion(other).exists() or resolved(other).exists():
        number += 1
        other = target.with_name(f"{target.stem}-{number}{target.suffix}")
    return other


def _plain(there: FileExistsError) -> str:
    said = str(there)
    return f"{said[:1].upper()}{said[1:]}"


def _beside(source: Path, names: frozenset[str]) -> Iterator[str]:
    place = companion(resolved(source))
    for name in sorted(names):
        found = place / name
        if found.is_dir():
            several = sum(1 for one in found.iterdir() if one.is_dir() and not one.name.startswith("."))
            if several:
                yield f"{name} ({several})"
        elif found.exists():
            yield name


def _left(source: Path, report: CheckReport) -> Iterator[str]:
    """What the copy does not have: a workbook's own further sheets, and what else lies in the folder."""
    source = resolved(source)
    place = companion(source)
    if is_workbook(source):
        yield from (doubt.file for doubt in report.doubts if doubt.code == "not-read")
    if place.is_dir():
        known = TRAVELS | APPLIED | (frozenset() if is_workbook(source) else {s.file for s in fields().values()})
        for one in sorted(place.iterdir()):
            if one.name not in known and not one.name.startswith("."):
                yield f"{one.name}/" if one.is_dir() else one.name


__all__ = ["ConvertReport", "convert"]
