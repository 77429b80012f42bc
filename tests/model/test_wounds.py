"""Wounds: levels today, what keeps from them, and that hospital stays are lessened by care alone where it reaches."""

from __future__ import annotations

import numpy as np
import pytest
from law_runs import TODAY, alone, lever_program, option, world

from longview.model.infection import Guarded
from longview.model.wounds import mean_risk, risk, wounds_month

P = {
    "reuse_skin_rr": np.array([0.7]), "skin_rr_inject_v_smoke": np.array([2.5]), "skin_infection": np.array([0.3]),
    "wound_care_effect": np.array([0.8]), "abscess_hosp": np.array([0.04]),
}  # fmt: skip
PEOPLE, SMOKE, NONE = np.array([[60.0], [40.0]]), np.array([50.0]), np.zeros(1)


def kept(
    covered: tuple[float, float] = (0.2, 0.5),
    outside: tuple[float, float] = (1.0, 1.0),
    inside: tuple[float, float] = (0.0, 0.0),
) -> Guarded:
    return Guarded(np.array(outside)[:, None], np.array(covered)[:, None], np.zeros((2, 1)), np.array(inside)[:, None])


def test_today_wounds_are_the_evidences_whatever_the_coverage() -> None:
    for covered in ((0.0, 0.0), (0.2, 0.5), (1.0, 1.0)):
        mean = mean_risk(kept(covered), PEOPLE, P, np)
        found = wounds_month(kept(covered), mean, PEOPLE, SMOKE, NONE, P, np)
        assert found.skin[0] * 12 == pytest.approx(0.3 * (100 + 50 / 2.5))
        assert found.hospital[0] * 12 == pytest.approx(0.04 * 100)


def test_full_coverage_takes_the_rows_share_and_none_takes_nothing() -> None:
    assert risk(kept((0.0, 1.0)), P)[:, 0] == pytest.approx([1.0, 0.7])
    mean = mean_risk(kept((0.0, 0.0)), PEOPLE, P, np)
    found = wounds_month(kept((1.0, 1.0)), mean, PEOPLE, NONE, NONE, P, np)
    assert found.hospital[0] * 12 == pytest.approx(0.7 * 0.04 * 100)


def test_a_room_s_syringes_are_sterile() -> None:
    """Everything in a room wounds like full coverage; half of it, like half of it covered."""
    assert risk(kept((0.0, 0.0), (1.0, 0.0), (0.0, 1.0)), P) == pytest.approx(risk(kept((0.0, 1.0)), P))
    assert risk(kept((0.0, 0.0), (1.0, 0.5), (0.0, 0.5)), P) == pytest.approx(risk(kept((0.0, 0.5)), P))


def test_what_is_smoked_wounds_nobody_who_injects() -> None:
    mean = mean_risk(kept(), PEOPLE, P, np)
    usual = wounds_month(kept(), mean, PEOPLE, NONE, NONE, P, np)
    half = wounds_month(kept(outside=(1.0, 0.5)), mean, PEOPLE, NONE, NONE, P, np)
    hurt = PEOPLE * risk(kept(), P)
    assert half.skin / usual.skin == pytest.approx(1.0 - 0.5 * hurt[1] / hurt.sum(0))


def test_wound_care_reaches_those_reached_and_skin_infections_stay() -> None:
    mean = mean_risk(kept(), PEOPLE, P, np)
    without = wounds_month(kept(), mean, PEOPLE, SMOKE, NONE, P, np)
    cared = wounds_month(kept(), mean, PEOPLE, SMOKE, np.ones(1), P, np)
    hurt = PEOPLE * risk(kept(), P)
    assert cared.skin == pytest.approx(without.skin)
    assert cared.hospital / without.hospital == pytest.approx(1.0 - 0.2 * hurt[1] / hurt.sum(0))


def test_nobody_injects() -> None:
    nobody = np.zeros((2, 1))
    mean = mean_risk(kept(), nobody, P, np)
    found = wounds_month(kept(), mean, nobody, SMOKE, NONE, P, np)
    assert (mean[0], found.hospital[0]) == (0.0, 0.0)
    assert found.skin[0] * 12 == pytest.approx(0.3 * 50 / 2.5)


def test_in_runs_more_syringes_are_fewer_wounds_in_every_draw() -> None:
    doses = {"syringes_added": ("add", 20_000.0), "wound_care": ("add", 0.5), "room": ("add", 0.5)}
    here = world(lever_program(doses), count=100, load=0.3)
    seen = here.seen([TODAY, *(alone(option(name)) for name in doses)], expected=True, open_only=True)
    lived = seen.injecting[..., :24].sum(-1)  # whom a room keeps alive may be wounded: by person, then
    skin, hospital = (x[..., :24].sum(-1) / lived for x in (seen.skin_infections, seen.wounds_hospital))
    for i, name in enumerate(doses, 1):
        assert (hospital[i] <= hospital[0] * (1 + 1e-12)).all(), name
        assert (hospital[i] < hospital[0]).mean() > 0.9, name
    assert (skin[2] == skin[0]).all(), "wound care keeps from hospital, not from wounds"
    assert (skin[1] <= skin[0] * (1 + 1e-12)).all()
    p, people = here.futures.p, here.start.people[0].sum((0, 1, 2))
    assert seen.wounds_hospital[0, :, 0] == pytest.approx(people * p["abscess_hosp"] / 12, rel=1e-9)
