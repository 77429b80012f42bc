"""One figure, one value: page one, the parts behind it, the workbook, the plan's file and what we ask for say the same."""

from __future__ import annotations

import re
from pathlib import Path

import findings_made as whole
import pytest
import report_made as made
import report_pages as pages
from report_pages import words_of

from longview.plan import write_plan
from longview.report import ask_html, report_html, rounding, write_report_workbook
from longview.results import Findings


def chance(share: float) -> str:
    return rounding.chance(share).replace("\u00a0", " ")


def futures(share: float) -> str:
    return rounding.futures(share).replace("\u00a0", " ")


def money(amount: float, currency: str) -> str:
    return rounding.money(amount, currency).replace("\u00a0", " ")


@pytest.fixture(scope="module")
def findings() -> Findings:
    return whole.findings(pages.plan())


@pytest.fixture(scope="module")
def parts(findings: Findings) -> dict[str, str]:
    """Section id → its words."""
    html = report_html(whole.promised(), findings, evidence=pages.evidence(), audience="director")
    cut = re.split(r'(?=<section id=")', html)[1:]
    return {str(re.match(r'<section id="([\w-]+)', part)[1]): words_of(f"<body>{part}") for part in cut}  # type: ignore[index]


def _gain(findings: Findings) -> tuple[str, str]:
    found = findings.decision.comparison.difference("deaths", findings.decision.pick)
    fewer = type(found)(-found.high, -found.middle, -found.low, found.share)
    said = rounding.gain_words(fewer, "fewer", "more"), rounding.gain_range(fewer, "fewer", "more")
    return said[0].replace("\u00a0", " "), said[1].replace("\u00a0", " ")


def test_deaths_are_told_alike_on_page_one_and_in_the_three_plans(findings: Findings, parts: dict[str, str]) -> None:
    middle, ends = _gain(findings)
    letter, picture = parts["answer"].split("What we would do")[:2]
    assert f"{middle} people to die of overdose" in letter.replace("About", "about")
    assert f"likely {ends}" in letter
    assert f"{middle} likely {ends}" in picture
    assert f"{middle} {ends}" in parts["three"]


def test_chances_are_told_alike_wherever_they_stand(findings: Findings, parts: dict[str, str]) -> None:
    values, pick = findings.decision.comparison.values["closing"], findings.decision.pick
    for outcome, todays in (("ran_out", findings.today.chance("ran_out")), ("closed", findings.today.chance("closed"))):
        share = float(values[outcome][pick].mean())
        assert share == pytest.approx(findings.pick.chance(outcome))
        assert futures(share) in parts["answer"]
        assert futures(share) in parts["cash"]
        assert chance(share) in parts["three"]
        assert float(values[outcome][0].mean()) == pytest.approx(todays)


def test_what_it_costs_in_all_is_what_it_costs_a_year_times_the_years(
    findings: Findings, parts: dict[str, str]
) -> None:
    found = findings.decision.comparison
    spent, years = found.difference("spending", findings.decision.pick, telling="open"), found.months / 12
    a_year = money(spent.middle / years, found.currency)
    assert f"about {a_year} a year" in parts["answer"]
    assert money(spent.middle, found.currency) in parts["answer"]
    assert a_year in parts["three"]


def test_the_plan_adds_up_to_what_its_file_holds(findings: Findings, parts: dict[str, str], tmp_path: Path) -> None:
    import tomllib

    held = tomllib.loads(write_plan(findings.plan, tmp_path).read_text(encoding="utf-8"))
    assert len(held["commitment"]) == len(findings.plan.commitments)
    spent = sum(float(v) for c in findings.plan.commitments for by_year in c.money.values() for v in by_year.values())
    assert f"come to {money(spent, made.program().currency)}" in parts["plan"]


def test_the_workbook_says_page_ones_letter(findings: Findings, parts: dict[str, str], tmp_path: Path) -> None:
    import python_calamine as calamine

    path = tmp_path / "report.xlsx"
    page = report_html(whole.promised(), findings, evidence=pages.evidence(), audience="director")
    write_report_workbook(whole.promised(), findings, page, path, evidence=pages.evidence(), audience="director")
    rows = calamine.CalamineWorkbook.from_path(str(path)).get_sheet_by_name("answer").to_python()
    held = " ".join(str(cell) for row in rows for cell in row)
    middle, ends = _gain(findings)
    assert middle.removeprefix("about ") in held
    assert f"likely {ends}".replace("\u00a0", " ") in held.replace("\u00a0", " ")
    assert "When could the money run out?" in held


def test_what_we_ask_for_starts_from_the_same_chance(findings: Findings) -> None:
    page = ask_html(whole.promised(), findings)
    assert page is not None
    without = findings.three.expected.decision
    assert without is not None
    assert chance(float(without.comparison.values["closing"]["ran_out"][without.pick].mean())) in words_of(page)
