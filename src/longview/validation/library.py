"""The studies that come with Longview."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path


def shipped() -> tuple[Path, ...]:
    """Their files, in order: V1 to V19, then the others."""
    folder = Path(str(files("longview.validation").joinpath("studies")))
    return tuple(sorted(folder.glob("*.toml"), key=lambda path: (not path.stem.startswith("v"), path.stem)))


def called(name: str) -> Path | None:
    """The file of a study that comes along, by its id in any case (`V4`, `act`); None where none is called so."""
    for path in shipped():
        if str(tomllib.loads(path.read_text(encoding="utf-8"))["id"]).casefold() == name.casefold():
            return path
    return None
