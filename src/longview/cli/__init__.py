"""The `longview` command: reads what was typed, calls one verb, and says what came of it. No science lives here.

A command is a function in `records.py`, `futures.py` or `planning.py`; it imports its verb when it runs, so that
`longview --help` and `longview check` stay quick. What can go wrong is turned into words in `failures.py` alone.
"""

from longview.cli.failures import main

__all__ = ["main"]
