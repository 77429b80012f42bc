"""Laws of the evidence file: every row says where it is from, and its distribution is the one it states."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longview.evidence import UNITS, load, price_index, price_years
from longview.program.types import Range

EVIDENCE = load()
ROWS = tuple(EVIDENCE.rows.values())


def tails(row):
    tail = (1 - row.level) / 2
    return np.array([tail, 0.5, 1 - tail])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.key)
def test_each_distribution_reproduces_its_stated_low_best_and_high(row):
    low, middle, high = row.quantile(tails(row))
    np.testing.assert_allclose([low, high], [row.low, row.high], rtol=1e-6, atol=1e-12)
    if row.dist != "beta":
        np.testing.assert_allclose(middle, row.best, rtol=1e-6)


def test_beta_rows_are_the_intervals_that_their_sources_print():
    stated = {"fatal_none": (0.0588, 0.031, 0.108), "fatal_naloxone": (0.00856, 0.00555, 0.0132)}
    for key, (best, low, high) in stated.items():
        row = EVIDENCE[key]
        np.testing.assert_allclose([row.best, row.low, row.high], [best, low, high], rtol=0.12)
        many = row.quantile((np.arange(20_000) + 0.5) / 20_000)
        np.testing.assert_allclose(many.mean(), row.best, rtol=1e-3)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.key)
def test_quantiles_rise_and_cdf_undoes_them(row):
    u = np.linspace(0.001, 0.999, 999)
    values = row.quantile(u)
    assert np.isfinite(values).all()
    assert (np.diff(values) >= 0).all()
    inside = (values > row.bounds[0]) & (values < row.bounds[1])
    np.testing.assert_allclose(row.cdf(values)[inside], u[inside], atol=1e-7)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.key)
def test_a_row_says_what_it_is_and_where_it_is_from(row):
    assert row.unit in UNITS
    assert row.grade in ("strong", "moderate", "weak", "assumption")
    assert row.role in ("input", "target", "check")
    assert row.level in (0.90, 0.95)
    assert row.name
    if not row.source:
        assert row.grade == "assumption"
    if "rom memory" in row.place + row.note:
        assert row.grade != "strong"
    assert row.low <= row.best <= row.high


def test_each_input_has_a_dimension_of_its_own_and_nothing_else_has_one():
    dims = [row.dim for row in ROWS if row.role == "input"]
    assert None not in dims
    assert len(set(dims)) == len(dims)
    assert max(dims) < 300
    assert all(row.dim is None for row in ROWS if row.role != "input")


def test_shares_and_multipliers_stay_where_they_belong():
    u = np.array([1e-9, 0.5, 1 - 1e-9])
    for row in ROWS:
        values = row.quantile(u)
        if row.dist in ("logitnormal", "beta"):
            assert (values > 0).all(), row.key
            assert (values < 1).all(), row.key
        if row.dist == "above-one":
            assert (values > 1).all(), row.key
        assert (values >= 0).all(), row.key


def test_a_programs_own_figure_wins_and_is_said_to_be_its_own():
    mine = load({"fatal_none": Range(0.04, 0.05, 0.07), "hire_months": Range(4, 5, 9)})
    assert mine.used["hire_months"] == "yours"
    assert mine.used["ramp_months"] == "literature"
    for key, expected in (("fatal_none", [0.04, 0.05, 0.07]), ("hire_months", [4, 5, 9])):
        np.testing.assert_allclose(mine[key].quantile(np.array([0.05, 0.5, 0.95])), expected, rtol=1e-9)
    assert mine.hash != EVIDENCE.hash
    assert load().hash == EVIDENCE.hash


def test_an_own_figure_known_exactly_is_a_point():
    mine = load({"hire_months": Range(3, 3, 3), "fatal_none": Range(0.05, 0.05, 0.05)})
    np.testing.assert_allclose(mine["hire_months"].quantile(np.array([0.01, 0.5, 0.99])), 3)
    np.testing.assert_allclose(mine["fatal_none"].quantile(np.array([0.01, 0.5, 0.99])), 0.05)
    np.testing.assert_array_equal(mine["hire_months"].cdf(np.array([2.9, 3.1])), [0, 1])


def test_all_that_is_wrong_with_own_figures_is_said_at_once():
    wrong = {"hire_month": Range(1, 2, 3), "od_witnessed": Range(0.5, 65, 80), "ramp_months": Range(9, 6, 12)}
    with pytest.raises(ValueError, match="hire_months") as told:
        load(wrong)
    assert all(key in str(told.value) for key in wrong)


@given(
    st.sampled_from([row.key for row in ROWS if row.dist == "logitnormal"]),
    st.lists(st.floats(0, 1), min_size=3, max_size=3).map(sorted),
)
def test_any_share_from_0_to_1_can_be_an_own_figure(key, figures):
    row = load({key: Range(*figures)})[key]
    values = row.quantile(np.array([0.001, 0.05, 0.5, 0.95, 0.999]))
    assert np.isfinite(values).all()
    assert ((values >= 0) & (values <= 1)).all()
    assert (np.diff(values) >= -1e-12).all()


def test_an_unknown_key_names_the_nearest():
    with pytest.raises(KeyError, match="kit_life_months"):
        EVIDENCE["kit_life_month"]


def test_draws_are_the_quantiles_of_their_own_uniforms():
    u = np.array([0.2, 0.7])
    drawn = EVIDENCE.draw(lambda key: u)
    assert set(drawn) == set(EVIDENCE.keys)
    for key, values in drawn.items():
        np.testing.assert_array_equal(values, EVIDENCE[key].quantile(u))


def test_prices_there_and_back_are_the_same():
    first, last = price_years()
    assert first <= 2016
    assert last >= 2022
    assert price_index(2016, 2022) == pytest.approx(1.2194, rel=1e-3)
    assert price_index(2016, 2022) * price_index(2022, 2016) == pytest.approx(1)
    with pytest.raises(ValueError, match="1900"):
        price_index(1900, 2020)


def test_every_input_is_read_and_nothing_but_inputs():
    from longview.model import READS

    assert set(EVIDENCE.keys) == READS


def test_what_is_said_of_both_protections_is_what_the_rows_make_of_them():
    rows = load().rows
    for syringe, medication, found in (
        ("coverage_hcv_floor", "ost_hcv_rr", "both_hcv_hr_emulated"),
        ("nsp_hiv_rr", "ost_hiv_rr", "both_hiv_hr_emulated"),
    ):
        ours = rows[syringe].best * rows[medication].best * rows["both_interaction"].best
        assert f"Ours: {ours:.2f} for both against neither" in rows[found].note
    assert f"ours comes to {ours:.2f}" in rows["both_interaction"].note
