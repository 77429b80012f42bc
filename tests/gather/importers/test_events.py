"""A log of one row an event becomes counts by month: each row is in one month or is told, and nothing of it is kept."""

from __future__ import annotations

import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longview.gather.imported import Import
from longview.gather.importers.event_words import coding_periods, meaning, periods_words
from longview.gather.importers.events import read_events
from longview.program import Count, Month, Problem

OURS = Path(__file__).resolve().parents[2] / "files" / "imports" / "events" / "visits.csv"
REAL = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "tempe_opioid_ems_calls_2017-2024.csv"
WHERE = {"area": "Tempe", "case": "opioids-ems-calls", "source": "City of Tempe"}


def events(path: Path, **more: object) -> tuple[Import, list[Problem]]:
    given_ = {"measure": "ems_calls", "as_of": "2024-10-15", **WHERE, **more}
    return read_events(path, **given_)  # type: ignore[arg-type]


def log(place: Path, rows: list[str], header: str = "day,what") -> Path:
    path = place / "log.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


def by_month(found: Import, measure: str = "ems_calls") -> dict[str, Count]:
    rows = [*found.community, *found.services]
    return {str(row.month): row.value for row in rows if row.measure == measure}


def must(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems if problem.severity == "problem"]


def test_a_log_of_visits_by_site() -> None:
    found, problems = read_events(OURS, measure="visits", to="services", by="Site", yes={"kit given": "kit_visits"})
    assert must(problems) == ["events-no-place-many"]  # one of seven rows names no site
    found, problems = read_events(OURS, measure="visits", to="services", yes={"kit given": "kit_visits"})
    assert must(problems) == []
    assert by_month(found, "visits") == {
        "2024-03": Count.of(2), "2024-04": Count.of(2), "2024-05": Count.of(0), "2024-06": Count.of(2)
    }  # fmt: skip
    assert by_month(found, "kit_visits") == {
        "2024-03": Count.of(1), "2024-04": Count.between(1, 2), "2024-05": Count.of(0), "2024-06": Count.between(1, 2)
    }  # fmt: skip
    assert found.personal == ("First name", "Phone")
    assert (found.events, found.keeps_original, found.kind) == (True, False, "events")
    assert "events-flag-words" in codes(problems)


def test_no_value_of_a_row_is_in_anything_that_comes_back() -> None:
    found, problems = read_events(OURS, measure="visits", to="services", yes={"kit given": "kit_visits"})
    said = repr(found) + repr(problems)
    for value in ("Tom", "Ana", "Kim", "401-555", "friend"):
        assert value not in said


def test_whatever_community_needs_is_asked_at_once(tmp_path: Path) -> None:
    found, problems = read_events(log(tmp_path, ["2024-01-02,a"]), measure="ems_calls")
    assert codes(problems) == ["events-ask"] * 4
    assert found.community == ()
    assert " ".join(p.instead for p in problems).count("--") == 8
    _, problems = events(log(tmp_path, ["2024-01-02,a"]), as_of="15.10.2024")
    assert codes(problems) == ["not-a-date"]


def test_a_day_that_may_be_two_is_asked_and_then_read_as_told(tmp_path: Path) -> None:
    path = log(tmp_path, ["03/04/2024,a", "05/04/2024,b"])
    found, problems = events(path)
    assert must(problems) == ["dates-ambiguous"]
    assert found.community == ()
    assert list(by_month(events(path, dates="dmy")[0])) == ["2024-04"]
    assert list(by_month(events(path, dates="mdy")[0])) == ["2024-03", "2024-04", "2024-05"]


def test_two_columns_of_days_are_asked_but_not_the_day_of_entry(tmp_path: Path) -> None:
    rows = ["2024-01-02,2024-01-09", "2024-01-30,2024-02-01"]
    assert must(events(log(tmp_path, rows, "call date,scene date"))[1]) == ["events-which-day"]
    assert list(by_month(events(log(tmp_path, rows, "call date,date entered"))[0])) == ["2024-01"]
    found, _ = events(log(tmp_path, rows, "call date,scene date"), column="Scene date")
    assert list(by_month(found)) == ["2024-01", "2024-02"]
    _, problems = events(log(tmp_path, rows, "call date,scene date"), column="scene dat")
    assert [p.instead for p in problems] == ["write scene date"]


def test_a_birth_date_is_never_the_day_of_an_event(tmp_path: Path) -> None:
    rows = [f"{1960 + n}-05-0{n},2024-01-0{n}" for n in range(1, 9)]
    found, _ = events(log(tmp_path, rows, "client date of birth,visit date"))
    assert by_month(found) == {"2024-01": Count.of(8)}
    assert found.personal == ("client date of birth",)
    assert must(events(log(tmp_path, rows, "DOB,day"), by="DOB")[1]) == ["events-by-personal"]


def test_a_year_and_a_month_in_two_columns(tmp_path: Path) -> None:
    rows = ["2023,12,a", "2024,1,b", "2024,01,c"]
    assert by_month(events(log(tmp_path, rows, "Year,Month,what"))[0]) == {
        "2023-12": Count.of(1),
        "2024-01": Count.of(2),
    }
    rows = ["2023,December,a", "2024,January,b"]
    assert list(by_month(events(log(tmp_path, rows, "Year,Month,what"))[0])) == ["2023-12", "2024-01"]


def test_the_month_of_the_export_is_at_least_what_it_shows(tmp_path: Path) -> None:
    rows = ["2024-09-02,a", "2024-10-03,b", "2024-10-04,c"]
    found, problems = events(log(tmp_path, rows))
    assert by_month(found) == {"2024-09": Count.of(1), "2024-10": Count.not_counted(at_least=2)}
    assert codes(problems) == ["events-cut"]
    assert by_month(events(log(tmp_path, rows), as_of="2024-10-31")[0])["2024-10"] == Count.of(2)


def test_a_log_that_ends_or_begins_within_a_month_is_a_doubt(tmp_path: Path) -> None:
    days = [date(2023, 1, 1) + timedelta(days=n) for n in range(600)]
    rows = [f"{day},{n}" for n, day in enumerate(days)]
    assert codes(events(log(tmp_path, rows))[1]) == ["events-cut"]
    assert codes(events(log(tmp_path, [r for r in rows if r < "2024-08"]))[1]) == []
    assert codes(events(log(tmp_path, [r for r in rows if "2023-02-11" < r < "2024-08"]))[1]) == ["events-begins-late"]


def test_months_without_a_row_are_0_and_told_where_there_usually_are_some(tmp_path: Path) -> None:
    rows = [
        f"2023-{month:02d}-{day:02d},{day}" for month in range(1, 13) if month not in (5, 6) for day in range(1, 29)
    ]
    found, problems = events(log(tmp_path, rows))
    assert by_month(found)["2023-05"] == Count.of(0)
    assert [p.expected for p in problems if p.code == "events-none"] == [
        "no row at all for 2023-05 to 2023-06; read as 0"
    ]


def test_rows_without_a_day_after_the_export_or_years_away_are_told_and_counted_in_no_month(tmp_path: Path) -> None:
    rows = [f"2024-{month:02d}-{day:02d},{month}/{day}" for month in range(1, 10) for day in range(1, 29)]
    odd = ["pending,x", "2025-02-01,y", "1014-02-03,z", "2004-01-01,z"]
    found, problems = events(log(tmp_path, rows + odd))
    assert sum(count.low for count in by_month(found).values()) == len(rows)
    assert sorted(set(codes(problems))) == ["events-after", "events-far", "events-undated"]
    assert {p.row for p in problems} == {len(rows) + 2 + n for n in range(4)}
    _, problems = events(log(tmp_path, rows[:20] + odd))
    assert must(problems) == ["events-undated-many"]


def test_rows_that_say_the_same_are_told_and_counted(tmp_path: Path) -> None:
    rows = [f"2024-03-{day:02d},call {day}" for day in range(1, 31)]
    found, problems = events(log(tmp_path, [*rows, rows[4]]))
    assert by_month(found) == {"2024-03": Count.of(31)}
    assert [(p.code, p.row) for p in problems] == [("events-twice", 32)]
    assert codes(events(log(tmp_path, ["2024-03-01"] * 30, "day"))[1]) == []  # days alone tell no row from another


def test_sites_are_counted_each_from_its_first_row(tmp_path: Path) -> None:
    rows = ["2024-01-05,Main Street", "2024-03-05,Main Street", "2024-02-01,Van"]
    found, _ = read_events(log(tmp_path, rows, "day,site"), measure="visits", to="services", by="site")
    assert [(str(r.month), r.site, r.value.low) for r in found.services] == [
        ("2024-01", "Main Street", 1), ("2024-02", "Main Street", 0), ("2024-03", "Main Street", 1),
        ("2024-02", "Van", 1), ("2024-03", "Van", 0),
    ]  # fmt: skip


def test_a_column_that_is_not_of_yes_and_no_is_refused(tmp_path: Path) -> None:
    rows = ["2024-01-05,Main Street", "2024-03-05,yes", "2024-02-01,Van"]
    assert must(events(log(tmp_path, rows), yes={"what": "x"})[1]) == ["events-not-yes-no"]


def test_words_of_a_row_wider_than_the_header_are_told(tmp_path: Path) -> None:
    _, problems = events(log(tmp_path, ["2024-01-05,a,b", "2024-01-06,c"]))
    assert [(p.code, p.row) for p in problems] == [("events-wide", 2)]


def spread(
    months: int, shares: Callable[[int], list[float]], seed: int = 1, rows: int = 30
) -> dict[Month, Counter[str]]:
    draw = random.Random(seed)
    return {Month(2015, 1).plus(t): Counter(draw.choices(["Y", "N", ""], shares(t), k=rows)) for t in range(months)}


@pytest.mark.parametrize("seed", range(12))
def test_chance_and_slow_growth_are_no_change_of_coding(seed: int) -> None:
    assert len(coding_periods(spread(96, lambda t: [0.6, 0.3, 0.1], seed))) == 1
    assert len(coding_periods(spread(96, lambda t: [0.3 + 0.004 * t, 0.6 - 0.004 * t, 0.1], seed))) == 1
    assert len(coding_periods(spread(96, lambda t: [0.6, 0.3, 0.1], seed, rows=3))) == 1


@pytest.mark.parametrize("seed", range(12))
def test_a_word_that_was_not_used_before_is_found_in_its_month(seed: int) -> None:
    periods = coding_periods(spread(96, lambda t: [0.6, 0.0, 0.4] if t < 40 else [0.6, 0.35, 0.05], seed))
    assert len(periods) == 2
    assert abs(periods[1].first.since(Month(2018, 5))) <= 1
    assert "no N" in periods_words(periods)


def test_other_words_for_the_same_are_found_too() -> None:
    words = {
        Month(2020, 1).plus(t): Counter({"Y": 8, "N": 9} if t < 12 else {"TRUE": 8, "FALSE": 9}) for t in range(24)
    }
    assert [str(period.first) for period in coding_periods(words)] == ["2020-01", "2021-01"]
    assert {meaning(word) for word in ("Y", "TRUE")} == {"yes"}


@given(st.dictionaries(st.integers(0, 60), st.dictionaries(st.sampled_from("YN?"), st.integers(0, 50)), max_size=30))
def test_periods_hold_every_row_once(said: dict[int, dict[str, int]]) -> None:
    months = {Month(2020, 1).plus(t): words for t, words in said.items()}
    periods = coding_periods(months)
    assert sum(sum(p.words.values()) for p in periods) == sum(sum(words.values()) for words in months.values())


def real() -> Path:
    if not REAL.exists():
        pytest.skip("the Tempe log is not beside this checkout")
    return REAL


def test_the_calls_of_tempe() -> None:
    found, problems = events(real(), yes={"narcan_given": "naloxone_given"})
    calls, given_ = by_month(found), by_month(found, "naloxone_given")
    assert must(problems) == []
    assert len(calls) == len(given_) == 93
    assert sum(count.low for count in calls.values()) == 3379
    assert all(count.exact for count in calls.values())
    assert (min(calls), max(calls)) == ("2017-01", "2024-09")
    assert sum(count.low for count in given_.values()) == 1978
    assert sum(count.high or 0 for count in given_.values()) == 1978 + 501
    assert given_["2017-01"] == Count.between(4, 24)
    assert found.personal == ("latitude", "longitude")
    assert found.community[0].area == "Tempe"


def test_the_changed_coding_of_tempes_naloxone_is_told() -> None:
    _, problems = events(real(), yes={"narcan_given": "naloxone_given"})
    told = next(p.expected for p in problems if p.code == "events-coding")
    assert "2017-01 to 2018-06: TRUE 34%, NA 66%, no FALSE" in told
    assert "2023-01 to 2024-09: TRUE 37%, FALSE 63%, no NA" in told
    assert [p.row for p in problems if p.code == "events-twice"] == [1240]


BREAKS: dict[str, Callable[[bytes], bytes]] = {
    "byte order mark": lambda raw: b"\xef\xbb\xbf" + raw,
    "UTF-16": lambda raw: raw.decode().encode("utf-16"),
    "Windows": lambda raw: raw.replace(b"FALSE", "não".encode("cp1252")),
    "semicolons": lambda raw: raw.replace(b",", b";"),
    "tabs": lambda raw: raw.replace(b",", b"\t"),
    "pipes": lambda raw: raw.replace(b",", b"|"),
    "CRLF": lambda raw: raw.replace(b"\n", b"\r\n"),
    "old Mac": lambda raw: raw.replace(b"\n", b"\r"),
    "titles": lambda raw: b"Calls,,,,\nAll of them,,,,\n\n" + raw,
    "sep line": lambda raw: b"sep=,\n" + raw,
    "blank rows": lambda raw: raw.replace(b"\n", b"\n\n"),
    "quotes": lambda raw: b'"' + raw.replace(b",", b'","').replace(b"\n", b'"\n"')[:-1],
    "total row": lambda raw: raw + b"Total,,,,\n",
    "days first": lambda raw: _turned(raw, "{2}/{1}/{0}"),
    "American": lambda raw: _turned(raw, "{1}/{2}/{0}"),
    "with times": lambda raw: _turned(raw, "{0}-{1}-{2} 13:45:10"),
    "upper header": lambda raw: raw.replace(b"incident_date", b"INCIDENT DATE"),
}


def _turned(raw: bytes, way: str) -> bytes:
    lines = raw.decode().splitlines()
    cells = [line.split(",") for line in lines]
    return "\n".join(",".join([a, way.format(*b.split("-")) if "-" in b else b, *c]) for a, b, *c in cells).encode()


@pytest.mark.parametrize("way", BREAKS)
def test_the_same_calls_in_other_dress_are_the_same_calls(tmp_path: Path, way: str) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(BREAKS[way](real().read_bytes()))
    found, problems = events(path)
    assert must(problems) == []
    assert by_month(found) == by_month(events(real())[0])


BROKEN: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda raw: b"",
    "blank": lambda raw: b"\n \n",
    "header only": lambda raw: raw.split(b"\n")[0],
    "no header": lambda raw: raw.split(b"\n", 1)[1],
    "no column of days": lambda raw: b"a,b\n1,2\n",
    "cut within quotes": lambda raw: raw + b'2024,"2024-01-01',
    "a picture": lambda raw: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
    "zeros": lambda raw: bytes(5000),
    "an archive": lambda raw: b"PK\x03\x04" + raw,
    "another's archive": lambda raw: b"\xd0\xcf\x11\xe0" + raw,
    "a huge cell": lambda raw: raw + b"2024," + b"x" * 1_000_000 + b",,,\n",
    "one line": lambda raw: raw.replace(b"\n", b","),
    "days mixed": lambda raw: raw + b"2024,25/03/2024,,,\n2024,03/25/2024,,,\n",
    "no day reads": lambda raw: raw.replace(b"-", b"~"),
    "weeks": lambda raw: b"week,n\n2024-W03,1\n2024-W04,1\n",
}


@pytest.mark.parametrize("way", BROKEN)
def test_a_broken_log_is_a_clear_list(tmp_path: Path, way: str) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes(BROKEN[way](real().read_bytes()))
    found, problems = events(path)
    assert must(problems)
    assert found.community == ()
    assert all(problem.file == "log.csv" and problem.expected for problem in problems)


@pytest.mark.parametrize("seed", range(20))
def test_a_log_with_bytes_changed_at_random_never_raises_and_loses_no_row(tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)
    raw = bytearray(real().read_bytes()[:20_000])
    for _ in range(draw.choice([1, 5, 50, 500])):
        raw[draw.randrange(len(raw))] = draw.choice(b',;\t"\n\r\x00 0123456789-/abc\xff\xe9')
    path = tmp_path / "log.csv"
    path.write_bytes(bytes(raw))
    found, problems = events(path, yes={"narcan_given": "naloxone_given"})
    if not must(problems):
        counted = sum(count.low for count in by_month(found).values())
        told = sum(_rows(p.expected) for p in problems if p.code in ("events-undated", "events-after", "events-far"))
        assert f"{counted:,} of {counted + told:,} rows" in found.told[0]


def _rows(said: str) -> int:
    words = said.replace(",", "").replace(";", " ").split()
    return next(int(words[at - 1]) for at, word in enumerate(words) if word in ("row", "rows"))


def test_no_such_file_and_a_folder(tmp_path: Path) -> None:
    assert must(events(tmp_path / "none.csv")[1]) == ["unreadable"]
    assert len(must(events(tmp_path)[1])) == 1


def test_a_log_in_a_workbook(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.title = "Read me"
    visits = book.create_sheet("Visits")
    for row in (["Day", "Kit given"], [date(2024, 3, 4), True], [date(2024, 3, 9), False], [date(2024, 5, 1), None]):
        visits.append(row)
    book.save(tmp_path / "log.xlsx")
    found, problems = read_events(
        tmp_path / "log.xlsx", measure="visits", to="services", sheet="Visits", yes={"Kit given": "kits"}
    )
    assert must(problems) == []
    assert by_month(found, "visits") == {"2024-03": Count.of(2), "2024-04": Count.of(0), "2024-05": Count.of(1)}
    assert by_month(found, "kits")["2024-05"] == Count.between(0, 1)


BIG = """
import resource, sys, time
from pathlib import Path
from longview.gather.importers.events import read_events
began = time.perf_counter()
found, problems = read_events(Path(sys.argv[1]), measure="visits", to="services", yes={"kit": "kits"})
assert sum(r.value.low for r in found.services if r.measure == "visits") == int(sys.argv[2]), problems
print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6)
"""


@pytest.mark.slow
def test_a_million_rows_in_20_seconds_and_a_gigabyte(tmp_path: Path) -> None:
    path, rows = tmp_path / "big.csv", 1_000_000
    draw = random.Random(3)
    with path.open("w") as out:
        out.write("visit time,code,site,kit,notes\n")
        for n in range(rows):
            day = date(2015, 1, 1) + timedelta(days=n * 3500 // rows)
            out.write(
                f"{day} {draw.randrange(24):02d}:{draw.randrange(60):02d}:{draw.randrange(60):02d},V{n:07d},Main Street,"
                f"{draw.choice(['yes', 'no', ''])},came for kits and food\n"
            )
    done = subprocess.run([sys.executable, "-c", BIG, str(path), str(rows)], capture_output=True, text=True, check=True)
    seconds, gigabytes = map(float, done.stdout.split())
    assert seconds < 20, f"{seconds:.1f} s"
    assert gigabytes < 1, f"{gigabytes:.2f} GB"


@pytest.mark.parametrize("how", [{"yes": {"Patient Name": "hats"}}, {"column": "Patient Name"}, {"by": "Patient Name"}])
def test_no_cell_of_a_column_of_names_is_quoted_whatever_it_is_asked_for(
    tmp_path: Path, how: dict[str, object]
) -> None:
    rows = ["2024-03-14,Maria Gonzalez", "2024-03-15,John Smith"]
    found, problems = events(log(tmp_path, rows, "day,Patient Name"), **how)
    assert must(problems) == ["events-by-personal"]
    assert not any(name in repr((found, problems)) for name in ("Maria", "Gonzalez", "John", "Smith"))
