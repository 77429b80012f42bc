"""The lock: names, versions and hashes, the same in both files, and nothing of the machine that made it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")
PINNED = re.compile(r"([a-z0-9][a-z0-9-]*)==([^ ;\\]+)( ; [^\\]+)? \\")
HASH = re.compile(r" {4}--hash=sha256:[0-9a-f]{64}( \\)?")
COMMENT = re.compile(r" {4}# .*")


def lines(name: str) -> list[str]:
    return (ROOT / name).read_text(encoding="utf-8").splitlines()


def pinned(name: str) -> dict[str, str]:
    return {found[1]: found[2] for line in lines(name) if (found := PINNED.fullmatch(line))}


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def canonical(requirement: str) -> str:
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert name is not None
    return re.sub(r"[-_.]+", "-", name[0]).lower()


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_names_versions_and_hashes_only(name):
    strange = [line for line in lines(name) if not any(p.fullmatch(line) for p in (PINNED, HASH, COMMENT))]
    assert strange == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_pinned_version_has_a_hash(name):
    rows = lines(name)
    bare = [
        row
        for row, after in zip(rows, [*rows[1:], ""], strict=True)
        if PINNED.fullmatch(row) and "--hash=" not in after
    ]
    assert bare == []


def test_the_tools_run_on_the_versions_that_people_get():
    run, dev = pinned("requirements.lock"), pinned("requirements-dev.lock")
    assert run.items() <= dev.items()


def test_every_declared_dependency_is_locked():
    declared = project()["project"]["dependencies"]
    assert {canonical(row) for row in declared} <= pinned("requirements.lock").keys()
    tools = [row for row in project()["dependency-groups"]["dev"] if isinstance(row, str)]
    assert {canonical(row) for row in tools} <= pinned("requirements-dev.lock").keys()
    assert "hatchling" in pinned("requirements.lock")


def test_every_declared_dependency_is_explained():
    said = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    groups = project()["dependency-groups"]
    rows = [*project()["project"]["dependencies"], *groups["dev"], *groups["build"]]
    missing = [canonical(row) for row in rows if isinstance(row, str) and f"**{canonical(row)}**" not in said]
    assert missing == []
