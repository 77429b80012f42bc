"""What a workbook's own bytes say that its values don't: formulas without a value, errors, hidden rows, sheer size.

The reader of values (calamine) gives nothing for a formula that was never worked out and for an error such as
#DIV/0!, and makes room for every cell between the first and the last. So the parts of the archive are looked through
first, as a stream and never beyond a limit: a small file can hold terabytes.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

LIMIT_MB = 800  # unpacked; a million rows of ten columns come to about 400
MOST_CELLS = 40_000_000
_CHUNK = 1 << 20
_NO_END = 1 << 62

# Attributes stand in marks of either sort, tags may have a prefix, and neither rows nor cells need say where they stand.
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]*)</", re.DOTALL)
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_INLINE = re.compile(rb"<(?:\w+:)?t\b[^>]*>[^<]")
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})(\d{1,7})["']""")
_WIDE = re.compile(rb"""\br\s*=\s*["']([A-Z]{2,3})\d""")
_NUMBER = re.compile(rb"""\br\s*=\s*["'](\d{1,7})["']""")
_HIDDEN = re.compile(rb"""\bhidden\s*=\s*["'](?:1|true)["']""")
_ERROR = re.compile(rb"""\bt\s*=\s*["']e["']""")
_WORDS = re.compile(rb"""\bt\s*=\s*["']str["']""")
# A text stands in the workbook's list at a number; the reader of values takes the first text for what is no number.
_ASTRAY = re.compile(rb"""\bt\s*=\s*["']s["'][^>]{0,400}>\s{0,400}<(?:\w+:)?v\b[^>]*>(?!\d{1,15}<)[^<]""")
_REMARK = re.compile(rb"<!--.*?-->", re.DOTALL)


class TooBigError(ValueError):
    """A workbook that unpacks to more than may be read."""


class OddXMLError(ValueError):
    """A part of a workbook that reads as one thing here and as another there."""


@dataclass(slots=True)
class Marks:
    """What stands in a sheet beside its values.

    Attributes:
        empty: (row, column) of formulas without a value; errors: (row, column) → "#DIV/0!"; rows and columns as
            Excel counts, the first column 0.
        hidden: numbers of the rows that Excel hides.
        last_row, width: how far the sheet reaches. astray: a cell's text is nowhere in the workbook.
    """

    empty: list[tuple[int, int]] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden: list[int] = field(default_factory=list)
    last_row: int = 0
    width: int = 26
    astray: bool = False


def look_through(path: Path) -> dict[str, Marks]:
    """Sheet name → its marks.

    Raises:
        TooBigError: it unpacks to more than `LIMIT_MB`, or a sheet has room for more than `MOST_CELLS`.
        OddXMLError: a part defines things of its own, or is written in an encoding that no workbook uses.
        zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError: it can't be unpacked, or says less than it holds.
    """
    found: dict[str, Marks] = {}
    read = 0
    with zipfile.ZipFile(path) as archive:
        if sum(part.file_size for part in archive.infolist()) > LIMIT_MB * 1_000_000:
            raise TooBigError(f"it unpacks to more than {LIMIT_MB} MB")
        parts = _sheets(archive)
        for part in archive.infolist():  # every part, sheet or not: the reader of values unpacks the others too
            marks = Marks()
            for chunk in _rows(_unpacked(archive, part)):
                read += len(chunk)
                if read > LIMIT_MB * 1_000_000:
                    raise TooBigError(f"it unpacks to more than {LIMIT_MB} MB")
                if part.filename in parts:
                    _look(chunk, marks)
            if part.filename in parts:
                if marks.last_row * marks.width > MOST_CELLS:
                    raise TooBigError(f"a sheet reaches to row {marks.last_row}, {marks.width} columns wide")
                found[parts[part.filename]] = marks
    return found


def _sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Part of the archive → name of the sheet that it holds."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return {}
    book = b"".join(_unpacked(archive, archive.getinfo("xl/workbook.xml"))).decode("utf-8", errors="replace")
    links = b"".join(_unpacked(archive, archive.getinfo("xl/_rels/workbook.xml.rels"))).decode(errors="replace")
    targets = {}
    for link in re.findall(r"<(?:\w+:)?Relationship\b[^>]*>", links):
        said = dict(re.findall(r"""(\w+)\s*=\s*["']([^"']*)["']""", link))
        targets[said.get("Id", "")] = posixpath.normpath(posixpath.join("/xl", said.get("Target", ""))).lstrip("/")
    sheets = {}
    for sheet in re.findall(r"<(?:\w+:)?sheet\b[^>]*>", book):
        said = {key: (a or b) for key, a, b in re.findall(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""", sheet)}
        link = next((value for key, value in said.items() if key.endswith(":id")), "")
        sheets[targets.get(link, "")] = unescape(said.get("name", ""))
    return sheets


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part's bytes, to their end: other readers go on behind the size that the archive gives."""
    whole = copy(part)
    whole.file_size = _NO_END
    read = 0
    with archive.open(whole) as opened:
        while chunk := opened.read(_CHUNK):
            if not read:
                _plain_xml(part.filename, chunk)
            read += len(chunk)
            yield chunk
    if read != part.file_size:
        raise zipfile.BadZipFile(f"{part.filename} says that it holds {part.file_size} bytes, and holds {read}")


def _plain_xml(name: str, start: bytes) -> None:
    """Refuse definitions (entities of entities can unpack to anything) and encodings that hide all marks."""
    if name.lower().endswith((".xml", ".rels")) and (b"<!DOCTYPE" in start or b"<!ENTITY" in start or b"\0" in start):
        raise OddXMLError("it holds definitions or bytes that no workbook needs")


def _rows(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes, parted where a row ends."""
    rest = b""
    for chunk in chunks:
        whole = rest + chunk
        end = whole.rfind(b"</row>") + 6 if b"</row>" in chunk else whole.rfind(b"row>") + 4
        if end > 6 or len(whole) > 64 * _CHUNK:
            end = end if end > 6 else len(whole)
            yield whole[:end]
            rest = whole[end:]
        else:
            rest = whole
    yield rest


def _look(chunk: bytes, marks: Marks) -> None:
    if b"<!--" in chunk:
        chunk = _REMARK.sub(b"", chunk)
    marks.astray = marks.astray or _ASTRAY.search(chunk) is not None
    odd = b"<f" in chunk or b":f" in chunk or _ERROR.search(chunk) is not None
    hidden = b"hidden" in chunk
    for wide in _WIDE.finditer(chunk):
        marks.width = max(marks.width, _place(wide[1]) + 1)
    rows = list(_ROW.finditer(chunk))
    for at, row in enumerate(rows):
        number = _NUMBER.search(row[1])
        marks.last_row = int(number[1]) if number else marks.last_row + 1
        if hidden and _HIDDEN.search(row[1]):
            marks.hidden.append(marks.last_row)
        if odd:
            _look_along(chunk, row.end(), rows[at + 1].start() if at + 1 < len(rows) else len(chunk), marks)


def _look_along(chunk: bytes, start: int, end: int, marks: Marks) -> None:
    """The cells of a row, which count on from the one before where they do not say their place."""
    where = (marks.last_row, -1)
    for cell in _CELL.finditer(chunk, start, end):
        said, inside = cell[1], cell[2] or b""
        place = _PLACE.search(said)
        where = (int(place[2]), _place(place[1])) if place else (where[0], where[1] + 1)
        value = _VALUE.search(inside)
        if _ERROR.search(said):
            marks.errors[where] = value[1].decode("utf-8", errors="replace") if value else "#ERROR!"
            continue
        blank = not value or (not value[1] and not _WORDS.search(said))  # a formula of text may well come to ""
        if blank and _FORMULA.search(inside) and not _INLINE.search(inside):
            marks.empty.append(where)


def _place(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place - 1
