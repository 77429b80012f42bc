"""Every sentence is used, every code that is used has its sentences, and all are plain words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from longview.program import say, shortened
from longview.program.messages import MESSAGES

SOURCE = Path(__file__).resolve().parents[2] / "src" / "longview"


def codes_in_source() -> set[str]:
    rooms = (SOURCE / "gather", SOURCE / "verbs")
    texts = [p.read_text(encoding="utf-8") for room in rooms for p in room.rglob("*.py")]
    return {word for text in texts for word in re.findall(r'"([a-z0-9]+(?:-[a-z0-9]+)*)"', text)}


def test_every_sentence_is_used():
    assert set(MESSAGES) - codes_in_source() == set()


def test_every_code_that_is_said_has_its_sentences():
    said = set()
    for path in (SOURCE / "gather").rglob("*.py"):
        said |= set(
            re.findall(r'(?:\bsay|CellError|\.problem|_column_problem)\(\s*"([a-z0-9-]+)"', path.read_text("utf-8"))
        )
    assert len(said) > 60
    assert said <= set(MESSAGES)


@pytest.mark.parametrize("code", MESSAGES)
def test_sentences_are_plain(code):
    message = MESSAGES[code]
    words = f"{message.expected} {message.instead}".lower()
    assert not re.search(
        r"\b(invalid|error|null|nan|parse|field|string|integer|boolean|abuse|addict|client|user)\b", words
    )
    assert len(message.expected) < 130
    assert not message.expected.endswith(".")


def test_nothing_that_a_file_says_can_talk_to_the_terminal():
    found = say("no-share", file="f", column="a\x1b[2J", found="\x1b[31m", area="X\x1b]0;\x07Y", then="Z\x1b[1m")
    for said in (found.column, found.found, found.expected, found.instead):
        assert said
        assert said.isprintable()


def test_a_huge_cell_is_told_on_one_short_line():
    found = say("not-yes-no", file="f", found="x\n" * 10**6).found
    assert len(found) <= 60
    assert "\n" not in found
    assert shortened("a\tb\x00c") == "a b c"
