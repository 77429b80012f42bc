"""An outbreak by days: conserved, smaller with syringes and found sooner, true to closed forms, and to Scott County."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import pytest
from law_runs import EVIDENCE, World, world
from numpy.typing import NDArray
from scipy.optimize import brentq

from longview.model import OUTBREAK_DAYS, Course, outbreak, sharing

Floats = NDArray[np.float64]


def held(**changes: float) -> dict[str, Floats]:
    """Evidence of one outbreak: best guesses, some of them set."""
    keys = ("outbreak_beta", "outbreak_casefinding", "outbreak_removal", "outbreak_ramp_days", "outbreak_unseen_days")
    return {key: np.array([changes.get(key, EVIDENCE[key].best)]) for key in keys}


def course(
    people: float = 1_000.0, spread: float = 1.0, days: int = OUTBREAK_DAYS, sooner: float = 0.0, **p: float
) -> Course:
    return outbreak(np.array([people]), np.array([spread]), held(**p), days=days, sooner=sooner)


@cache
def drawn() -> World:
    return world(count=300, load=0.3)


def sizes(spread: Floats, sooner: float = 0.0) -> Floats:
    here = drawn()
    people = here.start.people[0].sum((0, 1, 2))
    return np.asarray(outbreak(people, spread, here.futures.p, sooner=sooner).infected[-1])


def test_syringes_and_early_tests_never_make_it_larger() -> None:
    start, p = drawn().start, drawn().futures.p
    ours, none = sharing(start, p), sharing(start, p, syringes=False)
    assert (ours <= none + 1e-15).all()
    assert ((ours > 0) & (none <= 1)).all()
    today, without, sooner = sizes(ours), sizes(none), sizes(ours, 91.0)
    assert (today <= without * (1 + 1e-12)).all()
    assert (today < without).mean() > 0.8
    assert (sooner <= today * (1 + 1e-12)).all()
    assert (sooner < today).mean() > 0.9
    assert (sizes(ours, 1e6) <= sooner * (1 + 1e-12)).all(), "looked for from the first day"


def test_looking_never_begins_before_the_first_day() -> None:
    """Sooner by more days than it went unseen is looking from the first day, and from no other."""
    at_once, sooner = course(outbreak_unseen_days=0.0), course(outbreak_unseen_days=60.0, sooner=91.0)
    assert (sooner.infected == at_once.infected).all()
    assert (sooner.infected < course(outbreak_unseen_days=0.05).infected)[-1].all()


def test_everybody_is_free_or_was_infected_once() -> None:
    here, p = drawn(), drawn().futures.p
    people = here.start.people[0].sum((0, 1, 2))
    found = outbreak(people, sharing(here.start, p), p)
    assert found.infected.shape == (OUTBREAK_DAYS + 1, 300)
    assert (found.infected[0] == 1).all()
    assert (np.diff(found.infected, axis=0) >= 0).all()
    assert (np.diff(found.known, axis=0) >= 0).all()
    assert (found.infected <= people * (1 + 1e-12)).all()
    assert found.infected == pytest.approx(found.unseen + found.known, rel=1e-9)
    assert (found.unseen >= 0).all()
    assert (found.passing >= found.unseen).all()
    assert (found.passing <= found.infected * (1 + 1e-9)).all()
    assert all(np.isfinite(series).all() for series in found)


def test_found_by_nobody_it_grows_as_the_logistic_curve() -> None:
    """Nobody found, nobody removed: I = N/(1 + (N − 1)·e^(−βt)), as days are short."""
    found = course(500.0, outbreak_beta=0.004, outbreak_casefinding=0.0)
    days = np.arange(OUTBREAK_DAYS + 1)
    exact = 500.0 / (1.0 + 499.0 * np.exp(-0.004 * days))
    assert found.infected[:, 0] == pytest.approx(exact, rel=0.02)
    assert course(500.0, 0.5, outbreak_beta=0.008, outbreak_casefinding=0.0).infected == pytest.approx(found.infected)


def test_found_at_a_rate_and_removed_at_once_it_ends_at_the_final_size() -> None:
    """1 − z = s_0·e^(−R·(z)), R = β/γ, as for every epidemic of this kind (Kermack and McKendrick)."""
    people, beta, gamma = 10_000.0, 0.02, 0.008
    found = course(
        people, days=20_000, outbreak_beta=beta, outbreak_casefinding=gamma, outbreak_removal=50.0, outbreak_unseen_days=-1.0,
        outbreak_ramp_days=1e-9,
    )  # fmt: skip
    # whoever is found passes it on for one more day: what a day adds to the time for which it is passed on
    reproduced = beta * (1.0 / -np.expm1(-gamma) + 1.0)
    free = 1.0 - 1.0 / people
    share = brentq(lambda z: 1.0 - z - free * np.exp(-reproduced * z), 0.01, 1.0)
    assert found.infected[-1, 0] / people == pytest.approx(share, rel=0.002)
    assert found.unseen[-1, 0] < 1e-6


def test_where_each_infects_fewer_than_one_other_it_dies_out() -> None:
    found = course(1e6, outbreak_beta=0.002, outbreak_casefinding=0.01, outbreak_removal=50.0, outbreak_unseen_days=-1.0,
                   outbreak_ramp_days=1e-9, days=20_000)  # fmt: skip
    reproduced = 0.002 * (1.0 / -np.expm1(-0.01) + 1.0)
    assert found.infected[-1, 0] == pytest.approx(1.0 / (1.0 - reproduced), rel=0.01)


def test_nobody_injects_and_hardly_anybody() -> None:
    assert (course(0.0).infected == 0).all()
    assert course(0.4).infected.max() == pytest.approx(0.4)
    assert course(1.0).infected.max() == 1.0


def test_given_who_is_found_it_runs_as_where_they_were_found_so() -> None:
    """What a run found, handed back day by day, gives that run again, whatever case-finding says; more than all is all."""
    here, p = drawn(), drawn().futures.p
    people, spread = here.start.people[0].sum((0, 1, 2)), sharing(here.start, drawn().futures.p)
    ran = outbreak(people, spread, p)
    unread = {
        **p,
        "outbreak_casefinding": p["outbreak_casefinding"] * 3.0,
        "outbreak_unseen_days": p["outbreak_ramp_days"],
    }
    again = outbreak(people, spread, unread, found=np.diff(ran.known, axis=0))
    for name in Course._fields:
        assert getattr(again, name) == pytest.approx(getattr(ran, name), rel=1e-6, abs=1e-6), name
    assert outbreak(people, spread, unread).infected[-1] != pytest.approx(ran.infected[-1]), "or it would say nothing"
    many = outbreak(people, spread, p, found=np.full((OUTBREAK_DAYS, len(people)), 0.3))
    assert many.infected == pytest.approx(many.unseen + many.known, rel=1e-9)
    assert (many.unseen >= 0).all()
    assert (np.diff(many.known, axis=0) <= np.minimum(0.3, many.unseen[:-1]) + 1e-9).all()
    assert many.known[1] == pytest.approx(0.3)
    assert (np.diff(many.known, axis=0).min(0) < 0.29).any(), "some run out of people to find"


def test_a_change_on_a_day_holds_from_that_day() -> None:
    p, people = held(), np.array([500.0])
    spread = np.ones((OUTBREAK_DAYS, 1))
    assert outbreak(people, spread, p).infected == pytest.approx(outbreak(people, np.ones(1), p).infected)
    spread[1_000:] = 0.0
    stopped = outbreak(people, spread, p).infected
    assert (stopped[1_000:] == stopped[1_000]).all()


# ---------------------------------------------------------------------------------------------- Scott County, Indiana

START = date(2011, 4, 1)
SCOTT = {"outbreak_unseen_days": 1_327.0, "outbreak_ramp_days": 150.0, "outbreak_removal": 0.024}


def day(when: date) -> int:
    return (when - START).days


def scott(found_from: date = date(2014, 11, 18), syringes: float = 0.66) -> Course:
    """536 people, no syringe program before 4 April 2015, followed to 11 August 2015 (EVIDENCE.md, V6)."""
    end = day(date(2015, 8, 11))
    spread = np.where(np.arange(end) >= day(date(2015, 4, 4)), syringes, 1.0)[:, None]
    assert day(date(2014, 11, 18)) == 1_327
    return outbreak(
        np.array([536.0]), spread, held(**(SCOTT | {"outbreak_unseen_days": float(day(found_from))})), days=end
    )


def test_v6_scott_county() -> None:
    """183-184 infections by 11 August 2015 (within 15%); undiagnosed at most near 10 January 2015 (within 8 weeks)."""
    found = scott()
    assert found.infected[-1, 0] == pytest.approx(183.5, rel=0.15)
    assert abs(int(found.unseen[:, 0].argmax()) - day(date(2015, 1, 10))) <= 56
    assert found.unseen.max() <= 126 * 1.15, "the source's upper bound, within the same 15%"
    assert found.known[-1, 0] == pytest.approx(176, rel=0.15), "diagnosed by then"


def test_v7_scott_county_looked_for_sooner() -> None:
    """At most 56 infections had people been looked for from 1 January 2013, at most 10 from 1 April 2011 (within 1.25)."""
    assert scott(date(2013, 1, 1)).infected[-1, 0] <= 56 * 1.25
    assert scott(date(2011, 4, 1)).infected[-1, 0] <= 10 * 1.25
    assert scott(date(2013, 1, 1)).infected[-1, 0] > scott(date(2011, 4, 1)).infected[-1, 0] > 1
