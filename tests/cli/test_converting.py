"""`longview convert`, as it is typed."""

from __future__ import annotations

import json
from pathlib import Path

import longview as package

EXAMPLE = Path(package.__file__).parent / "examples" / "rhode-island"


def test_it_says_what_was_written_and_where_to_look(longview, tmp_path):
    said = longview("convert", EXAMPLE, tmp_path / "a.xlsx")
    assert (said.code, said.err) == (0, "")
    assert f"Look it over:  longview check {tmp_path / 'a.xlsx'}" in said.out
    assert longview("check", tmp_path / "a.xlsx").code == 0


def test_what_is_there_already_is_wrong_use(longview, tmp_path):
    (tmp_path / "a.xlsx").write_text("hers")
    said = longview("convert", EXAMPLE, tmp_path / "a.xlsx")
    assert said.code == 2
    assert said.err.rstrip().endswith("a-2.xlsx")
    assert (tmp_path / "a.xlsx").read_text() == "hers"


def test_it_answers_machines(longview, tmp_path):
    said = json.loads(longview("convert", EXAMPLE, tmp_path / "copy", "--json").out)
    checked = json.loads(longview("check", tmp_path / "copy", "--json").out)
    assert said["records_hash"] == checked["records_hash"]
    assert said["left"] == ["README.md"]
