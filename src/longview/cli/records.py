"""Commands about what is known: `check` (the program's records) and `evidence` (what the model rests on)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from longview.cli import machine, terminal
from longview.cli.exits import PROBLEMS

if TYPE_CHECKING:
    from longview.verbs.check import CheckReport
    from longview.verbs.mending import Repair

CHECK_EXAMPLES = (
    "\b\nFor example:\n  longview check my-program\n  longview check my-program --mend\n"
    "  longview check my-program --json"
)
EVIDENCE_EXAMPLES = (
    "\b\nFor example:\n  longview evidence\n  longview evidence od_case_fatality_overall\n"
    "  longview evidence --program my-program\n  longview evidence --laws\n"
    "  longview evidence --laws good-samaritan"
)

ProgramFolder = Annotated[Path, typer.Argument(metavar="PROGRAM", help="The program: its workbook or its folder.")]
AsJson = Annotated[bool, typer.Option("--json", help="For machines: one JSON object.")]


def check(
    program: ProgramFolder,
    mend: Annotated[
        bool, typer.Option("--mend", help="Show repairs that can't be wrong, and keep those that you accept.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="With --mend: accept all of them, and ask nothing.")] = False,
    json: AsJson = False,
) -> None:
    """Read a program's records, and list all that is wrong or doubtful in them at once.

    Problems must be mended before anything else runs. Doubts are read as they stand: please look whether we read
    them rightly. Fallbacks are figures that your files leave out, taken from the evidence.

    Your files are never changed. With --mend, repairs of cells that can only have meant one thing are shown; those that
    you accept are kept beside your files (mends.toml), and made whenever they are read, as long as the cell says what it
    says now. What somebody must decide is never among them.

    Where there is a plan.toml, what cannot be meant in it is told too; it stops nothing.

    Leaves with exit code 0 when there are no problems, 1 when there are.
    """
    from longview.verbs.check import check as verb
    from longview.verbs.edited import edited_plan

    report = verb(program)
    if mend and _mended(program, report, yes=yes, json=json):
        report = verb(program)
    edited = edited_plan(program, report.program)
    if json:
        told = {
            "problems": report.problems,
            "doubts": report.doubts,
            "fallbacks": report.fallbacks,
            "rows": report.rows,
            "cells": list(report.cells()),
            "plan": edited,
        }
        typer.echo(machine.as_json("check", report.program, told))
    else:
        from longview.gather import check_text

        typer.echo(terminal.printable(check_text(report)))
        if edited:
            from longview.gather import problems_text

            typer.echo("\n" + terminal.printable(problems_text(edited)))
    if report.problems or edited:
        raise typer.Exit(PROBLEMS)


def _mended(program: Path, report: CheckReport, *, yes: bool, json: bool) -> bool:
    """Offer the repairs that can't be wrong, and keep those that are accepted; whether any were."""
    from longview.verbs.mending import keep, repairs, shown

    offered = repairs(report)
    say = partial(typer.echo, err=json)
    if not offered:
        if report.problems:
            say("No repair is sure enough to offer: what is wrong, somebody must decide.\n")
        return False
    say(f"{_repairs(len(offered))} can't be wrong:\n\n{shown(offered)}\n")
    accepted = list(offered) if yes else _asked(offered) if terminal.somebody_is_there() else []
    if not accepted:
        how = "" if terminal.somebody_is_there() else f" To keep them all:  longview check {program} --mend --yes"
        say(f"Nothing was kept.{how}\n")
        return False
    from longview.gather import BusyError, companion, resolved

    try:
        wrong = keep(program, accepted, say)
    except BusyError as busy:
        say(str(busy) + "\n")
        return False
    if wrong:
        say(f"Nothing was kept: {wrong[0].file} {wrong[0].expected}; {wrong[0].instead}.\n")
        return False
    place = companion(resolved(program)) / "mends.toml"
    say(f"Kept {_repairs(len(accepted)).lower()} in {place}; your own files are as you left them.\n")
    return True


def _repairs(count: int) -> str:
    return "1 repair" if count == 1 else f"{count} repairs"


def _asked(offered: Sequence[Repair]) -> list[Repair]:
    """Which repairs somebody at the terminal accepts."""
    answer = typer.prompt("Keep all, none, or choose one by one? [all/none/one]", default="none", show_default=False)
    said = answer.strip().lower()
    if said in ("all", "a", "yes", "y"):
        return list(offered)
    if said not in ("one", "o", "one by one"):
        return []
    from longview.verbs.mending import where

    return [
        repair
        for repair in offered
        if typer.confirm(f"{repair.file}, {where(repair)}: read {repair.was} as {repair.now}?", default=False)
    ]


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
