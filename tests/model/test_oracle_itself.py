"""The oracle obeys the laws that it is there to check: people and money conserved, nothing below zero, balance, V1."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from decimal import Decimal

import pytest
from made import (
    BEST,
    EVERYTHING,
    OPTIONS,
    PROGRAM,
    START,
    TODAY,
    effect_values,
    make_params,
    make_portfolio,
    make_program,
    make_targets,
)
from oracle import (
    CELLS,
    LAG_MOST,
    RUN_OFF,
    Flows,
    Noise,
    OracleRun,
    People,
    binomial_at_least,
    danger_of_today,
    fatality,
    find_start,
    lever_values,
    levers_today,
    life_years,
    make_places,
    month_of_kits,
    naloxone_met,
    oracle,
    our_premises,
    outbreak_here,
    shared_between_months,
    survive,
    years_ahead,
)
from oracle_infection import (
    SUPPRESSION_MOST,
    Habits,
    Infected,
    Levels,
    habits,
    month_of_hcv,
    month_of_infection,
    outbreak,
    outbreak_factor,
    protected,
    wounds,
)

from longview.evidence import load
from longview.program import Program, items, levers
from longview.program.months import Month
from longview.program.types import Cost, Fund, Post, Session
from longview.results.portfolio import Portfolio

STRUCTURES = [
    {"lethality": lethality, "ambulance": ambulance}
    for lethality in ("more", "deadlier")
    for ambulance in ("strong", "weak")
]
WEAK = STRUCTURES[1]


def draw_noise(program: Program, months: int, seed: int) -> Noise:
    """Uniforms from a generator of the test's own, a supply that wanders, a frailty a year."""
    dice = random.Random(seed)

    def table(width: int) -> list[list[float]]:
        return [[dice.random() for _ in range(width)] for _ in range(months)]

    places, funds = len(make_places(program, BEST)), len(program.funds)
    level, supply = 0.0, []
    for _ in range(months):
        level = max(-1.5, min(1.5, level + dice.gauss(0, 0.06)))
        supply.append(math.exp(level))
    return Noise(
        supply=supply, quit=table(places), hire=table(places), renew=table(funds), replace=table(funds),
        cut=table(funds), replaceable=[dice.random() for _ in range(funds)], kind=table(len(program.supplies)),
        emergency=table(len(our_premises(program))), failure=table(len(our_premises(program))),
        frailty=[dice.lognormvariate(-0.1, 0.5) for _ in range(months // 12 + 1)],
        award=[dice.random() for _ in range(funds)],
    )  # fmt: skip


def go(
    portfolio: Portfolio = TODAY,
    program: Program = PROGRAM,
    *,
    seed: int | None = None,
    horizon: int = 36,
    telling: str = "closing",
    structure: dict[str, str] = WEAK,
    params: dict[str, float] | None = None,
    targets: dict[str, float] | None = None,
) -> OracleRun:
    noise = None if seed is None else draw_noise(program, horizon + RUN_OFF, seed)
    return oracle(
        program, params or make_params(), targets or make_targets(program), noise, effect_values(program), portfolio,
        horizon, telling=telling, structure=structure,
    )  # fmt: skip


def wandering(seed: int) -> dict[str, float]:
    """Parameters up to a fifth off their best, kept where they belong."""
    dice = random.Random(seed)
    moved = {key: value * dice.uniform(0.85, 1.2) for key, value in BEST.items()}
    return {key: min(value, 0.95) if BEST[key] < 1 else max(value, 1.01) for key, value in moved.items()}


RUNS = [
    pytest.param(portfolio, seed, id=f"{portfolio.name}-{seed}")
    for portfolio in (TODAY, EVERYTHING)
    for seed in (None, 1, 2, 3)
]


class TestLaws:
    @pytest.mark.parametrize(("portfolio", "seed"), RUNS)
    def test_people_are_conserved(self, portfolio: Portfolio, seed: int | None) -> None:
        params = make_params()
        run = go(portfolio, seed=seed)
        newcomers = sum(run.start.newcomers.values())
        stay = math.exp(-params["death_stopped"] / 12)
        before, stopped = sum(run.start.people.values()), 0.0
        assert before == pytest.approx(2_500, rel=1e-12)
        for t in range(36 + RUN_OFF):
            one = {name: values[t] for name, values in run.series.items()}
            stops = one["stopped"] - stopped * stay
            gone = one["deaths"] + one["deaths_other"] + one["deaths_not_overdose"] + stops
            assert one["people"] == pytest.approx(before + newcomers - gone, rel=1e-12)
            before, stopped = one["people"], one["stopped"]
            assert one["on_moud"] + one["reached"] <= 2 * one["people"]

    @pytest.mark.parametrize(("portfolio", "seed"), RUNS)
    def test_nothing_is_negative(self, portfolio: Portfolio, seed: int | None) -> None:
        run = go(portfolio, seed=seed)
        for name, values in run.series.items():
            if name not in ("free_cash", "net"):
                assert min(values) >= 0, name
        for name, rows in run.by_fund.items():
            assert min(min(row) for row in rows) >= -1e-9, name
        assert all(n >= 0 for cells in run.cells for n in cells.values())
        for name in ("open_share", "fires", "readiness", "condition", "burnout", "rationing"):
            assert max(run.series[name]) <= 1, name

    @pytest.mark.parametrize(("portfolio", "seed"), RUNS)
    def test_money_is_conserved(self, portfolio: Portfolio, seed: int | None) -> None:
        assert max(go(portfolio, seed=seed).residual) < 1e-9

    @pytest.mark.parametrize(("portfolio", "seed"), RUNS)
    def test_kits_are_conserved(self, portfolio: Portfolio, seed: int | None) -> None:
        params, run = make_params(), go(portfolio, seed=seed)
        before = sum(run.start.kits)
        for t in range(36 + RUN_OFF):
            kept = before * math.exp(-1 / params["kit_life_months"])
            used = run.series["reversals"][t] * params["doses_per_reversal"] / 2
            lever = lever_values(PROGRAM, portfolio, effect_values(), 36, t)
            others = params["other_kits"] * 240 * lever["kits_elsewhere"]
            others += params["pharmacy_kit_worth"] * lever["kits_pharmacy"]
            given = run.series["kits_given"][t] + others
            assert run.series["kits_held"][t] == pytest.approx(kept - used + given, rel=1e-12)
            before = run.series["kits_held"][t]

    @pytest.mark.parametrize(("portfolio", "seed"), RUNS)
    def test_infected_people_are_people_who_inject(self, portfolio: Portfolio, seed: int | None) -> None:
        run = go(portfolio, seed=seed)
        for name in ("with_hcv", "with_hiv"):
            assert all(ill < here for ill, here in zip(run.series[name], run.series["injecting"], strict=True)), name
        for suppressed, ill in zip(run.series["hiv_suppressed"], run.series["with_hiv"], strict=True):
            assert suppressed < ill

    @pytest.mark.parametrize(("portfolio", "seed"), RUNS)
    def test_served_is_at_most_wanted_and_what_workers_can_do(self, portfolio: Portfolio, seed: int | None) -> None:
        run = go(portfolio, seed=seed)
        for wanted, served, hours in zip(
            run.series["wanted"], run.series["visits"], run.series["worker_hours"], strict=True
        ):
            assert served <= min(wanted, run.start.q * hours) * (1 + 1e-12)

    def test_the_order_of_options_is_irrelevant(self) -> None:
        turned = make_program(effects=PROGRAM.effects[::-1], options=PROGRAM.options[::-1])
        one, other = go(EVERYTHING), go(EVERYTHING, turned)
        for name, values in one.series.items():
            assert values == pytest.approx(other.series[name], rel=1e-9, abs=1e-9), name

    @pytest.mark.parametrize("seed", [None, 4])
    def test_nothing_is_done_after_the_horizon(self, seed: int | None) -> None:
        """An option that starts with the run-off changes nothing."""
        late = make_portfolio({option.id: 1.0 for option in OPTIONS}, start=START.plus(36))
        assert go(late, seed=seed).series == go(TODAY, seed=seed).series


def stationary_staff(params: dict[str, float], z: float, wanted: float) -> tuple[float, float]:
    """The share of a place filled, and months in post that give the skill, at which neither moves."""
    quits, found = 1 - math.exp(-z / 12), 1 - math.exp(-1 / params["hire_months"])
    filled = found / (quits + found - quits * found)
    stay = filled * (1 - quits)
    learn, first = math.exp(-2 / params["ramp_months"]), params["ramp_start"]
    skill = (stay * (1 - learn) + (filled - stay) * first) / (filled - stay * learn)
    months = -params["ramp_months"] / 2 * math.log((1 - skill) / (1 - first))
    return filled * wanted, months


class TestBalance:
    def test_with_nothing_changed_nothing_moves(self) -> None:
        """MODEL section 1: posts at stationary vacancy, upkeep = need, prices and wages still, money enough."""
        z = make_targets()["quit_hazard"]
        for seed in range(3):
            params = wandering(seed) | {
                "deferral_mult": 1.0, "price_growth": 0.0, "wage_growth": 0.0, "failure_rate_sound": 0.0,
                "failure_rate_worn": 0.0,
            }  # fmt: skip
            filled, months = stationary_staff(params, z, 1.0)
            posts = tuple(
                replace(post, people=1, filled=filled, months_in_post=months, hiring=True, paid_by=())
                for post in PROGRAM.posts
            )
            skill = 1 - (1 - params["ramp_start"]) * math.exp(-2 * months / params["ramp_months"])
            program = make_program(
                posts=posts,
                funds=(Fund("gifts", "Gifts", "own", Decimal(1_200_000), Month(2020, 1), None),),
                sites=tuple(replace(site, upkeep=None) for site in PROGRAM.sites),
                supplies=tuple(replace(supply, in_kind=0.0) for supply in PROGRAM.supplies),
                costs=tuple(replace(cost, last=None) for cost in PROGRAM.costs),
                free_cash=Decimal(1_000_000),
                yearly_raise=0.0,
            )
            hours = sum(post.filled * post.hours for post in posts) * skill * 52 / 12
            run = go(program=program, params=params, targets=make_targets(hours_month=hours))
            for name in (
                "people", "reached", "on_moud", "kits_held", "load", "fires", "burnout", "visits", "turned_away",
                "posts_filled", "open_share", "deaths", "overdoses", "reversals", "condition", "readiness", "spending",
                "syringes_given", "injecting", "hcv_infections", "hiv_infections", "with_hcv", "with_hiv", "hiv_suppressed",
                "skin_infections", "wounds_hospital",
            ):  # fmt: skip
                values = run.series[name]
                assert values == pytest.approx([values[0]] * len(values), rel=1e-9, abs=1e-9), name
            assert run.series["deaths"][0] * 12 == pytest.approx(38 * params["opioid_share"], rel=1e-9)
            assert run.series["visits"][0] == pytest.approx(820, rel=1e-9)
            assert run.series["kits_given"][0] == pytest.approx(240, rel=1e-9)

    @pytest.mark.parametrize("structure", STRUCTURES)
    def test_the_start_meets_its_targets(self, structure: dict[str, str]) -> None:
        params, targets = wandering(7), make_targets()
        start = find_start(params, targets, structure)
        reached = sum(n for cell, n in start.people.items() if cell[1] == 1)
        assert reached == pytest.approx(900 / (1 + 12 * params["lapse_month"]), rel=1e-9)
        users = {cell: n for cell, n in start.people.items() if cell[0] != 2}
        treated = sum(n for cell, n in users.items() if cell[3] == 1) / sum(users.values())
        assert start.m_b > 0
        assert treated == pytest.approx(params["moud_share_need"], rel=1e-9)
        assert set(start.people) == set(CELLS)

    def test_no_kits_and_no_deaths_have_a_start_too(self) -> None:
        start = find_start(make_params(), make_targets(kits_month=0.0, deaths_year=0.0), WEAK)
        assert start.L == 1
        assert start.kits == [0.0, 0.0]

    def test_a_bound_is_a_bound(self) -> None:
        """So many referrals that treatment today needs no other way in."""
        start = find_start(make_params(referrals=30.0, link_success_ssp=0.9), make_targets(), WEAK)
        assert start.m_b == 0


V1 = {  # EVIDENCE.md, V1
    "od_public_share": 0.12,
    "od_witnessed_public": 0.82,
    "od_witnessed": 0.12 * 0.82 + 0.88 * 0.82 * 0.6,
    "call_911_public": 0.662,
    "call_911_overall": 0.12 * 0.662 + 0.88 * 0.662 * 0.59,
    "fatal_none": 0.0588235,
    "fatal_naloxone": 0.00856,
    "fatal_ems_rr": 0.588,
}


class TestFatality:
    def test_v1_the_tree_of_the_evidence(self) -> None:
        params = make_params(**V1)
        naloxone = [0.0, 0.2, 0.5, 0.8, 1.0]
        found = fatality(params, naloxone, WEAK)
        expected = [0.05315, 0.04894, 0.04263, 0.03632, 0.03212]
        assert found.by_reach == pytest.approx(expected, abs=5.1e-6)
        assert found.witnessed == pytest.approx(0.5314, abs=5.1e-5)
        falls = [1 - f / found.by_reach[0] for f in found.by_reach]
        assert falls == pytest.approx([0, 0.079, 0.198, 0.317, 0.396], abs=5.1e-4)

    @pytest.mark.parametrize("structure", STRUCTURES)
    def test_help_never_harms(self, structure: dict[str, str]) -> None:
        for ems in (0.08, 0.3):
            params = make_params(fatal_ems_rr_fast=ems)
            base = fatality(params, [0.0, 0.5, 0.95], structure)
            assert base.by_reach == sorted(base.by_reach, reverse=True)
            for more in ({"witnessed_added": 0.3}, {"responders": 0.5}):
                better = fatality(params, [0.0, 0.5, 0.95], structure, **more)
                for lower, higher in zip(better.by_reach, base.by_reach, strict=True):
                    assert lower <= higher

    def test_everybody_witnessed_and_met_dies_at_the_naloxone_rate(self) -> None:
        found = fatality(make_params(), [1.0], WEAK, witnessed_added=1.0)
        assert found.by_reach[0] == pytest.approx(BEST["fatal_naloxone"])


class TestParts:
    def test_binomial(self) -> None:
        assert binomial_at_least(2, 0.9, 3) == 0
        assert binomial_at_least(3, 0.9, 3) == pytest.approx(0.729)
        assert binomial_at_least(4, 0.9, 0) == pytest.approx(1)
        assert binomial_at_least(4, 0.9, 3) == pytest.approx(0.9**4 + 4 * 0.9**3 * 0.1)

    def test_a_delay_is_shared_whole(self) -> None:
        for delay in (1.0, 2.5, 7.25, float(LAG_MOST)):
            parts = shared_between_months(delay)
            assert sum(share for _, share in parts) == pytest.approx(1)
            assert sum(month * share for month, share in parts) == pytest.approx(delay)

    @pytest.mark.parametrize(("lapsed", "came", "shares"), [(1.0, 0.0, (1, 0)), (0.0, 1.0, (0, 1)), (1.0, 1.0, (1, 3))])
    def test_kits_move_with_people(self, lapsed: float, came: float, shares: tuple[float, float]) -> None:
        """Everybody lapses, everybody comes, or both at once: then the two of them change hands."""
        params = make_params(kit_life_months=1e12)
        start = find_start(params, make_targets(kits_month=0.0), WEAK)
        met = naloxone_met(start.people, [0.0, 0.0], params, 1.0)
        nobody = dict.fromkeys(CELLS, 0.0)
        flows = Flows({}, {}, nobody, 0.0, 0.0, 0.0, 0.0, lapsed_share=lapsed, came_share=came)
        kits = month_of_kits(params, [30.0, 10.0], met, flows, 0.6, 0.0, 0.0, 0.0)
        assert kits == pytest.approx([40 * share / sum(shares) for share in shares])

    def test_years_ahead_agree_with_a_cohort_followed_forward(self) -> None:
        params, targets = make_params(), make_targets()
        start = find_start(params, targets, WEAK)
        using, stopped = years_ahead(params, targets, start, 84)
        treated = sum(n for cell, n in start.people.items() if cell[3] == 1) / 2_500
        nonod = params["nonod_death_oud"] * (1 - treated * (1 - params["moud_allcause_rr"]))

        def follow(here: float, gone: float) -> float:
            years = 0.0
            for year in range(53):  # 47 to 100
                ageing = math.exp(0.085 * (47 + year - 40))
                h = params["stop_rate"] + nonod * ageing + 38 / 2_500
                h_s = params["death_stopped"] * ageing
                years += (here * -math.expm1(-h) / h + gone * -math.expm1(-h_s) / h_s) / 1.03**year
                stops = here * params["stop_rate"] / h * -math.expm1(-h)
                here, gone = here * math.exp(-h), gone * math.exp(-h_s) + stops
            return years

        assert using == pytest.approx(follow(1, 0), rel=1e-12)
        assert stopped == pytest.approx(follow(0, 1), rel=1e-12)
        assert 8 < using < stopped < 25

    def test_life_years_of_nothing_are_nothing(self) -> None:
        run = go()
        assert life_years(run, run) == 0

    def test_a_fund_is_never_charged_what_it_may_not_pay(self) -> None:
        program = make_program(
            posts=(Post("helpers", "volunteer", 3, 3.0, 5.0, Decimal(0), paid_as="volunteer"),),
            costs=(Cost("tests", "Tests", "hiv-hcv-tests", Decimal(2_000)),),
            sites=(replace(PROGRAM.sites[1], condition=None),),
            sessions=(),
            supplies=tuple(supply for supply in PROGRAM.supplies if supply.item in ("syringes", "pipes")),
            funds=(
                replace(PROGRAM.funds[0], never_pays=("supplies",)),
                replace(PROGRAM.funds[1], may_pay=("people", "syringes"), never_pays=("syringes",)),
                replace(PROGRAM.funds[3], may_pay=("pipes",)),
            ),
            free_cash=Decimal(10_000_000),
        )
        charged = go(program=program, targets=make_targets(program)).by_fund["charged"]
        assert all(row[0] == 0 and row[1] == 0 for row in charged)
        assert sum(row[2] for row in charged) > 0

    def test_an_evening_hour_counts_for_more(self) -> None:
        params = make_params(evening_worth=2.0)
        day = (Session("one", "house", "mon", 9.0, 17.0, (), 0),)
        split = (Session("one", "house", "mon", 12.0, 20.0, (), 0),)
        late = make_portfolio({"evenings": 4.0}, start=START)
        runs = [go(late, make_program(sessions=sessions), params=params, horizon=12) for sessions in (day, split)]
        by_day, by_evening = (run.series["place"][5] for run in runs)
        assert by_day == pytest.approx((8 + 2 * 4) / 8, rel=0.01)
        assert by_evening == pytest.approx((5 + 2 * 3 + 2 * 4) / 11, rel=0.01)


RIGHT_WAYS = {  # option: what it moves, and which way
    "evenings": ("place", 1), "by-day": ("place", 1), "new-stop": ("place", 1), "temps": ("worker_hours", 1),
    "living-wage": ("quits", -1), "raise": ("quits", -1), "health": ("quits", -1), "supervision": ("quits", -1),
    "open-posts": ("posts_filled", 1), "faster-hiring": ("posts_filled", 1), "more-kits": ("kits_given", 1),
    "kits-by-mail": ("kits_held", 1), "boxes": ("deaths", -1), "for-injecting": ("reached", 1),
    "for-smoking": ("reached", 1), "supplies": ("spending", 1), "warm-referrals": ("on_moud", 1),
    "spotting": ("deaths", -1), "responders": ("deaths", -1), "upkeep": ("condition", 1), "roof": ("days_closed", -1),
    "half-day": ("readiness", 1), "paid-sooner": ("owed", -1), "loan": ("free_cash", 1), "checking": ("overdoses", -1),
    "room": ("deaths", -1), "pipes": ("reached", 1), "line": ("deaths", -1), "begin-here": ("on_moud", 1),
    "stay-on": ("on_moud", 1), "easier-starts": ("on_moud", 1), "jail-medication": ("on_moud", 1),
    "fewer-jailed": ("hcv_infections", -1), "call-safely": ("deaths", -1), "kits-of-others": ("kits_held", 1),
    "pharmacies": ("kits_held", 1), "as-needed": ("hcv_infections", -1), "more-syringes": ("hiv_infections", -1),
    "syringes-of-others": ("skin_infections", -1), "hiv-tests": ("hiv_suppressed", 1), "cures": ("with_hcv", -1),
    "wound-nurse": ("wounds_hospital", -1), "patrols": ("visits", -1), "watching": ("deaths", 1),
    "raids": ("deaths", 1), "one-raid": ("overdoses", 1), "worse-supply": ("deaths_other", 1),
}  # fmt: skip


class TestLevers:
    @pytest.mark.parametrize("option", [option.id for option in OPTIONS])
    def test_each_moves_its_own_outcome_the_right_way(self, option: str) -> None:
        """Money shocks and rationing off, the same future; a month after all have started."""
        name, way = RIGHT_WAYS[option]
        level = EVERYTHING.level(option)
        whole_people = name in ("quits", "posts_filled")  # one future's may tie, or chance to go the other way
        for seed in (None,) if whole_people else (None, 11):
            today, tried = (
                go(portfolio, seed=seed, telling="open", horizon=12)
                for portfolio in (TODAY, make_portfolio({option: level}))
            )
            if name == "free_cash":  # a loan is in hand until it is paid back
                assert tried.series[name][4] > today.series[name][4]
            else:
                assert way * (sum(tried.series[name]) - sum(today.series[name])) > 0

    @pytest.mark.parametrize("longer", [0.3, 1.0, 2.5, 6.0])
    def test_a_longer_lag_never_raises_free_cash(self, longer: float) -> None:
        later = {"paid-sooner": 1.0}
        values = effect_values() | {("paid-sooner", "claim_lag"): longer}
        for seed in (None, 12):
            noise = None if seed is None else draw_noise(PROGRAM, 36 + RUN_OFF, seed)
            runs = [
                oracle(
                    PROGRAM, make_params(), make_targets(), noise, values, portfolio, 36, telling="open", structure=WEAK
                )
                for portfolio in (TODAY, make_portfolio(later))
            ]  # fmt: skip
            for now, then in zip(runs[0].series["free_cash"], runs[1].series["free_cash"], strict=True):
                assert then <= now + 1e-6


BROKE = make_program(funds=(), free_cash=Decimal(5_000), credit_limit=Decimal(10_000))


STILL = find_start(make_params(), make_targets(), WEAK)
HABIT = habits(make_params(), STILL.injecting.opening, 21_000.0)


class TestInfection:
    @pytest.mark.parametrize(
        ("changes", "hcv", "hiv"),
        [
            ({}, (1, 0), (1, 1)),
            ({"hcv_incidence_us": 0.01}, (0, 1), (1, 1)),  # so few that newcomers must bring it
            ({"hiv_prev_us": 0.006}, (1, 0), (0, 1)),  # incidence alone sustains more
            ({"hiv_prev_us": 0.004, "hiv_incidence_us": 1e-4}, (1, 0), (1, 1)),
            ({"hcv_incidence_us": 0.01, "hiv_incidence_us": 0.0}, (0, 1), (1, 0)),  # all who have HIV came with it
        ],
    )
    def test_the_start_stands_still(
        self, changes: dict[str, float], hcv: tuple[int, int], hiv: tuple[int, int]
    ) -> None:
        params = make_params(**changes)
        start = find_start(params, make_targets(), WEAK)
        here, levels, who = start.infection.infected, start.infection.levels, start.injecting
        assert (levels.clearing > 0, levels.newcomers_hcv > 0) == hcv
        assert (levels.newcomers_hiv > 0, levels.suppressing > 0) == hiv
        everybody = sum(who.opening)
        ill = [here.with_hiv(g) for g in (0, 1)]
        assert sum(here.hcv) == pytest.approx(0.53 * 0.65 * everybody, rel=1e-10)
        if levels.newcomers_hiv > 0:
            assert sum(ill) == pytest.approx(params["hiv_prev_us"] * everybody, rel=1e-10)
        else:
            assert sum(ill) > params["hiv_prev_us"] * everybody
        assert sum(here.hiv[2]) == pytest.approx(0.5 * sum(ill), rel=1e-10)
        month = month_of_infection(params, who, HABIT, here, levels)
        assert month.after.hcv == pytest.approx(here.hcv, rel=1e-10)
        for after, before in zip(month.after.hiv, here.hiv, strict=True):
            assert after == pytest.approx(before, rel=1e-9)
        incidence = params["hcv_incidence_us"] * (everybody - sum(here.hcv)) / 12
        assert month.new_hcv == pytest.approx(incidence, rel=0.02)  # a month's hazard, not a month's chance
        incidence = params["hiv_incidence_us"] * (everybody - sum(ill)) / 12
        assert month.new_hiv == pytest.approx(incidence, rel=0.01, abs=1e-12)
        undiagnosed = sum(here.hiv[0]) / (sum(here.hiv[0]) + sum(here.hiv[1]))
        assert levels.undiagnosed == pytest.approx(undiagnosed, rel=1e-9)

    def test_where_testing_is_slow_fewer_are_suppressed(self) -> None:
        params = make_params(hiv_diagnosis=0.02, hiv_incidence_us=0.004, hiv_prev_us=0.02)
        found = find_start(params, make_targets(), WEAK).infection
        assert found.levels.suppressing == SUPPRESSION_MOST
        ill = sum(found.infected.with_hiv(g) for g in (0, 1))
        assert sum(found.infected.hiv[2]) < 0.5 * ill

    def test_nobody_who_injects_is_nothing(self) -> None:
        params = make_params(route_mix_inject=0.0)
        start = find_start(params, make_targets(), WEAK)
        assert start.infection.levels == Levels()
        run = go(params=params)
        for name in ("injecting", "hcv_infections", "hiv_infections", "wounds_hospital"):
            assert set(run.series[name]) == {0.0}
        assert min(run.series["skin_infections"]) > 0  # of people who smoke
        assert set(outbreak_here(params, start, 21_000.0)) == {0.0}

    def test_a_month_of_hepatitis_is_what_small_steps_come_to(self) -> None:
        """Two states, hazards 0.9 in and 0.4 out, a month in a million steps, nobody coming or going."""
        who = replace(STILL.injecting, survived=[1.0, 1.0], came=0.0, lapsed=0.0, after=STILL.injecting.opening)
        before = [200.0, 30.0]
        after, new = month_of_hcv(who, before, [0.9, 0.1], [0.4, 0.8], 0.0)
        begun = 0.0
        for g, (a, b) in enumerate(((0.9, 0.4), (0.1, 0.8))):
            x = before[g]
            step = 1 / 12 / 20_000
            for _ in range(20_000):
                x += ((who.opening[g] - x) * a - x * b) * step
            assert after[g] == pytest.approx(x, rel=1e-6)
            begun += (who.opening[g] - before[g]) * a / 12
        assert 0.9 * begun < new < begun

    def test_protection_only_protects(self) -> None:
        dice = random.Random(3)
        for _ in range(2_000):
            c, m, nsp, ost = dice.random(), dice.random(), dice.uniform(0.2, 1.1), dice.uniform(0.2, 1.1)
            both = dice.uniform(0.8, 1.6)
            base = protected(c, m, nsp, ost, both)
            assert protected(min(1.0, c + 0.1), m, nsp, ost, both) <= base * (1 + 1e-12)
            assert protected(c, min(1.0, m + 0.1), nsp, ost, both) <= base * (1 + 1e-12)
            assert 0 <= base <= 1

    def test_coverage_is_syringes_over_injections(self) -> None:
        params = make_params(syringe_share_onward=0.25, syringes_elsewhere=30.0, injections_per_year=1_000.0)
        found = habits(params, [600.0, 300.0], 5_000.0)
        assert found.coverage == pytest.approx([(12 * 1_250 / 600 + 30) / 1_000, (12 * 3_750 / 300 + 30) / 1_000])
        assert habits(params, [600.0, 300.0], 1e7).coverage == [1.0, 1.0]
        fewer = habits(params, [600.0, 300.0], 5_000.0, smoked=0.2, room=0.5)
        assert fewer.coverage == pytest.approx([found.coverage[0], found.coverage[1] / 0.4])
        assert fewer.outside == pytest.approx([1.0, 0.4])

    def test_jail_today_is_today(self) -> None:
        assert (HABIT.jail_hcv, HABIT.jail_hiv) == (1.0, 1.0)
        params = make_params()
        assert habits(params, [1.0, 1.0], 0.0, jail=0.0).jail_hcv == pytest.approx(1 / (1 + 0.13 * 0.62))

    def test_closing_leaves_infection_with_the_unreached(self) -> None:
        run = go(program=BROKE, seed=5)
        month = run.series["closed"].index(1.0)
        for name in ("with_hcv", "with_hiv"):
            assert run.series[name][month + 1] == pytest.approx(run.series[name][month], rel=0.02)
        assert run.series["syringes_given"][month + 1] == 0
        assert run.series["hcv_infections"][month + 1] > run.series["hcv_infections"][0]

    def test_wounds_today_are_the_evidence_s(self) -> None:
        params = make_params()
        skin, stays = wounds(params, STILL.injecting, HABIT, STILL.infection.levels, 0.0, 0.0)
        assert skin * 12 == pytest.approx(0.3 * 1_125, rel=1e-12)
        assert stays * 12 == pytest.approx(0.0427 * 1_125, rel=1e-12)
        _, cared = wounds(params, STILL.injecting, HABIT, STILL.infection.levels, 0.0, 1.0)
        assert 0 < stays - cared < 0.2 * stays  # only those reached
        nobody = Habits([0.0, 0.0], [0.0, 0.0], [0.0, 0.0], 1.0, 1.0)
        skin, _ = wounds(params, STILL.injecting, nobody, STILL.infection.levels, 253.0, 0.0)
        assert skin * 12 == pytest.approx(0.3 * 100)

    def test_infection_moves_nobody(self) -> None:
        """People, deaths and kits are the same whoever is infected."""
        one, other = go(params=make_params()), go(params=make_params(hcv_incidence_us=0.3, hiv_prev_us=0.2))
        for name in ("people", "deaths", "kits_held", "visits", "free_cash"):
            assert one.series[name] == other.series[name]

    def test_infected_people_survive_as_others_do(self) -> None:
        """Nobody newly infected, nobody cured: those infected are the same share of everybody, newcomers bring as many."""
        who = STILL.injecting
        levels = Levels(newcomers_hcv=0.3, newcomers_hiv=0.3, mean_hcv=1.0, mean_hiv=1.0, prevalence_hiv=1.0)
        params = make_params(hcv_incidence_us=0.0, hiv_incidence_us=0.0)
        here = Infected([0.3 * n for n in who.opening], [[0.1 * n for n in who.opening] for _ in range(3)])
        month = month_of_infection(params, who, HABIT, here, levels)
        assert month.after.hcv == pytest.approx([0.3 * n for n in who.after], rel=1e-12)
        assert [month.after.with_hiv(g) for g in (0, 1)] == pytest.approx([0.3 * n for n in who.after], rel=1e-12)


class TestOutbreak:
    def test_nobody_is_lost(self) -> None:
        told = outbreak(make_params(outbreak_beta=0.02), 500.0, lambda t: 1.0)
        assert told[0] == 1
        assert told == sorted(told)
        assert len(told) == 1827
        assert told[-1] < 500

    def test_before_anybody_knows_it_grows_by_beta(self) -> None:
        told = outbreak(make_params(outbreak_beta=0.01), 1e9, lambda t: 1.0, days=300)
        assert told[-1] == pytest.approx(1.01**300, rel=1e-4)

    def test_found_and_treated_at_once_it_ends(self) -> None:
        fast = make_params(
            outbreak_unseen_days=0.0, outbreak_ramp_days=1e-9, outbreak_casefinding=50.0, outbreak_removal=50.0
        )
        assert outbreak(fast, 500.0, lambda t: 1.0)[-1] < 1.02

    def test_syringes_make_it_smaller(self) -> None:
        params = make_params()
        sizes = [outbreak_here(params, STILL, syringes)[-1] for syringes in (0.0, 21_000.0, 60_000.0)]
        assert sizes == sorted(sizes, reverse=True)
        who = STILL.injecting
        assert outbreak_factor(params, who.opening, [0.0, 0.0], 0.0) == pytest.approx(1 - 0.34 * 60 / 900)
        assert outbreak_factor(params, who.opening, [1.0, 1.0], 1e7) == pytest.approx(0.66 * 0.46 * 1.13)


class TestDanger:
    @pytest.mark.parametrize("half_life", [0.5, 5.0, 60.0])
    def test_an_excess_fades_day_by_day(self, half_life: float) -> None:
        """Overdoses too rare to change who is there, against 10,000 moments of an excess that halves in so many days."""
        params = make_params(seizure_half_life=half_life, od_nonfatal_inject=1e-7, od_rate_stimulant_only=1e-7)
        raid = make_portfolio({"one-raid": 1.0}, START)
        today, tried = (
            go(portfolio, params=params, targets=make_targets(deaths_year=0.0), telling="open", horizon=12)
            for portfolio in (TODAY, raid)
        )
        for t in range(3):
            days = [365 / 12 * (t + (i + 0.5) / 10_000) for i in range(10_000)]
            expected = 8.0 * 0.05 * 2.0 * sum(2 ** (-day / half_life) for day in days) / 10_000
            more = tried.series["overdoses"][t] / today.series["overdoses"][t] - 1
            assert more == pytest.approx(expected, rel=1e-5, abs=1e-7)

    def test_a_worse_supply_kills_with_and_without_opioids(self) -> None:
        today, tried = (
            go(p, telling="open", horizon=12) for p in (TODAY, make_portfolio({"worse-supply": 1.0}, START))
        )
        for name in ("deaths", "deaths_other", "overdoses"):
            assert tried.series[name][0] / today.series[name][0] == pytest.approx(1.15, rel=0.002)

    def test_watching_turns_newcomers_away_and_others_to_the_street(self) -> None:
        params = make_params(pdmp_starts=0.8, pdmp_danger=1.1)
        today, tried = (
            go(portfolio, params=params, telling="open", horizon=24)
            for portfolio in (TODAY, make_portfolio({"watching": 1.0}, START))
        )
        assert tried.series["overdoses"][11] / today.series["overdoses"][11] == pytest.approx(1.05, rel=0.01)
        new = sum(today.start.newcomers.values())
        fewer = today.series["people"][12] - tried.series["people"][12]
        assert 0.1 * new * 6 < fewer < 0.1 * new * 13

    def test_who_does_not_begin_is_not_dead(self) -> None:
        params = make_params(pdmp_starts=0.8, pdmp_danger=1.0)
        today, tried = (
            go(portfolio, params=params, telling="open", horizon=24)
            for portfolio in (TODAY, make_portfolio({"watching": 1.0}, START))
        )
        assert tried.series["alive"][23] > today.series["alive"][23]
        assert life_years(tried, today) > 0

    def test_jail_with_medication_is_less_dangerous_afterwards(self) -> None:
        who = People(make_params(), make_targets())
        today = levers_today()
        none, moud = who.danger(today)
        assert none == pytest.approx(1 + 0.13 * 3.3 * 1.5 / 12)
        safe, _ = who.danger(today | {"jail_moud": 1.0})
        assert safe == pytest.approx(1 + 0.4 * 0.13 * 3.3 * 1.5 / 12)
        assert who.danger(today | {"jail": 0.0})[0] == 1.0
        assert who.danger(today | {"retention": 1e9})[1] == pytest.approx(none * 0.295)
        assert moud > none * 0.295

    def test_a_third_of_use_in_a_room_is_a_third_fewer_deaths_and_reversals_among_those_who_use_it(self) -> None:
        params, targets = make_params(ops_share_of_use=1.0, ops_death_in_site=0.0), make_targets()
        values = effect_values() | {("room", "room"): 1.0}  # a third of it in the first month
        today, tried = (
            oracle(PROGRAM, params, targets, None, values, portfolio, 12, telling="open", structure=WEAK)
            for portfolio in (TODAY, make_portfolio({"room": 1.0}, START))
        )
        who, start = People(params, targets), today.start
        met = naloxone_met(start.people, start.kits, params, 1.0)
        f = fatality(params, met.naloxone, WEAK)
        danger = danger_of_today(who, f.by_reach)
        _, overdoses, exits = survive(who, start.people, danger, who.mean_danger(start.people), start.L)
        users = [cell for cell in CELLS if cell[:2] == (0, 1)]
        deaths = sum(exits[cell][0] for cell in users)
        reversals = sum(overdoses[cell] for cell in users) * f.witnessed * met.naloxone[1]
        fewer = {name: today.series[name][0] - tried.series[name][0] for name in ("deaths", "reversals", "overdoses")}
        assert fewer["deaths"] == pytest.approx(deaths / 3, rel=1e-3)
        assert fewer["reversals"] == pytest.approx(reversals / 3, rel=1e-2)  # those who live may overdose again
        assert -0.01 < fewer["overdoses"] < 0

    def test_what_is_offered_to_all_who_smoke_draws_them_as_it_draws_others(self) -> None:
        params = make_params(reach_smoke_only_rr=0.5, smoke_shift=0.0)
        today, tried = (
            go(p, params=params, telling="open", horizon=36) for p in (TODAY, make_portfolio({"pipes": 1.0}, START))
        )

        def share(run: OracleRun, route: int) -> float:
            cells = run.cells[35]
            reached = sum(n for (r, g, _, _), n in cells.items() if r == route and g == 1)
            return reached / sum(n for (r, _, _, _), n in cells.items() if r == route)

        assert share(today, 1) < 0.7 * share(today, 0)
        assert share(tried, 1) == pytest.approx(share(tried, 0), rel=0.1)


class TestClosing:
    def test_a_program_without_money_closes_for_good(self) -> None:
        run = go(program=BROKE, seed=5)
        closed = run.series["closed"]
        month = closed.index(1.0)
        assert closed[month:] == [1.0] * len(closed[month:])
        assert run.series["free_cash"][month] < -10_000
        assert run.series["kits_of_reached"][month] == 0
        for name in ("reached", "visits", "kits_given", "spending", "posts_filled"):
            assert set(run.series[name][month + 1 :]) == {0.0}, name
        assert max(run.residual) < 1e-9
        assert run.series["deaths"][-1] > 0

    def test_while_we_stay_open_it_does_not(self) -> None:
        run = go(program=BROKE, seed=5, telling="open")
        assert max(run.series["closed"]) == 0
        assert max(run.series["rationing"]) == 0
        assert min(run.series["visits"]) > 0

    def test_while_we_stay_open_signed_money_goes_on(self) -> None:
        run = go(seed=6, telling="open")
        signed = [i for i, fund in enumerate(PROGRAM.funds) if fund.status == "signed"]
        assert {run.by_fund["fund_on"][t][i] for t in range(60) for i in signed} == {1.0}

    def test_rationing_keeps_a_poorer_program_open(self) -> None:
        """With a tenth of its costs uncovered it gives less, and does not run far below nothing."""
        run = go(seed=6, program=make_program(funds=PROGRAM.funds[:-1]))
        assert 0 < max(run.series["rationing"]) <= 1


class TestMade:
    def test_it_moves_every_lever_and_uses_every_operation(self) -> None:
        assert {effect.lever for effect in PROGRAM.effects} == set(levers())
        assert {effect.op for effect in PROGRAM.effects} == {"add", "multiply", "set"}
        assert {choice.option for choice in EVERYTHING.choices} == {option.id for option in PROGRAM.options}

    def test_its_best_values_are_the_evidence_file_s(self) -> None:
        evidence = load()
        assert set(BEST) == set(evidence.keys)
        for key, value in BEST.items():
            assert evidence[key].best == pytest.approx(value, rel=0.02), key

    def test_its_items_are_on_the_list(self) -> None:
        named = [*(cost.item for cost in PROGRAM.costs), *(price.item for price in PROGRAM.prices)]
        assert {*named, *(supply.item for supply in PROGRAM.supplies)} <= set(items())

    def test_it_is_about_balanced(self) -> None:
        run = go(telling="open")
        assert sum(run.series["income"][:36]) == pytest.approx(sum(run.series["spending"][:36]), rel=0.1)
