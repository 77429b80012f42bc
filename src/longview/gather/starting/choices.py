"""The worked example of choices in a new program, with what each does and costs, in proportion to the program."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from math import floor, log10
from typing import Any

from longview.gather.starting.answers import example
from longview.gather.starting.parts import Parts
from longview.gather.starting.sums import MONTHS, WEEKS
from longview.program import Effect, Option, Post, Price


def choices(parts: Parts, staff: tuple[Post, ...]) -> tuple[tuple[Option, ...], tuple[Effect, ...], tuple[Price, ...]]:
    """Options, effects and prices of `example.toml`; those that need what is not there are left out."""
    known = _known(parts)
    there = {"door"} if parts.place.get("open") is not None else set()
    there |= {"pay"} if parts.sums.pay.people else set()
    options: list[Option] = []
    effects: list[Effect] = []
    prices: list[Price] = []
    for row in example()["choices"]:
        if not there.issuperset(row.get("needs", ())):
            continue
        options.append(_option(row, known, staff[0].role))
        effects += [_effect(row["id"], effect, known) for effect in row["effects"]]
        prices += [_price(row["id"], price, known) for price in row.get("prices", ())]
    return tuple(options), tuple(effects), tuple(prices)


def _known(parts: Parts) -> dict[str, float]:
    """What amounts of the example may be so many times of."""
    pay = parts.sums.pay
    hour = pay.rate * (1.0 + pay.benefits)
    return {
        "twelfth": round(1.0 / MONTHS, 6),
        "needed": float(parts.needed),
        "kits_a_year": parts.sums.kits,
        "paid_hour": hour,
        "open_hour_a_month": parts.needed * hour * WEEKS / MONTHS,
    }


def _option(row: Mapping[str, Any], known: Mapping[str, float], owner: str) -> Option:
    wanted = row.get("levels")
    least, most, step = (None, None, None) if wanted is None else _levels(wanted, known)
    return Option(
        id=row["id"],
        name=row["name"],
        kind=row["kind"],
        unit=row.get("unit"),
        least=least,
        most=most,
        step=step,
        lead_months=row.get("lead_months", 0),
        owner=owner,
        note=row.get("note"),
    )


def _levels(wanted: Mapping[str, Any], known: Mapping[str, float]) -> tuple[float, float, float]:
    """Least, most and step; where they are parts of a figure, the step is made even and the others are steps."""
    step = _even(wanted["step"] * known[wanted["of"]]) if "of" in wanted else float(wanted["step"])
    least, most = (round(wanted[name] / wanted["step"]) * step for name in ("least", "most"))
    return least, most, step


def _effect(option: str, row: Mapping[str, Any], known: Mapping[str, float]) -> Effect:
    value = known[row["of"]] if "of" in row else float(row["value"])
    return Effect(
        option, row["lever"], row["op"], value, row.get("low"), row.get("high"), float(row.get("ramp_months", 0))
    )


def _price(option: str, row: Mapping[str, Any], known: Mapping[str, float]) -> Price:
    return Price(option, row["item"], row["how"], Decimal(str(round(row["times"] * known[row["of"]], 2))))


def _even(number: float) -> float:
    """The nearest of 1, 2, 5, 10, 20, 50 … (in proportion), and 1 at least."""
    power = 10.0 ** floor(log10(max(number, 1.0)))
    return min((power * step for step in (1.0, 2.0, 5.0, 10.0)), key=lambda even: abs(log10(even / max(number, 1.0))))
