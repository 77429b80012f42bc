"""JAX as strict as it can be: no silent mixing of number types, no silent broadcasting, nothing compiled left behind."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator

import pytest

STRICT = {
    "jax_numpy_dtype_promotion": "strict",
    "jax_numpy_rank_promotion": "raise",
    "jax_enable_compilation_cache": False,
}


@pytest.fixture(scope="session")
def jax_here() -> None:
    """Where there is no JAX for this machine, the NumPy engine is all there is."""
    if importlib.util.find_spec("jax") is None:
        pytest.skip("needs JAX, which this machine has no wheel for")


def _set(settings: dict[str, object]) -> dict[str, object]:
    """Set JAX's settings, and tell what they were."""
    import jax

    before = {name: getattr(jax.config, name) for name in settings}
    for name, value in settings.items():
        jax.config.update(name, value)
    return before


@pytest.fixture
def strict(jax_here: None) -> Iterator[None]:
    """Strict JAX in its usual precision."""
    before = _set(STRICT | {"jax_enable_x64": False})
    yield
    _set(before)


@pytest.fixture
def strict_double(jax_here: None) -> Iterator[None]:
    """Strict JAX in double precision."""
    before = _set(STRICT | {"jax_enable_x64": True})
    yield
    _set(before)
