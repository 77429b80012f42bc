"""An outline of accounts whose depth is told by its totals alone, and whether each total is the sum of its lines.

In a ledger's export "Total X" closes the account X, and everything after X until then belongs to it. That holds for
every layout, where the spaces before a name do not (they are lost in tidied files).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from longview.gather.importers.ledger_amounts import ZERO

_TOTAL = re.compile(r"total(?:\s+for)?[\s:\-–]+(.+)", re.IGNORECASE | re.DOTALL)
_WITH_SUBS = re.compile(r"(.+?)\s+with\s+sub-?\s?accounts", re.IGNORECASE | re.DOTALL)
_WEIGHED = 8  # so many accounts of one name are told apart by their sums; more only in a file made to be slow


def fold(label: str) -> str:
    """A label for comparing: without regard to capitals and spaces."""
    return " ".join(label.split()).casefold()


@dataclass(frozen=True, slots=True)
class TotalOf:
    """What a label such as "Total for Wages with sub-accounts" names."""

    name: str
    with_subs: bool = False


def total_of(label: str) -> TotalOf | None:
    """What a label names the total of; None where it is no such label."""
    found = _TOTAL.fullmatch(label.strip())
    if found is None:
        return None
    subs = _WITH_SUBS.fullmatch(found[1])
    return TotalOf(subs[1], True) if subs else TotalOf(found[1])


@dataclass(slots=True)
class Account:
    """A row that may hold others.

    Attributes:
        own: amounts booked on it. after: amounts of what was closed after it and before the next open one.
        depth: the column of its label, where levels stand in columns of their own.
    """

    label: str
    row: int
    depth: int
    own: list[Decimal]
    after: list[Decimal]
    settled: bool = False  # its own lines have met their total, and those of its sub-accounts are still to come


@dataclass(slots=True)
class Outline:
    """The accounts that are open, outermost first.

    Attributes:
        width: how many amounts a row has.
        ahead: for each folded name, how many totals of it are still to come.
        levels: whether labels stand in several columns, so that the column tells the level.
    """

    width: int
    ahead: Counter[str]
    levels: bool = False
    open: list[Account] = field(default_factory=list)
    _at: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, width: int, labels: Iterable[tuple[str, int]]) -> Outline:
        """An empty outline of a report with these (label, column) rows."""
        ahead: Counter[str] = Counter()
        columns = set()
        for label, column in labels:
            columns.add(column)
            if found := total_of(label):
                ahead[fold(found.name)] += 1
        return cls(width, ahead, len(columns) > 1)

    def add(self, label: str, row: int, depth: int, amounts: Sequence[Decimal] | None = None) -> Account:
        """Open an account."""
        account = Account(label, row, depth, list(amounts or [ZERO] * self.width), [ZERO] * self.width)
        self._at.setdefault(fold(label), []).append(len(self.open))
        self.open.append(account)
        return account

    def closed_by(self, name: str, depth: int, said: Sequence[Decimal]) -> int | None:
        """Which open account a total closes: its place in `open`; None where none has that name.

        Of several, the one in the same column; else spelled the same; else whose sum ties; else the outermost that
        leaves one for each total of that name to come (a section is always totalled, an account of its name may not).
        """
        key = fold(name)
        at = self._at.get(key, [])
        if key in self.ahead:
            self.ahead[key] -= 1
        if self.levels and any(self.open[i].depth == depth for i in at):
            at = [i for i in at if self.open[i].depth == depth]
        if len(at) > 1:
            exact = " ".join(name.split())
            at = [i for i in at if " ".join(self.open[i].label.split()) == exact] or at
        if 1 < len(at) <= _WEIGHED:
            at = [i for i in at if self.sums(i) == list(said)] or at
        return at[min(max(self.ahead[key], 0), len(at) - 1)] if at else None

    def sums(self, at: int) -> list[Decimal]:
        """What an open account and all after it come to."""
        total = [ZERO] * self.width
        for account in self.open[at:]:
            total = [t + a + b for t, a, b in zip(total, account.own, account.after, strict=True)]
        return total

    def close(self, at: int) -> list[Decimal]:
        """Close an account and all that it holds; its sums go to the account before it."""
        total = self.sums(at)
        for place in range(len(self.open) - 1, at - 1, -1):
            self._at[fold(self.open[place].label)].pop()  # places of one name ascend
        del self.open[at:]
        if self.open:
            self.open[-1].after = [a + b for a, b in zip(self.open[-1].after, total, strict=True)]
        return total
