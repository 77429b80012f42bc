"""DOSE-SyS downloads: a rate stays a rate, months and years stay apart, and each mark stays what it is."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from longview.gather import read_dose
from longview.program import CommunityRate, Month, Problem, RateFigure

SMALL = Path(__file__).resolve().parents[1] / "files" / "dose" / "three-places.csv"
REAL = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "dose_sys_state_month_2019-2025.csv"
DAY = "2025-01-25"
HEADER = (
    "jurisdiction,year,month,rate_time,drug_rate,opioid_rate,fentanyl_rate,heroin_rate,stimulant_rate,cocaine_rate,"
    "methamphetamine_rate,benzodiazepine_rate"
)

Read = tuple[tuple[CommunityRate, ...], list[Problem]]


def row(
    month: int, rates: str = "60.0,20.0,1.0,4.0,5.0,1.5,2.0,1.1", *, area: str = "QA", kind: str = "Monthly"
) -> str:
    return f"{area},2024,{month},{kind},{rates}"


def download(place: Path, rows: list[str], header: str = HEADER) -> Path:
    path = place / "dose.csv"
    path.write_bytes(("\r\n".join([header, *rows]) + "\r\n").encode())
    return path


def read(place: Path, rows: list[str], header: str = HEADER) -> Read:
    return read_dose(download(place, rows, header), as_of=DAY)


def one(rates: tuple[CommunityRate, ...], month: Month, over: str, case: str, area: str = "QA") -> CommunityRate:
    found = [r for r in rates if (r.month, r.over, r.area, r.case) == (month, over, area, f"{case}-suspected-nonfatal")]
    assert len(found) == 1
    return found[0]


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


def test_a_file_in_the_format_of_dose_sys() -> None:
    rates, problems = read_dose(SMALL, as_of=DAY)
    assert problems == []
    assert len(rates) == 3 * 14 * 2 * 8
    rate = one(rates, Month(2024, 10), "month", "opioids")
    assert (rate.value, rate.per, rate.of) == (RateFigure(23.5), 10_000, "emergency visits")
    assert str(rate) == "23.5 per 10,000 emergency visits"
    assert (rate.measure, rate.as_of, rate.source) == ("overdose_visits", DAY, "CDC DOSE-SyS")
    assert (rate.low, rate.high) == (pytest.approx(23.45), pytest.approx(23.55))


def test_a_months_rate_and_that_of_the_twelve_months_it_ends_are_kept_apart() -> None:
    rates, _ = read_dose(SMALL, as_of=DAY)
    assert one(rates, Month(2024, 10), "month", "opioids").value == RateFigure(23.5)
    assert one(rates, Month(2024, 10), "12-months", "opioids").value == RateFigure(21.8)
    assert Counter(rate.over for rate in rates) == {"month": 336, "12-months": 336}


def test_rates_cannot_be_summed() -> None:
    rates, _ = read_dose(SMALL, as_of=DAY)
    with pytest.raises(TypeError, match="can't be summed"):
        sum(rates)
    with pytest.raises(TypeError, match="can't be summed"):
        rates[0] + rates[1]


@pytest.mark.parametrize(("mark", "kind"), [("*", "hidden"), ("§", "not-reported"), ("¶", "not-available")])
def test_each_mark_is_kept_as_what_it_is_and_never_as_zero(mark: str, kind: str, tmp_path: Path) -> None:
    rates, problems = read(tmp_path, [row(1, f"60.0,{mark},0.0,4.0,5.0,1.5,2.0,1.1")])
    assert problems == []
    rate = one(rates, Month(2024, 1), "month", "opioids")
    assert (rate.value.kind, rate.value.value, rate.value.told) == (kind, None, False)
    assert (rate.low, rate.high) == (0, None)
    zero = one(rates, Month(2024, 1), "month", "fentanyl")
    assert (zero.value, zero.low, zero.high) == (RateFigure(0.0), 0.0, 0.05)


def test_what_is_hidden_is_not_found_out_by_arithmetic(tmp_path: Path) -> None:
    """Eleven months and their year would give the twelfth away; it stays without a limit."""
    hidden = "60.0,*,1.0,4.0,5.0,1.5,2.0,1.1"
    rows = [row(m, hidden if m == 5 else "60.0,20.0,1.0,4.0,5.0,1.5,2.0,1.1") for m in range(1, 13)]
    rates, problems = read(tmp_path, [*rows, row(12, kind="Annual")])
    assert problems == []
    rate = one(rates, Month(2024, 5), "month", "opioids")
    assert (rate.value.kind, rate.low, rate.high) == ("hidden", 0, None)


@pytest.mark.parametrize(
    "mark", ["", "†", "**", "20.0*", "-1", "2O.1", "nan", "10000.1", "Â§", "1e3", "٣.0", "<20", "NA", "20.123"]
)
def test_an_unknown_mark_is_told_and_nothing_is_read_for_it(mark: str, tmp_path: Path) -> None:
    rates, problems = read(tmp_path, [row(1), row(2, f"60.0,{mark},1.0,4.0,5.0,1.5,2.0,1.1")])
    assert [(p.code, p.row, p.column, p.letter, p.found) for p in problems] == [
        ("dose-mark", 3, "opioid_rate", "F", mark)
    ]
    assert not [r for r in rates if r.month == Month(2024, 2) and r.case.startswith("opioids")]
    assert len(rates) == 15


def test_problems_are_told_all_at_once(tmp_path: Path) -> None:
    rows = [row(1, "60.0,?,1.0,4.0,5.0,!,2.0,1.1"), row(2, area="Ri", kind="Weekly"), "QA,24,13,Monthly,1,1,1"]
    _, problems = read(tmp_path, rows)
    assert [(p.row, p.column) for p in problems] == [
        *((2, "opioid_rate"), (2, "cocaine_rate"), (3, "jurisdiction"), (3, "rate_time"), (4, "year"), (4, "month")),
    ]
    assert all(p.severity == "problem" and p.instead and p.expected for p in problems)


@pytest.mark.parametrize(("again", "said"), [(row(1), "says the same"), (row(1, "9.0,1.0,*,*,*,*,*,*"), "otherwise")])
def test_a_doubled_row_is_told_and_the_first_is_kept(again: str, said: str, tmp_path: Path) -> None:
    rates, problems = read(tmp_path, [row(1), row(2), again])
    assert [(p.code, p.row) for p in problems] == [("dose-twice", 4)]
    assert "row 2" in problems[0].expected
    assert said in problems[0].expected
    assert one(rates, Month(2024, 1), "month", "opioids").value == RateFigure(20.0)
    assert len(rates) == 16


def test_a_month_and_its_year_are_no_doubled_row(tmp_path: Path) -> None:
    assert read(tmp_path, [row(12), row(12, kind="Annual")])[1] == []


def test_months_without_a_row_are_told_and_kept_as_such(tmp_path: Path) -> None:
    rows = [row(m, area=area) for area in ("QA", "QB", "QC") for m in range(1, 7) if (area, m) not in {("QB", 3)}]
    rates, problems = read(tmp_path, rows[:-2])
    assert codes(problems) == ["dose-months", "dose-months"]
    assert ["QB, Monthly: no row for 2024-03" in p.expected for p in problems] == [True, False]
    assert "QC, Monthly: no row for 2024-05 to 2024-06" in problems[1].expected
    gone = [rate for rate in rates if rate.value.kind == "no-row"]
    assert {(r.area, r.month.month) for r in gone} == {("QB", 3), ("QC", 5), ("QC", 6)}
    assert len(rates) == 3 * 6 * 8
    assert all((rate.low, rate.high) == (0, None) for rate in gone)


def test_an_area_with_rows_of_one_kind_only_is_told(tmp_path: Path) -> None:
    rows = [row(m, area=area) for area in ("QA", "QB") for m in (1, 2)]
    _, problems = read(tmp_path, [*rows, row(1, kind="Annual"), row(2, kind="Annual")])
    assert ["QB, Annual: no row for 2024-01 to 2024-02" in p.expected for p in problems] == [True]


def test_a_slip_in_one_year_does_not_make_all_others_look_cut(tmp_path: Path) -> None:
    rows = [row(m, area=area) for area in ("QA", "QB", "QC") for m in (1, 2, 3)]
    rates, problems = read(tmp_path, [*rows[:-1], rows[-1].replace("2024", "1924")])
    assert [(p.code, "QC" in p.expected) for p in problems] == [("dose-months", True)]
    assert len(rates) < 100


def test_a_row_about_a_month_that_had_not_come_is_told(tmp_path: Path) -> None:
    rates, problems = read(tmp_path, [row(1), row(1, area="QB"), row(2).replace("2024", "2025")])
    assert [(p.code, p.row, p.column) for p in problems] == [("dose-after", 4, "year")]
    assert len(rates) == 16
    assert read_dose(tmp_path / "dose.csv", as_of="2025-02-01")[1][0].code == "dose-months", "its own month has come"


def test_a_column_that_is_new_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    rates, problems = read(tmp_path, [row(1) + ",7"], HEADER + ",jurisdiction_count")
    assert [(p.code, p.severity, p.column, p.letter) for p in problems] == [
        ("dose-column", "doubt", "jurisdiction_count", "M")
    ]
    assert len(rates) == 8


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (HEADER.replace("jurisdiction", "jurisdicton"), [("unknown-column", "jurisdicton", "write jurisdiction")]),
        (HEADER.replace("heroin_rate", "opioid_rate"), [("column-twice", "opioid_rate", "keep one of them")]),
        (HEADER.replace("rate_time,", "x,"), [("dose-column", "x", None), ("dose-not", None, None)]),
        (HEADER.replace("month,", ","), [("column-no-name", "", None), ("dose-not", None, None)]),
        ("geoid,year,month,rate_time,jurisdiction_count,sex,age_range,drug_rate", [("dose-not", None, None)]),
        ("a,b", [("dose-column", "a", None), ("dose-column", "b", None), ("dose-not", None, None)]),
    ],
)
def test_columns_that_are_not_understood_are_told_alone(
    header: str, expected: list[tuple[str, str | None, str | None]], tmp_path: Path
) -> None:
    rates, problems = read(tmp_path, [row(1, "?,?,?,?,?,?,?,?")], header)
    assert rates == ()
    assert [(p.code, p.column) for p in problems] == [(code, column) for code, column, _ in expected]
    assert all(instead is None or p.instead == instead for p, (_, _, instead) in zip(problems, expected, strict=True))


def test_a_misspelled_rate_is_told_with_its_name(tmp_path: Path) -> None:
    rates, problems = read(tmp_path, [row(1)], HEADER.replace("heroin_rate", "herion_rate"))
    assert [(p.code, p.instead) for p in problems] == [("dose-column", "if you mean heroin_rate, write heroin_rate")]
    assert len(rates) == 7


def test_a_part_above_its_whole_is_told_but_not_for_rounding(tmp_path: Path) -> None:
    _, problems = read(tmp_path, [row(1, "20.0,60.0,1.0,4.0,5.0,1.5,2.0,1.1"), row(2, "5.0,5.1,*,*,*,*,*,*")])
    assert [(p.code, p.row, p.column) for p in problems] == [("dose-part", 2, "opioid_rate")]


@pytest.mark.parametrize("opioids", ["30.0", "19.8"])
def test_a_year_outside_its_own_months_is_told(opioids: str, tmp_path: Path) -> None:
    rows = [row(m) for m in range(1, 13)]
    wrong = row(12, f"60.0,{opioids},1.0,4.0,5.0,1.5,2.0,1.1", kind="Annual")
    assert [(p.code, p.row, p.column) for p in read(tmp_path, [*rows, wrong])[1]] == [("dose-apart", 14, "opioid_rate")]
    assert read(tmp_path, [*rows, row(12, kind="Annual")])[1] == []


def test_areas_that_are_asked_for(tmp_path: Path) -> None:
    path = download(tmp_path, [row(1), row(1, area="QB")])
    rates, problems = read_dose(path, as_of=DAY, areas=["QB", "Rhode Island"])
    assert {rate.area for rate in rates} == {"QB"}
    assert [(p.code, p.found, p.instead) for p in problems] == [("dose-area", "Rhode Island", "write one of: QA, QB")]


def as_semicolons(text: str) -> bytes:
    return text.replace(",", ";").replace(".", ",").encode()


@pytest.mark.parametrize(
    "saved",
    [
        as_semicolons,
        lambda text: text.replace(",", "\t").encode("utf-16"),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.replace(".0,", ",").encode(),
        lambda text: text.replace(",", " , ").encode(),
        lambda text: text.replace("\r\n", "\r\n\r\n").encode(),
        lambda text: text.replace("rate_time", "Rate time").replace("Monthly", "monthly").encode(),
    ],
    ids=["semicolons", "tabs", "mark", "no-zeros", "spaces", "blank-lines", "names"],
)
def test_one_download_saved_in_many_ways_reads_alike(saved: Callable[[str], bytes], tmp_path: Path) -> None:
    text = SMALL.read_bytes().decode()
    (tmp_path / "again.csv").write_bytes(saved(text))
    assert read_dose(tmp_path / "again.csv", as_of=DAY) == read_dose(SMALL, as_of=DAY)


def test_windows_text_keeps_its_marks_with_a_doubt(tmp_path: Path) -> None:
    (tmp_path / "again.csv").write_bytes(SMALL.read_bytes().decode().encode("cp1252"))
    rates, problems = read_dose(tmp_path / "again.csv", as_of=DAY)
    assert codes(problems) == ["other-encoding"]
    assert rates == read_dose(SMALL, as_of=DAY)[0]


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "dose-not"), (HEADER.encode() + b"\n", "dose-not"), (b"PK\x03\x04x", "binary"), (b'a,"b', "half-written")],
)
def test_what_is_no_download_is_told(content: bytes, code: str, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(content)
    rates, problems = read_dose(tmp_path / "x.csv", as_of=DAY)
    assert (rates, codes(problems)) == ((), [code])


def test_a_file_that_is_not_there_is_told_and_a_day_that_is_none_is_refused(tmp_path: Path) -> None:
    assert codes(read_dose(tmp_path / "nowhere.csv", as_of=DAY)[1]) == ["unreadable"]
    with pytest.raises(ValueError, match="yesterday"):
        read_dose(SMALL, as_of="yesterday")


@pytest.fixture(scope="module")
def real() -> Read:
    if not REAL.exists():
        pytest.skip("the real DOSE-SyS download is not beside this checkout (shared/data)")
    return read_dose(REAL, as_of="2025-08-25")


def test_the_real_download_has_nothing_wrong_and_every_cell_is_read(real: Read) -> None:
    rates, problems = real
    assert problems == []
    with REAL.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    said = Counter(cell for line in lines for name, cell in line.items() if name.endswith("_rate"))
    assert len(rates) == 8 * len(lines) == 8 * 7956
    kinds = Counter(rate.value.kind for rate in rates)
    assert (kinds["hidden"], kinds["not-reported"], kinds["not-available"]) == (said["*"], said["§"], said["¶"])
    assert kinds["told"] == len(rates) - said["*"] - said["§"] - said["¶"]
    figures = Counter(f"{rate.value.value:.1f}" for rate in rates if rate.value.value is not None)
    assert figures == Counter({cell: n for cell, n in said.items() if cell not in "*§¶"})


def test_the_real_download_has_every_month_of_every_jurisdiction_in_both_kinds(real: Read) -> None:
    rates, _ = real
    keys = {(r.area, r.month, r.over, r.case) for r in rates}
    assert len(keys) == len(rates) == 51 * 78 * 2 * 8
    opioids = Counter(r.area for r in rates if r.over == "month" and r.case.startswith("opioids") and r.value.told)
    assert sum(told >= 72 for told in opioids.values()) == 34


def test_places_that_take_no_part_and_months_of_the_pandemic_are_what_they_were(real: Read) -> None:
    rates, _ = real
    assert {r.value.kind for r in rates if r.area == "ND"} == {"not-available"}
    assert {r.value.kind for r in rates if r.area == "CA"} == {"not-reported"}
    spring = [r for r in rates if r.over == "month" and Month(2020, 3) <= r.month <= Month(2020, 8)]
    assert not any(r.value.told for r in spring)
    assert {r.value.kind for r in rates if r.area == "IL" and r.case.startswith("fentanyl")} == {"not-reported"}


def test_a_twelve_months_rate_of_the_real_download_lies_among_its_months(real: Read) -> None:
    """That it is a mean of the twelve months that end with it: of those that begin with it, hundreds would fail."""
    rates, _ = real
    told = {(r.area, r.case, r.over, r.month): r for r in rates if r.value.told}
    yearly = [(key, rate) for key, rate in told.items() if key[2] == "12-months"]
    held, astray = Counter[bool](), Counter[bool]()
    for (area, case, _, month), rate in yearly:
        for told_of, step in ((held, -1), (astray, 1)):
            months = [told.get((area, case, "month", month.plus(step * t))) for t in range(12)]
            own = [m.value.value for m in months if m is not None and m.value.value is not None]
            if len(own) == 12 and rate.value.value is not None:
                told_of[min(own) - 0.1 < rate.value.value < max(own) + 0.1] += 1
    assert held[True] > 9_000
    assert held[False] == 0
    assert astray[False] > 300
