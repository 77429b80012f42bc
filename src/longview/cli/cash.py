"""`cash`: the money by month, the chance of running out, and what would help or hurt."""

from __future__ import annotations

from typing import Annotated

import typer

from longview.cli import machine, terminal
from longview.cli.futures import AsciiOnly, AsOf, Futures, Seed, Years, month_typed, tell_filled
from longview.cli.records import AsJson, ProgramFolder

CASH_EXAMPLES = (
    "\b\nFor example:\n  longview cash my-program\n  longview cash my-program roof evening-hours=6\n"
    "  longview cash my-program --json > cash.json\n\n"
    "\b\nWhich options there are:  longview check my-program"
)


def cash(
    program: ProgramFolder,
    options: Annotated[
        list[str] | None,
        typer.Argument(metavar="[OPTION...]", help="Options that are done, by their ids; otherwise today's path."),
    ] = None,
    years: Years = 5,
    futures: Futures = 1000,
    seed: Seed = 0,
    as_of: AsOf = None,
    json: AsJson = False,
    ascii_only: AsciiOnly = False,
) -> None:
    """Show the money by month, how likely it is to run out, and what would help or hurt.

    It says when cash gets thin, and what a bridge loan, earlier claims, later payments or a fund that is not renewed
    would do. With --json every month, fund and item stands in whole cents.
    """
    month = month_typed(as_of)
    from longview.verbs.cash import cash_report

    with terminal.progress() as told:
        report = cash_report(
            program, options or (), years=years, futures=futures, seed=seed, as_of=month, progress=told
        )  # fmt: skip
    if json:
        typer.echo(machine.as_json("cash", report.program, {"portfolio": report.portfolio, "cash": report.cash}))
        return
    from longview import report as pages

    shown = terminal.look(ascii_only)
    typer.echo(
        pages.cash_text(report.cash, report.portfolio, report.program, shown.color, shown.width, shown.ascii)
    )  # fmt: skip
    tell_filled(report.filled)
