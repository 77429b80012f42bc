"""Pipes and other supplies for smoking: who comes for them, and what is smoked instead of injected (docs/model.md §2.11, 2.12)."""

from __future__ import annotations

from longview.model.arrays import Array


def uses_smoked(offered: Array, p: dict[str, Array]) -> Array:
    """Share of what people reached who inject would inject that they smoke instead, y, [B].

        y = offered·smoke_shift

    Source: smoke_shift (an assumption that reaches nearly to nothing). `offered`: lever, [B].
    """
    return offered * p["smoke_shift"]
