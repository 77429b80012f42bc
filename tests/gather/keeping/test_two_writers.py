"""Two Longviews at once: the second waits and says so; what both import stands."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from kept_made import a_program, read

from longview.gather.keeping.kept import kept_imports
from longview.gather.keeping.lock import BusyError, locked

HERE = Path(__file__).resolve().parent

HOLD = """
import sys, time
from pathlib import Path
from longview.gather.keeping.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""

IMPORT = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from kept_made import an_import, counts
from longview.gather.keeping.store import keep
program, original = Path(sys.argv[2]), Path(sys.argv[3])
for value in range(5):
    original.write_text(f"{original.name} {value}")
    made = an_import(services=counts(value, measure=original.stem))
    keep(program, made, [original], tell=lambda said: print(said, flush=True))
"""


def started(code: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=dict(os.environ),
    )  # fmt: skip


def test_the_second_waits_and_says_for_whom(tmp_path: Path) -> None:
    program, said = a_program(tmp_path), []
    with started(HOLD, program) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(BusyError, match=r"still writing to my-program\. Nothing was changed"):  # noqa: SIM117
            with locked(program, said.append, wait=0.2):
                pass
        assert said == ["Another Longview is writing to my-program; waiting …"]
        other.stdin.write("\n")
        other.stdin.flush()
        with locked(program, wait=5):
            pass
    read(program)


def test_one_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    program = a_program(tmp_path)
    with started(HOLD, program) as other:
        assert other.stdout is not None
        other.stdout.readline()
        other.kill()
        other.wait()
        began = time.monotonic()
        with locked(program, wait=5):
            assert time.monotonic() - began < 2


def test_two_that_import_at_the_same_moment_both_stand(tmp_path: Path) -> None:
    program = a_program(tmp_path)
    runs = [started(IMPORT, HERE, program, tmp_path / f"{name}.csv") for name in ("ours", "theirs")]
    for run in runs:
        run.communicate(timeout=60)
        assert run.returncode == 0
    found, problems = kept_imports(program)
    assert not problems
    assert [one.number for one in found] == list(range(1, 11))
    for name in ("ours", "theirs"):
        assert any(f"'{name}'" in row and "low=4," in row for row in read(program)["services"])
