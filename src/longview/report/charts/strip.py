"""The turning strip: one bar in three stretches, and what is believed of the figure below it."""

from __future__ import annotations

from dataclasses import dataclass

from longview.report.charts.vega import sheet, text
from longview.results import Turn

LETTER = 8.2  # px: a bold letter of 14 px type, a little over half as wide as high


@dataclass(frozen=True, slots=True)
class Strip:
    """The strip in two widths, and its story."""

    wide: str
    narrow: str
    story: str


def reach(turn: Turn) -> tuple[float, float]:
    """The ends of the bar: all that is believed and all that is too close to call, with air; never below zero for
    figures that are none."""
    values = [turn.now.low, turn.now.high, turn.at, *turn.close]
    low, high = min(values), max(values)
    air = max((high - low) * 0.18, abs(turn.at) * 0.05, 1e-9)
    return (max(0.0, low - air) if low >= 0 else low - air), high + air


def strip(turn: Turn, below: str, above: str, written: dict[str, str], story: str) -> Strip:
    """One strip.

    Args:
        below, above: who comes first on either side, as labels. written: "now", "close", "low" and "high" in words.
    """
    return Strip(
        _sheet(turn, below, above, written, story, 720, wide=True),
        _sheet(turn, below, above, written, story, 328, wide=False),
        story,
    )


def _sheet(turn: Turn, below: str, above: str, written: dict[str, str], story: str, width: int, *, wide: bool) -> str:
    low, high = reach(turn)

    def x(value: float) -> float:
        return min(max((value - low) / (high - low), 0.0), 1.0) * width

    left, right = x(turn.close[0]), x(turn.close[1])
    right = max(right, left + 3)
    most = int((width / 2 - 12 if wide else width - 8) / LETTER)
    heads = [
        text(0, 14, _cut(f"{below} first", most), "t"),
        text(width, 14 if wide else 32, _cut(f"{above} first", most), "t", "end"),
    ]
    bar = 26 if wide else 44
    close, ours = (_cut(_shorter(written[name], width), int(width / LETTER)) for name in ("close", "now"))
    now = x(turn.now.middle)
    parts = [
        f'<line class="sideA" x1="0" x2="{left:.1f}" y1="{bar}" y2="{bar}"/>',
        f'<line class="close" x1="{left:.1f}" x2="{right:.1f}" y1="{bar - 4}" y2="{bar - 4}"/>',
        f'<line class="close" x1="{left:.1f}" x2="{right:.1f}" y1="{bar + 4}" y2="{bar + 4}"/>',
        f'<line class="sideB" x1="{right:.1f}" x2="{width}" y1="{bar}" y2="{bar}"/>',
        text(_within((left + right) / 2, close, width), bar + 25, close, "t ta", "middle"),
        f'<line class="i80" x1="{x(turn.now.low):.1f}" x2="{x(turn.now.high):.1f}" y1="{bar + 44}" y2="{bar + 44}"/>',
        f'<circle class="mid" cx="{now:.1f}" cy="{bar + 44}" r="4.6"/>',
        text(_within(now, ours, width), bar + 66, ours, "t tp", "middle"),
    ]  # fmt: skip
    return sheet(width, bar + 74, story, [(0.0, 0.0, "".join(heads + parts))], kind="wide" if wide else "narrow")


def _shorter(words: str, width: float) -> str:
    """Without what comes before a colon, where all of it would not fit."""
    return words if len(words) * LETTER <= width else words.split(": ", 1)[-1]


def _within(x: float, words: str, width: float) -> float:
    """The middle of words that stand about x, kept on the sheet."""
    half = LETTER * len(words) / 2
    return min(max(x, half), width - half)


def _cut(words: str, most: int) -> str:
    """A label cut to what its place holds: a long name is told in full above the strip."""
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"
