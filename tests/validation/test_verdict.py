"""When a figure is inside: our interval holds what was published, and our point lies in the tolerance."""

from __future__ import annotations

import numpy as np
import pytest
from study_files import study

from longview.validation.figures import crossing, figure
from longview.validation.form import Arm, Outcome, Reading, Study, Target
from longview.validation.verdict import judge, study_inside

EVEN = np.linspace(0.0, 1.0, 101)  # median 0.5, 90% from 0.05 to 0.95


def verdict(target: Target, values=EVEN, chance: bool = False):
    return judge(Outcome("o", Reading("deaths"), target, chance=chance), values)


@pytest.mark.parametrize(
    ("target", "inside"),
    [
        (Target(published=0.6, relative=0.2), True),
        (Target(published=0.6, relative=0.1), False),  # 0.5 is more than a tenth off
        (Target(published=0.6, absolute=0.11), True),
        (Target(published=0.97, within=(0.4, 1.0)), False),  # our interval misses it
        (Target(published=0.9, low=0.4, high=1.0), True),
        (Target(low=0.6, high=0.7), False),
        (Target(low=0.3, high=0.7), True),
        (Target(at_most=0.4), False),
        (Target(at_most=0.4, relative=0.25), True),
        (Target(at_least=0.5), True),
        (Target(at_least=0.96, relative=0.5), False),  # our interval never reaches it
        (Target(at_most=0.04, relative=99.0), False),  # likewise
        (Target(published=0.5), None),
        (Target(), None),
    ],
)
def test_inside_needs_the_interval_and_the_point(target, inside):
    assert verdict(target).inside is inside


def test_without_doubt_the_tolerance_alone_decides():
    one = verdict(Target(published=1.0, relative=0.005), np.full(5, 1.004))
    assert (one.inside, one.covers, one.doubtless) == (True, False, True)
    assert verdict(Target(published=1.0, relative=0.005), np.full(5, 1.006)).inside is False


def test_a_chance_is_the_share_of_futures():
    found = verdict(Target(published=0.3, absolute=0.05), np.asarray([1.0] * 28 + [0.0] * 72), chance=True)
    assert found.point == found.low == found.high == pytest.approx(0.28)
    assert found.inside


def test_what_is_not_a_number_is_never_inside():
    assert verdict(Target(published=1.0, relative=9.0), np.full(5, np.nan)).inside is False
    assert verdict(Target(published=1.0), np.asarray([1.0, np.inf, np.inf])).inside is None


def test_a_study_is_inside_where_all_that_is_scored_is():
    good, bad, shown = verdict(Target(at_least=0.1)), verdict(Target(at_most=0.1)), verdict(Target())
    assert study_inside([good, shown]) is True
    assert study_inside([good, bad]) is False
    assert study_inside([shown]) is None


def test_where_a_curve_crosses():
    y = np.asarray([[0.0, 0.9, 0.0], [0.5, 0.95, 0.1], [1.0, 1.0, 0.2]])
    assert crossing(np.asarray([0.0, 10.0, 20.0]), y, 0.75).tolist() == [15.0, 0.0, np.inf]


VALUES = {"a": 3.0, "b": 4.0, "c": 5.0, "d": 5.5}


def read(arm: str, reading: Reading):
    return np.full(4, VALUES[arm] * (10.0 if reading.measure == "overdoses" else 1.0))


def made(**parts) -> float:
    arms = tuple(Arm(name, x=float(i)) for i, name in enumerate(VALUES))
    base = Study(id="x", title="x", source="", kind="cohort", cls="run", arms=arms)
    reading = Reading(**({"measure": "deaths"} | parts.pop("reading")))
    return float(figure(base, Outcome("o", reading, Target(), **parts), read)[0])


def test_comparing():
    pair = {"arm": "a", "versus": "b"}
    assert made(reading={"arm": "b"}) == 4.0
    assert made(reading={}) == 5.5, "without an arm, the last"
    assert made(reading=pair | {"compare": "ratio"}) == 0.75
    assert made(reading=pair | {"compare": "fall"}) == 0.25
    assert made(reading=pair | {"compare": "difference"}) == -1.0
    assert made(reading=pair | {"compare": "averted"}) == 1.0
    per = Reading("overdoses", arm="a", versus="b", compare="difference")
    assert made(reading=pair | {"compare": "averted"}, per=per) == pytest.approx(-0.1)
    rate = Reading("overdoses")  # ten times as many everywhere: rates are alike
    assert made(reading=pair | {"compare": "fall"}, per=rate) == 0.0
    assert made(reading=pair | {"compare": "difference"}, per=rate) == 0.0
    assert made(reading={"arm": "a"}, per=rate) == pytest.approx(0.1)
    assert made(reading={"arm": "a"}, per=Reading("overdoses", arm="b")) == pytest.approx(3.0 / 40.0)
    assert made(reading={"arm": "a"}, within_months=6) == pytest.approx(1 - np.exp(-1.5))
    assert made(reading={"arm": "a"}, above=2.9) == 1.0
    assert made(reading={"compare": "concave"}, along=("b", "c", "d")) == 1.0
    assert made(reading={"compare": "concave"}, along=("a", "c", "d")) == 1.0
    assert made(reading={"compare": "order"}, along=("a", "b")) == 0.0
    assert made(reading={"compare": "order"}, along=("b", "a")) == 1.0


def test_the_tally_counts_formulas_and_runs_alone():
    assert study().counted
    assert not study('id="x"\ntitle="x"\nclass="echo"\n[[outcomes]]\nname="o"\nmeasure="deaths"').counted
