"""The fan: what was counted, what may come, and what the plan changes in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from longview.program import Month
from longview.report.charts import parts
from longview.report.charts.parts import Floats, Frame
from longview.report.charts.recorded import Recorded, recorded_deaths
from longview.report.charts.vega import beside, panel, sheet, text
from longview.report.rounding import NB, figure, gain_range, gain_words, half_up, month_words
from longview.results import Outlook, interval


@dataclass(frozen=True, slots=True)
class Fan:
    """A picture in two widths, its story in words, and whether it has bars and hollow dots to explain."""

    wide: str
    narrow: str
    story: str
    hidden: int
    provisional: int


def fan(today: Outlook, plan: Outlook | None, recorded: Recorded | None) -> Fan:
    """Deaths as counted and as they may come, with the plan's paired difference added up below.

    Args:
        today: today's path. plan: on the same futures, or None for today's path alone.
        recorded: what was counted before; None where nothing was.
    """
    story = _story(today, plan, recorded)
    wide = _sheet(today, plan, recorded, story, width=720, plot=(34, 536), upper=258, lower=134)
    narrow = _sheet(today, plan, recorded, story, width=328, plot=(26, 222), upper=238, lower=124)
    hidden = 0 if recorded is None else recorded.hidden
    provisional = 0 if recorded is None else int(recorded.open_to_change.sum())
    return Fan(wide, narrow, story, hidden, provisional)


def gained(today: Outlook, plan: Outlook) -> Floats:
    """Fewer opioid overdose deaths with the plan, added up month by month, future by future, [F, T]."""
    return np.cumsum(np.asarray(today.deaths, np.float64) - np.asarray(plan.deaths, np.float64), axis=1)


def _story(today: Outlook, plan: Outlook | None, recorded: Recorded | None) -> str:
    shown = plan or today
    last = today.months[-1]
    end = interval(shown.deaths_counted[:, -12:].sum(axis=1))
    said = [f"People who die of overdose each month, to {month_words(last)}."]
    if recorded is not None:
        tops = np.where(np.isnan(recorded.high), recorded.low, recorded.high)
        said.append(f"Recorded months lie between {figure(recorded.low.min())} and {figure(tops.max())}.")
    whose = "with the plan" if plan else "on today’s path"
    said.append(
        f"In the last 12 months {whose} we expect about {figure(end.middle)} "
        f"(likely between {figure(end.low)} and {figure(end.high)})."
    )
    if plan is not None:
        gain = interval(gained(today, plan)[:, -1])
        said.append(f"Below: fewer deaths with the plan, added up: {gain_words(gain)}, likely {gain_range(gain)}.")
    return " ".join([*said, "The numbers are in the table that follows."]).replace(NB, " ")


def _sheet(
    today: Outlook,
    plan: Outlook | None,
    recorded: Recorded | None,
    story: str,
    *,
    width: int,
    plot: tuple[int, int],
    upper: int,
    lower: int,
) -> str:
    small = width < 400
    left, across = plot
    top, between = 34, 66
    months = today.deaths.shape[1]
    first = float(recorded.offsets[0]) if recorded is not None else 0.0
    shown = plan or today
    high = _ceiling(shown, recorded)
    frame = Frame(today.first_month, min(first, 0.0) - 0.5, months - 0.5, 0.0, high, across, upper)
    title = "People who die of overdose, each month"
    placed = [
        (0.0, 0.0, text(0, 14, title, "tb")),
        (float(left), float(top), _future(today, plan, recorded, frame, small)),
    ]
    placed.append((float(left), float(top), _side_words(today, plan, frame, small)))
    foot = top + upper + 26
    if plan is not None:
        at = foot + between - 26
        words = "Fewer deaths, added up" if small else "Fewer deaths with the plan, added up (same futures)"
        placed.append((0.0, 0.0, text(0, at - 16, words, "tb")))
        placed.append((float(left), float(at), _gain(today, plan, frame, lower, small)))
        foot = at + lower + 26
    return sheet(width, foot, story, placed, kind="narrow" if small else "wide")


def _ceiling(shown: Outlook, recorded: Recorded | None) -> float:
    _, most = parts.edges(shown.deaths_counted, 0.95)
    seen = 0.0 if recorded is None else float(np.nanmax(np.append(recorded.high, recorded.low)))
    return max(float(parts.smoothed(most).max()), seen, 1.0) * 1.12


def _future(today: Outlook, plan: Outlook | None, recorded: Recorded | None, frame: Frame, small: bool) -> str:
    ticks = parts.round_ticks(0.0, frame.high)
    years = (frame.right - frame.left) / 12
    x, y = parts.scales(frame, [t for t in ticks if t <= frame.high], figure, every=2 if small and years > 6 else 1)
    shown = plan or today
    months = np.arange(shown.deaths.shape[1], dtype=np.float64)
    layers = []
    for share, name in ((0.95, "b95"), (0.8, "b80"), (0.5, "b50")):
        low, high = parts.edges(shown.deaths_counted, share)
        layers.append(parts.band(x, y, months, parts.smoothed(low), parts.smoothed(high), name))
    if recorded is not None:
        layers += _counted(x, y, recorded, small)
    if plan is not None:
        layers.append(parts.line(x, y, months, mean_path(plan), "plan"))
    layers.append(parts.line(x, y, months, mean_path(today), "today" if plan is not None else "plan"))
    layers.append(parts.upright(x, y, frame, -0.5, "now"))
    return panel(layers, frame.width, frame.height)


def _counted(x: object, y: object, recorded: Recorded, small: bool) -> list[object]:
    known = recorded.low == recorded.high
    hidden = ~known & np.isfinite(recorded.high)
    late = recorded.open_to_change > 0
    middle = np.where(np.isfinite(recorded.high), (recorded.low + recorded.high) / 2, np.nan)
    layers = [
        parts.line(x, y, recorded.offsets, _average(recorded.offsets, middle), "past"),
        parts.bars(x, y, recorded.offsets[hidden], recorded.low[hidden], recorded.high[hidden], "hid"),
        parts.marks(x, y, recorded.offsets[known & ~late], recorded.low[known & ~late], "dot", 2.0 if small else 2.7),
    ]
    if (known & late).any():
        layers.append(parts.marks(x, y, recorded.offsets[known & late], recorded.low[known & late], "prov", 2.6))
    return layers


def _average(offsets: Floats, values: Floats) -> Floats:
    """The mean of the 12 months to each month; NaN until there are 12 in a row."""
    said = np.full(len(values), np.nan)
    for i in range(11, len(values)):
        if offsets[i] - offsets[i - 11] == 11:
            said[i] = values[i - 11 : i + 1].mean()
    return said


def mean_path(outlook: Outlook) -> Floats:
    """Overdose deaths a month averaged over all futures and smoothed: one future alone is never shown, [T]."""
    return parts.smoothed(np.asarray(outlook.deaths_counted, np.float64).mean(axis=0), 13)


def _side_words(today: Outlook, plan: Outlook | None, frame: Frame, small: bool) -> str:
    shown = plan or today
    right = frame.width
    lower = {
        words: frame.y(float(parts.smoothed(parts.edges(shown.deaths_counted, share)[0])[-1])) - 3
        for share, words in (
            (0.95, "19 in 20" if small else "19 in 20 futures"),
            (0.8, "8 in 10"),
            (0.5, "half" if small else "half of futures"),
        )
    }
    ends = {"today’s path" if not small else "today": (mean_path(today)[-1], "t tt")}
    if plan is not None:
        ends["with the plan" if not small else "plan"] = (mean_path(plan)[-1], "t tp")
    wanted = {f"{name}:{NB}{_monthly(value)}": frame.y(float(value)) for name, (value, _) in ends.items()}
    looks = {f"{name}:{NB}{_monthly(value)}": look for name, (value, look) in ends.items()}
    said = [beside(right, {**lower, **wanted}, looks, low=6.0, high=frame.height - 2)]
    now = frame.x(-0.5)
    ahead = (
        f"from {month_words(today.first_month, short=True)}"
        if small
        else f"{month_words(today.first_month)}: from here, futures"
    )
    said.append(text(now + 5, 8, ahead))
    if now > 60:
        said.append(text(now - 5, 8, "recorded", anchor="end"))
    return "".join(said)


def _monthly(value: float) -> str:
    return f"{half_up(value, 0.1):.1f}" if value < 10 else figure(value)


def _gain(today: Outlook, plan: Outlook, upper: Frame, height: int, small: bool) -> str:
    gain = gained(today, plan)
    low95, high95 = parts.edges(gain, 0.95)
    least, most = min(0.0, float(low95.min())), max(float(high95.max()), 1.0)
    ticks = [t for t in parts.round_ticks(least, most, 3) if least <= t <= most * 1.1]
    frame = Frame(upper.start, upper.left, upper.right, least, max(most, ticks[-1]) * 1.02, upper.width, height)
    x, y = parts.scales(frame, ticks, figure, every=2 if small and upper.right - upper.left > 72 else 1)
    months = np.arange(gain.shape[1], dtype=np.float64)
    layers = []
    for share, name in ((0.95, "b95"), (0.8, "b80"), (0.5, "b50")):
        low, high = parts.edges(gain, share)
        layers.append(parts.band(x, y, months, low, high, name))
    if frame.low < 0:
        layers.append(parts.level(x, y, frame, 0.0, "axis"))
    layers.append(parts.line(x, y, months, np.median(gain, axis=0), "plan"))
    layers.append(parts.upright(x, y, frame, -0.5, "now"))
    end = interval(gain[:, -1])
    at = frame.y(end.middle)
    words = gain_words(end) if not small else gain_words(end).removesuffix(" fewer")
    side = text(frame.width + 9, at, words, "t tp")
    side += text(frame.width + 9, at + 16, f"({gain_range(end)})" if small else f"likely {gain_range(end)}")
    return panel(layers, frame.width, frame.height) + side


@dataclass(frozen=True, slots=True)
class YearOfDeaths:
    """A row of the fan's table: the 12 months to a month."""

    to: Month
    counted: tuple[float, float] | None
    hidden: int
    today: tuple[float, float, float] | None
    plan: tuple[float, float, float] | None
    gain: tuple[float, float, float] | None


def table(today: Outlook, plan: Outlook | None, recorded: Recorded | None) -> Sequence[YearOfDeaths]:
    """The fan's numbers by 12 months: as counted, then as expected (low, middle, high of 8 futures in 10)."""
    rows = []
    if recorded is not None:
        for end in range(-60, 0, 12):
            inside = (recorded.offsets >= end) & (recorded.offsets < end + 12)
            if inside.sum() == 12 and np.isfinite(recorded.high[inside]).all():
                low, high = recorded.low[inside], recorded.high[inside]
                to = today.first_month.plus(end + 11)
                rows.append(YearOfDeaths(to, (low.sum(), high.sum()), int((low != high).sum()), None, None, None))
    added = None if plan is None else gained(today, plan)
    for first in range(0, today.deaths.shape[1] - 11, 12):
        here = slice(first, first + 12)
        rows.append(
            YearOfDeaths(
                to=today.first_month.plus(first + 11),
                counted=None,
                hidden=0,
                today=_three(np.asarray(today.deaths_counted)[:, here].sum(axis=1)),
                plan=None if plan is None else _three(np.asarray(plan.deaths_counted)[:, here].sum(axis=1)),
                gain=None if added is None else _three(added[:, first + 11]),
            )
        )
    return rows


def _three(values: Floats) -> tuple[float, float, float]:
    found = interval(values)
    return found.low, found.middle, found.high


__all__ = ["Fan", "Recorded", "YearOfDeaths", "fan", "gained", "mean_path", "recorded_deaths", "table"]
