"""Words within a line: their marks, and their spaces as a browser would show them."""

from __future__ import annotations

from collections.abc import Iterable

from longview.report.paper.drawings import quoted
from longview.report.paper.tree import Node, in_one_space

INLINE = frozenset({"b", "strong", "a", "span", "small", "sup", "br", ""})
"""Elements that stand within a line ("" is text)."""

SOURCES = {"y": "yours", "l": "written", "a": "guessed"}


def is_inline(part: Node | str) -> bool:
    """Whether it stands within a line."""
    return isinstance(part, str) or part.tag in INLINE


class Line:
    """A paragraph's words, written as Typst: runs of white space are one space, and none stand at its ends.

    Args:
        targets: ids that stand on the paper: a link to another is written as its words alone.
        beside: what stands before small words that follow others: a new line, or a gap.
    """

    def __init__(self, targets: frozenset[str], beside: str = "") -> None:
        self.targets = targets
        self.beside = beside
        self.out: list[str] = []
        self.space = False  # a space is due before the next word
        self.empty = True  # nothing has been written yet in this line

    def take(self, parts: Iterable[Node | str]) -> Line:
        """Adds these parts."""
        for part in parts:
            if isinstance(part, str):
                self._words(part)
            elif part.tag == "br":
                self._new_line()
            else:
                self._marked(part)
        return self

    def _words(self, text: str) -> None:
        flat = in_one_space(text)
        bare = flat.strip(" ")
        if flat[:1] == " " and not self.empty:
            self.space = True
        if not bare:
            return
        self.out.append("#" + quoted((" " if self.space else "") + bare))
        self.empty = False
        self.space = flat[-1:] == " "

    def _new_line(self) -> None:
        self.out.append("#linebreak()")
        self.space, self.empty = False, True

    def _marked(self, node: Node) -> None:
        classes = node.classes
        if "vh" in classes or not _says(node):
            return
        if node.tag == "small" and not self.empty and self.beside:
            self.out.append(self.beside)
            self.space = False
        # A space that is due stands before the mark, not within it.
        if self.space or (_starts_spaced(node) and not self.empty):
            self.out.append('#" "')
            self.space = False
        opens = self._opening(node, classes)
        kept, before = self.out, self.empty
        self.out, self.empty = [], True
        self.take(node.holds)
        inner = "".join(self.out)
        self.out = kept
        self.out.append(f"{opens}[{inner}]" if opens else inner)
        self.empty = before and not inner

    def _opening(self, node: Node, classes: frozenset[str]) -> str:
        if node.tag in {"b", "strong"}:
            return "#strong"
        if node.tag == "sup":
            return "#raised"
        if node.tag == "small":
            return "#look" if "look" in classes else "#aside"
        if node.tag == "a":
            return self._link(node.attrs.get("href", ""))
        if "src" in classes:
            return next(("#" + name for kind, name in SOURCES.items() if kind in classes), "#written")
        return "#box" if "nb" in classes else ""

    def _link(self, href: str) -> str:
        if href.startswith("#") and href[1:] in self.targets:
            return f"#link(label({quoted(href[1:])}))"
        if href.startswith(("http://", "https://", "mailto:")):
            return f"#link({quoted(href)})"
        return ""

    def __str__(self) -> str:
        return "".join(self.out)


def _says(node: Node) -> bool:
    return bool(node.text.strip(" \t\r\n\f"))


def _starts_spaced(node: Node) -> bool:
    return node.text[:1] in " \t\r\n\f"
