"""`outlook`: today's path, and where it leads if nothing changes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from longview.gather import filled_in
from longview.program import Month, Program
from longview.results import Outlook
from longview.verbs import Progress, WrongUseError
from longview.verbs.ready import ready


@dataclass(frozen=True)
class OutlookReport:
    """Today's path of a program; `filled` of its figures are not its own yet."""

    program: Program
    outlook: Outlook
    filled: int = 0


def outlook(
    path: Path,
    *,
    years: int = 5,
    futures: int = 1000,
    seed: int = 0,
    as_of: Month | None = None,
    progress: Progress | None = None,
) -> OutlookReport:
    """Today's path, with the danger of closing.

    Raises:
        NotReadyError: the program's files have problems.
        WrongUseError: the records contradict one another so far that no future fits them.
    """
    program = ready(path, as_of)
    from longview.verbs.futures import prepare

    try:
        prepared = prepare(program, years=years, futures=futures, seed=seed, progress=progress)
    except ValueError as error:
        raise WrongUseError(str(error)) from error
    return OutlookReport(program, prepared.outlook(), filled_in(path, program))


__all__ = ["OutlookReport", "outlook"]
