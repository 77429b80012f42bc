"""Small pictures that are written by hand: a row of the interval plot, and a hundred squares.

A row has no viewBox: x in per cent and height 100%, so that the table around it stays real text at any width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from longview.report.charts.parts import round_ticks
from longview.report.rounding import MINUS, figure
from longview.results import Interval

Shape = Literal["circle", "square", "diamond"]


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis for all rows of an interval plot."""

    low: float
    high: float
    ticks: tuple[float, ...]

    @classmethod
    def over(cls, intervals: Sequence[Interval]) -> Axis:
        """The axis that holds every interval and zero, with a little air."""
        low = min([0.0, *(i.low for i in intervals)])
        high = max([0.0, *(i.high for i in intervals)])
        if high - low < 1e-9:
            high = low + 1.0
        air = (high - low) * 0.05
        ticks = tuple(t for t in round_ticks(low, high, 4) if low - air <= t <= high + air)
        return cls(low - air, high + air, ticks)

    def at(self, value: float) -> str:
        """Where a value stands, in per cent of the width."""
        return f"{(value - self.low) / (self.high - self.low) * 100:.2f}%"


def _upright(axis: Axis) -> str:
    return "".join(
        f'<line x1="{axis.at(t)}" x2="{axis.at(t)}" y1="0" y2="100%" class="{"zero" if t == 0 else "grid"}"/>'
        for t in axis.ticks
    )


def row(axis: Axis, likely: Interval, half: Interval, shape: Shape = "circle") -> str:
    """A row: thin line 8 futures in 10, bar half of them, hollow mark the middle."""
    marks = _upright(axis)
    if likely.high > likely.low:
        marks += f'<line x1="{axis.at(likely.low)}" x2="{axis.at(likely.high)}" y1="50%" y2="50%" class="i80"/>'
        marks += f'<line x1="{axis.at(half.low)}" x2="{axis.at(half.high)}" y1="50%" y2="50%" class="i50"/>'
    middle = axis.at(likely.middle)
    if shape == "circle":
        marks += f'<circle cx="{middle}" cy="50%" r="4.6" class="mid"/>'
    else:
        path = "M0-6.2 6.2 0 0 6.2-6.2 0Z" if shape == "diamond" else "M-4.4-4.4H4.4V4.4H-4.4Z"
        marks += f'<svg x="{middle}" y="50%" overflow="visible"><path d="{path}" class="mid"/></svg>'
    return f'<svg aria-hidden="true" focusable="false">{marks}</svg>'


def foot(axis: Axis, worse: str, better: str) -> str:
    """The axis below the rows: figures at the ticks, and what each side of zero means."""
    marks = '<line x1="0" x2="100%" y1="0" y2="0" class="grid"/>'
    for tick in axis.ticks:
        at = axis.at(tick)
        written = f"{abs(tick):g}" if abs(tick) < 10 else figure(abs(tick))
        if tick < 0 and not worse:
            written = MINUS + written
        marks += f'<line x1="{at}" x2="{at}" y1="0" y2="5" class="axis"/>'
        marks += f'<text x="{at}" y="19" class="ts" text-anchor="middle">{written}</text>'
    zero = axis.at(0.0)
    share = (0.0 - axis.low) / (axis.high - axis.low)
    if worse and share > 0.25:
        marks += f'<text x="{zero}" dx="-8" y="37" class="ts" text-anchor="end">{worse}</text>'
    anchor = ' text-anchor="end"' if share > 0.75 else ""
    at_end = "100%" if anchor else zero
    marks += f'<text x="{at_end}" dx="{0 if anchor else 6}" y="37" class="ts"{anchor}>{better}</text>'
    return f'<svg aria-hidden="true" focusable="false">{marks}</svg>'


def tens(axis: Axis, words: str) -> str:
    """The axis below rows drawn by their powers of ten: 1, 10, 100, each step ten times the one before."""
    marks = '<line x1="0" x2="100%" y1="0" y2="0" class="grid"/>'
    for tick in axis.ticks:
        at = axis.at(tick)
        marks += f'<line x1="{at}" x2="{at}" y1="0" y2="5" class="axis"/>'
        marks += f'<text x="{at}" y="19" class="ts" text-anchor="middle">{figure(10.0**tick)}</text>'
    marks += f'<text x="100%" y="37" class="ts" text-anchor="end">{words}</text>'
    return f'<svg aria-hidden="true" focusable="false">{marks}</svg>'


def hundred(share: float, story: str) -> str:
    """A hundred squares for one chance, filled first, in reading order; one is filled for any chance above none."""
    filled = min(100, max(int(share > 0), int(share * 100 + 0.5)))
    if share < 1.0:
        filled = min(filled, 99)

    def cell(place: int) -> str:
        name = "on" if place < filled else "cell"
        return f'<rect x="{place % 10 * 10 + 1}" y="{place // 10 * 10 + 1}" width="8" height="8" class="{name}"/>'

    cells = "".join(map(cell, range(100)))
    return f'<svg viewBox="0 0 100 100" class="squares" role="img" aria-label="{story}">{cells}</svg>'
