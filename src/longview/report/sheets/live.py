"""Cash by month and the budget, live: what is typed may be changed, and the rest follows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from longview.program import Month
from longview.program.items import items
from longview.report.rounding import money, month_words
from longview.report.sections.budget import line_words
from longview.report.sections.years import fund_name
from longview.report.sheets.book import Book, Column, Formula, Value, letter
from longview.report.told import Told
from longview.results import BudgetActual, BudgetRow, CashTable, FundCash

NOTHING = Decimal(0)
BY_FUND = "cash by fund"
LIVE = (
    "Black sums follow what you change: a figure that you type over runs through. Money of the month, in {}, planned."
)
SOURCES = {
    "own": "own income",
    "units": "paid by the unit",
    "lent": "a loan",
    "lacking": "not found yet: today’s path lacks it",
}


def cash(book: Book, told: Told) -> None:
    """Free cash month by month, then each fund's own money, which the first reads."""
    table = told.findings.cash.plan
    low = min(table.free, default=table.opening)
    month = table.months[table.free.index(low)] if table.free else table.first_month
    sheet = book.sheet(
        "cash",
        f"As planned, free cash is lowest at the end of {month_words(month)}: {money(low, table.currency)}",
        LIVE.format(table.currency),
        "Free cash is what no funder has tied to a purpose. What a fund pays stands in the sheet “cash by fund”.",
        "A plan holds no mishap. How far the futures stray from it stands in the sheet “cash futures”.",
    )
    sheet.gap()
    first, months = sheet.row + 9, len(table.free)  # below six facts, a gap and the head
    last = first + months - 1
    columns, rows = _free(told, table, first)
    free = letter(next(at for at, c in enumerate(columns, 1) if c.head == AFTER))
    over = f"{free}{first}:{free}{last}"
    below = sum(left < table.reserve for left in table.free)
    sheet.fact("Free cash at the start", table.opening, "cents")
    sheet.fact("Reserve: the least to keep", table.reserve, "cents")
    sheet.fact("Lowest free cash at a month’s end", Formula(f"=MIN({over})", low), "cents")
    month = table.months[table.free.index(low)] if table.free else table.first_month
    sheet.fact(
        "In the month", Formula(f"=INDEX(A{first}:A{last},MATCH(MIN({over}),{over},0))", _serial(month)), "month"
    )
    sheet.fact("Months that end below the reserve", Formula(f'=COUNTIF({over},"<"&B{sheet.row - 2})', below), "count")
    held = "The reserve is kept in every month." if not below else "The reserve is not kept in every month."
    yes, no = "The reserve is kept in every month.", "The reserve is not kept in every month."
    sheet.fact("Against the reserve", Formula(f'=IF(B{sheet.row}=0,"{yes}","{no}")', held), "text")
    sheet.table(columns, rows)
    _funds(book, told, table)


AFTER = "Free cash after"


def _serial(month: Month) -> float:
    """A month as a workbook counts days."""
    return float((date(month.year, month.month, 1) - date(1899, 12, 30)).days)


def _free(told: Told, table: CashTable, first: int) -> tuple[list[Column], list[list[Value]]]:
    """The columns and rows of free cash; `first` is the first month's row."""
    come = list(table.came)
    pays = [item for item, row in table.from_free.items() if any(row)]
    columns = [Column("Month", "month"), Column("Free cash before", "cents")]
    columns += [Column(_source(told, source), "cents") for source in come] + [Column("Comes in", "cents")]
    columns += [Column(_item(item), "cents") for item in pays]
    columns += [Column(c, "cents") for c in ("Paid first, claimed later", "Goes out", AFTER, "Above the reserve",
                                             "Restricted cash in hand", "Owed to us")]  # fmt: skip
    at = {name: letter(n) for n, name in enumerate(
        ["month", "before", *(f"came {s}" for s in come), "in", *(f"pays {i}" for i in pays), "first", "out", "after",
         "above", "held", "owed"], 1)}  # fmt: skip
    rows: list[list[Value]] = []
    before = table.opening
    for t, month in enumerate(table.months):
        row = first + t
        came = sum((table.came[s][t] for s in come), NOTHING)
        out = sum((table.from_free[i][t] for i in pays), table.first_paid[t])
        cells: list[Value] = [month, Formula(f"={at['after']}{row - 1}" if t else f"=B{first - 8}", before)]
        cells += [_linked(table, s, t) for s in come]
        cells.append(_sum(3, len(come), row, came))
        cells += [table.from_free[i][t] for i in pays]
        cells.append(_over(table, t, "bills", table.first_paid[t], "reimburse"))
        cells.append(_sum(4 + len(come), len(pays) + 1, row, out))
        cells.append(Formula(f"={at['before']}{row}+{at['in']}{row}-{at['out']}{row}", table.free[t]))
        cells.append(Formula(f"={at['after']}{row}-$B${first - 7}", table.free[t] - table.reserve))
        cells.append(_over(table, t, "after", table.restricted[t], "advance"))
        cells.append(_over(table, t, "owed", table.owed[t], ""))
        rows.append(cells)
        before = table.free[t]
    return columns, rows


def _sum(first: int, count: int, row: int, value: Decimal) -> Formula:
    """So many cells of a row, added up."""
    return Formula(f"=SUM({letter(first)}{row}:{letter(first + count - 1)}{row})" if count else "=0", value)


def _source(told: Told, source: str) -> str:
    kind, _, fund = source.partition(":")
    if kind == "claims":
        return f"{fund_name(told, fund)}: claims paid"
    if kind == "overhead":
        return f"{fund_name(told, fund)}: overhead"
    words = SOURCES.get(kind, kind)
    return f"{fund_name(told, fund)}: {words}" if fund else words[:1].upper() + words[1:]


def _item(item: str) -> str:
    known = items()
    words = known[item].words if item in known else item.replace("-", " ").replace("_", " ")
    return f"{words[:1].upper()}{words[1:]}, from free cash"


# The sheet of funds: one row a fund and month, funds one below another, in this order.
COLUMNS = (
    ("fund", Column("Fund")), ("pays", Column("Pays")), ("month", Column("Month", "month")),
    ("before", Column("Its money before", "cents")), ("arrives", Column("Comes in", "cents")),
    ("bills", Column("Bills that it pays", "cents")), ("overhead", Column("Overhead on them", "cents")),
    ("ends", Column("Ends with it, by chance", "cents")), ("charged", Column("Charged", "cents")),
    ("returned", Column("Goes back or lapses", "cents")), ("after", Column("Its money after", "cents")),
    ("claimed", Column("Claimed", "cents")), ("paid", Column("Paid on claims", "cents")),
    ("fee", Column("Kept by the sponsor", "cents")), ("owes", Column("Owed before", "cents")),
    ("owed", Column("Owed to us", "cents")),
)  # fmt: skip
AT = {name: letter for (name, _), letter in zip(COLUMNS, "ABCDEFGHIJKLMNOP", strict=True)}
HEAD = 6  # the row of the table's head: the finding, three notes and a gap above it


def _row(table: CashTable, fund: int, t: int) -> int:
    return HEAD + 1 + fund * len(table.free) + t


def _there(table: CashTable, fund: int, t: int, name: str) -> str:
    return f"'{BY_FUND}'!{AT[name]}{_row(table, fund, t)}"


def _linked(table: CashTable, source: str, t: int) -> Value:
    """What comes from a source: read from the fund's own row where it stands there."""
    kind, _, name = source.partition(":")
    came = table.came[source][t]
    fund = next((n for n, f in enumerate(table.funds) if f.fund == name), None)
    if fund is None or kind not in ("claims", "overhead"):
        return came
    if kind == "overhead":
        return Formula(f"={_there(table, fund, t, 'overhead')}", came)
    return Formula(f"={_there(table, fund, t, 'paid')}-{_there(table, fund, t, 'fee')}", came)


def _over(table: CashTable, t: int, name: str, value: Decimal, pays: str) -> Formula:
    """A column of the funds' sheet added up over the funds that pay so (all, where none is said)."""
    parts = [_there(table, n, t, name) for n, f in enumerate(table.funds) if not pays or f.pays == pays]
    return Formula("=" + ("+".join(parts) or "0"), value)


def _funds(book: Book, told: Told, table: CashTable) -> None:
    sheet = book.sheet(
        BY_FUND,
        "Each fund’s own money, month by month",
        LIVE.format(table.currency),
        "A fund that pays ahead: restricted cash in hand. A fund that pays back: what is left of the award to claim.",
        "Of a fund that may not come or be renewed, money stands at its chance.",
    )
    rows = [cells for n, fund in enumerate(table.funds) for cells in _fund(told, table, n, fund)]
    head = sheet.table([column for _, column in COLUMNS], rows)
    if head != HEAD:
        raise ValueError("the sheet of funds does not begin where the sheet of cash reads it")
    if rows:
        sheet.sheet.auto_filter.ref = f"A{HEAD}:P{sheet.row}"


def _fund(told: Told, table: CashTable, n: int, fund: FundCash) -> list[list[Value]]:
    """A fund's months."""
    back = fund.pays == "reimburse"
    rows: list[list[Value]] = []
    before, owed = fund.opening, fund.owed_opening
    for t, month in enumerate(table.months):
        row = _row(table, n, t)
        a = {name: f"{column}{row}" for name, column in AT.items()}
        bills = sum((line[t] for line in fund.lines.values()), NOTHING)
        start: Value = fund.opening if t == 0 else Formula(f"={AT['after']}{row - 1}", before)
        owes: Value = fund.owed_opening if t == 0 else Formula(f"={AT['owed']}{row - 1}", owed)
        rows.append([
            fund_name(told, fund.fund), "pays back" if back else "pays ahead", month, start, fund.arrives[t], bills,
            fund.overhead[t], fund.ends[t], Formula(f"={a['bills']}+{a['overhead']}-{a['ends']}", fund.charged[t]),
            fund.returned[t],
            Formula(f"={a['before']}+{a['arrives']}-{a['charged']}-{a['returned']}", fund.closing[t]),
            Formula(f"={a['bills']}+{a['overhead']}", fund.claimed[t]) if back else NOTHING,
            fund.paid[t], fund.fee[t], owes, Formula(f"={a['owes']}+{a['claimed']}-{a['paid']}", fund.owed[t]),
        ])  # fmt: skip
        before, owed = fund.closing[t], fund.owed[t]
    return rows


BUDGET = (
    Column("Fund"), Column("Line"), Column("From", "month"), Column("To", "month"), Column("Months in the ledger", "count"),
    Column("Budget", "cents"), Column("Spent", "cents"), Column("Over budget", "cents"), Column("Share spent", "share"),
)  # fmt: skip


def budget(book: Book, told: Told) -> None:
    """Budget against actual: every row, the total tied to the ledger's own."""
    found: BudgetActual = told.findings.budget
    rows = found.rows
    sheet = book.sheet(
        "budget",
        f"The ledger’s expenses by fund and line, {told.program.currency}",
        "Every expense of the ledger stands here once. A fiscal year that is not over is set beside its whole budget.",
    )
    sheet.gap()
    first = sheet.row + 6  # below three facts, a gap and the head
    last = first + len(rows) - 1
    spent = sum((row.actual for row in rows), NOTHING)
    over = f"G{first}:G{last}" if rows else "0"
    sheet.fact("The ledger’s own total", found.total, "cents")
    sheet.fact("The rows below, added up", Formula(f"=SUM({over})", spent), "cents")
    yes, no = "They agree to the cent.", "They do not agree."
    sheet.fact(
        "Do they agree?",
        Formula(f'=IF(ROUND(B{sheet.row}-B{sheet.row - 1},2)=0,"{yes}","{no}")', yes if spent == found.total else no),
        "text",
    )
    cells = [_budget_row(told, row, first + n) for n, row in enumerate(rows)]
    planned = sum((row.budget or NOTHING for row in rows), NOTHING)
    total: list[Value] = ["In all", None, None, None, None, Formula(f"=SUM(F{first}:F{last})", planned),
                          Formula(f"=SUM(G{first}:G{last})", spent), None, None]  # fmt: skip
    sheet.table(BUDGET, [*cells, total] if rows else [], total=bool(rows))
    if found.unmapped:
        sheet.gap()
        sheet.line(
            "Accounts whose item is not known (the sheet “accounts” of your records can say): "
            + ", ".join(found.unmapped)
        )


def _budget_row(told: Told, row: BudgetRow, at: int) -> Sequence[Value]:
    fund = "No fund named" if row.fund == "unassigned" else fund_name(told, row.fund)
    over: Value = None
    share: Value = None
    if row.budget is not None:
        over = Formula(f"=G{at}-F{at}", row.actual - row.budget)
        told_share = float(row.actual / row.budget) if row.budget else ""
        share = Formula(f'=IF(F{at}=0,"",G{at}/F{at})', told_share)
    return [fund, line_words(row.line), row.first, row.last, row.known, row.budget, row.actual, over, share]
