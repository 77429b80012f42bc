"""Two people's models agree: the one that runs, and the plain one written from docs/model.md without sight of it.

Every series that both tell, the start and the years of life, to a millionth, on the same futures.
Where two funds' pressures tie, which pays first is open; the seeds are such that none tie here.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache

import numpy as np
import pytest
from held_together import Case, by_model, by_oracle, furthest, make_case, params, structure
from made import EVERYTHING, FUNDS, OPTIONS, PROGRAM, START, SUPPLIES, TODAY, make_portfolio, make_program
from oracle import CELLS, fatality, find_start

from longview.model.fatality import deaths_per_overdose, help_today
from longview.program import Program
from longview.program.types import Fund, LedgerLine, Post, Records
from longview.results import Portfolio

CLOSE = 1e-6
ENDS = START.plus(-1)

MORE_FUNDS = (
    Fund("first-month", "Begins with the plan", "local", Decimal(50_000), START, START.plus(11), pays="advance",
         every=5, carries_over=True, received=Decimal(4_000), opening_balance=Decimal(3_000)),
    Fund("unsigned", "Under way by word alone", "state", Decimal(70_000), START.plus(-5), START.plus(6),
         status="verbal", chance_of_award=0.7, pays="reimburse", every=4, months_to_pay=3.4, overhead=0.12, fee=0.02),
    Fund("sale", "An income that ends", "own", Decimal(24_000), START.plus(-3), START.plus(8), every=4, fee=0.03),
    Fund("by-kit", "Paid by the kit", "state", Decimal(0), START.plus(-20), START.plus(15), pays="per-unit",
         unit="kits", unit_price=Decimal(9)),
    Fund("by-person", "Paid by the participant", "private", Decimal(0), START.plus(4), None, status="hoped",
         pays="per-unit", unit="participants", unit_price=Decimal("3.20")),
    Fund("over", "Over", "federal", Decimal(90_000), START.plus(-12), ENDS, pays="reimburse", months_to_pay=2.0),
    Fund("certain", "Renewed for certain", "state", Decimal(80_000), START.plus(-7), START.plus(4),
         pays="reimburse", months_to_pay=30.0, chance_of_renewal=1.0, never_pays=("building", "syringes")),
    Fund("never", "Never renewed", "state", Decimal(40_000), START.plus(-7), START.plus(4), chance_of_renewal=0.0),
)  # fmt: skip


def variants() -> dict[str, Program]:
    """The made program, and others that leave out or add what the mathematics treats apart."""
    alone = (Post("alone", "director", 1, 1.0, 40.0, Decimal(30), paid_as="wage"),)
    return {
        "made": PROGRAM,
        "no sessions": make_program(sessions=()),
        "nobody reimburses": make_program(funds=tuple(f for f in FUNDS if f.pays != "reimburse"), records=Records()),
        "kits from elsewhere": make_program(supplies=SUPPLIES[1:]),
        "one worker": make_program(posts=alone, funds=FUNDS[:1], free_cash=Decimal(20_000)),
        "no premises of our own": make_program(sites=tuple(replace(s, condition=None) for s in PROGRAM.sites)),
        "funds of every kind": make_program(
            funds=MORE_FUNDS,
            records=Records(money=(LedgerLine("2024-12-31", "over", "due", "receivable", Decimal(7_000)),)),
            reserve=Decimal(20_000),
            credit_limit=Decimal(30_000),
        ),
        "soon broke": make_program(funds=FUNDS[-1:], free_cash=Decimal(9_000), credit_limit=Decimal(5_000)),
        "nothing paid": make_program(
            posts=(), costs=(), supplies=(), funds=(), prices=(), sites=tuple(replace(s, condition=None) for s in PROGRAM.sites)
        ),
        "an empty shelf": make_program(supplies=(replace(SUPPLIES[0], stock=0.0, in_kind=0.0),)),
        "roofs of unknown age": make_program(
            sites=(
                replace(PROGRAM.sites[0], repairs_put_off=None, upkeep=None),
                replace(PROGRAM.sites[1], condition=1.0),
            )
        ),
    }  # fmt: skip


EACH = [make_portfolio({option.id: EVERYTHING.level(option.id)}, name=option.id) for option in OPTIONS]
LATER = Portfolio("later", tuple(replace(c, start=START.plus(9)) for c in EVERYTHING.choices))


@cache
def case(name: str, seed: int = 7, count: int = 2) -> Case:
    program = variants()[name]
    hours = {} if program.posts else {"hours_month": 500.0}
    return make_case(program, seed=seed, count=count, **hours)


@cache
def long_case() -> Case:
    return make_case(PROGRAM, seed=11, count=12, years=5)


def test_where_no_visits_are_counted_kits_are_handed_out_all_the_same() -> None:
    ready = make_case(PROGRAM, seed=7, count=1, visits_month=0.0)
    assert_agree(furthest(ready, [TODAY, EVERYTHING], expected=True, open_only=False))
    seen = by_model(ready, [TODAY], expected=True, open_only=True).seen
    assert seen is not None
    assert seen.kits_given.min() > 0


def assert_agree(worst: dict[str, float]) -> None:
    assert {name: far for name, far in worst.items() if not far < CLOSE} == {}


TELLINGS = [pytest.param(True, id="stay open"), pytest.param(False, id="may close")]


@pytest.mark.parametrize("open_only", TELLINGS)
@pytest.mark.parametrize("expected", [pytest.param(True, id="expected"), pytest.param(False, id="futures")])
@pytest.mark.parametrize("name", variants())
def test_both_see_the_same(name: str, expected: bool, open_only: bool) -> None:
    assert_agree(furthest(case(name), [TODAY, EVERYTHING], expected=expected, open_only=open_only))


@pytest.mark.parametrize("expected", [pytest.param(True, id="expected"), pytest.param(False, id="futures")])
def test_they_agree_under_every_structure_and_from_any_month(expected: bool) -> None:
    assert_agree(furthest(case("made", count=4), [TODAY, LATER], expected=expected, open_only=False))


@pytest.mark.parametrize("expected", [pytest.param(True, id="expected"), pytest.param(False, id="futures")])
def test_each_option_alone_moves_both_alike(expected: bool) -> None:
    assert_agree(furthest(case("made", count=1), [TODAY, *EACH], expected=expected, open_only=True))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("expected", "open_only", "most"),
    [
        pytest.param(True, True, CLOSE, id="expected, stay open"),
        pytest.param(True, False, 1e-5, id="expected, may close"),  # rationing feeds rounding back, month after month
        pytest.param(False, False, CLOSE, id="futures, may close"),
    ],
)
def test_they_agree_over_five_years_and_many_futures(expected: bool, open_only: bool, most: float) -> None:
    worst = furthest(long_case(), [TODAY, EVERYTHING], expected=expected, open_only=open_only)
    assert {name: far for name, far in worst.items() if not far < most} == {}


@pytest.mark.parametrize("name", ["made", "one worker", "no sessions"])
def test_both_start_from_the_same_day(name: str) -> None:
    ready = case(name)
    assert ready.start.residual.max() < 1e-9
    for i in range(ready.futures.count):
        found, own = find_start(params(ready, i), ready.targets, structure(ready, i)), ready.start
        people = np.array([own.people[r, g, k, m, i] for r, g, k, m in CELLS])
        assert people == pytest.approx([found.people[cell] for cell in CELLS], rel=CLOSE)
        assert own.kits[:, i] == pytest.approx(found.kits, rel=CLOSE)
        levels = [own.contact[i], own.treatment_base[i], own.level[i], own.a_person[i], own.an_hour[i]]
        assert levels == pytest.approx([found.c, found.m_b, found.L, found.v, found.q], rel=CLOSE)
        new = [own.newcomers[r, k, i] for r, k in found.newcomers]
        assert new == pytest.approx(list(found.newcomers.values()), rel=CLOSE)
        run = by_oracle(ready, TODAY, i, expected=True, open_only=True)
        assert own.cost[i] == pytest.approx(run.start.cost_0, rel=CLOSE)


def test_some_of_these_runs_close_and_some_ration() -> None:
    """So that agreement is about what it should be about."""
    result = by_model(case("soon broke"), [TODAY], expected=False, open_only=False)
    assert result.seen is not None
    assert result.seen.closed[..., -1].max() == 1
    made = by_model(case("made"), [TODAY, EVERYTHING], expected=False, open_only=False)
    assert made.seen is not None
    assert made.seen.rationing.max() > 0.5
    assert made.seen.closed[..., -1].min() == 0


def test_the_comparison_can_fail() -> None:
    """A change too small to see in a chart is seen here."""
    ready = case("made")
    moved = replace(
        ready, futures=replace(ready.futures, p=ready.futures.p | {"nx_carry": ready.futures.p["nx_carry"] * 1.0001})
    )
    mixed = by_model(moved, [TODAY], expected=True, open_only=True)
    run = by_oracle(ready, TODAY, 0, expected=True, open_only=True)
    assert mixed.seen is not None
    assert not np.allclose(mixed.seen.deaths[0, 0], run.series["deaths"], rtol=CLOSE, atol=0)


V1 = {  # EVIDENCE.md, V1
    "od_public_share": 0.12, "od_witnessed_public": 0.82, "od_witnessed": 0.12 * 0.82 + 0.88 * 0.82 * 0.6,
    "call_911_public": 0.662, "call_911_overall": 0.12 * 0.662 + 0.88 * 0.662 * 0.59, "fatal_none": 0.0588235,
    "fatal_naloxone": 0.00856, "fatal_ems_rr": 0.588,
}  # fmt: skip


def test_v1_the_tree_of_the_evidence() -> None:
    """Deaths per overdose where naloxone meets 0, 20, 50, 80 and 100% of witnessed overdoses (decision tree of RESPOND)."""
    p = {key: np.full(1, value) for key, value in {**params(case("made"), 0), **V1}.items()}
    zero, one = np.zeros(1), np.ones(1)
    met = np.array([[0.0], [0.2], [0.5], [0.8], [1.0]])
    found = deaths_per_overdose(p, zero, one, met, help_today(zero, np), np)
    assert found.share[:, 0] == pytest.approx([0.05315, 0.04894, 0.04263, 0.03632, 0.03212], abs=5.1e-6)
    assert found.witnessed[0] == pytest.approx(0.5314, abs=5.1e-5)
    falls = 1 - found.share[:, 0] / found.share[0, 0]
    assert falls == pytest.approx([0, 0.079, 0.198, 0.317, 0.396], abs=5.1e-4)
    weak = {"lethality": "more", "ambulance": "weak"}
    other = fatality({key: float(x[0]) for key, x in p.items()}, met[:, 0].tolist(), weak)
    assert found.share[:, 0] == pytest.approx(other.by_reach, rel=1e-12)
