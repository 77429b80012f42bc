"""Each process at its limits: people, overdoses, naloxone."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from batches import HUGE, Floats, amount, amounts, one, params, rate, share, shares
from hypothesis import given
from hypothesis import strategies as st
from made import PROGRAM
from numpy.testing import assert_allclose

from longview.evidence import load, sobol_uniforms
from longview.model import draw, model
from longview.model.arrays import from_odds, odds
from longview.model.fatality import Help, deaths_per_overdose, help_today, naloxone_harms
from longview.model.naloxone import kits_given, kits_moved, kits_used, meeting
from longview.model.overdose import exits, risk_by_treatment
from longview.model.reach import contact, lapse, move_reach, move_treatment, moves

READY = model(PROGRAM, 2)
DRAWN = draw(load(), READY.names, READY.months, 0, 0, 501).p


def exit_flows(
    people: float = 100.0, od: float = 0.0, f: float = 0.1, died: float = 0.0, other: float = 0.0, stop: float = 0.0
) -> Any:
    shape = (3, 2, 2, 2, 1)
    return exits(
        np.full(shape, people),
        np.full((3, 1, 2, 2, 1), od),
        np.full((1, 2, 1), f),
        np.full((2, 1), died),
        one(other),
        one(stop),
        np,
    )


class TestExits:
    @given(amount, st.floats(1e-4, 20.0), share, rate, rate, rate)
    def test_everybody_is_accounted_for(
        self, people: float, od: float, f: float, died: float, other: float, stop: float
    ) -> None:
        got = exit_flows(people, od, f, died, other, stop)
        out = got.deaths + got.deaths_other + got.died_otherwise + got.stopped
        assert_allclose(got.survivors + out, people, rtol=1e-10, atol=1e-10)
        assert min(x.min() for x in got) >= -1e-9
        assert_allclose(got.deaths, got.overdoses * f, rtol=1e-12)

    def test_with_one_risk_alone_people_decay_exponentially(self) -> None:
        got = exit_flows(od=2.0, f=0.25)
        assert_allclose(got.survivors, 100 * np.exp(-2.0 * 0.25 / 12))
        assert_allclose(got.deaths, 100 - got.survivors, rtol=1e-12)

    def test_overdoses_that_nobody_dies_of_cost_nobody(self) -> None:
        got = exit_flows(od=2.0, f=0.0, stop=1e-9)
        assert_allclose(got.survivors, 100.0, rtol=1e-9)
        assert_allclose(got.overdoses, 100 * 2.0 / 12, rtol=1e-9)

    def test_at_an_infinite_rate_nobody_is_left(self) -> None:
        got = exit_flows(od=HUGE, f=1.0)
        assert_allclose(got.survivors, 0.0, atol=1e-9)
        assert_allclose(got.deaths, 100.0)


class TestReach:
    @given(rate, rate, amounts(3, 2, 2, 2, 4))
    def test_moves_keep_everybody(self, there: float, back: float, people: Floats) -> None:
        go = moves(np.full((3, 2, 4), there), np.full((3, 2, 4), back), np)
        moved, came, lapsed = move_reach(people, go, np)
        assert_allclose(moved.sum((0, 1, 2, 3)), people.sum((0, 1, 2, 3)), rtol=1e-12, atol=1e-9)
        assert_allclose(moved[:, 1], people[:, 1] + came - lapsed, rtol=1e-9, atol=1e-6)
        assert moved.min() >= -1e-9
        treated = move_treatment(people, moves(np.full((2, 4), there), np.full((2, 4), back), np), np)
        assert_allclose(treated.sum(3), people.sum(3), rtol=1e-12, atol=1e-9)
        assert_allclose(treated[2], people[2])
        assert treated.min() >= -1e-9

    def test_moves_at_zero_and_at_infinity(self) -> None:
        nothing = moves(one(1e-12), one(1e-12), np)
        assert_allclose([nothing.there[0], nothing.back[0]], 0.0, atol=1e-12)
        everybody = moves(one(HUGE), one(1e-9), np)
        assert_allclose([everybody.there[0], everybody.back[0]], [1.0, 0.0], atol=1e-9)
        half = moves(one(HUGE), one(HUGE), np)
        assert_allclose([half.there[0], half.back[0]], 0.5)

    def test_two_half_months_make_a_month(self) -> None:
        """The move is exact: its matrix over a month is the square of that over half a month (half the hazards)."""

        def matrix(a: float, b: float) -> Floats:
            go = moves(one(a), one(b), np)
            return np.array([[1 - go.there[0], go.back[0]], [go.there[0], 1 - go.back[0]]])

        assert_allclose(matrix(2.0, 5.0), np.linalg.matrix_power(matrix(1.0, 2.5), 2), rtol=1e-12)

    def test_nobody_comes_where_no_door_is_open(self) -> None:
        offer = np.ones((3, 1))
        assert contact(one(2.0), one(0.0), offer, one(0.3), params(), np).max() == 0.0
        today = contact(one(2.0), one(1.0), offer, one(0.3), params(), np)
        assert today[0, 0, 0] == pytest.approx(2.0)
        assert (contact(one(2.0), one(1.1), offer, one(0.3), params(), np) > today).all()

    def test_more_hours_reach_as_many_more_as_the_row_says(self) -> None:
        """The elasticity is of people reached, whatever share is reached already."""
        p = params(hours_reach_elast=0.3)
        for reached in (0.05, 0.3, 0.8):
            before = contact(one(odds(reached)), one(1.0), np.ones((3, 1)), one(reached), p, np)[0, 0, 0]
            after = contact(one(odds(reached)), one(1.001), np.ones((3, 1)), one(reached), p, np)[0, 0, 0]
            grown = from_odds(after) / from_odds(before)
            assert np.log(grown) / np.log(1.001) == pytest.approx(0.3, rel=1e-2)

    def test_lapse_today_is_the_row_s_and_rises_with_those_turned_away(self) -> None:
        p = params()
        assert lapse(one(0.1), one(0.1), p)[0] == pytest.approx(12 * p["lapse_month"][0])
        assert lapse(one(1.0), one(0.0), p)[0] == pytest.approx(
            12 * p["lapse_month"][0] * p["lapse_turned_away_mult"][0]
        )


class TestNaloxone:
    @given(amounts(2, 4), amounts(2, 4, most=1e4), share, share, st.floats(0.0, 10.0))
    def test_a_chance_is_a_chance_and_kits_come_from_those_who_hold_them(
        self, kits: Floats, users: Floats, together: float, carry: float, adj: float
    ) -> None:
        got = meeting(kits, users, np.full(4, together), np.full(4, carry), np.full(4, adj), np)
        assert (got.met >= 0).all()
        assert (got.met <= 0.95).all()
        drawn = got.drawn.sum(1)
        assert ((np.abs(drawn - 1) < 1e-6) | (drawn < 1)).all()

    def test_no_kits_none_met_and_however_many_one_in_twenty_finds_none(self) -> None:
        users = np.full((2, 1), 500.0)

        def met(kits: float) -> float:
            return float(meeting(np.full((2, 1), kits), users, one(0.5), one(0.6), one(1.0), np).met[0, 0])

        assert met(0.0) == 0.0
        assert met(HUGE) == 0.95
        assert met(100.0) == pytest.approx(1 - np.exp(-0.6 * 100 / 500))

    def test_apart_each_group_has_its_own_kits_and_mixed_they_share(self) -> None:
        kits, users = np.array([[0.0], [100.0]]), np.full((2, 1), 500.0)
        apart = meeting(kits, users, one(1.0), one(1.0), one(1.0), np).met[:, 0]
        mixed = meeting(kits, users, one(0.0), one(1.0), one(1.0), np).met[:, 0]
        assert_allclose(apart, [0.0, 1 - np.exp(-0.2)])
        assert_allclose(mixed, 1 - np.exp(-0.1))

    @given(amounts(2, 4), amounts(2, 4, most=1e4), amounts(2, 4, most=1e5), share)
    def test_no_more_kits_are_used_than_are_held(
        self, kits: Floats, users: Floats, events: Floats, witnessed: float
    ) -> None:
        p = params(4)
        around = meeting(kits, users, p["who_is_there"], p["nx_carry"], p["nx_adj"], np)
        got = kits_used(kits, events, np.full(4, witnessed), around, p, np)
        assert (got.used >= 0).all()
        assert (got.used <= got.held).all()
        assert (got.held <= kits).all()
        assert (got.reversals <= events.sum(0) * witnessed + 1e-9).all()

    @given(amounts(2, 4), shares(4), shares(4), amounts(4), amounts(4), amounts(2, 4), st.floats(-1.0, 5.0))
    def test_kits_move_and_arrive_without_loss(
        self, left: Floats, lapsed: Floats, came: Floats, handed: Floats, others: Floats, users: Floats, onward: float
    ) -> None:
        given_out = kits_given(handed, others, users + 1.0, np.full(4, max(onward, 0.0)), params(4), np)
        assert_allclose(given_out.sum(0), handed + others, rtol=1e-12, atol=1e-9)
        assert (given_out[1] >= 0.05 * handed - 1e-9).all()
        assert_allclose(
            kits_moved(left, lapsed, came, given_out, np).sum(0), left.sum(0) + given_out.sum(0), rtol=1e-12, atol=1e-9
        )


class TestFatality:
    def test_no_draw_has_help_that_harms(self) -> None:
        """Rows whose tails overlap are drawn again; some draws are, or the rule would not be needed."""
        none, on = risk_by_treatment(DRAWN)
        assert (on < none).all()
        assert not naloxone_harms(DRAWN, np).any()
        evidence = load()
        raw = evidence.draw(sobol_uniforms(dict(evidence.dims), 0, 0, 4_000))
        assert 0.0 < naloxone_harms(raw, np).mean() < 0.03

    @given(
        st.sampled_from([0.0, 1.0]),
        st.sampled_from([0.0, 1.0]),
        shares(2, 1),
        share,
        share,
        share,
        st.floats(0.1, 10.0),
        st.integers(0, 500),
    )
    def test_help_never_harms_in_any_draw(
        self,
        deadlier: float,
        weak: float,
        met: Floats,
        more: float,
        watched: float,
        responders: float,
        calling: float,
        which: int,
    ) -> None:
        p = {key: x[which : which + 1] for key, x in DRAWN.items()}

        def go(n: Floats, w: float, x: float, calls: float = calling, listened: float = 0.0) -> Floats:
            given = Help(one(w), one(x), one(calls), one(listened))
            return np.asarray(deaths_per_overdose(p, one(deadlier), one(weak), n, given, np).share)

        base = go(met, watched, responders)
        assert (base >= 0).all()
        assert (base <= 1).all()
        assert (go(met + (1 - met) * more, watched, responders) <= base + 1e-15).all()
        assert (go(met, watched + (1 - watched) * more, responders) <= base + 1e-15).all()
        assert (go(met, watched, responders + (1 - responders) * more) <= base + 1e-15).all()
        assert (go(met, watched, responders, calling * (1 + more)) <= base + 1e-15).all()
        assert (go(met, watched, responders, listened=more) <= base + 1e-15).all()

    def test_at_its_ends(self) -> None:
        p = params(od_witnessed=0.0, od_witnessed_public=0.0)
        nothing = help_today(one(), np)
        alone = deaths_per_overdose(p, one(0.0), one(1.0), np.full((2, 1), 0.9), nothing, np)
        assert_allclose(alone.share, p["fatal_none"][0])
        helped = deaths_per_overdose(p, one(0.0), one(1.0), np.ones((2, 1)), nothing._replace(watched=one()), np)
        assert_allclose(helped.share, p["fatal_naloxone"][0])
        deadly = deaths_per_overdose(p, one(1.0), one(1.0), np.zeros((2, 1)), nothing, np)
        mix = p["fentanyl_share"][0]
        assert_allclose(deadly.share, mix * p["fatal_none_fentanyl"][0] + (1 - mix) * p["fatal_none"][0])
