"""The small example's money, worked by hand in a spreadsheet (`make_cash_by_hand.py`), agrees with the product's to the cent."""

from __future__ import annotations

from decimal import Decimal as D
from pathlib import Path

import pytest
from openpyxl import load_workbook

from longview.choose import Budget, assumptions, cash_table
from longview.choose.added import Answer, Cut
from longview.choose.costs import today_lines
from longview.evidence import load
from longview.results import Portfolio
from longview.verbs.futures import price_base
from longview.verbs.ready import ready

HERE = Path(__file__).parent
EXAMPLE = HERE.parents[1] / "src" / "longview" / "examples" / "small-rural.xlsx"
CENT = D("0.01")


@pytest.fixture(scope="module")
def by_hand():
    """Key → the spreadsheet's own values, by month."""
    rows = load_workbook(HERE / "cash_by_hand.xlsx", data_only=True)["book"].iter_rows(min_row=2, values_only=True)
    return {row[0]: [D(repr(x)).quantize(CENT) for x in row[2:]] for row in rows}


@pytest.fixture(scope="module")
def table(by_hand):
    """The product's, on the charges that stand in the spreadsheet."""
    program = ready(EXAMPLE)
    budget = Budget(program, 60, assumptions(program, load(program.own_values), price_base(program)))
    added = budget.nothing()
    today = {}
    classes = {(budget.kinds.of(line), line.item) for line in today_lines(budget.program, 1, budget.given)}
    for k, item in classes:
        for n in budget.kinds.funds[k]:
            for t, money in enumerate(by_hand.get(f"{program.funds[n].id}:{item}", [])):
                today[k, n, t] = today.get((k, n, t), 0.0) + float(money)
    return cash_table(budget, Portfolio("today"), Answer(0.0, Cut(0.0, added.flat), today, {}))


def _rows(table):
    found = {"free": table.free, "first_paid": table.first_paid}
    for name in ("came", "bills", "from_free"):
        found |= {f"{name}:{key}": row for key, row in getattr(table, name).items()}
    for fund in table.funds:
        names = ("arrives", "charged", "ends", "overhead", "returned", "closing", "paid", "owed", "fee")
        found |= {f"{fund.fund}:{name}": getattr(fund, name) for name in names}
        found |= {f"{fund.fund}:{item}": row for item, row in fund.lines.items()}
    return found


def test_every_row_of_the_spreadsheet_is_the_products_to_the_cent(by_hand, table):
    rows, compared = _rows(table), 0
    apart = []
    for key, worked in by_hand.items():
        if key in rows:
            compared += 1
            apart += [(key, t, str(w), str(rows[key][t])) for t, w in enumerate(worked) if w != rows[key][t]]
    assert apart == []
    assert compared >= 45
    missing = {key for key in rows if key not in by_hand} - {
        "county:returned",
        "county:paid",
        "county:owed",
        "county:fee",
    }
    assert {key for key in missing if any(rows[key][: len(by_hand["free"])])} == set(), "nothing that moves is left out"


def test_the_spreadsheet_worked_it_out_by_itself():
    sheet = load_workbook(HERE / "cash_by_hand.xlsx")["book"]
    typed = [row[0].value for row in sheet.iter_rows(min_row=2) if not str(row[3].value).startswith("=")]
    assert typed, "the charges are typed"
    assert all(key.split(":")[0] in ("state", "county") and key.count(":") == 1 for key in typed)
    assert len(typed) == 22, "eleven items, two funds; all else is a formula"
