"""The newest import or accepted repairs taken back, each by one rename; what was taken back stays in `history`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from longview.gather.keeping import disk
from longview.gather.keeping.accepting import AFTER, BEFORE, NAME
from longview.gather.keeping.kept import HISTORY, IMPORTS, ORIGINALS, number_of
from longview.gather.keeping.lock import Tell, locked
from longview.gather.keeping.manifest import read_manifest
from longview.gather.keeping.mends import FILE, mends_text, read_mends_text
from longview.gather.places import companion


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back.

    Attributes:
        what: an import or repairs. name: of the import's folder.
        words: what it was, in one line for a person. moved_to: where it can still be looked at.
        rows: of an import, sheet → rows that no longer stand. mends: how many repairs were taken back.
        originals: files kept for it that stay where they are.
    """

    what: Literal["import", "mends"]
    name: str
    words: str
    moved_to: str
    rows: Mapping[str, int] = field(default_factory=dict)
    mends: int = 0
    originals: tuple[str, ...] = ()


def undo(program_path: Path, tell: Tell | None = None) -> Undone | None:
    """Take back the newest import or the newest repairs, and say what that was; None where nothing is left.

    Raises:
        BusyError: another Longview is writing to the program.
        OSError: the folder can't be written to.
    """
    place = companion(program_path)
    if not place.is_dir():
        return None
    with locked(program_path, tell):
        for folder in (place, place / IMPORTS, place / HISTORY, place / ORIGINALS):
            disk.sweep(folder)
        newest = _newest(place)
        if newest is None:
            return None
        return _taken_back(place, newest) if newest.parent.name == IMPORTS else _restored(place, newest)


def _newest(place: Path) -> Path | None:
    found: list[tuple[int, Path]] = []
    for folder in (place / IMPORTS, place / HISTORY):
        for entry in folder.iterdir() if folder.is_dir() else ():
            number = number_of(entry.name)
            if number is not None and entry.is_dir() and (folder.name == IMPORTS or _changed(place, entry)):
                found.append((number, entry))
    return max(found, default=(0, None))[1]


def _changed(place: Path, entry: Path) -> bool:
    """Whether repairs were accepted with what this folder keeps: one of a run killed before that keeps what stands."""
    before = entry / BEFORE
    if not entry.name.endswith(f"-{NAME}") or not before.is_file():
        return False
    return _standing(place) != before.read_bytes()


def _standing(place: Path) -> bytes:
    now = place / FILE
    return now.read_bytes() if now.is_file() else mends_text(()).encode()


def _taken_back(place: Path, folder: Path) -> Undone:
    manifest, _ = read_manifest(folder, f"{IMPORTS}/{folder.name}")
    target = place / HISTORY / folder.name
    disk.make_folder(target.parent)
    again = 1
    while target.exists():  # only where a person has copied it there
        again += 1
        target = target.with_name(f"{folder.name}-{again}")
    disk.settle(folder, target)
    disk.sync(folder.parent)
    if manifest is None:
        return Undone("import", folder.name, "an import that could not be read any more", f"{HISTORY}/{target.name}")
    return Undone(
        "import",
        folder.name,
        manifest.words,
        f"{HISTORY}/{target.name}",
        rows=manifest.rows,
        originals=tuple(one.kept for one in manifest.originals if _is_kept(place, one.kept)),
    )


def _is_kept(place: Path, said: str) -> bool:
    """Whether a file that a manifest names lies where Longview keeps them: of no other is a person told to delete it."""
    folder, _, name = said.partition("/")
    return folder == ORIGINALS and name == Path(name).name != "" and (place / ORIGINALS / name).is_file()


def _restored(place: Path, entry: Path) -> Undone:
    disk.sweep(entry)
    standing, before = _standing(place), (entry / BEFORE).read_bytes()
    disk.put(entry / AFTER, standing)
    disk.move_over(entry / BEFORE, place / FILE)
    count = max(0, _count(standing) - _count(before))
    words = "1 repair that you accepted" if count == 1 else f"{count} repairs that you accepted"
    return Undone("mends", entry.name, words, f"{HISTORY}/{entry.name}", mends=count)


def _count(text: bytes) -> int:
    return len(read_mends_text(text.decode("utf-8", errors="replace"))[0])
