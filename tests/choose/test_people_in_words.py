"""Deaths are told in whole people, one of them a person."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from choose_made import GIVEN, MONTHS, ROUNDS, made_values, small

from longview.choose import choose, paragraph


@pytest.mark.parametrize(
    ("fewer", "said"),
    [
        (1.0, "about 1 fewer person to die of overdose (likely between 1 and 1)"),
        (8.3, "about 8 fewer people to die of overdose (likely between 8 and 8)"),
        (-1.0, "about 1 more person to die of overdose (likely between 1 and 1)"),
        (-2.0, "about 2 more people to die of overdose (likely between 2 and 2)"),
        (0.2, "hardly any difference in how many people die of overdose in a year against today's path."),
    ],
)
def test_one_is_a_person_and_others_are_people(fewer, said):
    values = made_values(5)

    def evaluate(portfolios, futures, tellings=("open", "closing")):
        found = values(portfolios, futures, tellings)
        saved = np.array([[fewer if p.choices else 0.0] for p in portfolios])
        for rows in found.values():
            rows["deaths"] = 100.0 - np.broadcast_to(saved, rows["short"].shape)
            rows["ran_out"] = rows["short"]
        return found

    program = replace(small(), run_short=1.0)
    decision = choose(program, evaluate, months=MONTHS, given=GIVEN, rounds=ROUNDS)
    assert said in paragraph(program, decision)
