"""What a file is, is told by what stands in it: each reader's own files are known, in other dress too."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from longview.gather.importers.recognised import KINDS, recognise

FILES = Path(__file__).resolve().parents[2] / "files"
REAL = Path(__file__).resolve().parents[3].parent / "shared" / "data"
OURS = {
    "wonder/three-places.txt": "wonder",
    "dose/three-places.csv": "dose",
    "imports/events/visits.csv": "events",
    "imports/quickbooks/desktop-detail.csv": "quickbooks-detail",
    "imports/quickbooks/online-by-month.csv": "quickbooks-classes",
    "imports/table/long.csv": "table",
    "imports/table/across.xlsx": "table",
}
THEIRS = {
    "wonder_state_month_2018_asof_2025-04.txt": "wonder",
    "wonder_state_month_2022_asof_2025-04.txt": "wonder",
    "dose_sys_state_month_2019-2025.csv": "dose",
    "vsrr_12month_ending_2015-2018.csv": "vsrr",
    "tempe_opioid_ems_calls_2017-2024.csv": "events",
    "scott_county_hiv_weekly_2014-2015.csv": "table",
    "act_harm_reduction_databook_2025-09.xlsx": "table",
}


@pytest.mark.parametrize("name", OURS)
def test_our_own_files(name: str) -> None:
    assert recognise(FILES / name) == OURS[name]


@pytest.mark.parametrize("name", THEIRS)
def test_real_files(name: str) -> None:
    if not (REAL / name).exists():
        pytest.skip("the real files are not beside this checkout")
    assert recognise(REAL / name) == THEIRS[name]


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ("date,visits\n2024-01-02,14\n2024-01-03,9\n", "table"),
        ("month,site,measure,value\n2024-01,Van,visits,14\n2024-02,Van,visits,9\n", "table"),
        ("date,fund,account,amount\n2024-01-02,State,Rent,900.00\n2024-01-09,State,Rent,\n", "table"),
        ("date,site,kind\n2024-01-02,Van,wound care\n2024-01-02,Van,food\n", "events"),
        ("date,client id,kits\n2024-01-02,A12,2\n2024-01-02,B40,1\n", "events"),
        ("day\n2024-01-02\n2024-01-02\n", "events"),
        ("", "table"),
        ("  \n" * 40 + "a", "table"),
    ],
)
def test_small_ones(tmp_path: Path, rows: str, kind: str) -> None:
    path = tmp_path / "file.csv"
    path.write_text(rows, encoding="utf-8")
    assert recognise(path) == kind


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "file.csv"
    path.write_text((FILES / "dose/three-places.csv").read_text(encoding="utf-8").replace("§", "*"), encoding=encoding)
    assert recognise(path) == "dose"


@pytest.mark.parametrize("seed", range(20))
def test_nothing_that_stands_in_a_file_raises(tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)
    raw = bytearray((FILES / draw.choice(list(OURS))).read_bytes())
    for _ in range(draw.choice([1, 10, 200])):
        raw[draw.randrange(len(raw))] = draw.randrange(256)
    path = tmp_path / draw.choice(["file.csv", "file.xlsx", "file"])
    path.write_bytes(bytes(raw[: draw.choice([0, 3, 400, len(raw)])]))
    assert recognise(path) in KINDS


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    assert recognise(tmp_path / "none.csv") == recognise(tmp_path) == "table"
