"""Studies run: formulas exactly, a small cohort against a closed form, and what stays the same whatever the arms."""

from __future__ import annotations

import json
import math
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from study_files import EVIDENCE, WHOLE, study

from longview.validation import read_study, reproduce, shipped
from longview.validation.cohort import run_cohort
from longview.validation.form import Reading
from longview.validation.measures import value
from longview.validation.outbreak import outbreak_values
from longview.validation.telling import ours

ROOT = Path(__file__).resolve().parents[2]
STUDIES = {path.stem: path for path in shipped()}


@pytest.mark.parametrize("name", ["v01", "v02", "v03"])
def test_formulas_are_exact(name):
    found, _ = read_study(STUDIES[name], EVIDENCE)
    assert found is not None
    done = reproduce(found, EVIDENCE)
    assert done.inside is True
    page = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")
    section = page[page.index(f"\n## {found.id}\n") :]
    for verdict in done.outcomes:
        assert f"| {ours(verdict)} |" in section[: section.index("\n## ", 5)], "run: make validation"


def test_the_tree_worked_out_by_hand():
    found, _ = read_study(STUDIES["v01"], EVIDENCE)
    assert found is not None
    done = {v.name: v.point for v in reproduce(found, EVIDENCE).outcomes}

    def place(w: float, a: float, met: float) -> float:
        missed = 0.0588235 * (a * 0.588 + 1 - a)
        return (1 - w) * 0.0588235 + w * (met * 0.00856 + (1 - met) * missed)

    by_hand = 0.12 * place(0.82, 0.662, 0.5) + 0.88 * place(0.492, 0.39058, 0.5)
    assert done["in half"] == pytest.approx(by_hand, rel=1e-5)


CLOSED = """
id = "T3"
title = "People who inject, with no way out but stopping, and no kits"
futures = 6
[population]
people = 1000
inject = 1
smoke = 0
stimulants = 0
closed = true
years = 3
[evidence]
opioid_share = 1
stop_rate = 0.2
od_nonfatal_inject = 0.3
od_case_fatality_overall = 0.0
od_rate_stimulant_only = 0.1
fatal_none = 0.06
fatal_naloxone = 0.01
od_witnessed = 0.0
od_witnessed_public = 0.0
nonod_death_oud = 0.01
moud_allcause_rr = 1.0
moud_od_rr = 0.999
moud_after_leaving_rr = 1.0
risk_ratio = 1.0
age_today = 40
[structure]
fentanyl = "more overdoses"
[[outcomes]]
name = "deaths"
measure = "deaths"
[[outcomes]]
name = "still there"
measure = "people"
"""


def test_a_closed_cohort_decays_as_it_must():
    verdicts = reproduce(study(CLOSED), EVIDENCE).outcomes
    died, left = 0.3 * 0.06, math.exp(-3 * (0.2 + 0.01 + 0.3 * 0.06))
    assert verdicts[1].point == pytest.approx(1000 * left, rel=2e-3)
    assert verdicts[0].point == pytest.approx(1000 * died / (0.21 + died) * (1 - left), rel=2e-3)


def test_nothing_moves_until_an_arm_moves_it():
    ran = run_cohort(study(), EVIDENCE, None, None)["as it is"]
    for name in ("people", "reached", "kits_held", "deaths", "visits"):
        assert np.ptp(ran.seen[name], axis=1).max() <= 1e-9 * ran.seen[name].max()


def test_kits_are_what_the_population_says():
    text = WHOLE.replace("kits_a_month = 50", "kits_held_per_person = 0.3\nstimulants = 0")
    ran = run_cohort(study(text), EVIDENCE, None, None)["as it is"]
    assert ran.seen["kits_held"][:, 0] / 1000 == pytest.approx(0.3, rel=1e-6)
    text = WHOLE.replace("kits_a_month = 50", "naloxone_use = 0.4")
    ran = run_cohort(study(text), EVIDENCE, None, None)["as it is"]
    assert ran.seen["naloxone_use"][:, 0] == pytest.approx(
        0.4, rel=0.03
    )  # who dies within a month is not counted alike


def test_kits_may_be_told_for_each_100_000_residents():
    text = WHOLE.replace("kits_a_month = 50", "residents = 100000\nkits_a_year_per_100k = 600")
    ran = run_cohort(study(text), EVIDENCE, None, None)["as it is"]
    assert ran.seen["kits_given"][:, 0] == pytest.approx(50.0, rel=1e-6)


def test_a_lever_moves_from_its_start_until_its_end():
    text = WHOLE.replace("levers = { kits = 2 }", "levers = { kits = { to = 2, start = 2, until = 6 } }")
    ran = run_cohort(study(text), EVIDENCE, None, None)
    ratio = ran["more kits"].seen["kits_given"] / ran["as it is"].seen["kits_given"]
    assert ratio[:, 2:6] == pytest.approx(2.0, rel=2e-3)
    assert np.delete(ratio, range(2, 6), axis=1) == pytest.approx(1.0, rel=2e-3)


def test_some_months_alone_are_read():
    ran = run_cohort(study(), EVIDENCE, None, None)["more kits"]
    given = ran.seen["kits_given"]
    assert value(ran, Reading("kits_given", between=(3, 6))) == pytest.approx(given[:, 3:6].sum(1))
    assert value(ran, Reading("kits_held", between=(3, 6))) == pytest.approx(ran.seen["kits_held"][:, 5])
    assert value(ran, Reading("kits_given", discounted=True, times=2.0)) == pytest.approx(
        2.0 * (given * 1.03 ** (-(np.arange(12) + 1) / 12)).sum(1)
    )


def test_without_deaths_the_danger_is_the_evidences_and_other_places_keep_it():
    text = WHOLE.replace("levers = { kits = 2 }", "population = { kits_a_month = 200 }")
    ran = run_cohort(study(text), EVIDENCE, None, None)
    assert ran["as it is"].whole["level"] == pytest.approx(1.0, rel=1e-5)
    text = text.replace("years = 1", "years = 1\ndeaths_a_year = 20")
    ran = run_cohort(study(text), EVIDENCE, None, None)
    assert ran["as it is"].seen["deaths_all"].sum(1) == pytest.approx(20.0, rel=5e-3)
    assert ran["more kits"].whole["level"] == pytest.approx(ran["as it is"].whole["level"], rel=1e-5)
    fewer, today = (ran[name].seen["deaths"].sum(1) for name in ("more kits", "as it is"))
    assert (fewer <= today * (1 + 1e-9)).all()
    assert (fewer < 0.95 * today).mean() > 0.8  # in some futures naloxone is met as often as can be already


def test_the_order_of_arms_does_not_matter():
    turned = WHOLE.replace('[[arms]]\nname = "as it is"\n', "").replace(
        "levers = { kits = 2 }", 'levers = { kits = 2 }\n\n[[arms]]\nname = "as it is"'
    )
    assert turned != WHOLE
    one, other = (reproduce(study(text), EVIDENCE).outcomes[0] for text in (WHOLE, turned))
    assert (one.low, one.point, one.high) == (other.low, other.point, other.high)


def test_a_study_that_contradicts_itself_is_told():
    text = WHOLE.replace("years = 1", "years = 1\ndeaths_a_year = 900000")
    done = reproduce(study(text), EVIDENCE)
    assert "no future settles" in done.trouble
    assert done.inside is None


OUTBREAK = """
id = "T4"
title = "An outbreak"
kind = "outbreak"
futures = 8
[outbreak]
begins = 2011-04-01
ends = 2013-04-01
people = 400
first_found = 2013-01-01
fit_infected = 60
[[arms]]
name = "late"
[[arms]]
name = "soon"
outbreak = { first_found = 2011-04-01 }
[[outcomes]]
name = "late"
measure = "infected"
arm = "late"
[[outcomes]]
name = "soon"
measure = "infected"
arm = "soon"
"""


def test_an_outbreak_is_fitted_once_and_sooner_looked_for_stays_smaller():
    late, soon = reproduce(study(OUTBREAK), EVIDENCE).outcomes
    assert late.low == pytest.approx(60.0, rel=1e-6)
    assert late.high == pytest.approx(60.0, rel=1e-6)
    assert soon.high < 60.0


def test_a_late_first_infection_is_set_back_into_the_calendar():
    late = OUTBREAK.replace("people = 400", "people = 400\nlate = 100\nsyringes_from = 2012-04-01")
    ran = outbreak_values(study(late), EVIDENCE)
    assert ran("late", Reading("infected", between=(99, 100))) == pytest.approx(0.0)
    assert ran("late", Reading("infected", between=(100, 101))) == pytest.approx(1.0)
    growth = np.stack([ran("late", Reading("infected", between=(d, d + 1))) for d in (364, 365, 366, 367, 368)])
    daily = np.diff(np.log(growth), axis=0)
    assert (np.abs(daily[0] / daily[1] - 1.0) < 0.01).all()
    assert (daily[2] < 0.9 * daily[1]).all(), "sterile syringes slow it from the day on which they come"


def test_those_found_as_the_study_counted_are_found_and_the_spread_is_fitted_to_them():
    counted = "found = { from = 2012-09-03, every = 7, numbers = [0, 7, 14, 0, 3] }"
    text = OUTBREAK.replace("first_found = 2013-01-01", counted)
    ran = outbreak_values(study(text), EVIDENCE)

    def on(day: int, arm: str = "late", measure: str = "known") -> np.ndarray:
        return ran(arm, Reading(measure, between=(day, day + 1)))

    first = 521  # 3 September 2012
    assert on(first + 7) == pytest.approx(0.0)
    assert on(first + 8) == pytest.approx(1.0), "seven in the week, one a day"
    assert on(first + 14) == pytest.approx(7.0)
    assert on(first + 21) == pytest.approx(21.0)
    assert on(731) == pytest.approx(24.0), "nobody after the last number"
    assert on(731, measure="infected") == pytest.approx(60.0, rel=1e-6)
    assert (on(first + 7, "soon") > 0).all(), "an arm looked for by its own day is not found as counted"
    assert (on(731, "soon", "infected") < 60.0).all()


def test_those_found_come_on_their_days_however_late_the_first_infection():
    counted = "late = 100\nfound = { from = 300, numbers = [2, 1] }"
    text = OUTBREAK.replace("first_found = 2013-01-01", counted)
    ran = outbreak_values(study(text), EVIDENCE)
    known = np.stack([ran("late", Reading("known", between=(d, d + 1))) for d in (300, 301, 302, 731)])
    assert known == pytest.approx(np.array([0.0, 2.0, 3.0, 3.0])[:, None] + np.zeros(8))


def test_the_command_answers_machines(tmp_path):
    (tmp_path / "mine.toml").write_text(WHOLE, encoding="utf-8")
    (tmp_path / "bad.toml").write_text("id = 3\n", encoding="utf-8")
    command = [sys.executable, "-m", "longview", "validate", "--json"]
    done = subprocess.run([*command, str(tmp_path / "mine.toml")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["schema"] == 1
    assert re.fullmatch(r"[0-9a-f]{16}", said["evidence_hash"])
    (found,) = said["studies"]
    assert (found["id"], found["class"], found["counted"]) == ("T1", "run", True)
    assert found["inside"] in (True, False)
    assert found["outcomes"][0]["published"] == 0.05
    files = [str(tmp_path / "mine.toml"), str(tmp_path / "bad.toml")]
    done = subprocess.run([*command, *files], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert len(json.loads(done.stdout)["studies"]) == 1
    assert any("bad.toml" in line for line in json.loads(done.stdout)["problems"])
