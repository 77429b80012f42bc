"""Rates in a program's folder: what the sheet says is read back, and what it can't say is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from made_programs import small_program

from longview.gather import read_dose, read_folder, write_folder
from longview.program import Problem

SMALL = Path(__file__).resolve().parents[1] / "files" / "dose" / "three-places.csv"
HEADER = "month,over,area,case,measure,value,per,of,as_of,source"


def line(value: str, *, over: str = "month", per: str = "10000", of: str = "emergency visits") -> str:
    return f"2022-03,{over},RI,opioids-suspected-nonfatal,overdose_visits,{value},{per},{of},2025-08-25,CDC DOSE-SyS"


def problems_of(place: Path, lines: list[str]) -> list[Problem]:
    write_folder(small_program(), place / "p")
    (place / "p" / "rates.csv").write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    return [problem for problem in read_folder(place / "p")[1] if problem.severity == "problem"]


def test_rates_stand_in_a_programs_folder_without_loss(tmp_path: Path) -> None:
    rates, _ = read_dose(SMALL, as_of="2025-01-25")
    program = small_program()
    by_month = tuple(sorted(rates, key=lambda rate: rate.month))
    program = replace(program, records=replace(program.records, rates=by_month))
    write_folder(program, tmp_path / "p")
    again, problems = read_folder(tmp_path / "p")
    assert [p for p in problems if p.severity == "problem"] == []
    assert again == program


@pytest.mark.parametrize("said", ["24.7", "0", "26", "hidden", "*", "Not reported", "not-available", "no row"])
def test_figures_and_words_are_read(said: str, tmp_path: Path) -> None:
    assert problems_of(tmp_path, [line(said)]) == []


@pytest.mark.parametrize(("said", "code"), [("-5", "not-a-rate"), ("§", "not-a-rate"), ("<20", "not-a-rate")])
def test_what_is_no_rate_is_told(said: str, code: str, tmp_path: Path) -> None:
    found = problems_of(tmp_path, [line(said)])
    assert [(p.code, p.file, p.row, p.letter, p.found) for p in found] == [(code, "rates.csv", 2, "F", said)]


def test_a_blank_cell_is_asked_for_and_not_taken_for_zero(tmp_path: Path) -> None:
    assert [(p.code, p.column) for p in problems_of(tmp_path, [line("")])] == [("blank", "value")]


def test_a_rate_without_its_unit_is_asked_for(tmp_path: Path) -> None:
    found = problems_of(tmp_path, [line("24.7", per="0"), line("24.7", per="", over="12-months"), line("1", of="")])
    assert [(p.code, p.row, p.column) for p in found] == [
        *(("out-of-range", 2, "per"), ("blank", 3, "per"), ("blank", 4, "of")),
    ]


def test_one_month_told_twice_is_told_and_a_month_beside_its_year_is_not(tmp_path: Path) -> None:
    found = problems_of(tmp_path, [line("24.7"), line("24.9"), line("25", over="12-months")])
    assert [(p.code, p.file, p.row) for p in found] == [("row-twice", "rates.csv", 3)]
