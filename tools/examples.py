"""Plans both examples and puts their documents into docs/examples: what a board holds, as files, pictures and text.

`make docs` runs it. tests/house/test_examples_shown.py plans them again and holds the texts to what is said here.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path

from longview.verbs.demo import copy_example, copy_small
from longview.verbs.plan import plan

ROOT = Path(__file__).resolve().parents[1]
SHOWN = ROOT / "docs" / "examples"
EXAMPLES = {"rhode-island": "rhode-island", "small-rural": "small-rural.xlsx"}
REPORT = "report-board"
KEPT = {
    f"{REPORT}.pdf": "the report on paper, for the board",
    f"{REPORT}.xlsx": "its numbers as a workbook",
    f"{REPORT}.txt": "its words alone, as a browser reads them aloud",
    "work-plan.pdf": "the year's work on one side",
    "ask.pdf": "what to ask of a funder, on one side",
    "plan.toml": "the plan, to be edited by hand",
    "plan.xlsx": "the plan as the bookkeeper has it",
}
TITLES = {"rhode-island": "A program in a city", "small-rural": "A van in the hills"}
PICTURES = {"page-1280.jpg": "on a screen", "page-360.jpg": "on a phone", "page-1280-dark.jpg": "on a dark screen"}
NARROW, WIDE = 360, 1280
TALLEST = 8_000  # pixels of a page's picture: the rest is in the file
_UNREAD = {"style", "script", "svg", "title"}
_BLOCKS = {"p", "h1", "h2", "h3", "li", "tr", "caption", "summary", "figcaption", "section", "header", "footer"}


class _Words(HTMLParser):
    """The words of a page, a block a line; drawings by what they are called aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n")
        elif tag in ("td", "th"):
            self.parts.append(" | ")
        if tag == "svg" and dict(attrs).get("aria-label"):
            self.parts.append(f"\n[picture: {dict(attrs)['aria-label']}]\n")
        self.unread += tag in _UNREAD

    def handle_endtag(self, tag: str) -> None:
        self.unread -= tag in _UNREAD
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.parts.append(data)


def text_of(page: str) -> str:
    """The words of an HTML page, a block a line."""
    reader = _Words()
    reader.feed(page)
    lines = (re.sub(r"\s+", " ", line.replace("\u00ad", "")).strip(" |") for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line) + "\n"


def planned(name: str, folder: Path) -> Path:
    """Plan an example in a folder, for the board; where its documents are."""
    place = folder / EXAMPLES[name]
    copy_small(place) if place.suffix else copy_example(place)
    return plan(place, out=folder / name / "out", audience="board").report.parent


def shown_on_a_page(names: Iterable[str] = EXAMPLES) -> str:
    """docs/examples/README.md: each example's documents, by what is there."""
    lines = [
        "# What a board holds",
        "",
        "Both examples, planned for their boards by `make docs`, which wrote this page too. The programs are made up;",
        "the numbers of Rhode Island's community are real. Your own:  `longview plan my-program --for board`.",
    ]
    for name in names:
        there = SHOWN / name
        lines += ["", f"## {TITLES[name]}: {name}", ""]
        lines += [f"- [{file}]({name}/{file}): {what}" for file, what in KEPT.items() if (there / file).exists()]
        for file, where in PICTURES.items():
            if (there / file).exists():
                lines += ["", f"[![The report of {name}, {where}]({name}/{file})]({name}/{file})"]
    return "\n".join(lines) + "\n"


def _pictures(page: Path) -> Iterator[tuple[str, bytes]]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as running:
        found = shutil.which("chromium") or shutil.which("chromium-browser")
        if found is None:
            sys.exit("This needs Debian's chromium:  sudo apt-get install chromium")
        browser = running.chromium.launch(executable_path=found, args=["--no-sandbox"])
        for width, scheme in ((WIDE, "light"), (NARROW, "light"), (WIDE, "dark")):
            view = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
            view.goto(page.as_uri())
            view.evaluate("document.fonts.ready")
            tall = min(TALLEST, int(view.evaluate("document.documentElement.scrollHeight")))
            clip = {"x": 0, "y": 0, "width": width, "height": tall}
            name = f"page-{width}{'' if scheme == 'light' else '-dark'}.jpg"
            yield name, view.screenshot(full_page=True, clip=clip, type="jpeg", quality=60)
        browser.close()


def main() -> None:
    """Write docs/examples anew."""
    for name in EXAMPLES:
        with tempfile.TemporaryDirectory() as empty:
            made = planned(name, Path(empty))
            page = made / f"{REPORT}.html"
            words = text_of(page.read_text(encoding="utf-8"))
            (made / f"{REPORT}.txt").write_text(words, encoding="utf-8", newline="\n")
            pictures = list(_pictures(page))
            shown = SHOWN / name
            shutil.rmtree(shown, ignore_errors=True)
            shown.mkdir(parents=True)
            for kept in KEPT:
                if (made / kept).exists():
                    shutil.copyfile(made / kept, shown / kept)
            for picture, data in pictures:
                (shown / picture).write_bytes(data)
            print(f"written: docs/examples/{name} ({sum(f.stat().st_size for f in shown.iterdir()) // 1000} kB)")
    (SHOWN / "README.md").write_text(shown_on_a_page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
