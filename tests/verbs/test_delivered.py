"""What funders were promised: how likely each promise is to be kept, from what was counted and what is to come."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from longview.program import Count, Deliverable, Program, ServiceCount
from longview.results import Delivered, delivered
from longview.verbs.futures import Prepared, prepare


@pytest.fixture(scope="module")
def prepared(program: Program) -> Prepared:
    return prepare(program, futures=40, years=1)


@pytest.fixture(scope="module")
def outlook(prepared: Prepared):
    return prepared.outlook()


def one(program, outlook, prepared=None, **promise) -> Delivered | None:
    fund, by = program.funds[0].id, program.starts.plus(5)
    made = Deliverable(**({"fund": fund, "measure": "visits", "at_least": 1.0, "by": by} | promise))
    promised = replace(program, deliverables=(made,))
    if prepared is not None:
        return replace(prepared, program=promised).delivered(outlook)[0]
    return delivered(promised, outlook)[0]


@pytest.mark.parametrize(
    ("measure", "series"), [("visits", "visits"), ("kits_out", "kits_given"), ("syringes_out", "syringes_given")]
)
def test_what_is_promised_is_what_is_handed_out_in_those_months(program, outlook, measure: str, series: str) -> None:
    found = one(program, outlook, measure=measure, first=program.starts.plus(2))
    assert found is not None
    np.testing.assert_allclose(found.amount, getattr(outlook, series)[:, 2:6].sum(axis=1))
    assert found.so_far == (0.0, 0.0)


def test_more_is_promised_less_likely(program, outlook) -> None:
    chances = [one(program, outlook, at_least=x).chance for x in np.linspace(0, 20_000, 30)]
    assert chances[0] == 1.0
    assert chances[-1] == 0.0
    assert chances == sorted(chances, reverse=True)


def test_what_was_counted_before_the_plan_counts_once(program, outlook) -> None:
    """A row for the whole program and rows of its sites are one count; what is hidden stands between its ends."""
    site, months = program.sites[0].id, [program.starts.plus(-n) for n in (3, 2, 1)]
    rows = [ServiceCount(m, None, "visits", Count.of(100)) for m in months]
    rows += [ServiceCount(m, site, "visits", Count.of(60)) for m in months]
    told = replace(program, plan_from=program.starts, records=replace(program.records, services=tuple(rows)))
    plain, whole = one(told, outlook), one(told, outlook, first=months[1])
    np.testing.assert_allclose(whole.amount, plain.amount + 200.0)
    assert whole.so_far == (200.0, 200.0)
    hidden = [ServiceCount(m, None, "visits", Count.between(1, 9)) for m in months]
    told = replace(told, records=replace(told.records, services=tuple(hidden)))
    some = one(told, outlook, first=months[0])
    assert some.so_far == (3.0, 27.0)
    np.testing.assert_allclose(some.amount, plain.amount + 15.0)


def test_people_are_not_added_up_over_months(program, outlook) -> None:
    found = one(program, outlook, measure="participants_month")
    np.testing.assert_allclose(found.amount, outlook.reached[:, :6].max(axis=1))


def test_reversals_are_those_that_will_be_reported(program, outlook, prepared) -> None:
    found, p = one(program, outlook, prepared, measure="reversals"), prepared.anchor.futures.p
    np.testing.assert_allclose(
        found.amount, outlook.reversals[:, :6].sum(axis=1) * p["reversal_report_share"] / (1 + p["other_kits"])
    )
    assert (found.amount < outlook.reversals[:, :6].sum(axis=1)).all()


@pytest.mark.parametrize("promise", [{"measure": "wounds_treated"}, {"by": 40}, {"by": -1}])
def test_what_the_model_does_not_tell_is_not_told(program, outlook, promise) -> None:
    if "by" in promise:
        promise = {"by": program.starts.plus(promise["by"])}
    assert one(program, outlook, **promise) is None
