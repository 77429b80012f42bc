"""`plan.toml`: readable and editable by hand, never overwritten, and read back with all that is wrong told at once."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import tomlkit

from longview.plan.placing import placed
from longview.program import Month
from longview.program.problems import Problem
from longview.results import Commitment, Outlook, Plan

FILE, NEW_FILE = "plan.toml", "plan.new.toml"
FORMAT = 1
READ_SERIES = frozenset(Outlook.__dataclass_fields__)
"""Series of results that a commitment's sign may be."""
_HEAD = (
    "The plan: who does what by when, with whose money. It is yours to edit; Longview never writes over it.",
    "If the numbers change, the new plan is put beside it, in plan.new.toml: compare, and keep what you want.",
    "Years are plan years, named by the year in which they end.",
)
_WORDS = {
    "what": "what we promise",
    "who": "a role, not a name",
    "by": "the month from which it runs",
    "indicator": "the sign that it works, one of the results' series",
    "kind": "of the choice: level, once, yes-no, ask, stop or decline",
    "whatever_happens": "true: it stands in all three plans, on expected money, after a cut and with the ask granted",
    "look_again": "look again if: series, < or >, value, by, the year in which the plan year ends; or in "
    "your own words",
}


def write_plan(plan: Plan, folder: Path) -> Path:
    """Write a plan into a program's folder, beside what is there, and say where.

    `plan.toml` is written if there is none, or if it says the same already; else `plan.new.toml` is, which Longview may
    replace. A file is either whole or not there.

    Raises:
        OSError: the folder can't be written to.
    """
    text = plan_text(plan)

    def write(half: Path) -> None:
        half.write_text(text, encoding="utf-8", newline="\n")

    return placed(folder, FILE, NEW_FILE, lambda there: _same(there, text), write)


def _same(place: Path, text: str) -> bool:
    try:
        return place.read_text(encoding="utf-8") == text
    except (OSError, UnicodeDecodeError):
        return False


def plan_text(plan: Plan) -> str:
    """A plan as the text of `plan.toml`."""
    document = tomlkit.document()
    for line in _HEAD:
        document.add(tomlkit.comment(line))
    document.add(tomlkit.nl())
    document["format"] = FORMAT
    document["program"] = plan.program
    document["first_month"] = str(plan.first_month)
    document["years"] = plan.years
    rests = tomlkit.table()
    rests.comment("what these numbers rest on; leave it as it is")
    for key in ("records_hash", "evidence_hash", "version"):
        rests[key] = getattr(plan, key)
    document["rests_on"] = rests
    promises = tomlkit.aot()
    for commitment in plan.commitments:
        promises.append(_table(commitment))
    document["commitment"] = promises
    return tomlkit.dumps(document)


def _table(commitment: Commitment) -> Any:
    table = tomlkit.table()
    table["id"] = commitment.id
    table["option"] = commitment.option
    for key in ("what", "kind", "who", "by", "indicator", "look_again"):
        value = getattr(commitment, key)
        table[key] = str(value) if isinstance(value, Month) else value
        table[key].comment(_WORDS[key])
    table.add("whatever_happens", tomlkit.item(commitment.whatever_happens).comment(_WORDS["whatever_happens"]))
    money = tomlkit.table()
    money.comment("fund, then plan year: what we expect it to pay, in that year's own money")
    for fund, amounts in commitment.money.items():
        inside = tomlkit.inline_table()
        for year, amount in amounts.items():
            inside[str(year)] = _number(amount)
        money[fund] = inside
    table["money"] = money
    path = tomlkit.table()
    path.comment("the sign's path by plan year; low to high holds 8 futures in 10")
    for end in ("expected", "low", "high"):
        inside = tomlkit.inline_table()
        for year, value in getattr(commitment, end).items():
            inside[str(year)] = _plain(value)
        path[end] = inside
    table["path"] = path
    return table


def _number(amount: Decimal) -> Any:
    """Whole money as a number, money with cents as text: a float would not keep its cents."""
    return int(amount) if amount == amount.to_integral_value() else str(amount)


def _plain(value: float) -> Any:
    return int(value) if float(value).is_integer() and abs(value) < 2**53 else float(value)


def read_plan(path: Path) -> tuple[Plan | None, list[Problem]]:
    """Read `plan.toml` (the file, or the folder that holds it); a person may have edited it.

    Returns:
        The plan and no problem, or None and everything that is wrong.
    """
    place = path / FILE if path.is_dir() else path
    try:
        table = tomllib.loads(place.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None, [_problem(place.name, None, "", "there is no plan here yet", "make one:  longview plan")]
    except (OSError, UnicodeDecodeError) as error:
        return None, [
            _problem(
                place.name,
                None,
                "",
                f"this can't be read: {_why(error)}",
                "close it elsewhere, and save it as UTF-8 text",
            )
        ]
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        return None, [
            _problem(
                place.name,
                None,
                "",
                f"the file can't be read as TOML: {error}",
                "mend the line named; text stands in quotation marks",
            )
        ]
    reader = _Reader(place.name)
    plan = reader.plan(table)
    return (None, reader.problems) if reader.problems else (plan, [])


def _why(error: Exception) -> str:
    return (
        "it is not UTF-8 text"
        if isinstance(error, UnicodeDecodeError)
        else getattr(error, "strerror", None) or "no access"
    )


def _problem(file: str, column: str | None, found: object, expected: str, instead: str) -> Problem:
    text = " ".join(str(found).split())
    return Problem(
        file, None, column, text[:57] + "…" if len(text) > 58 else text, expected, instead, "problem", "plan-file"
    )


class _Reader:
    """Reads a table and remembers all that is wrong with it."""

    def __init__(self, file: str) -> None:
        self.file, self.problems = file, list[Problem]()

    def wrong(self, place: str, found: object, expected: str, instead: str) -> None:
        self.problems.append(_problem(self.file, place, found, expected, instead))

    def text(self, table: Mapping[str, Any], key: str, place: str) -> str:
        value = table.get(key)
        if isinstance(value, str):
            return value
        self.wrong(place + key, "nothing" if value is None else value, "text is wanted here", f'write {key} = "…"')
        return ""

    def month(self, table: Mapping[str, Any], key: str, place: str) -> Month:
        value = table.get(key)
        try:
            return Month.parse(value if isinstance(value, str) else "")
        except ValueError:
            self.wrong(
                place + key,
                "nothing" if value is None else value,
                "a month is wanted here",
                'write the year first: "2027-01"',
            )
            return Month(2000, 1)

    def plan(self, table: Mapping[str, Any]) -> Plan:
        if table.get("format") != FORMAT:
            self.wrong(
                "format",
                table.get("format", "nothing"),
                f"this release reads format {FORMAT}",
                f"write  format = {FORMAT}",
            )
        years = table.get("years")
        if not isinstance(years, int) or isinstance(years, bool) or not 1 <= years <= 100:
            self.wrong(
                "years", "nothing" if years is None else years, "a number of years is wanted here", "write  years = 5"
            )
            years = 1
        rests = self.table(table, "rests_on", "")
        rows = table.get("commitment", [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            self.wrong(
                "commitment", rows, "commitments stand under  [[commitment]]", "put each under its own  [[commitment]]"
            )
            rows = []
        found = [self.commitment(row, f"commitment {n}: ") for n, row in enumerate(rows, 1)]
        twice = {c.id for c in found if sum(d.id == c.id for d in found) > 1}
        for name in sorted(twice):
            self.wrong("commitment", name, "two commitments have this id", "give each its own")
        return Plan(
            program=self.text(table, "program", ""),
            first_month=self.month(table, "first_month", ""),
            years=years,
            commitments=tuple(found),
            records_hash=self.text(rests, "records_hash", "rests_on, "),
            evidence_hash=self.text(rests, "evidence_hash", "rests_on, "),
            version=self.text(rests, "version", "rests_on, "),
        )

    def table(self, table: Mapping[str, Any], key: str, place: str) -> Mapping[str, Any]:
        value = table.get(key, {})
        if isinstance(value, dict):
            return value
        self.wrong(place + key, value, "a table is wanted here", f"put its lines under  [{key}]")
        return {}

    def commitment(self, row: Mapping[str, Any], place: str) -> Commitment:
        what = {key: self.text(row, key, place) for key in ("id", "option", "what", "who", "indicator", "look_again")}
        if what["indicator"] and what["indicator"] not in READ_SERIES:
            self.wrong(
                place + "indicator",
                what["indicator"],
                "no such series of results",
                "write one such as visits, kits_given, quits",
            )
        what["kind"] = self.text(row, "kind", place) if "kind" in row else "yes-no"
        first = row.get("whatever_happens", False)
        if not isinstance(first, bool):
            self.wrong(
                place + "whatever_happens", first, "true or false is wanted here", "write  whatever_happens = true"
            )
            first = False
        funds = self.table(row, "money", place)
        path = self.table(row, "path", place)
        return Commitment(
            **what,
            by=self.month(row, "by", place),
            whatever_happens=first,
            money={fund: self.years(funds, fund, place + "money, ", _money) for fund in funds},
            expected=self.years(path, "expected", place + "path, ", _float),
            low=self.years(path, "low", place + "path, ", _float),
            high=self.years(path, "high", place + "path, ", _float),
        )

    def years(self, table: Mapping[str, Any], key: str, place: str, convert: Callable[[Any], Any]) -> dict[int, Any]:
        found: dict[int, Any] = {}
        for year, value in self.table(table, key, place).items():
            try:
                if not (year.isascii() and year.isdigit()):
                    raise ValueError(year)
                found[int(year)] = convert(value)
            except (ValueError, TypeError, InvalidOperation):
                self.wrong(
                    f"{place}{key}",
                    f"{year} = {value}",
                    "a year and a number are wanted here",
                    "write, for example,  2027 = 1200",
                )
        return found


def _money(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise TypeError
    found = Decimal(str(value).replace(",", ""))
    if not found.is_finite():
        raise ValueError
    return found


def _float(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    return float(value)
