"""`<5` is 0 to 4, and 1 to 4 where the same series of the same file says 0; written and read again, nothing changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_programs import small_program

from longview.gather import check_folder, read_folder, write_folder
from longview.program import Count, Month, Program, ServiceCount, WorkforceMonth


def read_of(place: Path, rows: list[str]) -> tuple[list[Count], list[str]]:
    """A services sheet of these rows: what its values were read as, and the doubts about zeros."""
    write_folder(small_program(records=replace(small_program().records, services=())), place / "p")
    (place / "p" / "services.csv").write_text("month,site,measure,value\n" + "\n".join(rows) + "\n")
    report = check_folder(place / "p")
    assert report.program is not None
    told = [doubt.expected for doubt in report.doubts if doubt.code == "zeros-shown"]
    return [row.value for row in report.program.records.services], told


def test_a_zero_in_the_series_lifts_what_is_hidden_and_is_told_once(tmp_path: Path) -> None:
    counts, told = read_of(
        tmp_path, ["2022-01,,referrals,<5", "2022-02,,referrals,0", "2022-03,,referrals,fewer than 10"]
    )
    assert counts == [Count.between(1, 4), Count.of(0), Count.between(1, 9)]
    assert told == ["referrals: zeros are written out here, so this is read as 1 to 4"]


@pytest.mark.parametrize(
    "rows",
    [
        ["2022-01,,referrals,<5", "2022-02,,referrals,6"],  # no zero anywhere
        ["2022-01,,referrals,<5", "2022-01,,visits,0"],  # another measure's zero
        ["2022-01,,referrals,<5", "2022-01,main,referrals,0"],  # another site's
        ["2022-01,,referrals,0 to 4", "2022-02,,referrals,0"],  # said in full
        ["2022-01,,referrals,0-4", "2022-02,,referrals,0"],
        ["2022-01,,referrals,<=4", "2022-02,,referrals,0"],
    ],
)
def test_elsewhere_zero_stays_possible(rows: list[str], tmp_path: Path) -> None:
    counts, told = read_of(tmp_path, rows)
    assert Count.below(5) in counts
    assert told == []


def test_a_hidden_count_without_a_limit_stays_as_it_is(tmp_path: Path) -> None:
    assert read_of(tmp_path, ["2022-01,,visits,*", "2022-02,,visits,0"]) == ([Count.between(0, None), Count.of(0)], [])


def test_deaths_of_an_area_keep_their_source_s_rule(tmp_path: Path) -> None:
    program = small_program()
    first, second, *rest = program.records.community
    rows = (replace(first, value=Count.of(0)), replace(second, value=Count.below(10)), *rest)
    write_folder(replace(program, records=replace(program.records, community=rows)), tmp_path / "p")
    read, _ = read_folder(tmp_path / "p")
    assert read is not None
    assert read.records.community == rows


COUNTS = st.sampled_from(
    [Count.of(0), Count.of(7), Count.below(5), Count.between(1, 4), Count.below(10), Count.blank()]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(served=st.lists(COUNTS, min_size=1, max_size=6), hired=st.lists(COUNTS, min_size=1, max_size=4))
def test_what_is_written_reads_back_as_it_was_zeros_or_not(
    served: list[Count], hired: list[Count], tmp_path_factory: pytest.TempPathFactory
) -> None:
    start = Month(2022, 1)
    services = tuple(ServiceCount(start.plus(i), None, "referrals", count) for i, count in enumerate(served))
    work = tuple(WorkforceMonth(start.plus(i), "Outreach worker", count) for i, count in enumerate(hired))
    records = replace(small_program().records, services=services, workforce=work)
    program: Program = small_program(records=records)
    place = tmp_path_factory.mktemp("zeros") / "p"
    write_folder(program, place)
    assert read_folder(place)[0] == program
