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
        words.append(f"{option.name}: {choice.level:,g} {option.unit}" if option.kind == "level" else option.name)
    return words


def listed(names: Iterable[str]) -> str:
    """`a; b and c`: semicolons, since names may hold commas."""
    *most, last = list(names) or ["keep the money in hand"]
    return f"{'; '.join(most)} and {last}" if most else last
