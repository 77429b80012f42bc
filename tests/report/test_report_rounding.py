"""Numbers into words: rounded to what is known, and never further."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longview.program import Month
from longview.report import rounding as r
from longview.results import Interval

numbers = st.floats(-1e9, 1e9, allow_nan=False)
shares = st.floats(0, 1)


@pytest.mark.parametrize(
    ("value", "said"),
    [(8750, "$8,800"), (-22_240, "−$22,200"), (0, "$0"), (30, "under $100"), (50, "$100"), (125_049, "$125,000")],
)
def test_money_is_told_to_the_hundred(value: float, said: str) -> None:
    assert r.money(value) == said


def test_money_names_the_currency_it_has_no_sign_for() -> None:
    assert r.money(1200, "CHF") == "1,200\u00a0CHF"
    assert r.money(1200, "GBP") == "£1,200"


def test_a_price_keeps_its_cents() -> None:
    assert (r.price(24.1), r.price(50)) == ("$24.10", "$50")


@pytest.mark.parametrize(
    ("value", "said"), [(0, "none"), (0.2, "hardly any"), (0.49, "hardly any"), (0.5, "about "
        "1"), (8.2, "about 8"), (3847, "about 3,800")]
)  # fmt: skip
def test_people_are_whole(value: float, said: str) -> None:
    assert r.plain(r.about(value)) == said


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.13, "about 1 in 8"), (0.36, "about 1 in 3"), (0.5, "about 1 in 2"), (0.9, "about 9 in "
        "10"), (0.04, "about 1 in 30"),
     (0.003, "under 1 in 100"), (0.998, "over 99 in 100"), (0.0, "none that we saw"), (1.0, "every future "
         "that we ran")],
)  # fmt: skip
def test_chances_are_said_as_people_say_them(share: float, said: str) -> None:
    assert r.plain(r.chance(share)) == said


@given(shares)
def test_a_chance_that_is_said_is_near_the_chance_that_is_meant(share: float) -> None:
    found = r.said(share)
    if found is not None:
        assert abs(found[0] / found[1] - share) < 0.06
        assert 0.5 < found[0] / found[1] / share < 2


@given(shares, shares)
def test_a_greater_chance_is_never_said_as_a_smaller_one(a: float, b: float) -> None:
    low, high = (r.said(s) for s in sorted((a, b)))
    if low is not None and high is not None:
        assert low[0] / low[1] <= high[0] / high[1]


@pytest.mark.parametrize(
    ("share", "said"), [(0.0, "0%"), (0.002, "under 1%"), (0.36, "36%"), (0.999, "over 99%"), (1.0, "100%")]
)
def test_percent_says_never_and_always_only_where_it_is_so(share: float, said: str) -> None:
    assert r.plain(r.percent(share)) == said


@pytest.mark.parametrize(
    ("gain", "words", "ends"),
    [(Interval(3, 8, 16), "about 8 fewer", "3 to 16"), (Interval(-2, 2, 6), "about 2 fewer", "2 more to 6 fewer"),
     (Interval(-4, -2, -1), "about 2 more", "1 to 4 more"), (Interval(-0.2, 0.1, 0.4), "hardly any", "0"),
     (Interval(0, 0, 0), "none", "0")],
)  # fmt: skip
def test_a_gain_says_both_sides(gain: Interval, words: str, ends: str) -> None:
    assert r.plain(r.gain_words(gain)) == words
    assert r.plain(r.gain_range(gain)) == ends


@given(numbers)
def test_rounding_stays_near_and_keeps_the_sign(value: float) -> None:
    found = r.rough(value)
    assert abs(found - value) <= max(0.5, abs(value) * 0.05) + 1e-6
    assert found * value >= 0


@given(numbers, numbers)
def test_rounding_keeps_the_order(a: float, b: float) -> None:
    low, high = sorted((a, b))
    assert r.rough(low) <= r.rough(high)


@given(st.integers(0, 10_000))
def test_halves_go_away_from_zero(whole: int) -> None:
    assert r.half_up(whole + 0.5) == whole + 1
    assert r.half_up(-whole - 0.5) == -whole - 1


def test_time_is_told_in_words() -> None:
    assert [r.plain(r.years_words(m)) for m in (12, 60, 120, 18, 144)] == [
        "one year",
        "five years",
        "ten years",
        "18 months",
        "12 years",
    ]
    assert r.month_words(Month(2029, 3)) == "March 2029"
