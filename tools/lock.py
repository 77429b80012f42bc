"""Renews the two locks: one universal, hash-checked set of versions for every system and Python that we support.

`requirements.lock` is what `longview` needs to run and be built; `requirements-dev.lock` holds the same versions and
the tools. Names, versions and hashes only: where packages come from is each machine's own business.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMMON = ["--universal", "--python-version", "3.11", "--generate-hashes", "--fork-strategy", "fewest"]
QUIET = ["--no-emit-index-url", "--no-emit-find-links", "--no-header", "--quiet"]


def compile_lock(group: str, output: str, *more: str) -> None:
    """Solve the runtime dependencies with a group's, and write them with their hashes."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--group", group, "-o", output]
    subprocess.run([*command, *COMMON, *QUIET, *more], cwd=ROOT, check=True)


if __name__ == "__main__":
    upgrade = ["--upgrade"] if "--upgrade" in sys.argv else []
    compile_lock("build", "requirements.lock", *upgrade)
    compile_lock("dev", "requirements-dev.lock", "--constraint", "requirements.lock", *upgrade)
