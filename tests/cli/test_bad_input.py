"""Every command, on a folder that is missing, empty, unreadable, binary, half written or contradicts itself.

Each time: a list of what is wrong in words, the exit code that goes with it, no traceback, and not a byte changed.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from longview.verbs.demo import copy_example

COMMANDS = {
    "check": lambda folder: ("check", folder),
    "outlook": lambda folder: ("outlook", folder, "--futures", 20),
    "compare": lambda folder: ("compare", folder, "roof", "--futures", 20),
    "plan": lambda folder: ("plan", folder, "--futures", 20),
    "evidence": lambda folder: ("evidence", "--program", folder),
}


def missing(folder: Path) -> None:
    shutil.rmtree(folder)


def a_file(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_text("not a folder", encoding="utf-8")


def empty(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


def unreadable(folder: Path) -> None:
    """A folder where a file belongs: the one kind of unreadable that stops even the system's own keeper."""
    (folder / "funds.csv").unlink()
    (folder / "funds.csv").mkdir()


def binary(folder: Path) -> None:
    (folder / "staff.csv").write_bytes(bytes(range(256)) * 40)


def binary_facts(folder: Path) -> None:
    (folder / "program.toml").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))


def a_picture_named_services(folder: Path) -> None:
    (folder / "services.csv").write_bytes(b"\xff\xd8\xff\xe0" + bytes(2000))


def half_written(folder: Path) -> None:
    for name in ("program.toml", "staff.csv", "funds.csv"):
        raw = (folder / name).read_bytes()
        (folder / name).write_bytes(raw[: len(raw) * 2 // 3])


def headers_only(folder: Path) -> None:
    for file in folder.glob("*.csv"):
        file.write_bytes(file.read_bytes().splitlines(keepends=True)[0])
    (folder / "program.toml").write_text("format = 1\n", encoding="utf-8")


def contradicting_itself(folder: Path) -> None:
    """A post paid by a fund that is not there, twice the same option, and a fund that ends before it begins."""
    funds = (folder / "funds.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "funds.csv").write_text(funds[0], encoding="utf-8")
    options = (folder / "choices.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "choices.csv").write_text("".join([*options, options[-1], options[-1]]), encoding="utf-8")


FAULTS = (
    missing,
    a_file,
    empty,
    unreadable,
    binary,
    binary_facts,
    a_picture_named_services,
    half_written,
    headers_only,
    contradicting_itself,
)


def prints(folder: Path) -> dict[str, str]:
    """A hash of each file under a folder (or of itself)."""
    files = [folder] if folder.is_file() else sorted(file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder.parent).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


@pytest.fixture
def program(tmp_path) -> Path:
    copy_example(tmp_path / "program")
    return tmp_path / "program"


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
@pytest.mark.parametrize("command", COMMANDS)
def test_bad_files_are_told_in_words_and_left_as_they_were(longview, program, command, fault: Callable[[Path], None]):
    fault(program)
    before = prints(program)
    said = longview(*COMMANDS[command](program))
    assert said.code in (1, 2), said
    assert prints(program) == before
    told = said.out + said.err
    assert "Traceback" not in told
    assert "Longview itself went wrong" not in told, "a fault in files is foreseen"
    assert len(told.strip()) > 40
    assert program.name in told or ".csv" in told or ".toml" in told, "it names the place"


@pytest.mark.parametrize("command", ["outlook", "compare", "plan"])
def test_what_check_finds_stops_the_others_with_the_same_list(longview, program, command):
    contradicting_itself(program)
    listed = longview("check", program)
    assert listed.code == 1
    said = longview(*COMMANDS[command](program))
    assert said.code == 1
    assert said.out == ""
    assert said.err.strip() == listed.out.strip()


def test_an_option_that_is_not_there_is_told_with_those_that_are(longview, program):
    said = longview("compare", program, "no-such-option")
    assert said.code == 2
    assert "no-such-option" in said.err
    options = (program / "choices.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert any(row.split(",")[0].strip('"') in said.err for row in options)


def test_a_key_that_is_not_there_is_told(longview):
    said = longview("evidence", "od_case_fatality_overal")
    assert said.code == 2
    assert "od_case_fatality_overall" in said.err


def test_the_example_has_no_problems(longview, program):
    before = prints(program)
    said = longview("check", program)
    assert said.code == 0, said.out
    assert prints(program) == before
