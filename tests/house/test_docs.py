"""Pages made from the code are what the code says, and every command is in them."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import typer

from longview.cli.app import app

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import docs  # noqa: E402


@pytest.mark.parametrize("name", docs.PAGES)
def test_a_page_made_from_the_code_is_what_the_code_says(name):
    assert (ROOT / name).read_text(encoding="utf-8") == docs.PAGES[name](), "run: make docs"


def test_every_command_is_in_the_docs():
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in typer.main.get_command(app).commands:
        assert f"\n## {name}\n" in page
        assert f"longview {name}" in readme
