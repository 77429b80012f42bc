"""What is said of a choice: plain words, whole people, and how much of the doubt each figure explains."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal as D

import numpy as np
import pytest
from choose_made import GIVEN, MONTHS, ROUNDS, made_values, small

from longview.choose import NothingAffordableError, choose, clash_words, explained, paragraph
from longview.results import ThreePlans, Variant


def told(program, seed=5):
    values = made_values(seed)

    def evaluate(portfolios, futures, tellings=("open", "closing")):
        found = values(portfolios, futures, tellings)
        for rows in found.values():
            rows["deaths"] = 100.0 - rows["life_years"] / 20.0
            rows["ran_out"] = rows["short"]
        return found

    return choose(program, evaluate, months=MONTHS, given=GIVEN, rounds=ROUNDS)


def test_the_paragraph_names_what_to_do_how_sure_we_are_and_the_danger():
    program = replace(small(), run_short=1.0)
    decision = told(program)
    words = paragraph(program, decision)
    for choice in decision.portfolio.choices:
        assert next(o.name for o in program.options if o.id == choice.option) in words
    assert "die of overdose" in words
    assert "likely between" in words
    assert "run out of cash" in words
    assert not any(code in words for code in ("more-kits", "yes-no", "portfolio", "None"))


def test_what_is_wrong_with_today_is_said_whatever_is_chosen():
    strict = replace(small(), run_short=0.0)
    assert "already takes free cash below the reserve" in paragraph(strict, told(strict))
    poor = replace(small(), funds=small().funds[1:], run_short=1.0)
    assert "more than the money in sight" in paragraph(poor, told(poor))
    calm = replace(small(), run_short=1.0)
    assert "below the reserve" not in paragraph(calm, told(calm))


def test_keeping_the_money_is_an_answer_too():
    program = replace(small(), options=(), effects=(), prices=())
    decision = told(program)
    words = paragraph(program, decision)
    assert words.startswith("Keep the money in hand")
    same = Variant("expected", 1.0, decision), Variant("cut", 0.7, decision), Variant("granted", 1.2, decision)
    assert paragraph(program, decision, None, ThreePlans(*same, (), 0.2, ())) == words, (
        "nothing in it could stand or fall"
    )


@pytest.mark.parametrize("case", ["money", "no option", "danger"])
def test_a_clash_is_told_with_what_would_loosen_it(case):
    program = replace(small(), living_wage=D("19.50"), living_wage_by=2024, run_short=1.0)
    if case == "money":
        state = replace(program.funds[0], amount=D(100000))
        program = replace(program, free_cash=D(10000), funds=(state, *program.funds[1:]))
    elif case == "no option":
        program = replace(program, options=program.options[:1])
    else:
        program = replace(program, run_short=0.0, no_site_closed=True)
    evaluate = made_values(4)

    def grim(portfolios, futures, tellings=("open", "closing")):
        found = evaluate(portfolios, futures, tellings)
        for rows in found.values():
            spent = np.array([[bool(p.choices)] for p in portfolios])
            rows["short"] = np.broadcast_to(spent, rows["short"].shape)
        return found

    with pytest.raises(NothingAffordableError) as nothing:
        choose(program, grim if case == "danger" else evaluate, months=MONTHS, given=GIVEN, rounds=ROUNDS)
    words = clash_words(program, nothing.value.clash)
    assert words.startswith("No plan")
    assert "program.toml" in words
    assert ("lacks about" in words) is (case == "money")
    assert ("run_short" in words) is (case == "danger")


def test_doubt_is_laid_at_the_door_of_what_moves_the_answer():
    draw = np.random.default_rng(1)
    figures = {name: draw.normal(size=2000) for name in ("much", "little", "nothing")}
    gain = 3.0 * figures["much"] + figures["little"] + draw.normal(size=2000)
    found = explained(figures, gain)
    assert found["much"] > 0.7
    assert 0.03 < found["little"] < 0.2
    assert found.get("nothing", 0.0) < 0.01
    assert explained(figures, np.exp(gain)) == found  # ranks: no scale matters
    assert explained(figures, np.zeros(2000)) == {}
    assert explained({"fixed": np.ones(2000)}, gain) == {}
