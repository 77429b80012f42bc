"""A program's folder of text, spoilt: every cell of every file is read as what it says, or told where it stands."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from accounting import account_folder
from made_files import WHOLE, program_grids
from mutations import GENTLE, PATH, TABLE, TEXT, TextFile
from runs import Outcome, contents, run

from longview.gather import check_folder, check_text

TOML = (WHOLE / "program.toml").read_text(encoding="utf-8")
FACTS = [
    '"',
    "'",
    "\n",
    "=",
    "[",
    "{ low = 1 }",
    "[sites]\n",
    '"a" = 1\n',
    "1e999",
    "-5",
    "true",
    "nan",
    "0x1F",
    "1_204",
]
FACTS += ["2022-01-01", "1.204", '"1,204"', "\0", "é", "format = 2\n", 'name = "again"\n', "\r"]


def spoilt_facts(rng: random.Random) -> str:
    """program.toml with something put where a value or a key stood."""
    lines = TOML.splitlines()
    at = rng.randrange(len(lines))
    key, _, value = lines[at].partition(" = ")
    lines[at] = rng.choice(
        [
            f"{key} = {rng.choice(FACTS)}",
            rng.choice(FACTS),
            f"{key}s = {value}",
            f"{key.upper()} = {value}",
            lines[at] * 2,
            "",
        ]
    )
    return "\n".join(lines) + "\n"


def one(place: Path, seed: int) -> tuple[str, Outcome]:
    """The variant of a seed: one change after another in turn, alone or with a second."""
    rng = random.Random(seed)
    folder = place / "program"
    folder.mkdir()
    files = {f"{name}.csv": TextFile(rows) for name, rows in program_grids().items() if name != "program"}
    spoilt = rng.sample(sorted(files), rng.choice([1, 1, 2]))
    words = []
    changes = [*TABLE, *TEXT]
    on_path = None
    kind = seed % (len(changes) + len(PATH) + 12)
    if kind < len(changes):
        _change(files[spoilt[0]], changes[kind], rng, words)
    elif kind < len(changes) + len(PATH):
        on_path = PATH[kind - len(changes)]
        words.append(on_path.__name__)
    else:
        for file in files.values():
            _change(file, rng.choice(GENTLE), rng, words)
            _change(file, rng.choice(TEXT[:3] + TEXT[4:8]), rng, words)
    for name in spoilt[1:]:
        _change(files[name], rng.choice(changes), rng, words)
    for name, file in files.items():
        (folder / name).write_bytes(file.data(rng))
    facts = spoilt_facts(rng) if seed % 5 == 4 else TOML
    (folder / "program.toml").write_bytes(facts.encode(rng.choice(["utf-8", "utf-8", "utf-8-sig", "utf-16"])))
    if on_path is not None:
        on_path(folder / spoilt[0], rng)
    return ", ".join(words), accounted(folder, {name: file.delimiter for name, file in files.items()})


def _change(file: TextFile, change: object, rng: random.Random, words: list[str]) -> None:
    if not file.rows or not file.rows[0]:
        return
    words.append(change.__name__)  # type: ignore[attr-defined]
    change(file.rows if change in TABLE else file, rng)  # type: ignore[operator]


def accounted(folder: Path, delimiters: dict[str, str]) -> Outcome:
    """Check the folder, and account for every cell of it."""
    before = contents(folder)
    report = check_folder(folder)
    said = check_text(report)
    assert said.replace("\n", "").isprintable(), "no cell may talk to the terminal"
    assert contents(folder) == before, "a person's file is hers"
    assert report.program is not None or report.problems
    return Outcome(report.program is not None, account_folder(folder, report, delimiters))


def test_twenty_spoilt_folders_are_accounted_for_cell_by_cell(tmp_path: Path) -> None:
    totals = run("program folder", range(0, 300, 7), tmp_path, one)
    assert totals.variants >= 20
    assert totals.read >= 0.3 * totals.variants


@pytest.mark.slow
def test_hundreds_of_spoilt_folders_are_accounted_for_cell_by_cell(tmp_path: Path) -> None:
    totals = run("program folder", range(1000, 1600), tmp_path, one)
    assert totals.variants >= 200
    assert totals.read >= 0.3 * totals.variants
    assert totals.tally.cells > 200_000


@pytest.mark.slow
def test_a_million_rows_are_too_many_for_a_folder_and_told_so(tmp_path: Path) -> None:
    folder = tmp_path / "program"
    folder.mkdir()
    for name, rows in program_grids().items():
        if name != "program":
            (folder / f"{name}.csv").write_bytes(TextFile(rows).data(random.Random(1)))
    (folder / "program.toml").write_text(TOML, encoding="utf-8")
    with (folder / "services.csv").open("w", encoding="utf-8") as file:
        file.write("month,site,measure,value\n")
        for n in range(1_000_000):
            file.write(f"{1900 + n % 300}-{n % 12 + 1:02d},,measure number {n} of them all,{n}\n")
    report = check_folder(folder)
    assert [p.code for p in report.problems if p.file == "services.csv"] in (["too-big"], [])
    assert report.problems or len(report.program.records.services) == 1_000_000  # type: ignore[union-attr]
