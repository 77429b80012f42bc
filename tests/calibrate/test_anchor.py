"""Today's levels come from the program's own counts, each with its doubt, and nothing that was recorded is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from numpy.typing import NDArray
from scipy.stats import gamma

from longview.calibrate import Anchor, anchor
from longview.calibrate.levels import level
from longview.calibrate.reversals import update
from longview.evidence import load
from longview.model import draw, model
from longview.program import Count, Month, Program, Range, Records
from longview.program.types import CommunityCount, Fund, Post, ServiceCount, Session, Site, Supply, WorkforceMonth

Floats = NDArray[np.float64]

EVIDENCE = load()
LAST = Month(2024, 12)
MONTHS = [LAST.plus(-i) for i in range(12)]
COUNTS = {"visits": 820, "kits_out": 240, "participants_12_months": 900}
DEATHS = 3


def service(measure: str, count: Count, months: Sequence[Month] = MONTHS) -> list[ServiceCount]:
    return [ServiceCount(month, None, measure, count) for month in months]


def died(
    count: Count, area: str = "here", case: str = "all-drugs-all-intents", months: Sequence[Month] = MONTHS
) -> list[CommunityCount]:
    return [CommunityCount(month, area, case, "deaths", count, "2025-06-01", "a state") for month in months]


def records(services: Mapping[str, Count] | None = None, deaths: Sequence[CommunityCount] | None = None,
            workforce: Sequence[WorkforceMonth] = ()) -> Records:  # fmt: skip
    told = {name: Count.of(n) for name, n in COUNTS.items()} if services is None else services
    rows = [row for name, count in told.items() for row in service(name, count)]
    return Records(
        services=tuple(rows),
        community=tuple(died(Count.of(DEATHS)) if deaths is None else deaths),
        workforce=tuple(workforce),
    )


def program(kept: Records, **changes: object) -> Program:
    at: dict[str, object] = {
        "id": "small", "name": "A small made program", "place": "Nowhere", "currency": "USD", "price_year": 2024,
        "first_month": Month(2024, 1), "people": Range(1_800.0, 2_500.0, 3_400.0), "area_shares": {"here": 1.0}, "made": True,
        "free_cash": Decimal(50_000), "records": kept, "plan_from": Month(2025, 1),
        "sites": (Site("house", "The house", "fixed", "leased", landlord_repairs=True),),
        "sessions": (Session("mon", "house", "mon", 10.0, 16.0, (), 2),),
        "posts": (Post("worker", "outreach worker", 4, 3.0, 40.0, Decimal(22)),),
        "funds": (Fund("state", "State", "state", Decimal(300_000), Month(2025, 1), Month(2025, 12)),),
        "supplies": (Supply("kits", "naloxone", Decimal(38), a_month=100.0),),
    }  # fmt: skip
    return Program(**(at | changes))  # type: ignore[arg-type]


def held(made: Program, count: int = 200, seed: int = 0) -> Anchor:
    ready = model(made, 1)
    return anchor(ready, EVIDENCE, draw(EVIDENCE, ready.names, ready.months, seed, 0, count))


@cache
def known() -> Anchor:
    return held(program(records()), 1_000)


def width(values: Floats) -> float:
    low, high = np.quantile(values, [0.05, 0.95])
    return float(high - low)


class TestLevels:
    @given(st.lists(st.integers(0, 400), min_size=1, max_size=24))
    def test_an_exact_total_gives_the_textbook_s_posterior(self, counts: list[int]) -> None:
        u = np.array([0.05, 0.5, 0.95])
        got = level([Count.of(n) for n in counts], np.array([0.1, 0.5, 0.9]), u)
        assert_allclose(got, gamma.ppf(u, sum(counts) + 0.5, scale=1 / len(counts)), rtol=1e-9)

    def test_its_mean_is_nearly_the_count(self) -> None:
        u = (np.arange(5_000) + 0.5) / 5_000
        assert level([Count.of(12)] * 12, u, u).mean() == pytest.approx(12.0, rel=0.01)

    def test_more_months_leave_less_doubt(self) -> None:
        u = (np.arange(2_000) + 0.5) / 2_000
        few, many = (level([Count.of(12)] * n, u[::-1], u) for n in (3, 24))
        assert width(many) < width(few) / 2

    @given(st.integers(1, 9), st.integers(1, 12))
    def test_hidden_counts_widen_the_doubt_and_stay_within_their_interval(self, limit: int, months: int) -> None:
        dice = np.random.default_rng(0)
        inside, u = dice.random(2_000), dice.random(2_000)
        counts = [Count.of(30)] * (12 - months)
        hidden, low, high = (
            level([*counts, *[c] * months], inside, u) for c in (Count.below(limit + 1), Count.of(0), Count.of(limit))
        )
        assert (low <= hidden).all()
        assert (hidden <= high).all()
        assert hidden.std() > min(low.std(), high.std()) * (1 - 1e-9)

    def test_no_count_at_all_is_not_zero(self) -> None:
        u = np.array([0.5])
        assert level([Count.of(0)] * 12, u, u)[0] > 0


class TestWhatWasRecorded:
    def test_levels_recover_the_totals(self) -> None:
        got = known().targets
        assert got.visits.mean() == pytest.approx(820, rel=0.01)
        assert got.kits.mean() == pytest.approx(240, rel=0.01)
        assert got.participants.mean() == pytest.approx(900, rel=0.01)
        assert got.deaths.mean() == pytest.approx(36, rel=0.03)
        assert got.deaths.std() == pytest.approx(6.0, rel=0.1)
        assert np.quantile(got.people, [0.05, 0.5, 0.95]) == pytest.approx([1_800, 2_500, 3_400], rel=0.03)

    def test_the_start_meets_them(self) -> None:
        got = known()
        p, start = got.futures.p, got.start
        assert start.residual.max() < 1e-3
        assert_allclose(start.people.sum((0, 1, 2, 3)), got.targets.people, rtol=1e-6)
        assert_allclose(
            start.people[:, 1].sum((0, 1, 2)), got.targets.participants / (1 + 12 * p["lapse_month"]), rtol=1e-3
        )

    def test_it_says_what_was_used(self) -> None:
        got = known()
        assert got.anchored
        assert {name for name, what in got.used.items() if what == "recorded"} == {
            "visits",
            "kits",
            "participants",
            "deaths",
        }
        assert got.futures.count == 1_000

    def test_without_records_everything_is_evidence_and_it_says_so(self) -> None:
        got = held(program(Records()))
        assert not got.anchored
        assert set(got.used.values()) == {"evidence"}
        assert_allclose(got.targets.kits, 100.0)
        assert got.targets.visits.min() > 0
        assert width(np.log(got.targets.deaths)) > width(np.log(known().targets.deaths))

    @pytest.mark.parametrize("missing", ["visits", "deaths"])
    def test_it_is_anchored_only_by_both_deaths_and_visits(self, missing: str) -> None:
        told = {name: Count.of(n) for name, n in COUNTS.items() if name != missing}
        assert not held(program(records(told, [] if missing == "deaths" else None)), 20).anchored

    def test_what_nobody_counted_is_not_nought(self) -> None:
        for odd in (Count.blank(), Count.not_counted(), Count.no_row()):
            got = held(program(records({**{n: Count.of(c) for n, c in COUNTS.items()}, "visits": odd})), 20)
            assert got.used["visits"] == "evidence"
            assert got.targets.visits.min() > 10

    def test_visits_that_nobody_counted_are_no_more_than_hands_could_see(self) -> None:
        """And it says so; visits that were counted are taken as they are."""
        few = program(Records(), posts=(replace(program(Records()).posts[0], people=1, filled=1.0, hours=2.0),))
        got = held(few)
        most = 6.0 * 2.0 * 52.0 / 12.0
        assert got.targets.visits.max() == pytest.approx(most)
        assert {flag.code: flag.share for flag in got.flags}["visits-beyond-hours"] == np.mean(
            got.targets.visits >= most
        )
        told = replace(few, records=records({n: Count.of(c) for n, c in COUNTS.items()}))
        assert held(told, 20).targets.visits.min() > most

    def test_hidden_deaths_widen_the_doubt(self) -> None:
        """A month below ten may hold none or nine."""
        hidden = held(program(records(deaths=died(Count.between(0, 9)))), 500).targets.deaths
        assert width(hidden) > 2 * width(known().targets.deaths[:500])
        assert hidden.max() < 200

    def test_hidden_participants_widen_the_doubt(self) -> None:
        told = {**{n: Count.of(c) for n, c in COUNTS.items()}, "participants_12_months": Count.between(600, 1_200)}
        got = held(program(records(told)), 500).targets.participants
        assert got.mean() == pytest.approx(900, rel=0.02)
        assert width(got) > 4 * width(known().targets.participants[:500])

    def test_the_catchment_has_its_share_of_each_area(self) -> None:
        both = [*died(Count.of(10), "here"), *died(Count.of(20), "there")]
        got = held(program(records(deaths=both), area_shares={"here": 0.5, "there": 0.1}))
        assert got.targets.deaths.mean() == pytest.approx(12 * (10 * 0.5 + 20 * 0.1), rel=0.02)

    def test_of_two_case_definitions_all_drugs_is_read(self) -> None:
        both = [*died(Count.of(10)), *died(Count.of(2), case="opioids-all-intents")]
        assert held(program(records(deaths=both))).targets.deaths.mean() == pytest.approx(120, rel=0.02)

    def test_windows_of_twelve_months_are_never_read_as_months(self) -> None:
        month = died(Count.of(DEATHS))
        windows = [replace(row, value=Count.of(12 * DEATHS), over="12-months") for row in month]
        both = held(program(records(deaths=[*month, *windows])), 100)
        assert (both.targets.deaths == held(program(records(deaths=month)), 100).targets.deaths).all()
        assert not held(program(records(deaths=windows)), 20).anchored

    def test_a_second_source_of_the_same_months_adds_nothing(self) -> None:
        once = held(program(records(deaths=died(Count.of(3)))), 100).targets.deaths
        again = [replace(row, value=Count.of(5), source="another") for row in died(Count.of(3))]
        twice = held(program(records(deaths=[*died(Count.of(3)), *again])), 100).targets.deaths
        assert (twice == once).all()

    def test_opioid_deaths_alone_stand_for_all_by_their_share(self) -> None:
        got = held(program(records(deaths=died(Count.of(8), case="opioids-all-intents"))), 400)
        assert (got.targets.deaths * got.futures.p["opioid_share"]).mean() == pytest.approx(96, rel=0.02)

    def test_only_the_last_twelve_months_are_today(self) -> None:
        old = [LAST.plus(-i) for i in range(12, 36)]
        kept = records()
        rows = (*kept.services, *service("visits", Count.of(5_000), old))
        got = held(program(Records(services=rows, community=kept.community)), 100)
        assert got.targets.visits.mean() == pytest.approx(820, rel=0.02)

    def test_sites_are_added_up(self) -> None:
        rows = [
            ServiceCount(m, site, "visits", Count.of(n)) for m in MONTHS for site, n in (("house", 300), ("van", 120))
        ]
        assert held(program(Records(services=tuple(rows))), 100).targets.visits.mean() == pytest.approx(420, rel=0.02)

    def test_a_future_is_its_number_alone(self) -> None:
        few, many = held(program(records()), 10), known()
        for name in ("people", "visits", "deaths", "load", "quit", "adj"):
            assert_allclose(getattr(few.targets, name), getattr(many.targets, name)[:10], rtol=1e-12, err_msg=name)
        assert_allclose(few.start.level, many.start.level[:10], rtol=1e-9)


def staff(
    departures: int, vacancies: int | None = None, months: int = 36, role: str = "outreach worker"
) -> list[WorkforceMonth]:
    empty = None if vacancies is None else Count.of(vacancies)
    each = [Count.of(departures if i == 0 else 0) for i in range(months)]
    return [WorkforceMonth(LAST.plus(-i), role, None, each[i], empty, 480.0) for i in range(months)]


class TestStaff:
    def test_own_departures_move_the_quits(self) -> None:
        prior = known().targets.quit[:200]
        calm, restless = (held(program(records(workforce=staff(n)))).targets.quit for n in (0, 12))
        assert (calm < prior).mean() > 0.9
        assert (restless > prior).mean() > 0.9
        assert prior.mean() < restless.mean() < 12 / 9  # nine person-years, and the row still has its say

    def test_people_who_were_there_are_those_less_the_vacancies(self) -> None:
        """Four places: with one empty all along as with three filled now; with three empty the same departures weigh more."""
        told, untold, few = (held(program(records(workforce=staff(6, v)))).targets.quit for v in (1, None, 3))
        assert_allclose(told, untold)
        assert (few > told).all()

    def test_a_role_that_no_post_has_stands_for_everybody(self) -> None:
        named, everybody = (
            held(program(records(workforce=staff(6, role=r)))).targets.quit for r in ("outreach worker", "all staff")
        )
        assert_allclose(named, everybody)

    def test_hours_are_those_of_the_same_months(self) -> None:
        assert_allclose(held(program(records(workforce=staff(0)))).targets.hours, 480.0)
        assert (known().targets.hours < 0).all()


class TestTurnedAway:
    def loads(self, turned: int) -> tuple[Floats, Anchor]:
        told = {**{n: Count.of(c) for n, c in COUNTS.items()}, "turned_away": Count.of(turned)}
        got = held(program(records(told)), 300)
        return got.targets.load, got

    def test_a_tally_of_people_turned_away_moves_the_load(self) -> None:
        few, some, many = (self.loads(n)[0] for n in (0, 60, 400))
        prior = known().targets.load[:300]
        assert few.mean() < prior.mean()
        assert few.mean() < some.mean() < many.mean()
        assert (many > prior).mean() > 0.9

    def test_it_is_weighed_and_not_solved(self) -> None:
        load, got = self.loads(60)
        assert got.used["load"] == "recorded"
        assert load.std() > 0.02
        tau = 1 - (1 + load ** got.futures.p["visit_sharpness"]) ** (-1 / got.futures.p["visit_sharpness"])
        assert tau.mean() == pytest.approx(60 / 880, abs=0.05)

    def test_nobody_served_and_nobody_turned_away_is_no_crash(self) -> None:
        told = {"visits": Count.of(0), "turned_away": Count.of(0)}
        got = held(program(records(told)), 20)
        assert np.isfinite(got.targets.load).all()


class TestReversals:
    def logged(self, reversals: Count) -> Anchor:
        told = {**{n: Count.of(c) for n, c in COUNTS.items()}, "reversals": reversals}
        return held(program(records(told)), 300)

    def predicted(self, got: Anchor) -> Floats:
        """Reversals a month that the log would show, in each future."""
        p = got.futures.p
        return np.asarray(got.start.reversals / (1 + p["other_kits"]) * p["reversal_report_share"])

    @pytest.mark.parametrize("recorded", [2, 5])
    def test_the_start_meets_the_log(self, recorded: int) -> None:
        got = self.logged(Count.of(recorded))
        assert got.used["reversals"] == "recorded"
        shown = self.predicted(got)
        assert np.median(shown) == pytest.approx(recorded, rel=0.1)
        assert np.std(np.log(shown)) == pytest.approx(1 / np.sqrt(12 * recorded + 0.5), rel=0.5)

    def test_both_unknowns_move(self) -> None:
        """More reversals than expected: naloxone is met more often, and a larger share of it is told of."""
        before, few, many = known(), self.logged(Count.of(3)), self.logged(Count.of(30))
        for key in ("nx_adj", "reversal_report_share"):
            assert np.median(few.futures.p[key]) < np.median(many.futures.p[key])
            assert np.median(many.futures.p[key]) > np.median(before.futures.p[key])
        assert (many.futures.p["reversal_report_share"] < 1).all()
        assert_allclose(many.targets.adj, many.futures.p["nx_adj"])

    def test_a_log_of_nothing_is_a_log(self) -> None:
        """None in a year where a hundred were expected: a few at most, whatever the rows say."""
        got = self.logged(Count.of(0))
        assert np.median(self.predicted(known())) > 5
        assert np.quantile(12 * self.predicted(got), 0.9) < 6

    def test_a_log_that_cannot_be_met_is_neared(self) -> None:
        shown = [np.median(self.predicted(self.logged(Count.of(n)))) for n in (5, 20, 60)]
        assert shown == sorted(shown)
        assert shown[-1] < 60

    def test_without_kits_there_is_nothing_to_learn(self) -> None:
        told = {"visits": Count.of(820), "reversals": Count.of(5)}
        got = held(program(records(told), supplies=()), 20)
        assert got.used["reversals"] == "evidence"

    @pytest.mark.parametrize("recorded", [0.0, 12.0, 90.0])
    def test_a_straight_line_has_the_textbook_s_answer(self, recorded: float) -> None:
        """Predictions in line with adj: on the grid of (log adj, logit share) the same posterior, middle and width."""
        dice = np.random.default_rng(1)
        row, told = EVIDENCE["nx_adj"], EVIDENCE["reversal_report_share"]
        adj, share = row.quantile(dice.random(4_000)), told.quantile(dice.random(4_000))
        new, part = update(recorded, 12, adj, share, lambda a: 8.0 * a, dice.random(4_000), EVIDENCE)
        many = np.random.default_rng(2)
        a, r = row.quantile(many.random(400_000)), told.quantile(many.random(400_000))
        expected = 12 * 8.0 * a * r
        weight = np.exp(recorded * np.log(expected) - expected - (recorded * np.log(max(recorded, 1.0)) - recorded))
        right = np.average(np.log(expected), weights=weight)
        spread = np.sqrt(np.average((np.log(expected) - right) ** 2, weights=weight))
        got = np.log(12 * 8.0 * new * part)
        assert got.mean() == pytest.approx(right, abs=0.75 if recorded == 0 else 0.1)
        assert got.std() == pytest.approx(spread, rel=0.6)


class TestWhatCannotBe:
    def test_more_deaths_than_its_people_could_have_is_told_and_no_crash(self) -> None:
        got = held(program(records(deaths=died(Count.of(40)))), 200)
        codes = {flag.code: flag.share for flag in got.flags}
        assert codes["overdose-level-outside-evidence"] > 0.9
        assert np.isfinite(got.start.level).all()

    def test_where_no_future_fits_it_says_what_contradicts_what(self) -> None:
        with pytest.raises(ValueError, match="contradict"):
            held(program(records(deaths=died(Count.of(4_000)))), 20)

    def test_more_participants_than_people_is_told(self) -> None:
        told = {**{n: Count.of(c) for n, c in COUNTS.items()}, "participants_12_months": Count.of(6_000)}
        codes = {flag.code: flag.share for flag in held(program(records(told)), 50).flags}
        assert codes["more-participants-than-people"] == 1.0

    def test_nothing_odd_nothing_told(self) -> None:
        codes = {flag.code: flag.share for flag in known().flags}
        assert codes.get("start-not-settled", 0.0) == codes.get("more-participants-than-people", 0.0) == 0.0
        assert codes.get("treatment-level-at-bound", 0.0) < 0.05
