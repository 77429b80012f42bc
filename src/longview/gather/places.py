"""Where a program's records are, and where Longview keeps what belongs to them."""

from __future__ import annotations

from pathlib import Path

WORKBOOKS = frozenset({".xlsx", ".xlsm"})


def is_workbook(path: Path) -> bool:
    """Whether a path names a workbook that can be read."""
    return path.suffix.lower() in WORKBOOKS


def companion(path: Path) -> Path:
    """The folder of what Longview keeps beside a program's own files: a folder itself, `x.longview` for `x.xlsx`."""
    return path.with_suffix(".longview") if is_workbook(path) else path


def resolved(path: Path) -> Path:
    """The program meant by a path as typed: a bare `my-program` may be `my-program.xlsx`."""
    if path.suffix or path.exists():
        return path
    found = [path.with_name(path.name + suffix) for suffix in sorted(WORKBOOKS, reverse=True)]
    return next((one for one in found if one.is_file()), path)
