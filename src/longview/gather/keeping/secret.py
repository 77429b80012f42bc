"""A keyed hash of a file that must not be kept: enough to know it again on this computer, and nothing to guess it from."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
from pathlib import Path
from typing import Any

from longview.gather.keeping import disk

_LENGTH = 32
_PIECE = 1 << 20


def plain_hash(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    return _of(path, hashlib.sha256())


def keyed_hash(path: Path) -> str:
    """HMAC-SHA256 of a file's bytes with this computer's key; "" where no key can be kept.

    Without the key nobody can try out which file it may have been; on another computer the same file is not known again.
    """
    key = _key()
    return "" if key is None else _of(path, hmac.new(key, digestmod=hashlib.sha256))


def _of(path: Path, made: Any) -> str:
    with path.open("rb") as said:
        while piece := said.read(_PIECE):
            made.update(piece)
    return str(made.hexdigest())


def data_folder() -> Path:
    """Where Longview keeps what belongs to this computer: `LONGVIEW_DATA` where that is set, else the system's place."""
    if said := os.environ.get("LONGVIEW_DATA"):
        return Path(said)
    import platformdirs

    return Path(platformdirs.user_data_dir("longview", appauthor=False))


def _key() -> bytes | None:
    """This computer's key, made on first use; None where it can't be kept."""
    place = data_folder() / "key"
    try:
        found = _read(place)
        return found if found is not None else _made(place)
    except OSError:
        return None


def _read(place: Path) -> bytes | None:
    try:
        said = place.read_bytes()
    except FileNotFoundError:
        return None
    return said if len(said) == _LENGTH else None


def _made(place: Path) -> bytes:
    """A new key. Of two made at once the first stands, and both runs use it."""
    disk.make_folder(place.parent)
    beside = disk.partial(place.parent)
    disk.write_new(beside, secrets.token_bytes(_LENGTH), mode=0o600)
    try:
        with contextlib.suppress(FileExistsError):
            os.link(beside, place)
    except OSError:  # no links on this disk
        os.replace(beside, place)
    finally:
        disk.discard(beside)
    found = _read(place)
    if found is None:  # what stands there is no key: nothing could be known again by it
        disk.put(place, secrets.token_bytes(_LENGTH), mode=0o600)
        found = place.read_bytes()
    return found
