"""Drugs checked before they are used (docs/model.md §2.11)."""

from __future__ import annotations

from longview.model.arrays import Array


def overdoses_spared(checked: Array, p: dict[str, Array]) -> Array:
    """Share of overdoses spared among people reached who use opioids, [B].

        checked·drugcheck_unexpected·drugcheck_behaviour·(1 − drugcheck_od_rr)

    Args:
        checked: lever, share of people reached who have what they use checked, [B].

    Source: drugcheck_unexpected, drugcheck_behaviour, drugcheck_od_rr.
    """
    return checked * p["drugcheck_unexpected"] * p["drugcheck_behaviour"] * (1.0 - p["drugcheck_od_rr"])
