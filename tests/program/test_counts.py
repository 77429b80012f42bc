"""A count keeps what is known of it, and no more, through reading, writing and sums."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from longview.program import Count, Rate, tightened, total

WHOLE = st.integers(0, 10**6)
COUNTS = st.one_of(
    WHOLE.map(Count.of),
    WHOLE.map(lambda n: Count.of(n / 8)),
    st.integers(1, 99).map(Count.below),
    st.tuples(WHOLE, WHOLE).map(lambda ends: Count.between(min(ends), max(ends))),
    WHOLE.map(lambda low: Count.between(low, None)),
    WHOLE.map(lambda low: Count.not_counted(at_least=low)),
    st.sampled_from([Count.blank(), Count.no_row()]),
)


@st.composite
def counts_with_truth(draw):
    """A count, and a number that it may stand for."""
    count = draw(COUNTS)
    return count, draw(
        st.integers(math.ceil(count.low), math.ceil(count.low) + 50).filter(lambda n: holds(count, n))
        | st.just(count.low)
    )


def holds(count: Count, number: float) -> bool:
    return count.low <= number and (count.high is None or number <= count.high)


@given(COUNTS)
def test_what_is_written_reads_back_as_the_same_count(count):
    assert Count.parse(str(count)) == count


@given(st.lists(counts_with_truth(), max_size=6))
def test_a_sum_holds_the_sum_of_whatever_the_parts_may_be(parts):
    whole = total(count for count, _ in parts)
    assert holds(whole, sum(truth for _, truth in parts))


@given(st.lists(COUNTS, min_size=1, max_size=6))
def test_a_sum_is_exact_only_where_every_part_is_and_says_where_one_is_not_counted(parts):
    whole = total(parts)
    assert whole.exact == all(part.exact for part in parts)
    assert whole.counted == all(part.counted for part in parts)
    if not whole.counted:
        assert whole.high is None


@given(COUNTS, COUNTS, COUNTS)
def test_the_order_of_a_sum_does_not_matter(a, b, c):
    assert a + b == b + a
    assert total([a, b, c]) == total([c, b, a])


@given(counts_with_truth(), counts_with_truth())
def test_what_is_certainly_below_is_below_in_every_case(a, b):
    if a[0].certainly_below(b[0]):
        assert a[1] < b[1]
        assert a[0].possibly_below(b[0])
        assert not b[0].possibly_below(a[0])
    if a[1] < b[1]:
        assert a[0].possibly_below(b[0])


@given(counts_with_truth(), counts_with_truth())
def test_what_is_left_of_a_total_holds_the_truth(whole, part):
    assume(part[1] <= whole[1])
    assert holds(whole[0].less(part[0]), whole[1] - part[1])


@given(COUNTS, COUNTS)
def test_two_tellings_together_are_no_wider_than_either_and_none_where_they_contradict(a, b):
    both = a.within(b)
    assert (both is None) == (a.certainly_below(b) or b.certainly_below(a))
    if both is not None:
        assert both.low == max(a.low, b.low)
        assert all(c.high is None or (both.high is not None and both.high <= c.high) for c in (a, b))


@st.composite
def parts_with_truth(draw):
    """Parts, what each truly is (a part not counted may truly be anything), and a telling of their total that is true."""
    parts = draw(st.lists(counts_with_truth(), max_size=5))
    whole = sum(truth for _, truth in parts)
    below, above = draw(st.integers(0, 9)), draw(st.integers(0, 9))
    telling = st.sampled_from(
        [
            Count.of(whole),
            Count.between(max(whole - below, 0), whole + above),
            Count.between(max(whole - below, 0), None),
            Count.blank(),
            Count.not_counted(),
        ]
    )
    return draw(telling), parts, whole


@given(parts_with_truth())
def test_a_total_and_its_parts_narrowed_still_hold_the_truth_and_are_never_wider(drawn):
    whole, parts, truth = drawn
    told = tightened(whole, [count for count, _ in parts])
    assert told is not None, "what is true can add up"
    narrow, narrowed = told
    assert holds(narrow, truth)
    for (before, number), after in zip(parts, narrowed, strict=True):
        assert holds(after, number)
        assert after.low >= before.low
        assert before.high is None or (after.high is not None and after.high <= before.high)
        assert after == before or before.kind == "hidden"


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=3), st.integers(0, 16))
def test_narrowing_is_as_narrow_as_trying_every_whole_number(ends, whole):
    """Held to brute force over all whole numbers that the parts may be."""
    parts = [Count.between(min(pair), max(pair)) for pair in ends]
    every = [range(min(pair), max(pair) + 1) for pair in ends]
    fits = [tried for tried in itertools.product(*every) if sum(tried) == whole]
    told = tightened(Count.of(whole), parts)
    assert (told is None) == (not fits)
    if told is not None:
        found = [(min(column), max(column)) for column in zip(*fits, strict=True)]
        assert [(part.low, part.high) for part in told[1]] == found


def test_a_total_less_what_is_shown_uncovers_one_hidden_part_unless_one_is_not_counted():
    shown, hidden = Count.of(10), Count.below(5)
    assert tightened(Count.of(13), [shown, hidden]) == (Count.of(13), (shown, Count.of(3)))
    told = tightened(Count.of(13), [shown, hidden, Count.blank()])
    assert told == (Count.of(13), (shown, Count.between(0, 3), Count.blank()))
    assert tightened(Count.of(9), [shown, hidden]) is None
    assert tightened(Count.below(5), [Count.of(2), hidden]) == (Count.between(2, 4), (Count.of(2), Count.between(0, 2)))


@pytest.mark.parametrize(
    ("text", "low", "high", "kind"),
    [
        ("0", 0, 0, "exact"),
        ("1,204", 1204, 1204, "exact"),
        ("1 204", 1204, 1204, "exact"),
        ("12.0", 12, 12, "exact"),
        ("<5", 0, 4, "hidden"),
        ("< 10", 0, 9, "hidden"),
        ("fewer than 5", 0, 4, "hidden"),
        ("<=4", 0, 4, "hidden"),
        ("1 to 9", 1, 9, "hidden"),
        ("*", 0, None, "hidden"),
        ("Suppressed", 0, None, "hidden"),
        (">=100", 100, None, "hidden"),
        (">4", 5, None, "hidden"),
        ("more than 4", 5, None, "hidden"),
        ("1-9", 1, 9, "hidden"),
        ("1 - 9", 1, 9, "hidden"),
        ("1–9", 1, 9, "hidden"),
        ("0-4", 0, 4, "hidden"),
        ("§", 0, None, "not-counted"),
        ("¶", 0, None, "not-counted"),
        ("Not reported", 0, None, "not-counted"),
        ("", 0, None, "blank"),
        ("   ", 0, None, "blank"),
        ("NA", 0, None, "not-counted"),
        ("not counted", 0, None, "not-counted"),
        (">=12, part not counted", 12, None, "not-counted"),
        ("no row", 0, None, "no-row"),
    ],
)
def test_a_cell_means(text, low, high, kind):
    assert Count.parse(text) == Count(low, high, kind)


@pytest.mark.parametrize(
    "text",
    [
        "-1",
        "9-1",
        "01-09",
        "3-2022",
        "2022-03",
        "1-9-22",
        "1,2O4",
        "12,34",
        "0,125",
        "9 to 1",
        "<0",
        "many",
        "1e5",
        "nan",
        "Jan-09",
        "-",
        "—",
    ],
)
def test_what_is_no_count_is_refused(text):
    with pytest.raises(ValueError, match=r"count|below 0|between 0"):
        Count.parse(text)


def test_zero_hidden_and_blank_are_three_things():
    assert len({Count.parse("0"), Count.parse("<5"), Count.parse(""), Count.parse("NA"), Count.parse("no row")}) == 5


@pytest.mark.parametrize("ends", [(-1, 2), (3, 2), (float("nan"), 1), (0, float("inf"))])
def test_an_interval_that_no_count_can_have_is_refused(ends):
    with pytest.raises(ValueError, match="count"):
        Count(*ends, "hidden")


def test_a_rate_keeps_what_it_was_divided_by_and_is_never_summed():
    rate = Rate(Count.parse("<5"), Count.of(200), "visits", per=100)
    assert (rate.low, rate.high) == (0, 2)
    assert str(rate) == "<5 per 200 visits"
    for summing in (lambda: rate + rate, lambda: sum([rate]), lambda: 1 + rate):
        with pytest.raises(TypeError, match="sum events and visits"):
            summing()
    with pytest.raises(ValueError, match="divided by"):
        Rate(Count.of(1), Count.of(2), " ")


def test_a_rate_out_of_perhaps_nothing_has_no_upper_end():
    assert Rate(Count.of(3), Count.parse("<5"), "people").high is None
    assert Rate(Count.of(3), Count.blank(), "people").low == 0
