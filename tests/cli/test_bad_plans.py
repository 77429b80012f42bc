"""`plan`, `dilemma`, `cash` and `compare` on programs that are odd, poor or at odds with themselves, and on typing that is.

Each time an answer in plain words with the exit code that goes with it (0 well, 1 problems, 2 wrong use, 3 nothing keeps all the
rules), no traceback, and no file of the program changed.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from longview.verbs.demo import copy_example

Row = dict[str, str]
KEPT = (
    "roof",
    "upkeep",
    "raise-pay",
    "more-kits",
)  # options of the example that the odd programs keep: few, so that all are tried


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """The example with four options."""
    place = tmp_path / "program"
    copy_example(place)
    options(place, lambda rows: [r for r in rows if r["id"] in KEPT])
    return place


def rewritten(place: Path, name: str, change: Callable[[list[Row]], Iterable[Row]]) -> None:
    """Change the rows of one of the program's files, as a person would."""
    file = place / f"{name}.csv"
    with file.open(encoding="utf-8", newline="") as read:
        table = csv.DictReader(read)
        heads, rows = list(table.fieldnames or ()), list(table)
    rows = list(change(rows))
    heads += sorted({key for row in rows for key in row} - set(heads))
    with file.open("w", encoding="utf-8", newline="") as written:
        out = csv.DictWriter(written, heads, restval="")
        out.writeheader()
        out.writerows(rows)


def options(place: Path, change: Callable[[list[Row]], Iterable[Row]]) -> None:
    """Change the options; effects and prices of those that are gone go too."""
    kept: set[str] = set()

    def changed(rows: list[Row]) -> list[Row]:
        rows = list(change(rows))
        kept.update(r["id"] for r in rows)
        return rows

    rewritten(place, "choices", changed)
    for name in ("effects", "prices"):
        rewritten(place, name, lambda rows: [r for r in rows if r["option"] in kept])


def fact(place: Path, **facts: object) -> None:
    """Set facts of program.toml; None takes one away."""
    file = place / "program.toml"
    lines = [x for x in file.read_text(encoding="utf-8").splitlines() if x.split("=")[0].strip() not in facts]
    at = next((n for n, line in enumerate(lines) if line.startswith("[")), len(lines))
    said = [f"{key} = {value}" for key, value in facts.items() if value is not None]
    file.write_text("\n".join([*lines[:at], *said, *lines[at:]]) + "\n", encoding="utf-8")


def files(place: Path) -> dict[str, bytes]:
    """The program's own files, not what Longview makes."""
    made = ("out", "history")
    return {
        file.relative_to(place).as_posix(): file.read_bytes()
        for file in place.rglob("*")
        if file.is_file() and not file.relative_to(place).as_posix().startswith((*made, "plan."))
    }


def of(option: str, **changes: str) -> Callable[[list[Row]], list[Row]]:
    """Change one option's row."""
    return lambda rows: [row | changes if row["id"] == option else row for row in rows]


def no_options(place: Path) -> None:
    options(place, lambda rows: [])


def no_money(place: Path) -> None:
    rewritten(place, "funds", lambda rows: [])
    for name in ("fund_lines", "deliverables"):
        rewritten(place, name, lambda rows: [])
    rewritten(place, "money", lambda rows: [])
    for name in ("staff", "costs"):
        rewritten(place, name, lambda rows: [row | ({"paid_by": ""} if "paid_by" in row else {}) for row in rows])
    fact(place, free_cash=0)


def one_fund(place: Path) -> None:
    rewritten(place, "funds", lambda rows: [r for r in rows if r["id"] == "settlement"])
    for name in ("fund_lines", "deliverables"):
        rewritten(place, name, lambda rows: [])
    rewritten(place, "money", lambda rows: [])
    for name in ("staff", "costs"):
        rewritten(place, name, lambda rows: [row | ({"paid_by": ""} if "paid_by" in row else {}) for row in rows])


def circular(place: Path) -> None:
    options(place, of("roof", requires="upkeep"))
    options(place, of("upkeep", requires="roof"))


def requires_what_it_excludes(place: Path) -> None:
    options(place, of("roof", requires="upkeep", excludes="upkeep"))


def funds_end_early(place: Path) -> None:
    rewritten(place, "funds", lambda rows: [row | {"until": "2024-06", "chance_of_renewal": "0"} for row in rows])


STOPPED = {
    no_options: "add a row for something that you could do",
    no_money: "add a row for money with its strings",
    circular: "these options require each other",
    requires_what_it_excludes: "exclude each other",
}
TYPED = {
    "plan": lambda place: ("plan", place, "--futures", 20, "--years", 1),
    "cash": lambda place: ("cash", place, "--futures", 20),
    "dilemma": lambda place: ("dilemma", "hours-or-building", place, "--futures", 20),
}


def in_words(said) -> str:
    """What was said, on one line; never a traceback."""
    told = " ".join((said.out + said.err).split())
    assert "Traceback" not in told
    assert "Longview itself went wrong" not in told
    return told


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("fault", STOPPED, ids=lambda fault: fault.__name__)
def test_a_program_that_cannot_be_meant_is_told_before_anything_is_planned(longview, program, fault, typed) -> None:
    fault(program)
    before = files(program)
    said = longview(*TYPED[typed](program))
    assert said.code == 1
    assert STOPPED[fault] in in_words(said)
    assert files(program) == before
    assert not (program / "out").exists()


@pytest.mark.parametrize("money", ["0", "-5", "1e15", "nan", "inf"])
def test_a_sum_of_no_use_is_told(longview, program, money: str) -> None:
    said = longview("dilemma", "roof", "upkeep", program, f"--money={money}", "--futures", 20)
    assert said.code == 2
    assert "no sum to decide about" in in_words(said)


def test_a_choice_with_a_side_missing_says_what_to_add(longview, program) -> None:
    said = longview("dilemma", "hours-or-building", program, "--futures", 20)
    assert said.code == 2
    assert "cannot be told here yet" in in_words(said)
    assert "add an option that opens the doors longer" in in_words(said)


@pytest.mark.parametrize("typed", [("--for", "everyone"), ("--years", 0), ("--years", 11), ("--futures", 3)])
def test_what_cannot_be_typed_is_told_with_what_can(longview, program, typed) -> None:
    said = longview("plan", program, *typed)
    assert said.code == 2
    assert "How it goes:" in said.err
    in_words(said)


def test_a_place_where_nothing_can_be_written_is_told_before_the_long_work(longview, program, tmp_path) -> None:
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    for place in (tmp_path / "taken", tmp_path / "taken" / "below"):
        said = longview("plan", program, "--out", place)
        assert said.code == 2
        assert "a file stands where a folder was expected" in in_words(said)
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "mine"


EDITED = """format = 1
program = "{id}"
first_month = "2023-01"
years = 1
[rests_on]
records_hash = "a"
evidence_hash = "b"
version = "0"
[[commitment]]
id = "roof"
option = "no-such-option"
what = "Mend the roof"
kind = "once"
who = ""
by = "2099-01"
indicator = "days_closed"
look_again = "when it rains in"
"""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("format = 1\nprogram = [", ("can't be read as TOML",)),
        ("\x00\x01", ("can't be read as TOML",)),
        (EDITED, ("no such option in choices", "a role that sees to it", "the plan runs from 2023-01 to 2023-12")),
    ],
)
def test_a_plan_that_cannot_be_meant_is_told_by_check_and_left_alone(longview, program, text: str, told) -> None:
    plan = program / "plan.toml"
    plan.write_text(text.replace("{id}", "rhode-island"), encoding="utf-8")
    before = plan.read_bytes()
    said = longview("check", program)
    assert said.code == 1
    for words in ("plan.toml:", *told):
        assert words in in_words(said)
    assert plan.read_bytes() == before


@pytest.mark.slow
def test_one_fund_that_cannot_pay_the_bills_is_planned_and_says_that_it_cannot(longview, program) -> None:
    one_fund(program)
    before = files(program)
    said = longview("plan", program, "--futures", 20, "--years", 1)
    assert said.code == 0
    assert "Today's bills alone are more than the money in sight" in in_words(said)
    assert files(program) == before


@pytest.mark.slow
def test_a_plan_longer_than_its_funds_is_told(longview, program) -> None:
    funds_end_early(program)
    said = longview("plan", program, "--futures", 20, "--years", 10)
    assert said.code in (0, 3)
    assert "money" in in_words(said)


@pytest.mark.slow
def test_a_floor_that_nothing_reaches_leaves_with_its_own_code(longview, program) -> None:
    fact(program, living_wage=60, living_wage_by=2023)
    said = longview("plan", program, "--futures", 20, "--years", 1)
    assert said.code == 3
    assert "No plan pays the living wage by January 2023" in in_words(said)
    assert not (program / "out").exists()
