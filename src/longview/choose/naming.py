"""Portfolios in plain words."""

from __future__ import annotations

from collections.abc import Iterable

from longview.program import Program
from longview.results import Portfolio


def done(program: Program, portfolio: Portfolio) -> list[str]:
    """What a portfolio does, option by option, in plain words: `Mend the roof`, `Longer evenings: 4 hours a week`."""
    options = {o.id: o for o in program.options}
    words = []
    for choice in portfolio.choices:
        option = options[choice.option]
        level = f": {choice.level:,g} {option.unit or ''}".rstrip() if option.kind == "level" else ""
        words.append(option.name + level)
    return words


def listed(names: Iterable[str]) -> str:
    """`a; b; and c`: semicolons, since names may hold commas and an "and"."""
    *most, last = list(names) or ["keep the money in hand"]
    return f"{'; '.join(most)}; and {last}" if most else last
