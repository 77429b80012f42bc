"""The smallest input that brings about each message of a program's own files, and of what is kept beside them."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from longview.gather import check_folder, read_dose, read_folder, read_wonder, write_workbook
from longview.program import Problem

FILES = Path(__file__).resolve().parents[1] / "files"
WHOLE = FILES / "whole"
Case = Callable[[Path], list[Problem]]
DAY, STATE = "2022-03-31", "state,Wages,expense"


def checked(path: Path) -> list[Problem]:
    report = check_folder(path)
    return [*report.problems, *report.doubts, *report.fallbacks]


def whole(files: Mapping[str, str | None] | None = None, **changes: tuple[str, str]) -> Case:
    """The whole folder with files written anew (None: deleted), or (`services=(old, new)`) one text put for another."""

    def case(place: Path) -> list[Problem]:
        folder = place / "my-program"
        shutil.copytree(WHOLE, folder)
        for name, text in (files or {}).items():
            if text is None:
                (folder / name).unlink()
            else:
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_text(text, encoding="utf-8")
        for name, (old, new) in changes.items():
            path = folder / (f"{name}.toml" if name in ("program", "evidence") else f"{name}.csv")
            before = path.read_text("utf-8")
            assert old in before, (name, old)
            path.write_text(before.replace(old, new, 1), encoding="utf-8")
        return checked(folder)

    return case


def raw(name: str, content: bytes) -> Case:
    def case(place: Path) -> list[Problem]:
        folder = place / "my-program"
        shutil.copytree(WHOLE, folder)
        (folder / name).write_bytes(content)
        return checked(folder)

    return case


def at(make: Callable[[Path], Path]) -> Case:
    """Whatever `make` puts at a place, checked."""
    return lambda place: checked(make(place))


def services(*rows: str) -> Case:
    return whole({"services.csv": "month,site,measure,value\n" + "\n".join(rows) + "\n"})


def year(measure: str, value: str) -> list[str]:
    return [f"2022-{month:02d},,{measure},{value}" for month in range(1, 13)]


def book(change: Callable[[object], None]) -> Case:
    """The whole folder as a workbook, with something done to it."""

    def case(place: Path) -> list[Problem]:
        from openpyxl import load_workbook

        program, _ = read_folder(WHOLE)
        assert program is not None
        path = write_workbook(program, place / "book.xlsx")
        made = load_workbook(path)
        change(made)
        made.save(path)
        return checked(path)

    return case


def set_cell(sheet: str, cell: str, value: object) -> Callable[[object], None]:
    def change(made: object) -> None:
        made[sheet][cell] = value  # type: ignore[index]

    return change


def fact(name: str, column: int, value: object) -> Callable[[object], None]:
    """Write into the row of a fact."""

    def change(made: object) -> None:
        for row in made["program"].iter_rows():  # type: ignore[index]
            if row[0].value == name:
                row[column].value = value

    return change


def new_fact(*cells: object) -> Callable[[object], None]:
    def change(made: object) -> None:
        sheet = made["program"]  # type: ignore[index]
        last = max(row[0].row for row in sheet.iter_rows() if row[0].value) + 1
        for column, value in enumerate(cells, start=1):
            sheet.cell(row=last, column=column, value=value)

    return change


def hide(made: object) -> None:
    made["staff"].row_dimensions[3].hidden = True  # type: ignore[index]


def merge(made: object) -> None:
    made["staff"].merge_cells("A2:A3")  # type: ignore[index]


def second_sheet(made: object) -> None:
    made.create_sheet("Funds ")["A1"] = "name"  # type: ignore[attr-defined]


def no_staff(made: object) -> None:
    del made["staff"]  # type: ignore[attr-defined]


def only_unknown(place: Path) -> Path:
    from openpyxl import Workbook

    made = Workbook()
    made.active.title = "Budget"
    made.active["A1"] = "what"
    made.save(place / "book.xlsx")
    return place / "book.xlsx"


def text_as_book(place: Path) -> Path:
    (place / "book.xlsx").write_text("no workbook", encoding="utf-8")
    return place / "book.xlsx"


def huge_book(place: Path) -> Path:
    path = only_unknown(place)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as held:
        held.writestr("xl/worksheets/sheet9.xml", b"\0" * 900_000_000)
    return path


def no_rows_in_book(place: Path) -> Path:
    """A workbook that names a sheet whose rows are not in the file."""
    made = only_unknown(place)
    from openpyxl import load_workbook

    two = load_workbook(made)
    two.create_sheet("Other")["A1"] = "what"
    two.save(place / "held.xlsx")
    with zipfile.ZipFile(place / "held.xlsx") as source, zipfile.ZipFile(made, "w") as target:
        for item in source.namelist():
            if item != "xl/worksheets/sheet2.xml":
                target.writestr(item, source.read(item))
    return made


def empty_file(place: Path) -> list[Problem]:
    from longview.gather.grids import open_grids

    (place / "empty.csv").write_bytes(b"")
    return open_grids(place / "empty.csv")[1]


def folder_named_as_file(place: Path) -> Path:
    folder = place / "my-program"
    shutil.copytree(WHOLE, folder)
    (folder / "rates.csv").unlink()
    (folder / "rates.csv").mkdir()
    return folder


def too_large(place: Path) -> Path:
    folder = place / "my-program"
    shutil.copytree(WHOLE, folder)
    with (folder / "services.csv").open("ab") as file:
        file.truncate(2_000_000_000)
    return folder


def a_file(place: Path) -> Path:
    (place / "program.txt").write_text("x", encoding="utf-8")
    return place / "program.txt"


def an_empty_folder(place: Path) -> Path:
    (place / "my-program").mkdir()
    return place / "my-program"


WONDER = (FILES / "wonder" / "three-places.txt").read_text("utf-8")
DOSE = (FILES / "dose" / "three-places.csv").read_text("utf-8")


def wonder(*texts: str, areas: list[str] | None = None) -> Case:
    def case(place: Path) -> list[Problem]:
        paths = []
        for number, text in enumerate(texts):
            paths.append(place / f"wonder-{number}.txt")
            paths[-1].write_text(text, encoding="utf-8")
        return read_wonder(paths, areas=areas)[1]

    return case


def dose(text: str, **more: object) -> Case:
    def case(place: Path) -> list[Problem]:
        path = place / "dose.csv"
        path.write_text(text, encoding="utf-8")
        return read_dose(path, **{"as_of": "2025-08-25", **more})[1]  # type: ignore[arg-type]

    return case


def swap(text: str, old: str, new: str) -> str:
    assert old in text, old
    return text.replace(old, new, 1)


def funds(columns: str, cells: str) -> str:
    """The funds of the whole folder, bare, with these columns filled alike."""
    rows = (f"{id_},{id_},own,10,2022-01,{cells}" for id_ in ("state", "city", "federal", "gifts"))
    return f"id,name,origin,amount,from,{columns}\n" + "\n".join(rows) + "\n"


MEND = 'format = 1\n[[mends]]\nfile = "services.csv"\nrow = {row}\ncolumn = "value"\nwas = "4O1"\nnow = "401"\n'
LEVELS = "id,name,kind,least,most,step,requires,excludes,lawful\n"
EFFECT = "option,lever,op,value,low,high\n"

CASES: dict[str, Case] = {
    "no-folder": lambda place: checked(place / "nowhere"),
    "not-a-folder": at(a_file),
    "empty-folder": at(an_empty_folder),
    "unreadable": lambda place: read_wonder(place / "none.txt")[1],
    "no-file": whole({"funds.csv": None}),
    "file-is-folder": at(folder_named_as_file),
    "binary": raw("services.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00"),
    "too-big": at(too_large),
    "half-written": whole({"costs.csv": 'what,item,amount\n"Rent,rent,450\n'}),
    "cell-too-long": whole({"costs.csv": "what,item,amount\n" + "x" * 100_001 + ",rent,450\n"}),
    "empty-file": whole({"costs.csv": ""}),
    "not-toml": whole({"program.toml": "format = 1\nname = Harbor Street\n"}),
    "format": whole(program=("format = 1", "format = 0")),
    "newer-format": whole(program=("format = 1", "format = 2")),
    "other-encoding": raw("costs.csv", "what,item,amount\nLoyer café,rent,450\n".encode("cp1252")),
    "not-read": whole({"fund.csv": "name\n"}),
    "header-only": whole({"costs.csv": "what,item,amount\n"}),
    "no-rows": whole({"funds.csv": "name,origin,amount,from\n"}),
    "not-a-workbook": at(text_as_book),
    "too-big-inside": at(huge_book),
    "sheet-unreadable": at(no_rows_in_book),
    "nothing-in-it": empty_file,
    "formula-empty": book(set_cell("staff", "E2", "=1+1")),
    "formula-error": whole(staff=(",40,33.00", ",#REF!,33.00")),
    "hidden-rows": book(hide),
    "merged-cells": book(merge),
    "no-sheet": book(no_staff),
    "no-sheets": at(only_unknown),
    "sheet-twice": book(second_sheet),
    "fact-twice": book(new_fact("name", "Harbor")),
    "fact-no-name": book(new_fact(None, "12")),
    "fact-extra": book(fact("name", 2, "x")),
    "no-column": whole({"costs.csv": "what,item\nRent,rent\n"}),
    "unknown-column": whole({"costs.csv": "what,item,amount,nom\nRent,rent,450,x\n"}),
    "column-twice": whole({"costs.csv": "what,item,amount,amount\nRent,rent,450,450\n"}),
    "column-no-name": whole({"costs.csv": "what,item,amount,\nRent,rent,450,note\n"}),
    "too-many-cells": whole({"costs.csv": "what,item,amount\nRent,rent,450,and more\n"}),
    "blank": whole({"costs.csv": "what,item,amount\nRent,rent,\n"}),
    "not-a-number": whole({"costs.csv": "what,item,amount\nRent,rent,ninety\n"}),
    "letter-o": services("2022-01,,visits,4O1"),
    "ambiguous-number": whole({"costs.csv": 'what,item,amount\nRent,rent,"450,5"\n'}),
    "not-whole": whole(staff=("Peer,,stipend,2,2", "Peer,,stipend,2.5,2")),
    "out-of-range": whole({"costs.csv": "what,item,amount,every\nRent,rent,450,121\n"}),
    "too-small": whole({"costs.csv": "what,item,amount\nRent,rent,-450\n"}),
    "not-a-share": whole(staff=(",0.2,state; city", ",20,state; city")),
    "not-a-choice": whole(funds=(",local,", ",locla,")),
    "not-yes-no": whole(program=("made = true", 'made = "perhaps"')),
    "not-a-month": services("2022-13,,visits,401"),
    "month-guessed": services("Jan-22,,visits,401"),
    "not-a-date": whole({"money.csv": f"date,fund,account,kind,amount\n2022-02-30,{STATE},12\n"}),
    "ambiguous-date": whole({"money.csv": f"date,fund,account,kind,amount\n03/04/2022,{STATE},12\n"}),
    "not-a-time": whole(sessions=("13:00", "9.30")),
    "not-months": whole(sessions=("4-9", "summer")),
    "not-a-count": services("2022-01,,visits,many"),
    "count-is-date": services("2022-01,,visits,9-Jan"),
    "count-range": services("2022-01,,visits,12-15"),
    "not-a-rate": whole(rates=("24.7", "many")),
    "not-an-id": whole(sites=("main,Main Street", "Main & co,Main Street")),
    "nul": raw("costs.csv", b"what,item,amount\nRent\x00,rent,450\n"),
    "not-text": whole(program=('place = "Providence, Rhode Island"', "place = [1]")),
    "not-a-range": whole({"evidence.toml": "absence = { best = 0.1 }\n"}),
    "no-doubt-given": whole({"evidence.toml": "absence = 0.1\n"}),
    "range-order": whole({"evidence.toml": "absence = { low = 0.2, best = 0.1, high = 0.3 }\n"}),
    "not-shares": whole(program=('{ "Rhode Island" = 0.2 }', '{ "Rhode Island" = 20 }')),
    "unknown": whole(sessions=("van,sat", "vann,sat")),
    "id-twice": whole(sites=("van,The van", "main,The van")),
    "row-twice": services("2022-01,,visits,401", "2022-01,,visits,402"),
    "ends-before": whole({"costs.csv": "what,item,amount,from,until\nRent,rent,450,2022-05,2022-04\n"}),
    "past-midnight": whole(sessions=("13:00,17:30", "13:00,12:30")),
    "overfilled": whole(staff=("Peer,,stipend,2,2", "Peer,,stipend,2,3")),
    "low-high": whole({"effects.csv": EFFECT + "evening,hours_evening,add,1,2,3\n"}),
    "two-sets": whole({"effects.csv": EFFECT + "raise,wage,set,1.1,,\nroof,wage,set,1.2,,\n"}),
    "outside-lever": whole({"effects.csv": EFFECT + "raise,protected,set,0.9,,\n"}),
    "level-needs": whole({"choices.csv": LEVELS + "evening,Open,level,4,8,,,,\n"}),
    "level-only": whole({"choices.csv": LEVELS + "evening,Open,once,4,,,,,\n"}),
    "level-order": whole({"choices.csv": LEVELS + "evening,Open,level,8,4,4,,,\n"}),
    "level-step": whole({"choices.csv": LEVELS + "evening,Open,level,4,8,0,,,\n"}),
    "requires-itself": whole({"choices.csv": LEVELS + "roof,Roof,once,,,,roof,,\n"}),
    "requires-excluded": whole({"choices.csv": LEVELS + "roof,Roof,once,,,,a,a,\na,A,once,,,,,,\n"}),
    "needs-fund": whole({"choices.csv": "id,name,kind\nroof,Ask for a roof,ask\n"}),
    "asked-twice": whole({"choices.csv": "id,name,kind,fund\na,Ask,ask,city\nb,Ask for more,ask,city\n"}),
    "account-twice": whole({"account_items.csv": "account,item\n6100 Wages,wages\n6100  wages,rent\n"}),
    "per-unit-needs": whole(funds=(",advance,3,", ",per-unit,3,")),
    "pays-clash": whole(funds=("people; place,,", "people; place,people,")),
    "unknown-evidence": whole({"evidence.toml": "abscence = { low = 0.1, best = 0.2, high = 0.3 }\n"}),
    "impossible-evidence": whole({"evidence.toml": "absence = { low = 0.1, best = 0.2, high = 1.3 }\n"}),
    # exports of federal tables
    "wonder-not": wonder("nothing\n"),
    "wonder-row": wonder(swap(WONDER, "2022/01\tHarbor\t1\t20", "2022/01\tHarbor\t1\ttwenty")),
    "wonder-clash": wonder(WONDER, swap(WONDER, "2022/01\tHarbor\t1\t20", "2022/01\tHarbor\t1\t19")),
    "wonder-total": wonder(swap(WONDER, "2022/01\tHarbor\t1\t20", "2022/01\tHarbor\t1\t2000")),
    "wonder-area": wonder(WONDER, areas=["Harbour"]),
    "dose-not": dose("a,b\n1,2\n"),
    "dose-key": dose(swap(DOSE, "QA,2023,11,Annual", "QA,2023,13,Annual")),
    "dose-after": dose(DOSE, as_of="2023-11-15"),
    "dose-mark": dose(swap(DOSE, "QA,2023,11,Annual,*", "QA,2023,11,Annual,?")),
    "dose-twice": dose(swap(DOSE, "QA,2023,12,Annual", "QA,2023,11,Annual")),
    "dose-area": dose(DOSE, areas=["ZZ"]),
    "dose-column": dose("\n".join(line + ("," if n else ",notes") for n, line in enumerate(DOSE.splitlines())) + "\n"),
    # doubts about the program
    "months-order": services("2022-02,,visits,400", "2022-01,,visits,401"),
    "hidden-limit": services("2022-01,,visits,*"),
    "zeros-shown": services("2022-01,,visits,<5", "2022-02,,visits,0"),
    "read-blank": services("2022-01,,visits,"),
    "months-missing": services("2022-01,,visits,400", "2022-02,,visits,400", "2022-04,,visits,400"),
    "month-jump": services(*year("visits", "40")[:-1], "2022-12,,visits,400"),
    "month-drop": services(*year("visits", "400")[:-1], "2022-12,,visits,40"),
    "after-plan": whole(program=("made = true", 'made = true\nplan_from = "2022-06"')),
    "before-first": services("2021-12,,visits,400"),
    "more-reversals": services(*year("kits_out", "10"), *year("reversals", "11")),
    "more-participants": services("2022-01,,participants_month,2601"),
    "months-over-year": services("2022-01,,participants_month,160", "2022-01,,participants_12_months,150"),
    "near-measure": services("2022-01,,visit,400"),
    "two-sources": whole(
        community=(
            "2022-02,Rhode Island,all-drugs-all-intents,deaths,32,2025-04-21,CDC WONDER",
            "2022-02,Rhode Island,all-drugs-all-intents,deaths,32,2025-04-21,CDC WONDER\n"
            "2022-02,Rhode Island,all-drugs-all-intents,deaths,33,2025-04-21,State",
        )
    ),
    "no-share": whole(program=('"Rhode Island" = 0.2', '"Maine" = 0.2')),
    "share-unused": whole(program=('"Rhode Island" = 0.2', '"Rhode Island" = 0.2, "Maine" = 0.2')),
    "fund-ends-first": whole({"costs.csv": "what,item,amount,until,paid_by\nRent,rent,450,2025-01,city\n"}),
    "fund-over": whole(funds=("120000,2022-07,2024-06", "120000,2021-07,2022-06")),
    "not-eligible": whole({"costs.csv": "what,item,amount,paid_by\nFuel,fuel,450,city\n"}),
    "nobody-pays": whole({"funds.csv": funds("may_pay", "people")}),
    "one-away": whole(staff=("Outreach worker,,wage,3,2", "Outreach worker,,wage,3,0"), sessions=("4-9,1", "4-9,2")),
    "cannot-open": whole(sessions=("4-9,1", "4-9,9")),
    "landlords-roof": whole({"sites.csv": "id,name,kind,premises,landlord_repairs,condition\n"
                             "main,Main,fixed,leased,yes,0.7\nvan,The van,van,hosted,,\n"}),
    "hosted-roof": whole({"sites.csv": "id,name,kind,premises,condition\n"
                          "main,Main,fixed,hosted,0.7\nvan,The van,van,hosted,\n"}),
    "no-condition": whole({"sites.csv": "id,name,kind,premises\nmain,Main,fixed,owned\nvan,The van,van,hosted\n"}),
    "no-value": whole({"sites.csv": "id,name,kind,premises,condition\nmain,Main,fixed,owned,0.7\nvan,Van,van,hosted,\n"}),
    "priced-twice": whole({"prices.csv": "option,item,how,amount\nraise,wages,monthly,210\n"}),
    "no-effect": whole({"effects.csv": None}),
    "no-price": whole({"prices.csv": None}),
    "not-on-the-step": whole(choices=("4,8,4", "4,9,4")),
    "lawful-unclear": whole({"choices.csv": LEVELS + "evening,Open,level,4,8,4,,,unclear\nroof,Roof,once,,,,,,\n"
                             "raise,Raise,once,,,,,,\n"}),
    "wage-floor": whole(program=("living_wage = 23.17", "living_wage_by = 2026")),
    "unpaid": whole(staff=("Peer,,stipend,2,2,8,18", "Peer,,stipend,2,2,8,0")),
    "volunteer-paid": whole(staff=("Peer,,stipend", "Peer,,volunteer")),
    "lost-award": whole({"funds.csv": funds("received", "11")}),
    "unit-not-counted": whole({"funds.csv": funds("pays,unit,unit_price", "per-unit,hugs,1")}),
    "preset-confirm": whole(),
    "preset-offer": whole(funds=(",federal-2026", ",")),
    "no-services": whole({"services.csv": None}),
    "no-community": whole({"community.csv": None}),
    "no-naloxone": whole({"supplies.csv": "item,unit_price\nsyringes,0.10\n"}),
    "role-unknown": whole(workforce=("2022-11,Outreach worker", "2022-11,Outrech worker")),
    # what is kept beside them
    "import-no-manifest": whole({"imports/0001-counts/services.csv": "month,measure,value\n2022-01,hats,1\n"}),
    "import-manifest": whole({"imports/0001-counts/import.toml": "format = 1\n"}),
    "import-not-ours": whole({"imports/notes.txt": "mine"}),
    "mend-stale": whole({"mends.toml": MEND.format(row=3)}),
    "mend-lost": whole({"mends.toml": MEND.format(row=999)}),
    "mend-odd": whole({"mends.toml": 'format = 1\n[[mends]]\nfile = "services.csv"\n'}),
    "fallback": whole({"sites.csv": "id,name,kind,premises,condition,replacement_value\n"
                       "main,Main,fixed,owned,0.7,400000\nvan,Van,van,hosted,,\n"}),
    "fallback-rule": whole(program=("reserve = 25000\n", "")),
}  # fmt: skip
