"""Commitments: every option of the pick is promised once, paid in full, and only by funds that may."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
import report_made as made
from hypothesis import given
from hypothesis import strategies as st

from longview.plan import make_plan
from longview.plan.budget import FREE, Assumed, costs, priced, shared_out, year_keys
from longview.plan.commitments import NO_SIGN, SIGNS
from longview.program import Effect, Month, Price, Supply, levers
from longview.program.items import fund_may_pay, items
from longview.results import Choice, Outlook, Plan

KEYS = {"records_hash": "r", "evidence_hash": "e", "version": "v"}


def plan(**changes: object) -> Plan:
    program = made.program(**changes)
    return make_plan(made.decision(), made.outlook(), made.outlook(gain=0.028), program, 5, **KEYS, price_growth=0.03)  # type: ignore[arg-type]


def test_each_choice_is_promised_once_in_the_order_of_its_start() -> None:
    found = plan()
    assert [c.option for c in found.commitments] == ["boxes", "kits"]
    assert [c.by for c in found.commitments] == sorted(c.start for c in made.decision().portfolio.choices)
    assert [c.who for c in found.commitments] == ["Outreach lead", "Outreach lead"]
    assert found.commitments[1].what == "More naloxone kits: 500 kits a year"


def test_an_option_that_names_nobody_is_seen_to_by_the_director() -> None:
    program = made.program()
    nobody = tuple(replace(o, owner=None) for o in program.options)
    assert {c.who for c in plan(options=nobody).commitments} == {"Director"}


def test_years_are_named_by_the_year_in_which_they_end() -> None:
    assert year_keys(Month(2026, 7), 3) == (2027, 2028, 2029)
    assert year_keys(Month(2023, 1), 2) == (2023, 2024)
    assert all(set(c.expected) == {2027, 2028, 2029, 2030, 2031} for c in plan().commitments)


def test_a_path_lies_within_its_range_and_is_the_outlooks_own() -> None:
    pick = made.outlook(gain=0.028)
    for commitment in plan().commitments:
        for year in commitment.expected:
            assert commitment.low[year] <= commitment.expected[year] <= commitment.high[year]
    first = np.median(pick.kits_given[:, :12].sum(axis=1))
    assert plan().commitments[1].expected[2027] == pytest.approx(first, rel=1e-3)


def test_prices_are_paid_in_full_in_each_years_own_money() -> None:
    """Boxes cost $90 a month from August 2026, and prices rise 3% a year."""
    boxes = plan().commitments[0]
    by_year = {year: sum(float(fund.get(year, 0)) for fund in boxes.money.values()) for year in boxes.expected}
    months = np.arange(60)
    due = np.where(months >= 1, 90 * 1.03 ** (months / 12), 0).reshape(5, 12).sum(axis=1)
    assert list(by_year.values()) == pytest.approx(due.tolist(), abs=2)


def test_kits_cost_their_price_and_a_raise_its_pay_with_benefits() -> None:
    program = made.program()
    found = costs(program, [Choice("kits", 500.0, program.starts)], 2, Assumed())
    assert found["kits", "naloxone"] == pytest.approx([25000, 25000])
    found = costs(program, [Choice("raise", 1.0, program.starts.plus(6))], 2, Assumed(benefits=0.1))
    seats = 4 * 21.5 * 35 + 26 * 35 + 34 * 40  # the nurse's place is on hold
    assert found["raise", "wages"] == pytest.approx([seats * 52 * 0.12 * 1.1 / 2, seats * 52 * 0.12 * 1.1])


def test_more_of_what_nobody_counted_in_the_files_costs_what_is_handed_out() -> None:
    program = made.program(effects=(Effect("kits", "kits", "multiply", 1.5),))
    silent = replace(program, supplies=tuple(replace(s, a_month=None) for s in program.supplies))
    choice = [Choice("kits", 1.0, program.starts)]
    assert costs(silent, choice, 1, Assumed()) == {}
    assert costs(silent, choice, 1, Assumed(handed={"naloxone": 60.0}))["kits", "naloxone"] == pytest.approx([18000])
    assert costs(program, choice, 1, Assumed())["kits", "naloxone"] == pytest.approx([18000])


def test_a_rule_on_syringes_costs_the_syringes_that_it_asks_for_and_nothing_else() -> None:
    sold = (
        Supply("syringes", "syringes", Decimal("0.10"), a_month=1_000.0),
        Supply("pipes", "pipes", Decimal(1), a_month=9.0),
    )
    program = made.program(effects=(Effect("kits", "syringe_rule", "multiply", 2.0),), supplies=sold)
    found = costs(program, [Choice("kits", 1.0, program.starts)], 1, Assumed())
    assert found["kits", "syringes"] == pytest.approx([1_200])
    assert set(found) == {("kits", "syringes")}


def test_what_happens_once_is_paid_once_and_what_ends_ends() -> None:
    program = made.program(
        prices=(
            Price("roof", "building", "once", Decimal(45000)),
            Price("roof", "contracts", "monthly", Decimal(10), after=3, months=2),
        )
    )
    found = priced(program, Choice("roof", 1.0, program.starts.plus(14)), 3, Assumed())
    assert found["building"].tolist() == [0, 45000, 0]
    assert found["contracts"].tolist() == [0, 20, 0]


FUNDS = ["state", "foundation", "city", "gifts"]


@given(
    st.lists(st.tuples(st.sampled_from(sorted(items())), st.floats(0, 50_000)), min_size=1, max_size=5),
    st.lists(st.floats(-5_000, 40_000), min_size=4, max_size=4),
)
def test_every_cost_is_paid_in_full_and_a_fund_never_pays_what_it_may_not(
    needs: list[tuple[str, float]], room: list[float]
) -> None:
    program = made.program()
    costs_of = {(f"o{n}", item): np.array([need]) for n, (item, need) in enumerate(needs)}
    paid = shared_out(program, costs_of, {fund: np.array([r]) for fund, r in zip(FUNDS, room, strict=True)}, 1)
    given_by = dict.fromkeys([*FUNDS, FREE], 0.0)
    for (option, item), need in costs_of.items():
        by = paid.get(option, {})
        if need[0] > 1:
            assert sum(m[0] for m in by.values()) == pytest.approx(need[0], abs=1.0 * len(given_by))
        for fund, money in by.items():
            assert money[0] >= 0
            given_by[fund] += money[0]
            if fund != FREE:
                assert fund_may_pay(next(f for f in program.funds if f.id == fund), item)
    for fund, r in zip(FUNDS, room, strict=True):
        assert given_by[fund] <= max(0.0, r) * 1.001 + 1e-6


def test_a_price_that_names_its_funds_is_paid_by_no_other() -> None:
    program = made.program(prices=(Price("boxes", "printing", "monthly", Decimal(90), paid_by=("gifts",)),))
    paid = shared_out(program, {("boxes", "printing"): np.array([900.0])}, {f: np.array([500.0]) for f in FUNDS}, 1)
    assert set(paid["boxes"]) == {"gifts", FREE}
    assert paid["boxes"]["gifts"][0] == pytest.approx(500, abs=1)


def test_a_pick_that_costs_nothing_is_paid_by_nobody() -> None:
    assert shared_out(made.program(), {}, {f: np.array([500.0]) for f in FUNDS}, 1) == {}


def test_every_lever_has_a_sign_that_is_a_series_of_results() -> None:
    assert set(SIGNS) | {"new_place_miles"} == set(levers())
    assert {series for series, _, _ in [*SIGNS.values(), NO_SIGN]} <= set(Outlook.__dataclass_fields__)


def test_look_again_stands_on_the_bad_side_of_the_likely_range_in_the_first_whole_year() -> None:
    kits = plan().commitments[1]
    assert kits.look_again == f"kits_given < {kits.low[2028]:g} by 2028"
    raised = made.program(effects=(Effect("kits", "wage", "multiply", 1.1),))
    found = make_plan(made.decision(), made.outlook(), made.outlook(), raised, 5, **KEYS).commitments[1]
    assert found.look_again == f"quits > {found.high[2028]:g} by 2028"


def test_outlooks_that_are_too_short_or_of_other_futures_are_refused() -> None:
    today, pick, program = made.outlook(), made.outlook(gain=0.028), made.program()
    with pytest.raises(ValueError, match="needs 72"):
        make_plan(made.decision(), today, pick, program, 6, **KEYS)
    with pytest.raises(ValueError, match="same futures"):
        make_plan(made.decision(), replace(today, deaths=today.deaths[:5]), pick, program, 5, **KEYS)
