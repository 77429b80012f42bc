"""The uniforms that futures are drawn from: Sobol points, shifted by the seed.

A future is (seed, number): the same number gives the same point however the futures are cut into chunks, and a key's
uniforms depend on its own dimension and name alone, so that a row added moves no other. (Owen's scrambling, which is
drawn for all dimensions at once, would not hold to that.)
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import numpy as np

from longview.evidence.spread import Array

BITS = 32  # of a point; all shifts are whole numbers of this many bits


def _shift(seed: int, key: str) -> np.uint64:
    """The digital shift of a key under a seed: a stable hash (Python's own differs from run to run)."""
    digest = hashlib.blake2b(f"{seed}/{key}".encode(), digest_size=BITS // 8).digest()
    return np.uint64(int.from_bytes(digest, "big"))


def _points(dimensions: int, first: int, count: int) -> Array:
    from scipy.stats import qmc

    sequence = qmc.Sobol(dimensions, scramble=False, bits=BITS)
    if first:
        sequence.fast_forward(first)
        return np.asarray(sequence.random(count), dtype=np.float64)
    whole = 1 << max(count - 1, 0).bit_length()  # scipy warns of a start that is no power of 2
    return np.asarray(sequence.random(whole)[:count], dtype=np.float64)


def sobol_uniforms(dims: Mapping[str, int], seed: int, first: int, count: int) -> dict[str, Array]:
    """Uniforms of futures `first` … `first + count − 1`.

    Args:
        dims: key → its Sobol dimension (0 and up). Evidence holds 0 to 299 (`Evidence.dims`), the model those from 300.

    Returns:
        key → values strictly inside (0, 1), [count].

    Raises:
        ValueError: two keys share a dimension, or `first` or `count` is negative.
    """
    if len(set(dims.values())) != len(dims):
        raise ValueError("two keys share a Sobol dimension")
    if first < 0 or count < 0:
        raise ValueError(f"futures {first} to {first + count} do not exist")
    if not dims or not count:
        return {key: np.empty(count) for key in dims}
    points = _points(max(dims.values()) + 1, first, count)
    whole = (points * 2.0**BITS).astype(np.uint64)
    shifted = {key: (whole[:, dim] ^ _shift(seed, key)).astype(np.float64) for key, dim in dims.items()}
    return {key: (bits + 0.5) / 2.0**BITS for key, bits in shifted.items()}
