"""`outbreak`: if HIV came to people who inject here, how far it would spread, and what syringes and early tests are worth then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from longview.evidence import Parameter
from longview.gather import companion, filled_in, resolved
from longview.model import Start
from longview.program import Month, Program
from longview.report import outbreak_html
from longview.results import Case, Outbreak
from longview.verbs import Progress, WrongUseError
from longview.verbs.ready import ready

SOONER = 91
"""Days by which the first diagnosis comes earlier: three months."""

ROWS = (
    "outbreak_unseen_days", "outbreak_beta", "outbreak_casefinding", "outbreak_removal", "outbreak_ramp_days", "nsp_hiv_rr",
    "ost_hiv_rr", "both_interaction", "injections_per_year", "syringes_elsewhere", "syringe_share_onward", "moud_share_need",
    "route_mix_inject",
)  # fmt: skip
"""Rows of evidence that an outbreak rests on, what matters most first."""


@dataclass(frozen=True)
class OutbreakReport:
    """What an outbreak would come to, and where its page is; `filled` of the program's figures are not its own yet."""

    program: Program
    outbreak: Outbreak
    page: Path
    filled: int = 0


def outbreak(
    path: Path,
    *,
    futures: int = 1000,
    seed: int = 0,
    out: Path | None = None,
    as_of: Month | None = None,
    progress: Progress | None = None,
) -> OutbreakReport:
    """A what-if by days, with and without the program's syringes and with diagnosis three months sooner.

    The page goes to `outbreak.html` in `out`, else in `out/` in the program's folder.

    Raises:
        NotReadyError: the program's files have problems.
        WrongUseError: the records contradict one another so far that no future fits them.
    """
    program = ready(path, as_of)
    from longview.verbs.futures import prepare

    try:
        prepared = prepare(program, years=1, futures=futures, seed=seed, progress=progress)
    except ValueError as error:
        raise WrongUseError(str(error)) from error
    found = what_if(prepared.anchor.start, prepared.anchor.futures.p)
    folder = companion(resolved(path)) / "out" if out is None else out
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / "outbreak.html"
    rows: list[Parameter] = [prepared.evidence[key] for key in ROWS]
    filled = filled_in(path, program)
    written = outbreak_html(program, found, rows, prepared.anchor.anchored, filled)
    page.write_text(written, encoding="utf-8", newline="\n")
    return OutbreakReport(program, found, page, filled)


def what_if(start: Start, p: Mapping[str, np.ndarray]) -> Outbreak:
    """The three cases on the same futures, [F]."""
    from longview.model import OUTBREAK_DAYS, outbreak, sharing

    rows = dict(p)
    people = start.people[0].sum((0, 1, 2))
    ours, none = sharing(start, rows), sharing(start, rows, syringes=False)
    cases: dict[Case, tuple[np.ndarray, float]] = {
        "today": (ours, 0.0), "no-syringes": (none, 0.0), "sooner": (ours, float(SOONER)),
    }  # fmt: skip
    sizes = {case: outbreak(people, h, rows, sooner=days).infected[-1] for case, (h, days) in cases.items()}
    return Outbreak(people, start.syringes, rows["outbreak_unseen_days"], OUTBREAK_DAYS, SOONER, sizes)


__all__ = ["OutbreakReport", "outbreak"]
