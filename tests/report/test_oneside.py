"""Pages of one side, the year's work and what we ask for: one side on paper, plain words, and no more than the model shows."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from io import BytesIO

import findings_made as whole
import numpy as np
import pytest
import report_made as made
from pypdf import PdfReader
from report_pages import plan, words_of
from test_report_reading import GRADE, TOO_MUCH, grade

from longview.plan import work_plan
from longview.program import Fund, Month, Option, Program
from longview.report import ask_html, report_pdf, work_plan_html
from longview.report.oneside import TOLD
from longview.results import Choice, Decision, Findings, Portfolio, paired

LONG = "of the house at the corner of Broad Street and Old Ferry Road that we share with the parish of Saint Brigid"


def asking() -> Program:
    """An option that asks a fund."""
    fund = Fund("trust", "Community trust", "private", Decimal(45000), Month(2026, 10), Month(2027, 9), status="hoped")
    option = Option("ask-trust", "Ask the community trust", "ask", fund="trust")
    program = made.program()
    return replace(
        program, options=(*program.options, option), funds=(*program.funds, replace(fund, asked_by="ask-trust"))
    )


def long_names() -> Program:
    """Every option and fund has a name as long as names get."""
    program = asking()
    return replace(
        program,
        options=tuple(replace(o, name=f"{o.name} {LONG}") for o in program.options),
        funds=tuple(replace(f, name=f"{f.name} {LONG}") for f in program.funds),
    )


def found(**changes: object) -> Findings:
    return whole.findings(plan(), **changes)  # type: ignore[arg-type]


def granted(asks: tuple[str, ...] = ()) -> Findings:
    """A plan with an ask granted that does one thing more than the plan on expected money."""
    decision = made.decision()
    portfolios = list(decision.comparison.portfolios)
    portfolios[4] = Portfolio("granted", (*decision.portfolio.choices, Choice("roof", 1.0, made.START.plus(2))))
    values = {
        told: {name: np.array(by_row) for name, by_row in at.items()} for told, at in decision.comparison.values.items()
    }
    for at in values.values():
        at["visits"][4] = at["visits"][decision.pick] + 120.0
        at["deaths"][4] = at["deaths"][decision.pick] - np.linspace(2.0, 9.0, at["deaths"].shape[1])
    comparison = replace(decision.comparison, portfolios=tuple(portfolios), values=values)
    more = replace(decision, pick=4, comparison=comparison)
    three = whole.three(decision)
    return found(three=replace(three, asks=asks, granted=replace(three.granted, decision=more)))


@cache
def ask() -> str:
    page = ask_html(made.program(), granted())
    assert page is not None
    return page


@cache
def work() -> str:
    return work_plan_html(made.program(), plan(), work_plan(plan(), made.program()))


def sides(page: str) -> int:
    return len(PdfReader(BytesIO(report_pdf(page))).pages)


def test_where_no_plan_could_be_made_with_the_ask_there_is_no_page_to_ask_with() -> None:
    three = whole.three(made.decision())
    for without in (
        replace(three, granted=replace(three.granted, decision=None)),
        replace(three, expected=replace(three.expected, decision=None)),
    ):
        assert ask_html(made.program(), found(three=without)) is None


def test_what_the_ask_adds_is_what_the_plan_with_it_does_more_and_nothing_else() -> None:
    findings = granted()
    words = words_of(ask())
    assert "Mend the roof, from September 2026" in words
    without = findings.three.expected.decision
    assert without is not None
    listed = words_of(f"<body>{ask().split('<ul>', 1)[1].split('</ul>')[0]}")
    for choice in without.portfolio.choices:
        name = next(o.name for o in made.program().options if o.id == choice.option)
        assert name not in listed


def test_a_fund_that_is_asked_is_named_with_its_money_and_the_ask_itself_is_nothing_added() -> None:
    page = ask_html(asking(), granted(asks=("ask-trust",)))
    assert page is not None
    words = words_of(page)
    said = next(line for line in words.splitlines() if line.startswith("We ask for"))
    for part in ("$45,000", "from October 2026 to September 2027", "ask the community trust"):
        assert part in said.replace("Ask the", "ask the"), said
    assert len(re.findall("ask the community trust", words, re.I)) == 1


def test_without_a_fund_to_ask_the_sum_a_year_is_asked() -> None:
    assert "We ask for $50,000 a year that we may spend where it is needed most." in words_of(ask())


def test_differences_are_paired_on_the_futures_that_both_were_shown_on() -> None:
    findings = granted()
    without, with_it = findings.three.expected.decision, findings.three.granted.decision
    assert without is not None
    assert with_it is not None
    fewer = replace(
        with_it,
        comparison=replace(
            with_it.comparison,
            values={t: {k: v[:, :100] for k, v in at.items()} for t, at in with_it.comparison.values.items()},
        ),
    )
    short = replace(findings, three=replace(findings.three, granted=replace(findings.three.granted, decision=fewer)))
    page = ask_html(made.program(), short)
    assert page is not None

    def deaths(decision: Decision) -> np.ndarray:
        return np.asarray(decision.comparison.values["closing"]["deaths"][decision.pick], np.float64)[:100]

    gap = paired(deaths(without), deaths(with_it))
    row = next(line for line in words_of(page).splitlines() if line.startswith("People who would die of overdose"))
    said = re.search(r"about (\d+) fewer (\d+) to (\d+)", row.rsplit("|", 1)[1])
    assert said is not None, row
    for shown, true in zip(said.groups(), (gap.middle, gap.low, gap.high), strict=True):
        assert abs(int(shown) - true) <= 0.5 + 1e-9, (row, gap)


def test_only_what_the_money_moves_has_a_row() -> None:
    findings = granted()
    three = findings.three
    same = replace(three, granted=replace(three.granted, decision=three.expected.decision))
    page = ask_html(made.program(), replace(findings, three=same))
    assert page is not None
    body = page.split("<tbody", 1)[1].split("</tbody>")[0]
    assert body.count('role="row"') == 1, "people who would die of overdose are always told"
    assert 1 < ask().split("<tbody", 1)[1].split("</tbody>")[0].count('role="row"') <= len(TOLD)


@pytest.mark.parametrize("program", [made.program, asking, long_names])
def test_each_has_one_side_however_long_the_names(program) -> None:
    asks = () if program is made.program else ("ask-trust",)
    page = ask_html(program(), granted(asks))
    assert page is not None
    promised = replace(
        plan(),
        commitments=tuple(
            replace(c, what=next(o.name for o in program().options if o.id == c.option)) for c in plan().commitments
        ),
    )
    assert sides(page) == 1
    assert sides(work_plan_html(program(), promised, work_plan(promised, program()))) == 1


@pytest.mark.parametrize("page", [ask, work])
def test_each_reads_at_about_twelve_and_says_no_more_than_the_model_shows(page) -> None:
    words = words_of(page())
    assert grade(words) <= GRADE
    assert TOO_MUCH.search(words) is None
    assert not re.search(r"\b(user|client|addict)s?\b", words, re.I)


def test_a_funder_is_told_the_danger_and_how_unsure_it_is() -> None:
    words = words_of(ask())
    assert "The chance that we run out of cash" in words
    said = next(line for line in words.splitlines() if "our plan without it" in line)
    assert re.search(r"fewer people to die of overdose in five years \(likely .*?\)", said)
    assert "comes from assumptions that nobody has measured" in words


def test_an_ask_names_no_site_and_no_role() -> None:
    words = words_of(ask())
    for site in made.program().sites:
        assert site.name not in words
    for post in made.program().posts:
        assert post.role not in words


def test_a_year_in_which_nothing_begins_says_so() -> None:
    nothing = replace(plan(), commitments=())
    words = words_of(work_plan_html(made.program(), nothing, work_plan(nothing, made.program())))
    assert "Nothing new begins between" in words


def test_what_is_declined_or_stopped_is_no_use_of_what_is_asked_for() -> None:
    program = made.program()
    cut = tuple(replace(o, kind="stop") if o.id == "roof" else o for o in program.options)
    name = next(o.name for o in cut if o.id == "roof")
    assert name in ask()
    page = ask_html(replace(program, options=cut), granted())
    assert page is not None
    assert name not in page
