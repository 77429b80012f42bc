"""Print how far the expected form and the futures differ on the Rhode Island example (docs/model.md, "Two forms").

    .venv/bin/python tools/forms.py

Both while we stay open: in the expected form nobody closes. The supply index is 1 in the expected form and has mean 1 in the
futures.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from longview.gather import read_folder
from longview.model import simulate
from longview.verbs.futures import TODAY, engine, prepare

SERIES = (
    "deaths",
    "people",
    "reached",
    "visits",
    "turned_away",
    "kits_given",
    "posts_filled",
    "quits",
    "burnout",
    "fires",
    "backlog",
    "spending",
)


def main() -> None:
    """Run both forms and print a table."""
    program, problems = read_folder(Path(str(files("longview.examples") / "rhode-island")))
    assert program is not None, problems
    ready = prepare(program, futures=1000)
    held = ready.anchor
    runs = [
        simulate(
            ready.model,
            held.futures,
            held.start,
            [TODAY],
            open_only=True,
            paths=True,
            expected=expected,
            engine=engine(),
        )
        for expected in (True, False)
    ]
    print(
        "| over five years | expected form | mean of futures | futures against expected |\n| --- | ---: | ---: | ---: |"
    )
    for name in SERIES:
        plain, drawn = (float(getattr(run.seen, name)[0, :, : ready.model.horizon].mean()) for run in runs)
        print(f"| {name.replace('_', ' ')} | {plain:,.3g} | {drawn:,.3g} | {100 * (drawn / plain - 1):+.1f}% |")


if __name__ == "__main__":
    main()
