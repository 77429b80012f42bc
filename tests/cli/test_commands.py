"""What the command says of itself."""

from __future__ import annotations

import re

import pytest
import typer

import longview as package
from longview.cli.app import app

COMMANDS = (
    "demo", "new", "import", "undo", "check", "convert", "outlook", "compare", "dilemma", "cash", "outbreak", "plan", "evidence",
    "validate",
)  # fmt: skip


def test_every_command_is_listed_here():
    assert set(typer.main.get_command(app).commands) == set(COMMANDS)


def test_alone_it_says_what_to_do_next(longview, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    said = longview()
    assert said.code == 0
    assert "longview demo" in said.out
    assert "longview check my-program" in said.out


def test_alone_in_a_programs_folder_it_says_what_to_do_with_it(longview, monkeypatch, tmp_path):
    (tmp_path / "program.toml").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert "longview check ." in longview().out


def test_it_says_its_version(longview):
    assert longview("--version").out == f"longview {package.__version__}\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_help_says_what_it_does_and_shows_how(longview, command):
    said = longview(command, "--help")
    assert said.code == 0
    assert said.err == ""
    assert re.search(rf"^    longview {command}\b", said.out, re.MULTILINE), "an example of it"
    assert len(said.out.split("Options:")[0]) > 150, "words on what it does"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_has_words(command):
    parameters = typer.main.get_command(app).commands[command].params
    assert [p.name for p in parameters if p.name != "help" and not getattr(p, "help", None)] == []


def test_a_command_that_is_not_there_suggests_one_that_is(longview):
    said = longview("chekc", "x")
    assert said.code == 2
    assert "'check'" in said.err
    assert said.out == ""


@pytest.mark.parametrize(
    "typed",
    [
        ("plan",),
        ("check",),
        ("compare", "somewhere"),
        ("outlook", "x", "--years", "0"),
        ("outlook", "x", "--years", "eleven"),
        ("plan", "x", "--for", "everyone"),
        ("plan", "x", "--futures", "-1"),
        ("evidence", "a", "b"),
        ("--nonsense",),
    ],
)
def test_wrong_use_leaves_with_2_and_says_where_to_read_on(longview, typed):
    said = longview(*typed)
    assert said.code == 2
    assert "--help" in said.err
    assert said.out == ""
    assert "Traceback" not in said.err


def test_a_month_that_is_none_is_told_with_one_that_is(longview, tmp_path):
    said = longview("outlook", tmp_path, "--as-of", "13/2025")
    assert said.code == 2
    assert "13/2025" in said.err
    assert "2023-01" in said.err
