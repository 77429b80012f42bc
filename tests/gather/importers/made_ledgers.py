"""Made books, and how QuickBooks would print them: the same accounts and cents in each of its layouts."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from pathlib import Path
from random import Random

from hypothesis import strategies as st

Cents = tuple[int | None, ...]  # by class; None: a blank cell
Rows = list[list[str]]

CLASSES = ("Drop-in", "Outreach", "Van", "Not Specified", "Peer support")
FUNDS = {"Drop-in": "drop-in", "Outreach": "outreach", "Van": "van"}
SECTIONS = ("income", "cost", "expense", "other income", "other expense")
KIND = {s: "income" if "income" in s else "expense" for s in SECTIONS}
TITLES = {
    "classic": ("Income", "Cost of Goods Sold", "Expenses", "Other Income", "Other Expenses"),
    "nonprofit": ("Revenue", "Cost of Goods Sold", "Expenditures", "Other Revenue", "Other Expenditures"),
    "desktop": ("Income", "Cost of Goods Sold", "Expense", "Other Income", "Other Expense"),
}
LABELS = (
    "4000 Grants", "4100 Donations", "6000 Payroll", "6100 Wages", "6400 Supplies", "Supplies", "Rent & utilities",
    "Other Income", "Cost of goods sold", "Cost of Goods Sold", "Expenses", "Income", "Total Wellness fund", "Naïve, Inc.",
    '"Quoted" account', "Net pay", "7", "Payroll", "payroll",
)  # fmt: skip


@dataclass(frozen=True)
class Account:
    label: str
    own: Cents
    under: tuple[Account, ...] = ()

    def sum(self, column: int) -> int:
        return (self.own[column] or 0) + sum(child.sum(column) for child in self.under)


@dataclass(frozen=True)
class Books:
    classes: tuple[str, ...]
    sections: dict[str, tuple[Account, ...]]

    def leaves(self) -> list[tuple[str, str, str, Decimal]]:
        """(class, account, kind, amount) of everything that was booked."""
        found: list[tuple[str, str, str, Decimal]] = []

        def walk(account: Account, kind: str) -> None:
            for name, cents in zip(self.classes, account.own, strict=True):
                if cents:
                    found.append((name, account.label, kind, Decimal(cents) / 100))
            for child in account.under:
                walk(child, kind)

        for section, accounts in self.sections.items():
            for account in accounts:
                walk(account, KIND[section])
        return found

    def sum(self, section: str, column: int) -> int:
        return sum(account.sum(column) for account in self.sections.get(section, ()))

    def result(self, upto: str, column: int) -> int:
        signs = {
            "gross": {"income": 1, "cost": -1},
            "operating": {"income": 1, "cost": -1, "expense": -1},
            "other": {"other income": 1, "other expense": -1},
            "net": {"income": 1, "cost": -1, "expense": -1, "other income": 1, "other expense": -1},
        }[upto]
        return sum(sign * self.sum(section, column) for section, sign in signs.items())


def books() -> st.SearchStrategy[Books]:
    """Books of one to four classes. Drawn by number: to shrink such trees would take minutes."""
    return st.integers(0, 2**32 - 1).map(lambda seed: made_books(Random(seed)))


def made_books(random: Random) -> Books:
    """Books with something in them: accounts three deep, cents of any size, blanks and zeros."""
    classes = tuple(random.sample(CLASSES, random.randint(1, 4)))
    sizes = random.choice((500, 100_000, 10**9))

    def cents() -> int | None:
        return random.choice((None, None, 0, random.randint(-sizes, sizes), random.randint(0, sizes)))

    def accounts(depth: int) -> tuple[Account, ...]:
        taken: dict[str, Account] = {}
        for label in random.sample(LABELS, random.randint(0 if depth < 2 else 1, 3)):
            under = accounts(depth - 1) if depth and random.random() < 0.5 else ()
            taken.setdefault(label.casefold(), Account(label, tuple(cents() for _ in classes), under))
        return tuple(taken.values())

    chosen = [s for s in SECTIONS if random.random() < (0.9 if s in ("income", "expense") else 0.4)]
    made = Books(classes, {section: accounts(2) for section in chosen})
    return made if made.leaves() else made_books(random)


def typed(cents: int | None, style: str) -> str:
    """Cents as a layout prints them."""
    if cents is None:
        return ""
    plain = f"{abs(cents) / 100:,.2f}" if abs(cents) < 10**12 else f"{abs(Decimal(cents)) / 100:,.2f}"
    minus = cents < 0
    if style == "plain":
        return f"{'-' if minus else ''}{plain.replace(',', '')}"
    if style == "parentheses":
        return f"({plain})" if minus else plain
    return f"{'-' if minus else ''}${plain}" if style == "dollars" else f"{'-' if minus else ''}{plain}"


def by_class(made: Books, style: str = "classic", *, months: Sequence[str] = (), total: bool = True) -> Rows:
    """Profit and loss by class in a look of QuickBooks Online: "classic", "modern" or "nonprofit"."""
    heads = list(months) or list(made.classes)
    rows = titles(
        "Statement of Activity by Class" if style == "nonprofit" else "Profit and Loss by Class", bool(months)
    )
    rows.append(["Distribution account" if style != "classic" else "", *heads, *(["TOTAL"] if total else [])])
    columns = range(len(made.classes))
    for_ = "for " if style != "classic" else ""
    names = dict(zip(SECTIONS, TITLES["nonprofit" if style == "nonprofit" else "classic"], strict=True))

    def line(label: str, cents: Sequence[int | None], look: str, depth: int = 0) -> None:
        whole = None if all(one is None for one in cents) else sum(one or 0 for one in cents)
        cells = [typed(one, look) for one in (*cents, *([whole] if total else []))]
        rows.append(["   " * depth + label, *cells])

    def walk(account: Account, depth: int) -> None:
        line(account.label, account.own, "parentheses" if depth % 2 else "plain", depth)
        if account.under:
            for child in account.under:
                walk(child, depth + 1)
            line(f"Total {for_}{account.label}", [account.sum(c) for c in columns], "dollars", depth)

    for section in SECTIONS:
        if section in made.sections:
            rows.append([names[section]])
            for account in made.sections[section]:
                walk(account, 1)
            line(f"Total {for_}{names[section]}", [made.sum(section, c) for c in columns], "dollars")
        if section == "cost":
            line("Gross Profit", [made.result("gross", c) for c in columns], "dollars")
        if section == "expense":
            what = "Net Operating Revenue" if style == "nonprofit" else "Net Operating Income"
            line(what, [made.result("operating", c) for c in columns], "dollars")
    if {"other income", "other expense"} & made.sections.keys():
        what = "Net Other Revenue" if style == "nonprofit" else "Net Other Income"
        line(what, [made.result("other", c) for c in columns], "dollars")
    what = "Net Revenue" if style == "nonprofit" else "Net Income"
    line(what, [made.result("net", c) for c in columns], "dollars")
    return [*rows, [], [footnote(style)]]


def titles(report: str, months: bool = False) -> Rows:
    period = "January - April 2024" if months else "March 2024"
    return [["Harbor Street Harm Reduction"], [report], [period], []]


def footnote(style: str) -> str:
    if style == "classic":
        return "Thursday, Apr 04, 2024 10:15 AM GMT-8 - Cash Basis"
    return "Accrual Basis Thursday, April 04, 2024 06:22 PM GMT-05:00"


def desktop_by_class(made: Books) -> Rows:
    """Desktop's: each level in a column of its own, a free column between amounts, "Unclassified"."""
    depth = 5
    heads = ["Unclassified" if name == "Not Specified" else name for name in made.classes]
    rows: Rows = [["", "", "", "", "", *_spaced([*heads, "TOTAL"])]]
    columns = range(len(made.classes))
    names = dict(zip(SECTIONS, TITLES["desktop"], strict=True))

    def line(label: str, level: int, cents: Sequence[int | None]) -> None:
        lead = [""] * depth
        lead[level] = label
        whole = None if all(one is None for one in cents) else sum(one or 0 for one in cents)
        rows.append(lead + _spaced([typed(one, "plain") for one in (*cents, whole)]))

    def walk(account: Account, level: int) -> None:
        if account.under:
            line(account.label, level, account.own)
            for child in account.under:
                walk(child, level + 1)
            line(f"Total {account.label}", level, [account.sum(c) for c in columns])
        else:
            line(account.label, level, account.own)

    def section(name: str) -> None:
        if name in made.sections:
            line(names[name], 1, [None] * len(made.classes))
            for account in made.sections[name]:
                walk(account, 2)
            line(f"Total {names[name]}", 1, [made.sum(name, c) for c in columns])

    line("Ordinary Income/Expense", 0, [None] * len(made.classes))
    section("income")
    section("cost")
    line("Gross Profit", 1, [made.result("gross", c) for c in columns])
    section("expense")
    line("Net Ordinary Income", 0, [made.result("operating", c) for c in columns])
    if {"other income", "other expense"} & made.sections.keys():
        line("Other Income/Expense", 0, [None] * len(made.classes))
        section("other income")
        section("other expense")
        line("Net Other Income", 0, [made.result("other", c) for c in columns])
    line("Net Income", 0, [made.result("net", c) for c in columns])
    return rows


def _spaced(cells: Sequence[str]) -> list[str]:
    spaced: list[str] = []
    for cell in cells:
        spaced += [cell, ""]
    return spaced[:-1]


def detail(made: Books, style: str = "classic") -> Rows:
    """Profit and loss detail: each amount a transaction under its account, dated in March, with its class."""
    for_ = "for " if style != "desktop" else ""
    lead = 4 if style == "desktop" else 1
    head = ["Date", "Transaction Type", "Num", "Name", "Memo/Description", "Class", "Split", "Amount", "Balance"]
    names = dict(zip(SECTIONS, TITLES["desktop" if style == "desktop" else "classic"], strict=True))
    rows = [*titles("Profit and Loss Detail"), [""] * lead + head]
    days = iter(range(10**6))

    def named(label: str, level: int, cents: int | None = None) -> None:
        cells = [""] * (lead + len(head))
        cells[min(level, lead - 1)] = label
        cells[-2] = typed(cents, "dollars")
        rows.append(cells)

    def walk(account: Account, level: int) -> int:
        named(account.label, level)
        own = 0
        for name, cents in zip(made.classes, account.own, strict=True):
            if cents is not None:
                own += cents
                day = f"03/{13 + next(days) % 18}/2024"
                said = "" if name == "Not Specified" else name
                cells = [day, "Check", "12", "Ana Example", "for the week", said, "Checking", typed(cents, "plain")]
                rows.append([""] * lead + [*cells, typed(own, "plain")])
        if account.under:
            if style == "classic":
                named(f"Total for {account.label}", level, own)
            for child in account.under:
                own += walk(child, level + 1)
        subs = " with sub-accounts" if style == "classic" and account.under else ""
        named(f"Total {for_}{account.label}{subs}", level, own)
        return own

    def result(label: str, upto: str) -> None:
        named(label, 0, sum(made.result(upto, c) for c in range(len(made.classes))))

    for section in SECTIONS:
        if section in made.sections:
            named(names[section], 1 if style == "desktop" else 0)
            for account in made.sections[section]:
                walk(account, 2 if style == "desktop" else 1)
            sums = sum(made.sum(section, c) for c in range(len(made.classes)))
            named(f"Total {for_}{names[section]}", 1 if style == "desktop" else 0, sums)
        if section == "cost":
            result("Gross Profit", "gross")
        if section == "expense":
            result("Net Ordinary Income" if style == "desktop" else "Net Operating Income", "operating")
    result("Net Income", "net")
    return [*rows, [], [footnote(style)]]


def csv_text(rows: Rows) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def write_csv(path: Path, rows: Rows) -> Path:
    path.write_text(csv_text(rows), encoding="utf-8")
    return path


def write_xlsx(path: Path, rows: Rows, *, sums: bool = True) -> Path:
    """A workbook as QuickBooks Online makes it: titles in merged cells, sums as formulas with their value beside.

    openpyxl writes no value beside a formula, so the file is written by hand.
    """
    width = max(map(len, rows))
    body, merged = [], []
    for number, cells in enumerate(rows, start=1):
        if len(cells) == 1 and number <= 3:
            merged.append(f'<mergeCell ref="A{number}:{_letter(width - 1)}{number}"/>')
        body.append(f'<row r="{number}">' + "".join(_cell(number, at, text, sums) for at, text in enumerate(cells)))
        body.append("</row>")
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    sheet = f'<worksheet xmlns="{main}"><sheetData>{"".join(body)}</sheetData>'
    sheet += f"<mergeCells>{''.join(merged)}</mergeCells></worksheet>" if merged else "</worksheet>"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        f'<sheet name="Report" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            stamped = zipfile.ZipInfo(name, (2024, 4, 4, 10, 15, 0))
            archive.writestr(stamped, '<?xml version="1.0" encoding="UTF-8"?>' + text)
    return path


def _cell(row: int, at: int, text: str, sums: bool) -> str:
    where = f'<c r="{_letter(at)}{row}"'
    bare = text.replace("$", "").replace(",", "")
    bare = "-" + bare[1:-1] if bare.startswith("(") else bare
    try:
        value = float(bare)
    except ValueError:
        shown = escape(text, quote=False)
        return f'{where} t="inlineStr"><is><t xml:space="preserve">{shown}</t></is></c>' if text else ""
    if "." not in text:
        return f'{where} t="inlineStr"><is><t>{escape(text)}</t></is></c>'
    formula = f"<f>(({_letter(at)}{row - 1})+0)+0</f>" if sums and "$" in text else ""
    return f"{where}>{formula}<v>{value!r}</v></c>"


def _letter(at: int) -> str:
    return chr(65 + at) if at < 26 else _letter(at // 26 - 1) + chr(65 + at % 26)
