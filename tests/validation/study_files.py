"""Small studies for the tests: text of files, read at once."""

from __future__ import annotations

from longview.evidence import load
from longview.validation import Study, read_text

EVIDENCE = load()

WHOLE = """
id = "T1"
title = "A test"
futures = 20

[population]
people = 1000
kits_a_month = 50
years = 1

[[arms]]
name = "as it is"

[[arms]]
name = "more kits"
levers = { kits = 2 }

[[outcomes]]
name = "deaths prevented"
measure = "deaths"
arm = "more kits"
versus = "as it is"
compare = "fall"
published = 0.05
relative = 0.5
"""


def study(text: str = WHOLE) -> Study:
    """The study of a text that has nothing wrong."""
    found, problems = read_text(text, "t.toml", EVIDENCE)
    assert problems == ()
    assert found is not None
    return found


def problems(text: str) -> str:
    """What is wrong with a text, in lines."""
    found, said = read_text(text, "t.toml", EVIDENCE)
    assert found is None
    return "\n".join(said)
