"""What each lever does to its own outcome, future by future, and that each is read (MODEL, section 9).

Expected form, cash shocks off, 500 prior draws. Congestion off means a load of 0.3 today: what is wanted can be served.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from law_runs import DOSES, TODAY, World, alone, lever_program, neutral, option, world
from made import make_program
from numpy.typing import NDArray

from longview.model import Seen
from longview.program import levers
from longview.program.types import Effect, Option
from longview.results import Portfolio

Floats = NDArray[np.float64]

NAMES = [*map(option, DOSES), "far-place"]
CALM = 0.3
ROOM = ["hours_day", "hours_evening", "hours_new_place", "worker_hours"]
"""Levers looked at where some people are turned away."""

STRICT = {  # lever: series and ways, in every draw
    "hours_day": {"reached": 1, "visits": 1, "kits_held": 1, "deaths": -1},
    "hours_evening": {"reached": 1, "visits": 1, "kits_held": 1, "deaths": -1},
    "hours_new_place": {"reached": 1, "visits": 1, "kits_held": 1, "deaths": -1},
    "wage": {"quits": -1, "posts_filled": 1, "spending": 1},
    "benefits": {"quits": -1, "posts_filled": 1},
    "support": {"quits": -1, "posts_filled": 1},
    "hire_frozen": {"posts_filled": 1, "spending": 1},
    "hire_speed": {"posts_filled": 1, "spending": 1},
    "kits": {"kits_held": 1, "spending": 1},
    "kits_added": {"kits_held": 1, "spending": 1},
    "referrals": {"on_moud": 1, "deaths": -1, "overdoses": -1},
    "witnessed": {"deaths": -1, "reversals": 1},
    "offer_inject": {"reached": 1, "visits": 1, "deaths": -1},
    "offer_smoke": {"reached": 1, "visits": 1, "deaths": -1},
    "supplies": {"spending": 1},
    "repair": {"condition": 1, "days_closed": -1, "reached": 1, "backlog": -1},
    "protected": {"readiness": 1},
    "claim_lag": {"owed": 1, "free_cash": -1},
    "cash_in": {"free_cash": 1, "income": 1},
    "drug_checking": {"overdoses": -1, "deaths": -1},
    "room": {"deaths": -1, "reversals": -1, "hcv_infections": -1, "hiv_infections": -1},
    "smoking_supplies": {"hcv_infections": -1, "wounds_hospital": -1},
    "spotting": {"deaths": -1},
    "retention": {"on_moud": 1, "overdoses": -1, "deaths": -1, "hcv_infections": -1},
    "moud_access": {"on_moud": 1, "overdoses": -1, "deaths": -1},
    "jail_moud": {"on_moud": 1},
    "jail": {"overdoses": 1, "deaths": 1, "hcv_infections": 1, "hiv_infections": 1},
    "calling": {"deaths": -1},
    "kits_elsewhere": {"kits_held": 1},
    "kits_pharmacy": {"kits_held": 1},
    "syringe_rule": {"spending": 1},
    "wound_care": {"wounds_hospital": -1},
    "police": {"reached": -1, "visits": -1, "kits_given": -1, "deaths": 1},
    "seizures": {"overdoses": 1, "deaths": 1},
    "seizures_once": {"overdoses": 1, "deaths": 1},
    "supply": {"overdoses": 1, "deaths": 1, "deaths_other": 1},
}
WEAK = {  # in no draw the other way; in some nothing, for the reason given
    "kits": {"reversals": 1, "deaths": -1},  # nothing where naloxone is met as often as it can be
    "kits_added": {"reversals": 1, "deaths": -1},
    "responders": {"deaths": -1},  # nothing where an ambulance is worth as much as naloxone
    "upkeep_added": {"condition": 1, "days_closed": -1},  # nothing where today's upkeep is enough
    "onsite": {"on_moud": 1, "deaths": -1, "overdoses": -1},  # nothing where as many begin when sent elsewhere
    "kits_elsewhere": {"reversals": 1, "deaths": -1},
    "kits_pharmacy": {"reversals": 1, "deaths": -1},
    "syringe_rule": {
        "hcv_infections": -1,
        "hiv_infections": -1,
        "skin_infections": -1,
    },  # nothing where none is used twice
    "syringes_added": {"hcv_infections": -1, "hiv_infections": -1, "skin_infections": -1},
    "syringes_elsewhere": {"hcv_infections": -1, "hiv_infections": -1, "skin_infections": -1},
    "hiv_testing": {"hiv_infections": -1},  # nothing where newcomers alone bring those suppressed
}
MOSTLY = {  # either way, since the evidence allows both; the other way in few draws
    "smoking_supplies": {"reached": 1, "overdoses": -1, "deaths": -1},  # smoking may be no safer
    "jail_moud": {"overdoses": -1, "deaths": -1},  # `jail_moud_rr` may lie above 1
    "hcv_treatment": {"hcv_infections": -1},  # who is cured can be infected again
    "police": {"hcv_infections": 1},  # syringes passed on reach further
}


@cache
def calm() -> tuple[World, Seen, Floats]:
    """All levers on the same 500 draws, nobody crowded out."""
    here = world(lever_program(), count=500, load=CALM)
    result = here.run([TODAY, *map(alone, NAMES)], expected=True, open_only=True, threads=2)
    assert result.seen is not None
    return here, result.seen, np.asarray(result.lived)


@cache
def crowded() -> Seen:
    """The same with today's load as the evidence has it."""
    here = world(lever_program(), count=500)
    return here.seen([TODAY, *map(alone, map(option, ROOM))], expected=True, open_only=True, threads=2)


def change(seen: Seen, name: str, lever: str) -> Floats:
    """What the lever adds to a series over the plan, relative to today's, [F]."""
    x = getattr(seen, name)[:, :, :24].sum(-1)
    at = 1 + (ROOM.index(lever) if len(x) == 1 + len(ROOM) else NAMES.index(option(lever)))
    return np.asarray((x[at] - x[0]) / np.maximum(np.abs(x[0]), 1e-9))


ROUNDING = 1e-12


@pytest.mark.parametrize(
    ("lever", "name", "way"), [(lever, *pair) for lever, moved in STRICT.items() for pair in moved.items()]
)
def test_a_lever_moves_its_own_outcome_the_right_way_in_every_draw(lever: str, name: str, way: int) -> None:
    assert (way * change(calm()[1], name, lever) > ROUNDING).all()


@pytest.mark.parametrize(
    ("lever", "name", "way"), [(lever, *pair) for lever, moved in WEAK.items() for pair in moved.items()]
)
def test_a_lever_moves_its_own_outcome_the_wrong_way_in_no_draw(lever: str, name: str, way: int) -> None:
    moved = way * change(calm()[1], name, lever)
    assert (moved > -ROUNDING).all()
    assert (moved > ROUNDING).mean() > 0.7


@pytest.mark.parametrize(
    ("lever", "name", "way"), [(lever, *pair) for lever, moved in MOSTLY.items() for pair in moved.items()]
)
def test_a_lever_with_evidence_both_ways_goes_one_way_in_nearly_all_draws(lever: str, name: str, way: int) -> None:
    assert (way * change(calm()[1], name, lever) > ROUNDING).mean() > 0.95


def test_watching_prescriptions_goes_both_ways() -> None:
    """Neither newcomers nor danger have a side that the evidence rules out."""
    moved = change(calm()[1], "overdoses", "monitoring")
    assert 0.1 < (moved < 0).mean() < 0.5 < (moved > 0).mean() < 0.9


def test_a_place_further_off_reaches_fewer() -> None:
    seen = calm()[1]
    near, far = change(seen, "reached", "hours_new_place"), change(seen, "reached", "far-place")
    assert (far > 0).all()
    assert (far < near).all()


def test_kits_passed_on_change_whose_hands_they_are_in() -> None:
    """Which way deaths go depends on who overdoses near whom: about as often down as up, and never by much."""
    moved = change(calm()[1], "deaths", "share_onward")
    assert (np.abs(moved) > ROUNDING).mean() > 0.7
    assert np.abs(moved).max() < 0.1


def test_more_worker_hours_serve_more_where_some_are_turned_away() -> None:
    seen = crowded()
    assert (change(seen, "visits", "worker_hours") > ROUNDING).all()
    assert (change(seen, "turned_away", "worker_hours") < -ROUNDING).all()
    assert (change(seen, "fires", "worker_hours") < -ROUNDING).all()
    assert (change(seen, "burnout", "worker_hours") < -ROUNDING).all()


def test_open_hours_without_people_to_work_them_crowd_the_doors() -> None:
    """More people come (always), fewer of their visits can be served; in a few draws even fewer than before."""
    seen = crowded()
    for lever in ("hours_day", "hours_evening", "hours_new_place"):
        assert (change(seen, "reached", lever) > ROUNDING).all()
        assert (change(seen, "turned_away", lever) > ROUNDING).all()
        assert (change(seen, "fires", lever) > ROUNDING).all()
        assert (change(seen, "visits", lever) < -ROUNDING).mean() < 0.1


NO_LIVES = {
    "claim_lag",
    "cash_in",
    "syringe_rule",
    "syringes_added",
    "syringes_elsewhere",
    "hiv_testing",
    "hcv_treatment",
    "wound_care",
}
"""Money alone, with cash shocks off, moves nobody; infection and wounds carry no deaths within the horizon: both are nothing."""

AGREE = {"protected": 0.98, "smoking_supplies": 0.98, "jail_moud": 0.98, "monitoring": 0.7}
"""Where signs may differ in some draws: protected time trades hours now against kits later, medication also spares other deaths,
who never begins to use lives longer at once and dies of overdose no more only later."""


@pytest.mark.parametrize("name", NAMES)
def test_years_of_life_and_deaths_averted_agree_in_sign(name: str) -> None:
    """In the middle of the draws for every lever, and in every single draw in which both are more than rounding."""
    _, seen, lived = calm()
    at = 1 + NAMES.index(name)
    died = (seen.deaths + seen.deaths_other).sum(-1)
    years, averted = lived[at] - lived[0], died[0] - died[at]
    if name.replace("-", "_") in NO_LIVES:
        assert np.abs(years).max() == 0.0
        assert np.abs(averted).max() < 1e-9
        return
    assert np.sign(np.median(years)) == np.sign(np.median(averted)) != 0
    told = (np.abs(averted) > 1e-5) & (np.abs(years) > 1e-4)
    agree = np.sign(years[told]) == np.sign(averted[told])
    assert agree.mean() >= AGREE.get(name.replace("-", "_"), 1.0)


@pytest.mark.parametrize("name", NAMES)
def test_every_lever_is_read(name: str) -> None:
    """It moves something by more than rounding, and a distance moves what the place would do without it."""
    seen = calm()[1]
    base = 0 if name != "far-place" else 1 + NAMES.index("hours-new-place")
    at = 1 + NAMES.index(name)
    assert any(
        np.abs(x[at] - x[base]).max() > 1e-6 * max(1.0, np.abs(x[base]).max())
        for x in (getattr(seen, s) for s in Seen._fields)
    )


def test_the_list_of_levers_is_whole() -> None:
    assert {*DOSES, "new_place_miles"} == set(levers())
    assert {*STRICT, *WEAK, *MOSTLY} | {"worker_hours", "share_onward", "monitoring"} == set(DOSES)


@pytest.mark.parametrize("expected", [True, False])
def test_no_dose_no_effect(expected: bool) -> None:
    """Options whose effects add nothing, multiply by one, or set what is so already."""
    here = world(lever_program(neutral()), count=20)
    seen = here.seen([TODAY, *map(alone, map(option, DOSES))], expected=expected)
    for name in Seen._fields:
        x = getattr(seen, name)
        assert np.array_equal(np.broadcast_to(x[:1], x.shape), x), name


def test_a_dose_at_level_nought_is_no_dose() -> None:
    here = world(lever_program(), count=20)
    seen = here.seen([TODAY, *(alone(name, 0.0) for name in NAMES)])
    for name in Seen._fields:
        x = getattr(seen, name)
        assert np.array_equal(np.broadcast_to(x[:1], x.shape), x), name


MORE = [("hours_evening", "reached", 1), ("wage", "quits", -1), ("kits_added", "kits_held", 1), ("witnessed", "deaths", -1),
        ("referrals", "on_moud", 1), ("protected", "readiness", 1), ("worker_hours", "burnout", -1),
        ("drug_checking", "overdoses", -1), ("room", "deaths", -1), ("spotting", "deaths", -1), ("calling", "deaths", -1),
        ("retention", "on_moud", 1), ("jail", "overdoses", 1), ("kits_pharmacy", "kits_held", 1), ("police", "reached", -1),
        ("seizures", "overdoses", 1), ("supply", "deaths", 1), ("wound_care", "wounds_hospital", -1)]  # fmt: skip


@pytest.mark.parametrize(("lever", "name", "way"), MORE)
def test_more_of_a_lever_does_more(lever: str, name: str, way: int) -> None:
    """Doses one, two and four of the same option, each draw in order."""
    op, value = DOSES[lever]
    effect = Effect("it", lever, op, value)  # type: ignore[arg-type]
    level = Option("it", "it", "level", least=1, most=4, step=1)
    program = make_program(options=(level,), effects=(effect,), prices=())
    here = world(program, count=100, load=CALM)
    seen = here.seen(
        [TODAY, *(Portfolio(f"{n}", alone("it", n).choices) for n in (1.0, 2.0, 4.0))], expected=True, open_only=True
    )
    x = way * getattr(seen, name)[:, :, :24].sum(-1)
    assert (np.diff(x, axis=0) > -1e-9).all()
    assert (x[3] > x[0]).all()
