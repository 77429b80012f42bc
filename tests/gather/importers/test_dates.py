"""A column has one habit; what its cells leave open is asked, and what is read is the day that was written."""

from __future__ import annotations

import contextlib
import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longview.gather.importers.dates import Habit, habit_of, is_date
from longview.gather.numbers import CellError
from longview.program import Month, Problem

NAMES = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
# Ways of writing a day that leave no doubt, and those that need an order.
CLEAR = {
    "iso": lambda d: d.isoformat(),
    "iso with time": lambda d: d.isoformat() + "T13:45:00",
    "slashes, year first": lambda d: f"{d.year}/{d.month}/{d.day}",
    "run together": lambda d: f"{d:%Y%m%d}",
    "American words": lambda d: f"{NAMES[d.month - 1]} {d.day}, {d.year}",
    "short words": lambda d: f"{d.day}-{NAMES[d.month - 1][:3]}-{d.year}",
    "words": lambda d: f"{d.day} {NAMES[d.month - 1]} {d.year}",
}
ORDERED = {
    "mdy": lambda d: f"{d.month}/{d.day}/{d.year}",
    "dmy": lambda d: f"{d.day:02d}.{d.month:02d}.{d.year}",
}
MONTHS = {
    "iso": lambda m: str(m),
    "run together": lambda m: f"{m.year}{m.month:02d}",
    "short word": lambda m: f"{NAMES[m.month - 1][:3]} {m.year}",
    "word": lambda m: f"{NAMES[m.month - 1]} {m.year}",
    "slash": lambda m: f"{m.month}/{m.year}",
    "M code": lambda m: f"{m.year} M{m.month:02d}",
    "apostrophe": lambda m: f"{NAMES[m.month - 1][:3]} '{m.year % 100:02d}",
}


def habit(*texts: str, order: str | None = None) -> tuple[Habit | None, list[Problem]]:
    return habit_of(enumerate(texts, start=2), file="visits.csv", column="Date", letter="A", order=order)


@pytest.mark.parametrize("written", CLEAR)
@given(days=st.lists(DAYS, min_size=1, max_size=8))
def test_a_clear_day_is_read_as_it_was_written(written, days):
    texts = [CLEAR[written](day) for day in days]
    found, problems = habit(*texts)
    assert problems == []
    assert [found.day(text) for text in texts] == [day.isoformat() for day in days]


@pytest.mark.parametrize("written", MONTHS)
@given(numbers=st.lists(st.integers(0, 12 * 60 - 1), min_size=1, max_size=8))
def test_a_month_is_read_as_it_was_written(written, numbers):
    months = [Month(1990, 1).plus(number) for number in numbers]
    texts = [MONTHS[written](month) for month in months]
    found, problems = habit(*texts)
    assert [problem.code for problem in problems] in ([], ["dates-short-years"])
    if written == "apostrophe":
        assert [found.month(text).month for text in texts] == [month.month for month in months]
    else:
        assert [found.month(text) for text in texts] == months


@pytest.mark.parametrize("order", ORDERED)
@given(days=st.lists(DAYS, min_size=1, max_size=8))
def test_an_order_is_read_only_where_a_cell_settles_it_and_never_wrongly(order, days):
    texts = [ORDERED[order](day) for day in days]
    found, problems = habit(*texts)
    settled = any(day.day > 12 for day in days)
    alike = all(day.day == day.month for day in days)
    if settled or alike:
        assert problems == []
        assert [found.day(text) for text in texts] == [day.isoformat() for day in days]
    else:
        assert found is None
        assert [problem.code for problem in problems] == ["dates-ambiguous"]
    told, problems = habit(*texts, order=order)
    assert [told.day(text) for text in texts] == [day.isoformat() for day in days]


def test_what_no_row_settles_is_asked_with_what_to_type():
    found, [problem] = habit("03/04/2024", "05/04/2024")
    assert found is None
    assert (problem.row, problem.letter, problem.found) == (2, "A", "03/04/2024")
    assert "2024-03-04 or 2024-04-03" in problem.expected
    assert "--dates mdy or --dates dmy" in problem.instead
    assert 'dates = "mdy"' in problem.instead


def test_one_day_above_12_settles_the_column_and_says_which_row():
    found, problems = habit("03/04/2024", "05/04/2024", "25/04/2024")
    assert problems == []
    assert (found.order, found.settled_by) == ("dmy", 4)


def test_both_orders_in_one_column_name_both_rows():
    found, [problem] = habit("03/25/2024", "01/02/2024", "25/03/2024")
    assert found is None
    assert problem.code == "dates-mixed"
    assert {problem.row, 2} == {4, 2}
    assert "row 2" in problem.expected


def test_days_of_excel_are_read_where_the_column_is_numbers_and_told():
    found, [doubt] = habit("45352", "45383")
    assert (found.day("45352"), doubt.code, doubt.severity) == ("2024-03-01", "dates-serials", "doubt")
    found, _ = habit("45352", "2024-03-01")
    with pytest.raises(CellError):
        found.read("45352")
    assert habit("12", "19999", "60001")[0] is None


@given(number=st.integers(20_000, 60_000))
def test_a_serial_counts_days_as_excel_does(number):
    found, _ = habit(str(number))
    assert found.day(str(number)) == (date(1899, 12, 30) + timedelta(days=number)).isoformat()


@pytest.mark.parametrize(
    "text",
    ["Q1 2024", "2024Q3", "12 months ending March 2024", "12 month-ending", "2024", "FY24", "2023-24", "Jan-Mar 2024",
     "2024-W03", "YTD 2024"],
)  # fmt: skip
def test_a_longer_time_is_refused_in_words(text):
    found, _ = habit("2024-03", text)
    with pytest.raises(CellError) as refused:
        found.read(text)
    assert refused.value.code == "dates-window"
    assert not is_date(text)


@pytest.mark.parametrize("text", ["5/6", "May 5", "24-Mar", "3-4"])
def test_a_day_without_its_year_is_never_given_one(text):
    found, _ = habit(text)
    if found is not None:
        with pytest.raises(CellError):
            found.read(text)


def test_two_digits_and_two_digits_are_asked():
    found, [problem] = habit("03/24", "04/24")
    assert (found, problem.code) == (None, "dates-ambiguous")
    assert "--dates my" in problem.instead
    told, _ = habit("03/24", "04/24", order="my")
    assert told.month("03/24") == Month(2024, 3)


def test_years_of_two_digits_are_told():
    found, [doubt] = habit("3/25/24", "4/1/24")
    assert (found.day("4/1/24"), doubt.code) == ("2024-04-01", "dates-short-years")


def test_a_month_of_days_in_short_years_is_not_thirty_years():
    texts = [f"{day:02d}/03/24" for day in range(1, 32)]
    found, _ = habit(*texts)
    assert [found.day(text) for text in texts] == [f"2024-03-{day:02d}" for day in range(1, 32)]


def test_a_column_that_excel_turned_half_round_is_doubted():
    found, [doubt] = habit("2024-04-03", "2024-05-03", "25/03/2024")
    assert doubt.code == "dates-half-turned"
    assert found.day("25/03/2024") == "2024-03-25"


def test_an_order_that_was_given_refuses_what_it_cannot_read():
    found, _ = habit("03/25/2024", order="dmy")
    with pytest.raises(CellError) as refused:
        found.read("03/25/2024")
    assert refused.value.code == "dates-other-order"
    assert habit("03/25/2024", order="american")[1][0].code == "dates-order"


def test_other_tongues():
    found, problems = habit("5 de marzo de 2024", "5. März 2024", "5 mars 2024", "5 août 2024", "12 déc. 2024")
    assert problems == []
    assert found.day("5. März 2024") == found.day("5 mars 2024") == found.day("5 de marzo de 2024") == "2024-03-05"
    assert found.day("12 déc. 2024") == "2024-12-12"


@given(texts=st.lists(st.text(max_size=20), max_size=6), order=st.sampled_from([None, "mdy", "dmy", "ymd", "my", "ym"]))
def test_no_text_stops_it(texts, order):
    found, problems = habit(*texts, order=order)
    for text in filter(None, texts):
        if found is not None:
            with contextlib.suppress(CellError):
                found.read(text)
        is_date(text)
    assert found is not None or problems or not any(texts)


def test_a_million_cells_take_seconds():
    texts = [
        f"{day:%m/%d/%Y} 13:{day.day:02d}" for day in (date(2017, 1, 1) + timedelta(n % 2900) for n in range(10**5))
    ]
    start = time.process_time()
    found, _ = habit(*texts)
    for text in texts:
        found.month(text)
    assert (time.process_time() - start) * 10 < 12
