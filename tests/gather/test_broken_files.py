"""Each broken folder gives the list that stands beside it, and no byte of it is changed.

`tests/files/broken/NAME/` holds what differs from `tests/files/whole/`; `NAME.problems.txt` what `check` says of it.
"""

from __future__ import annotations

import dataclasses
import os
import shutil
from pathlib import Path

import pytest

from longview.gather import check_folder, check_text, read_folder

FILES = Path(__file__).resolve().parents[1] / "files"
BROKEN = sorted(path for path in (FILES / "broken").iterdir() if path.is_dir())


def laid_out(broken: Path, place: Path) -> Path:
    """The whole folder, with the broken files over it (a sheet that a broken folder misnames is taken away)."""
    folder = place / "my-program"
    shutil.copytree(FILES / "whole", folder)
    shutil.copytree(broken, folder, dirs_exist_ok=True)
    if (broken / "fund.csv").exists():
        (folder / "funds.csv").unlink()
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize("broken", BROKEN, ids=lambda path: path.name)
def test_golden_list_of_what_is_wrong(broken: Path, tmp_path: Path) -> None:
    folder = laid_out(broken, tmp_path)
    before = contents(folder)
    report = check_folder(folder)
    said = check_text(dataclasses.replace(report, fallbacks=())) + "\n"
    golden = broken.with_suffix(".problems.txt")
    if os.environ.get("LONGVIEW_GOLDEN") == "write":
        golden.write_text(said, encoding="utf-8")
    assert said == golden.read_text(encoding="utf-8")
    assert contents(folder) == before
    assert (report.program is None) == bool(report.problems)


def test_the_whole_folder_has_nothing_wrong_and_nothing_to_look_at_but_the_preset(tmp_path: Path) -> None:
    report = check_folder(FILES / "whole")
    assert report.problems == ()
    assert [doubt.code for doubt in report.doubts] == ["preset-confirm"]


@pytest.mark.parametrize("broken", BROKEN, ids=lambda path: path.name)
def test_every_place_named_says_what_is_found_there(broken: Path, tmp_path: Path) -> None:
    """Row and column of each cell problem, looked up in the file as Excel would show it, hold what was `found`."""
    import csv

    folder = laid_out(broken, tmp_path)
    _, problems = read_folder(folder)
    for problem in problems:
        if not problem.letter or not problem.column or not problem.found or problem.found.endswith("…"):
            continue
        text = (folder / problem.file).read_bytes().decode("utf-8-sig")
        lines = text.removeprefix("sep=;\n")
        shift = 1 if lines != text else 0
        delimiter = ";" if ";" in lines.splitlines()[0] else ","
        rows = list(csv.reader(lines.splitlines(), delimiter=delimiter))
        column = ord(problem.letter) - ord("A")
        assert problem.row is not None
        assert rows[problem.row - 1 - shift][column].strip() == problem.found, problem
