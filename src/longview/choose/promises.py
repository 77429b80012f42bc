"""Promises to funders: a pick gives none of them up for a gain."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from longview.choose.judge import ROUNDING
from longview.choose.options import Levels, Offer
from longview.program import Program
from longview.results import Flag, Portfolio

LESS_LIKELY = 0.02  # how much less likely than on today's path a pick may make it that a funder's promise is kept
Promises = Callable[[Portfolio], Sequence[float | None]]
"""Chances that funders' promises are kept under a portfolio, in the program's order; None: the model does not tell."""


class Promised:
    """Promises to funders, which no pick may make hardly likelier to be broken than today's path does.

    Attributes:
        bound: places of those for which a plan was passed over.
    """

    def __init__(self, on_offer: Offer, promises: Promises | None) -> None:
        self.offer, self.promises, self.bound = on_offer, promises, set[int]()
        self._today: Sequence[float | None] | None = None

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

    def flags(self, program: Program) -> tuple[Flag, ...]:
        """What is said where a plan was passed over: the funds that were promised, and what."""
        if not self.bound:
            return ()
        names = {fund.id: fund.name for fund in program.funds}
        told = [program.deliverables[i] for i in sorted(self.bound)]
        words = [f"{names.get(one.fund, one.fund)} ({one.measure.replace('_', ' ')})" for one in told]
        return (Flag("promise-less-likely", 1.0, ", ".join(dict.fromkeys(words))),)


__all__ = ["Promised", "Promises"]
