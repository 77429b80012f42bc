"""QuickBooks' profit-and-loss with classes (or months) across: each account's amount in each column is a ledger line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from longview.gather.grids import Grid
from longview.gather.imported import Import
from longview.gather.importers.ledger_amounts import ZERO, amount, counted, money_words
from longview.gather.importers.ledger_funds import Classes
from longview.gather.importers.ledger_periods import Period, months_in
from longview.gather.importers.ledger_ties import Account, Choices, Outline, best_reading, fold, total_of
from longview.gather.importers.quickbooks_columns import Columns, Leaf, read_columns, settle
from longview.gather.importers.quickbooks_titles import (
    MADE_OF,
    RESULTS,
    SECTIONS,
    WRAPPERS,
    Titles,
    read_titles,
)
from longview.gather.numbers import CellError
from longview.gather.tables import Record, letter
from longview.program import LedgerLine, Problem, Program, say, shortened

KIND = "quickbooks-classes"
SEARCHED = 60  # the first section stands in so many rows

_BEGINS = SECTIONS.keys() | WRAPPERS

Kind = Literal["income", "expense"]
KINDS: dict[str, Kind] = {
    "income": "income",
    "other income": "income",
    "cost": "expense",
    "expense": "expense",
    "other expense": "expense",
}


def looks_like_classes(grid: Grid) -> bool:
    """Whether a table is a profit-and-loss: a section of it, headings above, and that section's total below."""
    start = _start(grid.rows)
    if start is None or start == 0:
        return False
    ends = {fold(found.name) for _, cells in grid.rows[start + 1 :] if (found := total_of(_label(cells)[0]))}
    return bool(ends & SECTIONS.keys())


@dataclass(slots=True)
class _Body:
    """What the rows below the headings say.

    Attributes:
        lines: (row, account, kind, amounts by place) of each row of an account.
        sections: section → its sums, in the order of the columns' places.
        notes: rows below the last line. zeros: cells that say 0.
    """

    file: str
    columns: Columns
    choices: Choices
    lines: list[tuple[int, str, Kind, dict[int, Decimal]]] = field(default_factory=list)
    sections: dict[str, list[Decimal]] = field(default_factory=dict)
    notes: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    totals: int = 0
    result: list[Decimal] | None = None
    by_another_name: tuple[int, str] | None = None  # row and label of what seems the result of all

    def tied(self, row: int, label: str, said: list[Decimal], sums: list[Decimal]) -> None:
        """Hold a row's figures to what they are the sums of."""
        self.totals += 1
        for place, one, other in zip(self.columns.places, said, sums, strict=True):
            if one != other:
                self.choices.failed()
                self.problems.append(_apart("ledger-tie", self.file, row, place, label, one, other))


def _apart(code: str, file: str, row: int, place: int, label: str, said: Decimal, sums: Decimal) -> Problem:
    parts: dict[str, Any] = {
        "said": money_words(said),
        "sums": money_words(sums),
        "difference": money_words(abs(said - sums)),
    }
    where: dict[str, Any] = {"file": file, "row": row, "column": "", "letter": letter(place)}
    return say(code, **where, found=label, **parts)


def read_classes(
    grid: Grid, *, file: str, program: Program, funds: Mapping[str, str] | None
) -> tuple[Import | None, list[Problem], int]:
    """A profit-and-loss as ledger lines, what is wrong with it, and the row of its headings.

    Args:
        file: name of the file that the table is of.
    """
    start = _start(grid.rows)
    assert start is not None, "looks_like_classes is asked first"
    above, heads = _heads(grid.rows[:start])
    if not heads:
        return None, [say("ledger-not", file=grid.file, why="no columns are named above its first row")], 0
    columns, problems = read_columns(heads, grid.rows[start:], grid.file)
    if not columns.leaves and not problems:
        problems.append(say("ledger-not", file=grid.file, why="it has no column of amounts"))
    if problems:
        return None, problems, heads[-1][0]
    rows = grid.rows[start:]
    body = best_reading(lambda choices: _read_body(grid, columns, rows, choices), len(rows))
    titles = read_titles(above, body.notes, file)
    if not body.problems:
        _tie_across(body)
    if not body.problems and titles.period is None and any(leaf.days is None for leaf in columns.leaves):
        body.problems.append(say("ledger-no-period", file=grid.file))
    if body.problems:
        return None, body.problems, heads[-1][0]
    made, doubts = _made(body, titles, file, grid.file, Classes(program, funds))
    return made, doubts, heads[-1][0]


def _start(rows: Sequence[Record]) -> int | None:
    """Where the body begins: the first row that is nothing but a section's name, or that has the name of a result."""
    for at, (_, cells) in enumerate(rows[:SEARCHED]):
        filled = [text for text in cells if text]
        if filled and (fold(filled[0]) in RESULTS or (len(filled) == 1 and fold(filled[0]) in _BEGINS)):
            return at
    return None


def _heads(rows: Sequence[Record]) -> tuple[list[Record], list[Record]]:
    """The rows of titles, and the one or two rows of headings right above the body."""
    at = next((i for i in range(len(rows) - 1, -1, -1) if any(rows[i][1])), None)
    if at is None or not any(rows[at][1][1:]):
        return list(rows), []
    number, first = rows[at]
    upper = next((i for i in range(at - 1, -1, -1) if any(rows[i][1])), None)
    if upper is not None and rows[upper][0] == number - 1:
        cells = rows[upper][1]
        filled = [fold(text) for text in cells[1:] if text]
        if not cells[0] and (len(filled) > 1 or filled == ["total"]):
            return list(rows[:upper]), [rows[upper], (number, first)]
    return list(rows[:at]), [(number, first)]


def _label(cells: Sequence[str], labels: int | None = None) -> tuple[str, int]:
    """What a row is called, and the column in which that stands."""
    there = [(text, at) for at, text in enumerate(cells[:labels]) if text]
    if not there:
        return "", 0
    if labels is None:
        return there[0]
    return " ".join(text for text, _ in there), there[0][1]


def _read_body(grid: Grid, columns: Columns, rows: Sequence[Record], choices: Choices) -> _Body:
    body = _Body(grid.file, columns, choices)
    labels = [_label(cells, columns.labels) for _, cells in rows]
    outline = Outline.of(len(columns.places), labels, choices)
    section: Account | None = None
    for (number, cells), (label, depth) in zip(rows, labels, strict=True):
        if choices.hopeless:
            break
        amounts = _amounts(body, number, cells, grid.decimal_comma)
        row = [amounts.get(place, ZERO) for place in columns.places]
        if not label:
            if amounts:
                body.problems.append(say("ledger-no-name", file=grid.file, row=number, found=" ".join(cells)))
        elif (named := total_of(label)) and (at := outline.closed_by(named.name, depth, row)) is not None:
            closing = outline.open[at]
            sums = outline.close(at)
            body.tied(number, label, row, sums)
            if closing is section:
                kept = body.sections.setdefault(SECTIONS[fold(section.label)], [ZERO] * len(row))
                body.sections[SECTIONS[fold(section.label)]] = [a + b for a, b in zip(kept, sums, strict=True)]
                section = None
        elif section is not None:
            outline.add(label, number, depth, row)
            if amounts:
                body.lines.append((number, label, KINDS[SECTIONS[fold(section.label)]], amounts))
        elif not amounts:
            if fold(label) in SECTIONS:
                _goes_on(body)
                section = outline.add(label, number, depth)
            elif fold(label) not in WRAPPERS:
                body.notes.append((number, tuple(cells)))
        else:
            _result(body, number, label, row)
    if section is not None:
        choices.failed()
        body.problems.append(say("ledger-cut", file=grid.file, row=section.row, section=shortened(section.label)))
    elif body.result is None:
        choices.failed()
        body.problems.append(say("ledger-cut-end", file=grid.file))
    return body


def _amounts(body: _Body, number: int, cells: Sequence[str], decimal_comma: bool) -> dict[int, Decimal]:
    found = {}
    for place in body.columns.places:
        if place < len(cells) and cells[place]:
            try:
                value = amount(cells[place], decimal_comma=decimal_comma)
            except CellError as error:
                where: dict[str, Any] = {"file": body.file, "row": number, "column": "", "letter": letter(place)}
                body.problems.append(say(error.code, **where, found=cells[place], **error.parts))
                continue
            if value is not None:
                found[place] = value
    return found


def _result(body: _Body, number: int, label: str, said: list[Decimal]) -> None:
    """Hold a row such as Gross Profit to the sections so far; one with another name must be the last, and tie to all."""
    known = RESULTS.get(fold(label))
    sums = _made_of(body, known or "net")
    _goes_on(body)
    if known is None:
        body.by_another_name = (number, label)
        if said != sums:
            _goes_on(body)
            return
    body.tied(number, label, said, sums)
    if known in (None, "net"):
        body.result = said


def _goes_on(body: _Body) -> None:
    """What seemed the result of all under another name was not the last row, or is no result."""
    if body.by_another_name is not None:
        number, label = body.by_another_name
        body.choices.failed()
        body.problems.append(say("ledger-outside", file=body.file, row=number, found=label))
        body.by_another_name = None


def _made_of(body: _Body, result: str) -> list[Decimal]:
    sums = [ZERO] * len(body.columns.places)
    for section, sign in MADE_OF[result].items():
        if section in body.sections:
            sums = [a + sign * b for a, b in zip(sums, body.sections[section], strict=True)]
    return sums


def _tie_across(body: _Body) -> None:
    rows = [amounts for _, _, _, amounts in body.lines]
    settle(body.columns, rows)
    for number, label, _, amounts in body.lines:
        for one in body.columns.sums:
            sums = sum((amounts.get(place, ZERO) for place in one.of[0]), ZERO)
            said = amounts.get(one.place, ZERO)
            if said != sums:
                body.problems.append(_apart("ledger-tie-across", body.file, number, one.place, label, said, sums))


def _made(body: _Body, titles: Titles, file: str, shown: str, classes: Classes) -> tuple[Import | None, list[Problem]]:
    columns = body.columns
    lines, zeros = [], 0
    funds = {leaf.place: classes.fund(leaf.name) for leaf in columns.leaves}
    days = {leaf.place: _days(leaf, titles) for leaf in columns.leaves}
    for _, account, kind, amounts in body.lines:
        for leaf in columns.leaves:
            value = amounts.get(leaf.place)
            if value:
                line = LedgerLine(days[leaf.place][1].isoformat(), funds[leaf.place], account, kind, value)
                classes.count(leaf.name, line)
                lines.append(line)
            elif value is not None:
                zeros += 1
    if not lines:
        return None, [say("ledger-no-lines", file=shown)]
    first, last = (edge(ends) for edge, ends in zip((min, max), zip(*days.values(), strict=True), strict=True))
    doubts = _doubts(columns, classes, shown, lines, days)
    made = Import(
        kind=KIND,
        files=(file,),
        words=f"{titles.words('profit and loss')}: {counted(len(lines), 'line')}",
        money=tuple(lines),
        told=_told(body, zeros),
        book=titles.book,
        first_day=first.isoformat(),
        last_day=last.isoformat(),
        lumped=any(months_in(period) > 1 for period in days.values()),
    )
    return made, doubts


def _days(leaf: Leaf, titles: Titles) -> Period:
    """The days of a column, within those of the report."""
    if leaf.days is None:
        assert titles.period is not None
        return titles.period
    if titles.period is None:
        return leaf.days
    first, last = (
        edge(ends) for edge, ends in zip((max, min), zip(leaf.days, titles.period, strict=True), strict=True)
    )
    return (first, last) if first <= last else leaf.days


def _doubts(
    columns: Columns, classes: Classes, shown: str, lines: list[LedgerLine], days: Mapping[int, tuple[date, date]]
) -> list[Problem]:
    long = {period for period in days.values() if months_in(period) > 1}
    doubts = [say("ledger-long-period", file=shown, first=first, last=last) for first, last in sorted(long)]
    if not columns.has_classes and not any(line.fund != "unassigned" for line in lines):
        return [*doubts, say("ledger-no-classes", file=shown, lines=counted(len(lines), "line"))]
    return doubts + classes.doubts(shown, "")


def _told(body: _Body, zeros: int) -> tuple[str, ...]:
    assert body.result is not None
    places = body.columns.places
    whole = next((one.place for one in body.columns.sums if len(one.of[0]) == len(body.columns.leaves)), None)
    if whole is not None:
        net = body.result[places.index(whole)]
    else:
        net = sum((body.result[places.index(leaf.place)] for leaf in body.columns.leaves), ZERO)
    told = [f"ties to the export's total: net income {money_words(net)}"]
    across = f", {counted(len(body.columns.sums), 'column')} of totals" if body.columns.sums else ""
    told.append(f"held to each total to the cent: {counted(body.totals, 'row')}{across}")
    if zeros:
        told.append(f"no line is made of a 0: {counted(zeros, 'cell')}")
    if body.columns.shares:
        told.append(f"columns of percentages are not read: {', '.join(map(shortened, body.columns.shares[:5]))}")
    return tuple(told)
