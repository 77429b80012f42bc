"""What was run already is given back bit for bit, or not at all; the store may be lost, damaged, locked or full at any time."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from longview.model import tree_map
from longview.program import Program
from longview.results import Choice, Portfolio
from longview.verbs.futures import TODAY, Prepared, prepare
from longview.verbs.kept import FILE, Kept, key, pack, unpack

SOME = {"a": np.arange(6.0).reshape(2, 3), "b": np.array([True, False])}
KINDS = st.sampled_from(["<f8", "<f4", "<i8", "|b1"])


@given(KINDS.flatmap(lambda kind: arrays(kind, array_shapes(min_dims=0, min_side=0, max_dims=3))))
def test_arrays_come_back_bit_for_bit(array: np.ndarray) -> None:
    found, told = unpack(pack({"x": array, "y": SOME["a"]}, {"said": ["ö", 0.1]}))
    assert found["x"].dtype == array.dtype
    assert found["x"].shape == array.shape
    assert found["x"].tobytes() == np.ascontiguousarray(array).tobytes()
    assert np.array_equal(found["y"], SOME["a"])
    assert told == {"said": ["ö", 0.1]}


def test_only_numbers_are_kept() -> None:
    with pytest.raises(TypeError, match="only numbers"):
        pack({"x": np.array([{}], dtype=object)})


@given(st.data())
def test_a_damaged_byte_is_noticed(data: st.DataObject) -> None:
    good = bytearray(pack(SOME))
    good[data.draw(st.integers(0, len(good) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(ValueError, match="damaged"):
        unpack(bytes(good))


def test_keys_tell_apart_what_differs() -> None:
    told = [
        key("a", "b"), key("ab"), key("a", ["b"]), key(1), key("1"), key(np.arange(3)), key(np.arange(3.0)), key(np.arange(4)),
        key("a", "c"), key(0.1), key(None),
    ]  # fmt: skip
    assert len(set(told)) == len(told)
    assert key("a", np.arange(3)) == key("a", np.arange(3))


def test_what_is_kept_is_found_and_nothing_else(tmp_path: Path) -> None:
    store = Kept(tmp_path)
    assert store.find(["one"]) == {}
    store.keep({"one": pack(SOME, "x"), "two": pack({})})
    (found, told), _ = Kept(tmp_path).find(["one", "three", "two"]).values()
    assert np.array_equal(found["a"], SOME["a"])
    assert told == "x"


def test_the_store_keeps_its_bound_and_what_was_used_last(tmp_path: Path) -> None:
    store, piece = Kept(tmp_path, most=200_000), pack({"x": np.random.default_rng(1).random(1_000)})
    store.keep({"used": piece})
    for i in range(100):
        store.keep({f"{i}-{j}": piece for j in range(3)})
        assert list(store.find(["used"])) == ["used"]
        assert store.file.stat().st_size < 1.3 * 200_000
    assert store.find(["0-0"]) == {}
    assert list(store.find(["99-2"])) == ["99-2"]


def test_what_would_fill_the_store_is_not_kept(tmp_path: Path) -> None:
    store = Kept(tmp_path, most=20_000)
    store.keep({"small": pack(SOME), "large": pack({"x": np.random.default_rng(1).random(10_000)})})
    assert list(store.find(["small", "large"])) == ["small"]


@pytest.mark.parametrize("harm", ["garbage", "half", "empty", "other tables", "a bad row"])
def test_a_damaged_store_is_not_used_and_begun_anew(harm: str, tmp_path: Path) -> None:
    store = Kept(tmp_path)
    store.keep({"one": pack({"x": np.random.default_rng(1).random(20_000)})})
    if harm == "garbage":
        store.file.write_bytes(b"this is no database " * 1_000)
    elif harm == "half":
        store.file.write_bytes(store.file.read_bytes()[: store.file.stat().st_size // 2])
    elif harm == "empty":
        store.file.write_bytes(b"")
    elif harm == "other tables":
        store.file.unlink()
        with sqlite3.connect(store.file) as other:
            other.execute("CREATE TABLE kept (something TEXT)")
        other.close()
    else:
        with sqlite3.connect(store.file) as other:
            other.execute("UPDATE kept SET data = x'00'")
        other.close()
    assert store.find(["one"]) == {}
    store.keep({"two": pack(SOME)})
    store.keep({"two": pack(SOME)})
    assert list(store.find(["one", "two"])) == ["two"]


def test_a_locked_store_is_not_waited_for_long_and_not_harmed(tmp_path: Path) -> None:
    store = Kept(tmp_path)
    store.keep({"one": pack(SOME)})
    other = sqlite3.connect(store.file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert store.find(["one"]) == {}
    store.keep({"two": pack(SOME)})
    other.execute("COMMIT")
    other.close()
    assert list(store.find(["one", "two"])) == ["one"]


def test_where_no_folder_can_be_made_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    store = Kept(tmp_path / "file" / "kept")
    store.keep({"one": pack(SOME)})
    assert store.find(["one"]) == {}


WRITER = """
import sys, numpy as np
from pathlib import Path
from longview.verbs.kept import Kept, pack
store = Kept(Path(sys.argv[1]), most=400_000)
for i in range(60):
    store.keep({f"{sys.argv[2]}-{i}": pack({"x": np.full(1000, i + 0.1)})})
    for name, (found, _) in store.find([f"{who}-{i}" for who in "ab"]).items():
        assert (found["x"] == i + 0.1).all()
"""


def test_two_processes_use_it_at_once(tmp_path: Path) -> None:
    both = [subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), who]) for who in "ab"]
    assert [p.wait(60) for p in both] == [0, 0]
    with sqlite3.connect(tmp_path / FILE) as store:
        assert store.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    store.close()


# ------------------------------------------------------------------ with the model


@pytest.fixture(scope="module")
def prepared(program: Program) -> Prepared:
    return prepare(program, futures=40, years=1)


@pytest.fixture(scope="module")
def options(program: Program) -> list[Portfolio]:
    some = [o for o in program.options if o.kind in ("once", "yes-no")][:3]
    return [Portfolio(o.id, (Choice(o.id, 1.0, program.starts.plus(2)),)) for o in some]


def alone(prepared: Prepared, folder: Path) -> Prepared:
    return replace(prepared, kept=Kept(folder), today={})


def same(one: dict, other: dict) -> bool:
    alike: list[bool] = []
    tree_map(lambda a, b: alike.append(a.tobytes() == b.tobytes()), one, other)
    return bool(alike) and all(alike)


def test_outcomes_are_the_same_with_and_without_bit_for_bit(prepared, options, tmp_path: Path) -> None:
    which = np.arange(5, 37)
    (tmp_path / "file").write_text("no folder can be made here")
    without = alone(prepared, tmp_path / "file").evaluate(options, which)
    first = alone(prepared, tmp_path).evaluate(options, which)
    again = alone(prepared, tmp_path).evaluate(options, which)
    assert same(without, first)
    assert same(without, again)
    assert len(Kept(tmp_path).find([])) == 0


def test_some_kept_and_some_run_are_as_all_run(prepared, options, tmp_path: Path) -> None:
    """A run's numbers don't depend on what else was run beside it, whatever their order."""
    which = np.arange(40)
    alone(prepared, tmp_path / "a").evaluate(options[1:2], which)
    mixed = alone(prepared, tmp_path / "a").evaluate(options[::-1], which)
    whole = alone(prepared, tmp_path / "b").evaluate(options, which)
    flipped = {telling: {name: x[::-1] for name, x in values.items()} for telling, values in mixed.items()}
    assert same(whole, flipped)


def test_paths_are_the_same_bit_for_bit(prepared, options, tmp_path: Path) -> None:
    first = alone(prepared, tmp_path).outlook(options[0])
    again = alone(prepared, tmp_path).outlook(options[0])
    for name in first.__dataclass_fields__:
        one, other = getattr(first, name), getattr(again, name)
        assert one.tobytes() == other.tobytes() if isinstance(one, np.ndarray) else one == other


def test_an_anchored_start_is_kept_bit_for_bit(program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LONGVIEW_CACHE", str(tmp_path))
    first, again = (prepare(program, futures=30, years=2, seed=9).anchor for _ in range(2))
    assert (tmp_path / "kept" / FILE).is_file()
    assert first.digest == again.digest
    assert (first.flags, first.used, first.anchored) == (again.flags, again.used, again.anchored)
    assert same(first.targets._asdict(), again.targets._asdict())
    assert same(first.start._asdict(), again.start._asdict())
    assert same(first.futures.p, again.futures.p)


def test_nothing_is_found_for_what_differs(prepared, options, program, tmp_path: Path) -> None:
    """A record, a fund, an option's level or month, the futures, the telling, the horizon: each has its own key."""

    def rows() -> int:
        with sqlite3.connect(tmp_path / FILE) as store:
            (count,) = store.execute("SELECT COUNT(*) FROM kept").fetchone()
        store.close()
        return int(count)

    which = np.arange(20)
    here = alone(prepared, tmp_path)
    here.run([TODAY], "open", paths=False, which=which)
    assert rows() == 1
    here.run([TODAY], "open", paths=False, which=which)
    assert rows() == 1
    richer = replace(program, funds=tuple(replace(f, amount=f.amount + Decimal(1)) for f in program.funds))
    other = replace(
        prepared.anchor, futures=replace(prepared.anchor.futures, quit=prepared.anchor.futures.quit[..., ::-1])
    )
    runs = [
        lambda: here.run([TODAY], "closing", paths=False, which=which),
        lambda: here.run([TODAY], "open", paths=False, which=which[1:]),
        lambda: here.run([TODAY], "open", paths=False, which=which, discount=0.0),
        lambda: here.run(options[:1], "open", paths=False, which=which),
        lambda: alone(prepared.with_program(richer), tmp_path).run([TODAY], "open", paths=False, which=which),
        lambda: alone(replace(prepared, anchor=other), tmp_path).run([TODAY], "open", paths=False, which=which),
        lambda: alone(replace(prepared, model=prepared.model.until(6)), tmp_path).run(
            [TODAY], "open", paths=False, which=which
        ),
    ]
    for n, run in enumerate(runs):
        run()
        assert rows() == 2 + n
