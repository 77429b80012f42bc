"""The fixed public list of items that funds may pay (`items.toml`), and what kinds of money may not buy."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from longview.program.types import Fund


@dataclass(frozen=True, slots=True)
class Item:
    """Something that money is spent on; a unit "money" is counted in money alone."""

    id: str
    words: str
    category: str
    unit: str


@dataclass(frozen=True, slots=True)
class Preset:
    """What a kind of money may not buy, as far as is known; to be confirmed with the funder.

    Attributes:
        origins: origins of funds for which it is offered.
        never_pays: item ids. source, date: where and of when; graded: how sure that is, in the evidence file's grades.
    """

    id: str
    words: str
    origins: tuple[str, ...]
    never_pays: tuple[str, ...]
    source: str
    date: str
    graded: str


@cache
def items() -> dict[str, Item]:
    """All items by id, in the order of the file."""
    return {name: Item(id=name, **row) for name, row in _table()["items"].items()}


@cache
def categories() -> dict[str, str]:
    """Category id → plain words."""
    return dict(_table()["categories"])


@cache
def presets() -> dict[str, Preset]:
    """All presets by id."""
    return {name: _preset(name, row) for name, row in _table()["presets"].items()}


def fund_may_pay(fund: Fund, item: str) -> bool:
    """Whether a fund's strings let it pay an item: `never_pays` wins over `may_pay`; an empty `may_pay` is anything.

    Raises:
        KeyError: no such item.
    """
    names = {item, items()[item].category}
    if names & set(fund.never_pays):
        return False
    return not fund.may_pay or bool(names & set(fund.may_pay))


def _preset(name: str, row: dict[str, Any]) -> Preset:
    origins, never_pays = tuple(row["origins"]), tuple(row["never_pays"])
    return Preset(**{**row, "id": name, "origins": origins, "never_pays": never_pays})


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("longview.program").joinpath("items.toml").read_text(encoding="utf-8"))
