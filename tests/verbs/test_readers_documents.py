"""Law 7 on every document that `plan` writes: which files each reader gets, and what no text in any of them says."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from pypdf import PdfReader

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "report"))
import findings_made as whole
import report_made as made
from report_pages import evidence, plan

from longview.program import Program
from longview.report import Audience
from longview.verbs.plan import Found, refuse_unwritable, written

OUTSIDE: tuple[Audience, ...] = ("participants", "public")
HOUSE: tuple[Audience, ...] = ("director", "board")
EVERYBODY: tuple[Audience, ...] = (*HOUSE, "funder", *OUTSIDE)
REPORT = (".html", ".pdf", ".xlsx")


def program() -> Program:
    """Options that name a place, one that stops something, and funds with amounts that stand nowhere else."""
    was = made.program()
    names = {"roof": "Mend the roof of Harbor House", "evenings": "Longer evenings at HARBOR HOUSE"}
    amounts = ("210013", "95017", "85019", "30011")
    return replace(
        was,
        options=tuple(
            replace(o, name=names.get(o.id, o.name), kind="stop" if o.id == "kits" else o.kind) for o in was.options
        ),
        funds=tuple(replace(f, amount=Decimal(a)) for f, a in zip(was.funds, amounts, strict=True)),
    )


def told(file: Path) -> str:
    """All words of a document, drawings' and hidden ones' too."""
    match file.suffix:
        case ".html":
            text = re.sub(r"<style\b.*?</style>", " ", file.read_text(encoding="utf-8"), flags=re.S)
            return unescape(re.sub(r"<[^>]*?(?:aria-label=\"([^\"]*)\")?[^>]*>", r" \1 ", text))
        case ".pdf":
            return "\n".join(page.extract_text() for page in PdfReader(file).pages)
        case ".xlsx":
            book = openpyxl.load_workbook(file)
            feet = [f"{s.title} {s.oddFooter.left.text} {s.oddFooter.right.text}" for s in book]
            return "\n".join([*feet, *(str(c) for s in book for row in s.values for c in row if c is not None)])
        case _:
            return file.read_text(encoding="utf-8")


@cache
def documents(audience: Audience) -> dict[str, str]:
    """File name → all its words, of a run that writes into a folder to be handed on."""
    findings = whole.findings(plan(), cash=whole.cash(program()))
    with TemporaryDirectory() as place:
        out = Path(place) / "out"
        home = out if audience in HOUSE else None
        written(Found(program(), findings, evidence(), 0, ""), out, home, audience)
        return {file.name: re.sub(r"\s+", " ", told(file)) for file in sorted(out.iterdir())}


def each(*audiences: Audience) -> Iterator[tuple[str, str]]:
    for audience in audiences:
        yield from ((f"{audience}: {name}", text) for name, text in documents(audience).items())


def saying(words: tuple[str, ...], *audiences: Audience) -> list[tuple[str, str]]:
    return [(word, name) for name, text in each(*audiences) for word in words if word.lower() in text.lower()]


def test_each_reader_gets_the_documents_that_are_hers() -> None:
    both = {"work-plan.pdf", "ask.pdf", "plan.toml", "plan.xlsx"}
    for audience in EVERYBODY:
        tail = "" if audience == "director" else f"-{audience}"
        rest = both if audience in HOUSE else {"ask.pdf"} if audience == "funder" else set()
        assert set(documents(audience)) == {f"report{tail}{kind}" for kind in REPORT} | rest


def test_no_document_for_readers_outside_names_a_site() -> None:
    sites = tuple(site.name for site in program().sites)
    assert saying(sites, *OUTSIDE) == []
    assert saying(sites, "board"), "the search finds it where it stands"


def test_no_document_for_readers_outside_tells_a_fund_or_what_it_gives() -> None:
    funds = tuple(fund.name for fund in program().funds)
    amounts = tuple(f(fund.amount) for fund in program().funds for f in (str, "{:,}".format))
    assert saying((*funds, *amounts), *OUTSIDE) == []
    assert saying(funds, "board")


def test_no_document_for_readers_outside_tells_a_cut_or_the_plan_after_one() -> None:
    cut = next(o.name for o in program().options if o.kind == "stop")
    assert saying((cut, "cut of 30%", "after a cut", "cutting back", "30% less"), *OUTSIDE) == []
    assert saying((cut,), "board")
    assert saying(("cut",), "board")


def test_no_document_for_readers_outside_tells_cash_by_month() -> None:
    for name, text in each(*OUTSIDE):
        if name.endswith(".xlsx"):
            assert not re.search(r"\bcash \(|free cash at", text), name
    assert saying(("Free cash at", "below the reserve of"), *OUTSIDE) == []


def test_pay_by_role_is_the_directors_and_a_role_of_few_is_named_to_nobody_outside() -> None:
    rates = tuple(f"${post.rate:,.2f}".removesuffix(".00") for post in program().posts)
    roles = tuple(sorted({post.role for post in program().posts} - {"Director"}))
    assert saying(rates, "board", "funder", *OUTSIDE) == []
    assert [name for _, name in saying(rates, "director")] != []
    few = [f"{role} | " for role in roles]
    assert saying(tuple(few), "funder", *OUTSIDE) == []


def test_every_document_says_for_whom_it_is() -> None:
    words = {
        "director": "director",
        "board": "board",
        "funder": "funder",
        "participants": "participants",
        "public": "public",
    }
    for audience in EVERYBODY:
        tail = "" if audience == "director" else f"-{audience}"
        for kind in REPORT:
            assert words[audience] in documents(audience)[f"report{tail}{kind}"].lower(), (audience, kind)
    assert "for those who work here" in documents("board")["work-plan.pdf"].lower()
    assert "for a funder" in documents("funder")["ask.pdf"].lower()


def test_a_plan_is_not_put_where_a_file_stands_and_nothing_is_made(tmp_path: Path) -> None:
    (tmp_path / "a-file").write_text("mine", encoding="utf-8")
    for place in (tmp_path / "a-file", tmp_path / "a-file" / "below"):
        with pytest.raises(NotADirectoryError) as wrong:
            refuse_unwritable(place)
        assert wrong.value.filename == str(tmp_path / "a-file")
    refuse_unwritable(tmp_path / "new" / "deep")
    assert [p.name for p in tmp_path.iterdir()] == ["a-file"]
