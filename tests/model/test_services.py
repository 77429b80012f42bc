"""Each service: nobody comes, nothing; everybody, its ceiling; between the two, more does more (docs/model.md, section 8).

Ceilings are held against another way to the same end: a perfect room and perfect checking leave the same people to die.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from batches import Floats, one, params, share
from hypothesis import given
from hypothesis import strategies as st
from law_runs import DOSES, TODAY, World, alone, lever_program, option, world
from numpy.testing import assert_allclose

from longview.model import Seen
from longview.model.consumption_room import deaths_with_room, overdoses_elsewhere, use_in_room
from longview.model.drug_checking import overdoses_spared as spared_by_checking
from longview.model.overdose import risk_reached
from longview.model.reach import by_route
from longview.model.smoking_supplies import drawn, uses_smoked
from longview.model.smoking_supplies import overdoses_spared as spared_by_smoking
from longview.model.spotting_line import listened

SERVICES = ("drug_checking", "room", "smoking_supplies", "spotting")
FULL = dict.fromkeys((*SERVICES, "witnessed"), ("set", 1.0))
ALL_INJECT = {"route_mix_inject": 1.0, "route_mix_smoke": 1e-12, "route_mix_stimulants": 1e-12}
ILL = ("hcv_infections", "hiv_infections", "skin_infections", "wounds_hospital")


def both(doses: dict[str, tuple[str, float]], p: dict[str, float] | None = None, **targets: float) -> dict[str, Seen]:
    """Each lever alone, by name, and the path of today as "today", over the plan: expected form, cash shocks off, 40 draws."""
    here = world(lever_program(doses), count=40, p=p, **targets)
    seen = here.seen([TODAY, *(alone(option(name)) for name in doses)], expected=True, open_only=True)
    return {name: Seen(*(x[i][..., :24] for x in seen)) for i, name in enumerate(("today", *doses))}


def same(a: Seen, b: Seen, but: tuple[str, ...] = (), **how: Any) -> None:
    for name in Seen._fields:
        if name not in but:
            assert_allclose(getattr(a, name), getattr(b, name), err_msg=name, **({"rtol": 1e-9, "atol": 1e-9} | how))


class TestNobody:
    @pytest.mark.parametrize("name", SERVICES)
    @pytest.mark.parametrize("expected", [True, False])
    def test_a_service_that_nobody_comes_to_does_nothing(self, name: str, expected: bool) -> None:
        here = world(lever_program({name: ("set", 0.0)}), count=10)
        seen = here.seen([TODAY, alone(option(name))], expected=expected)
        for series in Seen._fields:
            x = getattr(seen, series)
            assert_allclose(x[1], x[0], rtol=1e-12, atol=1e-12, err_msg=series)

    @pytest.mark.parametrize("name", SERVICES)
    def test_a_service_where_nobody_is_reached_does_next_to_nothing(self, name: str) -> None:
        seen = both({name: FULL[name]}, participants=1e-6, visits=1e-6, kits=1e-6)
        if name == "spotting":  # whoever uses alone may call: it needs no door of ours
            assert (seen[name].deaths < seen["today"].deaths).all()
        else:
            assert_allclose(seen[name].deaths, seen["today"].deaths, rtol=1e-6)

    @given(share, share)
    def test_a_room_behind_a_closed_door_is_empty(self, coming: float, doors: float) -> None:
        p = params()
        assert use_in_room(one(coming), one(doors), one(0.8), one(0.0), p, np)[0] == 0.0
        assert use_in_room(one(coming), one(0.0), one(0.8), one(1.0), p, np)[0] == 0.0


class TestEverybody:
    def test_a_perfect_room_and_perfect_checking_leave_the_same_people_to_die(self) -> None:
        perfect = {
            "ops_share_of_use": 1.0, "ops_death_in_site": 0.0,
            "drugcheck_unexpected": 1.0, "drugcheck_behaviour": 1.0, "drugcheck_od_rr": 0.0,
        }  # fmt: skip
        seen = both({name: FULL[name] for name in ("room", "drug_checking")}, p=ALL_INJECT | perfect)
        room, checked, today = seen["room"], seen["drug_checking"], seen["today"]
        assert_allclose(room.deaths[:, 0], checked.deaths[:, 0], rtol=1e-9)
        assert_allclose(room.reversals[:, 0], checked.reversals[:, 0], rtol=1e-9)
        assert (room.overdoses[:, 0] > today.overdoses[:, 0] * (1 - 1e-12)).all()
        assert (checked.overdoses[:, 0] < today.overdoses[:, 0] * 0.99).all()

    @given(share)
    def test_a_room_spares_no_more_than_its_share_of_use(self, coming: float) -> None:
        p = params()
        in_room = use_in_room(one(coming), one(2.0), one(0.8), one(1.0), p, np)
        assert_allclose(in_room, coming * p["ops_share_of_use"], rtol=1e-12)
        f = np.full((2, 1), 0.05)
        got = deaths_with_room(f, in_room, p, np)
        assert_allclose(got[0, 1], (1 - in_room) * 0.05 + in_room * p["ops_death_in_site"])
        got[0, 1] = 0.05
        assert (got == 0.05).all()  # nobody else's

    def test_a_site_more_dangerous_than_the_street_is_not_believed(self) -> None:
        f = np.full((2, 1), 1e-7)
        assert (deaths_with_room(f, one(1.0), params(), np) == 1e-7).all()

    def test_smoking_what_was_injected_is_as_safe_as_checking_that_makes_it_so(self) -> None:
        alike = {
            "smoke_shift": 1.0, "od_rr_inject_v_smoke": 1.5,
            "drugcheck_unexpected": 1.0, "drugcheck_behaviour": 1.0, "drugcheck_od_rr": 1.0 / 1.5,
        }  # fmt: skip
        seen = both({name: FULL[name] for name in ("smoking_supplies", "drug_checking")}, p=ALL_INJECT | alike)
        same(seen["smoking_supplies"], seen["drug_checking"], but=ILL)
        assert (seen["smoking_supplies"].wounds_hospital < seen["drug_checking"].wounds_hospital).all()

    def test_people_who_smoke_come_at_most_as_readily_as_those_who_inject(self) -> None:
        p = params(3, reach_smoke_only_rr=np.array([0.5, 1.0, 1.2]))
        assert_allclose(by_route(p, np)[1] * drawn(np.ones(3), p, np), [1.0, 1.0, 1.2])

    def test_supplies_for_smoking_draw_as_an_offer_as_much_better_would(self) -> None:
        seen = both(
            {"smoking_supplies": FULL["smoking_supplies"], "offer_smoke": ("set", 2.0)},
            p={"reach_smoke_only_rr": 0.5, "smoke_shift": 0.0},
        )
        same(seen["smoking_supplies"], seen["offer_smoke"])
        assert (seen["smoking_supplies"].reached > seen["today"].reached).all()

    def test_a_line_for_everybody_is_a_witness_who_surely_calls(self) -> None:
        sure = {
            "hotline_cover_share": 1.0, "od_witnessed": 0.0, "od_witnessed_public": 0.0,
            "call_911_overall": 1.0, "call_911_public": 1.0,
        }  # fmt: skip
        seen = both({name: FULL[name] for name in ("spotting", "witnessed")}, p=sure, kits=0.0)
        same(seen["spotting"], seen["witnessed"])
        assert (seen["spotting"].deaths < seen["today"].deaths).all()

    def test_a_line_is_worth_nothing_where_an_ambulance_is(self) -> None:
        seen = both({"spotting": FULL["spotting"]}, p={"fatal_ems_rr": 1.0, "fatal_ems_rr_fast": 1.0})
        same(seen["spotting"], seen["today"])


class TestBetween:
    @given(share, share, share, share)
    def test_more_who_come_means_more_spared_and_never_more_than_all(
        self, few: float, more: float, open_now: float, unexpected: float
    ) -> None:
        low, high = one(min(few, more)), one(max(few, more))
        p = params(drugcheck_unexpected=unexpected, smoke_shift=unexpected, hotline_cover_share=unexpected)

        def everything(x: Floats) -> list[Floats]:
            room = use_in_room(x, one(open_now), one(0.7), one(1.0), p, np)
            smoked = spared_by_smoking(uses_smoked(x, p), p)
            return [room, spared_by_checking(x, p), smoked, listened(x, p), drawn(x, p, np) - 1.0]

        for a, b in zip(everything(low), everything(high), strict=True):
            assert 0.0 <= a[0] <= b[0] <= 1.0

    @given(share, share)
    def test_services_touch_only_those_who_come_to_them(self, checked: float, smoked: float) -> None:
        got = risk_reached(one(checked), one(smoked), one(), np)
        assert_allclose(got[0, 1], (1 - checked) * (1 - smoked), atol=1e-15)
        assert_allclose(got[1, 1], 1 - checked, atol=1e-15)
        assert (got[:, 0] == 1.0).all()
        assert (got[2] == 1.0).all()

    @given(share, st.integers(0, 1000))
    def test_what_happens_in_a_room_wants_no_kit_of_theirs(self, in_room: float, seed: int) -> None:
        events = np.random.default_rng(seed).random((3, 2, 2, 2, 1))
        got = overdoses_elsewhere(events, one(in_room), np)
        assert_allclose(got[0], events[:2, 0].sum((0, 1, 2)))
        assert_allclose(got[1], (1 - in_room) * events[0, 1].sum((0, 1)) + events[1, 1].sum((0, 1)))

    @pytest.mark.parametrize("open_only", [True, False])
    def test_nobody_is_lost(self, open_only: bool) -> None:
        here: World = world(lever_program({name: DOSES[name] for name in SERVICES}), count=20)
        seen = here.seen([TODAY, *(alone(option(name)) for name in SERVICES)], open_only=open_only)
        months = np.arange(seen.people.shape[-1]) + 1.0
        began = here.start.people.sum((0, 1, 2, 3))[:, None] + here.start.newcomers.sum((0, 1))[:, None] * months
        everybody = seen.people + seen.stopped + seen.gone
        assert_allclose(everybody, np.broadcast_to(began, everybody.shape), rtol=1e-10)
