"""`dilemma`: two things that the same money could do, and keeping it in hand, side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from longview.cli import machine, terminal
from longview.cli.futures import AsciiOnly, AsOf, Futures, Seed, Years, month_typed, tell_filled
from longview.cli.records import AsJson

DILEMMA_EXAMPLES = (
    "\b\nFor example:\n  longview dilemma hours-or-building my-program\n"
    "  longview dilemma supplies-or-wages my-program --money 40000\n"
    "  longview dilemma fires-or-long-view my-program\n  longview dilemma evening-hours=6 roof my-program"
)


def dilemma(
    what: Annotated[
        list[str],
        typer.Argument(
            metavar="DILEMMA PROGRAM",
            help="hours-or-building, supplies-or-wages, fires-or-long-view, or two options of your own; then the program.",
        ),
    ],
    money: Annotated[
        float | None,
        typer.Option("--money", metavar="SUM", help="How much a year; otherwise about 6% of a year's spending."),
    ] = None,
    years: Years = 5,
    futures: Futures = 512,
    seed: Seed = 0,
    as_of: AsOf = None,
    json: AsJson = False,
    ascii_only: AsciiOnly = False,
) -> None:
    """Set two things that the same money could do beside one another, and beside keeping it in hand.

    It says who comes first while we stay open and with the danger of closing, what differs, and at which figures the
    answer turns. Each side is made of your own options and sized to the same money.
    """
    month = month_typed(as_of)
    *names, program = what
    if not 1 <= len(names) <= 2:
        raise typer.BadParameter(
            "name a dilemma, or two options of your own, and then the program.", param_hint="DILEMMA PROGRAM"
        )
    if Path(names[0]).exists() and not Path(program).exists():
        program, names = names[0], [*names[1:], program]
    from longview.verbs import WrongUseError
    from longview.verbs.dilemma import dilemma as verb

    with terminal.progress() as told:
        report = verb(
            Path(program), names, money=money, years=years, futures=futures, seed=seed, as_of=month, progress=told
        )
    from longview import report as pages

    if report.dilemma.missing:
        raise WrongUseError(pages.dilemma_cannot(report.dilemma))
    if json:
        typer.echo(machine.as_json("dilemma", report.program, pages.dilemma_json(report.dilemma)))
        return
    shown = terminal.look(ascii_only)
    typer.echo(pages.dilemma_text(report.dilemma, report.program, shown.color, shown.width, shown.ascii))
    tell_filled(report.filled)
