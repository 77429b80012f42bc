"""A dilemma on the example: the same money on every side, the same futures, and an answer that does not hang on its order."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from longview.choose import with_money
from longview.results import ROWS
from longview.verbs.dilemma import Table, _own, dilemmas
from longview.verbs.futures import TODAY, prepare

FUTURES, YEARS = 24, 2


@pytest.fixture(scope="module", autouse=True)
def _numpy():
    """Few futures: NumPy is done before JAX has compiled, and the source is the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("longview.verbs.futures.engine", lambda: "numpy")
        yield


@pytest.fixture(scope="module")
def prepared(program):
    return prepare(with_money(program, YEARS), years=YEARS, futures=2 * FUTURES)


@pytest.fixture(scope="module")
def table(program, prepared) -> Table:
    return Table(program, prepared, 25_000.0, FUTURES)


@pytest.fixture(scope="module")
def answered(table):
    asked = [
        _own(table.program, table.offer, names)
        for names in (("evening-hours", "roof"), ("roof", "evening-hours"), ("roof", "roof"))
    ]
    return table.answers([replace(a, id=str(i)) for i, a in enumerate(asked)])


@pytest.fixture(scope="module")
def letters(program, prepared):
    return dilemmas(program, prepared, money=25_000.0)


def test_row_0_is_todays_path_as_it_is_without_any_of_this(program, table, answered):
    plain = prepare(program, years=YEARS, futures=2 * FUTURES).run([TODAY], "closing", paths=False, which=table.shown)
    for outcome in ("deaths", "visits", "spending", "quits"):
        mine = answered[0].comparisons[-1].values["closing"][outcome][0]
        assert np.array_equal(mine, getattr(plain.sums, outcome)[0]), outcome
    assert np.array_equal(answered[0].comparisons[-1].values["closing"]["free_cash"][0], plain.end.free_cash[0])


def test_keeping_holds_the_money_and_moves_nothing_while_we_stay_open(answered):
    for years, comparison in zip(answered[0].years, answered[0].comparisons, strict=True):
        kept = comparison.difference("free_cash", ROWS["keep"])
        assert (kept.low, kept.high) == (pytest.approx(25_000 * years, abs=5), pytest.approx(25_000 * years, abs=5))
        assert np.abs(comparison.values["open"]["life_years"][ROWS["keep"]]).max() < 0.05


def test_every_side_has_the_same_money(answered, letters):
    for found in (*answered, *letters):
        for side in found.sides:
            for place, years in enumerate(found.years):
                assert side.spent[place] + side.kept[place] == pytest.approx(25_000 * years, abs=1.0)


def test_swapping_the_sides_mirrors_the_answer(answered):
    one, two, _ = answered
    mirror = {"a": "b", "b": "a", "keep": "keep", None: None}
    assert {t: mirror[who] for t, who in one.first.items()} == dict(two.first)
    for ours, theirs in zip(one.comparisons, two.comparisons, strict=True):
        for telling in ("open", "closing"):
            a, b = ours.values[telling]["life_years"], theirs.values[telling]["life_years"]
            assert np.array_equal(a[[0, 2, 1, 3]], b)
    assert [(t.key, t.at, mirror[t.below], mirror[t.above]) for t in one.turns] == [
        (t.key, t.at, t.below, t.above) for t in two.turns
    ]


def test_a_side_against_itself_is_a_tie_and_nothing_turns_between_them(answered):
    same = answered[2]
    last = same.comparisons[-1]
    assert last.difference("life_years", ROWS["a"], ROWS["b"]).high == 0.0
    assert all(who not in ("a", "b") for who in same.first.values())
    assert same.turns == ()


def test_the_letters_dilemmas_are_all_told(letters):
    hours, supplies, fires = letters
    assert [d.id for d in letters] == ["hours-or-building", "supplies-or-wages", "fires-or-long-view"]
    assert not any(d.missing for d in letters)
    assert supplies.more_leave is not None
    assert 0.05 < supplies.more_leave < 0.6
    assert fires.repaid is not None
    assert fires.side("b").spent == (0.0, 0.0)
    assert fires.alone is not None
    assert fires.alone.middle < 0.0, "hours alone cost more than they win back"
    assert fires.lift_tried is not None
    assert supplies.side("b").options[0] == "raise-pay", "pay means pay first"
    assert "roof" in hours.side("b").options
    assert 1 in hours.side("b").late, "a roof of $45,000 is not had within a year for $25,000"
    for found in letters:
        assert len(found.turns) <= 5
        assert all(t.checked and t.below != t.above and t.close[0] <= t.at <= t.close[1] for t in found.turns)


def test_a_tenants_building_is_missing_with_words_and_the_others_are_told(program, prepared):
    tenant = replace(program, sites=tuple(replace(s, premises="leased", landlord_repairs=True) for s in program.sites))
    hours, supplies, _ = dilemmas(tenant, prepared, money=25_000.0)
    assert set(hours.missing) == {"b"}
    assert "landlord" in hours.missing["b"]
    assert hours.comparisons == ()
    assert supplies.comparisons
