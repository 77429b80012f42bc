"""Promises to funders: a pick gives none of them up for a gain."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from longview.choose.judge import ROUNDING
from longview.choose.options import Levels, Offer
from longview.program import Program
from longview.results import Flag, Portfolio

LESS_LIKELY = 0.05  # how much less likely than on today's path a pick may make it that a funder's promise is kept
PASSED_OVER = 24  # plans: where so many in a row break a promise, the best is told with the promise that it endangers
Promises = Callable[[Portfolio], Sequence[float | None]]
"""Chances that funders' promises are kept under a portfolio, in the program's order; None: the model does not tell."""


class Promised:
    """Promises to funders, which no pick may make hardly likelier to be broken than today's path does.

    Attributes:
        bound: places of those for which a plan was passed over. endangered: of those that the pick itself makes less likely,
            since no plan near it does better by them.
    """

    def __init__(self, on_offer: Offer, promises: Promises | None) -> None:
        self.offer, self.promises, self.bound = on_offer, promises, set[int]()
        self._today: Sequence[float | None] | None = None
        self._passed: list[Levels] = []
        self.endangered: set[int] = set()

    def kept(self, row: Levels) -> bool:
        """Whether a portfolio may be picked for all that was promised."""
        if self.promises is None or not row.any():
            return True
        if self._today is None:
            self._today = self.promises(Portfolio("today"))
        then = self.promises(self.offer.portfolio(row))
        pairs = enumerate(zip(self._today, then, strict=True))
        less = {
            i for i, (a, b) in pairs if a is not None and b is not None and b < a - LESS_LIKELY - ROUNDING
        }  # fmt: skip
        self.bound |= less
        return not less

    def passes(self, row: Levels) -> Levels | None:
        """This plan where it keeps the promises; the first that was passed over once too many did not; else None."""
        if self.kept(row):
            return row
        self._passed.append(row)
        if len(self._passed) < PASSED_OVER:
            return None
        self.endangered, self.bound = set(self.bound), set()
        return self._passed[0]

    def flags(self, program: Program) -> tuple[Flag, ...]:
        """What is said where a plan was passed over: the funds that were promised, and what."""
        places, code = (
            (self.endangered, "promise-endangered") if self.endangered else (self.bound, "promise-less-likely")
        )
        if not places:
            return ()
        names = {fund.id: fund.name for fund in program.funds}
        told = [program.deliverables[i] for i in sorted(places)]
        words = [f"{names.get(one.fund, one.fund)} ({one.measure.replace('_', ' ')})" for one in told]
        return (Flag(code, 1.0, ", ".join(dict.fromkeys(words))),)


__all__ = ["Promised", "Promises"]
