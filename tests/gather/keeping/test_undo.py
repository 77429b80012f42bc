"""What was brought in last can be taken back, further and further, until the records are as they were."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kept_made import a_file, a_program, an_import, counts, every_sheet, files, read

from longview.gather.imported import Import
from longview.gather.keeping.accepting import accept
from longview.gather.keeping.kept import kept_imports
from longview.gather.keeping.mends import Mend, read_mends
from longview.gather.keeping.store import keep
from longview.gather.keeping.undoing import undo


def test_undo_takes_the_newest_import_and_says_what_it_was(tmp_path: Path) -> None:
    program = a_program(tmp_path)
    before = read(program)
    done = keep(program, every_sheet(), [a_file(tmp_path)])
    assert read(program) != before
    back = undo(program)
    assert back is not None
    assert (back.what, back.name, back.words) == ("import", done.name, "Counts of June")
    assert back.rows == {"services": 3, "community": 1, "rates": 1, "workforce": 1, "money": 3}
    assert (program / back.moved_to / "services.csv").is_file()
    assert back.originals == done.originals
    assert read(program) == before


def test_of_no_file_but_those_kept_here_is_it_said_that_it_may_be_deleted(tmp_path: Path) -> None:
    program = a_program(tmp_path)
    done = keep(program, every_sheet(), [a_file(tmp_path)])
    manifest = program / "imports" / done.name / "import.toml"
    other = a_file(tmp_path, "hers.csv")
    for place in ("../hers.csv", "originals/../../hers.csv", str(other)):
        manifest.write_text(manifest.read_text().replace(done.originals[0], place))
        back = undo(program)
        assert back is not None
        assert back.originals == ()
        (program / back.moved_to).rename(manifest.parent)
        manifest.write_text(manifest.read_text().replace(place, done.originals[0]))


def test_undone_again_and_again_it_goes_further_back_until_nothing_is_left(tmp_path: Path) -> None:
    program = a_program(tmp_path)
    states = [read(program)]
    for value in (1, 2, 3):
        keep(program, an_import(services=counts(value)), [a_file(tmp_path, f"{value}.csv", str(value))])
        states.append(read(program))
    for state in reversed(states[:-1]):
        assert undo(program) is not None
        assert read(program) == state
    assert undo(program) is None
    assert read(program) == states[0]


def test_nothing_to_undo_where_nothing_was_ever_kept(tmp_path: Path) -> None:
    assert undo(a_program(tmp_path)) is None
    assert undo(tmp_path / "no-such.xlsx") is None
    assert not (tmp_path / "no-such.longview").exists()


def test_what_was_undone_can_be_imported_again(tmp_path: Path) -> None:
    program, original = a_program(tmp_path), a_file(tmp_path)
    keep(program, every_sheet(), [original])
    there = read(program)
    undo(program)
    done = keep(program, every_sheet(), [original])
    assert done.name.startswith("0002-")
    assert read(program) == there


def test_an_import_that_cannot_be_read_any_more_can_still_be_taken_back(tmp_path: Path) -> None:
    program = a_program(tmp_path)
    before = read(program)
    done = keep(program, every_sheet(), [a_file(tmp_path)])
    (program / "imports" / done.name / "import.toml").write_text("nonsense")
    back = undo(program)
    assert back is not None
    assert back.name == done.name
    assert read(program) == before


A_MEND = Mend("services.csv", 2, "value", "4O1", "401", "2030-07-01")


def test_repairs_and_imports_are_taken_back_in_the_order_in_which_they_came(tmp_path: Path) -> None:
    program = a_program(tmp_path)
    keep(program, an_import(services=counts(1)), [a_file(tmp_path)])
    accept(program, [A_MEND])
    keep(program, an_import(services=counts(2)), [a_file(tmp_path, "b.csv", "b")])
    done = [undo(program) for _ in range(4)]
    assert [None if one is None else (one.what, one.mends) for one in done] == [
        ("import", 0), ("mends", 1), ("import", 0), None,
    ]  # fmt: skip
    assert not read_mends(program)[0].mends
    assert not kept_imports(program)[0]


def test_repairs_taken_back_stay_in_history(tmp_path: Path) -> None:
    program = a_program(tmp_path)
    accept(program, [A_MEND])
    text = (program / "mends.toml").read_bytes()
    back = undo(program)
    assert back is not None
    assert (program / back.moved_to / "after.toml").read_bytes() == text


def test_a_run_killed_between_history_and_repairs_has_nothing_to_take_back(tmp_path: Path) -> None:
    program = a_program(tmp_path)
    accept(program, [A_MEND])
    (program / "history" / "0002-mends").mkdir()
    (program / "history" / "0002-mends" / "before.toml").write_bytes((program / "mends.toml").read_bytes())
    back = undo(program)
    assert back is not None
    assert back.name == "0001-mends"
    assert not read_mends(program)[0].mends


VALUES = st.integers(0, 3)
STEPS = st.lists(
    st.one_of(
        st.builds(lambda v, m: an_import(services=counts(v, months=m)), VALUES, st.integers(1, 3)),
        st.builds(every_sheet, VALUES),
        st.just("undo"),
    ),
    max_size=7,
)


@given(STEPS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=15)
def test_kept_twice_is_kept_once_and_undone_is_as_before(tmp_path_factory, steps: list[Import | str]) -> None:  # type: ignore[no-untyped-def]
    """keep ∘ keep = keep, and undo ∘ keep = nothing, whatever came before."""
    folder = tmp_path_factory.mktemp("steps")
    program = a_program(folder)
    for place, step in enumerate(steps):
        if isinstance(step, str):
            undo(program)
            continue
        original = a_file(folder, f"{place}.csv", repr(step))
        before = read(program)
        done = keep(program, step, [original])
        after = read(program)
        there = files(program)
        assert keep(program, step, [original]).nothing_new
        assert files(program) == there
        if done.nothing_new:
            assert after == before
        else:
            undo(program)
            assert read(program) == before
            keep(program, step, [original])
            assert read(program) == after
