"""Tables on paper: heads that repeat and are tagged, groups, totals, and pictures of ranges in their cells."""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt

from longview.report.paper.drawings import placed, quoted
from longview.report.paper.style import Style
from longview.report.paper.tree import Node, in_one_space

WIDTH = 176.0 / 25.4 * 96  # px between the margins, as drawings count (96 to the inch)
GUTTER = 12.0  # px between columns, as in style.typ
NARROW = 22  # letters: a column of numbers is as wide as it needs, one of numbers and words shares the room
FOOT = 44  # px: how high the axis below the pictures is
GROUPS = frozenset({"grp", "year"})

Blocks = Callable[[Node], str]


def table(node: Node, style: Style, blocks: Blocks) -> str:
    """A table, its caption above it. `blocks` sets what a cell holds."""
    columns = max(_span(row) for row in node.all("tr"))
    shares = _dot_shares(node) if "dots" in node.classes else ()
    widths = "(" + ", ".join(f"{share:.2f}fr" for share in shares) + ")" if shares else _widths(node, columns)
    bold = "false" if {"words", "plan"} & node.classes else "true"
    body = f"sheet({widths}, {bold}, {_head(node, blocks, bool(shares))}, (\n{_rows(node, style, blocks, columns, shares)}))"
    caption = node.first("caption")
    if caption is None or "vh" in caption.classes or not caption.text.strip():
        return f"#{body}\n"
    return f"#captioned({body}, [{blocks(caption)}])\n"


def _span(row: Node) -> int:
    return sum(int(cell.attrs.get("colspan", "1")) for cell in row.nodes)


def _head(node: Node, blocks: Blocks, dots: bool) -> str:
    """The columns' heads; pictures need no line below them."""
    head = node.first("thead")
    cells = [cell for row in head.all("tr") for cell in row.nodes] if head else []
    said = "".join(f"table.cell(align: {_side(cell)} + bottom, head-cell[{blocks(cell)}]), " for cell in cells)
    return f"({said}{'' if dots else 'thick(),'})"


def _side(cell: Node) -> str:
    return "right" if "num" in cell.classes else "left"


def _rows(node: Node, style: Style, blocks: Blocks, columns: int, shares: tuple[float, ...]) -> str:
    out: list[str] = []
    between = False  # whether a hairline is due above the next row
    for row in (node.first("tbody") or node).all("tr"):
        if row.classes & GROUPS:
            line = "thick()" if "year" in row.classes else "thin()"
            out.append(f"group({columns}, [{blocks(row.nodes[0])}], {line})")
            between = False
            continue
        if "ax" not in row.classes and ("sum" in row.classes or between):
            out.append("thick()" if "sum" in row.classes else "thin()")
        out.append("(" + "".join(f"{cell}, " for cell in _cells(row, style, blocks, shares)) + ")")
        between = True
    if not shares:
        out.append("thin()")
    return "".join(f"{part},\n" for part in out)


def _cells(row: Node, style: Style, blocks: Blocks, shares: tuple[float, ...]) -> list[str]:
    """A row's cells as dictionaries: what they hold, how they are set; a picture as its drawing."""
    out = []
    for at, cell in enumerate(row.nodes):
        picture = cell.first("svg") if "plot" in cell.classes else None
        if picture is not None:
            drawing = placed(picture, style, _px(shares, at), row.classes)
            fixed = f", high: {FOOT}" if "ax" in row.classes else ""
            out.append(f"(drawing: {quoted(drawing)}{fixed})")
            continue
        upright = "horizon" if shares else "top"
        head = "true" if cell.tag == "th" else "false"
        span = cell.attrs.get("colspan", "1")
        out.append(f"(body: [{blocks(cell)}], head: {head}, span: {span}, align: {_side(cell)} + {upright})")
    return out


def _px(shares: tuple[float, ...], at: int) -> float:
    return (WIDTH - GUTTER * (len(shares) - 1)) * shares[at] / sum(shares)


def _longest(node: Node, name: str) -> int:
    return max((len(in_one_space(c.text)) for c in node.all() if name in c.classes), default=0)


def _dot_shares(node: Node) -> tuple[float, ...]:
    """Shares of the width: the label's and the words' by what they hold, the picture's what is left."""
    head = node.first("th")
    label = min(32.0, max(17.0, 0.86 * _longest(node, "lab"), 0.88 * len(in_one_space(head.text)) if head else 0.0))
    said = min(28.0, max(17.0, 0.86 * _longest(node, "val")))
    also = min(27.0, max(14.0, 0.8 * _longest(node, "also"))) if _longest(node, "also") else 0.0
    picture = max(24.0, 100.0 - label - said - also)
    return (label, picture, said, also) if also else (label, picture, said)


def _widths(node: Node, columns: int) -> str:
    """Columns of numbers as wide as they need; columns of words share the rest by how much they hold."""
    numbers = [False] * columns
    longest = [0] * columns
    for row in node.all("tr"):
        at = 0
        for cell in row.nodes:
            span = int(cell.attrs.get("colspan", "1"))
            if span == 1:
                numbers[at] |= "num" in cell.classes and cell.tag == "td"
                longest[at] = max(longest[at], len(in_one_space(cell.text)))
            at += span
    return (
        "("
        + ", ".join(
            "auto" if number and many <= NARROW else f"{sqrt(min(max(many, 6), 140)):.2f}fr"
            for number, many in zip(numbers, longest, strict=True)
        )
        + ",)"
    )
