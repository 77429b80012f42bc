"""`longview evidence` shows what the file holds, whose it is, and what to type instead of a key that is not there."""

from __future__ import annotations

import pytest

from longview.evidence import load
from longview.verbs import WrongUseError
from longview.verbs.evidence import evidence, number


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
