"""Many variants of one kind of file, one after another: each watched, accounted for, and counted."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from accounting import LostError, Tally

IN_TIME = 30.0  # seconds that one variant may take on a busy machine; nearly all take hundredths


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a variant ended: whether its file was read, and what became of its cells."""

    read: bool
    tally: Tally


@dataclass(slots=True)
class Totals:
    """What became of all variants of a kind."""

    kind: str
    variants: int = 0
    read: int = 0
    tally: Tally = field(default_factory=Tally)
    by_change: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0

    def __str__(self) -> str:
        t = self.tally
        return (
            f"{self.kind}: {self.variants} variants, {self.read} read, {self.variants - self.read} refused; "
            f"{t.cells:,} cells = {t.read:,} read + {t.told:,} told; {t.unreadable} files told whole; "
            f"slowest {self.slowest:.1f} s"
        )


def run(kind: str, seeds: range, place: Path, one: Callable[[Path, int], tuple[str, Outcome]]) -> Totals:
    """Run the variant of each seed in a folder of its own, and count.

    Args:
        one: makes, reads and accounts for the variant of a seed; its changes in words, and how it ended.

    Raises:
        AssertionError: a variant raised, hung, or lost a cell; with its kind, seed and changes.
    """
    totals = Totals(kind)
    for seed in seeds:
        folder = place / f"{kind.replace(' ', '-')}-{seed}"
        folder.mkdir(parents=True)
        begun = time.monotonic()
        try:
            with in_time(IN_TIME):
                words, outcome = one(folder, seed)
        except LostError as error:
            raise AssertionError(f"{kind}, seed {seed}: {error}") from error
        except Exception as error:
            raise AssertionError(f"{kind}, seed {seed}: {type(error).__name__}: {error}") from error
        totals.slowest = max(totals.slowest, time.monotonic() - begun)
        totals.variants += 1
        totals.read += outcome.read
        totals.tally.add(outcome.tally)
        totals.by_change[words] += 1
        readable(folder)
        shutil.rmtree(folder)
    tally = totals.tally
    assert tally.cells == tally.read + tally.told, "each cell is counted once"
    print(totals)
    if (kept := os.environ.get("LONGVIEW_FUZZ_TABLE")) is not None:
        with Path(kept).open("a", encoding="utf-8") as table:
            table.write(f"{totals}\n")
    return totals


@contextlib.contextmanager
def in_time(seconds: float) -> Iterator[None]:
    """Stop what takes longer. (Where the system can't ring, it is only measured.)

    Raises:
        TimeoutError: it took longer.
    """

    def ring(number: int, frame: object) -> None:
        raise TimeoutError(f"more than {seconds:g} seconds")

    begun = time.monotonic()
    if hasattr(signal, "setitimer"):
        before = signal.signal(signal.SIGALRM, ring)
        signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
    if time.monotonic() - begun > seconds:
        raise TimeoutError(f"more than {seconds:g} seconds")


def readable(folder: Path) -> None:
    """Let the tests take away what nobody may read."""
    for path in folder.rglob("*"):
        if not path.is_symlink():
            with contextlib.suppress(OSError):
                path.chmod(0o700)


def contents(folder: Path) -> dict[str, bytes | str]:
    """All that stands in a folder, to see that reading changed none of it."""
    found: dict[str, bytes | str] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            found[str(path)] = os.readlink(path)
        elif path.is_file():
            try:
                found[str(path)] = path.read_bytes()
            except OSError:
                found[str(path)] = "closed"
    return found
