"""Nothing of one machine stands in a tracked file: no path of it, no host that packages come from."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Put together from parts, so that this file does not hold what it looks for.
LOCAL = re.compile(
    "|".join(
        [
            r"(?<![\w.~-])/(?:" + "|".join(["root", "work", "tmp", "home/[a-z]+", "Users/[A-Za-z]+"]) + r")/[\w.-]",
            r"(?<!\w)[A-Z]:" + r"\\Users",
            "--(?:extra-)?" + "index-url",
            "--" + "find-links",
            "python" + "hosted[.]org",
            "pypi[.]org/" + "simple",
            "deb[.]" + "debian[.]org",
            "registry[.]" + "npmjs",
        ]
    )
)


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode != 0:
        return []
    return [ROOT / name for name in listed.stdout.decode("utf-8").split("\0") if name]


def test_no_path_or_host_of_a_machine_is_tracked():
    files = tracked()
    if not files:
        pytest.skip("not a git checkout, so nothing is tracked")
    found = []
    for file in files:
        if file.is_file() and b"\0" not in (raw := file.read_bytes())[:4096]:
            text = raw.decode("utf-8", "replace")
            found += [f"{file.relative_to(ROOT)}: {match[0]}" for match in LOCAL.finditer(text)]
    assert found == []


def test_the_search_finds_what_it_should():
    assert LOCAL.search("see /" + "root/.cache")
    assert LOCAL.search("pip install --" + "index-url x")
    assert not LOCAL.search("src/longview/work/place and ./tmp/x")
