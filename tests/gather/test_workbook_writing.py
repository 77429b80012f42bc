"""What is written into a workbook reads back as it was, can be typed into where it should, and runs nothing."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import python_calamine as calamine
from hypothesis import given
from hypothesis import strategies as st
from made_programs import small_program
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from longview.gather.filled import Filled
from longview.gather.grids import open_grids
from longview.gather.workbook.cells import LONGEST, escaped, exact, held
from longview.gather.workbook.writing import write_workbook
from longview.program import (
    CommunityRate,
    Cost,
    Count,
    LedgerLine,
    Month,
    Program,
    RateFigure,
    Records,
    WorkforceMonth,
    fields,
)

FOUR = ["program", "staff", "funds", "choices"]
# Sheets of which the small program has no row, beside those that are asked for.
UNUSED = ("fund_lines", "deliverables", "account_items", "costs", "rates", "workforce")
HOSTILE = [
    "=cmd|' /C calc'!A0",
    "'=x",
    "=1+1",
    "+1",
    "-1",
    "@home",
    "#N/A",
    "_x000D_",
    "_x005F_x000D_",
    "_xFFFE_",
    "a\rb",
    "a\r\nb",
    "a\x0b\x1bb",
    "_x005F\rb",
    "😀 ציון ‮abc‬",
    "2022-03",
    "1-9",
    "00123",
    "1e5",
    "TRUE",
    "x" * 30_000,
    "&lt;b&gt; &#13; <b>",
]


def whole_program() -> Program:
    """Harbor Street with rows on every sheet."""
    small = small_program()
    rate = CommunityRate(
        *(
            Month(2022, 3),
            "12-months",
            "RI",
            "opioids",
            "overdose_visits",
            RateFigure(24.7),
            10_000,
            "emergency visits",
        ),
        *("2025-08-25", "CDC DOSE-SyS", 0.1),
    )
    return replace(
        small,
        costs=(Cost("rent", "Rent, Main Street", "rent", Decimal("1800.50"), paid_by=("state",)),),
        records=replace(
            small.records,
            rates=(rate,),
            workforce=(WorkforceMonth(Month(2022, 3), "Outreach worker", hires=Count.of(1), departures=Count.blank()),),
            money=(LedgerLine("2022-03-31", "unassigned", "6100 Wages", "expense", Decimal("9120.45")),),
        ),
    )


def written(program: Program, path: Path, **more: object) -> openpyxl.Workbook:
    return openpyxl.load_workbook(write_workbook(program, path / "a.xlsx", **more))  # type: ignore[arg-type]


def row_of(sheet: Worksheet, fact: str) -> int:
    return next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value == fact)


def test_the_four_sheets_that_every_program_needs_come_first_then_those_with_rows_or_a_name(tmp_path: Path) -> None:
    names = written(small_program(), tmp_path, sheets=["money"]).sheetnames
    assert names[:4] == FOUR
    assert names[-1] == "lists"
    assert names[4:-1] == [s for s in fields() if s not in FOUR and s not in UNUSED]


def test_the_workbook_opens_on_the_program_and_hides_its_lists_alone(tmp_path: Path) -> None:
    book = written(whole_program(), tmp_path)
    assert book.active.title == "program"
    assert [sheet.title for sheet in book if sheet.sheet_state != "visible"] == ["lists"]


def test_every_sheet_has_the_columns_of_the_field_table_and_a_note_on_each(tmp_path: Path) -> None:
    book = written(whole_program(), tmp_path, sheets=list(fields()))
    assert set(book.sheetnames) == {*fields(), "lists"}
    for sheet in fields().values():
        if sheet.into:
            header = book[sheet.name][1]
            assert [cell.value for cell in header] == [column.column for column in sheet.columns]
            for cell, column in zip(header, sheet.columns, strict=True):
                assert cell.comment.text.lower().startswith(column.what.lower().rstrip("."))
                assert ("Needed." in cell.comment.text) == column.needed


def test_the_program_sheet_has_a_row_for_each_fact_said_or_not(tmp_path: Path) -> None:
    sheet = written(small_program(), tmp_path)["program"]
    assert [c.value for c in sheet[1]] == ["fact", "value", "low", "high", "area", "what it is", "for example"]
    facts = [sheet.cell(row, 1).value for row in range(2, sheet.max_row + 1)]
    assert list(dict.fromkeys(facts)) == [*(c.column for c in fields()["program"].columns), "format"]
    row = row_of(sheet, "people")
    assert [sheet.cell(row, place).value for place in (2, 3, 4)] == [1500, 900, 2600]
    row = row_of(sheet, "area_shares")
    assert (sheet.cell(row, 2).value, sheet.cell(row, 5).value) == (0.2, "Rhode Island")
    assert sheet.cell(row_of(sheet, "format"), 2).value == 1


def test_headers_are_locked_cells_to_type_in_are_not_and_rows_can_be_added_sorted_and_filtered(tmp_path: Path) -> None:
    book = written(whole_program(), tmp_path, sheets=list(fields()))
    for sheet in book:
        if sheet.title == "lists":
            continue
        locks = sheet.protection
        assert locks.sheet
        assert locks.password is None
        allowed = ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows", "sort", "autoFilter")
        assert not [name for name in allowed if getattr(locks, name)]
        assert all(cell.protection.locked for cell in sheet[1] if cell.value)
        letters = sheet.column_dimensions
        assert all(not dimension.protection.locked for dimension in letters.values())
        assert max(dimension.max for dimension in letters.values()) == 16_384
        if sheet.title != "program":
            assert all(not cell.protection.locked for row in sheet.iter_rows(min_row=2) for cell in row)
            assert sheet.freeze_panes in ("A2", "C2")


def test_on_the_program_sheet_only_what_is_hers_to_say_is_unlocked(tmp_path: Path) -> None:
    sheet = written(small_program(), tmp_path)["program"]
    for row in range(2, sheet.max_row + 1):
        fact = sheet.cell(row, 1).value
        opened = {place for place in range(1, 8) if not sheet.cell(row, place).protection.locked}
        assert opened == {"format": set(), "people": {2, 3, 4}, "area_shares": {2, 5}}.get(fact, {2}), fact


def test_columns_that_excel_would_turn_into_dates_or_numbers_hold_text(tmp_path: Path) -> None:
    book = written(whole_program(), tmp_path, sheets=list(fields()))
    text = {"id", "text", "month", "months", "time", "ref", "refs", "choice", "yes-no"}
    for sheet in fields().values():
        if sheet.into:
            for place, column in enumerate(sheet.columns, start=1):
                letter = openpyxl.utils.get_column_letter(place)
                formats = {book[sheet.name].column_dimensions[letter].number_format}
                formats |= {cell.number_format for cell in book[sheet.name][letter][1:]}
                assert (formats == {"@"}) == (column.type in text), (sheet.name, column.column)


def test_drop_downs_refer_to_ranges_that_exist_and_hold_what_may_be_chosen(tmp_path: Path) -> None:
    book = written(whole_program(), tmp_path, sheets=list(fields()))
    found = 0
    for sheet in fields().values():
        by_letter = {
            str(span).split(":")[0].rstrip("0123456789"): validation
            for validation in book[sheet.name].data_validations.dataValidation
            for span in validation.sqref.ranges
        }
        for place, column in enumerate(sheet.columns if sheet.into else (), start=1):
            validation = by_letter.get(openpyxl.utils.get_column_letter(place))
            wanted = column.choices or column.type in ("yes-no", "ref", "refs") or column.column == "measure"
            if sheet.name not in ("services", "deliverables") and column.column == "measure":
                wanted = False
            assert bool(wanted) == (validation is not None), (sheet.name, column.column)
            if validation is None:
                continue
            found += 1
            name, cells = validation.formula1.removeprefix("OFFSET(").split("!", 1)
            assert name in book.sheetnames
            if name == "lists":
                left, top, right, bottom = range_boundaries(cells)
                held = [book[name].cell(row, left).value for row in range(top, bottom + 1)]
                assert left == right
                assert all(held)
                assert book[name].cell(bottom + 1, left).value is None
                if column.choices:
                    assert held == list(column.choices)
            else:
                assert book[name].cell(1, 1).value == "id"
                assert cells.startswith("$A$2,")
    assert found > 30


def test_a_column_that_refers_to_a_sheet_which_is_not_there_has_no_drop_down(tmp_path: Path) -> None:
    book = written(replace(small_program(), sites=(), sessions=()), tmp_path)
    assert "sites" not in book.sheetnames
    everything = [v.formula1 for sheet in book for v in sheet.data_validations.dataValidation]
    assert not [formula for formula in everything if "sites!" in formula]


def test_a_name_of_her_own_for_a_measure_is_warned_of_and_not_forbidden(tmp_path: Path) -> None:
    book = written(small_program(), tmp_path)
    (validation,) = [v for v in book["services"].data_validations.dataValidation if "C2" in str(v.sqref)]
    assert validation.errorStyle == "warning"


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:20]))
def test_hostile_text_is_text_and_reads_back_as_it_was(text: str, tmp_path: Path) -> None:
    option = replace(small_program().options[0], name=text, note=text)
    program = replace(small_program(), name=text, area_shares={text: 0.5}, options=(option,))
    path = write_workbook(program, tmp_path / "a.xlsx")
    grids, problems = open_grids(path)
    assert problems == []
    cells = {grid.sheet: [cell for _, row in grid.rows for cell in row] for grid in grids}
    assert cells["choices"].count(text) == 2
    assert cells["program"].count(text) == 2
    assert calamine.load_workbook(path).get_sheet_by_name("choices").to_python()[1][1] == text
    book = openpyxl.load_workbook(path)
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds <= {"s", "n", "d"}  # neither formula nor error
    if text[0] in "=+-@'":
        assert book["choices"]["B2"].quotePrefix


@given(st.text(alphabet="_x05FfDd0a\r\n\x01", max_size=24))
def test_escaped_text_is_what_the_reader_gives_back(text: str) -> None:
    import re

    back = re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), escaped(text))
    assert back == text
    assert not set(escaped(text)) & {"\r", "\x01"}


@pytest.mark.parametrize(
    "text", ["a\0b", "a\ufffe", "\ud800", "x" * (LONGEST + 1), "\r" * 5_000, "😀" * 17_000, "", " a"]
)
def test_what_a_workbook_cannot_hold_is_refused_with_its_place_and_nothing_is_written(
    text: str, tmp_path: Path
) -> None:
    option = replace(small_program().options[0], note=text)
    with pytest.raises(ValueError, match=r"^sheet choices, row 2, note: .*(hold|characters)"):
        write_workbook(replace(small_program(), options=(option,)), tmp_path / "a.xlsx")
    with pytest.raises(ValueError, match=r"^sheet program, row 3, name: .*(hold|characters)"):
        write_workbook(replace(small_program(), name=text), tmp_path / "a.xlsx")
    assert list(tmp_path.iterdir()) == []


@given(st.decimals(-(10**18), 10**18, allow_nan=False, places=4) | st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_cell_holds_exactly_what_was_meant_or_it_is_text(value: Decimal | float) -> None:
    number = exact(value)
    if number is not None:
        assert float(f"{number:.16g}") == number
        assert Decimal(repr(number)) == Decimal(repr(value) if isinstance(value, float) else value)


def test_numbers_are_numbers_where_that_is_exact_and_text_elsewhere() -> None:
    money = fields()["funds"].column("amount")
    count = fields()["services"].column("value")
    assert held(money, Decimal("120000.00")) == 120_000
    assert held(money, Decimal("0.10")) == 0.1
    assert held(money, Decimal("12345678901234567.89")) == "12345678901234567.89"
    assert held(money, Decimal("-0.00")) == "-0.00"
    assert held(count, Count.of(412)) == 412
    assert held(count, Count.below(5)) == "<5"
    assert held(count, Count.between(1, 9)) == "1 to 9"
    assert held(count, Count.blank()) is None
    assert held(fields()["funds"].column("from"), Month(2022, 3)) == "2022-03"
    assert held(fields()["effects"].column("value"), 0.1 + 0.2) == "0.30000000000000004"
    assert held(fields()["money"].column("date"), "2022-03-31") == date(2022, 3, 31)
    assert held(fields()["money"].column("date"), "1899-12-31") == "1899-12-31"


def test_figures_that_were_filled_in_are_marked_and_say_where_they_are_from(tmp_path: Path) -> None:
    filled = [
        Filled("staff", "outreach", "rate", "19.50", "the middle of 41 programs"),
        Filled("program", "people", "people", "900 / 1500 / 2600", "a share of the nation"),
        Filled("prices", "evening, wages, monthly", "amount", "210", "an hour's pay"),
    ]
    book = written(small_program(), tmp_path, filled=filled)
    header = [cell.value for cell in book["staff"][1]]
    rate = book["staff"].cell(2, header.index("rate") + 1)
    assert rate.comment.text == "Filled in: the middle of 41 programs. Write your own over it."
    plain = book["staff"].cell(2, header.index("people") + 1)
    assert (rate.fill.fgColor.rgb != plain.fill.fgColor.rgb, plain.comment) == (True, None)
    assert not rate.protection.locked
    row = row_of(book["program"], "people")
    assert all("a share of the nation" in book["program"].cell(row, place).comment.text for place in (2, 3, 4))
    assert "an hour's pay" in book["prices"]["D2"].comment.text


def test_the_pages_print_sideways_with_the_header_on_each(tmp_path: Path) -> None:
    book = written(whole_program(), tmp_path, sheets=list(fields()))
    for sheet in fields():
        assert book[sheet].print_title_rows == "$1:$1"
        assert book[sheet].sheet_properties.pageSetUpPr.fitToPage
        assert book[sheet].page_setup.fitToHeight == 0
    assert book["funds"].page_setup.orientation == "landscape"


def test_nothing_that_is_there_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"hers")
    with pytest.raises(FileExistsError, match=r"a\.xlsx is there already.*choose another name"):
        write_workbook(small_program(), path)
    assert path.read_bytes() == b"hers"
    assert [one.name for one in tmp_path.iterdir()] == ["a.xlsx"]


def test_what_belongs_to_another_workbook_of_the_name_is_not_taken_over(tmp_path: Path) -> None:
    (tmp_path / "a.longview").mkdir()
    (tmp_path / "a.longview" / "evidence.toml").write_text("another's")
    with pytest.raises(FileExistsError, match=r"a\.longview is there already.*evidence\.toml"):
        write_workbook(small_program(), tmp_path / "a.xlsx")
    assert [one.name for one in tmp_path.iterdir()] == ["a.longview"]


def test_a_workbook_that_came_meanwhile_is_not_written_over_and_nothing_is_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from longview.program import Range

    path = tmp_path / "a.xlsx"
    link = os.link

    def meanwhile(source: Path, target: Path) -> None:
        path.write_bytes(b"hers")
        link(source, target)

    monkeypatch.setattr(os, "link", meanwhile)
    with pytest.raises(FileExistsError, match="is there already"):
        write_workbook(replace(small_program(), own_values={"a": Range(1, 2, 3)}), path)
    assert [one.name for one in tmp_path.iterdir()] == ["a.xlsx"]
    assert path.read_bytes() == b"hers"


def test_own_values_go_beside_the_workbook(tmp_path: Path) -> None:
    from longview.program import Range

    write_workbook(replace(small_program(), own_values={"a b": Range(0.1, 0.2, 0.4)}), tmp_path / "new" / "a.xlsx")
    text = (tmp_path / "new" / "a.longview" / "evidence.toml").read_text(encoding="utf-8")
    assert text == '"a b" = { low = 0.1, best = 0.2, high = 0.4 }\n'


@pytest.mark.parametrize(("name", "sheets"), [("a.xlsm", ()), ("a", ()), ("a.xlsx", ("visits",))])
def test_another_ending_or_an_unknown_sheet_is_refused(name: str, sheets: tuple[str, ...], tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"\.xlsx|no sheet visits"):
        write_workbook(small_program(), tmp_path / name, sheets=sheets)


def test_a_workbook_without_any_record_has_blank_sheets_to_begin_with(tmp_path: Path) -> None:
    book = written(replace(small_program(), records=Records()), tmp_path, sheets=["services"])
    assert book["services"].max_row == 1
    assert book["services"].auto_filter.ref == "A1:D2"
