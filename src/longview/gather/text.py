"""Files into text: whatever stands there, a text or a problem, and never an exception."""

from __future__ import annotations

import codecs
from pathlib import Path

from longview.program import Problem, say

LIMIT_MB = 50
PIECE = 1 << 20  # bytes looked at at once in a text that may be long
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CONTROL = frozenset(range(32)) - {9, 10, 13}


def read_text(path: Path, name: str, *, limit_mb: int = LIMIT_MB) -> tuple[str | None, list[Problem]]:
    """The text of a file, and what was wrong or doubtful about it; None where it can't be read as text.

    UTF-8 with or without a byte order mark, UTF-16 with one, else Windows text (with a doubt).
    """
    if path.is_dir():
        return None, [say("file-is-folder", file=name)]
    if path.exists() and not path.is_file():  # a pipe or a device would be waited for without end
        return None, [say("unreadable", file=name, why="it is no ordinary file")]
    try:
        if path.stat().st_size > limit_mb * 1_000_000:
            return None, [say("too-big", file=name, limit=limit_mb)]
        raw = path.read_bytes()
    except OSError as error:
        return None, [say("unreadable", file=name, why=why_not(error))]
    return _decoded(raw, name)


def _decoded(raw: bytes, name: str) -> tuple[str | None, list[Problem]]:
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            try:
                return raw.decode(encoding), []
            except UnicodeDecodeError:
                return None, [say("binary", file=name)]
    if _is_binary(raw):
        return None, [say("binary", file=name)]
    try:
        return raw.decode("utf-8"), []
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace"), [say("other-encoding", file=name)]


def encoding_of(path: Path, name: str) -> tuple[str | None, list[Problem]]:
    """The encoding of a text of any length, looked through piece by piece, as `read_text` would read it."""
    if path.is_dir():
        return None, [say("file-is-folder", file=name)]
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as opened:
            piece = opened.read(PIECE)
            for mark, encoding in _BOMS:
                if piece.startswith(mark):
                    return encoding, []
            if _is_binary(piece):
                return None, [say("binary", file=name)]
            while piece:
                decoder.decode(piece)
                piece = opened.read(PIECE)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252", [say("other-encoding", file=name)]
    except OSError as error:
        return None, [say("unreadable", file=name, why=why_not(error))]
    except ValueError:  # a NUL in the name
        return None, [say("unreadable", file=name, why="no such name")]
    return "utf-8", []


def _is_binary(raw: bytes) -> bool:
    """Zipped (a workbook renamed), or so many control bytes (a stray NUL is told by cell).

    A short text may be rich in control characters, and is a text all the same where it is UTF-8 without a NUL.
    """
    start = raw[:100_000]
    if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        return True
    return sum(byte in _CONTROL for byte in start) * 20 > len(start) and (b"\0" in raw or not _is_utf8(raw))


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def why_not(error: OSError) -> str:
    """Why the system lets us not have a file, in its own words."""
    return (error.strerror or "the system refused").lower()
