"""`plan.toml`: out and back without loss, never overwritten, and told what is wrong with it all at once."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longview.plan import read_plan, write_plan
from longview.plan.files import FILE, NEW_FILE, plan_text
from longview.program import Month
from longview.results import Commitment, Plan

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=20)
IDS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,8}", fullmatch=True)
MONTHS = st.builds(Month, st.integers(1900, 2200), st.integers(1, 12))
YEARS = st.integers(2000, 2200)
MONEY = st.one_of(st.integers(-(10**9), 10**9).map(Decimal), st.decimals(-(10**6), 10**6, places=2))
VALUES = st.one_of(
    st.integers(-(10**6), 10**6).map(float), st.floats(-1e9, 1e9, allow_nan=False).map(lambda v: v + 0.0)
)
PATHS = st.dictionaries(YEARS, VALUES, max_size=4)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    names = draw(st.lists(IDS, unique=True, max_size=4))
    commitments = tuple(
        Commitment(
            id=name, option=draw(IDS), what=draw(TEXT), who=draw(TEXT), by=draw(MONTHS),
            money=draw(st.dictionaries(IDS, st.dictionaries(YEARS, MONEY, max_size=3), max_size=3)),
            indicator=draw(st.sampled_from(["visits", "quits", "free_cash"])), look_again=draw(TEXT),
            expected=draw(PATHS), low=draw(PATHS), high=draw(PATHS),
        )
        for name in names
    )  # fmt: skip
    return Plan(draw(IDS), draw(MONTHS), draw(st.integers(1, 10)), commitments, draw(TEXT), draw(TEXT), draw(TEXT))


SMALL = Plan(
    "harbor-street", Month(2026, 7), 5,
    (Commitment("kits", "kits", "More kits: 500 a year", "Outreach lead", Month(2026, 9), {"city": {2027: Decimal(25000)}},
                "kits_given", {2027: 1220.0}, {2027: 1130.0}, {2027: 1310.5}, "kits_given < 1130 by 2027"),),
    "ab", "cd", "0.1.0",
)  # fmt: skip


@given(plans())
def test_a_plan_comes_back_as_it_went(tmp_path_factory: pytest.TempPathFactory, plan: Plan) -> None:
    folder = tmp_path_factory.mktemp("plan")
    assert read_plan(write_plan(plan, folder)) == (plan, [])
    assert plan_text(plan) == (folder / FILE).read_text(encoding="utf-8")


def test_it_is_readable_and_says_what_each_line_is(tmp_path: Path) -> None:
    text = write_plan(SMALL, tmp_path).read_text(encoding="utf-8")
    assert "Longview never writes over it" in text
    assert 'who = "Outreach lead" # a role, not a name' in text
    assert "city = {2027 = 25000}" in text


def test_a_plan_that_somebody_edited_is_never_written_over(tmp_path: Path) -> None:
    first = write_plan(SMALL, tmp_path)
    edited = first.read_text(encoding="utf-8").replace("Outreach lead", "Night lead") + "# ours\n"
    first.write_text(edited, encoding="utf-8")
    second = write_plan(SMALL, tmp_path)
    assert second.name == NEW_FILE
    assert first.read_text(encoding="utf-8") == edited
    assert sorted(p.name for p in tmp_path.iterdir()) == [NEW_FILE, FILE]
    found, problems = read_plan(tmp_path)
    assert problems == []
    assert found is not None
    assert found.commitments[0].who == "Night lead"


def test_the_same_plan_is_written_once(tmp_path: Path) -> None:
    assert write_plan(SMALL, tmp_path) == write_plan(SMALL, tmp_path) == tmp_path / FILE


def test_whatever_stands_there_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"\xff\xfe\x00")
    assert write_plan(SMALL, tmp_path).name == NEW_FILE
    assert (tmp_path / FILE).read_bytes() == b"\xff\xfe\x00"


def test_a_link_that_leads_nowhere_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / FILE).symlink_to(tmp_path / "elsewhere")
    assert write_plan(SMALL, tmp_path).name == NEW_FILE
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        ('by = "2026-09"', 'by = "09/2026"', "commitment 1: by", "a month is wanted here"),
        ('who = "Outreach lead"', "who = 7", "commitment 1: who", "text is wanted here"),
        ("years = 5", 'years = "five"', "years", "a number of years is wanted here"),
        ("format = 1", "format = 9", "format", "this release reads format 1"),
        ('indicator = "kits_given"', 'indicator = "kitsgiven"', "commitment 1: indicator", "no such series of results"),
        ("{2027 = 25000}", '{2027 = "lots"}', "commitment 1: money, city", "a year and a number are wanted here"),
        ("{2027 = 1130}", "{soon = 1130}", "commitment 1: path, low", "a year and a number are wanted here"),
    ],
)
def test_what_is_wrong_is_named_with_its_place_and_what_to_type(
    tmp_path: Path, old: str, new: str, place: str, said: str
) -> None:
    text = plan_text(SMALL)
    assert old in text
    (tmp_path / FILE).write_text(text.replace(old, new, 1), encoding="utf-8")
    found, problems = read_plan(tmp_path)
    assert found is None
    assert [(p.file, p.column, p.expected) for p in problems] == [(FILE, place, said)]
    assert problems[0].instead


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    text = (
        plan_text(SMALL)
        .replace("years = 5", "years = 0")
        .replace('by = "2026-09"', "by = 3")
        .replace('version = "0.1.0"', "version = 1")
    )
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    assert len(read_plan(tmp_path)[1]) == 3


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(lambda t: t.encode("utf-8", "ignore"))))
def test_no_file_whatever_raises(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    place = tmp_path_factory.mktemp("odd") / FILE
    place.write_bytes(content)
    found, problems = read_plan(place)
    assert (found is None) == bool(problems)


def test_money_with_commas_typed_by_hand_is_read(tmp_path: Path) -> None:
    text = plan_text(SMALL).replace("{2027 = 25000}", '{2027 = "25,000.50"}')
    assert tomllib.loads(text)
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    found, _ = read_plan(tmp_path)
    assert found is not None
    assert found.commitments[0].money["city"][2027] == Decimal("25000.50")


def test_no_plan_yet_says_how_to_make_one(tmp_path: Path) -> None:
    found, problems = read_plan(tmp_path)
    assert found is None
    assert problems[0].instead == "make one:  longview plan"
