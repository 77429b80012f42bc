"""Any CSV or workbook as rows of a sheet: the one function that the command calls, once to ask and once to read.

    read = read_table_file(path, to="services", program=program, known=remembered(folder)[0])
    … show guess_words(read.guess), and each of read.problems; ask …
    remember(read.guess.mapping, folder)

Where `read.guess.remembered`, the layout was confirmed before and nothing need be asked. With `--yes`, read with
`mapping=read.guess.sure`: names that are only near are then left unread, and told. A file that says too little (an
area's case definition, an account that is neither income nor expense) gives problems that name what to write in
mappings.toml; `remember` the guess all the same, so that its table is there to be mended.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from longview.gather.grids import Grid, open_grids
from longview.gather.imported import Import
from longview.gather.importers.guessing import Guess, guess
from longview.gather.importers.layout import layout_of
from longview.gather.importers.mapping import Mapping, fits
from longview.gather.importers.tabular import apply
from longview.program import Problem, Program, say


@dataclass(frozen=True, slots=True)
class TableRead:
    """What became of a file.

    Attributes:
        guess: what its table was taken for; None where none is there, or where a mapping was given.
        imported: its rows by the mapping; None where it can't be read.
        problems: problems and doubts, those of the guess too.
    """

    guess: Guess | None
    imported: Import | None
    problems: tuple[Problem, ...]


def read_table_file(
    path: Path,
    *,
    to: str,
    program: Program | None,
    mapping: Mapping | None = None,
    known: Sequence[Mapping] = (),
    dates: str | None = None,
    sheet: str | None = None,
) -> TableRead:
    """Read a table by a mapping, else by the one that is remembered or guessed for it.

    Args:
        path: any text file of rows, or a workbook.
        to: "services", "community", "workforce" or "money".
        program: whose sites and funds its names are; None: none are known.
        mapping: what its columns mean, confirmed. None: it is looked for in `known`, else guessed.
        known: mappings that were confirmed before (`remembered`).
        dates: the order of day and month, where the person said it ("mdy", "dmy" …).
        sheet: the sheet of a workbook that is meant; None: the one that fits best.
    """
    with _without_collector():
        return _read(path, to, program, mapping, known, dates, sheet)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Many small objects are made and none is in a circle: looking for circles takes a third of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _read(
    path: Path,
    to: str,
    program: Program | None,
    mapping: Mapping | None,
    known: Sequence[Mapping],
    dates: str | None,
    sheet: str | None,
) -> TableRead:
    grids, problems = open_grids(path)
    if sheet is not None:
        chosen = [grid for grid in grids if grid.sheet.casefold() == sheet.casefold()]
        if grids and not chosen:
            names = ", ".join(grid.sheet or grid.file for grid in grids)
            return TableRead(None, None, (*problems, say("table-no-sheet", file=path.name, found=sheet, names=names)))
        grids = chosen
    if not grids:
        return TableRead(None, None, tuple(problems))
    found: Guess | None = None
    if mapping is None:
        found, wrong = guess(grids, to, program, known=known, dates=dates, name=path.stem)
        if found is None:
            return TableRead(None, None, (*problems, *wrong))
        grid, mapping = found.grid, found.mapping
    else:
        grid = _meant(grids, mapping)
    kept = [problem for problem in problems if problem.file in (grid.file, path.name)]
    kept += found.doubts if found else []
    imported, told = apply(grid, mapping, program, dates=dates)
    return TableRead(found, replace(imported, files=(path.name,)), tuple(dict.fromkeys((*kept, *told))))


def _meant(grids: Sequence[Grid], mapping: Mapping) -> Grid:
    """The table that a mapping was made for; the first, where none is."""
    for grid in grids:
        layout = layout_of(grid)
        if layout is not None and fits(mapping, layout):
            return grid
    return grids[0]
