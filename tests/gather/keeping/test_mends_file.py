"""Accepted repairs: written with the version before kept, made while the cell says what it said, told when it does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kept_made import a_program, files

from longview.gather.folder import read_all
from longview.gather.keeping.accepting import accept
from longview.gather.keeping.mends import Mend, Mends, mends_text, read_mends

MEND = Mend("services.csv", 2, "value", "4O1", "401", "2030-07-01")
OTHER = Mend("program.toml", None, "price_year", "2O22", "2022")


def broken(folder: Path) -> Path:
    program = a_program(folder)
    sheet = program / "services.csv"
    sheet.write_text(sheet.read_text().replace("2022-01,,visits,401", "2022-01,,visits,4O1"))
    return program


def test_a_repair_is_made_on_reading_and_the_file_stays_as_it_was(tmp_path: Path) -> None:
    program = broken(tmp_path)
    assert read_all(program).program is None
    before = files(program)
    assert accept(program, [MEND]) == []
    found = read_all(program)
    assert found.program is not None
    assert str(next(row.value.value for row in found.rows("services") if row.number == 2)) == "401"
    after = files(program)
    assert {name: after[name] for name in before} == before


def test_a_repair_whose_cell_has_changed_since_is_told_and_not_made(tmp_path: Path) -> None:
    program = broken(tmp_path)
    accept(program, [MEND])
    sheet = program / "services.csv"
    sheet.write_text(sheet.read_text().replace("4O1", "555"))
    found = read_all(program)
    assert str(next(row.value.value for row in found.rows("services") if row.number == 2)) == "555"
    (told,) = [p for p in found.problems if p.code == "mend-stale"]
    assert (told.file, told.row, told.column, told.found, told.severity) == ("services.csv", 2, "value", "555", "doubt")
    assert "4O1" in told.expected
    assert "401" in told.instead


def test_a_cell_that_a_person_mended_herself_is_not_doubtful(tmp_path: Path) -> None:
    program = broken(tmp_path)
    accept(program, [MEND])
    sheet = program / "services.csv"
    sheet.write_text(sheet.read_text().replace("4O1", "401"))
    assert not [p for p in read_all(program).problems if p.code.startswith("mend")]


def test_a_repair_of_a_cell_that_is_gone_is_told(tmp_path: Path) -> None:
    program = a_program(tmp_path)
    accept(program, [Mend("services.csv", 4000, "value", "1O", "10")])
    assert [p.code for p in read_all(program).problems if p.code.startswith("mend")] == ["mend-lost"]


def test_repairs_add_up_and_one_cell_has_one(tmp_path: Path) -> None:
    program = a_program(tmp_path)
    accept(program, [MEND])
    accept(program, [OTHER, Mend("services.csv", 3, "value", "l5", "15")])
    newer = Mend("services.csv", 2, "value", "4o1", "401")
    accept(program, [newer])
    assert [mend for mend in read_mends(program)[0].mends if mend.place == MEND.place] == [newer]
    assert len(read_mends(program)[0]) == 3


def test_the_same_repair_again_changes_nothing(tmp_path: Path) -> None:
    program = a_program(tmp_path)
    accept(program, [MEND])
    before = files(program)
    accept(program, [Mend(*MEND.place, MEND.was, MEND.now, "2031-01-01")])
    assert files(program) == before


def test_what_a_person_wrote_into_the_file_stays(tmp_path: Path) -> None:
    program = a_program(tmp_path)
    (program / "mends.toml").write_text(mends_text([OTHER]) + "# asked the bookkeeper on Tuesday\n")
    accept(program, [MEND])
    assert "asked the bookkeeper" in (program / "mends.toml").read_text()
    assert [mend.place for mend in read_mends(program)[0].mends] == [OTHER.place, MEND.place]


def test_a_file_written_otherwise_is_written_anew_with_all_of_it_and_kept_as_it_was(tmp_path: Path) -> None:
    program = a_program(tmp_path)
    said = 'format = 1\nmends = [{ file = "a.csv", row = 2, column = "x", was = "1O", now = "10" }]\n'
    (program / "mends.toml").write_text(said)
    assert accept(program, [MEND]) == []
    assert len(read_mends(program)[0]) == 2
    assert (program / "history" / "0001-mends" / "before.toml").read_text() == said


NONSENSE = {
    "not toml": b"[[mends",
    "binary": bytes(range(256)) * 4,
    "no format": b"[[mends]]\n",
    "later format": b"format = 9\n",
    "one mend": b'format = 1\nmends = "all of them"\n',
    "a number": b"format = 1\nmends = [3]\n",
    "half a mend": b'format = 1\n[[mends]]\nfile = "services.csv"\nrow = 2\ncolumn = "value"\nnow = "3"\n',
    "a row of no number": b'format = 1\n[[mends]]\nfile = "a"\nrow = "2"\ncolumn = "b"\nwas = "c"\nnow = "d"\n',
    "row nought": b'format = 1\n[[mends]]\nfile = "a"\nrow = 0\ncolumn = "b"\nwas = "c"\nnow = "d"\n',
    "a number for text": b'format = 1\n[[mends]]\nfile = "a"\nrow = 2\ncolumn = "b"\nwas = 3\nnow = "d"\n',
    "two of one cell": mends_text([MEND, MEND]).encode(),
}


@pytest.mark.parametrize("how", NONSENSE)
def test_edited_nonsense_is_told_and_never_made_nor_written_over(tmp_path: Path, how: str) -> None:
    program = a_program(tmp_path)
    (program / "mends.toml").write_bytes(NONSENSE[how])
    mends, problems = read_mends(program)
    assert not mends.mends
    assert problems
    assert all(p.file == "mends.toml" and p.severity == "problem" and p.instead for p in problems)
    assert accept(program, [OTHER]) == problems
    assert (program / "mends.toml").read_bytes() == NONSENSE[how]
    assert read_all(program).program is None


def test_nonsense_is_told_at_its_line(tmp_path: Path) -> None:
    program = a_program(tmp_path)
    (program / "mends.toml").write_text(mends_text([OTHER]) + '\n[[mends]]\nfile = "x.csv"\n')
    _, (told,) = read_mends(program)
    assert told.row == mends_text([OTHER]).count("\n") + 2


def test_only_files_that_were_read_can_have_lost_a_cell() -> None:
    mends = Mends([MEND, OTHER])
    assert [p.file for p in mends.stale(["services.csv"])] == ["services.csv"]
    assert len(mends.stale()) == 2


TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
MENDS = st.lists(
    st.builds(Mend, TEXTS, st.none() | st.integers(1, 10**6), TEXTS, TEXTS, TEXTS, TEXTS),
    unique_by=lambda mend: mend.place,
    max_size=5,
)


@given(MENDS, MENDS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_repairs_read_as_they_were_accepted(tmp_path_factory, first: list[Mend], then: list[Mend]) -> None:  # type: ignore[no-untyped-def]
    program = tmp_path_factory.mktemp("mends")
    accept(program, first)
    accept(program, then)
    mends, problems = read_mends(program)
    assert not problems
    want = {mend.place: (mend.was, mend.now) for mend in (*first, *then)}
    assert {mend.place: (mend.was, mend.now) for mend in mends.mends} == want
    for mend in mends.mends:
        assert mends.now(*mend.place, mend.was) == mend.now
        assert mends.now(*mend.place, mend.was + "!") == mend.was + "!"
