"""A program to import into, imports of every sheet, and what is read of both."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

from longview.gather.folder import read_all
from longview.gather.imported import SHEETS, Import
from longview.program import (
    CommunityCount,
    CommunityRate,
    Count,
    LedgerLine,
    Month,
    RateFigure,
    ServiceCount,
    WorkforceMonth,
)

WHOLE = Path(__file__).resolve().parents[2] / "files" / "whole"
JUNE = Month(2030, 6)


def a_program(folder: Path) -> Path:
    """A copy of a program without problems, to write beside."""
    place = folder / "my-program"
    shutil.copytree(WHOLE, place)
    return place


def a_file(folder: Path, name: str = "sheet of June.csv", text: str = "whatever it says\n") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def counts(value: int = 7, *, measure: str = "calls", months: int = 3, start: Month = JUNE) -> tuple[ServiceCount, ...]:
    return tuple(ServiceCount(start.plus(i), None, measure, Count.of(value + i)) for i in range(months))


def deaths(value: int = 20, as_of: str = "2030-09-01") -> tuple[CommunityCount, ...]:
    return (CommunityCount(JUNE, "Elsewhere", "all-drugs", "deaths", Count.of(value), as_of, "CDC WONDER"),)


def line(day: str, amount: str, fund: str = "unassigned", account: str = "6100 Wages") -> LedgerLine:
    return LedgerLine(day, fund, account, "expense", Decimal(amount))


def an_import(**parts: Any) -> Import:
    return Import(**{"kind": "table", "files": ("sheet of June.csv",), "words": "Counts of June", **parts})


def every_sheet(value: int = 3) -> Import:
    return an_import(
        services=counts(value),
        community=deaths(value),
        rates=(
            CommunityRate(
                JUNE, "month", "RI", "opioids", "overdose_visits", RateFigure(value / 2), 10_000, "visits",
                "2030-08-01", "CDC DOSE-SyS", 0.1,
            ),
        ),
        workforce=(WorkforceMonth(JUNE, "=Cook, \"night\"", hires=Count.of(value), hours=12.5),),
        money=(line("2030-06-02", f"{value}.10"), line("2030-06-02", f"{value}.10"), line("2030-06-30", "-5")),
        book="books",
        first_day="2030-06-01",
        last_day="2030-06-30",
        told=("Three months were counted.",),
    )  # fmt: skip


def read(program: Path) -> dict[str, Any]:
    """All that is read of a program's records, but the names of the folders that it was read from."""
    found = read_all(program)
    problems = [(p.code, p.row, p.column, p.found) for p in found.problems]
    assert found.program is not None, found.problems
    records = {sheet: sorted(map(repr, getattr(found.program.records, sheet))) for sheet in SHEETS}
    return {"problems": problems, "program": repr(found.program), **records}


def files(program: Path) -> dict[str, bytes]:
    """Every file under a program's folder, but the lock."""
    return {
        str(path.relative_to(program)): path.read_bytes()
        for path in sorted(program.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }
