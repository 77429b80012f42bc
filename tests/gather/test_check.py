"""What `check` says besides problems: doubts, and what stands in for what was left out."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from made_programs import small_program

from longview.evidence import load
from longview.gather import check_folder, check_text, write_folder, write_workbook
from longview.program import Count, Effect, Fund, Month, Option, Program, Range, ServiceCount
from longview.verbs.check import check

WHOLE = Path(__file__).resolve().parents[1] / "files" / "whole"


def doubts_of(program: Program, place: Path) -> list[str]:
    write_folder(program, place / "program")
    report = check_folder(place / "program")
    assert report.problems == ()
    return [doubt.code for doubt in report.doubts]


def test_a_quiet_program_raises_no_doubt(tmp_path: Path) -> None:
    assert doubts_of(small_program(), tmp_path) == []


def test_the_verb_says_what_the_room_says() -> None:
    assert check(WHOLE) == check_folder(WHOLE)


def services(program: Program, measure: str, month: Month, value: Count) -> Program:
    """The program with one month's count changed."""
    rows = tuple(
        replace(row, value=value) if (row.measure, row.month) == (measure, month) else row
        for row in program.records.services
    )
    return replace(program, records=replace(program.records, services=rows))


@pytest.mark.parametrize(
    ("value", "codes"), [(3999, []), (4000, ["month-jump"]), (41, []), (40, ["month-drop"]), (0, ["month-drop"])]
)
def test_a_month_ten_times_its_neighbours_is_asked_about(value: int, codes: list[str], tmp_path: Path) -> None:
    assert doubts_of(services(small_program(), "visits", Month(2022, 6), Count.of(value)), tmp_path) == codes


@pytest.mark.parametrize("count", [Count.below(5), Count.not_counted()])
def test_a_hidden_month_is_no_jump(count: Count, tmp_path: Path) -> None:
    assert doubts_of(services(small_program(), "visits", Month(2022, 6), count), tmp_path) == []


def test_a_blank_is_read_as_not_counted_and_asked_about(tmp_path: Path) -> None:
    program = services(small_program(), "visits", Month(2022, 6), Count.blank())
    assert doubts_of(program, tmp_path) == ["read-blank"]


def test_a_missing_month_is_asked_about_and_a_yearly_count_is_not(tmp_path: Path) -> None:
    program = small_program()
    rows = tuple(r for r in program.records.services if (r.measure, r.month) != ("visits", Month(2022, 6)))
    yearly = ServiceCount(Month(2022, 3), None, "participants_12_months", Count.of(500))
    records = replace(program.records, services=(*rows, yearly))
    write_folder(replace(program, records=records), tmp_path / "p")
    report = check_folder(tmp_path / "p")
    assert [(d.code, d.expected) for d in report.doubts] == [("months-missing", "visits: no row for 2022-06")]


def test_more_reversals_than_kits_are_asked_about_only_where_certain(tmp_path: Path) -> None:
    def program(count: Count) -> Program:
        rows = tuple(
            replace(r, value=count) if r.measure == "reversals" else r for r in small_program().records.services
        )
        return replace(small_program(), records=replace(small_program().records, services=rows))

    assert doubts_of(program(Count.of(101)), tmp_path / "a") == ["more-reversals"]
    assert doubts_of(program(Count.between(90, 500)), tmp_path / "b") == []


def test_a_fund_of_federal_money_is_asked_what_it_may_not_buy(tmp_path: Path) -> None:
    fund = Fund("f", "F", "federal", Decimal(1000), Month(2022, 9), None)
    assert doubts_of(small_program(funds=(fund,)), tmp_path / "a") == ["preset-offer"]
    barred = replace(fund, never_pays=("syringes", "pipes"))
    assert doubts_of(small_program(funds=(barred,)), tmp_path / "b") == []
    preset = replace(barred, preset="federal-2026")
    assert doubts_of(small_program(funds=(preset,)), tmp_path / "c") == ["preset-confirm"]


def test_options_that_exclude_each_other_may_set_one_lever(tmp_path: Path) -> None:
    def program(excludes: tuple[str, ...]) -> Program:
        options = (Option("a", "A", "yes-no", excludes=excludes), Option("b", "B", "yes-no"))
        effects = (Effect("a", "wage", "set", 1.1), Effect("b", "wage", "set", 1.2))
        return small_program(options=options, effects=effects, prices=())

    write_folder(program(("b",)), tmp_path / "apart")
    assert check_folder(tmp_path / "apart").problems == ()
    write_folder(program(()), tmp_path / "together")
    assert [p.code for p in check_folder(tmp_path / "together").problems] == ["two-sets"]


def fallen_back(program: Program, place: Path) -> dict[str, str]:
    write_folder(program, place / "program")
    return {f.column or "": f.key for f in check_folder(place / "program").fallbacks}


def test_what_is_left_out_is_listed_with_the_figure_that_stands_in(tmp_path: Path) -> None:
    post, fund = small_program().posts[0], small_program().funds[0]
    said = fallen_back(
        small_program(
            posts=(replace(post, benefits=None),), funds=(replace(fund, chance_of_renewal=None, origin="settlement"),)
        ),
        tmp_path,
    )
    assert said["benefits"] == "benefits_share"
    assert said["chance_of_renewal"] == "grant_renew_local"
    assert said["upkeep"] == "upkeep_share"
    assert said["reserve"] == "", "a rule, no figure of the evidence"
    assert set(said.values()) - {""} <= set(load().rows)


def test_what_is_given_or_not_read_is_not_listed(tmp_path: Path) -> None:
    fund = replace(small_program().funds[0], chance_of_renewal=None, origin="own")
    said = fallen_back(small_program(funds=(fund,), reserve=Decimal(1), sites=(), sessions=()), tmp_path)
    assert not {"benefits", "chance_of_renewal", "upkeep", "reserve"} & set(said)


def test_upkeep_is_listed_only_for_a_building_that_is_ours_and_in_the_plan(tmp_path: Path) -> None:
    site = small_program().sites[0]
    assert "upkeep" in fallen_back(small_program(), tmp_path / "a")
    leased = {"premises": "leased", "landlord_repairs": False}
    assert "upkeep" in fallen_back(small_program(sites=(replace(site, **leased),)), tmp_path / "b")  # type: ignore[arg-type]
    for place, changes in enumerate(({"condition": None}, {"premises": "leased", "landlord_repairs": True})):
        program = small_program(sites=(replace(site, **changes),))  # type: ignore[arg-type]
        assert "upkeep" not in fallen_back(program, tmp_path / str(place))


def test_a_chance_left_out_is_listed_only_where_it_counts(tmp_path: Path) -> None:
    fund, kits = small_program().funds[0], small_program().supplies[0]
    assert not {"chance_of_award", "in_kind_chance_ends"} & set(fallen_back(small_program(), tmp_path / "a"))
    hoped = small_program(funds=(replace(fund, status="hoped"),), supplies=(replace(kits, in_kind=10.0),))
    assert {"chance_of_award", "in_kind_chance_ends"} <= set(fallen_back(hoped, tmp_path / "b"))
    told = small_program(
        funds=(replace(fund, status="hoped", chance_of_award=0.5),),
        supplies=(replace(kits, in_kind=10.0, in_kind_chance_ends=0.1),),
    )
    assert not {"chance_of_award", "in_kind_chance_ends"} & set(fallen_back(told, tmp_path / "c"))


def test_an_own_figure_wins_and_is_the_one_told(tmp_path: Path) -> None:
    program = small_program(own_values={"upkeep_share": Range(0.011, 0.022, 0.033)})
    write_folder(program, tmp_path / "p")
    told = next(f for f in check_folder(tmp_path / "p").fallbacks if f.column == "upkeep")
    assert "0.022" in told.expected


def test_many_rows_with_one_doubt_are_told_together(tmp_path: Path) -> None:
    program = small_program()
    for month in range(3, 9):
        program = services(program, "visits", Month(2022, month), Count.blank())
    write_folder(program, tmp_path / "p")
    report = check_folder(tmp_path / "p")
    assert len(report.doubts) == 6
    assert check_text(report).count("read as not counted") == 1


def test_check_loads_nothing_heavy(tmp_path: Path) -> None:
    shutil.copytree(WHOLE, tmp_path / "p")
    code = (
        "import sys; from pathlib import Path; from longview.verbs.check import check\n"
        "from longview.gather import check_text; check_text(check(Path(sys.argv[1])))\n"
        "print(*sorted({'jax', 'jaxlib', 'polars', 'altair', 'jinja2', 'rich'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "p")], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_what_stands_beside_the_facts_under_no_name_is_told(tmp_path: Path) -> None:
    book = tmp_path / "records.xlsx"
    write_workbook(small_program(), book)
    assert check_folder(book).program is not None
    for at, named in (("L9", False), ("F9", True)):  # far beside the header; in the column "what it is"
        opened = openpyxl.load_workbook(book)
        opened["program"][at] = 900
        opened.save(tmp_path / "noted.xlsx")
        told = check_folder(tmp_path / "noted.xlsx").problems
        assert [(one.code, one.letter) for one in told] == ([] if named else [("column-no-name", "L")]), at
