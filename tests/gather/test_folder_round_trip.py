"""A program written as a folder reads back as the same program."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from made_programs import programs, small_program

from longview.gather import read_folder, write_folder
from longview.program import Program


def there_and_back(program: Program, *, all_columns: bool) -> None:
    with tempfile.TemporaryDirectory() as place:
        write_folder(program, Path(place), all_columns=all_columns)
        again, problems = read_folder(Path(place))
    assert again == program, [p for p in problems if p.severity == "problem"]


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(programs())
def test_nothing_is_lost_between_a_program_and_its_folder(program: Program) -> None:
    there_and_back(program, all_columns=len(program.name) % 2 == 0)


@pytest.mark.slow
@settings(max_examples=1000, suppress_health_check=list(HealthCheck))
@given(programs())
def test_nothing_is_lost_in_a_thousand_programs(program: Program) -> None:
    there_and_back(program, all_columns=len(program.name) % 2 == 0)


def test_the_writer_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "funds.csv").write_text("mine")
    with pytest.raises(FileExistsError, match=r"funds\.csv"):
        write_folder(small_program(), tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["funds.csv"]
    assert (tmp_path / "funds.csv").read_text() == "mine"


def test_a_small_program_reads_without_a_problem(tmp_path: Path) -> None:
    write_folder(small_program(), tmp_path / "new")
    program, problems = read_folder(tmp_path / "new")
    assert program == small_program()
    assert problems == []


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@home", "'=x"])
def test_no_text_is_written_that_a_spreadsheet_would_run(name: str, tmp_path: Path) -> None:
    program = small_program(options=(replace(small_program().options[0], name=name, note="=2"),))
    write_folder(program, tmp_path / "new")
    cells = (tmp_path / "new" / "choices.csv").read_text(encoding="utf-8").splitlines()[1].split(",")
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert read_folder(tmp_path / "new")[0] == program


def test_a_short_text_full_of_control_characters_is_still_a_text(tmp_path: Path) -> None:
    program = small_program(options=(replace(small_program().options[0], name="a\x1b\x1f\x08\x01" * 50 + "b"),))
    write_folder(program, tmp_path / "new")
    assert read_folder(tmp_path / "new")[0] == program


@pytest.mark.parametrize("name", ["", " x", "a\0b"])
def test_a_text_that_no_file_can_hold_is_refused_before_anything_is_written(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="a file can't hold this text"):
        write_folder(small_program(name=name), tmp_path / "new")
    assert not (tmp_path / "new").exists()
