"""README's commands, run in an empty folder, in order: they work, and print what README says that they print.

Figures may differ by a hair from one processor to the next, so digits are not compared; words are. `…` stands for lines
that README leaves out.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import readme  # noqa: E402


def sessions() -> list[tuple[str, list[str]]]:
    return list(readme.sessions((ROOT / "README.md").read_text(encoding="utf-8")))


def worded(text: str) -> str:
    """The words of a text: digits, spaces and line ends do not count."""
    return re.sub(r"[\d,.]+", "0", re.sub(r"\s+", " ", text)).strip()


def test_readme_shows_the_two_commands_and_what_they_print():
    typed = [command for command, lines in sessions() if lines]
    assert "make plan" in typed
    assert "make test" in typed
    assert "longview demo" in typed


def test_the_same_report_is_promised_by_make_and_by_the_command():
    printed = dict(sessions())
    assert worded("\n".join(printed["make plan"])).endswith(worded("\n".join(printed["longview demo"])))


def test_readmes_commands_do_what_readme_says(tmp_path):
    for command, expected in filter(lambda session: readme.runnable(session[0]), sessions()):
        done = readme.run(command, tmp_path)
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        assert done.stderr == "", command
        said = worded(done.stdout)
        for part in "\n".join([*expected, ""]).split(f"\n{readme.LEFT_OUT}\n"):
            assert worded(part) in said, f"{command}: README shows\n{part}\nand it printed\n{done.stdout}"
    assert (tmp_path / "longview-demo" / "out" / "report.html").stat().st_size > 10_000


@pytest.mark.parametrize(
    "name", ["README.md", "CONTRIBUTING.md", "docs/imports.md", "docs/limits.md", "docs/testing.md"]
)
def test_what_docs_link_to_is_there(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert ((ROOT / name).parent / target).exists(), target
