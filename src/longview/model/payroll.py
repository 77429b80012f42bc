"""What falls due: pay by post, bills by item, what options cost, and what rationing could save."""

from __future__ import annotations

from typing import Any

from longview.model.arrays import Array
from longview.model.guards import ITEMS_RATIONED, SESSIONS_RATIONED
from longview.model.setup import Setup, Wiring


def pay(
    filled: Array, own_pay: Array, cut_hours: Array, cut_sessions: Array, setup: Setup, p: dict[str, Array], xp: Any
) -> tuple[Array, Array]:
    """A full month's pay of each place with benefits, and what is paid once hours and sessions are rationed, [place, B] each.

    Source: benefits_share for wages where the program gives none.
    """
    benefits = xp.where(setup.benefits < 0, setup.waged * p["benefits_share"][None], setup.benefits)
    full = setup.base_pay * (1.0 + benefits) * own_pay[None]
    less = setup.waged * cut_hours[None] + setup.hourly * SESSIONS_RATIONED * cut_sessions[None]
    return full, full * (1.0 - less)


def bills_by_class(
    paid: Array,
    goods: Array,
    upkeep: Array,
    leaving: Array,
    running: Array,
    options: Array,
    price: Array,
    wiring: Wiring,
    xp: Any,
) -> Array:
    """A month's bills by class (lines that the same funds may pay), nominal, never below zero, [class, B].

    Args:
        paid: by place, [place, B]. goods: supplies bought, [item, B]; upkeep, leaving: buildings and replacing those who left, [B];
        these three nominal. running: real, [class, 1]. options: what they cost, real, by price row, [price, B].
    """
    nothing = xp.zeros_like(price)
    rows = [running[c] * price for c in range(wiring.classes)]

    def put(at: int, amount: Array) -> None:
        rows[at] = rows[at] + amount

    for at, amounts in ((wiring.places, paid), (wiring.supplies, goods)):
        for i, c in enumerate(at):
            put(c, amounts[i])
    for i, c in enumerate(wiring.prices):
        put(c, options[i] * price)
    put(wiring.building, upkeep)
    put(wiring.training, leaving)
    for c in wiring.saved:  # a cost that is stopped can't take away more than there is
        rows[c] = xp.maximum(rows[c], nothing)
    return xp.stack([nothing + row for row in rows])


def option_costs(
    level: Array, begin: Array, month: Array, horizon: Array, setup: Setup, xp: Any
) -> tuple[Array, Array]:
    """What the options cost this month by price row, at prices of the price year: paid once, and monthly, [price, B] each."""
    since = month - begin
    asked = level * setup.price_amount * (begin < horizon).astype(level.dtype)
    once = setup.price_once * (since == 0).astype(level.dtype)
    spell = (since >= setup.price_after) & (since < setup.price_after + setup.price_months)
    within = (month < horizon) | (setup.price_bound > 0)
    return asked * once, asked * (1.0 - setup.price_once) * (spell & within).astype(level.dtype)


def savings(bought: Array, full: Array, filled: Array, empty: Array, price: Array, setup: Setup, xp: Any) -> Array:
    """What each rung of rationing would save a month if taken whole, [rung, B]: items, sessions, hiring, hours.

    Args:
        bought: units that would be bought without rationing, [item, B]. full: pay, filled, empty (and sought): [place, B].
    """
    items = ITEMS_RATIONED * (bought * setup.unit_price).sum(0) * price
    hourly = SESSIONS_RATIONED * (full * filled * setup.hourly).sum(0)
    vacant = (full * empty).sum(0)
    waged = (full * filled * setup.waged).sum(0)
    return xp.stack([items, hourly, vacant, waged])
