"""A price index, to bring costs of one year to another's prices."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _index() -> dict[int, float]:
    table = tomllib.loads(files("longview.evidence").joinpath("prices.toml").read_text(encoding="utf-8"))
    return {int(year): float(value) for year, value in table["cpi"].items()}


def price_years() -> tuple[int, int]:
    """The first and last year that the index knows."""
    return min(_index()), max(_index())


def price_index(from_year: int, to_year: int) -> float:
    """What 1 dollar of `from_year` is in prices of `to_year` (US consumer prices, `prices.toml`).

    Raises:
        ValueError: a year that the index doesn't know.
    """
    known = _index()
    for year in (from_year, to_year):
        if year not in known:
            raise ValueError(f"prices are known from {min(known)} to {max(known)}, not in {year}")
    return known[to_year] / known[from_year]
