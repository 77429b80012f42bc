"""Plan: who does what by when, with whose money, and how we will know.

`make_plan` turns a decision into commitments, `work_plan` into a year's tasks; `write_plan` puts them into `plan.toml` and
`write_plan_workbook` into `plan.xlsx`, which people may edit and which are never overwritten; `read_plan` reads the former
back, and `plan_problems` says what cannot be meant. Decisions and outlooks arrive as arguments: nothing is worked out anew here.
"""

from longview.plan.commitments import make_plan
from longview.plan.files import read_plan, write_plan
from longview.plan.nonsense import plan_problems
from longview.plan.work import work_plan
from longview.plan.workbook import write_plan_workbook

__all__ = ["make_plan", "plan_problems", "read_plan", "work_plan", "write_plan", "write_plan_workbook"]
