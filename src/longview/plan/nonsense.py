"""What an edited plan says that cannot be meant: told all at once, and nothing is changed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from longview.plan.budget import FREE, year_keys
from longview.plan.files import FILE, READ_SERIES
from longview.program import Program
from longview.program.problems import Problem
from longview.results import Commitment, Plan

KINDS = ("level", "once", "yes-no", "ask", "stop", "decline")
_TRIGGER = re.compile(r"(?P<series>[a-z_]+)\s*(?P<side>[<>])\s*(?P<value>\S+)\s+by\s+(?P<year>\S+)")


def plan_problems(plan: Plan, program: Program, file: str = FILE) -> list[Problem]:
    """Everything in a plan that its program contradicts, or that contradicts itself.

    A trigger in a person's own words is hers; one that begins like ours (`series < value by year`) must be readable.

    Args:
        program: as the plan was made on it (`program.with_asks`).
    """
    found: list[Problem] = []
    if plan.program != program.id:
        found.append(_told(file, "program", plan.program, "this plan is of another program", f'write "{program.id}"'))
    for number, commitment in enumerate(plan.commitments, start=1):
        for column, what, wrong, instead in _of(commitment, plan, program):
            found.append(_told(file, f"commitment {number}: {column}", what, wrong, instead))
    return found


def _told(file: str, column: str, found: object, expected: str, instead: str) -> Problem:
    return Problem(file, None, column, str(found)[:58], expected, instead, "problem", "plan-file")


def _of(c: Commitment, plan: Plan, program: Program) -> list[tuple[str, object, str, str]]:
    options, funds = {o.id for o in program.options}, {f.id for f in program.funds} | {FREE}
    years = year_keys(plan.first_month, plan.years)
    last = plan.first_month.plus(12 * plan.years - 1)
    found: list[tuple[str, object, str, str]] = []
    if c.option not in options:
        found.append(("option", c.option, "no such option in choices", "write the id of one that is there"))
    if c.kind not in KINDS:
        found.append(("kind", c.kind, "no such kind of option", f"write one of {', '.join(KINDS)}"))
    for name, value in (("what", c.what), ("who", c.who)):
        if not value.strip():
            found.append((name, "nothing", "a promise says what, and a role that sees to it", f'write {name} = "…"'))
    if not plan.first_month <= c.by <= last:
        found.append(("by", c.by, f"the plan runs from {plan.first_month} to {last}", "write a month within it"))
    found += [
        ("money", fund, "no such fund", f"write one of {', '.join(sorted(funds))}")
        for fund in c.money
        if fund not in funds
    ]
    for fund, amounts in c.money.items():
        found += _years(f"money, {fund}", amounts, years)
        if c.kind != "stop":
            found += [
                (f"money, {fund}", f"{year} = {amount}", "money that a fund pays is not below zero", "write 0 or more")
                for year, amount in amounts.items()
                if amount < 0
            ]
    for end, path in (("expected", c.expected), ("low", c.low), ("high", c.high)):
        found += _years(f"path, {end}", path, years)
    for year in sorted(c.low.keys() & c.high.keys()):
        if c.low[year] > c.high[year]:
            text = f"{year}: {c.low[year]:g} to {c.high[year]:g}"
            found.append(("path", text, "low lies above high", "write the smaller of the two under low"))
    return [*found, *_trigger(c, years)]


def _years(place: str, table: Iterable[int], years: tuple[int, ...]) -> list[tuple[str, object, str, str]]:
    wanted = f"plan years are named {years[0]} to {years[-1]}, by the year in which they end"
    return [(place, year, wanted, "write one of these years") for year in table if year not in years]


def _trigger(c: Commitment, years: tuple[int, ...]) -> list[tuple[str, object, str, str]]:
    said = _TRIGGER.fullmatch(c.look_again.strip())
    if said is None:
        return []
    wrong = []
    if said["series"] not in READ_SERIES:
        wrong.append("no such series of results")
    try:
        float(said["value"])
    except ValueError:
        wrong.append("after < or > stands a number")
    if said["year"] not in {str(year) for year in years}:
        wrong.append(f"after by stands a plan year, {years[0]} to {years[-1]}")
    instead = "write, for example,  visits < 4800 by 2027  or say it in your own words"
    return [("look_again", c.look_again, "; ".join(wrong), instead)] if wrong else []


__all__ = ["plan_problems"]
