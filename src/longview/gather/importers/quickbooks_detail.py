"""QuickBooks' reports of transactions under the account that each is booked on: a transaction is a ledger line."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from longview.gather.grids import Grid
from longview.gather.imported import Import
from longview.gather.importers.dates import habit_of
from longview.gather.importers.ledger_amounts import ZERO, counted, money_words
from longview.gather.importers.ledger_funds import Classes
from longview.gather.importers.ledger_ties import Choices, Outline, best_reading, fold
from longview.gather.importers.personal import personal_columns
from longview.gather.importers.quickbooks_titles import (
    TITLES,
    Titles,
    has_report_name,
    is_list,
    read_titles,
)
from longview.gather.importers.quickbooks_transactions import (
    KINDS,
    Body,
    Head,
    cell_of,
    is_day,
    label_of,
    read_rows,
)
from longview.gather.tables import letter
from longview.program import Problem, Program, say, shortened

KIND = "quickbooks-detail"
_COLUMNS = {
    "date": ("date", "transaction date"),
    "type": ("transaction type", "type"),
    "class": ("class", "class full name", "item class", "line class", "transaction class"),
    "split": ("split", "item split account", "split account"),
    "amount": ("amount",),
    "debit": ("debit",),
    "credit": ("credit",),
    "balance": ("balance",),
    "account": ("distribution account", "account", "account full name", "account name"),
    "sort": ("distribution account type", "account type"),
    "num": ("num", "no.", "number"),
    "adj": ("adj", "adj.", "posting", "clr", "clr."),
}
# Read by nobody: they tell who was paid and what for.
_NAMING = frozenset(
    {"name", "memo", "memo/description", "description", "customer", "vendor", "employee", "payee", "supplier", "donor",
     "customer full name", "vendor full name", "employee full name", "name address", "line description",
     "source name", "customer/project"}
)  # fmt: skip
_LABELS = ("", "distribution account", "account", "account full name")


def looks_like_detail(grid: Grid) -> bool:
    """Whether a table holds transactions under their accounts, as QuickBooks writes them."""
    head = _head(grid)
    if head is None or is_list(grid.rows[: head.at]):
        return False
    typed = "type" in head.places and bool({"split", "num", "balance", "adj"} & head.places.keys())
    return typed and (head.labels > 0 or "account" in head.places or has_report_name(grid.rows[: head.at]))


def _head(grid: Grid) -> Head | None:
    for at, (_, cells) in enumerate(grid.rows[:TITLES]):
        names = [fold(text) for text in cells]
        places: dict[str, int] = {}
        for column, known in _COLUMNS.items():
            place = next((names.index(name) for name in known if name in names), None)
            if place is not None:
                places[column] = place
        if "date" in places and ("amount" in places or {"debit", "credit"} <= places.keys()):
            labels = next(i for i, name in enumerate(names) if name not in _LABELS)
            return Head(at, tuple(" ".join(text.split()) for text in cells), places, labels)
    return None


def read_detail(
    grid: Grid, *, file: str, program: Program, funds: Mapping[str, str] | None, dates: str | None
) -> tuple[Import | None, list[Problem], int]:
    """A report of transactions as ledger lines, what is wrong with it, and the row of its headings."""
    head = _head(grid)
    assert head is not None, "looks_like_detail is asked first"
    rows = grid.rows[head.at + 1 :]
    place = head.places["date"]
    days = ((number, text) for number, cells in rows if is_day(text := cell_of(cells, place)))
    habit, asked = habit_of(days, file=grid.file, column=head.names[place], letter=letter(place), order=dates)
    labels = [label_of(cells, head.labels) for _, cells in rows]

    def reading(choices: Choices) -> Body:
        outline = Outline.of(len(head.figures), labels, choices)
        return read_rows(Body(grid, head, Classes(program, funds), habit, outline), rows, labels)

    body = best_reading(reading, len(rows))
    titles = read_titles(grid.rows[: head.at], body.notes, file)
    made, doubts = _made(body, titles, file)
    stopped = [*asked, *body.problems]
    row = grid.rows[head.at][0]
    if any(problem.severity == "problem" for problem in stopped):
        return None, stopped, row
    return made, stopped + doubts, row


def _made(body: Body, titles: Titles, file: str) -> tuple[Import | None, list[Problem]]:
    shown = body.grid.file
    if not body.money:
        unknown = any(lot.sort is None for lot in body.lots.values())
        body.problems.append(say("ledger-no-kinds" if unknown else "ledger-no-lines", file=shown))
        return None, []
    days = [line.date for line in body.money]
    first, last = min(days), max(days)
    doubts = _doubts(body, shown)
    if titles.period is not None:
        edges = [day.isoformat() for day in titles.period]
        outside = sum(not edges[0] <= day <= edges[1] for day in days)
        if outside:
            doubts.append(
                say("ledger-other-day", file=shown, lines=counted(outside, "line"), first=edges[0], last=edges[1])
            )
        first, last = min(first, edges[0]), max(last, edges[1])
    naming = [name for name in body.head.names if fold(name) in _NAMING]
    known = {body.head.names[place] for place in body.head.places.values()}
    sample = [
        cells for _, cells in body.grid.rows[body.head.at + 1 :][:200] if cell_of(cells, body.head.places["date"])
    ]
    guessed = [name for name in personal_columns(body.head.names, sample) if name not in known and name not in naming]
    made = Import(
        kind=KIND,
        files=(file,),
        words=f"{titles.words('transactions by account')}: {counted(len(body.money), 'line')}",
        money=tuple(body.money),
        told=_told(body),
        personal=tuple(dict.fromkeys([*naming, *guessed])),
        book=titles.book,
        first_day=first,
        last_day=last,
    )
    return made, doubts


def _doubts(body: Body, shown: str) -> list[Problem]:
    doubts = []
    for key, lot in body.lots.items():
        if lot.sort is None:
            parts: dict[str, Any] = {"lines": counted(lot.lines, "line"), "amount": money_words(lot.sum)}
            doubts.append(say("ledger-kind-unknown", file=shown, found=key.rsplit("\n", 1)[-1], **parts))
    for kind in ("income", "expense", "asset", "owed"):
        lots = {k.rsplit("\n", 1)[-1]: x for k, x in body.lots.items() if x.guessed and x.sort == kind and x.lines}
        if lots:
            sums: dict[str, Any] = {
                "lines": counted(sum(x.lines for x in lots.values()), "line"),
                "amount": money_words(_sum(lots.values())),
            }
            found = ", ".join(list(lots)[:3]) + (" …" if len(lots) > 3 else "")
            what = "debts or reserves, and left out" if kind == "owed" else kind
            doubts.append(
                say(
                    "ledger-kind-guessed",
                    file=shown,
                    found=found,
                    accounts=counted(len(lots), "account"),
                    kind=what,
                    **sums,
                )
            )
    income = _sum(lot for lot in body.lots.values() if lot.sort == "income")
    if income < 0:
        doubts.append(say("ledger-income-negative", file=shown, amount=money_words(income)))
    if "class" not in body.head.places:
        return [*doubts, say("ledger-no-classes", file=shown, lines=counted(len(body.money), "line"))]
    return doubts + body.classes.doubts(shown, body.head.names[body.head.places["class"]])


def _sum(lots: Any) -> Decimal:
    return sum((lot.sum for lot in lots), ZERO)


def _told(body: Body) -> tuple[str, ...]:
    told = []
    if body.net is not None:
        told.append(f"ties to the export's total: net income {money_words(body.net)}")
    if body.totals:
        told.append(f"held to each total to the cent: {counted(body.totals, 'row')}")
    else:
        told.append("the export has no totals that its lines could be held to")
    for sort in KINDS:
        lots = [lot for lot in body.lots.values() if lot.sort == sort and lot.lines]
        if lots:
            lines = sum(lot.lines for lot in lots)
            told.append(
                f"{sort}: {counted(lines, 'line')} of {counted(len(lots), 'account')}, {money_words(_sum(lots))} in all"
            )
    if any(lot.sort == "receivable" and lot.lines for lot in body.lots.values()):
        told.append("a claim that is still unpaid is a line of your own in money: kind receivable, and when it is due")
    for key, lot in body.lots.items():
        if lot.sort == "owed":
            name = shortened(key.rsplit("\n", 1)[-1], 40)
            told.append(
                f"{name} is owed or a reserve, and left out: {counted(lot.lines, 'line')}, {money_words(lot.sum)} in all"
            )
    if body.openings:
        names = ", ".join(f"{shortened(k, 40)} {shortened(v, 20)}" for k, v in list(body.openings.items())[:10] if v)
        told.append(f"beginning balances are no lines: {names}")
    if body.zeros:
        told.append(f"no line is made of a 0: {counted(body.zeros, 'row')}")
    if "balance" in body.head.places:
        told.append("the running balance is not read: it follows from the lines")
    return tuple(told)
