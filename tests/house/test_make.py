"""Make's targets say what they do, and setting up says what is missing in one sentence."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TARGETS = ("plan", "test", "test-slow", "lint", "golden", "docs", "lock")

sys.path.insert(0, str(ROOT / "tools"))
import ready  # noqa: E402


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make:  sudo apt-get install make")
def test_make_help_names_every_target_with_its_words():
    said = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in TARGETS:
        assert re.search(rf"^  make {target} +\w.+", said, re.MULTILINE), target


def test_what_docs_are_made_by_is_in_make_docs():
    recipe = re.search(r"^docs:.*\n((?:\t.*\n)+)", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert recipe is not None
    for tool in re.findall(r"tools/\w+\.py", recipe[1]):
        assert (ROOT / tool).exists(), tool
    assert {"tools/docs.py", "tools/readme.py", "tools/examples.py"} <= set(re.findall(r"tools/\w+\.py", recipe[1]))


def test_a_python_that_is_not_there_is_told_in_one_sentence(monkeypatch, capsys):
    monkeypatch.setattr(ready, "candidates", lambda name: iter(()))
    with pytest.raises(SystemExit) as left:
        ready.chosen_python("python9.9")
    assert left.value.code == 2
    said = capsys.readouterr().err.strip()
    assert said.startswith("Not yet: Longview needs Python 3.11")
    assert "\n" not in said


def test_an_old_python_is_told_of_a_newer_one(monkeypatch, capsys):
    monkeypatch.setattr(ready, "version_of", lambda command: (3, 12) if "3.12" in command else (3, 8))
    with pytest.raises(SystemExit):
        ready.chosen_python("python3.8")
    assert "PYTHON=python3.12" in capsys.readouterr().err
    command, version = ready.chosen_python(None)
    assert "3.12" in command, "where none was named, the newer one is taken without a word"
    assert version == (3, 12)


def test_a_full_disk_is_told_before_anything_is_installed(monkeypatch, capsys):
    monkeypatch.setattr(ready.shutil, "disk_usage", lambda place: shutil._ntuple_diskusage(1, 1, 10_000_000))
    with pytest.raises(SystemExit):
        ready.check_disk()
    assert "0.0 GB free" in capsys.readouterr().err


def test_a_changed_lock_is_installed_anew(monkeypatch, tmp_path):
    monkeypatch.setattr(ready, "ROOT", str(tmp_path))
    monkeypatch.setattr(ready, "VENV", str(tmp_path))
    for name in (*ready.LOCKS.values(), "pyproject.toml"):
        (tmp_path / name).write_text("one", encoding="utf-8")
    (tmp_path / ".longview-dev").write_text(ready.fingerprint("dev", (3, 11)), encoding="utf-8")
    assert ready.is_ready("dev", (3, 11))
    assert ready.is_ready("run", (3, 11)), "the tools' environment holds what the command needs"
    assert not ready.is_ready("dev", (3, 12))
    (tmp_path / "requirements-dev.lock").write_text("two", encoding="utf-8")
    assert not ready.is_ready("dev", (3, 11))
