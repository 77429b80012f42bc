"""The example reads without a problem, holds the real deaths, and has the dilemmas that it says it has."""

from __future__ import annotations

from decimal import Decimal

import pytest
from make_rhode_island import FOLDER, real_deaths, whole, wonder_files, write

from longview.evidence import load
from longview.gather import read_folder
from longview.program import Month, fund_may_pay, items, levers

PROGRAM, PROBLEMS = read_folder(FOLDER, evidence_keys=load().rows)
YEARS = range(2018, 2023)
DEATHS = {2018: 317, 2019: 307, 2020: 397, 2021: 455, 2022: 424}


def of(measure, year):
    return [r.value for r in PROGRAM.records.services if r.measure == measure and r.month.year == year]


def test_it_reads_without_a_problem_or_a_doubt():
    assert PROBLEMS == []
    assert PROGRAM is not None


def test_it_is_what_its_script_makes(tmp_path):
    community = PROGRAM.records.community
    assert whole(community) == PROGRAM
    write(tmp_path / "again", community)
    for file in sorted((tmp_path / "again").iterdir()):
        assert file.read_bytes() == (FOLDER / file.name).read_bytes(), file.name


def test_deaths_by_year_are_the_real_ones():
    rows = PROGRAM.records.community
    assert {r.month for r in rows} == {Month(year, month) for year in YEARS for month in range(1, 13)}
    assert all(r.value.kind == "exact" for r in rows)
    for year, deaths in DEATHS.items():
        assert sum(r.value.low for r in rows if r.month.year == year) == deaths


def test_deaths_are_those_that_our_importer_reads():
    if not wonder_files():
        pytest.skip("the files of CDC WONDER are not beside this checkout")
    assert real_deaths() == PROGRAM.records.community


def test_the_past_ends_in_2022_and_the_plan_begins_in_2023():
    assert PROGRAM.records.last_month == Month(2022, 12)
    assert PROGRAM.starts == Month(2023, 1)
    assert len({r.month for r in PROGRAM.records.services}) == 36
    assert PROGRAM.made


def yearly_costs(filled):
    pay = sum(float(p.rate) * p.hours * 52 * filled(p) * (1 + p.benefits) for p in PROGRAM.posts)
    running = sum(float(c.amount) * 12 / c.every for c in PROGRAM.costs)
    supplies = sum(float(s.unit_price) * 12 * (s.a_month - s.in_kind) for s in PROGRAM.supplies)
    return pay + running + supplies + float(PROGRAM.sites[0].upkeep)


def term(fund):
    return 12 if fund.last is None else fund.last.since(fund.first) + 1


def test_the_budget_is_about_420_000_and_today_about_balances():
    hiring = yearly_costs(lambda post: post.people if post.hiring else post.filled)
    turnover = 0.021 * hiring  # a third of five or six people leave; each costs a fifth of a year's pay
    assert 400_000 < hiring + turnover < 440_000
    income = sum(float(f.amount) * 12 / term(f) for f in PROGRAM.funds if f.status == "signed")
    assert 25_000 < income - hiring - turnover < 55_000
    assert sum(p.people for p in PROGRAM.posts) == 7
    assert sum(p.people - p.filled for p in PROGRAM.posts) == 2


def test_the_ledger_agrees_with_the_records():
    lines = PROGRAM.records.money
    spent = sum(line.amount for line in lines if line.kind == "expense")
    assert Decimal(370_000) < spent < Decimal(430_000)
    unpaid = [line for line in lines if line.kind == "receivable" and line.fund == "state"]
    assert [line.due for line in unpaid] == [Month(2023, month) for month in range(1, 6)]
    claimed = sum(line.amount for line in lines if line.kind == "expense" and line.fund == "state")
    assert 0.35 * float(claimed) < sum(float(line.amount) for line in unpaid) < 0.5 * float(claimed)


def test_its_services_are_plausible_against_the_evidence():
    evidence = load()
    visits, kits, reversals = (sum(c.low for c in of(m, 2022)) for m in ("visits", "kits_out", "reversals"))
    people = of("participants_12_months", 2022)[0].low
    assert 9_000 <= visits <= 12_000
    assert 850 <= people <= 950
    assert 2_800 <= kits <= 3_200
    assert evidence["visits_per_participant_year"].low < visits / people < evidence["visits_per_participant_year"].high
    assert evidence["kit_used_share"].low < reversals / kits < evidence["kit_used_share"].high
    kinds = {r.value.kind for r in PROGRAM.records.services}
    assert {"exact", "hidden", "blank"} <= kinds


def test_it_has_the_letters_dilemmas():
    funds = {fund.id: fund for fund in PROGRAM.funds}
    house = PROGRAM.sites[0]
    assert (house.premises, house.repairs_put_off) == ("owned", Decimal(45000))
    assert float(house.upkeep) < load()["upkeep_share"].best * float(house.replacement_value)
    assert [p.hiring for p in PROGRAM.posts if p.filled < p.people] == [True, False]
    assert not any(fund_may_pay(funds["federal"], item) for item in ("syringes", "pipes"))
    assert fund_may_pay(funds["federal"], "naloxone")
    assert funds["state"].months_to_pay == 5
    assert PROGRAM.starts.plus(12) <= funds["foundation"].last < PROGRAM.starts.plus(24)
    naloxone = next(s for s in PROGRAM.supplies if s.item == "naloxone")
    assert naloxone.in_kind > 0
    assert naloxone.in_kind_chance_ends > 0
    assert min(p.rate for p in PROGRAM.posts) < PROGRAM.living_wage
    assert any(fund.origin == "settlement" for fund in PROGRAM.funds)


def test_at_least_twelve_options_each_with_an_owner_and_an_effect():
    roles = {post.role for post in PROGRAM.posts}
    assert len(PROGRAM.options) >= 12
    for option in PROGRAM.options:
        assert option.owner in roles
        assert option.kind == "ask" or any(effect.option == option.id for effect in PROGRAM.effects)


def test_levers_exist_and_what_the_model_prices_is_not_priced_again():
    known = levers()
    for effect in PROGRAM.effects:
        lever = known[effect.lever]
        option = next(o for o in PROGRAM.options if o.id == effect.option)
        most = option.most or 1
        reached = lever.today * effect.value**most if effect.op == "multiply" else effect.value * most
        assert lever.low <= reached <= lever.high
    priced = {price.option for price in PROGRAM.prices}
    for option in PROGRAM.options:
        moved = [known[e.lever] for e in PROGRAM.effects if e.option == option.id]
        if option.kind in ("ask", "stop") or all(lever.cost == "modelled" for lever in moved):
            assert option.id not in priced
        else:
            assert option.id in priced or any(lever.cost == "modelled" for lever in moved)


def test_the_raise_reaches_the_living_wage():
    raise_pay = next(o for o in PROGRAM.options if o.id == "raise-pay")
    effect = next(e for e in PROGRAM.effects if e.option == "raise-pay")
    lowest = min(float(post.rate) for post in PROGRAM.posts)
    assert lowest * effect.value**raise_pay.most >= float(PROGRAM.living_wage)


def test_every_option_but_a_loan_can_be_paid_by_some_fund_beside_our_own():
    for price in PROGRAM.prices:
        paying = [f.id for f in PROGRAM.funds if f.origin != "own" and fund_may_pay(f, price.item)]
        assert paying or price.item == "loan", price


def test_what_the_contracts_are_for_ties_to_them_and_to_what_they_paid_for():
    funds = {fund.id: fund for fund in PROGRAM.funds}
    spent = [line for line in PROGRAM.records.money if line.kind == "expense"]
    assert {line.account for line in spent} == {row.account for row in PROGRAM.accounts}
    for name in ("state", "city"):
        lines = [row for row in PROGRAM.budget if row.fund == name]
        assert sum(row.amount for row in lines) == funds[name].amount
        assert all(fund_may_pay(funds[name], i) for row in lines for i in items() if row.line in (i, items()[i].category)
                   and i != "loan")  # fmt: skip
    visits = sum(count.low for count in of("visits", 2022))
    assert visits > PROGRAM.deliverables[0].at_least > 0.6 * visits
