"""Whatever goes wrong becomes a sentence and an exit code; a traceback never reaches a reader."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from longview.cli import records
from longview.verbs import InfeasibleError, WrongUseError


@pytest.fixture
def broken(monkeypatch, tmp_path):
    """Makes `longview check` end in the error given. Logs go to the test's own folder."""
    monkeypatch.setenv("LONGVIEW_CACHE", str(tmp_path / "cache"))

    def make(error: BaseException) -> None:
        def raise_it(*_args, **_keywords):
            raise error

        import longview.verbs.check

        monkeypatch.setattr(longview.verbs.check, "check", raise_it)

    return make


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (WrongUseError("There is no option roof; there is mend-roof."), 2, "mend-roof"),
        (InfeasibleError("The living wage by 2024 and the reserve clash."), 3, "clash"),
        (KeyboardInterrupt(), 130, "Stopped"),
        (PermissionError(13, "denied", "funds.csv"), 2, "funds.csv"),
        (OSError(28, "No space left on device", "report.html"), 2, "no space left"),
        (MemoryError(), 1, "--futures"),
    ],
    ids=["wrong use", "infeasible", "stopped", "not permitted", "disk full", "memory full"],
)
def test_each_failure_has_its_code_and_its_words(longview, broken, tmp_path, error, code, words):
    broken(error)
    said = longview("check", tmp_path)
    assert said.code == code
    assert words in said.err
    assert "Traceback" not in said.err + said.out


@pytest.mark.parametrize(
    "error", [ValueError("odd"), ZeroDivisionError(), RecursionError(), UnicodeError("x"), KeyError(1)]
)
def test_what_nobody_foresaw_is_one_sentence_and_a_log(longview, broken, tmp_path, error):
    broken(error)
    said = longview("check", tmp_path)
    assert said.code == 1
    assert "Traceback" not in said.err + said.out
    (log,) = (tmp_path / "cache" / "logs").iterdir()
    assert str(log) in said.err
    assert type(error).__name__ in log.read_text(encoding="utf-8")


def test_where_no_log_can_be_written_it_still_speaks(longview, broken, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("LONGVIEW_CACHE", str(tmp_path / "file"))
    broken(ValueError("odd"))
    said = longview("check", tmp_path)
    assert said.code == 1
    assert "LONGVIEW_DEBUG=1" in said.err
    assert "Traceback" not in said.err


def test_who_asks_sees_the_trace(longview, broken, tmp_path, monkeypatch):
    monkeypatch.setenv("LONGVIEW_DEBUG", "1")
    broken(ValueError("odd"))
    assert "Traceback" in longview("check", tmp_path).err


def test_a_reader_that_stops_reading_is_no_error():
    command = f"{sys.executable} -m longview evidence | head -n 1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stderr == ""


@pytest.mark.skipif(os.name == "nt", reason="signals of this kind are not Windows's")
def test_ctrl_c_leaves_with_130():
    code = (
        "import os, signal, sys; from longview.cli import failures; import longview.verbs.check as verb\n"
        "verb.check = lambda *a: os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.exit(failures.run(['check', '.']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 130
    assert "Stopped" in done.stderr
    assert "Traceback" not in done.stderr


def test_check_is_called_through_its_verb():
    assert not hasattr(records, "Program"), "the command line holds no science and no reader"
