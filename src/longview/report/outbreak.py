"""If HIV came here: the page of a what-if, and the sentences that it shares with the terminal."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from longview.evidence import Parameter
from longview.program import Program
from longview.report import shell
from longview.report.charts import marks
from longview.report.rounding import NB, between, counted, figure, futures, span
from longview.report.sections import unknown
from longview.results import Case, Interval, Outbreak, interval

LARGE = 100
"""Infections past which an outbreak is called large: about half of Scott County's, Indiana."""

ASKED = 3
"""Questions that are put: more would not be asked."""

SAME = 0.5
"""A difference below this is none: nobody is half infected."""

WHAT_IF = (
    "This is a what-if. It uses no record of anybody’s HIV, it says nothing of anybody here, and it does not say that "
    "HIV will come."
)
HOLDS = (
    "It tells how far an outbreak goes that takes hold. Many a first infection ends with one person; how likely that is, nobody "
    "has counted."
)


@dataclass(frozen=True, slots=True)
class Row:
    """A case as it is told: its label, its size, and how many fewer or more than today's ("" for today's own)."""

    case: Case
    label: str
    middle: str
    ends: str
    against: tuple[str, str]
    large: str


def hands_out(found: Outbreak) -> bool:
    """Whether the program hands out syringes at all."""
    return bool(found.syringes.max() > 0.0)


def cases(found: Outbreak) -> list[Row]:
    """The cases that are told; none without syringes where there are none of ours."""
    labels: dict[Case, str] = {"today": "As things are today"}
    if hands_out(found):
        labels["no-syringes"] = "Without our syringes"
    labels["sooner"] = "First found three months sooner"
    return [_row(found, case, label) for case, label in labels.items()]


def _row(found: Outbreak, case: Case, label: str) -> Row:
    size = found.size(case)
    against = ("", "") if case == "today" else difference(found.fewer(case, "today"))
    return Row(case, label, people(size.middle), ends(size), against, futures(found.past(case, LARGE)))


def people(value: float) -> str:
    """Infections, at least the first: `about 29`."""
    return f"about{NB}{figure(max(value, 1.0))}"


def ends(size: Interval) -> str:
    """The likely ends of a size: `5 to 2,000`."""
    return span(figure(max(size.low, 1.0)), figure(max(size.high, 1.0)))


def difference(fewer: Interval) -> tuple[str, str]:
    """Fewer or more infections than today's: the middle and its ends, in words."""
    side = "fewer" if fewer.middle + fewer.low + fewer.high >= 0 else "more"
    return f"{_middle(fewer)} {side}", _ends(fewer)


def answer(found: Outbreak) -> list[str]:
    """What is said first, in sentences."""
    if found.people.max() < 1.0:
        return ["Nobody who injects is counted here, so there is nobody among whom it could spread in this way."]
    size, sooner = found.size("today"), found.fewer("sooner", "today")
    many = counted(people(size.middle), "infection", "infections")
    likely = between(*(figure(max(end, 1.0)) for end in (size.low, size.high)))
    said = [
        f"If HIV took hold among people who inject here, we would expect {many} in five years (likely {likely}). "
        f"It would grow past {LARGE} in {futures(found.past('today', LARGE))}."
    ]
    if hands_out(found):
        spared = found.fewer("today", "no-syringes")
        said.append(f"Without our syringes there would be {_middle(spared)} more (likely {_ends(spared)}).")
    else:
        said.append("We hand out no syringes, so nothing of ours slows it yet.")
    said.append(
        f"If the first were found three months sooner there would be {_middle(sooner)} fewer (likely {_ends(sooner)})."
    )
    return said


def _middle(gap: Interval) -> str:
    return "hardly any" if abs(gap.middle) < SAME else f"about{NB}{figure(abs(gap.middle))}"


def _ends(gap: Interval) -> str:
    return span(*(figure(v) for v in sorted((abs(gap.low), abs(gap.high)))))


def how_sure(found: Outbreak) -> str:
    """Why the range is so wide."""
    unseen = interval(found.unseen_days * 12 / 365)
    low, high = unseen.low, unseen.high
    return (
        "Hardly. How fast it spreads is taken from one outbreak, in Scott County, Indiana, in 2014 and 2015. How long it goes "
        f"unseen is our assumption ({span(figure(low), figure(high))} months) and matters most: an outbreak found early stays "
        "small."
    )


def outbreak_html(
    program: Program, found: Outbreak, rows: Iterable[Parameter] = (), anchored: bool = True, filled: int = 0
) -> str:
    """The what-if as one HTML file that needs nothing else; for the director alone.

    Args:
        rows: the evidence that it rests on, as used, what matters most first.
        filled: how many of the program's figures are not its own yet.
    """
    told, evidence = cases(found), tuple(rows)
    made = f"{program.name}{' (made up)' if program.made else ''}"
    kick = f"If HIV came here · {program.name}, {program.place} · for the director alone"
    parts = shell.page(program, f"{made}: if HIV came here", kick, f"{made} · a what-if, for the director alone")
    axis, drawn = _picture(found, told)
    context: dict[str, Any] = {
        "anchored": anchored,
        "what_if": WHAT_IF.partition(". ")[::2],
        "holds": HOLDS,
        "answer": answer(found),
        "rows": told,
        "dots": [{"head": "", "rows": drawn}],
        "axis": axis,
        "large": LARGE,
        "ours": hands_out(found),
        "sure": how_sure(found),
        "injecting": _people(found),
        "finding": _title(found),
        "evidence": [unknown.figure_row(p) for p in evidence],
        "asks": [p.ask for p in evidence if p.whose == "literature" and p.ask.strip(" –-")][:ASKED],
    }
    return shell.rendered("outbreak.html", parts | context | shell.filled_told(filled))


def _people(found: Outbreak) -> str:
    count = interval(found.people)
    return f"about{NB}{figure(count.middle)}, likely {span(figure(count.low), figure(count.high))}"


def _title(found: Outbreak) -> str:
    """What the picture shows, as a finding."""
    sooner = found.fewer("sooner", "today")
    if hands_out(found) and found.fewer("today", "no-syringes").middle > sooner.middle:
        return "Our syringes hold an outbreak back more than finding it three months sooner would"
    if sooner.middle >= SAME:
        return "Finding the first infection sooner holds an outbreak back most"
    return "How long an outbreak goes unseen decides how large it grows"


def _picture(found: Outbreak, told: list[Row]) -> tuple[str, list[dict[str, Any]]]:
    """Rows of sizes on an axis each of whose steps is ten times the one before; its foot first."""
    most = max(found.size(row.case).high for row in told)
    steps = max(1, math.ceil(math.log10(max(most, 2.0)) - 0.05))
    axis = marks.Axis(-0.03 * steps, steps * 1.1, tuple(float(step) for step in range(steps + 1)))

    def logs(size: Interval) -> Interval:
        low, middle, high = (math.log10(max(v, 1.0)) for v in (size.low, size.middle, size.high))
        return Interval(low, middle, high, size.share)

    rows = []
    for row in told:
        shape: marks.Shape = "circle" if row.case == "today" else "square"
        svg = marks.row(axis, logs(found.size(row.case)), logs(found.size(row.case, 0.5)), shape)
        shown = {"label": row.label, "instead": "", "keep": False, "middle": row.middle, "ends": f"likely {row.ends}"}
        rows.append(shown | {"svg": svg, "also": ("", "")})
    return marks.tens(axis, "infections in five years"), rows
