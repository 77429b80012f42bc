"""What the page's own style sheet says of colours, of the foot of a sheet, and of drawings: paper reads it from the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

COLOURS = ("ink", "soft", "rule", "hair", "teal", "plum", "amber")


@dataclass(frozen=True, slots=True)
class Style:
    """A style sheet as it holds on paper, in light.

    Attributes:
        values: name of a variable → its value. rules: selector and declarations, in order. foot: what stands at the foot.
    """

    values: dict[str, str]
    rules: tuple[tuple[str, str], ...]
    foot: str

    def of_drawing(self, classes: set[str]) -> str:
        """The rules that speak of these classes, with no variable left, for a drawing to carry with it."""
        kept = []
        for selector, said in self.rules:
            named = set(re.findall(r"\.([\w-]+)", selector))
            if named and named <= classes and ":" not in selector:
                kept.append(f"{selector}{{{said}}}")
        return self.resolved("\n".join(kept))

    def resolved(self, text: str) -> str:
        """Text with each `var(--name)` replaced by its value."""
        return re.sub(r"var\(--([\w-]+)\)", lambda found: self.values.get(found[1], "#000"), text)


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """Each head with the text between its braces, at the outermost level."""
    at = 0
    while (opens := css.find("{", at)) >= 0:
        depth, end = 1, opens + 1
        while depth and end < len(css):
            depth += {"{": 1, "}": -1}.get(css[end], 0)
            end += 1
        yield css[at:opens].strip(), css[opens + 1 : end - 1].strip()
        at = end


def read(css: str) -> Style:
    """The style sheet as it holds on paper: rules for print included, those for dark screens left out."""
    values: dict[str, str] = {}
    rules: list[tuple[str, str]] = []
    foot = ""

    def take(text: str) -> None:
        nonlocal foot
        for head, inside in _blocks(text):
            if head.startswith("@media"):
                if head.replace(" ", "") == "@mediaprint":
                    take(inside)
            elif head.startswith("@page"):
                said = re.search(r'@bottom-left\s*\{\s*content:\s*"((?:[^"\\]|\\.)*)"', inside)
                foot = said[1].replace("\\", "") if said else foot
            elif not head.startswith("@"):
                if head == ":root":
                    values.update(re.findall(r"--([\w-]+)\s*:\s*([^;}]+)", inside))
                rules.extend((selector.strip(), inside) for selector in head.split(","))

    take(re.sub(r"/\*.*?\*/", "", css, flags=re.S))
    return Style(values, tuple(rules), foot)
