"""Files written whole or not at all: a hidden name first, then one rename; a run that is killed leaves a hidden name only.

Every change to the disk goes through here, one call of the system after another, so that a test can stop before each.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from collections.abc import Iterator
from pathlib import Path

_PARTIAL = re.compile(r"\.partial-[0-9a-f]{16}")
_PIECE = 1 << 20  # bytes copied at a time
_BINARY = getattr(os, "O_BINARY", 0)  # Windows would write \r\n for \n


def partial(folder: Path) -> Path:
    """A hidden name in that folder that nothing has yet."""
    return folder / f".partial-{secrets.token_hex(8)}"


def sweep(folder: Path) -> None:
    """Take away what killed runs left behind there: names of ours alone, and only while nobody else writes."""
    if not folder.is_dir():
        return
    for entry in sorted(folder.iterdir()):
        if _PARTIAL.fullmatch(entry.name):
            discard(entry)


def discard(path: Path) -> None:
    """Take away a file or a folder of ours that was not finished; what can't be taken away stays."""
    with contextlib.suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            for inner in sorted(path.iterdir()):
                discard(inner)
            os.rmdir(path)
        else:
            os.unlink(path)


def make_folder(path: Path) -> None:
    """Make a folder, and those above it, where there is none."""
    if path.is_dir():
        return
    make_folder(path.parent)
    with contextlib.suppress(FileExistsError):
        os.mkdir(path)
        sync(path.parent)


def write_new(path: Path, data: bytes, *, mode: int = 0o666) -> None:
    """Write a file that isn't there yet, down to the disk.

    Raises:
        OSError: it is there, or the disk is full or refuses; `filename` says which.
    """
    with _named(path):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, mode)
        try:
            _write(handle, data)
            os.fsync(handle)
        finally:
            os.close(handle)


def copy_new(source: Path, target: Path) -> None:
    """Copy a file's bytes to a name that isn't there yet, down to the disk; raises as `write_new`."""
    with _named(target), source.open("rb") as said:
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
        try:
            while piece := said.read(_PIECE):
                _write(handle, piece)
            os.fsync(handle)
        finally:
            os.close(handle)


def put(path: Path, data: bytes, *, mode: int = 0o666) -> None:
    """Write a file in one step: whoever reads finds what stood before, or all of this. Raises as `write_new`."""
    beside = partial(path.parent)
    try:
        write_new(beside, data, mode=mode)
        with _named(path):
            os.replace(beside, path)
    except OSError:
        discard(beside)
        raise
    sync(path.parent)


def settle(made: Path, place: Path) -> None:
    """Give a finished folder its name, in one step.

    Raises:
        OSError: something of that name is there.
    """
    sync(made)
    with _named(place):
        os.rename(made, place)
    sync(place.parent)


def move_over(made: Path, place: Path) -> None:
    """Give a finished file another's name and place, in one step."""
    with _named(place):
        os.replace(made, place)
    sync(place.parent)


def sync(folder: Path) -> None:
    """Bring a folder's names down to the disk, where the system can (Windows does so by itself)."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):  # some network disks refuse; the names stand all the same
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _write(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


@contextlib.contextmanager
def _named(path: Path) -> Iterator[None]:
    """A full disk says no name by itself, and a person wants one."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = str(path)
        raise
