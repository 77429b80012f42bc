"""Pipes and other supplies for smoking: who comes for them, and what is smoked instead of injected (docs/model.md §2.11, 2.12)."""

from __future__ import annotations

from typing import Any

from longview.model.arrays import Array


def uses_smoked(offered: Array, p: dict[str, Array]) -> Array:
    """Share of what people reached who inject would inject that they smoke instead, y, [B].

        y = offered·smoke_shift

    Source: smoke_shift (an assumption that reaches nearly to nothing). `offered`: lever, [B].
    """
    return offered * p["smoke_shift"]


def overdoses_spared(smoked: Array, p: dict[str, Array]) -> Array:
    """Share of overdoses spared among people reached who inject, [B]: y·(1 − 1/od_rr_inject_v_smoke). `smoked`: y, [B]."""
    return smoked * (1.0 - 1.0 / p["od_rr_inject_v_smoke"])


def drawn(offered: Array, p: dict[str, Array], xp: Any) -> Array:
    """How much more readily people who smoke come, over today, [B]; at most as readily as those who inject, and never less.

        1 + offered·(1/reach_smoke_only_rr − 1)⁺

    Source: reach_smoke_only_rr.
    """
    return 1.0 + offered * xp.maximum(1.0 / p["reach_smoke_only_rr"] - 1.0, 0.0)
