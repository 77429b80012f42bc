"""Whatever stands in a folder: a list of what is wrong, never an exception, and not a byte changed."""

from __future__ import annotations

import os
import random
import shutil
import string
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from longview.gather import check_folder, check_text, read_folder, read_wonder

WHOLE = Path(__file__).resolve().parents[1] / "files" / "whole"
NAMES = sorted(path.name for path in WHOLE.iterdir())
ODD = ["", " ", "-", "NaN", "inf", "1e999", "9" * 400, "<", "<<5", "0x10", "²", "٣", "=1+1", "\0", "\x1b[31m", "💛"]
ODD += ["a;b", "1,2,3", "2022-00", "0000-01", "9999-12", "2022-02-30", "25:00", "-1", "1e-400", "100%%", "%", "$"]
ODD += ["()", "\u202e", "null", "None", "true"]


def one_cell(text: str, rng: random.Random) -> str:
    """One cell is replaced by something odd."""
    lines = text.split("\n")
    place = rng.randrange(len(lines))
    cells = lines[place].split(",")
    cells[rng.randrange(len(cells))] = rng.choice(ODD)
    lines[place] = ",".join(cells)
    return "\n".join(lines)


def cut(text: str, rng: random.Random) -> str:
    return text[: rng.randrange(len(text))]


def shuffled_rows(text: str, rng: random.Random) -> str:
    lines = text.split("\n")
    rng.shuffle(lines)
    return "\n".join(lines)


def doubled(text: str, rng: random.Random) -> str:
    return text + text


def noise(text: str, rng: random.Random) -> str:
    letters = list(text)
    for _ in range(10):
        letters[rng.randrange(len(letters))] = rng.choice(string.printable)
    return "".join(letters)


def huge_cell(text: str, rng: random.Random) -> str:
    return text + "x" * rng.choice([1_000, 99_999, 100_001, 300_000]) + ",1\n"


def many_columns(text: str, rng: random.Random) -> str:
    return text.replace("\n", "," * 5_000 + "\n", 1)


def quotes(text: str, rng: random.Random) -> str:
    place = rng.randrange(len(text))
    return text[:place] + rng.choice(['"', '""', '"\n', "'", '\\"']) + text[place:]


CHANGES: list[Callable[[str, random.Random], str]] = [
    *(one_cell, cut, shuffled_rows, doubled, noise, huge_cell, many_columns, quotes)
]


def unharmed(folder: Path) -> str:
    """Check the folder twice over; whatever is wrong is told in words, and all files are as they were."""
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    report = check_folder(folder)
    program, problems = read_folder(folder)
    said = check_text(report)
    assert (program is None) == any(problem.severity == "problem" for problem in problems)
    assert program == report.program
    assert said.replace("\n", "").isprintable(), "no cell may talk to the terminal"
    assert len(said) < 100_000
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before
    return said


def spoilt(place: Path, seed: int) -> Path:
    """The whole folder with one to three files spoilt."""
    rng = random.Random(seed)
    folder = place / f"{seed}"
    shutil.copytree(WHOLE, folder)
    for name in rng.sample(NAMES, rng.randint(1, 3)):
        text = rng.choice(CHANGES)((folder / name).read_text(encoding="utf-8"), rng)
        (folder / name).write_text(text, encoding=rng.choice(["utf-8", "utf-8", "utf-8-sig", "utf-16"]), newline="")
    return folder


@pytest.mark.parametrize("seed", range(60))
def test_a_spoilt_folder_is_told_in_words(seed: int, tmp_path: Path) -> None:
    unharmed(spoilt(tmp_path, seed))


@pytest.mark.slow
def test_hundreds_of_spoilt_folders_are_told_in_words(tmp_path: Path) -> None:
    for seed in range(1000, 2000):
        folder = spoilt(tmp_path, seed)
        unharmed(folder)
        shutil.rmtree(folder)


@pytest.mark.slow
def test_a_hundred_thousand_rows_with_a_doubt_each_take_seconds(tmp_path: Path) -> None:
    """Finding the place of a doubt once took a walk through the file: five minutes for this one."""
    shutil.copytree(WHOLE, tmp_path / "p")
    rows = [f"{2000 + m // 12}-{m % 12 + 1:02d},measure{k},{k + m}" for k in range(400) for m in range(250)]
    (tmp_path / "p" / "services.csv").write_text("month,measure,value\n" + "\n".join(rows), encoding="utf-8")
    begun = time.process_time()
    report = check_folder(tmp_path / "p")
    assert len(report.doubts) > 90_000
    assert len(check_text(report)) < 5_000
    assert time.process_time() - begun < 60


def random_bytes(path: Path) -> None:
    path.write_bytes(random.Random(1).randbytes(5_000))


def nul_bytes(path: Path) -> None:
    path.write_bytes(b"\0" * 100)


def one_nul(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"a", b"\0", 1))


def a_workbook(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04" + bytes(500))


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def a_dead_link(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


def a_loop(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


def half_utf16(path: Path) -> None:
    path.write_bytes(b"\xff\xfea")


def only_a_mark(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf")


def only_newlines(path: Path) -> None:
    path.write_bytes(b"\r\n\n\r\n")


def one_long_line(path: Path) -> None:
    path.write_bytes(b"a" * 200_000)


def no_bytes(path: Path) -> None:
    path.write_bytes(b"")


def deep_toml(path: Path) -> None:
    path.write_text("a = " + "[" * 20_000, encoding="utf-8")


def long_number(path: Path) -> None:
    path.write_text(f"format = {'9' * 6000}\n", encoding="utf-8")


SPOILERS = [
    *(random_bytes, nul_bytes, one_nul, a_workbook, a_folder, a_dead_link, a_loop, half_utf16, only_a_mark),
    *(only_newlines, one_long_line, no_bytes, deep_toml, long_number),
]


@pytest.mark.parametrize("spoiler", SPOILERS, ids=lambda spoiler: spoiler.__name__)
@pytest.mark.parametrize("name", ["program.toml", "funds.csv", "services.csv", "evidence.toml"])
def test_a_file_that_is_no_text_is_named(spoiler: Callable[[Path], None], name: str, tmp_path: Path) -> None:
    folder = tmp_path / "program"
    shutil.copytree(WHOLE, folder)
    (folder / "evidence.toml").write_text("absence = { low = 0.1, best = 0.13, high = 0.2 }\n", encoding="utf-8")
    assert name not in unharmed(folder).split("Left out")[0].split("Please look")[0].split("Rows read")[0]
    spoiler(folder / name)
    said = unharmed(folder)
    if spoiler is not only_a_mark or name != "evidence.toml":  # an empty file of own values is no fault
        assert name in said or not (folder / name).read_bytes().strip()


@pytest.mark.skipif(os.geteuid() == 0, reason="the system's keeper may read everything")
def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "program"
    shutil.copytree(WHOLE, folder)
    (folder / "funds.csv").chmod(0)
    report = check_folder(folder)
    (folder / "funds.csv").chmod(0o600)
    assert [problem.code for problem in report.problems if problem.file == "funds.csv"] == ["unreadable"]


@pytest.mark.parametrize("path", ["nowhere", "nowhere/at/all", "a\0b", "x" * 5_000])
def test_a_folder_that_is_not_there_is_said_so(path: str, tmp_path: Path) -> None:
    report = check_folder(tmp_path / path)
    assert [problem.code for problem in report.problems] in (["no-folder"], ["unreadable"])
    assert "longview check" in check_text(report)


def test_a_file_and_an_empty_folder_are_no_program(tmp_path: Path) -> None:
    (tmp_path / "records.xlsx").write_bytes(b"PK")
    assert [p.code for p in check_folder(tmp_path / "records.xlsx").problems] == ["not-a-workbook"]
    (tmp_path / "records.txt").write_bytes(b"visits")
    assert [p.code for p in check_folder(tmp_path / "records.txt").problems] == ["not-a-folder"]
    (tmp_path / "records.xlsx").unlink()
    (tmp_path / "records.txt").unlink()
    assert [p.code for p in check_folder(tmp_path).problems] == ["empty-folder"]


@pytest.mark.parametrize("seed", range(30))
def test_a_spoilt_export_is_told_in_words(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    text = (WHOLE.parent / "wonder" / "three-places.txt").read_text(encoding="utf-8")
    for _ in range(rng.randint(1, 3)):
        text = rng.choice(CHANGES)(text, rng)
    path = tmp_path / "export.txt"
    path.write_text(text, encoding=rng.choice(["utf-8", "utf-16", "utf-8-sig"]))
    counts, problems = read_wonder(path)
    assert counts or problems
