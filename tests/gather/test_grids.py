"""Texts and workbooks as grids: every cell that a file holds is in the grid or is told."""

from __future__ import annotations

import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longview.gather.grids import cell_text, open_grids
from longview.gather.unzipped import LIMIT_MB


def _codes(path: Path) -> list[str]:
    return [problem.code for problem in open_grids(path)[1]]


def test_a_text_and_a_workbook_of_the_same_table_are_one_grid(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("month;visits\n2022-01;12\n\n2022-02;<5\n")
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["month", "visits"], [date(2022, 1, 1), 12], [], ["2022-02", "<5"]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    (text,), _ = open_grids(tmp_path / "a.csv")
    (sheet,), _ = open_grids(tmp_path / "a.xlsx")
    assert text.rows == [(1, ("month", "visits")), (2, ("2022-01", "12")), (3, ()), (4, ("2022-02", "<5"))]
    assert sheet.rows == [(1, ("month", "visits")), (2, ("2022-01-01", "12")), (4, ("2022-02", "<5"))]
    assert text.decimal_comma
    assert sheet.file == "sheet Sheet"


@given(st.lists(st.lists(st.text(alphabet="abc ,;\"'|é", max_size=6), min_size=2, max_size=4), min_size=1, max_size=6))
def test_every_cell_of_a_workbook_is_in_its_grid(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    path = tmp_path_factory.mktemp("grid") / "a.xlsx"
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Visits")
    for row in rows:
        sheet.append(row)
    book.save(path)
    grids, _ = open_grids(path)
    there = dict(grids[0].rows)
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            cells = there.get(number, ())
            assert (cells[place] if place < len(cells) else "") == cell.strip()


def test_a_formula_without_a_value_and_an_error_are_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"], book.active["B2"], book.active["C3"] = "visits", "=1+1", "#DIV/0!"
    book.save(tmp_path / "a.xlsx")
    (grid,), problems = open_grids(tmp_path / "a.xlsx")
    assert [(p.code, p.row, p.letter, p.severity) for p in problems] == [("formula-empty", 2, "B", "problem")]
    assert dict(grid.rows)[3] == ("", "", "#DIV/0!")


def test_hidden_rows_and_merged_cells_are_read_and_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in range(1, 6):
        sheet.append([f"a{row}", row])
    sheet.merge_cells("A3:A4")
    sheet.row_dimensions[5].hidden = True
    book.save(tmp_path / "a.xlsx")
    (grid,), problems = open_grids(tmp_path / "a.xlsx")
    assert {p.code for p in problems} == {"hidden-rows", "merged-cells"}
    assert dict(grid.rows)[5] == ("a5", "5")


def test_a_small_file_that_unpacks_to_terabytes_is_refused_at_once(tmp_path: Path) -> None:
    with (
        zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(LIMIT_MB + 20):
            part.write(b" " * 1_000_000)
    assert _codes(tmp_path / "a.xlsx") == ["too-big-inside"]


def test_a_cell_at_the_far_corner_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"], book.active["XFD1048576"] = "month", "here"
    book.save(tmp_path / "a.xlsx")
    assert _codes(tmp_path / "a.xlsx") == ["too-big-inside"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xlsx", b"", "not-a-workbook"),
        ("a.xlsx", b"month,visits\n", "not-a-workbook"),
        ("a.xlsx", b"PK\x03\x04 and then nothing", "not-a-workbook"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1", "not-a-workbook"),
        ("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "binary"),
        ("a.csv", b"", "nothing-in-it"),
        ("a.csv", b"a,b\n\"1,2\n", "half-written"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_told(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(content)
    grids, problems = open_grids(tmp_path / name)
    assert not grids
    assert [p.code for p in problems] == [code]
    assert all(p.instead and "{" not in p.expected + p.instead for p in problems)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12.0, "12"), (0.1, "0.1"), (1e300, "1e+300"), (True, "yes"), (None, ""), (" x ", "x"),
        (date(2022, 3, 1), "2022-03-01"), (datetime(2022, 3, 1), "2022-03-01"),
        (datetime(2022, 3, 1, 13, 5), "2022-03-01 13:05:00"), (time(13, 30), "13:30"), (timedelta(hours=24), "24:00"),
    ],
)  # fmt: skip
def test_cells_are_told_as_they_would_be_typed(value: object, text: str) -> None:
    assert cell_text(value) == text


def test_a_table_that_begins_lower_down_and_further_right_keeps_its_places(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["C4"], book.active["D4"], book.active["D6"] = "month", "visits", 12
    book.save(tmp_path / "a.xlsx")
    (grid,), _ = open_grids(tmp_path / "a.xlsx")
    assert grid.rows == [(4, ("", "", "month", "visits")), (6, ("", "", "", "12"))]


PARTS = {
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r0" Target="xl/workbook.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="A" sheetId="1" r:id="r1"/><sheet name="B" sheetId="2" r:id="r2"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="worksheets/sheet1.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/>'
    '<Relationship Id="r2" Target="worksheets/sheet2.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/></Relationships>',
    "xl/worksheets/sheet1.xml": '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    "<row><c><v>1</v></c><c><f>1+1</f></c></row><row><c t='e'><v>#N/A</v></c><c r='C2'><v>3</v></c></row>"
    "</sheetData></worksheet>",
    "xl/worksheets/sheet2.xml": '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1"><c r="A1" t="inlineStr"><is><t>there</t></is></c></row></sheetData></worksheet>',
}


def _archive(path: Path, parts: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def test_cells_that_do_not_say_their_place_are_counted_on(tmp_path: Path) -> None:
    grids, problems = open_grids(_archive(tmp_path / "a.xlsx", PARTS))
    assert [grid.rows for grid in grids] == [[(1, ("1", "", "")), (2, ("#N/A", "", "3"))], [(1, ("there",))]]
    assert [(p.code, p.file, p.row, p.letter) for p in problems] == [("formula-empty", "sheet A", 1, "B")]


def test_a_sheet_whose_rows_are_not_in_the_file_is_told(tmp_path: Path) -> None:
    parts = {name: text for name, text in PARTS.items() if not name.endswith("sheet2.xml")}
    grids, problems = open_grids(_archive(tmp_path / "a.xlsx", parts))
    assert [grid.file for grid in grids] == ["sheet A"]
    assert ("sheet-unreadable", "sheet B") in [(p.code, p.file) for p in problems]


@pytest.mark.parametrize("place", ["abc", "1a", "-1", " 1", "1.0", "9" * 30, "7"])
def test_a_text_that_is_not_in_the_file_is_never_made_up(place: str, tmp_path: Path) -> None:
    """A cell names its text by its place in a list; what is no place there must not read as the list's first."""
    listed = PARTS["xl/worksheets/sheet2.xml"].replace('t="inlineStr"><is><t>there</t></is>', 't="s"><v>1</v>')
    texts = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>no</t></si><si><t>yes</t></si></sst>'
    parts = {**PARTS, "xl/sharedStrings.xml": texts, "xl/worksheets/sheet2.xml": listed}
    grids, _ = open_grids(_archive(tmp_path / "good.xlsx", parts))
    assert [grid.rows for grid in grids][1] == [(1, ("yes",))]
    parts["xl/worksheets/sheet2.xml"] = listed.replace("<v>1</v>", f"<v>{place}</v>")
    grids, problems = open_grids(_archive(tmp_path / "odd.xlsx", parts))
    assert [grid.file for grid in grids] == ["sheet A"]
    assert ("sheet-unreadable", "sheet B") in [(p.code, p.file) for p in problems]


def test_a_part_with_definitions_of_its_own_is_refused(tmp_path: Path) -> None:
    odd = '<!DOCTYPE worksheet [<!ENTITY a "7">]>' + PARTS["xl/worksheets/sheet1.xml"].replace("1</v>", "1&a;</v>")
    assert _codes(_archive(tmp_path / "a.xlsx", {**PARTS, "xl/worksheets/sheet1.xml": odd})) == ["not-a-workbook"]


def test_a_part_that_goes_on_behind_the_size_that_it_tells_is_refused(tmp_path: Path) -> None:
    """Other readers unpack to the end: ten gigabytes may stand behind a size of a few bytes and a checksum of those."""
    path = _archive(tmp_path / "a.xlsx", {**PARTS, "xl/sharedStrings.xml": "<sst>" + " " * 5_000_000})
    raw = bytearray(path.read_bytes())
    at = raw.index(b"PK\x01\x02", raw.rindex(b"xl/sharedStrings.xml") - 46)
    raw[at + 16 : at + 20] = zlib.crc32(b"<sst>").to_bytes(4, "little")
    raw[at + 24 : at + 28] = (5).to_bytes(4, "little")
    path.write_bytes(raw)
    with zipfile.ZipFile(path) as archive:
        assert archive.read("xl/sharedStrings.xml") == b"<sst>", "what a trusting reader sees"
    assert _codes(path) == ["not-a-workbook"]
