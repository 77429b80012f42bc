"""Of which options the sides of the letter's dilemmas are made, and what to add where a side has none.

Which comes first: what each alone does for the same money on a few futures, by the side's own measure (decision 0404).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longview.choose.naming import listed
from longview.choose.options import Offer
from longview.program import Option, Program, levers
from longview.program.months import NAMES
from longview.results import Choice

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Theme:
    """What a side is about.

    Attributes:
        words: its name before it has a size. moves: levers of which its options move one; or_else: or one of these, where no
            option moves those; but_not: and none of these, where there are options that don't.
        leads: of its options, those that move one of these levers get the money first, whatever the others do for it.
        by: the outcome by which its options are put in order, and `better`: 1 where more of it is better, -1 where less is.
        add: what to add to the program's choices where there is no such option.
    """

    words: str
    moves: tuple[str, ...]
    add: str
    by: str = "life_years"
    better: int = 1
    but_not: tuple[str, ...] = ()
    or_else: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()


DOORS = ("hours_day", "hours_evening", "hours_new_place")
HOURS = Theme(
    "longer hours",
    DOORS,
    "an option that opens the doors longer: an effect on hours_day, hours_evening or hours_new_place, and what its hours cost",
)
BUILDING = Theme(
    "repairing the building",
    ("repair", "upkeep_added"),
    "an option that repairs the building (an effect on repair, and its price) or looks after it (upkeep_added)",
)
SUPPLIES = Theme(
    "more supplies",
    (
        "kits_added", "kits", "supplies", "syringes_added", "syringe_rule", "offer_inject", "offer_smoke", "share_onward",
        "smoking_supplies",
    ),
    "an option that hands out more: an effect on kits_added or supplies",
)  # fmt: skip
WAGES = Theme(
    "better pay",
    ("wage", "benefits"),
    "an option that raises pay (an effect on wage) or that brings benefits",
    "worker_years",
    or_else=("support",),
    leads=("wage",),
)
FIRES = Theme(
    "today's fires",
    ("worker_hours", "hire_frozen", "hire_speed"),
    "an option that brings more hands: an effect on worker_hours, hire_frozen or hire_speed, and what it costs",
    "fires",
    -1,
    DOORS,
)
LONG_VIEW = Theme(
    "time for the long view",
    ("protected",),
    "an option that keeps time for planning: an effect on protected (0.1 is a half-day in a week)",
)

LETTER: Mapping[str, tuple[Theme, Theme]] = {
    "hours-or-building": (HOURS, BUILDING),
    "supplies-or-wages": (SUPPLIES, WAGES),
    "fires-or-long-view": (FIRES, LONG_VIEW),
}
"""The dilemmas of the letter: their two sides."""

TENANT = (
    "no building here is yours to keep, so a roof is the landlord's. If one is: say so in sites (condition, and what "
    "building it anew would cost), and add {add}"
)


def candidates(program: Program, offer: Offer, theme: Theme) -> tuple[str, ...]:
    """The options of a theme: on offer, lawful beyond doubt, and better than today in the lever that they move."""
    if theme is BUILDING and not _keeps_a_building(program):
        return ()
    lawful = [a.option for a in offer.axes if a.option.lawful == "yes"]
    found = [option for option in lawful if _moves(program, option, theme.moves)]
    found = found or [option for option in lawful if _moves(program, option, theme.or_else)]
    narrow = [option for option in found if not _moves(program, option, theme.but_not)]
    return tuple(option.id for option in narrow or found)


def leading(program: Program, theme: Theme, options: Sequence[str]) -> tuple[str, ...]:
    """Options in the order in which they get the money: those that lead the theme before the others, else as they stand."""
    own = {option.id: option for option in program.options}
    return tuple(sorted(options, key=lambda name: not _moves(program, own[name], theme.leads)))


def _moves(program: Program, option: Option, moved: Sequence[str]) -> bool:
    """Whether an option raises one of these levers above today's."""
    for e in program.effects:
        if e.option == option.id and e.lever in moved:
            today = 1.0 if e.op == "multiply" else levers()[e.lever].today if e.op == "set" else 0.0
            if e.value > today:
                return True
    return False


def _keeps_a_building(program: Program) -> bool:
    return any(s.replacement_value and s.condition is not None and s.ours_to_keep for s in program.sites)


def missing(program: Program, theme: Theme) -> str:
    """What to add so that a side can be made, as the end of a sentence."""
    if theme is BUILDING and not _keeps_a_building(program):
        return TENANT.format(add=theme.add)
    return f"add {theme.add}"


def ordered(options: Sequence[str], gain: Floats, spent: Floats, better: int = 1) -> tuple[str, ...]:
    """Options by what each alone does for its money, the best first; what costs nothing and does good comes before all.

    Args:
        gain: mean gain of each alone over keeping the money, [option]. spent: what each costs, [option].
    """
    good = better * np.asarray(gain, dtype=np.float64)
    paid = np.maximum(np.asarray(spent, dtype=np.float64), 1.0)
    return tuple(options[i] for i in np.argsort(-(good / paid), kind="stable"))


def side_name(program: Program, offer: Offer, choices: Sequence[Choice]) -> str:
    """What a side does, with its size: `Open in the evening: 11 hours a week`; with its month where it must be saved up for."""
    options = {o.id: o for o in program.options}
    usual = {a.option.id: a.start for a in offer.axes}
    words = []
    for choice in choices:
        option = options[choice.option]
        name = option.name
        if option.kind == "level":
            unit = "%" if option.unit in ("percent", "%") else f" {option.unit or ''}".rstrip()
            name += f": {two_figures(choice.level)}{unit}"
        if choice.start > usual[choice.option]:
            saved = ", once the money saved pays for it" if option.kind != "level" else ""
            name += f", from {NAMES[choice.start.month - 1].capitalize()} {choice.start.year}{saved}"
        words.append(name)
    return listed(words)


def two_figures(level: float) -> str:
    """A level as it is said: to two figures, whole from ten on (`11`, `8.7`, `1,100`)."""
    return f"{float(f'{level:.2g}'):,g}"


__all__ = [
    "BUILDING",
    "FIRES",
    "HOURS",
    "LETTER",
    "LONG_VIEW",
    "SUPPLIES",
    "WAGES",
    "Theme",
    "candidates",
    "leading",
    "missing",
    "ordered",
    "side_name",
    "two_figures",
]
