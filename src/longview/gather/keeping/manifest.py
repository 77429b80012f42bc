"""`import.toml`: what an import was made of, in a file that a person can read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from longview.gather.facts import FORMAT, Facts, read_facts
from longview.gather.imported import SHEETS
from longview.gather.text import read_text
from longview.program import Problem, say

FILE = "import.toml"


@dataclass(frozen=True, slots=True)
class Original:
    """A file that an import was read from.

    Attributes:
        name: the file's name; of a file with a row for each person or event only its suffix (a name may tell one).
        bytes: its size. hash: SHA-256 of its bytes, or where they are not kept a keyed hash of them.
        keyed: whether the hash is keyed; kept: where its bytes are kept, "" where they are not.
    """

    name: str
    bytes: int
    hash: str
    keyed: bool = False
    kept: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an import was made of, as `Import` says it, without its rows.

    Attributes:
        rows: sheet → how many rows were written to its file.
        rows_hash: of all rows that the file gave, those included that stood already.
        when: ISO date of the day on which it was imported.
    """

    kind: str
    words: str
    files: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    events: bool = False
    lumped: bool = False
    book: str = ""
    first_day: str = ""
    last_day: str = ""
    when: str = ""
    rows: Mapping[str, int] = field(default_factory=dict)
    rows_hash: str = ""
    originals: tuple[Original, ...] = ()

    def replaces(self, earlier: Manifest, day: str) -> bool:
        """Whether a ledger line of that ISO date in an earlier import gives way to this one: same book, within its days."""
        return bool(self.book) and self.book == earlier.book and self.first_day <= day[:10] <= self.last_day

    def cuts(self, earlier: Manifest) -> bool:
        """Whether this tells a part of what an earlier import of the same book told in one sum, so that neither can stand."""
        if not (self.book and self.book == earlier.book and earlier.lumped):
            return False
        apart = self.last_day < earlier.first_day or earlier.last_day < self.first_day
        return not apart and not (self.first_day <= earlier.first_day and earlier.last_day <= self.last_day)


_TEXTS = ("kind", "words", "book", "first_day", "last_day", "when", "rows_hash")
_SWITCHES = ("events", "lumped")
_LISTS = ("files", "told", "personal")
_NEEDED = ("format", "kind", "words")


def manifest_text(manifest: Manifest) -> str:
    """The manifest as TOML; `read_manifest` reads it back without loss."""
    import tomlkit

    said: dict[str, Any] = {"format": FORMAT}
    said |= {key: getattr(manifest, key) for key in _TEXTS if getattr(manifest, key) or key in _NEEDED}
    said |= {key: list(getattr(manifest, key)) for key in _LISTS if getattr(manifest, key)}
    said |= {key: True for key in _SWITCHES if getattr(manifest, key)}
    if manifest.rows:
        said["rows"] = dict(manifest.rows)
    if manifest.originals:
        said["originals"] = [_original_said(original) for original in manifest.originals]
    return tomlkit.dumps(said)


def read_manifest(folder: Path, shown: str) -> tuple[Manifest | None, list[Problem]]:
    """The manifest in an import's folder; None, with what is wrong, where it can't be read. Nothing is raised.

    Args:
        folder: the import's folder; shown: its name in what is told, like `imports/0003-tempe-calls`.
    """
    file = f"{shown}/{FILE}"
    if not (folder / FILE).is_file():
        return None, [say("import-no-manifest", file=file)]
    text, problems = read_text(folder / FILE, file)
    if text is None:
        return None, problems
    facts, more = read_facts(file, text)
    problems += more
    if facts is None:
        return None, problems
    problems += _wrong(facts, folder.name)
    if any(problem.severity == "problem" for problem in problems):
        return None, problems
    return _manifest(facts.table), problems


def _wrong(facts: Facts, folder: str) -> list[Problem]:
    """What in the file is not what was written there; keys that nothing reads are left alone."""
    table = facts.table
    version = table.get("format")
    if isinstance(version, int) and not isinstance(version, bool) and version > FORMAT:
        return [facts.problem("newer-format", "format")]
    wrong = [key for key in _NEEDED if key not in table]
    told = [facts.problem("import-manifest", key, name=key, what="given", folder=folder) for key in wrong]
    for key, what, good in _SHAPES:
        if key in table and not good(table[key]):
            told.append(facts.problem("import-manifest", key, name=key, what=what, folder=folder))
    return told


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_rows(value: Any) -> bool:
    return isinstance(value, dict) and all(key in SHEETS and _is_count(rows) for key, rows in value.items())


def _is_original(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and all(isinstance(value.get(key, ""), str) for key in ("name", "sha256", "keyed_hash", "kept"))
        and _is_count(value.get("bytes", 0))
    )


def _is_originals(value: Any) -> bool:
    return isinstance(value, list) and all(_is_original(one) for one in value)


_SHAPES: tuple[tuple[str, str, Callable[[Any], bool]], ...] = (
    ("format", str(FORMAT), lambda value: value == FORMAT and not isinstance(value, bool)),
    *((key, "text in quotation marks", lambda value: isinstance(value, str)) for key in _TEXTS),
    *((key, "a list of texts", _is_texts) for key in _LISTS),
    *((key, "true or false", lambda value: isinstance(value, bool)) for key in _SWITCHES),
    ("rows", "sheets with how many rows each has", _is_rows),
    ("originals", "files with name, bytes and hash", _is_originals),
)


def _manifest(table: Mapping[str, Any]) -> Manifest:
    said: dict[str, Any] = {key: table[key] for key in _TEXTS if key in table}
    said |= {key: tuple(table[key]) for key in _LISTS if key in table}
    originals = tuple(
        Original(
            name=one.get("name", ""),
            bytes=one.get("bytes", 0),
            hash=one.get("keyed_hash") or one.get("sha256", ""),
            keyed="keyed_hash" in one,
            kept=one.get("kept", ""),
        )
        for one in table.get("originals", ())
    )
    return Manifest(
        **said,
        **{key: table.get(key, False) for key in _SWITCHES},
        rows=dict(table.get("rows", {})),
        originals=originals,
    )


def _original_said(original: Original) -> dict[str, Any]:
    said: dict[str, Any] = {"name": original.name, "bytes": original.bytes}
    if original.hash:
        said["keyed_hash" if original.keyed else "sha256"] = original.hash
    if original.kept:
        said["kept"] = original.kept
    return said
