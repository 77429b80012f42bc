"""`plan`: check, anchor, choose, promise, report: the whole path from records to a page that a board can vote on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from longview.choose import (
    Assumptions,
    NothingAffordableError,
    Rounds,
    assumptions,
    choose,
    clash_words,
    explained,
    paragraph,
)
from longview.gather import companion, filled_in, resolved
from longview.plan import make_plan, write_plan
from longview.program import Month, Program
from longview.report import Audience, report_html
from longview.results import Decision, Portfolio, Telling
from longview.verbs import InfeasibleError, Progress
from longview.verbs.futures import TELLINGS, Prepared, prepare, price_base
from longview.verbs.ready import ready
from longview.verbs.rests import rests
from longview.verbs.touched import rests_on

OUT = "out"  # a folder of its own beside the program's files, unless told otherwise
RACED, SCREENED = 320, 64  # futures on which finalists are raced, and of those the ones that every plan is run on first
TRIED = 600  # plans tried where there are too many to try all: about half a minute of work on two cores


@dataclass(frozen=True)
class PlanReport:
    """What `plan` made.

    Attributes:
        paragraph: the answer in words. report, plan: the files written.
        decision: the choice with all its futures (large: machines are handed `summary` instead).
        filled: how many of the program's figures are not its own yet.
    """

    program: Program
    paragraph: str
    report: Path
    plan: Path
    decision: Decision
    filled: int = 0

    def summary(self) -> Mapping[str, Any]:
        """The answer as plain values: names, intervals, counts; no futures."""
        found = self.decision
        return {
            "paragraph": self.paragraph,
            "report": self.report,
            "plan": self.plan,
            "pick": found.portfolio,
            "runner_up": None if found.runner_up is None else found.comparison.portfolios[found.runner_up],
            "tied": found.tied,
            "rests_on_closing": found.rests_on_closing,
            "method": found.method,
            "considered": found.considered,
            "affordable": found.affordable,
            "refused": found.refused,
            "life_years": found.score,
            "alternatives": found.alternatives,
            "switching": found.switching,
            "flags": found.flags,
            "filled": self.filled,
        }


def plan(
    path: Path,
    *,
    years: int = 5,
    out: Path | None = None,
    audience: Audience = "director",
    futures: int = 1000,
    seed: int = 0,
    as_of: Month | None = None,
    tries: int = TRIED,
    progress: Progress | None = None,
) -> PlanReport:
    """Choose what the program can afford, and write the plan and its report.

    `report.html` goes to `out` (else `out/` in the program's folder, or in the folder beside its workbook), `plan.toml`
    to that folder (or to `out`, where that was given); one that somebody edited is left as it is, and the new one is put beside it.

    Args:
        tries: plans that may be tried; where no more can be afforded, all are.

    Raises:
        NotReadyError: the program's files have problems.
        InfeasibleError: no plan keeps the board's rules with the money there is.
    """
    program = ready(path, as_of)
    fresh = prepare(program, years=years, futures=futures, seed=seed, progress=progress)
    tried = prepare(program, years=years, futures=RACED, seed=seed, first=futures)
    given = assumptions(program, fresh.evidence, price_base(program))
    decision = _chosen(program, fresh, tried, given, 12 * years, seed, tries, progress)
    today, pick = fresh.outlook(), fresh.outlook(decision.portfolio)
    stamp = rests(program)
    made = make_plan(
        decision, today, pick, program, years,
        records_hash=stamp.records_hash, evidence_hash=stamp.evidence_hash, version=stamp.version,
        price_growth=given.price_growth, price_base=given.price_base, benefits=given.benefits, handed=given.handed,
    )  # fmt: skip
    filled = filled_in(path, program)
    page = report_html(
        program, decision, today, pick, made,
        evidence=rests_on(program, fresh.evidence, decision.portfolio), audience=audience, doubt=_doubt(fresh, decision),
        filled=filled,
    )  # fmt: skip
    home = companion(resolved(path))
    folder = home / OUT if out is None else out
    folder.mkdir(parents=True, exist_ok=True)
    report = folder / ("report.html" if audience == "director" else f"report-{audience}.html")
    report.write_text(page, encoding="utf-8", newline="\n")
    written = write_plan(made, home if out is None else out)
    return PlanReport(program, paragraph(program, decision), report, written, decision, filled)


def _chosen(
    program: Program,
    fresh: Prepared,
    tried: Prepared,
    given: Assumptions,
    months: int,
    seed: int,
    tries: int,
    progress: Progress | None,
) -> Decision:
    shown = fresh.count

    def evaluate(
        portfolios: Sequence[Portfolio], futures: Sequence[int], tellings: Sequence[Telling] = TELLINGS
    ) -> Mapping[Telling, Mapping[str, np.ndarray]]:
        """Futures below `shown` are those of the answer; the others were drawn for looking."""
        which = np.asarray(futures)
        if which.max() < shown:
            return fresh.evaluate(portfolios, which, tellings)
        return tried.evaluate(portfolios, which - shown, tellings)

    rounds = Rounds(range(shown), range(shown, shown + tried.count), SCREENED, tries)
    try:
        return choose(program, evaluate, months=months, given=given, rounds=rounds, seed=seed, told=progress)
    except NothingAffordableError as nothing:
        raise InfeasibleError(clash_words(program, nothing.clash)) from None


def _doubt(fresh: Prepared, decision: Decision) -> dict[str, float]:
    """Evidence key → share of the doubt in the pick's gain that it explains."""
    return explained(fresh.anchor.futures.p, decision.comparison.values["closing"]["life_years"][decision.pick])


__all__ = ["PlanReport", "plan"]
