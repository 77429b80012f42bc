"""Where a plan's file goes: what somebody may have edited is never overwritten, and a file is whole or not there."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path


def placed(folder: Path, name: str, new_name: str, same: Callable[[Path], bool], write: Callable[[Path], None]) -> Path:
    """Write a file under `name` if none is there, leave one that says the same, and else write it under `new_name`.

    Args:
        same: whether what stands at a place says what would be written. write: writes it to a place.

    Returns:
        Where it stands.

    Raises:
        OSError: the folder can't be written to.
    """
    place = folder / name
    if place.is_symlink() or place.exists():
        if same(place):
            return place
        place = folder / new_name
    half = place.with_name(place.name + ".part")
    try:
        write(half)
        os.replace(half, place)
    finally:
        with contextlib.suppress(FileNotFoundError):
            half.unlink()
    return place


__all__ = ["placed"]
