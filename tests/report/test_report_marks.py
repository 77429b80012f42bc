"""The page keeps to the marks that paper is set from (docs/decisions/0406), whatever was found."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser

import findings_made as whole
import pytest
import report_made as made
from report_pages import AUDIENCES, evidence, page, plan, words_of

from longview.program import Month, Program
from longview.report import Audience, dilemma_html, report_html
from longview.results import BudgetActual, Findings, Settle, ThreePlans, Variant

TAGS = {
    "html", "head", "meta", "title", "style", "body", "a", "header", "main", "footer", "section", "nav", "p", "b", "br", "span",
    "small", "h1", "h2", "h3", "ul", "ol", "li", "div", "figure", "figcaption", "table", "caption", "thead", "tbody", "tr", "th",
    "td", "aside", "details", "summary", "svg", "g", "path", "line", "rect", "circle", "text",
}  # fmt: skip
PARTS = [
    "answer", "dilemma-hours-or-building", "dilemma-supplies-or-wages", "dilemma-fires-or-long-view", "three", "plan", "change",
    "staff", "cash", "promises", "budget", "giveup", "turns", "unseen", "unknown", "rests",
]  # fmt: skip


class Marks(HTMLParser):
    """Tags, ids of parts, tables without a caption and heads without a scope."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.parts: list[str] = []
        self.faults: list[str] = []
        self.levels: list[int] = []
        self.after = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.add(tag)
        if tag == "section":
            self.parts.append(str(found.get("id")))
        if self.after == "table" and tag != "caption":
            self.faults.append("a table without a caption")
        if tag == "th" and "scope" not in found:
            self.faults.append("a head without a scope")
        if re.fullmatch(r"h\d", tag):
            self.levels.append(int(tag[1]))
        self.after = tag


def shown(found: Findings, program: Program | None = None, audience: Audience = "board") -> str:
    return report_html(program or made.program(), found, evidence=evidence(), audience=audience)


def of(**changes: object) -> Findings:
    promises = changes.pop("plan", plan())
    return whole.findings(promises, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_page_keeps_to_the_marks_and_parts_that_paper_knows(audience: Audience) -> None:
    found = Marks(page(audience))
    assert found.tags <= TAGS
    assert found.faults == []
    assert found.parts == [p for p in PARTS if p in found.parts]
    left_out = {"board": set(), "director": set(), "funder": {"budget"}}.get(audience, {"budget", "promises"})
    assert set(PARTS) - set(found.parts) == left_out


def shapes() -> dict[str, tuple[Findings, Program]]:
    """Findings of odd shapes, each with its program."""
    program = made.program()
    decision = replace(made.decision(), switching=whole.switching())
    hours, pay, fires = whole.dilemmas()
    none = Variant("cut", 294_000.0, None, "No plan keeps a reserve of $8,750 on that money.")
    plans = whole.three(decision)
    untold = replace(hours, sides=(), comparisons=(), missing={"a": "no option gives hours"})
    alone = ThreePlans(plans.expected, Variant("cut", 0, None), Variant("granted", 0, None), (), 0, ())
    volunteers = replace(program, posts=tuple(replace(p, paid_as="volunteer", rate=Decimal(0)) for p in program.posts))
    far = replace(program, name="Связь улиц", currency="SEK", place="Malmö, Sverige")
    long_name = (
        "A very long name of an option that somebody wrote as a whole sentence about what they would like to do here"
    )
    wordy = replace(program, options=tuple(replace(o, name=f"{long_name}: {o.id}") for o in program.options))
    return {
        "no dilemma can be told": (of(dilemmas=(untold,)), program),
        "no dilemmas": (of(dilemmas=()), program),
        "no turns": (of(dilemmas=tuple(replace(d, turns=()) for d in (hours, pay, fires))), program),
        "tied": (of(decision=made.decision(tied=True)), program),
        "a cut that nothing survives": (of(three=replace(plans, cut=none, common=())), program),
        "one sum of money": (of(three=alone), program),
        "no budget": (of(budget=BudgetActual((), Decimal(0))), program),
        "no asks": (of(settle=Settle(0.0, ())), program),
        "one year": (of(plan=replace(plan(), years=1, commitments=()), cash=whole.cash(program, 12)), program),
        "no building": (of(), replace(program, sites=())),
        "volunteers": (of(), volunteers),
        "far away": (of(), far),
        "wordy": (of(), wordy),
        "no switching": (of(decision=replace(decision, switching=())), program),
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(shapes()))
def test_findings_of_every_shape_make_a_page_that_reads(name: str) -> None:
    found, program = shapes()[name]
    for audience in ("board", "public"):
        html = shown(found, program, audience)  # type: ignore[arg-type]
        marks = Marks(html)
        assert marks.tags <= TAGS
        assert marks.faults == []
        assert all(b - a <= 1 for a, b in zip(marks.levels, marks.levels[1:], strict=False))
        assert not re.search(r"\bNone\b(?! of this)|\bnan\b|\{\{|Undefined", words_of(html))


def test_a_choice_that_cannot_be_told_says_why() -> None:
    found, program = shapes()["no dilemma can be told"]
    words = words_of(shown(found, program))
    assert "This choice cannot be told yet." in words
    assert "no option gives hours" in words


def test_where_a_sum_of_money_holds_no_plan_the_reason_is_told() -> None:
    found, program = shapes()["a cut that nothing survives"]
    words = words_of(shown(found, program))
    assert "No plan keeps a reserve of $8,750 on that money." in words
    assert "They have nothing in common" in words


def test_one_choice_has_a_page_of_its_own() -> None:
    for choice in whole.dilemmas():
        html = dilemma_html(made.program(), choice, audience="board")
        found = Marks(html)
        assert found.parts == [f"dilemma-{choice.id}"]
        assert found.levels[0] == 1
        assert "With the danger of closing" in words_of(html)
        assert "Keep the money" in words_of(html)


def test_a_choice_that_holds_a_cut_is_not_told_outside() -> None:
    options = tuple(replace(o, kind="stop") if o.id == "evenings" else o for o in made.program().options)
    program = made.program(options=options)
    assert "dilemma-hours-or-building" in Marks(shown(of(), program)).parts
    assert "dilemma-hours-or-building" not in Marks(shown(of(), program, "public")).parts
    assert "evenings" not in words_of(dilemma_html(program, whole.dilemmas()[0], audience="public")).lower()


@pytest.mark.parametrize("audience", ["participants", "public"])
def test_readers_outside_are_told_of_no_fund_no_cut_of_money_and_no_cash(audience: Audience) -> None:
    words = words_of(page(audience))
    for fund in whole.promised().funds:
        assert fund.name not in words
    assert "After a cut of three tenths" not in words
    assert "bridge loan" not in words
    assert "Free cash" not in words


def test_few_workers_are_not_told_of_in_a_choice() -> None:
    few = made.program(posts=tuple(replace(p, filled=min(p.filled, 1.0)) for p in made.program().posts))
    words = words_of(shown(of(), few))
    assert "it stands in the director’s copy alone" in words
    assert "workers who stay" not in words
    assert "workers who stay" in words_of(shown(of(), few, "director"))


def test_a_promise_is_told_with_its_chance() -> None:
    """Visits of a year against what was promised: the share of futures at or above it."""
    words = words_of(page("board"))
    visits = made.outlook(gain=0.028).visits[:, :12].sum(axis=1)
    share = float((visits >= 8000).mean())
    assert 0.01 < share < 0.5
    line = next(row for row in words.splitlines() if "at least 8,000 visits served by June 2027" in row)
    from longview.report.rounding import chance

    assert chance(share).replace("\u00a0", " ") in line
    assert "not in the model" in next(row for row in words.splitlines() if "10 haircuts" in row)
    assert Month(2027, 6) in {d.by for d in whole.promised().deliverables}


def test_likely_is_said_once() -> None:
    for audience in AUDIENCES:
        assert words_of(page(audience)).count("that is what “likely” means") == 1
