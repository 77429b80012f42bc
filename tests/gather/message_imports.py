"""The smallest file that brings about each message of bringing a file in."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from message_cases import DOSE, FILES, WHOLE, WONDER, Case, checked, dose, swap, wonder

from longview.gather import Said, read_folder, understand
from longview.program import Month, Problem

QUICKBOOKS = FILES / "imports" / "quickbooks"
CLASSES = (QUICKBOOKS / "online-classic-by-class.csv").read_text("utf-8")
DETAIL = (QUICKBOOKS / "online-detail.csv").read_text("utf-8")
VSRR = (FILES / "imports" / "vsrr" / "two-areas.csv").read_text("utf-8")
STATES = ("Alaska", "Alabama", "Arkansas", "Arizona", "Iowa", "Ohio")
DESKTOP = (QUICKBOOKS / "desktop-detail.csv").read_text("utf-8")


def brought(
    text: str, *, name: str = "their file.csv", mappings: str = "", also: Mapping[str, str] | None = None, **said: Any
) -> Case:
    """The text as a file that somebody brings into the whole folder, having said so much about it."""

    def case(place: Path) -> list[Problem]:
        folder = place / "my-program"
        shutil.copytree(WHOLE, folder)
        if mappings:
            (folder / "mappings.toml").write_text(mappings, encoding="utf-8")
        program, _ = read_folder(folder)
        assert program is not None
        paths = [place / name]
        paths[0].write_text(text, encoding="utf-8")
        for other, content in (also or {}).items():
            paths.append(place / other)
            paths[-1].write_text(content, encoding="utf-8")
        understood = understand(paths, Said(**said), program, folder)
        return [*understood.problems, *understood.doubts]

    return case


def table(*rows: str, **said: Any) -> Case:
    return brought("\n".join(rows) + "\n", **{"to": "services", **said})


def ledger(*rows: str, **said: Any) -> Case:
    return table(*rows, to="money", **said)


def events(*rows: str, **said: Any) -> Case:
    more: dict[str, Any] = {"kind": "events", "to": "services", "measure": "calls", "as_of": "2024-10-15", **said}
    return brought("\n".join(rows) + "\n", **more)


def vsrr(old: str = "", new: str = "", **said: Any) -> Case:
    assert old in VSRR
    return brought(VSRR.replace(old, new, 1) if old else VSRR, **{"kind": "vsrr", "as_of": "2024-08-14", **said})


def days(first: date, count: int, *, word: str = "yes") -> list[str]:
    return [f"{first + timedelta(days=n)},{word},{n}" for n in range(count)]


def sheets(place: Path) -> list[Problem]:
    """A workbook of two tables, of which one is taken."""
    from openpyxl import Workbook

    made = Workbook()
    made.active.title = "Visits"
    for row in (["Month", "Visits", "Naloxone kits"], ["2024-01", 5, 6], ["2024-02", 6, 7]):
        made.active.append(row)
    other = made.create_sheet("About")
    for row in (["What", "Who"], ["Counts", "us"]):
        other.append(row)
    made.save(place / "their.xlsx")
    program, _ = read_folder(WHOLE)
    assert program is not None
    found = []
    for sheet in (None, "Visit"):
        understood = understand([place / "their.xlsx"], Said(to="services", sheet=sheet), program, place)
        found += [*understood.problems, *understood.doubts]
    return found


def kept(services: int = 0, *, money: bool = False) -> Case:
    """The whole folder with an import beside it that tells one of its months, or one of its ledger's lines, too."""

    def case(place: Path) -> list[Problem]:
        from longview.gather import Import, keep

        folder = place / "my-program"
        shutil.copytree(WHOLE, folder)
        program, _ = read_folder(folder)
        assert program is not None
        first = program.records.services[0]
        rows = () if money else (replace(first, value=type(first.value).of(services)),)
        lines = program.records.money[:1] if money else ()
        (place / "june.csv").write_text("x\n", encoding="utf-8")
        made = Import("table", ("june.csv",), "June", services=rows, money=lines, first_day="2022-11-01",
                      last_day="2022-11-30", book="books" if money else "")  # fmt: skip
        keep(folder, made, [place / "june.csv"])
        return checked(folder)

    return case


def filled(text: str) -> Case:
    def case(place: Path) -> list[Problem]:
        folder = place / "my-program"
        shutil.copytree(WHOLE, folder)
        (folder / "filled.toml").write_text(text, encoding="utf-8")
        return checked(folder)

    return case


def classes(old: str, new: str, **said: Any) -> Case:
    return brought(swap(CLASSES, old, new), **said)


def transactions(old: str = "", new: str = "", **said: Any) -> Case:
    return brought(swap(DETAIL, old, new) if old else DETAIL, **said)


def applied(*rows: str, roles: Mapping[str, str]) -> Case:
    """A table read through a mapping that was confirmed before."""

    def case(place: Path) -> list[Problem]:
        from longview.gather.grids import open_grids
        from longview.gather.importers.mapping import Mapping as Roles
        from longview.gather.importers.tabular import apply

        (place / "their file.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
        program, _ = read_folder(WHOLE)
        assert program is not None
        (grid,), _ = open_grids(place / "their file.csv")
        return apply(grid, Roles("services", tuple(roles.items())), program)[1]

    return case


def typed(*rows: str) -> Case:
    """Transactions of one account, whose type the export tells."""
    text = TYPED + "Sundries,,,,,,\n" + "".join(f"{row}\n" for row in rows)
    sums = [sum(float(row.split(",")[at] or 0) for row in rows) for at in (5, 6)]
    end = ",".join(f"{one:.2f}" if one else "" for one in sums)
    return brought(text + f"Total for Sundries,,,,,{end}\nTOTAL,,,,,{end}\n", kind="quickbooks-detail")


def both_reports(place: Path) -> list[Problem]:
    """Two reports in one workbook."""
    from openpyxl import Workbook

    made = Workbook()
    for sheet, text in ((made.active, CLASSES), (made.create_sheet("Detail"), DETAIL)):
        for row in csv.reader(io.StringIO(text)):
            sheet.append(row or [""])
    made.save(place / "reports.xlsx")
    program, _ = read_folder(WHOLE)
    assert program is not None
    understood = understand([place / "reports.xlsx"], Said(kind="quickbooks-classes"), program, place)
    return [*understood.problems, *understood.doubts]


def part_of_a_year(place: Path) -> list[Problem]:
    """December of a book, of which the whole year stands as one sum."""
    from longview.verbs.importing import import_file

    folder = place / "my-program"
    shutil.copytree(WHOLE, folder)
    year = (QUICKBOOKS / "online-nonprofit-year.csv").read_text("utf-8")
    (place / "year.csv").write_text(year, encoding="utf-8")
    (place / "december.csv").write_text(year.replace("January-December, 2024", "December 2024"), encoding="utf-8")
    reports = [
        import_file([place / name], folder, Said(), agreed=lambda report: True) for name in ("year.csv", "december.csv")
    ]
    assert [report.done for report in reports] == [True, False]
    return list(reports[1].understood.problems)


def new_filled(place: Path) -> list[Problem]:
    """A program just begun, its figures filled in."""
    from longview.verbs.new import Answers, new

    path = place / "begun.xlsx"
    new(path, Answers("Begun", like="small-rural", starts=Month(2025, 1)), this_month=Month(2025, 1))
    return checked(path)


TYPED = "Distribution account,Transaction date,Transaction type,Num,Distribution account type,Debit,Credit\n"

IMPORTS: dict[str, Case] = {
    "wonder-cases": wonder(WONDER, swap(WONDER, "X40", "X41") if "X40" in WONDER else WONDER),
    "wonder-column": wonder(swap(WONDER, "Crude Rate", "Gender")),
    "wonder-unseen": wonder(swap(WONDER, "2022/01\t\t\t132", "2022/01\t\t\t999")),
    "wonder-zero-notes": wonder("\n".join(line for line in WONDER.splitlines() if "Zero Values" not in line) + "\n"),
    "dose-months": dose("\n".join(line for line in DOSE.splitlines() if not line.startswith("QA,2023,12,Annual"))),
    "dose-part": dose(DOSE.splitlines()[0] + "\nQA,2024,1,Monthly,20.0,60.0,1.0,4.0,5.0,1.5,2.0,1.1\n"),
    "dose-apart": dose(
        "\n".join(
            [
                DOSE.splitlines()[0],
                *(f"QA,2024,{m},Monthly,60.0,20.0,1.0,4.0,5.0,1.5,2.0,1.1" for m in range(1, 13)),
                "QA,2024,12,Annual,60.0,30.0,1.0,4.0,5.0,1.5,2.0,1.1",
            ]
        )
    ),
    # days and months of every habit
    "dates-ambiguous": ledger("Date,Fund,Account,Debit,Credit", "03/04/2024,state,Rent,5,"),
    "dates-mixed": ledger("Date,Fund,Account,Debit,Credit", "03/25/2024,state,Rent,5,", "25/03/2024,state,Rent,6,"),
    "dates-order": ledger("Date,Fund,Account,Debit,Credit", "03/04/2024,state,Rent,5,", dates="ddmm"),
    "dates-not": ledger("Date,Fund,Account,Debit,Credit", "2024-03-04,state,Rent,5,", "soon,state,Rent,6,"),
    "dates-no-year": ledger("Date,Fund,Account,Debit,Credit", "2024-03-04,state,Rent,5,", "4 March,state,Rent,6,"),
    "dates-no-day": ledger("Date,Fund,Account,Debit,Credit", "2024-03-04,state,Rent,5,", "2024-03,state,Rent,6,"),
    "dates-window": table("Month,Visits", "2024-01,5", "2024-02,6", "Q1 2024,7"),
    "dates-other-order": ledger("Date,Fund,Account,Debit,Credit", "03/25/2024,state,Rent,5,", dates="dmy"),
    "dates-short-years": ledger("Date,Fund,Account,Debit,Credit", "03/25/24,state,Rent,5,"),
    "dates-serials": ledger("Date,Fund,Account,Debit,Credit", "45376,state,Rent,5,", "45377,state,Rent,6,"),
    "dates-none": ledger("Date,Fund,Account,Debit,Credit", "soon,state,Rent,5,", "later,state,Rent,6,"),
    "dates-half-turned": ledger(
        *("Date,Fund,Account,Debit,Credit", "2024-04-03,state,Rent,5,", "25/03/2024,state,Rent,6,"),
        "2024-05-03,state,Rent,5,",
    ),
    # CDC's VSRR
    "vsrr-not": vsrr("Indicator,", "What,"),
    "vsrr-key": vsrr("WY,2024,February", "WY,2024,Febtember"),
    "vsrr-value": vsrr(",121,", ",12l,"),
    "vsrr-twice": vsrr("WY,2024,February", "WY,2024,January"),
    "vsrr-area": vsrr(areas=("Ohio",)),
    # logs of events
    "events-no-header": events("2024-01-02,1", "2024-01-03,2", "2024-01-04,3"),
    "events-ask": events("day,what", "2024-01-02,a", to="community"),
    "events-no-rows": events("day,what"),
    "events-no-day": events("name,what", "a,b", "c,d"),
    "events-which-day": events("call date,scene date", "2024-01-02,2024-01-03", "2024-01-30,2024-02-01"),
    "events-no-column": events("day,what", "2024-01-02,a", column="dax"),
    "events-by-many": events("day,zone", *(f"2024-01-02,Z{n:03d}" for n in range(250) for _ in range(9)), by="zone"),
    "events-by-personal": events("day,date of birth", "2024-01-02,1970-05-06", by="date of birth"),
    "events-not-yes-no": events("day,what", "2024-01-05,Main", "2024-02-01,Van", yes={"what": "x"}),
    "events-undated-many": events("day,what", "2024-01-05,a", "pending,b", column="day"),
    "events-undated": events("day,yes,n", *days(date(2024, 1, 1), 200), "pending,yes,b"),
    "events-after": events("day,yes,n", *days(date(2024, 1, 1), 200), "2025-02-01,yes,b"),
    "events-far": events("day,yes,n", *days(date(2024, 1, 1), 200), "2004-02-01,yes,b"),
    "events-no-place": events("day,site,n", *days(date(2024, 1, 1), 200, word="Main"), "2024-02-01,,b", by="site"),
    "events-no-place-many": events("day,site", "2024-02-01,", "2024-02-02,Main", by="site"),
    "events-wide": events("day,what", "2024-01-05,a,b", "2024-01-06,c"),
    "events-twice": events("day,yes,n", *days(date(2024, 3, 1), 31), "2024-03-05,yes,4"),
    "events-cut": events("day,yes,n", *days(date(2023, 1, 1), 600)),
    "events-begins-late": events("day,yes,n", *days(date(2023, 2, 12), 535)),
    "events-none": events("day,yes,n", *days(date(2023, 1, 1), 120), *days(date(2023, 7, 1), 184)),
    "events-coding": events(
        "day,given,n",
        *(f"{date(2023, 1, 1) + timedelta(days=n // 4)},{'Yes' if n % 3 else 'No'},{n}" for n in range(1460)),
        *(f"{date(2024, 1, 1) + timedelta(days=n // 4)},{'1' if n % 3 else '0'},{n}" for n in range(1000)),
        yes={"given": "kits_given"},
    ),
    "events-flag-words": events("day,given,n", *days(date(2024, 1, 1), 200), "2024-02-01,perhaps,b", yes={"given": "k"}),
    # tables read through a mapping
    "table-no-header": brought("a\nb\n", to="services"),
    "table-no-month": table("Place,Visits", "Main,5", "Van,6"),
    "table-no-values": table("Month,Hats", "2024-01,5", "2024-02,6"),
    "table-needs": table("County,Month,Deaths", "Kent,2024-01,12", to="community"),
    "table-column-new": applied("Month,Visits,Odd", "2024-01,5,6", roles={"Month": "month", "Visits": "visits"}),
    "table-column-missing": applied("Month,Odd", "2024-01,6", roles={"Month": "month", "Visits": "visits"}),
    "table-personal": applied(
        *("Month,Participant name,Visits", "2024-01,Ann Lee,5", "2024-02,Bo Diaz,6"),
        roles={"Month": "month", "Participant name": "site", "Visits": "visits"},
    ),
    "table-blank-key": table("Month,Visits", "2024-01,5", ",6", "2024-03,7"),
    "table-twice": table("Month,Visits", "2024-01,5", "2024-01,6", "2024-02,1"),
    "table-people-summed": table("Date,Unduplicated participants,Visits", "2024-01-02,5,8", "2024-01-03,6,9"),
    "table-date-for-count": table("Month,Visits", "2024-01,9-Jan", "2024-02,5"),
    "table-total": table("Month,Visits", "2024-01,5", "2024-02,6", "Total,12"),
    "table-total-unread": table("Month,Visits", "2024-01,5", "2024-02,6", "Total,many"),
    "table-site": table("Month,Site,Visits", "2024-01,Main Street,5", "2024-01,Harbor clinic,6"),
    "table-as-of": table(
        *("Month,County,Case,Deaths,as of,Source", "2024-01,Kent,all,12,soon,us", "2024-02,Kent,all,12,2024-05-01,us"),
        to="community",
    ),
    "table-measure": applied(
        *("Month,Measure,Value", "2024-01,Visits,5", "2024-01,Hats,6"),
        roles={"Month": "month", "Measure": "measure", "Value": "value"},
    ),
    "table-near": table("Mnth,Visits", "2024-01,5", "2024-02,6", confirmed=True),
    "table-own": table("Month,Visits,Hats", "2024-01,5,6", "2024-02,6,7"),
    "table-rows": table("Date,Visits", "2024-01-02,5", "2024-01-03,6", "2024-02-01,9"),
    "table-site-near": table("Month,Site,Visits", "2024-01,Main Stret,5", "2024-02,Main Stret,6", confirmed=True),
    "table-fund": ledger("Date,Fund,Account,Debit,Credit", "2024-01-05,Gala,Rent,5,"),
    "table-untagged": ledger("Date,Fund,Account,Debit,Credit", "2024-01-05,state,Rent,5,", "2024-01-06,,Rent,6,"),
    "table-kind": ledger("Date,Fund,Account,Debit,Credit", "2024-01-05,state,Rent,5,", "2024-01-06,state,Mystery,6,"),
    "table-sign": ledger("Date,Fund,Account,Amount", "2024-01-05,state,Wages,-5", "2024-01-06,state,Gifts,6"),
    "table-sheets": sheets,
    "table-no-sheet": sheets,
    "mapping-line": table("Month,Visits", "2024-01,5", mappings='[their-file]\nto = "hats"\n'),
    # exports of a ledger
    "ledger-not": brought("a,b\n1,2\n", kind="quickbooks-classes"),
    "ledger-no-period": classes("March 2024", "All Dates"),
    "ledger-comparison": classes("Drop-in,Outreach", "Drop-in,Drop-in (PY)"),
    "ledger-list": brought(
        "Transaction List by Date\n,Date,Transaction Type,Num,Account,Split,Amount\n,03/15/2024,Check,1,Checking,Rent,5\n",
        kind="quickbooks-detail",
    ),
    "ledger-no-name": classes("   6300 Rent", ""),
    "ledger-outside": classes("Gross Profit", "Net of something"),
    "ledger-cut": brought(CLASSES[: CLASSES.index("Total Expenses")]),
    "ledger-cut-end": brought(CLASSES[: CLASSES.index("Net Income")]),
    "ledger-tie": classes('"$5,444.87"', '"$5,544.87"'),
    "ledger-tie-across": brought(  # two cells of the column of totals, each in the other's place
        swap(
            swap(CLASSES, '"2,500.00",,"12,500.00"', '"2,500.00",,"$1,234.50"'),
            *(',"$1,234.50","$1,234.50"', ',"$1,234.50","12,500.00"'),
        )
    ),
    "ledger-no-date": transactions(",03/02/2024,Journal", ",,Journal"),
    "ledger-no-kinds": brought(re.sub(r"\b[0-9]{4} ([A-Z][a-z]+)", r"Our \1", DETAIL)),
    "ledger-both-sides": typed(",2024-03-02,Check,1,Expenses,12.50,2.00"),
    "ledger-no-account": brought(TYPED + ",2024-03-02,Check,1,Expenses,12.50,\nTOTAL,,,,,12.50,\n", kind="quickbooks-detail"),
    "ledger-income-negative": typed(",2024-03-02,Refund,1,Income,12.50,"),
    "ledger-no-lines": brought(
        "Harbor Street\nProfit and Loss by Class\nMarch 2024\n\n,Drop-in,TOTAL\nIncome,,\n   Grants,0.00,0.00\n"
        "Total Income,0.00,0.00\nNet Income,0.00,0.00\n"
    ),
    "ledger-twice": both_reports,
    "ledger-kind-unknown": brought(DETAIL.replace("6400 Supplies", "Sundries")),
    "ledger-kind-guessed": transactions(),
    "ledger-other-day": transactions("03/02/2024", "04/02/2024"),
    "ledger-part": part_of_a_year,
    "ledger-long-period": brought((QUICKBOOKS / "online-nonprofit-year.csv").read_text("utf-8")),
    "ledger-no-classes": brought((QUICKBOOKS / "online-by-month.csv").read_text("utf-8")),
    "ledger-untagged": brought(CLASSES),
    "ledger-class-unknown": brought(CLASSES),
    "ledger-fund-unknown": brought(CLASSES, mappings='[funds]\n"Drop-in" = "gone"\n'),
    # bringing a file in, and what is kept of it
    "import-ask": brought("Month,Visits\n2024-01,5\n"),
    "import-areas": brought(
        "\n".join([VSRR.splitlines()[0], *(VSRR.splitlines()[2].replace("Wyoming", area) for area in STATES), ""]),
        as_of="2025-08-25",
    ),
    "import-several": brought("Month,Visits\n2024-01,5\n", also={"other.csv": "Month,Visits\n2024-01,6\n"}),
    "own-over-import": kept(7),
    "money-twice": kept(money=True),
    "filled": new_filled,
    "filled-unread": filled("format = 1\nfilled = 3\n"),
}  # fmt: skip
