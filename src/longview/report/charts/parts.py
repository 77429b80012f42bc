"""The parts that month-by-month pictures share: axes, bands, lines, marks (Altair layers in our classes)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from longview.program import Month
from longview.report.charts.vega import ink

Floats = NDArray[np.float64]
SMOOTH = 7  # months: bands of whole people are steps, which the eye takes for news


@dataclass(frozen=True, slots=True)
class Frame:
    """Scales of a panel: months `left`-`right` (months from `start`, ends included) against `low`-`high`."""

    start: Month
    left: float
    right: float
    low: float
    high: float
    width: float
    height: float

    def x(self, month: float) -> float:
        """Where a month stands, px from the panel's left."""
        return (month - self.left) / (self.right - self.left) * self.width

    def y(self, value: float) -> float:
        """Where a value stands, px from the panel's top."""
        return (self.high - value) / (self.high - self.low) * self.height


def scales(frame: Frame, ticks: Sequence[float], written: Callable[[float], str], *, every: int = 1) -> tuple[Any, Any]:
    """Altair's x and y: years labelled at each January (each `every`th), values in words at `ticks`."""
    import altair as alt

    first = (12 - frame.start.month + 1) % 12
    januaries = [m for m in range(first - 1200, 1200, 12) if frame.left <= m <= frame.right]
    years = {m: frame.start.plus(m).year for m in januaries}
    named = {m: str(y) if frame.width > 300 else f"’{y % 100:02d}" for m, y in years.items()}
    labels = [(m, named[m]) for i, m in enumerate(januaries) if i % every == 0]
    x_words = " : ".join(f"datum.value == {m} ? '{name}'" for m, name in labels) + " : ''" if labels else "''"
    y_words = " : ".join(f"datum.value == {_exact(t)} ? '{written(t)}'" for t in ticks) + " : ''"
    x = alt.X(
        "m:Q",
        scale=alt.Scale(domain=[frame.left, frame.right], nice=False, zero=False),
        axis=alt.Axis(
            title=None,
            values=januaries,
            labelExpr=x_words,
            labelColor=ink("ts"),
            domainColor=ink("axis"),
            tickColor=ink("axis"),
            tickSize=4,
            labelFontSize=13,
            labelPadding=6,
            grid=False,
            labelOverlap=False,
            labelFlush=False,
            domain=frame.low >= 0,
            labelBound=False,
        ),
    )
    y = alt.Y(
        "v:Q",
        scale=alt.Scale(domain=[frame.low, frame.high], nice=False, zero=False),
        axis=alt.Axis(
            title=None,
            values=[float(t) for t in ticks],
            labelExpr=y_words,
            labelColor=ink("ts"),
            gridColor=ink("grid"),
            domain=False,
            ticks=False,
            labelFontSize=13,
            labelPadding=7,
            labelOverlap=False,
        ),
    )
    return x, y


def _chart(rows: list[dict[str, float]]) -> Any:
    """A chart of rows that are written into it: nothing is read from elsewhere."""
    import altair as alt

    return alt.Chart(alt.InlineData(values=rows))


def _exact(value: float) -> str:
    return f"{value:.12g}"


def band(x: Any, y: Any, months: Floats, low: Floats, high: Floats, name: str) -> Any:
    """The area between two edges."""

    rows = [{"m": float(m), "v": float(a), "w": float(b)} for m, a, b in zip(months, low, high, strict=True)]
    return _chart(rows).mark_area(color=ink(name), line=False).encode(x=x, y=y, y2="w:Q")


def line(x: Any, y: Any, months: Floats, values: Floats, name: str) -> Any:
    """A line through values; gaps (NaN) are left out."""

    rows = [{"m": float(m), "v": float(v)} for m, v in zip(months, values, strict=True) if np.isfinite(v)]
    return _chart(rows).mark_line(color=ink(name), strokeWidth=1).encode(x=x, y=y)


def marks(x: Any, y: Any, months: Floats, values: Floats, name: str, radius: float) -> Any:
    """Round marks; hollow for the classes whose style says so."""

    rows = [{"m": float(m), "v": float(v)} for m, v in zip(months, values, strict=True)]
    size = float(np.pi * radius**2)
    return _chart(rows).mark_point(filled=True, color=ink(name), size=size, opacity=1).encode(x=x, y=y)


def bars(x: Any, y: Any, months: Floats, low: Floats, high: Floats, name: str) -> Any:
    """Upright bars from low to high: counts that were hidden."""

    rows = [{"m": float(m), "v": float(a), "w": float(b)} for m, a, b in zip(months, low, high, strict=True)]
    return _chart(rows).mark_rule(color=ink(name)).encode(x=x, y=y, y2="w:Q")


def level(x: Any, y: Any, frame: Frame, value: float, name: str) -> Any:
    """A line across at one value."""
    return line(x, y, np.array([frame.left, frame.right]), np.array([value, value]), name)


def upright(x: Any, y: Any, frame: Frame, month: float, name: str) -> Any:
    """A line up at one month."""
    return bars(x, y, np.array([month]), np.array([frame.low]), np.array([frame.high]), name)


def smoothed(values: Floats, months: int = SMOOTH) -> Floats:
    """The running mean over `months`, over fewer at the ends."""
    kernel = np.ones(min(months, len(values)))
    return np.convolve(values, kernel, "same") / np.convolve(np.ones(len(values)), kernel, "same")


def edges(values: NDArray[np.floating], share: float) -> tuple[Floats, Floats]:
    """The ends between which `share` of futures lie, month by month: values [F, T] → two of [T]."""
    tail = (1 - share) / 2
    low, high = np.quantile(np.asarray(values, dtype=np.float64), [tail, 1 - tail], axis=0)
    return low, high


def round_ticks(low: float, high: float, count: int = 4) -> list[float]:
    """Round numbers that span low to high, about `count` of them."""
    width = max(high - low, 1e-9)
    power = 10.0 ** np.floor(np.log10(width / count))
    step = next(float(power * k) for k in (1, 2, 2.5, 5, 10) if width / (power * k) <= count)
    first = np.floor(low / step + 1e-9)
    last = np.ceil(high / step - 1e-9)
    return [float(round(k * step, 9)) for k in np.arange(first, last + 1)]
