"""What a terminal draws with: colours that mean the same as on the page, lines that wrap, marks that exist."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longview.report.rounding import plain
from longview.results import Interval

_CODES = {"teal": "36", "plum": "35", "amber": "33", "bold": "1", "soft": "2"}
_BLOCKS = "▁▂▃▄▅▆▇█"
_LETTERS = "_.-=+*%#"


@dataclass(frozen=True, slots=True)
class Ink:
    """How to draw: `color` with escape codes, `ascii` with plain letters only, `width` columns."""

    color: bool = False
    width: int = 80
    ascii: bool = False

    def paint(self, text: str, name: str) -> str:
        """The text in a colour or weight; as it is where colour is off. Colour never carries meaning alone."""
        return f"\x1b[{_CODES[name]}m{text}\x1b[0m" if self.color and text else text

    def words(self, text: str, *, indent: int = 2) -> str:
        """A paragraph wrapped to the width. Figures keep together: no-break spaces give way only after wrapping."""
        margin = " " * indent
        wrapped = textwrap.fill(
            text,
            max(20, self.width - 2),
            initial_indent=margin,
            subsequent_indent=margin,
            break_long_words=False,
            break_on_hyphens=False,
        )
        return self.told(wrapped)

    def told(self, text: str) -> str:
        """Text with ordinary spaces; with `ascii`, in plain letters throughout."""
        text = plain(text)
        if not self.ascii:
            return text
        for mark, letter in (
            ("’", "'"),
            ("“", '"'),
            ("”", '"'),
            ("·", "-"),
            ("–", "-"),
            ("…", "..."),
            ("£", "GBP "),
            ("€", "EUR "),
        ):
            text = text.replace(mark, letter)
        return text.encode("ascii", "replace").decode("ascii")

    def spark(self, values: NDArray[np.floating], *, low: float | None = None, high: float | None = None) -> str:
        """A line of heights, lowest to highest of `low`-`high` (by default 0 or the least, to the most)."""
        marks = _LETTERS if self.ascii else _BLOCKS
        data = np.asarray(values, dtype=np.float64)
        floor = min(0.0, float(data.min())) if low is None else low
        top = max(float(data.max()), floor + 1e-9) if high is None else max(high, floor + 1e-9)
        steps = np.clip((data - floor) / (top - floor) * (len(marks) - 1), 0, len(marks) - 1)
        return "".join(marks[round(float(step))] for step in steps)

    def interval(
        self, likely: Interval, half: Interval, low: float, high: float, columns: int, *, keep: bool = False
    ) -> str:
        """A row of the interval plot: `─` 8 futures in 10, `━` half of them, `●` the middle, `│` zero."""
        thin, thick, mark, zero, kept = ("-", "=", "o", "|", "<") if self.ascii else ("─", "━", "●", "│", "◇")

        def at(value: float) -> int:
            return int(np.clip(round((value - low) / (high - low) * (columns - 1)), 0, columns - 1))

        row = [" "] * columns
        row[at(0.0)] = zero
        if not keep:
            for begin, end, line in ((likely.low, likely.high, thin), (half.low, half.high, thick)):
                if end > begin:
                    for place in range(at(begin), at(end) + 1):
                        row[place] = line
        row[at(likely.middle)] = kept if keep else mark
        return "".join(row).rstrip()


def table(rows: Sequence[Sequence[str]], *, right: Sequence[int], gap: int = 2, indent: int = 2) -> list[str]:
    """Rows in columns; the columns in `right` stand to the right."""
    widths = [max(len(row[c]) for row in rows) for c in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [cell.rjust(widths[c]) if c in right else cell.ljust(widths[c]) for c, cell in enumerate(row)]
        lines.append((" " * indent + (" " * gap).join(cells)).rstrip())
    return lines
