"""One source for NumPy and JAX: the array module, and the two loops that differ between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Array = Any
"""A NumPy or JAX array. Axes are in each docstring; the flat batch B (trajectories) is last."""


@dataclass(frozen=True)
class Engine:
    """An array module and its loops.

    Attributes:
        xp: `numpy` or `jax.numpy`.
        scan: `scan(step, carry, xs, length)` as `jax.lax.scan`: step(carry, x) -> (carry, y).
        repeat: `repeat(rounds, f, x)`: f applied `rounds` times.
    """

    name: str
    xp: Any
    scan: Callable[..., tuple[Any, Any]]
    repeat: Callable[[int, Callable[[Any], Any], Any], Any]


def tree_map(f: Callable[..., Any], *trees: Any) -> Any:
    """Apply `f` leaf by leaf to trees of the same shape (tuples, dicts, arrays; None stays)."""
    first = trees[0]
    if first is None:
        return None
    if isinstance(first, tuple):
        leaves = [tree_map(f, *same) for same in zip(*trees, strict=True)]
        return type(first)(*leaves) if hasattr(first, "_fields") else tuple(leaves)
    if isinstance(first, dict):
        return {key: tree_map(f, *(tree[key] for tree in trees)) for key in first}
    return f(*trees)


def _scan(step: Callable[[Any, Any], tuple[Any, Any]], carry: Any, xs: Any, length: int) -> tuple[Any, Any]:
    out: list[Any] = []
    for t in range(length):
        carry, y = step(carry, tree_map(lambda x, t=t: x[t], xs))
        out.append(y)
    return carry, tree_map(lambda *leaves: np.stack(leaves), *out)


def _repeat(rounds: int, f: Callable[[Any], Any], x: Any) -> Any:
    for _ in range(rounds):
        x = f(x)
    return x


NUMPY = Engine("numpy", np, _scan, _repeat)


def jax_engine() -> Engine:
    """The JAX engine; JAX is imported here and nowhere else in the model.

    Raises:
        ImportError: there is no JAX for this machine (use `NUMPY`).
    """
    import jax
    import jax.numpy as jnp

    def scan(step: Callable[[Any, Any], tuple[Any, Any]], carry: Any, xs: Any, length: int) -> tuple[Any, Any]:
        return jax.lax.scan(step, carry, xs, length=length)

    def repeat(rounds: int, f: Callable[[Any], Any], x: Any) -> Any:
        return jax.lax.fori_loop(0, rounds, lambda _, value: f(value), x)

    return Engine("jax", jnp, scan, repeat)


def smooth_share(ratio: Array, sharpness: Array, xp: Any) -> Array:
    """`min(1, 1/ratio)` made smooth: `(1 + ratio^k)^(-1/k)`, by logs so that no power overflows. `ratio` ≥ 0."""
    return xp.exp(-xp.logaddexp(xp.zeros_like(ratio), sharpness * xp.log(xp.maximum(ratio, 1e-30))) / sharpness)


def weigh(matrix: Array, x: Array) -> Array:
    """A small matrix times a batch, [i, j] × [j, B] → [i, B]; written out, since a library call costs more than the sums."""
    return (matrix[:, :, None] * x[None]).sum(1)


def odds(share: Array) -> Array:
    """Odds of a share strictly below 1."""
    return share / (1.0 - share)


def from_odds(value: Array) -> Array:
    """The share whose odds are `value`."""
    return value / (1.0 + value)


def chance(yearly: Array, months: Array, xp: Any) -> Array:
    """Probability within `months` of something that happens at a `yearly` rate."""
    return -xp.expm1(-yearly * months / 12.0)


def happens(uniform: Array | None, probability: Array, xp: Any) -> Array:
    """1 where the uniform falls below the probability; in the expected form (no uniform) the probability itself."""
    if uniform is None:
        return probability
    return xp.where(uniform < probability, xp.ones_like(probability), xp.zeros_like(probability))


def solve(matrix: Sequence[Sequence[Array]], right: Sequence[Array]) -> list[Array]:
    """Solve a small system, unrolled, batch last; for the diagonally dominant matrices of a Markov chain (no pivoting)."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for i in range(size):
        for j in range(i + 1, size):
            factor = rows[j][i] / rows[i][i]
            rows[j] = [a - factor * b for a, b in zip(rows[j], rows[i], strict=True)]
    out: list[Array] = [None] * size
    for i in reversed(range(size)):
        known = sum((rows[i][j] * out[j] for j in range(i + 1, size)), start=0.0)
        out[i] = (rows[i][size] - known) / rows[i][i]
    return out
