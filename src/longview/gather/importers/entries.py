"""A table's cells as entries: which month, where, what, how many. Every cell becomes one, or is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from longview.gather.cells import Reading, read_cell
from longview.gather.importers.dates import Habit, habit_of
from longview.gather.importers.layout import Layout, Place
from longview.gather.importers.mapping import KEYS, NEEDED, NOT_READ, TOTAL, VALUES, WHOLE, Mapping, example, split_role
from longview.gather.importers.measures import OWN, known_area_measure, known_measure
from longview.gather.importers.moments import Moment, is_date
from longview.gather.importers.total_words import is_average, is_total, year_said
from longview.gather.names import Names
from longview.gather.numbers import CellError
from longview.program import Column, Count, Month, Problem, Program, fields, say

# What tells one series from another, besides the month and the measure.
WHERE = {"services": ("site",), "community": ("area", "case", "as_of", "source"), "workforce": ("role",)}
_DAY_WITHOUT_YEAR = re.compile(r"\d{1,2}-[A-Za-z]{3}|[A-Za-z]{3}-\d{1,2}")


@dataclass(slots=True)
class Entry:
    """One figure: its place, the month (and day) that it is of, `where` as in `WHERE`, what was counted, how many."""

    row: int
    index: int
    month: Month
    day: int | None
    where: tuple[str, ...]
    what: str
    value: Count


@dataclass(slots=True)
class Total:
    """A figure that the table gives as a sum: as an entry, with None for what it sums over, and its row for a column's.

    `across` is the row whose entries it sums, for a total at a row's end; `since` the row of the total before it.
    """

    row: int
    index: int
    month: Month | None
    year: int | None
    where: tuple[str, ...] | None
    what: str | None
    value: Count
    across: bool = False
    since: int = 0


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Cells that were passed over, and why: a whole row, or (`row` None) a whole column."""

    why: str
    row: int | None
    letter: str = ""
    text: str = ""


@dataclass(slots=True)
class Read:
    """What a table gave."""

    entries: list[Entry] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Values:
    """A column of figures, and what its name says of them."""

    place: Place
    what: str
    site: str
    month: Month | None
    total: bool


def known_names(program: Program | None) -> dict[str, Names]:
    """Sites and funds of a program, by id and by name."""
    sites = {site.id: site.name for site in program.sites} if program else {}
    funds = {fund.id: fund.name for fund in program.funds} if program else {}
    return {"sites": Names("sites", sites), "funds": Names("funds", funds)}


def place_of(layout: Layout, place: Place, row: int | None, text: str = "") -> dict[str, Any]:
    """Where a problem is."""
    return {"file": layout.grid.file, "row": row, "column": place.label, "letter": place.letter, "found": text}


def count_of(column: Column, text: str, *, decimal_comma: bool) -> tuple[Count, list[str]]:
    """A cell as a count (hours too), and the codes of doubts about it.

    Raises:
        CellError: it is none; also where Excel may have made a day of 1-9.
    """
    if is_date(text) or _DAY_WITHOUT_YEAR.fullmatch(text):
        raise CellError("table-date-for-count")
    reading = Reading(known={}, decimal_comma=decimal_comma)
    value = read_cell(column, text, reading)
    try:
        count = value if isinstance(value, Count) else Count.of(value)  # type: ignore[arg-type]
    except ValueError:
        raise CellError("not-a-count") from None
    return count, [code for code, _ in reading.doubts]


class EntryReader:
    """Reads a table of counts by its mapping.

    Args:
        layout: where the table is. mapping: what it means. program: whose sites are meant; None: none are known.
    """

    def __init__(self, layout: Layout, mapping: Mapping, program: Program | None) -> None:
        self.layout, self.mapping, self.read = layout, mapping, Read()
        self.sheet = fields()[mapping.to]
        self.sites = known_names(program)["sites"]
        self.given = dict(mapping.given)
        roles = {place.index: mapping.role(place.label) or NOT_READ for place in layout.places}
        self.keys = {
            role: place for place in reversed(layout.places) if (role := roles[place.index]) in KEYS[mapping.to]
        }
        self.roles = roles
        self._words: dict[tuple[str, str], str | None] = {}
        self._counts: dict[tuple[bool, str], tuple[Count, list[str]] | CellError] = {}
        self._unknown: dict[tuple[str, str], list[int]] = {}
        self._since: dict[str, int] = {}
        self._totals: dict[tuple[str, str], bool] = {}
        self._key_indices = [(role, place.index) for role, place in self.keys.items()]
        self._across = layout.across

    def all(self) -> Read:
        """Everything that the table says, and whatever of it could not be read."""
        self._columns_left_out()
        self._lacking()
        self.month_of = self._months()
        self.values = self._value_columns()
        self._value_indices = [value.place.index for value in self.values]
        if not any(problem.severity == "problem" for problem in self.read.problems):
            for number, cells in self.layout.body:
                self._row(number, cells)
            self._tell_unknown()
        return self.read

    def _columns_left_out(self) -> None:
        for place in self.layout.places:
            role = self.roles[place.index]
            if role == NOT_READ and not place.month and (cells := self.layout.cells(place)):
                self.read.left_out.append(LeftOut("not read", None, place.letter, place.label))
                if self.mapping.role(place.label) is None:
                    where = place_of(self.layout, place, cells[0][0], cells[0][1])
                    self.read.problems.append(say("table-column-new", **where, label=place.label))

    def _lacking(self) -> None:
        """Whatever every row needs and nothing says."""
        has = set(self.keys) | set(self.given)
        lacks = [what for what in NEEDED[self.mapping.to] if what not in has]
        if not self.layout.across and not {"month", "year"} & set(self.keys):
            self._problem("table-no-month")
        if self._is_long() and "measure" not in has:
            lacks.append("measure")
        for what in lacks:
            self._problem("table-needs", what=what, table=self.mapping.name, example=example(self.mapping.to, what))

    def _is_long(self) -> bool:
        values = [split_role(role)[0] for role in self.roles.values()]
        return "value" in values or (self.layout.across and not any(w not in self._not_values() for w in values))

    def _not_values(self) -> set[str]:
        return {*KEYS[self.mapping.to], TOTAL, NOT_READ}

    def _problem(self, code: str, **parts: Any) -> None:
        self.read.problems.append(say(code, file=self.layout.grid.file, row=self.layout.header, **parts))

    def _months(self) -> Callable[[tuple[str, ...]], Moment | None]:
        """How a row says its month; None where the row says none."""
        place = self.keys.get("month")
        if place is not None:
            cells = [cell for cell in self.layout.cells(place) if not is_total(cell[1], "month")]
            habit = self._habit(cells, place)
            index = place.index
            return lambda cells: habit.read(cells[index]) if index < len(cells) and cells[index] else None
        if "year" in self.keys and "month_of_year" in self.keys:
            year, month = self.keys["year"].index, self.keys["month_of_year"].index
            together = Habit()
            return lambda cells: self._year_and_month(together, cells, year, month)
        return lambda cells: None

    def _year_and_month(self, habit: Habit, cells: tuple[str, ...], year: int, month: int) -> Moment | None:
        y, m = (cells[i] if i < len(cells) else "" for i in (year, month))
        if not (y or m):
            return None
        return habit.read(f"{y}-{int(m):02d}" if m.isdigit() and len(m) <= 2 else f"{m} {y}")

    def _habit(self, cells: list[tuple[int, str]], place: Place) -> Habit:
        where: dict[str, Any] = {"file": self.layout.grid.file, "column": place.label, "letter": place.letter}
        habit, problems = habit_of(cells, **where, order=self.mapping.dates or None)
        self.read.problems += problems
        return habit or Habit()

    def _value_columns(self) -> list[Values]:
        """The columns of figures; months of the header are read by one habit."""
        months = [place for place in self.layout.places if place.month]
        found: list[Values] = []
        if months:
            habit = self._habit([(self.layout.header, place.month) for place in months], months[0])
            for place in months:
                try:
                    found.append(Values(place, "", "", habit.month(place.month), False))
                except CellError as error:
                    self._problem(error.code, column=place.label, letter=place.letter, found=place.month, **error.parts)
        for place in self.layout.places:
            what, site = split_role(self.roles[place.index])
            if place.month or what in self._not_values() - {TOTAL}:
                continue
            total = what == TOTAL
            what = "" if what in ("value", TOTAL) else what.removeprefix(OWN)
            found.append(Values(place, what, site, None, total))
        if not any(not value.total for value in found):
            self._problem("table-no-values")
        return found

    def _row(self, number: int, cells: tuple[str, ...]) -> None:
        if cells == self.layout.names:
            self._leave_out(number, cells, "the names again")
            return
        width = len(cells)
        said = {role: cells[index] if index < width else "" for role, index in self._key_indices}
        over = None
        for role, text in said.items():
            if text and self._is_total(text, role):
                over = role
                break
        if over is None and not any(said.values()) and cells and is_total(next(filter(None, cells)), "site"):
            over = "month"
        if over is not None:
            self._total_row(number, cells, said, over)
            return
        if not self._has_figures(cells) and (not self._says_when(cells) or self._unread_label(said)):
            self._leave_out(number, cells, "no figure in it")
            return
        self._figures(number, cells, said)

    def _has_figures(self, cells: tuple[str, ...]) -> bool:
        width = len(cells)
        return any(index < width and cells[index] for index in self._value_indices)

    def _is_total(self, text: str, role: str) -> bool:
        found = self._totals.get((role, text))
        if found is None:
            found = self._totals[role, text] = is_total(text, role)
        return found

    def _says_when(self, cells: tuple[str, ...]) -> bool:
        try:
            return self._across or self.month_of(cells) is not None
        except CellError:
            return False

    def _unread_label(self, said: dict[str, str]) -> bool:
        return "measure" in said and not self._word("measure", said["measure"])

    def _leave_out(self, number: int, cells: tuple[str, ...], why: str) -> None:
        self.read.left_out.append(LeftOut(why, number, "", next(filter(None, cells), "")))

    def _figures(self, number: int, cells: tuple[str, ...], said: dict[str, str]) -> None:
        moment = None
        if not self._across:
            moment = self._moment(number, cells)
            if moment is None:
                return
        where = self._where(number, said)
        measure = self._measure(number, said)
        if where is None or measure is None:
            return
        for column in self.values:
            index = column.place.index
            text = cells[index] if index < len(cells) else ""
            what = column.what or measure
            if (column.total and not text) or (not text and self.mapping.to == "workforce"):
                continue
            count = self._count(number, column.place, text, what)
            if count is None:
                continue
            if column.total:
                self.read.totals.append(Total(number, index, moment and moment.month, None, where, None, count, True))
                continue
            at = where if not column.site else (self._site_word(column.site) or "", *where[1:])
            month = column.month or (moment.month if moment else None)
            if month is not None:
                day = moment.day if moment else None
                self.read.entries.append(Entry(number, index, month, day, at, what, count))

    def _moment(self, number: int, cells: tuple[str, ...]) -> Moment | None:
        place = self.keys.get("month") or self.keys["year"]
        text = cells[place.index] if place.index < len(cells) else ""
        try:
            moment = self.month_of(cells)
        except CellError as error:
            self.read.problems.append(say(error.code, **place_of(self.layout, place, number, text), **error.parts))
            return None
        if moment is None:
            self.read.problems.append(say("table-blank-key", **place_of(self.layout, place, number), what="month"))
        return moment

    def _where(self, number: int, said: dict[str, str]) -> tuple[str, ...] | None:
        found = []
        for role in WHERE[self.mapping.to]:
            text = said.get(role, "") or self.given.get(role, "")
            if not text and role in self.keys:
                place = self.keys[role]
                self.read.problems.append(say("table-blank-key", **place_of(self.layout, place, number), what=role))
                return None
            word = self._word(role, text) if text else ""
            if word is None:
                self._unknown.setdefault((role, text), []).append(number)
                return None
            found.append(word)
        return tuple(found)

    def _measure(self, number: int, said: dict[str, str]) -> str | None:
        """The measure that a row says ("" where its columns do); None where it isn't read."""
        text = said.get("measure", "")
        if "measure" not in said:
            return self.given.get("measure", "").removeprefix(OWN)
        if not text:
            where = place_of(self.layout, self.keys["measure"], number)
            self.read.problems.append(say("table-blank-key", **where, what="measure"))
            return None
        word = self._word("measure", text)
        if word is None:
            self._unknown.setdefault(("measure", text), []).append(number)
            return None
        return word

    def _word(self, role: str, text: str) -> str | None:
        """What a cell of a key column stands for; None where nothing is known by it."""
        key = (role, text)
        if key not in self._words:
            self._words[key] = self._looked_up(role, text)
        return self._words[key]

    def _looked_up(self, role: str, text: str) -> str | None:
        if role == "site":
            return self._site_word(dict(self.mapping.sites).get(text, text))
        if role == "as_of":
            try:
                return str(read_cell(self.sheet.column("as_of"), text, Reading(known={})))
            except CellError:
                return None
        if role != "measure":
            return text
        word = dict(self.mapping.names).get(text)
        if word is not None:
            return None if word == NOT_READ else word.removeprefix(OWN)
        if self.mapping.to == "workforce":
            return next((value for value in VALUES["workforce"] if value == text.lower()), None)
        if self.mapping.to == "community":  # an open list
            known = known_area_measure(text)
            return known.name if known else text
        found = known_measure(text)
        return found.name if found and found.sure else None

    def _site_word(self, text: str) -> str | None:
        return "" if text == WHOLE else self.sites.find(text)

    def _tell_unknown(self) -> None:
        """Names that nothing is known by, each once with its rows."""
        for (role, text), rows in self._unknown.items():
            self.read.left_out += [LeftOut("not known", row, "", text) for row in rows]
            if role == "measure" and dict(self.mapping.names).get(text) == NOT_READ:
                continue
            where = place_of(self.layout, self.keys[role], rows[0], text)
            code = {"site": "table-site", "as_of": "table-as-of"}.get(role, "table-measure")
            parts: dict[str, Any] = {"rows": len(rows), "table": self.mapping.name, "hint": self.sites.hint(text)}
            self.read.problems.append(say(code, **where, **parts))

    def _count(self, number: int, place: Place, text: str, what: str) -> Count | None:
        if not text:
            return Count.blank()
        hours = what == "hours" and self.mapping.to == "workforce"
        found = self._counts.get((hours, text))
        if found is None:
            column = self.sheet.column("hours" if hours else "hires" if self.mapping.to == "workforce" else "value")
            try:
                found = count_of(column, text, decimal_comma=self.layout.grid.decimal_comma)
            except CellError as error:
                found = error
            self._counts[hours, text] = found
        if isinstance(found, CellError):
            self.read.problems.append(say(found.code, **place_of(self.layout, place, number, text), **found.parts))
            return None
        for code in found[1]:
            self.read.problems.append(say(code, **place_of(self.layout, place, number, text)))
        return found[0]

    def _total_row(self, number: int, cells: tuple[str, ...], said: dict[str, str], over: str) -> None:
        """A row of totals over the sites, the months or the measures: kept to check the rows that it sums."""
        text = said.get(over, "") or next(filter(None, cells))
        self._leave_out(number, cells, "a row of averages" if is_average(text) else "a row of totals")
        if is_average(text):
            return
        try:
            moment = None if over == "month" else self.month_of(cells)
        except CellError:
            moment = None
        where: tuple[str, ...] | None = None
        if over not in WHERE[self.mapping.to]:
            words = [
                self._word(r, t) if (t := said.get(r) or self.given.get(r, "")) else None
                for r in WHERE[self.mapping.to]
            ]
            where = tuple(word for word in words if word is not None) if None not in words else None
        measure = None if over == "measure" else self._word("measure", said["measure"]) if said.get("measure") else None
        measure = measure or self.given.get("measure", "").removeprefix(OWN) or None
        for column in self.values:
            index = column.place.index
            figure = cells[index] if index < len(cells) else ""
            if not figure or column.total:
                continue
            try:
                count, _ = count_of(self.sheet.column("value" if self.mapping.to != "workforce" else "hours"), figure,
                                    decimal_comma=self.layout.grid.decimal_comma)  # fmt: skip
            except CellError:
                place = place_of(self.layout, column.place, number, figure)
                self.read.problems.append(say("table-total-unread", **place))
                continue
            month = column.month or (moment.month if moment else None)
            at = where if not column.site else (self._site_word(column.site) or "",)
            what = None if over == "measure" else column.what or measure
            total = Total(number, index, month, year_said(text), at, what, count, False, self._since.get(over, 0))
            self.read.totals.append(total)
        self._since[over] = number
