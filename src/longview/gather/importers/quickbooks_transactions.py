"""Transactions under the account that each is booked on, row by row: lines of the ledger, held to each total."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from longview.gather.grids import Grid
from longview.gather.importers.dates import Habit
from longview.gather.importers.ledger_amounts import ZERO, amount, money_words
from longview.gather.importers.ledger_funds import Classes
from longview.gather.importers.ledger_ties import Account, Outline, fold, total_of
from longview.gather.importers.quickbooks_accounts import TYPES, Sort, by_number, sort_of
from longview.gather.importers.quickbooks_titles import MADE_OF, RESULTS, SECTIONS, WRAPPERS
from longview.gather.numbers import CellError
from longview.gather.tables import Record, letter
from longview.program import LedgerLine, Problem, say, shortened

OPENING = "beginning balance"
# What accounts receivable moved is no claim that is unpaid today: a line of kind receivable would be read as one.
KINDS: dict[str, Literal["income", "expense", "asset"]] = {
    "income": "income",
    "expense": "expense",
    "asset": "asset",
    "receivable": "asset",
}


@dataclass(frozen=True, slots=True)
class Head:
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


@dataclass(slots=True)
class Lot:
    """Lines of one account: how many, their sum, and how it is known what they are."""

    lines: int = 0
    sum: Decimal = ZERO
    sort: Sort | None = None
    guessed: bool = False


@dataclass(slots=True)
class Body:
    """What the rows below the headings say."""

    grid: Grid
    head: Head
    classes: Classes
    habit: Habit | None
    outline: Outline
    money: list[LedgerLine] = field(default_factory=list)
    lots: dict[str, Lot] = field(default_factory=dict)
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


def read_rows(body: Body, rows: Sequence[Record], labels: Sequence[tuple[str, int]]) -> Body:
    """Read all rows below the headings, each with its label and the column of that, into `body`."""
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


def cell_of(cells: Sequence[str], place: int | None) -> str:
    """What a row says in a column; nothing where there is no such column."""
    return cells[place] if place is not None and place < len(cells) else ""


def is_day(text: str) -> bool:
    """Whether a cell of the column of dates holds one."""
    return bool(text) and fold(text) != OPENING


def label_of(cells: Sequence[str], labels: int) -> tuple[str, int]:
    """What a row is called, and the column in which that stands."""
    for at, text in enumerate(cells[:labels]):
        if text:
            return text, at
    return "", 0


def _read_row(body: Body, number: int, cells: Sequence[str], label: str, depth: int) -> None:
    day = cell_of(cells, body.head.places["date"])
    if OPENING in (fold(day), fold(label)) or any(fold(text) == OPENING for text in cells[:4] if text):
        account = body.outline.open[-1].label if body.outline.open else ""
        body.openings[account] = cell_of(cells, body.head.places.get("balance")) or cell_of(cells, body.head.figures[0])
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


def _figures(body: Body, number: int, cells: Sequence[str]) -> list[Decimal | None] | None:
    found: list[Decimal | None] = []
    for place in body.head.figures:
        text = cell_of(cells, place)
        try:
            found.append(amount(text, decimal_comma=body.grid.decimal_comma))
        except CellError as error:
            where: dict[str, Any] = {"column": body.head.names[place], "letter": letter(place)}
            body.problems.append(say(error.code, file=body.grid.file, row=number, **where, found=text, **error.parts))
            return None
    return found


def _named(
    body: Body, number: int, cells: Sequence[str], label: str, depth: int, said: list[Decimal], there: bool
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


def _total(body: Body, number: int, label: str, key: str, subs: bool, at: int, said: list[Decimal]) -> None:
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


def _tie(body: Body, number: int, label: str, said: Sequence[Decimal], sums: Sequence[Decimal]) -> None:
    body.totals += 1
    for place, one, other in zip(body.head.figures, said, sums, strict=True):
        if one != other:
            _apart(body, number, place, label, one, other)


def _apart(body: Body, number: int, place: int, label: str, said: Decimal, sums: Decimal) -> None:
    body.outline.choices.failed()
    parts: dict[str, Any] = {
        "said": money_words(said),
        "sums": money_words(sums),
        "difference": money_words(abs(said - sums)),
    }
    where: dict[str, Any] = {"column": body.head.names[place], "letter": letter(place)}
    body.problems.append(say("ledger-tie", file=body.grid.file, row=number, **where, found=label, **parts))


def _result(body: Body, number: int, label: str, said: list[Decimal]) -> None:
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


def _line(body: Body, number: int, cells: Sequence[str], label: str, day: str, said: list[Decimal]) -> None:
    account = label or (body.outline.open[-1].label if body.outline.open else "")
    account = account or cell_of(cells, body.head.places.get("account"))
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
    lot = _lot(body, account, cell_of(cells, body.head.places.get("sort")))
    value = _natural(said, lot.sort)
    lot.lines += 1
    lot.sum += value
    if lot.sort in KINDS:
        name = cell_of(cells, body.head.places.get("class"))
        line = LedgerLine(date, body.classes.fund(name), account, KINDS[lot.sort], value)
        body.classes.count(name, line)
        body.money.append(line)


def _lot(body: Body, account: str, type_: str) -> Lot:
    """The lines of an account, and what sort it is: by its section, its type, its name, or at last its number."""
    section = body.section.label if body.section is not None else ""
    key = f"{section}\n{type_}\n{account}"
    lot = body.lots.get(key)
    if lot is None:
        lot = body.lots[key] = Lot()
        names = [account, *(one.label for one in reversed(body.outline.open[-20:]))]
        lot.sort = TYPES.get(fold(section)) or TYPES.get(fold(type_)) or next(filter(None, map(sort_of, names)), None)
        if lot.sort is None:
            lot.sort = next(filter(None, map(by_number, names)), None)
            lot.guessed = lot.sort is not None
    return lot


def _end(body: Body) -> None:
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
