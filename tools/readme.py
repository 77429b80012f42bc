"""Runs README's terminal sessions in an empty folder and writes what they print into README; then takes its picture.

A session is a block of ```console; what follows a `$ command` is what it prints. Where README leaves lines out (`…`),
as many lines from the start are kept as stand there now. tests/house/test_readme.py holds README to the same.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```)", re.MULTILINE | re.DOTALL)
SETS_UP = ("make", "pipx", "git", "cd")  # not run here: they change the machine
LEFT_OUT = "…"


def sessions(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each command of a README's sessions, and the lines that it is said to print."""
    for block in BLOCK.findall(text):
        command, lines = "", list[str]()
        for line in [*block.splitlines(), "$ "]:
            if line.startswith("$ "):
                if command:
                    yield command, lines
                command, lines = line[2:].strip(), []
            else:
                lines.append(line)


def runnable(command: str) -> bool:
    """Whether a command only writes into the folder that it is run in."""
    return shlex.split(command)[0] not in SETS_UP


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of README as a reader would, with this Python's `longview`."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    quiet = {"PATH": path, "NO_COLOR": "1", "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"}
    words = shlex.split(command)
    return subprocess.run(
        words, cwd=folder, env=os.environ | quiet, capture_output=True, text=True, encoding="utf-8", check=False
    )


def shown(printed: str, before: list[str]) -> str:
    """What README shows of what was printed, left out where it leaves out now."""
    lines = printed.rstrip().splitlines()
    if LEFT_OUT in before:
        lines = [*lines[: before.index(LEFT_OUT)], LEFT_OUT]
    return "\n".join(lines)


def renewed(text: str, folder: Path) -> str:
    """README with what its commands print now; `make plan` prints what `longview demo` does."""
    for command, before in list(sessions(text)):
        if not runnable(command):
            continue
        done = run(command, folder)
        if done.returncode != 0:
            sys.exit(f"{command}\n{done.stdout}{done.stderr}")
        old, new = "\n".join(before).rstrip(), shown(done.stdout, before)
        text = text.replace(old, new) if command == "longview demo" and old else _within(text, command, old, new)
    return text


def _within(text: str, command: str, old: str, new: str) -> str:
    return text.replace(f"$ {command}\n{old}", f"$ {command}\n{new}", 1)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as empty:
        README.write_text(renewed(README.read_text(encoding="utf-8"), Path(empty)), encoding="utf-8", newline="\n")
        if "--picture" in sys.argv:
            from picture import take

            take(Path(empty) / "longview-demo" / "out" / "report.html", ROOT / "docs" / "pictures" / "plan.png")
