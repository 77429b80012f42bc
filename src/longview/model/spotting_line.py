"""A phone line that stays on while someone uses alone (docs/model.md §2.10)."""

from __future__ import annotations

from longview.model.arrays import Array


def listened(promoted: Array, p: dict[str, Array]) -> Array:
    """Share of overdoses alone at which someone listens and calls, c, [B]: promoted·hotline_cover_share.

    Args:
        promoted: lever, how far the line is promoted, [B].

    Source: hotline_cover_share.
    """
    return promoted * p["hotline_cover_share"]
