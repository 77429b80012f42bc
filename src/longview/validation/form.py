"""The form of a study: what its file may say, key by key, and the types that it is read into.

`KEYS` drives the reader, its suggestions and docs/validation-form.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from longview.program import Program, Range

Class = Literal["formula", "run", "tension", "preset", "echo", "ranking"]
Kind = Literal["cohort", "formula", "outbreak", "ranking"]

CLASSES: Mapping[str, str] = {
    "formula": "one branch of the model, by itself: it must be exact",
    "run": "a run of the model: it is counted",
    "tension": "published results pull apart here: shown, not counted",
    "preset": "a figure that `longview new` starts from: shown, not counted",
    "echo": "largely one row of the evidence come back: shown, not counted",
    "ranking": "interventions in order of what they bring for their cost, beside another's order: shown, not counted",
}
KINDS: Mapping[str, str] = {
    "cohort": "the monthly model, on a made place or a program's folder",
    "formula": "one branch: how an overdose ends, what kits come to, rows of the evidence",
    "outbreak": "an outbreak of HIV by days",
    "ranking": "interventions ranked by what they bring for their cost",
}
COUNTED = ("formula", "run")

TOP: Mapping[str, str] = {
    "id": "short name, such as `V8`",
    "title": "what was studied, in a line",
    "source": "who published it, and where",
    "class": "formula, run, tension, preset, echo or ranking (run if left out)",
    "kind": "cohort, formula, outbreak or ranking (cohort if left out)",
    "seed": "which draw of futures (0 if left out)",
    "futures": "how many futures (500 if left out)",
    "discount": "yearly discount of years of life and of what is `discounted` (0.03 if left out)",
    "luck": "true: futures drawn whole, with shocks, luck and a supply that moves; false (if left out): only what is not "
    "known differs between futures",
    "closing": "true: the program may run out of money and close; false if left out",
    "why": "why ours and theirs differ, or agree",
    "structural": "what the model lacks, where the result can't be had for that reason",
    "program": "kind cohort: the folder of a program, from this file's own; then `population` may be left out",
    "population": "table: the place and its people",
    "evidence": "table: the study's own inputs, any key of the evidence",
    "structure": "table: one of two structures, where the study is of one of them",
    "facts": "table: facts of `program.toml` that matter here (free_cash, reserve, yearly_raise …)",
    "arms": "tables: what is compared",
    "outcomes": "tables: what was published, and which of ours to set beside it",
    "outbreak": "table: the outbreak (kind outbreak)",
    "ranking": "table: what is ranked (kind ranking)",
}
SHEETS: Mapping[str, str] = {
    "sites": "sites", "sessions": "sessions", "staff": "staff", "posts": "staff", "funds": "funds", "costs": "costs",
    "supplies": "supplies",
}  # fmt: skip
"""Sheets of a program's folder that a study may hold, in the same columns; staff may be called posts too."""

POPULATION: Mapping[str, str] = {
    "people": "people of the place who use drugs (10,000 if left out)",
    "residents": "everybody who lives there, for what is told per 100,000",
    "participants": "people who came in twelve months (people × `reach_us_other` if left out)",
    "reached_share": "in place of participants: share of people in touch today",
    "visits_a_month": "visits (from `visits_per_participant_year` if left out)",
    "kits_a_month": "naloxone kits that the program hands out a month (0 if left out)",
    "kits_a_year_per_100k": "in place of kits_a_month: kits a year for each 100,000 residents",
    "kits_held_per_person": "in place of kits_a_month: kits in hands for each person who uses opioids, at rest",
    "naloxone_use": "in place of kits_a_month: share of witnessed overdoses that meet naloxone, at rest",
    "syringes_a_month": "syringes that the program hands out a month",
    "deaths_a_year": "overdose deaths of the place, all drugs; left out: they follow from the evidence's rates",
    "deaths_a_year_per_100k": "the same for each 100,000 residents",
    "deaths_a_year_per_1000": "the same for each 1,000 people who use drugs",
    "age": "their age (evidence `age_today`)",
    "inject": "share who inject (evidence `route_mix_inject`); given with the two below, the three come to 1",
    "smoke": "share who smoke or sniff opioids (evidence `route_mix_smoke`)",
    "stimulants": "share who use stimulants alone (evidence `route_mix_stimulants`)",
    "closed": "true: nobody new comes (a cohort); false if left out",
    "years": 'whole years that it runs: 1 to 60, or "lifetime" (60); more than 19 needs luck = false (5 if left out; for part of a '
    "year tell an outcome `between` months)",
    "level": "danger of overdose over what the evidence implies; solved from deaths where they are given (1 if left out)",
}
ALIASES: Mapping[str, str] = {
    "age": "age_today",
    "inject": "route_mix_inject",
    "smoke": "route_mix_smoke",
    "stimulants": "route_mix_stimulants",
}
"""Facts of a population that are rows of the evidence."""

STRUCTURE: Mapping[str, tuple[str, str]] = {
    "fentanyl": ("more overdoses", "deadlier overdoses"),
    "ambulance": ("strong", "weak"),
}
ARM: Mapping[str, str] = {
    "name": "what it is called in outcomes",
    "levers": "table: lever = value it is set to, or { to, op, start, months, until, low, high }",
    "population": "table: what differs in the place (at rest, at the same danger of overdose)",
    "evidence": "table: what differs in the evidence",
    "x": "where it stands along a curve",
    "cost_once": "money in its first month",
    "cost_monthly": "money a month",
    "met": "kind formula: share of witnessed overdoses that meet naloxone",
    "kits_per_person": "kind formula: kits in hands for each person who uses opioids",
    "days": "kind formula: days since a seizure of drugs",
    "covered": "kind formula: share of injections with a sterile syringe (0 if left out)",
    "on_moud": "kind formula: share of people on medication (0 if left out)",
    "size": "kind formula: size of a new program (small, medium, large), for program_cost",
    "setting": "kind formula: where it is (rural, suburban, urban), for program_cost",
    "outbreak": "table: what differs in the outbreak",
}
LEVER: Mapping[str, str] = {
    "to": "the value",
    "op": "set, multiply or add (set if left out; a lever that acts once is always added)",
    "start": "from which month (0 if left out)",
    "months": "in so many months, evenly (at once if left out)",
    "until": "up to which month (to the end if left out; goes without low and high)",
    "low": "5% may lie below",
    "high": "5% may lie above",
}
READING: Mapping[str, str] = {
    "measure": "a series of the model, or one derived from it",
    "arm": "of which arm (the last if left out)",
    "versus": "against which arm",
    "compare": "ratio (so where versus stands without it), fall (share averted), difference, averted, or along several arms: "
    "crosses, concave, order",
    "over": "sum, mean, end, max, min or ever (a flow is summed, a stock taken at its end, if left out)",
    "between": "[from, to]: these months alone, counted from 0, `to` not included",
    "times": "multiplied by so much",
    "keys": "kind formula: what is added up: rows of the evidence (measure evidence), or costs (measure program_cost: start_up, "
    "personnel, operations, supplies, medical; all if left out)",
    "discounted": "true: later months count for less",
}
OUTCOME: Mapping[str, str] = {
    "name": "what it is, in words",
    **READING,
    "per": "for each of what, in the same arm: a measure, or a table like an outcome's (measure, over, between, times); with a "
    "compare or an arm of its own (arm, versus) it is worked out by itself, and then divided by",
    "within_months": "a yearly rate told as the chance of at least one in so many months",
    "above": "whether the figure is above this, 1 or 0 (with chance: in what share of futures it is)",
    "chance": "true: the share of futures in which it is so",
    "along": "names of arms in order, for crosses, concave and order",
    "crosses": "the level that is crossed: ours is the x at which it is",
    "published": "what was published",
    "low": "the low end of what was published",
    "high": "the high end",
    "at_most": "published as a bound: not above",
    "at_least": "published as a bound: not below",
    "relative": "tolerance: our point may lie off by this share",
    "absolute": "tolerance: our point may lie off by so much",
    "within": "tolerance: [low, high] in which our point must lie",
    "tolerance": "in place of these three: a share, [low, high], or a table with one of them",
    "counted": "false: shown, not scored (true if left out)",
    "unit": "unit in words",
    "note": "a remark",
}
COMPARE = ("ratio", "fall", "difference", "averted", "crosses", "concave", "order")
OVER = ("sum", "mean", "end", "max", "min", "ever")


@dataclass(frozen=True, slots=True)
class Move:
    """A lever that an arm moves."""

    lever: str
    to: float
    op: Literal["set", "multiply", "add"] = "set"
    start: int = 0
    months: float = 0.0
    until: int | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Arm:
    """What is compared: levers that move, or a place, evidence or outbreak that differs."""

    name: str
    levers: tuple[Move, ...] = ()
    population: Mapping[str, Any] = field(default_factory=dict)
    evidence: Mapping[str, Range] = field(default_factory=dict)
    x: float | None = None
    cost_once: float = 0.0
    cost_monthly: float = 0.0
    met: float | None = None
    kits_per_person: float | None = None
    days: float | None = None
    covered: float = 0.0
    on_moud: float = 0.0
    size: str = "small"
    setting: str = "urban"
    outbreak: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure of ours: a measure of an arm, perhaps against another's."""

    measure: str
    arm: str | None = None
    versus: str | None = None
    compare: str | None = None
    over: str | None = None
    between: tuple[int, int] | None = None
    times: float = 1.0
    keys: tuple[str, ...] = ()
    discounted: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """What was published, and how near our point must come; all None: nothing to hold it to."""

    published: float | None = None
    low: float | None = None
    high: float | None = None
    at_most: float | None = None
    at_least: float | None = None
    relative: float | None = None
    absolute: float | None = None
    within: tuple[float, float] | None = None

    @property
    def bound(self) -> float | None:
        """The published bound, where it is one."""
        return self.at_most if self.at_most is not None else self.at_least


@dataclass(frozen=True, slots=True)
class Outcome:
    """Something published, and which figure of ours stands beside it."""

    name: str
    reading: Reading
    target: Target
    per: Reading | None = None
    within_months: float | None = None
    above: float | None = None
    chance: bool = False
    along: tuple[str, ...] = ()
    crosses: float | None = None
    counted: bool = True
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Study:
    """A published study, as its file states it.

    Attributes:
        program: rows and facts of a program that the file itself holds; folder: of a program's folder.
        table: what kinds with a table of their own hold (outbreak, ranking).
    """

    id: str
    title: str
    source: str
    kind: Kind
    cls: Class
    seed: int = 0
    futures: int = 500
    discount: float = 0.03
    luck: bool = False
    closing: bool = False
    why: str = ""
    structural: str = ""
    folder: Path | None = None
    program: Mapping[str, Any] = field(default_factory=dict)
    population: Mapping[str, Any] = field(default_factory=dict)
    evidence: Mapping[str, Range] = field(default_factory=dict)
    structure: Mapping[str, str] = field(default_factory=dict)
    arms: tuple[Arm, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    table: Mapping[str, Any] = field(default_factory=dict)
    file: str = ""

    @property
    def counted(self) -> bool:
        """Whether it enters the tally."""
        return self.cls in COUNTED and not self.structural

    def arm(self, name: str | None) -> Arm:
        """The arm of that name; the last without one."""
        return self.arms[-1] if name is None else next(a for a in self.arms if a.name == name)


__all__ = ["Arm", "Move", "Outcome", "Program", "Reading", "Study", "Target"]
