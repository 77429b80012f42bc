"""An import is kept whole, once, beside the program's own files; what must not be kept leaves counts and a keyed hash."""

from __future__ import annotations

import stat
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kept_made import JUNE, a_file, a_program, an_import, counts, deaths, every_sheet, files, line, read

from longview.gather.folder import read_all
from longview.gather.imported import Import
from longview.gather.keeping.kept import kept_imports, next_number
from longview.gather.keeping.manifest import Manifest, Original, manifest_text, read_manifest
from longview.gather.keeping.store import Kept, foreseen, keep
from longview.gather.keeping.weighing import Tally
from longview.gather.keeping.words import kept_words
from longview.program import Count, ServiceCount

DAY = date(2030, 7, 1)


def kept(program: Path, made: Import, *originals: Path, **more: Any) -> Kept:
    return keep(program, made, originals, today=DAY, **more)


def services(program: Path) -> dict[tuple[str, str], str]:
    found = read_all(program).program
    assert found is not None
    return {(str(row.month), row.measure): str(row.value) for row in found.records.services}


def test_every_sheet_is_read_as_it_was_imported(tmp_path: Path) -> None:
    program, made = a_program(tmp_path), every_sheet()
    before = read_all(program).program
    assert before is not None
    done = kept(program, made, a_file(tmp_path))
    assert done.name == "0001-sheet-of-june"
    after = read_all(program).program
    assert after is not None
    for sheet in ("services", "community", "rates", "workforce", "money"):
        was, now = getattr(before.records, sheet), getattr(after.records, sheet)
        assert sorted(map(repr, now)) == sorted(map(repr, (*was, *made.rows(sheet))))
        assert done.files[sheet] == f"imports/0001-sheet-of-june/{sheet}.csv"


def test_the_programs_own_files_are_left_as_they_are(tmp_path: Path) -> None:
    program = a_program(tmp_path)
    before = files(program)
    kept(program, every_sheet(), a_file(tmp_path))
    after = files(program)
    assert {name: after[name] for name in before} == before


def test_the_original_is_kept_byte_for_byte(tmp_path: Path) -> None:
    program, original = a_program(tmp_path), a_file(tmp_path, text="ÿ\r\n\0")
    done = kept(program, every_sheet(), original)
    assert len(done.originals) == 1
    assert (program / done.originals[0]).read_bytes() == original.read_bytes()
    assert done.originals[0].endswith("-sheet-of-june.csv")


@pytest.mark.parametrize("why", [{"events": True}, {"personal": ("Phone",)}])
def test_a_file_with_persons_leaves_its_rows_and_a_keyed_hash_and_nothing_else(
    tmp_path: Path, own_key: Path, why: dict[str, Any]
) -> None:
    program = a_program(tmp_path)
    original = a_file(tmp_path, "Ana Belen 1990.csv", "Ana,555-0100\n")
    made = an_import(
        kind="events", services=counts(), files=(original.name,), words=f"Calls in {original.name}",
        told=(f"{original.stem} has one row.",), **why,
    )  # fmt: skip
    before = files(program)
    done = kept(program, made, original)
    new = {name: data for name, data in files(program).items() if name not in before}
    assert set(new) == {f"imports/{done.name}/import.toml", f"imports/{done.name}/services.csv"}
    assert done.name == "0001-events"
    said = b"\n".join([*new.values(), *(name.encode() for name in new)])
    for word in (b"Ana", b"Belen", b"1990", b"0100"):
        assert word not in said
    (one,), problems = kept_imports(program)
    assert not problems
    assert one.manifest.originals[0].keyed
    assert one.manifest.originals[0].name == "a file.csv"
    if sys.platform != "win32":
        assert stat.S_IMODE((own_key / "key").stat().st_mode) == 0o600


def test_the_keyed_hash_is_no_hash_of_the_file_that_another_could_try_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original, seen = a_file(tmp_path), set()
    for computer in ("one", "two"):
        monkeypatch.setenv("LONGVIEW_DATA", str(tmp_path / computer))
        (tmp_path / computer / "x").mkdir(parents=True)
        program = a_program(tmp_path / computer / "x")
        kept(program, an_import(services=counts(), events=True), original)
        seen.add(kept_imports(program)[0][0].manifest.originals[0].hash)
    assert len(seen) == 2


def test_an_import_with_events_is_kept_where_no_key_can_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LONGVIEW_DATA", str(a_file(tmp_path, "a-file-and-no-folder")))
    program, made = a_program(tmp_path), an_import(services=counts(), events=True)
    assert not kept(program, made, a_file(tmp_path)).nothing_new
    assert kept(program, made, a_file(tmp_path)).nothing_new


def test_the_same_file_again_writes_nothing_and_says_which_import_it_was(tmp_path: Path) -> None:
    program, made, original = a_program(tmp_path), every_sheet(), a_file(tmp_path)
    first = kept(program, made, original)
    before = files(program)
    again = kept(program, made, original)
    assert again.nothing_new
    assert again.same_as == first.name
    assert files(program) == before


def test_other_bytes_with_the_same_rows_write_nothing(tmp_path: Path) -> None:
    program, made = a_program(tmp_path), every_sheet()
    kept(program, made, a_file(tmp_path))
    before = files(program)
    again = kept(program, made, a_file(tmp_path, "other.csv", "saved again\n"))
    assert again.nothing_new
    assert not again.same_as
    assert files(program) == before


def test_the_same_file_after_a_later_one_does_not_bring_the_older_figures_back(tmp_path: Path) -> None:
    program, original = a_program(tmp_path), a_file(tmp_path)
    kept(program, an_import(services=counts(1)), original)
    kept(program, an_import(services=counts(5)), a_file(tmp_path, "later.csv", "later\n"))
    assert kept(program, an_import(services=counts(1)), original).nothing_new
    assert services(program)[str(JUNE), "calls"] == "5"


def test_the_same_file_read_as_something_else_is_imported(tmp_path: Path) -> None:
    program, original = a_program(tmp_path), a_file(tmp_path)
    kept(program, an_import(services=counts(measure="calls")), original)
    done = kept(program, an_import(services=counts(measure="walk_ins")), original)
    assert done.tallies["services"] == Tally(added=3)


def test_the_same_file_is_imported_again_where_its_rows_were_taken_away_by_hand(tmp_path: Path) -> None:
    program, original = a_program(tmp_path), a_file(tmp_path)
    first = kept(program, an_import(services=counts()), original)
    (program / first.files["services"]).unlink()
    assert kept(program, an_import(services=counts()), original).tallies["services"] == Tally(added=3)


def test_what_a_program_told_itself_then_and_no_longer_tells_comes_in_with_the_same_file(tmp_path: Path) -> None:
    program, original, made = a_program(tmp_path), a_file(tmp_path), an_import(services=counts())
    done = kept(program, made, original, own={"services": made.services[:1]})
    assert done.tallies["services"] == Tally(added=2, standing=1)
    assert str(JUNE) not in {month for month, measure in services(program) if measure == "calls"}
    again = kept(program, made, original)  # the row of its own is gone by now
    assert again.tallies["services"] == Tally(added=1, standing=2)
    assert services(program)[str(JUNE), "calls"] == "7"
    assert kept(program, made, original).nothing_new


def test_only_what_is_new_is_written_and_what_differs_takes_the_earlier_ones_place(tmp_path: Path) -> None:
    program = a_program(tmp_path)
    kept(program, an_import(services=counts(7, months=3)), a_file(tmp_path))
    last = ServiceCount(JUNE.plus(2), None, "calls", Count.of(99))
    changed = (*counts(7, months=2), last, *counts(10, months=1, start=JUNE.plus(3)))
    done = kept(program, an_import(services=changed), a_file(tmp_path, "later.csv", "x"))
    assert done.tallies["services"] == Tally(added=1, changed=1, standing=2)
    text = (program / done.files["services"]).read_text()
    assert text == "month,site,measure,value\n2030-08,,calls,99\n2030-09,,calls,10\n"
    assert services(program)["2030-08", "calls"] == "99"


def test_the_programs_own_row_wins_and_is_counted(tmp_path: Path) -> None:
    program = a_program(tmp_path)
    own = read_all(program).rows("services")
    first = own[0].value
    other = ServiceCount(first.month, first.site, first.measure, Count.of(12345))
    rows = {"services": [row.value for row in own]}
    done = kept(program, an_import(services=(other, own[1].value)), a_file(tmp_path), own=rows)
    assert done.tallies["services"] == Tally(own_wins=1, standing=1)
    found = read_all(program)
    assert first in [row.value for row in found.rows("services")]
    assert other not in [row.value for row in found.rows("services")]
    assert [p.code for p in found.problems].count("own-over-import") == 1
    again = kept(program, an_import(services=(other, own[1].value)), a_file(tmp_path, "x.csv", "y"), own=rows)
    assert again.nothing_new


def test_the_same_figures_read_on_a_later_day_are_kept_and_an_older_reading_is_counted(tmp_path: Path) -> None:
    program = a_program(tmp_path)
    kept(program, an_import(community=deaths(20, "2030-09-01")), a_file(tmp_path))
    later = kept(program, an_import(community=deaths(20, "2031-01-01")), a_file(tmp_path, "b.txt", "b"))
    assert later.tallies["community"] == Tally(read_again=1)
    older = kept(program, an_import(community=deaths(18, "2029-01-01")), a_file(tmp_path, "c.txt", "c"))
    assert older.tallies["community"] == Tally(changed=1, older=1)


def test_a_row_told_twice_in_a_file_is_kept_once_and_counted(tmp_path: Path) -> None:
    program = a_program(tmp_path)
    done = kept(program, an_import(services=counts(1, months=1) + counts(2, months=1)), a_file(tmp_path))
    assert done.tallies["services"] == Tally(added=1, doubled=1)
    assert services(program)[str(JUNE), "calls"] == "2"


def a_ledger(*lines: Any, book: str = "books", last: str = "2030-06-30") -> Import:
    return an_import(kind="quickbooks-detail", money=lines, book=book, first_day="2030-06-01", last_day=last)


def money(program: Path, year: str = "2030") -> list[str]:
    found = read_all(program).program
    assert found is not None
    return sorted(f"{row.date} {row.amount}" for row in found.records.money if row.date.startswith(year))


def test_a_later_export_of_a_book_takes_the_place_of_the_earlier_within_its_days(tmp_path: Path) -> None:
    program = a_program(tmp_path)
    june, again = line("2030-06-03", "10"), line("2030-06-09", "4")
    kept(program, a_ledger(june, june, again), a_file(tmp_path))
    assert money(program) == ["2030-06-03 10", "2030-06-03 10", "2030-06-09 4"]
    july = line("2030-07-02", "8")
    done = kept(program, a_ledger(june, again, july, last="2030-07-31"), a_file(tmp_path, "b.csv", "b"))
    assert done.tallies["money"] == Tally(added=1, standing=2, gone=1)
    assert money(program) == ["2030-06-03 10", "2030-06-09 4", "2030-07-02 8"]
    before = files(program)
    assert kept(program, a_ledger(june, again, july, last="2030-07-31"), a_file(tmp_path, "c.csv", "c")).nothing_new
    assert files(program) == before


def test_a_part_of_what_stands_as_one_sum_is_not_kept_beside_it(tmp_path: Path) -> None:
    program = a_program(tmp_path)
    quarter = an_import(
        kind="quickbooks-classes", money=(line("2030-06-30", "90"),), book="books", first_day="2030-04-01",
        last_day="2030-06-30", lumped=True,
    )  # fmt: skip
    kept(program, quarter, a_file(tmp_path))
    before = files(program)
    done = kept(program, a_ledger(line("2030-06-30", "30")), a_file(tmp_path, "b.csv", "b"))
    assert done == Kept(cut=("0001-sheet-of-june",))
    assert foreseen(program, a_ledger(line("2030-06-30", "30")), []).cut == done.cut
    assert files(program) == before
    kept(program, a_ledger(line("2030-07-30", "30"), book="other"), a_file(tmp_path, "c.csv", "c"))
    year = replace(quarter, first_day="2030-01-01", last_day="2030-12-31", money=(line("2030-12-31", "200"),))
    kept(program, year, a_file(tmp_path, "d.csv", "d"))
    assert money(program) == ["2030-07-30 30", "2030-12-31 200"]


def test_where_nothing_of_the_earlier_export_is_in_the_later_it_is_asked_whether_it_is_of_another_account() -> None:
    said = kept_words(Kept("0002-card", tallies={"money": Tally(added=2, gone=3)}))
    assert said[1].startswith("None of the 3 lines of the earlier export is in this one.")
    assert len(kept_words(Kept("0002-later", tallies={"money": Tally(added=2, gone=3, standing=1)}))) == 1


def test_lines_of_another_book_stand_beside(tmp_path: Path) -> None:
    program = a_program(tmp_path)
    kept(program, a_ledger(line("2030-06-03", "10")), a_file(tmp_path))
    kept(program, a_ledger(line("2030-06-03", "10"), book="petty cash"), a_file(tmp_path, "b.csv", "b"))
    assert money(program) == ["2030-06-03 10", "2030-06-03 10"]


def test_lines_of_no_book_are_not_written_twice(tmp_path: Path) -> None:
    program = a_program(tmp_path)
    one, two = line("2030-06-03", "10"), line("2030-06-09", "4")
    kept(program, an_import(money=(one, one)), a_file(tmp_path))
    done = kept(program, an_import(money=(one, one, one, two)), a_file(tmp_path, "b.csv", "b"))
    assert done.tallies["money"] == Tally(added=2, standing=2)
    assert money(program) == ["2030-06-03 10"] * 3 + ["2030-06-09 4"]
    assert kept(program, an_import(money=(one, two)), a_file(tmp_path, "c.csv", "c")).nothing_new


def test_numbers_rise_over_imports_and_history_together(tmp_path: Path) -> None:
    program = a_program(tmp_path)
    (program / "history" / "0041-what-was-undone").mkdir(parents=True)
    assert kept(program, every_sheet(), a_file(tmp_path)).name.startswith("0042-")
    assert next_number(program) == 43


def test_leftovers_of_a_killed_run_are_swept_and_nobody_elses(tmp_path: Path) -> None:
    program = a_program(tmp_path)
    ours = program / "imports" / ".partial-0123456789abcdef"
    hers = [program / "imports" / ".partial-mine", program / ".hidden"]
    for folder in (ours, *hers):
        folder.mkdir(parents=True)
        (folder / "services.csv").write_text("month,measure,value\n2031-01,visits,3\n")
    before = read(program)
    kept(program, every_sheet(), a_file(tmp_path))
    assert not ours.exists()
    assert all(folder.exists() for folder in hers)
    assert before["services"] == [row for row in read(program)["services"] if "'calls'" not in row]


def test_what_is_foreseen_is_what_is_done_and_nothing_is_touched(tmp_path: Path) -> None:
    program, made, original = a_program(tmp_path), every_sheet(), a_file(tmp_path)
    for _ in range(2):
        before = {path: path.stat().st_mtime_ns for path in program.rglob("*")}
        said = foreseen(program, made, [original])
        assert {path: path.stat().st_mtime_ns for path in program.rglob("*")} == before
        done = kept(program, made, original)
        assert (said.tallies, said.nothing_new, said.same_as) == (done.tallies, done.nothing_new, done.same_as)


def test_beside_a_workbook_imports_stand_in_its_own_folder(tmp_path: Path) -> None:
    book = a_file(tmp_path, "my-program.xlsx", "not read here")
    kept(book, every_sheet(), a_file(tmp_path))
    assert (tmp_path / "my-program.longview" / "imports" / "0001-sheet-of-june" / "import.toml").is_file()


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from longview.gather.keeping import disk

    program = a_program(tmp_path)
    before = read(program)

    def full(handle: int, data: Any) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(disk.os, "write", full)
    with pytest.raises(OSError, match="No space") as told:
        kept(program, every_sheet(), a_file(tmp_path))
    assert told.value.filename
    monkeypatch.undo()
    assert read(program) == before
    assert not list(program.rglob(".partial-*"))


TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)


@given(
    st.builds(
        Manifest,
        kind=TEXTS, words=TEXTS, files=st.tuples(TEXTS, TEXTS), told=st.lists(TEXTS).map(tuple), personal=st.just(()),
        events=st.booleans(), lumped=st.booleans(), book=TEXTS, first_day=TEXTS, last_day=TEXTS, when=TEXTS,
        rows=st.dictionaries(st.sampled_from(["services", "money"]), st.integers(0, 10**6)), rows_hash=TEXTS,
        originals=st.lists(
            st.builds(Original, TEXTS, st.integers(0, 2**40), st.text("abc", min_size=1), st.booleans(), TEXTS)
        ).map(tuple),
    )
)  # fmt: skip
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_manifest_reads_as_it_was_written(tmp_path: Path, manifest: Manifest) -> None:
    (tmp_path / "import.toml").write_bytes(manifest_text(manifest).encode())
    assert read_manifest(tmp_path, "imports/x") == (manifest, [])


BROKEN = {
    "missing": None,
    "empty": b"",
    "no toml": b"kind = ",
    "binary": bytes(range(256)),
    "numbers for texts": b"format = 1\nkind = 3\nwords = []\n",
    "a later format": b'format = 2\nkind = "table"\nwords = "x"\n',
    "no format": b'kind = "table"\nwords = "x"\n',
    "rows of nothing": b'format = 1\nkind = "table"\nwords = "x"\nrows = { horses = 3, services = -1 }\n',
    "originals": b'format = 1\nkind = "table"\nwords = "x"\noriginals = [3]\n',
    "a list where a flag": b'format = 1\nkind = "table"\nwords = "x"\nevents = ["yes"]\n',
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_manifest_is_told_and_the_others_are_read(tmp_path: Path, how: str) -> None:
    program = a_program(tmp_path)
    kept(program, an_import(services=counts(1)), a_file(tmp_path))
    second = kept(program, an_import(services=counts(2)), a_file(tmp_path, "b.csv", "b"))
    place = program / "imports" / second.name / "import.toml"
    said = BROKEN[how]
    place.unlink()
    if said is not None:
        place.write_bytes(said)
    found, problems = kept_imports(program)
    assert [one.number for one in found] == [1]
    assert problems
    assert all(p.severity == "problem" and p.file == f"imports/{second.name}/import.toml" for p in problems)
    assert all(p.instead for p in problems)


def test_what_longview_did_not_make_is_told_and_not_read(tmp_path: Path) -> None:
    program = a_program(tmp_path)
    (program / "imports" / "mine").mkdir(parents=True)
    (program / "imports" / "0007-a-file").write_text("x")
    (program / "imports" / ".DS_Store").write_text("x")
    found, problems = kept_imports(program)
    assert not found
    assert [(p.file, p.code) for p in problems] == [
        ("imports/0007-a-file", "import-not-ours"),
        ("imports/mine", "import-not-ours"),
    ]
