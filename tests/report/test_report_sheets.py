"""The report as a workbook: what its formulas come to, what a bookkeeper's change does, and what each reader may see."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import findings_made as whole
import numpy as np
import pytest
import report_made as made
import report_pages as pages
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook
from worked_out import Worked

from longview.program import Program
from longview.report import Audience, report_html, write_report_workbook
from longview.results import CashTable, Findings, FundCash

MONTHS = 18
NOTHING = Decimal(0)


def cents(rng: np.random.Generator, most: float, months: int = MONTHS) -> tuple[Decimal, ...]:
    return tuple(Decimal(int(v)) / 100 for v in rng.integers(0, int(most * 100), months))


def added(*rows: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    return tuple(sum(month, NOTHING) for month in zip(*rows, strict=True))


def run(opening: Decimal, *changes: tuple[tuple[Decimal, ...], int]) -> tuple[Decimal, ...]:
    steps = added(*(tuple(sign * v for v in row) for row, sign in changes))
    return tuple(accumulate(steps, initial=opening))[1:]


def fund(rng: np.random.Generator, name: str, pays: str) -> FundCash:
    """A fund's table as its rules tie it together."""
    none = (NOTHING,) * MONTHS
    lines = {"wages": cents(rng, 9000), "naloxone": cents(rng, 900)}
    overhead, ends, arrives, returned = cents(rng, 400), cents(rng, 200), cents(rng, 8000), cents(rng, 50)
    claimed = added(*lines.values(), overhead) if pays == "reimburse" else none
    paid, fee = (cents(rng, 9000), cents(rng, 90)) if pays == "reimburse" else (none, none)
    charged = added(*lines.values(), overhead, tuple(-v for v in ends))
    opening, owed = Decimal("9300.10"), Decimal("1200.05") if pays == "reimburse" else NOTHING
    return FundCash(
        name, f"={name} grant", pays, (1.0,) * MONTHS, opening, arrives, charged, ends, overhead, returned,
        run(opening, (arrives, 1), (charged, -1), (returned, -1)), owed, claimed, paid, run(owed, (claimed, 1), (paid, -1)), fee,
        lines,
    )  # fmt: skip


def table(seed: int = 3) -> CashTable:
    """A whole table of cash, to odd cents."""
    rng = np.random.default_rng(seed)
    funds = (fund(rng, "state", "reimburse"), fund(rng, "foundation", "advance"), fund(rng, "city", "advance"))
    came = {
        "own:gifts": cents(rng, 4000),
        "claims:state": added(funds[0].paid, tuple(-v for v in funds[0].fee)),
        "overhead:foundation": funds[1].overhead, "overhead:city": funds[2].overhead, "lent": cents(rng, 10),
    }  # fmt: skip
    first = added(*funds[0].lines.values())
    free = {"rent": cents(rng, 1500), "phones": cents(rng, 90), "none": (NOTHING,) * MONTHS}
    opening = Decimal("42000.33")
    after = run(opening, *((row, 1) for row in came.values()), *((row, -1) for row in free.values()), (first, -1))
    bills = {"wages": added(*(f.lines["wages"] for f in funds)), **free}
    return CashTable(made.START, "USD", opening, came, bills, free, first, after, Decimal(8750), funds)


@cache
def findings() -> Findings:
    found = whole.findings(
        pages.plan(), decision=replace(made.decision(), switching=whole.switching()), pick=made.outlook(gain=0.028)
    )
    return replace(found, cash=replace(found.cash, plan=table()))


def write(program: Program, path: Path, audience: Audience) -> None:
    page = report_html(program, findings(), evidence=pages.evidence(), audience=audience)
    write_report_workbook(program, findings(), page, path, evidence=pages.evidence(), audience=audience)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("sheets")

    @cache
    def kept(audience: Audience = "board") -> Path:
        path = folder / f"{audience}.xlsx"
        write(whole.promised(), path, audience)
        return path

    return kept


def column(book: Worked, sheet: str, head: str) -> tuple[list[Any], str, int]:
    """A table's column under its head, its letter, and its first row."""
    for row in book.book[sheet].iter_rows():
        for cell in row:
            if cell.value == head and cell.font.bold:
                last = book.book[sheet].max_row
                values = [book.at(sheet, f"{cell.column_letter}{r}") for r in range(cell.row + 1, last + 1)]
                return values, cell.column_letter, cell.row + 1
    raise AssertionError(f"no column {head!r} in {sheet}")


def test_each_formula_comes_to_the_cent_of_the_table(written: Any) -> None:
    book, told = Worked(written()), table()
    assert column(book, "cash", "Free cash after")[0] == list(told.free)
    assert column(book, "cash", "Restricted cash in hand")[0] == list(told.restricted)
    assert column(book, "cash", "Owed to us")[0] == list(told.owed)
    assert column(book, "cash", "Paid first, claimed later")[0] == list(told.first_paid)
    assert column(book, "cash by fund", "Its money after")[0] == [v for f in told.funds for v in f.closing]
    assert column(book, "cash by fund", "Charged")[0] == [v for f in told.funds for v in f.charged]
    assert column(book, "cash by fund", "Owed to us")[0] == [v for f in told.funds for v in f.owed]


def test_what_is_written_beside_each_formula_is_what_it_comes_to(written: Any) -> None:
    book, shown = Worked(written()), load_workbook(written(), data_only=True)
    formulas = book.formulas()
    assert len(formulas) > 300
    for sheet, cell in formulas:
        value, worked = shown[sheet][cell].value, book.at(sheet, cell)
        if isinstance(worked, str):
            assert (value or "") == worked, (sheet, cell)
        elif isinstance(value, datetime):
            assert (value - datetime(1899, 12, 30)).days == worked, (sheet, cell)
        else:
            assert float(value) == pytest.approx(float(worked), abs=1e-9), (sheet, cell)


def test_a_figure_that_is_typed_over_runs_through(written: Any) -> None:
    plain = Worked(written())
    _, letter, first = column(plain, "cash by fund", "Paid on claims")
    _, own, top = column(plain, "cash", "Gifts and own income: own income")
    paid, gifts = plain.at("cash by fund", f"{letter}{first + 2}"), plain.at("cash", f"{own}{top + 4}")
    typed = {("cash by fund", f"{letter}{first + 2}"): paid - 1000, ("cash", f"{own}{top + 4}"): gifts + 250}
    changed = Worked(written(), typed)
    told = table()
    want = [v - 1000 * (t >= 2) + 250 * (t >= 4) for t, v in enumerate(told.free)]
    assert column(changed, "cash", "Free cash after")[0] == want
    assert column(changed, "cash", "Owed to us")[0] == [v + 1000 * (t >= 2) for t, v in enumerate(told.owed)]
    facts = {row[0].value: row[1].coordinate for row in changed.book["cash"].iter_rows(max_row=14, max_col=2)}
    assert changed.at("cash", facts["Lowest free cash at a month’s end"]) == min(want)
    below = sum(v < told.reserve for v in want)
    assert changed.at("cash", facts["Months that end below the reserve"]) == below
    assert changed.at("cash", facts["Against the reserve"]).startswith(
        "The reserve is not kept" if below else "The reserve is kept"
    )


def test_the_budget_ties_to_the_ledger(written: Any) -> None:
    book, told = Worked(written()), findings().budget
    spent = column(book, "budget", "Spent")[0]
    rows = len(told.rows)
    assert spent[:rows] == [r.actual for r in told.rows]
    assert spent[rows] == told.total == sum(r.actual for r in told.rows)
    gaps = column(book, "budget", "Over budget")[0][:rows]
    assert gaps == [None if r.budget is None else r.actual - r.budget for r in told.rows]
    facts = {row[0].value: row[1].coordinate for row in book.book["budget"].iter_rows(max_row=8, max_col=2)}
    assert book.at("budget", facts["Do they agree?"]) == "They agree to the cent."
    _, letter, first = column(book, "budget", "Spent")
    assert (
        Worked(written(), {("budget", f"{letter}{first}"): NOTHING}).at("budget", facts["Do they agree?"])
        == "They do not agree."
    )


@pytest.mark.parametrize("name", ['=HYPERLINK("x")', "+1", "-1+2", "@SUM(A1)", "=1+1"])
def test_text_is_never_a_formula(name: str, tmp_path: Path) -> None:
    program = whole.promised()
    program = replace(program, name=name, funds=tuple(replace(f, name=name) for f in program.funds))
    path = tmp_path / "odd.xlsx"
    write(program, path, "director")
    cells = [c for sheet in load_workbook(path) for row in sheet.iter_rows() for c in row if isinstance(c.value, str)]
    assert any(c.value == name for c in cells)
    assert all(c.data_type == "s" for c in cells if c.value == name or c.value.startswith(f"{name}: "))
    assert column(Worked(path), "cash", "Free cash after")[0] == list(table().free)


def test_the_first_cell_is_the_finding_and_heads_stand_once(written: Any) -> None:
    book = load_workbook(written())
    html = pages.words_of(pages.page("board"))
    assert book.sheetnames == [
        "answer", "plans", "deaths", "dilemmas", "plan", "cash futures", "cash", "cash by fund", "budget", "switching", "rests on",
    ]  # fmt: skip
    for name in ("plans", "deaths", "cash futures"):
        assert book[name]["A1"].value in html.replace("\u00a0", " "), name
    for sheet in book:
        assert not sheet.merged_cells.ranges
        assert sheet.freeze_panes is not None
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows
        assert sheet["A1"].value


def test_the_letter_is_the_pages_own(written: Any) -> None:
    said = " ".join(str(row[0].value or "") for row in load_workbook(written())["answer"].iter_rows(max_col=1))
    html = pages.page("board")
    letter = pages.words_of("<body>" + html[html.index("<header") : html.index("<figure")])
    assert len(letter.split()) > 50
    assert set(letter.split()) <= set(said.split())


@pytest.mark.parametrize("audience", ["participants", "public"])
def test_readers_outside_see_no_cash_by_month_no_budget_and_no_sites(written: Any, audience: Audience) -> None:
    book = load_workbook(written(audience))
    assert not {"cash", "cash by fund", "cash futures", "budget"} & set(book.sheetnames)
    words = " ".join(str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None)
    assert "Harbor House" not in words


def test_a_funder_sees_no_budget(written: Any) -> None:
    assert "budget" not in load_workbook(written("funder")).sheetnames


def test_other_readers_of_workbooks_see_the_same(written: Any) -> None:
    rows = CalamineWorkbook.from_path(str(written())).get_sheet_by_name("cash").to_python()
    free = next(at for row in rows for at, cell in enumerate(row) if cell == "Free cash after")
    assert rows[-1][free] == pytest.approx(float(table().free[-1]), abs=0.005)


def test_the_same_findings_make_the_same_bytes(written: Any, tmp_path: Path) -> None:
    again = tmp_path / "again.xlsx"
    write(whole.promised(), again, "board")
    assert again.read_bytes() == written().read_bytes()
    assert zipfile.ZipFile(again).testzip() is None
    assert [p.name for p in tmp_path.iterdir()] == ["again.xlsx"]
