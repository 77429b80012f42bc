"""Budget against actual: whatever the ledger, its rows are the ledger's own expenses, to the cent."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal as D

import pytest
from choose_made import small
from hypothesis import given, settings
from hypothesis import strategies as st

from longview.choose import budget_against_actual
from longview.choose.actual import item_of_account
from longview.program import Account, BudgetLine, LedgerLine, Month, Records, items

ACCOUNTS = ("6100 Wages", "6110 Payroll taxes", "Rent, main office", "5000 Kits", "Miscellaneous", "7200 Fuel")
KINDS = ("expense", "expense", "expense", "income", "transfer", "in-kind", "receivable", "asset")
lines = st.builds(
    LedgerLine,
    date=st.tuples(st.integers(2021, 2024), st.integers(1, 12), st.integers(1, 28)).map(
        lambda day: f"{day[0]}-{day[1]:02d}-{day[2]:02d}"
    ),
    fund=st.sampled_from(["state", "kits", "gifts", "unassigned", "long-gone"]),
    account=st.sampled_from(ACCOUNTS),
    kind=st.sampled_from(KINDS),
    amount=st.decimals(-9999, 99999, places=2),
)


def program(rows, begins=None, own=1):
    base = small(
        budget=(
            BudgetLine("state", "wages", D(100000)),
            BudgetLine("state", "place", D(20000)),
            BudgetLine("kits", "naloxone", D("39999.99")),
        ),
        accounts=(Account("5000 kits", "naloxone"),),
        records=Records(money=tuple(rows)),
        fiscal_year=own,
    )
    return replace(base, funds=tuple(replace(f, fiscal_year=begins if f.id == "state" else None) for f in base.funds))


@settings(max_examples=100)
@given(st.lists(lines, max_size=30), st.sampled_from([None, 1, 7, 10]), st.integers(1, 12))
def test_the_rows_are_the_ledger_to_the_cent(rows, begins, own):
    made = program(rows, begins, own)
    found = budget_against_actual(made)
    spent = [row for row in rows if row.kind == "expense"]
    assert found.total == sum((row.amount for row in spent), D(0))
    assert sum((row.actual for row in found.rows), D(0)) == found.total
    assert found.total + sum(found.left_out.values(), D(0)) == sum((row.amount for row in rows), D(0))
    for fund in ("state", "kits", "gifts"):
        told = sum((row.actual for row in found.rows if row.fund == fund), D(0))
        assert told == sum((row.amount for row in spent if row.fund == fund), D(0))
    lost = sum((row.amount for row in spent if row.fund in ("unassigned", "long-gone")), D(0))
    assert sum((row.actual for row in found.rows if row.fund == "unassigned"), D(0)) == lost
    for row in found.rows:
        first = (begins or own) if row.fund == "state" else own
        assert (row.first.month, row.last) == (first, row.first.plus(11))
        assert row.year == row.last.year
        assert 0 <= row.known <= 12
    assert len({(row.fund, row.line, row.year) for row in found.rows}) == len(found.rows)


def test_every_line_stands_in_the_fiscal_year_of_its_fund():
    rows = [LedgerLine("2022-06-30", f, "6100 Wages", "expense", D(1)) for f in ("state", "kits")]
    rows += [LedgerLine("2022-07-01", f, "6100 Wages", "expense", D(10)) for f in ("state", "kits")]
    found = {(r.fund, r.year): r for r in budget_against_actual(program(rows, begins=7)).rows if r.line == "wages"}
    assert (found["state", 2022].actual, found["state", 2023].actual, found["kits", 2022].actual) == (1, 10, 11)
    assert (found["state", 2023].first, found["state", 2023].known) == (Month(2022, 7), 1)


def test_a_terms_budget_is_spread_over_its_months_and_lost_by_no_cent():
    rows = [LedgerLine(f"{y}-05-01", "kits", "5000 Kits", "expense", D(5)) for y in (2022, 2023, 2024, 2025)]
    found = {r.year: r for r in budget_against_actual(program(rows)).rows if r.fund == "kits" and r.line == "naloxone"}
    assert found[2022].budget is None, "before its term"
    assert found[2023].budget == D("20000.00"), "twelve months of 24, of 39,999.99"
    assert found[2023].budget + found[2024].budget == D("39999.99")
    assert found[2025].budget is None, "after it"


def test_a_budget_line_on_which_nothing_was_spent_is_shown():
    found = budget_against_actual(program([LedgerLine("2023-02-01", "state", "6100 Wages", "expense", D(5))]))
    told = {(row.line, row.year): row for row in found.rows if row.fund == "state"}
    assert (told["place", 2023].actual, told["place", 2023].budget) == (0, D(10000))


def test_the_budgets_line_is_the_items_own_else_its_categorys():
    rows = [
        LedgerLine("2023-02-01", "state", account, "expense", D(5))
        for account in ("Rent, main office", "Miscellaneous")
    ]
    found = budget_against_actual(program(rows))
    assert {row.line for row in found.rows if row.actual} == {"place", "account: Miscellaneous"}
    assert found.unmapped == ("Miscellaneous",)


def test_what_the_accounts_sheet_says_wins_over_words():
    made = program([LedgerLine("2023-02-01", "gifts", "Rent", "expense", D(5))])
    assert [r.line for r in budget_against_actual(made).rows if r.actual] == ["rent"]
    said = replace(made, accounts=(Account("RENT ", "vehicle"),))
    assert [r.line for r in budget_against_actual(said).rows if r.actual] == ["vehicle"]


def test_no_ledger_is_no_table():
    found = budget_against_actual(program([]))
    assert (found.rows, found.total, found.unmapped) == ((), 0, ())


@pytest.mark.parametrize(
    ("account", "item"),
    [
        ("6010 Wages & salaries", "wages"),
        ("PAYROLL TAXES", "wages"),
        ("7100 Rent, office", "rent"),
        ("Syringes", "syringes"),
        ("Wound care supplies", "wound-care"),
        ("Phone & internet", "phones"),
        ("Supplies", None),  # of which sort?
        ("Vehicle fuel", None),  # two items
        ("Property tax", None),  # a word of wages, and one of none
        ("Payroll service", None),
        ("4500", None),
    ],
)
def test_an_accounts_words_name_its_item_or_none(account, item):
    assert item_of_account(account) == item


def test_every_items_own_name_is_its_account():
    assert {name for name in items() if item_of_account(f"6000 {name.replace('-', ' ')}") != name} == {
        "other",
        "other-supplies",
    }
