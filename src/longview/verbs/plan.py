"""`plan`: check, anchor, choose, promise, report: the whole path from records to a page that a board can vote on."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from longview.choose import (
    Assumptions,
    Budget,
    NothingAffordableError,
    Rounds,
    assumptions,
    budget_against_actual,
    choose,
    clash_words,
    evidence_turns,
    explained,
    nearest,
    paragraph,
    what_would_settle,
    with_money,
)
from longview.evidence import Parameter, load
from longview.gather import companion, filled_in, resolved
from longview.plan import make_plan, work_plan, write_plan, write_plan_workbook
from longview.program import Month, Problem, Program, records_hash
from longview.report import Audience, ask_html, report_html, report_pdf, work_plan_html, write_report_workbook
from longview.results import Decision, Findings, Portfolio, Telling
from longview.verbs import InfeasibleError, Progress
from longview.verbs.cash import cash
from longview.verbs.dilemma import dilemmas
from longview.verbs.edited import edited_plan
from longview.verbs.futures import TELLINGS, Prepared, cache_folder, engine_here, prepare, price_base
from longview.verbs.kept import FOLDER, Kept
from longview.verbs.ready import ready
from longview.verbs.rests import rests
from longview.verbs.shelf import remembered
from longview.verbs.three import Chosen, three_plans
from longview.verbs.touched import rests_on

OUT = "out"  # a folder of its own beside the program's files, unless told otherwise
RACED, SCREENED = 320, 64  # futures on which finalists are raced, and of those the ones that every plan is run on first
TRIED = 600  # plans tried where there are too many to try all
WORK_PLAN, ASK = "work-plan.pdf", "ask.pdf"
HOUSE = ("director", "board")  # readers of the work plan and of the plan itself, which name roles, funds and places
ASKED = (*HOUSE, "funder")  # readers of what we ask for
DILEMMAS_ON = 512  # futures on which dilemmas are told


@dataclass(frozen=True)
class Found:
    """One run of `plan` before anything is written.

    Attributes:
        program: as its files say, read as rooms that weigh options read it. evidence: the rows that the answer rests on.
        filled: how many of the program's figures are not its own yet. paragraph: the answer in words.
    """

    program: Program
    findings: Findings
    evidence: tuple[Parameter, ...]
    filled: int
    paragraph: str


@dataclass(frozen=True)
class PlanReport:
    """What `plan` made.

    Attributes:
        paragraph: the answer in words. report, plan: the files written (no plan where others are to hold the folder, law 7);
            files: all of them.
        decision: the choice with all its futures (large: machines are handed `summary` instead).
        filled: how many of the program's figures are not its own yet.
        edited: what cannot be meant in the plan.toml that was there.
    """

    program: Program
    paragraph: str
    report: Path
    plan: Path | None
    findings: Findings
    filled: int = 0
    files: tuple[Path, ...] = ()
    edited: tuple[Problem, ...] = ()

    @property
    def decision(self) -> Decision:
        """The choice on expected money."""
        return self.findings.decision

    def summary(self) -> Mapping[str, Any]:
        """The answer as plain values: names, intervals, counts; no futures."""
        found, three = self.decision, self.findings.three
        return {
            "paragraph": self.paragraph,
            "report": self.report,
            "plan": self.plan,
            "files": self.files,
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
            "unmatched": found.unmatched,
            "switching": found.switching,
            "three": {
                v.money: {
                    "a_year": v.a_year,
                    "pick": None if v.decision is None else v.decision.portfolio,
                    "why": v.why,
                }
                for v in three.all
            },
            "common": three.common,
            "settle": self.findings.settle,
            "flags": found.flags,
            "filled": self.filled,
            "edited": self.edited,
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
    """Choose what the program can afford, and write the plan and its documents.

    `report.html`, `.pdf` and `.xlsx`, the year's work plan and what to ask of funders go to `out` (else `out/` in the program's
    folder, or in the folder beside its workbook); `plan.toml` and `plan.xlsx` to that folder (or to `out`, where that was
    given for readers of the house); one that somebody edited is left as it is, and the new one is put beside it.

    Args:
        tries: plans that may be tried; where no more can be afforded, all are.

    Raises:
        NotReadyError: the program's files have problems.
        InfeasibleError: no plan keeps the board's rules with the money there is.
        OSError: nothing can be written where its documents should go; told before the long work.
    """
    beside = companion(resolved(path))
    folder, home = (beside / OUT, beside) if out is None else (out, out if audience in HOUSE else None)
    if not beside.is_file():  # which is no program, and is told as such
        refuse_unwritable(folder)
    made = found(path, years=years, futures=futures, seed=seed, as_of=as_of, tries=tries, progress=progress)
    edited = () if home is None else edited_plan(path, made.program, home)
    return replace(written(made, folder, home, audience), edited=edited)


def refuse_unwritable(folder: Path) -> None:
    """Say so before the long work; nothing is made.

    Raises:
        OSError: no file can be written into this folder, or it can't be made.
    """
    there = next((p for p in (folder, *folder.absolute().parents) if p.exists()), folder)
    if not there.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(there))
    if not os.access(there, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(there))


def found(
    path: Path,
    *,
    years: int = 5,
    futures: int = 1000,
    seed: int = 0,
    as_of: Month | None = None,
    tries: int = TRIED,
    progress: Progress | None = None,
) -> Found:
    """All that a plan's documents tell, worked out on one set of futures; nothing is written.

    Raises:
        NotReadyError: the program's files have problems.
        InfeasibleError: no plan keeps the board's rules with the money there is.
    """
    program = ready(path, as_of)
    evidence = load(program.own_values)
    asked = (records_hash(program), evidence.hash, engine_here(), years, futures, seed, tries)
    store = Kept(cache_folder() / FOLDER)
    findings = remembered(store, asked, lambda: _findings(program, years, futures, seed, tries, progress))
    decision, rows = findings.decision, rests_on(program, evidence, findings.decision.portfolio)
    words = paragraph(program, decision, findings.cash, findings.three)
    return Found(program, findings, tuple(rows), filled_in(path, program), words)


def _findings(program: Program, years: int, futures: int, seed: int, tries: int, progress: Progress | None) -> Findings:
    every = prepare(with_money(program, years), years=years, futures=futures + RACED, seed=seed, progress=progress)
    shown = round(every.count * futures / (futures + RACED))  # all that were asked for, where every future settled
    given = assumptions(program, every.evidence, price_base(program))
    decision = _chosen(program, every, shown, given, seed, tries, progress)
    fresh = first_of(every, shown)
    figures, rows = fresh.anchor.futures.p, rests_on(program, fresh.evidence, decision.portfolio)
    turns = evidence_turns(program, decision, figures, fresh.evidence, seed)
    decision = replace(decision, switching=nearest([*decision.switching, *turns]))
    today, pick = fresh.outlook(), fresh.outlook(decision.portfolio)
    budget = Budget(program, 12 * years, given)
    three = three_plans(Chosen(program, every, shown, given, seed, decision), progress)
    money = cash(fresh, decision.portfolio, budget, pick=pick, today=today)
    stamp = rests(program)
    made = make_plan(
        decision, today, pick, program, years,
        records_hash=stamp.records_hash, evidence_hash=stamp.evidence_hash, version=stamp.version,
        price_growth=given.price_growth, price_base=given.price_base, benefits=given.benefits, handed=given.handed,
        common={choice.option for choice in three.common},
    )  # fmt: skip
    gain = decision.comparison.values["closing"]["life_years"][decision.pick]
    return Findings(
        decision, today, pick, made, three,
        dilemmas(program, first_of(every, min(shown, DILEMMAS_ON))),
        money,
        budget_against_actual(program),
        what_would_settle(decision, figures, rows, seed),
        explained(figures, gain),
        fresh.delivered(pick), fresh.delivered(today),
    )  # fmt: skip


def first_of(prepared: Prepared, count: int) -> Prepared:
    """The same on its first futures alone."""
    which, held = np.arange(count), prepared.anchor
    targets = type(held.targets)(*(x[which] for x in held.targets))
    less = replace(held, futures=held.futures.take(which), start=held.start.take(which), targets=targets)
    return replace(prepared, anchor=less)


def written(made: Found, folder: Path, home: Path | None, audience: Audience) -> PlanReport:
    """The documents of a plan that are this reader's: in `folder`, and in `home` the plan that people may edit (None: nowhere)."""
    program, findings = made.program, made.findings
    folder.mkdir(parents=True, exist_ok=True)
    tail = "" if audience == "director" else f"-{audience}"
    page = report_html(program, findings, evidence=made.evidence, audience=audience, filled=made.filled)
    report, paper, book = (folder / f"report{tail}{kind}" for kind in (".html", ".pdf", ".xlsx"))
    report.write_text(page, encoding="utf-8", newline="\n")
    paper.write_bytes(report_pdf(page))
    write_report_workbook(program, findings, page, book, evidence=made.evidence, audience=audience)
    tasks = work_plan(findings.plan, program)
    files, promised = [report, paper, book], None
    if home is not None:
        promised = write_plan(findings.plan, home)
        files += [promised, write_plan_workbook(findings.plan, tasks, program, home)]
    if audience in HOUSE:
        files += _one_side(folder / WORK_PLAN, work_plan_html(program, findings.plan, tasks))
    if audience in ASKED:
        files += _one_side(folder / ASK, ask_html(program, findings))
    return PlanReport(program, made.paragraph, report, promised, findings, made.filled, tuple(files))


def _one_side(place: Path, sheet: str | None) -> list[Path]:
    """A page of one side, written; where there is none, an older one goes: it would ask for what is no longer wanted."""
    if sheet is None:
        place.unlink(missing_ok=True)
        return []
    place.write_bytes(report_pdf(sheet))
    return [place]


def _chosen(
    program: Program,
    every: Prepared,
    shown: int,
    given: Assumptions,
    seed: int,
    tries: int,
    progress: Progress | None,
) -> Decision:
    def evaluate(
        portfolios: Sequence[Portfolio], futures: Sequence[int], tellings: Sequence[Telling] = TELLINGS
    ) -> Mapping[Telling, Mapping[str, np.ndarray]]:
        """The first `shown` futures are those of the answer; the others are for looking."""
        return every.evaluate(portfolios, np.asarray(futures), tellings)

    rounds = Rounds(range(shown), range(shown, every.count), min(SCREENED, every.count - shown), tries)
    answered = first_of(every, shown)

    def promises(portfolio: Portfolio) -> list[float | None]:
        found = answered.delivered(answered.outlook(portfolio))
        return [None if one is None else one.chance for one in found]

    asked = promises if program.deliverables else None
    months = every.model.horizon
    try:
        return choose(
            program, evaluate, months=months, given=given, rounds=rounds, seed=seed, promises=asked, told=progress
        )
    except NothingAffordableError as nothing:
        raise InfeasibleError(clash_words(program, nothing.clash)) from None


__all__ = ["Found", "PlanReport", "found", "plan", "written"]
