"""What a report lists as what it rests on: rows that are left out change nothing that it tells, and no other is left out."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from longview.evidence import load
from longview.gather import read_folder
from longview.program import Range
from longview.results import Portfolio
from longview.results.outlook import Outlook
from longview.verbs import futures as joined
from longview.verbs.futures import prepare
from longview.verbs.touched import BY_LEVER, INFECTION, OUTBREAK, rests_on, rows_at_rest

NOTHING = Portfolio("keep", ())
LIVES = (
    "deaths",
    "deaths_other",
    "overdoses",
    "people",
    "reached",
    "on_moud",
    "visits",
    "kits_given",
    "free_cash",
    "quits",
)
CHECKED = frozenset(load().keys)


@pytest.fixture(scope="module")
def program():
    found, _ = read_folder(Path(str(files("longview").joinpath("examples", "rhode-island"))))
    assert found is not None
    kept = tuple(e for e in found.effects if e.option in ("roof", "raise-pay"))
    return replace(found, effects=kept)


@pytest.fixture(scope="module", autouse=True)
def plain_engine():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(joined, "engine", lambda: "numpy")
        yield


def today(program) -> Outlook:
    return prepare(program, years=1, futures=24).outlook()


def test_what_is_left_out_changes_nothing_that_is_told(program):
    still, rows = rows_at_rest(program, NOTHING), load()
    assert still == OUTBREAK | INFECTION | set(BY_LEVER)
    assert still < CHECKED
    own = {key: Range(rows[key].low, rows[key].low, rows[key].low) for key in still}
    was, now = today(program), today(replace(program, own_values={**program.own_values, **own}))
    for name in LIVES:
        np.testing.assert_array_equal(getattr(was, name), getattr(now, name), err_msg=name)
    assert (was.hcv_infections != now.hcv_infections).any(), "infections do rest on them"


def test_rows_come_back_with_what_touches_them(program):
    read = {row.key for row in rests_on(program, load(program.own_values), NOTHING)}
    assert not read & (OUTBREAK | INFECTION | set(BY_LEVER))
    effect = program.effects[0]
    for key, levers in BY_LEVER.items():
        for lever in levers:
            touched = replace(program, effects=(*program.effects, replace(effect, lever=lever)))
            assert key in {row.key for row in rests_on(touched, load(), NOTHING)}, (key, lever)


def test_infections_come_with_a_plan_that_moves_them_and_own_figures_always(program):
    from longview.results import Choice

    effect = replace(program.effects[0], lever="wound_care")
    moved = replace(program, effects=(*program.effects, effect))
    plan = Portfolio("plan", (Choice(effect.option, 1.0, 0),))
    assert {row.key for row in rests_on(moved, load(), plan)} >= INFECTION
    assert not {row.key for row in rests_on(moved, load(), NOTHING)} & INFECTION
    own = load({"hiv_prev_us": Range(0.01, 0.02, 0.03)})
    assert "hiv_prev_us" in {row.key for row in rests_on(program, own, NOTHING)}
