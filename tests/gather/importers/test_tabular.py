"""What stands in a table is what is read, cell by cell, or it is told; totals check, and narrow what is hidden."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longview.gather.grids import Grid
from longview.gather.importers.entries import EntryReader
from longview.gather.importers.guessing import guess
from longview.gather.importers.layout import layout_of
from longview.gather.importers.mapping import KEYS, Mapping
from longview.gather.importers.table_file import read_table_file
from longview.gather.importers.tabular import apply
from longview.program import Count, Fund, Month, Program, Range, Site

FILES = Path(__file__).parents[2] / "files" / "imports" / "table"
SITES = (Site("main-street", "Main Street", "fixed", "leased"), Site("van", "The van", "van", "owned"))
FUNDS = (
    Fund("city", "City of Harbor", "local", Decimal(9000), Month(2024, 1), None),
    Fund("state-hr", "State harm reduction", "state", Decimal(9000), Month(2024, 1), None),
)
PROGRAM = Program(
    "harbor", "Harbor Street", "Harbor", "USD", 2024, Month(2024, 1), Range(1, 2, 3), {}, sites=SITES, funds=FUNDS
)
MEASURES = {"Syringes dist.": "syringes_out", "Naloxone kits": "kits_out", "Turned away": "turned_away"}


def grid(text: str, *, decimal_comma: bool = False) -> Grid:
    """A grid of lines, cells parted by |."""
    rows = [tuple(cell.strip() for cell in line.split("|")) for line in text.strip("\n").split("\n")]
    return Grid("table.csv", list(enumerate(rows, start=1)), decimal_comma)


def taken(text: str, to: str = "services", **changes: object):
    """The import of a table as it is guessed, its problems, and the doubts of the guess."""
    table = grid(text)
    found, problems = guess([table], to, PROGRAM)
    assert found is not None, problems
    imported, problems = apply(table, found.mapping.with_(**changes), PROGRAM)
    return imported, problems, found.doubts


def codes(problems) -> list[str]:
    return [problem.code for problem in problems]


def values(imported) -> dict[str, str]:
    return {
        f"{row.month} {row.site or ''} {row.measure}".replace("  ", " "): str(row.value) for row in imported.services
    }


# The same month in whatever form


def test_one_table_in_twelve_forms_is_one_set_of_rows():
    read = {file.name: read_table_file(file, to="services", program=PROGRAM) for file in sorted(FILES.iterdir())}
    assert len(read) == 12
    expected = {
        f"2024-0{month} {measure}": value
        for month, row in enumerate((["1204", "30", "2.5"], ["1310", "<5", "0"], ["987", "41", "not counted"]), start=1)
        for measure, value in zip(MEASURES.values(), row, strict=True)
    }
    for name, one in read.items():
        assert values(one.imported) == expected, name
        assert not [problem for problem in one.problems if problem.severity == "problem"], name
        assert one.imported.files == (name,)


def test_other_sheets_are_told():
    read = read_table_file(FILES / "wide.xlsx", to="services", program=PROGRAM)
    assert ("sheet About", "table-sheets") in [(problem.file, problem.code) for problem in read.problems]
    assert read_table_file(FILES / "wide.xlsx", to="services", program=PROGRAM, sheet="visits").imported.services
    [problem] = read_table_file(FILES / "wide.xlsx", to="services", program=PROGRAM, sheet="Vists").problems
    assert problem.code == "table-no-sheet"


# Cell by cell

FIGURES = st.one_of(
    st.integers(0, 5000).map(str),
    st.sampled_from(["<5", "< 10", "*", "NA", "", "", "1,204", "12.5", "1-9", "0", "not counted", ">=3", "2 to 4"]),
    st.sampled_from(["abc", "1,2O4", "2024-01-09", "9-Jan", "-3", "5%", "#REF!", "—"]),
)
NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MONTHS = {
    "iso": lambda m: str(m),
    "word": lambda m: f"{NAMES[m.month - 1]} {m.year}",
    "slash": lambda m: f"{m.month}/{m.year}",
    "day": lambda m: f"{m}-01",
}  # fmt: skip


@st.composite
def tables(draw):
    """A table in one of three shapes, and what was written: (row, letter, month, site, measure, text)."""
    months = [Month(2023, 11).plus(n) for n in range(draw(st.integers(2, 5)))]
    labels = draw(st.lists(st.sampled_from([*MEASURES, "Hats"]), min_size=1, max_size=4, unique=True))
    write = MONTHS[draw(st.sampled_from(sorted(MONTHS)))]
    sites = draw(st.sampled_from([[""], ["Main Street", "The van"], ["van", "Elsewhere"]]))
    shape = draw(st.sampled_from(["long", "wide", "across"]))
    rows: list[list[str]] = [["Our report for the year"], []] if draw(st.booleans()) else []
    spacer = draw(st.booleans())
    note = draw(st.booleans())
    site_column = sites != [""]
    head = ["Month" if shape != "across" else "Service", *(["Site"] if site_column else [])]
    across = {"long": ["Measure", "Value"], "wide": labels, "across": [write(month) for month in months]}[shape]
    rows.append([*head, *([""] if spacer else []), *across, *(["Remarks"] if note else [])])
    gap = [""] if spacer else []
    written = []
    for one in months if shape != "across" else labels:
        for site in sites:
            lead = [write(one) if shape != "across" else one, *([site] if site_column else [])]
            for line in [[label] for label in labels] if shape == "long" else [None]:
                if draw(st.integers(0, 9)) == 0:
                    rows.append([])
                cells = [*lead, *gap, *(line or [])]
                for other in [None] if shape == "long" else labels if shape == "wide" else months:
                    text = draw(FIGURES)
                    month = other if shape == "across" else one
                    label = line[0] if line else one if shape == "across" else other
                    written.append((len(rows) + 1, len(cells), month, site, label, text))
                    cells.append(text)
                rows.append([*cells, *(["fine"] if note else [])])
    return Grid("t.csv", [(n, tuple(row)) for n, row in enumerate(rows, start=1)]), written


def rows_told(told: tuple[str, ...]) -> set[int]:
    """Row numbers that sentences name."""
    rows: set[int] = set()
    for sentence in told:
        for said in re.findall(r"[Rr]ow ([\d, –\-]+|[\d, –\-]+ and \d+)", sentence):
            for first, last in re.findall(r"(\d+)(?:[–-](\d+))?", said):
                rows |= set(range(int(first), int(last or first) + 1))
    return rows


@given(table=tables())
def test_every_figure_is_read_as_it_was_written_or_told(table):
    given_grid, written = table
    found, problems = guess([given_grid], "services", PROGRAM)
    if found is None:
        assert problems
        return
    imported, problems = apply(given_grid, found.mapping, PROGRAM)
    places = {(problem.row, problem.letter) for problem in problems}
    if not imported.services and any(problem.row is None or problem.column is None for problem in problems):
        return  # the table as a whole was not understood, and that is told
    read = {(row.month, row.site, row.measure): row.value for row in imported.services}
    known = {"": None, "Main Street": "main-street", "The van": "van", "van": "van"}
    row_told = rows_told(tuple(one for one in imported.told if "left out" in one)) | {
        problem.row for problem in problems if problem.code in ("table-twice", "table-blank-key", "table-site")
    }
    unread = " ".join(imported.told)
    empty_months = " ".join(said for said in imported.told if said.startswith("Without a figure"))
    expected = {}
    for row, index, month, site, label, text in written:
        letter = chr(65 + index)
        key = (month, known.get(site, site), MEASURES.get(label))
        if (row, letter) in places and key not in read:
            continue
        if row in row_told or f"{letter} ({label}" in unread:
            continue
        if site == "Elsewhere":
            assert any(problem.code == "table-site" for problem in problems)
            continue
        if label == "Hats":
            assert any(
                d.code in ("table-own", "table-measure") and d.found == "Hats" for d in [*found.doubts, *problems]
            )
            continue
        if not text and str(month) in empty_months:
            continue
        said = Count.parse(text)
        if text.startswith("<") and any(c == Count.of(0) and k[1:] == key[1:] for k, c in read.items()):
            said = Count.between(1, said.high)
        assert read[key] == said, (row, letter, text)
        expected[key] = read[key]
    assert read == expected  # nothing is made up


CELLS = st.one_of(
    FIGURES,
    st.sampled_from(
        ["Month", "Site", "Syringes", "Total", "2024-01", "Jan 2024", "2024", "Main Street", "Visits", "Notes", "Date",
         "3/4/2024", "13/4/2024", "Grand total", "Value", "45352", "Measure", "Feb 2024", "2024-03-05", "Average"]
    ),
    st.text(max_size=6).map(str.strip),
)  # fmt: skip
JUNK = st.lists(st.lists(CELLS, max_size=6), max_size=9)


@given(rows=JUNK, to=st.sampled_from(["services", "community", "workforce"]))
def test_each_cell_of_any_grid_is_an_entry_or_is_named(rows, to):
    junk = Grid("t.csv", [(n, tuple(row)) for n, row in enumerate(rows, start=1)])
    found, problems = guess([junk], to, PROGRAM)
    if found is None:
        assert problems or not any(any(row) for row in rows)
        return
    layout = layout_of(junk)
    mapping = found.mapping.with_(
        given=(*found.mapping.given, ("case", "x"), ("as_of", "2024-05-01"), ("area", "Kent"))
    )
    read = EntryReader(layout, mapping, PROGRAM).all()
    blocked = not read.entries and any(problem.severity == "problem" for problem in read.problems)
    rows_out = {one.row for one in read.left_out if one.row} | {number for number, _ in layout.titles}
    letters_out = {one.letter for one in read.left_out if one.row is None}
    here = {(one.row, one.index) for one in (*read.entries, *read.totals)}
    rows_here = {row for row, _ in here}
    named = {(problem.row, problem.letter) for problem in read.problems}
    keys = {place.index for place in layout.places if mapping.role(place.label) in KEYS[to]}
    for number, cells in layout.body:
        row_named = any(row == number and letter and ord(letter) - 65 in keys for row, letter in named)
        for index, cell in enumerate(cells):
            letter = chr(65 + index)
            assert (
                not cell
                or blocked
                or number in rows_out
                or letter in letters_out
                or (number, letter) in named
                or (number, index) in here
                or row_named
                or (index in keys and (number in rows_here or any(row == number for row, _ in named)))
            ), (number, letter, cell, mapping)
    apply(junk, found.mapping, PROGRAM)


@given(rows=JUNK)
def test_each_row_of_any_ledger_is_a_line_or_is_named(rows):
    junk = Grid("t.csv", [(1, ("Date", "Fund", "Account", "Amount")), *enumerate(map(tuple, rows), start=2)])
    mapping = Mapping(
        "money",
        (("Date", "month"), ("Fund", "fund"), ("Account", "account"), ("Amount", "amount")),
        kinds=(("", "expense"),),
    )
    layout = layout_of(junk)
    imported, problems = apply(junk, mapping, PROGRAM)
    if layout is None or not imported.money:
        return
    out = rows_told(imported.told) | {problem.row for problem in problems if problem.severity == "problem"}
    untold = [number for number, cells in layout.body if number not in out]
    assert len(untold) <= len(imported.money)
    assert sum(line.amount for line in imported.money if line.kind == "expense") is not None


# Counts are intervals


def test_hidden_blank_missing_and_not_counted_differ():
    imported, problems, _ = taken("Month|Visits\n2024-01|<5\n2024-02|*\n2024-03|NA\n2024-04|\n2024-06|1-9\n2024-07|0")
    kinds = {str(row.month): row.value.kind for row in imported.services}
    assert kinds == {
        "2024-01": "hidden", "2024-02": "hidden", "2024-03": "not-counted", "2024-04": "blank", "2024-06": "hidden",
        "2024-07": "exact",
    }  # fmt: skip
    assert codes(problems) == ["hidden-limit"]


def test_below_five_is_one_or_more_where_the_series_shows_zeros():
    imported, _, _ = taken("Month|Visits|Naloxone kits\n2024-01|<5|<5\n2024-02|0|9\n2024-03|0 to 4|9")
    assert values(imported)["2024-01 visits"] == "1 to 4"
    assert values(imported)["2024-01 kits_out"] == values(imported)["2024-03 visits"] == "<5"
    assert any("1 or more" in said for said in imported.told)


def test_a_day_where_a_count_belongs_is_told_and_not_read():
    imported, problems, _ = taken("Month|Visits|Naloxone kits\n2024-01|2024-01-09|7\n2024-02|5|9-Jan")
    assert codes(problems) == ["table-date-for-count"] * 2
    assert [(problem.row, problem.letter) for problem in problems] == [(2, "B"), (3, "C")]
    assert values(imported) == {"2024-01 kits_out": "7", "2024-02 visits": "5"}


def test_months_laid_out_for_later_are_no_record():
    imported, _, _ = taken("Month|Visits\n2024-01|5\n2024-02|\n2024-03|7\n2024-04|\n2024-05|")
    assert [str(row.month) for row in imported.services] == ["2024-01", "2024-02", "2024-03"]
    assert any("2024-04, 2024-05" in said for said in imported.told)


# Totals


def test_a_total_is_left_out_and_checked():
    imported, problems, _ = taken("Month|Visits|Naloxone kits\n2024-01|5|7\n2024-02|6|8\nTotal|11|16")
    assert [(problem.code, problem.row, problem.letter, problem.found) for problem in problems] == [
        ("table-total", 4, "C", "16")
    ]
    assert "15" in problems[0].expected
    assert "Row 4: a row of totals, left out (“Total”)." in imported.told
    assert len(imported.services) == 4


def test_whatever_is_no_row_of_figures_is_named():
    text = (
        "Harbor Street 2024\nMonth|Visits|Remarks\n2024-01|5|cold\nMonth|Visits|Remarks\n2024-02|6|\nAverage|5.5|\n"
        "Counted by hand"
    )
    imported, problems, _ = taken(text)
    assert problems == []
    assert len(imported.services) == 2
    assert imported.told == (
        "Above the table, row 1: a title, not read.",
        "Column C (Remarks): not read.",
        "Row 4: the names again, left out (“Month”).",
        "Row 6: a row of averages, left out (“Average”).",
        "Row 7: no figure in it, left out (“Counted by hand”).",
    )


def test_a_total_narrows_what_is_hidden_and_no_further():
    text = (
        "Month|Site|Visits\n2024-01|Main Street|<5\n2024-01|The van|20\n2024-01|Total|23\n"
        "2024-02|van|<5\n2024-02|Main Street|<5\n2024-02|All sites|6"
    )
    imported, problems, _ = taken(text)
    assert problems == []
    assert values(imported) == {
        "2024-01 main-street visits": "3", "2024-01 van visits": "20",
        "2024-02 van visits": "2 to 4", "2024-02 main-street visits": "2 to 4",
    }  # fmt: skip
    assert any("narrowed" in said for said in imported.told)


@given(counts=st.lists(st.integers(0, 30), min_size=2, max_size=6))
def test_narrowing_never_loses_what_is_true(counts):
    shown = ["<5" if count < 5 else str(count) for count in counts]
    lines = [f"2024-{month:02d}|{said}" for month, said in enumerate(shown, start=1)]
    imported, problems, _ = taken("\n".join(["Month|Visits", *lines, f"Total|{sum(counts)}"]))
    assert problems == []
    for count, row in zip(counts, imported.services, strict=True):
        assert row.value.low <= count <= row.value.high


def test_nothing_hidden_is_worked_out_of_a_wonder_file():
    text = "Month|Visits\n2024-01|<10\n2024-02|20\nTotal|23\nSource: wonder.cdc.gov|"
    imported, _, _ = taken(text)
    assert values(imported)["2024-01 visits"] == "<10"
    assert any("rules of use" in said for said in imported.told)


def test_subtotals_by_year_and_totals_at_the_end_of_rows():
    text = "What|Nov 2023|Dec 2023|Jan 2024|Total\nVisits|1|2|3|6\nNaloxone kits|4|5|6|16"
    imported, problems, _ = taken(text)
    assert [(problem.code, problem.row, problem.letter) for problem in problems] == [("table-total", 3, "E")]
    text = "Month|Visits\n2023-11|1\n2023-12|2\n2023 total|3\n2024-01|4\n2024 total|4\nGrand total|7"
    imported, problems, _ = taken(text)
    assert problems == []
    assert len(imported.services) == 3


def test_different_people_are_never_summed():
    text = "Date|Unduplicated participants|Visits\n2024-01-02|5|8\n2024-01-03|6|9"
    imported, problems, doubts = taken(text)
    assert values(imported) == {"2024-01 visits": "17"}
    assert "table-people-summed" in codes(problems)
    assert "table-rows" in codes(doubts)


def test_sums_over_twelve_months_are_never_taken_for_months():
    text = (
        "State|Year|Month|Period|Measure|Value\nAK|2015|January|12 month-ending|Deaths|126\n"
        "AK|2015|March|12 month-ending|Deaths|129"
    )
    imported, problems, _ = taken(text, "community")
    assert imported.community == ()
    assert [(problem.code, problem.letter) for problem in problems] == [("dates-window", "D")]


def test_a_year_and_a_month_in_two_columns():
    text = "Year|Month|Visits\n2023|December|5\n2024|1|6"
    imported, problems, _ = taken(text)
    assert problems == []
    assert values(imported) == {"2023-12 visits": "5", "2024-01 visits": "6"}
    imported, problems, _ = taken("Year|Visit day|Visits\n2023|2023-12-04|5\n2024|2024-01-05|6")
    assert problems == []
    assert values(imported) == {"2023-12 visits": "5", "2024-01 visits": "6"}


# Rows of days, rows twice


def test_days_are_summed_only_where_it_was_confirmed():
    text = "Date|Visits\n2024-01-02|5\n2024-01-03|<5\n2024-02-01|9"
    imported, problems, _ = taken(text)
    assert values(imported) == {"2024-01 visits": "5 to 9", "2024-02 visits": "9"}
    assert any("summed" in said for said in imported.told)
    imported, problems, _ = taken(text, rows="")
    assert imported.services == ()
    assert codes(problems) == ["table-twice"]


def test_a_month_twice_is_asked():
    imported, problems, _ = taken("Month|Visits\n2024-01|5\n2024-01|6\n2024-02|1")
    assert [(problem.code, problem.row, problem.letter) for problem in problems] == [("table-twice", 3, "B")]
    assert values(imported) == {"2024-02 visits": "1"}


def test_an_order_of_days_that_no_row_settles_is_asked():
    text = "Date|Visits\n03/04/2024|5\n05/04/2024|6"
    imported, problems, _ = taken(text)
    assert imported.services == ()
    assert codes(problems) == ["dates-ambiguous"]
    imported, problems = apply(grid(text), guess([grid(text)], "services", PROGRAM)[0].mapping, PROGRAM, dates="mdy")
    assert values(imported) == {"2024-03 visits": "5", "2024-05 visits": "6"}


# Names


def test_a_site_that_is_not_known_is_told_once_and_its_rows_are_not_read():
    text = "Month|Site|Visits\n2024-01|Main Street|5\n2024-01|Harbor clinic|6\n2024-02|Harbor clinic|7"
    imported, problems, _ = taken(text)
    assert values(imported) == {"2024-01 main-street visits": "5"}
    [problem] = problems
    assert (problem.code, problem.row, problem.letter) == ("table-site", 3, "B")
    assert "2 rows" in problem.expected
    imported, problems, _ = taken(text, sites=(("Harbor clinic", "whole program"),))
    assert values(imported)["2024-02 visits"] == "7"


def test_columns_that_tell_who_somebody_is_are_named_and_never_read():
    text = "Month|Participant name|Visits\n2024-01|Ann Lee|5\n2024-02|Bo Diaz|6"
    imported, problems, _ = taken(text)
    assert imported.personal == ("Participant name",)
    assert not imported.keeps_original
    assert "Ann" not in repr(imported) + repr(problems)
    table = grid(text)
    forced = Mapping("services", (("Month", "month"), ("Participant name", "site"), ("Visits", "visits")))
    imported, problems = apply(table, forced, PROGRAM)
    assert codes(problems) == ["table-personal"]
    assert imported.services == ()


# Workforce, community, money


def test_workforce_joins_the_columns_of_a_month_and_role():
    text = "Month|Position|Hired|Left|Hours worked\n2024-01|Outreach worker|1|<5|286.5\n2024-02|Outreach worker|0||280"
    imported, problems, _ = taken(text, "workforce")
    assert problems == []
    first, second = imported.workforce
    assert (str(first.hires), str(first.departures), first.hours, first.vacancies) == ("1", "<5", 286.5, None)
    assert second.departures is None


def test_community_asks_what_no_column_says():
    text = "County|Month|Deaths\nKent|2024-01|<10\nKent|2024-02|12"
    imported, problems, _ = taken(text, "community")
    assert imported.community == ()
    assert codes(problems) == ["table-needs", "table-needs"]
    said = (("case", "all-drugs-all-intents"), ("as_of", "2024-06-01"), ("source", "the county"))
    imported, problems, _ = taken(text, "community", given=said)
    assert problems == []
    first = imported.community[0]
    assert (first.area, first.measure, str(first.value), first.as_of, first.source) == (
        "Kent", "deaths", "<10", "2024-06-01", "the county",
    )  # fmt: skip


def test_money_by_account_words_and_by_sign_ties_to_its_total():
    text = (
        "Date|Class|Account|Amount\n2024-01-05|City of Harbor|Wages|-1,200.50\n2024-01-25|Gala|Donations|5000\n"
        "2024-02-02||Rent|(800)\nTotal|||2,999.50"
    )
    imported, problems, doubts = taken(text, "money")
    assert [(line.fund, line.kind, line.amount) for line in imported.money] == [
        ("city", "expense", Decimal("1200.50")), ("unassigned", "income", 5000), ("unassigned", "expense", 800),
    ]  # fmt: skip
    assert sorted(codes(problems)) == ["table-fund", "table-untagged"]
    assert "table-sign" in codes(doubts)
    assert any("to the cent" in said for said in imported.told)
    assert (imported.first_day, imported.last_day) == ("2024-01-05", "2024-02-02")
    assert not imported.book, "two accounts' exports have the same columns: only a person can tell them apart"


def test_debits_and_credits_and_an_account_that_says_nothing():
    text = (
        "Posted|Fund|Category|Debit|Credit\n2024-01-05|city|Rent|1800.50|\n2024-01-25|city|Grant||5000\n"
        "2024-01-26|city|Mystery|10|"
    )
    imported, problems, _ = taken(text, "money")
    assert [(line.kind, line.amount) for line in imported.money] == [("expense", Decimal("1800.50")), ("income", 5000)]
    assert [(problem.code, problem.row) for problem in problems] == [("table-kind", 4)]
    imported, problems, _ = taken(text, "money", kinds=(("Mystery", "expense"),), funds=(("city", "state-hr"),))
    assert problems == []
    assert {line.fund for line in imported.money} == {"state-hr"}


@pytest.mark.parametrize("text", ["", "one cell", "a|b\nc|d", "1|2\n3|4", "Month|Visits"])
def test_what_is_no_table_is_said(text):
    found, problems = guess([grid(text)], "services", PROGRAM)
    assert problems or found.problems or found.preview == ()


# Law 6

SIGNED = "Name | Date | Wounds treated\nMaria Gonzalez | 2024-03-14 | 1\nJohn Smith | 2024-03-15 | 1\nMaria was sent home | |"


def test_what_is_kept_of_a_sheet_of_persons_quotes_no_cell_and_no_name_of_the_file():
    table = grid(SIGNED)
    found, _ = guess([table], "services", PROGRAM, name="maria-gonzalez")
    assert found is not None
    imported, problems = apply(table, found.mapping, PROGRAM)
    assert (codes(problems), imported.personal, imported.keeps_original) == ([], ("Name",), False)
    assert values(imported) == {"2024-03 wounds_treated": "2"}
    assert [said for said in imported.told if "row 4" in said.lower()] == ["Row 4: no figure in it, left out."]
    for cell in ("Maria", "Gonzalez", "John", "Smith"):
        assert cell.lower() not in repr((found.mapping, imported.told, imported.words, imported.book)).lower()


@pytest.mark.parametrize(
    ("columns", "kept"), [("Who|Big Mike|Lil Jo", False), ("Weekday|Mon|Tuesday", True), ("Rain mm|12|14", True)]
)
def test_rows_finer_than_a_month_with_words_beside_them_may_be_persons_and_leave_only_counts(columns: str, kept: bool):
    name, first, second = columns.split("|")
    imported, problems, _ = taken(
        f"{name} | Date | Wounds treated\n{first} | 2024-03-14 | 1\n{second} | 2024-03-15 | 1\n"
    )
    assert codes(problems) == []
    assert values(imported) == {"2024-03 wounds_treated": "2"}
    assert imported.keeps_original == kept


@pytest.mark.parametrize(("source", "expected"), [("CDC WONDER", "*"), ("Harbor County", "8")])
def test_where_rules_of_use_forbid_it_a_total_narrows_nothing_whoever_names_the_source(source: str, expected: str):
    given = (("area", "Harbor"), ("case", "all-drugs"), ("source", source), ("as_of", "2024-10-15"))
    text = "Month | Deaths\n2023-05 | 10\n2023-06 | *\n2023-07 | 12\nTotal | 30\n"
    imported, _, _ = taken(text, "community", given=given)
    assert [str(row.value) for row in imported.community] == ["10", expected, "12"]
