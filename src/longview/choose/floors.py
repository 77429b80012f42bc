"""The board's floor on pay: every wage at the living wage by a January that it set (decision 105)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from longview.choose.costs import wage_ratio
from longview.choose.money import HALF_A_CENT
from longview.program import Month, Program
from longview.results import Choice


def floor_month(program: Program) -> Month | None:
    """The January by which pay must have reached the living wage; None without such a floor."""
    if program.living_wage_by is None or program.living_wage is None:
        return None
    return max(Month(program.living_wage_by, 1), program.starts)


def wages(program: Program, choices: Sequence[Choice]) -> float:
    """Our pay over today's rates at the floor's January."""
    month = floor_month(program)
    if month is None:
        return 1.0
    until = month.since(program.starts) + 1
    return float(wage_ratio(program, choices, until)[-1])


def pays_living_wage(program: Program, ratio: float) -> bool:
    """Whether every paid wage, at this ratio to today's, reaches the living wage as the program states it.

    Volunteers are not paid; stipends and contracts are not wages. The living wage is taken as it stands in the
    program's file (decision 105).
    """
    if floor_month(program) is None or program.living_wage is None:
        return True
    rates = [float(post.rate) * ratio for post in program.posts if post.paid_as == "wage"]
    return all(rate > float(program.living_wage) - HALF_A_CENT for rate in rates)


def lowest_wage(program: Program, ratio: float) -> Decimal | None:
    """The lowest hourly wage that is paid, at this ratio to today's; None where no wage is paid."""
    rates = [post.rate for post in program.posts if post.paid_as == "wage"]
    return min(rates) * Decimal(str(ratio)) if rates else None
