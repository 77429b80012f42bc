"""Breaking the source on purpose: what is broken is code, in a copy, and what catches it is a test that failed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))
import mutants  # noqa: E402
import mutate  # noqa: E402

MADE = '''"""A module of 2 + 2 — with an en dash, so that bytes are not letters."""

from __future__ import annotations

LIMIT: int = 3


def share(x: float, y: int, /, far: bool = False) -> float:
    """Not x - 1."""
    if not far and y < 2:
        raise ValueError(f"naïve: {y - 1}")
    é = max(x, 0.5) * y
    é += 4.0
    return 1.0 - é


def last(rows: list[int]) -> int:
    return rows[0] if rows else -1
'''
FILE = "src/longview/model/made.py"


def told(source):
    return {(m.line, m.kind, m.before, m.after) for m in mutate.mutants_of(FILE, source)}


def test_each_kind_of_slip_is_made():
    found = told(MADE)
    for line, kind, before, after in (
        (5, "constant", "3", "4"),
        (8, "constant", "False", "True"),
        (10, "not removed", "not far", "far"),
        (10, "comparison", "y < 2", "(y <= 2)"),
        (10, "and/or", "not far and y < 2", "(not far or y < 2)"),
        (10, "term dropped", "not far and y < 2", "(y < 2)"),
        (12, "opposite", "max(x, 0.5)", "min(x, 0.5)"),
        (12, "operator", "max(x, 0.5) * y", "(max(x, 0.5) / y)"),
        (12, "term dropped", "max(x, 0.5) * y", "y"),
        (12, "constant", "0.5", "0.55"),
        (13, "operator", "é += 4.0", "é -= 4.0"),
        (14, "complement", "1.0 - é", "é"),
        (14, "operator", "1.0 - é", "(1.0 + é)"),
        (14, "input returned", "1.0 - é", "x"),
        (18, "index", "rows[0]", "rows[1]"),
    ):
        assert (line, kind, before, after) in found


def test_words_types_and_refusals_are_left_alone():
    assert {line for line, *_ in told(MADE)} == {5, 8, 10, 12, 13, 14, 18}
    assert told('"""1 + 1"""\nfrom x import y\n__all__ = ["a" + "b"]\nz: list[1]\n') == set()
    assert told("a.reshape(-1, 2)\n") == set()
    assert told("a = zip(b, c, strict=True)\nd = f'{1 + 1}'\n@cache(1)\ndef e(): pass\n") == set()


def test_a_mutant_changes_one_place_and_stays_python():
    for mutant in mutate.mutants_of(FILE, MADE):
        broken = mutant.applied(MADE)
        assert mutate.is_another_program(MADE, mutant), mutant
        before, after = MADE.splitlines(), broken.splitlines()
        assert [i for i, (a, b) in enumerate(zip(before, after, strict=True), 1) if a != b] == [mutant.line]
        compile(broken, FILE, "exec")


def test_the_chosen_are_spread_over_all_rooms_and_never_two_on_a_line():
    sources = mutants.sources(ROOT)
    found = mutate.chosen(sources, 60, 9)
    assert len(found) == len({(m.file, m.line) for m in found}) == 60
    lines = {file: len({m.line for m in mutate.mutants_of(file, text)}) for file, text in sources.items()}
    for part in (*(f"src/longview/{room}/" for room in mutants.ROOMS), *sources):
        due = 60 * sum(n for file, n in lines.items() if file.startswith(part)) / sum(lines.values())
        assert abs(sum(m.file.startswith(part) for m in found) - due) < 1, part
    assert all(mutate.is_another_program(sources[m.file], m) for m in found)
    assert found == mutate.chosen(sources, 60, 9)
    assert found != mutate.chosen(sources, 60, 10)


def test_a_file_that_changes_moves_no_line_of_another():
    sources = {f"src/longview/model/{name}.py": MADE for name in "abc"}
    before = mutate.chosen(sources, 6, 1)
    a, b, c = sources
    after = mutate.chosen(sources | {a: MADE.replace("4.0", "5.0").replace("0.5", "0.7")}, 6, 1)
    assert [m for m in after if m.file in (b, c)] == [m for m in before if m.file in (b, c)]
    more = mutate.chosen(sources, 9, 1)
    assert set(before) < set(more), "more mutants are the same ones and others"


@pytest.fixture
def checkout(tmp_path):
    """A small checkout: a room with one file, one test that says what it should do."""
    made = tmp_path / "mine"
    for file, text in {
        "src/longview/__init__.py": "",
        "src/longview/model/__init__.py": "",
        FILE: "def twice(x: int) -> int:\n    k = 1\n    while k < 2:\n        k += 1\n    return x * k\n",
        "tests/model/test_it.py": "from longview.model.made import twice\n\ndef test_law():\n    assert twice(2) == 4\n",
        "tests/model/test_digits.py": "def test_never(): raise AssertionError\n",
        "pyproject.toml": "[tool.pytest.ini_options]\nmarkers = ['slow', 'browser']\n",
    }.items():
        (made / file).parent.mkdir(parents=True, exist_ok=True)
        (made / file).write_text(text, encoding="utf-8")
    return made


def test_a_slip_is_caught_by_the_test_that_fails_or_by_the_clock_and_never_in_the_checkout(
    checkout, tmp_path, monkeypatch
):
    before = mutants.fingerprint(checkout)
    source = (checkout / FILE).read_text(encoding="utf-8")
    bench = mutants.Bench(tmp_path / "bench", checkout)
    tests = [mutants.files_of(checkout, ["tests/model"])]
    assert tests == [["tests/model/test_it.py"]]
    unbroken = mutants.Unbroken(bench, mutants.Kept(tmp_path / "mutants.json"), "e")
    monkeypatch.setattr(unbroken, "passes", lambda test: True)
    every = {m.after: m for m in mutate.mutants_of(FILE, source)}
    wrong = bench.try_out(every["(x / k)"], tests, unbroken)
    assert wrong["caught"] == "tests/model/test_it.py::test_law"
    assert wrong["loaded"]
    monkeypatch.setattr(unbroken, "limit", lambda tests: 3.0)
    endless = bench.try_out(every["k -= 1"], tests, unbroken)
    assert endless["caught"] == "no end within 3 s"
    monkeypatch.setattr(unbroken, "limit", lambda tests: 60.0)
    bare = {m.after: m for m in mutate.mutants_of(FILE, source + "\n\ndef unasked():\n    return 5\n")}
    (bench.checkout / FILE).write_text(source + "\n\ndef unasked():\n    return 5\n", encoding="utf-8")
    unseen = bench.try_out(bare["6"], tests, unbroken)
    assert unseen["caught"] == ""
    assert unseen["loaded"]
    assert mutants.fingerprint(checkout) == before


def test_a_module_that_cannot_be_read_in_is_caught_too(checkout, tmp_path):
    bench = mutants.Bench(tmp_path / "bench", checkout)
    (bench.checkout / "tests/model/test_it.py").write_text("import longview.model.made as m\nm.nothing\n")
    caught = bench.pytest(["tests/model/test_it.py"], 60.0).caught
    assert caught == "tests/model/test_it.py"


def test_a_test_that_fails_with_nothing_broken_catches_nothing(checkout, tmp_path, capsys):
    (checkout / "tests/model/test_a_red_one.py").write_text(
        "from longview.model.made import twice\n\ndef test_red(): raise AssertionError\n"
    )
    kept = mutants.Kept(tmp_path / "mutants.json")
    unbroken = mutants.Unbroken(mutants.Bench(tmp_path / "unbroken", checkout), kept, "e")
    bench = mutants.Bench(tmp_path / "bench", checkout)
    (wrong,) = (m for m in mutate.mutants_of(FILE, (checkout / FILE).read_text()) if m.after == "(x / k)")
    found = bench.try_out(wrong, [mutants.files_of(checkout, ["tests/model"])], unbroken)
    assert found["caught"] == "tests/model/test_it.py::test_law"
    assert "fails with nothing broken: tests/model/test_a_red_one.py::test_red" in capsys.readouterr().out
    again = mutants.Unbroken(bench, mutants.Kept(kept.file), "e")
    assert again.in_order(["tests/model/test_it.py", "tests/model/test_a_red_one.py"]) == ["tests/model/test_it.py"]
    assert mutants.Unbroken(bench, mutants.Kept(kept.file), "other").in_order(["tests/model/test_a_red_one.py"])


def test_answers_are_kept_until_they_might_differ(tmp_path):
    kept = mutants.Kept(tmp_path / "out" / "mutants.json")
    one, two = mutate.chosen({FILE: MADE}, 2, 1)
    kept.keep("mutants", one.name, {"caught": "a test", "source": "s", "everything": "e"})
    kept.keep("mutants", two.name, {"caught": "", "source": "s", "everything": "e"})
    again = mutants.Kept(tmp_path / "out" / "mutants.json")
    assert again.answer(one, "s", "e")["caught"] == "a test"
    assert again.answer(one, "s", "other tests")["caught"] == "a test"
    assert again.answer(one, "another source", "e") is None
    assert again.answer(two, "s", "e")["caught"] == ""
    assert again.answer(two, "s", "other tests") is None, "a new test may catch what survived"


def test_the_share_counts_what_was_caught():
    found = mutate.chosen({FILE: MADE}, 4, 1)
    answers = {m.name: {"caught": "tests/x.py::t", "loaded": True, "seconds": 1.0} for m in found}
    answers[found[0].name]["caught"] = ""
    said = mutants.table(found, answers)
    assert said.count("SURVIVED") == 1
    assert said.splitlines()[-1].startswith("all        3 of 4 caught (75%)")
