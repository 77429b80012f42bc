"""A printed report says what the page says, in its order, and can be read aloud; it is made of our own letters."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise

import printed
import pytest
import report_made as made
import report_pages as pages

from longview.report import outlook_html, report_pdf
from longview.report.paper.press import source

UNREAD = {
    "svg",
    "nav",
    "head",
    "style",
}  # drawings are read by their alt texts; a screen's list of links is no part of a sheet


class _Read(HTMLParser):
    """What a screen reader says of a page, drawings by their alt texts; heads with their levels; figures' alt texts."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.heads: list[tuple[str, str]] = []
        self.alts: list[str] = []
        self.open: list[tuple[str, bool]] = []
        self.folds: set[str] = set()

    @property
    def silent(self) -> bool:
        return any(hidden for _, hidden in self.open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        classes = set(about.get("class", "").split())
        if tag == "svg" and "aria-label" in about and "narrow" not in classes and not self.silent:
            self.alts.append(about["aria-label"])
            self.said.append(about["aria-label"])
        if tag in {"h1", "h2", "h3"}:
            self.heads.append((tag, ""))
        if tag not in {"br", "meta"}:
            named = tag == "summary" and "fold" in self.folds  # what such a fold holds has a head of its own
            hidden = tag in UNREAD or named or bool({"vh", "skip", "ax"} & classes)
            if tag == "details":
                self.folds = classes
            self.open.append((tag, hidden))

    def handle_endtag(self, tag: str) -> None:
        if tag not in {"br", "meta"}:
            assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        self.said.append(data)
        if any(tag in {"h1", "h2", "h3"} for tag, _ in self.open):
            level, before = self.heads[-1]
            self.heads[-1] = (level, before + data)


def read(html: str) -> _Read:
    reader = _Read()
    reader.feed(html)
    return reader


def bare(text: str) -> str:
    """Letters alone: lines break elsewhere on paper, and a broken line has no space at its end."""
    return re.sub(r"\s+", "", text)


def whole(words: str, body: str) -> str:
    """A page with a body of one's own."""
    style = '<style>@page { @bottom-left { content: "Pie"; } }</style>'
    return f'<html lang="es"><head><title>{words}</title>{style}</head><body>{body}</body></html>'


@cache
def outlook_page() -> str:
    return outlook_html(made.outlook(), made.program())


PAGES = {
    "board": lambda: pages.page("board"),
    "director": lambda: pages.page("director"),
    "public": lambda: pages.page("public"),
    "tied": lambda: pages.page("board", tied=True, rests=True, anchored=False),
    "outlook": outlook_page,
}


@cache
def paper(name: str) -> printed.Printed:
    return printed.Printed(report_pdf(PAGES[name]()))


@pytest.mark.parametrize("name", PAGES)
def test_every_word_of_the_page_is_on_paper_in_the_same_order(name: str) -> None:
    said = paper(name)
    assert bare(said.root.read()) == bare("".join(read(PAGES[name]()).said))
    assert said.unmarked == []


@pytest.mark.parametrize("name", PAGES)
def test_heads_have_the_levels_of_the_page_and_none_is_skipped(name: str) -> None:
    heads = [(t.kind.lower(), bare(t.text)) for t in paper(name).root.all("H1", "H2", "H3", "H4")]
    folds = {bare(f) for f in re.findall(r"<details><summary>(.*?)</summary>", PAGES[name]())}
    assert [h for h in heads if h[1] not in folds] == [
        (level, bare(words)) for level, words in read(PAGES[name]()).heads
    ]
    assert folds <= {words for _, words in heads}
    levels = [int(kind[1]) for kind, _ in heads]
    assert levels[0] == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))


@pytest.mark.parametrize("name", PAGES)
def test_each_picture_tells_its_story_and_each_column_has_a_head(name: str) -> None:
    root = paper(name).root
    assert [f.alt for f in root.all("Figure")] == read(PAGES[name]()).alts
    for table in root.all("Table"):
        first = next(table.all("THead"))
        assert all(cell.kind == "TH" and cell.scope == "Column" for row in first.holds for cell in row.holds)  # type: ignore[union-attr]
    assert sum(1 for _ in root.all("Table")) == PAGES[name]().count("<table")


def test_the_sheet_says_whose_it_is_and_in_what_language_and_has_bookmarks() -> None:
    catalog = paper("board").catalog
    assert catalog["/Lang"] == "en"
    assert catalog["/MarkInfo"]["/Marked"] == True  # noqa: E712 (a PDF's own true)
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    title = re.search("<title>(.*?)</title>", PAGES["board"]())
    assert title is not None
    assert paper("board").reader.metadata.title == title[1]  # type: ignore[union-attr]
    assert "pdfuaid:part" in catalog["/Metadata"].get_data().decode()
    marks = [m.title for m in paper("board").reader.outline if not isinstance(m, list)]  # type: ignore[union-attr]
    assert len(marks) == 1  # the answer; the parts lie under it
    foot = "".join(paper("board").artifacts)
    pages_told = len(paper("board").reader.pages)
    assert all(f"page {n + 1} of {pages_told}" in foot for n in range(pages_told))
    assert foot.count("Harbor Street (made up) · for the board · from July 2026") == pages_told


@pytest.mark.parametrize("name", PAGES)
def test_letters_are_ours_and_travel_with_the_sheet(name: str) -> None:
    assert paper(name).fonts == {"AtkinsonHyperlegible-Regular": True, "AtkinsonHyperlegible-Bold": True}


@pytest.mark.parametrize("name", PAGES)
def test_the_page_holds_nothing_that_paper_does_not_know(name: str) -> None:
    assert source(PAGES[name]())[1] == set()


def test_what_paper_does_not_know_is_told_of_and_its_words_are_kept() -> None:
    page = whole("x", "<main><h1>Uno</h1><blockquote>Dos</blockquote></main>")
    assert source(page)[1] == {"blockquote"}
    assert bare(printed.Printed(report_pdf(page)).root.read()) == "UnoDos"


def test_the_same_page_makes_the_same_bytes() -> None:
    assert report_pdf(pages.page("board")) == report_pdf(pages.page("board"))


@pytest.mark.parametrize("name", PAGES)
def test_page_one_is_one_page_and_sheets_fit_both_papers(name: str) -> None:
    said = paper(name)
    answer = PAGES[name]().split('<section id="')[1]
    last = [w for w in read(answer[answer.index(">") + 1 :].rsplit("</section>", 1)[0]).said if w.strip()][-1]
    first_page = said.words[said.reader.pages[0].indirect_reference.idnum]  # type: ignore[union-attr]
    assert bare(last) in bare("".join(first_page.values()))
    for page in said.reader.pages:
        assert float(page.mediabox.width) <= 595.3  # A4
        assert float(page.mediabox.height) <= 792.0  # Letter


@pytest.mark.parametrize("name", ["board", "director", "tied"])
def test_each_choice_stands_on_one_page(name: str) -> None:
    said, html = paper(name), PAGES[name]()
    sheets = [bare("".join(said.words[page.indirect_reference.idnum].values())) for page in said.reader.pages]  # type: ignore[union-attr]
    parts = [part.split("</section>")[0] for part in html.split('<section id="dilemma-')[1:]]
    assert parts
    for part in parts:
        words = [bare(w) for w in read(part[part.index(">") + 1 :]).said if bare(w)]
        on = [sheet for sheet in sheets if words[0] in sheet and words[-1] in sheet]
        assert on, words[0]


@pytest.mark.parametrize("words", ["Приют «Надежда» → Δ", "Refugio ← ● ┃ Nº 7", "Nhà thờ Đức Bà"])
def test_names_that_our_font_lacks_are_printed_in_a_font_that_comes_with_typst(words: str) -> None:
    said = printed.Printed(report_pdf(whole(words, f"<main><h1>{words}</h1></main>")))
    assert bare(said.root.read()) == bare(words)
    assert all(said.fonts.values())


@pytest.mark.parametrize("words", ["中文", "ሰላም", "𓀀"])
def test_no_letter_is_lost_in_silence(words: str) -> None:
    said = bare(printed.Printed(report_pdf(whole("x", f"<main><h1>A {words} B</h1></main>"))).root.read())
    assert said in {f"A{words}B", "A" + "".join(f"[U+{ord(w):04X}]" for w in words) + "B"}


def test_what_looks_like_markup_is_printed_as_it_is() -> None:
    odd = r'= - + @ # $x$ _a_ *b* `c` \n "quoted" &lt;d> [e] #let x'
    said = printed.Printed(report_pdf(whole("x", f"<main><h1>{odd}</h1><p>{odd}</p></main>"))).root.read()
    assert bare(said) == bare(odd.replace("&lt;", "<")) * 2


def test_a_link_leads_somewhere_or_is_words() -> None:
    body = (
        '<h1>A</h1><p>See <sup><a href="#n1">1</a></sup>, <a href="#gone">gone</a>.</p><ol><li id="n1">There</li></ol>'
    )
    said = printed.Printed(report_pdf(whole("x", f"<main>{body}</main>")))
    assert sum(1 for _ in said.root.all("Link")) == 1
    assert bare(said.root.read()) == "ASee1,gone.There"
