"""What funders ask beyond their items: a base for overhead, budgets that bind, match. Without them nothing is worked out."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import numpy as np
from law_runs import world
from made import FUNDS, PROGRAM, TODAY, make_program

from longview.model.limits import by_line
from longview.model.setup import prepare
from longview.program.types import BudgetLine, Fund, Program


def changed(**changes: object) -> tuple[Fund, ...]:
    return tuple(replace(f, **changes) if f.id == "federal" else f for f in FUNDS)


def seen(program: Program):
    here = world(program, count=10)
    return here.seen([TODAY], open_only=True), here.model.names.funds.index("federal")


def test_a_program_whose_funds_ask_for_nothing_more_carries_nothing() -> None:
    assert prepare(PROGRAM)[0].limits is None
    loose = make_program(budget=(BudgetLine("federal", "wages", Decimal(100)),))
    assert prepare(loose)[0].limits is None


def test_limits_that_bind_nobody_change_nothing() -> None:
    wide = changed(overhead_on=("people", "operations", "supplies", "premises", "wages", "fuel"), match=1e-9)
    plain, _ = seen(make_program(funds=changed(overhead=0.0)))
    loose, _ = seen(make_program(funds=tuple(replace(f, overhead=0.0) if f.id == "federal" else f for f in wide)))
    for name in ("free_cash", "owed", "spending"):
        np.testing.assert_allclose(getattr(loose, name), getattr(plain, name), rtol=1e-9, atol=1e-6)


def test_overhead_is_charged_on_its_base_alone() -> None:
    """No overhead where nothing of the base is charged; as much as ever where the base is all there is."""
    none, n = seen(
        make_program(funds=changed(overhead_on=("vehicle",), never_pays=("vehicle", "fuel", "syringes", "pipes")))
    )
    bare, _ = seen(make_program(funds=changed(overhead=0.0, never_pays=("vehicle", "fuel", "syringes", "pipes"))))
    np.testing.assert_allclose(none.charged[:, n], bare.charged[:, n], rtol=1e-9, atol=1e-6)
    wages = changed(overhead_on=("wages",), may_pay=("wages",))
    whole, _ = seen(make_program(funds=wages))
    plain, _ = seen(make_program(funds=changed(may_pay=("wages",))))
    np.testing.assert_allclose(whole.charged[:, n], plain.charged[:, n], rtol=1e-9, atol=1e-6)


def test_no_more_is_charged_in_a_month_than_match_stands_beside() -> None:
    free, n = seen(PROGRAM)
    held, _ = seen(make_program(funds=changed(match=4.0)))
    others = sum(
        float(f.amount) / (12 if f.last is None else f.last.since(f.first) + 1)
        for f in FUNDS if f.origin not in ("federal", "pass-through")
    )  # fmt: skip
    assert free.charged[:, n].max() > others / 4
    assert held.charged[:, n].max() <= others / 4 * (1 + 1e-9)
    assert held.charged[:, n].max() > 0


def test_a_budget_holds_a_line_to_its_share_and_what_may_be_transferred() -> None:
    limit = changed(transfer_limit=0.1, overhead=0.0, may_pay=("wages",))
    held, n = seen(make_program(funds=limit, budget=(BudgetLine("federal", "wages", Decimal(24_000)),)))
    lines = by_line(
        make_program(funds=limit, budget=(BudgetLine("federal", "wages", Decimal(24_000)),)), ["wages"], [1.0]
    )
    assert lines.most[n, 0] == (24_000 + 0.1 * 222_000) / 12
    free, _ = seen(make_program(funds=changed(overhead=0.0, may_pay=("wages",))))
    assert held.charged[:, n].max() < free.charged[:, n].max()


def test_a_budget_line_is_shared_by_what_is_spent_on_it() -> None:
    program = make_program(
        funds=changed(transfer_limit=0.0), budget=(BudgetLine("federal", "people", Decimal(12_000)),)
    )
    n = [f.id for f in FUNDS].index("federal")
    most = by_line(program, ["wages", "stipends", "rent"], [300.0, 100.0, 50.0]).most[n]
    np.testing.assert_allclose(most, [750.0, 250.0, 0.0])
