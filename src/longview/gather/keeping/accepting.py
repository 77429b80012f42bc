"""Repairs that a person accepts: written into `mends.toml`, with the version before kept, to be taken back by `undo`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from longview.gather.keeping import disk
from longview.gather.keeping.kept import HISTORY, next_number
from longview.gather.keeping.lock import Tell, locked
from longview.gather.keeping.mends import FILE, Mend, mends_text, read_mends, read_mends_text
from longview.gather.places import companion
from longview.program import Problem

NAME = "mends"
BEFORE, AFTER = "before.toml", "after.toml"


def accept(program_path: Path, mends: Sequence[Mend], tell: Tell | None = None) -> list[Problem]:
    """Add repairs to those that were accepted before; one of a cell that had one already takes its place.

    Returns:
        What is wrong with `mends.toml` as it stands, where it can't be added to; nothing was written then.

    Raises:
        BusyError: another Longview is writing to the program.
        OSError: the folder can't be written to.
    """
    if not mends:
        return []
    with locked(program_path, tell):
        place = companion(program_path)
        for folder in (place, place / HISTORY):
            disk.sweep(folder)
        standing, problems = read_mends(program_path)
        wrong = [problem for problem in problems if problem.severity == "problem"]
        if wrong:
            return wrong
        path = place / FILE
        before = path.read_bytes() if path.exists() else mends_text(()).encode()
        after = _added(before, standing.mends, mends)
        if after != before:
            _keep_before(program_path, before)
            disk.put(path, after)
    return []


def _added(before: bytes, standing: Sequence[Mend], mends: Sequence[Mend]) -> bytes:
    """The file with the new repairs at its end, the rest as a person may have left it; written anew where that can't be."""
    fresh = {mend.place: mend for mend in mends}
    same = {mend.place for mend in standing if (new := fresh.get(mend.place)) and _alike(mend, new)}
    added = [mend for place, mend in fresh.items() if place not in same]
    if not added:
        return before
    whole = [mend for mend in standing if mend.place not in {one.place for one in added}] + added
    rows = mends_text(added).partition("[[mends]]")
    text = before.decode("utf-8", errors="replace").rstrip() + "\n\n" + "".join(rows[1:])
    read, problems = read_mends_text(text)
    return (text if not problems and list(read.mends) == whole else mends_text(whole)).encode()


def _alike(a: Mend, b: Mend) -> bool:
    return (a.was, a.now) == (b.was, b.now)


def _keep_before(program_path: Path, before: bytes) -> None:
    history = companion(program_path) / HISTORY
    disk.make_folder(history)
    made = disk.partial(history)
    disk.make_folder(made)
    disk.write_new(made / BEFORE, before)
    disk.settle(made, history / f"{next_number(program_path):04d}-{NAME}")
