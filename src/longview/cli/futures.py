"""Commands about what would happen: `outlook` (today's path), `compare` (options side by side) and `outbreak` (a what-if)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from longview.cli import machine, terminal
from longview.cli.records import AsJson, ProgramFolder

if TYPE_CHECKING:
    from longview.program import Month

OUTLOOK_EXAMPLES = (
    "\b\nFor example:\n  longview outlook my-program\n  longview outlook my-program --years 10\n"
    "  longview outlook my-program --html outlook.html --csv outlook.csv"
)
COMPARE_EXAMPLES = (
    "\b\nFor example:\n  longview compare my-program roof evening-hours\n"
    "  longview compare my-program more-kits=1200 roof+upkeep --years 10\n"
    "  longview compare my-program more-kits=1200 --law good-samaritan --law syringes-by-need\n\n"
    "\b\nWhich options there are:  longview check my-program\n"
    "Which laws there are:     longview evidence --laws"
)

OUTBREAK_EXAMPLES = (
    "\b\nFor example:\n  longview outbreak my-program\n  longview outbreak my-program --futures 4000 --seed 7"
)

Years = Annotated[int, typer.Option("--years", min=1, max=10, help="How many years to look ahead (1 to 10).")]
Futures = Annotated[
    int, typer.Option("--futures", min=20, max=100_000, help="How many futures to draw: more are slower, and steadier.")
]
Seed = Annotated[int, typer.Option("--seed", min=0, help="Which draw of futures: the same seed, the same answer.")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="YYYY-MM", help="Look ahead from this month, not from the last record.")
]
AsciiOnly = Annotated[bool, typer.Option("--ascii", help="Draw with plain letters only.")]


def outlook(
    program: ProgramFolder,
    years: Years = 5,
    futures: Futures = 1000,
    seed: Seed = 0,
    as_of: AsOf = None,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write a page with pictures.")] = None,
    csv: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Write every month as text.")] = None,
    parquet: Annotated[Path | None, typer.Option("--parquet", metavar="FILE", help="The same, as Parquet.")] = None,
    json: AsJson = False,
    ascii_only: AsciiOnly = False,
) -> None:
    """Show where things are going if nothing changes: people, workers, the building and cash.

    Every figure comes with the range in which it likely lies (8 futures in 10).
    """
    month = month_typed(as_of)
    _refuse_folders(html, csv, parquet)
    from longview.verbs.outlook import outlook as verb

    with terminal.progress() as told:
        report = verb(program, years=years, futures=futures, seed=seed, as_of=month, progress=told)
    from longview import report as pages

    if html is not None:
        _write(html, pages.outlook_html(report.outlook, report.program, report.filled))
    if csv is not None or parquet is not None:
        frame = pages.outlook_frame(report.outlook)
        if csv is not None:
            _write(csv, frame.write_csv())
        if parquet is not None:
            parquet.parent.mkdir(parents=True, exist_ok=True)
            frame.write_parquet(parquet)
    if json:
        typer.echo(machine.as_json("outlook", report.program, pages.outlook_json(report.outlook)))
        return
    shown = terminal.look(ascii_only)
    typer.echo(pages.outlook_text(report.outlook, report.program, shown.color, shown.width, shown.ascii))
    tell_filled(report.filled)
    for file in (html, csv, parquet):
        if file is not None:
            typer.echo(f"Written: {file}")


def compare(
    program: ProgramFolder,
    options: Annotated[
        list[str] | None, typer.Argument(metavar="OPTION...", help="Options by their ids; id=level, or several as a+b.")
    ] = None,
    law: Annotated[
        list[str] | None, typer.Option("--law", metavar="LAW", help="Beside them, a law of others; may be repeated.")
    ] = None,
    years: Years = 5,
    futures: Futures = 1000,
    seed: Seed = 0,
    as_of: AsOf = None,
    json: AsJson = False,
    ascii_only: AsciiOnly = False,
) -> None:
    """Set options side by side on the same futures, and beside keeping the money.

    It tells what each would change, how sure that is, and says so where our numbers cannot choose between them: once
    while we stay open, and once with the danger of closing.
    """
    month = month_typed(as_of)
    if not options and not law:
        raise typer.BadParameter("name an option, or a law by --law.", param_hint="OPTION...")
    from longview.verbs.compare import compare as verb

    with terminal.progress() as told:
        report = verb(
            program, options or (), laws=law or (), years=years, futures=futures, seed=seed, as_of=month, progress=told
        )
    from longview import report as pages

    if json:
        laws = {"laws": report.laws} if report.laws else {}
        typer.echo(machine.as_json("compare", report.program, pages.compare_json(report.comparison) | laws))
        return
    shown = terminal.look(ascii_only)
    typer.echo(pages.compare_text(report.comparison, report.shown, shown.color, shown.width, shown.ascii))
    tell_filled(report.filled)
    if report.laws:
        from longview.verbs.laws import beside

        typer.echo("\n" + beside(report.laws, shown.width))


def outbreak(
    program: ProgramFolder,
    futures: Futures = 1000,
    seed: Seed = 0,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Where to write; otherwise PROGRAM/out.")
    ] = None,
    json: AsJson = False,
    ascii_only: AsciiOnly = False,
) -> None:
    """If HIV came to people who inject here: how many would be infected in five years, a what-if.

    It is told with your syringes and without them, and with the first infection found three months sooner. It uses no
    record of anybody's HIV, and writes a page for the director alone.
    """
    from longview.verbs.outbreak import outbreak as verb

    with terminal.progress() as told:
        report = verb(program, futures=futures, seed=seed, out=out, progress=told)
    from longview import report as pages

    if json:
        typer.echo(machine.as_json("outbreak", report.program, pages.outbreak_json(report.outbreak)))
        return
    shown = terminal.look(ascii_only)
    typer.echo(pages.outbreak_text(report.outbreak, report.program, shown.color, shown.width, shown.ascii))
    tell_filled(report.filled)
    typer.echo(f"\nThe page: {report.page}")


def tell_filled(filled: int) -> None:
    """Say how many of the program's figures are not its own yet; nothing where all are."""
    if filled:
        import textwrap

        from longview.report import filled_words

        typer.echo("\n" + textwrap.fill(filled_words(filled), terminal.look().width))


def month_typed(text: str | None, option: str = "--as-of") -> Month | None:
    """The month that was typed.

    Raises:
        WrongUseError: it is none.
    """
    from longview.program import Month
    from longview.verbs import WrongUseError

    if text is None:
        return None
    try:
        return Month.parse(text)
    except ValueError:
        raise WrongUseError(f"{option}: found {text}; write the year first, like 2023-01.") from None


def _refuse_folders(*files: Path | None) -> None:
    """Say so before the long work, not after it.

    Raises:
        WrongUseError: a folder stands where a file is to be written.
    """
    from longview.verbs import WrongUseError

    for file in files:
        if file is not None and file.is_dir():
            raise WrongUseError(f"{file} is a folder; name a file in it, like {file / 'outlook.html'}.")


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
