"""Reads a tagged PDF back: its tags as a tree, each with the words that are marked as its own, in reading order."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, NumberObject

HEX = r"<([0-9A-Fa-f]+)>"


@dataclass
class Tag:
    """A tag: its kind ("H1", "TD"), alt text, attributes (scope of a head), and what it holds in order: tags and words."""

    kind: str
    alt: str = ""
    scope: str = ""
    holds: list[Tag | str] = field(default_factory=list)

    def all(self, *kinds: str) -> Iterator[Tag]:
        for part in self.holds:
            if isinstance(part, Tag):
                if part.kind in kinds or not kinds:
                    yield part
                yield from part.all(*kinds)

    @property
    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text for part in self.holds)

    def read(self) -> str:
        """What a screen reader says, list marks left out: words, and for a figure its alt text."""
        if self.kind == "Lbl":
            return ""
        if self.alt:
            return self.alt
        return "".join(part if isinstance(part, str) else part.read() for part in self.holds)


class Printed:
    """A PDF: its pages, its tags, and how much of what it paints is tagged."""

    def __init__(self, pdf: bytes) -> None:
        self.reader = PdfReader(io.BytesIO(pdf))
        self.catalog = self.reader.root_object
        self.unmarked: list[str] = []  # words painted outside any tag and any artifact
        self.artifacts: list[str] = []  # words that are no part of what is read
        self.words = {page.indirect_reference.idnum: self._marked(page) for page in self.reader.pages}  # type: ignore[union-attr]
        root: Any = self.catalog["/StructTreeRoot"]
        self.root = Tag("Root", holds=self._kids(root, None))

    @property
    def fonts(self) -> dict[str, bool]:
        """Each font's name without its subset's letters → whether it is embedded; those in drawings too."""
        found: dict[str, bool] = {}
        for number in range(1, len(self.reader.xref[0]) + len(self.reader.xref_objStm) + 1) if self.reader.xref else ():
            thing = self.reader.get_object(number)
            if isinstance(thing, DictionaryObject) and thing.get("/Type") == "/FontDescriptor":
                name = re.sub(r"^/?[A-Z]{6}\+", "", str(thing["/FontName"]))
                found[name] = any(key in thing for key in ("/FontFile", "/FontFile2", "/FontFile3"))
        return found

    def _kids(self, node: Any, page: Any) -> list[Tag | str]:
        kids = node.get("/K", ArrayObject())
        kids = kids.get_object()
        out: list[Tag | str] = []
        for kid in kids if isinstance(kids, ArrayObject) else [kids]:
            thing = kid.get_object()
            if isinstance(thing, NumberObject):
                out.append(self.words[page.idnum].get(int(thing), ""))
            elif thing.get("/Type") == "/MCR":
                out.append(self.words[thing.raw_get("/Pg").idnum].get(int(thing["/MCID"]), ""))
            elif thing.get("/Type") != "/OBJR":
                here = thing.raw_get("/Pg") if "/Pg" in thing else page
                out.append(
                    Tag(str(thing["/S"])[1:], str(thing.get("/Alt", "")), _scope(thing), self._kids(thing, here))
                )
        return out

    def _marked(self, page: Any) -> dict[int, str]:
        """Words by the number of their mark."""
        fonts = {name: _letters(font.get_object()) for name, font in page["/Resources"].get("/Font", {}).items()}
        words: dict[int, str] = {}
        marks: list[int | str | None] = []
        letters: dict[str, str] = {}
        for operands, operator in ContentStream(page["/Contents"].get_object(), self.reader).operations:
            if operator in (b"BDC", b"BMC"):
                about = operands[1] if len(operands) > 1 else {}
                number = about.get("/MCID") if hasattr(about, "get") else None
                marks.append(int(number) if number is not None else "artifact" if operands[0] == "/Artifact" else None)
            elif operator == b"EMC":
                marks.pop()
            elif operator == b"Tf":
                letters = fonts[operands[0]]
            elif operator in (b"Tj", b"TJ"):
                parts = operands[0] if operator == b"TJ" else operands
                said = "".join(_decoded(part, letters) for part in parts if not isinstance(part, (int, float)))
                if "artifact" in marks:
                    self.artifacts.append(said)
                    continue
                mark = next((m for m in reversed(marks) if isinstance(m, int)), None)
                if mark is None:
                    self.unmarked.append(said)
                else:
                    words[mark] = words.get(mark, "") + said
        return words


def _scope(thing: Any) -> str:
    about = thing.get("/A", ArrayObject()).get_object()
    for one in about if isinstance(about, ArrayObject) else [about]:
        if "/Scope" in one.get_object():
            return str(one.get_object()["/Scope"])[1:]
    return ""


def _decoded(part: Any, letters: dict[str, str]) -> str:
    raw = part.original_bytes if hasattr(part, "original_bytes") else bytes(part)
    return "".join(letters[raw[at : at + 2].hex()] for at in range(0, len(raw), 2))


def _letters(font: Any) -> dict[str, str]:
    """A font's table from codes to letters (ToUnicode)."""
    table = font["/ToUnicode"].get_object().get_data().decode("latin-1")
    found: dict[str, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.S):
        for code, said in re.findall(HEX + r"\s*" + HEX, block):
            found[code.lower()] = bytes.fromhex(said).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.S):
        for low, high, said in re.findall(HEX + r"\s*" + HEX + r"\s*" + HEX, block):
            first = int.from_bytes(bytes.fromhex(said), "big")
            for step in range(int(high, 16) - int(low, 16) + 1):
                found[f"{int(low, 16) + step:04x}"] = chr(first + step)
    return found
