"""A spoilt DOSE-SyS download: each cell is read as what it was, or the place where it stands is told."""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from longview.gather import read_dose
from longview.program import CommunityRate, Problem

SMALL = Path(__file__).resolve().parents[1] / "files" / "dose" / "three-places.csv"
TEXT = SMALL.read_bytes().decode().replace("\r\n", "\n")
DAY = "2025-01-25"
KEYS = ("jurisdiction", "year", "month", "rate_time")
KINDS = {"*": "hidden", "§": "not-reported", "¶": "not-available"}
CASES = {
    **{"drug_rate": "all-drugs", "opioid_rate": "opioids", "fentanyl_rate": "fentanyl", "heroin_rate": "heroin"},
    **{"stimulant_rate": "stimulants", "cocaine_rate": "cocaine", "methamphetamine_rate": "methamphetamine"},
    **{"benzodiazepine_rate": "benzodiazepines"},
}
ODD = ["", " ", "*", "§", "¶", "†", "**", "0", "0.0", "12", "12.34", "-1", "1e9", "nan", "9" * 400, "<20", "²", "٣"]
ODD += ["=1+1", "'=1", "\0", "\x1b[31m", "null", "Monthly", "annual", "2024", "13", "QB", "1,5", '"', "1;5", "38.0*"]

Change = Callable[[list[list[str]], random.Random], None]


def odd_cell(rows: list[list[str]], rng: random.Random) -> None:
    row = rng.choice(rows)
    row[rng.randrange(len(row))] = rng.choice(ODD)


def swapped_marks(rows: list[list[str]], rng: random.Random) -> None:
    for row in rng.sample([row for row in rows[1:] if len(row) > 4], 5):
        row[rng.randrange(4, len(row))] = rng.choice(list(KINDS))


def lost_rows(rows: list[list[str]], rng: random.Random) -> None:
    for _ in range(rng.randrange(1, 20)):
        del rows[rng.randrange(1, len(rows))]


def doubled_rows(rows: list[list[str]], rng: random.Random) -> None:
    for _ in range(rng.randrange(1, 5)):
        rows.insert(rng.randrange(1, len(rows)), list(rng.choice(rows[1:])))


def shuffled_rows(rows: list[list[str]], rng: random.Random) -> None:
    rows[1:] = rng.sample(rows[1:], len(rows) - 1)


def swapped_columns(rows: list[list[str]], rng: random.Random) -> None:
    a, b = rng.sample(range(12), 2)
    for row in rows:
        if len(row) > max(a, b):
            row[a], row[b] = row[b], row[a]


def new_column(rows: list[list[str]], rng: random.Random) -> None:
    for row in rows:
        row.append("xylazine_rate" if row is rows[0] else "1.0")


def lost_column(rows: list[list[str]], rng: random.Random) -> None:
    place = rng.randrange(12)
    for row in rows:
        del row[place : place + 1]


def short_row(rows: list[list[str]], rng: random.Random) -> None:
    row = rng.choice(rows[1:])
    del row[rng.randrange(len(row)) :]


def long_row(rows: list[list[str]], rng: random.Random) -> None:
    rng.choice(rows[1:]).append("7.0")


CHANGES: list[Change] = [
    *(odd_cell, odd_cell, swapped_marks, lost_rows, doubled_rows, shuffled_rows, swapped_columns),
    *(new_column, lost_column, short_row, long_row),
]


def spoilt(seed: int) -> list[list[str]]:
    rng = random.Random(seed)
    rows = [line.split(",") for line in TEXT.splitlines()]
    for change in rng.sample(CHANGES, rng.randint(1, 3)):
        change(rows, rng)
    return rows


def written(rows: list[list[str]], place: Path) -> Path:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    path = place / "dose.csv"
    path.write_bytes(out.getvalue().encode())
    return path


def means(text: str, rate: CommunityRate) -> bool:
    """Whether a rate is what a cell says, judged by the text alone."""
    if text in KINDS:
        return rate.value.kind == KINDS[text]
    return bool(re.fullmatch(r"[0-9.]+", text)) and rate.value.value == float(text)


def read_or_told(rows: list[list[str]], rates: tuple[CommunityRate, ...], problems: list[Problem]) -> int:
    """Holds each cell of each row to what was read and told; says how many were read."""
    header = [name.strip() for name in rows[0]]
    by_key = {(r.area, r.month.year, r.month.month, r.over, r.case.split("-suspected")[0]): r for r in rates}
    assert len(by_key) == len(rates), "nothing is read twice"
    told = {(p.row, p.column) for p in problems}
    if not rates:
        assert any(p.severity == "problem" for p in problems)
        return 0
    read = 0
    for number, row in enumerate(rows[1:], start=2):
        cells = dict(zip(header, (cell.strip() for cell in row), strict=False))
        rows_told = {column for at, column in told if at == number}
        for column, text in cells.items():
            if column not in CASES:
                assert column in KEYS or (1, column) in told
                continue
            if column in rows_told or rows_told & set(KEYS):
                continue
            over = {"monthly": "month", "annual": "12-months"}[cells["rate_time"].lower()]
            key = (cells["jurisdiction"], int(cells["year"]), int(cells["month"]), over, CASES[column])
            assert means(text, by_key[key]), (number, column, text)
            read += 1
        if len(row) > len(header):
            assert None in rows_told
    no_row = [rate for rate in rates if rate.value.kind == "no-row"]
    assert bool(no_row) == any(p.code == "dose-months" for p in problems)
    first_kept = sum(1 for p in problems if p.code in ("dose-part", "dose-apart"))
    assert len(rates) - len(no_row) <= read + first_kept, "nothing is read that the file does not say"
    return read


def held(seed: int, place: Path) -> int:
    rows = spoilt(seed)
    path = written(rows, place)
    before = path.read_bytes()
    rates, problems = read_dose(path, as_of=DAY)
    assert path.read_bytes() == before
    for problem in problems:
        assert problem.expected
        assert problem.instead
        assert "".join((problem.found, problem.expected, problem.instead, problem.column or "")).isprintable()
    assert (rates, problems) == read_dose(path, as_of=DAY)
    return read_or_told(rows, rates, problems)


@pytest.mark.parametrize("seed", range(24))
def test_every_cell_of_a_spoilt_download_is_read_or_told(seed: int, tmp_path: Path) -> None:
    held(seed, tmp_path)


def test_most_spoilt_downloads_are_still_read(tmp_path: Path) -> None:
    assert sum(held(seed, tmp_path) > 300 for seed in range(24)) >= 12


@pytest.mark.slow
def test_every_cell_of_a_thousand_spoilt_downloads_is_read_or_told(tmp_path: Path) -> None:
    for seed in range(1000, 2000):
        try:
            held(seed, tmp_path)
        except AssertionError as error:
            raise AssertionError(f"seed {seed}: {error}") from error


@pytest.mark.slow
def test_noise_in_a_download_is_told_in_words(tmp_path: Path) -> None:
    """Bytes changed at random: never an exception, and never silence about what was not read."""
    path = tmp_path / "dose.csv"
    for seed in range(500):
        rng = random.Random(seed)
        raw = bytearray(TEXT.encode())
        for _ in range(rng.randrange(1, 40)):
            raw[rng.randrange(len(raw))] = rng.randrange(256)
        path.write_bytes(raw[: rng.randrange(1, len(raw) + 1)])
        rates, problems = read_dose(path, as_of=DAY)
        assert rates or problems
