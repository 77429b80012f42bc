"""What the terminal can show: its width, colours and letters, and progress while something takes long."""

from __future__ import annotations

import os
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from longview.verbs import Progress

PATIENCE = 1.5  # seconds before progress is shown: what is over sooner needs none
NARROWEST, WIDEST = 40, 100


@dataclass(frozen=True, slots=True)
class Look:
    """How to write to standard output: `color` by ANSI codes, `width` in columns, `ascii` where it has no others."""

    color: bool
    width: int
    ascii: bool


def look(ascii_only: bool = False) -> Look:
    """What standard output can show now. Colour only on a terminal, never with NO_COLOR set or TERM=dumb."""
    terminal = sys.stdout.isatty()
    color = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    width = shutil.get_terminal_size((80, 24)).columns if terminal else 80
    encoding = (getattr(sys.stdout, "encoding", None) or "ascii").lower().replace("-", "")
    return Look(color, max(NARROWEST, min(width, WIDEST)), ascii_only or not encoding.startswith("utf"))


def printable(text: str) -> str:
    """A text without what a terminal would obey: names and cells of somebody else's file may hold such."""
    return "".join(c if c.isprintable() or c in "\n\t" else " " for c in text)


def somebody_is_there() -> bool:
    """Whether there is a terminal on which to ask and to be answered."""
    return sys.stdin.isatty() and sys.stdout.isatty()


@contextmanager
def progress() -> Iterator[Progress]:
    """A bar on standard error once patience has run out; nothing where standard error is no terminal.

    Yields:
        what verbs call with what is being done and the share of it done.
    """
    if not sys.stderr.isatty():
        yield lambda words, share: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(bar_width=24), TimeElapsedColumn())
    bar = Bar(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task("Reading", total=None)

    def told(words: str, share: float) -> None:
        total = 1.0 if share > 0 else None  # no share yet: the bar only says that something goes on
        bar.update(task, description=words[:1].upper() + words[1:], completed=share, total=total)

    shown = threading.Timer(PATIENCE, bar.start)
    shown.daemon = True
    shown.start()
    try:
        yield told
    finally:
        shown.cancel()
        shown.join()
        bar.stop()
