"""Look at the model's outlook on six programs unlike each other (`make predictive`): is anything absurd, which bounds are met?

    .venv/bin/python tools/predictive.py                          rewrite the block in docs/model.md; 1 where anything is absurd
    .venv/bin/python tools/predictive.py --futures 200 --print    fewer futures, nothing rewritten

The Rhode Island example and the five made programs of tests/files/predictive: 1,000 draws each, through the anchor as for
any program, today's path of five years, while we stay open and with the danger of closing, in the engine that needs no
compiling. The checks and bounds, each with its reason, are in tools/absurd.py.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from absurd import BOUNDS, CHECKS, Floats, Run  # noqa: E402

from longview.gather import read_folder  # noqa: E402
from longview.model import simulate  # noqa: E402
from longview.verbs.futures import TODAY, Prepared, prepare  # noqa: E402

PAGE = ROOT / "docs" / "model.md"
BEGIN, END = "<!-- predictive: made by tools/predictive.py -->", "<!-- /predictive -->"
YEARS, FUTURES = 5, 1000

EXAMPLE = Path(str(files("longview.examples") / "rhode-island"))
MADE = ROOT / "tests" / "files" / "predictive"

SERIES: tuple[tuple[str, str, str], ...] = (
    ("people", "people who use drugs", "end"),
    ("deaths", "opioid overdose deaths", "year"),
    ("overdoses", "opioid overdoses", "year"),
    ("reversals", "overdoses met with naloxone", "year"),
    ("reached", "people in touch", "end"),
    ("on_moud", "people on medication", "end"),
    ("visits", "visits", "year"),
    ("turned_away", "turned away, share", "mean"),
    ("kits_given", "kits handed out", "year"),
    ("syringes_given", "syringes handed out", "year"),
    ("kits_held", "kits in hands", "end"),
    ("naloxone_met", "naloxone met by those in touch, chance", "end"),
    ("posts_filled", "people in post", "end"),
    ("quits", "workers who leave", "year"),
    ("burnout", "burnt out, share", "end"),
    ("fires", "hours on crises, share", "mean"),
    ("condition", "state of the building", "end"),
    ("free_cash", "free cash, thousands", "end"),
    ("spending", "spending, thousands", "year"),
    ("hcv_infections", "new hepatitis C infections", "year"),
    ("hiv_infections", "new HIV infections", "year"),
    ("skin_infections", "skin infections", "year"),
    ("wounds_hospital", "stays in hospital for wounds", "year"),
)
"""Series, words, and how a year is told: its sum, its mean, or its end. Those that a release does not report are left out."""


def programs() -> list[Path]:
    """The folders that are looked at."""
    return [EXAMPLE, *sorted(folder for folder in MADE.iterdir() if folder.is_dir())]


def ready(folder: Path, futures: int, first: int = 0) -> Prepared:
    """A program with its futures drawn and anchored."""
    program, problems = read_folder(folder)
    if program is None:
        raise SystemExit(f"{folder.name} does not read: {problems}")
    return prepare(program, years=YEARS, futures=futures, first=first)


def runs(held: Prepared) -> Iterator[Run]:
    """Today's path, while it stays open and with the danger of closing."""
    for closing in (False, True):
        futures, start = held.anchor.futures, held.anchor.start
        result = simulate(
            held.model, futures, start, [TODAY], open_only=not closing, paths=True, engine="numpy", dtype="float64"
        )
        assert result.seen is not None
        yield Run(held, {name: getattr(result.seen, name)[0] for name in result.seen._fields}, closing)


def absurdities(run: Run) -> list[tuple[str, float, int]]:
    """Checks that some future fails: what, the share of futures, and the number of one of them."""
    out = []
    for check in CHECKS:
        found = check.found(run)
        if found.any():
            out.append((check.what, float(found.mean()), int(run.ready.anchor.futures.numbers[np.argmax(found)])))
    return out


def bounds(run: Run) -> dict[str, float]:
    """Bound → share of futures that ever meet it."""
    return {bound.what: float(bound.hit(run).mean()) for bound in BOUNDS}


def told_in(run: Run, name: str, how: str, year: int) -> Floats:
    """A series in a year (1 the first), [F]."""
    months = run[name][:, 12 * (year - 1) : 12 * year]
    scale = 1000.0 if name in ("free_cash", "spending") else 1.0
    return np.asarray(months[:, -1] if how == "end" else months.mean(1) if how == "mean" else months.sum(1)) / scale


def figures(values: Floats) -> str:
    """5, 50 and 95%, with as many digits as tell something."""
    return " / ".join(short(float(x)) for x in np.quantile(values, [0.05, 0.5, 0.95]))


def short(x: float) -> str:
    """A number as short as it may be: whole from 100 on, three digits below."""
    if abs(x) < 5e-4:
        return "0"
    return f"{x:,.0f}" if abs(x) >= 99.5 else f"{x:.3g}"


def table(closing: bool, shown: dict[str, Run]) -> list[str]:
    """Rows of series by programs, at year 1 and year 5."""
    telling = "with the danger of closing" if closing else "while we stay open"
    lines = [f"**Today's path, {telling}**: 5 / 50 / 95 in 100 futures; flows are of the year, stocks at its end.", ""]
    lines += ["| series | year | " + " | ".join(shown) + " |", "| --- | ---: |" + " ---: |" * len(shown)]
    for name, words, how in SERIES:
        if not all(run.has(name) for run in shown.values()):
            continue
        for year in (YEARS,) if closing else (1, YEARS):
            cells = [figures(told_in(run, name, how, year)) for run in shown.values()]
            lines.append(f"| {words if closing or year == 1 else ''} | {year} | " + " | ".join(cells) + " |")
    return lines


def bound_table(shares: dict[str, tuple[dict[str, float], dict[str, float]]]) -> list[str]:
    """Rows of bounds by programs: open / closing, in 100 futures; and by which flag the user hears of each."""
    lines = ["| bound | " + " | ".join(shares) + " | told as |", "| --- |" + " ---: |" * len(shares) + " --- |"]
    for bound in BOUNDS:
        pairs = [(100 * a[bound.what], 100 * b[bound.what]) for a, b in shares.values()]
        cells = [short(a) if round(a, 1) == round(b, 1) else f"{short(a)} / {short(b)}" for a, b in pairs]
        told = f"`{bound.told}`" if bound.told else f"not told: {bound.why}"
        lines.append(f"| {bound.what} | " + " | ".join(cells) + f" | {told} |")
    return lines


def block(futures: int) -> tuple[list[str], list[str]]:
    """The whole block for the page, and a line for whatever was absurd."""
    found: list[str] = []
    tellings: tuple[dict[str, Run], dict[str, Run]] = ({}, {})
    shares: dict[str, tuple[dict[str, float], dict[str, float]]] = {}
    for folder in programs():
        held = ready(folder, futures)
        if held.count < futures:
            found.append(f"{folder.name}: {futures - held.count} of {futures} futures find no start")
        pair = tuple(runs(held))
        for run in pair:
            tellings[run.closing][folder.name] = run
            telling = "closing" if run.closing else "open"
            found += [
                f"{folder.name}, {telling}: {what}: {100 * share:.1f} in 100 futures, such as number {number}"
                for what, share, number in absurdities(run)
            ]
        shares[folder.name] = (bounds(pair[0]), bounds(pair[1]))
    lines = [
        f"{futures:,} draws of each of six programs, through the anchor: the example and five made ones",
        f"(tests/files/predictive). {len(CHECKS)} absurdities, each with its reason in `tools/absurd.py`, are looked for in every",
        "month of every future, the run-off too: " + ("**none was found**." if not found else "**found:**"),
        *[f"- {line}" for line in found],
        "",
        *table(False, tellings[0]),
        "",
        *table(True, tellings[1]),
        "",
        "**Bounds** that are met, in 100 futures (open / closing where they differ), and the flag by which the user hears of it.",
        "",
        *bound_table(shares),
    ]
    return lines, found


def rewrite(lines: list[str]) -> None:
    """Put the block between its marks on the page."""
    page = PAGE.read_text(encoding="utf-8")
    head, rest = page.split(BEGIN)
    tail = rest.split(END)[1]
    PAGE.write_text(head + BEGIN + "\n" + "\n".join(lines) + "\n" + END + tail, encoding="utf-8", newline="\n")


def main() -> int:
    """Run, tell, and rewrite the page."""
    reader = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    reader.add_argument("--futures", type=int, default=FUTURES)
    reader.add_argument("--print", action="store_true", help="print the block and leave the page as it is")
    asked = reader.parse_args()
    lines, found = block(asked.futures)
    if asked.print:
        print("\n".join(lines))
    else:
        rewrite(lines)
        print(f"written: {PAGE.relative_to(ROOT)}; " + ("nothing absurd" if not found else "; ".join(found)))
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
