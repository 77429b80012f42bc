"""Areas by the two letters that tables of CDC use, as names; and which of an export's areas an import keeps."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

ALL = "all"


@cache
def names() -> dict[str, str]:
    """Two letters → name: states, DC, territories, the nation, and New York City, as VSRR has it."""
    text = files("longview.gather.importers").joinpath("areas.toml").read_text(encoding="utf-8")
    return {str(code): str(name) for code, name in tomllib.loads(text).items()}


def name_of(area: str) -> str:
    """The name of an area given by name or by its two letters; as it stands where it is neither."""
    said = area.strip()
    if said.upper() in names() and len(said) == 2:
        return names()[said.upper()]
    return {name.casefold(): name for name in names().values()}.get(said.casefold(), said)


@dataclass(frozen=True, slots=True)
class Kept:
    """Areas that an import keeps.

    Attributes:
        spelled: area of the file → as the program's area_shares spell it, else its name.
        told: how many areas there are and which were kept, in a sentence; unseen: areas asked for that the file lacks.
    """

    spelled: Mapping[str, str]
    told: str
    unseen: tuple[str, ...] = ()


def kept(seen: Iterable[str], wanted: Iterable[str] | None, shares: Iterable[str]) -> Kept:
    """The areas wanted, by name or letters; None: those of `shares`, where the file has any of them; else all.

    Args:
        seen: the areas of the file.
        wanted: what the person asked for; ("all",) for all.
        shares: the areas of the program's area_shares.
    """
    there = {name_of(area): area for area in sorted(set(seen))}
    own = {name_of(area): area for area in shares}
    asked = None if wanted is None else list(dict.fromkeys(name_of(area) for area in wanted if area.strip()))
    if asked and [area.casefold() for area in asked] != [ALL]:
        chosen = [area for area in asked if area in there]
    elif asked is None and set(own) & set(there):
        chosen = [area for area in there if area in own]
    else:
        chosen = list(there)
    unseen = tuple(area for area in asked or () if area not in there and area.casefold() != ALL)
    return Kept({there[area]: own.get(area, area) for area in chosen}, _told(there, chosen), unseen)


def _told(there: Mapping[str, str], chosen: list[str]) -> str:
    many = "1 area" if len(there) == 1 else f"{len(there)} areas"
    if len(chosen) == len(there):
        return f"{many} in the file; all were kept."
    return f"{many} in the file; kept: {', '.join(chosen) or 'none'}. --areas all keeps all."
