"""The example, copied: whole or not at all, and never over what is there."""

from __future__ import annotations

import pytest

from longview.verbs import WrongUseError
from longview.verbs.demo import copy_example, copy_small, demo


def test_a_copy_holds_the_program_and_says_that_it_is_made(tmp_path):
    copy_example(tmp_path / "here")
    assert (tmp_path / "here" / "program.toml").is_file()
    text = (tmp_path / "here" / "README.md").read_text(encoding="utf-8")
    assert "made-up" in text.splitlines()[0]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["here"], "nothing half-copied is left beside it"


def test_a_stopped_copy_leaves_nothing_half_done(tmp_path, monkeypatch):
    import longview.verbs.demo as module

    def stopped(*_args, **_keywords):
        (tmp_path / ".here.partial").mkdir()
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(module.shutil, "copytree", stopped)
        with pytest.raises(KeyboardInterrupt):
            copy_example(tmp_path / "here")
    assert not (tmp_path / "here").exists()
    copy_example(tmp_path / "here")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["here"]


def test_a_place_with_something_else_in_it_is_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(WrongUseError, match="longview demo my-try"):
        demo(tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["letter.txt"]


def test_the_small_example_is_a_workbook_that_is_copied_once(tmp_path):
    copy_small(tmp_path / "ours.xlsx")
    copied = (tmp_path / "ours.xlsx").read_bytes()
    (tmp_path / "ours.xlsx").write_bytes(copied + b"changed")
    copy_small(tmp_path / "ours.xlsx")
    assert (tmp_path / "ours.xlsx").read_bytes() == copied + b"changed"
    with pytest.raises(WrongUseError, match=r"longview demo --small ours\.xlsx"):
        copy_small(tmp_path / "ours")
    assert [p.name for p in tmp_path.iterdir()] == ["ours.xlsx"]
