"""`compare` and `plan`: what may be typed, what is refused with which sentence, and one real plan end to end."""

from __future__ import annotations

import shutil
from dataclasses import replace

import numpy as np
import pytest

from longview.choose import Budget, Space, assumptions, offer
from longview.evidence import load
from longview.plan import read_plan
from longview.verbs import InfeasibleError, NotReadyError, WrongUseError
from longview.verbs.compare import picks
from longview.verbs.ready import ready

MONTHS = 60


@pytest.fixture(scope="module")
def on_offer(program):
    return offer(program, MONTHS, tuple(o.id for o in program.options))


def named(program, on_offer, text):
    return on_offer.portfolio(picks(program, on_offer, text)).name


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("roof", "roof"),
        ("evening-hours", "evening-hours=4"),
        ("evening-hours=8", "evening-hours=8"),
        ("roof+more-kits=500", "more-kits=500+roof"),
        (" roof + boxes ", "boxes+roof"),
    ],
)
def test_what_may_be_typed(program, on_offer, typed, meant):
    assert named(program, on_offer, typed) == meant


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("rof", "Did you mean roof?"),
        ("", "There is no option (nothing typed)"),
        ("evening-hours=5", "can be done at 4, 8, 12"),
        ("evening-hours=many", "can be done at 4, 8, 12"),
        ("roof=2", "can be done at 1"),
        ("roof+nothing-like-it", "There is no option nothing-like-it"),
    ],
)
def test_what_is_refused_says_what_to_type(program, on_offer, typed, said):
    with pytest.raises(WrongUseError) as wrong:
        picks(program, on_offer, typed)
    assert said in str(wrong.value)


def test_options_that_need_or_exclude_one_another_say_so(program):
    change = {"roof": {"requires": ("upkeep",)}, "boxes": {"excludes": ("van-day",)}, "hire-faster": {"lawful": "no"}}
    bound = replace(program, options=tuple(replace(o, **change.get(o.id, {})) for o in program.options))
    on_offer = offer(bound, MONTHS)
    for typed, said in (
        ("roof", "type roof+upkeep"),
        ("boxes+van-day", "exclude each other"),
        ("hire-faster", "not lawful here"),
    ):
        with pytest.raises(WrongUseError, match=said.replace("+", r"\+")):
            picks(bound, on_offer, typed)


def test_the_example_can_pay_for_today_and_for_each_option_alone(program):
    given = assumptions(program, load(program.own_values), 1.0)
    space = Space(program, offer(program, MONTHS), Budget(program, MONTHS, given))
    assert space.budget.lacks == 0
    alone = np.eye(len(space.offer.axes), dtype=np.int64)
    assert space.affordable(alone).all()
    everything = np.array([[len(axis.levels) - 1 for axis in space.offer.axes]])
    assert not space.affordable(everything).any()


def test_a_folder_with_problems_is_not_planned(tmp_path):
    with pytest.raises(NotReadyError):
        ready(tmp_path / "nowhere")


QUICK = {"years": 1, "futures": 20, "seed": 5, "tries": 20}  # as `test_shelf` asks: what one finds the other may read


@pytest.fixture(scope="module")
def planned(folder):
    from longview.verbs.plan import plan

    kept = {f: f.read_bytes() for f in folder.iterdir() if f.is_file()}
    return plan(folder, **QUICK), kept


def test_a_plan_from_records_to_report(folder, program, planned):
    report, kept = planned
    assert report.report == folder / "out" / "report.html"
    assert report.report.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert {f: f.read_bytes() for f in kept} == kept, "records are never touched"
    written, problems = read_plan(report.plan)
    assert problems == []
    assert written is not None
    assert {c.option for c in written.commitments} == {c.option for c in report.decision.portfolio.choices}
    short = np.asarray(report.decision.comparison.values["closing"]["short"]).mean(axis=1)
    assert short[report.decision.pick] <= max(program.run_short, short[0] + 0.02) + 1e-9


@pytest.mark.slow
def test_the_same_seed_is_the_same_plan_and_an_edited_one_is_left_alone(folder, planned, tmp_path, monkeypatch):
    from longview.verbs.plan import plan

    monkeypatch.setenv("LONGVIEW_CACHE", str(tmp_path))  # nothing is known of the first run

    report, _ = planned
    report.plan.write_text("# mine now\n" + report.plan.read_text(encoding="utf-8"), encoding="utf-8")
    again = plan(folder, **QUICK)
    assert again.plan == folder / "plan.new.toml"
    assert report.plan.read_text(encoding="utf-8").startswith("# mine now")
    assert again.decision.portfolio == report.decision.portfolio
    assert again.paragraph == report.paragraph


def test_a_floor_that_nothing_reaches_is_told_and_nothing_is_written(folder, tmp_path):
    from longview.verbs.plan import plan

    place = tmp_path / "strict"
    shutil.copytree(folder, place, ignore=shutil.ignore_patterns("out", "plan*"))
    facts = (place / "program.toml").read_text(encoding="utf-8")
    facts = "\n".join(line for line in facts.splitlines() if not line.startswith("living_wage"))
    (place / "program.toml").write_text(facts + "\nliving_wage = 60\nliving_wage_by = 2023\n", encoding="utf-8")
    with pytest.raises(InfeasibleError, match="No plan pays the living wage by January 2023"):
        plan(place, years=1, futures=20, tries=20)
    assert not (place / "out").exists()
    assert not (place / "plan.toml").exists()
