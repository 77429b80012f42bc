"""From what was said to a whole program: every other figure filled in, and each of those marked with where it is from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING
from dataclasses import fields as attributes
from decimal import Decimal
from operator import attrgetter
from typing import Any

from longview.gather.filled import Filled, row_key, written
from longview.gather.names import slug
from longview.gather.starting.answers import Answers, example
from longview.gather.starting.choices import choices
from longview.gather.starting.parts import Parts, costs, fund_rows, posts, sessions, site, supplies
from longview.gather.starting.sources import Sources
from longview.gather.starting.sums import MONTHS, sums
from longview.program import Column, Month, Program, Range, Sheet, fields, types

FIGURES = frozenset(
    {"whole", "number", "share", "money", "month", "months", "time", "range", "shares", "choice", "yes-no"}
)
"""Types of columns whose cells are marked; names and references are read for what they are."""

STRUCTURE = frozenset({("choices", "kind"), ("effects", "op"), ("prices", "how")})
"""Choice columns that say how a row is meant, not how things are."""

RECORDS = 12
"""Months of records that a program is thought to bring: what "today" is read from."""


def fill(answers: Answers, this_month: Month) -> tuple[Program, list[Filled]]:
    """The program, and every figure in it that no answer gave.

    Args:
        this_month: the month in which it is made; where no first month is said, the plan starts in the next.

    Raises:
        ValueError: answers that contradict one another; the sentence says which, and what to say instead.
    """
    from longview.evidence import load

    rows = load().rows
    starts = answers.starts or this_month.plus(1)
    years = fields()["program"].column("price_year")
    if not (years.least or 0) <= starts.year <= (years.most or starts.year):
        raise ValueError(f"{starts} can't be planned: write a month of the years {years.least} to {years.most}")
    told = Sources(example()["source"])
    parts = Parts(answers, starts, sums(answers, starts.year, rows), rows, told)
    program = _program(parts)
    return program, list(_marked(program, told))


def _program(parts: Parts) -> Program:
    answers, known, told = parts.answers, parts.sums, parts.told
    staff = posts(parts)
    place = site(parts)
    options, effects, prices = choices(parts, staff)
    told.fact("area_shares", "", answered=True)
    told.fact("price_year", "the year of the first month to plan")
    told.fact("first_month", "a year before the first month to plan, until records are brought in")
    told.fact("plan_from", "the month after this was made", answered=answers.starts is not None)
    return Program(
        id=slug(answers.name) or "program",
        name=answers.name,
        place=answers.place or "not said yet",
        currency="USD",
        price_year=parts.starts.year,
        first_month=parts.starts.plus(-RECORDS),
        plan_from=parts.starts,
        people=_people(parts),
        area_shares={answers.area: answers.share} if answers.area and answers.share is not None else {},
        free_cash=Decimal(round(example()["cash_months"] * known.spent / MONTHS, -2)),
        sites=(place,),
        sessions=sessions(parts, place),
        posts=staff,
        funds=fund_rows(parts),
        costs=costs(parts),
        supplies=supplies(parts),
        options=options,
        effects=effects,
        prices=prices,
    )


def _people(parts: Parts) -> Range:
    """As told; one figure with the doubt that the nation's has; else from the participants that the money reaches."""
    said, told = parts.answers.people, parts.told
    if isinstance(said, Range):
        told.fact("people", "", answered=True)
        return said
    if said is not None:
        nation = parts.rows["pwid_us"]
        told.fact("people", f"your own figure; low and high as wide as for the whole nation (pwid_us, {nation.grade})")
        return Range(_round(said * nation.low / nation.best), said, _round(said * nation.high / nation.best))
    reach = parts.rows["reach_us_other"]
    told.fact(
        "people",
        f"about {parts.sums.participants:.0f} participants for this money ({parts.sums.source}), over the share of people "
        f"that a program reaches (reach_us_other, {reach.grade})",
    )
    return Range(*(_round(parts.sums.participants / share) for share in (reach.high, reach.best, reach.low)))


def _round(people: float) -> float:
    """A number of people with two digits that mean something."""
    return float(f"{max(1.0, people):.2g}")


def _marked(program: Program, told: Sources) -> Iterator[Filled]:
    """Every figure that says something else than a blank cell would, and that no answer gave."""
    for name, sheet in fields().items():
        if sheet.into.startswith("records."):
            continue
        for value in attrgetter(sheet.into)(program) if sheet.into else (program,):
            key = row_key(name, value) if sheet.into else ""
            for column in sheet.columns:
                if _is_figure(sheet, column, getattr(value, column.field)):
                    row = key or column.column
                    if source := told.of(name, row, column.column):
                        yield Filled(name, row, column.column, written(column, getattr(value, column.field)), source)


def _is_figure(sheet: Sheet, column: Column, value: Any) -> bool:
    if column.type not in FIGURES or (sheet.name, column.column) in STRUCTURE:
        return False
    if value is None or value == () or value == {}:
        return False
    default = next(one.default for one in attributes(getattr(types, sheet.type)) if one.name == column.field)
    return default is MISSING or bool(value != default)


__all__ = ["fill"]
