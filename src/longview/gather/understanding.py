"""What a file is and what it says: its kind, its importer, and whatever a person said of it, before anything is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from longview.gather.asking import Ask, areas_problem, left_to_ask
from longview.gather.imported import Import
from longview.gather.places import companion
from longview.program import Problem, Program, say

if TYPE_CHECKING:
    from longview.gather.importers.guessing import Guess
    from longview.gather.importers.mapping import Mapping as TableMapping


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said of the files that she brings in; whatever she left out is None or empty.

    Attributes:
        kind: the importer to use; else it is recognised.
        to: the sheet that the rows are for.
        dates: the order of day and month ("mdy", "dmy"); as_of: ISO date on which the file was read from its source.
        areas: the places wanted (of exports of many), or the one that the file is about.
        sheet: of a workbook.
        measure, case, source, site: said once for all rows.
        column: which holds days; by: which holds sites or areas to count by.
        yes: column of yes and no → the measure that its yes is.
        book: of a ledger in a table, which books its lines are of: a later export of the same takes their place.
        confirmed: whether near names may be read as what they are close to.
    """

    kind: str | None = None
    to: str | None = None
    dates: str | None = None
    as_of: str | None = None
    areas: tuple[str, ...] = ()
    sheet: str | None = None
    measure: str | None = None
    case: str | None = None
    source: str | None = None
    site: str | None = None
    column: str | None = None
    by: str | None = None
    yes: Mapping[str, str] = field(default_factory=dict)
    book: str | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Understood:
    """What was made of the files.

    Attributes:
        made: None where they could not be read.
        guess: how a table would be read, in words, for a person to confirm; "" where nothing is guessed.
        mapping: what to remember once it is confirmed; None: nothing new.
        asks: what the person must still say of them; each is among `problems` too.
    """

    kind: str
    made: Import | None
    problems: tuple[Problem, ...] = ()
    doubts: tuple[Problem, ...] = ()
    guess: str = ""
    mapping: TableMapping | None = None
    asks: tuple[Ask, ...] = ()


def understand(files: Sequence[Path], said: Said, program: Program, place: Path) -> Understood:
    """Read files by their importer. Nothing is raised for what stands in them, and nothing is changed.

    Args:
        files: one, or several exports of CDC WONDER.
        program: whose sites, funds and areas its names are.
        place: the program's path, for what was confirmed before.
    """
    kind, problems = _kind(files, said)
    if problems:
        return Understood(kind, None, tuple(problems))
    if kind == "table":
        found = _table(files[0], said, program, place)
        return replace(found, made=_booked(found.made, said), asks=left_to_ask(kind, said, None, program))
    made, told = READERS[kind](files, said, program, place)
    asks = left_to_ask(kind, said, made, program)
    return _parted(kind, made, [*told, *areas_problem(files, asks, made)], asks=asks)


def _booked(made: Import | None, said: Said) -> Import | None:
    """A ledger with the book that was named. Of two accounts' exports the columns are alike, so nothing else can tell."""
    if made is None or not made.money:
        return made
    if said.book:
        return replace(made, book=f"table {' '.join(said.book.split())}")
    how = "lines that stand already are not taken twice; to let a later export take the place of these days, name its book"
    return replace(made, told=(*made.told, f"{how}: --book checking"))


def remember_mapping(understood: Understood, place: Path) -> None:
    """Keep how a table is read, so that next month's asks nothing.

    Raises:
        OSError: the folder can't be written to.
    """
    import contextlib

    from longview.gather.importers.remembered import remember

    if understood.mapping is not None:
        with contextlib.suppress(ValueError):  # mappings.toml can't be read: told as a problem already, and left alone
            remember(understood.mapping, companion(place))


def _parted(kind: str, made: Import | None, told: Sequence[Problem], **more: Any) -> Understood:
    problems = tuple(problem for problem in told if problem.severity == "problem")
    doubts = tuple(problem for problem in told if problem.severity == "doubt")
    return Understood(kind, made, problems, doubts, **more)


def _kind(files: Sequence[Path], said: Said) -> tuple[str, list[Problem]]:
    """The kind that all the files are of; several may come together only where their importer puts them together."""
    from longview.gather.importers.recognised import recognise

    kinds = [said.kind or recognise(file) for file in files]
    if said.kind is None and said.to in ("money", "workforce"):  # no counts of events belong there
        kinds = ["table" if kind == "events" else kind for kind in kinds]
    if len(files) == 1 or set(kinds) == {"wonder"}:
        return kinds[0], []
    odd = [file for file, kind in zip(files, kinds, strict=True) if kind != "wonder"] or files[1:]
    return kinds[0], [say("import-several", file=file.name) for file in odd]


def _table(path: Path, said: Said, program: Program, place: Path) -> Understood:
    from longview.gather.importers.remembered import remembered
    from longview.gather.importers.table_file import read_table_file

    if said.to is None:
        how = "--to services (or community, workforce, money)"
        return Understood(
            "table", None, (say("import-ask", file=path.name, what="which sheet its rows are for", how=how),)
        )
    known, wrong = remembered(companion(place))
    options: dict[str, Any] = {"to": said.to, "program": program, "dates": said.dates, "sheet": said.sheet}
    read = read_table_file(path, known=known, **options)
    told = [*wrong, *read.problems]
    if read.guess is None:
        return _parted("table", read.imported, told)
    guess = read.guess
    mapping = guess.mapping if guess.remembered or said.confirmed else guess.sure
    given = _given(mapping, said)
    if given != guess.mapping:
        read = read_table_file(path, mapping=given, **options)
        told = [*wrong, *(guess.doubts if given == guess.mapping else ()), *read.problems]
    new = None if guess.remembered and given == guess.mapping else given
    return _parted("table", read.imported, told, guess=_guessed(guess, given, read.imported), mapping=new)


def _guessed(guess: Guess, mapping: TableMapping, made: Import | None) -> str:
    """How the table is read in words; nothing where that was confirmed before."""
    from longview.gather.importers.guessing import guess_words, preview_of

    if guess.remembered:
        return ""
    preview = guess.preview if made is None else preview_of(made, mapping.to)
    return guess_words(replace(guess, mapping=mapping, preview=preview))


def _given(mapping: TableMapping, said: Said) -> TableMapping:
    """What was said for all rows, beside what the table says."""
    area = said.areas[0] if len(said.areas) == 1 else None
    more = {"area": area, "case": said.case, "source": said.source, "as_of": said.as_of, "measure": said.measure}
    if mapping.to == "services":
        more = {"site": said.site, "measure": said.measure}
    told = dict(mapping.given) | {what: text for what, text in more.items() if text}
    return mapping.with_(given=tuple(told.items())) if told != dict(mapping.given) else mapping


Read = tuple[Import | None, list[Problem]]


def _events(files: Sequence[Path], said: Said, program: Program, place: Path) -> Read:
    from longview.gather.importers.events import read_events

    (path,) = files
    to = said.to or "community"
    asked = []
    if to not in ("community", "services"):
        how = "--to services, or --to community"
        asked.append(say("import-ask", file=path.name, what="where counts of its rows belong", how=how))
    if not said.measure:
        how = "--measure, for example  --measure ems_calls"
        asked.append(say("import-ask", file=path.name, what="what a row of it is", how=how))
    made, problems = read_events(
        path,
        measure=said.measure or "events",
        to=cast(Literal["community", "services"], to if not asked else "community"),
        area=said.areas[0] if said.areas else None,
        case=said.case,
        source=said.source,
        as_of=said.as_of,
        site=said.site,
        column=said.column,
        by=said.by,
        yes=said.yes,
        dates=said.dates,
        sheet=said.sheet,
    )
    return made, asked + problems


def _quickbooks(files: Sequence[Path], said: Said, program: Program, place: Path) -> Read:
    from longview.gather.importers.quickbooks import read_quickbooks
    from longview.gather.importers.remembered import said_of

    (path,) = files
    return read_quickbooks(path, program=program, funds=said_of(companion(place), "funds"), dates=said.dates)


def _wonder(files: Sequence[Path], said: Said, program: Program, place: Path) -> Read:
    from longview.gather.importers.cdc import wonder_import

    return wonder_import(files, said.areas or None, shares=program.area_shares)


def _dose(files: Sequence[Path], said: Said, program: Program, place: Path) -> Read:
    from longview.gather.importers.cdc import dose_import

    (path,) = files
    return dose_import(path, said.as_of, said.areas or None, shares=program.area_shares)


def _vsrr(files: Sequence[Path], said: Said, program: Program, place: Path) -> Read:
    from longview.gather.importers.vsrr import read_vsrr

    (path,) = files
    return read_vsrr(path, as_of=said.as_of, areas=said.areas or None, shares=program.area_shares)


READERS: Mapping[str, Callable[[Sequence[Path], Said, Program, Path], Read]] = {
    "wonder": _wonder,
    "dose": _dose,
    "vsrr": _vsrr,
    "events": _events,
    "quickbooks-classes": _quickbooks,
    "quickbooks-detail": _quickbooks,
}
"""Kind → its importer, called with what was said; a table asks for more, and has a function of its own."""
