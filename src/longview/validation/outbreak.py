"""Kind "outbreak": an outbreak of HIV by days, its transmission fitted to the study's own size where the study says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from longview.evidence import Evidence
from longview.model import Course, Guarded, draw, model, outbreak, protection
from longview.program import Range
from longview.validation.figures import Value
from longview.validation.form import Arm, Reading, Study
from longview.validation.measures import Floats, Ran, value
from longview.validation.place import figures, inputs, made_program, stated
from longview.validation.told import Problems

KEYS: Mapping[str, str] = {
    "people": "people who inject, one of them infected on day 0",
    "begins": "the date of day 0 (2011-04-01); then other days may be dates too",
    "ends": "the last day",
    "late": "days after day 0 at which the first infection comes (0 if left out)",
    "first_found": "the day of the first diagnosis (evidence `outbreak_unseen_days` if left out)",
    "syringes_from": "the day from which people have sterile syringes (never, if left out)",
    "covered": "share of injections with a sterile syringe from then on (1 if left out)",
    "on_moud": "share of people on medication (0 if left out)",
    "fit_infected": "infections by the last day, of the study's first arm: the spread is fitted to it, in each future, and "
    "holds in all arms",
    "found": "in place of first_found: how many were found, { from = 2014-11-16, every = 7, numbers = [1, 0, 2] }: so many in each "
    "`every` days from the day `from` on (1 if left out), evenly, as far as so many have it; nobody before or after. An arm "
    "with a first_found of its own has that instead",
}
"""`found` stands last: a key's place fixes its draws."""
FOUND = ("from", "every", "numbers")
FAR = 100_000
"""Days past which nothing is counted."""
DAYS = ("ends", "first_found", "syringes_from")

SERIES: Mapping[str, str] = {
    "infected": "people infected so far",
    "unseen": "people with HIV that is not found",
    "known": "people found to have HIV so far",
    "passing": "people who may pass it on",
}
WHOLE: Mapping[str, str] = {
    "peak_unseen": "the most people with HIV that is not found",
    "peak_day": "the day of that peak",
}
MEASURES = {**SERIES, **WHOLE}

HALVINGS = 40
SPREAD_LEAST, SPREAD_MOST = 1e-5, 1.0
"""Between these the spread a day is looked for."""


@dataclass(frozen=True, slots=True)
class Found:
    """People newly found, as the study counted them: `numbers[i]` in the `every` days from day `since` + i·`every` on."""

    since: int
    every: int
    numbers: tuple[float, ...]

    def by_day(self, days: int) -> Floats:
        """People found on each of so many days, [days]."""
        which = (np.arange(days) - self.since) // self.every
        counted = (which >= 0) & (which < len(self.numbers))
        return np.where(counted, np.take(self.numbers, which, mode="clip") / self.every, 0.0)

    def __str__(self) -> str:
        often = "day" if self.every == 1 else f"{self.every} days"
        return f"{sum(self.numbers):g} people from day {self.since:,} on, counted every {often}"


def read_outbreak(table: Mapping[str, Any], place: str, told: Problems, base: Mapping[str, Any]) -> dict[str, Any]:
    """The table of an outbreak: figures as ranges, dates as days; `base`: what holds where this table is silent."""
    told.keys(table, KEYS, place)
    out = dict(base)
    begins = table.get("begins", base.get("begins"))
    if begins is not None:
        out["begins"] = begins
    for key, given in table.items():
        if key == "begins" or key not in KEYS:
            continue
        if key == "found":
            found = _found(given, begins, f"{place}, found", told)
            if found is not None:
                out[key] = found
            continue
        if key in DAYS:
            given = _day(given, key, begins, place, told)
            if given is None:
                continue
        figure = told.figure(given, f"{place}, {key}")
        if figure is not None:
            out[key] = figure
    if "found" in table and "first_found" in table:
        told.say(place, "found and first_found both say when people are found: keep one")
    else:
        for key, other in (("found", "first_found"), ("first_found", "found")):
            if key in table:
                out.pop(other, None)
    return out


def _day(given: Any, key: str, begins: Any, place: str, told: Problems) -> Any:
    """A date as the day it is; anything else as it stands; None where day 0 has no date."""
    if not isinstance(given, date):
        return given
    if not isinstance(begins, date):
        told.say(place, f"{key} is a date: say which date day 0 is, begins = …")
        return None
    moment, zero = (x.date() if isinstance(x, datetime) else x for x in (given, begins))
    return (moment - zero).days


def _found(table: Any, begins: Any, place: str, told: Problems) -> Found | None:
    """People found as they were counted; None where something is wrong, which is told."""
    if not isinstance(table, Mapping):
        told.say(place, "write { from = …, every = …, numbers = [1, 0, 2] }")
        return None
    before = len(told.found)
    told.keys(table, FOUND, place)
    if "from" not in table:
        told.say(place, "say from which day on: from = …")
    since = _day(table.get("from", 0), "from", begins, place, told)
    if since is not None:
        since = told.number({"from": since}, "from", place, 0, least=0, most=FAR, whole=True)
    every = told.number(table, "every", place, 1, least=1, most=FAR, whole=True)
    numbers = table.get("numbers")
    if not isinstance(numbers, list) or not numbers:
        told.say(place, "say how many were found: numbers = [1, 0, 2]")
        numbers = []
    for i, number in enumerate(numbers):
        told.number({f"number {i + 1}": number}, f"number {i + 1}", place, 0, least=0)
    if since is None or len(told.found) > before:
        return None
    return Found(int(since), int(every), tuple(float(x) for x in numbers))


def outbreak_values(study: Study, evidence: Evidence) -> Value:
    """What reads a measure of an arm, a value a future."""
    beta: Floats | None = None
    ran: dict[str, Ran] = {}
    for arm in study.arms:
        _, own = inputs(study, arm)
        known = stated(evidence, own)
        names = model(made_program(study, {}, own), 1).names
        p = draw(known, names, 1, study.seed, 0, study.futures).p
        told = arm.outbreak  # what the study's table says, too (`with_outbreak`)
        f = figures({k: v for k, v in told.items() if isinstance(v, Range)}, study, tuple(KEYS))
        found = told.get("found")
        if "ends" not in f:
            raise ValueError(f"{study.id}: an outbreak needs its last day: ends = …")
        if beta is None and "fit_infected" in f:
            beta = fitted(f, p, found)
        if beta is not None:
            p = {**p, "outbreak_beta": beta}
        ran[arm.name] = _ran(course(f, p, found))

    def read(name: str, reading: Reading) -> Floats:
        return value(ran[name], reading)

    return read


def course(f: Mapping[str, Floats], p: dict[str, Floats], found: Found | None = None) -> Course:
    """The outbreak by days of the calendar under an arm's figures and evidence draws, [F] each.

    Where the first infection comes late, every day is counted from it and the course is set back into the calendar.
    """
    one = np.ones_like(p["outbreak_beta"])
    days = int(f["ends"][0])
    late = np.clip(np.round(f.get("late", one * 0.0)), 0, days)
    first = f.get("first_found", p["outbreak_unseen_days"] + late)
    p = {**p, "outbreak_unseen_days": np.maximum(first - late, 0.0)}
    on_moud = f.get("on_moud", one * 0.0)
    before, after = spread(one * 0.0, on_moud, p), spread(f.get("covered", one), on_moud, p)
    begun = np.arange(days)[:, None] >= (f.get("syringes_from", one * np.inf) - late)[None]
    counted = None
    if found is not None:
        given = np.append(found.by_day(days), 0.0)  # nobody past the last day
        counted = given[np.minimum(np.arange(days)[:, None] + late[None].astype(int), days)]
    by_day = np.where(begun, after[None], before[None])
    shown = outbreak(f.get("people", one * 1000.0), by_day, p, days=days, found=counted)
    since = np.arange(days + 1)[:, None] - late[None].astype(int)
    return Course(*(np.where(since < 0, 0.0, np.take_along_axis(x, np.maximum(since, 0), 0)) for x in shown))


def spread(covered: Floats, on_moud: Floats, p: dict[str, Floats]) -> Floats:
    """How far HIV spreads against people with neither sterile syringes nor medication, [F], as in the model's month."""
    alike = Guarded(np.ones_like(covered)[None], covered[None], on_moud[None], np.zeros_like(covered)[None])
    return np.asarray(protection(alike, p["nsp_hiv_rr"], p["ost_hiv_rr"], p["both_interaction"], np)[0])


def fitted(f: Mapping[str, Floats], p: dict[str, Floats], found: Found | None = None) -> NDArray[np.float64]:
    """The spread a day by which so many are infected at the end, in each future; by halving, since more spread infects more."""
    low, high = np.full_like(p["outbreak_beta"], SPREAD_LEAST), np.full_like(p["outbreak_beta"], SPREAD_MOST)
    for _ in range(HALVINGS):
        middle = np.sqrt(low * high)
        short = course(f, {**p, "outbreak_beta": middle}, found).infected[-1] < f["fit_infected"]
        low, high = np.where(short, middle, low), np.where(short, high, middle)
    return np.asarray(np.sqrt(low * high))


def _ran(shown: Course) -> Ran:
    seen = {name: np.asarray(getattr(shown, name).T) for name in SERIES}
    days = shown.infected.shape[0]
    whole = {"peak_unseen": shown.unseen.max(0), "peak_day": shown.unseen.argmax(0).astype(np.float64)}
    return Ran(np.arange(shown.infected.shape[1]), seen, whole, days, np.ones(days))


def with_outbreak(study: Study, told: Problems) -> Study:
    """The study with its outbreak's tables read."""
    base = read_outbreak(study.table, "outbreak", told, {})
    arms = tuple(
        Arm(**{n: getattr(a, n) for n in Arm.__dataclass_fields__} | {"outbreak": _own(a, i, base, told)})
        for i, a in enumerate(study.arms)
    )
    return replace(study, table=base, arms=arms)


def _own(arm: Arm, i: int, base: Mapping[str, Any], told: Problems) -> dict[str, Any]:
    return read_outbreak(arm.outbreak, f"arms {i + 1} ({arm.name}), outbreak", told, base)
