"""`check --mend`: what can't be wrong is shown, kept where accepted, made on reading, and never written into her files."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from longview.cli import terminal
from longview.gather import check_folder, read_folder, write_workbook
from longview.verbs.mending import keep, repairs

WHOLE = Path(__file__).resolve().parents[1] / "files" / "whole"


@pytest.fixture
def slipped(tmp_path: Path) -> Path:
    """The whole folder with five slips: three that can only have meant one thing, two that somebody must decide."""
    folder = tmp_path / "my-program"
    shutil.copytree(WHOLE, folder)
    (folder / "services.csv").write_text("month,measure,value\n3/2022,visits,4O1\n2022-04,visits,4O2\n", "utf-8")
    money = "date,fund,account,kind,amount\n03/04/2022,state,Wages,expense,12\n2022-04-03,state,Wages,expense,12?\n"
    (folder / "money.csv").write_text(money, "utf-8")
    return folder


def files_of(folder: Path) -> dict[str, bytes]:
    own = (path for path in sorted(folder.iterdir()) if path.is_file() and path.name not in ("mends.toml", ".lock"))
    return {path.name: path.read_bytes() for path in own}


def test_without_a_terminal_repairs_are_shown_and_none_is_kept(slipped: Path, longview: Any) -> None:
    said = longview("check", slipped, "--mend")
    assert said.code == 1
    assert "3 repairs can't be wrong" in said.out
    assert "    - 3/2022\n    + 2022-03\n" in said.out
    assert "Nothing was kept." in said.out
    assert "--mend --yes" in said.out
    assert not (slipped / "mends.toml").exists()


def test_yes_keeps_all_and_checks_again_and_her_files_stay_hers(slipped: Path, longview: Any) -> None:
    before = files_of(slipped)
    said = longview("check", slipped, "--mend", "--yes")
    assert said.code == 1, "two places still need somebody"
    assert "Kept 3 repairs" in said.out
    assert "money.csv: 2 places need you." in said.out
    assert "services.csv:" not in said.out.split("Kept")[1]
    assert files_of(slipped) == before
    again = longview("check", slipped, "--mend", "--yes")
    assert "No repair is sure enough" in again.out


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (["all"], 3),
        (["none"], 0),
        ([""], 0),
        (["maybe"], 0),
        (["one", "y", "n", "y"], 2),
        (["one", "n", "n", "n"], 0),
    ],
)
def test_somebody_at_a_terminal_is_asked(
    typed: list[str], kept: int, slipped: Path, longview: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = io.StringIO("".join(f"{line}\n" for line in typed))
    monkeypatch.setattr(terminal, "somebody_is_there", lambda: True)
    monkeypatch.setattr("sys.stdin", answers)
    said = longview("check", slipped, "--mend")
    assert said.code == 1
    assert ("Kept" in said.out) == bool(kept)
    held = (slipped / "mends.toml").read_text("utf-8").count("[[mends]]") if kept else 0
    assert held == kept
    assert answers.read() == "", "asked as often as was answered"


def test_an_accepted_repair_is_made_on_reading_and_not_once_the_cell_has_changed(slipped: Path) -> None:
    (slipped / "money.csv").unlink()
    assert keep(slipped, repairs(check_folder(slipped))) == []
    program, problems = read_folder(slipped)
    assert program is not None
    assert [str(row.value) for row in program.records.services] == ["401", "402"]
    path = slipped / "services.csv"
    path.write_text(path.read_text("utf-8").replace("4O1", "4O7"), "utf-8")
    program, problems = read_folder(slipped)
    assert program is None
    assert {"letter-o", "mend-stale"} <= {problem.code for problem in problems}


def test_what_can_t_be_seen_in_a_cell_is_mended_as_it_stands(slipped: Path) -> None:
    (slipped / "money.csv").unlink()
    (slipped / "services.csv").write_text("month,measure,value\n2022-03,visits,4\u200b01\n", "utf-8")
    (repair,) = repairs(check_folder(slipped))
    assert (repair.was, repair.now) == ("4\u200b01", "401")
    assert keep(slipped, [repair]) == []
    assert read_folder(slipped)[0] is not None


def test_a_short_name_is_not_made_into_another_row_s(slipped: Path) -> None:
    sites = "id,name,kind,premises\nmain,Main,fixed,leased\nMain,Other,fixed,leased\nVan,The van,van,hosted\n"
    (slipped / "sites.csv").write_text(sites, "utf-8")
    offered = [(r.was, r.now) for r in repairs(check_folder(slipped)) if r.file == "sites.csv"]
    assert offered == [("Van", "van")]


def test_a_workbook_s_cells_and_facts_are_mended_too(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    program, _ = read_folder(WHOLE)
    assert program is not None
    path = write_workbook(program, tmp_path / "book.xlsx")
    book = load_workbook(path)
    _set(book["services"], "month", "5/2022")
    facts = book["program"]
    for row in facts.iter_rows():
        if row[0].value == "first_month":
            row[1].value = "January 1, 2022"
    book.save(path)
    before = path.read_bytes()
    offered = repairs(check_folder(path))
    assert {(r.file, r.column, r.was, r.now) for r in offered} == {
        ("sheet services", "month", "5/2022", "2022-05"),
        ("sheet program", "first_month", "January 1, 2022", "2022-01"),
    }
    assert keep(path, offered) == []
    assert path.read_bytes() == before
    read, problems = read_folder(path)
    assert [p.code for p in problems if p.severity == "problem"] == ["row-twice"], "May was there already: for somebody"
    assert read is None


def _set(sheet: Any, column: str, text: str) -> None:
    """Write into the first row of a column."""
    names = [cell.value for cell in sheet[1]]
    sheet.cell(row=2, column=names.index(column) + 1, value=text).number_format = "@"


def test_json_says_what_every_cell_was_read_as(slipped: Path, longview: Any) -> None:
    said = longview("check", slipped, "--json", "--mend", "--yes")
    told = json.loads(said.out)
    cells = {(c["file"], c["row"], c["column"]): (c["said"], c["read_as"]) for c in told["cells"]}
    assert cells["services.csv", 2, "value"] == ("401", "401")
    assert cells["money.csv", 2, "date"][1] is None
    assert [p["mend"] for p in told["problems"]] == [None, None]
