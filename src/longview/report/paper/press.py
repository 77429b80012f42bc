"""Typst's work: the page's tree set and printed as a PDF that can be read aloud (PDF/UA-1)."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from longview.report.paper import style as styles
from longview.report.paper.drawings import quoted
from longview.report.paper.setter import Setter
from longview.report.paper.tree import Node, parsed

if TYPE_CHECKING:
    import typst

OURS = "Atkinson Hyperlegible"
BESIDE = ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono")
"""Fonts that come with Typst, for letters that ours lacks: other alphabets, arrows, signs."""


def report_pdf(html: str) -> bytes:
    """The report as a tagged PDF (PDF/UA-1), from the very page that a browser shows: the same page, the same bytes.

    Letters that our font lacks are set in the fonts that come with Typst (other alphabets, arrows). What those lack too (Chinese,
    say) is set in a font of this computer, if it has one (then the bytes are the same on this computer alone), else each
    such letter is written by its number, "[U+4E2D]", so that it is seen to be missing.

    Args:
        html: a page from `report_html`, or another page made of the same marks.

    Raises:
        ValueError: it is not a page.
    """
    return _printed(source(html)[0])


def source(html: str) -> tuple[str, set[str]]:
    """The page written as Typst, and the elements in it that are not of the set of marks (set as plain words)."""
    page = parsed(html)
    sheet = styles.read("\n".join(node.text for node in page.all("style")))
    setter = Setter(page, sheet)
    body = setter.set()
    return _head(page, sheet) + _style() + "\n" + body, setter.unknown


def _head(page: Node, sheet: styles.Style) -> str:
    """What the style on paper asks of the page: its title, language, foot and colours."""
    title = page.first("title")
    said = {
        "title": quoted(title.text.strip() if title else ""),
        "lang": quoted(page.attrs.get("lang", "en")[:2]),
        "foot": f"[#{quoted(sheet.foot)}]",
        "fonts": "(" + ", ".join(map(quoted, (OURS, *BESIDE))) + ")",
    }
    for name in styles.COLOURS:
        said["rule-ink" if name == "rule" else name] = f"rgb({quoted(sheet.values.get(name, '#1f2430').strip())})"
    return "".join(f"#let {name} = {value}\n" for name, value in said.items())


@cache
def _style() -> str:
    return files("longview.report.paper").joinpath("style.typ").read_text(encoding="utf-8")


@cache
def _fonts(of_this_computer: bool) -> typst.Fonts:
    import typst

    with as_file(files("longview.report").joinpath("fonts")) as folder:
        return typst.Fonts(include_system_fonts=of_this_computer, font_paths=[str(folder)])


def _printed(text: str) -> bytes:
    import typst

    try:
        return _compiled(text, False)
    except typst.TypstError as error:
        if _missing(error) is None:
            raise
    text = text.replace("fallback: false", "fallback: true", 1)
    while True:
        try:
            return _compiled(text, True)
        except typst.TypstError as error:
            lacking = _missing(error)
            if not lacking:
                raise
            for letter in lacking:
                text = text.replace(letter, f"[U+{ord(letter):04X}]")


def _missing(error: Exception) -> str | None:
    """The letters that no font could show, if that is what the error says."""
    said = re.search(r"the text [`\"]+(.+?)[`\"]+ could not be displayed", str(error))
    return said[1] if said else None


def _compiled(text: str, of_this_computer: bool) -> bytes:
    import typst

    made = typst.compile(
        text.encode(), format="pdf", pdf_standards="ua-1", font_paths=_fonts(of_this_computer),
    )  # fmt: skip
    assert isinstance(made, bytes)
    return made
