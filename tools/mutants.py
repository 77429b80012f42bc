"""Break the source on purpose, one line at a time, and see whether the tests notice.

    .venv/bin/python tools/mutants.py [--workers 2] [--count 60] [--room choose] [--list]

Each mutant (`mutate.py`) is made in a copy of the checkout, never in the checkout itself, and the tests run against that
copy: those of its own room first, the quick ones before the slow, to the first that fails. Answers are kept in
`out/mutants.json` as they come, so that a run that was stopped goes on where it was.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mutate import Mutant, chosen

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "out" / "mutants.json"
ROOMS = ("choose", "evidence", "model")
SEED = 9
WANTED = 0.90  # of the mutants should be caught

# Of a room: its own tests, then what is built on it, each line a run of its own.
STAGES: dict[str, tuple[tuple[str, ...], ...]] = {
    "evidence": (("tests/evidence",), ("tests/model", "tests/calibrate"), ("tests/choose", "tests/verbs")),
    "model": (
        ("tests/model",),
        ("tests/calibrate", "tests/choose", "tests/verbs", "tests/examples", "tests/validation"),
    ),
    "choose": (("tests/choose",), ("tests/verbs", "tests/report")),
}
READ_THE_SOURCE = ("test_digits.py",)  # would see any figure changed, whatever the figure does
LEFT_BEHIND = (".*", "__pycache__", "out", "dist", "build", "longview-demo", "benchmarks")
PATIENCE, TIMES = 60.0, 10.0  # a stage may take a minute, and ten times what it usually takes
UNKNOWN = 5.0  # seconds of a test file that was never timed


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of pytest said.

    Attributes:
        caught: by which test, or in what other way; empty where every test passed.
        loaded: the file from which the broken module came; empty where no test asked for it.
        by_file: seconds that each test file took.
    """

    caught: str
    loaded: str
    by_file: dict[str, float]


# --- Inside pytest, which loads this file as its plugin (-p mutants) and leaves word in a file.

_said: dict[str, Any] = {"failed": [], "by_file": {}, "loaded": ""}


def pytest_runtest_logreport(report: Any) -> None:
    """Count the time by file; remember what failed."""
    file = report.nodeid.split("::")[0]
    _said["by_file"][file] = _said["by_file"].get(file, 0.0) + report.duration
    if report.failed:
        _said["failed"].append(report.nodeid)


def pytest_collectreport(report: Any) -> None:
    """A test file that cannot even be read in has failed."""
    if report.failed:
        _said["failed"].append(report.nodeid)


def pytest_sessionfinish() -> None:
    """Leave word: what failed, how long it took, and where the broken module was loaded from."""
    module = sys.modules.get(os.environ.get("MUTANTS_MODULE", ""))
    _said["loaded"] = getattr(module, "__file__", "") or ""
    Path(os.environ["MUTANTS_WORD"]).write_text(json.dumps(_said), encoding="utf-8")


# --- Outside


class Bench:
    """A copy of the checkout in which one mutant at a time is tried."""

    def __init__(self, home: Path, source: Path = ROOT) -> None:
        self.home, self.checkout = home, home / "checkout"
        shutil.copytree(source, self.checkout, ignore=shutil.ignore_patterns(*LEFT_BEHIND), symlinks=True)

    def try_out(self, mutant: Mutant, stages: Sequence[Sequence[str]], unbroken: Unbroken) -> dict[str, Any]:
        """What became of a mutant: who caught it, after how many seconds."""
        file, began = self.checkout / mutant.file, time.monotonic()
        source, loaded, run = file.read_text(encoding="utf-8"), False, Run("", "", {})
        file.write_text(mutant.applied(source), encoding="utf-8")
        try:
            waiting = [list(stage) for stage in stages]
            while waiting and not run.caught:
                tests = unbroken.in_order(waiting[0])
                run = self.pytest(tests, unbroken.limit(tests), module_of(mutant.file))
                if run.loaded and Path(run.loaded).resolve() != file.resolve():
                    raise RuntimeError(f"the tests loaded {run.loaded} and not the broken copy")
                loaded = loaded or bool(run.loaded)
                red = run.caught.split("::")[0]
                if red in tests and not unbroken.passes(red):
                    waiting[0].remove(red)
                    run = Run("", "", {})
                    continue
                unbroken.learn({name: took for name, took in run.by_file.items() if name != red})
                waiting.pop(0)
        finally:
            file.write_text(source, encoding="utf-8")
        return {"caught": run.caught, "loaded": loaded, "seconds": round(time.monotonic() - began, 1)}

    def pytest(self, tests: Sequence[str], limit: float, module: str = "") -> Run:
        """The tests, in this order, to the first that fails; caches and leavings of their own, thrown away after."""
        with tempfile.TemporaryDirectory(dir=self.home) as leavings:
            word = Path(leavings, "word.json")
            paths = os.pathsep.join(map(str, (self.checkout / "src", Path(__file__).parent)))
            ours = {"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1", "LONGVIEW_CACHE": str(Path(leavings, "cache"))}
            told = {"MUTANTS_MODULE": module, "MUTANTS_WORD": str(word), "HYPOTHESIS_PROFILE": "ci"}
            command = [sys.executable, "-m", "pytest", "-x", "-q", "-n0", "-m", "not slow and not browser"]
            command += ["-p", "no:cacheprovider", "-p", "mutants", *tests]
            status, output = _finish(command, self.checkout, os.environ | ours | told, limit)
            said = json.loads(word.read_text(encoding="utf-8")) if word.exists() else {"failed": [], "by_file": {}}
        caught = "" if status == 0 else (said["failed"] or [_without_a_test(status, limit, output)])[0]
        return Run(caught, said.get("loaded", ""), said["by_file"])


def _without_a_test(status: int | None, limit: float, output: str) -> str:
    if status is None:
        return f"no end within {limit:.0f} s"
    last = next((line for line in reversed(output.splitlines()) if line.startswith("E ")), "").strip()
    return f"pytest did not begin ({status}) {last}".strip()


_running: set[subprocess.Popen[str]] = set()
_stopping = threading.Event()


def _finish(command: list[str], folder: Path, env: dict[str, str], limit: float) -> tuple[int | None, str]:
    """The exit status, None after `limit` seconds, and what was said; nothing that it started is left running."""
    if _stopping.is_set():
        raise KeyboardInterrupt
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=env,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    _running.add(process)
    try:
        output, _ = process.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        _end(process)
        return None, process.communicate()[0]
    finally:
        _running.discard(process)
    if _stopping.is_set():
        raise KeyboardInterrupt
    return process.returncode, output


def _end(process: subprocess.Popen[str]) -> None:
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def module_of(file: str) -> str:
    """`src/longview/model/reach.py` → `longview.model.reach`."""
    parts = file.removeprefix("src/").removesuffix(".py").split("/")
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def fingerprint(root: Path, folders: Iterable[str] = ("src", "tests")) -> str:
    """Of all that could change an answer."""
    digest = hashlib.sha256()
    for folder in folders:
        for file in sorted(Path(root, folder).rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(file.relative_to(root).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def files_of(root: Path, folders: Sequence[str]) -> list[str]:
    """The test files of some folders."""
    found = [file.relative_to(root).as_posix() for folder in folders for file in Path(root, folder).glob("test_*.py")]
    return sorted(name for name in found if not name.endswith(READ_THE_SOURCE))


class Kept:
    """Answers so far, kept in a file as they come.

    An answer holds as long as it would come again: "caught" while the broken file is the same, "survived" while all
    source and tests are.
    """

    def __init__(self, file: Path) -> None:
        self.file, self.lock = file, threading.Lock()
        self.told: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}

    def answer(self, mutant: Mutant, source: str, everything: str) -> dict[str, Any] | None:
        """What was found of this mutant, if it still holds."""
        found: dict[str, Any] | None = self.told.get("mutants", {}).get(mutant.name)
        if found is None or found["source"] != source or (not found["caught"] and found["everything"] != everything):
            return None
        return found

    def keep(self, sort: str, name: str, value: Any) -> None:
        """Write down a mutant's answer ("mutants"), how long a test file takes ("seconds") or whether it passes ("passes")."""
        with self.lock:
            self.told.setdefault(sort, {})[name] = value
            self.file.parent.mkdir(parents=True, exist_ok=True)
            fresh = self.file.with_suffix(".new")
            fresh.write_text(json.dumps(self.told, indent=1), encoding="utf-8")
            fresh.replace(self.file)


class Unbroken:
    """The tests with nothing broken. A test file that fails even so tells nothing: it is named and left out.

    A file is only run unbroken when a mutant is said to be caught by it.
    """

    def __init__(self, bench: Bench, kept: Kept, everything: str) -> None:
        self.bench, self.kept, self.everything, self.lock = bench, kept, everything, threading.Lock()

    @property
    def seconds(self) -> dict[str, float]:
        """How long each test file takes, as far as is known."""
        known: dict[str, float] = self.kept.told.get("seconds", {})
        return known

    def in_order(self, tests: Sequence[str]) -> list[str]:
        """The same, the quick and those that caught most before the slow, without those that fail unbroken."""
        red = [test for test in tests if self.kept.told.get("passes", {}).get(test) == [self.everything, False]]
        caught = Counter(answer["caught"].split("::")[0] for answer in self.kept.told.get("mutants", {}).values())
        return sorted(set(tests) - set(red), key=lambda name: (self.seconds.get(name, 0.0) / (1 + caught[name]), name))

    def limit(self, tests: Sequence[str]) -> float:
        """The longest that these tests may take."""
        return PATIENCE + TIMES * sum(self.seconds.get(test, UNKNOWN) for test in tests)

    def learn(self, by_file: dict[str, float]) -> None:
        """Keep how long test files took."""
        for file, took in by_file.items():
            self.kept.keep("seconds", file, round(took, 2))

    def passes(self, test: str) -> bool:
        """Whether a test file passes with nothing broken."""
        with self.lock:
            known = self.kept.told.get("passes", {}).get(test)
            if known is None or known[0] != self.everything:
                run = self.bench.pytest([test], 1800.0)
                self.learn({} if run.caught else run.by_file)
                known = [self.everything, not run.caught]
                self.kept.keep("passes", test, known)
                if run.caught:
                    print(f"  left out, since it fails with nothing broken: {run.caught}", flush=True)
            return bool(known[1])


def sources(root: Path) -> dict[str, str]:
    """The files of the rooms that are broken, by path."""
    files = [file for room in ROOMS for file in Path(root, "src", "longview", room).rglob("*.py")]
    return {file.relative_to(root).as_posix(): file.read_text(encoding="utf-8") for file in files}


def ask(mutants: Sequence[Mutant], kept: Kept, workers: int) -> dict[str, dict[str, Any]]:
    """What became of each mutant, by name; those known already are not tried again."""
    everything, texts = fingerprint(ROOT), sources(ROOT)
    source = {file: hashlib.sha256(text.encode()).hexdigest()[:16] for file, text in texts.items()}
    found = {m.name: kept.answer(m, source[m.file], everything) for m in mutants}
    open_to = [m for m in mutants if found[m.name] is None]
    if not open_to:
        return {name: answer for name, answer in found.items() if answer}
    with tempfile.TemporaryDirectory(prefix="longview-mutants-") as home:
        benches: queue.Queue[Bench] = queue.Queue()
        for n in range(min(workers, len(open_to))):
            benches.put(Bench(Path(home, str(n))))
        unbroken = Unbroken(Bench(Path(home, "unbroken")), kept, everything)

        def one(mutant: Mutant) -> dict[str, Any]:
            bench = benches.get()
            try:
                stages = [files_of(bench.checkout, folders) for folders in STAGES[mutant.room]]
                answer = bench.try_out(mutant, stages, unbroken)
            finally:
                benches.put(bench)
            answer |= {"source": source[mutant.file], "everything": everything}
            kept.keep("mutants", mutant.name, answer)
            return answer

        with ThreadPoolExecutor(len(benches.queue)) as pool:
            tasks = {pool.submit(one, mutant): mutant for mutant in open_to}
            try:
                for n, task in enumerate(as_completed(tasks), len(mutants) - len(open_to) + 1):
                    found[tasks[task].name] = task.result()
                    print(f"  {n:>3} of {len(mutants)}  {line_of(tasks[task], task.result())}", flush=True)
            except BaseException:
                _stopping.set()
                pool.shutdown(wait=False, cancel_futures=True)
                for process in list(_running):
                    _end(process)
                raise
    return {name: answer for name, answer in found.items() if answer}


def line_of(mutant: Mutant, answer: dict[str, Any]) -> str:
    """A row of the table."""
    by = answer["caught"].removeprefix("tests/") or (
        "SURVIVED" if answer["loaded"] else "SURVIVED: no test asks for this file"
    )
    place = f"{mutant.file.removeprefix('src/longview/')}:{mutant.line}"
    return f"{place:<28} {_short(mutant.before)}  →  {_short(mutant.after)}  |  {by}  |  {answer['seconds']:.0f} s"


def _short(text: str, most: int = 70) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most // 2]} … {text[-most // 2 :]}"


def table(mutants: Sequence[Mutant], found: dict[str, dict[str, Any]]) -> str:
    """Every mutant with what became of it, then the shares."""
    rows = ["file:line, before → after, caught by, seconds", ""]
    rows += [line_of(m, found[m.name]) for m in mutants]
    rows.append("")
    for room in (*ROOMS, "all"):
        here = [m for m in mutants if room in (m.room, "all")]
        caught = sum(bool(found[m.name]["caught"]) for m in here)
        if here:
            rows.append(f"{room:<10} {caught} of {len(here)} caught ({caught / len(here):.0%})")
    return "\n".join(rows)


def main() -> int:
    """Exit status 0 if enough are caught, 1 if not, 2 if they could not be asked."""
    words = argparse.ArgumentParser(description="Break the source on purpose, and see whether the tests notice.")
    words.add_argument("--workers", type=int, default=2, help="copies at work at a time (default 2)")
    words.add_argument("--count", type=int, default=60, help="mutants in all rooms together (default 60)")
    words.add_argument("--seed", type=int, default=SEED, help="another seed breaks other lines")
    words.add_argument("--room", action="append", choices=ROOMS, help="only the mutants of this room")
    words.add_argument("--first", type=int, help="only so many of them")
    words.add_argument("--list", action="store_true", help="name them, and try none")
    given = words.parse_args()
    mutants = [m for m in chosen(sources(ROOT), given.count, given.seed) if m.room in (given.room or ROOMS)]
    mutants = mutants[: given.first]
    if given.list:
        print("\n".join(f"{m.file}:{m.line}  {m.kind}: {_short(m.before)}  →  {_short(m.after)}" for m in mutants))
        return 0
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # asked to end, it ends what it has started too
    try:
        found = ask(mutants, Kept(KEPT), max(1, given.workers))
    except KeyboardInterrupt:
        print("\nStopped. The same command goes on from here.", file=sys.stderr)
        return 2
    print(f"\n{table(mutants, found)}")
    return int(sum(bool(a["caught"]) for a in found.values()) < WANTED * len(mutants))


if __name__ == "__main__":
    sys.exit(main())
