"""Results for machines are JSON, whatever they hold."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import longview
from longview.cli.machine import as_json, plain
from longview.program import Month

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.decimals(allow_nan=False)
    | st.sampled_from([Month(2023, 1), np.float32(1.5), np.arange(3), np.array([np.nan])]),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner),
    max_leaves=12,
)


@dataclass(frozen=True, slots=True)
class Part:
    month: Month
    money: Decimal


@given(VALUES)
def test_anything_becomes_strict_json(value):
    text = as_json("check", None, {"part": value})
    again = json.loads(text, parse_constant=lambda word: 1 / 0)  # NaN and Infinity are not JSON
    assert again["schema"] == 1
    assert again["verb"] == "check"
    assert again["version"] == longview.__version__
    assert again["part"] == json.loads(json.dumps(plain(value), allow_nan=False))


def test_money_and_months_are_exact_text():
    assert plain(Part(Month(2023, 1), Decimal("10.10"))) == {"month": "2023-01", "money": "10.10"}
