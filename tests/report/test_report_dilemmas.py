"""A dilemma's answer in words: one sentence first, each telling in one more, nothing without its doubt, and in 80 columns."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from math import log

import findings_made
import numpy as np
import pytest
import report_made as made

from longview.program import Effect
from longview.report import dilemma_text
from longview.report import dilemmas as words
from longview.results import Choice, Interval, Portfolio, Turn


@pytest.fixture(scope="module")
def three():
    return {d.id: d for d in findings_made.dilemmas()}


@pytest.fixture(scope="module")
def program():
    return made.program()


def sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+(?=[A-Z“])", text)


def led_by(found, **leads: dict[str, float]):
    """The same, with each side's years of life lost to all doubt: `open={"a": 9}` puts a first while we stay open."""
    last = found.comparisons[-1]
    values = {t: dict(v) for t, v in last.values.items()}
    for telling, gains in leads.items():
        rows = np.zeros_like(values[telling]["life_years"])
        for who, gain in gains.items():
            rows[words.ROWS[who]] += gain
        values[telling]["life_years"] = rows
    return replace(found, comparisons=(*found.comparisons[:-1], replace(last, values=values)))


@pytest.mark.parametrize(
    ("leads", "said"),
    [
        ({"open": {"a": 9}, "closing": {"a": 9}}, "“Longer evenings” comes first, told either way."),
        ({"open": {}, "closing": {}}, "Too close to call: our numbers cannot choose, told either way."),
        (
            {"open": {"a": 9}, "closing": {"keep": 9}},
            "“Longer evenings” comes first while we stay open; count the danger of closing, and keeping the money does.",
        ),
        (
            {"open": {"b": 9}, "closing": {}},
            "“Mend the roof” comes first while we stay open; count the danger of closing, and it is too close to call.",
        ),
        (
            {"open": {}, "closing": {"b": 9}},
            "While we stay open it is too close to call; count the danger of closing, and “Mend the roof” comes first.",
        ),
    ],
)
def test_the_first_sentence_is_the_answer_and_short(three, program, leads, said):
    told = words.answer(led_by(three["hours-or-building"], **leads), program)[0]
    assert told.startswith(said)
    assert len(said.split()) <= 25


def test_likely_is_said_once_what_it_is_and_every_middle_has_its_range(three, program):
    for found in three.values():
        told = " ".join(words.answer(found, program))
        assert told.count("8 in 10") == 1
        for middle in re.finditer(r"about\s[\d,]+\s(?:more|fewer)[^()]*?with (?:“[^”]*”|keeping the money)", told):
            assert told[middle.end() :].startswith(" (likely "), middle.group()


def test_no_sentence_of_an_answer_is_too_long_to_read_aloud(three, program):
    for found in three.values():
        for paragraph in words.answer(found, program):
            for sentence in sentences(paragraph):
                assert len(sentence.split()) <= 50, sentence


def test_hours_alone_and_what_could_repay_them_are_told(three, program):
    fires = three["fires-or-long-view"]
    with_lift = words.answer(fires, program)[-1]
    assert "Hours alone do not repay the long view: in about 1 future in 12, fewer fires win back" in with_lift.replace(
        "\u00a0", " "
    )
    assert "rises by 6 points or more (likely 3 to 12)" in with_lift.replace("\u00a0", " ")
    small = replace(fires.turns[0], at=0.005, close=(0.0, 0.0083))
    assert "by 0.5 points or more (likely 0 to 0.8)" in words.lift_words(small) + words.answer(
        replace(fires, turns=(small,)), program
    )[-1].replace("\u00a0", " ")
    without = words.answer(replace(fires, turns=(), lift_tried=("the city’s grant", 0.3)), program)[-1]
    assert "30 points more of a chance that the city’s grant is renewed, it would still not come first" in without
    served = Turn(
        "improve_gain", "w", "ratio", "evidence", Interval(1.0, 1.1, 1.3), 1.04, (1.03, 1.05), "keep", "b", True
    )
    assert "from 4% more people given naloxone" in words.answer(replace(fires, turns=(served,)), program)[-1]
    assert "at 1.04 times" in words.turn(fires, served)


def test_what_may_be_unlawful_and_what_cannot_stand_together_is_told(three, program):
    found = three["hours-or-building"]
    one, two = program.options[:2]
    sides = tuple(replace(s, options=o) for s, o in zip(found.sides, ((one.id,), (two.id,), ()), strict=True))
    asked = replace(found, sides=sides)

    def told(*options) -> str:
        return " ".join(words.answer(asked, replace(program, options=options)))

    plain = replace(one, lawful="yes", excludes=()), replace(two, lawful="yes", excludes=())
    assert "lawful" not in told(*plain)
    assert "exclude" not in told(*plain)
    assert f"“{one.name}” may not be lawful" in told(replace(one, lawful="unclear", excludes=()), plain[1])
    assert "exclude each other" in told(replace(plain[0], excludes=(two.id,)), plain[1])
    assert "exclude each other" in told(plain[0], replace(plain[1], excludes=(one.id,)))


def test_a_post_that_was_filled_is_told_to_stay_filled_after_its_money(three, program):
    found = three["fires-or-long-view"]
    post = program.options[0].id
    sides = (replace(found.sides[0], options=(post,)), *found.sides[1:])
    fills = replace(program, effects=(Effect(post, "hire_frozen", "add", 1.0),))
    said = words.stays(replace(found, sides=sides), fills)
    assert said.startswith("Nobody is let go when the money ends: after one year the post that “Today’s fires” filled")
    assert words.stays(found, fills) == ""
    assert words.stays(replace(found, sides=sides), replace(program, effects=())) == ""


def test_how_far_a_raise_goes_towards_a_living_wage_is_told(program):
    place = replace(program.posts[0], paid_as="wage", rate=Decimal(18), people=1.0)
    paid = replace(
        program,
        living_wage=Decimal(20),
        posts=(place,),
        options=(),
        effects=(Effect("raise", "wage", "multiply", 1.01),),
    )
    side = findings_made.sides("Supplies", "Raise pay", options=("kits", "raise"))[1]

    def told(level: float) -> str:
        raised = Portfolio("b", (Choice("raise", level, made.START),))
        return words.living_wage(paid, replace(side, portfolios=(raised,)))

    half, whole = log(19 / 18) / log(1.01), log(21 / 18) / log(1.01)
    assert "1 would be, and the lowest would be $19, 50% of the way" in told(half)
    assert "0 would be, and the lowest would be $21, 100% of the way" in told(whole)


def test_cells_of_the_table_never_touch_however_long_their_ranges(three, program):
    found = three["hours-or-building"]
    last = found.comparisons[-1]
    random = np.random.default_rng(1)
    values = {t: dict(v) for t, v in last.values.items()}
    for telling in values:
        base = values[telling]["visits"]
        values[telling]["visits"] = base + random.normal(0, 60_000, base.shape)
        cash = values[telling]["free_cash"]
        values[telling]["free_cash"] = cash + random.normal(0, 2_500_000, cash.shape)
    wide = replace(found, comparisons=(*found.comparisons[:-1], replace(last, values=values)))
    lines = dilemma_text(wide, program).splitlines()
    assert max(map(len, lines)) <= 80
    start = next(i for i, line in enumerate(lines) if line.startswith("  Visits"))
    for line in lines[start : start + 12]:
        assert not re.search(r"\d[+-]\d|k[+-]", line), line
