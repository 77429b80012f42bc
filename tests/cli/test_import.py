"""`longview import` and `undo`: what a file is taken for, what would change, and nothing without a yes."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from longview.cli import terminal
from longview.gather import read_folder

WHOLE = Path(__file__).resolve().parents[1] / "files" / "whole"
LOG = "Date,Caller name,Naloxone given\n2024-01-03,Ann B,Yes\n2024-01-09,Bob C,No\n2024-03-31,Cy D,Yes\n"
LOG_SAID = (
    "--kind", "events", "--measure", "ems_calls", "--area", "Tempe", "--case", "opioids", "--source", "Tempe",
    "--as-of", "2024-10-15",
)  # fmt: skip
TABLE = "Month,Site,Visits\n2030-01,Main Street,40\n2030-02,Main Street,44\n"
TABLE_SAID = ("--kind", "table", "--to", "services")


@pytest.fixture(autouse=True)
def own_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LONGVIEW_DATA", str(tmp_path / "data"))


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(WHOLE, tmp_path / "here" / "my-program")
    monkeypatch.chdir(tmp_path / "here")
    Path("calls of Ann.csv").write_text(LOG)
    Path("visits.csv").write_text(TABLE)
    return Path("my-program")


def files(program: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in program.rglob("*") if p.is_file() and p.name != ".lock"}


def test_with_yes_a_table_is_brought_in_and_taken_back(longview: Callable[..., Any], program: Path) -> None:
    before = files(program)
    said = longview("import", "visits.csv", "--into", program, *TABLE_SAID, "--yes")
    assert said.code == 0, said.out
    assert "services: 2 rows new" in said.out
    assert "longview undo my-program" in said.out
    assert (program / "imports" / "0001-visits" / "services.csv").is_file()
    after = files(program)
    assert {name: after[name] for name in before} == before
    back = longview("undo", program)
    assert back.code == 0
    assert "taken back" in back.out
    assert "history/0001-visits" in back.out
    assert "originals/" in back.out
    assert "nothing was brought in" in longview("undo", program).out


def test_without_anybody_to_ask_it_says_what_it_would_do_and_changes_nothing(
    longview: Callable[..., Any], program: Path
) -> None:
    before = files(program)
    said = longview("import", "visits.csv", "--into", program, *TABLE_SAID)
    assert said.code == 1
    assert "It would bring into my-program" in said.out
    assert "services: 2 rows new" in said.out
    assert "--yes" in said.out
    assert files(program) == before
    assert not (program / ".lock").exists()


@pytest.mark.parametrize("yes", [True, False])
def test_somebody_is_asked_and_her_word_counts(
    longview: Callable[..., Any], program: Path, monkeypatch: pytest.MonkeyPatch, yes: bool
) -> None:
    import typer

    asked: list[str] = []
    monkeypatch.setattr(terminal, "somebody_is_there", lambda: True)
    monkeypatch.setattr(typer, "confirm", lambda words, default: (asked.append(words), yes)[1])
    said = longview("import", "visits.csv", "--into", program, *TABLE_SAID)
    assert len(asked) == 1
    assert "my-program" in asked[0]
    assert said.code == (0 if yes else 1)
    assert (program / "imports").exists() == yes
    assert ("Nothing was imported." in said.out) == (not yes)


def test_the_same_file_again_changes_nothing_and_says_so(longview: Callable[..., Any], program: Path) -> None:
    longview("import", "visits.csv", "--into", program, *TABLE_SAID, "--yes")
    before = files(program)
    said = longview("import", "visits.csv", "--into", program, *TABLE_SAID, "--yes")
    assert said.code == 0
    assert "Nothing new" in said.out
    assert "0001-visits" in said.out
    assert files(program) == before


def test_of_a_log_of_events_only_counts_are_kept_and_no_name(longview: Callable[..., Any], program: Path) -> None:
    before = files(program)
    said = longview("import", "calls of Ann.csv", "--into", program, *LOG_SAID, "--yes")
    assert said.code == 0, said.out
    assert "Caller name" in " ".join(said.out.split())  # named to the person
    new = {name: data for name, data in files(program).items() if name not in before}
    assert sorted(Path(name).name for name in new) == ["community.csv", "import.toml"]
    text = b"".join(new.values())
    for word in (b"Ann", b"Bob", b"Cy D"):
        assert word not in text
    assert not [name for name in new if "Ann" in name or "ann" in name]


def test_what_a_file_does_not_say_is_asked_all_at_once(longview: Callable[..., Any], program: Path) -> None:
    said = longview("import", "calls of Ann.csv", "--into", program, "--kind", "events", "--yes")
    assert said.code == 1
    assert "Nothing was imported, and your files are as they were." in said.out
    for option in ("--measure", "--area", "--case", "--source", "--as-of"):
        assert option in said.out
    assert not (program / "imports").exists()
    table = longview("import", "visits.csv", "--into", program, "--kind", "table", "--yes")
    assert table.code == 1
    assert "--to services" in table.out


def test_how_a_table_with_problems_was_read_is_there_to_be_mended_after_a_yes(
    longview: Callable[..., Any], program: Path
) -> None:
    Path("odd.csv").write_text("Month,Site,Visits\n2030-01,Nowhere,40\n2030-02,Main Street,many\n")
    typed = ("import", "odd.csv", "--into", program, *TABLE_SAID)
    assert longview(*typed).code == 1
    assert not (program / "mappings.toml").exists()
    said = longview(*typed, "--yes")
    assert said.code == 1
    assert "mappings.toml" in said.out
    assert '"visits"' in (program / "mappings.toml").read_text()
    assert not (program / "imports").exists()


def test_the_only_program_here_is_meant_where_none_is_named(longview: Callable[..., Any], program: Path) -> None:
    assert longview("import", "visits.csv", *TABLE_SAID, "--yes").code == 0
    assert (program / "imports").is_dir()
    assert longview("undo").code == 0
    shutil.copytree(WHOLE, "other-program")
    said = longview("import", "visits.csv", *TABLE_SAID, "--yes")
    assert said.code == 2
    assert "--into my-program" in said.err
    assert "other-program" in said.err


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (("nope.csv", "--into", "my-program"), "nope.csv is not there"),
        (("my-program", "--into", "my-program"), "is a folder"),
        (("visits.csv", "visits.csv", "--into", "my-program"), "named twice"),
        (("visits.csv", "--into", "nope"), "longview new nope"),
        (("visits.csv", "--into", "visits.csv"), "holds no program"),
        (("visits.csv", "--into", "my-program", "--as-of", "3/4/24"), "write year, month, day"),
        (("visits.csv", "--into", "my-program", "--count", "Naloxone"), "--count"),
    ],
)
def test_wrong_use_is_told_and_changes_nothing(
    longview: Callable[..., Any], program: Path, typed: tuple[str, ...], words: str
) -> None:
    before = files(program)
    said = longview("import", *typed, "--yes")
    assert said.code == 2
    assert words in said.err
    assert files(program) == before


def test_only_exports_of_wonder_come_together(longview: Callable[..., Any], program: Path) -> None:
    said = longview("import", "visits.csv", "calls of Ann.csv", "--into", program, "--kind", "table", "--yes")
    assert said.code == 1
    assert "calls of Ann.csv" in said.out


def test_a_program_with_problems_elsewhere_can_be_imported_into(longview: Callable[..., Any], program: Path) -> None:
    staff = program / "staff.csv"
    staff.write_text(staff.read_text() + "what,is,this\n")
    facts = program / "program.toml"
    facts.write_text(facts.read_text().replace("price_year = 2022", 'price_year = "long ago"'))
    assert longview("check", program).code == 1
    said = longview("import", "visits.csv", "--into", program, *TABLE_SAID, "--yes")
    assert said.code == 0, said.out
    assert ",main,visits,40" in (program / "imports" / "0001-visits" / "services.csv").read_text()  # the site was known


def test_for_machines_it_is_one_object(longview: Callable[..., Any], program: Path) -> None:
    would = json.loads(longview("import", "visits.csv", "--into", program, *TABLE_SAID, "--json").out)
    assert (would["imported"], would["sheets"]["services"]["added"]) == (False, 2)
    done = json.loads(longview("import", "visits.csv", "--into", program, *TABLE_SAID, "--json", "--yes").out)
    assert (done["imported"], done["name"], done["kind"]) == (True, "0001-visits", "table")
    back = json.loads(longview("undo", program, "--json").out)
    assert back["undone"]["name"] == "0001-visits"


def test_into_a_workbook_the_rows_stand_beside_it(longview: Callable[..., Any], program: Path) -> None:
    assert longview("convert", program, "my-book.xlsx").code == 0
    book = Path("my-book.xlsx").read_bytes()
    said = longview("import", "visits.csv", "--into", "my-book", *TABLE_SAID, "--yes")
    assert said.code == 0, said.err
    assert Path("my-book.xlsx").read_bytes() == book
    assert Path("my-book.longview/imports/0001-visits/services.csv").is_file()
    assert longview("undo", "my-book.xlsx").code == 0


def test_another_that_is_writing_is_waited_for_and_then_told(
    longview: Callable[..., Any], program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from longview.gather.keeping import lock

    monkeypatch.setattr(lock, "WAIT", 0.1)
    with lock.locked(program):
        said = longview("import", "visits.csv", "--into", program, *TABLE_SAID, "--yes")
    assert said.code == 2
    assert "Another Longview is writing to my-program; waiting …" in said.err
    assert "Nothing was changed" in said.err
    assert not (program / "imports").exists()


SHARED = Path(__file__).resolve().parents[2] / ".." / "shared" / "data"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data do not lie beside this checkout")
def test_real_exports_of_wonder_come_in_together(longview: Callable[..., Any], program: Path) -> None:
    exports = sorted(SHARED.glob("wonder_state_month_*.txt"))
    (program / "community.csv").unlink()  # what it tells of the same months would win
    said = longview("import", *exports, "--into", program, "--kind", "wonder", "--yes")
    assert said.code == 0, said.out
    assert "community: 60 rows new" in said.out
    assert longview("import", *exports, "--into", program, "--kind", "wonder", "--yes").out.count("Nothing new") == 1


def test_a_file_can_give_the_terminal_no_orders(longview: Callable[..., Any], program: Path) -> None:
    Path("visits.csv").write_text("Month,Site,Visits,Not\x1b[2Jes \x9b31m\n2030-01,Main Street,40,x\n")
    Path("visits.csv").rename("vis\x1b]0;its.csv")
    done = longview("import", "vis\x1b]0;its.csv", "--into", program, *TABLE_SAID, "--yes")
    said = done.out + done.err
    assert "vis" in said
    assert all(c.isprintable() or c == "\n" for c in said)


def test_where_money_is_meant_rows_are_no_events(longview: Callable[..., Any], program: Path) -> None:
    Path("ledger.csv").write_text(
        "Date,Account,Name,Amount\n2030-01-03,Rent,Ann B,-900.10\n2030-01-14,Sales,Bob C,20\n"
    )
    done = longview("import", "ledger.csv", "--into", program, "--to", "money", "--yes", "--json")
    said = json.loads(done.out)
    assert (said["kind"], said["imported"], said["personal"]) == ("table", True, ["Name"])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(longview: Callable[..., Any], program: Path) -> None:
    os.mkfifo("pipe.csv")
    assert "no ordinary file" in longview("import", "pipe.csv", "--into", program, *TABLE_SAID, "--yes").err
    (program / "services.csv").unlink()
    os.mkfifo(program / "services.csv")
    assert "no ordinary file" in longview("check", program).out


BANK = "Date,Class,Account,Amount\n{day},,Wages,-{amount}\n"


def ledger(program: Path) -> list[str]:
    found, _ = read_folder(program)
    assert found is not None
    return sorted(f"{line.date} {line.amount:.0f}" for line in found.records.money if line.date >= "2031")


def test_two_accounts_exported_alike_stand_side_by_side_and_a_named_book_is_renewed(longview, program: Path) -> None:
    def bring(name: str, amount: str, *more: str) -> None:
        Path(name).write_text(BANK.format(day="2031-01-05", amount=amount))
        assert longview("import", name, "--into", program, "--to", "money", "--yes", *more).code == 0

    bring("checking.csv", "10")
    bring("card.csv", "20")
    assert ledger(program) == ["2031-01-05 10", "2031-01-05 20"]
    bring("savings.csv", "30", "--book", "savings")
    bring("savings again.csv", "33", "--book", "savings")
    assert ledger(program) == ["2031-01-05 10", "2031-01-05 20", "2031-01-05 33"]
