"""Pictures: what they show is what was counted and drawn, and they carry classes in place of colours."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import report_made as made
from hypothesis import given
from hypothesis import strategies as st

from longview.program import CommunityCount, Count, Records
from longview.report.charts import cash, fan, marks, parts, vega
from longview.report.charts.recorded import recorded_deaths
from longview.results import Interval

NAMES = st.dictionaries(st.text(min_size=1, max_size=4), st.floats(-500, 500), min_size=1, max_size=6)


@pytest.fixture(scope="module")
def drawn() -> list[str]:
    program, today, pick = made.program(), made.outlook(), made.outlook(gain=0.028)
    picture = fan.fan(today, pick, recorded_deaths(program))
    money = cash.cash(program, pick, today=today)
    return [picture.wide, picture.narrow, money.wide, money.narrow]


def test_no_colour_font_or_address_is_left_in_a_picture(drawn: list[str]) -> None:
    for svg in drawn:
        assert not re.search(r"#[0-9a-fA-F]{3,6}|rgb\(|font-family|https?:|style=", svg)


def test_a_picture_is_well_formed_and_tells_its_story(drawn: list[str]) -> None:
    for svg in drawn:
        root = ET.fromstring(svg)
        assert root.get("role") == "img"
        assert len(re.findall(r"\.(?:\s|$)", root.get("aria-label", ""))) >= 3


def test_every_class_in_a_picture_is_in_the_style_sheet(drawn: list[str]) -> None:
    from longview.report.shell import _style

    names = {name for svg in drawn for found in re.findall(r'class="([^"]+)"', svg) for name in found.split()}
    assert names <= set(re.findall(r"\.([a-zA-Z][\w-]*)", _style()))


def test_a_hidden_month_is_a_bar_and_a_counted_one_a_dot(drawn: list[str]) -> None:
    program = made.program()
    hidden = sum(not row.value.exact for row in program.records.community)
    assert 0 < hidden < len(program.records.community)
    assert drawn[0].count('class="hid"') == hidden
    assert drawn[0].count('class="dot"') + drawn[0].count('class="prov"') == len(program.records.community) - hidden


def test_a_count_is_brought_to_the_catchment_by_its_share_and_a_month_with_a_hole_is_left_out() -> None:
    program = made.program()
    start = program.starts
    rows = [
        CommunityCount(start.plus(-1), area, "all-drugs", "deaths", value, "2026-07-02", "x")
        for area, value in (("A", Count.of(10)), ("B", Count.below(10)))
    ] + [CommunityCount(start.plus(-2), "A", "all-drugs", "deaths", Count.of(7), "2026-07-02", "x")]
    both = replace(program, area_shares={"A": 0.5, "B": 0.1}, records=Records(program.records.services, tuple(rows)))
    found = recorded_deaths(both)
    assert found is not None
    assert found.offsets.tolist() == [-1.0]
    assert (found.low[0], found.high[0]) == (pytest.approx(5.0), pytest.approx(5.9))
    assert found.share is None


def test_a_month_that_two_sources_tell_or_an_area_did_not_count_is_drawn_once_or_not_at_all() -> None:
    program = made.program()

    def told(back: int, area: str, value: Count, source: str = "x") -> CommunityCount:
        return CommunityCount(program.starts.plus(-back), area, "all-drugs", "deaths", value, "2026-07-02", source)

    rows = (
        told(1, "A", Count.of(10)), told(1, "A", Count.of(12), "y"), told(1, "B", Count.of(4)),
        told(2, "A", Count.of(10)), told(2, "B", Count.not_counted()),
    )  # fmt: skip
    shares = {"A": 0.5, "B": 1.0}
    found = recorded_deaths(replace(program, area_shares=shares, records=Records(program.records.services, rows)))
    assert found is not None
    assert (found.offsets.tolist(), found.low.tolist(), found.high.tolist()) == ([-1.0], [9.0], [9.0])


def test_no_records_no_past() -> None:
    program = made.program(records=Records())
    assert recorded_deaths(program) is None
    assert 'class="dot"' not in fan.fan(made.outlook(), None, None).wide


def test_the_gain_is_paired_and_its_years_add_up() -> None:
    today, pick = made.outlook(), made.outlook(gain=0.028)
    rows = fan.table(today, pick, None)
    gain = np.median((today.deaths - pick.deaths).sum(axis=1))
    assert rows[-1].gain is not None
    assert rows[-1].gain[1] == pytest.approx(gain)
    assert len(rows) == 5


def test_cash_is_thin_where_a_quarter_of_futures_lie_below_the_reserve() -> None:
    free = np.full((100, 24), 1000.0)
    free[:26, 10:] = 10.0
    assert cash.thin_month(free, 500.0) == 10
    free[:26, 10:] = 1000.0
    free[:20, 10:] = 10.0
    assert cash.thin_month(free, 500.0) is None


@given(NAMES)
def test_labels_are_pushed_apart_and_keep_their_order(wanted: dict[str, float]) -> None:
    found = vega.pushed_apart(wanted, 15.0)
    order = sorted(wanted, key=lambda name: wanted[name])
    heights = [found[name] for name in order]
    assert all(b - a >= 15.0 - 1e-6 for a, b in pairwise(heights))
    assert sum(found.values()) == pytest.approx(sum(wanted.values()), abs=1e-6)


def test_labels_that_do_not_touch_stay_where_they_are() -> None:
    assert vega.pushed_apart({"a": 0.0, "b": 40.0}) == {"a": 0.0, "b": 40.0}


@given(st.floats(-1e5, 1e5), st.floats(0.01, 1e5))
def test_ticks_span_what_is_shown(low: float, width: float) -> None:
    ticks = parts.round_ticks(low, low + width)
    assert ticks[0] <= low + 1e-6 * width
    assert ticks[-1] >= low + width - 1e-6 * width
    assert 2 <= len(ticks) <= 7


@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(0, 50), st.floats(0, 50)), min_size=1, max_size=5))
def test_an_axis_holds_zero_and_every_interval(found: list[tuple[float, float, float]]) -> None:
    axis = marks.Axis.over([Interval(a, a + b, a + b + c) for a, b, c in found])
    for value in [0.0, *(a for a, _, _ in found), *(a + b + c for a, b, c in found)]:
        assert 0.0 <= float(axis.at(value).rstrip("%")) <= 100.0


@pytest.mark.parametrize(("share", "filled"), [(0.0, 0), (0.001, 1), (0.36, 36), (0.999, 99), (1.0, 100)])
def test_a_hundred_squares_never_say_never_or_always_falsely(share: float, filled: int) -> None:
    assert marks.hundred(share, "x").count('class="on"') == filled


def test_bands_lie_inside_one_another() -> None:
    values = made.outlook().deaths_counted
    edges = [parts.edges(values, share) for share in (0.5, 0.8, 0.95)]
    for (low, high), (wider_low, wider_high) in pairwise(edges):
        assert (parts.smoothed(wider_low) <= parts.smoothed(low)).all()
        assert (parts.smoothed(wider_high) >= parts.smoothed(high)).all()


@given(st.lists(st.floats(0, 240), min_size=1, max_size=9), st.sampled_from([12.0, 16.0]), st.booleans())
def test_labels_never_touch_keep_their_order_and_stay_on_the_sheet(ends: list[float], gap: float, flat: bool) -> None:
    """Also where all things end at one height, as on a flat chart."""
    wanted = {f"label {n}": (100.0 if flat else at) for n, at in enumerate(ends)}
    placed = vega.pushed_apart(wanted, gap, low=6.0, high=236.0)
    order = sorted(wanted, key=lambda name: wanted[name])
    heights = [placed[name] for name in order]
    assert all(b - a >= gap - 1e-6 for a, b in pairwise(heights))
    assert heights[0] >= 6.0 - 1e-6
    assert heights[-1] <= 236.0 + 1e-6


def test_labels_that_do_not_touch_stay_where_they_are_and_those_that_moved_have_a_leader() -> None:
    assert vega.pushed_apart({"a": 20.0, "b": 60.0}, 16.0, 6.0, 236.0) == {"a": 20.0, "b": 60.0}
    assert "lead" not in vega.beside(100.0, {"a": 20.0, "b": 60.0}, {})
    assert vega.beside(100.0, {"a": 20.0, "b": 20.0}, {}).count('class="lead"') == 2


def test_where_all_labels_cannot_fit_they_share_the_room() -> None:
    placed = vega.pushed_apart({str(n): 10.0 for n in range(10)}, 16.0, 0.0, 45.0)
    assert sorted(placed.values()) == pytest.approx([5.0 * n for n in range(10)])
