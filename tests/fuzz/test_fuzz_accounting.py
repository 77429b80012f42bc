"""The accounting itself: a reader that drops, changes or swallows something is found out. And what is written is read."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from accounting import LostError, account_folder, account_workbook
from hypothesis import given
from hypothesis import strategies as st
from made_files import WHOLE, Cell, book_bytes, program_book, program_grids
from mutations import TextFile

import longview.gather.cells as cells_module
import longview.gather.grids as grids_module
import longview.gather.tables as tables_module
import longview.gather.unzipped as unzipped_module
from longview.gather import check_folder
from longview.program import Count, Month


def folder(place: Path, **changed: tuple[int, int, str]) -> Path:
    """The program without a fault, with a cell changed in a file or two."""
    place.mkdir(exist_ok=True)
    for name, rows in program_grids().items():
        if name in changed:
            row, column, text = changed[name]
            rows[row][column] = text
        if name != "program":
            (place / f"{name}.csv").write_bytes(TextFile(rows).data(random.Random(1)))
    (place / "program.toml").write_text((WHOLE / "program.toml").read_text(encoding="utf-8"), encoding="utf-8")
    return place


def workbook(path: Path, *, mac: bool = False, **changed: tuple[int, int, Cell]) -> Path:
    """The same as a workbook."""
    book = program_book(random.Random(1), mac=mac)
    for name, (row, column, cell) in changed.items():
        book.sheet(name).rows[row][column] = cell
    path.write_bytes(book_bytes(book))
    return path


def _drop(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = tables_module._said
    monkeypatch.setattr(tables_module, "_said", lambda cell: "" if cell == "404" else plain(cell))


def _point_for_comma(monkeypatch: pytest.MonkeyPatch) -> None:
    parse = Count.parse
    monkeypatch.setattr(Count, "parse", lambda text: parse(text.replace(",", ".")))


def _hidden_as_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    parse = Count.parse
    monkeypatch.setattr(Count, "parse", lambda text: Count.of(0) if text.startswith("<") else parse(text))


def _next_month(monkeypatch: pytest.MonkeyPatch) -> None:
    read = cells_module._READERS["month"]
    monkeypatch.setitem(cells_module._READERS, "month", lambda *args: read(*args).plus(1))  # type: ignore[attr-defined]


def _row_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    records = tables_module._records

    def fewer(text: str, delimiter: str, file: str) -> Any:
        found, problems = records(text, delimiter, file)
        return (found[:-1] if file == "money.csv" else found), problems

    monkeypatch.setattr(tables_module, "_records", fewer)


@pytest.mark.parametrize("fault", [_drop, _point_for_comma, _hidden_as_zero, _next_month, _row_lost])
def test_a_reader_of_text_with_a_fault_is_found_out(
    fault: Callable[[pytest.MonkeyPatch], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = folder(tmp_path / "p", services=(1, 3, "1,204"), workforce=(1, 2, "<5"))
    account_folder(place, check_folder(place), {})
    fault(monkeypatch)
    with pytest.raises(LostError):
        account_folder(place, check_folder(place), {})


def _error_swallowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unzipped_module, "_ERROR", re.compile(rb"never"))


def _formula_for_blank(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unzipped_module, "_FORMULA", re.compile(rb"never"))


def _other_calendar(monkeypatch: pytest.MonkeyPatch) -> None:
    text = grids_module.cell_text
    shift = timedelta(days=1462)
    monkeypatch.setattr(grids_module, "cell_text", lambda v: text(v - shift if hasattr(v, "year") else v))


def _shifted_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = grids_module._rows
    monkeypatch.setattr(grids_module, "_rows", lambda *args: ([(n + 1, c) for n, c in rows(*args)[0]], rows(*args)[1]))


def _decimals_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    text = grids_module.cell_text
    monkeypatch.setattr(grids_module, "cell_text", lambda v: text(int(v) if isinstance(v, float) else v))


@pytest.mark.parametrize("fault", [_error_swallowed, _formula_for_blank, _other_calendar, _shifted_rows, _decimals_cut])
def test_a_reader_of_workbooks_with_a_fault_is_found_out(
    fault: Callable[[pytest.MonkeyPatch], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = {
        "services": (1, 1, Cell("error", "#REF!")),
        "workforce": (1, 5, Cell("never", "", 0, "1+1")),
        "community": (2, 4, Cell("never", "", 0, "A1")),
    }
    path = workbook(tmp_path / "p.xlsx", mac=True, **changed)  # type: ignore[arg-type]
    account_workbook(path, check_folder(path))
    fault(monkeypatch)
    with pytest.raises(LostError):
        account_workbook(path, check_folder(path))


COUNTS = st.one_of(
    st.integers(0, 10**9).map(lambda n: (str(n), Count.of(n))),
    st.integers(1_000, 999_999).map(lambda n: (f"{n:,}", Count.of(n))),
    st.integers(1, 50).map(lambda n: (f"<{n}", Count.below(n))),
    st.tuples(st.integers(1, 9), st.integers(0, 9)).map(
        lambda p: (f"{p[0]} to {p[0] + p[1]}", Count.between(p[0], sum(p)))
    ),
    st.sampled_from([("*", Count.between(0, None)), ("NA", Count.not_counted()), ("no row", Count.no_row())]),
)
MONTHS = st.builds(Month, st.integers(1990, 2100), st.integers(1, 12))
MONEY = st.decimals(-(10**9), 10**9, places=2, allow_nan=False)
LINES = st.lists(st.tuples(MONTHS, COUNTS), min_size=1, max_size=8, unique_by=lambda line: line[0])


@given(LINES, MONEY)
def test_what_is_written_is_what_is_read_through_text_and_workbook_alike(
    tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[Month, tuple[str, Count]]], money: Decimal
) -> None:
    place = tmp_path_factory.mktemp("alike")
    grids = program_grids()
    grids["services"] = [["month", "measure", "value"], *[[str(month), "visits", said] for month, (said, _) in lines]]
    grids["money"][1][4] = str(money)
    (place / "p").mkdir()
    (place / "p" / "program.toml").write_text((WHOLE / "program.toml").read_text(encoding="utf-8"), encoding="utf-8")
    for name, rows in grids.items():
        if name != "program":
            (place / "p" / f"{name}.csv").write_bytes(TextFile(rows).data(random.Random(1)))
    book = program_book(random.Random(len(lines)))
    from made_files import sheet_of

    for name in ("services", "money"):
        book.sheet(name).rows = sheet_of(name, grids[name], random.Random(len(lines))).rows
    (place / "p.xlsx").write_bytes(book_bytes(book))
    expected = {month: count for month, (_, count) in lines}
    shown = any(count == Count.of(0) for count in expected.values())
    for path in (place / "p", place / "p.xlsx"):
        program = check_folder(path).program
        assert program is not None
        read = {row.month: row.value for row in program.records.services}
        assert read.keys() == expected.keys()
        for month, count in expected.items():
            hidden = count.kind == "hidden" and count.low == 0 and count.high is not None and count.high >= 1
            assert read[month] == (Count.between(1, count.high) if shown and hidden else count)
        assert program.records.money[0].amount == money
