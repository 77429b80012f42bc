"""The commands in one list, and what `longview` says when nothing else was typed."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Annotated

import typer

import longview
from longview.cli import cash, converting, dilemma, futures, importing, planning, records, starting, validation

app = typer.Typer(
    name="longview",
    add_completion=False,
    rich_markup_mode=None,  # help is a letter, not a form
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"longview {longview.__version__}")
        raise typer.Exit


@app.callback(
    invoke_without_command=True,
    epilog="Start with:  longview demo",
)
def start(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """A long-range plan for harm reduction programs, from the records that they already have."""
    if context.invoked_subcommand is None:
        typer.echo(_what_next(Path.cwd()))


def _what_next(here: Path) -> str:
    """Where to go from here: where there is one program, its check; else the example."""
    from longview.gather import programs_in

    programs = programs_in(here)
    if len(programs) == 1:
        name = "." if programs[0] == here else shlex.quote(programs[0].name)
        return (
            f"{'This folder holds' if name == '.' else 'Here are'} a program's records.\n\n"
            f"  See whether they are ready:   longview check {name}\n"
            f"  See where things are going:   longview outlook {name}\n"
            f"  Make the plan:                longview plan {name}\n\n"
            "Each of them explains itself:   longview plan --help"
        )
    return (
        "Longview turns the records and voices that a harm reduction program already has\n"
        "into a long-range plan that it can afford, defend and keep.\n\n"
        "  See what it does (about a minute):   longview demo\n"
        "  Begin your own records:              longview new my-program\n"
        "  See what is wrong with them:         longview check my-program\n"
        "  Make the plan:                       longview plan my-program\n\n"
        "Each command explains itself:          longview plan --help\n"
        "All of them:                           longview --help"
    )


app.command(short_help="Plan the example: see what Longview does.", epilog=planning.DEMO_EXAMPLES)(planning.demo)
app.command(short_help="Begin your records: a workbook to write over.", epilog=starting.NEW_EXAMPLES)(starting.new)
app.command(short_help="List what is wrong or doubtful in your records.", epilog=records.CHECK_EXAMPLES)(records.check)
app.command("import", short_help="Bring an export or any table in.", epilog=importing.IMPORT_EXAMPLES)(
    importing.import_
)
app.command(short_help="Take back what was brought in last.", epilog=importing.UNDO_EXAMPLES)(importing.undo)
app.command(short_help="A clean copy: workbook or folder.", epilog=converting.CONVERT_EXAMPLES)(converting.convert)
app.command(short_help="Where things go if nothing changes.", epilog=futures.OUTLOOK_EXAMPLES)(futures.outlook)
app.command(short_help="Options side by side.", epilog=futures.COMPARE_EXAMPLES)(futures.compare)
app.command(short_help="Two uses of the same money, side by side.", epilog=dilemma.DILEMMA_EXAMPLES)(dilemma.dilemma)
app.command(short_help="Money by month, and whether it lasts.", epilog=cash.CASH_EXAMPLES)(cash.cash)
app.command(short_help="If HIV came here: a what-if.", epilog=futures.OUTBREAK_EXAMPLES)(futures.outbreak)
app.command(short_help="Choose, and write the plan and report.", epilog=planning.PLAN_EXAMPLES)(planning.plan)
app.command(short_help="The figures behind it, with sources.", epilog=records.EVIDENCE_EXAMPLES)(records.evidence)
app.command(short_help="Published studies, run again.", epilog=validation.VALIDATE_EXAMPLES)(validation.validate)
