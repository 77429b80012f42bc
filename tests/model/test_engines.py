"""One source, two engines, two precisions, any chunks: the same outlook; and gradients that are finite at every corner."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from held_together import EVIDENCE, TARGETS
from made import EVERYTHING, FUNDS, PROGRAM, SUPPLIES, TODAY, make_portfolio, make_program, make_targets
from numpy.typing import NDArray

from longview.model import Result, Targets, draw, model, simulate, start
from longview.model.arrays import NUMPY, tree_map
from longview.model.batches import noise, opening_state, pieces, question, world
from longview.model.month import month
from longview.program import Program
from longview.results import Portfolio

Floats = NDArray[np.floating]

COUNT = 16
HELPED = make_portfolio({"more-kits": 2.0, "evenings": 6.0, "boxes": 1.0}, name="helped")
PORTFOLIOS = [TODAY, EVERYTHING, HELPED]
SMALL = make_program(
    sessions=PROGRAM.sessions[:3],
    posts=PROGRAM.posts[:3],
    funds=FUNDS[:3],
    supplies=SUPPLIES[:2],
    costs=PROGRAM.costs[:2],
)
"""A made program small enough to be compiled in seconds."""


class Ready:
    """A program with futures and their start."""

    def __init__(self, program: Program = SMALL, count: int = COUNT, **targets: Floats | float) -> None:
        today = make_targets(program)
        self.model = model(program, 1, today["price_base"])
        self.futures = draw(EVIDENCE, self.model.names, self.model.months, 5, 0, count)
        columns = {name: np.full(count, today[name]) for name in TARGETS} | {
            name: np.broadcast_to(np.asarray(x, dtype=float), (count,)) for name, x in targets.items()
        }
        self.start = start(self.model, self.futures, Targets(*(columns[name] for name in TARGETS)))

    def run(self, portfolios: list[Portfolio] = PORTFOLIOS, **how: Any) -> Result:
        usual = {"paths": True, "threads": 1, "chunk": len(PORTFOLIOS) * COUNT, "engine": "numpy", "dtype": "float64"}
        return simulate(self.model, self.futures, self.start, portfolios, **(usual | how))


@pytest.fixture(scope="module")
def ready() -> Ready:
    return Ready()


def apart(one: Result, other: Result) -> dict[str, float]:
    """Series name → the largest difference, over the largest value that the series takes."""
    assert one.seen is not None
    assert other.seen is not None
    out = {}
    for name, a, b in zip(one.seen._fields, one.seen, other.seen, strict=True):
        out[name] = float(np.abs(a - b).max(initial=0.0) / max(np.abs(b).max(initial=0.0), 1e-9))
    return out


FORMS = [pytest.param(True, id="expected"), pytest.param(False, id="futures")]


@pytest.mark.parametrize("expected", FORMS)
def test_numpy_and_jax_agree_in_double_precision(ready: Ready, expected: bool, strict_double: None) -> None:
    far = apart(ready.run(engine="jax", expected=expected), ready.run(expected=expected))
    assert {name: x for name, x in far.items() if not x < 1e-12} == {}


@pytest.mark.parametrize("expected", FORMS)
def test_single_precision_sees_the_same(ready: Ready, expected: bool, strict: None) -> None:
    """Rationing feeds small differences back into the next month, so where it is on, single months are held less tightly.

    A rung that saves next to nothing is taken by what the rungs before it have left, a small difference of large sums: of the
    share rationed the mean is held.
    """
    for open_only, most in ((True, 1e-5), (False, 1e-3)):
        how = {"expected": expected, "open_only": open_only}
        by_jax, by_numpy = ready.run(engine="jax", dtype="float32", **how), ready.run(dtype="float32", **how)
        far = apart(by_jax, by_numpy)
        assert by_jax.seen is not None
        assert by_numpy.seen is not None
        far["rationing"] = float(np.abs(by_jax.seen.rationing - by_numpy.seen.rationing).mean())
        assert {name: x for name, x in far.items() if not x < most} == {}
        double = ready.run(**how)
        for at in (1, 2):
            gained, truly = ((r.lived[at] - r.lived[0]).mean() for r in (by_jax, double))
            assert gained == pytest.approx(truly, rel=0.005, abs=0.002)
            assert by_jax.seen is not None
            assert double.seen is not None
            saved, really = ((r.seen.deaths[at] - r.seen.deaths[0]).sum(-1).mean() for r in (by_jax, double))
            assert saved == pytest.approx(really, rel=0.005, abs=0.0002)


@pytest.mark.parametrize("expected", FORMS)
def test_a_month_in_single_precision_stays_in_it(ready: Ready, expected: bool) -> None:
    """One number of NumPy's own in double precision would turn all that it touches: slower, and no longer what JAX computes."""
    asked = question(ready.model, ready.futures, ready.start, PORTFOLIOS, False, expected, "float32")
    (piece,) = pieces(len(PORTFOLIOS), COUNT, len(PORTFOLIOS) * COUNT)
    carried = world(asked, piece)
    first = tree_map(asked.cast, opening_state(asked, carried))
    now, luck = (
        tree_map(lambda x: x[0], each) for each in (tree_map(asked.cast, ready.model.calendar), noise(asked, piece))
    )
    last, seen = month(first, now, luck, carried, asked.setup, ready.model.names.wiring, NUMPY)
    kinds: list[Any] = []
    tree_map(lambda x: kinds.append(x.dtype), (last, seen))
    assert set(kinds) == {np.dtype("float32")}


@pytest.mark.parametrize("expected", FORMS)
def test_chunks_change_nothing(ready: Ready, expected: bool) -> None:
    """Neither their size, nor how many threads run them, nor which other portfolios and futures share them."""
    whole = ready.run(expected=expected)
    for how in ({"chunk": 7}, {"chunk": 7, "threads": 3}, {"chunk": 1024}):
        assert max(apart(ready.run(expected=expected, **how), whole).values()) < 1e-13
    assert whole.seen is not None
    alone = ready.run([HELPED], expected=expected)
    assert alone.seen is not None
    assert np.allclose(alone.seen.deaths[0], whole.seen.deaths[2], rtol=1e-13, atol=0)
    assert np.allclose(alone.lived[0], whole.lived[2], rtol=1e-12, atol=1e-12)


def test_chunks_change_nothing_under_jax(ready: Ready, strict: None) -> None:
    """A portfolio alone, padded to the shape of the whole."""
    how = {"engine": "jax", "dtype": "float32", "expected": True}
    whole, alone = ready.run(**how), ready.run([HELPED], **how)
    assert whole.seen is not None
    assert alone.seen is not None
    assert np.array_equal(alone.seen.deaths[0], whole.seen.deaths[2])
    assert np.array_equal(alone.seen.free_cash[0], whole.seen.free_cash[2])


@pytest.mark.parametrize("expected", FORMS)
def test_sums_are_those_of_the_paths(ready: Ready, expected: bool) -> None:
    """Without paths the same is told: sums over the horizon, its last month, shortfalls, years of life."""
    full, short = ready.run(expected=expected), ready.run(expected=expected, paths=False)
    assert full.seen is not None
    assert short.sums is not None
    assert short.end is not None
    horizon = ready.model.horizon
    for name in full.seen._fields:
        series = getattr(full.seen, name)[..., :horizon]
        assert np.allclose(getattr(short.sums, name), series.sum(-1), rtol=1e-12, atol=1e-9), name
        assert np.allclose(getattr(short.end, name), series[..., -1], rtol=1e-12, atol=1e-9), name
    assert np.array_equal(short.short, full.seen.short[..., :horizon].max(-1))
    assert np.allclose(short.lived, full.lived, rtol=1e-11, atol=1e-9)
