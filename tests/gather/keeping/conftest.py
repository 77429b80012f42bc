"""Each test has a key of its own: nothing is written into somebody's home."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_key(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path_factory.mktemp("data")
    monkeypatch.setenv("LONGVIEW_DATA", str(place))
    return place
