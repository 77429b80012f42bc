"""Nothing is cut that nobody listed: a bill of today falls only where a stop, a decline or an option's own lever takes it away.

Food, hygiene, a drop-in, advocacy are worth what no model of ours can see. Nor is an option of unclear lawfulness taken in silence.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from bookkeeper import Bookkeeper
from random_programs import GIVEN, MONTHS, random_program

from longview.choose import Budget, Space, offer
from longview.choose.costs import Line, classes, extra
from longview.program import Effect, Option, Program
from longview.results import Choice, Portfolio

MOST = 25  # portfolios looked at in each program
A_CENT = 0.02  # bills are planned in whole cents


def affordable(program: Program, seed: int) -> tuple[Space, list[np.ndarray]]:
    """Portfolios that are called affordable, at random, at most MOST of them."""
    space = Space(program, offer(program, MONTHS, allow_unclear=("hours",)), Budget(program, MONTHS, GIVEN))
    rows = space.enumerate(100_000)
    assert rows is not None
    rng = np.random.Generator(np.random.Philox(seed))
    return space, list(rows[sorted(rng.permutation(len(rows))[:MOST])])


def named(program: Program, portfolio: Portfolio) -> np.ndarray:
    """What the costs come to that this portfolio's stops name, by class, [K, T]: by the bookkeeper, from the stop's month on."""
    keeper = Bookkeeper(program, MONTHS, GIVEN, portfolio)
    options, kinds = {o.id: o for o in program.options}, classes(program)
    found = np.zeros((len(kinds.kinds), MONTHS))
    for choice in portfolio.choices:
        begins = choice.start.since(program.starts)
        for cost in (c for c in program.costs if c.id in options[choice.option].stops):
            k = kinds.of(Line(cost.item, cost.paid_by, np.zeros(MONTHS)))
            found[k, begins:] += [float(keeper._cost(cost, t, ())[2]) for t in range(begins, MONTHS)]
    return found


def cut(program: Program, seed: int) -> list[str]:
    """Portfolios that lower a bill of today by more, or by less, than what their stops name."""
    space, rows = affordable(program, seed)
    told = []
    for row in rows:
        portfolio = space.offer.portfolio(row)
        if not np.allclose(-space.extra(row).saved, named(program, portfolio), atol=A_CENT):
            told.append(portfolio.name)
    return told


@pytest.mark.parametrize("tens", range(5))
def test_no_bill_of_today_falls_that_no_stop_names_in_fifty_programs(tens: int) -> None:
    assert {seed: told for seed in range(10 * tens, 10 * tens + 10) if (told := cut(random_program(seed), seed))} == {}


def test_the_fifty_programs_hold_stops_that_are_taken_so_the_law_can_fail() -> None:
    taken = 0
    for seed in range(50):
        space, rows = affordable(random_program(seed), seed)
        taken += sum(bool(named(space.program, space.offer.portfolio(row)).any()) for row in rows)
    assert taken > 20


@pytest.mark.parametrize("seed", range(6))
def test_a_lever_lowers_its_own_item_and_nothing_else(seed: int) -> None:
    program = random_program(seed)
    fewer = Option("fewer", "Fewer syringes", "yes-no")
    program = replace(
        program, options=(*program.options, fewer), effects=(*program.effects, Effect("fewer", "supplies", "set", 0.5))
    )
    kinds, choice = classes(program), Choice("fewer", 1.0, program.starts)
    saved = extra(program, [choice], MONTHS, GIVEN, kinds, modelled=True)[0]
    own = kinds.of(Line("syringes", (), np.zeros(MONTHS)))
    assert (np.delete(saved, own, axis=0) == 0.0).all()


def test_what_is_of_unclear_lawfulness_is_on_offer_only_where_it_was_named() -> None:
    for seed in range(30):
        program = random_program(seed)
        unclear = {o.id for o in program.options if o.lawful == "unclear"}
        offered = offer(program, MONTHS)
        assert not unclear & {axis.option.id for axis in offered.axes}
        assert {o for o, why in offered.refused.items() if why == "unclear-lawful"} == unclear
