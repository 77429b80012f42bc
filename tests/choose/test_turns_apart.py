"""Where a choice turns on a small sum, the turn is not lost to the hundred."""

from __future__ import annotations

import pytest

from longview.choose.switching import as_found


@pytest.mark.parametrize(
    ("turns_at", "said"), [(48.3, 48.0), (31.2, 31.0), (960.4, 960.0), (4_960.9, 5_000.0), (102_632.0, 102_600.0)]
)
def test_small_sums_are_not_lost_to_the_hundred(turns_at, said):
    assert as_found(turns_at) == said
