"""How fast records are read, beside `import numpy` in the same run: python benchmarks/records.py [--repeat 5]

Ratios are of processor seconds (user and system) of whole commands, the median of several runs taken in turn, so that
a busy machine disturbs both alike. Sizes: a ledger of 100,000 lines, a log of a million events, a workbook of 250,000
rows.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median

import longview

EXAMPLE = Path(longview.__file__).parent / "examples" / "rhode-island"
LEDGER, EVENTS, SHEET = 100_000, 1_000_000, 250_000
READ = "from pathlib import Path; from longview.gather import read_folder; assert read_folder(Path({path!r}))[0] is not None"
COUNT = (
    "from pathlib import Path; from longview.gather.importers.events import read_events; "
    "found, _ = read_events(Path({path!r}), measure='calls', area='Here', case='calls', source='made', as_of='2024-12-31'); "
    "assert sum(row.value.low for row in found.community if row.measure == 'calls') == 1_000_000"
)
NUMPY = [sys.executable, "-c", "import numpy"]


@dataclass(frozen=True)
class Job:
    """A command, what it is called, and what it may take: times `import numpy`, or seconds."""

    words: str
    command: list[str]
    ratio: float | None = None
    seconds: float | None = None


def spent(command: list[str]) -> tuple[float, float]:
    """Processor seconds and the most memory (MB) of a command."""
    before = os.times()
    done = subprocess.run(command, capture_output=True, check=False)
    after = os.times()
    if done.returncode != 0:
        raise SystemExit(f"{command} went wrong:\n{done.stderr.decode(errors='replace')}")
    seconds = after.children_user + after.children_system - before.children_user - before.children_system
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000


def ledger(folder: Path) -> Path:
    """The example with a ledger of 100,000 lines."""
    from longview.gather import read_folder, write_folder

    program, _ = read_folder(EXAMPLE)
    assert program is not None
    write_folder(program, folder)
    rng = random.Random(1)
    with (folder / "money.csv").open("w", encoding="utf-8") as file:
        file.write("date,fund,account,kind,amount\n")
        for i in range(LEDGER):
            day = date(2019, 1, 1) + timedelta(days=i % 1400)
            file.write(f"{day},unassigned,{rng.randint(6100, 6199)} Wages,expense,{rng.randint(1, 999999) / 100}\n")
    return folder


def events(path: Path) -> Path:
    """A log of a million calls."""
    rng = random.Random(2)
    with path.open("w", encoding="utf-8") as file:
        file.write("year,incident_date,narcan_given,latitude,longitude\n")
        for _ in range(EVENTS):
            day = date(2017, 1, 1) + timedelta(days=rng.randrange(2800))
            file.write(f"{day.year},{day},{rng.choice(('TRUE', 'FALSE', 'NA'))},33.4196,-111.8904\n")
    return path


def workbook(path: Path) -> Path:
    """A program whose workbook has 250,000 rows of services."""
    from dataclasses import replace

    from longview.gather import read_folder, write_workbook
    from longview.program import Count, Records, ServiceCount

    program, _ = read_folder(EXAMPLE)
    assert program is not None
    months = [program.first_month.plus(t) for t in range(36)]
    rows = tuple(ServiceCount(months[i % 36], None, f"measure {i // 36}", Count.of(50 + i % 7)) for i in range(SHEET))
    return write_workbook(replace(program, records=Records(services=tuple(sorted(rows, key=by_month)))), path)


def by_month(row: object) -> object:
    """The month of a row."""
    return row.month  # type: ignore[attr-defined]


def jobs(place: Path) -> list[Job]:
    """What is timed."""
    script = Path(sys.executable).with_name("longview")
    read: Callable[[Path], list[str]] = lambda path: [sys.executable, "-c", READ.format(path=str(path))]  # noqa: E731
    log = [sys.executable, "-c", COUNT.format(path=str(events(place / "calls.csv")))]
    return [
        Job("longview check, the example's text files", [str(script), "check", str(EXAMPLE)], ratio=3),
        Job("longview new --folder", [str(script), "new", str(place / "n{}"), "--folder", "--yes"], ratio=3),
        Job("a ledger of 100,000 lines read", read(ledger(place / "ledger")), seconds=5),
        Job("a million events counted", log, seconds=20),
        Job("a workbook of 250,000 rows read", read(workbook(place / "large.xlsx")), seconds=5),
    ]


def main() -> None:
    """Time all of them in turn and print ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=5)
    repeat = parser.parse_args().repeat
    with tempfile.TemporaryDirectory() as place:
        told = jobs(Path(place))
        taken: dict[str, list[float]] = {job.words: [] for job in told}
        numpy: list[float] = []
        memory: dict[str, float] = {}
        for turn in range(repeat):
            numpy.append(spent(NUMPY)[0])
            for job in told:
                seconds, most = spent([part.replace("n{}", f"n{turn}") for part in job.command])
                taken[job.words].append(seconds)
                memory[job.words] = max(most, memory.get(job.words, 0.0))
    print(f"import numpy: {median(numpy):.2f} s of processor time (median of {repeat})\n")
    for job in told:
        seconds = median(taken[job.words])
        bar = f"at most {job.ratio:g} ×" if job.ratio else f"at most {job.seconds:g} s"
        print(f"{job.words:44} {seconds:6.2f} s  {seconds / median(numpy):5.1f} × import numpy   ({bar})")
    print(f"\nmost memory of any of them: {max(memory.values()):.0f} MB")


if __name__ == "__main__":
    main()
