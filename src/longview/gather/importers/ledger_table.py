"""A table of money, read by its mapping as lines of the ledger: exact to the cent, nothing left untagged in silence."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal, cast

from longview.gather.importers.dates import Habit, habit_of
from longview.gather.importers.entries import LeftOut, Read, known_names, place_of
from longview.gather.importers.layout import Layout, Place
from longview.gather.importers.ledger_amounts import ZERO, amount, counted, money_words
from longview.gather.importers.ledger_funds import NO_CLASS, UNASSIGNED
from longview.gather.importers.mapping import NOT_READ, TOTAL, Mapping, example
from longview.gather.importers.measure_words import EXPENSE, INCOME, KINDS
from longview.gather.importers.measures import normal
from longview.gather.importers.total_words import is_total
from longview.gather.numbers import CellError
from longview.program import LedgerLine, Program, fields, say, shortened

Kind = Literal["income", "expense", "asset", "receivable", "transfer", "in-kind"]
BY_SIGN = "by sign"
_AMOUNTS = ("amount", "debit", "credit")


def kind_of(account: str) -> str | None:
    """What an account's words say it is, income or expense; None where they say neither, or both."""
    words = set(normal(account).split())
    income, expense = bool(words & INCOME), bool(words & EXPENSE)
    return None if income == expense else "income" if income else "expense"


def read_ledger(layout: Layout, mapping: Mapping, program: Program | None) -> tuple[Read, list[LedgerLine], list[str]]:
    """The lines of a table of money, and sentences about them."""
    reader = _LedgerReader(layout, mapping, program)
    reader.all()
    return reader.read, reader.lines, reader.told


class _LedgerReader:
    def __init__(self, layout: Layout, mapping: Mapping, program: Program | None) -> None:
        self.layout, self.mapping = layout, mapping
        self.read, self.lines, self.told = Read(), [], []  # type: tuple[Read, list[LedgerLine], list[str]]
        self.funds = known_names(program)["funds"]
        self.places: dict[str, Place] = {}
        for place in layout.places:
            role = mapping.role(place.label) or NOT_READ
            if role in (NOT_READ, TOTAL):
                if cells := layout.cells(place):
                    self.read.left_out.append(LeftOut("not read", None, place.letter, place.label))
                    if mapping.role(place.label) is None:
                        where = place_of(layout, place, *cells[0])
                        self.read.problems.append(say("table-column-new", **where, label=place.label))
            else:
                self.places.setdefault(role, place)
        self.given, self.named = dict(mapping.given), dict(mapping.funds)
        self.kinds = {normal(account): kind for account, kind in mapping.kinds}
        self.unassigned: dict[str, list[int]] = {}
        self.unclear: dict[str, list[int]] = {}
        self.since = ZERO
        self.sums: dict[str, Decimal] = dict.fromkeys(_AMOUNTS, ZERO)
        self.since_total: dict[str, Decimal] = dict.fromkeys(_AMOUNTS, ZERO)

    def all(self) -> None:
        habit = self._ready()
        if habit is None:
            return
        for number, cells in self.layout.body:
            self._row(number, cells, habit)
        self._tell()

    def _ready(self) -> Habit | None:
        lacks: list[tuple[str, dict[str, str]]] = []
        if "month" not in self.places:
            lacks.append(("table-no-month", {}))
        if not set(_AMOUNTS) & set(self.places):
            lacks.append(("table-no-values", {}))
        if "account" not in self.places and "account" not in self.given:
            what: dict[str, Any] = {
                "what": "account",
                "table": self.mapping.name,
                "example": example("money", "account"),
            }
            lacks.append(("table-needs", what))
        for code, parts in lacks:
            self.read.problems.append(say(code, file=self.layout.grid.file, row=self.layout.header, **parts))
        if lacks:
            return None
        place = self.places["month"]
        cells = [cell for cell in self.layout.cells(place) if not is_total(cell[1], "month")]
        where: dict[str, Any] = {"file": self.layout.grid.file, "column": place.label, "letter": place.letter}
        habit, problems = habit_of(cells, **where, order=self.mapping.dates or None)
        self.read.problems += problems
        return habit

    def _row(self, number: int, cells: tuple[str, ...], habit: Habit) -> None:
        said = {role: cells[p.index] if p.index < len(cells) else "" for role, p in self.places.items()}
        amounts = any(said.get(role) for role in _AMOUNTS)
        first = next(filter(None, cells))
        label = next((t for r in ("month", "account", "fund") if (t := said.get(r, "")) and is_total(t, r)), None)
        if label is None and not said["month"] and (is_total(first, "site") or not said.get("account")) and amounts:
            label = first
        if cells == self.layout.names or not amounts or label is not None:
            why = (
                "the names again" if cells == self.layout.names else "a row of totals" if amounts else "no amount in it"
            )
            self.read.left_out.append(LeftOut(why, number, "", first))
            if why == "a row of totals":
                self._check(number, said)
            return
        line = self._line(number, said, habit)
        if line is not None:
            self.lines.append(line)

    def _line(self, number: int, said: dict[str, str], habit: Habit) -> LedgerLine | None:
        figures = self._figures(number, said)
        account = said.get("account", "") or self.given.get("account", "")
        day = None
        try:
            if said["month"]:
                day = habit.day(said["month"])
            else:
                self._say("table-blank-key", number, "month", what="date")
        except CellError as error:
            self._say(error.code, number, "month", said["month"], **error.parts)
        if not account:
            self._say("table-blank-key", number, "account", what="account")
        if figures is None or day is None or not account:
            return None
        kind, value = self._kind(account, said.get("kind", ""), figures)
        if kind is None:
            self.unclear.setdefault(account, []).append(number)
            return None
        return LedgerLine(day, self._fund(said.get("fund", ""), number), account, kind, value)

    def _figures(self, number: int, said: dict[str, str]) -> dict[str, Decimal] | None:
        figures: dict[str, Decimal] | None = {}
        for role in _AMOUNTS:
            text = said.get(role, "")
            try:
                value = amount(text, decimal_comma=self.layout.grid.decimal_comma)
            except CellError as error:
                self._say(error.code, number, role, text, **error.parts)
                figures = None
                continue
            if value is not None and figures is not None:
                figures[role] = value
        for role, value in (figures or {}).items():
            self.sums[role] += value
            self.since_total[role] += value
        if figures == {}:  # a dash stands for nothing
            figures = {"amount": ZERO}
        return figures

    def _kind(self, account: str, word: str, figures: dict[str, Decimal]) -> tuple[Kind | None, Decimal]:
        """What sort of line it is, and its amount: more than nothing where the money went the usual way of its sort."""
        said = normal(word)
        kind = next((kind for kind, words in KINDS.items() if said and (said in words or said == normal(kind))), None)
        kind = (
            kind or self.kinds.get(normal(account)) or self.given.get("kind") or kind_of(account) or self.kinds.get("")
        )
        net = figures.get("amount", ZERO) + figures.get("debit", ZERO) - figures.get("credit", ZERO)
        if kind == BY_SIGN:
            return ("income" if net >= 0 else "expense"), abs(net)
        if kind is None:
            return None, net
        if ("amount" not in figures and kind == "income") or (self._signed() and kind == "expense"):
            net = -net
        return cast(Kind, kind), net

    def _signed(self) -> bool:
        """Whether money that went out has a minus before it in this table."""
        return self.kinds.get("") == BY_SIGN

    def _fund(self, text: str, number: int) -> str:
        if normal(text) in NO_CLASS or not text:
            fund = self.given.get("fund", "")
            if not fund and "fund" in self.places:
                self.unassigned.setdefault("", []).append(number)
            return fund or UNASSIGNED
        found = self.named.get(text) or self.funds.find(text)
        if found is None or (found != UNASSIGNED and found not in self.funds.ids):
            self.unassigned.setdefault(text, []).append(number)
            return UNASSIGNED
        return found

    def _check(self, number: int, said: dict[str, str]) -> None:
        """A total against what stands above it: since the total before, or since the beginning."""
        for role in _AMOUNTS:
            try:
                value = amount(said.get(role, ""), decimal_comma=self.layout.grid.decimal_comma)
            except CellError:
                self._say("table-total-unread", number, role, said[role])
                continue
            if value is None:
                continue
            if value in (self.sums[role], self.since_total[role]):
                self.told.append(f"Row {number}: the total {money_words(value)} agrees with its lines to the cent.")
            else:
                sum_ = money_words(self.since_total[role] or self.sums[role])
                self._say("table-total", number, role, said[role], sum=sum_)
        self.since_total = dict.fromkeys(_AMOUNTS, ZERO)

    def _tell(self) -> None:
        for account, rows in self.unclear.items():
            self.read.left_out += [LeftOut("income or expense is not known", row, "", account) for row in rows]
            self._say("table-kind", rows[0], "account", account, lines=counted(len(rows), "line"), table=self.mapping.name,
                      account=shortened(account, 40))  # fmt: skip
        for name, rows in self.unassigned.items():
            lines = counted(len(rows), "line")
            if name:
                hint = self.funds.hint(name).removeprefix("write ")
                self._say("table-fund", rows[0], "fund", name, lines=lines, name=shortened(name, 40), hint=hint)
            else:
                self._say("table-untagged", rows[0], "fund", lines=lines)
        if "fund" not in self.places and self.lines and "fund" not in self.given:
            self.told.append("No column says which fund pays: every line is unassigned.")

    def _say(self, code: str, number: int, role: str, text: str = "", **parts: Any) -> None:
        place = self.places.get(role) or self.layout.places[0]
        self.read.problems.append(say(code, **place_of(self.layout, place, number, text), **parts))


KINDS_KNOWN = (*fields()["money"].column("kind").choices, BY_SIGN)
