"""What a new program is filled in from adds up to what its source prints."""

from __future__ import annotations

from itertools import pairwise
from typing import get_args

import pytest

from longview.evidence import load, program_costs
from longview.evidence.presets import Setting, Size

KINDS = [(size, setting) for size in get_args(Size) for setting in get_args(Setting)]


def test_totals_are_those_that_the_source_tells():
    """0.4 million dollars (small, rural) to 1.9 million (large, urban); 700 to 2,000 dollars a participant."""
    totals = {kind: program_costs(*kind).yearly for kind in KINDS}
    assert totals["small", "rural"] == pytest.approx(0.4e6, rel=0.05)
    assert totals["large", "urban"] == pytest.approx(1.85e6, rel=0.05)
    assert min(totals, key=totals.__getitem__) == ("small", "rural")
    assert max(totals, key=totals.__getitem__) == ("large", "urban")
    each = {kind: total / program_costs(*kind).participants for kind, total in totals.items()}
    assert min(each.values()) == pytest.approx(700, rel=0.1)
    assert each["small", "urban"] == max(each.values()) == pytest.approx(2000, rel=0.1)


def test_each_part_grows_with_size_and_pay_with_the_town():
    for setting in get_args(Setting):
        for less, more in pairwise(program_costs(size, setting) for size in get_args(Size)):
            for part in ("start_up", "personnel", "operations", "supplies", "medical"):
                assert getattr(less, part) < getattr(more, part)
    for size in get_args(Size):
        pay = [program_costs(size, setting).personnel for setting in get_args(Setting)]
        assert pay == sorted(pay)


def test_the_rows_that_the_evidence_held_already_say_the_same():
    evidence, costs = load(), program_costs("medium", "urban")
    for part in ("personnel", "operations", "supplies", "medical"):
        assert evidence[f"ssp_medium_urban_{part}"].best == getattr(costs, part)


def test_an_unknown_kind_says_which_there_are():
    with pytest.raises(ValueError, match="small, medium, large"):
        program_costs("huge", "urban")
