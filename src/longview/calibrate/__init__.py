"""What our own numbers say about the unknowns. For now an anchor: today's levels, updated by counts, one draw a future."""

from longview.calibrate.anchor import Anchor, anchor

__all__ = ["Anchor", "anchor"]
