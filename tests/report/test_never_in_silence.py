"""An option of unclear lawfulness is never recommended in silence: page one says so to every reader."""

from __future__ import annotations

from dataclasses import replace

import findings_made as whole
import pytest
import report_made as made
from report_pages import AUDIENCES, plan, words_of

from longview.program import Program
from longview.report import Audience, report_html


def unclear(*options: str) -> Program:
    """The made program with some options of unclear lawfulness."""
    was = made.program()
    return replace(was, options=tuple(replace(o, lawful="unclear") if o.id in options else o for o in was.options))


def first_page(program: Program, audience: Audience) -> str:
    page = report_html(program, whole.findings(plan()), audience=audience)
    return words_of("<body>" + page[page.index('<section id="answer"') :].split("</section>")[0])


@pytest.mark.parametrize("audience", AUDIENCES)
def test_page_one_tells_each_reader_of_an_option_that_may_not_be_lawful(audience: Audience) -> None:
    picked = made.decision().portfolio.choices
    program = unclear(*(c.option for c in picked))
    words = first_page(program, audience)
    said = [line for line in words.splitlines() if "lawful" in line]
    assert said, words
    for choice in picked:
        name = next(o.name for o in program.options if o.id == choice.option)
        assert any(name.lower() in line.lower() for line in said), name


@pytest.mark.parametrize("audience", AUDIENCES)
def test_where_all_is_lawful_nothing_is_said_of_it(audience: Audience) -> None:
    assert "lawful" not in first_page(made.program(), audience)
