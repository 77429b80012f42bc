"""The repair list in words, for a terminal (STYLE: the place, the thing found, and what to type)."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from longview.program import Problem, shortened

if TYPE_CHECKING:
    from longview.gather.check import CheckReport

ALIKE = 4  # so many rows with one and the same doubt are told together
LINE = 80  # columns of a line that is filled
WIDEST = 34  # columns given to the place, before what is said of it; a longer one has a line of its own
IMPORTS = 4  # so many are told one by one
FILLED = "filled"
_TYPED = re.compile(
    r"(?<=  )(?:longview|--|\").*?(?=  |$)"
)  # what is set off by two spaces is to be copied: kept whole
_JOINED = "\N{NO-BREAK SPACE}"
SHOWN = 40  # of one file, at most so many lines; the rest is counted


def check_text(report: CheckReport) -> str:
    """The whole report in plain words: problems first, then doubts, then what stands in, then what to do next."""
    parts = [_head(report)]
    if report.problems:
        parts.append(problems_text(report.problems))
    if report.doubts:
        parts.append(doubts_text(report.doubts))
    filled = [fallback for fallback in report.fallbacks if fallback.code == FILLED]
    left_out = [fallback for fallback in report.fallbacks if fallback.code != FILLED]
    if left_out:
        title = f"Left out ({len(left_out)}). Write your own where you know better; till then these stand in:\n\n"
        parts.append(title + _filed(left_out))
    if filled:
        parts.append(_filled(filled))
    name = PurePath(report.folder).name or report.folder
    if report.problems:
        sure = sum(problem.mend is not None for problem in report.problems)
        mend = f"{'1 of these' if sure == 1 else f'{sure} of these'} can only have meant one thing. " if sure else ""
        mend += f"To have it read so:\n  longview check {name} --mend\n\n" if sure else ""
        parts.append(f"{mend}Then run  longview check {name}  again.")
    return "\n\n".join(parts)


def problems_text(problems: Iterable[Problem]) -> str:
    """What must be mended, file by file."""
    parts = []
    for file, found in _by_file(problems):
        places = "1 place needs you" if len(found) == 1 else f"{len(found)} places need you"
        parts.append(f"{file}: {places}.\n\n" + _lines(found))
    return "\n\n".join(parts)


def doubts_text(doubts: Sequence[Problem]) -> str:
    """What to look at, file by file."""
    return f"Please look ({len(doubts)}). These were read as they stand:\n\n" + _filed(doubts)


def _head(report: CheckReport) -> str:
    if report.problems:
        return "Nothing was planned, and your files are as you left them."
    assert report.program is not None
    program = report.program
    well = f"{shortened(program.name, 100)}: nothing to mend. The plan would start in {program.starts}."
    made = ["This is a made-up program: no real organisation."] if program.made else []
    return "\n".join(_wrapped(said, hang="  ") for said in [well, *made, *_rows_read(report)])


def _rows_read(report: CheckReport) -> list[str]:
    """How many rows each sheet has, and how many came with each import."""
    own: dict[str, int] = {}
    imports: dict[str, int] = {}
    for file, rows in report.rows.items():
        parts = PurePath(file).parts
        if len(parts) > 1:
            imports[parts[-2]] = imports.get(parts[-2], 0) + rows
        elif rows:
            own[file.removeprefix("sheet ").removesuffix(".csv")] = rows
    told = [f"Rows read: {_counted(own)}."] if own else []
    if len(imports) > IMPORTS:
        told.append(f"Rows brought in: {sum(imports.values()):,}, by {len(imports)} imports.")
    elif imports:
        told.append(f"Rows brought in: {_counted(dict(sorted(imports.items())))}.")
    return told


def _counted(rows: dict[str, int]) -> str:
    return ", ".join(f"{name}{_JOINED}{count:,}" for name, count in rows.items())


def _by_file(problems: Iterable[Problem]) -> list[tuple[str, list[Problem]]]:
    files: dict[str, list[Problem]] = {}
    for problem in problems:
        files.setdefault(problem.file, []).append(problem)
    return list(files.items())


def _filed(problems: Iterable[Problem]) -> str:
    return "\n\n".join(f"  {file}\n" + _lines(found) for file, found in _by_file(problems))


def _filled(filled: list[Problem]) -> str:
    """How many figures of each sheet are still as they were filled in: a line a sheet, since there are many at first."""
    files = _by_file(filled)
    width = max(len(file) for file, _ in files)
    lines = []
    for file, found in files:
        columns = ", ".join(dict.fromkeys(one.column or "" for one in found))
        figures = "1 figure: " if len(found) == 1 else f"{len(found)} figures: "
        lines.append(_wrapped(f"{file:<{width}}   {figures}{columns}", first="  ", hang=" " * (width + 5)))
    title = (
        f"Filled in by longview new ({len(filled)}), and not your own yet. Write over them what you know; --json tells "
        "each, and where it is from:"
    )
    return _wrapped(title) + "\n\n" + "\n".join(lines)


def _lines(problems: list[Problem]) -> str:
    """A line for what is wrong and one for what to do; many rows with the same sentence are told once."""
    groups: dict[tuple[object, ...], list[Problem]] = {}
    for problem in problems:
        groups.setdefault(_alike(problem), []).append(problem)
    told: list[str] = []
    lines: list[tuple[str, str, str, str]] = []
    for problem in problems:
        found = groups[_alike(problem)]
        if len(found) < ALIKE:
            lines.append(_line(problem))
        elif found[0] is problem:
            lines.append(_together(found))
    width = max((len(place) for place, *_ in lines[:SHOWN] if len(place) <= WIDEST), default=0)
    hang = " " * (width + 5)
    for place, what, expected, instead in lines[:SHOWN]:
        long = len(place) > WIDEST
        if long:
            told.append(f"  {place}")
        said = (f"found {what}   " if what else "") + expected
        told.append(_wrapped(said, first=hang if long else f"  {place:<{width}}   ", hang=hang).rstrip())
        if instead:
            told.append(_wrapped(instead, first=f"{hang}→ ", hang=f"{hang}  "))
    if len(lines) > SHOWN:
        told.append(f"  … and {len(lines) - SHOWN} more; --json lists them all")
    return "\n".join(told)


def _wrapped(text: str, first: str = "", hang: str = "") -> str:
    """A text in lines of at most `LINE` columns; what is to be copied, and words with hyphens, are not broken."""
    whole = _TYPED.sub(lambda typed: typed[0].replace(" ", _JOINED), text)
    filled = textwrap.fill(
        whole, LINE, initial_indent=first, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False
    )
    return filled.replace(_JOINED, " ")


def _alike(problem: Problem) -> tuple[object, ...]:
    """What two problems have in common that are told together."""
    return problem.code, problem.column, problem.expected, problem.instead


def _line(problem: Problem) -> tuple[str, str, str, str]:
    return _place([problem]), problem.found, problem.expected, problem.instead


def _together(problems: list[Problem]) -> tuple[str, str, str, str]:
    found = list(dict.fromkeys(problem.found for problem in problems if problem.found))
    what = ", ".join(found[:3]) + (" …" if len(found) > 3 else "")
    return _place(problems), what, problems[0].expected, problems[0].instead


def _place(problems: list[Problem]) -> str:
    first = problems[0]
    rows = sorted({problem.row for problem in problems if problem.row is not None})
    word = "line" if first.file.endswith(".toml") else "row"
    where = f"{word}{'s' if len(rows) > 1 else ''} {runs(rows)}" if rows else ""
    if where.endswith("…"):
        where = f"{len(rows)} {word}s: {runs(rows)}"
    letter = f" (column {first.letter})" if first.letter else ""
    column = f"{first.column}{letter}" if first.column is not None else ""
    return ", ".join(part for part in (where, column.strip()) if part)


def runs(numbers: list[int]) -> str:
    """Numbers as runs: 2-5, 9."""
    parts: list[tuple[int, int]] = []
    for number in numbers:
        if parts and number == parts[-1][1] + 1:
            parts[-1] = (parts[-1][0], number)
        else:
            parts.append((number, number))
    words = [str(a) if a == b else f"{a}-{b}" for a, b in parts]
    return ", ".join(words[:6]) + (" …" if len(words) > 6 else "")
