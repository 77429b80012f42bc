"""The what-if of an outbreak: what it says first, what it never says, and that page, terminal and machines agree."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
import report_made as made
from report_pages import evidence, words_of

from longview.report import outbreak_html, outbreak_json, outbreak_text
from longview.report.outbreak import cases, difference
from longview.results import Interval, Outbreak


def page(outbreak: Outbreak) -> str:
    return outbreak_html(made.program(), outbreak, evidence())


def test_it_says_first_that_it_is_a_what_if_and_for_whom() -> None:
    words = words_of(page(made.outbreak()))
    assert words.index("This is a what-if") < words.index("we would expect")
    assert "for the director alone" in words.splitlines()[1]
    told = outbreak_text(made.outbreak(), made.program())
    assert told.index("what-if") < told.index("we would expect")


def test_page_and_terminal_tell_the_same_figures() -> None:
    outbreak = made.outbreak()
    words, told = words_of(page(outbreak)), " ".join(outbreak_text(outbreak, made.program(), width=100).split())
    for row in cases(outbreak):
        for figure in (row.label, row.middle, row.ends, *row.against):
            plain = figure.replace("\u00a0", " ")
            assert plain in words, plain
            assert plain in told, plain
    assert outbreak_text(outbreak, made.program(), ascii=True).isascii()


def test_where_we_hand_out_no_syringes_there_is_no_line_without_them() -> None:
    words = words_of(page(made.outbreak(syringes=0.0)))
    assert "Without our syringes" not in words
    assert "We hand out no syringes" in words
    assert "Without our syringes" in words_of(page(made.outbreak()))


def test_differences_are_paired_and_carry_their_side() -> None:
    outbreak = made.outbreak()
    more, fewer = outbreak.fewer("no-syringes", "today"), outbreak.fewer("sooner", "today")
    assert more.high <= 0 <= fewer.low
    assert difference(more)[0].endswith("more")
    assert difference(fewer)[0].endswith("fewer")
    assert difference(Interval(0.0, 0.1, 0.3))[0] == "hardly any fewer"
    apart = outbreak.size("today").low - outbreak.size("sooner").low
    assert outbreak.fewer("sooner", "today").low != pytest.approx(apart), "not the difference of two ends"


def test_a_small_outbreak_and_none_at_all_are_still_told() -> None:
    assert "about 1 infections" not in words_of(page(made.outbreak(scale=0.0, spread=0.0)))
    nobody = replace(
        made.outbreak(),
        people=np.zeros(made.F),
        sizes=dict.fromkeys(("today", "no-syringes", "sooner"), np.zeros(made.F)),
    )
    assert "Nobody who injects" in words_of(page(nobody))
    assert "nan" not in page(nobody)


def test_machines_get_plain_values_that_say_what_they_are() -> None:
    outbreak = made.outbreak()
    told = outbreak_json(outbreak)
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert told["schema"] == 1
    assert told["what_if"] is True
    assert told["cases"]["today"]["infections"]["middle"] == pytest.approx(np.median(outbreak.sizes["today"]))
    assert told["cases"]["today"]["fewer_than_today"]["high80"] == 0.0
    assert set(told["cases"]) == set(outbreak.sizes)
