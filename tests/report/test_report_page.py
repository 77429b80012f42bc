"""The report as a page: structure, words, doubt, and nothing fetched from elsewhere."""

from __future__ import annotations

import os
import re
from html.parser import HTMLParser
from pathlib import Path

import findings_made as whole
import pytest
import report_made as made
from report_pages import AUDIENCES, page, plan, words_of

from longview.report import Audience, outlook_html, report_html
from longview.results import Portfolio

GOLDEN = Path(__file__).with_name("golden")
VOID = {"meta", "br", "link", "img", "hr", "input"}


class Structure(HTMLParser):
    """Headings in order, images, ids, links and unclosed tags of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.images: list[dict[str, str | None]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if found.get("role") == "img":
            self.images.append(found)
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag == "a":
            self.links.append(str(found.get("href")))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        return

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("audience", AUDIENCES)
def test_it_works_for_every_reader(audience: Audience) -> None:
    html = page(audience)
    found = Structure(html)
    assert found.open == []
    assert found.levels[0] == 1
    assert found.levels.count(1) == 1
    assert all(b - a <= 1 for a, b in zip(found.levels, found.levels[1:], strict=False))
    assert len(set(found.ids)) == len(found.ids)
    assert {link.removeprefix("#") for link in found.links} <= set(found.ids)
    assert all(len(image.get("aria-label") or "") > 20 for image in found.images)
    assert len(html.encode()) < 1_500_000


@pytest.mark.parametrize("audience", AUDIENCES)
def test_nothing_is_fetched_and_no_script_runs(audience: Audience) -> None:
    html = page(audience)
    addresses = re.findall(r"""(?:src|href|url)\s*[=(]\s*["']?([^"')\s>]+)""", html)
    assert all(a.startswith(("#", "data:font/woff2;base64,")) for a in addresses)
    assert not re.search(r"<script|@import|<iframe|<link", html)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_it_says_for_whom_it_is_and_that_the_program_is_made_up(audience: Audience) -> None:
    words = words_of(page(audience))
    assert {"director": "for the director alone", "board": "for the board", "funder": "for a funder",
            "participants": "for participants", "public": "for the "
                "public"}[audience] in words.split("\n")[1]  # fmt: skip
    assert "Harbor Street is made up." in words


def test_every_figure_is_followed_by_a_table() -> None:
    html = page("board")
    for figure in re.findall(r"<figure>.*?</figure>.*?(?=<figure>|</section>)", html, flags=re.S):
        assert "<table" in figure


@pytest.mark.parametrize(("tied", "rests"), [(False, False), (True, False), (False, True)])
def test_page_one_answers_in_under_two_hundred_words(tied: bool, rests: bool) -> None:
    html = page("board", tied=tied, rests=rests)
    letter = re.search(r'<section id="answer".*?</div>', html, flags=re.S)
    assert letter is not None
    assert len(words_of("<body>" + letter[0]).split()) < 200


ASKED_ON_THURSDAY = {
    "What first?": "plan",
    "What does it cost, and who pays?": "plan",
    "What do we expect?": "change",
    "When could the money run out?": "cash",
    "What do we give up?": "giveup",
    "What would change our mind?": "turns",
    "How sure are we?": "unknown",
}


@pytest.mark.parametrize("tied", [False, True])
def test_page_one_answers_what_a_board_asks_and_leads_to_where_more_is_told(tied: bool) -> None:
    html = page("board", tied=tied)
    letter = html.split("<h2", 1)[0]
    asked = re.findall(r'<p><b><a href="#([\w-]+)">([^<]+)</a></b> (\S)', letter)
    assert {words: where for where, words, _ in asked} == ASKED_ON_THURSDAY
    assert all(f'<section id="{where}"' in html for where in ASKED_ON_THURSDAY.values())


@pytest.mark.parametrize("tied", [False, True])
def test_what_is_common_to_all_sums_of_money_stands_on_page_one(tied: bool) -> None:
    letter = words_of(page("board", tied=tied)).split("In this report")[0]
    common = whole.three(made.decision()).common
    assert common
    assert "Whatever happens with money" in letter


def test_a_tie_is_told_as_a_tie() -> None:
    words = words_of(page("board", tied=True))
    assert "More naloxone kits: 500 kits a year. Beyond that, our numbers cannot choose." in words
    assert "The first plan, besides: Boxes of kits for people to pass on." in words
    assert "The second, besides: Longer evenings: 4 hours a week." in words
    assert "comes first" not in words.split("In this report")[0]
    assert "cannot choose" not in words_of(page("board")).split("In this report")[0]


def test_what_may_not_be_lawful_is_never_recommended_in_silence() -> None:
    from dataclasses import replace

    program = made.program()
    options = tuple(replace(o, lawful="unclear") if o.id == "boxes" else o for o in program.options)
    html = report_html(made.program(options=options), whole.findings(plan()))
    assert "Whether this is lawful here is not clear: Boxes of kits for people to pass on." in words_of(html)
    assert "not clear" not in words_of(page("board"))


def test_it_says_which_telling_the_answer_rests_on() -> None:
    assert "It rests on the danger of closing:" in words_of(page("board", rests=True))
    assert "Our answer is the same in both." in words_of(page("board"))


def test_an_outlook_that_is_not_fitted_says_so() -> None:
    assert "Not yet fitted to our own records." in words_of(page("board", anchored=False))
    assert "Not yet fitted" not in words_of(page("board"))


def test_what_is_expected_comes_with_what_is_likely() -> None:
    """Law 2: every sentence that says what we expect says the range too."""
    for audience in AUDIENCES:
        for line in words_of(page(audience)).splitlines():
            for sentence in re.split(r"(?<=[.?!])\s+(?=[A-Z])", line):
                if (
                    re.search(r"\b[Ww]e expect (about|hardly)|\bthat is about\b|[Cc]osts about", sentence)
                    and "person" not in sentence
                ):
                    assert "likely" in sentence or "whichever future comes" in sentence, sentence


def test_every_flag_is_told_in_words() -> None:
    words = words_of(page("board"))
    assert "naloxone is already nearly everywhere that it can be" in words
    assert "naloxone-saturated" not in words


def test_every_code_that_a_room_gives_has_its_words() -> None:
    """Flags and refusals are told by code: one without words would be shown as it is, which is honest but ugly."""
    import ast

    import longview
    from longview.report.messages import FLAGS, REFUSALS

    rooms = Path(longview.__file__).parent
    places = {
        "calibrate/anchor.py": ("_flags", FLAGS), "choose/decide.py": ("_flags", FLAGS),
        "choose/options.py": ("_refusal", REFUSALS), "model/bounds.py": ("bounds_met", FLAGS),
    }  # fmt: skip
    seen = 0
    for file, (function, known) in places.items():
        tree = ast.parse((rooms / file).read_text(encoding="utf-8"))
        body = next(n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name == function)
        found = [n.value for n in ast.walk(body) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
        codes = {code for code in found if re.fullmatch(r"[a-z]+(-[a-z]+)+", code)}
        seen += len(codes)
        assert codes <= set(known), file
    assert seen > 8


def test_numbers_read_as_words_should() -> None:
    """Spaces that keep figures together, no exponents, no nan, no -0, no plural of one."""
    for audience in AUDIENCES:
        words = words_of(page(audience))
        assert not re.search(r"\bnan\b|\binf\b|\d[eE][-+]\d|[-−]\$?0\b(?!\.)|\{\{|\bNone[,)]|: None\b|\| None\b", words)
        assert not re.search(r"\b(one|1) (things|months|workers|places|plans)\b", words)


def test_names_are_told_as_written_and_never_run_as_markup() -> None:
    program = made.program(name="<script>alert(1)</script> & Söhne “É”")
    html = report_html(program, whole.findings(plan()), audience="board")
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


def test_a_plan_that_does_nothing_is_told_as_one() -> None:
    from dataclasses import replace

    decision = replace(made.decision(), pick=0)
    empty = replace(plan(), commitments=())
    words = words_of(
        report_html(made.program(), whole.findings(empty, decision=decision, pick=made.outlook()), audience="board")
    )
    assert "Go on as today, and keep the money in hand." in words
    assert "There is nothing new to do." in words


def test_outlooks_of_other_futures_are_refused() -> None:
    from dataclasses import replace

    short = replace(made.outlook(), deaths=made.outlook().deaths[:10])
    with pytest.raises(ValueError, match="same futures"):
        report_html(made.program(), whole.findings(plan(), today=short))


def test_an_unknown_reader_is_refused() -> None:
    with pytest.raises(ValueError, match="no such reader"):
        report_html(made.program(), whole.findings(plan()), audience="press")  # type: ignore[arg-type]


def test_the_outlook_page_says_what_moves_and_why() -> None:
    html = outlook_html(made.outlook(Portfolio("today")), made.program())
    Structure(html)
    words = words_of(html)
    for said in (
        "State grant ($210,000) ends in June 2027",
        "Pay elsewhere grows",
        "promised until June 2028",
        "believe in no trend",
    ):
        assert said in words


@pytest.mark.parametrize("name", ["board", "public", "tied"])
def test_golden_words_of_the_report(name: str) -> None:
    """The whole text of a page. A difference is read, then renewed with `make golden`."""
    words = words_of(page("board", tied=True) if name == "tied" else page(name)) + "\n"  # type: ignore[arg-type]
    file = GOLDEN / f"{name}.txt"
    if os.environ.get("LONGVIEW_GOLDEN") == "write":
        GOLDEN.mkdir(exist_ok=True)
        file.write_text(words, encoding="utf-8", newline="\n")
    assert words == file.read_text(encoding="utf-8")
