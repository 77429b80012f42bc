"""A table, read by its mapping, as an `Import` of services, community or workforce; money is in `ledger_table`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from longview.gather.grids import Grid
from longview.gather.imported import Import
from longview.gather.importers.entries import Entry, EntryReader, LeftOut, Read, place_of
from longview.gather.importers.layout import Layout, layout_of
from longview.gather.importers.ledger_table import read_ledger
from longview.gather.importers.mapping import NOT_READ, SUM, Mapping
from longview.gather.importers.measures import PEOPLE
from longview.gather.importers.moments import not_a_date
from longview.gather.importers.personal import personal_columns
from longview.gather.importers.table_totals import check_totals
from longview.gather.telling import runs
from longview.program import (
    CommunityCount,
    Count,
    Month,
    Problem,
    Program,
    ServiceCount,
    WorkforceMonth,
    fields,
    say,
    shortened,
    total,
)

SAMPLE = 100
LONGEST_WINDOW = 40  # letters of a cell that names a time
_WORDS = re.compile(r"[^\W\d_]{2}")
_NOBODYS = re.compile(
    r"yes|no|n/?a|none|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?", re.IGNORECASE
)
_BELOW = re.compile(r"(?:<|less than|fewer than|under)\s*\d", re.IGNORECASE)
_FORBIDDEN = "wonder.cdc.gov", "cdc wonder"  # whose rules forbid working out hidden counts


def apply(
    grid: Grid, mapping: Mapping, program: Program | None, *, dates: str | None = None
) -> tuple[Import, list[Problem]]:
    """Rows of the sheet `mapping.to` from a grid, and what could not be read or should be looked at.

    Every cell is in a row, or in a column, row or cell that a problem or a sentence of `told` names.

    Args:
        grid: one table as it stands. mapping: what it means (`guess`, or `remembered`).
        program: whose sites and funds its names are.
        dates: the order of day and month, where the mapping doesn't say it.
    """
    empty = Import("table", (grid.file,), "")
    layout = layout_of(grid)
    if layout is None:
        return empty, [say("table-no-header", file=grid.file)]
    problems = _missing_columns(layout, mapping)
    personal = tuple(personal_of(layout))
    problems += _windows(layout)
    problems += [say("table-personal", file=grid.file, row=layout.header, column=label)
                 for label in personal if mapping.role(label) not in (None, NOT_READ)]  # fmt: skip
    if problems:
        return empty, problems
    if dates:
        mapping = mapping.with_(dates=dates)
    if mapping.to == "money":
        read, rows, told = read_ledger(layout, mapping, program)
    else:
        read, rows, told = _counts(layout, mapping, program)
    events = mapping.to != "money" and mapping.rows == SUM and _says_more(layout, mapping)
    told = [*told, *left_out_words(layout, read.left_out, quoted=not (personal or events))]
    made = _imported(grid, layout, mapping, rows, told, personal)
    return replace(made, events=events), read.problems


def _says_more(layout: Layout, mapping: Mapping) -> bool:
    """Whether words stand in a column that isn't read: beside rows finer than a month, of persons or events perhaps."""
    return any(
        any(_WORDS.search(cell) and not _NOBODYS.fullmatch(cell) for _, cell in layout.cells(place, SAMPLE))
        for place in layout.places
        if not place.month and mapping.role(place.label) in (None, NOT_READ)
    )


def personal_of(layout: Layout) -> list[str]:
    """Labels of columns that look as if they told who somebody is; months of a header never do."""
    places = [place for place in layout.places if not place.month]
    sample = [[cells[p.index] if p.index < len(cells) else "" for p in places] for _, cells in layout.body[:SAMPLE]]
    return personal_columns([place.label for place in places], sample)


def left_out_words(layout: Layout, left_out: Iterable[LeftOut], *, quoted: bool = True) -> list[str]:
    """What was passed over, a sentence for each reason.

    Args:
        quoted: whether cells may be quoted; not those of a table of persons or events, since the sentences are kept.
    """
    columns: dict[str, list[str]] = {}
    rows: dict[str, list[LeftOut]] = {}
    for one in left_out:
        if one.row is None:
            columns.setdefault(one.why, []).append(f"{one.letter} ({shortened(one.text, 30)})")
        else:
            rows.setdefault(one.why, []).append(one)
    titles = [number for number, _ in layout.titles]
    told = [f"Above the table, row {runs(titles)}: a title, not read."] if titles else []
    told += [f"Column {', '.join(names)}: {why}." for why, names in columns.items()]
    for why, some in rows.items():
        first = shortened(some[0].text, 40)
        rows_of = [one.row for one in some if one.row is not None]
        many = f" ({len(rows_of)} rows)" if len(rows_of) > 1 else ""
        told.append(f"Row {runs(rows_of)}{many}: {why}, left out" + (f" (“{first}”)." if quoted else "."))
    return told


def _missing_columns(layout: Layout, mapping: Mapping) -> list[Problem]:
    have = {place.label for place in layout.places}
    problems = [
        say(
            "table-column-missing",
            file=layout.grid.file,
            row=layout.header,
            column=label,
            role=role,
            table=mapping.name,
        )
        for label, role in mapping.columns
        if role != NOT_READ and label not in have and not any(mapping.role(place) == role for place in have)
    ]
    if mapping.across and not layout.across:
        problems.append(say("table-no-month", file=layout.grid.file, row=layout.header))
    return problems


def _windows(layout: Layout) -> list[Problem]:
    """A column that says of each row that it is of a longer time ("12 month-ending"): no figure is then of a month."""
    for place in layout.places:
        cells = [] if place.month else layout.cells(place, SAMPLE)
        if any(len(text) > LONGEST_WINDOW for _, text in cells):
            continue  # a sentence that names a year or a week, as the title of a source does
        said = [error.parts["what"] for _, text in cells if (error := not_a_date(text)).code == "dates-window"]
        words = [text for _, text in cells if any(c.isalpha() for c in text)]
        if len(words) == len(cells) and len(said) * 2 > len(cells):
            return [say("dates-window", **place_of(layout, place, *cells[0]), what=said[0])]
    return []


def _counts(layout: Layout, mapping: Mapping, program: Program | None) -> tuple[Read, list[Any], list[str]]:
    read = EntryReader(layout, mapping, program).all()
    told: list[str] = []
    if mapping.to != "community":
        _above_zero(read, layout, told)
    narrow = not _rules_forbid(layout, mapping)
    checked = check_totals(read.entries, read.totals, layout, narrow=narrow)
    read.problems += checked.doubts
    if checked.ties:
        told.append(f"{checked.ties} totals agree with the rows that they sum.")
    if checked.narrowed:
        told.append(f"{checked.narrowed} hidden figures were narrowed by what their totals leave for them.")
    if read.totals and not narrow:
        told.append("No hidden figure was worked out from totals: CDC WONDER's rules of use forbid it.")
    if checked.not_checked:
        told.append(
            f"{checked.not_checked} totals were not checked: different people can't be summed, or no row is under them."
        )
    _empty_ends(read, told)
    series = _together(read, mapping, layout, told)
    make = {"services": _service, "community": _community}.get(mapping.to)
    rows = [make(*key, count) for key, count in series.items()] if make else _workforce(series)
    return read, rows, told


def _above_zero(read: Read, layout: Layout, told: list[str]) -> None:
    """A program's own `<5` is 1 to 4 where the same series shows zeros, else 0 to 4."""
    zeros = {(entry.where, entry.what) for entry in read.entries if entry.value.exact and entry.value.low == 0}
    maybe = [
        entry
        for entry in read.entries
        if (entry.where, entry.what) in zeros
        and entry.value.kind == "hidden"
        and entry.value.low == 0
        and entry.value.high
    ]
    cells = dict(layout.body) if maybe else {}
    raised = [entry for entry in maybe if _BELOW.match(cells[entry.row][entry.index])]
    for entry in raised:
        entry.value = Count.between(1, entry.value.high)
    if raised:
        first = raised[0]
        said = cells[first.row][first.index]
        told.append(
            f"Read as 1 or more, since the same series shows zeros: {len(raised)} hidden counts, row {first.row} first ({said})."
        )


def _rules_forbid(layout: Layout, mapping: Mapping) -> bool:
    cells = [cell for _, row in (*layout.titles, *layout.body[-60:]) for cell in row if len(cell) > 9]
    said = " ".join([*cells, dict(mapping.given).get("source", "")]).lower()
    return any(word in said for word in _FORBIDDEN)


def _empty_ends(read: Read, told: list[str]) -> None:
    """Leave out the months before the first figure and after the last: a sheet laid out for the whole year."""
    months = [entry.month for entry in read.entries if entry.value.kind != "blank"]
    if not months:
        return
    first, last = min(months), max(months)
    outside = sorted({entry.month for entry in read.entries if not first <= entry.month <= last})
    if outside:
        told.append(f"Without a figure, and left out: {', '.join(map(str, outside))}.")
        read.entries = [entry for entry in read.entries if first <= entry.month <= last]


Key = tuple[Month, tuple[str, ...], str]


def _together(read: Read, mapping: Mapping, layout: Layout, told: list[str]) -> dict[Key, Count]:
    """One count for each month, place and measure: several rows of one are summed only where the mapping says so."""
    found: dict[Key, list[Entry]] = {}
    for entry in read.entries:
        found.setdefault((entry.month, entry.where, entry.what), []).append(entry)
    several = {key: some for key, some in found.items() if len(some) > 1}
    counts = {key: some[0].value for key, some in found.items()}
    if not several:
        return counts
    places = {place.index: place for place in layout.places}
    if mapping.rows != SUM:
        days = any(entry.day != some[0].day for some in several.values() for entry in some)
        for key, (first, *others) in several.items():
            del counts[key]
            for other in others if not days else others[:1]:
                where = place_of(layout, places[other.index], other.row, str(other.value))
                read.problems.append(say("table-twice", **where, other=first.row, table=mapping.name))
            if days:
                break
        return counts if not days else {}
    people = sorted({key[2] for key in several} & PEOPLE)
    for measure in people:
        entry = next(some[1] for key, some in several.items() if key[2] == measure)
        where = place_of(layout, places[entry.index], entry.row, str(entry.value))
        read.problems.append(say("table-people-summed", **where, measure=measure))
    for key, some in several.items():
        if key[2] in people:
            del counts[key]
        else:
            counts[key] = _sum([entry.value for entry in some])
    told.append(
        f"Several rows of one month were summed: {len(several)} sums of {sum(map(len, several.values()))} figures."
    )
    return counts


def _sum(counts: list[Count]) -> Count:
    """Their sum; that of a million exact ones without a million steps between."""
    if all(count.kind == "exact" for count in counts) and all(isinstance(count.low, int) for count in counts):
        return Count.of(sum(count.low for count in counts))
    return total(counts)


def _service(month: Month, where: tuple[str, ...], what: str, count: Count) -> ServiceCount:
    return ServiceCount(month, where[0] or None, what, count)


def _community(month: Month, where: tuple[str, ...], what: str, count: Count) -> CommunityCount:
    area, case, as_of, source = where
    return CommunityCount(month, area, case, what, count, as_of, source)


def _workforce(series: dict[Key, Count]) -> list[WorkforceMonth]:
    found: dict[tuple[Month, str], dict[str, Any]] = {}
    for (month, where, what), count in series.items():
        found.setdefault((month, where[0]), {})[what] = float(count.low) if what == "hours" else count
    return [WorkforceMonth(month, role, **values) for (month, role), values in found.items()]


def _imported(
    grid: Grid, layout: Layout, mapping: Mapping, rows: list[Any], told: list[str], personal: tuple[str, ...]
) -> Import:
    words = f"a table, {layout.body and len(layout.body)} rows below its names, as {fields()[mapping.to].title.lower()}"
    parts: dict[str, Any] = {mapping.to: tuple(_in_order(mapping.to, rows))}
    if mapping.to == "money":
        days = [line.date for line in rows]
        parts |= {
            "first_day": min(days, default=""),
            "last_day": max(days, default=""),
        }
    elif rows:
        months = [row.month for row in rows]
        words += f", {min(months)} to {max(months)}"
    return Import("table", (grid.file,), words, told=tuple(told), personal=personal, **parts)


def _in_order(to: str, rows: list[Any]) -> list[Any]:
    if to == "money":
        return rows
    return sorted(rows, key=lambda row: (row.month, getattr(row, "site", "") or ""))
