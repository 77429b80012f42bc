"""What is written fits where it is written: colour, width and letters, and progress on a terminal alone."""

from __future__ import annotations

import io
import os

import pytest

from longview.cli import terminal


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def __init__(self, encoding: str = "utf-8") -> None:
        super().__init__()
        self._encoding = encoding

    @property
    def encoding(self) -> str:
        return self._encoding

    def isatty(self) -> bool:
        return True


@pytest.fixture
def screen(monkeypatch):
    for name in ("NO_COLOR", "TERM", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)

    def show(encoding: str = "utf-8", columns: int = 80, **settings: str) -> terminal.Look:
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr("sys.stdout", Terminal(encoding))
        monkeypatch.setattr("shutil.get_terminal_size", lambda fallback: os.terminal_size((columns, 24)))
        return terminal.look()

    return show


def test_a_terminal_is_coloured_unless_it_is_asked_not_to_be(screen):
    assert screen().color
    assert not screen(NO_COLOR="1").color


def test_a_dumb_terminal_is_not_coloured(screen):
    assert not screen(TERM="dumb").color


@pytest.mark.parametrize(("columns", "width"), [(10, terminal.NARROWEST), (72, 72), (400, terminal.WIDEST)])
def test_lines_are_as_wide_as_can_be_read(screen, columns, width):
    assert screen(columns=columns).width == width


@pytest.mark.parametrize(("encoding", "plain"), [("utf-8", False), ("UTF8", False), ("cp1252", True), ("ascii", True)])
def test_a_terminal_without_our_letters_gets_plain_ones(screen, encoding, plain):
    assert screen(encoding=encoding).ascii is plain


def test_a_file_gets_no_colour_and_eighty_columns(monkeypatch):
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(io.BytesIO(), encoding="utf-8"))
    assert terminal.look() == terminal.Look(color=False, width=80, ascii=False)


def test_progress_is_silent_off_a_terminal(capsys, monkeypatch):
    monkeypatch.setattr(terminal, "PATIENCE", 0.0)
    with terminal.progress() as told:
        told("looking ahead", 0.5)
    assert capsys.readouterr() == ("", "")


def test_progress_is_told_on_a_terminal_once_patience_has_run_out(monkeypatch):
    stream = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setattr(terminal, "PATIENCE", 0.0)
    with terminal.progress() as told:
        told("looking ahead", 0.5)
        threading_gave_way()
    assert "Looking ahead" in stream.getvalue()


def test_what_is_over_soon_needs_no_progress(monkeypatch):
    stream = Terminal()
    monkeypatch.setattr("sys.stderr", stream)
    with terminal.progress() as told:
        told("looking ahead", 0.5)
    assert stream.getvalue() == ""


def threading_gave_way() -> None:
    """Let the timer's thread start the bar."""
    import time

    time.sleep(0.4)
