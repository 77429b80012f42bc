"""What a table's columns and words most likely mean, for a person to confirm; what is unsure is told, not read silently."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from longview.gather.grids import Grid
from longview.gather.imported import Import
from longview.gather.importers.dates import habit_of
from longview.gather.importers.entries import known_names
from longview.gather.importers.guess_roles import Guessed, guess_roles
from longview.gather.importers.layout import Layout, layout_of
from longview.gather.importers.mapping import NOT_READ, SUM, Mapping, fits
from longview.gather.importers.tabular import apply, personal_of
from longview.gather.names import slug
from longview.gather.numbers import CellError
from longview.program import Problem, Program, say, shortened

SHOWN = 2  # rows of the preview
LOOKED_OVER = 1_000  # rows that are read to show what would be


@dataclass(frozen=True, slots=True)
class Guess:
    """What a file's table was taken for.

    Attributes:
        mapping: how it would be read, near names included: for a person to confirm.
        sure: the same with near names left unread: what may be read without asking.
        remembered: whether the mapping was confirmed before, so that nothing need be asked.
        grid: the table that is meant.
        doubts: what to look at before confirming.
        unread: columns that are not read, each as "D (Notes)".
        preview: the first rows of the sheet, as they would be read.
        problems: what keeps its first rows from being read as they are.
    """

    mapping: Mapping
    sure: Mapping
    grid: Grid
    doubts: tuple[Problem, ...] = ()
    unread: tuple[str, ...] = ()
    preview: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    remembered: bool = False


def guess(
    grids: Sequence[Grid],
    to: str,
    program: Program | None,
    *,
    known: Sequence[Mapping] = (),
    dates: str | None = None,
    name: str = "",
) -> tuple[Guess | None, list[Problem]]:
    """The table of a file that most looks like rows of the sheet `to`, and what its columns mean.

    Args:
        grids: the file's tables. to: "services", "community", "workforce" or "money".
        known: mappings that were confirmed before: one that fits is taken as it is.
        dates: the order of day and month, where the person said it.
        name: of the mapping in mappings.toml, if it is new.

    Returns:
        The guess, None where no table is there; and problems.
    """
    laid = [(grid, layout) for grid in grids if (layout := layout_of(grid)) is not None]
    if not laid:
        return None, [say("table-no-header", file=grid.file) for grid in grids[:1]]
    for grid, layout in laid:
        for mapping in known:
            if mapping.to == to and fits(mapping, layout):
                found = mapping.with_(dates=dates or mapping.dates)
                guessed = Guessed(found, found, _other_sheets(grids, grid, to))
                return _looked_over(grid, layout, guessed, program, remembered=True), []
    guesses = [(guess_roles(layout, to, known_names(program)), grid, layout) for grid, layout in laid]
    best = max(range(len(guesses)), key=lambda at: (guesses[at][0].weight, -at))
    guessed, grid, layout = guesses[best]
    guessed.doubts += _other_sheets(grids, grid, to)
    guessed = guessed.named(_name(name or grid.sheet or grid.file.rsplit(".", 1)[0], layout, to), dates or "")
    return _looked_over(grid, layout, _summing(layout, guessed), program), []


def _name(said: str, layout: Layout, to: str) -> str:
    """A mapping's name: the file's, but of a file that tells who somebody is, since its name may too (law 6)."""
    if not personal_of(layout):
        return slug(said) or "table"
    labels = "\n".join(place.label for place in layout.places)
    return f"{to}-{hashlib.sha256(labels.encode()).hexdigest()[:6]}"


def _other_sheets(grids: Sequence[Grid], meant: Grid, to: str) -> list[Problem]:
    """The other sheets of a workbook that hold something, each told: one is read at a time."""
    others = [grid for grid in grids if grid is not meant and any(any(cells) for _, cells in grid.rows)]
    return [say("table-sheets", file=grid.file, to=to) for grid in others]


def _summing(layout: Layout, guessed: Guessed) -> Guessed:
    """Rows of days, several of one month, are to be summed: proposed, and told."""
    place = next((p for p in layout.places if guessed.mapping.role(p.label) == "month"), None)
    if place is None or layout.across or guessed.mapping.to == "money":
        return guessed
    cells = layout.cells(place)
    habit, _ = habit_of(cells, file="", column="", order=guessed.mapping.dates or None)
    days: dict[object, set[int | None]] = {}
    for _, text in cells if habit else ():
        try:
            moment = habit.read(text) if habit else None
        except CellError:
            continue
        if moment:
            days.setdefault((moment.year, moment.month_number), set()).add(moment.day)
    if all(len(some) < 2 for some in days.values()):
        return guessed
    doubt = say("table-rows", file=layout.grid.file, row=cells[0][0], column=place.label, letter=place.letter)
    return Guessed(guessed.mapping.with_(rows=SUM), guessed.sure.with_(rows=SUM), [*guessed.doubts, doubt])


def _looked_over(
    grid: Grid, layout: Layout, guessed: Guessed, program: Program | None, *, remembered: bool = False
) -> Guess:
    start = Grid(grid.file, grid.rows[:LOOKED_OVER], grid.decimal_comma, grid.sheet)
    imported, problems = apply(start, guessed.mapping, program)
    told = [problem for problem in problems if problem.severity == "problem"]
    unread = tuple(
        f"{place.letter} ({shortened(place.label, 30)})"
        for place in layout.places
        if not place.month and guessed.mapping.role(place.label) in (None, NOT_READ) and layout.cells(place, 1000)
    )
    return Guess(
        guessed.mapping,
        guessed.sure,
        grid,
        doubts=tuple(guessed.doubts),
        unread=unread,
        preview=preview_of(imported, guessed.mapping.to),
        problems=tuple(told),
        remembered=remembered,
    )


def preview_of(imported: Import, to: str) -> tuple[str, ...]:
    """The first rows as the sheet would hold them, each in one line."""
    from longview.gather.writing import sheet_text
    from longview.program import fields

    rows = imported.rows(to)[:SHOWN]
    return tuple(sheet_text(fields()[to], rows).splitlines()) if rows else ()


def guess_words(guess: Guess) -> str:
    """A guess as a person checks it in a terminal: each column and what it is, what isn't read, the first rows."""
    mapping = guess.mapping
    layout = layout_of(guess.grid)
    lines = [f"{guess.grid.file}: this is how it would be read, as {mapping.to}.", ""]
    for place in layout.places if layout else ():
        role = mapping.role(place.label)
        if role not in (None, NOT_READ) and not place.month:
            near = "   (close to it: please check)" if guess.sure.role(place.label) != role else ""
            lines.append(f"  Column {place.letter}, “{shortened(place.label, 40)}” → {role}{near}")
    months = [place for place in layout.places if place.month] if layout else []
    if months:
        lines.append(
            f"  Columns {months[0].letter} to {months[-1].letter} → months, {months[0].month} to {months[-1].month}"
        )
    lines += [f"  In the table, “{shortened(said, 40)}” → {means}" for said, means in (*mapping.names, *mapping.sites)]
    lines += [f"  All rows: {what} is {shortened(said, 60)}" for what, said in mapping.given]
    if mapping.rows == SUM:
        lines.append("  Several rows of one month are summed.")
    if guess.unread:
        lines += ["", "Not read: " + ", ".join(guess.unread)]
    if guess.preview:
        lines += ["", "The first rows, as read:", *("  " + shortened(line, 76) for line in guess.preview)]
    return "\n".join(lines)
