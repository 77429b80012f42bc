"""Where a pick is said to turn, it turns: a little less can be afforded, a little more cannot."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal as D

import pytest
from choose_made import GIVEN, MONTHS, ROUNDS, made_values, small

from longview.choose import Budget, Space, choose, offer


@pytest.mark.parametrize("seed", [0, 1])
def test_the_price_at_which_a_pick_becomes_too_dear_is_that_price(seed):
    program = replace(small(), run_short=1.0)
    decision = choose(program, made_values(seed), months=MONTHS, given=GIVEN, rounds=ROUNDS)
    (roof,) = (v for v in decision.switching if v.key.startswith("Mend the roof"))
    assert roof.now == 15000
    for price, can in ((roof.turns_at - 300, True), (roof.turns_at + 600, False)):
        dearer = replace(program, prices=(replace(program.prices[0], amount=D(round(price))),))
        space = Space(dearer, offer(dearer, MONTHS), Budget(dearer, MONTHS, GIVEN))
        assert space.affordable(space.offer.picks(decision.portfolio)[None, :])[0] == can
