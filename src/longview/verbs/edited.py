"""What a person has written into `plan.toml`: read, and told where it cannot be meant. Nothing is changed."""

from __future__ import annotations

from pathlib import Path

from longview.gather import companion, resolved
from longview.program import Problem, Program, with_asks

PLAN = "plan.toml"  # named here too, so that nothing that plans is loaded where no plan is


def edited_plan(path: Path, program: Program | None, folder: Path | None = None) -> tuple[Problem, ...]:
    """Everything in a program's plan that can't be read or can't be meant; nothing where there is no plan.

    Args:
        path: the program. program: as its files say; None: they can't be read, and the plan is read alone.
        folder: where the plan is, if not beside the program's files.
    """
    home = companion(resolved(path)) if folder is None else folder
    if not (home / PLAN).exists():
        return ()
    from longview.plan import plan_problems, read_plan

    plan, told = read_plan(home / PLAN)
    if plan is not None and program is not None:
        told = plan_problems(plan, with_asks(program))
    return tuple(told)


__all__ = ["PLAN", "edited_plan"]
