"""A clean copy holds all that was read, says what it left behind, and is written over nothing."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from longview.gather import Answers, Filled, fill, read_folder, write_filled, write_folder, write_workbook
from longview.program import Month, Program, records_hash
from longview.verbs import NotReadyError, WrongUseError
from longview.verbs.convert import convert


def test_the_example_goes_into_a_workbook_and_back(folder: Path, program: Program, tmp_path: Path) -> None:
    there = convert(folder, tmp_path / "a.xlsx")
    back = convert(tmp_path / "a.xlsx", tmp_path / "again")
    for path in (there.path, back.path):
        again, problems = read_folder(path)
        assert again == program
        assert [p for p in problems if p.severity == "problem"] == []
    assert records_hash(there.program) == records_hash(back.program)
    assert there.rows["services"] == len(program.records.services)


def test_own_figures_go_along_with_what_was_written_beside_them(folder: Path, tmp_path: Path) -> None:
    convert(folder, tmp_path / "a.xlsx")
    convert(tmp_path / "a.xlsx", tmp_path / "again")
    assert (tmp_path / "again" / "evidence.toml").read_bytes() == (folder / "evidence.toml").read_bytes()


def test_a_folder_has_its_name_once_all_of_it_is_there(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, real = tmp_path / "copy", shutil.copyfile

    def stopped(source: Path, place: Path) -> None:
        real(source, place)
        assert not target.exists()
        raise KeyboardInterrupt

    monkeypatch.setattr(shutil, "copyfile", stopped)
    with pytest.raises(KeyboardInterrupt):
        convert(folder, target)
    assert [one.name for one in tmp_path.iterdir() if "copy" in one.name] == []


def test_figures_that_were_filled_in_stay_marked_until_they_are_changed(tmp_path: Path) -> None:
    program, filled = fill(Answers(name="Harbor Street"), Month(2026, 11))
    changed = replace(
        program, funds=(replace(program.funds[0], amount=program.funds[0].amount + 1), *program.funds[1:])
    )
    write_filled(filled, write_workbook(changed, tmp_path / "a.xlsx", filled=filled))
    report = convert(tmp_path / "a.xlsx", tmp_path / "b.xlsx")
    assert report.filled == len(filled) - 1
    sheet = openpyxl.load_workbook(tmp_path / "b.xlsx")["funds"]
    header = [cell.value for cell in sheet[1]]
    assert sheet.cell(2, header.index("amount") + 1).comment is None
    assert sheet.cell(2, header.index("from") + 1).comment is not None


def test_what_stays_behind_is_named(folder: Path, program: Program, tmp_path: Path) -> None:
    write_folder(program, tmp_path / "mine")
    (tmp_path / "mine" / "history").mkdir()
    (tmp_path / "mine" / "plan.toml").write_text("")
    (tmp_path / "mine" / "mends.toml").write_text("format = 1\n")
    report = convert(tmp_path / "mine", tmp_path / "a.xlsx")
    assert report.left == ("history/", "plan.toml")
    assert report.applied == ("mends.toml",)
    assert "not in the copy: history/, plan.toml." in report.text()


def test_an_accepted_mend_is_made_in_the_copy_which_needs_it_no_more(program: Program, tmp_path: Path) -> None:
    write_folder(program, tmp_path / "mine")
    services = tmp_path / "mine" / "services.csv"
    header, first, *rest = services.read_text(encoding="utf-8").splitlines()
    month = first.split(",")[0]
    slip = ",".join([f"{month[:4]}/{month[5:]}x", *first.split(",")[1:]])
    services.write_text("\n".join([header, slip, *rest]) + "\n", encoding="utf-8")
    mend = f'file = "services.csv"\nrow = 2\ncolumn = "month"\nwas = "{slip.split(",")[0]}"\nnow = "{month}"\n'
    (tmp_path / "mine" / "mends.toml").write_text(f"format = 1\n\n[[mends]]\n{mend}", encoding="utf-8")
    report = convert(tmp_path / "mine", tmp_path / "a.xlsx")
    assert report.applied == ("mends.toml",)
    assert not (tmp_path / "a.longview" / "mends.toml").exists()
    again, _ = read_folder(tmp_path / "a.xlsx")
    assert again is not None
    assert again.records == report.program.records
    assert len(again.records.services) == len(program.records.services)


def test_a_sheet_of_her_own_stays_behind_and_is_named(program: Program, tmp_path: Path) -> None:
    path = write_workbook(program, tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(path)
    book.create_sheet("Notes").append(["hers"])
    book.save(path)
    assert "sheet Notes" in convert(path, tmp_path / "b").left


def test_the_original_is_as_it_was(folder: Path, tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    convert(folder, tmp_path / "a.xlsx")
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


@pytest.mark.parametrize("name", ["a.xlsx", "a"])
def test_nothing_is_written_over_and_a_free_name_is_offered(name: str, folder: Path, tmp_path: Path) -> None:
    convert(folder, tmp_path / name)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(WrongUseError, match="there already") as refused:
        convert(folder, tmp_path / name)
    free = refused.value.args[0].splitlines()[-1].split()[-1]
    assert sorted(tmp_path.rglob("*")) == before
    convert(folder, Path(free))


def test_what_belongs_to_another_workbook_is_not_taken_over(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "a.longview").mkdir()
    (tmp_path / "a.longview" / "filled.toml").write_text("")
    with pytest.raises(WrongUseError, match=r"a-2\.xlsx"):
        convert(folder, tmp_path / "a.xlsx")
    assert not (tmp_path / "a.xlsx").exists()


@pytest.mark.parametrize("name", ["a.xls", "a.csv", "a.xlsm"])
def test_another_ending_is_asked_about(name: str, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(WrongUseError, match=r"a\.xlsx\n"):
        convert(folder, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_records_with_problems_are_not_copied(program: Program, tmp_path: Path) -> None:
    write_folder(program, tmp_path / "mine")
    (tmp_path / "mine" / "services.csv").write_text("month,measure,value\n2022-13,visits,4\n")
    with pytest.raises(NotReadyError):
        convert(tmp_path / "mine", tmp_path / "a.xlsx")
    assert not (tmp_path / "a.xlsx").exists()


def test_a_text_that_no_workbook_holds_is_told_with_its_place(program: Program, tmp_path: Path) -> None:
    long = replace(program.options[0], note="x" * 40_000)
    write_folder(replace(program, options=(long, *program.options[1:])), tmp_path / "mine")
    with pytest.raises(WrongUseError, match=r"Nothing was written\. Sheet choices, row 2, note: a cell holds 32,767"):
        convert(tmp_path / "mine", tmp_path / "a.xlsx")
    assert not (tmp_path / "a.xlsx").exists()


def test_marks_are_of_figures_that_are_there(program: Program, tmp_path: Path) -> None:
    write_folder(program, tmp_path / "mine")
    write_filled([Filled("staff", "nobody", "rate", "1", "somewhere")], tmp_path / "mine")
    assert convert(tmp_path / "mine", tmp_path / "a.xlsx").filled == 0
    assert not (tmp_path / "a.longview" / "filled.toml").exists()
