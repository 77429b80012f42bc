"""`longview dilemma`: what it says, and what it says to what can't be meant."""

from __future__ import annotations

import json

import pytest

from longview.verbs.demo import copy_example, copy_small


@pytest.fixture(autouse=True)
def _numpy(monkeypatch):
    """Few futures: NumPy is done before JAX has compiled."""
    monkeypatch.setattr("longview.verbs.futures.engine", lambda: "numpy")


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dilemma") / "program"
    copy_example(folder)
    return folder


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("hours-or-roof",), "hours-or-building"),
        (("roof", "evening-hour"), "Did you mean evening-hours?"),
        (("roof", "evening-hours=5.5"), "can be done at 4, 8, 12"),
        (("roof", "nothing-of-the-kind"), "There are:"),
        (("hours-or-building", "--money", "0"), "--money"),
        (("hours-or-building", "--money", "nan"), "--money"),
        (("hours-or-building", "--money", "much"), "--money"),
        (("a", "b", "c", "d"), "dilemma"),
    ],
)
def test_what_cannot_be_meant_is_told_in_words(longview, program, typed, said):
    found = longview("dilemma", *typed, program)
    assert found.code == 2
    assert said in found.err
    assert found.out == ""
    assert "Traceback" not in found.err


def test_a_tenant_is_told_that_a_roof_is_the_landlords(longview, tmp_path):
    place = tmp_path / "small.xlsx"
    copy_small(place)
    found = longview("dilemma", "hours-or-building", place, "--json")
    assert found.code == 2
    assert "landlord" in found.err
    assert found.out == ""


def test_the_page_tells_the_answer_first_both_tellings_and_what_is_kept(longview, program):
    found = longview(
        "dilemma", "supplies-or-wages", program, "--futures", 24, "--years", 2, "--money", 25000, "--ascii"
    )
    assert found.code == 0
    lines = found.out.splitlines()
    assert max(map(len, lines)) <= 80
    assert all(line.isascii() for line in lines)
    body = " ".join(found.out.split())
    assert "or better pay? The model cannot settle this one:" in body, "the answer first"
    for words in (
        "While we stay open",
        "With the danger of closing",
        "A living wage here is $20.75",
        "How sure?",
        "Keep",
    ):
        assert words in body


def test_for_machines_it_is_one_object_with_both_tellings(longview, program):
    found = longview("dilemma", program, "hours-or-building", "--futures", 24, "--years", 1, "--json")
    assert found.code == 0
    told = json.loads(found.out)
    assert told["dilemma"] == "hours-or-building"
    assert told["money_a_year"] == 25000
    assert set(told["sides"]) == {"a", "b", "keep"}
    rows = told["comparisons"]["1"]["portfolios"]
    assert len(rows) == 4
    assert set(rows[1]["tellings"]) == {"open", "closing"}
