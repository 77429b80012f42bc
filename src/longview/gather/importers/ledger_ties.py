"""An outline of accounts whose depth is told by its totals alone, and whether each total is the sum of its lines.

In a ledger's export "Total X" closes the account X, and everything after X until then belongs to it. That holds for
every layout, where the spaces before a name do not (they are lost in tidied files).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from longview.gather.importers.ledger_amounts import ZERO

_TOTAL = re.compile(r"total(?:\s+for)?[\s:\-–]+(.+)", re.IGNORECASE | re.DOTALL)
_WITH_SUBS = re.compile(r"(.+?)\s+with\s+sub-?\s?accounts", re.IGNORECASE | re.DOTALL)
_TRIES = 200  # readings of one report
_ROWS = 1_000_000  # read in all of them
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
class Choices:
    """Which of several accounts of one name each total closes, where that is open.

    Attributes:
        given: what to choose at the first points, counted in the order of likelihood; after these the likeliest.
        options: how many there were at each point met so far.
        failed_at: how many points had been met when something did not add up; None: all does.
    """

    given: list[int] = field(default_factory=list)
    options: list[int] = field(default_factory=list)
    failed_at: int | None = None

    @property
    def hopeless(self) -> bool:
        """Whether this is a second try that has failed already."""
        return self.failed_at is not None and bool(self.given)

    def choose(self, options: int) -> int:
        """The choice at the next point."""
        at = len(self.options)
        self.options.append(options)
        return self.given[at] if at < len(self.given) else 0

    def failed(self) -> None:
        """Something does not add up."""
        if self.failed_at is None:
            self.failed_at = len(self.options)

    def following(self) -> Choices | None:
        """The next to try after a failure; None where all were tried."""
        taken = [*self.given, *[0] * len(self.options)][: self.failed_at]
        while taken and taken[-1] + 1 >= self.options[len(taken) - 1]:
            taken.pop()
        if not taken:
            return None
        taken[-1] += 1
        return Choices(taken)


T = TypeVar("T")


def best_reading(read: Callable[[Choices], T], rows: int) -> T:
    """The reading of a report in which everything adds up, if there is one; else the likeliest, with what is wrong.

    Names alone may leave open what belongs to what (an account Supplies here, another with sub-accounts there); the
    sums tell. All readings make the same lines, as each row that is no total is one.
    """
    choices = Choices()
    first = read(choices)
    for _ in range(min(_TRIES, _ROWS // max(rows, 1))):
        following = choices.following() if choices.failed_at is not None else None
        if following is None:
            break
        choices = following
        other = read(choices)
        if choices.failed_at is None:
            return other
    return first


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
    choices: Choices
    levels: bool = False
    open: list[Account] = field(default_factory=list)
    _at: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, width: int, labels: Iterable[tuple[str, int]], choices: Choices) -> Outline:
        """An empty outline of a report with these (label, column) rows."""
        ahead: Counter[str] = Counter()
        columns = set()
        for label, column in labels:
            columns.add(column)
            if found := total_of(label):
                ahead[fold(found.name)] += 1
        return cls(width, ahead, choices, len(columns) > 1)

    def add(self, label: str, row: int, depth: int, amounts: Sequence[Decimal] | None = None) -> Account:
        """Open an account."""
        account = Account(label, row, depth, list(amounts or [ZERO] * self.width), [ZERO] * self.width)
        self._at.setdefault(fold(label), []).append(len(self.open))
        self.open.append(account)
        return account

    def closed_by(self, name: str, depth: int, said: Sequence[Decimal], *, with_subs: bool = False) -> int | None:
        """Which open account a total closes: its place in `open`; None where none has that name.

        Of several: those in the same column, spelled the same, whose own lines have met their total where the label says
        "with sub-accounts", whose sum ties. Of these the likeliest holds no account
        whose own total is still to come, and is the outermost that leaves one for each total of that name to come (a
        section is always totalled, an account of its name may not be).
        """
        key = fold(name)
        at = self._at.get(key, [])
        if key in self.ahead:
            self.ahead[key] -= 1
        if self.levels and any(self.open[i].depth == depth for i in at):
            at = [i for i in at if self.open[i].depth == depth]
        at = [i for i in at if self.open[i].settled == with_subs] or at
        if len(at) > 1:
            exact = " ".join(name.split())
            at = [i for i in at if " ".join(self.open[i].label.split()) == exact] or at
        if 1 < len(at) <= _WEIGHED:
            at = [i for i in at if self.sums(i) == list(said)] or at
        if len(at) > 1:
            likely = [i for i in at if not self._holds_unsettled(i, key)] if len(at) <= _WEIGHED else []
            likely = likely or at
            best = likely[min(max(self.ahead[key], 0), len(likely) - 1)]
            at = [best, *(i for i in reversed(at) if i != best)]
            return at[self.choices.choose(len(at))]
        return at[0] if at else None

    def _holds_unsettled(self, at: int, key: str) -> bool:
        names = {fold(account.label) for account in self.open[at + 1 :]} - {key}
        return any(self.ahead[name] > 0 for name in names)

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
