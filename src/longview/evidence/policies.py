"""Laws and practices of others (`policies.toml`): what they would move, what speaks for and against them.

A law costs the program nothing and is nothing that it can choose; `longview compare --law` sets it beside what it can.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal

from longview.evidence.parameters import Grade
from longview.program import Effect, Option
from longview.program.types import Operation

How = Literal["seen", "second-hand", "memory", "reasoning"]

Way = Literal["fewer", "more", "either", "none"]

WAYS: Mapping[Way, str] = MappingProxyType(
    {
        "fewer": "The model can find help here or nothing, and hardly harm: little that could make it harm is in the model.",
        "more": "The model can find harm here or nothing, and hardly help: little that could make it help is in the model.",
        "either": "The model can find help here, and harm.",
        "none": "It has no effect of its own.",
    }
)
"""Which way the model can answer, in overdose deaths (a law on syringes: in infections).

A law's friends and foes must know it before they read a figure.
"""

PREFIX = "law-"
"""Before a law's id in the id of its option, so that it is drawn alike beside any program's own options."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a study says, or plain reasoning; `how` tells how it came to us."""

    says: str
    study: str
    how: How


@dataclass(frozen=True, slots=True)
class PolicyEffect:
    """What a law does to a lever: `low`-`high` is a 90% interval.

    Attributes:
        per: "people": `value`, `low` and `high` are for each person of the catchment who uses drugs; None: as they are.
        source: where the size is from.
    """

    lever: str
    op: Operation
    value: float
    low: float
    high: float
    ramp_months: float
    source: str
    per: Literal["people"] | None = None

    def scaled(self, people: float) -> tuple[float, float, float]:
        """`low`, `value` and `high` in a catchment of so many people."""
        times = people if self.per == "people" else 1.0
        return self.low * times, self.value * times, self.high * times


@dataclass(frozen=True, slots=True)
class Policy:
    """A law or practice of others.

    Attributes:
        who: who can decide it.
        grade: of the size of its effects.
        reads, checks: keys of the evidence that carry it, and that its answer is held against.
        held: what to make of that comparison.
        speaks_for, speaks_against: never empty.
        way: which way the model can answer; `one_way` says it.
        blind: what the model can't see of it.
        opens: the lever that may be moved only where this is allowed; such a law has no effects of its own.
    """

    id: str
    name: str
    what: str
    who: str
    grade: Grade
    effects: tuple[PolicyEffect, ...]
    reads: tuple[str, ...]
    checks: tuple[str, ...]
    held: str
    speaks_for: tuple[Finding, ...]
    speaks_against: tuple[Finding, ...]
    way: Way
    delay: str
    blind: str
    opens: str | None = None

    @property
    def option_id(self) -> str:
        """Id of the option that stands for it in a comparison."""
        return PREFIX + self.id

    @property
    def one_way(self) -> str:
        """Which way the model can answer, in a sentence."""
        return WAYS[self.way]

    def option(self) -> Option:
        """The law as an option of kind yes-no, from the first planned month, costing nothing."""
        return Option(id=self.option_id, name=f"{self.name} (by others)", kind="yes-no")

    def option_effects(self, people: float) -> tuple[Effect, ...]:
        """Its effects on the levers, in a catchment of so many people who use drugs."""
        found = []
        for e in self.effects:
            low, value, high = e.scaled(people)
            certain = low == high
            found.append(
                Effect(self.option_id, e.lever, e.op, value, None if certain else low, None if certain else high, e.ramp_months)
            )  # fmt: skip
        return tuple(found)


def _policy(name: str, fields: dict[str, Any]) -> Policy:
    rest = {key: value for key, value in fields.items() if key not in ("effects", "for", "against", "reads", "checks")}
    return Policy(
        id=name,
        effects=tuple(PolicyEffect(**row) for row in fields["effects"]),
        reads=tuple(fields["reads"]),
        checks=tuple(fields["checks"]),
        speaks_for=tuple(Finding(**row) for row in fields["for"]),
        speaks_against=tuple(Finding(**row) for row in fields["against"]),
        **rest,
    )


@cache
def policies() -> Mapping[str, Policy]:
    """All laws and practices by id, in the order of the file."""
    table = tomllib.loads(files("longview.evidence").joinpath("policies.toml").read_text(encoding="utf-8"))
    return MappingProxyType({name: _policy(name, fields) for name, fields in table.items()})


def policy(name: str) -> Policy:
    """The law of that id.

    Raises:
        ValueError: there is no such law; the message names the nearest one and all that there are.
    """
    known = policies()
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, list(known), n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise ValueError(f"There is no law {name or '(nothing typed)'}.{hint} There are: {', '.join(known)}.")
