"""A program written as a folder reads back as the same program."""

from __future__ import annotations

import tempfile
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


@settings(suppress_health_check=list(HealthCheck))
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
