"""An import kept: its rows in files of their own, whole or not at all, once however often it is brought in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from longview.gather.imported import SHEETS, Import
from longview.gather.keeping import disk
from longview.gather.keeping.kept import HISTORY, IMPORTS, ORIGINALS, KeptImport, kept_imports, next_number
from longview.gather.keeping.lock import Tell, locked
from longview.gather.keeping.manifest import FILE, Manifest, Original, manifest_text
from longview.gather.keeping.secret import keyed_hash, plain_hash
from longview.gather.keeping.weighing import Own, Tally, Weighed, weigh
from longview.gather.names import slug
from longview.gather.places import companion
from longview.gather.writing import sheet_text
from longview.program import fields

_SUFFIX = re.compile(r"\.[a-z0-9]{1,6}")


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of an import.

    Attributes:
        name: its folder's name, "" where nothing was written.
        nothing_new: all that it says stands already. same_as: the import that was made of the same file, if there is one.
        tallies: sheet → what became of its rows.
        files: sheet → the file that its rows are in, as told to a person.
        originals: where the files' bytes are kept; empty where they may not be.
        cut: earlier imports that told in one sum what this tells a part of; then nothing was written.
    """

    name: str = ""
    nothing_new: bool = False
    same_as: str = ""
    tallies: Mapping[str, Tally] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    originals: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()


def keep(
    program_path: Path,
    made: Import,
    originals: Sequence[Path],
    *,
    own: Own | None = None,
    tell: Tell | None = None,
    today: date | None = None,
) -> Kept:
    """Keep an import beside a program's own files, in one step: killed at any moment, the records read as before or after.

    The same file again, or another that says nothing new, writes nothing. Rows that stand already are not written twice.
    Files with a row for each person or event, or with columns that look personal, leave their rows and a keyed hash alone.

    Args:
        originals: the files that it was read from.
        own: rows of the program's own files by sheet, to tell which of them win.
        tell: says that another Longview is waited for.
        today: the day to write into the manifest; None: today.

    Raises:
        BusyError: another Longview is writing to the program.
        OSError: the program's folder can't be written to, or a file can't be read.
        ValueError: a row holds a text that no file can hold.
    """
    with locked(program_path, tell):
        place = companion(program_path)
        for folder in (place, place / IMPORTS, place / HISTORY, place / ORIGINALS):
            disk.sweep(folder)
        earlier, _ = kept_imports(program_path)
        weighed = weigh(made, earlier, own or {})
        hashes = [plain_hash(path) if made.keeps_original else keyed_hash(path) for path in originals]
        same = _same(earlier, hashes, weighed)
        if weighed.cut and not same:
            return Kept(cut=weighed.cut)
        if same or not weighed.rows:
            return Kept(nothing_new=True, same_as=same, tallies=weighed.tallies)
        told = [
            Original(_shown(made, path), path.stat().st_size, hash_, keyed=not made.keeps_original)
            for path, hash_ in zip(originals, hashes, strict=True)
        ]
        if made.keeps_original:
            told = [_kept_bytes(place, path, one) for path, one in zip(originals, told, strict=True)]
        name = f"{next_number(program_path):04d}-{_stem(made, originals)}"
        manifest = _manifest(made, originals, weighed, told, today or date.today())
        _write(place / IMPORTS, name, manifest, weighed)
    files = {sheet: f"{IMPORTS}/{name}/{fields()[sheet].file}" for sheet in weighed.rows}
    return Kept(name, tallies=weighed.tallies, files=files, originals=tuple(one.kept for one in told if one.kept))


def foreseen(program_path: Path, made: Import, originals: Sequence[Path], *, own: Own | None = None) -> Kept:
    """What `keep` would do, with nothing written (not even a lock) and no key made; raises as `keep`."""
    earlier, _ = kept_imports(program_path)
    weighed = weigh(made, earlier, own or {})
    same = ""
    if not weighed.rows or any(one.manifest.rows_hash == weighed.rows_hash for one in earlier):
        hashes = [plain_hash(path) if made.keeps_original else keyed_hash(path) for path in originals]
        same = _same(earlier, hashes, weighed)
    cut = () if same else weighed.cut
    return Kept(nothing_new=bool(same) or not weighed.rows, same_as=same, tallies=weighed.tallies, cut=cut)


def _same(earlier: Sequence[KeptImport], hashes: Sequence[str], weighed: Weighed) -> str:
    """The import that was made of the same bytes, read alike, and still has its rows; "" where there is none.

    What it left out then, since a program's own sheet or another import told it, may be told by nobody now: then this
    is news, and not the same again. (Lines of money are never left out for those reasons.)
    """
    if not hashes or not all(hashes) or any(weighed.tallies[sheet].added for sheet in weighed.rows if sheet != "money"):
        return ""
    for one in reversed(earlier):
        known = sorted(original.hash for original in one.manifest.originals)
        if (
            known == sorted(hashes)
            and one.manifest.rows_hash == weighed.rows_hash
            and set(one.manifest.rows) <= set(one.files)
        ):
            return one.name
    return ""


def _write(imports: Path, name: str, manifest: Manifest, weighed: Weighed) -> None:
    disk.make_folder(imports)
    made = disk.partial(imports)
    try:
        disk.make_folder(made)
        for sheet, rows in weighed.rows.items():
            text = sheet_text(fields()[sheet], tuple(rows), all_columns=True)
            disk.write_new(made / fields()[sheet].file, text.encode())
        disk.write_new(made / FILE, manifest_text(manifest).encode())
        disk.settle(made, imports / name)
    except OSError:
        disk.discard(made)
        raise


def _kept_bytes(place: Path, path: Path, original: Original) -> Original:
    """The file's bytes in `originals`, under a name that its hash begins; once, however often it is brought in."""
    folder = place / ORIGINALS
    disk.make_folder(folder)
    suffix = _suffix(path)
    for digits in (12, 24, 64):  # a person may have written over the one that stands there
        target = folder / f"{original.hash[:digits]}-{slug(path.stem)[:40] or 'file'}{suffix}"
        if not target.exists():
            beside = disk.partial(folder)
            try:
                disk.copy_new(path, beside)
                disk.settle(beside, target)
            except OSError:
                disk.discard(beside)
                raise
            break
        if plain_hash(target) == original.hash:
            break
    return Original(original.name, original.bytes, original.hash, kept=f"{ORIGINALS}/{target.name}")


def _manifest(
    made: Import, originals: Sequence[Path], weighed: Weighed, told: Sequence[Original], today: date
) -> Manifest:
    plain = made.keeps_original
    return Manifest(
        kind=made.kind,
        words=made.words if plain else _nameless(made.words, originals),
        files=made.files if plain else tuple(dict.fromkeys(one.name for one in told)),
        told=made.told if plain else tuple(_nameless(said, originals) for said in made.told),
        personal=made.personal,
        events=made.events,
        lumped=made.lumped,
        book=made.book,
        first_day=made.first_day,
        last_day=made.last_day,
        when=today.isoformat(),
        rows={sheet: len(rows) for sheet, rows in weighed.rows.items()},
        rows_hash=weighed.rows_hash,
        originals=tuple(told),
    )


def _nameless(said: str, originals: Sequence[Path]) -> str:
    """A sentence without the names of files that may tell who somebody is."""
    for path in originals:
        for name in (path.name, path.stem):
            if len(name) > 2:
                said = said.replace(name, "the file")
    return said


def _shown(made: Import, path: Path) -> str:
    return path.name if made.keeps_original else f"a file{_suffix(path)}"


def _suffix(path: Path) -> str:
    suffix = path.suffix.lower()
    return suffix if _SUFFIX.fullmatch(suffix) else ""


def _stem(made: Import, originals: Sequence[Path]) -> str:
    """What the folder is called after: one file by its name, several by their kind and the months that they tell."""
    kind = slug(made.kind) or "import"
    months = [row.month for sheet in SHEETS if sheet != "money" for row in made.rows(sheet)]
    if len(originals) > 1 and months:
        return f"{kind}-{min(months)}-{max(months)}"
    stem = slug(originals[0].stem)[:40].strip("-") if originals and made.keeps_original else ""
    return stem or kind
