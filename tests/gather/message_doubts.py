"""The smallest program that brings about each doubt about sums, areas and the ledger: those of test_doubts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from message_cases import Case, checked
from test_doubts import ASKED

from longview.gather import write_folder
from longview.program import Problem, Program


def _written(program: Callable[[], Program]) -> Case:
    def case(place: Path) -> list[Problem]:
        write_folder(program(), place / "my-program")
        return checked(place / "my-program")

    return case


DOUBTS: dict[str, Case] = {code: _written(program) for code, program in ASKED}
