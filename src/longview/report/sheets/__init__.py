"""The report as a workbook: the letter, the pictures' numbers, and cash and budget live."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from longview.evidence import Parameter
from longview.program import Program
from longview.report.told import Audience
from longview.results import Findings

__all__ = ["write_report_workbook"]


def write_report_workbook(
    program: Program,
    findings: Findings,
    html: str,
    path: Path,
    *,
    evidence: Iterable[Parameter] = (),
    audience: Audience = "board",
) -> None:
    """Write report.xlsx: what the report says, in numbers that can be taken on.

    Its words are the report's own, so that what a reader may not see there (law 7) is not here either: no cash by month for
    readers outside, no budget but for the director and the board. A file at `path` is replaced.

    Args:
        findings: what one run of `plan` found. evidence: the rows that the model read, as used.
        html: the report's page for the same reader (`report_html`): the words are taken from it.

    Raises:
        ValueError: the outlooks are not on the same futures, or no such reader. OSError: it can't be written there.
    """
    from longview.report.messages import AUDIENCES
    from longview.report.paper.tree import parsed
    from longview.report.sections.budget import READERS
    from longview.report.sheets import live, words
    from longview.report.sheets.book import Book
    from longview.report.told import report_inputs

    told = report_inputs(program, findings, evidence=evidence, audience=audience)
    page = parsed(html)
    made = " (made up)" if program.made else ""
    book = Book(f"{program.name}{made} · {AUDIENCES[audience]}")
    words.answer(book, told, page)
    words.options(book, told, page)
    words.deaths(book, told, page)
    words.dilemmas(book, told, page)
    words.plan(book, told, page)
    if not told.outside:
        words.cash_futures(book, told, page)
        live.cash(book, told)
    if audience in READERS and findings.budget.rows:
        live.budget(book, told)
    words.switching(book, told)
    words.rests(book, told, page)
    book.save(path)
