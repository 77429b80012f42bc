"""Commands about what is known: `check` (the program's records) and `evidence` (what the model rests on)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from longview.cli import machine, terminal
from longview.cli.exits import PROBLEMS

CHECK_EXAMPLES = "\b\nFor example:\n  longview check my-program\n  longview check my-program --json"
EVIDENCE_EXAMPLES = (
    "\b\nFor example:\n  longview evidence\n  longview evidence od_case_fatality_overall\n"
    "  longview evidence --program my-program\n  longview evidence --laws\n"
    "  longview evidence --laws good-samaritan"
)

ProgramFolder = Annotated[Path, typer.Argument(metavar="PROGRAM", help="The program: its workbook or its folder.")]
AsJson = Annotated[bool, typer.Option("--json", help="For machines: one JSON object.")]


def check(program: ProgramFolder, json: AsJson = False) -> None:
    """Read a program's records, and list all that is wrong or doubtful in them at once.

    Problems must be mended before anything else runs. Doubts are read as they stand: please look whether we read
    them rightly. Fallbacks are figures that your files leave out, taken from the evidence. Nothing is changed.

    Leaves with exit code 0 when there are no problems, 1 when there are.
    """
    from longview.verbs.check import check as verb

    report = verb(program)
    if json:
        told = {
            "problems": report.problems,
            "doubts": report.doubts,
            "fallbacks": report.fallbacks,
            "rows": report.rows,
        }
        typer.echo(machine.as_json("check", report.program, told))
    else:
        from longview.gather import check_text

        typer.echo(check_text(report))
    if report.problems:
        raise typer.Exit(PROBLEMS)


def evidence(
    key: Annotated[str | None, typer.Argument(metavar="KEY", help="A figure's key; without one, all.")] = None,
    program: Annotated[
        Path | None, typer.Option("--program", metavar="PROGRAM", help="Show which of this program's own figures win.")
    ] = None,
    laws: Annotated[
        bool, typer.Option("--laws", help="Show laws of others instead, with what speaks for and against each.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Show the figures that the model rests on: each with its doubt, its grade and where it comes from.

    A grade is strong, moderate, weak or assumption. Your own figure, where you give one, wins over the literature's.
    """
    if laws:
        _laws(key, json)
        return
    from longview.verbs.evidence import evidence as verb

    report = verb(key, program)
    if json:
        typer.echo(machine.as_json("evidence", None, {"evidence_hash": report.hash, "rows": report.rows}))
        return
    typer.echo(report.text(terminal.look().width))


def _laws(name: str | None, json: bool) -> None:
    from longview.verbs.laws import laws as verb

    report = verb(name)
    if json:
        typer.echo(machine.as_json("evidence", None, {"laws": report.laws}))
        return
    typer.echo(report.text(terminal.look().width))
