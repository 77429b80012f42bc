"""Workbook and folder say the same: there and back, over either, a program stays what it was."""

from __future__ import annotations

import tempfile
from dataclasses import fields as attributes
from dataclasses import is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from made_programs import programs, small_program

import longview
from longview.gather import read_folder, write_folder, write_workbook
from longview.gather.workbook.cells import _NO_TEXT
from longview.program import Problem, Program, fields, records_hash

EXAMPLES = Path(longview.__file__).parent / "examples"


def read(path: Path) -> Program:
    program, problems = read_folder(path)
    assert program is not None, [p for p in problems if p.severity == "problem"]
    return program


def round_about(program: Program, place: Path, sheets: tuple[str, ...] = ()) -> list[Program]:
    """Program → workbook → folder → workbook: what is read of each."""
    first = read(write_workbook(program, place / "one.xlsx", sheets=sheets))
    write_folder(first, place / "two")
    second = read(place / "two")
    return [first, second, read(write_workbook(second, place / "three.xlsx"))]


def fits(value: Any) -> bool:
    """Whether no text in it has the two characters that no workbook holds."""
    if isinstance(value, str):
        return not _NO_TEXT.search(value)
    if isinstance(value, tuple):
        return all(map(fits, value))
    if isinstance(value, dict):
        return all(fits(key) and fits(part) for key, part in value.items())
    return not is_dataclass(value) or all(fits(getattr(value, one.name)) for one in attributes(value))


def same(program: Program, place: Path) -> None:
    for again in round_about(program, place):
        assert again == program
        assert records_hash(again) == records_hash(program)


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(programs().filter(fits))
def test_nothing_is_lost_from_workbook_to_folder_and_back(program: Program) -> None:
    with tempfile.TemporaryDirectory() as place:
        same(program, Path(place))


@pytest.mark.slow
@settings(max_examples=500, suppress_health_check=list(HealthCheck))
@given(programs().filter(fits))
def test_nothing_is_lost_in_five_hundred_programs(program: Program) -> None:
    with tempfile.TemporaryDirectory() as place:
        same(program, Path(place))


@pytest.mark.parametrize("name", ["rhode-island", "small-rural.xlsx"])
def test_the_examples_are_the_same_in_every_form(name: str, tmp_path: Path) -> None:
    example = read(EXAMPLES / name)
    forms = round_about(example, tmp_path)
    assert [form == example for form in forms] == [True] * 3
    assert {records_hash(form) for form in forms} == {records_hash(example)}


def test_sheets_without_rows_change_nothing_and_need_nobody(tmp_path: Path) -> None:
    path = write_workbook(small_program(), tmp_path / "a.xlsx", sheets=tuple(fields()))
    program, problems = read_folder(path)
    assert program == small_program()
    assert {p.code for p in problems} <= {"header-only"}


def test_a_workbook_as_it_was_written_has_no_problem_and_no_doubt(tmp_path: Path) -> None:
    problems: list[Problem] = read_folder(write_workbook(small_program(), tmp_path / "a.xlsx"))[1]
    assert problems == []


@pytest.mark.parametrize("text", ["=1+1", "'=x", "''-", "a\rb", "_x000D_", "_x005F\rb", "sep=;", "\x1b[31m", "דרור"])
def test_no_form_changes_what_a_spreadsheet_might_run_or_drop(text: str, tmp_path: Path) -> None:
    option = replace(small_program().options[0], name=text, note=text)
    same(replace(small_program(), name=text, area_shares={text: 0.5}, options=(option,)), tmp_path)
