"""What the columns and words of a table mean: guessed once, confirmed by a person, remembered for the next month."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from longview.gather.importers.layout import Layout
from longview.gather.importers.measures import OWN, normal
from longview.program import fields, measures

TARGETS = ("services", "community", "workforce", "money")
NOT_READ = "not read"
TOTAL = "total"
WHOLE = "whole program"  # what a site's name may mean
SUM = "sum"
_WHEN = ("month", "year", "month_of_year")
KEYS = {
    "services": (*_WHEN, "site", "measure"),
    "community": (*_WHEN, "area", "case", "measure", "as_of", "source"),
    "workforce": (*_WHEN, "role", "measure"),
    "money": ("month", "fund", "account", "kind"),
}
VALUES = {"workforce": ("hires", "departures", "vacancies", "hours"), "money": ("amount", "debit", "credit")}
# Every row needs these, from a column or said once for the table.
NEEDED = {
    "services": (),
    "community": ("area", "case", "as_of", "source"),
    "workforce": ("role",),
    "money": ("account",),
}

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a table is read into rows of one sheet.

    Attributes:
        to: "services", "community", "workforce" or "money".
        columns: (name of a column, what it is): "month" (a day will do), "year", "month_of_year", "site", "measure",
            "value" and so on (`KEYS`, `VALUES`), the name of a measure, "own: hats" for a measure of the program's
            own, each perhaps with a site ("visits @ main-street"); "total"; "not read".
        across: whether months stand in the header; they are in no `columns`.
        dates: the order of day and month where it must be said ("mdy" …); "": it needn't.
        rows: "sum" where several rows of one month (of days, of sessions) are summed; "": one row a month.
        names: (words in cells, measure): for tables with a column of measures.
        sites, funds: (name in the table, id): whatever isn't found by id or name.
        kinds: (account, kind): for money, "income", "expense" …; the account "" stands for all others: "by sign"
            where money that went out has a minus before it.
        given: (what, said once for all rows): for example the area, or the measure of a table with one only.
        name: its table in mappings.toml.
    """

    to: str
    columns: Pairs
    across: bool = False
    dates: str = ""
    rows: str = ""
    names: Pairs = ()
    sites: Pairs = ()
    funds: Pairs = ()
    kinds: Pairs = ()
    given: Pairs = ()
    name: str = "table"

    @property
    def signature(self) -> str:
        """What next month's file of the same layout has too: the target and the names of the columns but months."""
        return signature(self.to, self.across, [label for label, _ in self.columns])

    def role(self, label: str) -> str | None:
        """What a column of that name is; None where the mapping has none."""
        return next((role for name, role in self.columns if normal(name) == normal(label)), None)

    def with_(self, **changes: object) -> Mapping:
        """The same with some parts changed."""
        return dataclasses.replace(self, **changes)  # type: ignore[arg-type]


def signature(to: str, across: bool, labels: list[str]) -> str:
    """The signature of a table: which columns it has, in whatever order."""
    return f"{to}: " + " | ".join([*sorted(normal(label) for label in labels), *(["months"] if across else [])])


def fits(mapping: Mapping, layout: Layout) -> bool:
    """Whether a table has the columns that a mapping was made for."""
    labels = [place.label for place in layout.places if not place.month]
    return mapping.signature == signature(mapping.to, layout.across, labels)


def split_role(role: str) -> tuple[str, str]:
    """A value column's role in its parts: ("visits", "main-street") of "visits @ main-street"."""
    what, _, site = role.partition(" @ ")
    return what.strip(), site.strip()


def role_error(to: str, role: str) -> str | None:
    """What is wrong with a role that a person wrote, in words; None where nothing is."""
    known = [*KEYS[to], *VALUES.get(to, ()), "value", TOTAL, NOT_READ]
    what, _ = split_role(role)
    if what in known or (what.startswith(OWN) and what[len(OWN) :].strip()):
        return None
    if to == "services":
        return None if what in measures() else f"no such measure; write one of its names, {OWN}{what}, or {NOT_READ}"
    if to == "community":
        return None  # measures of an area are an open list
    return "write one of: " + ", ".join(known)


def example(to: str, column: str) -> str:
    """What that column may say: from the field table, or the name of a measure."""
    return "hires" if to == "workforce" and column == "measure" else fields()[to].column(column).example
