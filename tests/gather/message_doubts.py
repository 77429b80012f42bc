"""The smallest program that brings about each doubt about sums, areas, the ledger and funders:
those of test_doubts and test_asks_doubts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from message_cases import Case, checked
from test_asks_doubts import ASKED_OF_FUNDERS
from test_doubts import ASKED

from longview.gather import write_folder
from longview.program import Problem, Program


def _written(program: Callable[[], Program]) -> Case:
    def case(place: Path) -> list[Problem]:
        write_folder(program(), place / "my-program")
        return checked(place / "my-program")

    return case


DOUBTS: dict[str, Case] = {code: _written(program) for code, program in (*ASKED, *ASKED_OF_FUNDERS)}
