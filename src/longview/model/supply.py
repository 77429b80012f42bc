"""The supply of drugs: an index of danger that walks or is pulled back (drawn outside the month's step)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from longview.model.guards import PULL_MONTHS, SUPPLY_MOST, TAIL

Floats = NDArray[np.float64]


def log_paths(normals: Floats, chi2: Floats, shocks: Floats, pull: Floats, p: dict[str, Floats]) -> Floats:
    """Log supply index before centring, [T, F].

        walk: y' = y + ε + J;   pull: y' = e^(−1/24)·y + ε + J;   ε = sd·z·√(4/g)/√2, g ~ χ²₄ once a future

    Args:
        normals: z, [T, F]. chi2: g, [F]. shocks: uniforms, [T, F]. pull: 1 where the index is pulled back, [F].

    Source: MODEL.md §6; supply_walk_sd, supply_shock_size, supply_shock_rate.
    """
    sd = p["supply_walk_sd"] * np.sqrt(TAIL / chi2 * (1.0 - 2.0 / TAIL))
    jumps = (shocks < -np.expm1(-p["supply_shock_rate"] / 12.0)) * np.log(p["supply_shock_size"])
    keep = np.where(pull > 0, np.exp(-1.0 / PULL_MONTHS), 1.0)
    path = np.empty_like(normals)
    y = np.zeros_like(sd)
    for t in range(normals.shape[0]):
        y = np.clip(keep * y + sd * normals[t] + jumps[t], -SUPPLY_MOST, SUPPLY_MOST)
        path[t] = y
    return path


def index(paths: Floats, pull: Floats, reference: Floats, reference_pull: Floats) -> Floats:
    """The index itself, centred month by month so that each structure's mean over the reference futures is 1, [T, F]."""
    out = np.exp(paths)
    for kind in (0.0, 1.0):
        mean = np.exp(reference[:, reference_pull == kind]).mean(axis=1, keepdims=True)
        out[:, pull == kind] /= mean
    return out
