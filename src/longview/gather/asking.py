"""What only the person who brings a file in can say of it: the questions, each with its option and an example."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from longview.gather.imported import Import
from longview.program import Problem, Program, say

if TYPE_CHECKING:
    from longview.gather.understanding import Said

MANY = 5  # more areas than somebody asks an agency for: those of a whole nation
TARGETS = ("services", "community", "workforce", "money")
OF_AGENCIES = ("wonder", "dose", "vsrr")


@dataclass(frozen=True, slots=True)
class Ask:
    """One question.

    Attributes:
        name: the field of `Said` that its answer is for; option: how it is typed in a command.
        asks: the question; example: an answer to it, as it is typed.
    """

    name: str
    option: str
    asks: str
    example: str

    def answered(self, said: Said, text: str) -> Said:
        """What was said, and this answer.

        Raises:
            ValueError: the answer can't be read; its words say what to type.
        """
        text = text.strip()
        if self.name == "as_of":
            try:
                return replace(said, as_of=date.fromisoformat(text).isoformat())
            except ValueError:
                raise ValueError(f"Write year, month and day, for example {self.example}.") from None
        if self.name == "areas":
            return replace(said, areas=tuple(one.strip() for one in text.split(";") if one.strip()))
        if self.name == "to":
            if text.casefold() not in TARGETS:
                raise ValueError(f"Write one of: {', '.join(TARGETS)}.")
            return replace(said, to=text.casefold())
        more: dict[str, Any] = {self.name: text}
        return replace(said, **more)


_TO = Ask("to", "--to", "Which sheet are its rows for: services, community, workforce or money?", "services")
_MEASURE = Ask("measure", "--measure", "What is a row of it?", "ems_calls")
_OF_COMMUNITY = (
    Ask("areas", "--area", "Which place is it about?", "Tempe"),
    Ask("case", "--case", "What counts as one, in a word of yours?", "opioids-ems-calls"),
    Ask("source", "--source", "Whose log is it?", "City of Tempe"),
    Ask("as_of", "--as-of", "On which day was it exported?", "2024-10-15"),
)
_DOWNLOADED = Ask("as_of", "--as-of", "On which day was it downloaded?", "2025-08-25")


def left_to_ask(kind: str, said: Said, made: Import | None, program: Program) -> tuple[Ask, ...]:
    """What must still be said of a file of that kind, in the order in which to ask."""
    if kind == "table":
        return (_TO,) if said.to is None else ()
    if kind == "events":
        asks = () if said.measure else (_MEASURE,)
        of_community = _OF_COMMUNITY if said.to in (None, "community") else ()
        return asks + tuple(ask for ask in of_community if not ((said.by and ask.name == "areas") or _known(ask, said)))
    asks = (_DOWNLOADED,) if kind in ("dose", "vsrr") and not said.as_of else ()
    return asks + ((_areas(made),) if _whose(kind, said, made, program) else ())


def _known(ask: Ask, said: Said) -> bool:
    return bool(getattr(said, ask.name))


def _whose(kind: str, said: Said, made: Import | None, program: Program) -> bool:
    """Whether nothing says which of a whole nation's areas are the program's."""
    if kind not in OF_AGENCIES or said.areas or made is None:
        return False
    seen = _seen(made)
    return len(seen) > MANY and not set(seen) & set(program.area_shares)


def _seen(made: Import) -> list[str]:
    return sorted({row.area for row in made.community} | {row.area for row in made.rates})


def _areas(made: Import | None) -> Ask:
    seen = [] if made is None else _seen(made)
    asks = f"{len(seen)} areas are in it. Which are yours? (Several: put ; between them. Every one: all)"
    return Ask("areas", "--areas", asks, next((one for one in seen if " " not in one), "all"))


def areas_problem(files: Sequence[Path], asks: Sequence[Ask], made: Import | None) -> list[Problem]:
    """That areas must be named, where that is asked."""
    if made is None or not any(ask.option == "--areas" for ask in asks):
        return []
    return [say("import-areas", file=files[0].name, count=len(_seen(made)))]
