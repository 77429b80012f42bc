"""What asking a funder, turning a fund down and stopping a cost do to a program's money and doors."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import numpy as np
from law_runs import TODAY, World, world
from made import COSTS, FUNDS, START, make_portfolio, make_program

from longview.model import Seen
from longview.program import Program, with_asks
from longview.program.types import Effect, Option, Records
from longview.results import Portfolio

ASK = Option("ask", "Ask the foundation", "ask", fund="foundation", chance=0.6)
MORE = Option("more", "Ask the state for more", "ask", fund="state", amount=Decimal(40_000), chance=1.0)
DECLINE = Option("decline", "Turn the state down", "decline", fund="state")
SETTLEMENT = Option("no-settlement", "Turn the settlement down", "decline", fund="settlement")
CITY = Option("no-city", "Turn the city down", "decline", fund="city")
STOP = Option("stop", "Stop paying for fuel and phones", "stop", stops=("fuel", "phones"))
SHUT = Option("shut", "Shut on some days", "yes-no")
EFFECTS = (Effect("shut", "hours_day", "add", -6.0),)


def program() -> Program:
    return with_asks(
        make_program(options=(ASK, MORE, DECLINE, SETTLEMENT, CITY, STOP, SHUT), effects=EFFECTS, prices=())
    )


def does(*names: str, after: int = 6) -> Portfolio:
    return make_portfolio(dict.fromkeys(names, 1.0), START.plus(after), name="-".join(names))


PORTFOLIOS = (
    TODAY, does("ask"), does("more"), does("ask", "more"), does("decline"), does("no-city"), does("no-settlement"), does("stop"),
    does("shut"),
)  # fmt: skip
WHICH = {p.name: i for i, p in enumerate(PORTFOLIOS)}


@cache
def here() -> World:
    return world(program(), count=40)


@cache
def seen() -> Seen:
    return here().seen(PORTFOLIOS, open_only=True)


def fund(name: str) -> int:
    return here().model.names.funds.index(name)


def charged(of: str, name: str) -> np.ndarray:
    return np.asarray(seen().charged[WHICH[of], fund(name)])


def test_a_fund_that_is_asked_for_pays_nothing_where_nobody_asks() -> None:
    for of in ("today", "more", "decline"):
        assert charged(of, "foundation").max() == 0
        assert seen().fund_cash[WHICH[of], fund("foundation")].max() == 0
    for of in ("today", "ask", "decline"):
        assert charged(of, "state-more").max() == 0


def test_where_it_is_asked_for_it_comes_as_likely_as_was_said_and_in_the_same_futures() -> None:
    came = charged("ask", "foundation").sum(-1) > 0
    assert 0.4 < came.mean() < 0.8
    assert (came == (here().futures.award[fund("foundation")] < 0.6)).all()
    assert (came == (charged("ask-more", "foundation").sum(-1) > 0)).all()
    assert (charged("more", "state-more").sum(-1) > 0).all()


def test_it_comes_from_its_own_first_month_whenever_the_ask_began() -> None:
    arrived = seen().income[WHICH["ask"]] > seen().income[WHICH["today"]] + 1.0
    first = next(f.first for f in program().funds if f.id == "foundation").since(START)
    assert not arrived[:, :first].any()
    assert arrived[charged("ask", "foundation").sum(-1) > 0, first].all()


def test_asking_moves_nothing_where_the_answer_is_no() -> None:
    no = charged("ask", "foundation").sum(-1) == 0
    assert no.any()
    for name in ("free_cash", "visits", "deaths", "spending"):
        series = getattr(seen(), name)
        assert (series[WHICH["ask"]][no] == series[WHICH["today"]][no]).all()


def test_a_fund_turned_down_brings_and_pays_nothing_from_then_on() -> None:
    """The run-off too; before that month all is as it was."""
    for of, name in (("decline", "state"), ("no-city", "city")):
        assert charged(of, name)[:, 6:].max() == 0
        assert seen().fund_cash[WHICH[of], fund(name)][:, 6:].max() == 0
        assert (charged(of, name)[:, :6] == charged("today", name)[:, :6]).all()


def test_what_is_left_of_an_advance_goes_back() -> None:
    """Settlement money carries over at a term's end, and goes back all the same where it is turned down."""
    told = here().seen([does("no-settlement", after=1)], open_only=True)
    before = told.fund_cash[0, fund("settlement")][:, 0]
    assert before.min() > 0
    np.testing.assert_allclose(told.returned[0, :, 1], before, rtol=1e-9)


def test_what_was_claimed_of_it_still_comes() -> None:
    """With one fund alone, all that comes once it is turned down is what it owed."""
    city = tuple(f for f in FUNDS if f.id == "city")
    alone = world(make_program(options=(CITY,), effects=(), prices=(), funds=city, records=Records()), count=5)
    told = alone.seen([does("no-city", after=2)], open_only=True)
    assert told.owed[0, :, 1].min() > 0
    np.testing.assert_allclose(told.income[0, :, 2:].sum(-1), told.owed[0, :, 1], rtol=1e-9)
    assert np.abs(told.owed[0, :, -1]).max() < 1e-9


def test_a_cost_that_is_stopped_is_no_longer_paid_until_the_horizon() -> None:
    spent = seen().spending[WHICH["today"]] - seen().spending[WHICH["stop"]]
    horizon = here().model.horizon
    monthly = sum(float(c.amount) for c in COSTS if c.id in ("fuel", "phones"))
    assert np.abs(spent[:, :6]).max() < 1e-6
    assert (spent[:, 6] > 0.99 * monthly).all()
    assert (spent[:, 6:horizon] > 0.9 * monthly).all()
    assert np.abs(spent[:, horizon + 6 :]).mean() < 0.5 * monthly


def test_no_bill_is_less_than_nothing_however_often_a_cost_is_stopped() -> None:
    often = make_portfolio({"stop": 50.0}, START, name="often")
    once = make_portfolio({"stop": 1.0}, START, name="once")
    told = here().seen([often, once], open_only=True)
    assert (told.spending >= 0).all()
    assert (told.charged >= 0).all()


def test_fewer_open_hours_reach_fewer_people() -> None:
    reached = seen().reached
    moved = (reached[WHICH["shut"]] - reached[WHICH["today"]])[:, 7 : here().model.horizon]
    assert (moved < 0).all()
