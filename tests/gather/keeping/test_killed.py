"""Killed at any moment, the records read as before or after: at each call of the system, and at random moments."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from kept_made import a_file, a_program, an_import, counts, every_sheet, read

from longview.gather.folder import read_all
from longview.gather.keeping.accepting import accept
from longview.gather.keeping.mends import Mend, read_mends
from longview.gather.keeping.store import keep
from longview.gather.keeping.undoing import undo

HERE = Path(__file__).resolve().parent
CALLS = ("open", "write", "fsync", "mkdir", "rename", "replace", "unlink", "rmdir", "link")


class Killed(BaseException):
    """What stands for the end of the process: nothing that was written for errors catches it."""


def kill_at(monkeypatch: pytest.MonkeyPatch, call: int) -> list[int]:
    """Let the system die at that call of it, counted from 0, and stay dead; a write dies half-way. Returns the count."""
    made = [0]

    def dying(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def instead(*args: Any, **more: Any) -> Any:
            made[0] += 1
            if made[0] <= call:
                return real(*args, **more)
            if name == "write" and made[0] == call + 1:
                real(args[0], bytes(args[1])[: len(args[1]) // 2])
            raise Killed

        return instead

    for name in CALLS:
        monkeypatch.setattr(os, name, dying(name, getattr(os, name)))
    return made


def first_import(program: Path, beside: Path) -> None:
    keep(program, every_sheet(1), [beside / "one.csv"])


def second_import(program: Path, beside: Path) -> None:
    keep(program, every_sheet(2), [beside / "two.csv"])


def events(program: Path, beside: Path) -> None:
    keep(program, an_import(kind="events", events=True, services=counts(5)), [beside / "one.csv"])


def undone(program: Path, beside: Path) -> None:
    undo(program)


def accepted(program: Path, beside: Path) -> None:
    accept(program, [Mend("services.csv", 2, "value", "401", "402")])


Step = Callable[[Path, Path], None]
CASES: dict[str, tuple[list[Step], Step]] = {
    "a first import": ([], first_import),
    "a second import": ([first_import], second_import),
    "an import whose file is there": ([first_import, undone], first_import),
    "events": ([], events),
    "undo": ([first_import, second_import], undone),
    "undo of repairs": ([first_import, accepted], undone),
    "repairs": ([first_import], accepted),
    "an import over leftovers": ([], first_import),
}


def shown(program: Path) -> tuple[Any, ...]:
    return read(program), [mend.place for mend in read_mends(program)[0].mends]


@pytest.mark.parametrize("case", CASES)
def test_killed_at_any_call_of_the_system_it_reads_as_before_or_after(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, step = CASES[case]
    for name in ("one", "two"):
        a_file(tmp_path, f"{name}.csv", f"{name}\n" * 10)
    start = a_program(tmp_path)
    for earlier in before:
        earlier(start, tmp_path)
    if "leftovers" in case:
        left = start / "imports" / ".partial-0123456789abcdef"
        left.mkdir(parents=True)
        (left / "services.csv").write_text("month,measure")
    was, is_after = shown(start), None
    seen = {"before": 0, "after": 0}
    for call in range(1000):
        program = tmp_path / "run" / "my-program"
        shutil.copytree(start, program)
        monkeypatch.setenv("LONGVIEW_DATA", str(tmp_path / "run" / "data"))
        with monkeypatch.context() as dying:
            made = kill_at(dying, call)
            try:
                step(program, tmp_path)
                through = True
            except Killed:
                through = False
        now = shown(program)
        if through:
            is_after = now
            assert made[0] > 3
            shutil.rmtree(tmp_path / "run")
            break
        seen["before" if now == was else "after"] += 1
        if step is not undone or now == was:  # undone again it would go further back
            step(program, tmp_path)
            assert not list(program.rglob(".partial-*"))
        finished = shown(program)
        is_after = is_after or finished
        assert now in (was, is_after), f"killed at call {call}"
        assert finished == is_after, f"not finished by doing it again, after being killed at call {call}"
        shutil.rmtree(tmp_path / "run")
    assert is_after is not None
    assert is_after != was
    assert seen["before"] > 3
    assert seen["after"] > 0


ENDLESS = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from kept_made import every_sheet
from longview.gather.keeping.store import keep
from longview.gather.keeping.undoing import undo
program, original = Path(sys.argv[2]), Path(sys.argv[3])
print("0", flush=True)
for step in range(1, 10**6):
    if step % 4 == 3:
        undo(program)
    else:
        original.write_text(f"step {step}")
        keep(program, every_sheet(1000 + 10 * step), [original])
    print(step, flush=True)
"""


def stands_after(step: int) -> int:
    """The newest value that stands after that many steps of `ENDLESS`: each third of four takes one back."""
    stack: list[int] = []
    for one in range(1, step + 1):
        if one % 4 == 3:
            stack.pop()
        else:
            stack.append(1000 + 10 * one)
    return stack[-1] if stack else 0


def killed_once(folder: Path, after: int, moment: float) -> int:
    """Kill a run a moment after so many steps, hold what is read to what it said last; how many steps it had done."""
    program = a_program(folder)
    with subprocess.Popen(
        [sys.executable, "-c", ENDLESS, str(HERE), str(program), str(folder / "calls.csv")], stdout=subprocess.PIPE, text=True
    ) as run:  # fmt: skip
        assert run.stdout is not None
        assert run.stdout.readline() == "0\n"
        for step in range(after):  # counted, not timed: a busy machine takes longer over a step
            assert run.stdout.readline() == f"{step + 1}\n"
        time.sleep(moment)
        os.kill(run.pid, signal.SIGKILL) if hasattr(signal, "SIGKILL") else run.kill()
        said = run.stdout.read().split("\n")
    whole = [int(line) for line in said[:-1]]  # the last line may be half written
    last = whole[-1] if whole else after
    found = read_all(program)
    assert found.program is not None, found.problems
    records = found.program.records
    values = {
        int(row.value.low) - place for place, row in enumerate(r for r in records.services if r.measure == "calls")
    }
    values |= {int(row.value.low) for row in records.community if row.area == "Elsewhere"}
    values |= {int(row.amount) for row in records.money if row.date == "2030-06-02"}
    values |= {int(row.hires.low) for row in records.workforce if row.hires and row.role.startswith("=")}
    assert len(values) <= 1, f"in parts after step {last}"
    assert (values or {0}) <= {stands_after(last), stands_after(last + 1)}, f"after step {last}"
    keep(program, an_import(services=counts(5)), [a_file(folder, "then.csv")])
    assert not list(program.rglob(".partial-*"))
    return last


def killed_often(folder: Path, times: int, seed: int) -> None:
    moments = random.Random(seed)
    steps = []
    for place in range(times):
        (folder / str(place)).mkdir()
        steps.append(killed_once(folder / str(place), moments.randrange(6), moments.uniform(0, 0.05)))
        shutil.rmtree(folder / str(place))
    assert max(steps) > 3  # some were killed in the midst of work


def test_killed_at_20_random_moments(tmp_path: Path) -> None:
    killed_often(tmp_path, 20, seed=1)


@pytest.mark.slow
def test_killed_at_200_random_moments(tmp_path: Path) -> None:
    killed_often(tmp_path, 200, seed=2)
