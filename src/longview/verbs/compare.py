"""`compare`: options side by side on the same futures, beside keeping the money and, if asked, beside laws of others."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from longview.choose import Budget, Offer, Space, assumptions, offer
from longview.evidence import Policy
from longview.gather import filled_in
from longview.program import REFUSED, Month, Program
from longview.results import Comparison, Portfolio
from longview.verbs import Progress, WrongUseError
from longview.verbs.laws import known_law, with_laws
from longview.verbs.ready import ready


@dataclass(frozen=True)
class CompareReport:
    """What was compared, on which program; row 0 keeps the money.

    Attributes:
        program: as its files say.
        laws: of others, compared with its options; each is a row of its own, after those of the program's options.
        filled: how many of its figures are not its own yet.
    """

    program: Program
    comparison: Comparison
    laws: tuple[Policy, ...] = ()
    filled: int = 0

    @property
    def shown(self) -> Program:
        """The program with the laws among its options, so that every row has a name."""
        return with_laws(self.program, self.laws)


def compare(
    path: Path,
    names: Sequence[str],
    *,
    laws: Sequence[str] = (),
    years: int = 5,
    futures: int = 1000,
    seed: int = 0,
    as_of: Month | None = None,
    progress: Progress | None = None,
) -> CompareReport:
    """Portfolios side by side: told while we stay open, and with the danger of closing.

    Args:
        names: what to compare: an option's id, `id=level`, or several joined by `+`. An option with levels that is
            named without one is taken at its least.
        laws: ids of laws of others (`evidence.policies`): each is compared too, alone. They change no other row.

    Raises:
        NotReadyError: the program's files have problems.
        WrongUseError: no such option, level or law, or options that may not stand together.
    """
    found_laws = tuple(known_law(name) for name in dict.fromkeys(laws))
    own = ready(path, as_of)
    program = with_laws(own, found_laws)
    on_offer = offer(program, 12 * years, tuple(o.id for o in program.options))
    rows = [picks(own, on_offer, name) for name in dict.fromkeys(names)]
    rows += [picks(program, on_offer, law.option_id) for law in found_laws]
    from longview.verbs.futures import prepare, price_base

    prepared = prepare(program, years=years, futures=futures, seed=seed, progress=progress)
    found = prepared.comparison([on_offer.portfolio(row) for row in rows])
    budget = Budget(program, 12 * years, assumptions(program, prepared.evidence, price_base(program)))
    space = Space(program, on_offer, budget)
    costed = replace(found, cost=_costs(space, found.portfolios))
    return CompareReport(own, costed, found_laws, filled_in(path, own))


def _costs(space: Space, portfolios: Sequence[Portfolio]) -> np.ndarray:
    """Planned extra cost over the horizon, nominal, [P]."""
    return np.array([space.cost(space.offer.picks(portfolio)) for portfolio in portfolios])


def picks(program: Program, on_offer: Offer, name: str) -> np.ndarray:
    """The level numbers, [options], of what was typed: `roof`, `evening-hours=8`, `roof+evening-hours=8`.

    Raises:
        WrongUseError: no such option or level, or options that may not stand together.
    """
    row = np.zeros(len(on_offer.axes), dtype=np.int64)
    for part in name.split("+"):
        option, _, level = part.strip().partition("=")
        axis = _axis(program, on_offer, option.strip())
        row[axis] = _level(on_offer, axis, level.strip(), part.strip())
    if not on_offer.allowed(row[None, :])[0]:
        raise WrongUseError(_together(on_offer, row))
    return row


def _axis(program: Program, on_offer: Offer, option: str) -> int:
    if option in on_offer.ids:
        return on_offer.ids.index(option)
    known = [o.id for o in program.options]
    if option in known:
        raise WrongUseError(f"{option} cannot be compared: {REFUSED[on_offer.refused[option]]}.")
    near = difflib.get_close_matches(option, known, n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise WrongUseError(f"There is no option {option or '(nothing typed)'}.{hint} There are: {', '.join(known)}.")


def _level(on_offer: Offer, axis: int, text: str, part: str) -> int:
    """The level's number; the least one where none was typed."""
    levels = on_offer.axes[axis].levels
    if not text:
        return 1
    try:
        wanted = float(text)
    except ValueError:
        wanted = float("nan")
    for number, level in enumerate(levels):
        if number and abs(level - wanted) <= 1e-9 * max(1.0, abs(level)):
            return number
    known = ", ".join(f"{level:g}" for level in levels[1:])
    raise WrongUseError(f"{part}: there is no such level. {on_offer.ids[axis]} can be done at {known}.")


def _together(on_offer: Offer, row: np.ndarray) -> str:
    for a, b, together in on_offer.rules:
        if row[a] and bool(row[b]) is not together:
            one, two = on_offer.ids[a], on_offer.ids[b]
            return f"{one} needs {two}: type {one}+{two}." if together else f"{one} and {two} exclude each other."
    return "These options may not stand together."


__all__ = ["CompareReport", "compare"]
