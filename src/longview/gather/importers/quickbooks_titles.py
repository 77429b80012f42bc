"""The title rows and footnotes of a QuickBooks report, and the words by which it is known.

QuickBooks Online has two looks (classic, "Total Wages"; modern, "Total for Wages" with "$"), and other words for
programs that are set up as nonprofits ("Statement of Activity": Revenue, Expenditures, Net Revenue); QuickBooks Desktop
says Expense, Ordinary Income/Expense and Unclassified, and puts levels in columns of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from longview.gather.importers.ledger_periods import in_a_name, period_of
from longview.gather.importers.ledger_ties import fold
from longview.gather.tables import Record

SECTIONS = {
    "income": "income",
    "revenue": "income",
    "revenues": "income",
    "cost of goods sold": "cost",
    "cost of sales": "cost",
    "expense": "expense",
    "expenses": "expense",
    "expenditure": "expense",
    "expenditures": "expense",
    "other income": "other income",
    "other revenue": "other income",
    "other expense": "other expense",
    "other expenses": "other expense",
    "other expenditure": "other expense",
    "other expenditures": "other expense",
}
WRAPPERS = frozenset(
    {"ordinary income/expense", "ordinary income/expenses", "other income/expense", "other income/expenses",
     "ordinary revenue/expenditures", "other revenue/expenditures"}
)  # fmt: skip
RESULTS = {
    "gross profit": "gross",
    "gross margin": "gross",
    "net operating income": "operating",
    "net operating revenue": "operating",
    "net ordinary income": "operating",
    "net ordinary revenue": "operating",
    "net other income": "other",
    "net other revenue": "other",
    "net income": "net",
    "net revenue": "net",
    "net profit": "net",
    "net loss": "net",
    "net earnings": "net",
    "change in net assets": "net",
}
# What each result is made of: section → sign.
MADE_OF = {
    "gross": {"income": 1, "cost": -1},
    "operating": {"income": 1, "cost": -1, "expense": -1},
    "other": {"other income": 1, "other expense": -1},
    "net": {"income": 1, "cost": -1, "expense": -1, "other income": 1, "other expense": -1},
}

_REPORT = re.compile(
    r"profit (?:and|&) loss|statement (?:of )?activit|income statement|transaction detail|general ledger|"
    r"transaction list|\bp&l\b",
    re.IGNORECASE,
)
_BASIS = re.compile(r"\b(cash|accrual)\s+basis\b", re.IGNORECASE)
_STAMP = re.compile(r"\d{1,2}:\d{2}|^\d{1,2}/\d{1,2}/\d{2,4}$|\bGMT", re.IGNORECASE)
TITLES = 30  # a title stands in so many rows


@dataclass(frozen=True, slots=True)
class Titles:
    """What a report says of itself; "" and None where it doesn't.

    Attributes:
        report: its name as printed. basis: "cash" or "accrual". first, last: the days it is about.
    """

    report: str = ""
    company: str = ""
    basis: str = ""
    first: date | None = None
    last: date | None = None

    @property
    def book(self) -> str:
        """What a later export of the same books is known by: the company, whatever the report.

        A profit-and-loss and a list of transactions tell the same money twice, so the later takes the earlier's place.
        """
        return f"QuickBooks: {self.company}" if self.company else "QuickBooks"

    @property
    def period(self) -> tuple[date, date] | None:
        """The days it is about."""
        return (self.first, self.last) if self.first and self.last else None

    def words(self, otherwise: str) -> str:
        """The report in a few words for a person."""
        basis = f"{self.basis} basis" if self.basis else "basis not told"
        days = f"{self.first} to {self.last}" if self.period else ""
        return ", ".join(
            part for part in (f"QuickBooks, {self.report or otherwise}", self.company, days, basis) if part
        )


def read_titles(above: Iterable[Record], notes: Iterable[Record], file_name: str) -> Titles:
    """The titles of a report, from the rows above its columns and the notes below its last line."""
    report = company = basis = ""
    period = None
    for _, cells in above:
        for text in filter(None, cells):
            words = " ".join(text.split())
            if said := _BASIS.search(words):
                basis = basis or said[1].lower()
            elif found := period_of(words):
                period = period or found
            elif _REPORT.search(words):
                report = report or words
            elif not _STAMP.search(words):
                company = company or words
    for _, cells in notes:
        for text in filter(None, cells):
            if said := _BASIS.search(text[:200]):
                basis = basis or said[1].lower()
    period = period or in_a_name(PurePath(file_name).stem)
    return Titles(report, company, basis, *(period or (None, None)))


def has_report_name(rows: Iterable[Record]) -> bool:
    """Whether one of these rows names a report of QuickBooks."""
    return any(_REPORT.search(text[:200]) for _, cells in rows for text in cells if text)


def is_list(rows: Iterable[Record]) -> bool:
    """Whether one of these rows names a list of transactions, which has no totals."""
    return any("transaction list" in fold(text[:200]) for _, cells in rows for text in cells if text)
