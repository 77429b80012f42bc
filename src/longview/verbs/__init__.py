"""One function a verb: the only place where rooms are joined.

Each verb stands in a module of its own (`verbs.check.check`, `verbs.plan.plan` …) and is imported from there, so that
a command loads only what it needs: nothing here imports JAX, polars or a reader. Verbs return reports and raise only
what is named here; whatever calls them (the command line, later the site) turns that into words and an exit code.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Progress = Callable[[str, float], None]
"""Called now and then with what is being done, in plain words, and the share of it done (0-1)."""


class NotReadyError(Exception):
    """The program's files have problems that must be mended first.

    Attributes:
        report: the `CheckReport` that lists them.
    """

    def __init__(self, report: Any) -> None:
        super().__init__("the program's files have problems that must be mended first")
        self.report = report


class WrongUseError(Exception):
    """What was asked for does not exist or cannot be meant; the sentence says so and what to type instead."""


class InfeasibleError(Exception):
    """No answer keeps all the rules; the sentence names those that clash and what would loosen each."""


__all__ = ["InfeasibleError", "NotReadyError", "Progress", "WrongUseError"]
