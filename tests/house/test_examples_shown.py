"""docs/examples: the documents that a board would hold are there, small, and say what a plan made today says.

Figures may differ by a hair from one processor to the next, so digits are not compared; words are.
"""

from __future__ import annotations

import re
import sys
from difflib import unified_diff
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import examples  # noqa: E402

LARGEST = 5_000_000  # bytes of all that is shown


def worded(text: str) -> list[str]:
    """The words of a page, a block a line; digits do not count."""
    return [re.sub(r"[\d,.]*\d", "0", line) for line in text.splitlines()]


@pytest.mark.parametrize("name", examples.EXAMPLES)
def test_all_documents_of_an_example_are_shown(name: str) -> None:
    there = {file.name for file in (examples.SHOWN / name).iterdir()}
    assert there == set(examples.KEPT) | set(examples.PICTURES)


def test_what_is_shown_is_small_and_the_page_that_shows_it_is_as_it_would_be_made() -> None:
    assert sum(file.stat().st_size for file in examples.SHOWN.rglob("*") if file.is_file()) < LARGEST
    page = examples.SHOWN / "README.md"
    assert page.read_text(encoding="utf-8") == examples.shown_on_a_page()


@pytest.mark.parametrize("name", examples.EXAMPLES)
def test_a_plan_made_today_says_what_is_shown(name: str, tmp_path: Path) -> None:
    page = examples.planned(name, tmp_path) / f"{examples.REPORT}.html"
    now = worded(examples.text_of(page.read_text(encoding="utf-8")))
    shown = worded((examples.SHOWN / name / f"{examples.REPORT}.txt").read_text(encoding="utf-8"))
    assert now == shown, "`make docs` writes it anew; read what changed:\n" + "\n".join(
        unified_diff(shown, now, "shown", "made today", lineterm="", n=0)
    )
