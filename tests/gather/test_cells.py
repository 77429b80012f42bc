"""What a cell means, in the ways in which people write it, and what is told where it means nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longview.gather.cells import Reading, read_cell
from longview.gather.names import Names, is_id, made_ids, slug
from longview.gather.numbers import CellError, plain
from longview.gather.tables import letter
from longview.program import Column, Month, fields


def column(sheet: str, name: str) -> Column:
    return fields()[sheet].column(name)


def read(sheet: str, name: str, text: str, *, comma: bool = False) -> object:
    return read_cell(column(sheet, name), text, Reading(known={}, decimal_comma=comma))


@pytest.mark.parametrize(
    ("text", "comma", "value"),
    [
        ("1204.50", False, "1204.50"),
        ("1,204.50", False, "1204.50"),
        ("$1,204.50", False, "1204.50"),
        ("1 204.50", False, "1204.50"),
        ("1\u202f204", False, "1204"),
        ("1'204.50", False, "1204.50"),
        ("USD 12", False, "12"),
        ("12 €", False, "12"),
        ("(300)", False, "-300"),
        ("−300", False, "-300"),
        ("-$300", False, "-300"),
        ("12,5", True, "12.5"),
        ("1.204,50", True, "1204.50"),
        ("1.204.000", True, "1204000"),
        ("0.125", True, "0.125"),
        ("19.50", True, "19.50"),
    ],
)
def test_money_means(text: str, comma: bool, value: str) -> None:
    assert read("money", "amount", text, comma=comma) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "comma", "code"),
    [
        ("1,2O4", False, "letter-o"),
        ("l2", False, "letter-o"),
        ("0,125", False, "ambiguous-number"),
        ("12,5", False, "ambiguous-number"),
        ("1.204", True, "ambiguous-number"),
        ("1,204", True, "ambiguous-number"),
        ("1e3", False, "not-a-number"),
        ("about 12", False, "not-a-number"),
        ("12-15", False, "not-a-number"),
        ("NaN", False, "not-a-number"),
        ("1.2.3", False, "not-a-number"),
        ("", False, "not-a-number"),
    ],
)
def test_what_is_no_money_is_told(text: str, comma: bool, code: str) -> None:
    with pytest.raises(CellError) as told:
        read("money", "amount", text, comma=comma)
    assert told.value.code == code


@given(st.decimals(-(10**12), 10**12, places=2), st.booleans())
def test_every_way_to_write_an_amount_is_one_amount(amount: Decimal, comma: bool) -> None:
    assert Decimal(plain(f"{amount:,.2f}", decimal_comma=False, example="")) == amount
    swapped = f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))
    assert Decimal(plain(swapped, decimal_comma=True, example="")) == amount
    assert Decimal(plain(f"{amount:.2f}", decimal_comma=comma, example="")) == amount


@pytest.mark.parametrize(
    ("text", "share"), [("0.2", 0.2), ("20%", 0.2), ("20 %", 0.2), ("1", 1), ("0", 0), (".5", 0.5)]
)
def test_a_share_means(text: str, share: float) -> None:
    assert read("funds", "overhead", text) == share


@pytest.mark.parametrize("text", ["20", "-0.1", "120%", "1.01"])
def test_what_is_no_share_is_told(text: str) -> None:
    with pytest.raises(CellError) as told:
        read("funds", "overhead", text)
    assert told.value.code == "not-a-share"


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2025-01", Month(2025, 1)),
        ("2025/1", Month(2025, 1)),
        ("2025-01-01", Month(2025, 1)),
        ("January 2025", Month(2025, 1)),
        ("Jan-25", Month(2025, 1)),
    ],
)
def test_a_month_means(text: str, month: Month) -> None:
    reading = Reading(known={})
    assert read_cell(column("services", "month"), text, reading) == month
    assert bool(reading.doubts) == (text == "Jan-25"), "Jan-25 may be a day, so it is read with a doubt"


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("13/2025", "2025-01 to 2025-12"),
        ("3/2025", "2025-03"),
        ("2025-13", "2025-01 to 2025-12"),
        ("2025-05-17", "2025-05"),
        ("45778", "2025-05"),
        ("May", "2022-03"),
    ],
)
def test_what_is_no_month_is_told_with_what_to_type(text: str, instead: str) -> None:
    with pytest.raises(CellError) as told:
        read("services", "month", text)
    assert (told.value.code, told.value.parts["instead"]) == ("not-a-month", instead)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("13:00", 13),
        ("9:30", 9.5),
        ("9", 9),
        ("5pm", 17),
        ("5:30 PM", 17.5),
        ("12 am", 0),
        ("12 p.m.", 12),
        ("24:00", 24),
    ],
)
def test_a_time_means(text: str, hours: float) -> None:
    assert read("sessions", "from", text) == hours


@pytest.mark.parametrize("text", ["25:00", "9:75", "9.30", "13 pm", "noon", "24:30"])
def test_what_is_no_time_is_told(text: str) -> None:
    with pytest.raises(CellError) as told:
        read("sessions", "from", text)
    assert told.value.code == "not-a-time"


@pytest.mark.parametrize(
    ("text", "months"),
    [("4-9", (4, 5, 6, 7, 8, 9)), ("nov-feb", (1, 2, 11, 12)), ("1; 3, 5", (1, 3, 5)), ("June", (6,))],
)
def test_months_of_the_year_mean(text: str, months: tuple[int, ...]) -> None:
    assert read("sessions", "months", text) == months


@pytest.mark.parametrize("text", ["0", "13", "1-2-3", "summer", "-"])
def test_what_is_no_months_is_told(text: str) -> None:
    with pytest.raises(CellError) as told:
        read("sessions", "months", text)
    assert told.value.code == "not-months"


NAMES = Names("funds.csv", {"state-hr": "State grant", "city": "City council", "city-2": "City council"})


def test_a_reference_is_found_by_id_or_by_a_name_that_only_one_has() -> None:
    assert NAMES.find("state-hr") == "state-hr"
    assert NAMES.find("state GRANT") == "state-hr"
    assert NAMES.find("City council") is None
    assert NAMES.find("nobody") is None
    assert Names("funds.csv", {}, complete=False).find("nobody") == "nobody", "what can't be known isn't called unknown"


def test_what_is_misspelled_is_guessed_at() -> None:
    assert NAMES.hint("state-hrr") == "write state-hr"
    assert NAMES.hint("Stat grant") == "write state-hr"
    assert NAMES.hint("zzz") == "write one of: state-hr, city, city-2"


@given(st.text(max_size=40))
def test_an_id_made_from_a_name_is_an_id_or_nothing(name: str) -> None:
    assert slug(name) == "" or is_id(slug(name))


@given(st.lists(st.tuples(st.sampled_from(["", "a", "b-2"]), st.text(max_size=5)), max_size=8))
def test_made_ids_are_never_taken_twice(given_ids: list[tuple[str, str]]) -> None:
    ids = made_ids(given_ids, otherwise="row")
    made = [id_ for id_, (written, _) in zip(ids, given_ids, strict=True) if not written]
    assert len(set(made)) == len(made)
    assert not set(made) & {written for written, _ in given_ids}
    assert all(map(is_id, ids))


def test_columns_are_lettered_as_in_excel() -> None:
    assert [letter(place) for place in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
