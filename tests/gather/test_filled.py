"""A filled figure is told until somebody writes over it, wherever the records live, and hides no other figure."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from longview.gather import (
    Answers,
    check_folder,
    check_text,
    fill,
    read_filled,
    still_filled,
    write_filled,
    write_folder,
    write_workbook,
)
from longview.gather.filled import FILE, Filled, filled_in, row_key
from longview.program import Effect, Month, Price, Program

NOW = Month(2026, 11)


@pytest.fixture(scope="module")
def new() -> tuple[Program, list[Filled]]:
    return fill(Answers("Harbor Street"), NOW)


@pytest.fixture(params=["folder", "workbook"])
def records(request, tmp_path, new) -> Path:
    program, filled = new
    if request.param == "folder":
        write_folder(program, tmp_path / "harbor", all_columns=True)
        write_filled(filled, tmp_path / "harbor")
        return tmp_path / "harbor"
    path = tmp_path / "harbor.xlsx"
    write_workbook(program, path, filled=filled)
    write_filled(filled, path)
    return path


def places(filled) -> set[tuple[str, str, str]]:
    return {(one.sheet, one.row, one.column) for one in filled}


def test_what_was_kept_is_read_back(new, records):
    assert read_filled(records) == (tuple(new[1]), [])


def test_check_tells_each_at_its_place(new, records):
    report = check_folder(records)
    told = [fallback for fallback in report.fallbacks if fallback.code == "filled"]
    assert report.problems == ()
    assert len(told) == len(new[1]) == filled_in(records, report.program)
    for one in told:
        assert one.expected.startswith("filled in by longview new: ")
        assert one.instead == "write your own, if you know it"
        assert one.found
    rate = next(one for one in told if one.column == "rate")
    assert (rate.row, rate.found) == (2, str(new[0].posts[0].rate))


def test_the_list_says_so_in_a_line_a_sheet(new, records):
    said = check_text(check_folder(records))
    listed = said.split("Filled in by longview new")[1]
    assert listed.startswith(f" ({len(new[1])}), and not your own yet.")
    assert len(listed.splitlines()) < 20
    assert all(len(line) <= 80 for line in listed.splitlines())
    assert "7 figures: amount" in listed
    assert "Filled in by" not in said.split("Filled in by longview new")[0]


def test_a_figure_that_was_changed_is_no_longer_filled(new):
    program, filled = new
    rate = ("staff", "worker", "rate")
    assert rate in places(still_filled(program, filled))
    raised = replace(program, posts=(replace(program.posts[0], rate=Decimal("25.00")),))
    assert places(still_filled(program, filled)) - places(still_filled(raised, filled)) == {rate}


def test_each_figure_counts_alone(new):
    """Whatever is changed, that and nothing else is the program's own from then on."""
    program, filled = new
    for one in (one for one in filled if one.sheet == "costs"):
        costs = tuple(replace(c, amount=c.amount + 1) if c.id == one.row else c for c in program.costs)
        changed = still_filled(replace(program, costs=costs), filled)
        assert set(filled) - set(changed) == {one}
    people = replace(program, people=replace(program.people, high=program.people.high + 1))
    assert set(filled) - set(still_filled(people, filled)) == {next(f for f in filled if f.row == "people")}


def test_a_row_that_is_gone_is_not_told(new):
    program, filled = new
    left = still_filled(replace(program, sessions=()), filled)
    assert {one.sheet for one in filled} - {one.sheet for one in left} == {"sessions"}


def test_the_same_number_written_otherwise_is_still_the_same(new, tmp_path):
    """Excel shows 12 where 12.0 was written; that is nobody's new figure."""
    program, filled = new
    write_folder(program, tmp_path / "harbor")
    write_filled(filled, tmp_path / "harbor")
    staff = tmp_path / "harbor" / "staff.csv"
    staff.write_text(staff.read_text("utf-8").replace(",37.5,", ",37.50,"), "utf-8")
    assert ",37.50," in staff.read_text("utf-8")
    report = check_folder(tmp_path / "harbor")
    assert filled_in(tmp_path / "harbor", report.program) == len(filled)


def test_a_program_that_never_was_new_says_nothing_of_it(new, tmp_path):
    write_folder(new[0], tmp_path / "harbor")
    assert read_filled(tmp_path / "harbor") == ((), [])
    report = check_folder(tmp_path / "harbor")
    assert "longview new" not in check_text(report)
    assert not [one for one in report.fallbacks if one.code == "filled"]


@pytest.mark.parametrize(
    "text",
    [
        "[[filled]]\nsheet = 1\n",
        "filled = 3\n",
        "not toml",
        "[[filled]]\nsheet = 'staff'\n",
        "filled = ['a']\n",
        "\0",
        "[",
    ],
)
def test_marks_that_cannot_be_read_are_a_doubt_and_never_a_stop(text, new, tmp_path):
    write_folder(new[0], tmp_path / "harbor")
    (tmp_path / "harbor" / FILE).write_text(text, "utf-8")
    found, told = read_filled(tmp_path / "harbor")
    assert found == ()
    assert [problem.code for problem in told] == ["filled-unread"]
    report = check_folder(tmp_path / "harbor")
    assert report.well
    assert "filled-unread" in {doubt.code for doubt in report.doubts}


def test_marks_of_rows_that_no_sheet_has_are_passed_over(new, tmp_path):
    write_folder(new[0], tmp_path / "harbor")
    odd = [Filled("staff", "nobody", "rate", "1", "x"), Filled("nothing", "a", "b", "1", "x")]
    write_filled(odd, tmp_path / "harbor")
    assert check_folder(tmp_path / "harbor").well
    assert still_filled(new[0], odd) == ()


def test_marks_are_never_written_over(tmp_path):
    write_filled([], tmp_path)
    with pytest.raises(FileExistsError):
        write_filled([], tmp_path)


def test_rows_without_an_id_are_told_apart_by_what_they_are_about():
    assert row_key("effects", Effect("roof", "repair", "add", 1.0)) == "roof, repair, add"
    assert row_key("prices", Price("roof", "building", "once", Decimal(1))) == "roof, building, once"


def test_odd_text_survives_the_way_to_the_file_and_back(tmp_path):
    odd = Filled("staff", 'a"b\\', "rate", "1\n2\x7f\u2028é", "ハ")
    write_filled([odd], tmp_path)
    assert read_filled(tmp_path) == ((odd,), [])


def test_every_mark_in_a_workbook_stands_on_the_cell_that_it_is_about(new, tmp_path):
    import openpyxl

    program, filled = new
    write_workbook(program, tmp_path / "harbor.xlsx", filled=filled)
    book = openpyxl.load_workbook(tmp_path / "harbor.xlsx")
    for sheet in {one.sheet for one in filled} - {"program"}:
        page = book[sheet]
        columns = {cell.value: cell.column for cell in page[1]}
        expected = {(one.row, one.column) for one in filled if one.sheet == sheet}
        from operator import attrgetter

        from longview.program import fields

        rows = attrgetter(fields()[sheet].into)(program)
        for number, row in enumerate(rows, start=2):
            for name, place in columns.items():
                note = page.cell(number, place).comment
                is_marked = note is not None and "illed" in note.text
                assert is_marked == ((row_key(sheet, row), name) in expected), (sheet, number, name)
