"""The calendar has a row for each fund, bill and supply, whichever of them there are none of."""

from __future__ import annotations

import numpy as np
import pytest
from made import PROGRAM, make_program

from longview.model import model
from longview.model.guards import RUN_OFF
from longview.program import Program

FEW = {
    "as made": PROGRAM,
    "one fund": make_program(funds=PROGRAM.funds[:1]),
    "no funds": make_program(funds=()),
    "no supplies": make_program(supplies=()),
    "no bills": make_program(costs=()),
}


@pytest.mark.parametrize("program", FEW.values(), ids=FEW)
def test_there_is_a_row_for_each_fund_and_each_supply_in_every_month(program: Program) -> None:
    made = model(program, 2)
    rows = made.calendar
    assert made.months == 24 + RUN_OFF == len(rows.month) == len(rows.running)
    assert {x.shape for x in rows.terms} == {(made.months, len(program.funds), 1)}
    assert rows.promised.shape[1] == made.setup.is_kits.shape[0]
    assert (rows.running.sum() > 0.0) == bool(program.costs)


def test_prices_are_those_of_the_price_year_unless_another_is_named() -> None:
    assert np.unique(model(PROGRAM, 1).calendar.price).tolist() == [1.0]
    assert np.unique(model(PROGRAM, 1, 1.25).calendar.price).tolist() == [1.25]
