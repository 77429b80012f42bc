"""VSRR's windows of twelve months stay windows; reported is not predicted; what isn't shown is not zero."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from longview.gather.imported import Import
from longview.gather.importers.vsrr import read_vsrr
from longview.program import Count, Month, Problem

OURS = Path(__file__).resolve().parents[2] / "files" / "imports" / "vsrr" / "two-areas.csv"
REAL = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "vsrr_12month_ending_2015-2018.csv"


def vsrr(path: Path, areas: list[str] | None = None, shares: list[str] | None = None) -> tuple[Import, list[Problem]]:
    return read_vsrr(path, as_of="2024-08-14", areas=areas, shares=shares or [])


def said(found: Import) -> dict[tuple[str, str, str, str], Count]:
    return {(row.area, str(row.month), row.case, row.measure): row.value for row in found.community}


def test_our_own_table() -> None:
    found, problems = vsrr(OURS)
    assert problems == []
    assert said(found) == {
        ("New York City", "2024-01", "synthetic-opioids-all-intents", "deaths"): Count.of(2451),
        ("New York City", "2024-01", "synthetic-opioids-all-intents", "deaths_predicted"): Count.of(2460),
        ("Wyoming", "2024-01", "all-causes", "deaths"): Count.of(5512),
        ("Wyoming", "2024-01", "all-drugs-all-intents", "deaths"): Count.of(121),
        ("Wyoming", "2024-01", "all-drugs-all-intents", "deaths_predicted"): Count.of(126),
        ("Wyoming", "2024-01", "cocaine-all-intents", "deaths"): Count.between(0, None),
        ("Wyoming", "2024-01", "heroin-all-intents", "deaths"): Count.below(10),
        ("Wyoming", "2024-02", "all-drugs-all-intents", "deaths"): Count.of(119),
        ("Wyoming", "2024-02", "all-drugs-all-intents", "deaths_predicted"): Count.of(125),
    }
    assert {row.over for row in found.community} == {"12-months"}
    told = " ".join(found.told)
    for words in ("overlaps", "New York City", "Percent with drugs specified (1 rows)", "2 rows are marked", "99.5+"):
        assert words in told


def test_areas_by_name_by_letters_or_as_the_program_spells_them() -> None:
    for areas in (["WY"], ["wyoming"], ["Wyoming"]):
        assert {row.area for row in vsrr(OURS, areas)[0].community} == {"Wyoming"}
    assert {row.area for row in vsrr(OURS, shares=["WY"])[0].community} == {"WY"}
    assert len({row.area for row in vsrr(OURS, ["all"], ["WY"])[0].community}) == 2
    assert [p.code for p in vsrr(OURS, ["Ohio"])[1]] == ["vsrr-area"]


def test_the_day_of_the_download_is_asked() -> None:
    for day in (None, "", "14 August"):
        found, problems = read_vsrr(OURS, as_of=day)
        assert [p.code for p in problems] == ["import-ask"]
        assert found.community == ()


def test_the_names_of_columns_that_the_agency_gives_to_machines(tmp_path: Path) -> None:
    text = OURS.read_text(encoding="utf-8")
    header = text.split("\n")[0]
    path = tmp_path / "vsrr.csv"
    path.write_text(text.replace(header, header.lower().replace(" ", "_")), encoding="utf-8")
    assert said(vsrr(path)[0]) == said(vsrr(OURS)[0])


def test_two_tellings_of_one_window_are_a_problem_and_a_repeated_one_is_not(tmp_path: Path) -> None:
    lines = OURS.read_text(encoding="utf-8").splitlines()
    path = tmp_path / "vsrr.csv"
    path.write_text("\n".join([*lines, lines[2]]), encoding="utf-8")
    assert vsrr(path)[1] == []
    path.write_text("\n".join([*lines, lines[2].replace(",121,", ",122,")]), encoding="utf-8")
    assert [(p.code, p.row) for p in vsrr(path)[1]] == [("vsrr-twice", 9)]


def test_the_real_table() -> None:
    if not REAL.exists():
        pytest.skip("the VSRR table is not beside this checkout")
    found, problems = read_vsrr(REAL, as_of="2019-04-17")
    assert problems == []
    rows = found.community
    assert len({row.area for row in rows}) == 53
    assert {row.over for row in rows} == {"12-months"}
    assert len([row for row in rows if row.measure == "deaths"]) == 13320 - 855
    assert len([row for row in rows if row.measure == "deaths_predicted"]) == 10080
    alaska = [row.value.low for row in rows if (row.area, row.case) == ("Alaska", "all-causes")]
    assert alaska[:4] == [4034, 4084, 4101, 4133]  # as they stand, no difference and no sum
    parted = said(found)
    assert all(
        parted[key].low < parted[(*key[:3], "deaths_predicted")].low
        for key in [("New York City", "2015-01", "cocaine-all-intents", "deaths")]
    )
    assert min(row.month for row in rows) == Month(2015, 1)


@pytest.mark.parametrize("seed", range(20))
def test_a_spoilt_table_never_raises(tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)
    raw = bytearray(OURS.read_bytes())
    for _ in range(draw.choice([1, 10, 100])):
        raw[draw.randrange(len(raw))] = draw.choice(b',;\t"\n\r\x00 019-/aZ\xff\xe9')
    path = tmp_path / "vsrr.csv"
    path.write_bytes(bytes(raw[: draw.choice([0, 5, 300, len(raw)])]))
    found, problems = vsrr(path)
    assert found.community or any(problem.severity == "problem" for problem in problems)


def test_marks_that_part_no_thousands_are_told_and_columns_of_ones_own_named(tmp_path: Path) -> None:
    text = (Path(__file__).resolve().parents[2] / "files" / "imports" / "vsrr" / "two-areas.csv").read_text(
        encoding="utf-8"
    )
    assert '"5,512"' in text
    (tmp_path / "a.csv").write_text(text.replace('"5,512"', '"55,12"'), encoding="utf-8")
    assert "vsrr-value" in [p.code for p in read_vsrr(tmp_path / "a.csv", as_of="2024-10-15")[1]]
    lines = text.splitlines()
    (tmp_path / "b.csv").write_text(
        "\n".join([lines[0] + ",remarks", *(line + ",x" for line in lines[1:])]), encoding="utf-8"
    )
    assert "Column M (remarks): not read." in read_vsrr(tmp_path / "b.csv", as_of="2024-10-15")[0].told
    (tmp_path / "c.csv").write_text("\n".join([lines[0], *(line + ",x" for line in lines[1:])]), encoding="utf-8")
    assert "too-many-cells" in [p.code for p in read_vsrr(tmp_path / "c.csv", as_of="2024-10-15")[1]]
