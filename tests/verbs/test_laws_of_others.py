"""Laws of others beside a program's options: they are named, they act, and they move no other row."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from longview.cli import failures
from longview.evidence import policies, policy
from longview.program import with_asks
from longview.verbs import WrongUseError
from longview.verbs import futures as joined
from longview.verbs.compare import compare
from longview.verbs.laws import beside, laws, with_laws

QUICK = {"years": 1, "futures": 24}
NAMES = ("good-samaritan", "naloxone-access", "seizures-and-interdiction")


@pytest.fixture(scope="module", autouse=True)
def plain_engine():
    """The engine that needs no compiling."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(joined, "engine", lambda: "numpy")
        yield


@pytest.fixture(scope="module")
def alone(folder):
    return compare(folder, ["more-kits", "roof"], **QUICK)


@pytest.fixture(scope="module")
def together(folder):
    return compare(folder, ["more-kits", "roof"], laws=NAMES, **QUICK)


def test_laws_are_rows_of_their_own_after_the_options(together, program):
    chosen = [{c.option for c in p.choices} for p in together.comparison.portfolios]
    assert chosen == [set(), {"more-kits"}, {"roof"}, *({f"law-{name}"} for name in NAMES)]
    assert together.program == with_asks(program), "what the files say stays what they say"
    assert {o.id for o in together.shown.options} == {o.id for o in program.options} | {f"law-{n}" for n in NAMES}


def test_a_law_changes_no_other_row(alone, together):
    for telling, outcomes in alone.comparison.values.items():
        for outcome, values in outcomes.items():
            np.testing.assert_array_equal(values, together.comparison.values[telling][outcome][:3], err_msg=outcome)
    np.testing.assert_array_equal(alone.comparison.cost, together.comparison.cost[:3])


def test_laws_act_in_every_future_and_cost_nothing(together):
    deaths = together.comparison.values["open"]["deaths"]
    calls, kits, seizures = deaths[3:]
    assert (calls < deaths[0]).all(), "more calls, fewer deaths"
    assert (kits <= deaths[0]).all(), "more naloxone, never more deaths"
    assert (kits < deaths[0]).mean() > 0.5, "fewer, but where nobody lacks naloxone already"
    assert (seizures > deaths[0]).all(), "seizures, more deaths"
    assert (together.comparison.cost[3:] == 0).all()


def test_the_model_answers_the_way_that_each_law_says_it_can(folder):
    """In deaths, of a law on syringes in infections, future by future; a row's own tail may turn one in twenty."""
    acting = [law for law in policies().values() if law.effects]
    values = compare(folder, [], laws=[law.id for law in acting], **QUICK).comparison.values["open"]
    for row, law in enumerate(acting, start=1):
        for outcome in ("hcv_rate", "hiv_rate") if law.id.startswith("syringe") else ("deaths",):
            change = values[outcome][row] - values[outcome][0]
            slack = 1e-9 * np.abs(values[outcome][0])
            fewer, more = (change <= slack).mean(), (change >= -slack).mean()
            assert fewer >= 0.95 or law.way != "fewer", (law.id, outcome)
            assert more >= 0.95 or law.way != "more", (law.id, outcome)
            assert np.abs(change).max() > 0.0, (law.id, outcome)


def test_the_same_law_is_the_same_beside_other_options(folder, together):
    other = compare(folder, [], laws=NAMES[:1], **QUICK)
    deaths = other.comparison.values["closing"]["deaths"]
    np.testing.assert_array_equal(deaths[1], together.comparison.values["closing"]["deaths"][3])


def test_syringes_by_need_are_paid_for_by_the_program(folder):
    found = compare(folder, [], laws=["syringes-by-need"], **QUICK)
    assert found.comparison.cost[1] > 0
    spent = found.comparison.values["open"]["spending"]
    assert (spent[1] > spent[0]).all()


def test_a_law_that_only_opens_something_is_refused_with_what_to_do(program):
    with pytest.raises(WrongUseError, match="Write an option that moves room"):
        with_laws(program, [policy("consumption-room-allowed")])


def test_a_name_that_the_program_has_taken_is_refused(program):
    law = policy("good-samaritan")
    taken = replace(program, options=(*program.options, law.option()))
    with pytest.raises(WrongUseError, match="law-good-samaritan"):
        with_laws(taken, [law])


def test_an_unknown_law_is_told_with_the_nearest_and_with_all(folder):
    with pytest.raises(WrongUseError, match="Did you mean syringes-by-need") as told:
        compare(folder, [], laws=["syringes-by-needs"], **QUICK)
    assert all(name in str(told.value) for name in policies())


def test_every_law_is_listed_and_can_be_read_in_full():
    told = laws().text(60)
    assert max(map(len, told.splitlines())) <= 80
    for law in policies().values():
        assert f"  {law.id}\n" in told
        full = " ".join(laws(law.id).text(70).split())
        for finding in (*law.speaks_for, *law.speaks_against):
            assert finding.says in full
            assert finding.study in full
        assert law.blind in full
        assert law.held in full
        assert law.one_way in full
        assert all(f"({effect.lever})" in full for effect in law.effects)


def test_what_stands_under_a_comparison_says_what_cannot_be_seen():
    found = [policy("good-samaritan"), policy("police-pressure")]
    told = " ".join(beside(found, 80).split())
    for law in found:
        assert law.blind in told
        assert law.grade in told
        assert law.one_way in told
    assert "already" in told
    assert "what they cost others is not told" in told


def test_the_commands_say_it(folder, capsys):
    quick = ("--years", "1", "--futures", "24")
    assert failures.run(["compare", str(folder), "--law", "good-samaritan", *quick, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [law["id"] for law in found["laws"]] == ["good-samaritan"]
    assert found["laws"][0]["speaks_against"]
    assert found["portfolios"][1]["choices"][0]["option"] == "law-good-samaritan"
    assert failures.run(["compare", str(folder), "--law", "good-samaritan", *quick]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "Good Samaritan law (by others)" in told
    assert "not yours to choose" in told
    assert "costs you nothing; what it costs others is not told" in told
    assert failures.run(["compare", str(folder), "roof", "--law", "good-samaritan", *quick]) == 0
    answer = " ".join(capsys.readouterr().out.split("While we stay open")[0].split())
    assert "Good Samaritan" not in answer, "what is named best is what can be chosen"
    assert "Of what is yours to choose: " in answer
    assert "end the roof" in answer
    assert failures.run(["compare", str(folder)]) == 2
    assert "--law" in capsys.readouterr().err
    assert failures.run(["evidence", "--laws", "police-pressure", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["laws"][0]["checks"] == []
