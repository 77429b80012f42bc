"""Totals tell what belongs to what, headings tell days, cells tell amounts exactly: the parts of reading a ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from longview.gather.importers.ledger_amounts import amount
from longview.gather.importers.ledger_periods import in_a_name, period_of
from longview.gather.importers.ledger_ties import Choices, Outline, TotalOf, best_reading, total_of
from longview.gather.numbers import CellError


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("January - December 2024", ("2024-01-01", "2024-12-31")),
        ("January-December, 2024", ("2024-01-01", "2024-12-31")),
        ("June, 2025-May, 2026", ("2025-06-01", "2026-05-31")),
        ("January through March 2024", ("2024-01-01", "2024-03-31")),
        ("February 2024", ("2024-02-01", "2024-02-29")),
        ("March 1-15, 2024", ("2024-03-01", "2024-03-15")),
        ("January 1 - March 15, 2024", ("2024-01-01", "2024-03-15")),
        ("1 January - 15 March 2024", ("2024-01-01", "2024-03-15")),
        ("Dec 15, 2023 - Jan 14, 2024", ("2023-12-15", "2024-01-14")),
        ("2024-01-01 to 2024-03-31", ("2024-01-01", "2024-03-31")),
        ("1/15/2024 - 2/14/2024", ("2024-01-15", "2024-02-14")),
        ("01/02/2024 - 03/04/2024", None),  # of January, or of February
        ("March 2024 - January 2024", None),
        ("February 30, 2024", None),
        ("As of March 31, 2024", None),
        ("All Dates", None),
        ("May", None),
        ("Jan 24", None),  # a day or a year, where no column is headed
    ],
)
def test_a_title_tells_its_days_or_nothing(text: str, days: tuple[str, str] | None) -> None:
    expected = None if days is None else tuple(map(date.fromisoformat, days))
    assert period_of(text) == expected


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Jan 24", ("2024-01-01", "2024-01-31")),
        ("Jan - Dec 24", ("2024-01-01", "2024-12-31")),
        ("Feb-24", ("2024-02-01", "2024-02-29")),
        ("Jan 1 - 15, 24", ("2024-01-01", "2024-01-15")),
        ("2024-03-01", ("2024-03-01", "2024-03-01")),
    ],
)
def test_a_column_may_be_headed_with_a_short_year(text: str, days: tuple[str, str]) -> None:
    assert period_of(text, heads_a_column=True) == tuple(map(date.fromisoformat, days))


def test_a_file_name_tells_one_month_or_none() -> None:
    assert in_a_name("classes 2024-03") == (date(2024, 3, 1), date(2024, 3, 31))
    assert in_a_name("2024-03 to 2024-04") is None
    assert in_a_name("12024-031") is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("$1,234.50", "1234.50"), ("-$300.00", "-300.00"), ("$-300.00", "-300.00"), ("(300.00)", "-300.00"),
        ("($1,300.00)", "-1300.00"), ("0.30000000000000004", "0.30"), ("12", "12.00"), ("1.4e-14", "0.00"),
        ("12.345", "12.345"),
    ],
)  # fmt: skip
def test_an_amount_is_read_exactly(text: str, value: str) -> None:
    assert str(amount(text)) == value


def test_nothing_is_not_zero() -> None:
    assert amount("") is None
    assert amount("-") is None
    assert amount("0.00") == 0


@pytest.mark.parametrize("text", ["1e300", "9" * 70, "1,23", "12,5", "#REF!", "0.333333333"])
def test_what_is_no_amount_is_told(text: str) -> None:
    with pytest.raises(CellError):
        amount(text)


def test_a_total_names_its_account() -> None:
    assert total_of("Total for Wages with sub-accounts") == TotalOf("Wages", True)
    assert total_of("TOTAL 6100 · Wages") == TotalOf("6100 · Wages")
    assert total_of("Total") is None
    assert total_of("Totally free") is None


Row = tuple[str, int | None]


def outlined(rows: Sequence[Row]) -> list[tuple[str, int]]:
    """What each total closes, (label, sum), in the reading in which everything adds up."""

    def read(choices: Choices) -> list[tuple[str, int]]:
        outline = Outline.of(1, [(label, 0) for label, _ in rows], choices)
        closed = []
        for number, (label, value) in enumerate(rows):
            named = total_of(label)
            said = [Decimal(value or 0)]
            at = outline.closed_by(named.name, 0, said) if named else None
            if at is None:
                outline.add(label, number, 0, said)
                continue
            sums = outline.close(at)
            closed.append((label, int(sums[0])))
            if sums != said:
                choices.failed()
        if outline.open:
            choices.failed()
        return closed

    return best_reading(read, len(rows))


@pytest.mark.parametrize(
    "rows",
    [
        # an account of its section's name, alone and with sub-accounts
        [("Cost", None), ("Cost", 4), ("Total Cost", 4)],
        [("Cost", None), ("Cost", None), ("Fuel", 4), ("Total Cost", 4), ("Total Cost", 4)],
        # a leaf Supplies, and another Supplies with sub-accounts, elsewhere
        [("X", None), ("Supplies", 1), ("Y", None), ("Supplies", 2), ("Pens", 3), ("Total Supplies", 5),
         ("Total Y", 5), ("Total X", 6)],
        # nothing but zeros to tell them apart by
        [("X", None), ("Supplies", 0), ("Y", None), ("Supplies", 0), ("Pens", 0), ("Total Supplies", 0), ("Ink", 7),
         ("Total Y", 7), ("Total X", 7)],
        # an account that is named as a total
        [("X", None), ("Total Health fund", 3), ("Total X", 3)],
    ],
)  # fmt: skip
def test_the_sums_tell_what_belongs_to_what(rows: list[Row]) -> None:
    said = [(label, value) for label, value in rows if label.startswith("Total") and "Health" not in label]
    assert outlined(rows) == said
