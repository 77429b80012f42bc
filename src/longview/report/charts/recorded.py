"""Deaths that were counted before today, brought to the scale of the catchment."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from longview.program import Month, Program, told_once
from longview.report.charts.parts import Floats

PAST = 60  # months shown before today: five years are enough to judge a fan by
PROVISIONAL = 6  # months before the reading in which a count may still rise


@dataclass(frozen=True, slots=True)
class Recorded:
    """Deaths counted before today, scaled to the catchment.

    Attributes:
        offsets: months from the first planned month (negative), [N].
        low, high: the ends of each count, [N]; high is NaN where no limit is known.
        open_to_change: read so early that it may still rise, [N].
        share: the catchment's share of one area's deaths; None where several areas are added up.
        hidden: months told as an interval.
    """

    offsets: Floats
    low: Floats
    high: Floats
    open_to_change: Floats
    share: float | None
    areas: tuple[str, ...]
    source: str
    as_of: str

    @property
    def hidden(self) -> int:
        """How many months are told as an interval."""
        return int(np.sum(self.low != self.high))


def recorded_deaths(program: Program) -> Recorded | None:
    """The catchment's overdose deaths as counted, month by month; None where none are in the records.

    A count of an area stands for the catchment by the area's share. All drugs are preferred where the records hold
    several case definitions, since that is what `deaths_counted` tells.
    """
    told = [row for row in told_once(program.records.community) if (row.measure, row.over) == ("deaths", "month")]
    rows = [row for row in told if row.month < program.starts]
    rows = [row for row in rows if row.area in program.area_shares] if program.area_shares else rows
    cases = sorted({row.case for row in rows}, key=lambda case: (not case.startswith("all-drugs"), case))
    rows = [row for row in rows if row.case == cases[0]] if cases else []
    if not rows:
        return None
    low: dict[int, float] = {}
    high: dict[int, float] = {}
    late: dict[int, float] = {}
    areas = tuple(sorted({row.area for row in rows}))
    months = {area: {row.month for row in rows if row.area == area and row.value.counted} for area in areas}
    whole = set.intersection(*months.values())
    for row in rows:
        if row.month not in whole:
            continue
        at = row.month.since(program.starts)
        share = program.area_shares.get(row.area, 1.0)
        low[at] = low.get(at, 0.0) + share * row.value.low
        high[at] = high.get(at, 0.0) + share * (np.nan if row.value.high is None else row.value.high)
        read = Month.parse(row.as_of[:7])
        late[at] = max(late.get(at, 0.0), float(read.since(row.month) < PROVISIONAL))
    order = sorted(at for at in low if at >= -PAST)
    if not order:
        return None
    newest = max(rows, key=lambda row: row.as_of)
    return Recorded(
        offsets=np.array(order, dtype=np.float64),
        low=np.array([low[at] for at in order]),
        high=np.array([high[at] for at in order]),
        open_to_change=np.array([late[at] for at in order]),
        share=program.area_shares.get(areas[0]) if len(areas) == 1 else None,
        areas=areas,
        source=newest.source,
        as_of=newest.as_of,
    )
