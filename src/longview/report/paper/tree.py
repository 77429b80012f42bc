"""The page as a small tree: elements with their attributes, and text between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"br", "meta", "link", "img", "hr", "input", "line", "circle", "path", "rect"})
"""Elements that never hold anything: HTML's, and those of drawings where they are written without a slash."""


@dataclass(slots=True)
class Node:
    """An element: its name, its attributes ("" where one has no value), and what it holds in order."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    holds: list[Node | str] = field(default_factory=list)

    @property
    def classes(self) -> frozenset[str]:
        """The names in its class attribute."""
        return frozenset(self.attrs.get("class", "").split())

    @property
    def nodes(self) -> list[Node]:
        """The elements directly in it."""
        return [part for part in self.holds if isinstance(part, Node)]

    def all(self, tag: str = "") -> Iterator[Node]:
        """Every element in it at any depth, in reading order; of one name, if given."""
        for node in self.nodes:
            if not tag or node.tag == tag:
                yield node
            yield from node.all(tag)

    def first(self, tag: str) -> Node | None:
        """The first element of that name in it, at any depth."""
        return next(self.all(tag), None)

    @property
    def text(self) -> str:
        """Its words, with white space as it is written (a no-break space stays one); `br` is a new line."""
        if self.tag == "br":
            return "\n"
        return "".join(part if isinstance(part, str) else part.text for part in self.holds)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag not in VOID:
            held = self.open[-1].holds[-1]
            assert isinstance(held, Node)
            self.open.append(held)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].holds.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if self.open[-1].tag != tag:
            raise ValueError(f"the page closes <{tag}> inside <{self.open[-1].tag}>")
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].holds.append(data)


def parsed(html: str) -> Node:
    """The page's `html` element.

    Raises:
        ValueError: an element is closed that is not open, or there is no page.
    """
    builder = _Builder()
    builder.feed(html)
    builder.close()
    page = builder.root.first("html")
    if page is None:
        raise ValueError("there is no <html> in the page")
    return page


def in_one_space(text: str) -> str:
    """Text with each run of white space as one space; no-break spaces stay."""
    return re.sub(r"[ \t\r\n\f]+", " ", text)
