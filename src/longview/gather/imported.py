"""What an importer made of somebody else's file: rows of the program's own sheets, and what to say of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from longview.program import CommunityCount, CommunityRate, LedgerLine, ServiceCount, WorkforceMonth

SHEETS = ("services", "community", "rates", "workforce", "money")


@dataclass(frozen=True, slots=True)
class Import:
    """Rows read from one export, or from several of a kind.

    Attributes:
        kind: the importer ("wonder", "dose", "vsrr", "events", "quickbooks-classes", "quickbooks-detail", "table").
        files: names of the files that were read.
        words: what this is, in one line for a person.
        told: further plain sentences: what was counted, what was left out, which total it ties to.
        personal: names of columns that look as if they told who somebody is; nothing of them was copied.
        events: whether a row of the file was a person or an event (law 6: only counts are kept).
        book: for money, whose lines a later import of the same book replaces within its period.
        first_day, last_day: the period that lines of money cover, ISO dates; "" where there are none.
        lumped: whether a line may stand for more than a month of that period, under the day on which it ends.
    """

    kind: str
    files: tuple[str, ...]
    words: str
    services: tuple[ServiceCount, ...] = ()
    community: tuple[CommunityCount, ...] = ()
    rates: tuple[CommunityRate, ...] = ()
    workforce: tuple[WorkforceMonth, ...] = ()
    money: tuple[LedgerLine, ...] = ()
    told: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    events: bool = False
    book: str = ""
    first_day: str = ""
    last_day: str = ""
    lumped: bool = False

    def rows(self, sheet: str) -> tuple[Any, ...]:
        """Its rows of one of `SHEETS`."""
        return tuple(getattr(self, sheet))

    @property
    def keeps_original(self) -> bool:
        """Whether the file's bytes may be kept (law 6)."""
        return not (self.events or self.personal)
