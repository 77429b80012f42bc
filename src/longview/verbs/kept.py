"""Simulations that were run already: kept in the user's cache, found by all that they rest on, given back bit for bit.

A key is a hash of the records, the evidence, the code, the futures and what was asked, so that nothing here is ever out of
date: it is only no longer asked for. The store is bounded (what was used longest ago goes first), shared by any number of
processes, and never needed: one that is locked, full or damaged is not used, or begun anew.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import cache, partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[Any]]
MOST = 300_000_000  # bytes
A_PART = 5  # what takes more than this part of the store by itself is not kept
PATIENCE = 0.5  # seconds that another process is waited for
FOLDER, FILE = "kept", "simulations.sqlite"
ROOMS = (
    "program",
    "evidence",
    "model",
    "calibrate",
    "results",
    "verbs/futures.py",
    "verbs/kept.py",
    "verbs/remembered.py",
)
LIBRARIES = ("numpy", "scipy", "jax", "jaxlib")
KINDS = "fiub"  # arrays of numbers only: nothing that is read from a file is ever run
LENGTH, DIGEST = 8, 16


def pack(arrays: Arrays, told: object = None) -> bytes:
    """Arrays of numbers, and plain values beside them, as bytes that `unpack` gives back bit for bit.

    Numbers that single precision holds exactly are written so.
    """
    head, body = [], []
    for name, array in arrays.items():
        if array.dtype.kind not in KINDS:
            raise TypeError(f"{name}: only numbers can be kept, not {array.dtype}")
        written = np.ascontiguousarray(array)
        if array.dtype == np.float64:
            with np.errstate(over="ignore"):
                short = written.astype(np.float32)
            written = short if np.array_equal(short, written) else written
        head.append([name, array.dtype.str, written.dtype.str, list(array.shape)])
        body.append(written.tobytes())
    said = json.dumps([head, told]).encode()
    whole = len(said).to_bytes(LENGTH, "little") + said + b"".join(body)
    return hashlib.blake2b(whole, digest_size=DIGEST).digest() + whole


def unpack(data: bytes) -> tuple[dict[str, NDArray[Any]], Any]:
    """What `pack` was given.

    Raises:
        ValueError: the bytes are damaged.
    """
    digest, whole = data[:DIGEST], data[DIGEST:]
    if hashlib.blake2b(whole, digest_size=DIGEST).digest() != digest:
        raise ValueError("damaged")
    at = LENGTH + int.from_bytes(whole[:LENGTH], "little")
    head, told = json.loads(whole[LENGTH:at])
    out = {}
    for name, kind, written, shape in head:
        length = int(np.prod(shape)) * np.dtype(written).itemsize
        array = np.frombuffer(whole[at : at + length], dtype=written).reshape(shape)
        out[name] = array.astype(kind)
        at += length
    return out, told


def key(*parts: object) -> str:
    """A hash of plain values, arrays among them."""
    digest = hashlib.blake2b(digest_size=DIGEST)
    for part in parts:
        if isinstance(part, np.ndarray):
            said = f"{part.dtype.str}{part.shape}".encode() + np.ascontiguousarray(part).tobytes()
        else:
            said = json.dumps(part, sort_keys=True).encode()
        digest.update(len(said).to_bytes(LENGTH, "little") + said)
    return digest.hexdigest()


@cache
def code_stamp() -> str:
    """A hash of all code that a simulation rests on, and of the libraries' versions."""
    package = Path(__file__).parent.parent
    digest = hashlib.blake2b(digest_size=DIGEST)
    for room in ROOMS:
        place = package / room
        for file in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if file.suffix in (".py", ".toml"):
                digest.update(file.relative_to(package).as_posix().encode() + b"\0" + file.read_bytes())
    for library in LIBRARIES:
        with suppress(PackageNotFoundError):
            digest.update(f"{library}={version(library)}".encode())
    return digest.hexdigest()


@dataclass(frozen=True)
class Kept:
    """A store in a folder, of at most so many bytes."""

    folder: Path
    most: int = MOST

    @property
    def file(self) -> Path:
        """Where it is."""
        return self.folder / FILE

    def find(self, keys: Sequence[str]) -> dict[str, tuple[dict[str, NDArray[Any]], Any]]:
        """Of these keys, those that are kept, with what was kept under them."""
        if not self.file.exists():
            return {}
        return self._with(lambda store: self._found(store, keys)) or {}

    def keep(self, items: Mapping[str, bytes]) -> None:
        """Keep what was packed; what was used longest ago makes room for it."""
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
        for some in self._that_fit(items):
            self._with(partial(self._put, items=some))

    def _that_fit(self, items: Mapping[str, bytes]) -> Iterator[dict[str, bytes]]:
        """Them in lots, none of which takes more than its part of the store."""
        some: dict[str, bytes] = {}
        for name, data in items.items():
            if len(data) > self.most // A_PART:
                continue
            if sum(map(len, some.values())) + len(data) > self.most // A_PART:
                yield some
                some = {}
            some[name] = data
        if some:
            yield some

    def _with(self, work: Callable[[sqlite3.Connection], Any]) -> Any:
        """What the work gives; None where the store can't be used. One that is no store of ours is thrown away."""
        try:
            with self._open() as store:
                return work(store)
        except sqlite3.OperationalError as trouble:  # locked, no room, a folder that may not be written
            if "no such" in str(trouble) or "has no column" in str(trouble):
                self._throw_away()
        except sqlite3.DatabaseError:
            self._throw_away()
        except OSError:
            pass
        return None

    def _throw_away(self) -> None:
        for end in ("", "-journal"):
            with suppress(OSError):
                Path(f"{self.file}{end}").unlink(missing_ok=True)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.file, timeout=PATIENCE, isolation_level=None)) as store:
            store.execute("PRAGMA synchronous = OFF")  # a cache: what a power cut damages is found and thrown away
            store.execute("PRAGMA auto_vacuum = FULL")
            store.execute(
                "CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, used INTEGER NOT NULL, size INTEGER NOT NULL, data BLOB)"
            )
            store.execute("CREATE INDEX IF NOT EXISTS by_use ON kept (used, size, key)")
            yield store

    def _found(self, store: sqlite3.Connection, keys: Sequence[str]) -> dict[str, tuple[dict[str, NDArray[Any]], Any]]:
        out, damaged = {}, []
        for name in dict.fromkeys(keys):
            row = store.execute("SELECT data FROM kept WHERE key = ?", (name,)).fetchone()
            if row is None:
                continue
            try:
                out[name] = unpack(bytes(row[0]))
            except (ValueError, TypeError):
                damaged.append(name)
        # another process may be writing: then these count as used a little less
        with suppress(sqlite3.OperationalError), _at_once(store):
            store.executemany("DELETE FROM kept WHERE key = ?", [(name,) for name in damaged])
            now = _next(store)
            store.executemany("UPDATE kept SET used = ? WHERE key = ?", [(now, name) for name in out])
        return out

    def _put(self, store: sqlite3.Connection, items: Mapping[str, bytes]) -> None:
        with _at_once(store):
            now = _next(store)
            self._make_room(store, sum(map(len, items.values())))
            rows = [(name, now, len(data), data) for name, data in items.items()]
            store.executemany("REPLACE INTO kept VALUES (?, ?, ?, ?)", rows)

    def _make_room(self, store: sqlite3.Connection, size: int) -> None:
        (held,) = store.execute("SELECT COALESCE(SUM(size), 0) FROM kept").fetchone()
        over, gone = held + size - self.most, []
        for name, freed in store.execute("SELECT key, size FROM kept ORDER BY used") if over > 0 else ():
            if over <= 0:
                break
            gone.append((name,))
            over -= freed
        store.executemany("DELETE FROM kept WHERE key = ?", gone)


@contextmanager
def _at_once(store: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing, one process at a time."""
    store.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        store.execute("ROLLBACK")
        raise
    store.execute("COMMIT")


def _next(store: sqlite3.Connection) -> int:
    (last,) = store.execute("SELECT COALESCE(MAX(used), 0) FROM kept").fetchone()
    return int(last) + 1


__all__ = ["FOLDER", "Kept", "code_stamp", "key", "pack", "unpack"]
