"""Exports, spoilt: every figure is a row of the import as it stands there, or is told; nothing is made up."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from accounting import LostError, Tally
from import_accounting import Figures, Key, account, amount, count_key, header_of, rows_of, value_key
from made_files import FILES, Book, Grid, book_bytes, sheet_of
from made_files import rows_of as parted
from meanings import month
from mutations import ARCHIVE, BOOK, GENTLE, PATH, TABLE, TEXT, TextFile
from plain_reading import Cells, Plain, UnreadableError, decoded, text_cells, workbook_cells
from runs import Outcome, contents, run

from longview.gather import Said, read_dose, read_folder, read_wonder, understand
from longview.program import Problem

PROGRAM, _ = read_folder(FILES / "whole")
assert PROGRAM is not None
QUICKBOOKS = FILES / "imports" / "quickbooks"

Account = Callable[[Path, Cells, str], Outcome]


def variant(place: Path, seed: int, name: str, rows: Grid, delimiter: str, notes: str = "") -> tuple[str, Path, str]:
    """A text file spoilt by the change of its seed, alone or with a second: its changes, path, and delimiter."""
    rng = random.Random(seed)
    file = TextFile(rows, delimiter)
    changes: list[Any] = [*TABLE, *TEXT]
    kind = seed % (len(changes) + len(PATH) + 18)
    words, on_path = [], None
    if kind < len(changes):
        chosen = [changes[kind]] + ([rng.choice(changes)] if rng.random() < 0.2 else [])
    elif kind < len(changes) + len(PATH):
        chosen, on_path = [], PATH[kind - len(changes)]
        words.append(on_path.__name__)
    else:
        chosen = [rng.choice(GENTLE), rng.choice(TEXT[5:8] + TEXT[11:13])]
    for change in chosen if rows else ():
        if not file.rows or not file.rows[0]:
            break
        words.append(change.__name__)
        change(file.rows if change in TABLE else file, rng)
    path = place / name
    file.after = notes
    path.write_bytes(file.data(rng))
    if on_path is not None:
        on_path(path, rng)
    return ", ".join(words), path, file.delimiter


def plainly(path: Path, delimiter: str) -> Cells | None:
    """The file's cells; None where plain means can't read it."""
    try:
        return text_cells(path, delimiter)
    except UnreadableError:
        return None


def by_line(path: Path) -> Cells | None:
    """The cells of an export that is made of lines: a line is a row, whatever its quotation marks say."""
    try:
        lines = decoded(path.read_bytes()).splitlines()
    except (UnreadableError, OSError):
        return None
    found: Cells = {}
    for number, line in enumerate(lines, start=1):
        for place, cell in enumerate(next(iter(parted(line, "\t")), [])):
            if said := cell.strip():
                found[number, place] = Plain("text", said)
    return found


def refused(problems: Any, made: int) -> Outcome:
    """A file that plain means can't read: told whole, and nothing made of it."""
    if made or not any(p.severity == "problem" for p in problems):
        raise LostError("plain means can't read it, and nobody says so")
    return Outcome(False, Tally(unreadable=1))


# CDC WONDER


def wonder(place: Path, seed: int) -> tuple[str, Outcome]:
    text = (FILES / "wonder" / "three-places.txt").read_text(encoding="utf-8")
    table, notes = text.split("---\n", 1)
    words, path, _ = variant(place, seed, "deaths.txt", parted(table, "\t"), "\t", "---\n" + notes)
    before = contents(place)
    rows, problems = read_wonder(path)
    assert contents(place) == before
    cells = by_line(path)
    if cells is None:
        return words, refused(problems, len(rows))
    end = min(
        (row for (row, at), plain in cells.items() if at == 0 and str(plain.value).startswith("---")), default=10**9
    )
    cells = {at: plain for at, plain in cells.items() if at[0] < end}
    figures = Figures()
    head = header_of(cells, 1)
    notes_at, code_at, area_at, deaths_at = (head.get(n) for n in ("Notes", "Month Code", "Residence State", "Deaths"))
    repeated = {head.get(n) for n in ("Month", "Residence State Code", "Population", "Crude Rate")}
    for number, row in rows_of(cells).items():
        total = notes_at in row and row[notes_at].value == "Total"
        for at, plain in row.items():
            if number == 1 or at in repeated:
                figures.keys.add((number, at)) if number == 1 and at in head.values() else figures.passed.add(
                    (number, at)
                )
            elif at == deaths_at and not total:
                code = str(row[code_at].value) if code_at in row else ""
                area = str(row[area_at].value) if area_at in row else ""
                figures.wanted[number, at] = (area, code.replace("/", "-"), _deaths(str(plain.value)))
            elif total and code_at in row and re.fullmatch(r"\d{4}/\d\d", str(row[code_at].value)):
                figures.passed.add((number, at))  # a total: the rows are held to it
            elif at in (notes_at, code_at, area_at):
                figures.keys.add((number, at))
    made = Counter[Key]((r.area, str(r.month), count_key(r.value)) for r in rows)
    known = {key[:2] for key in figures.wanted.values()}  # type: ignore[index]
    odd = any(p.severity == "problem" for p in problems)  # then nothing is kept of it, and a row may be missing
    filler = lambda key: (odd or key[:2] not in known) and key[2][0] in ("hidden", 0)  # noqa: E731
    tally = account(path.name, cells, figures, made, problems, (), whole=path.name, filler=filler)
    return words, Outcome(bool(rows), tally)


def _deaths(text: str) -> Key:
    if text == "Suppressed":
        return "hidden", 9.0, "hidden"
    plain = re.sub(r"(?<=\d),(?=\d{3}(,|$))", "", text)
    return (float(plain), float(plain)) if re.fullmatch(r"\d{1,9}", plain) else ("no figure", text)


# CDC DOSE-SyS

MARKS = {"*": "hidden", "§": "not-reported", "¶": "not-available"}


def dose(place: Path, seed: int) -> tuple[str, Outcome]:
    rows = parted((FILES / "dose" / "three-places.csv").read_text(encoding="utf-8"))
    words, path, delimiter = variant(place, seed, "dose.csv", rows, ",")
    before = contents(place)
    rates, problems = read_dose(path, as_of="2025-01-25")
    assert contents(place) == before
    cells = plainly(path, delimiter)
    if cells is None:
        return words, refused(problems, len(rates))
    figures = Figures()
    first = min((row for row, _ in cells), default=1)
    head = header_of(cells, first, fold=lambda name: re.sub(r"[\s\-]+", "_", name.lower()))
    keys = {name: head.get(name) for name in ("jurisdiction", "year", "month", "rate_time")}
    for number, row in rows_of(cells).items():
        for at, plain in row.items():
            name = next((name for name, place_ in head.items() if place_ == at), "")
            if number == first or name in keys:
                figures.keys.add((number, at))
            elif name.endswith("_rate"):
                key = [str(row[keys[k]].value) if keys[k] in row else "" for k in keys]  # type: ignore[index]
                figures.wanted[number, at] = (
                    *_dose_key(key),
                    name.removesuffix("_rate"),
                    _rate(str(plain.value), delimiter),
                )
    made = Counter[Key](
        (r.area, str(r.month), r.over, _drug(r.case), r.value.value if r.value.value is not None else r.value.kind)
        for r in rates
    )
    tally = account(
        path.name,
        cells,
        figures,
        made,
        problems,
        (),
        whole=path.name,
        filler=lambda key: key[4] == "no-row",  # type: ignore[index]
    )
    return words, Outcome(bool(rates), tally)


def _dose_key(said: list[str]) -> tuple[str, str, str]:
    area, year, month_, over = said
    number = f"{year}-{int(month_):02d}" if re.fullmatch(r"\d{1,2}", month_, re.ASCII) else f"{year}-{month_}"
    return area, number, {"monthly": "month", "annual": "12-months"}.get(over.lower(), over)


def _drug(case: str) -> str:
    drug = case.removesuffix("-suspected-nonfatal")
    return {"all-drugs": "drug"}.get(drug, drug.removesuffix("s"))


def _rate(text: str, delimiter: str) -> Any:
    said = text.replace(",", ".") if delimiter == ";" and re.fullmatch(r"\d+,\d+", text) else text
    return MARKS.get(text, float(said) if re.fullmatch(r"\d+(\.\d+)?", said, re.ASCII) else ("no figure", text))


# CDC VSRR

DRUGS = {
    "Number of Deaths": "all-causes",
    "Number of Drug Overdose Deaths": "all-drugs-all-intents",
    "Heroin (T40.1)": "heroin-all-intents",
    "Cocaine (T40.5)": "cocaine-all-intents",
}
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November")
MONTHS += ("December",)
VSRR = ("State", "Year", "Month", "Period", "Indicator", "Data Value", "Percent Complete")
VSRR += ("Percent Pending Investigation", "State Name", "Footnote", "Footnote Symbol", "Predicted Value")


def vsrr_rows() -> Grid:
    """Two states, a year, four indicators and one percentage."""
    rows = [list(VSRR)]
    for at, (code, state) in enumerate((("WY", "Wyoming"), ("VT", "Vermont"))):
        for number, month_ in enumerate(MONTHS):
            for drug in (*DRUGS, "Percent with drugs specified"):
                value = 100 + 40 * number + 7 * len(drug) + at
                said = "" if value % 11 == 0 else f"{value * 10:,}" if drug == "Number of Deaths" else str(value)
                more = [str(value + 9) if drug.startswith("Number of Drug") else ""]
                note = "Data suppressed (<10)." if not said else "See Technical Notes."
                rows.append(
                    [code, "2023", month_, "12 month-ending", drug, said, "100", "0.1", state, note, "**", *more]
                )
    return rows


def vsrr(place: Path, seed: int) -> tuple[str, Outcome]:
    words, path, delimiter = variant(place, seed, "vsrr.csv", vsrr_rows(), ",")
    before = contents(place)
    found = understand([path], Said(kind="vsrr", as_of="2024-10-15", areas=("all",)), PROGRAM, place / "p")  # type: ignore[arg-type]
    assert contents(place) == before
    problems = [*found.problems, *found.doubts]
    rows = found.made.community if found.made is not None else ()
    cells = plainly(path, delimiter)
    if cells is None:
        return words, refused(problems, len(rows))
    figures = Figures()
    told = found.made.told if found.made is not None else ()
    left = " ".join(said for said in told if said.startswith("Left out"))
    table = rows_of(cells)
    first = next((n for n, row in table.items() if {"indicator", "data value"} <= {_low(p) for p in row.values()}), 0)
    head = header_of(cells, first, fold=lambda name: " ".join(name.lower().replace("_", " ").split()))
    at = {name: head.get(name.lower(), -1) for name in VSRR}
    symbols = {where for where, plain in table.get(first, {}).items() if _low(plain) == "footnote symbol"}
    for number, row in table.items():
        said = {name: str(row[where].value) if where in row else "" for name, where in at.items()}
        coded = next((drug for drug in DRUGS if "(" in drug and drug[drug.index("(") :] in said["Indicator"]), "")
        case = DRUGS.get(coded or said["Indicator"])  # a drug is known by its code
        if f": {said['Indicator']} (" in left or f": period {said['Period']} (" in left:
            figures.passed |= {(number, where) for where in row}
            continue
        for where, plain in row.items():
            name = next((name for name, place_ in at.items() if place_ == where), "")
            if number == first and name:
                figures.keys.add((number, where))
            elif name in ("Data Value", "Predicted Value") and case is not None and number > first:
                measure = "deaths" if name == "Data Value" else "deaths_predicted"
                area = said["State Name"] or {"WY": "Wyoming", "VT": "Vermont"}.get(said["State"], said["State"])
                figures.wanted[number, where] = (area, _vsrr_month(said), case, measure, _deaths(str(plain.value)))
            elif number >= first and (name or where in symbols):
                figures.passed.add((number, where))
    made = Counter[Key]((r.area, str(r.month), r.case, r.measure, count_key(r.value)) for r in rows)
    for key, times in Counter(figures.wanted.values()).items():
        if key in made:
            made[key] *= times  # the same row twice says the same
    filler = lambda key: key[4][0] == "hidden"  # noqa: E731  a blank figure, explained by its footnote
    return words, Outcome(
        bool(rows), account(path.name, cells, figures, made, problems, told, whole=path.name, filler=filler)
    )


def _low(plain: Plain) -> str:
    return " ".join(str(plain.value).lower().replace("_", " ").split())


def _vsrr_month(said: dict[str, str]) -> str:
    name = said["Month"].title()
    return f"{said['Year']}-{MONTHS.index(name) + 1:02d}" if name in MONTHS else said["Month"]


# A log of events


def log_rows() -> Grid:
    """A log of calls: a day, a street, whether naloxone was given."""
    rng = random.Random(7)
    rows = [["call", "date", "naloxone given", "unit"]]
    for number in range(260):
        day = date(2022, 1, 1) + timedelta(days=int(number * 1.7))
        rows.append([f"C{number:04d}", day.isoformat(), rng.choice(["Yes", "No"]), rng.choice(["E271", "E273"])])
    return rows


def events(place: Path, seed: int) -> tuple[str, Outcome]:
    words, path, delimiter = variant(place, seed, "calls.csv", log_rows(), ",")
    said = Said(kind="events", to="community", measure="ems_calls", areas=("Tempe",), case="ems", source="City",
                as_of="2024-10-15", column="date")  # fmt: skip
    found, problems, before = None, [], contents(place)
    found = understand([path], said, PROGRAM, place / "program")  # type: ignore[arg-type]
    problems = [*found.problems, *found.doubts]
    assert contents(place) == before
    rows = found.made.community if found.made is not None else ()
    cells = plainly(path, delimiter)
    if cells is None:
        return words, refused(problems, len(rows))
    if not rows:
        if cells and not found.problems:
            raise LostError("nothing was counted, and nobody says so")
        return words, Outcome(False, Tally(cells=len(cells), told=len(cells)))
    counted = {str(r.month): r.value.low for r in rows}
    table = rows_of(cells)
    first = next(n for n, row in table.items() if any(str(p.value).lower() == "date" for p in row.values()))
    at = next(at for at, p in table[first].items() if str(p.value).lower() == "date")
    body = {n: row for n, row in table.items() if n > first}
    sure = Counter(
        str(month(str(row[at].value)[:7])) for row in body.values() if at in row and _iso(str(row[at].value))
    )
    others = len(body) - sum(sure.values())
    not_counted = _numbers(problems, {"events-undated", "events-after", "events-far", "events-no-place"})
    for one, times in sure.items():
        if not counted.get(one, 0) <= times + others:
            raise LostError(f"{counted.get(one)} events of {one} were counted, and {times} stand there")
    if sum(counted.values()) + not_counted != len(body):
        raise LostError(f"{sum(counted.values())} events were counted, {not_counted} told, and {len(body)} stand there")
    if others == 0 and not_counted == 0 and any(counted.get(one, 0) != times for one, times in sure.items()):
        raise LostError(f"counted {counted}, and there stand {sure}")
    return words, Outcome(True, Tally(len(cells), read=len(cells) - not_counted, told=not_counted))


def _iso(text: str) -> bool:
    return re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])-([0-2]\d|3[01])", text, re.ASCII) is not None


def _numbers(problems: list[Problem], codes: set[str]) -> int:
    found = [re.search(r"([\d,]+) rows?", p.expected) for p in problems if p.code in codes]
    return sum(int(one[1].replace(",", "")) for one in found if one is not None)


# QuickBooks


def quickbooks_detail(place: Path, seed: int) -> tuple[str, Outcome]:
    rows = parted((QUICKBOOKS / "desktop-detail.csv").read_text(encoding="utf-8"))
    return _quickbooks(place, seed, "quickbooks-detail", rows, "detail.csv", _detail_figures)


def quickbooks_classes(place: Path, seed: int) -> tuple[str, Outcome]:
    rows = parted((QUICKBOOKS / "online-classic-by-class.csv").read_text(encoding="utf-8"))
    return _quickbooks(place, seed, "quickbooks-classes", rows, "classes.csv", _class_figures)


def _quickbooks(
    place: Path, seed: int, kind: str, rows: Grid, name: str, figures_of: Callable[[Cells, bool], Figures]
) -> tuple[str, Outcome]:
    words, path, delimiter = variant(place, seed, name, rows, ",")
    before = contents(place)
    found = understand([path], Said(kind=kind), PROGRAM, place / "program")  # type: ignore[arg-type]
    assert contents(place) == before
    problems = [*found.problems, *found.doubts]
    lines = found.made.money if found.made is not None else ()
    cells = plainly(path, delimiter)
    if cells is None:
        return words, refused(problems, len(lines))
    figures = figures_of(cells, delimiter == ";")
    made = Counter[Key](
        (line.account, float(line.amount), line.date)
        if kind == "quickbooks-detail"
        else (line.account, float(line.amount))
        for line in lines
    )
    told = found.made.told if found.made is not None else ()
    return words, Outcome(bool(lines), account(path.name, cells, figures, made, problems, told, whole=path.name))


TOTALS = re.compile(r"(?i)(total|net|gross)\b.*")


def _detail_figures(cells: Cells, comma: bool) -> Figures:
    """Amounts of the rows with a day, under the account named above them; all else is held to them, or is a name."""
    figures, under = Figures(), ""
    head: dict[str, int] = {}
    for number, row in rows_of(cells).items():
        said = {at: str(plain.value) for at, plain in row.items()}
        folded = {text.lower(): at for at, text in said.items()}
        figures.passed |= {(number, at) for at in row}
        if not head and {"date", "amount"} <= folded.keys():
            head = folded
            continue
        if not head:
            continue
        day, sum_ = said.get(head["date"], ""), row.get(head["amount"])
        if not day:
            first = next(iter(said.values()))
            under = under if TOTALS.fullmatch(first) else first
        elif sum_ is not None and amount(sum_, comma=comma) != 0:
            found = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", day)
            when = f"{found[3]}-{int(found[1]):02d}-{int(found[2]):02d}" if found else day
            figures.wanted[number, head["amount"]] = (under, amount(sum_, comma=comma), when)
    return figures


def _class_figures(cells: Cells, comma: bool) -> Figures:
    """Amounts of accounts by class; totals, which all of it is held to, are passed."""
    figures = Figures()
    table = rows_of(cells)
    head = next((n for n, row in table.items() if any(str(p.value).lower() == "total" for p in row.values())), 0)
    leaves = {at for at, p in table.get(head, {}).items() if not TOTALS.fullmatch(str(p.value))}
    for number, row in table.items():
        label = str(next(iter(row.values())).value)
        figures.passed |= {(number, at) for at in row}
        if number <= head or TOTALS.fullmatch(label):
            continue
        for at, plain in row.items():
            if at in leaves and at != min(row) and amount(plain, comma=comma) not in (0, None):
                figures.wanted[number, at] = (label, amount(plain, comma=comma))
            elif at in leaves and at != min(row) and amount(plain, comma=comma) is None:
                figures.wanted[number, at] = (label, str(plain.value))
    return figures


# Any table


def table_rows(rng: random.Random) -> Grid:
    """A table of services: a row a figure, a column a measure, or months across. Every figure stands once."""
    measures = ["visits", "syringes_out", "kits_out"]
    months = [f"2022-{n:02d}" for n in range(1, 13)]
    figures = iter(rng.sample(range(100, 9_000), 200))
    how = rng.randrange(3)
    if how == 0:
        return [
            ["month", "site", "measure", "value"],
            *[[m, "main", k, str(next(figures))] for m in months for k in measures],
        ]
    if how == 1:
        return [
            ["Month", "Visits", "Syringes out", "Kits out"],
            *[[m, *(str(next(figures)) for _ in measures)] for m in months],
        ]
    return [
        ["Measure", *months],
        *[[k, *(str(next(figures)) for _ in months)] for k in ("Visits", "Syringes out", "Kits out")],
    ]


def table_csv(place: Path, seed: int) -> tuple[str, Outcome]:
    words, path, delimiter = variant(place, seed, "visits.csv", table_rows(random.Random(seed)), ",")
    return words, _table(place, path, lambda: {path.name: plainly(path, delimiter)}, delimiter == ";", seed)


def table_xlsx(place: Path, seed: int) -> tuple[str, Outcome]:
    rng = random.Random(seed)
    rows = table_rows(rng)
    usable = [one for one in BOOK if one.__name__ not in ("sheet_lost", "sheet_twice")]
    changes: list[Any] = [*TABLE, *usable, *ARCHIVE]
    kind = seed % (len(changes) + 20)
    path = place / "visits.xlsx"
    change = changes[kind] if kind < len(changes) else rng.choice([*GENTLE, *usable[:3]])
    if change in TABLE:
        change(rows, rng)
    book = Book([sheet_of("2022", rows, rng)])
    if change in BOOK:
        change(book, rng)
    raw = book_bytes(book)
    path.write_bytes(change(raw, rng) if change in ARCHIVE else raw)

    def sheets() -> dict[str, Cells | None]:
        try:
            return {f"sheet {name}": cells for name, cells in workbook_cells(path).items()}
        except UnreadableError:
            return {path.name: None}

    return change.__name__, _table(place, path, sheets, False, seed)


def _table(place: Path, path: Path, sheets: Callable[[], dict[str, Cells | None]], comma: bool, seed: int) -> Outcome:
    before = contents(place)
    said = Said(kind="table", to="services", confirmed=seed % 2 == 0)
    found = understand([path], said, PROGRAM, place / "program")  # type: ignore[arg-type]
    assert contents(place) == before
    problems = [*found.problems, *found.doubts]
    rows = found.made.services if found.made is not None else ()
    made = Counter[Key](count_key(row.value) for row in rows if row.value.kind != "blank")
    told = [*(found.made.told if found.made is not None else ()), found.guess]
    tally = Tally()
    for name, cells in sheets().items():
        if cells is None:
            return refused(problems, len(rows))
        whole = {p.file for p in problems if p.row is None and p.code == "table-sheets"}
        if name in whole or any(p.code == "table-rows" for p in problems):  # summed, and told so
            tally.add(Tally(cells=len(cells), told=len(cells)))
            continue
        figures = Figures()
        table = rows_of(cells)
        head = next((number for number, row in table.items() if sum(map(_names_something, row.values())) > 1), 0)
        for number, row in table.items():
            for at, plain in row.items():
                key = value_key(plain, comma=comma)
                is_key = plain.kind == "date" or (plain.kind == "text" and month(plain.value) is not None)
                if number == head:
                    figures.keys.add((number, at))
                elif key is not None and not is_key and number > head:
                    figures.wanted[number, at] = key
        tally.add(account(name, cells, figures, made, problems, told, whole=path.name, by_row=True))
        _keyed(name, table, rows, problems)
    return Outcome(bool(rows), tally)


def _names_something(plain: Plain) -> bool:
    if plain.kind == "date":
        return True
    said = str(plain.value).strip().lower().replace("_", " ")
    return said in NAMES or said in ("month", "measure", "value", "site") or month(said) is not None


NAMES = {"visits": "visits", "syringes out": "syringes_out", "kits out": "kits_out"}
NAMES |= {name: name for name in NAMES.values()}


def _keyed(name: str, table: Any, rows: Any, problems: list[Problem]) -> None:
    """Where the names stand as they were made: that each figure that was read is of its month and measure."""
    if any(p.code in ("table-rows", "merged-cells") for p in problems) or not table:
        return
    head = {at: str(p.value).strip().lower().replace("_", " ") for at, p in table[min(table)].items()}
    body = [row for number, row in table.items() if number > min(table)]
    meant: dict[Key, set[tuple[str, str]]] = {}
    places = {text: at for at, text in head.items()}
    for row in body:
        for at, plain in row.items():
            if (key := value_key(plain)) is None:
                continue
            if {"month", "measure", "value"} <= places.keys() and at == places["value"]:
                when, what = (
                    row.get(places["month"]),
                    str(row[places["measure"]].value) if places["measure"] in row else "",
                )
            elif "month" in places and head.get(at) in NAMES:
                when, what = row.get(places["month"]), head[at]
            else:
                return
            meant.setdefault(key, set()).add((_month(when), NAMES.get(what.lower().replace("_", " "), what)))
    for row in rows:
        wanted = meant.get(count_key(row.value))
        if wanted is not None and (str(row.month), row.measure) not in wanted:
            raise LostError(f"{name}: {row} was read, and its figure stands for {wanted}")


def _month(plain: Plain | None) -> str:
    if plain is None:
        return ""
    return f"{plain.value:%Y-%m}" if plain.kind == "date" else str(month(str(plain.value)))


KINDS: dict[str, Callable[[Path, int], tuple[str, Outcome]]] = {
    "CDC WONDER": wonder,
    "CDC DOSE-SyS": dose,
    "CDC VSRR": vsrr,
    "event log": events,
    "QuickBooks detail": quickbooks_detail,
    "QuickBooks classes": quickbooks_classes,
    "table CSV": table_csv,
    "table XLSX": table_xlsx,
}


@pytest.mark.parametrize("kind", KINDS)
def test_twenty_spoilt_exports_are_accounted_for(kind: str, tmp_path: Path) -> None:
    totals = run(kind, range(0, 300, 7), tmp_path, KINDS[kind])
    assert totals.variants >= 20
    assert totals.read >= 0.3 * totals.variants


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_hundreds_of_spoilt_exports_are_accounted_for(kind: str, tmp_path: Path) -> None:
    totals = run(kind, range(1000, 1400), tmp_path, KINDS[kind])
    assert totals.variants >= 200
    assert totals.read >= 0.3 * totals.variants
