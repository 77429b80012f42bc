"""Skin infections, and those that end in hospital (docs/model.md §2.15)."""

from __future__ import annotations

from typing import Any, NamedTuple

from longview.model.arrays import Array
from longview.model.guards import TINY
from longview.model.infection import Guarded, by_reach


class Wounds(NamedTuple):
    """A month's skin infections, and hospital stays for infections from injecting, [B] each."""

    skin: Array
    hospital: Array


def risk(kept: Guarded, p: dict[str, Array]) -> Array:
    """Wounds over those of somebody who injects today's number of times, never with a new syringe, b, [reach, B].

        b_g = e_g·(1 − (1 − reuse_skin_rr)·c_g) + (1 − y)·ψ·reuse_skin_rr·[g = 1]

    Source: reuse_skin_rr.
    """
    new = p["reuse_skin_rr"][None]
    return kept.outside * (1.0 - (1.0 - new) * kept.covered) + kept.inside * new


def mean_risk(kept: Guarded, injecting: Array, p: dict[str, Array], xp: Any) -> Array:
    """Mean of that over people who inject, [B]; `injecting` [reach, B]."""
    return (injecting * risk(kept, p)).sum(0) / xp.maximum(injecting.sum(0), TINY)


def wounds_month(
    kept: Guarded, mean_today: Array, injecting: Array, smoking: Array, cared: Array, p: dict[str, Array], xp: Any
) -> Wounds:
    """A month's wounds.

        skin = (Σ_g N_g·b_g/b̄_0 + N_smoke/skin_rr_inject_v_smoke)·skin_infection/12
        hospital = Σ_g N_g·b_g/b̄_0·(1 − cared·(1 − wound_care_effect)·[g = 1])·abscess_hosp/12

    Args:
        mean_today: b̄_0, [B]. injecting: [reach, B]. smoking: [B]. cared: lever wound_care, share of those reached, [B].

    Source: skin_infection, skin_rr_inject_v_smoke, wound_care_effect, abscess_hosp.
    """
    hurt = injecting * risk(kept, p) / xp.maximum(mean_today, TINY)[None]
    care = by_reach(xp.ones_like(cared), 1.0 - cared * (1.0 - p["wound_care_effect"]), xp)
    skin = (hurt.sum(0) + smoking / p["skin_rr_inject_v_smoke"]) * p["skin_infection"] / 12.0
    return Wounds(skin, (hurt * care).sum(0) * p["abscess_hosp"] / 12.0)
