"""The command about whether the model is right: `validate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from longview.cli import machine, terminal
from longview.cli.exits import PROBLEMS
from longview.cli.records import AsJson

VALIDATE_EXAMPLES = (
    "\b\nFor example:\n  longview validate\n  longview validate --json\n  longview validate V4 act\n"
    "  longview validate my-study.toml another.toml"
)


def validate(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[FILE]...",
            help="Studies of yours, or ids of those that come along (V4, ACT); without any, all of these.",
        ),
    ] = None,
    json: AsJson = False,
) -> None:
    """Run published studies again, and set our figures beside theirs.

    It tells what was published, what the model makes of the study's own inputs (nine futures in ten lie in the interval),
    whether that is inside, and why they differ. A study is a TOML file: docs/validation-form.md says how to write one.

    A study that comes out otherwise is news, not a failure: it leaves with exit code 0. It leaves with 1 where a file
    has problems.
    """
    from longview.verbs.validate import validate as verb

    with terminal.progress() as told:
        report = verb(files or (), progress=told)
    if json:
        typer.echo(machine.as_json("validate", None, report.summary()))
    else:
        from longview.validation import table_text

        if report.studies:
            typer.echo(table_text(report.studies, terminal.look().width))
        for problem in report.problems:
            typer.echo(problem, err=True)
    if report.problems:
        raise typer.Exit(PROBLEMS)
