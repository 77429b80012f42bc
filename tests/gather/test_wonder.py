"""CDC WONDER exports: totals are no place, a month without a row is hidden, and nothing hidden is found out."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longview.gather import read_wonder
from longview.gather.wonder_notes import read_notes
from longview.program import CommunityCount, Count, Month, total

FILES = Path(__file__).resolve().parents[1] / "files" / "wonder"
REAL = Path(__file__).resolve().parents[2].parent / "shared" / "data"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
OVERDOSES = (
    "UCD - Drug/Alcohol Induced Causes: Accident (X40-X44); Suicide\n(X60-X64); Homicide (X85); Unknown (Y10-Y14)"
)
HEADER = "Notes\tMonth\tMonth Code\tResidence State\tResidence State Code\tDeaths\tPopulation\tCrude Rate"


def notes(
    *,
    zeros: str = "False",
    hidden: str = "False",
    asked: str = OVERDOSES,
    when: str = "2022",
    day: str = "Apr 21, 2025",
    last: str = "April 05, 2025",
) -> str:
    return (
        f'---\n"Dataset: Provisional Mortality Statistics"\nQuery Parameters:\n{asked}\nYear/Month: {when}\n'
        f"Group By: Month; Residence State\nShow Totals: True\nShow Zero Values: {zeros}\nShow Suppressed: {hidden}\n"
        f'---\n"Query Date: {day} 4:56:10 PM"\n---\nCaveats:\n"6. Deaths occurring through {last} as of today."\n'
    )


def row(month: int, area: str, deaths: object, *, year: int = 2022, note: str = "") -> str:
    when = f'"{MONTHS[month - 1]}., {year}"\t{year}/{month:02d}'
    return f"{note}\t{when}\t{area}\t1\t{deaths}\tNot Applicable\tNot Applicable"


def export(place: Path, rows: list[str], said: str | None = None, name: str = "export.txt") -> Path:
    path = place / name
    text = "\n".join([HEADER, *rows]) + "\n" + (notes() if said is None else said)
    path.write_bytes(text.replace("\n", "\r\n").encode())
    return path


def by_month(counts: tuple[CommunityCount, ...], area: str) -> dict[int, Count]:
    return {row.month.month: row.value for row in counts if row.area == area}


def test_a_file_in_the_format_of_wonder() -> None:
    counts, problems = read_wonder(FILES / "three-places.txt")
    assert problems == []
    assert {row.area for row in counts} == {"Harbor", "Hill", "Plain"}
    assert by_month(counts, "Harbor") == {m: Count.of(19 + m) for m in range(1, 13)}
    hill = by_month(counts, "Hill")
    assert [m for m, count in hill.items() if count.exact] == [1, 4, 8, 12]
    assert {str(count) for count in hill.values() if not count.exact} == {"<10"}
    first = counts[0]
    assert (first.month, first.case, first.measure) == (Month(2022, 1), "all-drugs-all-intents", "deaths")
    assert (first.as_of, first.source) == (
        "2025-04-21",
        "CDC WONDER: Provisional Mortality Statistics, 2018 through Last Week",
    )


@pytest.mark.parametrize(
    ("zeros", "hidden", "expected"),
    [
        ("False", "False", Count(0, 9, "hidden")),
        ("True", "False", Count(1, 9, "hidden")),
        ("False", "True", Count.of(0)),
        ("True", "True", Count.no_row()),
        ("False", "Disabled", Count(0, 9, "hidden")),
    ],
)
def test_a_month_without_a_row_is_what_the_notes_say(zeros: str, hidden: str, expected: Count, tmp_path: Path) -> None:
    path = export(tmp_path, [row(1, "Hill", 12)], notes(zeros=zeros, hidden=hidden))
    counts, problems = read_wonder(path)
    assert problems == []
    assert by_month(counts, "Hill") == {1: Count.of(12), **dict.fromkeys(range(2, 13), expected)}


def test_the_word_suppressed_is_an_interval(tmp_path: Path) -> None:
    path = export(tmp_path, [row(1, "Hill", "Suppressed"), row(2, "Hill", 0)], notes(zeros="True", hidden="True"))
    counts, _ = read_wonder(path)
    assert by_month(counts, "Hill")[1] == Count(1, 9, "hidden")
    assert by_month(counts, "Hill")[2] == Count.of(0)


def test_totals_are_no_place_and_tell_of_rows_that_exceed_them(tmp_path: Path) -> None:
    rows = [row(1, "Hill", 12), row(1, "Harbor", 30), row(1, "", 42, note="Total"), row(2, "Hill", 20)]
    counts, problems = read_wonder(export(tmp_path, [*rows, row(2, "", 19, note="Total")]))
    assert {row.area for row in counts} == {"Hill", "Harbor"}
    assert [(p.code, p.found) for p in problems] == [("wonder-total", "19")]


def test_what_is_hidden_is_not_found_out_by_arithmetic(tmp_path: Path) -> None:
    """With a total and one hidden row, subtraction would give the count away; WONDER's rules of use forbid it."""
    rows = [row(1, "Hill", 12), row(2, "Hill", 20), row(2, "Harbor", 30), row(1, "", 15, note="Total")]
    counts, problems = read_wonder(export(tmp_path, rows))
    assert problems == []
    assert by_month(counts, "Harbor")[1] == Count(0, 9, "hidden")


def test_a_place_that_is_always_hidden_is_told_by_the_total(tmp_path: Path) -> None:
    _, problems = read_wonder(export(tmp_path, [row(1, "Hill", 12), row(1, "", 20, note="Total")]))
    assert [problem.code for problem in problems] == ["wonder-unseen"]


def test_months_that_have_not_passed_are_not_hidden_but_not_there(tmp_path: Path) -> None:
    said = notes(when="2025", last="April 05, 2025", day="Apr 13, 2025")
    counts, _ = read_wonder(export(tmp_path, [row(1, "Hill", 12, year=2025)], said))
    assert sorted(by_month(counts, "Hill")) == [1, 2, 3]


@given(st.permutations(range(3)))
def test_several_files_make_one_series_in_whatever_order(order: list[int]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as place:
        paths = []
        for year in (2020, 2021, 2022):
            rows = [row(m, "Hill", 10 + m, year=year) for m in (1, 6, 12)]
            paths.append(export(Path(place), rows, notes(when=str(year)), f"{year}.txt"))
        counts, problems = read_wonder([paths[i] for i in order])
    assert problems == []
    assert [count.month for count in counts] == [Month(2020, 1).plus(t) for t in range(36)]
    assert sum(count.value.exact for count in counts) == 9


def test_of_two_exports_the_newer_counts(tmp_path: Path) -> None:
    old = export(tmp_path, [row(1, "Hill", 12)], notes(day="Apr 21, 2024"), "old.txt")
    new = export(tmp_path, [row(1, "Hill", 14)], notes(day="Apr 21, 2025"), "new.txt")
    for paths in itertools.permutations([old, new]):
        counts, problems = read_wonder(paths)
        assert problems == []
        assert (counts[0].value, counts[0].as_of) == (Count.of(14), "2025-04-21")


def test_two_exports_of_one_day_that_contradict_each_other_are_told(tmp_path: Path) -> None:
    a = export(tmp_path, [row(1, "Hill", 12)], name="a.txt")
    b = export(tmp_path, [row(1, "Hill", 14)], name="b.txt")
    _, problems = read_wonder([a, b])
    assert [(p.code, p.file, p.row, p.found) for p in problems] == [("wonder-clash", "b.txt", 2, "14")]
    c = export(tmp_path, [row(1, "Hill", 12), row(1, "Hill", 13)], name="c.txt")
    assert [p.code for p in read_wonder(c)[1]] == ["wonder-clash"]


def test_files_that_count_different_things_are_not_put_together(tmp_path: Path) -> None:
    a = export(tmp_path, [row(1, "Hill", 12)], name="a.txt")
    b = export(tmp_path, [row(1, "Hill", 12)], notes(asked="UCD - ICD-10 Codes: X40-X44"), name="b.txt")
    assert [p.code for p in read_wonder([a, b])[1]] == ["wonder-cases"]


@pytest.mark.parametrize(
    ("asked", "case"),
    [
        (OVERDOSES, "all-drugs-all-intents"),
        ("UCD - ICD-10 Codes: X40 (A); X41 (B); X42 (C); X43 (D); X44 (E)", "all-drugs-unintentional"),
        (
            OVERDOSES + "\nMCD - ICD-10 Codes: T40.0 (Opium); T40.1 (Heroin); T40.2 (Other); T40.3 (Methadone);\n"
            "T40.4 (Synthetic); T40.6 (Unspecified)",
            "opioids-all-intents",
        ),
        (OVERDOSES + "\nMCD - ICD-10 Codes: T40.4 (Other synthetic narcotics)", "synthetic-opioids-all-intents"),
        (OVERDOSES + "\nGender: Female", "all-drugs-all-intents; gender: Female"),
        ("UCD - ICD-10 Codes: X42 (Narcotics)", "ucd-x42"),
        ("Gender: Male", "all-causes; gender: Male"),
    ],
)
def test_the_case_definition_comes_from_what_was_asked_for(asked: str, case: str) -> None:
    found = read_notes(notes(asked=asked).splitlines())
    assert found is not None
    assert found.case == case


def test_an_export_of_one_place_alone_has_its_name_from_the_notes(tmp_path: Path) -> None:
    header = "Notes\tMonth\tMonth Code\tDeaths\tPopulation\tCrude Rate"
    line = '\t"Jan., 2022"\t2022/01\t33\tNot Applicable\tNot Applicable'
    path = tmp_path / "one.txt"
    path.write_text("\n".join([header, line]) + "\n" + notes(asked=OVERDOSES + "\nResidence States: Rhode Island (44)"))
    counts, problems = read_wonder(path)
    assert problems == []
    assert (counts[0].area, counts[0].value, counts[0].case) == ("Rhode Island", Count.of(33), "all-drugs-all-intents")
    assert len(counts) == 12


def test_what_is_asked_for_and_not_there_is_told(tmp_path: Path) -> None:
    counts, problems = read_wonder(export(tmp_path, [row(1, "Rhode Island", 20)]), areas=["Rhode Iland"])
    assert counts == ()
    assert [(p.code, p.instead) for p in problems] == [("wonder-area", "write Rhode Island")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "wonder-not"),
        ("a,b\n1,2\n", "wonder-not"),
        (HEADER + "\n" + row(1, "Hill", 12) + "\n", "wonder-not"),
        (HEADER + "\n" + row(1, "Hill", "twelve") + "\n" + notes(), "wonder-row"),
        (HEADER + "\nhalf a\n" + notes(), "wonder-row"),
        (
            HEADER + "\n" + row(1, "Hill", 12) + "\n" + notes().replace("Show Zero Values: False\n", ""),
            "wonder-zero-notes",
        ),
    ],
)
def test_what_is_no_export_or_a_spoilt_one_is_told(text: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(text)
    _, problems = read_wonder(tmp_path / "x.txt")
    assert [problem.code for problem in problems] == [code]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert [problem.code for problem in read_wonder(tmp_path / "nowhere.txt")[1]] == ["unreadable"]


@pytest.fixture(scope="module")
def real() -> tuple[CommunityCount, ...]:
    paths = sorted(REAL.glob("wonder_state_month_*.txt"))
    if not paths:
        pytest.skip("the real exports are not beside this checkout (shared/data)")
    counts, problems = read_wonder(paths)
    assert problems == []
    return counts


def test_real_exports_give_every_month_of_every_state_once(real: tuple[CommunityCount, ...]) -> None:
    assert len(real) == 51 * 60
    assert len({(row.area, row.month) for row in real}) == 51 * 60
    assert {row.case for row in real} == {"all-drugs-all-intents"}
    assert {row.as_of for row in real} == {"2025-04-21"}


def test_rhode_island_has_no_hidden_month(real: tuple[CommunityCount, ...]) -> None:
    rows = [row for row in real if row.area == "Rhode Island"]
    assert all(row.value.exact for row in rows)
    assert [row.value.low for row in rows[:12]] == [20, 19, 27, 28, 29, 34, 22, 27, 25, 30, 28, 28]


@pytest.mark.parametrize("state", ["Wyoming", "South Dakota", "North Dakota"])
def test_a_small_state_keeps_its_hidden_months_as_intervals(real: tuple[CommunityCount, ...], state: str) -> None:
    rows = [row for row in real if row.area == state]
    hidden = [row.value for row in rows if not row.value.exact]
    assert len(rows) == 60
    assert len(hidden) > 20
    assert set(hidden) == {Count(0, 9, "hidden")}
    assert all(row.value.low >= 10 for row in rows if row.value.exact)


def test_real_totals_lie_within_the_sums_of_their_rows(real: tuple[CommunityCount, ...]) -> None:
    """The 2018 and 2019 exports have totals: all rows, the hidden ones as intervals, hold them in every month."""
    for path in sorted(REAL.glob("wonder_state_month_201*.txt")):
        for line in path.read_text().splitlines():
            cells = line.split("\t")
            if cells[0] == "Total" and cells[2]:
                month = Month(int(cells[2][:4]), int(cells[2][5:]))
                whole = total(row.value for row in real if row.month == month)
                assert whole.low <= int(cells[5]) <= (whole.high or 0)


def changed_export(tmp_path: Path, old: str, new: str) -> tuple[list[str], int]:
    """Problems and rows of the small export with one thing changed in it."""
    text = (Path(__file__).resolve().parents[1] / "files" / "wonder" / "three-places.txt").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "a.txt").write_text(text.replace(old, new, 1), encoding="utf-8")
    rows, problems = read_wonder(tmp_path / "a.txt")
    return [p.code for p in problems if p.code not in ("wonder-unseen", "wonder-total")], len(rows)


def test_places_without_their_codes_are_not_taken_for_the_nation(tmp_path: Path) -> None:
    assert changed_export(tmp_path, "Residence State Code", "Code") == (["wonder-not", "wonder-not"], 0)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("Crude Rate", "remarks", ["wonder-column"]),
        ("Crude Rate", "Population", ["column-twice"]),
        ("\t1\t20\t", "\t1\t2,0\t", ["wonder-row"]),
        ("\t1\t20\t", "\t1\t1,020\t", []),
        ("\t\t\t132\t", "\t\t\tmany\t", ["wonder-row"]),
        ('Total\t"Jan., 2022"\t2022/01', 'Total\t"Jan., 2022"\t2022', ["wonder-row"]),
        ("\t1\t20\tNot Applicable\tNot Applicable", "\t1\t20\tNot Applicable\tNot Applicable\t7", ["wonder-row"]),
    ],
)
def test_nothing_of_an_export_is_passed_over_in_silence(old: str, new: str, told: list[str], tmp_path: Path) -> None:
    assert changed_export(tmp_path, old, new)[0] == told
