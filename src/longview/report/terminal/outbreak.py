"""`longview outbreak` in a terminal: that it is a what-if, the answer, a table."""

from __future__ import annotations

from longview.program import Program
from longview.report.outbreak import HOLDS, LARGE, WHAT_IF, answer, cases, how_sure
from longview.report.terminal.ink import Ink, table
from longview.results import Outbreak


def outbreak_text(found: Outbreak, program: Program, color: bool = False, width: int = 80, ascii: bool = False) -> str:
    """The what-if in words and a table, each figure with its likely range; for the director alone."""
    ink = Ink(color, max(60, width), ascii)
    made = " (made up)" if program.made else ""
    head = ink.paint(ink.told(f"{program.name}{made} · if HIV came here · for the director alone"), "bold")
    rows = [["In five years", "infections (likely)", "against today (likely)", f"past {LARGE} in"]]
    for row in cases(found):
        against = f"{row.against[0]} ({row.against[1]})" if row.against[0] else ""
        rows.append(
            [
                row.label,
                f"{row.middle} ({row.ends})",
                against,
                row.large.removeprefix("about\u00a0").removeprefix("about "),
            ]
        )
    told = [[ink.told(cell) for cell in row] for row in rows]
    lines = table(told, right=(), gap=2, indent=2)
    parts = [
        "\n".join([head, ink.paint(ink.words(WHAT_IF, indent=0), "amber")]),
        ink.words(" ".join(answer(found))),
        "\n".join([ink.paint(lines[0], "soft"), *lines[1:]]),
        "\n".join([ink.words(f"How sure? {how_sure(found)}"), ink.words(HOLDS)]),
    ]
    return "\n\n".join(parts)
