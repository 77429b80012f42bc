"""What a run found, kept whole: the same to the last bit, once for a question, and never for another one."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace

import numpy as np
import pytest

from longview.verbs.kept import Kept
from longview.verbs.plan import found
from longview.verbs.shelf import read_back, remembered, written_down

QUICK = {"years": 1, "futures": 20, "seed": 5, "tries": 20}


@pytest.fixture(scope="module")
def first(folder):
    return found(folder, **QUICK)


def alike(a, b):
    """Equal to the last bit, arrays in their order in memory too: sums over them must round alike."""
    if isinstance(a, np.ndarray):
        same = a.dtype == b.dtype and np.array_equal(a, b, equal_nan=a.dtype.kind == "f")
        return same and a.flags.c_contiguous == b.flags.c_contiguous
    if is_dataclass(a):
        return type(a) is type(b) and all(alike(getattr(a, f.name), getattr(b, f.name)) for f in fields(a))
    if isinstance(a, dict):
        return list(a) == list(b) and all(alike(a[k], b[k]) for k in a)
    if isinstance(a, tuple):
        return len(a) == len(b) and all(map(alike, a, b))
    return type(a) is type(b) and a == b


def test_the_same_question_is_answered_alike_and_without_a_run(folder, first, monkeypatch):
    monkeypatch.setattr("longview.verbs.plan.prepare", None)  # a run would call it
    again = found(folder, **QUICK)
    assert alike(again, first)
    with pytest.raises(TypeError):
        found(folder, **QUICK | {"seed": 6})


def test_findings_are_written_down_whole(first):
    assert alike(read_back(written_down(first.findings)), first.findings)
    assert not alike(replace(first.findings, doubt={"x": 1.0}), first.findings)


def test_another_question_is_answered_anew_and_a_damaged_answer_is_too(tmp_path, first):
    store, asked = Kept(tmp_path), []

    def answer():
        asked.append(1)
        return first.findings

    for what in ("a", "a", "b"):
        assert alike(remembered(store, (what,), answer), first.findings)
    assert len(asked) == 2
    store.file.write_bytes(b"no store at all" * 99)
    assert alike(remembered(store, ("a",), answer), first.findings)
    assert len(asked) == 3
