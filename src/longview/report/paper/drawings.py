"""The page's drawings made fit for paper: their colours written into them, and sizes where the page left them to the screen."""

from __future__ import annotations

import re
from html import escape

from longview.report.paper.style import Style
from longview.report.paper.tree import Node

CAMEL = {"viewbox": "viewBox"}  # names that an HTML parser hands over in small letters


def _classes(node: Node) -> set[str]:
    return set(node.classes).union(*(inner.classes for inner in node.all()))


def _written(node: Node) -> str:
    if node.tag == "text" and "sky" in node.classes:
        # A line of paper's colour around each letter eats the letter before it in print.
        node = Node("text", node.attrs | {"class": " ".join(sorted(node.classes - {"sky"}))}, node.holds)
    attrs = "".join(
        f' {CAMEL.get(name, name)}="{escape(value)}"'
        for name, value in node.attrs.items()
        if name not in {"role", "aria-label", "aria-hidden", "focusable", "tabindex", "style"}
    )
    inner = "".join(escape(part, quote=False) if isinstance(part, str) else _written(part) for part in node.holds)
    return f"<{node.tag}{attrs}>{inner}</{node.tag}>"


def _sheet(style: Style, node: Node, extra: frozenset[str] = frozenset()) -> str:
    rules = style.of_drawing(_classes(node) | extra)
    return f"<style>text{{font-family:'Atkinson Hyperlegible'}}\n{rules}</style>"


def sized(node: Node, style: Style) -> str:
    """A drawing that has its own size (a viewBox), with its colours written into it."""
    inner = "".join(escape(part, quote=False) if isinstance(part, str) else _written(part) for part in node.holds)
    box = escape(node.attrs["viewbox"])
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{_sheet(style, node)}{inner}</svg>'


EDGE = 12.0  # px at either side of a picture, for what stands astride its ends


def _in_px(node: Node, width: float) -> Node:
    """A copy in which x is in px and y in parts of the height that paper will give it, and a drawing within is a group
    moved to its place."""

    def px(name: str, value: str) -> str:
        if not value.endswith("%"):
            return value
        if name in {"y", "y1", "y2", "cy"}:
            return {"0%": "0", "50%": MIDDLE}.get(value, HIGH)
        return f"{float(value[:-1]) / 100 * width:.2f}"

    attrs = {name: px(name, value) for name, value in node.attrs.items()}
    holds = [part if isinstance(part, str) else _in_px(part, width) for part in node.holds]
    if node.tag == "svg":
        return Node("g", {"transform": f"translate({attrs.get('x', '0')},{attrs.get('y', '0')})"}, holds)
    return Node(node.tag, attrs, holds)


HIGH, MIDDLE = "@HIGH", "@MIDDLE"  # stand for a height that is known once the row is set


def placed(node: Node, style: Style, width: float, around: frozenset[str] = frozenset()) -> str:
    """A drawing that the page stretches to its cell, drawn `width` px wide and as high as its row will be.

    Args:
        around: classes of the row that it stands in, since they change its colours.
    """
    parts = "".join(_written(part) for part in _in_px(node, width - 2 * EDGE).nodes)
    row = f' class="{escape(" ".join(sorted(around)))}"' if around else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.2f}" height="{HIGH}" viewBox="{-EDGE:g} 0 {width:.2f} {HIGH}">'
        f"{_sheet(style, node, around)}<g{row}>{parts}</g></svg>"
    )


def quoted(text: str) -> str:
    """Text as a string of Typst's."""
    clean = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", text)
    return '"' + clean.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
