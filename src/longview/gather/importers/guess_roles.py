"""A guess at each column of a table: by its name, then by what stands in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from longview.gather.importers.layout import Layout, Place, is_value
from longview.gather.importers.mapping import KEYS, NOT_READ, TOTAL, VALUES, WHOLE, Mapping
from longview.gather.importers.measures import Known, known_area_measure, known_column, known_measure, normal
from longview.gather.importers.moments import is_date, readings
from longview.gather.importers.tabular import personal_of
from longview.gather.importers.total_words import is_total
from longview.gather.names import Names, near, slug
from longview.program import Problem, say, shortened

LOOKED_AT = 2_000  # rows that tell what a column holds
_KINDS_OF_NAMES = 400  # a column with more different texts is no column of measures or sites


@dataclass(slots=True)
class Guessed:
    """A mapping with near names, the same without them, and what to look at."""

    mapping: Mapping
    sure: Mapping
    doubts: list[Problem]

    @property
    def weight(self) -> tuple[int, int]:
        """How much of a table it understands: whether it says when and how many, then how many columns."""
        roles = [role for _, role in self.mapping.columns if role not in (NOT_READ, TOTAL)]
        values = [role for role in roles if role not in KEYS[self.mapping.to]]
        return (bool(values or self.mapping.across) + ("month" in roles or self.mapping.across), len(roles))

    def named(self, name: str, dates: str) -> Guessed:
        """The same under a name, with the order of day and month that was said."""
        return Guessed(self.mapping.with_(name=name, dates=dates), self.sure.with_(name=name, dates=dates), self.doubts)


def guess_roles(layout: Layout, to: str, known: dict[str, Names]) -> Guessed:
    """What each column is, and what its words mean, as far as that can be told."""
    return _Guesser(layout, to, known).all()


class _Guesser:
    def __init__(self, layout: Layout, to: str, known: dict[str, Names]) -> None:
        self.layout, self.to, self.known = layout, to, known
        self.places = [place for place in layout.places if not place.month]
        self.roles: dict[str, Known] = {}
        self.doubts: list[Problem] = []
        self.personal = set(personal_of(layout))

    def all(self) -> Guessed:
        for place in self.places:
            found = Known(NOT_READ, True) if place.label in self.personal else self._role(place)
            self.roles[place.label] = found
        self._one_each()
        self._label_column()
        self._month_column()
        self._year_and_month()
        self._long_or_wide()
        for place in self.places:
            self._tell(place)
        names, sure_names = self._names()
        sites = self._sites()
        given = self._given()
        columns = tuple((label, role.name) for label, role in self.roles.items())
        sure = tuple((label, role.name if role.sure else NOT_READ) for label, role in self.roles.items())
        mapping = Mapping(
            self.to, columns, self.layout.across, names=names, sites=sites, kinds=self._kinds(), given=given
        )
        return Guessed(mapping, mapping.with_(columns=sure, names=sure_names, sites=()), self.doubts)

    def _role(self, place: Place) -> Known:
        """By its name: a total, a known column, a measure (of a site, in two rows of names)."""
        if is_total(place.bottom or place.top, "month") and (self.layout.across or not self._is("value", place)):
            return Known(TOTAL, True)
        found = known_column(place.label, self.to) or known_column(place.bottom, self.to)
        if found is not None and found.sure:
            return found
        if self.to == "services" and (measure := self._measure(place)):
            return measure
        if self.to == "community" and (measure := known_area_measure(place.label) or known_area_measure(place.bottom)):
            return measure
        return found or Known(NOT_READ, True)

    def _is(self, role: str, place: Place) -> bool:
        found = known_column(place.label, self.to)
        return found is not None and found.name == role and "measure" in {k.name for k in self.roles.values()}

    def _measure(self, place: Place) -> Known | None:
        for one, other in ((place.bottom, place.top), (place.top, place.bottom)):
            found = known_measure(one) if one else None
            site = self.known["sites"].find(other) if other and self.known["sites"].ids else None
            if found and (site or not other or one == place.label):
                return Known(f"{found.name} @ {site}", found.sure) if site else found
        return known_measure(place.label)

    def _one_each(self) -> None:
        """A key stands in one column: the first that surely is it, else the first that may be."""
        for role in KEYS[self.to] + VALUES.get(self.to, ()):
            labels = [label for label, known in self.roles.items() if known.name == role]
            best = next((label for label in labels if self.roles[label].sure), labels[0] if labels else None)
            for label in labels:
                if label != best:
                    self.roles[label] = Known(NOT_READ, True)

    def _label_column(self) -> None:
        """Months across: the first column of words says what each row counts, whatever it is called."""
        taken = {known.name for known in self.roles.values()}
        what = {"services": "measure", "workforce": "measure", "community": "area", "money": "account"}[self.to]
        if not self.layout.across or what in taken:
            return
        for place in self.places:
            free = self.roles[place.label].name in (NOT_READ, "value") or not self.roles[place.label].sure
            if free and self._words(place) and place.label not in self.personal:
                self.roles[place.label] = Known(what, True)
                return

    def _month_column(self) -> None:
        """The column of days or months, where none is called so."""
        taken = {known.name for known in self.roles.values()}
        if self.layout.across or taken & {"month", "year"}:
            return
        self._days_column()

    def _year_and_month(self) -> None:
        """A year in one column and a month's name or number in another; beside a column of days, a year says nothing."""
        by_role = {known.name: label for label, known in self.roles.items()}
        if "year" not in by_role:
            return
        if "month" not in by_role and "month_of_year" not in by_role:
            self._days_column()
            by_role = {known.name: label for label, known in self.roles.items()}
        if "month" in by_role:
            place = next(p for p in self.places if p.label == by_role["month"])
            cells = self.layout.cells(place, LOOKED_AT)
            whole = any(readings(text) for _, text in cells)
            self.roles[by_role["year" if whole else "month"]] = Known(NOT_READ if whole else "month_of_year", True)

    def _days_column(self) -> None:
        for place in self.places:
            cells = self.layout.cells(place, LOOKED_AT)
            free = self.roles[place.label].name == NOT_READ and place.label not in self.personal
            if free and cells and sum(is_date(text) for _, text in cells) * 10 >= len(cells) * 8:
                self.roles[place.label] = Known("month", True)
                return

    def _long_or_wide(self) -> None:
        """A column of measures goes with one of values; where columns are measures, "item" or "count" is neither."""
        by_role = {known.name: label for label, known in self.roles.items()}
        keys = {*KEYS[self.to], *VALUES.get(self.to, ()), TOTAL, NOT_READ, "value"}
        measured = any(role not in keys for role in by_role) or any(v in by_role for v in VALUES.get(self.to, ()))
        if measured and "value" in by_role:
            label = by_role["value"]
            self.roles[label] = Known(TOTAL if is_total(label, "month") else NOT_READ, True)
        if measured and "measure" in by_role and not self.layout.across:
            self.roles[by_role["measure"]] = Known(NOT_READ, True)
        if self.layout.across and "value" in by_role:
            self.roles[by_role["value"]] = Known(TOTAL if is_total(by_role["value"], "month") else NOT_READ, True)

    def _tell(self, place: Place) -> None:
        role = self.roles[place.label]
        where: dict[str, Any] = {
            "file": self.layout.grid.file,
            "row": self.layout.header,
            "column": place.label,
            "letter": place.letter,
        }
        if not role.sure:
            self.doubts.append(say("table-near", **where, found=place.label, known=role.name))
        elif role.name == NOT_READ and place.label not in self.personal and self._figures(place):
            self.doubts.append(say("table-own", **where, found=place.label, own=_own(place.label)))

    def _words(self, place: Place) -> bool:
        cells = self.layout.cells(place, LOOKED_AT)
        return bool(cells) and sum(not is_value(text) for _, text in cells) * 2 > len(cells)

    def _figures(self, place: Place) -> bool:
        cells = self.layout.cells(place, LOOKED_AT)
        return bool(cells) and sum(is_value(text) for _, text in cells) * 2 > len(cells)

    def _different(self, role: str) -> tuple[Place | None, list[tuple[int, str]]]:
        """The first cell with each text of a key column, totals left out."""
        place = next((p for p in self.places if self.roles[p.label].name == role), None)
        first: dict[str, int] = {}
        for row, text in self.layout.cells(place) if place else ():
            first.setdefault(text, row)
        if len(first) > _KINDS_OF_NAMES:
            return place, []
        return place, [(row, text) for text, row in first.items() if not is_total(text, role)]

    def _names(self) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
        """Words of a column of measures, as measures; and those that are sure."""
        place, different = self._different("measure")
        if place is None or self.to == "community":
            return (), ()
        names, sure = [], []
        for row, text in different:
            found = known_measure(text) if self.to == "services" else known_column(text, "workforce")
            where: dict[str, Any] = {
                "file": self.layout.grid.file,
                "row": row,
                "column": place.label,
                "letter": place.letter,
                "found": text,
            }
            if found is None or (self.to == "workforce" and found.name not in VALUES["workforce"]):
                if self._has_figures(row):
                    self.doubts.append(say("table-own", **where, own=_own(text)))
                    names.append((text, NOT_READ))
                continue
            names.append((text, found.name))
            if found.sure:
                sure.append((text, found.name))
            else:
                self.doubts.append(say("table-near", **where, known=found.name))
        return tuple(names), tuple(sure + [(text, NOT_READ) for text, said in names if (text, said) not in sure])

    def _has_figures(self, row: int) -> bool:
        cells = next(cells for number, cells in self.layout.body if number == row)
        return any(is_value(cell) for cell in cells)

    def _sites(self) -> tuple[tuple[str, str], ...]:
        place, different = self._different("site")
        known = self.known["sites"]
        sites = []
        for row, text in different:
            if known.find(text) is not None:
                continue
            closest = near(text, [*known.ids, *(name for name in known.ids.values() if name)])
            if normal(text) in ("all", "whole program", "program"):
                sites.append((text, WHOLE))
            elif closest and place and (site := known.find(closest)):
                sites.append((text, site))
                where: dict[str, Any] = {
                    "file": self.layout.grid.file,
                    "row": row,
                    "column": place.label,
                    "letter": place.letter,
                }
                self.doubts.append(say("table-site-near", **where, found=text, known=known.ids.get(site) or site))
        return tuple(sites)

    def _kinds(self) -> tuple[tuple[str, str], ...]:
        """For money: by sign, where one column has both and nothing else says which is which."""
        by_role = {known.name: label for label, known in self.roles.items()}
        if self.to != "money" or "amount" not in by_role or "kind" in by_role:
            return ()
        place = next(p for p in self.places if p.label == by_role["amount"])
        cells = self.layout.cells(place, LOOKED_AT)
        minus = sum(text.replace("$", "").strip()[:1] in "-−(" for _, text in cells)
        if not minus or 10 * minus < len(cells):
            return ()
        row, text = next((row, text) for row, text in cells if text.replace("$", "").strip()[:1] in "-−(")
        where: dict[str, Any] = {
            "file": self.layout.grid.file,
            "row": row,
            "column": place.label,
            "letter": place.letter,
        }
        self.doubts.append(say("table-sign", **where, found=text))
        return (("", "by sign"),)

    def _given(self) -> tuple[tuple[str, str], ...]:
        """What is said once: where the numbers of an area were read is this file, unless a column says it."""
        roles = {known.name for known in self.roles.values()}
        if self.to == "community" and "source" not in roles:
            return (("source", shortened(self.layout.grid.file, 60)),)
        return ()


def _own(text: str) -> str:
    """A name for a measure of the program's own: as others are written, in small letters."""
    return slug(text).replace("-", "_") or shortened(text, 30)
