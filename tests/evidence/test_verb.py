"""`longview evidence` shows what the file holds, whose it is, and what to type instead of a key that is not there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from longview.evidence import load
from longview.verbs import NotReadyError, WrongUseError
from longview.verbs.evidence import evidence, number

EXAMPLE = Path(__file__).resolve().parents[2] / "src" / "longview" / "examples" / "rhode-island"


def test_every_row_is_listed_with_its_doubt_and_grade():
    told = evidence().text(80)
    assert all(f"  {key}\n" in told for key in load().rows)
    assert max(map(len, told.splitlines())) <= 80
    assert "assumption" in told


@pytest.mark.parametrize("key", ["od_witnessed", "lapse_month", "kit_used_share", "fatal_none"])
def test_one_row_is_told_in_full(key):
    row = load()[key]
    told = " ".join(evidence(key).text(72).split())
    for part in (row.name, row.source or "none found", row.ask, row.note, row.grade):
        assert part in told
    assert (f"{key} = {{ low = " in told) == (row.role == "input")


def test_a_key_that_is_not_there_names_the_nearest():
    with pytest.raises(WrongUseError, match="kit_life_months"):
        evidence("kit_life_month")


def test_numbers_are_written_as_people_write_them():
    assert [number(x) for x in (0.41, 0.0588235, 100000.0, 0.0012, 1.0, 0.0)] == [
        "0.41", "0.0588", "100,000", "0.0012", "1", "0",
    ]  # fmt: skip


def test_an_own_figure_is_shown_beside_what_it_stands_in_for():
    told = evidence("opioid_share", EXAMPLE).text(80)
    assert "0.85 (0.8 to 0.9)" in told
    assert "your own figure" in told
    assert "instead of 0.8 (0.6 to 0.95)" in " ".join(told.split())
    assert "yours" in evidence(program=EXAMPLE).text(80)


def test_figures_of_a_program_that_cannot_be_read_are_told_as_its_check(tmp_path):
    with pytest.raises(NotReadyError) as told:
        evidence(program=tmp_path / "nowhere")
    assert told.value.report.problems


def test_an_own_figure_that_cannot_be_names_the_file_and_the_key(tmp_path):
    shutil.copytree(EXAMPLE, tmp_path / "mine")
    (tmp_path / "mine" / "evidence.toml").write_text("od_witnessed = { low = 50, best = 65, high = 80 }\n")
    with pytest.raises((WrongUseError, NotReadyError)) as told:
        evidence(program=tmp_path / "mine")
    if isinstance(told.value, WrongUseError):
        assert "evidence.toml" in str(told.value)
        assert "od_witnessed" in str(told.value)
