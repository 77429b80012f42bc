"""`longview dilemma` in a terminal: the answer, told twice, what differs, where it turns, and how sure it is."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from itertools import zip_longest

from longview.program import Program
from longview.report import dilemmas as words
from longview.report.rounding import futures, gain_range, gain_words, money, month_words, years_words
from longview.report.sections.gains import gain
from longview.report.terminal.ink import Ink
from longview.results import ROWS, Dilemma, Telling, Who

HEADS: tuple[tuple[Telling, str], ...] = (("open", "While we stay open"), ("closing", "With the danger of closing"))
LETTERS: dict[Who, str] = {"a": "A", "b": "B", "keep": "Keep"}
LABEL, CELL, GAP = 24, 18, 2  # columns of a table's first and of its other cells, and between cells at least


def dilemma_text(found: Dilemma, program: Program, color: bool = False, width: int = 80, ascii: bool = False) -> str:
    """A dilemma answered, in lines of `width` columns (60 at least)."""
    ink = Ink(color, max(60, width), ascii)
    parts = [
        _head(found, program, ink),
        *(ink.words(paragraph) for paragraph in words.answer(found, program)),
        _sides(found, ink),
        *_plots(found, ink),
        _legend(ink),
        _differs(found, ink),
        _horizons(found, program, ink),
        _turns(found, ink),
        _sure(found, program, ink),
    ]
    return "\n\n".join(part for part in parts if part)


def _head(found: Dilemma, program: Program, ink: Ink) -> str:
    made = " (made up)" if program.made else ""
    last = found.comparisons[-1]
    span = f"{years_words(last.months)} from {month_words(last.first_month)}"
    lines = [
        ink.paint(ink.told(f"{program.name}{made} · {span}"), "bold"),
        ink.paint(ink.told(words.question(found)), "bold"),
    ]
    if program.made:
        said = f"{program.name} is made up: a practice program, not a real organisation."
        lines[1:1] = [ink.paint(line, "amber") for line in textwrap.wrap(ink.told(said), ink.width)]
    return "\n".join(lines)


def _sides(found: Dilemma, ink: Ink) -> str:
    coin = found.currency
    lines = [
        ink.words(f"{money(found.money, coin)} a year, in hand at the start of each year, whichever side we take:")
    ]
    for side in found.sides:
        spent, kept = side.spent[-1], side.kept[-1]
        left = f"; {money(kept, coin)} left in hand" if kept >= 100 and side.options else ""
        what = f"{LETTERS[side.who]}: {side.name}" if side.options else "Keep: hold the money in hand"
        paid = f" ({money(spent, coin)} spent{left})" if side.options else f" ({money(kept, coin)})"
        beyond = ". That is more than your files say can be done" if side.beyond else ""
        lines.append(ink.words(f"{what}{paid}{beyond}.", indent=4))
    return "\n".join(lines)


def _plots(found: Dilemma, ink: Ink) -> list[str]:
    last = found.comparisons[-1]
    every = [gain(last, "deaths", row, telling=t) for t, _ in HEADS for row in ROWS.values()]
    low, high = min(0.0, *(i.low for i in every)), max(0.0, *(i.high for i in every))
    high = high if high - low > 1e-9 else low + 1.0
    return [_plot(found, ink, telling, head, low, high) for telling, head in HEADS]


def _plot(found: Dilemma, ink: Ink, telling: Telling, head: str, low: float, high: float) -> str:
    label, said_at = max(20, min(28, ink.width - 54)), 33
    columns = max(14, ink.width - label - said_at - 4)
    last = found.comparisons[-1]
    lines = [
        ink.paint(f"  {head}", "bold"),
        ink.paint(f"  {'':<{label}}{'':<{columns}}  fewer deaths   likely", "soft"),
    ]
    for side in found.sides:
        row, keep = ROWS[side.who], side.who == "keep"
        likely, half = (gain(last, "deaths", row, telling=telling, share=share) for share in (0.8, 0.5))
        middle = gain_words(likely).removesuffix(" fewer")
        said = ink.told(f"{middle:<14} {gain_range(likely)}").rstrip()
        drawn = ink.interval(likely, half, low, high, columns, keep=keep and likely.low == likely.high)
        name = "Keep the money" if keep else f"{LETTERS[side.who]} {side.short}"
        first, *more = textwrap.wrap(ink.told(name), label - 1) or [""]
        tint = "soft" if keep else "teal"
        lines.append(f"  {first:<{label}}{ink.paint(f'{drawn:<{columns}}', tint)}  {said}".rstrip())
        lines += [f"    {rest}" for rest in more]
    lines.append(ink.paint("  " + " " * label + _scale(low, high, columns), "soft"))
    return "\n".join(lines)


def _scale(low: float, high: float, columns: int) -> str:
    line = [" "] * (columns + 6)
    for value in (low, 0.0, high):
        text = f"{abs(value):.0f}"
        at = round((value - low) / (high - low) * (columns - 1))
        line[at : at + len(text)] = text
    return "".join(line).rstrip() + ("" if low > -0.5 else "   left of 0: more deaths")


def _legend(ink: Ink) -> str:
    marks = "o middle   = half of futures   - likely" if ink.ascii else "● middle   ━ half of futures   ─ likely"
    return ink.paint(f"  {marks}", "soft")


def _differs(found: Dilemma, ink: Ink) -> str:
    span = years_words(found.comparisons[-1].months)
    lines = [ink.paint(ink.told(f"  What differs from today’s path, over {span}"), "bold")]
    lines.append(ink.paint(_row(["", *LETTERS.values()]), "soft"))
    for row in words.differences(found):
        lines.append(_row([ink.told(row.title), *(ink.told(cell.middle) for cell in row.cells)]))
        if row.note or any(cell.ends for cell in row.cells):
            ends = [textwrap.wrap(ink.told(cell.ends), CELL - GAP) for cell in row.cells]
            for at, told in enumerate(zip_longest(*ends, fillvalue="")):
                lines.append(ink.paint(_row(["" if at else ink.told(row.note), *told]), "soft"))
            if not any(ends):
                lines.append(ink.paint(_row([ink.told(row.note)]), "soft"))
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    first, *rest = cells
    return ("  " + f"{first:<{LABEL}}" + "".join(f"{cell:>{CELL}}" for cell in rest)).rstrip()


def _horizons(found: Dilemma, program: Program, ink: Ink) -> str:
    if len(found.years) < 2:
        return ""
    lines = [ink.paint("  Over a shorter time", "bold")]
    for place, years in enumerate(found.years[:-1]):
        lines.append(ink.words(words.shorter(found, place, years)))
    after = words.stays(found, program)
    lines += [ink.words(after)] if after else []
    return "\n".join(lines)


def _turns(found: Dilemma, ink: Ink) -> str:
    if not found.turns:
        said = "We looked for a figure at which the answer turns, and found none that held when it was run anew."
        return "\n".join([ink.paint("  Where the answer turns", "bold"), ink.words(said)])
    lines = [ink.paint("  Where the answer turns, the nearest first", "bold")]
    return "\n".join([*lines, *(ink.words(words.turn(found, turn)) for turn in found.turns)])


def _sure(found: Dilemma, program: Program, ink: Ink) -> str:
    better = found.comparisons[-1].chance_better("life_years", ROWS["a"], ROWS["b"], telling="closing")
    coin = " That is nearly a coin toss." if 0.4 <= better <= 0.6 else ""
    said = f"A does better than B in {futures(better)}, the danger of closing counted.{coin}"
    return "\n".join([ink.paint("  How sure?", "bold"), ink.words(f"{said} {words.rests_on(found, program)}")])


__all__ = ["dilemma_text"]
