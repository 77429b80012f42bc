"""Whether the parts of a study's file fit one another; what the form allows by itself, but not together, is told too."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from longview.program import Range
from longview.validation.form import Outcome, Reading, Study, Target
from longview.validation.told import Problems

Table = Mapping[str, Any]

FORMULA_ALONE = ("met", "kits_per_person", "days", "covered", "on_moud", "size", "setting")
FORMULA_LEVERS = ("witnessed", "responders", "calling", "spotting")
"""Levers that a formula reads; another would be moved and change nothing."""
RUN_ALONE = ("levers", "population", "cost_once", "cost_monthly")
TOLERANCES = ("tolerance", "relative", "absolute", "within")
YEARS = 5
"""How long a run is where nothing says so."""
ROUNDING = 0.005
"""Shares printed to two decimals come to 1 within this much."""


def study_fits(table: Table, study: Study, told: Problems) -> None:
    """What another kind of study would read and this one would pass over, a folder that is not there, days that can't be."""
    for key in ("outbreak", "ranking"):
        if key in table and study.kind != key:
            told.say(key, f"only kind = {key!r} reads it; this study is of kind {study.kind}")
    if study.folder is not None:
        if study.kind != "cohort":
            told.say("program", f"only kind = 'cohort' reads it; this study is of kind {study.kind}")
        elif not study.folder.is_dir():
            told.say("program", f"there is no folder {table['program']} beside {study.file}")
    rows = table.get("arms")
    for i, row in enumerate(rows if isinstance(rows, list) else []):
        if isinstance(row, Mapping):
            _arm_fits(row, f"arms {i + 1}" + (f" ({row['name']})" if "name" in row else ""), study.kind, told)
    if study.kind == "cohort":
        for i, arm in enumerate(study.arms):
            for move in arm.levers:
                if move.start >= _months(study):
                    told.say(
                        f"arms {i + 1} ({arm.name}), levers, {move.lever}",
                        f"starts in month {move.start}, counted from 0; the run has {_months(study)} months",
                    )
    if study.kind == "outbreak":
        _outbreak_fits(table.get("outbreak"), study, told)


def _months(study: Study) -> int:
    years = [
        held.get("years", study.population.get("years", YEARS)) for held in ({}, *(a.population for a in study.arms))
    ]
    return 12 * int(max(years))


def _arm_fits(row: Table, place: str, kind: str, told: Problems) -> None:
    passed = [key for key in FORMULA_ALONE if key in row and kind != "formula"]
    passed += [key for key in RUN_ALONE if key in row and kind == "outbreak"]
    passed += ["outbreak"] if "outbreak" in row and kind != "outbreak" else []
    if passed:
        told.say(place, f"{' and '.join(passed)}: a study of kind {kind} does not read this; leave it out")
    moved = row.get("levers")
    if kind == "formula" and isinstance(moved, Mapping):
        for name in (name for name in moved if name not in FORMULA_LEVERS):
            told.say(place, f"levers, {name}: a formula reads {', '.join(FORMULA_LEVERS)} alone")


def _outbreak_fits(given: Any, study: Study, told: Problems) -> None:
    stated = given if isinstance(given, Mapping) else {}
    if "begins" in stated and not isinstance(stated["begins"], date):
        told.say("outbreak", f"begins is {stated['begins']!r}; write a date without quotes: begins = 2011-04-01")
    if not any("ends" in held for held in (stated, *(a.outbreak for a in study.arms))):
        told.say("outbreak", "say on which day it ends: ends = …")
    tables = [("outbreak", study.table)]
    tables += [(f"arms {i + 1} ({a.name}), outbreak", a.outbreak) for i, a in enumerate(study.arms)]
    for place, held in tables:
        for key, figure in held.items():
            if not isinstance(figure, Range) or (
                key in study.table and place != "outbreak" and study.table[key] is figure
            ):
                continue
            least = 2.0 if key == "people" else 1.0 if key == "ends" else 0.0
            if figure.low < least and (key not in ("first_found", "syringes_from") or figure.low < 0):
                told.say(place, f"{key} is {figure.low:g}; it must be {least:g} or more")
            if key in ("covered", "on_moud") and figure.high > 1:
                told.say(place, f"{key} lies outside 0 to 1")
            if key == "fit_infected" and place != "outbreak":
                told.say(
                    place,
                    "fit_infected belongs under [outbreak] alone: the spread is fitted once, and holds in all arms",
                )


def shares_fit(found: Mapping[str, Any], place: str, told: Problems) -> None:
    """Shares of a place's people by how they use."""
    keys = ("inject", "smoke", "stimulants")
    given = [found[key].best for key in keys if isinstance(found.get(key), Range)]
    total = sum(given)
    if total > 1 + ROUNDING or (len(given) == len(keys) and total < 1 - ROUNDING):
        told.say(place, f"inject, smoke and stimulants come to {total:g}; together they are 1, each a share of people")


def target_fits(row: Table, target: Target, place: str, told: Problems) -> None:
    """What was published, and how near is near."""
    given = [key for key in TOLERANCES if key in row]
    if len(given) > 1:
        told.say(place, f"{' and '.join(given)} say how near is near: keep one")
    for key, low, high in (
        ("low and high stand", target.low, target.high),
        ("at_least and at_most stand", target.at_least, target.at_most),
        ("the ends of within stand", *(target.within or (None, None))),
    ):
        if low is not None and high is not None and low > high:
            told.say(place, f"{key} in the wrong order: {low:g} is above {high:g}")
    for key in ("relative", "absolute"):
        size = getattr(target, key)
        if size is not None and size < 0:
            told.say(place, f"{key} is {size:g}; it must be 0 or more")


def window_fits(reading: Reading, study: Study, place: str, told: Problems) -> None:
    """Months, or days of an outbreak, that the run has."""
    if reading.between is None:
        return
    if study.kind == "cohort":
        last, word = _months(study), "months"
    elif study.kind == "outbreak" and isinstance(study.table.get("ends"), Range):
        last, word = int(study.table["ends"].high), "days"
    else:
        return
    if reading.between[1] > last + (word == "days"):
        told.say(place, f"between ends at {reading.between[1]}; the run has {last} {word}")


def outcome_fits(outcome: Outcome, study: Study, place: str, told: Problems) -> None:
    """What a comparison needs."""
    compare = outcome.reading.compare
    if compare in ("ratio", "fall", "difference", "averted") and outcome.reading.versus is None:
        told.say(place, f'compare = "{compare}" needs an arm to set it against: versus = …')
    if compare in ("crosses", "concave", "order"):
        if len(outcome.along) < (3 if compare == "concave" else 2):
            told.say(place, f'compare = "{compare}" needs the arms in order: along = [...]')
        if compare == "crosses" and outcome.crosses is None:
            told.say(place, "say which level is crossed: crosses = …")
        known = {arm.name: arm for arm in study.arms}
        if compare != "order" and any(known[a].x is None for a in outcome.along if a in known):
            told.say(place, "each arm along a curve needs its x")
    if outcome.reading.measure == "evidence" and not outcome.reading.keys:
        told.say(place, "say which rows of the evidence are added up: keys = [...]")
