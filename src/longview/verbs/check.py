"""`check`: everything to say about a program's files at once, with nothing changed."""

from __future__ import annotations

from pathlib import Path

from longview.gather import CheckReport, check_folder


def check(path: Path) -> CheckReport:
    """Problems to mend, doubts to look at, and figures that stand in for what was left out.

    Nothing is raised for bad data.
    """
    return check_folder(path)


__all__ = ["CheckReport", "check"]
