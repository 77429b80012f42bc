"""What can't all be true at once is told, at its place; what can is not."""

from __future__ import annotations

import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from made_programs import small_program

from longview.gather import check_folder, read_folder, write_folder
from longview.program import Cost, Effect, Fund, Month, Option, Program, Session, fund_may_pay

WHOLE = Path(__file__).resolve().parents[1] / "files" / "whole"


def told(program: Program, place: Path) -> list[tuple[str, str | None]]:
    write_folder(program, place / "program")
    report = check_folder(place / "program")
    return [(problem.code, problem.column) for problem in report.problems + report.doubts]


def test_rows_are_numbered_as_excel_counts_them_blank_ones_too(tmp_path: Path) -> None:
    shutil.copytree(WHOLE, tmp_path / "p")
    (tmp_path / "p" / "services.csv").write_text(
        '\nmonth,measure,value\n\n\n2022-01,"two\nlines",1\n,,\n2022-O2,visits,1\n'
    )
    _, problems = read_folder(tmp_path / "p")
    assert [(p.code, p.row, p.letter) for p in problems if p.file == "services.csv"] == [("not-a-month", 7, "A")]


@pytest.mark.parametrize(
    ("start", "end", "wrong"), [(13, 13, True), (13, 12.5, True), (13, 13.25, False), (0, 24, False)]
)
def test_a_session_lasts_some_time_on_one_day(start: float, end: float, wrong: bool, tmp_path: Path) -> None:
    program = small_program(sessions=(Session("s", "main", "mon", start, end, (), 1),))
    assert told(program, tmp_path) == ([("past-midnight", "to")] if wrong else [])


@pytest.mark.parametrize("hours", [9.12, 9.3, 9.123456, 17.5, 0.1, 23.999, 1 / 3])
def test_any_time_of_day_reads_back(hours: float, tmp_path: Path) -> None:
    program = small_program(sessions=(Session("s", "main", "mon", hours, 24.0, (), 1),))
    write_folder(program, tmp_path / "p")
    assert read_folder(tmp_path / "p") == (program, [])


@pytest.mark.parametrize(
    ("op", "value", "wrong"),
    [
        ("add", 7.5, False),
        ("add", 7.6, True),
        ("set", 60, False),
        ("set", 61, True),
        ("add", -7.5, False),
        ("add", -7.6, True),
    ],
)
def test_a_lever_stays_in_its_range_at_every_level(op: str, value: float, wrong: bool, tmp_path: Path) -> None:
    """hours_evening goes from -60 to 60, and the option to level 8: adding scales with the level, setting does not."""
    program = small_program(effects=(Effect("evening", "hours_evening", op, value),))  # type: ignore[arg-type]
    assert told(program, tmp_path) == ([("outside-lever", "value")] if wrong else [])


@pytest.mark.parametrize(("value", "wrong"), [(1.3, True), (1.1, False), (0.5, True), (-1, True)])
def test_multiplying_grows_as_a_power_of_the_level(value: float, wrong: bool, tmp_path: Path) -> None:
    """1.3 to the power of 8 is 8.2, more than the lever `wage` allows; half to that power is next to nothing."""
    program = small_program(effects=(Effect("evening", "wage", "multiply", value),), prices=())
    assert told(program, tmp_path) == ([("outside-lever", "value")] if wrong else [])


@pytest.mark.parametrize(
    ("low", "high", "column"), [(1.1, None, "low"), (None, 0.9, "high"), (0.9, 1.1, None), (1, 1, None)]
)
def test_an_effect_lies_within_its_own_doubt(
    low: float | None, high: float | None, column: str | None, tmp_path: Path
) -> None:
    program = small_program(effects=(Effect("evening", "hours_evening", "add", 1, low, high),))
    assert told(program, tmp_path) == ([("low-high", column)] if column else [])


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("{ low = 0.1, best = 0.3, high = 0.2 }", "range-order"),
        ("{ low = 0.3, best = 0.2, high = 0.4 }", "range-order"),
        ("{ low = 0.2, best = 0.2, high = 0.2, note = 'our count' }", None),
        ("{ low = 0.1, best = 0.2, high = nan }", "not-a-range"),
        ("{ low = 0.1, best = 0.2, high = 0.3, mean = 0.2 }", "not-a-range"),
        ("[0.1, 0.2, 0.3]", "not-a-range"),
        ("true", "not-a-range"),
        ("0.2", "no-doubt-given"),
        ("{ low = 0.1, best = 0.2, high = 1.2 }", "impossible-evidence"),
    ],
)
def test_an_own_figure_comes_with_its_doubt_in_order_and_possible(
    written: str, code: str | None, tmp_path: Path
) -> None:
    shutil.copytree(WHOLE, tmp_path / "p")
    (tmp_path / "p" / "evidence.toml").write_text(f"\nabsence = {written}\n")
    found = [(p.code, p.row, p.column) for p in check_folder(tmp_path / "p").problems]
    assert found == ([] if code is None else [(code, 2, "absence")])


def test_a_preset_forbids_what_it_lists_and_says_so(tmp_path: Path) -> None:
    shutil.copytree(WHOLE, tmp_path / "p")
    program, _ = read_folder(tmp_path / "p")
    assert program is not None
    federal = next(fund for fund in program.funds if fund.id == "federal")
    assert federal.never_pays == ("syringes", "pipes")
    assert not fund_may_pay(federal, "syringes")
    path = tmp_path / "p" / "funds.csv"
    path.write_text(path.read_text().replace("0.8,,,federal-2026", "0.8,pipes,,federal-2026"))
    assert [(p.code, p.column) for p in check_folder(tmp_path / "p").problems] == [("pays-clash", "may_pay")]


def fund(id_: str, until: Month | None, renewed: float | None = None) -> Fund:
    return Fund(id_, id_, "own", Decimal(1000), Month(2022, 1), until, chance_of_renewal=renewed)


@pytest.mark.parametrize(
    ("funds", "until", "asked"),
    [
        ((fund("a", Month(2023, 6)), fund("b", Month(2023, 7))), Month(2024, 1), True),
        ((fund("a", Month(2023, 6)), fund("b", Month(2024, 1))), Month(2024, 1), False),
        ((fund("a", Month(2023, 6)), fund("b", None)), Month(2024, 1), False),
        ((fund("a", Month(2023, 6)),), None, False),
        ((fund("a", Month(2023, 6), 0.0),), None, True),
    ],
)
def test_a_cost_whose_funds_all_end_first_is_asked_about(
    funds: tuple[Fund, ...], until: Month | None, asked: bool, tmp_path: Path
) -> None:
    cost = Cost("c", "Rent", "rent", Decimal(1), last=until, paid_by=tuple(one.id for one in funds))
    assert told(small_program(funds=funds, costs=(cost,)), tmp_path) == (
        [("fund-ends-first", "paid_by")] if asked else []
    )


@pytest.mark.parametrize(
    ("requires", "told_of"),
    [
        ({"a": ("b",), "b": ("c",)}, []),
        ({"a": ("b",), "b": ("a",)}, [("requires-itself", "requires")]),
        ({"a": ("a",)}, [("requires-itself", "requires")]),
        ({"a": ("b",), "b": ("c",), "c": ("b",)}, [("requires-itself", "requires")]),
    ],
)
def test_options_that_require_each_other_in_a_circle_are_told_once(
    requires: dict[str, tuple[str, ...]], told_of: list[tuple[str, str]], tmp_path: Path
) -> None:
    options = tuple(Option(id_, id_, "yes-no", requires=requires.get(id_, ())) for id_ in "abc")
    effects = tuple(Effect(option.id, "kits_added", "add", 1) for option in options)
    assert told(small_program(options=options, effects=effects, prices=()), tmp_path) == told_of


def test_a_post_is_not_overfilled(tmp_path: Path) -> None:
    post = small_program().posts[0]
    assert told(small_program(posts=(replace(post, filled=3),)), tmp_path / "a") == []
    assert told(small_program(posts=(replace(post, filled=3.5),)), tmp_path / "b") == [("overfilled", "filled")]
