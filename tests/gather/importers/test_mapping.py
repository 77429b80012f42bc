"""What a column is, is guessed by its name and its cells; what is near is told, and never read unasked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longview.gather.grids import Grid
from longview.gather.importers.guessing import guess, guess_words
from longview.gather.importers.layout import layout_of
from longview.gather.importers.mapping import NOT_READ, Mapping, fits, role_error
from longview.gather.importers.measures import known_column, known_measure
from longview.gather.importers.tabular import apply
from longview.program import Month, Program, Range, Site, measures

PROGRAM = Program(
    "harbor", "Harbor Street", "Harbor", "USD", 2024, Month(2024, 1), Range(1, 2, 3), {},
    sites=(Site("main-street", "Main Street", "fixed", "leased"), Site("van", "The van", "van", "owned")),
)  # fmt: skip


def guessed(text: str, to: str = "services"):
    rows = [tuple(cell.strip() for cell in line.split("|")) for line in text.strip("\n").split("\n")]
    found, problems = guess([Grid("table.csv", list(enumerate(rows, start=1)))], to, PROGRAM)
    assert found is not None, problems
    return found


@pytest.mark.parametrize(
    ("said", "measure"),
    [
        ("Syringes dist.", "syringes_out"), ("# of syringes distributed", "syringes_out"), ("Needles in", "syringes_back"),
        ("Naloxone kits", "kits_out"), ("Narcan kits given out", "kits_out"), ("Unduplicated clients", "participants_month"),
        ("Unique participants served", "participants_month"), ("12-month unduplicated participants", "participants_12_months"),
        ("OD reversals", "reversals"), ("Overdose reversals reported", "reversals"), ("Encounters", "visits"),
        ("Referrals to treatment", "referrals"), ("Wound care", "wounds_treated"), ("Turned away", "turned_away"),
        ("Sessions cancelled", "sessions_cancelled"), ("Days closed", "days_closed"), ("Stockout days", "stockout_days"),
    ],
)  # fmt: skip
def test_a_name_that_says_one_thing_is_sure(said, measure):
    found = known_measure(said)
    assert (found.name, found.sure) == (measure, True)


@pytest.mark.parametrize("name", measures())
def test_each_measure_is_known_by_its_name_and_by_its_words(name):
    assert known_measure(name).name == known_measure(name.upper().replace("_", " ")).name == name
    assert known_measure(measures()[name]).name == name


@pytest.mark.parametrize(
    ("said", "measure"),
    [("Syringes", "syringes_out"), ("Syrnges out", "syringes_out"), ("Participants", "participants_month")],
)
def test_a_name_that_may_be_meant_is_only_near(said, measure):
    found = known_measure(said)
    assert (found.name, found.sure) == (measure, False)


@pytest.mark.parametrize(
    "said", ["Naloxone doses", "New participants", "Hygiene kits", "Notes", "Test strips out", "", "Pizza"]
)
def test_what_is_something_else_is_not_taken_for_a_measure(said):
    assert known_measure(said) is None


@given(said=st.text(max_size=30))
def test_no_text_stops_it(said):
    known_measure(said)
    for to in ("services", "community", "workforce", "money"):
        known_column(said, to)
    role_error("services", said)


def test_near_names_are_proposed_told_and_left_out_of_what_is_sure():
    found = guessed("Mnth|Syringes|Visits\n2024-01|5|6\n2024-02|7|8")
    assert found.mapping.columns == (("Mnth", "month"), ("Syringes", "syringes_out"), ("Visits", "visits"))
    assert found.sure.role("Syringes") == NOT_READ
    assert {(doubt.code, doubt.column) for doubt in found.doubts} == {
        ("table-near", "Mnth"),
        ("table-near", "Syringes"),
    }


def test_a_measure_that_is_not_known_is_named_and_kept_only_if_she_says_so():
    text = "Month|Hats|Visits\n2024-01|5|6\n2024-02|7|8"
    found = guessed(text)
    assert found.unread == ("B (Hats)",)
    [doubt] = found.doubts
    assert (doubt.code, doubt.letter) == ("table-own", "B")
    assert "own: hats" in doubt.instead
    mapping = found.mapping.with_(columns=(("Month", "month"), ("Hats", "own: hats"), ("Visits", "visits")))
    imported, problems = apply(found.grid, mapping, PROGRAM)
    assert problems == []
    assert {row.measure for row in imported.services} == {"hats", "visits"}


def test_two_rows_of_names_say_site_and_measure():
    text = "|Main Street||The van|\nMonth|Visits|Naloxone kits|Visits|Naloxone kits\n2024-01|1|2|3|4\n2024-02|5|6|7|8"
    found = guessed(text)
    imported, problems = apply(found.grid, found.mapping, PROGRAM)
    assert problems == []
    read = {(str(row.month), row.site, row.measure): int(row.value.low) for row in imported.services}
    assert read["2024-01", "main-street", "kits_out"] == 2
    assert read["2024-02", "van", "visits"] == 7
    assert len(read) == 8


def test_a_site_spelled_nearly_right_is_proposed():
    found = guessed("Month|Site|Visits\n2024-01|Main Stret|5\n2024-02|The van|6")
    assert found.mapping.sites == (("Main Stret", "main-street"),)
    assert found.sure.sites == ()
    assert [doubt.code for doubt in found.doubts] == ["table-site-near"]


def test_the_next_month_of_the_same_layout_asks_nothing():
    text = "Month|Syringes|Hats\n2024-01|5|6\n2024-02|7|8"
    before = guessed(text)
    rows = [("Hats", "Month", "Syringes"), ("1", "2024-03", "9")]
    found, _ = guess([Grid("march.csv", list(enumerate(rows, start=1)))], "services", PROGRAM, known=[before.mapping])
    assert found.remembered
    assert found.doubts == ()
    imported, problems = apply(found.grid, found.mapping, PROGRAM)
    assert problems == []
    assert [(str(row.month), row.measure, row.value.low) for row in imported.services] == [
        ("2024-03", "syringes_out", 9)
    ]


def test_a_month_more_across_is_the_same_layout_and_a_column_more_is_not():
    before = guessed("Service|Jan 2024|Feb 2024\nVisits|1|2\nHats|3|4")
    after = layout_of(Grid("t", [(1, ("Service", "Jan 2024", "Feb 2024", "Mar 2024")), (2, ("Visits", "1", "2", "3"))]))
    assert fits(before.mapping, after)
    other = layout_of(Grid("t", [(1, ("Service", "Site", "Jan 2024", "Feb 2024")), (2, ("Visits", "Van", "1", "2"))]))
    assert not fits(before.mapping, other)


def test_the_guess_is_told_as_a_person_checks_it():
    words = guess_words(guessed("Month|Syringes dist.|Hats\n2024-01|5|6\n2024-02|7|8"))
    assert "Column B, “Syringes dist.” → syringes_out" in words
    assert "Not read: C (Hats)" in words
    assert "2024-01,syringes_out,5" in words


def test_a_column_that_a_mapping_names_and_a_file_lacks_is_a_problem():
    mapping = Mapping("services", (("Month", "month"), ("Visits", "visits")), name="visits")
    grid = Grid("t.csv", [(1, ("Month", "Kits")), (2, ("2024-01", "5"))])
    imported, [problem] = apply(grid, mapping, PROGRAM)
    assert imported.services == ()
    assert (problem.code, problem.column) == ("table-column-missing", "Visits")
