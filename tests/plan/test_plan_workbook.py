"""`plan.xlsx` says what the plan says, sums by formula, and is never written over once somebody has touched it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import report_made as made

from longview.plan import make_plan, work_plan, write_plan_workbook
from longview.results import Plan

KEYS = {"records_hash": "r", "evidence_hash": "e", "version": "v"}


def plan() -> Plan:
    return make_plan(made.decision(), made.outlook(), made.outlook(gain=0.028), made.program(), 5, **KEYS)


def written(folder: Path, found: Plan | None = None) -> Path:
    found = found or plan()
    return write_plan_workbook(found, work_plan(found, made.program()), made.program(), folder)


def test_every_promise_stands_with_its_money_its_sign_and_its_trigger(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(tmp_path))
    assert book.sheetnames == ["promises", "money", "signs", "work"]
    rows = list(book["promises"].values)[1:]
    assert [(r[0], r[1], r[2], r[4]) for r in rows] == [
        (c.what, c.who, str(c.by), c.look_again) for c in plan().commitments
    ]
    signs = list(book["signs"].values)[1:]
    wanted = [(c.what, y, c.expected[y], c.low[y], c.high[y]) for c in plan().commitments for y in sorted(c.expected)]
    assert [(r[0], *r[2:6]) for r in signs] == wanted


def test_sums_are_formulas_over_exactly_the_rows_above(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(written(tmp_path))["money"]
    last = sheet.max_row
    rows = sum(len(c.money) for c in plan().commitments)
    assert last == rows + 2
    assert sheet.cell(last, 3).value == f"=SUM(C2:C{last - 1})"
    assert sheet.cell(2, 8).value == "=SUM(C2:G2)"
    total = sum(sheet.cell(r, c).value for r in range(2, last) for c in range(3, 8))
    assert total == sum(float(a) for c in plan().commitments for by in c.money.values() for a in by.values())


def test_the_same_plan_is_written_once_and_an_edited_one_is_left(tmp_path: Path) -> None:
    place = written(tmp_path)
    assert written(tmp_path) == place
    book = openpyxl.load_workbook(place)
    book["money"]["C2"] = 12345
    book.save(place)
    before = place.read_bytes()
    assert written(tmp_path).name == "plan.new.xlsx"
    assert place.read_bytes() == before


def test_what_is_no_workbook_is_left_too(tmp_path: Path) -> None:
    (tmp_path / "plan.xlsx").write_text("mine")
    assert written(tmp_path).name == "plan.new.xlsx"
    assert (tmp_path / "plan.xlsx").read_text() == "mine"


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    first, *rest = plan().commitments
    odd = replace(plan(), commitments=(replace(first, what="=1+1", look_again="=HYPERLINK()"), *rest))
    sheet = openpyxl.load_workbook(written(tmp_path, odd))["promises"]
    assert sheet["A2"].data_type == "s"
    assert sheet["E2"].data_type == "s"
