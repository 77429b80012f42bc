"""Hepatitis C and HIV among people who inject: at rest, conserved, and moved the right way in every draw."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from law_runs import TODAY, World, alone, lever_program, option, world
from numpy.typing import NDArray

from longview.model import Seen
from longview.model.arrays import NUMPY
from longview.model.guards import MONTH, SUPPRESSION_MOST
from longview.model.infection import (
    Guarded,
    Infected,
    Shift,
    Spread,
    after_jail,
    followed,
    guarded,
    hcv_force,
    hiv_force,
    infection_month,
    met,
    protection,
    two_state,
)
from longview.model.infection_start import at_rest

Floats = NDArray[np.float64]

CALM = 0.3  # load today: what is wanted can be served, so that nobody is crowded out
MONTHS = 24
STERILE = {
    "syringes_added": ("add", 20_000.0), "syringes_elsewhere": ("multiply", 2.0), "supplies": ("add", 0.5),
    "syringe_rule": ("multiply", 1.5), "room": ("add", 0.5), "smoking_supplies": ("add", 1.0),
}  # fmt: skip
TREATED = {
    "moud_access": ("multiply", 2.0), "retention": ("multiply", 1.5), "referrals": ("multiply", 3.0),
    "jail_moud": ("add", 0.5), "jail": ("multiply", 0.5),
}  # fmt: skip
OTHERS = {"hcv_treatment": ("add", 0.2), "hiv_testing": ("multiply", 2.0), "wound_care": ("add", 0.5)}
NAMES = [*STERILE, *TREATED, *OTHERS]


@cache
def still() -> World:
    return world(lever_program(STERILE | TREATED | OTHERS), count=300, load=CALM)


@cache
def seen() -> Seen:
    return still().seen([TODAY, *(alone(option(name)) for name in NAMES)], expected=True, open_only=True, threads=2)


def rates(what: str) -> Floats:
    """Infections a person-year over the plan, [P, F]."""
    return np.asarray(getattr(seen(), what)[..., :MONTHS].sum(-1) / seen().injecting[..., :MONTHS].sum(-1) * 12.0)


def best(**changes: float) -> dict[str, Floats]:
    """Evidence of one future, some of it set."""
    return {key: x[:1].copy() for key, x in still().futures.p.items()} | {k: np.array([v]) for k, v in changes.items()}


# ---------------------------------------------------------------------------------------------- the start


def test_todays_shares_are_those_of_the_evidence() -> None:
    here, p = still().start, still().futures.p
    people = here.people[0].sum((0, 1, 2))
    hcv = here.infected.hcv.sum(0) / people
    assert hcv == pytest.approx(p["hcv_prev_ab_us"] * p["hcv_viraemic_share"], rel=1e-10)
    hiv = here.infected.hiv.sum((0, 1)) / people
    bound = here.hiv_below > 0
    assert hiv[~bound] == pytest.approx(p["hiv_prev_us"][~bound], rel=1e-10)
    assert (hiv[bound] >= p["hiv_prev_us"][bound] * (1 - 1e-10)).all(), "incidence alone sustains more"
    assert 0 < bound.mean() < 0.2, "both sides of the bound are met"
    quiet = here.infected.hiv[2].sum(0) / here.infected.hiv.sum((0, 1))
    free = (here.spread.suppressed > 0) & (here.spread.suppressed < SUPPRESSION_MOST * (1 - 1e-9))
    assert quiet[free] == pytest.approx(p["hiv_suppressed_share"][free], rel=1e-10)


def test_levels_are_on_one_side_of_their_bounds_and_shares_are_shares() -> None:
    here = still().start
    assert here.infected.hcv.min() >= 0
    assert here.infected.hiv.min() >= 0
    assert (here.infected.hcv <= here.people[0].sum((1, 2))).all()
    assert (here.infected.hiv.sum(0) <= here.people[0].sum((1, 2))).all()
    cured, brought = here.spread.cured, here.spread.hcv_brought
    assert ((cured == 0) | (brought == 0)).all()
    assert (cured.min(), brought.min()) == (0.0, 0.0)
    assert 0 < (cured == 0).mean() < 0.5, "both are met"
    assert brought.max() <= 1
    assert 0 <= here.spread.hiv_brought.min() <= here.spread.hiv_brought.sum(0).max() <= 1


def test_todays_incidence_is_that_of_the_evidence() -> None:
    """The hazard is the row's on average over those free; what is seen of a month falls short of it by a month's cures alone."""
    here, p = still().start, still().futures.p
    people, one, none = here.people[0].sum((1, 2)), np.ones_like(here.syringes), np.zeros_like(here.syringes)
    on_moud = here.people[0].sum(1)[:, 1] / people
    kept = guarded(here.syringes, one, none, none, people, on_moud, p, np)
    free = people - here.infected.hcv
    hazard = here.spread.hcv_scale * hcv_force(here.infected, people, kept, one, p, np)
    assert (hazard * free).sum(0) / free.sum(0) == pytest.approx(p["hcv_incidence_us"], rel=1e-10)
    free = people - here.infected.hiv.sum(0)
    hazard = here.spread.hiv_scale * hiv_force(here.infected, here.spread.hiv_met, people, kept, one, p, np)
    assert (hazard * free).sum(0) / free.sum(0) == pytest.approx(p["hiv_incidence_us"], rel=1e-10)
    yearly = seen().hiv_infections[0, :, 0] / free.sum(0) * 12
    assert yearly == pytest.approx(p["hiv_incidence_us"], rel=0.02)


def test_at_rest_nothing_moves() -> None:
    """A month of those infected, with people at rest, gives them back; whatever the draw."""
    here, p = still().start, still().futures.p
    people = here.people[0].sum((1, 2))
    on_moud = here.people[0].sum(1)[:, 1] / people
    shift = resting(here.people, here.newcomers)
    one, none = np.ones_like(here.syringes), np.zeros_like(here.syringes)
    found = at_rest(shift, on_moud, here.syringes, p, NUMPY)
    assert found.residual.max() < 1e-10
    kept = guarded(here.syringes, one, none, none, people, on_moud, p, np)
    after = infection_month(found.infected, shift, kept, found.spread, one, none, one, p, np)
    assert after.infected.hcv == pytest.approx(found.infected.hcv, rel=1e-9)
    assert after.infected.hiv == pytest.approx(found.infected.hiv, rel=1e-9, abs=1e-12)


def resting(people: Floats, newcomers: Floats) -> Shift:
    """People who inject at rest, with made moves: as many leave each reach as come to it."""
    held = people[0].sum((1, 2))
    new = newcomers[0].sum(0)
    lapsed = 0.05 * np.ones_like(new)
    stay = 1.0 - new / held.sum(0)
    came = lapsed * held[1] * stay / (held[0] * stay) + (held[1] - held[1] * stay) / (held[0] * stay)
    return Shift(held, held, np.stack([stay, stay]), came, lapsed, new)


def test_nobody_injects() -> None:
    none = np.zeros(1)
    shift = Shift(*(np.zeros((2, 1)) for _ in range(3)), none, none, none)
    p = best()
    found = at_rest(shift, np.zeros((2, 1)), none, p, NUMPY)
    kept = guarded(none, none + 1, none, none, shift.before, np.zeros((2, 1)), p, np)
    after = infection_month(found.infected, shift, kept, found.spread, none + 1, none, none + 1, p, np)
    for x in (*found.infected, *found.spread, found.below, after.hcv, after.hiv, *after.infected):
        assert np.isfinite(x).all()
    assert after.hcv.sum() + after.hiv.sum() + after.infected.hcv.sum() + after.infected.hiv.sum() == 0
    assert found.below.sum() == 0


@pytest.mark.parametrize("prevalence", [1e-4, 0.004, 0.0049999, 0.005, 0.3])
def test_hiv_from_hardly_any_to_a_third(prevalence: float) -> None:
    """Below half a hundredth infection comes from outside; the share with HIV is met on either side."""
    here = world(count=20, load=CALM, p={"hiv_prev_us": prevalence, "hiv_incidence_us": 1e-6})
    people = here.start.people[0].sum((0, 1, 2))
    assert here.start.infected.hiv.sum((0, 1)) / people == pytest.approx(prevalence, rel=1e-9)
    assert (here.start.spread.hiv_met == 0).all() == (prevalence < 0.005)
    assert here.start.hiv_below.max() == 0


def test_where_incidence_sustains_more_the_share_with_hiv_is_what_it_sustains() -> None:
    here = world(count=20, load=CALM, p={"hiv_prev_us": 0.02, "hiv_incidence_us": 0.05})
    assert here.start.hiv_below.min() == 1
    assert (here.start.spread.hiv_brought == 0).all()
    assert (here.start.infected.hiv.sum((0, 1)) > 0.021 * here.start.people[0].sum((0, 1, 2))).all()
    run = here.seen([TODAY], expected=True, open_only=True)
    first = run.hiv_infections[0, :, 0]
    assert run.hiv_infections[0, :, 1] == pytest.approx(first, rel=0.02)


# ---------------------------------------------------------------------------------------------- conservation


def test_those_infected_are_some_of_those_who_inject() -> None:
    """With every lever pulled, closed or open, whole people or shares: never more infected than people, never fewer than none."""
    here = world(lever_program(STERILE | TREATED | OTHERS), count=40, load=CALM)
    for how in ({"expected": True, "open_only": True}, {"expected": False, "open_only": False}):
        run = here.seen([TODAY, *(alone(option(name)) for name in NAMES)], **how)
        for name in ("hcv_infections", "hiv_infections", "injecting", "skin_infections", "wounds_hospital"):
            series = getattr(run, name)
            assert np.isfinite(series).all(), name
            assert series.min() >= 0, name
        assert (run.hcv_infections <= run.injecting * 1.1).all()
        assert (run.injecting <= run.people).all()


def test_the_infected_follow_the_people_and_nobody_is_lost() -> None:
    shift = Shift(
        np.array([[60.0], [40.0]]), np.array([[58.0], [39.0]]), np.array([[0.97], [0.95]]), np.array([0.1]), np.array([0.2]),
        np.array([1.0]),
    )  # fmt: skip
    moved = followed(np.array([[30.0], [20.0]]), np.array([0.5]), shift, np)
    alive = 30 * 0.97 + 20 * 0.95
    assert moved.sum() == pytest.approx(alive + 0.5)
    assert moved[1, 0] == pytest.approx(20 * 0.95 * 0.8 + 30 * 0.97 * 0.1)
    three = followed(np.stack([np.array([[30.0], [20.0]])] * 3), np.full((3, 1), 0.5), shift, np)
    assert three == pytest.approx(np.stack([moved] * 3))


def test_after_closing_everybody_infected_is_unreached() -> None:
    from longview.model.illness import after_closing

    hiv = np.arange(12.0).reshape(3, 2, 2)
    shut = after_closing(hiv, np.array([1.0, 0.0]), np)
    assert (shut[:, 1, 0] == 0).all()
    assert (shut.sum(1) == hiv.sum(1)).all()
    assert (shut[..., 1] == hiv[..., 1]).all()


# ---------------------------------------------------------------------------------------------- levers


@pytest.mark.parametrize("name", STERILE)
@pytest.mark.parametrize("what", ["hcv_infections", "hiv_infections"])
def test_more_sterile_syringes_are_fewer_infections_in_every_draw(name: str, what: str) -> None:
    today, moved = rates(what)[0], rates(what)[1 + NAMES.index(name)]
    assert (moved <= today * (1 + 1e-9)).all(), "but for what dearer supplies do to cash"
    assert (moved < today * (1 - 1e-6)).mean() > 0.9, "it does something, but where nobody lacks a syringe"


@pytest.mark.parametrize("name", TREATED)
@pytest.mark.parametrize("what", ["hcv_infections", "hiv_infections"])
def test_more_medication_and_less_jail_are_fewer_infections_in_every_draw(name: str, what: str) -> None:
    today, moved = rates(what)[0], rates(what)[1 + NAMES.index(name)]
    assert (moved <= today * (1 + 1e-9)).all()
    assert (moved < today).mean() > 0.9


def test_treatment_and_tests_touch_their_own_infection_alone() -> None:
    hcv, hiv = rates("hcv_infections"), rates("hiv_infections")
    treated, tested, cared = (1 + NAMES.index(name) for name in OTHERS)
    assert (hiv[treated] == hiv[0]).all()
    assert (hcv[tested] == hcv[0]).all()
    assert (hiv[tested] <= hiv[0]).all()
    assert np.median(hcv[treated] / hcv[0]) < 1, "those cured may be infected again: not in every draw"
    assert (hcv[cared] == hcv[0]).all()


def test_coverage_stops_at_one_and_counts_what_is_smoked_or_used_in_a_room() -> None:
    p, people = (
        best(injections_per_year=1_000.0, syringes_elsewhere=100.0, syringe_share_onward=0.25),
        np.array([[30.0], [20.0]]),
    )
    none, treated = np.zeros(1), np.zeros((2, 1))
    kept = guarded(np.array([500.0]), none + 1, none, none, people, treated, p, np)
    assert kept.covered[:, 0] == pytest.approx([12 * 500 * 0.25 / 30 / 1000 + 0.1, 12 * 500 * 0.75 / 20 / 1000 + 0.1])
    half = guarded(np.array([500.0]), none + 1, none + 0.2, none + 0.375, people, treated, p, np)
    assert half.outside[:, 0] == pytest.approx([1.0, 0.5])
    assert half.covered[1] == pytest.approx(2 * kept.covered[1])
    assert guarded(np.array([1e9]), none + 1, none, none, people, treated, p, np).covered.max() == 1.0


def test_no_draw_in_which_a_syringe_or_medication_infects() -> None:
    """Rows above 1 count as no effect, and an overlap eats no more than either saves."""
    grid = np.linspace(0, 1, 21)
    c, m = np.meshgrid(grid, grid)
    for syringe, medication, both in (
        (1.05, 0.5, 1.25),
        (0.95, 0.9, 1.3),
        (0.44, 1.2, 1.2),
        (0.2, 0.5, 1.01),
        (0.66, 0.46, 1.13),
    ):
        kept = Guarded(np.ones((2, 1)), np.stack([c.ravel()] * 2), np.stack([m.ravel()] * 2), np.zeros((2, 1)))
        one = np.ones(c.size)
        risk = protection(kept, syringe * one, medication * one, both * one, np)[0].reshape(c.shape)
        assert (np.diff(risk, axis=1) <= 1e-12).all()
        assert (np.diff(risk, axis=0) <= 1e-12).all()
        assert (risk.min() > 0) & (risk.max() <= 1 + 1e-12)


def test_jail_is_over_today() -> None:
    p = best(jail_rate=0.5)
    assert after_jail(np.ones(1), np.array([1.62]), p) == pytest.approx(1.0)
    assert after_jail(np.zeros(1), np.array([1.62]), p) == pytest.approx(1 / 1.31)
    assert after_jail(2 * np.ones(1), np.array([1.62]), p) == pytest.approx(1.62 / 1.31)


# ---------------------------------------------------------------------------------------------- closed forms


def alone_here(people: float, infected: float) -> tuple[Shift, Infected]:
    """One closed group: nobody comes, lapses, leaves or arrives."""
    held, none = np.array([[people], [0.0]]), np.zeros(1)
    shift = Shift(held, held, np.ones((2, 1)), none, none, none)
    return shift, Infected(np.array([[infected], [0.0]]), np.zeros((3, 2, 1)))


def test_full_mixing_in_one_group_is_the_closed_form() -> None:
    """One group, mixing freely, curing at a rate: the share infected goes as the exact two-state solution says, month by month,
    and settles where the force of its own prevalence balances cure."""
    p = best(who_is_there=0.0, mix_in=0.0, hcv_prev_ab_us=0.5, hcv_viraemic_share=0.8, syringes_elsewhere=0.0)
    none = np.zeros(1)
    shift, now = alone_here(100.0, 5.0)
    kept = Guarded(np.ones((2, 1)), np.zeros((2, 1)), np.zeros((2, 1)), np.zeros((2, 1)))
    scale, cured = 0.4, 0.3
    spread = Spread(np.array([scale]), none, none, np.array([cured]), none, np.zeros((3, 1)), none, none + 1)
    for _ in range(12 * 400):
        before = now.hcv[0, 0]
        force = scale * before / 100.0 / 0.4
        after = infection_month(now, shift, kept, spread, none + 1, none, none + 1, p, np)
        rest = 100.0 * force / (force + cured)
        exact = rest + (before - rest) * np.exp(-(force + cured) * MONTH)
        assert after.infected.hcv[0, 0] == pytest.approx(exact, rel=1e-12)
        now = after.infected
    # at rest S·λ = ℓ·I with λ = 1·I/N: the share is 1 − ℓ/1
    assert now.hcv[0, 0] == pytest.approx(100.0 * (1.0 - cured / (scale / 0.4)), rel=1e-6)


def test_company_is_a_mean_of_those_around() -> None:
    infected, people = np.array([[30.0], [2.0]]), np.array([[60.0], [20.0]])
    for together, said in ((1.0, [0.5, 0.1]), (0.0, [0.4, 0.4]), (0.5, [0.45, 0.25])):
        assert met(infected, people, np.array([together]), np)[:, 0] == pytest.approx(said)


def test_two_states_over_a_month() -> None:
    there, back = np.array([0.3, 0.0, 0.0]), np.array([0.1, 0.2, 0.0])
    caught, over = two_state(there, back, np)
    assert caught == pytest.approx([0.3 / 0.4 * (1 - np.exp(-0.4 / 12)), 0, 0])
    assert over == pytest.approx([0.1 / 0.4 * (1 - np.exp(-0.4 / 12)), 1 - np.exp(-0.2 / 12), 0])


V10 = {"hcv_incidence_us": 0.148, "ost_hcv_rr": 0.5, "coverage_hcv_floor": 0.44, "both_interaction": 1.13}


def cohort(covered: float, on_moud: float) -> float:
    """Infections a person-year over a year of a closed cohort, none infected, infection at a constant rate from outside (V10)."""
    p = best(**V10, who_is_there=0.0, mix_in=1.0)
    none = np.zeros(1)
    shift, now = alone_here(1_000.0, 0.0)
    kept = Guarded(np.ones((2, 1)), np.full((2, 1), covered), np.full((2, 1), on_moud), np.zeros((2, 1)))
    spread = Spread(p["hcv_incidence_us"], none, none, none, none, np.zeros((3, 1)), none, none + 1)
    total = years = 0.0
    for _ in range(12):
        free = 1_000.0 - now.hcv.sum()
        after = infection_month(now, shift, kept, spread, none + 1, none, none + 1, p, np)
        total, years, now = total + float(after.hcv[0]), years + (free - float(after.hcv[0]) / 2) / 12.0, after.infected
    return total / years


def test_v10_two_protections_multiply() -> None:
    """EVIDENCE.md, V10: 0.148 a year with neither, half of it on medication, 0.036-0.038 with both (within 15%)."""
    neither = cohort(0.0, 0.0)
    assert neither == pytest.approx(0.148, rel=0.001)
    assert cohort(0.0, 1.0) / neither == pytest.approx(0.5, rel=0.001)
    assert 0.24 * 0.999 <= cohort(1.0, 1.0) / neither <= 0.26
    assert cohort(1.0, 1.0) == pytest.approx(0.037, rel=0.15)


# ---------------------------------------------------------------------------------------------- engines


def test_engines_agree(strict_double: Any) -> None:
    here = world(lever_program(STERILE | OTHERS), count=6)
    plans = [TODAY, *(alone(option(name)) for name in ("syringes_added", "hcv_treatment"))]
    one, other = (here.seen(plans, expected=True, open_only=False, engine=name) for name in ("numpy", "jax"))
    for name in ("hcv_infections", "hiv_infections", "injecting", "skin_infections", "wounds_hospital"):
        assert getattr(other, name) == pytest.approx(getattr(one, name), rel=1e-9)
