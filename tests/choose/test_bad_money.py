"""Programs with little to choose or to spend: each gets a clear answer, none an error or a wait without end."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from decimal import Decimal as D
from pathlib import Path

import numpy as np
import pytest
from choose_made import GIVEN, MONTHS, ROUNDS, STARTS, made_values, small
from planned_made import fund, plain

import longview
from longview.choose import Budget, NothingAffordableError, Space, choose, clash_words, offer
from longview.program import REFUSED, Cost, Effect, Fund, Month, Option, Post, Price, with_asks


def best(program, months=MONTHS, seed=3):
    return choose(program, made_values(seed), months=months, given=GIVEN, rounds=ROUNDS)


def kind(name: str, **change) -> Option:
    return Option(name, name.title(), change.pop("kind", "yes-no"), **change)


def refused(*options: Option, **change) -> dict[str, str]:
    program = with_asks(replace(small(options=options, effects=(), prices=()), **change))
    return dict(offer(program, MONTHS).refused)


def test_without_options_the_money_is_kept():
    decision = best(small(options=(), effects=(), prices=()))
    assert decision.portfolio.choices == ()
    assert (decision.considered, decision.affordable, decision.method) == (1, 1, "enumerated")


def test_without_any_money_only_what_costs_nothing_is_affordable_and_the_lack_is_told():
    poor = small(free_cash=D(0), reserve=D(0), funds=(), run_short=1.0)
    free = replace(poor, options=(*poor.options, kind("spotting")))
    decision = best(free)
    assert {c.option for c in decision.portfolio.choices} <= {"spotting"}
    assert {o.id for o in poor.options} <= {name for name, why in decision.refused.items() if why == "not-affordable"}
    assert any(flag.code == "today-lacks-money" for flag in decision.flags)


def test_with_one_fund_it_pays_what_it_may_and_nothing_else():
    one = fund("kits", 90_000, may_pay=("supplies",), last=STARTS.plus(23))
    space = Space(small(funds=(one,)), offer(small(), MONTHS), Budget(small(funds=(one,)), MONTHS, GIVEN))
    kits = np.array([[int(name == "more-kits") for name in space.offer.ids]])
    raised = np.array([[3 * int(name == "raise") for name in space.offer.ids]])
    spare = replace(small(funds=(one,)), free_cash=D(10_000))
    tight = Space(spare, offer(spare, MONTHS), Budget(spare, MONTHS, GIVEN))
    assert tight.affordable(kits).all()
    assert not tight.affordable(raised).any()


def test_forty_options_are_counted_and_searched():
    names = [f"o{i:02d}" for i in range(40)]
    options = tuple(kind(name, requires=(names[i - 1],) if i % 3 == 2 else ()) for i, name in enumerate(names))
    prices = tuple(Price(name, "building", "once", D(1_000 * (i % 7 + 1))) for i, name in enumerate(names))
    program = small(options=options, prices=prices, effects=(), run_short=1.0)
    on_offer = offer(program, MONTHS)
    assert on_offer.count() == 2**14 * 3**13  # 13 tied pairs, each with three ways, and 14 that are free
    decision = choose(program, made_values(3), months=MONTHS, given=GIVEN, rounds=replace(ROUNDS, most=60))
    assert decision.method == "searched"
    assert decision.portfolio.choices


def test_forty_options_in_one_chain_are_counted_at_once():
    chain = tuple(kind(f"o{i:02d}", requires=(f"o{i - 1:02d}",) if i else ()) for i in range(40))
    assert offer(small(options=chain, effects=(), prices=()), MONTHS).count() == 41
    ring = tuple(kind(f"o{i:02d}", excludes=(f"o{(i + 1) % 40:02d}",)) for i in range(40))
    assert offer(small(options=ring, effects=(), prices=()), MONTHS).count() == 228_826_127  # a Lucas number


def test_more_raises_than_can_be_weighed_together_are_refused_by_name():
    options = tuple(kind(f"raise-{i:02d}") for i in range(40))
    effects = tuple(Effect(o.id, "wage", "multiply", 1.01) for o in options)
    found = offer(small(options=options, effects=effects, prices=()), MONTHS)
    assert len(found.axes) == 10
    assert set(found.refused.values()) == {"too-many-together"}


def test_options_without_cost_are_weighed_like_any_other():
    program = small(options=(kind("spotting"), kind("buddies")), effects=(), prices=(), run_short=1.0)
    decision = best(program)
    assert decision.affordable == 4
    assert decision.comparison.cost[decision.pick] == 0


def test_options_that_require_one_another_are_done_together_or_not_at_all():
    ring = (kind("a", requires=("b",)), kind("b", requires=("c",)), kind("c", requires=("a",)))
    program = small(options=ring, effects=(), prices=(), run_short=1.0)
    found = offer(program, MONTHS)
    assert not found.refused
    assert found.count() == 2
    assert {len(p.choices) for p in best(program).comparison.portfolios} <= {0, 3}


def test_an_option_that_can_never_be_had_is_refused_with_why():
    assert refused(kind("a", requires=("a",))) == {"a": "requires-itself"}
    tangled = refused(kind("a", requires=("b",)), kind("b", excludes=("a",)), kind("c", requires=("a",)))
    assert tangled == {"a": "excludes-its-need", "c": "excludes-its-need"}
    deep = refused(kind("a", requires=("b", "c")), kind("b", requires=("d",)), kind("c", excludes=("d",)), kind("d"))
    assert deep == {"a": "excludes-its-need"}
    assert refused(kind("a", requires=("nobody",))) == {"a": "needs-what-is-refused"}


def test_an_ask_a_stop_or_a_decline_that_comes_to_nothing_is_refused_with_why():
    hoped = fund("city", 9_000, status="hoped", chance_of_award=0.5)
    late = replace(hoped, id="later", first=Month(2030, 1), last=Month(2030, 12))
    funds = (*small().funds, hoped, late)
    found = refused(
        kind("ask-none", kind="ask"),
        kind("ask-unknown", kind="ask", fund="nobody"),
        kind("ask-a", kind="ask", fund="city"),
        kind("ask-b", kind="ask", fund="city", amount=D(20_000)),
        kind("ask-late", kind="ask", fund="later"),
        kind("no-fund", kind="decline"),
        kind("no-city", kind="decline", fund="city"),
        kind("no-state", kind="decline", fund="state"),
        kind("no-state-2", kind="decline", fund="state"),
        kind("stop-none", kind="stop"),
        kind("stop-unknown", kind="stop", stops=("nobody",)),
        kind("stop-rent", kind="stop", stops=("rent",)),
        funds=funds,
    )
    assert found == {
        "ask-none": "asks-no-fund",
        "ask-unknown": "asks-no-fund",
        "ask-a": "asked-twice",
        "ask-late": "late",
        "no-fund": "declines-no-fund",
        "no-city": "not-ours-to-decline",
        "no-state-2": "declined-twice",
        "stop-none": "stops-nothing",
        "stop-unknown": "stops-nothing",
    }


def test_two_stops_of_one_cost_and_asking_for_more_of_what_is_declined_exclude_each_other():
    options = (
        kind("ask-more", kind="ask", fund="state", amount=D(9_000), chance=0.5),
        kind("no-state", kind="decline", fund="state"),
        kind("stop-a", kind="stop", stops=("rent",)),
        kind("stop-b", kind="stop", stops=("rent",)),
    )
    found = offer(with_asks(small(options=options, effects=(), prices=())), MONTHS)
    assert not found.refused
    assert found.count() == 9
    assert found.allowed(np.array([[1, 0, 1, 0], [1, 1, 0, 0], [0, 0, 1, 1]])).tolist() == [True, False, False]


def test_every_code_of_a_refusal_has_its_words():
    tree = ast.parse((Path(longview.__file__).parent / "choose/options.py").read_text(encoding="utf-8"))
    giving = ("_refusal", "_senseless", "_tangled", "_drop_crowds", "offer")
    bodies = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name in giving]
    assert len(bodies) == len(giving)
    texts = {
        n.value for body in bodies for n in ast.walk(body) if isinstance(n, ast.Constant) and isinstance(n.value, str)
    }
    codes = {text for text in texts if re.fullmatch(r"[a-z]+(-[a-z]+)+", text)} | {"late", "unlawful"}
    assert len(codes) > 10
    assert codes <= set(REFUSED)


def test_a_plan_longer_than_its_funds_counts_their_renewals_and_says_from_when_nothing_is_signed():
    short_lived = replace(small().funds[0], chance_of_renewal=0.0)
    program = small(funds=(short_lived, small().funds[2]), run_short=1.0)
    decision = best(program, months=36)
    said = next(flag for flag in decision.flags if flag.code == "nothing-signed-after")
    assert said.detail == "June 2023"
    lasting = replace(short_lived, last=None)
    assert not any(f.code == "nothing-signed-after" for f in best(small(funds=(lasting,), run_short=1.0)).flags)


def test_a_plan_that_outlasts_a_lease_says_so():
    site = replace(small().sites[0], premises="leased")
    ends = small().starts.plus(11)  # the plan's last month of 12

    def told(**changes):
        flags = best(small(sites=(replace(site, **changes),), run_short=1.0), months=12).flags
        return [flag.detail for flag in flags if flag.code == "lease-ends"]

    assert told(lease_until=ends.plus(-1)) == ["Main (November 2023)"]
    assert told(lease_until=ends) == told(lease_until=None) == []
    assert told(lease_until=ends.plus(-1), premises="owned") == []


FLOOR = {"living_wage": D("20"), "living_wage_by": 2024, "run_short": 1.0}


def a_raise(**change):
    """Three workers at 15 an hour; raises to 16, 17, …, 20; free cash alone pays."""
    program = plain(
        costs=(),
        posts=(Post("w", "outreach", 3, 3, 12, D(15), benefits=0.0),),
        options=(kind("raise", kind="level", least=1, most=5, step=1), kind("roof", kind="once")),
        effects=(Effect("raise", "wage", "add", 1 / 15),),
        prices=(Price("roof", "building", "once", D(500)),),
        funds=(Fund("gifts", "Gifts", "own", D(3 * 12 * 52 * 15), STARTS, None),),
    )
    return replace(program, **{**FLOOR, **change})


def clash_of(program, evaluate=None, months=MONTHS):
    with pytest.raises(NothingAffordableError) as nothing:
        choose(
            program, evaluate or made_values(4), months=months, given=replace(GIVEN, price_growth=0.0), rounds=ROUNDS
        )
    return nothing.value.clash


def test_floor_and_money_clash_by_the_money_that_is_lacking_the_wage_that_is_paid_and_the_month_that_would_do():
    """A dollar more an hour is 156 a month: 16 months of five dollars cost 12,480."""
    program = a_raise(free_cash=D(3_000), living_wage_by=2023)
    found = clash_of(program)
    assert found.floors == ("living-wage-by",)
    assert found.lacks == pytest.approx(D(12_480 - 3_000), abs=1)
    assert found.rate == D("16.00")  # a dollar costs 2,496, two cost 4,992
    assert found.month == found.begins == STARTS.plus(13)  # 3,000 pay three months of 780
    words = clash_words(program, found)
    assert "lacks about 9,500 USD" in words
    assert "February 2024" in words
    assert "16.00 USD an hour" in words


def test_the_money_that_a_clash_lacks_is_just_enough():
    program = a_raise(free_cash=D(3_000), living_wage_by=2023)
    lacking = clash_of(program).lacks
    assert best(replace(program, free_cash=D(3_000) + lacking + 1)).portfolio.level("raise") == 5
    clash_of(replace(program, free_cash=D(3_000) + lacking - 2))


def test_no_option_that_reaches_the_floor_is_told_with_the_wage_that_is_reached():
    program = a_raise(living_wage=D("23"), free_cash=D(90_000))
    found = clash_of(program)
    assert found.floors == ("living-wage-without-option",)
    assert found.rate == D("20.00")
    assert found.month is None
    rising = clash_of(replace(program, yearly_raise=0.12, free_cash=D(900_000)), months=40)
    assert rising.month == Month(2025, 1)  # 20 x 1.12 x 1.12, two Januaries on


@pytest.mark.parametrize(
    ("short", "closed", "floors"),
    [
        (0.9, 0.0, ("living-wage-by", "run-short")),
        (0.0, 0.9, ("living-wage-by", "no-site-closed")),
        (None, None, ("living-wage-by", "run-short", "no-site-closed")),
    ],
)
def test_of_the_boards_limits_only_those_that_clash_are_named(short, closed, floors):
    program = a_raise(free_cash=D(90_000), run_short=0.1, no_site_closed=True)
    values = made_values(4)

    def grim(portfolios, futures, tellings=("open", "closing")):
        found = values(portfolios, futures, tellings)
        n = np.arange(len(list(futures))) / len(list(futures))
        for rows in found.values():
            risks = []
            for p in portfolios:
                roof = p.level("roof") > 0
                mine = (
                    (0.0, 0.0)
                    if not p.choices
                    else (short, closed)
                    if short is not None
                    else (0.9 * roof, 0.9 * (not roof))
                )
                risks.append(mine)
            rows["short"] = np.array([n < risk[0] for risk in risks])
            rows["closed"] = np.array([n < risk[1] for risk in risks])
        return found

    found = clash_of(program, grim)
    assert found.floors == floors
    words = clash_words(program, found)
    assert ("run_short" in words) is ("run-short" in floors)
    assert ("no site closed" in words) is ("no-site-closed" in floors)


def test_a_cost_that_is_stopped_after_it_ends_saves_nothing():
    ended = Cost("van", "van", "vehicle", D(500), last=STARTS.plus(2))
    stop = kind("stop", kind="stop", stops=("van",), earliest=Month(2022, 6), lead_months=4)
    program = with_asks(plain(costs=(*plain().costs, ended), options=(stop,)))
    space = Space(program, offer(program, MONTHS), Budget(program, MONTHS, GIVEN))
    assert space.extra(np.array([1])).saved.sum() == 0
    sooner = with_asks(replace(program, prices=(), options=(replace(stop, lead_months=1),)))
    space = Space(sooner, offer(sooner, MONTHS), Budget(sooner, MONTHS, replace(GIVEN, price_growth=0.0)))
    assert space.extra(np.array([1])).saved.sum() == pytest.approx(-1_000)
