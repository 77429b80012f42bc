"""The table of a ranking: what its file may say, and the types that it is read into."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from longview.evidence import Evidence
from longview.program import Range, levers
from longview.validation.form import Arm, Move, Study
from longview.validation.told import Problems

RANKING: Mapping[str, str] = {
    "currency": "of all money in the file",
    "levels": "levels in which an intervention may stand in a set (1 = all of it; [0.5, 1] if left out)",
    "set_futures": "futures in which sets are compared (60 if left out, `futures` at most)",
    "theirs": "whose ranking stands beside ours, in words",
    "effects": "what a second run takes from theirs, in words",
    "places": "tables: groups of people, each a place of its own at rest",
    "benefits": "tables: what is counted, and what one is worth",
    "interventions": "tables: what is ranked",
    "budgets": "tables: money a year within which the best set is looked for",
    "left_out": "tables: interventions of theirs that ours can't have",
}
PLACE: Mapping[str, str] = {
    "name": "what interventions call it",
    "population": "table: its people, as in a study",
    "evidence": "table: its own inputs, any key of the evidence",
    "effects": "table: more inputs, in the second run alone",
}
BENEFIT: Mapping[str, str] = {
    "name": "what it is, in words",
    "measure": "a series of the model",
    "money": "what one averted is worth",
}
INTERVENTION: Mapping[str, str] = {
    "name": "what it is called",
    "moves": "table: place = table of levers, as in an arm",
    "costs": "tables: what it costs",
    "excludes": "names of interventions that can't stand in a set with it",
    "theirs": "table: cost, benefit, and events averted by name of benefit, as theirs has them",
    "why": "why ours and theirs differ",
}
COST: Mapping[str, str] = {
    "unit": "money a year for each of what is counted",
    "place": "in which place it is counted",
    "measure": "what is counted: a series of the model, as far as it is more than without (person-years of a stock)",
    "share": "share of the measure (or of `people`) that is covered, in place of how much more it is",
    "months": "months over which the share is reached, evenly",
    "people": "a number of people, in place of a place and its measure",
    "once": "money in the first month",
}
LEFT_OUT: Mapping[str, str] = {
    "name": "what it is called",
    "why": "why ours has no lever for it",
    "theirs": INTERVENTION["theirs"],
}
BUDGET: Mapping[str, str] = {
    "a_year": "money a year",
    "theirs": "table: the best set as theirs has it: intervention = level",
}


@dataclass(frozen=True, slots=True)
class PlaceForm:
    """A group of people."""

    name: str
    population: Mapping[str, Any]
    evidence: Mapping[str, Range]
    effects: Mapping[str, Range]


@dataclass(frozen=True, slots=True)
class Benefit:
    """Something averted, and its worth."""

    name: str
    measure: str
    money: float


@dataclass(frozen=True, slots=True)
class CostForm:
    """A cost of an intervention: a unit a year of what is counted, or money once."""

    unit: float = 0.0
    place: str = ""
    measure: str = ""
    share: float | None = None
    months: float = 0.0
    people: float | None = None
    once: float = 0.0


@dataclass(frozen=True, slots=True)
class Theirs:
    """An intervention as theirs has it."""

    cost: float
    benefit: float
    averted: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Intervention:
    """What is ranked."""

    name: str
    moves: Mapping[str, tuple[Move, ...]]
    costs: tuple[CostForm, ...]
    excludes: tuple[str, ...]
    theirs: Theirs
    why: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What ours can't have."""

    name: str
    why: str
    theirs: Theirs


@dataclass(frozen=True, slots=True)
class BudgetForm:
    """A budget, and the best set as theirs has it."""

    a_year: float
    theirs: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class RankingForm:
    """The whole table."""

    currency: str
    levels: tuple[float, ...]
    set_futures: int
    theirs: str
    effects: str
    places: tuple[PlaceForm, ...]
    benefits: tuple[Benefit, ...]
    interventions: tuple[Intervention, ...]
    budgets: tuple[BudgetForm, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Of the interventions."""
        return tuple(one.name for one in self.interventions)

    @property
    def barred(self) -> tuple[frozenset[str], ...]:
        """Pairs that can't stand in one set."""
        return tuple(frozenset({one.name, other}) for one in self.interventions for other in one.excludes)


def with_ranking(study: Study, evidence: Evidence, told: Problems) -> Study:
    """The study with its table read, and an arm for each intervention, so that outcomes may name them."""
    form = _form(study.table, evidence, told)
    arms = tuple(Arm(name) for name in form.names) or (Arm("nothing"),)
    return replace(study, table={"read": form}, arms=arms)


def _form(table: Mapping[str, Any], evidence: Evidence, told: Problems) -> RankingForm:
    told.keys(table, RANKING, "ranking")
    rows = {
        key: told.tables(table, key, "ranking")
        for key in ("places", "benefits", "interventions", "budgets", "left_out")
    }
    for key in ("places", "benefits", "interventions"):
        if not rows[key]:
            told.say("ranking", f"nothing in [[ranking.{key}]]: {RANKING[key]}")
    places = tuple(_place(row, i, evidence, told) for i, row in enumerate(rows["places"]))
    benefits = tuple(_benefit(row, i, told) for i, row in enumerate(rows["benefits"]))
    known = [place.name for place in places]
    names = [str(row.get("name", "")) for row in rows["interventions"]]
    worth = [one.name for one in benefits]
    levels = table.get("levels", [0.5, 1.0])
    if not (isinstance(levels, list) and levels and all(isinstance(x, int | float) and 0 < x <= 1 for x in levels)):
        told.say("ranking", "levels is a list of numbers above 0, 1 at most: levels = [0.5, 1]")
        levels = [1.0]
    return RankingForm(
        told.text(table, "currency", "ranking"),
        tuple(float(x) for x in levels),
        int(told.number(table, "set_futures", "ranking", 60, least=1, whole=True)),
        told.text(table, "theirs", "ranking"),
        told.text(table, "effects", "ranking"),
        places,
        benefits,
        tuple(_intervention(row, i, known, names, worth, told) for i, row in enumerate(rows["interventions"])),
        tuple(_budget(row, i, names, told) for i, row in enumerate(rows["budgets"])),
        tuple(_left_out(row, i, worth, told) for i, row in enumerate(rows["left_out"])),
    )


def _place(row: Mapping[str, Any], i: int, evidence: Evidence, told: Problems) -> PlaceForm:
    from longview.validation.reading import evidence_table, population_table

    name = told.text(row, "name", f"ranking, places {i + 1}", needed=True)
    place = f"ranking, places {i + 1} ({name})"
    told.keys(row, PLACE, place)
    return PlaceForm(
        name,
        population_table(told.table(row, "population", place), f"{place}, population", told),
        evidence_table(told.table(row, "evidence", place), f"{place}, evidence", evidence, told),
        evidence_table(told.table(row, "effects", place), f"{place}, effects", evidence, told),
    )


def _benefit(row: Mapping[str, Any], i: int, told: Problems) -> Benefit:
    name = told.text(row, "name", f"ranking, benefits {i + 1}", needed=True)
    place = f"ranking, benefits {i + 1} ({name})"
    told.keys(row, BENEFIT, place)
    return Benefit(name, _measure(row, place, told), told.number(row, "money", place, 0.0, least=0.0))


def _measure(row: Mapping[str, Any], place: str, told: Problems) -> str:
    from longview.validation.measures import WHOLE, known_measures

    measure = told.text(row, "measure", place, needed=True)
    known = [name for name in known_measures("cohort") or () if name not in WHOLE]
    if measure and measure not in known:
        told.unknown(place, measure, known, "no series is called so")
    return measure


def _intervention(
    row: Mapping[str, Any], i: int, places: list[str], names: list[str], worth: list[str], told: Problems
) -> Intervention:
    from longview.validation.reading import moves_table

    name = told.text(row, "name", f"ranking, interventions {i + 1}", needed=True)
    place = f"ranking, interventions {i + 1} ({name})"
    told.keys(row, INTERVENTION, place)
    if names.count(name) > 1:
        told.say(place, "two interventions are called so; give each a name of its own")
    moves = told.table(row, "moves", place)
    told.keys(moves, places, f"{place}, moves")
    excludes = row.get("excludes", [])
    for other in excludes if isinstance(excludes, list) else ():
        if other not in names:
            told.unknown(place, str(other), names, "no intervention is called so")
    return Intervention(
        name,
        {
            at: tuple(map(_added, moves_table(told.table(moves, at, place), f"{place}, moves, {at}", told)))
            for at in moves
        },
        tuple(
            _cost(cost, f"{place}, costs {j + 1}", places, told)
            for j, cost in enumerate(told.tables(row, "costs", place))
        ),
        tuple(str(other) for other in excludes),
        _theirs(told.table(row, "theirs", place), f"{place}, theirs", worth, told),
        " ".join(told.text(row, "why", place).split()),
    )


def _added(move: Move) -> Move:
    """What is set, as what is added to today: so that half of an intervention is half of it."""
    if move.op != "set":
        return move
    today = levers()[move.lever].today
    low, high = (None if end is None else end - today for end in (move.low, move.high))
    return replace(move, op="add", to=move.to - today, low=low, high=high)


def _cost(row: Mapping[str, Any], place: str, places: list[str], told: Problems) -> CostForm:
    told.keys(row, COST, place)
    if "place" in row and row["place"] not in places:
        told.unknown(place, str(row["place"]), places, "no place is called so")
    if "once" not in row and "people" not in row and not ("place" in row and "measure" in row):
        told.say(place, "say of what: once, or people and share, or a place and its measure")
    if "people" in row and "share" not in row:
        told.say(place, "people goes with share")
    return CostForm(
        told.number(row, "unit", place, 0.0, least=0.0),
        told.text(row, "place", place),
        _measure(row, place, told) if "place" in row else "",
        told.number(row, "share", place, 0.0, least=0.0, most=1.0) if "share" in row else None,
        told.number(row, "months", place, 0.0, least=0.0),
        told.number(row, "people", place, 0.0, least=0.0) if "people" in row else None,
        told.number(row, "once", place, 0.0, least=0.0),
    )


def _theirs(row: Mapping[str, Any], place: str, worth: list[str], told: Problems) -> Theirs:
    told.keys(row, ["cost", "benefit", *worth], place)
    averted = {name: told.number(row, name, place, 0.0) for name in worth if name in row}
    return Theirs(told.number(row, "cost", place, 0.0), told.number(row, "benefit", place, 0.0), averted)


def _budget(row: Mapping[str, Any], i: int, names: list[str], told: Problems) -> BudgetForm:
    place = f"ranking, budgets {i + 1}"
    told.keys(row, BUDGET, place)
    chosen = told.table(row, "theirs", place)
    told.keys(chosen, names, f"{place}, theirs")
    a_year = told.number(row, "a_year", place, 0.0, least=0.0)
    return BudgetForm(a_year, {name: told.number(chosen, name, place, 0.0, least=0.0, most=1.0) for name in chosen})


def _left_out(row: Mapping[str, Any], i: int, worth: list[str], told: Problems) -> LeftOut:
    name = told.text(row, "name", f"ranking, left_out {i + 1}", needed=True)
    place = f"ranking, left_out {i + 1} ({name})"
    told.keys(row, LEFT_OUT, place)
    why = " ".join(told.text(row, "why", place).split())
    return LeftOut(name, why, _theirs(told.table(row, "theirs", place), f"{place}, theirs", worth, told))
