"""A study's file into a `Study`, with everything that is wrong with it told at once."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from longview.evidence import Evidence
from longview.program import Range, levers
from longview.validation import form
from longview.validation.fits import outcome_fits, shares_fit, study_fits, target_fits, window_fits
from longview.validation.form import Arm, Move, Outcome, Reading, Study, Target
from longview.validation.measures import COSTS, known_measures
from longview.validation.rows import program_rows
from longview.validation.told import Problems

Table = Mapping[str, Any]


def read_study(path: Path, evidence: Evidence) -> tuple[Study | None, tuple[str, ...]]:
    """The study that a file states, and what is wrong with it; None where something is.

    Nothing is raised for bad data.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not a text file in UTF-8"
        return None, (f"{path.name}: {str(why).lower()}",)
    return read_text(text, path.name, evidence, path.parent)


def read_text(
    text: str, name: str, evidence: Evidence, beside: Path | None = None
) -> tuple[Study | None, tuple[str, ...]]:
    """As `read_study`, from text; `beside` is the folder from which `program` is meant."""
    problems = Problems(name)
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, (f"{name}: not TOML: {error}",)
    study = _study(table, name, evidence, beside or Path(), problems)
    return (None if problems.found else study), tuple(problems.found)


def _study(table: Table, file: str, evidence: Evidence, beside: Path, told: Problems) -> Study:
    told.keys(table, [*form.TOP, *form.SHEETS], "")
    kind = told.choice(table, "kind", list(form.KINDS), "cohort", "")
    cls = told.choice(table, "class", list(form.CLASSES), "run", "")
    arms = tuple(_arm(row, i, evidence, told) for i, row in enumerate(told.tables(table, "arms", "")))
    names = [arm.name for arm in arms]
    for name in {n for n in names if names.count(n) > 1}:
        told.say("arms", f"two arms are called {name}; give each a name of its own")
    if not arms and kind != "ranking":
        arms = (Arm("as stated"),)
    holder = Study(
        id=told.text(table, "id", "", needed=True),
        title=told.text(table, "title", "", needed=True),
        source=told.text(table, "source", ""),
        kind=kind,  # type: ignore[arg-type]
        cls=cls,  # type: ignore[arg-type]
        seed=int(told.number(table, "seed", "", 0, least=0, whole=True)),
        futures=int(told.number(table, "futures", "", 500, least=1, most=20_000, whole=True)),
        discount=told.number(table, "discount", "", 0.03, least=0.0, most=0.2),
        luck=told.yes(table, "luck", ""),
        closing=told.yes(table, "closing", ""),
        why=" ".join(told.text(table, "why", "").split()),
        structural=" ".join(told.text(table, "structural", "").split()),
        folder=(beside / told.text(table, "program", "")) if "program" in table else None,
        program=program_rows(table, told),
        population=population_table(told.table(table, "population", ""), "population", told),
        evidence=evidence_table(told.table(table, "evidence", ""), "evidence", evidence, told),
        structure=_structure(told.table(table, "structure", ""), told),
        arms=arms,
        table=told.table(table, kind, "") if kind in ("outbreak", "ranking") else {},
        file=file,
    )
    if kind == "outbreak":
        from longview.validation.outbreak import with_outbreak

        holder = with_outbreak(holder, told)
    if kind == "ranking":
        from longview.validation.ranking_form import with_ranking

        holder = with_ranking(holder, evidence, told)
    _needs_residents(holder, told)
    study_fits(table, holder, told)
    if holder.folder is not None and set(holder.population) - {"years", "closed"}:
        told.say("population", "where program names a folder, its people are those of its records: keep years alone")
    outcomes = tuple(
        _outcome(row, i, holder, evidence, told) for i, row in enumerate(told.tables(table, "outcomes", ""))
    )
    if not outcomes and not holder.structural and kind != "ranking":
        told.say("", "no outcomes: say what was published in [[outcomes]]")
    return Study(**{name: getattr(holder, name) for name in Study.__dataclass_fields__} | {"outcomes": outcomes})


def _needs_residents(study: Study, told: Problems) -> None:
    for arm in study.arms:
        said = {**study.population, **arm.population}
        each = [key for key in said if key.endswith("per_100k")]
        if each and "residents" not in said:
            told.say(
                "population", f"{each[0]} is told for each 100,000 residents: say how many there are, residents = …"
            )
            return


def population_table(table: Table, place: str, told: Problems) -> dict[str, Any]:
    """A table of people, each figure as a range."""
    told.keys(table, form.POPULATION, place)
    out: dict[str, Any] = {}
    for key, value in table.items():
        if key not in form.POPULATION:
            continue
        if key == "closed":
            out[key] = told.yes(table, key, place)
        elif key == "years":
            years = 60 if value == "lifetime" else value
            if not (isinstance(years, int) and not isinstance(years, bool) and 1 <= years <= 60):
                told.say(place, f'years is {value!r}; write a whole number from 1 to 60, or "lifetime"')
            else:
                out[key] = years
        else:
            figure = told.figure(value, f"{place}, {key}")
            if figure is None:
                continue
            most = 1.0 if key in ("reached_share", "naloxone_use", "inject", "smoke", "stimulants") else math.inf
            if figure.low < 0 or figure.high > most:
                told.say(place, f"{key} must be 0 or more" if most == math.inf else f"{key} lies outside 0 to {most:g}")
            out[key] = figure
    shares_fit(out, place, told)
    for group in (
        ("participants", "reached_share"),
        ("kits_a_month", "kits_a_year_per_100k", "kits_held_per_person", "naloxone_use"),
        ("deaths_a_year", "deaths_a_year_per_100k", "deaths_a_year_per_1000", "level"),
    ):
        given = [key for key in group if key in table]
        if len(given) > 1:
            told.say(place, f"{' and '.join(given)} say the same thing twice: keep one")
    return out


def evidence_table(table: Table, place: str, known: Evidence, told: Problems) -> dict[str, Range]:
    """A table of own inputs, rows of the evidence alone."""
    out: dict[str, Range] = {}
    for key, value in table.items():
        if key not in known:
            told.unknown(place, key, known.rows, "no row of the evidence is called so")
            continue
        row = known[key]
        if row.role != "input":
            told.say(place, f"{key} is a {row.role}: the model does not read it, so setting it would change nothing")
            continue
        figure = told.figure(value, f"{place}, {key}")
        if figure is None:
            continue
        try:
            if figure.low != figure.high:
                row.owned(figure)
            elif row.unit.startswith("share") and not 0 <= figure.best <= 1:
                raise ValueError(f"{figure.best:g} lies outside 0 to 1")
            elif figure.best < 0 and row.dist != "normal":
                raise ValueError(f"{figure.best:g} is below 0")
        except ValueError as error:
            told.say(f"{place}, {key}", str(error))
            continue
        out[key] = figure
    return out


def _structure(table: Table, told: Problems) -> dict[str, str]:
    told.keys(table, form.STRUCTURE, "structure")
    return {
        key: told.choice(table, key, list(words), words[0], "structure")
        for key, words in form.STRUCTURE.items()
        if key in table
    }


def _arm(row: Table, i: int, evidence: Evidence, told: Problems) -> Arm:
    name = told.text(row, "name", f"arms {i + 1}", needed=True)
    place = f"arms {i + 1}" + (f" ({name})" if name else "")
    told.keys(row, form.ARM, place)

    def maybe(key: str, least: float = 0.0, most: float = math.inf) -> float | None:
        return told.number(row, key, place, 0.0, least=least, most=most) if key in row else None

    return Arm(
        name=name,
        levers=moves_table(told.table(row, "levers", place), f"{place}, levers", told),
        population=population_table(told.table(row, "population", place), f"{place}, population", told),
        evidence=evidence_table(told.table(row, "evidence", place), f"{place}, evidence", evidence, told),
        x=maybe("x", least=-math.inf),
        cost_once=told.number(row, "cost_once", place, 0.0, least=0.0),
        cost_monthly=told.number(row, "cost_monthly", place, 0.0, least=0.0),
        met=maybe("met", most=1.0),
        kits_per_person=maybe("kits_per_person"),
        days=maybe("days"),
        covered=told.number(row, "covered", place, 0.0, least=0.0, most=1.0),
        on_moud=told.number(row, "on_moud", place, 0.0, least=0.0, most=1.0),
        size=told.choice(row, "size", ["small", "medium", "large"], "small", place),
        setting=told.choice(row, "setting", ["rural", "suburban", "urban"], "urban", place),
        outbreak=told.table(row, "outbreak", place),
    )


def moves_table(table: Table, place: str, told: Problems) -> tuple[Move, ...]:
    """A table of levers that move."""
    moves = []
    for name, value in table.items():
        if name not in levers():
            told.unknown(place, name, levers(), "no lever is called so")
            continue
        row = value if isinstance(value, Mapping) else {"to": value}
        at = f"{place}, {name}"
        told.keys(row, form.LEVER, at)
        if "to" not in row:
            told.say(at, "say what it is moved to: to = …")
            continue
        lever = levers()[name]
        op = told.choice(row, "op", ["set", "multiply", "add"], "add" if lever.kind == "pulse" else "set", at)
        until = int(told.number(row, "until", at, 0, least=1, whole=True)) if "until" in row else None
        to = told.number(row, "to", at, lever.today)
        if op == "set" and not lever.low <= to <= lever.high:
            told.say(at, f"{to:g} lies outside {lever.low:g} to {lever.high:g}")
        if op == "set" and until is not None:
            op, to = "add", to - lever.today  # what was added can be taken away again
        move = Move(
            name,
            to,
            op,  # type: ignore[arg-type]
            int(told.number(row, "start", at, 0, least=0, whole=True)),
            told.number(row, "months", at, 0.0, least=0.0),
            until,
            told.number(row, "low", at, 0.0) if "low" in row else None,
            told.number(row, "high", at, 0.0) if "high" in row else None,
        )
        if until is not None and (move.low is not None or until <= move.start):
            told.say(at, "until comes after start, and goes without low and high")
        if (move.low is None) != (move.high is None):
            told.say(at, "low and high go together")
        elif move.low is not None and move.high is not None and not move.low <= move.to <= move.high:
            told.say(at, "low, to and high must stand in that order")
        moves.append(move)
    return tuple(moves)


def _outcome(row: Table, i: int, study: Study, evidence: Evidence, told: Problems) -> Outcome:
    name = told.text(row, "name", f"outcomes {i + 1}", needed=True)
    place = f"outcomes {i + 1}" + (f" ({name})" if name else "")
    told.keys(row, form.OUTCOME, place)
    reading = _reading(row, study, evidence, place, told)
    per = None
    if "per" in row:
        part = {"measure": row["per"]} if isinstance(row["per"], str) else told.table(row, "per", place)
        told.keys(part, form.READING, f"{place}, per")
        same = ("arm", "versus", "between") if "compare" in part else ("between",)
        given = {key: row[key] for key in same if key in row}
        per = _reading({**given, **part}, study, evidence, f"{place}, per", told)
    along = tuple(row["along"]) if isinstance(row.get("along"), list) else ()
    for arm in along:
        _known_arm(arm, study, f"{place}, along", told)
    outcome = Outcome(
        name=name,
        reading=reading,
        target=_target(row, place, told),
        per=per,
        within_months=told.number(row, "within_months", place, 1.0, least=0.0) if "within_months" in row else None,
        above=told.number(row, "above", place, 0.0) if "above" in row else None,
        chance=told.yes(row, "chance", place),
        along=along,
        crosses=told.number(row, "crosses", place, 0.0) if "crosses" in row else None,
        counted=told.yes(row, "counted", place, otherwise=True),
        unit=told.text(row, "unit", place),
        note=" ".join(told.text(row, "note", place).split()),
    )
    outcome_fits(outcome, study, place, told)
    for read, at in ((reading, place), *([(per, f"{place}, per")] if per is not None else [])):
        window_fits(read, study, at, told)
    return outcome


def _reading(row: Table, study: Study, evidence: Evidence, place: str, told: Problems) -> Reading:
    measure = told.text(row, "measure", place, needed=True)
    known = known_measures(study.kind)
    if measure and known is not None and measure not in known:
        told.unknown(place, measure, known, "no measure is called so")
    for key in ("arm", "versus"):
        if key in row:
            _known_arm(row[key], study, place, told)
    keys = tuple(row["keys"]) if isinstance(row.get("keys"), list) else ()
    listed = COSTS if measure == "program_cost" else tuple(evidence.rows)
    for key in keys:
        if key not in listed:
            told.unknown(place, str(key), listed, "nothing that can be added up is called so")
    compare = told.choice(row, "compare", list(form.COMPARE), "", place) or None
    if compare is None and "versus" in row:
        compare = "ratio"
    return Reading(
        measure,
        row.get("arm"),
        row.get("versus"),
        compare,
        told.choice(row, "over", list(form.OVER), "", place) or None,
        told.window(row, "between", place),
        told.number(row, "times", place, 1.0),
        keys,
        told.yes(row, "discounted", place),
    )


def _known_arm(name: Any, study: Study, place: str, told: Problems) -> None:
    if name not in [arm.name for arm in study.arms]:
        told.unknown(place, str(name), [arm.name for arm in study.arms], "no arm is called so")


def _tolerance(row: Table, place: str, told: Problems) -> Table:
    """The row with `tolerance` told by the keys that it stands for."""
    given = row.get("tolerance")
    if given is None:
        return row
    if isinstance(given, list):
        return {**row, "within": given}
    if isinstance(given, Mapping):
        told.keys(given, ("relative", "absolute", "within"), f"{place}, tolerance")
        return {**row, **given}
    return {**row, "relative": given}


def _target(row: Table, place: str, told: Problems) -> Target:
    stated, pair = row, None
    row = _tolerance(row, place, told)
    within = row.get("within")
    if within is not None:
        if isinstance(within, list) and len(within) == 2 and all(isinstance(x, int | float) for x in within):
            pair = (float(within[0]), float(within[1]))
        else:
            told.say(place, "within is a pair: within = [low, high]")

    def maybe(key: str) -> float | None:
        return told.number(row, key, place, 0.0) if key in row else None

    ends = {key: maybe(key) for key in ("published", "low", "high", "at_most", "at_least", "relative", "absolute")}
    target = Target(**ends, within=pair)
    if (
        (target.relative is not None or target.absolute is not None)
        and target.published is None
        and target.bound is None
    ):
        told.say(place, "a tolerance by share or amount needs what was published")
    target_fits(stated, target, place, told)
    return target
