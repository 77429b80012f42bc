"""What a portfolio adds to planned money, and what one answer proves: plain numbers, laid out as one row."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def _none() -> Floats:
    return np.zeros((0, 0))


@dataclass(frozen=True, slots=True)
class Extra:
    """What choices add to today's path, nominal.

    Attributes:
        saved: what no longer falls due of today's bills, by class, never above zero, [K, T].
        more: what falls due on top, by class, never below zero, [K, T].
        cash: free cash lent or given to us, or no longer coming (a declined fund that is free as it arrives), [T].
        come: money of funds that come or go with an option, by `Budget.moving`, at its chance, [M, T].
        room: what may be charged in a month to funds that an option declines, by `Budget.declined`: less all of it
            from the decline on, [R, T].
    """

    saved: Floats
    more: Floats
    cash: Floats
    come: Floats = field(default_factory=_none)
    room: Floats = field(default_factory=_none)

    @property
    def flat(self) -> Floats:
        """All of it as one row, [(2·K + 1 + M + R)·T]."""
        return np.concatenate([part.ravel() for part in (self.saved, self.more, self.cash, self.come, self.room)])


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of `Extra.flat` stand: K classes, T months, M funds that come or go, R of them declined."""

    classes: int
    months: int
    moving: int = 0
    declined: int = 0

    def parts(self, table: Floats) -> tuple[Floats, ...]:
        """Rows [..., D] split into saved, more, cash, come and room, each [..., its cells]."""
        sizes = np.array([self.classes, self.classes, 1, self.moving, self.declined]) * self.months
        return tuple(np.split(table, np.cumsum(sizes)[:-1], axis=-1))

    def read(self, flat: Floats) -> Extra:
        """What one row holds."""
        saved, more, cash, come, room = self.parts(flat)
        return Extra(
            saved.reshape(self.classes, self.months),
            more.reshape(self.classes, self.months),
            cash,
            come.reshape(self.moving, self.months),
            room.reshape(self.declined, self.months),
        )


@dataclass(frozen=True, slots=True)
class Cut:
    """A proof: the shortfall of a portfolio that adds d (`Extra.flat`) is at least `level + slope · d`."""

    level: float
    slope: Floats


@dataclass(frozen=True, slots=True)
class Answer:
    """Of one portfolio: the least shortfall, the cut that proves it, and the shares found.

    Attributes:
        today, extra: charged to each pot's fund for today's lines and for what is added, by (class, fund, month).
        matched: spending and gifts set against a fund that asks for match, by (place in `Budget.pots`, place in
            `strings.match_groups`, month).
    """

    shortfall: float
    cut: Cut
    today: dict[tuple[int, int, int], float]
    extra: dict[tuple[int, int, int], float]
    matched: dict[tuple[int, int, int], float] = field(default_factory=dict)


__all__ = ["Answer", "Cut", "Extra", "Layout"]
