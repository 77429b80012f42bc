"""A program's workbook, spoilt: every cell of every sheet is read as what it says, or told where it stands."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from accounting import account_workbook
from made_files import Book, MadeSheet, book_bytes, cell_of, program_book, program_grids, sheet_of
from mutations import ARCHIVE, BOOK, GENTLE, PATH, TABLE
from runs import Outcome, contents, run

from longview.gather import check_folder, check_text


def one(place: Path, seed: int) -> tuple[str, Outcome]:
    """The variant of a seed: one change after another in turn, alone or with a second."""
    rng = random.Random(seed)
    path = place / rng.choice(["records.xlsx", "records.xlsx", "our records 2022.XLSX", "récords ;$(x).xlsx", "r.xlsm"])
    book = program_book(rng, mac=rng.random() < 0.2)
    kind = seed % (len(BOOK) + len(TABLE) + len(ARCHIVE) + len(PATH) - 1 + 15)
    words = []
    on_bytes, on_path = None, None
    if kind < len(BOOK):
        _on_book(book, kind, rng, words)
        if rng.random() < 0.3:
            _on_book(book, rng.randrange(len(BOOK)), rng, words)
    elif (kind := kind - len(BOOK)) < len(TABLE):
        words.append(TABLE[kind].__name__)
        _on_rows(book, rng.choice(book.sheets), kind, rng)
    elif (kind := kind - len(TABLE)) < len(ARCHIVE):
        on_bytes = ARCHIVE[kind]
        words.append(on_bytes.__name__)
    elif (kind := kind - len(ARCHIVE)) < len(PATH) - 1:
        on_path = PATH[kind]
        words.append(on_path.__name__)
    else:
        for sheet in book.sheets:
            change = rng.choice(GENTLE)
            words.append(change.__name__)
            _on_rows(book, sheet, TABLE.index(change), rng)
    raw = book_bytes(book)
    path.write_bytes(raw if on_bytes is None else on_bytes(raw, rng))
    if on_path is not None:
        on_path(path, rng)
    return ", ".join(words), accounted(path)


def _on_book(book: Book, kind: int, rng: random.Random, words: list[str]) -> None:
    words.append(BOOK[kind].__name__)
    BOOK[kind](book, rng)


def _on_rows(book: Book, sheet: MadeSheet, kind: int, rng: random.Random) -> None:
    """A change of a table's rows, made to the text of a sheet before its cells are typed in."""
    rows = program_grids()[sheet.name]
    TABLE[kind](rows, rng)
    sheet.rows = sheet_of(sheet.name, rows, rng, mac=book.mac).rows


def accounted(path: Path) -> Outcome:
    """Check the workbook, and account for every cell of it."""
    before = contents(path.parent)
    report = check_folder(path)
    said = check_text(report)
    assert said.replace("\n", "").isprintable(), "no cell may talk to the terminal"
    assert contents(path.parent) == before, "a person's file is hers"
    assert report.program is not None or report.problems
    return Outcome(report.program is not None, account_workbook(path, report))


def test_twenty_spoilt_workbooks_are_accounted_for_cell_by_cell(tmp_path: Path) -> None:
    totals = run("program workbook", range(0, 300, 7), tmp_path, one)
    assert totals.variants >= 20
    assert totals.read >= 0.3 * totals.variants


@pytest.mark.slow
def test_hundreds_of_spoilt_workbooks_are_accounted_for_cell_by_cell(tmp_path: Path) -> None:
    totals = run("program workbook", range(1000, 1600), tmp_path, one)
    assert totals.variants >= 200
    assert totals.read >= 0.3 * totals.variants
    assert totals.tally.cells > 200_000


@pytest.mark.slow
def test_a_sheet_as_long_as_a_sheet_can_be_is_read_or_told(tmp_path: Path) -> None:
    rng = random.Random(1)
    book = program_book(rng)
    services = book.sheet("services")
    services.rows = services.rows[:1]
    for n in range(1_048_575):
        row = [f"{1900 + n % 300}-{n % 12 + 1:02d}", "", f"measure {n // 3600}", str(n)]
        services.rows.append([cell_of(text, rng) for text in row])
    path = tmp_path / "long.xlsx"
    path.write_bytes(book_bytes(book))
    report = check_folder(path)
    assert report.problems or len(report.program.records.services) == 1_048_575  # type: ignore[union-attr]
