"""Exports of WONDER and DOSE-SyS come in by the names of their areas, and only for those that the program asks about."""

from __future__ import annotations

from pathlib import Path

import pytest

from longview.gather import read_dose, read_wonder
from longview.gather.importers.areas import kept, name_of, names
from longview.gather.importers.cdc import dose_import, wonder_import

FILES = Path(__file__).resolve().parents[2] / "files"
REAL = Path(__file__).resolve().parents[3].parent / "shared" / "data"


def test_areas_have_a_name_each() -> None:
    assert len(names()) == len(set(names().values())) == 50 + 1 + 5 + 2
    assert [name_of(area) for area in ("RI", "ri", "rhode island", "Pima County, AZ")] == [
        *["Rhode Island"] * 3,
        "Pima County, AZ",
    ]


def test_the_programs_own_areas_are_kept_unless_others_are_asked_for() -> None:
    assert dict(kept(["AZ", "RI"], None, ["Rhode Island"]).spelled) == {"RI": "Rhode Island"}
    assert dict(kept(["AZ", "RI"], None, ["Ohio"]).spelled) == {"AZ": "Arizona", "RI": "Rhode Island"}
    assert dict(kept(["AZ", "RI"], ["az"], ["Rhode Island"]).spelled) == {"AZ": "Arizona"}
    assert kept(["AZ"], ["Ohio"], []).unseen == ("Ohio",)
    assert "2 areas in the file; kept: Rhode Island. --areas all" in kept(["AZ", "RI"], None, ["Rhode Island"]).told


def test_a_small_export_of_wonder_is_read_as_its_reader_reads_it() -> None:
    path = FILES / "wonder" / "three-places.txt"
    found, problems = wonder_import([path])
    counts, same = read_wonder(path)
    assert (found.community, problems) == (counts, same)
    first = counts[0].area
    assert {row.area for row in wonder_import([path], shares=[first])[0].community} == {first}
    assert "wonder-area" in [p.code for p in wonder_import([path], ["Atlantis"])[1]]


def test_a_small_download_of_dose_and_its_day() -> None:
    path = FILES / "dose" / "three-places.csv"
    assert [p.code for p in dose_import(path, None)[1]] == ["import-ask"]
    rates, _ = read_dose(path, as_of="2025-01-25")
    assert dose_import(path, "2025-01-25")[0].rates == rates  # letters of no area stand as they are


def test_the_real_exports() -> None:
    if not REAL.exists():
        pytest.skip("the real files are not beside this checkout")
    found, _ = wonder_import(sorted(REAL.glob("wonder_*.txt")), shares=["Arizona"])
    assert [len(found.community), {row.area for row in found.community}] == [60, {"Arizona"}]
    dose, _ = dose_import(REAL / "dose_sys_state_month_2019-2025.csv", "2025-08-25", shares=["Rhode Island"])
    assert {row.area for row in dose.rates} == {"Rhode Island"}
    assert len(dose.rates) == 78 * 2 * 8
