"""One writer at a time. Whoever only reads needs no lock: every change is one rename."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

from longview.gather.keeping import disk
from longview.gather.places import companion

FILE = ".lock"
WAIT = 5.0  # seconds: an import writes for less than one

Tell = Callable[[str], None]


class BusyError(Exception):
    """Another Longview was writing to the program for all the time that we waited; its text says so."""


@contextlib.contextmanager
def locked(program_path: Path, tell: Tell | None = None, *, wait: float | None = None) -> Iterator[None]:
    """Hold the program for writing; where another holds it, say so by `tell` and wait.

    Args:
        wait: seconds to wait for the other; None: `WAIT`.

    Raises:
        BusyError: the other did not finish in that time.
        OSError: the program's folder can't be written to.
    """
    from filelock import FileLock, Timeout

    place = companion(program_path)
    disk.make_folder(place)
    held = FileLock(place / FILE)
    name = program_path.name or str(program_path)
    try:
        held.acquire(timeout=0)
    except Timeout:
        if tell is not None:
            tell(f"Another Longview is writing to {name}; waiting …")
        try:
            held.acquire(timeout=WAIT if wait is None else wait, poll_interval=0.05)
        except Timeout:
            said = f"Another Longview is still writing to {name}. Nothing was changed. Wait for it, then try again."
            raise BusyError(said) from None
    try:
        yield
    finally:
        held.release()
