"""The studies that come with Longview."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def shipped() -> tuple[Path, ...]:
    """Their files, in order: V1 to V19, then the others."""
    folder = Path(str(files("longview.validation").joinpath("studies")))
    return tuple(sorted(folder.glob("*.toml"), key=lambda path: (not path.stem.startswith("v"), path.stem)))
