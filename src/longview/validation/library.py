"""The studies that come with Longview."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def shipped() -> tuple[Path, ...]:
    """Their files, in order."""
    folder = Path(str(files("longview.validation").joinpath("studies")))
    return tuple(sorted(folder.glob("*.toml")))
