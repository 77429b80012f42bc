"""A program that may be planned: read, checked, and moved to the month from which to look ahead."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from longview.program import Month, Program, with_asks
from longview.verbs import NotReadyError
from longview.verbs.check import check


def ready(path: Path, as_of: Month | None = None) -> Program:
    """The program in a folder or a workbook, as rooms that weigh options read it (`program.asking`).

    Args:
        as_of: the first month to plan; None: where the records end, or where the program's files say.

    Raises:
        NotReadyError: its files have problems that must be mended first.
    """
    report = check(path)
    if not report.well or report.program is None:
        raise NotReadyError(report)
    return with_asks(report.program if as_of is None else replace(report.program, plan_from=as_of))


__all__ = ["ready"]
