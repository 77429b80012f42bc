"""Free cash month by month: the reserve, the month in which it gets thin, and what ends when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations, product

import numpy as np
from numpy.typing import NDArray

from longview.program import Month, Program
from longview.report.charts import parts
from longview.report.charts.parts import Floats, Frame
from longview.report.charts.vega import beside, panel, sheet, text
from longview.report.rounding import NB, money, month_words
from longview.results import Outlook


@dataclass(frozen=True, slots=True)
class Event:
    """Something on the time line: the month (0 the first planned) in whose end it happens, and its words."""

    month: int
    words: str
    short: str


@dataclass(frozen=True, slots=True)
class Cash:
    """A picture in two widths and its story; `thin` is the first month in which a quarter of futures lie under
    the reserve."""

    wide: str
    narrow: str
    story: str
    thin: Month | None


def reserve_of(program: Program, outlook: Outlook) -> float:
    """The free cash to keep: the program's own figure, else a quarter of a month's spending in the first year."""
    if program.reserve is not None:
        return float(program.reserve)
    return float(np.median(outlook.spending[:, :12])) / 4


def thin_month(free_cash: NDArray[np.floating], reserve: float) -> int | None:
    """The first month in which the lower edge of the middle half of futures is under the reserve; None if none is."""
    low, _ = parts.edges(free_cash, 0.5)
    below = np.flatnonzero(low < reserve)
    return int(below[0]) if below.size else None


def fund_ends(program: Program, outlook: Outlook) -> list[Event]:
    """Where funds end (or must be renewed) inside the horizon; the largest three, so that words don't collide."""
    months = outlook.deaths.shape[1]
    found = []
    for fund in program.funds:
        if fund.last is not None and 0 <= (at := fund.last.since(outlook.first_month)) < months - 1:
            words = f"{month_words(fund.last)}: {fund.name} ends"
            found.append((float(fund.amount), Event(at, words, f"{month_words(fund.last, short=True)}: {fund.name}")))
    return [event for _, event in sorted(found, key=lambda pair: -pair[0])[:3]]


def cash(program: Program, outlook: Outlook, *, today: Outlook | None = None) -> Cash:
    """Free cash under a plan: bands of 50 and 80%, the middle, the reserve and the thin month.

    Args:
        outlook: whose cash is shown. today: today's path, shown as a dashed middle line if given.
    """
    reserve = reserve_of(program, outlook)
    at = thin_month(outlook.free_cash, reserve)
    story = _story(outlook, reserve, at)
    events = fund_ends(program, outlook)
    wide = _sheet(_Scene(outlook, today, reserve, at, events, False, (74, 138)), story, width=720, height=290)
    narrow = _sheet(_Scene(outlook, today, reserve, at, events[:1], True, (50, 92)), story, width=328, height=270)
    return Cash(wide, narrow, story, None if at is None else outlook.months[at])


def _story(outlook: Outlook, reserve: float, thin: int | None) -> str:
    middle = np.median(outlook.free_cash, axis=0)
    coin = outlook.currency
    said = (
        f"Free cash month by month, {month_words(outlook.first_month)} to {month_words(outlook.months[-1])}. "
        f"The middle future goes from about {money(middle[0], coin)} to about {money(middle[-1], coin)}. "
    )
    if thin is None:
        return (
            said + f"The middle half of futures stays above the reserve of {money(reserve, coin)}. Numbers "
            f"follow in the table."
        )
    month = month_words(outlook.months[thin])
    return (
        said
        + f"{month} is the first month in which one future in four is below the reserve of {money(reserve, coin)}. "
        f"Numbers follow in the table."
    )


@dataclass(frozen=True, slots=True)
class _Scene:
    """What one width of the picture is made of: `margins` are the px to the left and right of the plot."""

    outlook: Outlook
    today: Outlook | None
    reserve: float
    thin: int | None
    events: Sequence[Event]
    small: bool
    margins: tuple[float, float]


def _sheet(scene: _Scene, story: str, *, width: int, height: int) -> str:
    left, right = scene.margins
    months = scene.outlook.deaths.shape[1]
    low, high = parts.edges(scene.outlook.free_cash, 0.8)
    least, most = min(0.0, float(low.min())), max(float(high.max()), scene.reserve * 1.2, 1.0)
    ticks = [t for t in parts.round_ticks(least, most, 5) if least <= t <= most]
    least -= 0.02 * (most - least) * (least < 0)
    frame = Frame(scene.outlook.first_month, -0.5, months - 0.5, least, most, width - left - right, height)
    sky = 22 * (len(scene.events) + (scene.thin is not None))
    top = 30 + sky
    placed = [
        (0.0, 0.0, text(0, 14, "Free cash at each month’s end", "tb")),
        (float(left), float(top), _bands(scene, frame, ticks)),
        (float(left), float(top), _words(scene, frame, sky)),
    ]
    return sheet(width, top + height + 26, story, placed, kind="narrow" if scene.small else "wide")


def _bands(scene: _Scene, frame: Frame, ticks: list[float]) -> str:
    outlook, today, reserve, thin, small = scene.outlook, scene.today, scene.reserve, scene.thin, scene.small
    coin = outlook.currency
    x, y = parts.scales(frame, ticks, lambda t: money(t, coin, short=small))
    months = np.arange(outlook.deaths.shape[1], dtype=np.float64)
    low80, high80 = parts.edges(outlook.free_cash, 0.8)
    low50, high50 = parts.edges(outlook.free_cash, 0.5)
    layers = [parts.band(x, y, months, low80, high80, "b80c"), parts.band(x, y, months, low50, high50, "b50c")]
    if low80.min() < 0:
        layers.append(parts.band(x, y, months, np.minimum(low80, 0.0), np.minimum(high80, 0.0), "under"))
        layers.append(parts.level(x, y, frame, 0.0, "axis"))
    layers.append(parts.level(x, y, frame, reserve, "res"))
    if today is not None:
        layers.append(parts.line(x, y, months, np.median(today.free_cash, axis=0), "today"))
    layers.append(parts.line(x, y, months, np.median(outlook.free_cash, axis=0), "plan"))
    if thin is not None:
        layers.append(parts.marks(x, y, np.array([float(thin)]), np.array([low50[thin]]), "thin", 5.0))
    return panel(layers, frame.width, frame.height)


def _words(scene: _Scene, frame: Frame, sky: int) -> str:
    outlook, today, small = scene.outlook, scene.today, scene.small
    reserve, thin, events = scene.reserve, scene.thin, scene.events
    coin = outlook.currency
    low80, high80 = parts.edges(outlook.free_cash, 0.8)
    low50, high50 = parts.edges(outlook.free_cash, 0.5)
    end = float(np.median(outlook.free_cash[:, -1]))
    wanted = {
        f"{'plan' if today is not None else 'middle'}:{NB}{money(end, coin, short=small)}": (end, "t tp"),
        "half" if small else "half of futures": (float(high50[-1]), "ts"),
        "8 in 10": (float(high80[-1]), "ts"),
    }
    if today is not None:
        before = float(np.median(today.free_cash[:, -1]))
        wanted[f"{'today' if small else 'today’s path'}:{NB}{money(before, coin, short=small)}"] = (before, "t tt")
    said = [
        beside(
            frame.width,
            {words: frame.y(value) for words, (value, _) in wanted.items()},
            {words: look for words, (_, look) in wanted.items()},
            low=6.0,
            high=frame.height - 2,
        )
    ]
    said.append(_on_line(frame, low80, reserve, coin, small))
    lines: list[tuple[float, str, str, float | None]] = [
        (frame.x(e.month + 0.5), e.short if small else e.words, "ts", None) for e in events
    ]
    if thin is not None:
        when = month_words(outlook.months[thin], short=small)
        words = f"{when}: 1 in 4 below reserve" if small else f"{when}, thin: 1 future in 4 is below the reserve"
        lines.append((frame.x(thin), words, "t ta", frame.y(float(low50[thin])) - 6))
    placed = _laid_out([(x, words) for x, words, _, _ in lines], frame.width, scene.margins)
    labels = []
    for row, (place, begins) in enumerate(placed):
        x, words, look, until = lines[place]
        y = -sky + 22 * row + 4
        ends = frame.y(max(frame.low, 0.0)) if until is None else until
        said.append(f'<path class="{"now" if until is None else "leadA"}" d="M{x:.1f} {y + 6:.1f}V{ends:.1f}"/>')
        labels.append(text(begins, y + 4, words, f"{look} sky"))
    return "".join(said + labels)


def _laid_out(
    lines: Sequence[tuple[float, str]], width: float, margins: tuple[float, float]
) -> list[tuple[int, float]]:
    """Which label goes on which row of the sky, and where it begins, so that lines cross as few words as can be.

    (Place in `lines`, x), from the top row down. A label stands right or left of its line, or is pulled back onto the
    sheet. At most four labels, so every way is tried.
    """

    def begins(place: int, side: str) -> tuple[float, float]:
        x, words = lines[place]
        long = 7.3 * len(words)  # 14 px type, a little over half as wide as high
        left = x + 4 if side == "right" else x - 4 - long
        left = max(-margins[0], min(left, width + margins[1] - long))
        return left, left + long

    def crossed(way: Sequence[tuple[int, str]]) -> int:
        reach = [begins(place, side) for place, side in way]
        return sum(left < lines[above][0] < right for row, (left, right) in enumerate(reach) for above, _ in way[:row])

    ways = (
        list(zip(order, sides, strict=True))
        for order in permutations(range(len(lines)))
        for sides in product(("right", "left"), repeat=len(lines))
    )
    best = min(ways, key=crossed, default=[])
    return [(place, begins(place, side)[0]) for place, side in best]


def _on_line(frame: Frame, low80: Floats, reserve: float, coin: str, small: bool) -> str:
    """Words for the reserve and for what lies below zero, put where no band reaches, or left to the caption."""
    said = []
    room = 120 if small else 210
    months = int(room / frame.width * (frame.right - frame.left))
    if len(low80) > months and low80[:months].min() > reserve + 24 / frame.height * (frame.high - frame.low):
        said.append(text(5, frame.y(reserve) - 5, "reserve" if small else f"reserve {money(reserve, coin)}", "t ta"))
        if frame.y(frame.low) - frame.y(0.0) > 18:
            words = "below: run out" if small else "below this line we have run out"
            said.append(text(5, frame.y(0.0) + 16, words))
    return "".join(said)


def year_ends(outlook: Outlook) -> list[tuple[Month, float, float, float, float, float]]:
    """By year's end: the month, free cash (low, middle, high of 8 futures in 10), chance of having run out, and
    closed."""
    rows = []
    for at in range(11, outlook.deaths.shape[1], 12):
        cash_then = outlook.interval("free_cash", at=at)
        rows.append(
            (
                outlook.months[at],
                cash_then.low,
                cash_then.middle,
                cash_then.high,
                outlook.chance("ran_out", at),
                outlook.chance("closed", at),
            )
        )
    return rows


__all__ = ["Cash", "Event", "cash", "fund_ends", "reserve_of", "thin_month", "year_ends"]
