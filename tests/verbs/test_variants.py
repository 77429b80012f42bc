"""Other money, and other horizons, on the same futures: nothing is drawn or anchored anew, and nothing else moves."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from importlib.resources import as_file, files

import numpy as np
import pytest

from longview.gather import read_folder
from longview.model import Futures, Result, simulate
from longview.model.arrays import tree_map
from longview.program import Program, with_asks
from longview.program.types import Fund, Option
from longview.results import Choice, Portfolio
from longview.verbs.futures import TODAY, Prepared, prepare

GIFT = Option("ask-gift", "Ask a giver", "ask", fund="a-gift", chance=0.5)


@cache
def program() -> Program:
    with as_file(files("longview").joinpath("examples", "rhode-island")) as folder:
        found, _ = read_folder(folder)
    assert found is not None
    return with_asks(found)


@cache
def prepared() -> Prepared:
    return prepare(program(), futures=30, years=3)


def run(of: Prepared, portfolios: tuple[Portfolio, ...] = (TODAY,), open_only: bool = False) -> Result:
    held = of.anchor
    return simulate(
        of.model, held.futures, held.start, portfolios, engine="numpy", threads=1, paths=True, open_only=open_only
    )


def same(one: object, other: object) -> bool:
    alike: list[bool] = []
    if isinstance(one, Futures) and isinstance(other, Futures):
        one, other = vars(one), vars(other)
    tree_map(lambda a, b: alike.append(bool(np.array_equal(a, b))), one, other)
    return all(alike)


def some_option() -> Portfolio:
    option = next(o for o in program().options if o.kind == "once")
    return Portfolio("some", (Choice(option.id, 1.0, program().starts.plus(4)),))


def test_a_variant_equal_to_the_program_gives_the_same_numbers_bit_for_bit() -> None:
    told, again = (
        run(prepared(), (TODAY, some_option())),
        run(prepared().with_program(program()), (TODAY, some_option())),
    )
    assert same(told.seen, again.seen)
    assert np.array_equal(told.lived, again.lived)


def test_a_variant_with_less_money_is_what_would_have_been_prepared_for_it() -> None:
    cut = replace(program(), funds=tuple(replace(f, amount=f.amount * Decimal("0.7")) for f in program().funds))
    told, whole = run(prepared().with_program(cut)), run(prepare(cut, futures=30, years=3))
    assert same(told.seen, whole.seen)
    assert not same(told.seen, run(prepared()).seen)


def test_a_fund_added_disturbs_no_other_fund_and_no_worker() -> None:
    gift = Fund("a-gift", "A gift", "private", Decimal(50_000), program().starts.plus(2), program().starts.plus(13),
                status="applied", asked_by="ask-gift", chance_of_award=0.5)  # fmt: skip
    more = replace(program(), funds=(gift, *program().funds), options=(*program().options, GIFT))
    variant = prepared().with_program(more)
    told, own = variant.anchor.futures, prepared().anchor.futures
    for name in ("renew", "replace", "cut"):
        assert np.array_equal(getattr(told, name)[:, 1:], getattr(own, name))
    assert np.array_equal(told.award[1:], own.award)
    assert same(told, prepare(more, futures=30, years=3).anchor.futures)
    assert np.array_equal(told.quit, own.quit)
    without = run(variant)
    assert without.seen is not None
    assert without.seen.charged[0, 0].max() == 0
    assert np.allclose(without.seen.visits, run(prepared()).seen.visits, rtol=1e-4)  # type: ignore[union-attr]


def test_a_variant_may_differ_in_nothing_but_money_and_options() -> None:
    for other in (
        replace(program(), reserve=Decimal(1)),
        replace(program(), posts=tuple(replace(p, hours=p.hours + 1) for p in program().posts)),
        replace(program(), place="Elsewhere"),
    ):
        with pytest.raises(ValueError, match="nothing but its money"):
            prepared().with_program(other)


@pytest.mark.parametrize("years", [1, 3, 5])
def test_another_horizon_is_what_would_have_been_prepared_for_it(years: int) -> None:
    told, own = prepared().over(years), prepare(program(), futures=30, years=years)
    assert told.model.horizon == own.model.horizon == 12 * years
    assert same(told.anchor.futures, own.anchor.futures)
    assert same(told.anchor.start, own.anchor.start)
    assert same(run(told).seen, run(own).seen)


@pytest.mark.parametrize("years", [0, 11])
def test_no_horizon_is_longer_than_the_model_runs(years: int) -> None:
    with pytest.raises(ValueError, match="1 to 10 years"):
        prepared().over(years)
