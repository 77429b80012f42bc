"""A command run in this process, and what it said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from longview.cli import failures


@dataclass(frozen=True)
class Said:
    """What a command left behind: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


@pytest.fixture
def longview(capsys, monkeypatch) -> Callable[..., Said]:
    """Runs `longview …` and returns what it said."""
    monkeypatch.delenv("LONGVIEW_DEBUG", raising=False)

    def run(*arguments: object) -> Said:
        capsys.readouterr()
        code = failures.run([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return run
