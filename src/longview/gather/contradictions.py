"""What can't all be true at once, within a row, between rows and between files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from longview.gather.rows import Row, Sheet
from longview.program import Effect, Option, Problem, levers

Sheets = Mapping[str, Sheet]


def contradictions(sheets: Sheets) -> list[Problem]:
    """All contradictions in the sheets that could be read."""
    checks = (_sessions, _staff, _funds, _spans, _options, _asks, _circles, _effects, _sets, _accounts, _doubled_counts)
    return [problem for check in checks for problem in check(sheets)]


def _rows(sheets: Sheets, name: str) -> tuple[Row, ...]:
    return sheets[name].rows if name in sheets else ()


def _sessions(sheets: Sheets) -> Iterator[Problem]:
    for row in _rows(sheets, "sessions"):
        if row.value.end <= row.value.start:
            yield sheets["sessions"].problem("past-midnight", row, "to", start=f"{row.value.start:g}")


def _staff(sheets: Sheets) -> Iterator[Problem]:
    for row in _rows(sheets, "staff"):
        if row.value.filled > row.value.people:
            yield sheets["staff"].problem("overfilled", row, "filled", people=row.value.people)


def _funds(sheets: Sheets) -> Iterator[Problem]:
    for row in _rows(sheets, "funds"):
        fund, sheet = row.value, sheets["funds"]
        if fund.last is not None and fund.last < fund.first:
            yield sheet.problem("ends-before", row, "until", start=fund.first)
        if fund.pays == "per-unit":
            for column in ("unit", "unit_price"):
                if getattr(fund, column) is None:
                    yield sheet.problem("per-unit-needs", row, column, column_words=column)
        for item in fund.may_pay:
            if item in fund.never_pays:
                forbids = f"the preset {fund.preset}" if fund.preset else "never_pays"
                yield sheet.problem("pays-clash", row, "may_pay", item=item, forbids=forbids)


def _spans(sheets: Sheets) -> Iterator[Problem]:
    for row in _rows(sheets, "costs"):
        cost = row.value
        if cost.first is not None and cost.last is not None and cost.last < cost.first:
            yield sheets["costs"].problem("ends-before", row, "until", start=cost.first)
    for row in _rows(sheets, "deliverables"):
        promise = row.value
        if promise.first is not None and promise.by < promise.first:
            yield sheets["deliverables"].problem("ends-before", row, "by", start=promise.first)


def _options(sheets: Sheets) -> Iterator[Problem]:
    for row in _rows(sheets, "choices"):
        option, sheet = row.value, sheets["choices"]
        levels = {"least": option.least, "most": option.most, "step": option.step}
        if option.kind != "level":
            for column, value in levels.items():
                if value is not None:
                    yield sheet.problem("level-only", row, column)
            continue
        for column, value in levels.items():
            if value is None:
                yield sheet.problem("level-needs", row, column, example=4)
        if option.least is not None and option.most is not None and option.least > option.most:
            yield sheet.problem("level-order", row, "least", most=f"{option.most:g}")
        if option.step is not None and option.step <= 0:
            yield sheet.problem("level-step", row, "step")


def _asks(sheets: Sheets) -> Iterator[Problem]:
    """An ask or a decline of no fund; two asks of one fund, which would come with the last of them alone."""
    first: dict[str, Row] = {}
    for row in _rows(sheets, "choices"):
        option, sheet = row.value, sheets["choices"]
        if option.kind in ("ask", "decline") and option.fund is None:
            yield sheet.problem("needs-fund", row, "fund", kind=option.kind)
        elif option.kind == "ask" and first.setdefault(option.fund, row) is not row:
            yield sheet.problem("asked-twice", row, "fund", fund=option.fund, other=first[option.fund].number)


def _accounts(sheets: Sheets) -> Iterator[Problem]:
    """An account of the books that is told to hold two items, or one twice."""
    first: dict[str, Row] = {}
    for row in _rows(sheets, "account_items"):
        name = " ".join(row.value.account.casefold().split())
        if name in first:
            yield sheets["account_items"].problem("account-twice", row, "account", other=first[name].number)
        first.setdefault(name, row)


def _circles(sheets: Sheets) -> Iterator[Problem]:
    """Options that require one another in a circle (told once each), or what they exclude."""
    rows = {row.value.id: row for row in _rows(sheets, "choices")}
    told: set[frozenset[str]] = set()
    for row in rows.values():
        option: Option = row.value
        circle = _circle(option.id, {name: found.value for name, found in rows.items()})
        if circle and frozenset(circle) not in told:
            told.add(frozenset(circle))
            yield sheets["choices"].problem("requires-itself", row, "requires", circle=" → ".join([*circle, circle[0]]))
        for both in _needed(option, rows):
            if both in option.excludes or (both in rows and option.id in rows[both].value.excludes):
                yield sheets["choices"].problem("requires-excluded", row, "requires", option=both)


def _needed(option: Option, rows: Mapping[str, Row]) -> list[str]:
    """What an option requires, what that requires, and so on, in order; never itself."""
    found = [name for name in dict.fromkeys(option.requires) if name != option.id]
    for name in found:
        if name in rows:
            found += [more for more in rows[name].value.requires if more not in (*found, option.id)]
    return found


def _circle(start: str, options: Mapping[str, Option]) -> list[str] | None:
    """The way from an option through what it requires back to itself; None where there is none."""
    paths = [[start]]
    seen: set[str] = set()
    while paths:
        path = paths.pop()
        for needed in options[path[-1]].requires if path[-1] in options else ():
            if needed == start:
                return path
            if needed not in seen:
                seen.add(needed)
                paths.append([*path, needed])
    return None


def _effects(sheets: Sheets) -> Iterator[Problem]:
    options = {row.value.id: row.value for row in _rows(sheets, "choices")}
    for row in _rows(sheets, "effects"):
        effect: Effect = row.value
        sheet = sheets["effects"]
        low = effect.value if effect.low is None else effect.low
        high = effect.value if effect.high is None else effect.high
        if not low <= effect.value <= high:
            yield sheet.problem("low-high", row, "low" if low > effect.value else "high")
        lever = levers().get(effect.lever)
        if lever is None:
            continue
        option = options.get(effect.option)
        level = option.most if option is not None and option.most is not None else 1.0
        if not lever.low <= _moved(effect, lever.today, level) <= lever.high:
            yield sheet.problem(
                "outside-lever",
                row,
                "value",
                lever=lever.id,
                least=f"{lever.low:g}",
                most=f"{lever.high:g}",
                words=lever.words,
                unit=lever.unit,
                at=f" at level {level:g}" if level != 1 else "",
            )


def _moved(effect: Effect, today: float, level: float) -> float:
    """The lever's value under this effect alone, at that level (DESIGN: add scales linearly, multiply as a power)."""
    if effect.op == "set":
        return effect.value
    if effect.op == "add":
        return today + effect.value * level
    try:
        return today * float(effect.value) ** level if effect.value >= 0 else -1.0
    except OverflowError:
        return float("inf")


def _sets(sheets: Sheets) -> Iterator[Problem]:
    """Two `set`s on one lever by options that can be done together: which of them would win is not defined."""
    options = {row.value.id: row.value for row in _rows(sheets, "choices")}
    setting = [row for row in _rows(sheets, "effects") if row.value.op == "set"]
    for place, row in enumerate(setting):
        for other in setting[:place]:
            if row.value.lever == other.value.lever and not _apart(row.value.option, other.value.option, options):
                yield sheets["effects"].problem("two-sets", row, "op", other=other.number)
                break


def _apart(a: str, b: str, options: Mapping[str, Option]) -> bool:
    """Whether two options exclude each other, so that only one of them is ever done."""
    return any(two in options[one].excludes for one, two in ((a, b), (b, a)) if one in options)


def _doubled_counts(sheets: Sheets) -> Iterator[Problem]:
    """One month told twice for the same thing."""
    for name, keys, column in (
        ("services", ("month", "site", "measure"), "month"),
        ("community", ("month", "over", "area", "case", "measure", "source"), "month"),
        ("rates", ("month", "over", "area", "case", "measure", "source"), "month"),
        ("workforce", ("month", "role"), "month"),
    ):
        by_key: dict[tuple[object, ...], list[Row]] = {}
        for row in _rows(sheets, name):
            by_key.setdefault(tuple(getattr(row.value, key) for key in keys), []).append(row)
        for rows in by_key.values():
            for first, second in pairwise(rows):
                yield sheets[name].problem("row-twice", second, column, other=first.number)
