"""What is wrong, doubtful or left out in a program's files: the place, what was found, and what to type instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["problem", "doubt", "fallback"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to look at in a program's files.

    Attributes:
        file: the file's name; row: its row as Excel counts (the header is 1), or the line of a TOML file; None: the
            whole file or column. column: the column's name; letter: its letter in Excel.
        found: what the file says; expected: what is wrong or meant, in words; instead: what to type or do.
        severity: "problem" must be mended, "doubt" is worth a look, "fallback" stands in for what was left out.
        code: id of the sentence in `messages`; key: for a fallback, the evidence key that stands in.
        mend: what the cell would say after a repair that can't be wrong; None: a person must decide.
    """

    file: str
    row: int | None
    column: str | None
    found: str
    expected: str
    instead: str
    severity: Severity
    code: str = ""
    letter: str = ""
    key: str = ""
    mend: str | None = None
