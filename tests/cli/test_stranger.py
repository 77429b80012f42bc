"""A stranger's first hour: an empty folder, a new workbook, her own exports, and a plan that says what was filled in.

The same journey with files of our own, always; and with real ones, where they lie beside the checkout (`shared/data`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from longview.cli import terminal

ROOT = Path(__file__).resolve().parents[2]
FILES = ROOT / "tests" / "files"
DATA = ROOT.parent / "shared" / "data"
CALLS = "Date,Unit,Narcan\n" + "".join(
    f"20{year}-{month:02d}-{day:02d},M7,Yes\n" for year in (24, 25) for month in range(1, 13) for day in (3, 17, 25)
)
VISITS = "Month,Visits,Kits out\n" + "".join(f"2025-{month:02d},{40 + month},{20 + month}\n" for month in range(1, 13))
OF_CALLS = ("--measure", "ems_calls", "--case", "opioids-ems-calls", "--source", "Ambulance", "--as-of", "2026-01-15")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("LONGVIEW_DATA", str(tmp_path / "data"))
    Path("calls.csv").write_text(CALLS)
    Path("visits.csv").write_text(VISITS)
    return Path()


def narrow(said: str) -> None:
    """What is said fits a terminal of 80 columns, but for commands and paths, which stand on lines of their own."""
    long = [line for line in said.splitlines() if len(line) > 80]
    assert all(re.match(r"\s+\S*(longview |/)", line) for line in long), long


def begun(longview: Callable[..., Any]) -> bytes:
    """A new workbook, as it was written."""
    assert longview("new", "fernhill", "--start", "2026-02").code == 0
    said = longview("check", "fernhill")
    assert said.code == 0
    assert "Filled in by longview new" in said.out
    narrow(said.out)
    return Path("fernhill.xlsx").read_bytes()


def brought_in(longview: Callable[..., Any], *words: Any) -> str:
    said = longview("import", *words, "--into", "fernhill", "--yes")
    assert said.code == 0, said.out
    narrow(said.out)
    return str(said.out)


def planned(longview: Callable[..., Any]) -> str:
    """Check has nothing to mend, and the plan has a report; what both say."""
    checked = longview("check", "fernhill")
    assert checked.code == 0
    assert "nothing to mend" in checked.out
    narrow(checked.out)
    said = longview("plan", "fernhill", "--futures", "20")
    assert said.code == 0, said.err
    assert "filled in by longview new" in " ".join(said.out.split())
    report = Path("fernhill.longview/out/report.html").read_text("utf-8")
    assert "filled in" in report
    return str(checked.out)


def test_from_an_empty_folder_to_a_plan_and_her_workbook_is_as_it_was(longview: Callable[..., Any], here: Path) -> None:
    before = begun(longview)
    brought_in(longview, "calls.csv", *OF_CALLS, "--area", "Ely")
    brought_in(longview, "visits.csv", "--to", "services", "--kind", "table")
    brought_in(longview, FILES / "imports" / "quickbooks" / "online-by-month.csv")
    said = planned(longview)
    assert "Rows brought in: 0001-events 24, 0002-visits 24" in " ".join(said.split())
    assert "no row for" not in said
    for _ in range(3):
        assert "taken back" in longview("undo", "fernhill").out
    assert "nothing was brought in" in longview("undo", "fernhill").out
    assert Path("fernhill.xlsx").read_bytes() == before


def test_the_command_that_it_ends_with_is_all_that_was_missing(longview: Callable[..., Any], here: Path) -> None:
    begun(longview)
    said = longview("import", "calls.csv", "--into", "fernhill")
    assert said.code == 1
    line = said.out.rstrip().splitlines()[-1]
    for option in ("--measure ems_calls", "--area Tempe", "--source 'City of Tempe'", "--as-of 2024-10-15"):
        assert option in line
    assert longview("import", "calls.csv", "--into", "fernhill", *OF_CALLS).code == 1
    assert "type the same again with  --yes" in longview("import", "calls.csv", *OF_CALLS, "--area", "Ely").out


def test_at_a_terminal_she_is_asked_one_thing_after_another(
    longview: Callable[..., Any], here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import typer

    begun(longview)
    answers = iter(["ems_calls", "Ely", "opioids-ems-calls", "Ambulance", "yesterday", "2026-01-15"])
    monkeypatch.setattr(terminal, "somebody_is_there", lambda: True)
    monkeypatch.setattr(typer, "prompt", lambda *words, **options: next(answers))
    monkeypatch.setattr(typer, "confirm", lambda words, default: True)
    said = longview("import", "calls.csv", "--into", "fernhill")
    assert said.code == 0, said.out
    assert "Write year, month and day" in said.out
    assert "community: 24 rows new" in said.out
    assert list(answers) == []


def test_a_whole_nation_is_not_brought_in_unasked(longview: Callable[..., Any], here: Path) -> None:
    begun(longview)
    head, _, row = (FILES / "imports" / "vsrr" / "two-areas.csv").read_text("utf-8").splitlines()[:3]
    Path("vsrr.csv").write_text(
        "\n".join(
            [
                head,
                *(
                    row.replace("Wyoming", area)
                    for area in ("Alaska", "Alabama", "Arkansas", "Arizona", "Iowa", "Ohio")
                ),
            ]
        )
    )
    words = ("import", "vsrr.csv", "--into", "fernhill", "--as-of", "2025-08-25", "--yes")
    said = longview(*words)
    assert said.code == 1
    assert "6 areas are in it, and nothing says which are yours" in said.out
    assert "--areas Alabama" in said.out.splitlines()[-1]
    assert "community: 2 rows new" in longview(*words, "--areas", "Arizona").out
    assert longview("undo", "fernhill").code == 0
    assert "community: 12 rows new" in longview(*words, "--areas", "all").out
    checked = longview("check", "fernhill").out
    assert checked.count("area_shares does not say") == 1
    assert "6 areas" in " ".join(checked.split())


def test_rows_in_our_own_columns_come_in_as_they_are(longview: Callable[..., Any], here: Path) -> None:
    begun(longview)
    deaths = ROOT / "src" / "longview" / "examples" / "rhode-island" / "community.csv"
    said = brought_in(longview, deaths, "--to", "community")
    assert f"community: {len(deaths.read_text('utf-8').splitlines()) - 1} rows new" in said


@pytest.mark.skipif(not DATA.is_dir(), reason="the real exports (shared/data) do not lie beside this checkout")
def test_the_same_with_the_exports_of_a_real_city_and_state(longview: Callable[..., Any], here: Path) -> None:
    before = begun(longview)
    said = brought_in(longview, DATA / "tempe_opioid_ems_calls_2017-2024.csv", *OF_CALLS, "--area", "Tempe")
    assert "3,379 of 3,379 rows were counted" in " ".join(said.split())
    said = brought_in(longview, *sorted(DATA.glob("wonder_state_month_*.txt")), "--areas", "Arizona")
    assert "imports/0002-wonder-2018-01-2022-12" in said
    said = planned(longview)
    assert "no row for" not in said, "deaths to 2022 and calls to 2024 are two series"
    assert Path("fernhill.xlsx").read_bytes() == before
