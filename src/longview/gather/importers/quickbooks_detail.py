"""QuickBooks' reports of transactions under the account that each is booked on: a transaction is a ledger line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from longview.gather.grids import Grid
from longview.gather.imported import Import
from longview.gather.importers.dates import Habit, habit_of
from longview.gather.importers.ledger_amounts import ZERO, amount, counted, money_words
from longview.gather.importers.ledger_funds import Classes
from longview.gather.importers.ledger_ties import Account, Choices, Outline, best_reading, fold, total_of
from longview.gather.importers.personal import personal_columns
from longview.gather.importers.quickbooks_accounts import TYPES, Sort, by_number, sort_of
from longview.gather.importers.quickbooks_titles import (
    MADE_OF,
    RESULTS,
    SECTIONS,
    TITLES,
    WRAPPERS,
    Titles,
    has_report_name,
    is_list,
    read_titles,
)
from longview.gather.numbers import CellError
from longview.gather.tables import Record, letter
from longview.program import LedgerLine, Problem, Program, say, shortened

KIND = "quickbooks-detail"
OPENING = "beginning balance"

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
_KINDS: dict[str, Literal["income", "expense", "asset", "receivable"]] = {
    "income": "income",
    "expense": "expense",
    "asset": "asset",
    "receivable": "receivable",
}


@dataclass(frozen=True, slots=True)
class _Head:
    """The headings: where each known column stands, and how many columns on the left hold the accounts."""

    at: int
    names: tuple[str, ...]
    places: Mapping[str, int]
    labels: int

    @property
    def figures(self) -> tuple[int, ...]:
        """Places of the amounts: one, or debit and credit."""
        if "amount" in self.places:
            return (self.places["amount"],)
        return self.places["debit"], self.places["credit"]


def looks_like_detail(grid: Grid) -> bool:
    """Whether a table holds transactions under their accounts, as QuickBooks writes them."""
    head = _head(grid)
    if head is None or is_list(grid.rows[: head.at]):
        return False
    typed = "type" in head.places and bool({"split", "num", "balance", "adj"} & head.places.keys())
    return typed and (head.labels > 0 or "account" in head.places or has_report_name(grid.rows[: head.at]))


def _head(grid: Grid) -> _Head | None:
    for at, (_, cells) in enumerate(grid.rows[:TITLES]):
        names = [fold(text) for text in cells]
        places: dict[str, int] = {}
        for column, known in _COLUMNS.items():
            place = next((names.index(name) for name in known if name in names), None)
            if place is not None:
                places[column] = place
        if "date" in places and ("amount" in places or {"debit", "credit"} <= places.keys()):
            labels = next(i for i, name in enumerate(names) if name not in _LABELS)
            return _Head(at, tuple(" ".join(text.split()) for text in cells), places, labels)
    return None


@dataclass(slots=True)
class _Lot:
    """Lines of one account: how many, their sum, and how it is known what they are."""

    lines: int = 0
    sum: Decimal = ZERO
    sort: Sort | None = None
    guessed: bool = False


@dataclass(slots=True)
class _Body:
    grid: Grid
    head: _Head
    classes: Classes
    habit: Habit | None
    outline: Outline
    money: list[LedgerLine] = field(default_factory=list)
    lots: dict[str, _Lot] = field(default_factory=dict)
    sections: dict[str, Decimal] = field(default_factory=dict)
    section: Account | None = None
    problems: list[Problem] = field(default_factory=list)
    notes: list[Record] = field(default_factory=list)
    openings: dict[str, str] = field(default_factory=dict)
    whole: list[Decimal] = field(default_factory=list)
    totals: int = 0
    zeros: int = 0
    net: Decimal | None = None
    subs_ahead: Counter[str] = field(default_factory=Counter)

    def problem(self, code: str, row: int, column: str = "", **parts: Any) -> None:
        """Note what is wrong in a row."""
        place = self.head.places.get(column)
        where = {} if place is None else {"column": self.head.names[place], "letter": letter(place)}
        self.problems.append(say(code, file=self.grid.file, row=row, **where, **parts))


def read_detail(
    grid: Grid, *, file: str, program: Program, funds: Mapping[str, str] | None, dates: str | None
) -> tuple[Import | None, list[Problem], int]:
    """A report of transactions as ledger lines, what is wrong with it, and the row of its headings."""
    head = _head(grid)
    assert head is not None, "looks_like_detail is asked first"
    rows = grid.rows[head.at + 1 :]
    place = head.places["date"]
    days = ((number, text) for number, cells in rows if _is_day(text := _cell(cells, place)))
    habit, asked = habit_of(days, file=grid.file, column=head.names[place], letter=letter(place), order=dates)
    labels = [_label(cells, head.labels) for _, cells in rows]

    def reading(choices: Choices) -> _Body:
        outline = Outline.of(len(head.figures), labels, choices)
        return _read_body(_Body(grid, head, Classes(program, funds), habit, outline), rows, labels)

    body = best_reading(reading, len(rows))
    titles = read_titles(grid.rows[: head.at], body.notes, file)
    made, doubts = _made(body, titles, file)
    stopped = [*asked, *body.problems]
    row = grid.rows[head.at][0]
    if any(problem.severity == "problem" for problem in stopped):
        return None, stopped, row
    return made, stopped + doubts, row


def _read_body(body: _Body, rows: Sequence[Record], labels: Sequence[tuple[str, int]]) -> _Body:
    body.whole = [ZERO] * len(body.head.figures)
    for label, _ in labels:
        if (named := total_of(label)) and named.with_subs:
            body.subs_ahead[fold(named.name)] += 1
    for (number, cells), (label, depth) in zip(rows, labels, strict=True):
        if body.outline.choices.hopeless:
            return body
        _read_row(body, number, cells, label, depth)
    _end(body)
    return body


def _cell(cells: Sequence[str], place: int | None) -> str:
    return cells[place] if place is not None and place < len(cells) else ""


def _is_day(text: str) -> bool:
    return bool(text) and fold(text) != OPENING


def _label(cells: Sequence[str], labels: int) -> tuple[str, int]:
    for at, text in enumerate(cells[:labels]):
        if text:
            return text, at
    return "", 0


def _read_row(body: _Body, number: int, cells: Sequence[str], label: str, depth: int) -> None:
    day = _cell(cells, body.head.places["date"])
    if OPENING in (fold(day), fold(label)) or any(fold(text) == OPENING for text in cells[:4] if text):
        account = body.outline.open[-1].label if body.outline.open else ""
        body.openings[account] = _cell(cells, body.head.places.get("balance")) or _cell(cells, body.head.figures[0])
        return
    figures = _figures(body, number, cells)
    if figures is None:
        return
    said = [value or ZERO for value in figures]
    there = any(value is not None for value in figures)
    if day:
        _line(body, number, cells, label, day, said)
    elif label:
        _named(body, number, cells, label, depth, said, there)
    elif there:
        body.problem("ledger-no-date", number, "date")


def _figures(body: _Body, number: int, cells: Sequence[str]) -> list[Decimal | None] | None:
    found: list[Decimal | None] = []
    for place in body.head.figures:
        text = _cell(cells, place)
        try:
            found.append(amount(text, decimal_comma=body.grid.decimal_comma))
        except CellError as error:
            where: dict[str, Any] = {"column": body.head.names[place], "letter": letter(place)}
            body.problems.append(say(error.code, file=body.grid.file, row=number, **where, found=text, **error.parts))
            return None
    return found


def _named(
    body: _Body, number: int, cells: Sequence[str], label: str, depth: int, said: list[Decimal], there: bool
) -> None:
    """A row with a name and no date: an account begins, or a total."""
    named = total_of(label)
    key = fold(label)
    if named and (at := body.outline.closed_by(named.name, depth, said, with_subs=named.with_subs)) is not None:
        _total(body, number, label, fold(named.name), named.with_subs, at, said)
    elif key in ("total", "totals"):
        _tie(body, number, label, said, body.whole)
    elif key in RESULTS and there and body.section is None:
        _result(body, number, label, said)
    elif there:
        body.outline.choices.failed()
        body.problem("ledger-outside", number, found=label)
    elif key not in WRAPPERS:
        account = body.outline.add(label, number, depth)
        if body.section is None and key in TYPES:
            body.section = account


def _total(body: _Body, number: int, label: str, key: str, subs: bool, at: int, said: list[Decimal]) -> None:
    account = body.outline.open[at]
    if subs:
        body.subs_ahead[key] -= 1
    elif body.subs_ahead[key] > 0 and not account.settled and body.outline.choices.choose(2) == 0:
        # What is booked on the account itself; its sub-accounts and "with sub-accounts" follow.
        account.settled = True
        _tie(body, number, label, said, body.outline.sums(at))
        return
    sums = body.outline.close(at)
    _tie(body, number, label, said, sums)
    if account is body.section:
        if (section := SECTIONS.get(fold(account.label))) is not None:
            one = sums[0] if len(sums) == 1 else _natural(sums, "income" if "income" in section else "expense")
            body.sections[section] = body.sections.get(section, ZERO) + one
        body.section = None


def _tie(body: _Body, number: int, label: str, said: Sequence[Decimal], sums: Sequence[Decimal]) -> None:
    body.totals += 1
    for place, one, other in zip(body.head.figures, said, sums, strict=True):
        if one != other:
            _apart(body, number, place, label, one, other)


def _apart(body: _Body, number: int, place: int, label: str, said: Decimal, sums: Decimal) -> None:
    body.outline.choices.failed()
    parts: dict[str, Any] = {
        "said": money_words(said),
        "sums": money_words(sums),
        "difference": money_words(abs(said - sums)),
    }
    where: dict[str, Any] = {"column": body.head.names[place], "letter": letter(place)}
    body.problems.append(say("ledger-tie", file=body.grid.file, row=number, **where, found=label, **parts))


def _result(body: _Body, number: int, label: str, said: list[Decimal]) -> None:
    result = RESULTS[fold(label)]
    sums = sum((sign * body.sections.get(section, ZERO) for section, sign in MADE_OF[result].items()), ZERO)
    one = said[0] if len(said) == 1 else said[1] - said[0]
    body.totals += 1
    if one != sums:
        _apart(body, number, body.head.figures[-1], label, one, sums)
    if result == "net":
        body.net = one


def _natural(figures: Sequence[Decimal], sort: Sort | None) -> Decimal:
    """Debit and credit as one amount: what adds to an account of that sort is positive."""
    if len(figures) == 1:
        return figures[0]
    debit, credit = figures
    return credit - debit if sort in ("income", "owed") else debit - credit


def _line(body: _Body, number: int, cells: Sequence[str], label: str, day: str, said: list[Decimal]) -> None:
    account = label or (body.outline.open[-1].label if body.outline.open else "")
    account = account or _cell(cells, body.head.places.get("account"))
    if not account:
        if any(said):
            body.problem("ledger-no-account", number, found=" ".join(filter(None, cells)))
        return
    if len(said) == 2 and all(said):
        body.problem("ledger-both-sides", number, "debit")
        return
    body.whole = [a + b for a, b in zip(body.whole, said, strict=True)]
    if not label and body.outline.open:
        holder = body.outline.open[-1]
        holder.own = [a + b for a, b in zip(holder.own, said, strict=True)]
    if not any(said):
        body.zeros += 1
        return
    try:
        date = body.habit.day(day) if body.habit is not None else ""
    except CellError as error:
        body.problem(error.code, number, "date", found=day, **error.parts)
        return
    lot = _lot(body, account, _cell(cells, body.head.places.get("sort")))
    value = _natural(said, lot.sort)
    lot.lines += 1
    lot.sum += value
    if lot.sort in _KINDS:
        name = _cell(cells, body.head.places.get("class"))
        line = LedgerLine(date, body.classes.fund(name), account, _KINDS[lot.sort], value)
        body.classes.count(name, line)
        body.money.append(line)


def _lot(body: _Body, account: str, type_: str) -> _Lot:
    """The lines of an account, and what sort it is: by its section, its type, its name, or at last its number."""
    section = body.section.label if body.section is not None else ""
    key = f"{section}\n{type_}\n{account}"
    lot = body.lots.get(key)
    if lot is None:
        lot = body.lots[key] = _Lot()
        names = [account, *(one.label for one in reversed(body.outline.open[-20:]))]
        lot.sort = TYPES.get(fold(section)) or TYPES.get(fold(type_)) or next(filter(None, map(sort_of, names)), None)
        if lot.sort is None:
            lot.sort = next(filter(None, map(by_number, names)), None)
            lot.guessed = lot.sort is not None
    return lot


def _end(body: _Body) -> None:
    """What is still open at the end: an account without its total was cut off; a name alone is a footnote."""
    for account in body.outline.open:
        if account is body.section or any(account.own) or any(account.after):
            body.outline.choices.failed()
            name = shortened(account.label)
            body.problems.append(say("ledger-cut", file=body.grid.file, row=account.row, section=name))
        else:
            body.notes.append((account.row, (account.label,)))
    if body.sections and body.net is None:
        body.problems.append(say("ledger-cut-end", file=body.grid.file))


def _made(body: _Body, titles: Titles, file: str) -> tuple[Import | None, list[Problem]]:
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
    sample = [cells for _, cells in body.grid.rows[body.head.at + 1 :][:200] if _cell(cells, body.head.places["date"])]
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


def _doubts(body: _Body, shown: str) -> list[Problem]:
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


def _told(body: _Body) -> tuple[str, ...]:
    told = []
    if body.net is not None:
        told.append(f"ties to the export's total: net income {money_words(body.net)}")
    if body.totals:
        told.append(f"held to each total to the cent: {counted(body.totals, 'row')}")
    else:
        told.append("the export has no totals that its lines could be held to")
    for sort in _KINDS:
        lots = [lot for lot in body.lots.values() if lot.sort == sort and lot.lines]
        if lots:
            lines = sum(lot.lines for lot in lots)
            told.append(
                f"{sort}: {counted(lines, 'line')} of {counted(len(lots), 'account')}, {money_words(_sum(lots))} in all"
            )
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
