"""The command `convert`: a clean copy, from folder to workbook or back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from longview.cli import machine

CONVERT_EXAMPLES = (
    "\b\nFor example:\n  longview convert my-program my-program.xlsx\n  longview convert my-program.xlsx my-folder\n"
    "  longview convert my-program.xlsx clean.xlsx"
)


def convert(
    source: Annotated[Path, typer.Argument(metavar="FROM", help="The program: its workbook or its folder.")],
    target: Annotated[
        Path, typer.Argument(metavar="TO", help="The copy: a name that ends in .xlsx, or else a folder.")
    ],
    json: Annotated[bool, typer.Option("--json", help="For machines: one JSON object.")] = False,
) -> None:
    """Write a clean copy of a program's records, as a workbook or as a folder of text files.

    Imports and the repairs that you accepted are made in the copy. Nothing is lost on the way from one form to the
    other. The original stays as it is, and nothing is written over a file that is there.
    """
    from longview.verbs.convert import convert as verb

    report = verb(source, target)
    if json:
        told = {
            "path": report.path,
            "rows": report.rows,
            "applied": report.applied,
            "left": report.left,
            "own_values": report.own_values,
            "filled": report.filled,
        }
        typer.echo(machine.as_json("convert", report.program, told))
    else:
        typer.echo(report.text())
