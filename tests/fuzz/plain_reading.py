"""Files read a second time, plainly and on their own: what stands in which cell, with none of Longview's readers.

Text by the csv module, TOML by tomllib, workbooks by zipfile and ElementTree, straight from the XML. Slow, strict and
short: whatever is odd is `UnreadableError`, and then the product must say so too.
"""

from __future__ import annotations

import csv
import io
import posixpath
import re
import zipfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

MOST = 30_000_000  # bytes of one part of a workbook that this reader will look at
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DATE_FORMATS = frozenset(range(14, 23)) | {45, 46, 47}


class UnreadableError(ValueError):
    """The file can't be read by plain means."""


@dataclass(frozen=True, slots=True)
class Plain:
    """What stands in a cell.

    Attributes:
        kind: "text", "number", "date", "bool", "error", or "formula" for one that was never worked out.
        value: text, float, datetime or bool.
    """

    kind: str
    value: Any


Cells = dict[tuple[int, int], Plain]
"""(row as Excel counts, column from 0) → what stands there; blank cells left out."""


def decoded(raw: bytes) -> str:
    """Bytes as text: by their mark, else UTF-8, else as Windows writes it."""
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        raise UnreadableError("no text")
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError as error:
                raise UnreadableError(str(error)) from None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def text_cells(path: Path, delimiter: str) -> Cells:
    """The cells of a text, as they were parted."""
    try:
        text = decoded(path.read_bytes())
    except OSError as error:
        raise UnreadableError(str(error)) from None
    before = csv.field_size_limit(1 << 30)
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    finally:
        csv.field_size_limit(before)
    found: Cells = {}
    for number, cells in enumerate(records, start=1):
        for place, cell in enumerate(cells):
            said = cell.strip()
            if re.match(r"'+[=+\-@]", said):  # the mark that keeps a text from being taken for a formula
                said = said[1:]
            if said and not (number == 1 and re.fullmatch(r"(?i)sep=[,;\t|]?", delimiter.join(cells).strip())):
                found[number, place] = Plain("text", said)
    return found


def workbook_cells(path: Path) -> dict[str, Cells]:
    """Sheet → its cells."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _book(archive)
    except UnreadableError:
        raise
    except Exception as error:
        raise UnreadableError(f"{type(error).__name__}: {error}") from None


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as opened:
        raw = opened.read(MOST + 1)
    if len(raw) > MOST:
        raise UnreadableError("too large")
    return raw


def _xml(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    raw = _part(archive, name)
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
        raise UnreadableError("a document of its own making")
    return ElementTree.fromstring(raw)


def _book(archive: zipfile.ZipFile) -> dict[str, Cells]:
    for part in archive.infolist():
        if part.file_size > MOST:
            raise UnreadableError("too large")
    book = _xml(archive, "xl/workbook.xml")
    links = {
        one.get("Id", ""): posixpath.normpath(posixpath.join("/xl", one.get("Target", ""))).lstrip("/")
        for one in _xml(archive, "xl/_rels/workbook.xml.rels")
    }
    names = set(archive.namelist())
    shared = _strings(_xml(archive, "xl/sharedStrings.xml")) if "xl/sharedStrings.xml" in names else []
    dated = _date_styles(_xml(archive, "xl/styles.xml")) if "xl/styles.xml" in names else set()
    properties = book.find(f"{MAIN}workbookPr")
    mac = properties is not None and properties.get("date1904") in ("1", "true")
    start = datetime(1904, 1, 1) if mac else datetime(1899, 12, 30)
    found: dict[str, Cells] = {}
    for sheet in book.iter(f"{MAIN}sheet"):
        part = links.get(sheet.get(f"{RELS}id", ""), "")
        if "worksheets" in part:
            found[sheet.get("name", "")] = _sheet(_xml(archive, part), shared, dated, start)
    return found


def _strings(root: ElementTree.Element) -> list[str]:
    return [_rich(item) for item in root.iter(f"{MAIN}si")]


def _rich(item: ElementTree.Element) -> str:
    """A text, all of its runs, without the signs that tell how it is pronounced."""
    parts = [item.find(f"{MAIN}t"), *(run.find(f"{MAIN}t") for run in item.findall(f"{MAIN}r"))]
    return _escaped("".join(part.text or "" for part in parts if part is not None))


def _escaped(text: str) -> str:
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


def _date_styles(root: ElementTree.Element) -> set[int]:
    own = {
        int(one.get("numFmtId", "0")): re.sub(r'\[[^\]]*\]|"[^"]*"|\\.', "", one.get("formatCode", ""))
        for one in root.iter(f"{MAIN}numFmt")
    }
    styles = root.find(f"{MAIN}cellXfs")
    numbers = [int(one.get("numFmtId", "0")) for one in styles] if styles is not None else []
    return {
        place
        for place, number in enumerate(numbers)
        if number in DATE_FORMATS or re.search("[dmyhs]", own.get(number, ""), re.IGNORECASE)
    }


def _sheet(root: ElementTree.Element, shared: list[str], dated: set[int], start: datetime) -> Cells:
    found: Cells = {}
    number = 0
    for row in root.iter(f"{MAIN}row"):
        number = int(row.get("r", number + 1))
        place = -1
        for cell in row.findall(f"{MAIN}c"):
            where = re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r", ""))
            place = _place(where[1]) if where else place + 1
            here = int(where[2]) if where else number
            if (plain := _cell(cell, shared, dated, start)) is not None:
                found[here, place] = plain
    return found


def _place(letters: str) -> int:
    place = 0
    for one in letters:
        place = place * 26 + ord(one) - 64
    return place - 1


def _cell(cell: ElementTree.Element, shared: list[str], dated: set[int], start: datetime) -> Plain | None:
    kind = cell.get("t", "n")
    value = cell.findtext(f"{MAIN}v")
    formula = cell.find(f"{MAIN}f")
    if kind == "inlineStr":
        inside = cell.find(f"{MAIN}is")
        return _text("" if inside is None else _rich(inside))
    if kind == "e":
        return Plain("error", value or "")
    if value is None or (value == "" and kind != "str"):
        return Plain("formula", "") if formula is not None else None
    if kind == "s":
        return _text(shared[int(value)])
    if kind == "str":
        return _text(_escaped(value))
    if kind == "b":
        return Plain("bool", value == "1")
    if kind == "d":
        return Plain("date", datetime.fromisoformat(value))
    figure = float(value)
    if int(cell.get("s", "0")) in dated:
        early = start.year == 1899 and 1 <= figure < 60  # Excel holds that 1900 was a leap year
        return Plain("date", start + timedelta(days=figure + early))
    return Plain("number", figure)


def _text(said: str) -> Plain | None:
    return Plain("text", said.strip()) if said.strip() else None
