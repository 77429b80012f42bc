"""What asking, stopping and declining mean for funds, prices and effects: read twice they mean no more than once."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longview.program import (
    MORE,
    Cost,
    Effect,
    Fund,
    Month,
    Option,
    Post,
    Price,
    Program,
    Range,
    fund_may_pay,
    with_asks,
)

STARTS = Month(2024, 1)
TEN = Decimal(10)
STATE = Fund(
    "state", "State", "state", Decimal(12000), Month(2023, 7), Month(2024, 6), pays="reimburse", every=3, overhead=0.1,
    received=Decimal(4000), opening_balance=Decimal(50), may_pay=("people",), match=0.2, report_hours=6.0,
)  # fmt: skip
HOPED = Fund(
    "hoped", "Hoped", "private", Decimal(9000), Month(2024, 4), Month(2025, 3), status="hoped", chance_of_award=0.6
)
POST = Post("worker", "Worker", 1, 1, 35, Decimal(20), paid_by=("state",))
RENT = Cost("rent", "Rent", "rent", Decimal(1200), every=12, paid_by=("state", "hoped"))
HOURS = Price("hours", "wages", "monthly", TEN, paid_by=("hoped", "state"))
PLAIN = Option("hours", "Hours", "yes-no")


def program(*options: Option, **changes: Any) -> Program:
    values: dict[str, Any] = {
        "id": "made", "name": "Made", "place": "Anywhere", "currency": "USD", "price_year": 2024,
        "first_month": Month(2022, 1), "people": Range(1, 2, 3), "area_shares": {}, "plan_from": STARTS,
        "posts": (POST,), "funds": (STATE, HOPED), "costs": (RENT,), "options": (PLAIN, *options), "prices": (HOURS,),
    }  # fmt: skip
    return Program(**{**values, **changes})


def ask(fund: str, **more: Any) -> Option:
    return Option("ask", "Ask", "ask", fund=fund, **more)


def fund_of(read: Program, name: str) -> Fund:
    return next(fund for fund in read.funds if fund.id == name)


STOP = Option("stop", "Stop", "stop", stops=("rent",))
DECLINE = Option("decline", "Decline", "decline", fund="state")
SETS = [(), (ask("hoped"),), (ask("state"),), (STOP,), (DECLINE,), (STOP, DECLINE), (ask("state"), STOP, DECLINE)]


def test_a_program_without_asks_stops_and_declines_is_left_as_it_is() -> None:
    assert with_asks(program()) == program()


@pytest.mark.parametrize(
    "options", SETS, ids=lambda options: "+".join(o.id + (o.fund or "") for o in options) or "none"
)
def test_read_twice_it_is_the_same(options: tuple[Option, ...]) -> None:
    read = with_asks(program(*options))
    assert with_asks(read) == read
    assert read.options == program(*options).options


def test_a_fund_that_is_not_signed_comes_by_the_ask_alone() -> None:
    read = with_asks(program(ask("hoped", amount=TEN, chance=0.25)))
    assert fund_of(read, "hoped") == replace(HOPED, amount=TEN, chance_of_award=0.25, asked_by="ask")
    assert fund_of(read, "state") == STATE
    silent = fund_of(with_asks(program(ask("hoped"))), "hoped")
    assert silent == replace(HOPED, asked_by="ask"), "the fund's own amount and chance"


def test_a_signed_fund_that_is_asked_for_more_stands_beside_itself_with_its_strings() -> None:
    read = with_asks(program(ask("state", amount=TEN, chance=0.5, decision=Month(2024, 2))))
    more = fund_of(read, "state" + MORE)
    assert fund_of(read, "state") == STATE
    assert (more.amount, more.chance_of_award, more.asked_by) == (TEN, 0.5, "ask")
    assert more.status != "signed"
    assert (more.received, more.opening_balance) == (0, 0), "nothing of it has come"
    for string in ("origin", "pays", "every", "may_pay", "never_pays", "overhead", "match", "fee", "transfer_limit"):
        assert getattr(more, string) == getattr(STATE, string)


@given(st.integers(-30, 30), st.integers(1, 40), st.integers(0, 60))
def test_more_comes_with_the_first_term_after_the_decision(begun: int, length: int, decided: int) -> None:
    first = STARTS.plus(begun)
    fund = replace(STATE, first=first, last=first.plus(length - 1))
    decision = STARTS.plus(decided)
    more = fund_of(with_asks(program(ask("state", decision=decision), funds=(fund, HOPED))), "state" + MORE)
    assert more.first > decision
    assert more.first.since(first) >= 0
    assert more.first.since(first) % length == 0, "it begins where a term of the fund's begins"
    assert more.first.since(first) == 0 or more.first.plus(-length) <= decision, "and with the first of them"
    assert more.last is not None
    assert more.last.since(more.first) == length - 1


def test_a_fund_without_an_end_gives_more_from_the_month_after_the_decision() -> None:
    endless = replace(STATE, last=None)
    read = with_asks(program(ask("state", decision=Month(2024, 5)), funds=(endless, HOPED)))
    assert (fund_of(read, "state" + MORE).first, fund_of(read, "state" + MORE).last) == (Month(2024, 6), None)


def test_who_names_the_fund_names_what_it_gives_more_too() -> None:
    read = with_asks(program(ask("state"), STOP))
    assert read.posts[0].paid_by == ("state", "state-more")
    assert read.costs[0].paid_by == ("state", "hoped", "state-more")
    assert [price.paid_by for price in read.prices] == [
        ("hoped", "state", "state-more"),
        ("state", "hoped", "state-more"),  # what the stop saves falls to whom the cost falls
    ]
    assert fund_may_pay(fund_of(read, "state-more"), "wages")
    assert not fund_may_pay(fund_of(read, "state-more"), "rent")
    assert with_asks(program(ask("hoped"))).posts == (POST,), "a fund that is not signed keeps its name"


def due(cost: Cost, month: Month) -> Decimal:
    runs = (cost.first is None or cost.first <= month) and (cost.last is None or month <= cost.last)
    return cost.amount / cost.every if runs else Decimal(0)


maybe_month = st.none() | st.integers(-20, 40).map(STARTS.plus)


@given(maybe_month, st.none() | st.integers(0, 30), st.integers(0, 12), maybe_month, st.sampled_from([1, 3, 12]))
def test_what_a_stop_saves_is_the_cost_in_any_window(
    first: Month | None, lasts: int | None, lead: int, earliest: Month | None, every: int
) -> None:
    last = None if lasts is None else (first or STARTS).plus(lasts)
    cost = replace(RENT, first=first, last=last, every=every)
    stop = replace(STOP, lead_months=lead, earliest=earliest)
    saved = [price for price in with_asks(program(stop, costs=(cost,))).prices if price.option == "stop"]
    start = max(STARTS.plus(lead), earliest or STARTS)
    for t in range(80):
        month = start.plus(t)
        back = [
            price.amount
            for price in saved
            if price.after <= t and (price.months is None or t < price.after + price.months)
        ]
        assert -sum(back, Decimal(0)) == due(cost, month)
    assert all(price.how == "monthly" and price.item == cost.item and price.amount < 0 for price in saved)


def test_a_stop_of_nothing_known_saves_nothing() -> None:
    assert with_asks(program(replace(STOP, stops=()))).prices == (HOURS,)
    assert with_asks(program(replace(STOP, stops=("gone",)))).prices == (HOURS,)


def test_a_declined_funds_reports_give_their_hours_back() -> None:
    read = with_asks(program(DECLINE))
    assert read.effects == (Effect("decline", "worker_hours", "add", 6.0 * 12 / 52),)
    assert read.funds == program().funds, "who declines a fund finds it as it was until then"
    assert with_asks(program(replace(DECLINE, fund="hoped"))).effects == (), "no reports, no hours"
