"""A portfolio: a set of options, each with its level and the month from which it runs."""

from __future__ import annotations

from dataclasses import dataclass

from longview.program.months import Month


@dataclass(frozen=True, slots=True, order=True)
class Choice:
    """One option done: `level` in the option's unit (1 for once and yes-no), from month `start` on."""

    option: str
    level: float
    start: Month


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Choices in the order of their option ids (the order in which options are listed never matters)."""

    name: str
    choices: tuple[Choice, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "choices", tuple(sorted(self.choices)))

    def level(self, option: str) -> float:
        """The level of an option; 0 where it is not done."""
        return next((c.level for c in self.choices if c.option == option), 0.0)
