"""Plan: who does what by when, with whose money, and how we will know.

`make_plan` turns a decision into commitments, `write_plan` puts them into `plan.toml`, which people may edit and
which is never overwritten, and `read_plan` reads it back. Decisions and outlooks arrive as arguments: nothing is
worked out anew here.
"""

from longview.plan.commitments import make_plan
from longview.plan.files import read_plan, write_plan

__all__ = ["make_plan", "read_plan", "write_plan"]
