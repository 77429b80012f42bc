"""README's commands, run in an empty folder, in order: they work, and print what README says that they print.

Figures may differ by a hair from one processor to the next, so digits are not compared; words are. A line of `…` in
README stands for lines left out.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
SETS_UP = ("make", "pipx", "git", "cd")  # these change the machine; `.ci/run` and tests/house/test_make.py try them


def sessions() -> list[tuple[str, list[str]]]:
    """Each command of README's terminal sessions, and the lines that it is said to print."""
    found: list[tuple[str, list[str]]] = []
    for block in BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8")):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:].split("  #")[0].strip(), []))
            elif found:
                found[-1][1].append(line)
    return found


def worded(text: str) -> str:
    """The words of a text: digits, spaces and line ends do not count."""
    return re.sub(r"[\d,.]+", "0", re.sub(r"\s+", " ", text)).strip()


def test_readme_shows_the_two_commands_and_what_they_print():
    typed = [command for command, _ in sessions()]
    assert "make plan" in typed
    assert "make test" in typed
    assert "longview demo" in typed


def test_the_same_report_is_promised_by_make_and_by_the_command():
    printed = dict(sessions())
    assert worded("\n".join(printed["make plan"])).endswith(worded("\n".join(printed["longview demo"])))


def test_readmes_commands_do_what_readme_says(tmp_path):
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    quiet = {"PATH": path, "NO_COLOR": "1", "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"}
    for command, expected in sessions():
        words = shlex.split(command)
        if words[0] in SETS_UP:
            continue
        done = subprocess.run(
            words, cwd=tmp_path, env=os.environ | quiet, capture_output=True, text=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        assert done.stderr == "", command
        said = worded(done.stdout)
        for part in "\n".join(expected).split("\n…\n"):
            assert worded(part) in said, f"{command}: README shows\n{part}\nand it printed\n{done.stdout}"


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "docs/limits.md", "docs/testing.md"])
def test_what_docs_link_to_is_there(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert ((ROOT / name).parent / target).exists(), target
