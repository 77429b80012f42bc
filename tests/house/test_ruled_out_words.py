"""Words that we rule out stand nowhere that a person reads: docs, templates, messages, help, evidence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "longview"

# A word, and what to say instead. "people who use drugs" is never caught: only the noun is.
RULED_OUT = {
    r"\baddict(s|ed|ion|ions|ive)?\b": "people who use drugs",
    r"\b(drug |substance )?abus(e|es|ed|er|ers|ing)\b": "use",
    r"\b(drug|substance|opioid|heroin|injection|injecting)[ -]users?\b": "people who use drugs",
    r"\bjunk(ie|ies|y)\b": "people who use drugs",
    r"\bclient organi[sz]ations?\b": "program",
    r"\bclients?\b": "participant",
    r"\busers\b": "participants, or people",
    r"\bdirty (needles?|syringes?)\b": "used syringes",
    r"\bclean (needles?)\b": "new syringes",
    r"\b(fatal|death) events?\b": "people who would die of overdose",
}
# Names of things that are so called by others.
QUOTED = re.compile(
    r"National Institute on Drug Abuse|Substance Abuse and Mental Health Services(?: Administration)?|"
    r"Drug and Alcohol Dependence|International Journal of Drug Policy|Addict(?:ion|ive) (?:Behaviors|Science|Biology)|"
    r"\bAddiction\b(?=[ ,.;]*\(?\d{4}|\s*,?\s*\d+|,)|J(?:ournal)? (?:of )?Subst(?:ance)? Abus(?:e|)\b[^.;]*|"
    r"Subst Abuse Treat Prev Policy|Journal of Addiction[^.;]*|Am J Drug Alcohol Abuse|J Addict[^.;]*|Drug Alcohol Depend"
)


def readable() -> list[Path]:
    """Files whose words reach a person."""
    docs = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]
    inside = [file for kind in ("*.html", "*.j2", "*.jinja", "*.toml", "*.md", "*.csv") for file in SOURCE.rglob(kind)]
    code = [*(SOURCE / "cli").rglob("*.py"), *(SOURCE / "report").rglob("*.py"), *SOURCE.rglob("messages.py")]
    return sorted({file for file in [*docs, *inside, *code] if file.is_file()})


def found_in(text: str) -> list[str]:
    plain = QUOTED.sub("", text)
    return [
        f"{match[0]!r}: say {instead}"
        for word, instead in RULED_OUT.items()
        for match in re.finditer(word, plain, re.I)
    ]


@pytest.mark.parametrize("file", readable(), ids=lambda file: file.relative_to(ROOT).as_posix())
def test_no_word_that_the_design_rules_out(file):
    assert found_in(file.read_text(encoding="utf-8")) == []


def test_the_search_finds_what_it_should_and_leaves_names_alone():
    assert found_in("help for drug users and addicts") != []
    assert found_in("substance abuse") != []
    assert found_in("people who use drugs; the Substance Abuse and Mental Health Services Administration") == []
    assert found_in("Addiction 2019;114:1") == []
