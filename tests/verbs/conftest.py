"""The example in a folder of a test file's own, and read."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from longview.gather import read_folder
from longview.program import Program


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("verbs") / "program"
    shutil.copytree(str(files("longview").joinpath("examples", "rhode-island")), place)
    return place


@pytest.fixture(scope="module")
def program(folder: Path) -> Program:
    found, _ = read_folder(folder)
    assert found is not None
    return found
