"""Commands that bring a file in, and take it back: `import` and `undo`."""

from __future__ import annotations

import shlex
import sys
import textwrap
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from longview.cli import machine, terminal
from longview.cli.exits import PROBLEMS
from longview.cli.records import AsJson

if TYPE_CHECKING:
    from longview.gather import Ask, Understood
    from longview.verbs.importing import ImportReport, Said

IMPORT_EXAMPLES = (
    "\b\nFor example:\n  longview import deaths-2018.txt deaths-2022.txt --into my-program\n"
    "  longview import visits.xlsx --into my-program --to services\n"
    "  longview import ledger-2024.csv --into my-program\n"
    "  longview import calls.csv --into my-program --measure ems_calls --area Tempe --case opioids \\\n"
    '      --source "City of Tempe" --as-of 2024-10-15\n\n'
    "\b\nTo take it back:  longview undo my-program"
)
UNDO_EXAMPLES = "\b\nFor example:\n  longview undo my-program"


class Sheet(StrEnum):
    """Where rows of a table go."""

    services = "services"
    community = "community"
    workforce = "workforce"
    money = "money"


class Kind(StrEnum):
    """What a file is, where it should not be recognised."""

    wonder = "wonder"
    dose = "dose"
    vsrr = "vsrr"
    events = "events"
    quickbooks_classes = "quickbooks-classes"
    quickbooks_detail = "quickbooks-detail"
    table = "table"


class Dates(StrEnum):
    """The order of month and day."""

    mdy = "mdy"
    dmy = "dmy"
    ymd = "ymd"


def _option(*names: str, metavar: str | None = None, help: str) -> Any:
    return typer.Option(*names, metavar=metavar, help=help)


def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="The file as it was exported.")],
    into: Annotated[
        Path | None, _option("--into", metavar="PROGRAM", help="The program; else the only one in this folder.")
    ] = None,
    to: Annotated[Sheet | None, _option("--to", help="The sheet that the rows of a table are for.")] = None,
    kind: Annotated[Kind | None, _option("--kind", help="What the file is, if it is not recognised.")] = None,
    dates: Annotated[Dates | None, _option("--dates", help="How 03/04 is meant: month first, or day first.")] = None,
    as_of: Annotated[
        str | None, _option("--as-of", metavar="YYYY-MM-DD", help="The day on which it was exported.")
    ] = None,
    area: Annotated[
        list[str] | None, _option("--area", "--areas", metavar="AREA", help="A place to take; may be repeated.")
    ] = None,
    sheet: Annotated[str | None, _option("--sheet", metavar="NAME", help="The sheet of a workbook.")] = None,
    measure: Annotated[str | None, _option("--measure", metavar="NAME", help="What was counted, for all rows.")] = None,
    case: Annotated[str | None, _option("--case", metavar="NAME", help="What counts as a case, for all rows.")] = None,
    source: Annotated[str | None, _option("--source", metavar="TEXT", help="Whose figures they are.")] = None,
    site: Annotated[str | None, _option("--site", metavar="SITE", help="The site that all rows are of.")] = None,
    column: Annotated[
        str | None, _option("--column", metavar="NAME", help="Of a log: the column that holds the day.")
    ] = None,
    by: Annotated[
        str | None, _option("--by", metavar="NAME", help="Of a log: a column of sites or areas to count by.")
    ] = None,
    count: Annotated[
        list[str] | None,
        _option("--count", metavar="COLUMN=MEASURE", help="Of a log: count the rows that say yes there too."),
    ] = None,
    book: Annotated[
        str | None,
        _option("--book", metavar="NAME", help="Of a ledger: whose lines a later export of that book replaces."),
    ] = None,
    yes: Annotated[bool, _option("--yes", help="Don't ask: bring it in as it is understood.")] = False,
    json: AsJson = False,
) -> None:
    """Bring a file in: an export of CDC WONDER, DOSE or VSRR, a log of calls, a QuickBooks report, or any table.

    It says what it takes the file for and what it would add, and asks. Your own files are not touched: the rows stand
    beside them, and yours win. The same file again changes nothing. Of files with a row for each person or call only
    the counts are kept.

    Leaves with exit code 0 when the file is in, 1 when it isn't.
    """
    from longview.verbs.importing import Said, import_file

    said = Said(
        kind=kind and kind.value,
        to=to and to.value,
        dates=dates and dates.value,
        as_of=_day(as_of),
        areas=tuple(one.strip() for text in area or () for one in text.split(";") if one.strip()),
        sheet=sheet,
        measure=measure,
        case=case,
        source=source,
        site=site,
        column=column,
        by=by,
        yes=_pairs(count or ()),
        book=book,
        confirmed=not yes and not json and terminal.somebody_is_there(),
    )
    report = import_file(
        files,
        into,
        said,
        agreed=_agreement(yes, json),
        ask=_answers if said.confirmed else None,
        tell=_say_aside,
        may_remember=yes or said.confirmed,
    )
    if json:
        typer.echo(machine.as_json("import", None, _plain(report)))
    else:
        typer.echo(terminal.printable(_told(report, asked=said.confirmed)))
        if report.understood.asks:
            typer.echo(_whole_command(report.understood.asks))
        if not report.done and report.kept is not None and not said.confirmed:
            typer.echo("\nNothing was changed, since nobody was there to ask.")
            typer.echo("To bring it in, type the same again with  --yes")
    if not report.done or report.after:
        raise typer.Exit(PROBLEMS)


def undo(
    program: Annotated[
        Path | None, typer.Argument(metavar="PROGRAM", help="The program; else the only one in this folder.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Take back the file that was brought in last, or the repairs that were accepted last. Again: the one before.

    Nothing is lost: what is taken back goes to the folder history.
    """
    from longview.verbs.undoing import undo as verb

    place, back = verb(program, _say_aside)
    if json:
        typer.echo(machine.as_json("undo", None, {"program_path": place, "undone": back}))
        return
    name = _name(place)
    if back is None:
        typer.echo(f"{name}: nothing was brought in or accepted that could be taken back.")
        return
    if back.what == "mends":
        typer.echo(f"{name}: taken back: {back.words}. Your cells are read as they stand again.")
    else:
        rows = ", ".join(f"{sheet} {count:,}" for sheet, count in back.rows.items())
        typer.echo(_filled(f"{name}: taken back: {back.words}" + (f" (rows: {rows})." if rows else ".")))
    from longview.gather import companion

    typer.echo(f"It can still be looked at in\n  {companion(place) / back.moved_to}")
    if back.originals:
        typer.echo(_kept_in(place, back.originals, stay=True))


def _agreement(yes: bool, json: bool) -> Callable[[ImportReport], bool]:
    def agreed(report: ImportReport) -> bool:
        if yes:
            return True
        if json or not terminal.somebody_is_there():
            return False
        typer.echo(terminal.printable(_offered(report)))
        return typer.confirm(f"\nBring it into {_name(report.program)}?", default=False)

    return agreed


def _answers(understood: Understood, said: Said) -> Said:
    """What was said, and what somebody at the terminal answers to each question; Enter alone leaves one open."""
    made = understood.made
    typer.echo(_filled(f"{', '.join(made.files)}: a few things that it doesn't say itself." if made else "First:"))
    for ask in understood.asks:
        typer.echo("\n" + _filled(ask.asks))
        while text := typer.prompt(
            f"  for example {ask.example}", prompt_suffix=" > ", default="", show_default=False
        ).strip():
            try:
                said = ask.answered(said, text)
                break
            except ValueError as unclear:
                typer.echo(_filled(str(unclear), indent="  "))
    typer.echo()
    return said


def _whole_command(asks: Sequence[Ask]) -> str:
    """The command that was typed and what it lacks, to be copied: examples stand where the person's own words belong."""
    typed = " ".join(shlex.quote(word) for word in sys.argv[1:]) or "import FILE"
    more = " ".join(f"{ask.option} {shlex.quote(ask.example)}" for ask in asks)
    return f"\nIn one line, with examples in place of what is yours:\n\n  longview {typed} {more}"


def _told(report: ImportReport, *, asked: bool) -> str:
    """What became of it; what it is and what to look at too, where that was not shown before."""
    from longview.gather import kept_words, problems_text

    name = _name(report.program)
    if report.understood.problems or report.kept is None:
        again = "Then bring it in again."
        if report.mapping_kept:
            again = f"How it would be read stands in mappings.toml of {name} now, to be mended there. {again}"
        return "\n\n".join(["Nothing was imported, and your files are as they were.", *_list(report), again])
    if report.kept.nothing_new:
        same = f" This is the file that was brought in as {report.kept.same_as}." if report.kept.same_as else ""
        return f"{_head(report)}\n\nNothing new: all that it says stands in {name} already.{same} Nothing was changed."
    if not report.done:
        return "Nothing was imported." if asked else _offered(report)
    lines = [] if asked else [_offered(report, done=True)]
    lines.append(f"Imported into {name}, as imports/{report.kept.name}.")
    if asked:
        lines.append("\n".join(f"  {line}" for line in kept_words(report.kept)))
    if report.kept.originals:
        lines.append(_kept_in(report.program, report.kept.originals))
    if report.after:
        lines += ["These rows can't be read in your program:", problems_text(report.after)]
    undo = f"To take it back:  longview undo {shlex.quote(str(report.program))}"
    then = f"To see how your records stand now:  longview check {shlex.quote(str(report.program))}"
    return "\n\n".join([*lines, f"{undo}\n{then}"])


def _kept_in(program: Path, originals: Sequence[str], *, stay: bool = False) -> str:
    """Where the files themselves are: one by its path, several by their folder."""
    from longview.gather import companion

    one = len(originals) == 1
    path = companion(program) / originals[0]
    where = str(path) if one else f"{path.parent} ({len(originals)} files)"
    if stay:
        return f"{'The file itself stays' if one else 'The files themselves stay'} in\n  {where}\nDelete what should not be kept."
    return f"{'The file itself is' if one else 'The files themselves are'} kept in\n  {where}"


def _list(report: ImportReport) -> list[str]:
    from longview.gather import doubts_text, problems_text

    found = report.understood
    parts = [problems_text(found.problems)] if found.problems else []
    parts += [doubts_text(found.doubts)] if found.doubts else []
    return parts + _where_mappings(report)


def _where_mappings(report: ImportReport) -> list[str]:
    """Where the file is that some sentence sends a person to; it may not be there yet."""
    from longview.gather import companion

    found = report.understood
    if not any("mappings.toml" in problem.instead for problem in (*found.problems, *found.doubts)):
        return []
    path = companion(report.program) / "mappings.toml"
    return [f"mappings.toml is a text file (make it, if it is not there yet):\n  {path}"]


def _head(report: ImportReport) -> str:
    made = report.made
    if made is None:
        return ""
    files = ", ".join(made.files) if len(made.files) < 3 else f"{made.files[0]} and {len(made.files) - 1} more"
    return _filled(f"{files}: {made.words}.")


def _offered(report: ImportReport, *, done: bool = False) -> str:
    """What the file is taken for, what it would add, and what to look at."""
    from longview.gather import doubts_text, kept_words

    made, found = report.made, report.understood
    assert made is not None
    assert report.kept is not None
    parts = [_head(report)]
    if made.told:
        parts.append("\n".join(_filled(said, indent="  ") for said in made.told))
    if any(column not in said for column in made.personal for said in [" ".join(made.told)]):
        columns = ", ".join(made.personal)
        parts.append(_filled(f"Columns that look as if they told who somebody is, and are not copied: {columns}."))
    if found.guess:
        parts.append(found.guess)
    if found.doubts:
        parts.append(doubts_text(found.doubts))
        parts += _where_mappings(report)
    name = _name(report.program)
    would = "Brought into" if done else "It would bring into"
    parts.append("\n".join([f"{would} {name}:", *(_filled(line, indent="  ") for line in kept_words(report.kept))]))
    if not made.keeps_original and made.kind != "events":  # of a log, the importer says so
        parts.append(_filled("The file itself is not kept, only these rows and a keyed hash, to know it again."))
    return "\n\n".join(parts)


def _plain(report: ImportReport) -> dict[str, Any]:
    made, found, kept = report.made, report.understood, report.kept
    return {
        "program_path": report.program,
        "imported": report.done,
        "nothing_new": kept is not None and kept.nothing_new,
        "kind": found.kind,
        "words": "" if made is None else made.words,
        "told": () if made is None else made.told,
        "personal": () if made is None else made.personal,
        "name": "" if kept is None else kept.name,
        "sheets": {} if kept is None else kept.tallies,
        "files": {} if kept is None else kept.files,
        "originals": () if kept is None else kept.originals,
        "problems": found.problems,
        "doubts": found.doubts,
        "problems_after": report.after,
    }


def _day(text: str | None) -> str | None:
    """The day that was typed.

    Raises:
        WrongUseError: it is none.
    """
    from datetime import date

    from longview.verbs import WrongUseError

    if text is None:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise WrongUseError(f"--as-of: found {text}; write year, month, day, like 2024-10-15.") from None


def _pairs(texts: list[str] | tuple[str, ...]) -> dict[str, str]:
    from longview.verbs import WrongUseError

    found = {}
    for text in texts:
        column, mark, measure = text.rpartition("=")
        if not (mark and column.strip() and measure.strip()):
            raise WrongUseError(f'--count: found {text}; write it like  --count "Naloxone given=ems_naloxone"')
        found[column.strip()] = measure.strip()
    return found


def _say_aside(said: str) -> None:
    typer.echo(said, err=True)


def _name(program: Path) -> str:
    return program.name or program.resolve().name


def _filled(text: str, indent: str = "") -> str:
    width = terminal.look().width
    return textwrap.fill(
        text,
        width,
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
