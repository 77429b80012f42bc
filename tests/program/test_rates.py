"""A rate that is told ready made keeps its unit and its kind, and can't become a count."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longview.gather.cells import Reading, read_cell
from longview.program import CommunityRate, Count, Month, RateFigure, Records, fields, records_hash, total
from longview.program.fingerprint import _plain
from longview.program.types import Program, Range

KINDS = ("hidden", "not-reported", "not-available", "no-row")
FIGURES = st.floats(0, 1e9).map(RateFigure) | st.sampled_from([RateFigure(None, kind) for kind in KINDS])


def rate(figure: RateFigure, **changes) -> CommunityRate:
    made = CommunityRate(
        *(Month(2024, 1), "month", "RI", "opioids-suspected-nonfatal", "overdose_visits", figure),
        *(10_000, "emergency visits", "2025-08-25", "CDC DOSE-SyS", 0.1),
    )
    return replace(made, **changes)


@given(FIGURES)
def test_what_a_cell_says_of_a_rate_is_read_back(figure):
    column = fields()["rates"].column("value")
    assert read_cell(column, str(figure), Reading(known={})) == figure


@given(FIGURES, st.floats(0, 10))
def test_a_rate_is_an_interval_that_holds_its_figure(figure, step):
    told = rate(figure, rounded_to=step)
    assert told.low >= 0
    if figure.value is None:
        assert (told.low, told.high) == (0, None)
    else:
        assert told.low <= figure.value <= told.high
        assert told.high - told.low <= step * (1 + 1e-9) + 1e-6


def test_a_rate_says_what_it_is_per_and_a_missing_one_says_why():
    assert str(rate(RateFigure(24.7))) == "24.7 per 10,000 emergency visits"
    assert [str(rate(RateFigure(None, kind))) for kind in KINDS] == [kind.replace("-", " ") for kind in KINDS]


def test_nothing_makes_a_count_of_a_rate():
    for make in (lambda: rate(RateFigure(1)) + Count.of(1), lambda: Count.of(1) + rate(RateFigure(1))):
        with pytest.raises(TypeError):
            make()
    with pytest.raises(TypeError):
        total([rate(RateFigure(1))])


@pytest.mark.parametrize("bad", [(-1.0,), (math.nan,), (math.inf,), (None,), (1.0, "hidden")])
def test_a_figure_that_cannot_be_is_refused(bad):
    with pytest.raises(ValueError, match="rate"):
        RateFigure(*bad)


@pytest.mark.parametrize("bad", [{"per": 0}, {"of": " "}, {"rounded_to": -0.1}, {"rounded_to": math.nan}])
def test_a_rate_without_a_unit_is_refused(bad):
    with pytest.raises(ValueError, match="told per more than 0"):
        rate(RateFigure(1.0), **bad)


def test_rates_enter_the_fingerprint_and_their_absence_does_not():
    program = Program("p", "P", "Here", "USD", 2022, Month(2022, 1), Range(1, 2, 3), {})
    assert "rates" not in dict(_plain(Records())), "programs without rates keep the fingerprint that they had"
    empty = records_hash(program)
    seen = {records_hash(replace(program, records=Records(rates=(rate(f),)))) for f in map(RateFigure, (1.0, 2.0))}
    seen |= {records_hash(replace(program, records=Records(rates=(rate(RateFigure(None, k)),)))) for k in KINDS}
    assert len(seen - {empty}) == 6
