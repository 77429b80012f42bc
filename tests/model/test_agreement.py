"""Two people's models agree: the one that runs, and the plain one written from docs/model.md without sight of it.

Every series that both tell, the start and the years of life, to a millionth, on the same futures.
Where two funds' pressures tie, which pays first is open; the seeds are such that none tie here.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache

import numpy as np
import pytest
from held_together import (
    EVIDENCE,
    SERIES,
    Case,
    again,
    apart,
    by_model,
    by_oracle,
    first_day,
    furthest,
    make_case,
    params,
    structure,
)
from made import EFFECTS, EVERYTHING, FUNDS, OPTIONS, PROGRAM, START, SUPPLIES, TODAY, make_portfolio, make_program
from oracle import CELLS, fatality, find_start, outbreak_here
from oracle_infection import SUPPRESSION_MOST, outbreak

from longview.model import outbreak as outbreak_of_model
from longview.model import sharing
from longview.model.fatality import deaths_per_overdose, help_today
from longview.program import Count, Program, levers, with_asks
from longview.program.types import Effect, Fund, LedgerLine, Option, Post, Records, ServiceCount
from longview.results import Portfolio

CLOSE = 1e-6
FED_BACK = 1e-5  # where the expected form may close: rationing feeds rounding back, month after month
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


WITHOUT_SYRINGES = tuple(supply for supply in SUPPLIES if supply.item != "syringes")
COUNTED = Records(
    services=tuple(
        ServiceCount(START.plus(-n), "house", "syringes_out", Count.of(9_000 + 50 * n)) for n in range(1, 15)
    )
)


@dataclass(frozen=True)
class Variant:
    """A program, rows of evidence that are not drawn, and today's targets that it does not imply."""

    program: Program = PROGRAM
    rows: dict[str, float] = field(default_factory=dict)
    targets: dict[str, float] = field(default_factory=dict)


ASKING = make_program(
    options=(
        *OPTIONS,
        Option("ask-state", "Ask the state for more", "ask", fund="state", amount=Decimal(30_000), chance=0.8),
        Option("ask-foundation", "Ask a foundation", "ask", fund="foundation", chance=0.7),
        Option("stop-rent", "Give up the store", "stop", stops=("rented-store", "course", "fuel")),
        Option("stop-sharps", "No longer take sharps away", "stop", stops=("sharps",)),
        Option("no-city", "Turn the city down", "decline", fund="city"),
        Option("no-settlement", "Turn the settlement down", "decline", fund="settlement"),
        Option("shut-evenings", "Shut in the evenings", "yes-no"),
        Option("shut-days", "Shut by day", "yes-no"),
    ),
    effects=(
        *EFFECTS,
        Effect("shut-evenings", "hours_evening", "add", -9.0, -12.0, -3.0),
        Effect("shut-days", "hours_day", "add", -11.0),
    ),
    funds=tuple(replace(f, report_hours=6.0) if f.id == "city" else f for f in FUNDS),
)
ASKED = (
    make_portfolio({"ask-state": 1.0, "ask-foundation": 1.0, "shut-evenings": 1.0}, START, name="asked"),
    make_portfolio({"no-city": 1.0, "no-settlement": 1.0, "stop-rent": 1.0}, name="declined"),
    make_portfolio(
        {"ask-foundation": 1.0, "no-city": 1.0, "stop-rent": 2.0, "stop-sharps": 3.0, "shut-days": 1.0},
        START.plus(8),
        name="both",
    ),
)
"""Asks, declines, costs stopped (some more than once over) and doors shut."""

INFECTION = {
    "no syringes": Variant(make_program(supplies=WITHOUT_SYRINGES)),
    "syringes counted, none bought": Variant(make_program(supplies=WITHOUT_SYRINGES, records=COUNTED)),
    "syringes of two kinds, counted": Variant(
        make_program(supplies=(*SUPPLIES, replace(SUPPLIES[1], id="long", a_month=4_000.0, stock=0.0)), records=COUNTED)
    ),
    "syringes as services counted, of two kinds": Variant(
        make_program(
            supplies=(
                *WITHOUT_SYRINGES,
                replace(SUPPLIES[1], a_month=None),
                replace(SUPPLIES[1], id="long", a_month=4_000.0, unit_price=Decimal("0.16")),
            ),
            records=COUNTED,
        )
    ),
    "more hepatitis than infections sustain": Variant(rows={"hcv_incidence_us": 0.012}),
    "HIV that infections alone sustain": Variant(rows={"hiv_prev_us": 0.02, "hiv_incidence_us": 0.004}),
    "HIV from elsewhere": Variant(rows={"hiv_prev_us": 0.004, "hiv_incidence_us": 0.0002}),
    "HIV found slowly": Variant(rows={"hiv_prev_us": 0.02, "hiv_incidence_us": 0.004, "hiv_diagnosis": 0.03}),
    "syringes that would infect": Variant(
        rows={
            "nsp_hiv_rr": 1.01,
            "ost_hcv_rr": 0.99,
            "both_interaction": 1.25,
            "jail_rate": 0.6,
            "jail_hcv_rr": 0.8,
            "hiv_suppressed_rr": 0.5,
            "ops_share_of_use": 0.9,
            "ops_death_in_site": 0.004,
            "hotline_cover_share": 0.09,
        }
    ),
    "nobody reached": Variant(targets={"participants_12m": 0.0}),
    "nobody injects": Variant(rows={"route_mix_inject": 0.0}),
    "only those who inject": Variant(rows={"route_mix_smoke": 0.0, "route_mix_stimulants": 0.0}),
    "nobody on medication": Variant(rows={"moud_share_need": 0.0}),
    "seizures felt for months": Variant(rows={"seizure_half_life": 60.0, "seizure_share": 0.2}),
    "soon broke": Variant(make_program(funds=FUNDS[-1:], free_cash=Decimal(9_000), credit_limit=Decimal(5_000))),
}
"""What the mathematics of infection and of laws treats apart."""


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
        "a house worth less than its repairs": make_program(
            sites=(replace(PROGRAM.sites[0], replacement_value=Decimal(46_000)), PROGRAM.sites[1]),
        ),
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
def infection_case(name: str) -> Case:
    variant = INFECTION[name]
    return make_case(variant.program, seed=19, count=2, rows=variant.rows, **variant.targets)


OF_LAWS_AND_SERVICES = (
    "drug_checking", "room", "smoking_supplies", "spotting", "onsite", "retention", "moud_access", "jail_moud", "jail",
    "calling", "kits_elsewhere", "kits_pharmacy", "syringe_rule", "syringes_added", "syringes_elsewhere", "hiv_testing",
    "hcv_treatment", "wound_care", "police", "monitoring", "seizures", "seizures_once", "supply",
)  # fmt: skip


@cache
def extremes() -> tuple[Program, list[Portfolio]]:
    """Each lever of laws and services as low and as high as it goes, alone and together."""
    options, effects = [], []
    for name in OF_LAWS_AND_SERVICES:
        lever = levers()[name]
        for end, value in (("least", lever.low), ("most", lever.high)):
            if value == lever.today:
                continue
            options.append(Option(f"{end}-{name}", f"{name}: {end}", "yes-no"))
            effects.append(Effect(f"{end}-{name}", name, "add" if lever.kind == "pulse" else "set", value))
    program = make_program(options=(*OPTIONS, *options), effects=(*EFFECTS, *effects))
    alone = [make_portfolio({option.id: 1.0}, name=option.id) for option in options]
    together = [
        make_portfolio({option.id: 1.0 for option in options if option.id.startswith(end)}, START, name=end)
        for end in ("least", "most")
    ]
    return program, [*together, *alone]


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


def assert_agree(worst: dict[str, float], most: float = CLOSE) -> None:
    assert {name: far for name, far in worst.items() if not far < most} == {}


TELLINGS = [pytest.param(True, id="stay open"), pytest.param(False, id="may close")]


@pytest.mark.parametrize("open_only", TELLINGS)
@pytest.mark.parametrize("expected", [pytest.param(True, id="expected"), pytest.param(False, id="futures")])
@pytest.mark.parametrize("name", variants())
def test_both_see_the_same(name: str, expected: bool, open_only: bool) -> None:
    assert_agree(furthest(case(name), [TODAY, EVERYTHING], expected=expected, open_only=open_only))


@pytest.mark.parametrize(
    ("expected", "open_only"), [pytest.param(True, True, id="expected"), pytest.param(False, False, id="futures")]
)
def test_both_see_the_same_of_asking_declining_and_stopping(expected: bool, open_only: bool) -> None:
    ready = make_case(with_asks(ASKING), seed=5, count=4)
    assert_agree(furthest(ready, [TODAY, *ASKED], expected=expected, open_only=open_only))


@pytest.mark.parametrize(
    ("expected", "open_only"), [pytest.param(True, True, id="expected"), pytest.param(False, False, id="futures")]
)
@pytest.mark.parametrize("name", INFECTION)
def test_both_see_the_same_infection(name: str, expected: bool, open_only: bool) -> None:
    assert_agree(furthest(infection_case(name), [TODAY, EVERYTHING], expected=expected, open_only=open_only))


def test_they_agree_where_a_law_goes_as_far_as_it_can() -> None:
    program, portfolios = extremes()
    ready = make_case(program, seed=3, count=1)
    assert_agree(furthest(ready, [TODAY, *portfolios], expected=True, open_only=True))
    assert_agree(furthest(ready, portfolios[:2], expected=False, open_only=False))


@pytest.mark.parametrize(
    ("expected", "most"), [pytest.param(True, FED_BACK, id="expected"), pytest.param(False, CLOSE, id="futures")]
)
def test_they_agree_under_every_structure_and_from_any_month(expected: bool, most: float) -> None:
    assert_agree(furthest(case("made", count=4), [TODAY, LATER], expected=expected, open_only=False), most)


@pytest.mark.parametrize("expected", [pytest.param(True, id="expected"), pytest.param(False, id="futures")])
def test_each_option_alone_moves_both_alike(expected: bool) -> None:
    assert_agree(furthest(case("made", count=1), [TODAY, *EACH], expected=expected, open_only=True))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("expected", "open_only", "most"),
    [
        pytest.param(True, True, CLOSE, id="expected, stay open"),
        pytest.param(True, False, FED_BACK, id="expected, may close"),
        pytest.param(False, False, CLOSE, id="futures, may close"),
    ],
)
def test_they_agree_over_five_years_and_many_futures(expected: bool, open_only: bool, most: float) -> None:
    assert_agree(furthest(long_case(), [TODAY, EVERYTHING], expected=expected, open_only=open_only), most)


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


@pytest.mark.parametrize("name", INFECTION)
def test_infection_stands_alike_in_both(name: str) -> None:
    ready = infection_case(name)
    for i in range(ready.futures.count):
        of_day = tuple(params(ready, i).items()), tuple(ready.targets.items()), tuple(structure(ready, i).items())
        found, levels = first_day(*of_day).infection.infected, first_day(*of_day).infection.levels
        own, spread = ready.start.infected, ready.start.spread
        assert own.hcv[:, i] == pytest.approx(found.hcv, rel=CLOSE)
        assert own.hiv[..., i] == pytest.approx(np.array(found.hiv), rel=CLOSE)
        brought, s = levels.newcomers_hiv, params(ready, i)["hiv_suppressed_share"]
        unseen = (1 - s) * levels.undiagnosed
        assert [spread.cured[i], spread.hcv_brought[i], spread.suppressed[i], spread.wounds[i]] == pytest.approx(
            [levels.clearing, levels.newcomers_hcv, levels.suppressing, levels.mean_wounds], rel=CLOSE, abs=1e-9
        )
        assert spread.hiv_brought[:, i] == pytest.approx(
            [brought * unseen, brought * (1 - s - unseen), brought * s], rel=CLOSE, abs=1e-9
        )
        expected = params(ready, i)["hiv_prev_us"] * sum(first_day(*of_day).injecting.opening)
        below = levels.newcomers_hiv == 0 and sum(map(sum, found.hiv)) > expected * (1 + CLOSE)
        assert bool(ready.start.hiv_below[i]) == below


def test_these_cases_are_what_they_say() -> None:
    """So that agreement is about what it should be about."""
    spread = {name: infection_case(name).start.spread for name in INFECTION}
    assert spread["more hepatitis than infections sustain"].hcv_brought.min() > 0
    assert spread["more hepatitis than infections sustain"].cured.max() == 0
    assert spread["HIV that infections alone sustain"].hiv_brought.max() == 0
    assert spread["HIV from elsewhere"].hiv_met.max() == 0
    assert spread["HIV found slowly"].suppressed.max() == SUPPRESSION_MOST
    assert infection_case("no syringes").start.syringes.max() == 0
    assert infection_case("syringes counted, none bought").start.syringes.max() == pytest.approx(9_325)
    assert infection_case("nobody reached").start.infected.hcv[1].max() == 0
    assert infection_case("nobody injects").start.infected.hcv.max() == 0
    closing = by_model(infection_case("soon broke"), [TODAY], expected=False, open_only=False).seen
    assert closing is not None
    assert closing.closed[..., -1].max() == 1


@pytest.mark.parametrize("name", ["no syringes", "seizures felt for months", "nobody reached"])
def test_an_outbreak_is_as_large_in_both(name: str) -> None:
    ready = infection_case(name)
    people = ready.start.people[0].sum(axis=(0, 1, 2))
    for ours in (True, False):
        spread = sharing(ready.start, ready.futures.p, syringes=ours)
        told = outbreak_of_model(people, spread, ready.futures.p)
        for i in range(ready.futures.count):
            began = first_day(
                tuple(params(ready, i).items()), tuple(ready.targets.items()), tuple(structure(ready, i).items())
            )
            syringes = ready.targets["syringes_month"] if ours else 0.0
            assert told.infected[:, i] == pytest.approx(outbreak_here(params(ready, i), began, syringes), rel=CLOSE)


def test_an_outbreak_grows_alike_under_any_figures() -> None:
    """Futures as drawn, spread that changes by day, towns of any size."""
    p = infection_case("HIV from elsewhere").futures.p
    for people in (2.0, 30.0, 536.0, 1e5):
        by_day = np.linspace(1.0, 0.3, 1_826)[:, None] * np.ones(2)
        told = outbreak_of_model(np.full(2, people), by_day, p)
        for i in range(2):
            row = {key: float(x[i]) for key, x in p.items()}
            plain = outbreak(row, people, by_day[:, 0].tolist().__getitem__)
            assert told.infected[:, i] == pytest.approx(plain, rel=CLOSE)


def test_some_of_these_runs_close_and_some_ration() -> None:
    """So that agreement is about what it should be about."""
    result = by_model(case("soon broke"), [TODAY], expected=False, open_only=False)
    assert result.seen is not None
    assert result.seen.closed[..., -1].max() == 1
    made = by_model(case("made"), [TODAY, EVERYTHING], expected=False, open_only=False)
    assert made.seen is not None
    assert made.seen.rationing.max() > 0.5
    assert made.seen.closed[..., -1].min() == 0


@pytest.mark.parametrize(
    ("key", "series"),
    [
        ("nx_carry", "deaths"), ("seizure_half_life", "overdoses"), ("mix_in", "hcv_infections"),
        ("syringe_share_onward", "hiv_infections"), ("reuse_skin_rr", "wounds_hospital"), ("jail_moud_rr", "deaths"),
    ],
)  # fmt: skip
def test_the_comparison_can_fail(key: str, series: str) -> None:
    """A change too small to see in a chart is seen here."""
    ready = case("made")
    moved = replace(ready, futures=replace(ready.futures, p=ready.futures.p | {key: ready.futures.p[key] * 1.01}))
    mixed = by_model(moved, [EVERYTHING], expected=True, open_only=True)
    run = by_oracle(ready, EVERYTHING, 0, expected=True, open_only=True)
    assert mixed.seen is not None
    assert not np.allclose(getattr(mixed.seen, series)[0, 0], run.series[series], rtol=CLOSE, atol=0)


OF_ITSELF = frozenset(
    ["outbreak_beta", "outbreak_casefinding", "outbreak_ramp_days", "outbreak_unseen_days", "outbreak_removal"]
)
NOT_HERE = frozenset([
    "credit_months", "fatal_ems_rr_fast", "frailty_sd", "load_today", "nx_adj", "origin_share", "quit_hr_worker",
    "reach_us_other", "readiness_hours", "reversal_report_share", "supply_shock_rate", "supply_shock_size",
    "supply_walk_sd", "visits_per_participant_year",
])  # fmt: skip
"""Rows read before a run, or by what this run (expected, weak ambulance, rich enough, half a day a week) does not meet."""


def test_every_row_of_evidence_moves_something_here() -> None:
    """So that a row read wrongly would be seen: a thousandth of each, in a future of its own."""
    keys = sorted(EVIDENCE.keys)
    certain = make_program(effects=tuple(replace(effect, low=None, high=None) for effect in EFFECTS))
    ready = make_case(certain, seed=7, count=len(keys) + 1)
    rows = {key: np.full(len(keys) + 1, x[0]) for key, x in ready.futures.p.items()}
    for n, key in enumerate(keys):
        rows[key][n + 1] *= 1.001
    flat = np.ones(len(keys) + 1)
    told = by_model(again(ready, p=rows, deadlier=flat, weak=flat), [EVERYTHING], expected=True, open_only=False).seen
    assert told is not None
    moved = {
        key: max(float(apart(name, x[:, n + 1], x[:, 0]).max()) for name in SERIES for x in [getattr(told, name)])
        for n, key in enumerate(keys)
    }
    assert {key for key, far in moved.items() if far < 1e-9} <= OF_ITSELF | NOT_HERE | {"productive_share"}
    people = np.full(len(keys) + 1, 536.0)
    sizes = outbreak_of_model(people, np.ones(len(keys) + 1), rows).infected[-1]
    assert {key for n, key in enumerate(keys) if abs(sizes[n + 1] / sizes[0] - 1) > 1e-9} == OF_ITSELF


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
