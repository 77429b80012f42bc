"""From Altair to SVG that follows the page: marks carry a class of the style sheet in place of a colour.

Vega knows no CSS classes, so each class goes in as a colour that means nothing else, and comes out as a class. That is
what lets one picture serve light, dark and paper.
"""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

LED = 3.0  # px: a label moved further than this has a leader
_SVG = "{http://www.w3.org/2000/svg}"
_CLASSES = (
    "b95",
    "b80",
    "b50",
    "b80c",
    "b50c",
    "under",
    "plan",
    "today",
    "past",
    "dot",
    "prov",
    "hid",
    "res",
    "thin",
    "leadA",
    "grid",
    "axis",
    "now",
    "lead",
    "t",
    "ts",
    "tb",
    "t tt",
    "t tp",
    "t ta",
)
_KEY = {name: f"#fe{number:02x}a5" for number, name in enumerate(_CLASSES)}
_NAME = {colour: name for name, colour in _KEY.items()}
_KEPT = ("d", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height", "transform", "text-anchor")


def ink(name: str) -> str:
    """The stand-in colour of a class of the style sheet.

    Raises:
        KeyError: no such class.
    """
    return _KEY[name]


def panel(layers: Sequence[Any], width: float, height: float) -> str:
    """Altair layers as SVG marks inside their own box: no frame, no fonts, no colours, classes instead.

    Args:
        layers: Altair charts on one pair of scales.
        width, height: of the box in px.
    """
    import altair as alt
    import vl_convert

    chart = (
        alt.layer(*layers)
        .properties(width=width, height=height)
        .configure_view(stroke=None, clip=False)
        .configure(background="transparent", padding=0)
    )
    root = ET.fromstring(vl_convert.vegalite_to_svg(chart.to_dict(validate=False)))
    group = root.find(f"{_SVG}g")
    if group is None:
        raise ValueError("the drawing came back empty")
    return "".join(_marks(group, (0.0, 0.0)))


def _marks(group: ET.Element, origin: tuple[float, float]) -> list[str]:
    """The marks below a group that carry one of our colours, moved to where their groups put them."""
    found: list[str] = []
    for child in group:
        x, y = _moved(child, origin)
        tag = child.tag.removeprefix(_SVG)
        if tag == "g":
            found += _marks(child, (x, y))
            continue
        name = next((_NAME[c] for key in ("fill", "stroke") if (c := child.get(key, "")) in _NAME), None)
        if name is None or child.get("opacity") == "0":
            continue
        found.append(_written(tag, child, name, (x, y), origin))
    return found


def _moved(element: ET.Element, origin: tuple[float, float]) -> tuple[float, float]:
    found = re.match(r"translate\(([-\d.e]+),\s*([-\d.e]+)\)", element.get("transform", ""))
    return (origin[0] + float(found[1]), origin[1] + float(found[2])) if found else origin


def _written(tag: str, mark: ET.Element, name: str, at: tuple[float, float], origin: tuple[float, float]) -> str:
    kept = {key: value for key in _KEPT if (value := mark.get(key)) is not None and key != "transform"}
    if tag == "text":
        place = f' x="{at[0]:.1f}" y="{at[1]:.1f}"'
    else:
        place = f' transform="translate({_short(at[0])},{_short(at[1])})"' if at != (0.0, 0.0) else ""
    attributes = "".join(f' {key}="{_rounded(value)}"' for key, value in kept.items())
    text = escape(mark.text or "") if tag == "text" else ""
    return f'<{tag} class="{name}"{place}{attributes}>{text}</{tag}>'


def _rounded(value: str) -> str:
    return re.sub(r"-?\d+\.\d+(e-?\d+)?", lambda found: _short(float(found[0])), value)


def _short(value: float) -> str:
    written = f"{value:.1f}"
    return written.removesuffix(".0").replace("-0", "0") if written in ("-0.0",) else written.removesuffix(".0")


def sheet(width: int, height: int, label: str, parts: Sequence[tuple[float, float, str]], *, kind: str) -> str:
    """One picture: parts placed at (x, y) on a sheet of 1 unit to the px, which tells its story in `label`.

    Args:
        kind: "wide" or "narrow"; the style sheet shows one of the two.
    """
    inside = "".join(f'<g transform="translate({x:g},{y:g})">{marks}</g>' for x, y, marks in parts)
    return f'<svg class="{kind}" viewBox="0 0 {width} {height}" role="img" aria-label="{escape(label)}">{inside}</svg>'


def text(x: float, y: float, words: str, name: str = "ts", anchor: str = "start") -> str:
    """A line of words on a sheet."""
    end = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text class="{name}" x="{x:.1f}" y="{y:.1f}"{end}>{escape(words)}</text>'


def pushed_apart(
    wanted: Mapping[str, float], gap: float = 15.0, low: float = -math.inf, high: float = math.inf
) -> dict[str, float]:
    """Heights at which labels don't touch: as wanted where they can be, else `gap` apart in the same order, and between `low`
    and `high` (closer than `gap` only where they would not fit between)."""
    order = sorted(wanted, key=lambda name: wanted[name])
    if len(order) > 1 and (len(order) - 1) * gap > high - low:
        gap = (high - low) / (len(order) - 1)
    groups: list[tuple[float, list[str]]] = []
    for name in order:
        centre, names = wanted[name], [name]
        centre = _inside(centre, 1, gap, low, high)
        while groups and centre - groups[-1][0] < gap * (len(names) + len(groups[-1][1])) / 2 - 1e-9:
            _, members = groups.pop()
            names = members + names
            centre = _inside(sum(wanted[n] - (p - (len(names) - 1) / 2) * gap for p, n in enumerate(names)) / len(names),
                             len(names), gap, low, high)  # fmt: skip
        groups.append((centre, names))
    return {
        name: centre + (place - (len(names) - 1) / 2) * gap
        for centre, names in groups
        for place, name in enumerate(names)
    }


def _inside(centre: float, count: int, gap: float, low: float, high: float) -> float:
    half = (count - 1) / 2 * gap
    return min(max(centre, low + half), high - half)


def beside(
    x: float, wanted: Mapping[str, float], looks: Mapping[str, str], gap: float = 16.0,
    low: float = -math.inf, high: float = math.inf,
) -> str:  # fmt: skip
    """Labels in the right margin where things end, pushed apart; a leader to each that had to move.

    Args:
        x: the panel's right edge. wanted: words → the height at which their thing ends. looks: words → class.
    """
    said = []
    for words, at in pushed_apart(wanted, gap, low, high).items():
        if abs(at - wanted[words]) > LED:
            said.append(f'<path class="lead" d="M{x + 1:.1f} {wanted[words]:.1f}L{x + 7:.1f} {at:.1f}"/>')
        said.append(text(x + 9, at + 4.5, words, looks.get(words, "ts")))
    return "".join(said)
