"""Infection and wounds of a month: what people, syringes and levers hand to them (docs/model.md §2.14, 2.15)."""

from __future__ import annotations

from typing import Any, NamedTuple

from longview.model.arrays import Array
from longview.model.guards import TINY
from longview.model.infection import Infected, Month, guarded, infection_month, shifted
from longview.model.laws import watched_starts
from longview.model.lives import Lives
from longview.model.phases import Opening, Service
from longview.model.reach import signs
from longview.model.state import State, World
from longview.model.wounds import Wounds, wounds_month


class Illness(NamedTuple):
    """Infection after the month, and the month's wounds."""

    infection: Month
    wounds: Wounds


def fall_ill(state: State, world: World, opening: Opening, service: Service, lives: Lives, xp: Any) -> Illness:
    """Who is infected this month, who is over it, and wounds; infection follows the people as they moved."""
    p, start, lever = world.p, world.start, opening.lever
    people = state.people[0].sum(1)
    injecting = people.sum(1)
    newcomers = start.newcomers[0].sum(0) * watched_starts(lever["monitoring"], p)
    shift = shifted(
        injecting, lives.left.survivors[0].sum((1, 2)), lives.came[0].sum((0, 1)), lives.lapsed[0].sum((0, 1)),
        lives.people[0].sum((1, 2)), newcomers, xp,
    )  # fmt: skip
    on_moud = people[:, 1] / xp.maximum(injecting, TINY)
    kept = guarded(
        service.syringes, lever["syringes_elsewhere"], lives.smoked, lives.room, injecting, on_moud, p, xp
    )  # fmt: skip
    infection = infection_month(
        Infected(state.hcv, state.hiv), shift, kept, start.spread, lever["jail"], lever["hcv_treatment"], lever["hiv_testing"],
        p, xp,
    )  # fmt: skip
    smoking = state.people[1].sum((0, 1, 2))
    return Illness(infection, wounds_month(kept, start.spread.wounds, injecting, smoking, lever["wound_care"], p, xp))


def after_closing(people: Array, closed: Array, xp: Any) -> Array:
    """Infected once the program has closed: everybody is unreached. [..., reach, B]; closed [B]."""
    reached = people[..., 1, :]
    gone = reached * xp.broadcast_to(closed, reached.shape)
    gain = signs(people, xp).reshape((*(1 for _ in reached.shape[:-1]), 2, 1))
    return people + gain * gone[..., None, :]
