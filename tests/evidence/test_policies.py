"""Laws and practices: whatever they name exists, and each is told with what speaks for it and what speaks against."""

from __future__ import annotations

import pytest

from longview.evidence import load, policies, policy
from longview.program import levers

LAWS = tuple(policies().values())
EVIDENCE = load()
HOW = ("seen", "second-hand", "memory", "reasoning")


def test_each_says_which_way_the_model_can_answer():
    assert {law.way for law in LAWS} == {"fewer", "more", "either", "none"}
    for law in LAWS:
        assert (law.way == "none") == (law.opens is not None)
        assert law.one_way.endswith(".")


def everyone(test):
    return pytest.mark.parametrize("law", LAWS, ids=lambda law: law.id)(test)


@everyone
def test_levers_and_rows_that_it_names_exist(law):
    assert all(effect.lever in levers() for effect in law.effects)
    assert law.opens is None or law.opens in levers()
    assert law.reads
    assert all(EVIDENCE[key].role == "input" for key in law.reads)
    assert all(EVIDENCE[key].role != "input" for key in law.checks), "what it is held against is read by nothing"


@everyone
def test_it_moves_something_or_opens_something_never_neither_nor_both(law):
    assert bool(law.effects) != bool(law.opens)


@everyone
def test_every_sentence_is_there_and_is_one(law):
    for words in (law.what, law.held, law.delay, law.blind):
        assert len(words.split()) >= 3
        assert words[0].isupper()
        assert words.endswith(".")
    assert law.name
    assert law.who
    assert law.grade in ("strong", "moderate", "weak", "assumption")
    assert all(effect.source for effect in law.effects)


@everyone
def test_both_sides_are_told_and_say_how_they_came_to_us(law):
    for side in (law.speaks_for, law.speaks_against):
        assert side
        assert any(finding.how in ("seen", "second-hand") for finding in side), "not from memory or reasoning alone"
        for finding in side:
            assert finding.how in HOW
            assert finding.says.endswith(".")
            assert bool(finding.study) == (finding.how != "reasoning")


@everyone
def test_sizes_lie_in_their_range_and_in_what_the_lever_can_be(law):
    for effect in law.effects:
        assert effect.low <= effect.value <= effect.high
        lever = levers()[effect.lever]
        assert effect.op in ("add", "multiply")
        for people in (200.0, 20_000.0):
            for value in effect.scaled(people):
                reached = lever.today * value if effect.op == "multiply" else lever.today + value
                assert lever.low <= reached <= lever.high
                assert reached != lever.today, "a law that does nothing is no law"


@everyone
def test_as_an_option_it_has_its_own_name_and_its_own_effects(law):
    option, effects = law.option(), law.option_effects(1000.0)
    assert option.id == f"law-{law.id}"
    assert option.kind == "yes-no"
    assert len(effects) == len(law.effects)
    assert all(effect.option == option.id for effect in effects)


def test_what_is_told_for_each_person_grows_with_the_catchment():
    law = policy("naloxone-access")
    small, large = (law.option_effects(people)[0] for people in (500.0, 5000.0))
    assert (large.low, large.value, large.high) == pytest.approx((10 * small.low, 10 * small.value, 10 * small.high))
    steady = policy("good-samaritan")
    assert steady.option_effects(500.0) == steady.option_effects(5000.0)


def test_no_lever_that_stands_for_others_is_left_without_a_law():
    """Levers that only laws and others move: each has its page."""
    theirs = {
        "calling", "kits_pharmacy", "kits_elsewhere", "responders", "syringes_elsewhere", "syringe_rule", "police",
        "moud_access", "jail_moud", "jail", "monitoring", "seizures", "seizures_once", "room",
    }  # fmt: skip
    assert theirs == {effect.lever for law in LAWS for effect in law.effects} | {law.opens for law in LAWS if law.opens}


def test_an_unknown_law_is_told_with_the_nearest_and_with_all():
    with pytest.raises(ValueError, match="Did you mean good-samaritan") as told:
        policy("good-samaritans")
    assert all(law.id in str(told.value) for law in LAWS)
    with pytest.raises(ValueError, match="nothing typed"):
        policy("")
