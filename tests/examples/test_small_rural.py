"""The second example: a workbook that reads as what its script makes, with the gaps that it says it has."""

from __future__ import annotations

from make_small_rural import WORKBOOK
from small_rural_program import AREA, MONTHS, OFF_THE_ROAD, made_program

from longview.gather import check_folder
from longview.program import Month

REPORT = check_folder(WORKBOOK)
PROGRAM = made_program()


def test_it_reads_without_a_problem_and_as_its_script_makes_it() -> None:
    assert REPORT.problems == ()
    assert REPORT.program == PROGRAM


def test_it_says_that_it_is_made() -> None:
    assert PROGRAM.made
    assert "made up" in PROGRAM.place
    assert {row.source for row in PROGRAM.records.community} == {"made for this example"}


def test_one_and_a_half_workers_live_on_60_000_a_year() -> None:
    assert sum(fund.amount for fund in PROGRAM.funds) == 60_000
    assert sum(post.people for post in PROGRAM.posts) == 2
    assert 1.0 <= sum(post.hours for post in PROGRAM.posts) / 30 <= 1.5
    pay = sum(float(p.rate) * p.hours * 52 * (1 + (p.benefits or 0)) for p in PROGRAM.posts)
    running = sum(float(c.amount) * 12 / c.every for c in PROGRAM.costs)
    assert 45_000 < pay + running < 60_000


def test_it_has_fourteen_months_with_gaps_and_hidden_counts() -> None:
    rows = PROGRAM.records.services
    months = {row.month for row in rows}
    assert len(MONTHS) == 14
    assert set(MONTHS) - months == set(OFF_THE_ROAD)
    assert PROGRAM.starts == Month(2025, 1)
    kinds = {row.value.kind for row in rows}
    assert kinds == {"exact", "hidden", "blank"}
    assert all(row.value.kind == "hidden" for row in PROGRAM.records.community)
    assert set(PROGRAM.area_shares) == {AREA}


def test_what_is_doubtful_in_it_is_told() -> None:
    assert {"months-missing", "read-blank", "preset-confirm"} <= {doubt.code for doubt in REPORT.doubts}
