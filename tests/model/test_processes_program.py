"""Each process at its limits: doors, visits, the store, staff, the building, crises."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from batches import HUGE, Floats, amount, amounts, one, params, rate, share, shares
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from longview.model.building import building_month, by_condition, closed_by_building, closed_days
from longview.model.doors import doors, sessions_held
from longview.model.fires import better_service, fires, readiness_month
from longview.model.shelf import hand_out, still_given
from longview.model.visits import visits
from longview.model.workforce import burnout_aim, quit_hazard, staff_month, worker_hours


class TestVisits:
    @given(
        amount,
        st.floats(0.0, 1e4),
        share,
        st.floats(0.05, 1.0),
        st.floats(0.0, 5.0),
        st.floats(0.0, 1e5),
        st.floats(2.0, 20.0),
    )
    def test_served_is_at_most_wanted_and_what_workers_can_do(
        self, a_person: float, reached: float, now: float, today: float, an_hour: float, hours: float, sharpness: float
    ) -> None:
        p = params(visit_sharpness=sharpness)
        got = visits(one(a_person), one(reached), one(now), one(today), one(), one(an_hour), one(hours), p, np)
        assert 0.0 <= got.served[0] <= min(got.wanted[0], max(an_hour * hours, 1e-9)) * (1 + 1e-9) + 1e-12
        assert 0.0 <= got.turned_away[0] <= 1.0
        assert 0.0 <= got.load[0] <= 5.0

    def test_limits(self) -> None:
        def go(hours: float, here: float = 1.0, now: float = 0.8) -> Any:
            return visits(one(2.0), one(300.0), one(now), one(0.8), one(here), one(1.0), one(hours), params(), np)

        assert go(HUGE).served[0] == pytest.approx(600.0)
        assert go(HUGE).turned_away[0] == pytest.approx(0.0, abs=1e-12)
        assert go(0.0).served[0] == pytest.approx(0.0, abs=1e-6)
        assert go(0.0).turned_away[0] == pytest.approx(1.0)
        assert go(100.0, here=0.0).served[0] == go(100.0, here=0.0).turned_away[0] == 0.0
        assert go(HUGE, now=0.0).wanted[0] == pytest.approx(600.0 * (1 - params()["stay_away"][0]))
        assert go(HUGE, now=1.0).wanted[0] == pytest.approx(600.0)  # doors that open more draw through reach, not here


class TestDoors:
    def test_sessions_need_their_people(self) -> None:
        tails = np.zeros((1, 4, 1))
        tails[0, 2:, 0] = [0.81, 0.972]  # two needed, one in ten absent
        held = [sessions_held(np.full((1, 1), n), tails, np)[0, 0] for n in (0.0, 1.0, 1.5, 2.0, 2.5, 3.0)]
        assert_allclose(held, [0.0, 0.0, 0.405, 0.81, 0.891, 0.972])

    @given(shares(3, 5), share, share)
    def test_no_more_is_open_than_was_planned(self, held: Floats, closed: float, cancelled: float) -> None:
        added = {name: np.full(5, 0.0) for name in ("hours_day", "hours_evening", "hours_new_place", "new_place_miles")}
        hours, worth = np.full((3, 1), 6.0), np.full((3, 5), 1.5)
        got = doors(
            held,
            hours,
            hours * 0.0,
            worth,
            np.full(5, 40.0),
            added,
            np.full(5, closed),
            np.full(5, cancelled),
            params(5),
            np,
        )
        assert (got.share >= 0).all()
        assert (got.share <= (1 - closed) * (1 - 0.3 * cancelled) + 1e-12).all()
        assert (got.counted <= 27.0 + 1e-9).all()

    def test_a_place_out_of_reach_is_no_place(self) -> None:
        def counted(miles: float) -> float:
            added = {
                "hours_day": one(0.0),
                "hours_evening": one(0.0),
                "hours_new_place": one(10.0),
                "new_place_miles": one(miles),
            }
            got = doors(
                np.ones((1, 1)), np.full((1, 1), 20.0), np.zeros((1, 1)), np.ones((1, 1)), one(), added, one(0.0), one(0.0),
                params(), np,
            )  # fmt: skip
            return float(got.counted[0])

        assert counted(0.0) == counted(0.25) == 30.0
        assert counted(1.0) > counted(3.0)
        assert counted(1000.0) == pytest.approx(20.0)

    def test_hours_taken_away_are_at_most_those_of_today(self) -> None:
        """Twelve hours by day and eight in the evening: each is taken away down to none, and no other hours with it."""
        worth = params()["evening_worth"][0]

        def counted(day: float, evening: float) -> float:
            added = {
                "hours_day": one(day),
                "hours_evening": one(evening),
                "hours_new_place": one(0.0),
                "new_place_miles": one(),
            }
            late = np.array([[0.0], [1.0]])
            got = doors(
                np.ones((2, 1)), np.array([[12.0], [8.0]]), late, 1 + late * (worth - 1), one(40.0), added, one(0.0), one(0.0),
                params(), np,
            )  # fmt: skip
            return float(got.counted[0])

        today = 12 + 8 * worth
        assert counted(0, 0) == pytest.approx(today)
        assert counted(-5, 0) == pytest.approx(today - 5)
        assert counted(0, -5) == pytest.approx(today - 5 * worth)
        assert counted(-12, 0) == counted(-80, 0) == pytest.approx(8 * worth)
        assert counted(0, -8) == counted(0, -60) == pytest.approx(12)
        assert counted(-80, -60) == pytest.approx(0, abs=1e-9)
        assert counted(-80, -60) >= 0

    @given(shares(3, 5), st.floats(-200.0, 80.0), st.floats(-200.0, 80.0))
    def test_no_door_is_less_than_shut(self, held: Floats, day: float, evening: float) -> None:
        added = {"hours_day": np.full(5, day), "hours_evening": np.full(5, evening), "hours_new_place": np.zeros(5)}
        late = np.array([[0.0], [0.3], [1.0]])
        got = doors(
            held, np.array([[6.0], [3.0], [4.0]]), late, np.ones((3, 5)), np.full(5, 40.0),
            added | {"new_place_miles": np.ones(5)}, np.zeros(5), np.zeros(5), params(5), np,
        )  # fmt: skip
        assert (got.counted >= 0).all()


class TestShelf:
    @given(amounts(3, 4), amounts(3, 4), amounts(3, 4), amounts(3, 4), amounts(3, 4))
    def test_what_is_handed_out_was_there(
        self, wanted: Floats, usual: Floats, stock: Floats, shelf: Floats, kind: Floats
    ) -> None:
        got = hand_out(wanted, usual, stock, shelf, kind, np)
        assert (got.handed <= np.minimum(wanted, shelf + kind) + 1e-9).all()
        assert_allclose(got.shelf, shelf + kind - got.handed + got.bought, rtol=1e-12, atol=1e-9)
        assert min(got.handed.min(), got.bought.min(), got.shelf.min()) >= -1e-9
        assert (got.missing_days >= 0).all()
        assert (got.missing_days <= 365 / 12 + 1e-9).all()

    def test_an_empty_store_is_missed_all_month_and_nothing_wanted_is_never_missed(self) -> None:
        def go(wanted: float, shelf: float) -> Any:
            cell = np.ones((1, 1))
            return hand_out(wanted * cell, 10 * cell, 10 * cell, shelf * cell, 0 * cell, np)

        assert go(10.0, 0.0).missing_days[0] == pytest.approx(365 / 12)
        assert go(10.0, 10.0).missing_days[0] == go(0.0, 0.0).missing_days[0] == 0.0

    def test_what_a_gift_brought_is_bought_when_it_ends(self) -> None:
        """Short for a month, since goods come the month after, and never again; so too where more is asked for."""
        cell, shelf, handed = np.ones((1, 1)), np.full((1, 1), 60.0), []
        for wanted, kind in ((240.0, 200.0), (240.0, 200.0), (240.0, 0.0), (240.0, 0.0), (360.0, 0.0), (360.0, 0.0)):
            got = hand_out(wanted * cell, 240 * cell, 60 * cell, shelf, kind * cell, np)
            shelf = got.shelf
            handed.append(float(got.handed[0, 0]))
        assert handed[:2] == [240.0, 240.0]
        assert handed[2] < 240.0
        assert handed[3] == 240.0
        assert handed[4] < 360.0
        assert handed[5] == 360.0

    def test_gifts_go_on_while_they_are_promised_and_end_for_good(self) -> None:
        cell = np.ones((1, 1))
        assert still_given(cell, 12.0 * cell, cell, None, np)[0, 0] == 1.0
        assert still_given(cell, 12.0 * cell, 0 * cell, None, np)[0, 0] == 0.0
        assert still_given(0 * cell, 0 * cell, cell, 0.5 * cell, np)[0, 0] == 0.0
        assert still_given(cell, 0.6 * cell, 0 * cell, None, np)[0, 0] == pytest.approx(0.95)


def staff(filled: Floats, skill: Floats, *, quit_hazard: float = 0.4, named: float = 1.0, seeking: float = 1.0, speed: float = 1.0,
          burnout: float = 0.5, aim: float = 0.5, luck: tuple[Floats, Floats] | None = None) -> Any:  # fmt: skip
    places, batch = filled.shape
    roles = np.ones((1, places))
    quits, hires = luck or (None, None)
    return staff_month(
        filled, skill, np.full((1, batch), burnout), roles, np.full((1, batch), quit_hazard), np.full(batch, aim),
        np.full((places, batch), named), np.full((places, batch), seeking), np.full(batch, speed), quits, hires, params(batch), np,
    )  # fmt: skip


class TestStaff:
    @given(shares(3, 4), shares(3, 4), rate, share, share, st.floats(0.0, 50.0), share, share)
    def test_places_and_people_keep_their_bounds(
        self,
        filled: Floats,
        known: Floats,
        hazard: float,
        named: float,
        seeking: float,
        speed: float,
        burnout: float,
        aim: float,
    ) -> None:
        skill = 0.4 + 0.6 * known
        got = staff(
            filled, skill, quit_hazard=hazard, named=named, seeking=seeking, speed=speed, burnout=burnout, aim=aim
        )
        assert (got.quits <= filled + 1e-12).all()
        assert (got.filled <= named + 1e-12).all()
        assert min(x.min() for x in got) >= -1e-12
        assert (got.skill >= 0.4 - 1e-9).all()
        assert (got.skill <= 1 + 1e-12).all()
        assert (got.burnout <= 1 + 1e-12).all()

    def test_limits(self) -> None:
        full, able = np.ones((2, 1)), np.ones((2, 1))
        assert_allclose(staff(full, able, quit_hazard=0.0).filled, 1.0)
        assert_allclose(staff(full, able, quit_hazard=HUGE, speed=0.0).filled, 0.0, atol=1e-12)
        assert_allclose(staff(full, able, named=0.0).filled, 0.0)
        assert_allclose(staff(0 * full, able, seeking=0.0).filled, 0.0)
        new = staff(0 * full, able, speed=HUGE)
        assert_allclose(new.filled, 1.0)
        assert_allclose(new.skill, params()["ramp_start"][0])

    def test_people_are_whole(self) -> None:
        dice = np.random.default_rng(3)
        filled = (dice.random((6, 50)) < 0.6).astype(float)
        got = staff(filled, np.ones((6, 50)), luck=(dice.random((6, 50)), dice.random((6, 50))))
        assert set(np.unique(got.filled)) <= {0.0, 1.0}
        assert_allclose(got.filled, filled - got.quits + got.hires)

    def test_hours_lost_to_learning_are_those_of_a_straight_ramp(self) -> None:
        p = params(ramp_months=6.0, ramp_start=0.4)
        lost = sum((1 - 0.4) * np.exp(-2 * t / 6.0) for t in np.arange(0.5, 120))
        assert lost == pytest.approx((1 - 0.4) * p["ramp_months"][0] / 2, rel=0.01)

    def test_quits_today_are_z_and_move_by_their_rows(self) -> None:
        p = params()
        calm = np.full((1, 1), p["burnout_worker"][0])

        def go(
            wage: float = 1.0, benefits: float = 0.0, support: float = 0.0, burnout: Floats = calm, frailty: float = 1.0
        ) -> float:
            return float(
                quit_hazard(one(0.4), one(frailty), one(wage), one(benefits), one(support), burnout, p, np)[0, 0]
            )

        assert go() == pytest.approx(0.4)
        assert go(wage=1.1) == pytest.approx(0.4 * 1.1 ** -p["quit_wage_elast"][0])
        assert go(benefits=1.0) == pytest.approx(0.4 * p["quit_benefits_hr"][0])
        assert go(support=1.0) == pytest.approx(0.4 * p["support_quit_hr"][0])
        assert go(burnout=calm + 0.2) == pytest.approx(0.4 * p["burnout_quit_or"][0] ** 0.2)
        assert go(frailty=2.0) == pytest.approx(0.8)

    @given(st.floats(0.0, 10.0), st.floats(-0.9, 0.9))
    def test_burnout_s_aim_is_a_share(self, load: float, more_fires: float) -> None:
        got = burnout_aim(one(load), one(more_fires), params(), np)[0]
        assert 0.02 <= got <= 0.98
        assert burnout_aim(one(1.0), one(0.0), params(), np)[0] == pytest.approx(params()["burnout_worker"][0])

    def test_worker_hours_at_their_ends(self) -> None:
        cell = np.full((1, 1), 1.0)

        def go(
            filled: float, fires: float = 0.0, protected: float = 0.0, added: float = 0.0, cut: float = 0.0
        ) -> float:
            got = worker_hours(
                filled * cell,
                cell,
                40 * cell,
                cell,
                one(cut),
                one(added),
                52 / 12,
                one(fires),
                one(protected),
                params(),
            )
            return float(got[0])

        whole = 40 * 52 / 12 * params()["productive_share"][0]
        assert go(1.0) == pytest.approx(whole)
        assert go(0.0) == go(1.0, cut=1.0) == go(1.0, fires=1.0) == go(1.0, protected=1.0) == 0.0
        assert go(0.0, added=40.0) == pytest.approx(whole)


def house(condition: float, kept: float = 1.0, repair: float = 0.0, emergency: float | None = None, failure: float | None = None,
          failed: float = 0.0, put_off: float = 45_000.0, **changes: float) -> Any:  # fmt: skip
    def cell(x: float) -> Floats:
        return np.full((1, 1), x)

    luck = (None if emergency is None else cell(emergency), None if failure is None else cell(failure))
    p = params(**({"failure_rate_sound": 0.0, "failure_rate_worn": 0.0} | changes))
    return building_month(
        cell(condition),
        cell(failed),
        cell(put_off),
        cell(400_000.0),
        cell(1_000.0),
        cell(1_000.0 * kept),
        cell(repair),
        *luck,
        p,
        np,
    )


class TestBuilding:
    @given(st.floats(0.01, 1.0), st.floats(0.0, 3.0), st.floats(0.0, 1e6), share, share, st.floats(0.0, 1e5))
    def test_condition_stays_between_its_ends(
        self, condition: float, kept: float, repair: float, emergency: float, failure: float, put_off: float
    ) -> None:
        got = house(condition, kept, repair, emergency, failure, put_off=put_off, failure_rate_worn=0.5)
        assert 0.01 <= got.condition[0, 0] <= 1.0
        assert got.emergencies[0, 0] >= 0
        assert got.failures[0, 0] >= 0

    def test_upkeep_as_needed_keeps_it_and_none_wears_it(self) -> None:
        decay = params()["decay_year"][0]
        assert house(0.6).condition[0, 0] == house(0.6, kept=5.0).condition[0, 0] == 0.6
        assert house(0.6, kept=0.0).condition[0, 0] == pytest.approx(0.6 - decay / 12)
        assert house(0.6, kept=0.5).condition[0, 0] == pytest.approx(0.6 - decay / 24)

    def test_money_against_all_that_was_put_off_makes_it_sound(self) -> None:
        assert house(0.6, repair=45_000.0).condition[0, 0] == pytest.approx(1.0)
        assert house(0.6, repair=1e9).condition[0, 0] == pytest.approx(1.0)
        assert house(0.6, repair=22_500.0).condition[0, 0] == pytest.approx(0.8)

    def test_a_roof_fails_once_and_is_then_sound(self) -> None:
        broken = house(0.5, failure=0.0, failure_rate_worn=HUGE)
        assert broken.condition[0, 0] == pytest.approx(1.0)
        assert broken.failures[0, 0] == 45_000.0
        again = house(0.5, failure=0.0, failed=1.0, failure_rate_worn=HUGE)
        assert again.failures[0, 0] == 0.0

    @given(st.floats(0.0, 50.0), st.floats(0.0, 500.0), st.floats(0.01, 1.0), st.floats(0.01, 1.0))
    def test_worse_condition_never_means_fewer_closed_days(self, sound: float, worn: float, a: float, b: float) -> None:
        p = params(closed_days_sound=sound, closed_days_worn=worn)
        days = closed_days(np.array([[min(a, b)], [max(a, b)]]), p, np)[:, 0]
        assert 300.0 >= days[0] >= days[1] - 1e-9 >= -1e-9

    def test_the_two_points_of_the_rows(self) -> None:
        got = by_condition(np.array([[1.0], [0.4]]), one(1.0), one(12.0), np)[:, 0]
        assert_allclose(got, [1.0, 13.0])
        none = closed_by_building(np.zeros((0, 1)), np.zeros((0, 1)), params(), np)
        assert_allclose(none, 0.0)


class TestFires:
    def test_today_is_the_row_s(self) -> None:
        p = params()
        assert fires(one(1.0), one(0.0), one(0.0), p["readiness_0"], p, np)[0] == pytest.approx(
            p["fire_hours_share"][0]
        )

    @given(st.floats(0.0, 10.0), st.floats(0.0, 31.0), st.floats(-1.0, 25.0), share, st.floats(0.01, 1.0))
    def test_a_share_and_never_less_for_more_trouble(
        self, load: float, missing: float, closed: float, ready: float, more: float
    ) -> None:
        p = params()

        def go(load: float, missing: float, closed: float, ready: float) -> float:
            return float(fires(one(load), one(missing), one(closed), one(ready), p, np)[0])

        base = go(load, missing, closed, ready)
        assert 0.0 < base <= 0.9
        for worse in (
            go(load + more, missing, closed, ready),
            go(load, missing + more, closed, ready),
            go(load, missing, closed + more, ready),
        ):
            assert worse >= base - 1e-12
        assert go(load, missing, closed, min(1.0, ready + more)) <= base + 1e-12

    @given(share, st.floats(0.0, 0.5))
    def test_readiness_nears_what_time_allows(self, ready: float, protected: float) -> None:
        p = params()
        aim = min(1.0, p["readiness_0"][0] + protected / p["readiness_hours"][0])
        x = one(ready)
        for _ in range(3):
            after = readiness_month(x, one(protected), p, np)
            assert abs(after[0] - aim) <= abs(x[0] - aim) + 1e-15
            assert min(x[0], aim) - 1e-15 <= after[0] <= max(x[0], aim) + 1e-15
            x = after
        still = readiness_month(p["readiness_0"], one(0.0), p, np)
        assert_allclose(still, p["readiness_0"])

    def test_better_service_is_the_row_s_at_full_readiness_and_nothing_today(self) -> None:
        p = params()
        assert better_service(p["readiness_0"], p)[0] == 1.0
        assert better_service(one(1.0), p)[0] == pytest.approx(p["improve_gain"][0])
