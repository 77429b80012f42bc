"""What a workbook's own bytes say that its values don't: formulas without a value, errors, hidden rows, sheer size.

The reader of values (calamine) gives nothing for a formula that was never worked out and for an error such as
#DIV/0!, and makes room for every cell between the first and the last. So the parts of the archive are looked through
first, as a stream and never beyond a limit: a small file can hold terabytes.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

LIMIT_MB = 800  # unpacked; a million rows of ten columns come to about 400
MOST_CELLS = 40_000_000
_CHUNK = 1 << 20

_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]*)</", re.DOTALL)
_INLINE = re.compile(rb"<(?:\w+:)?t\b[^>]*>[^<]")
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_WIDE = re.compile(rb'\br="([A-Z]{2,3})\d')
_NUMBER = re.compile(rb'\br="(\d{1,7})"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')


class TooBigError(ValueError):
    """A workbook that unpacks to more than may be read."""


@dataclass(slots=True)
class Marks:
    """What stands in a sheet beside its values.

    Attributes:
        empty: (row, column) of formulas without a value; errors: (row, column) → "#DIV/0!"; rows and columns as
            Excel counts, the first column 0.
        hidden: numbers of the rows that Excel hides.
        last_row, width: how far the sheet reaches.
    """

    empty: list[tuple[int, int]] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden: list[int] = field(default_factory=list)
    last_row: int = 0
    width: int = 26


def look_through(path: Path) -> dict[str, Marks]:
    """Sheet name → its marks.

    Raises:
        TooBigError: it unpacks to more than `LIMIT_MB`, or a sheet has room for more than `MOST_CELLS`.
        zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError: it can't be unpacked.
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
        said = dict(re.findall(r'(\w+)="([^"]*)"', link))
        target = said.get("Target", "").removeprefix("/")
        targets[said.get("Id", "")] = target if target.startswith("xl/") else f"xl/{target}"
    sheets = {}
    for sheet in re.findall(r"<(?:\w+:)?sheet\b[^>]*>", book):
        said = dict(re.findall(r'([\w:]+)="([^"]*)"', sheet))
        link = next((value for key, value in said.items() if key.endswith(":id")), "")
        sheets[targets.get(link, "")] = unescape(said.get("name", ""))
    return sheets


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(part) as opened:
        while chunk := opened.read(_CHUNK):
            yield chunk


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
    odd = b"<f" in chunk or b":f" in chunk or b't="e"' in chunk
    hidden = b"hidden=" in chunk
    for wide in _WIDE.finditer(chunk):
        marks.width = max(marks.width, _place(wide[1]) + 1)
    for row in _ROW.finditer(chunk):
        number = _NUMBER.search(row[1])
        marks.last_row = int(number[1]) if number else marks.last_row + 1
        if hidden and _HIDDEN.search(row[1]):
            marks.hidden.append(marks.last_row)
    if odd:
        for cell in _CELL.finditer(chunk):
            _look_at(cell[1], cell[2] or b"", marks)


def _look_at(said: bytes, inside: bytes, marks: Marks) -> None:
    place = _PLACE.search(said)
    if place is None:
        return
    where = (int(place[2]), _place(place[1]))
    value = _VALUE.search(inside)
    if b't="e"' in said:
        marks.errors[where] = value[1].decode("utf-8", errors="replace") if value else "#ERROR!"
        return
    blank = not value or (not value[1] and b't="str"' not in said)  # a formula of text may well come to ""
    if blank and re.search(rb"<(?:\w+:)?f\b", inside) and not _INLINE.search(inside):
        marks.empty.append(where)


def _place(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place - 1
