"""The uniforms that futures are drawn from: Sobol points, shifted by the seed.

A future is (seed, number): the same number gives the same point however the futures are cut into chunks, and a key's
uniforms depend on its own dimension and name alone, so that a row added moves no other. (Owen's scrambling, which is
drawn for all dimensions at once, would not hold to that.) The points equal those of `scipy.stats.qmc.Sobol` without
scrambling; they are made here since importing `scipy.stats` costs more than drawing ten thousand futures.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from longview.evidence.spread import Array

BITS = 32  # of a point; all shifts are whole numbers of this many bits


def _shift(seed: int, key: str) -> np.uint64:
    """The digital shift of a key under a seed: a stable hash (Python's own differs from run to run)."""
    digest = hashlib.blake2b(f"{seed}/{key}".encode(), digest_size=BITS // 8).digest()
    return np.uint64(int.from_bytes(digest, "big"))


@cache
def _table() -> tuple[tuple[int, ...], ...]:
    lines = files("longview.evidence").joinpath("sobol.txt").read_text(encoding="utf-8").splitlines()
    return tuple(tuple(map(int, line.split())) for line in lines if not line.startswith("#"))


@cache
def _directions(dim: int) -> NDArray[np.uint64]:
    """The direction numbers of a dimension as whole numbers of `BITS` bits, [BITS] (Joe & Kuo 2008, section 2)."""
    polynomial, *start = _table()[dim]
    degree = polynomial.bit_length() - 1
    numbers = list(start) if dim else [1] * BITS  # the first dimension is van der Corput's
    while len(numbers) < BITS:
        following = numbers[-degree]
        for k in range(1, degree + 1):
            if (polynomial >> (degree - k)) & 1:
                following ^= numbers[-k] << k
        numbers.append(following)
    return np.array([number << (BITS - 1 - i) for i, number in enumerate(numbers)], dtype=np.uint64)


def _points(dim: int, first: int, count: int) -> NDArray[np.uint64]:
    """Points `first` … of one dimension: the numbers of the bits in a point's Gray code, added without carry."""
    number = np.arange(first, first + count, dtype=np.uint64)
    gray = number ^ (number >> np.uint64(1))
    points = np.zeros(count, dtype=np.uint64)
    for bit, direction in enumerate(_directions(dim)[: (first + count).bit_length()]):
        points ^= ((gray >> np.uint64(bit)) & np.uint64(1)) * direction
    return points


def sobol_uniforms(dims: Mapping[str, int], seed: int, first: int, count: int) -> dict[str, Array]:
    """Uniforms of futures `first` … `first + count − 1`.

    Args:
        dims: key → its Sobol dimension, 0 to 511. Evidence holds 0 to 299 (`Evidence.dims`), the model those from 300.

    Returns:
        key → values strictly inside (0, 1), [count].

    Raises:
        ValueError: two keys share a dimension, a dimension is unknown, or such futures do not exist.
    """
    if len(set(dims.values())) != len(dims):
        raise ValueError("two keys share a Sobol dimension")
    if any(not 0 <= dim < len(_table()) for dim in dims.values()):
        raise ValueError(f"Sobol dimensions go from 0 to {len(_table()) - 1}")
    if first < 0 or count < 0 or first + count > 2**BITS:
        raise ValueError(f"futures {first} to {first + count} do not exist")
    shifted = {key: (_points(dim, first, count) ^ _shift(seed, key)).astype(np.float64) for key, dim in dims.items()}
    return {key: (bits + 0.5) / 2.0**BITS for key, bits in shifted.items()}
