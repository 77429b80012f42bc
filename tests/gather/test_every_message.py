"""Every sentence that a person can meet is met here, in its place, its blanks filled, with something found and to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from message_cases import CASES, Case
from message_doubts import DOUBTS
from message_imports import IMPORTS

from longview.program.messages import MESSAGES

ALL: dict[str, Case] = {**CASES, **DOUBTS, **IMPORTS}


def test_every_sentence_has_a_case_and_every_case_a_sentence() -> None:
    assert set(MESSAGES) - set(ALL) == set()
    assert set(ALL) - set(MESSAGES) == set()


def test_no_case_stands_twice() -> None:
    assert len(ALL) == len(CASES) + len(DOUBTS) + len(IMPORTS)


@pytest.mark.parametrize("code", ALL)
def test_it_is_told_in_its_place_with_all_its_words(code: str, tmp_path: Path) -> None:
    told = [problem for problem in ALL[code](tmp_path) if problem.code == code]
    assert told, "the smallest input no longer brings it about"
    problem = told[0]
    assert problem.severity == MESSAGES[code].severity
    assert problem.file
    assert problem.file == Path(problem.file).as_posix()
    assert problem.expected
    assert problem.instead or problem.severity == "fallback", "it says what to do"
    for sentence in (problem.expected, problem.instead):
        assert not re.search(r"\{[a-z_]*\}", sentence), "every blank is filled"
        assert "None" not in sentence.split()
        assert sentence.isprintable()
        assert sentence == sentence.strip()
        assert "  ." not in sentence
    if problem.letter:
        assert problem.column is not None
    assert str(tmp_path) not in f"{problem.file} {problem.expected} {problem.instead}", "no path of a computer's own"
