"""Laws, police and treatment: each held against another way to the same end, and to its ends (docs/model.md, section 8)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from batches import Floats, one, params, share
from hypothesis import given
from hypothesis import strategies as st
from law_runs import TODAY, World, alone, lever_program, option, world
from made import PROGRAM, make_program
from numpy.testing import assert_allclose

from longview.model import Seen
from longview.model.arrays import odds
from longview.model.laws import calls, seizures, unafraid, watched_danger, watched_starts
from longview.model.overdose import risk_by_treatment, risk_over_today
from longview.model.reach import begun_in_jail, link_success, treatment_start
from longview.program.types import Effect, Option

PLAN = 24
ILL = ("hcv_infections", "hiv_infections", "skin_infections", "wounds_hospital")
MONEY = ("spending", "free_cash", "income", "charged", "fund_cash", "owed", "rationing", "short", "returned", "ran_out")


def moved(ways: dict[str, list[tuple[str, str, float]]], count: int = 40, years: int = 2, p: dict[str, float] | None = None,
          supplies: Any = PROGRAM.supplies, **targets: float) -> tuple[World, dict[str, Seen], Floats]:  # fmt: skip
    """Each way alone, and today's path as "today": series over the plan, and years lived, [P, F]."""
    effects = tuple(Effect(way, *rest) for way, rows in ways.items() for rest in rows)  # type: ignore[arg-type]
    options = tuple(Option(way, way, "yes-no") for way in ways)
    here = world(
        make_program(options=options, effects=effects, prices=(), supplies=supplies),
        count=count,
        years=years,
        p=p,
        **targets,
    )
    result = here.run([TODAY, *map(alone, ways)], expected=True, open_only=True)
    assert result.seen is not None
    names = ("today", *ways)
    return (
        here,
        {n: Seen(*(x[i][..., :PLAN] for x in result.seen)) for i, n in enumerate(names)},
        np.asarray(result.lived),
    )


def same(a: Seen, b: Seen, but: tuple[str, ...] = ()) -> None:
    for name in Seen._fields:
        if name not in but:
            assert_allclose(getattr(a, name), getattr(b, name), rtol=1e-9, atol=1e-9, err_msg=name)


class TestCalling:
    @given(st.floats(0.001, 0.999), st.floats(0.1, 10.0))
    def test_odds_are_multiplied(self, a: float, times: float) -> None:
        got = calls(one(a), one(times))
        assert_allclose(odds(got), odds(one(a)) * times, rtol=1e-9)

    def test_the_sure_stay_sure_and_the_never_never(self) -> None:
        assert_allclose(calls(one(0.0, 1.0), one(7.0, 0.2)), [0.0, 1.0])

    def test_more_kits_never_harm_however_many_call(self) -> None:
        """Naloxone met does no worse than the call that comes with it: decision 0301."""
        ways = {
            "called": [("calling", "set", 10.0)],
            "called-and-kits": [("calling", "set", 10.0), ("kits_elsewhere", "multiply", 3.0)],
        }
        _, seen, _ = moved(ways, count=300)
        fewer = (seen["called"].deaths - seen["called-and-kits"].deaths).cumsum(-1)
        assert fewer.min() > -1e-9
        assert (fewer[:, -1] > 1e-6).mean() > 0.4


class TestSeizures:
    @given(st.floats(0.0, 50.0), st.floats(2.0, 60.0), share)
    def test_the_whole_excess_is_its_size_times_its_mean_life(self, number: float, half: float, part: float) -> None:
        """However it is spread over months: number·share·excess·half-life/ln 2, in days."""
        p = params(seizure_half_life=half, seizure_share=part, seizure_excess=2.0)
        left, days = one(0.0), 0.0
        for t in range(60):
            danger, left = seizures(left, one(number if t == 0 else 0.0), p, np)
            days += float(danger[0] - 1.0) * 365.0 / 12.0
        assert_allclose(days, number * part * 2.0 * half / np.log(2.0), rtol=1e-6, atol=1e-9)

    def test_none_added_none_felt(self) -> None:
        danger, left = seizures(one(0.0), one(0.0), params(), np)
        assert danger[0] == 1.0
        assert left[0] == 0.0

    def test_a_month_long_is_felt_after_it_ends(self) -> None:
        _, seen, _ = moved({"once": [("seizures_once", "add", 20.0)]}, p={"seizure_half_life": 20.0})
        more = seen["once"].overdoses / seen["today"].overdoses - 1.0
        assert (more[:, 0] > more[:, 1]).all()
        assert (more[:, 1] > 0.01 * more[:, 0]).all()


class TestMonitoring:
    @given(share, st.floats(0.7, 1.4), st.floats(0.7, 1.4))
    def test_either_side_of_one(self, watched: float, danger: float, starts: float) -> None:
        p = params(pdmp_danger=danger, pdmp_starts=starts)
        assert_allclose(watched_danger(one(watched), p), 1 + watched * (danger - 1))
        assert_allclose(watched_starts(one(watched), p), 1 + watched * (starts - 1))

    def test_its_danger_is_that_of_a_supply_as_dangerous(self) -> None:
        ways = {"watched": [("monitoring", "set", 1.0)], "supply": [("supply", "set", 1.1)]}
        _, seen, _ = moved(ways, p={"pdmp_danger": 1.1, "pdmp_starts": 1.0, "opioid_share": 1.0})
        same(seen["watched"], seen["supply"])
        assert (seen["watched"].deaths > seen["today"].deaths).all()

    @pytest.mark.parametrize(("starts", "way"), [(0.8, 1), (1.2, -1)])
    def test_who_never_begins_lives_longer_and_who_begins_shorter(self, starts: float, way: int) -> None:
        _, seen, lived = moved({"watched": [("monitoring", "set", 1.0)]}, p={"pdmp_danger": 1.0, "pdmp_starts": starts})
        assert (way * (seen["today"].people - seen["watched"].people) > 0).all()
        assert (way * (lived[1] - lived[0]) > 0).all()


class TestPolice:
    def test_all_the_time_and_feared_by_all_nobody_comes(self) -> None:
        _, seen, _ = moved({"police": [("police", "set", 1.0)]}, p={"police_avoid": 1.0})
        assert seen["police"].visits.max() < 1e-9
        reached = seen["police"].reached
        assert (np.diff(reached, axis=-1) < 0).all()

    def test_feared_by_nobody_nothing(self) -> None:
        _, seen, _ = moved({"police": [("police", "set", 1.0)]}, p={"police_avoid": 0.0})
        same(seen["police"], seen["today"])

    @given(share, share)
    def test_some_still_come(self, police: float, avoid: float) -> None:
        assert 0.0 <= unafraid(one(police), params(police_avoid=avoid))[0] <= 1.0


class TestJail:
    def test_nobody_jailed_is_medication_that_takes_all_danger_away(self) -> None:
        ways = {"none": [("jail", "set", 0.0)], "medication": [("jail_moud", "set", 1.0)]}
        _, seen, _ = moved(ways, p={"jail_moud_rr": 0.0, "link_success_jail": 0.0})
        same(seen["none"], seen["medication"], but=ILL)
        assert (seen["none"].deaths < seen["today"].deaths).all()

    def test_medication_for_everybody_leaves_its_share_of_danger(self) -> None:
        ways = {"fewer": [("jail", "set", 0.4)], "medication": [("jail_moud", "set", 1.0)]}
        _, seen, _ = moved(ways, p={"jail_moud_rr": 0.4, "link_success_jail": 0.0})
        same(seen["fewer"], seen["medication"], but=ILL)

    def test_who_begins_in_jail_is_on_medication_outside(self) -> None:
        ways = {"medication": [("jail_moud", "set", 1.0)]}
        _, seen, _ = moved(ways, p={"jail_moud_rr": 1.0, "link_success_jail": 0.3})
        assert (seen["medication"].on_moud > seen["today"].on_moud).all()
        _, seen, _ = moved(ways, p={"jail_moud_rr": 1.0, "link_success_jail": 0.0})
        same(seen["medication"], seen["today"])

    @given(share, st.floats(0.0, 5.0))
    def test_begun_in_jail(self, medication: float, jailed: float) -> None:
        p = params()
        got = begun_in_jail(one(jailed), one(medication), p)
        assert 0.0 <= got[0] <= p["jail_rate"][0] * jailed

    @given(st.floats(0.0, 5.0), share, st.floats(0.2, 5.0))
    def test_danger_over_today(self, jail: float, medication: float, stay: float) -> None:
        p = params()
        got = risk_over_today(one(jail), one(medication), one(stay), p, np)
        none, on = risk_by_treatment(p)
        assert (got > 0).all()
        assert_allclose(got[0] * none, risk_by_treatment(p, one(jail), one(medication), one(stay))[0])
        assert_allclose(got[1] * on, risk_by_treatment(p, one(jail), one(medication), one(stay))[1])
        assert (risk_over_today(one(1.0), one(0.0), one(1.0), p, np) == 1.0).all()


class TestTreatment:
    def test_begun_with_us_is_as_many_more_referrals(self) -> None:
        p = {"link_success_ssp": 0.2, "link_success_onsite": 0.5}
        ways = {"onsite": [("onsite", "set", 1.0)], "referrals": [("referrals", "set", 2.5)]}
        _, seen, _ = moved(ways, p=p)
        same(seen["onsite"], seen["referrals"])
        assert (seen["onsite"].on_moud > seen["today"].on_moud).all()

    def test_begun_with_us_never_brings_fewer(self) -> None:
        p = {"link_success_ssp": 0.5, "link_success_onsite": 0.3}
        assert link_success(one(1.0), params(**p), np)[0] == 0.5
        _, seen, _ = moved({"onsite": [("onsite", "set", 1.0)]}, p=p)
        same(seen["onsite"], seen["today"])

    def test_nobody_referred_nobody_begins_by_us(self) -> None:
        assert (treatment_start(one(0.3), one(0.0), one(0.5), params(), np) == 0.3).all()

    def test_whom_others_start_and_keep_is_nearly_everybody(self) -> None:
        ways = {
            "both": [("moud_access", "set", 10.0), ("retention", "set", 5.0)],
            "kept": [("retention", "set", 5.0)],
            "left": [("retention", "set", 0.2)],
            "closed": [("moud_access", "set", 0.0), ("referrals", "set", 0.0)],
        }
        _, seen, _ = moved(ways)
        last = {name: x.on_moud[:, -1] for name, x in seen.items()}
        users = seen["both"].people[:, -1]
        assert (last["both"] > 0.6 * users).mean() > 0.5
        assert (last["closed"] < last["today"]).all()
        assert (last["left"] < last["today"]).all()
        assert (last["today"] < last["kept"]).all()
        assert (last["kept"] < last["both"]).all()
        assert (last["both"] <= users).all()


class TestOthers:
    def test_a_kit_from_a_pharmacy_is_worth_its_share_of_one_handed_out(self) -> None:
        p = {"other_kits": 0.5, "pharmacy_kit_worth": 0.4}
        ways = {"others": [("kits_elsewhere", "set", 2.0)], "pharmacy": [("kits_pharmacy", "add", 0.5 * 240.0 / 0.4)]}
        _, seen, _ = moved(ways, p=p)
        same(seen["others"], seen["pharmacy"])
        assert (seen["others"].kits_held > seen["today"].kits_held).all()

    def test_a_rule_on_syringes_is_more_supplies_where_there_are_no_others(self) -> None:
        only = tuple(s for s in PROGRAM.supplies if s.item in ("naloxone", "syringes"))
        ways = {"rule": [("syringe_rule", "set", 1.5)], "supplies": [("supplies", "set", 1.5)]}
        _, seen, _ = moved(ways, supplies=only)
        same(seen["rule"], seen["supplies"])
        assert (seen["rule"].spending > seen["today"].spending).any(-1).all()

    def test_syringes_that_no_row_tells_of_follow_the_rule_and_the_visits(self) -> None:
        none = tuple(s for s in PROGRAM.supplies if s.item != "syringes")
        ways = {"rule": [("syringe_rule", "set", 1.5)], "added": [("syringes_added", "add", 0.5 * 21_000.0)]}
        _, seen, _ = moved(ways, supplies=none, syringes=21_000.0)
        assert (seen["rule"].hcv_infections <= seen["today"].hcv_infections + 1e-12).all()
        assert_allclose(seen["rule"].hcv_infections, seen["added"].hcv_infections, rtol=0.05)
        same(seen["rule"], seen["today"], but=(*ILL, "syringes_given"))  # they cost nothing of ours, and move nobody

    def test_a_rule_lifts_no_other_supplies(self) -> None:
        none = tuple(s for s in PROGRAM.supplies if s.item != "syringes")
        _, seen, _ = moved({"rule": [("syringe_rule", "set", 3.0)]}, supplies=none)
        same(seen["rule"], seen["today"], but=(*ILL, "syringes_given"))


def test_a_more_dangerous_supply_is_so_with_and_without_opioids() -> None:
    _, seen, _ = moved({"supply": [("supply", "set", 1.5)]})
    for name in ("overdoses", "deaths_other"):
        first = getattr(seen["supply"], name)[:, 0] / getattr(seen["today"], name)[:, 0]
        assert_allclose(first, 1.5, rtol=0.05)


def test_every_law_is_over_when_the_plan_is() -> None:
    """In the run-off levers are today's again; what is in hands and bodies goes on, the danger added does not."""
    names = ("jail", "calling", "police", "supply", "monitoring")
    doses = {"jail": 2.0, "calling": 3.0, "police": 0.5, "supply": 1.3, "monitoring": 1.0}
    here = world(lever_program({name: ("set", doses[name]) for name in names}), count=20)
    seen = here.seen([TODAY, *(alone(option(name)) for name in names)], expected=True, open_only=True)
    rate = seen.overdoses / seen.people
    now, after = rate[1:, :, PLAN - 1] / rate[0, :, PLAN - 1], rate[1:, :, PLAN + 1] / rate[0, :, PLAN + 1]
    assert (np.abs(now[0] - 1) > 10 * np.abs(after[0] - 1)).all()  # jail
    assert (np.abs(now[3] - 1) > 10 * np.abs(after[3] - 1)).all()  # supply
    assert np.abs(after - 1).max() < 0.05


def test_services_act_together() -> None:
    """A room, checking and a line: fewer deaths than with any one of them, and never fewer than none."""
    rows = {"room": 0.6, "drug_checking": 0.6, "spotting": 1.0}
    ways = {option(name): [(name, "set", value)] for name, value in rows.items()}
    ways["all"] = [(name, "set", value) for name, value in rows.items()]
    _, seen, lived = moved(ways)
    for way in ways:
        assert (seen["all"].deaths.sum(-1) <= seen[way].deaths.sum(-1) + 1e-9).all()
    assert (lived[-1] > lived[0]).all()
    assert (seen["all"].deaths >= 0).all()
