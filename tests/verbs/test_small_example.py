"""The small example from workbook to report: its files are made beside it, and it says what it does not know."""

from __future__ import annotations

import re
from pathlib import Path

from longview.verbs.demo import copy_small
from longview.verbs.plan import plan


def test_a_workbook_is_planned_and_left_as_it_was(tmp_path: Path) -> None:
    workbook = tmp_path / "small-rural.xlsx"
    copy_small(workbook)
    before = workbook.read_bytes()
    report = plan(workbook, years=2, futures=60, tries=60)
    assert workbook.read_bytes() == before
    home = tmp_path / "small-rural.longview"
    assert report.report == home / "out" / "report.html"
    assert report.plan == home / "plan.toml"
    page = report.report.read_text(encoding="utf-8")
    words = re.sub(r"<(style|script|svg)\b.*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    assert "made-up" in words or "made up" in words
    assert "assumption" in words
    assert len(words.split()) < 9000
