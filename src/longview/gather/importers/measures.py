"""Words of tables as the names that are known here: measures of services, and what a column of a table is.

A name is sure where its words say one thing only ("Syringes dist.", "Naloxone kits given out"); near where a word is
misspelled or left out ("Syrnges out", "Syringes"): near names are suggested, and read once a person has confirmed them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from longview.gather.importers.measure_words import ALONE, AREA_MEASURES, COLUMNS, FILLERS, SAME, WORDS
from longview.gather.names import near
from longview.program import measures

PEOPLE = frozenset({"participants_month", "participants_12_months"})  # different people: sums count some twice
OWN = "own: "  # before a measure of the program's own, in a mapping


@dataclass(frozen=True, slots=True)
class Known:
    """What a text may mean: a name, and whether it can mean nothing else."""

    name: str
    sure: bool


@lru_cache(maxsize=20_000)
def known_measure(text: str) -> Known | None:
    """The measure of services that a text means, sure or near; None where it means none."""
    for measure, says in measures().items():
        if normal(text) in (normal(measure), normal(says)):
            return Known(measure, True)
    words = _canonical(normal(text).split())
    if words is not None and words in _phrases():
        return Known(_phrases()[words], True)
    mended = words if words is not None else _canonical([_mended(word) for word in normal(text).split()])
    name = None if mended is None else _phrases().get(mended) or _alone().get(mended)
    return Known(name, False) if name else None


def known_area_measure(text: str) -> Known | None:
    """The measure of an area's counts that a text surely means; None where it means none that is known."""
    said = normal(text)
    return next((Known(name, True) for name, names in AREA_MEASURES.items() if said in {*names, normal(name)}), None)


@lru_cache(maxsize=20_000)
def known_column(text: str, to: str) -> Known | None:
    """What a column of a table for `to` is by its name: "month", "site", "fund" …; None where it says nothing known."""
    said = normal(text)
    for role, names in COLUMNS[to].items():
        if said in names:
            return Known(role, True)
    closest = near(said, [name for names in COLUMNS[to].values() for name in names if len(name) > 4]) if said else None
    if closest is None or not _alike(said, closest):
        return None
    return next(Known(role, False) for role, names in COLUMNS[to].items() if closest in names)


@lru_cache(maxsize=50_000)
def normal(text: str) -> str:
    """A text's words in small letters, without accents and marks, parted by single spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c)).replace("#", " number ")
    return " ".join(re.findall(r"[^\W_]+", plain))


def _alike(one: str, other: str) -> bool:
    """Whether two names differ by a letter or two, and not by a word."""
    return len(one.split()) == len(other.split()) and abs(len(one) - len(other)) <= 2


def _canonical(words: list[str]) -> frozenset[str] | None:
    """The words of a name in one form each, fillers left out; None where a word is not known."""
    found = []
    for word in words:
        if word in FILLERS:
            continue
        form = SAME.get(word) or (SAME.get(word[:-1]) if word.endswith("s") else None)
        if form is None:
            return None
        found += form.split()
    return frozenset(found)


def _mended(word: str) -> str:
    known = [*SAME, *FILLERS]
    if word in known or len(word) < 4:
        return word
    closest = near(word, [other for other in known if abs(len(other) - len(word)) <= 2 and len(other) > 3])
    return closest or word


@cache
def _phrases() -> dict[frozenset[str], str]:
    return {frozenset(phrase.split()): name for name, phrases in WORDS.items() for phrase in phrases.split("; ")}


@cache
def _alone() -> dict[frozenset[str], str]:
    return {frozenset(phrase.split()): name for phrase, name in ALONE.items()}
