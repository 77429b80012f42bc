"""Each process at its limits: the small mathematics, levers, supply, draws and years of life."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from batches import HUGE, Floats, one, params
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from made import PROGRAM, START
from numpy.testing import assert_allclose

from longview.evidence import load
from longview.model import draw, model
from longview.model.arrays import chance, from_odds, happens, odds, smooth_share, solve
from longview.model.counts import counted_deaths
from longview.model.draws import effect_values, stream, tied
from longview.model.levers import Effects, lever_values
from longview.model.lifeyears import years_left
from longview.model.supply import index, log_paths
from longview.program import levers


class TestArrays:
    @given(st.floats(0.0, 1e6), st.floats(1.0, 30.0))
    def test_a_smooth_share_never_exceeds_the_sharp_one(self, ratio: float, sharpness: float) -> None:
        got = smooth_share(one(ratio), one(sharpness), np)[0]
        assert 0.0 <= got <= min(1.0, 1.0 / max(ratio, 1e-12)) * (1 + 1e-12)
        assert got == pytest.approx((1 + ratio**sharpness) ** (-1 / sharpness) if ratio < 1e8 else got, rel=1e-9)

    def test_a_chance_is_none_at_no_rate_and_certain_at_a_huge_one(self) -> None:
        assert_allclose(chance(one(0.0, 0.4, HUGE), 12.0, np), [0.0, 1 - np.exp(-0.4), 1.0])

    @given(st.floats(0.0, 0.999))
    def test_odds_and_back(self, value: float) -> None:
        assert from_odds(odds(value)) == pytest.approx(value, abs=1e-12)

    def test_without_luck_a_chance_is_its_own_mean(self) -> None:
        likely = one(0.0, 0.3, 1.0)
        assert_allclose(happens(None, likely, np), likely)
        assert_allclose(happens(one(0.5, 0.2, 0.999), likely, np), [0.0, 1.0, 1.0])

    @given(
        arrays(np.float64, (4, 4), elements=st.floats(-0.2, 0.2)), arrays(np.float64, (4,), elements=st.floats(-5, 5))
    )
    def test_the_small_solve_is_the_library_s(self, off: Floats, right: Floats) -> None:
        matrix = np.eye(4) + off * (1 - np.eye(4))
        rows = [[one(x) for x in row] for row in matrix]
        got = solve(rows, [one(x) for x in right])
        assert_allclose(np.concatenate(got), np.linalg.solve(matrix, right), rtol=1e-9, atol=1e-9)


def a_row(value: float, level: float, start: float, ramp: float, **kind: float) -> Effects:
    at = {"pulse": 0.0, "multiply": 0.0, "add": 0.0, "set": 0.0} | kind

    def cell(x: float) -> Floats:
        return np.full((1, 1), x)

    return Effects(cell(value), cell(level), cell(start), cell(ramp), **{k: cell(v) for k, v in at.items()})


def stacked(*rows: Effects) -> Effects:
    return Effects(*(np.concatenate(columns) for columns in zip(*rows, strict=True)))


def at_month(effects: Effects, names: tuple[str, ...], month: float, horizon: float = 60.0) -> dict[str, float]:
    got = lever_values(effects, names, np.float64(month), np.float64(horizon), one(), np)
    return {name: float(x[0]) for name, x in got.items()}


class TestLevers:
    @pytest.mark.parametrize("name", list(levers()))
    @pytest.mark.parametrize("op", ["add", "multiply", "set"])
    def test_no_level_is_today(self, name: str, op: str) -> None:
        row = a_row(7.0, 0.0, 0.0, 0.0, **{op: 1.0})
        assert at_month(row, (name,), 5.0)[name] == levers()[name].today

    @pytest.mark.parametrize(("month", "expected"), [(2, 1.0), (3, 1.1), (4, 1.2), (5, 1.3), (59, 1.3), (60, 1.0)])
    def test_a_ramp_begins_with_the_option_and_ends_at_the_horizon(self, month: float, expected: float) -> None:
        row = a_row(0.3, 1.0, 3.0, 3.0, add=1.0)
        assert at_month(row, ("wage",), month)["wage"] == pytest.approx(expected)

    def test_a_pulse_is_felt_in_one_month_alone(self) -> None:
        row = a_row(500.0, 2.0, 3.0, 0.0, pulse=1.0, add=1.0)
        assert [at_month(row, ("cash_in",), t)["cash_in"] for t in (2, 3, 4)] == [0.0, 1000.0, 0.0]

    @given(
        st.lists(
            st.tuples(st.sampled_from(["add", "multiply"]), st.floats(0.5, 2.0), st.integers(0, 6)),
            min_size=2,
            max_size=5,
        ),
        st.randoms(),
    )
    def test_the_order_of_rows_does_not_matter(self, rows: list[tuple[str, float, int]], dice: Any) -> None:
        made = [a_row(value, 1.0, float(start), 2.0, **{op: 1.0}) for op, value, start in rows]
        mixed = dice.sample(made, len(made))
        names = ("kits",) * len(made)
        assert at_month(stacked(*made), names, 5.0)["kits"] == pytest.approx(
            at_month(stacked(*mixed), names, 5.0)["kits"], rel=1e-12
        )

    def test_a_level_adds_in_line_and_multiplies_as_a_power(self) -> None:
        assert at_month(a_row(0.1, 3.0, 0.0, 0.0, add=1.0), ("wage",), 1.0)["wage"] == pytest.approx(1.3)
        assert at_month(a_row(1.1, 3.0, 0.0, 0.0, multiply=1.0), ("wage",), 1.0)["wage"] == pytest.approx(1.331)

    @pytest.mark.parametrize("value", [-1e12, 1e12])
    @pytest.mark.parametrize("name", list(levers()))
    def test_a_lever_stays_in_its_range(self, name: str, value: float) -> None:
        lever = levers()[name]
        assert lever.low <= at_month(a_row(value, 1.0, 0.0, 0.0, add=1.0), (name,), 1.0)[name] <= lever.high


class TestSupply:
    def test_a_still_supply_is_one(self) -> None:
        p = params(3, supply_walk_sd=1e-12, supply_shock_rate=0.0)
        still = log_paths(np.ones((24, 3)), np.full(3, 4.0), np.ones((24, 3)), one(0, 1, 0), p)
        assert_allclose(index(still, one(0, 1, 0), still, one(0, 1, 0)), 1.0, atol=1e-9)

    @given(st.integers(0, 50))
    def test_it_stays_within_reason_and_its_mean_is_one(self, seed: int) -> None:
        dice = np.random.default_rng(seed)
        p = params(200, supply_walk_sd=0.3)
        normals, chi2, shocks = dice.normal(size=(60, 200)), dice.chisquare(4, 200), dice.random((60, 200))
        pull = (np.arange(200) % 2).astype(float)
        paths = log_paths(normals, chi2, shocks, pull, p)
        assert np.abs(paths).max() <= 1.5
        got = index(paths, pull, paths, pull)
        for kind in (0.0, 1.0):
            assert_allclose(got[:, pull == kind].mean(axis=1), 1.0, rtol=1e-12)

    def test_a_pulled_supply_forgets(self) -> None:
        p = params(2, supply_walk_sd=1.0, supply_shock_rate=0.0)
        normals = np.zeros((240, 2))
        normals[0] = 1.0
        path = log_paths(normals, np.full(2, 4.0), np.ones((240, 2)), one(0, 1), p)
        assert path[-1, 0] == path[0, 0] > 0.5
        assert path[-1, 1] < 1e-3


class TestYearsLeft:
    def test_nobody_dies_of_anything_until_a_hundred(self) -> None:
        p = params(stop_rate=1e-12, death_stopped=1e-12, age_today=40.0)
        got = years_left(p, one(0.0), one(1e-12), 7.0, 0.0, np)
        assert_allclose([got.using[0], got.stopped[0]], 53.0, rtol=1e-6)

    @given(st.floats(0.0, 0.5), st.floats(0.001, 0.1), st.floats(0.0, 0.1))
    def test_more_danger_never_adds_years_and_stopping_is_no_worse(
        self, overdose: float, natural: float, more: float
    ) -> None:
        p = params()
        now = years_left(p, one(overdose), one(natural), 7.0, 0.03, np)
        worse = years_left(p, one(overdose + more), one(natural), 7.0, 0.03, np)
        assert 0.0 < worse.using[0] <= now.using[0] - more * 1e-3
        assert worse.stopped[0] == now.stopped[0]
        if natural >= p["death_stopped"][0]:
            assert now.using[0] <= now.stopped[0] + 1e-12

    def test_discounting_makes_them_fewer(self) -> None:
        counted = [years_left(params(), one(0.01), one(0.01), 7.0, d, np).using[0] for d in (0.0, 0.015, 0.03)]
        assert counted[0] > counted[1] > counted[2]


EVIDENCE = load()


READY = model(PROGRAM, 2)


FUTURES = draw(EVIDENCE, READY.names, READY.months, 0, 0, 501)


class TestDraws:
    def test_a_future_is_its_number_alone(self) -> None:
        few = draw(EVIDENCE, READY.names, READY.months, 0, 0, 10)
        later = draw(EVIDENCE, READY.names, READY.months, 0, 4, 6)
        for name in (
            "supply",
            "frailty",
            "quit",
            "hire",
            "gift",
            "renew",
            "replace",
            "cut",
            "award",
            "weak",
            "deadlier",
            "pull",
        ):
            assert_allclose(getattr(few, name), getattr(FUTURES, name)[..., :10], rtol=0, atol=0, err_msg=name)
            assert_allclose(getattr(later, name), getattr(few, name)[..., 4:], rtol=0, atol=0, err_msg=name)
        for key, x in few.p.items():
            assert_allclose(x, FUTURES.p[key][:10], rtol=0, atol=0, err_msg=key)

    def test_another_seed_is_another_world(self) -> None:
        other = draw(EVIDENCE, READY.names, READY.months, 1, 0, 10)
        assert (other.quit != FUTURES.quit[..., :10]).all()
        assert (other.p["risk_ratio"] != FUTURES.p["risk_ratio"][:10]).all()

    def test_a_post_or_a_fund_more_moves_no_other_s_luck(self) -> None:
        more = replace(
            PROGRAM, posts=(replace(PROGRAM.posts[1], id="another"), *PROGRAM.posts), funds=PROGRAM.funds[:-1]
        )
        names = model(more, 2).names
        drawn = draw(EVIDENCE, names, READY.months, 0, 0, 10)
        for i, name in enumerate(READY.names.places):
            at = names.places.index(name)
            assert_allclose(drawn.quit[:, at], FUTURES.quit[:, i, :10], rtol=0, atol=0)
            assert_allclose(drawn.hire[:, at], FUTURES.hire[:, i, :10], rtol=0, atol=0)
        for i, name in enumerate(names.funds):
            at = READY.names.funds.index(name)
            assert_allclose(drawn.renew[:, i], FUTURES.renew[:, at, :10], rtol=0, atol=0)

    def test_uniforms_are_uniform_and_ties_keep_them_so(self) -> None:
        own, shared = stream(0, "own", 0, 4000, 12), stream(0, "shared", 0, 4000, 12)
        together = tied(own, shared, np.full(4000, 0.5))
        for u in (own, shared, together):
            assert_allclose(np.quantile(u, [0.1, 0.5, 0.9]), [0.1, 0.5, 0.9], atol=0.01)
        assert np.corrcoef(together.ravel(), shared.ravel())[0, 1] == pytest.approx(
            0.69, abs=0.03
        )  # of ranks: 6/π·asin(√½/2)

    def test_effects_keep_their_intervals(self) -> None:
        rows = [
            ("a", "wage", "add", 1.0, 0.5, 3.0),
            ("b", "kits", "multiply", 1.5, 1.2, 2.5),
            ("c", "wage", "set", 1.15, None, None),
        ]
        got = effect_values(rows, 0, np.arange(20_000))
        assert_allclose(np.quantile(got[0], [0.05, 0.5, 0.95]), [0.5, 1.0, 3.0], rtol=0.05)
        assert_allclose(np.quantile(got[1], [0.05, 0.5, 0.95]), [1.2, 1.5, 2.5], rtol=0.03)
        assert (got[2] == 1.15).all()
        assert_allclose(effect_values(rows, 0, np.array([3, 17])), got[:, [3, 17]])
        assert_allclose(effect_values(rows[::-1], 0, np.arange(50)), got[::-1, :50])

    def test_counts_are_whole_and_mean_what_is_expected(self) -> None:
        got = counted_deaths(READY, FUTURES, np.full((FUTURES.count, 24), 3.0))
        assert (got == np.round(got)).all()
        assert got.mean() == pytest.approx(3.0, rel=0.03)
        assert counted_deaths(READY, FUTURES, np.zeros((FUTURES.count, 24))).max() == 0.0
        assert READY.program.starts == START
