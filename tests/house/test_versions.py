"""One version, said the same everywhere."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import longview

ROOT = Path(__file__).resolve().parents[2]


def test_code_package_and_changelog_name_the_same_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    log = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    first = re.search(r"^## (\d+\.\d+\.\d+)", log, re.MULTILINE)
    assert first is not None
    assert project["version"] == longview.__version__ == first[1]


def test_a_release_says_first_whether_numbers_change():
    log = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    for release in re.split(r"^## ", log, flags=re.MULTILINE)[1:]:
        sections = re.findall(r"^### (.+)$", release, re.MULTILINE)
        assert sections[0] == "Changes your numbers"
