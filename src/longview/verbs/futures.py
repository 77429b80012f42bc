"""Futures of a program, ready to be asked: the one place where evidence, records and model are joined."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_dir

from longview.calibrate import Anchor, anchor
from longview.evidence import Evidence, load, price_index, price_years
from longview.model import (
    RUN_OFF,
    Model,
    Result,
    bounds_met,
    counted_deaths,
    draw,
    model,
    over,
    simulate,
    with_funds,
)
from longview.program import Program, records_hash
from longview.results import (
    OUTCOMES,
    PERSON_YEARS,
    Comparison,
    Delivered,
    Flag,
    Outlook,
    Portfolio,
    Telling,
    delivered,
)
from longview.verbs.kept import FOLDER, Kept, code_stamp, key, pack
from longview.verbs.remembered import in_line, one_run, packed_anchor, together, unpacked_anchor

Floats = NDArray[np.floating]

TODAY = Portfolio("today")
"""Today's path: nothing changed, the money kept."""

TELLINGS: tuple[Telling, ...] = ("open", "closing")

RARE = 0.01
"""A bound that fewer futures meet within the plan moves nothing that is shown, and is not told."""

CACHE_MOST = 200_000_000
"""Bytes of compiled runs that are kept."""


def engine() -> str:
    """ "jax" where it can be had, else "numpy" (old Intel Macs, a phone)."""
    if engine_here() == "jax":
        _keep_compilations()
    return engine_here()


@cache
def engine_here() -> str:
    """The same, without making it ready."""
    from importlib.util import find_spec

    return "jax" if find_spec("jax") and find_spec("jaxlib") else "numpy"


@cache
def _keep_compilations() -> None:
    """Keep what JAX compiles in the user's cache (`LONGVIEW_CACHE`), bounded in size, so that only the first run waits."""
    import jax

    update: Callable[[str, object], None] = jax.config.update
    folder = cache_folder() / "compiled"
    folder.mkdir(parents=True, exist_ok=True)
    update("jax_compilation_cache_dir", str(folder))
    update("jax_compilation_cache_max_size", CACHE_MOST)
    update("jax_persistent_cache_min_compile_time_secs", 0.5)


def cache_folder() -> Path:
    """Where caches live: `LONGVIEW_CACHE`, else the user's cache directory; never the program's folder."""
    return Path(os.environ.get("LONGVIEW_CACHE") or user_cache_dir("longview", appauthor=False))


def price_base(program: Program) -> float:
    """What a unit of money of the price year costs in the first planned year; 1 where no index is at hand."""
    known = price_years()
    if program.price_year in known and program.starts.year in known:
        return float(price_index(program.price_year, program.starts.year))
    return 1.0


@dataclass(frozen=True)
class Prepared:
    """A program with its futures drawn and anchored.

    Attributes:
        count: futures asked for; those that did not settle are missing from every result, and flagged.
        kept: runs of this and of earlier days. today: totals of today's path, at hand.
    """

    program: Program
    evidence: Evidence
    model: Model
    seed: int
    anchor: Anchor
    progress: Callable[[str, float], None] | None
    kept: Kept = field(default_factory=lambda: Kept(cache_folder() / FOLDER), compare=False)
    today: dict[str, dict[str, NDArray[Any]]] = field(default_factory=dict, compare=False, repr=False)

    def _tell(self, what: str) -> Callable[[float], None] | None:
        return None if self.progress is None else lambda share: self.progress(what, share)  # type: ignore[misc]

    def run(
        self,
        portfolios: Sequence[Portfolio],
        telling: Telling,
        *,
        paths: bool,
        which: NDArray[np.intp] | None = None,
        discount: float = 0.03,
    ) -> Result:
        """Runs on all futures, or on those at `which` (positions among the usable ones); those run before are not run again."""
        at = "all" if which is None else np.asarray(which, dtype=np.int64)
        asked = key(self.model.digest, self.anchor.digest, code_stamp(), engine_here(), telling, paths, at, discount)
        names = [key(asked, [[c.option, c.level, str(c.start)] for c in p.choices]) for p in portfolios]
        new = {name: p for name, p in zip(names, portfolios, strict=True) if name not in self.today}
        found = {name: arrays for name, (arrays, _) in self.kept.find(list(new)).items()}
        lacking = {name: p for name, p in new.items() if name not in found}
        if lacking:
            result = self._simulated(list(lacking.values()), telling, paths, which, discount)
            ran = {name: one_run(result, row) for row, name in enumerate(lacking)}
            self.kept.keep({name: pack(arrays) for name, arrays in ran.items()})
            found |= ran
        for name, p in new.items():
            if not (p.choices or paths):
                self.today[name] = found[name]
        return together([found[name] if name in found else self.today[name] for name in names])

    def _simulated(
        self,
        portfolios: Sequence[Portfolio],
        telling: Telling,
        paths: bool,
        which: NDArray[np.intp] | None,
        discount: float,
    ) -> Result:
        held = self.anchor
        futures = held.futures if which is None else held.futures.take(which)
        start = held.start if which is None else held.start.take(which)
        words = "looking ahead" if len(portfolios) < 3 else f"trying {len(portfolios)} plans"
        return simulate(
            self.model,
            futures,
            start,
            portfolios,
            open_only=telling == "open",
            paths=paths,
            engine=engine(),
            discount=discount,
            progress=self._tell(words),
        )

    def outlook(self, portfolio: Portfolio = TODAY, telling: Telling = "closing") -> Outlook:
        """All futures of one portfolio."""
        result = self.run([portfolio], telling, paths=True)
        seen = result.seen
        assert seen is not None
        cut = slice(0, self.model.horizon)
        names = Outlook.__dataclass_fields__
        series = {n: getattr(seen, n)[0, ..., cut] for n in seen._fields if n in names}
        for yes in ("ran_out", "closed"):
            series[yes] = series[yes] > 0.5
        area = counted_deaths(self.model, self.anchor.futures, series["deaths"] + series["deaths_other"])
        return Outlook(
            program=self.program.name, portfolio=portfolio, first_month=self.program.starts, currency=self.program.currency,
            price_year=self.program.price_year, anchored=self.anchor.anchored, deaths_counted=area,
            fund_ids=self.model.names.funds, flags=(*self.anchor.flags, *self._met(series)),
            evidence_used=dict(self.evidence.used), **series,
        )  # fmt: skip

    def _met(self, series: Mapping[str, Floats]) -> tuple[Flag, ...]:
        """Bounds that the model meets within the plan, in more than a few futures."""
        met = bounds_met(self.evidence, self.anchor.futures, self.anchor.start, series)
        shares = {code: float(where.mean()) for code, where in met.items()}
        return tuple(Flag(code, share) for code, share in shares.items() if share >= RARE)

    def delivered(self, outlook: Outlook) -> tuple[Delivered | None, ...]:
        """What funders were promised, under an outlook; reversals as they are reported to us, people of a year with all who came.

        Of reversals with kits that we gave out, today's part of all kits is ours whatever a portfolio hands out (an approximation).
        """
        p = self.anchor.futures.p
        counted = {
            "reversals": p["reversal_report_share"] / (1.0 + p["other_kits"]),
            "participants_12_months": 1.0 + 12.0 * p["lapse_month"],
        }
        return delivered(self.program, outlook, counted)

    def evaluate(
        self, portfolios: Sequence[Portfolio], futures: range | NDArray[np.intp], tellings: Sequence[Telling] = TELLINGS
    ) -> Mapping[Telling, Mapping[str, Floats]]:
        """Outcomes of portfolios on some futures (positions among the usable ones), telling → outcome id → [P, F].

        `life_years` are gained against today's path on the same futures; "short" is whether free cash fell below the reserve.
        """
        which = np.asarray(futures)
        out: dict[Telling, dict[str, Floats]] = {}
        for telling in tellings:
            result = self.run([TODAY, *portfolios], telling, paths=False, which=which)
            out[telling] = {name: values[1:] for name, values in outcomes(result, self.model.horizon).items()}
        return out

    def comparison(self, portfolios: Sequence[Portfolio], discount: float = 0.03) -> Comparison:
        """Portfolios side by side on all futures; today's path is row 0."""
        rows = [TODAY, *(p for p in portfolios if p.choices)]
        values: dict[Telling, dict[str, Floats]] = {}
        for telling in TELLINGS:
            values[telling] = outcomes(self.run(rows, telling, paths=False, discount=discount), self.model.horizon)
        spent = values["open"]["spending"]
        cost = np.median(spent - spent[:1], axis=1)
        return Comparison(tuple(rows), self.program.starts, self.model.horizon, self.program.currency, values, cost)

    def with_program(self, program: Program) -> Prepared:
        """A variant of the program (its money and its options; all else the same) on these futures, not anchored anew.

        Funds that are in both fare alike in every future. The records are this program's, whatever the variant holds.

        Raises:
            ValueError: the variant differs in more than money and options, so that it must be prepared by itself.
        """
        program = replace(program, records=self.program.records)
        if but_for_money(program) != but_for_money(self.program):
            raise ValueError("a variant on the same futures differs in nothing but its money and its options")
        ready = model(program, (self.model.months - RUN_OFF) // 12, price_base(program)).until(self.model.horizon)
        futures = self.anchor.futures
        if (ready.names.funds, ready.names.origins) != (self.model.names.funds, self.model.names.origins):
            futures = with_funds(futures, ready.names)
        return replace(self, program=program, model=ready, anchor=replace(self.anchor, futures=futures))

    def over(self, years: int) -> Prepared:
        """The same program on the same futures over another horizon, as if it had been prepared so."""
        months = 12 * _allowed(years) + RUN_OFF
        ready = model(self.program, years, price_base(self.program))
        futures = over(self.anchor.futures, self.evidence, ready.names, months)
        return replace(self, model=ready, anchor=replace(self.anchor, futures=futures))

    @property
    def count(self) -> int:
        """Usable futures."""
        return self.anchor.futures.count

    @property
    def flags(self) -> tuple[Flag, ...]:
        """What the user must be told of the start."""
        return self.anchor.flags


def but_for_money(program: Program) -> Program:
    """The program without what may differ between variants on the same futures: its money and its options."""
    return replace(
        program,
        plan_from=program.starts, funds=(), options=(), effects=(), prices=(), budget=(), deliverables=(), accounts=(),
        free_cash=Decimal(0),
        posts=tuple(replace(post, paid_by=()) for post in program.posts),
        costs=tuple(replace(cost, paid_by=()) for cost in program.costs),
    )  # fmt: skip


def _allowed(years: int) -> int:
    if not 1 <= years <= 10:
        raise ValueError(f"a plan covers 1 to 10 years, not {years}")
    return years


def outcomes(result: Result, horizon: int) -> dict[str, Floats]:
    """Outcomes of `results.OUTCOMES` and "short" from totals, [P, F]; row 0 must be today's path."""
    sums, end = result.sums, result.end
    assert sums is not None
    assert end is not None
    assert result.short is not None
    out: dict[str, Floats] = {
        "life_years": result.lived - result.lived[:1],
        "short": (result.short > 0.5).astype(np.float64),
    }
    for outcome in OUTCOMES:
        if outcome.over == "sum":
            out[outcome.id] = getattr(sums, outcome.id)
        elif outcome.over == "mean":
            out[outcome.id] = getattr(sums, outcome.id) / horizon
        elif outcome.over in ("end", "chance"):
            out[outcome.id] = getattr(end, outcome.id)
        elif outcome.over == "rate":
            years = getattr(sums, outcome.per) / 12.0
            out[outcome.id] = PERSON_YEARS * getattr(sums, outcome.of) / np.where(years > 0.0, years, 1.0)
    return out


def prepare(
    program: Program,
    *,
    years: int = 5,
    futures: int = 1000,
    seed: int = 0,
    progress: Callable[[str, float], None] | None = None,
    first: int = 0,
) -> Prepared:
    """Draw futures for a program, anchor them in its records, and make them ready to be asked.

    Raises:
        ValueError: no future fits the records, or the plan is longer than the model runs (ten years).
    """
    evidence = load(program.own_values)
    ready = model(program, _allowed(years), price_base(program))
    drawn = draw(evidence, ready.names, 12 * years + RUN_OFF, seed, first, futures)
    store = Kept(cache_folder() / FOLDER)
    name = key("anchor", code_stamp(), records_hash(program), evidence.hash, seed, first, futures)
    known = store.find([name])
    if known:
        return Prepared(program, evidence, ready, seed, unpacked_anchor(*known[name], drawn), progress, store)
    found = in_line(anchor(ready, evidence, drawn))
    store.keep({name: packed_anchor(found, drawn)})
    return Prepared(program, evidence, ready, seed, found, progress, store)
