"""One folder, saved as people save files: all of these read as one program."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from longview.gather import read_folder, write_folder

WHOLE = Path(__file__).resolve().parents[1] / "files" / "whole"


def rewritten(text: str, delimiter: str, end: str = "\n") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(csv.reader(io.StringIO(text, newline="")))
    return out.getvalue()


def quoted(text: str) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(csv.reader(io.StringIO(text, newline="")))
    return out.getvalue()


def reordered(text: str) -> str:
    """Columns in another order, with Excel's empty columns and rows behind them."""
    rows = list(csv.reader(io.StringIO(text, newline="")))
    out = io.StringIO(newline="")
    turned = [[*reversed(row), "", ""] for row in rows]
    csv.writer(out, lineterminator="\n").writerows([*turned, [""] * 5, []])
    return out.getvalue()


def field_names(text: str) -> str:
    """Headers as the library calls them, and as a person might write them."""
    header, rest = text.split("\n", 1)
    header = header.replace("people_needed", "People needed").replace("hours_a_week", "hours").replace("from", "From")
    return header + "\n" + rest


SAVED: dict[str, Callable[[str], bytes]] = {
    "semicolons": lambda text: rewritten(text, ";").encode(),
    "tabs": lambda text: rewritten(text, "\t").encode(),
    "excel": lambda text: b"\xef\xbb\xbf" + rewritten(text, ",", "\r\n").encode(),
    "old-mac": lambda text: rewritten(text, ",", "\r").encode(),
    "utf-16": lambda text: text.encode("utf-16"),
    "sep": lambda text: ("sep=;\r\n" + rewritten(text, ";", "\r\n")).encode(),
    "quoted": lambda text: quoted(text).encode(),
    "columns-reordered": lambda text: reordered(text).encode(),
    "blank-lines": lambda text: text.replace("\n", "\n\n").encode(),
    "spaces": lambda text: (
        text.replace(",", " , ").replace('" , "', '","').encode() if '"' not in text else text.encode()
    ),
    "field-names": lambda text: field_names(text).encode(),
    "shouted-dates": lambda text: text.replace("2022-0", "2022/0").encode(),
}


@pytest.mark.parametrize("way", SAVED)
def test_one_folder_saved_in_many_ways_is_one_program(way: str, tmp_path: Path) -> None:
    expected, _ = read_folder(WHOLE)
    shutil.copytree(WHOLE, tmp_path / "copy")
    for path in (tmp_path / "copy").glob("*.csv"):
        path.write_bytes(SAVED[way](path.read_text(encoding="utf-8")))
    program, problems = read_folder(tmp_path / "copy")
    assert [problem for problem in problems if problem.severity == "problem"] == []
    assert program == expected
    assert program is not None


def test_what_is_written_from_it_reads_as_the_same_program(tmp_path: Path) -> None:
    program, _ = read_folder(WHOLE)
    assert program is not None
    write_folder(program, tmp_path / "again", all_columns=True)
    assert read_folder(tmp_path / "again") == (program, [])
