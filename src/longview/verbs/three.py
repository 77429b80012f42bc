"""The three plans: the choice made again on other money, on the same futures (decision 0405)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from longview.choose import (
    GIFT,
    Assumptions,
    Evaluate,
    NothingAffordableError,
    Rounds,
    a_year,
    after_cut,
    after_grant,
    asks_on,
    choose,
    clash_words,
    in_common,
    money_in,
    offer,
    usual_ask,
    with_gift,
    with_money,
)
from longview.program import Program
from longview.results import Choice, Decision, Portfolio, Telling, ThreePlans, Variant
from longview.verbs import Progress
from longview.verbs.futures import TELLINGS, Prepared

TRIED, SCREENED, RACED, SHOWN = 100, 48, 160, 512  # plans tried; futures to try, race and show them on
FINALISTS = 8


@dataclass(frozen=True)
class Chosen:
    """What the plan on expected money was chosen from.

    Attributes:
        every: all futures, those of the answer first; shown: how many those are.
    """

    program: Program
    every: Prepared
    shown: int
    given: Assumptions
    seed: int
    decision: Decision

    @property
    def years(self) -> int:
        """Of the plan."""
        return self.every.model.horizon // 12

    @property
    def rounds(self) -> Rounds:
        """A shorter look, since it begins near the plan on expected money."""
        looked = range(self.shown, min(self.every.count, self.shown + RACED))
        shown = range(min(self.shown, SHOWN))
        return Rounds(shown, looked, min(SCREENED, len(looked)), TRIED, finalists=FINALISTS, each=0)

    @property
    def near(self) -> list[Portfolio]:
        """Where to begin: the pick, the runner-up, and the best plans without and with each option."""
        found = self.decision
        rows = [
            found.pick,
            *([] if found.runner_up is None else [found.runner_up]),
            *(a.index for a in found.alternatives),
        ]
        return [found.comparison.portfolios[row] for row in dict.fromkeys(rows)]


def three_plans(chosen: Chosen, progress: Progress | None = None) -> ThreePlans:
    """The plan on expected money beside those after a cut and with the ask granted."""
    program, given = chosen.program, chosen.given
    expected = Variant("expected", a_year(program, given), chosen.decision)
    less = after_cut(program)
    cut = Variant("cut", a_year(less, given), *_choice(chosen, less, progress=progress))
    asks = asks_on(offer(program, 12 * chosen.years))
    asked = 0.0 if asks else usual_ask(program, given)
    more = after_grant(program, asks) if asks else with_gift(program, asked)
    money = money_in(program, [asked] * chosen.years)
    granted = Variant("granted", a_year(more, given, asks), *_choice(chosen, more, asks, money, progress))
    plans = [v.decision.portfolio for v in (expected, cut, granted) if v.decision is not None]
    return ThreePlans(expected, cut, granted, asks, asked, in_common(plans))


def _choice(
    chosen: Chosen,
    program: Program,
    held: tuple[str, ...] = (),
    money: tuple[Choice, ...] = (),
    progress: Progress | None = None,
) -> tuple[Decision | None, str]:
    """The choice on a variant's money; None and why, where nothing keeps the rules."""
    run = replace(program, funds=tuple(fund for fund in program.funds if fund.id != GIFT))
    variant = chosen.every.with_program(with_money(run, chosen.years))

    def evaluate(
        portfolios: Sequence[Portfolio], futures: Sequence[int], tellings: Sequence[Telling] = TELLINGS
    ) -> dict[Telling, dict[str, np.ndarray]]:
        paid = [replace(p, choices=(*p.choices, *money)) if p.choices else p for p in portfolios]
        return {t: dict(v) for t, v in variant.evaluate(paid, np.asarray(futures), tellings).items()}

    weigh: Evaluate = evaluate
    try:
        return choose(
            program, weigh, months=12 * chosen.years, given=chosen.given, rounds=chosen.rounds, seed=chosen.seed,
            held=held, near=chosen.near, told=progress,
        ), ""  # fmt: skip
    except NothingAffordableError as nothing:
        return None, clash_words(program, nothing.clash)


__all__ = ["Chosen", "three_plans"]
