"""The same words in a terminal."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import report_made as made
from hypothesis import given
from hypothesis import strategies as st

from longview.report import compare_text, outlook_text
from longview.report.terminal.ink import Ink
from longview.results import Choice, Interval, Portfolio


@pytest.mark.parametrize("width", [80, 100, 120])
def test_lines_fit_the_terminal(width: int) -> None:
    said = (
        outlook_text(made.outlook(), made.program(), False, width)
        + "\n"
        + compare_text(made.comparison(), made.program(), False, width)
    )
    assert max(map(len, said.splitlines())) <= width


def test_plain_letters_are_plain_and_say_the_same() -> None:
    said = outlook_text(made.outlook(anchored=False), made.program(), False, 80, True) + compare_text(
        made.comparison(), made.program(), False, 80, True
    )
    assert said.isascii()
    assert "?" not in said


def test_colour_only_where_it_is_asked_for_and_never_alone() -> None:
    bare = compare_text(made.comparison(), made.program())
    coloured = compare_text(made.comparison(), made.program(), True)
    assert "\x1b" not in bare
    assert "\x1b" in coloured
    import re

    assert re.sub(r"\x1b\[\d+m", "", coloured).split() == bare.split()


def test_the_outlook_says_what_is_likely_and_why_things_move() -> None:
    said = " ".join(outlook_text(made.outlook(), made.program()).split())
    for words in ("is made up", "likely between", "ends in June 2027", "about 9 in 10, by your "
        "figure", "Pay elsewhere grows",
                  "wears faster than it is mended", "One place is empty", "One place is held empty", "1 of "
                      "the 2 figures"):  # fmt: skip
        assert words in said


def test_an_outlook_that_is_not_fitted_says_so() -> None:
    assert "Not yet fitted" in outlook_text(made.outlook(anchored=False), made.program())


def test_both_tellings_ties_and_keeping_the_money_are_always_there() -> None:
    said = compare_text(made.comparison(), made.program())
    for words in (
        "While we stay open",
        "With the danger of closing",
        "Keep the money",
        "The chance that we",
        "a death fewer",
    ):
        assert words in said
    same = made.comparison()
    twin = {t: {k: v.copy() for k, v in found.items()} for t, found in same.values.items()}
    for found in twin.values():
        for rows in found.values():
            rows[2] = rows[1]
    tied = compare_text(replace(same, values=twin), made.program())
    assert "Too close to call: our numbers cannot choose between" in " ".join(tied.split())
    assert "nearly a coin toss" in tied


def test_one_option_goes_by_its_own_name() -> None:
    found = made.comparison()
    short = (Portfolio("today"), Portfolio("roof", (Choice("roof", 1.0, made.START),)))
    pair = replace(found, portfolios=short, cost=found.cost[:2],
                   values={t: {k: v[:2] for k, v in rows.items()} for t, rows in found.values.items()})  # fmt: skip
    said = compare_text(pair, made.program())
    assert "Mend the roof comes first." in said
    assert "Plan A" not in said


def test_no_sum_is_given_for_a_gain_that_may_be_none() -> None:
    found = made.comparison()
    values = {t: {k: v.copy() for k, v in rows.items()} for t, rows in found.values.items()}
    for rows in values.values():
        rows["deaths"][1] = rows["deaths"][0] + np.linspace(-1, 1, made.F)
    said = " ".join(compare_text(replace(found, values=values), made.program()).split())
    assert "no sum per death fewer can be given" in said


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60))
def test_a_spark_line_has_a_mark_for_each_value_and_rises_with_it(values: list[float]) -> None:
    marks = "▁▂▃▄▅▆▇█"
    line = Ink().spark(np.array(values))
    assert len(line) == len(values)
    order = np.argsort(values)
    heights = [marks.index(line[i]) for i in order]
    assert heights == sorted(heights)


@given(st.floats(-20, 0), st.floats(0.1, 20), st.floats(0, 1), st.floats(0, 1))
def test_an_interval_row_stays_inside_its_columns(low: float, width: float, a: float, b: float) -> None:
    left, right = sorted((low + a * width, low + b * width))
    middle = (left + right) / 2
    row = Ink().interval(
        Interval(left, middle, right),
        Interval((left + middle) / 2, middle, (right + middle) / 2, 0.5),
        min(low, 0),
        max(low + width, 0.1),
        24,
    )
    assert len(row) <= 24
    assert row.count("●") == 1


def test_an_interval_row_stands_where_its_figures_are() -> None:
    drawn = Ink().interval(Interval(2, 5, 8), Interval(4, 5, 6, 0.5), 0, 10, 11)
    assert drawn == "│ ──━●━──"
    assert Ink(ascii=True).interval(Interval(-2, 0, 2), Interval(-1, 0, 1, 0.5), -5, 5, 11) == "   -=o=-"
    assert Ink().interval(Interval(0, 0, 0), Interval(0, 0, 0, 0.5), -5, 5, 11, keep=True) == "     ◇"
