"""What the tests of single processes share: small batches of values, parameters, and how hypothesis draws them."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from made import make_params
from numpy.typing import NDArray

Floats = NDArray[np.float64]

HUGE = 1e9

share = st.floats(0.0, 1.0)

amount = st.floats(0.0, 1e6)

rate = st.floats(1e-6, 50.0)


def one(*values: float) -> Floats:
    """Values over the batch."""
    return np.asarray(values or (1.0,), dtype=np.float64)


def params(size: int = 1, **changes: float) -> dict[str, Floats]:
    return {key: np.full(size, value) for key, value in make_params(**changes).items()}


def shares(*shape: int) -> st.SearchStrategy[Floats]:
    return arrays(np.float64, shape, elements=share)


def amounts(*shape: int, most: float = 1e5) -> st.SearchStrategy[Floats]:
    return arrays(np.float64, shape, elements=st.floats(0.0, most))
