"""The page in a real browser: for everyone, at any width, by day and by night, and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import report_made as made
from report_pages import evidence, page

from longview.report import outbreak_html, outlook_html

FAULTS = """() => [...document.querySelectorAll('figure > svg')]
  .filter(svg => svg.getBoundingClientRect().width)
  .flatMap(svg => {
    const sheet = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll('text')].filter(t => t.textContent)
      .map(t => [t.textContent, t.getBoundingClientRect()]);
    const found = texts.filter(([, b]) => b.left < sheet.left - 1 || b.right > sheet.right + 2).map(([t]) => 'out: ' + t);
    const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
      && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 5;
    texts.forEach(([t, a], i) => texts.slice(i + 1).forEach(([u, b]) => { if (over(a, b)) found.push(t + ' on ' + u); }));
    return found;
  })"""

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    pages = {
        "board": page("board"),
        "public": page("public"),
        "tied": page("board", tied=True),
        "outlook": outlook_html(made.outlook(), made.program()),
        "outbreak": outbreak_html(made.program(), made.outbreak(), evidence()),
    }
    for name, html in pages.items():
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in pages}


@pytest.fixture(scope="module")
def chrome(chromium: str) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light"), (1280, "dark")])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    chrome: Any, files: dict[str, Path], width: int, scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    for name, file in files.items():
        tab = chrome.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
        tab.goto(file.as_uri())
        tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        found = Axe().run(tab).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found] == [], name
        assert tab.evaluate("document.documentElement.scrollWidth") == width, name
        tab.close()


def test_no_word_in_a_picture_is_cut_off_and_none_lies_on_another(chrome: Any, files: dict[str, Path]) -> None:
    """Labels inside the drawing's sheet, and no two of them on one another."""
    for width in (360, 1280):
        tab = chrome.new_page(viewport={"width": width, "height": 800})
        tab.goto(files["board"].as_uri())
        faults = tab.evaluate(FAULTS)
        assert faults == []
        tab.close()


def test_on_paper_folds_are_open_and_paper_is_white(chrome: Any, files: dict[str, Path]) -> None:
    tab = chrome.new_page(color_scheme="dark")
    tab.goto(files["board"].as_uri())
    tab.emulate_media(media="print")
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert tab.evaluate("document.querySelector('details table').getBoundingClientRect().height") > 50
    assert tab.evaluate("getComputedStyle(document.querySelector('nav')).display") == "none"
    tab.close()


def test_page_one_fits_a_sheet_of_letter_and_of_a4(chrome: Any, files: dict[str, Path]) -> None:
    """The answer, its picture and how sure we are: on one sheet, margins of 14, 17 and 18 mm taken off; so is each choice."""
    tab = chrome.new_page()
    tab.emulate_media(media="print")
    mm = 96 / 25.4
    for name in ("board", "tied", "public"):
        tab.goto(files[name].as_uri())
        for across, down in ((215.9, 279.4), (210.0, 297.0)):
            tab.set_viewport_size({"width": int((across - 34) * mm), "height": 800})
            foot = tab.evaluate("document.getElementById('answer').getBoundingClientRect().bottom + scrollY")
            assert foot <= (down - 32) * mm, (name, across)
            long = "[...document.querySelectorAll('.sheet')].map(s => s.getBoundingClientRect().height)"
            assert max(tab.evaluate(long), default=0) <= (down - 32) * mm, (name, across)
    tab.close()


def test_the_page_brings_its_own_letters(chrome: Any, files: dict[str, Path]) -> None:
    tab = chrome.new_page()
    tab.goto(files["board"].as_uri())
    tab.evaluate("document.fonts.ready.then(() => 0)")
    assert tab.evaluate("[...document.fonts].filter(f => f.status == 'loaded').length") == 2
    tab.close()


def test_no_width_scrolls_sideways(chrome: Any, files: dict[str, Path]) -> None:
    tab = chrome.new_page()
    for name, file in files.items():
        tab.goto(file.as_uri())
        tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        for width in (320, 500, 704, 705, 768, 1000, 1071, 1072, 1900):
            tab.set_viewport_size({"width": width, "height": 800})
            assert tab.evaluate("document.documentElement.scrollWidth") == width, (name, width)
    tab.close()
