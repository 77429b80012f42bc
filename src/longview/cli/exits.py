"""How a command ends, for whatever called it (DESIGN, Results for machines)."""

WELL, PROBLEMS, WRONG_USE, INFEASIBLE, STOPPED = 0, 1, 2, 3, 130
