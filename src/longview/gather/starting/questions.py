"""The seven questions of `longview new`: what is asked, why, what an answer looks like, and what is taken without one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from longview.gather.numbers import CellError, plain
from longview.gather.starting.answers import example
from longview.program import Range

LEAST_BUDGET, MOST_BUDGET = 1_000.0, 1e9
MOST_WORKERS, MOST_HOURS = 1000, 60.0
MOST_PEOPLE = 50_000_000.0
_THOUSANDS = {"k": 1e3, "m": 1e6, "million": 1e6}


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes:
        id: its name, and of the option that answers it. asks: the question. why: why it is asked, in a sentence.
        otherwise: what is taken where it is skipped. example: an answer.
        read: an answer's text → what it says of `Answers`; raises ValueError with a sentence that says what to type.
        applies: whether it makes sense after what was said before.
    """

    id: str
    asks: str
    why: str
    otherwise: str
    example: str
    read: Callable[[str], dict[str, Any]]
    applies: Callable[[Mapping[str, Any]], bool] = lambda said: True


def _place(text: str) -> dict[str, Any]:
    return {"place": " ".join(text.split()), "area": state_of(text)}


def state_of(place: str) -> str | None:
    """The state that a place lies in, as CDC writes it; None where it names none."""
    states: dict[str, str] = example()["states"]
    last = place.rsplit(",", 1)[-1].strip().rstrip(".")
    code = last.replace(".", "")
    if code.upper() in states and ("," in place or code.isupper()):  # "in" is a word, "Gary, in" is Indiana
        return states[code.upper()]
    by_name = {name.casefold(): name for name in states.values()}
    words = last.casefold().split()
    for first in range(len(words)):  # the longest first: West Virginia is not Virginia
        if (name := by_name.get(" ".join(words[first:]))) is not None:
            return name
    return None


def _budget(text: str) -> dict[str, Any]:
    found = re.fullmatch(r"(.*?\d)\s*(k|m|million)?( a year)?", text.strip(), re.IGNORECASE)
    scale = _THOUSANDS[found[2].lower()] if found and found[2] else 1.0
    amount = _number(found[1] if found else text, "60000") * scale
    if not LEAST_BUDGET <= amount <= MOST_BUDGET:
        raise ValueError(f"Write the money of a whole year, from {LEAST_BUDGET:,.0f} to {MOST_BUDGET:,.0f}.")
    return {"budget": amount}


def _choice(field: str, named: Sequence[str]) -> Callable[[str], dict[str, Any]]:
    def read(text: str) -> dict[str, Any]:
        word = text.strip().casefold()
        if word.isdigit() and 1 <= int(word) <= len(named):
            return {field: named[int(word) - 1]}
        fits = [name for name in named if name == word] or [name for name in named if word and name.startswith(word)]
        if len(fits) != 1:
            raise ValueError(f"Write a number, or its word: {_numbered(named)}.")
        return {field: fits[0]}

    return read


def _numbered(names: Iterable[str]) -> str:
    return ", ".join(f"{number} {name}" for number, name in enumerate(names, start=1))


def _workers(text: str) -> dict[str, Any]:
    parts = [
        part for part in re.split(r"\s*(?:[x×*,;]|people|hours?|at|for|each|\s)\s*", text.strip().casefold()) if part
    ]
    if len(parts) not in (1, 2):
        raise ValueError("Write how many are paid, and the hours a week of each, for example 2 x 20.")
    people = _number(parts[0], "2 x 20")
    if people != int(people) or not 0 <= people <= MOST_WORKERS:
        raise ValueError(f"Write whole people, 0 to {MOST_WORKERS}: a part-timer is one, with fewer hours.")
    said: dict[str, Any] = {"workers": int(people)}
    if len(parts) == 2 and people:
        said["hours"] = _number(parts[1], "2 x 20")
        if not 1.0 <= said["hours"] <= MOST_HOURS:
            raise ValueError(f"Hours a week of one person go from 1 to {MOST_HOURS:.0f}.")
    return said


def _people(text: str) -> dict[str, Any]:
    parts = [part for part in re.split(r"\s+to\s+|\s*[-–;/]\s*|\s+", text.strip()) if part]
    numbers = [_number(part, "1500, or 900 1500 2600") for part in parts]
    if len(numbers) not in (1, 3):
        raise ValueError("Write one figure, or three: low, best, high. For example 900 1500 2600.")
    if sorted(numbers) != numbers or not 1.0 <= numbers[0] <= numbers[-1] <= MOST_PEOPLE:
        raise ValueError("Write the smallest first, and 1 or more. For example 900 1500 2600.")
    return {"people": numbers[0] if len(numbers) == 1 else Range(*numbers)}


def _share(text: str) -> dict[str, Any]:
    bare = text.strip()
    share = _number(bare.removesuffix("%").strip(), "0.2")
    share = share / 100.0 if bare.endswith("%") else share
    if not 0.0 < share <= 1.0:
        raise ValueError("Write a share above 0 and up to 1: 0.2, or 20%.")
    return {"share": share}


def _number(text: str, instead: str) -> float:
    try:
        return float(plain(text.strip(), decimal_comma=False, example=instead))
    except CellError:
        raise ValueError(f"That is no number we can read. Write digits, for example {instead}.") from None


def _origins() -> dict[str, str]:
    return {name: words[:1].lower() + words[1:] for name, words in example()["origins"].items()}


def _places() -> dict[str, str]:
    return {name: place["words"] for name, place in example()["places"].items()}


QUESTIONS: tuple[Question, ...] = (
    Question(
        "place",
        "Where is the program? Town and state",
        "It stands at the head of every report, and tells whose counts of deaths to look for.",
        "it is left open",
        "Providence, Rhode Island",
        _place,
    ),
    Question(
        "budget",
        "How much money do you have in a year, from everybody together?",
        "Everything that is filled in is made to fit it.",
        "100,000, what the middle program of the US has",
        "60000",
        _budget,
    ),
    Question(
        "origin",
        f"Where does most of it come from? {_numbered(_origins().values())}",
        "It tells what the money may not buy, and how often such money is renewed.",
        "3, a state grant",
        "4",
        _choice("origin", list(_origins())),
    ),
    Question(
        "workers",
        "How many people are paid, and for how many hours a week each?",
        "One person leaving can close a door, so people are counted whole. 0 if all are volunteers.",
        "as many as the money pays",
        "2 x 20",
        _workers,
    ),
    Question(
        "where",
        f"Where do you meet people? {_numbered(_places().values())}",
        "A roof of your own, a rented room and a van cost, and break, in different ways.",
        "1, a place that you rent",
        "4",
        _choice("where", list(_places())),
    ),
    Question(
        "people",
        "How many people use drugs where you work, as far as anybody has said? One figure, or low best high",
        "It tells how many could be reached, and how far kits go round.",
        "worked out from the money, with a wide doubt",
        "900 1500 2600",
        _people,
    ),
    Question(
        "share",
        "What share of the people of {area} live where your participants do?",
        "Deaths are counted for whole states; this is the part of them that is yours.",
        "counts of the state are not used until you write it",
        "0.2",
        _share,
        lambda said: bool(said.get("area")),
    ),
)
"""At most seven, in the order in which they are asked; each may be skipped."""
