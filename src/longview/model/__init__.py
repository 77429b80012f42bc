"""The science: what would happen, as pure functions of arrays (docs/model.md). No input or output, no clock.

`model` prepares a program, `draw` its futures, `start` solves today as the zero point, and `simulate` runs portfolios on futures.
`outbreak` is a run of its own, by days.
"""

from longview.model.arrays import tree_map
from longview.model.bounds import (
    bounds_met,
    deaths_odd,
    naloxone_among_the_reached,
    naloxone_everywhere,
    syringes_enough,
)
from longview.model.counts import counted_deaths
from longview.model.draws import Futures, draw, over, with_funds
from longview.model.fatality import Fatality, Help, deaths_per_overdose
from longview.model.guards import NALOXONE_MOST, OUTBREAK_DAYS, REACH_MOST, RUN_OFF, START_CLOSE
from longview.model.infection import Guarded, protection
from longview.model.laws import seizures
from longview.model.naloxone import meeting
from longview.model.outbreak import Course, outbreak, sharing
from longview.model.reads import READS
from longview.model.ready import Model, model, start
from longview.model.run import Result, simulate
from longview.model.spotting_line import listened
from longview.model.start import Start, Targets
from longview.model.state import Seen

__all__ = [
    "NALOXONE_MOST",
    "OUTBREAK_DAYS",
    "REACH_MOST",
    "READS",
    "RUN_OFF",
    "START_CLOSE",
    "Course",
    "Fatality",
    "Futures",
    "Guarded",
    "Help",
    "Model",
    "Result",
    "Seen",
    "Start",
    "Targets",
    "bounds_met",
    "counted_deaths",
    "deaths_odd",
    "deaths_per_overdose",
    "draw",
    "listened",
    "meeting",
    "model",
    "naloxone_among_the_reached",
    "naloxone_everywhere",
    "outbreak",
    "over",
    "protection",
    "seizures",
    "sharing",
    "simulate",
    "start",
    "syringes_enough",
    "tree_map",
    "with_funds",
]
