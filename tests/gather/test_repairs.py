"""A repair is offered only where a cell can have meant one thing; held to tables of all that it may mean."""

from __future__ import annotations

import itertools
import re
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longview.gather.cells import Reading, read_cell
from longview.gather.names import Names
from longview.gather.numbers import CellError
from longview.gather.repairs import SYNONYMS
from longview.program import Column, Month, fields

KNOWN = {
    name: Names(name, {"main": "Main Street", "state-hr": "State grant", "van": "", "wages": "", "people": ""})
    for name in ("sites", "funds", "choices", "items", "payable", "levers", "presets", "ledger-funds")
}
COLUMNS = [c for sheet in fields().values() for c in sheet.columns if c.type not in ("range", "shares", "text")]


def column(name: str) -> Column:
    sheet, _, wanted = name.partition(".")
    return fields()[sheet].column(wanted)


def mend_of(column: Column, text: str, *, comma: bool = False) -> str | None:
    """The repair offered for a cell that can't be read; None where none is, or the cell reads as it stands."""
    try:
        read_cell(column, text, Reading(KNOWN, comma))
    except CellError as error:
        mend = error.parts.get("mend")
        return None if mend is None else str(mend)
    return None


@pytest.mark.parametrize(
    ("where", "text", "mend"),
    [
        ("services.value", "1,2O4", "1204"),
        ("services.value", "<l0", "<10"),
        ("services.value", "10+", ">=10"),
        ("services.value", "zero", "0"),
        ("services.value", "1\u200b2", "12"),
        ("money.amount", "12O0.5l", "1200.51"),
        ("money.amount", "1.204.000", "1204000"),
        ("money.amount", "1.204,50", "1204.50"),
        ("money.amount", "1200-", "-1200"),
        ("staff.hours_a_week", "35 hours", "35"),
        ("staff.hours_a_week", "35 hours a week", "35"),
        ("services.month", "3/2022", "2022-03"),
        ("services.month", "03.2022", "2022-03"),
        ("services.month", "2022-O2", "2022-02"),
        ("services.month", "March 1, 2022", "2022-03"),
        ("services.month", "1/1/2022", "2022-01"),
        ("money.date", "3/31/2022", "2022-03-31"),
        ("money.date", "31.03.2022", "2022-03-31"),
        ("money.date", "4/4/2022", "2022-04-04"),
        ("money.date", "31 March 2022", "2022-03-31"),
        ("money.date", "20220331", "2022-03-31"),
        ("sessions.from", "0930", "9:30"),
        ("sessions.from", "5p", "5pm"),
        ("sessions.from", "noon", "12:00"),
        ("sessions.weekday", "Mondays", "mon"),
        ("sites.premises", "lease", "leased"),
        ("sites.premises", "Owned.", "owned"),
        ("funds.origin", "County", "local"),
        ("funds.pays", "Reimbursement", "reimburse"),
        ("staff.paid_as", "Salary", "wage"),
        ("funds.carries_over", "Yes.", "yes"),
        ("funds.id", "State-HR", "state-hr"),
        ("sessions.site", "State HR", "state-hr"),
        ("sessions.site", "Main\u00a0 Street", "Main Street"),
    ],
)
def test_what_can_only_mean_one_thing_is_offered(where: str, text: str, mend: str) -> None:
    assert mend_of(column(where), text) == mend


@pytest.mark.parametrize(
    ("where", "text", "comma"),
    [
        ("sessions.site", "mian", False),  # a name that is nearly another
        ("funds.origin", "locla", False),
        ("money.date", "03/04/2022", False),  # which is the day?
        ("services.month", "1/2/2022", False),
        ("money.date", "25/03/22", False),  # a year of two digits may be a day
        ("money.date", "3/31/22", False),
        ("services.month", "03/22", False),
        ("funds.overhead", "22", False),  # 22 for 0.22
        ("money.amount", "1.204", True),  # thousands or decimals
        ("money.amount", "1,2O4", True),
        ("services.value", "1.2O4", True),
        ("money.amount", "12,5", False),
        ("money.amount", "0,125", False),
        ("money.amount", "1,2O", False),
        ("sessions.from", "9.30", False),
        ("sessions.from", "midnight", False),
        ("services.month", "2022-05-17", False),  # the day would be lost
        ("services.month", "May 17, 2022", False),
        ("services.month", "44562", False),  # two calendars of Excel
        ("services.month", "201203", False),  # 2012-03, or the third of December 2020
        ("services.month", "2022-13", False),
        ("money.date", "2022-02-30", False),
        ("services.value", "-", False),  # none, or nobody counted?
        ("services.value", "none", False),
        ("services.value", "1-Sep", False),
        ("services.value", "2022-01-09", False),
        ("services.value", "about 12", False),
        ("services.value", "12?", False),
        ("services.value", "-4", False),
        ("staff.filled", "2 of 3", False),
        ("staff.hours_a_week", "35 minutes", False),
        ("staff.people", "S5", False),
        ("staff.people", "lO", False),  # no digit at all
        ("staff.people", "2.5", False),
        ("money.amount", "1e3", False),
        ("sites.premises", "mortgaged", False),
        ("funds.carries_over", "maybe", False),
    ],
)
def test_what_somebody_must_decide_is_never_offered(where: str, text: str, comma: bool) -> None:
    with pytest.raises(CellError) as told:
        read_cell(column(where), text, Reading(KNOWN, comma))
    assert "mend" not in told.value.parts


def test_jan_25_is_read_with_a_doubt_and_no_repair() -> None:
    reading = Reading(KNOWN)
    assert read_cell(column("services.month"), "Jan-25", reading) == Month(2025, 1)
    assert [code for code, _ in reading.doubts] == ["month-guessed"]


PIECES = [
    "O",
    "l",
    "0",
    "1",
    "2",
    "12",
    "31",
    "2022",
    "204",
    ",",
    ".",
    "/",
    "-",
    " ",
    "<",
    "%",
    "$",
    "Main",
    "yes",
    "X",
]
PIECES += ["\u00a0", "\u200b", "March", "lease", "+", "pm", ":", "hours", "State grant", "mon"]


@given(st.sampled_from(COLUMNS), st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join), st.booleans())
def test_a_cell_mended_reads_without_a_problem_or_a_doubt(column: Column, text: str, comma: bool) -> None:
    mend = mend_of(column, text.strip(), comma=comma) if text.strip() else None
    if mend is not None:
        reading = Reading(KNOWN, comma)
        read_cell(column, mend, reading)
        assert reading.doubts == []
        assert mend == mend.strip() != ""


def days_meant(text: str) -> set[str]:
    """All days that three numbers may be, each as year, month and day in any place; two digits are a year too."""
    found = set()
    for order in itertools.permutations(re.findall(r"\d+", text)):
        year, month, day = (int(part) for part in order)
        year += 2000 if len(order[0]) <= 2 else 0
        with suppress(ValueError):
            found.add(date(year, month, day).isoformat())
    return found


@given(
    st.lists(st.integers(1, 31) | st.integers(2018, 2026), min_size=3, max_size=3),
    st.sampled_from(["/", "-", "."]),
    st.booleans(),
)
def test_a_day_is_offered_only_where_no_order_gives_another(parts: list[int], mark: str, padded: bool) -> None:
    text = mark.join(f"{part:02d}" if padded else str(part) for part in parts)
    mend = mend_of(column("money.date"), text)
    month = mend_of(column("services.month"), text)
    if mend is not None:
        assert days_meant(text) == {mend}
    if month is not None:
        assert {day[:7] for day in days_meant(text)} == {month}
        assert all(day.endswith("-01") for day in days_meant(text))


def numbers_meant(text: str) -> set[Decimal]:
    """All numbers that digits with commas, points, O and l may be: each mark parts thousands throughout, or decimals once."""
    digits = text.replace("O", "0").replace("l", "1")
    found = set()
    for thousands, point in ((",", "."), (".", ",")):
        whole, *decimals = digits.split(point)
        groups = whole.split(thousands)
        grouped = len(groups) == 1 or (1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:]))
        if grouped and len(decimals) <= 1 and thousands not in "".join(decimals) and all([*groups, *decimals]):
            found.add(Decimal("".join(groups) + "." + "".join(decimals)))
    return found


@given(st.text(alphabet="0123459Ol,.", min_size=1, max_size=9), st.booleans())
def test_a_number_is_offered_only_where_no_habit_gives_another(text: str, comma: bool) -> None:
    mend = mend_of(column("money.amount"), text, comma=comma)
    if mend is not None:
        read = read_cell(column("money.amount"), mend, Reading(KNOWN, comma))
        meant = numbers_meant(text)
        if not comma and "." in text and "," not in text.partition(".")[2]:
            meant &= {read}  # a file that parts its cells by commas writes decimals by points
        assert meant == {read}


def test_every_synonym_is_a_known_word_of_its_column_and_no_word_itself() -> None:
    for name, words in SYNONYMS.items():
        choices = [c.choices for sheet in fields().values() for c in sheet.columns if c.column == name]
        assert choices
        for word, meant in words.items():
            assert any(meant in known for known in choices), (name, meant)
            assert not any(word in known for known in choices), (name, word)
