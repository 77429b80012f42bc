"""Commands that end in a plan: `plan` (a program's own) and `demo` (the example's)."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from longview.cli import machine, terminal
from longview.cli.futures import AsOf, Futures, Seed, Years, month_typed, tell_filled
from longview.cli.records import AsJson, ProgramFolder

if TYPE_CHECKING:
    from longview.verbs.plan import PlanReport

PLAN_EXAMPLES = (
    "\b\nFor example:\n  longview plan my-program\n  longview plan my-program --years 3 --open\n"
    "  longview plan my-program --for public --out for-the-website"
)
DEMO_EXAMPLES = "\b\nFor example:\n  longview demo\n  longview demo somewhere-else --open\n  longview demo --small"


class Audience(StrEnum):
    """For whom a report is: it decides what is shown of staff and sites."""

    director = "director"
    board = "board"
    funder = "funder"
    participants = "participants"
    public = "public"


OpenIt = Annotated[bool, typer.Option("--open", help="Open the report in the browser.")]


def plan(
    program: ProgramFolder,
    years: Years = 5,
    futures: Futures = 1000,
    seed: Seed = 0,
    as_of: AsOf = None,
    audience: Annotated[
        Audience, typer.Option("--for", help="For whom: only the director's copy shows pay and burnout by role.")
    ] = Audience.director,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Where to write; otherwise PROGRAM/out.")
    ] = None,
    open_it: OpenIt = False,
    json: AsJson = False,
) -> None:
    """Check the records, choose what the program can afford, and write the plan and its report.

    It ends with one paragraph and the report's path. A plan that you have edited is never overwritten: the new one is
    written beside it.

    Leaves with exit code 1 when the records have problems, 3 when nothing keeps all the rules and floors.
    """
    month = month_typed(as_of)
    from longview.verbs.plan import plan as verb

    with terminal.progress() as told:
        report = verb(
            program,
            years=years,
            out=out,
            audience=audience.value,
            futures=futures,
            seed=seed,
            as_of=month,
            progress=told,
        )
    _tell("plan", report, json=json, open_it=open_it)


def demo(
    folder: Annotated[
        Path | None, typer.Argument(metavar="PLACE", help="Where to put the example; otherwise here.")
    ] = None,
    small: Annotated[
        bool, typer.Option("--small", help="The small one: a van in the hills, one workbook, all of it made up.")
    ] = False,
    open_it: OpenIt = False,
    json: AsJson = False,
) -> None:
    """Copy the example program here, plan it, and say where its report is.

    The community's numbers are real (Rhode Island's); the program is made up. Run it twice and your changes to the
    copy stay.
    """
    from longview.verbs.demo import demo as verb
    from longview.verbs.demo import demo_small

    with terminal.progress() as told:
        if small:
            report = demo_small(folder or Path("small-rural.xlsx"), progress=told)
        else:
            report = verb(folder or Path("longview-demo"), progress=told)
    _tell("demo", report, json=json, open_it=open_it)


def _tell(verb: str, report: PlanReport, *, json: bool, open_it: bool) -> None:
    """One paragraph and a path; or one object."""
    if json:
        typer.echo(machine.as_json(verb, report.program, report.summary()))
    else:
        import textwrap

        typer.echo(textwrap.fill(report.paragraph, terminal.look().width, break_long_words=False))
        tell_filled(report.filled)
        typer.echo(f"\nThe report: {report.report}")
        if report.plan is not None:
            typer.echo(f"The plan:   {report.plan}")
        others = [file.name for file in report.files if file not in (report.report, report.plan)]
        if others:
            typer.echo(f"Beside them: {', '.join(others)}")
        if report.edited:
            from longview.gather import problems_text

            typer.echo("\nYour own plan is as you left it. " + terminal.printable(problems_text(report.edited)))
    if open_it:
        import webbrowser

        webbrowser.open(report.report.resolve().as_uri())
