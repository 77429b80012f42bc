"""The laws of the model (MODEL, section 9): what holds in every future, whatever is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from law_runs import TODAY, World, alone, lever_paths, lever_program, world
from made import EVERYTHING, PROGRAM, START, make_portfolio, make_program
from numpy.testing import assert_allclose
from numpy.typing import NDArray

from longview.model import Seen
from longview.program import Program
from longview.program.months import Month
from longview.program.types import Cost, Effect, Fund, Option, Post, Price
from longview.results import Choice, Portfolio

Floats = NDArray[np.float64]

SHARES = (
    "turned_away",
    "open_share",
    "burnout",
    "fires",
    "readiness",
    "condition",
    "rationing",
    "naloxone_met",
    "ran_out",
    "closed",
)
SIGNED = ("free_cash", "stopped")
"""Below nothing where money is owed, or where a law that watches prescriptions has more people begin than did before."""
PEOPLE = (
    "deaths",
    "deaths_other",
    "overdoses",
    "people",
    "reached",
    "on_moud",
    "visits",
    "kits_given",
    "kits_held",
    "stopped",
    "gone",
)
"""What happens to people: no money in it."""


def before(x: Floats, first: Floats) -> Floats:
    """A series a month earlier, its opening value first. [..., T], [F]."""
    opening = np.broadcast_to(first, x.shape[:-1])[..., None]
    return np.concatenate([opening, x[..., :-1]], -1)


def check_people(here: World, seen: Seen) -> None:
    """Everybody who was here or came is here, has stopped, or has died."""
    months = np.arange(seen.people.shape[-1]) + 1.0
    began = here.start.people.sum((0, 1, 2, 3))[:, None] + here.start.newcomers.sum((0, 1))[:, None] * months
    assert_allclose(seen.people + seen.stopped + seen.gone, np.broadcast_to(began, seen.people.shape), rtol=1e-10)
    died = before(seen.gone, 0.0 * began[:, 0])
    assert (seen.gone - died >= (seen.deaths + seen.deaths_other) * (1 - 1e-9)).all()
    assert (seen.reached <= seen.people * (1 + 1e-12)).all()
    assert (seen.on_moud <= seen.people * (1 + 1e-12)).all()
    assert (seen.deaths <= seen.overdoses).all()


def check_bounds(seen: Seen) -> None:
    """Nothing is negative but cash; shares are shares; every number is one."""
    for name in seen._fields:
        x = getattr(seen, name)
        assert np.isfinite(x).all(), name
        if name not in SIGNED:
            assert x.min(initial=0.0) >= -1e-9, name
        if name in SHARES:
            assert x.max() <= 1 + 1e-12, name


def check_kits(here: World, seen: Seen, portfolios: Sequence[Portfolio]) -> None:
    """Kits that were held or given are held, lost, or used; and no more are used than are held."""
    p = here.futures.p
    lever = lever_paths(here, portfolios, ("kits_elsewhere", "kits_pharmacy"))
    others = (p["other_kits"] * here.targets.kits)[:, None] * lever["kits_elsewhere"]
    others = others + p["pharmacy_kit_worth"][:, None] * lever["kits_pharmacy"]
    held = before(seen.kits_held, here.start.kits.sum(0))
    kept = held * np.exp(-1.0 / p["kit_life_months"])[:, None]
    used = kept + seen.kits_given + others - seen.kits_held
    assert (used >= -1e-7).all()
    assert (used <= kept + 1e-7).all()
    assert (used <= seen.reversals * p["doses_per_reversal"][:, None] / 2 + 1e-7).all()


def check_money(here: World, seen: Seen) -> None:
    """Money in = money out + change of balances, to the cent, in every month."""
    setup = here.model.setup
    cash = seen.fund_cash.sum(1)
    held = before(seen.free_cash, setup.free_cash) + before(cash, setup.funds.first_cash.sum(0))
    assert_allclose(seen.free_cash + cash, held + seen.income - seen.spending - seen.returned, rtol=0, atol=0.005)
    assert (seen.charged >= 0).all()


def check_closing(seen: Seen) -> None:
    """Closed is for good, and from then on nothing is done."""
    was = before(seen.closed, np.zeros(seen.closed.shape[-2]))
    assert (seen.closed >= was).all()
    shut = was > 0
    for name in ("visits", "kits_given", "reached", "spending", "posts_filled", "open_share", "quits"):
        assert (getattr(seen, name)[shut] == 0.0).all(), name
    assert (seen.ran_out >= seen.closed).all()


def check_all(here: World, seen: Seen, portfolios: Sequence[Portfolio]) -> None:
    check_people(here, seen)
    check_bounds(seen)
    check_kits(here, seen, portfolios)
    check_money(here, seen)
    check_closing(seen)


class TestConservation:
    @pytest.mark.parametrize("open_only", [True, False])
    @pytest.mark.parametrize("expected", [True, False])
    def test_nothing_is_lost_over_five_years(self, expected: bool, open_only: bool) -> None:
        here = world(count=100, years=5)
        both = [TODAY, EVERYTHING]
        check_all(here, here.seen(both, expected=expected, open_only=open_only), both)

    @given(
        st.dictionaries(st.sampled_from([o.id for o in PROGRAM.options]), st.floats(0.0, 12.0), max_size=8),
        st.integers(0, 23), st.integers(0, 10_000), st.booleans(),
    )  # fmt: skip
    @settings(max_examples=max(6, settings().max_examples // 5))
    def test_whatever_is_done_and_whenever(
        self, levels: dict[str, float], after: int, seed: int, open_only: bool
    ) -> None:
        here = world(count=6, years=2, seed=seed)
        one = [make_portfolio(levels, START.plus(after))]
        check_all(here, here.seen(one, open_only=open_only), one)

    def test_claims_are_owed_until_they_are_paid(self) -> None:
        """With reimbursing funds alone: owed = owed before + charged − paid, paid being what arrived and the sponsor's fee."""
        late = tuple(replace(fund, pays="reimburse", fee=0.05, months_to_pay=2.5) for fund in PROGRAM.funds[:3])
        here = world(make_program(funds=late), count=50, years=5)
        seen = here.seen([TODAY])
        owed = before(seen.owed, here.model.setup.receivable.sum((0, 1)))
        assert_allclose(seen.owed, owed + seen.charged.sum(1) - seen.income - seen.fees, rtol=0, atol=0.005)
        assert seen.income.sum() > 0


def thinned(posts: list[int], funds: list[int], supplies: list[int], sites: list[int], costs: list[int]) -> Program:
    """The made program with some of its rows only."""
    kept = [PROGRAM.sites[i] for i in sites]
    names = {site.id for site in kept}
    return make_program(
        sites=tuple(kept), sessions=tuple(s for s in PROGRAM.sessions if s.site in names),
        posts=tuple(p for i in posts if (p := PROGRAM.posts[i]).site is None or p.site in names),
        funds=tuple(PROGRAM.funds[i] for i in funds), supplies=tuple(PROGRAM.supplies[i] for i in supplies),
        costs=tuple(PROGRAM.costs[i] for i in costs),
    )  # fmt: skip


def some(size: int) -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(0, size - 1), unique=True, max_size=size).map(sorted)


class TestAnyProgram:
    @given(some(8), some(7), some(4), some(2), some(7), st.integers(0, 1000))
    @settings(max_examples=max(10, settings().max_examples // 4))
    def test_the_laws_hold_for_whatever_rows_there_are(
        self, posts: list[int], funds: list[int], supplies: list[int], sites: list[int], costs: list[int], first: int
    ) -> None:
        here = world(thinned(posts, funds, supplies, sites, costs), count=4, years=1, first=first)
        check_all(here, here.seen([TODAY, EVERYTHING]), [TODAY, EVERYTHING])

    def test_a_program_of_nobody_with_nothing(self) -> None:
        here = world(thinned([], [], [], [], []), count=8, years=1, kits=0.0, visits=0.0, deaths=0.0)
        seen = here.seen([TODAY, EVERYTHING], open_only=True)
        check_all(here, seen, [TODAY, EVERYTHING])
        assert seen.visits.max() == 0.0
        assert seen.deaths.max() >= 0.0


class TestOrder:
    def test_the_order_of_rows_does_not_matter(self) -> None:
        turned = {
            name: getattr(PROGRAM, name)[::-1]
            for name in ("options", "effects", "prices", "posts", "costs", "supplies", "sites", "sessions")
        }
        runs = [world(program, count=20, years=2).seen([EVERYTHING]) for program in (PROGRAM, make_program(**turned))]
        for name in Seen._fields:
            assert_allclose(getattr(runs[1], name), getattr(runs[0], name), rtol=1e-7, atol=1e-6, err_msg=name)

    def test_the_order_of_funds_does_not_matter(self) -> None:
        """But where two are under the same pressure."""
        runs = [
            world(program, count=20, years=2).seen([EVERYTHING])
            for program in (PROGRAM, make_program(funds=PROGRAM.funds[::-1]))
        ]
        for name in ("free_cash", "owed", "spending", "deaths", "posts_filled"):
            assert_allclose(getattr(runs[1], name), getattr(runs[0], name), rtol=1e-7, atol=1e-6, err_msg=name)
        assert_allclose(runs[1].charged[:, ::-1], runs[0].charged, rtol=1e-7, atol=1e-6)

    def test_a_portfolio_s_answer_does_not_hang_on_its_neighbours(self) -> None:
        here = world(count=15)
        together = here.run([TODAY, EVERYTHING, make_portfolio({"roof": 1.0})])
        by_itself = here.run([EVERYTHING])
        assert_allclose(together.lived[1], by_itself.lived[0], rtol=1e-12)

    @pytest.mark.parametrize(("chunk", "threads"), [(7, 1), (7, 2), (1, 1)])
    def test_chunks_and_threads_change_nothing(self, chunk: int, threads: int) -> None:
        here = world(count=15, years=1)
        whole, cut = (
            here.run([TODAY, EVERYTHING], chunk=64),
            here.run([TODAY, EVERYTHING], chunk=chunk, threads=threads),
        )
        for name in Seen._fields:
            assert_allclose(getattr(cut.seen, name), getattr(whole.seen, name), rtol=1e-9, atol=1e-6, err_msg=name)
        assert_allclose(cut.lived, whole.lived, rtol=1e-12)

    def test_the_same_seed_gives_the_same_answer_and_a_future_is_its_number(self) -> None:
        many, again, few = (world(count=count, years=1) for count in (20, 20, 10))
        a, b, c = (here.seen([EVERYTHING]) for here in (many, again, few))
        for name in Seen._fields:
            x, y, z = (getattr(seen, name) for seen in (a, b, c))
            assert np.array_equal(x, y), name
            axis = x.ndim - 2
            assert_allclose(np.take(x, range(10), axis), z, rtol=1e-12, atol=1e-12, err_msg=name)

    def test_totals_are_those_of_the_paths(self) -> None:
        here = world(count=15)
        paths, totals = here.run([TODAY, EVERYTHING]), here.run([TODAY, EVERYTHING], paths=False)
        assert paths.seen is not None
        assert totals.sums is not None
        assert totals.end is not None
        for name in Seen._fields:
            x = getattr(paths.seen, name)[..., :24]
            assert_allclose(getattr(totals.sums, name), x.sum(-1), rtol=1e-9, atol=1e-9, err_msg=name)
            assert_allclose(getattr(totals.end, name), x[..., -1], rtol=1e-9, atol=1e-9, err_msg=name)
        assert_allclose(totals.lived, paths.lived, rtol=1e-9)
        assert np.array_equal(totals.short, paths.seen.short[..., :24].max(-1))


ROOF = alone("roof")
BARE: dict[str, object] = {
    "posts": (Post("helpers", "volunteer", 3, 3.0, 5.0, Decimal(0), paid_as="volunteer"),), "sessions": (),
    "supplies": (), "costs": (), "sites": (replace(PROGRAM.sites[0], upkeep=Decimal(0)),), "free_cash": Decimal(1_000_000),
}  # fmt: skip
"""A house and helpers that cost nothing."""


class TestStrings:
    """What a fund may pay, and may not."""

    def paid(self, fund: Fund, **changes: object) -> tuple[Seen, Floats]:
        program = make_program(**(BARE | {"funds": (fund,)} | changes))
        calm = {"emergency_cost": 0.0, "failure_rate_sound": 0.0, "failure_rate_worn": 0.0}
        seen = world(program, count=20, years=3, p=calm).seen([ROOF], open_only=True)
        return seen, seen.charged[0, 0]

    @pytest.mark.parametrize("pays", ["advance", "reimburse"])
    def test_a_supplies_grant_never_pays_a_roof(self, pays: str) -> None:
        grant = Fund(
            "supplies",
            "Supplies",
            "state",
            Decimal(500_000),
            Month(2025, 1),
            Month(2025, 12),
            pays=pays,
            may_pay=("supplies",),
        )  # type: ignore[arg-type]
        seen, charged = self.paid(grant)
        assert charged.max() == 0.0
        assert seen.spending[0, :, 0].min() > 40_000

    @pytest.mark.parametrize("pays", ["advance", "reimburse"])
    def test_a_roof_grant_pays_the_roof_and_not_the_kits(self, pays: str) -> None:
        grant = Fund(
            "roof",
            "Roof",
            "state",
            Decimal(500_000),
            Month(2025, 1),
            Month(2025, 12),
            pays=pays,
            may_pay=("building",),
            every=12,
        )  # type: ignore[arg-type]
        bought = tuple(replace(s, in_kind=0.0) for s in PROGRAM.supplies)
        seen, charged = self.paid(grant, supplies=bought)
        price = 45_000 * 1.03
        assert_allclose(charged[:, 0], price, rtol=1e-9)
        assert charged[:, 1:].max() < 1e-6
        assert seen.spending[0, :, 1:].min() > 1_000

    def test_what_is_never_paid_wins_over_what_may_be(self) -> None:
        grant = Fund(
            "odd",
            "Odd",
            "state",
            Decimal(500_000),
            Month(2025, 1),
            None,
            may_pay=("building",),
            never_pays=("building",),
        )
        assert self.paid(grant)[1].max() == 0.0

    def test_a_cost_is_charged_only_to_the_funds_that_it_names(self) -> None:
        funds = tuple(Fund(x, x, "state", Decimal(500_000), Month(2025, 1), None) for x in ("a", "b"))
        cost = (Cost("fuel", "Fuel", "fuel", Decimal(2_000), paid_by=("b",)),)
        program = make_program(
            **(BARE | {"funds": funds, "costs": cost, "options": (), "effects": (), "prices": (), "sites": ()})
        )
        charged = world(program, count=5, years=1).seen([TODAY], open_only=True).charged[0]
        assert charged[0].max() == 0.0
        assert charged[1].min() > 1_900


class TestLags:
    @pytest.mark.parametrize("longer", [0.3, 1.0, 2.5, 6.0])
    def test_with_rationing_off_a_longer_lag_never_raises_free_cash(self, longer: float) -> None:
        program = make_program(
            options=(Option("slow", "Slow", "yes-no"),),
            effects=(Effect("slow", "claim_lag", "add", longer),),
            prices=(),
        )
        seen = world(program, count=60, years=3).seen([TODAY, alone("slow", after=3)], open_only=True)
        assert (seen.free_cash[1] <= seen.free_cash[0] + 1e-6).all()
        assert (seen.free_cash[1] < seen.free_cash[0] - 1.0).any(-1).mean() > 0.95
        assert (seen.owed[1] >= seen.owed[0] - 1e-6).all()


class TestWhileWeStayOpen:
    def test_money_moves_no_person(self) -> None:
        """With cash shocks off, what an option costs changes nothing but money."""
        option = Option("costly", "Costly", "level", least=1, most=9, step=1)
        dear = Price("costly", "vehicle", "monthly", Decimal(50_000))
        program = make_program(options=(option,), effects=(), prices=(dear,))
        here = world(program, count=20)
        seen = here.seen([TODAY, alone("costly")], open_only=True)
        for name in (*PEOPLE, "quits", "posts_filled", "burnout", "fires", "condition", "readiness", "open_share"):
            x = getattr(seen, name)
            assert np.array_equal(x[0], x[1]), name
        assert (seen.free_cash[1, :, 5] < seen.free_cash[0, :, 5] - 1e5).all()
        assert seen.closed.max() == seen.rationing.max() == 0.0

    def test_nothing_is_done_after_the_horizon(self) -> None:
        here = world(count=20)
        late = here.seen(
            [TODAY, replace(EVERYTHING, choices=tuple(replace(c, start=START.plus(24)) for c in EVERYTHING.choices))]
        )
        for name in Seen._fields:
            x = getattr(late, name)
            assert_allclose(x[1], x[0], rtol=1e-12, atol=1e-9, err_msg=name)

    def test_nothing_happens_before_it_is_begun(self) -> None:
        here = world(count=20)
        late = here.seen(
            [TODAY, replace(EVERYTHING, choices=tuple(replace(c, start=START.plus(12)) for c in EVERYTHING.choices))]
        )
        for name in Seen._fields:
            x = getattr(late, name)[..., :12]
            assert np.array_equal(x[1], x[0]), name


def test_more_kits_are_there_though_most_are_given_in_kind() -> None:
    """A shallow shelf beside a large gift: half as many again are handed out all the same."""
    kits = replace(PROGRAM.supplies[0], stock=60.0, in_kind=200.0, in_kind_until=None)
    here = world(lever_program(supplies=(kits, *PROGRAM.supplies[1:])), count=50)
    seen = here.seen([TODAY, alone("kits")], open_only=True, expected=True)
    a_visit = seen.kits_given[..., 1:24] / seen.visits[..., 1:24]
    more = (a_visit[1] / a_visit[0]).mean(
        -1
    )  # goods come a month late, so that a month busier than the last falls a little short
    assert more.min() > 1.45
    assert more.max() < 1.501


POOR = make_program(funds=PROGRAM.funds[3:5], free_cash=Decimal(60_000), credit_limit=Decimal(10_000))


class TestRunningShort:
    def test_rationing_acts_before_the_cash_is_gone(self) -> None:
        here = world(POOR, count=200, years=3)
        seen = here.seen([TODAY])
        gone = seen.ran_out[0] > 0
        assert gone[:, -1].mean() > 0.5
        acts = seen.rationing[0] > 0.01
        first = np.where(gone.any(-1), gone.argmax(-1), 999)
        acted = np.where(acts.any(-1), acts.argmax(-1), 999)
        assert (acted < first)[gone[:, -1]].all()

    def test_rationing_keeps_programs_open(self) -> None:
        """The same program with and without: take the rungs away (savings nobody sees) and more of them close, sooner."""
        short = make_program(funds=PROGRAM.funds[1:], credit_limit=Decimal(10_000))
        here = world(short, count=200, years=3)
        seen = here.seen([TODAY])
        open_but_poor = here.seen([TODAY], open_only=True)
        below = (open_but_poor.free_cash[0] < -here.start.credit[:, None]).any(-1)
        assert seen.closed[0, :, 35].mean() < below.mean()

    def test_closing_is_for_good_and_nothing_is_handed_out_after(self) -> None:
        here = world(make_program(funds=(), free_cash=Decimal(5_000), credit_limit=Decimal(10_000)), count=50)
        seen = here.seen([TODAY, EVERYTHING])
        check_closing(seen)
        assert seen.closed[0, :, -1].min() == 1.0
        shut = seen.closed[0].argmax(-1)
        for f in range(50):
            assert seen.free_cash[0, f, shut[f]] < -10_000
            assert (seen.free_cash[0, f, shut[f] - 2 : shut[f] + 1] < -10_000).all()
            assert seen.reached[0, f, shut[f]] == 0.0
        assert seen.deaths[0, :, -1].min() > 0  # people go on living, and dying, without it


class TestPostsOfTheirOwn:
    def test_a_post_that_is_opened_leaves_the_other_posts_quits_alone(self) -> None:
        """Each place has its own luck. (Burnout, through which colleagues are felt, is made of no matter.)"""
        here = world(count=300, p={"burnout_quit_or": 1.0})
        seen = here.seen([TODAY, make_portfolio({"open-posts": 1.0}, START)], open_only=True)
        more = seen.quits[1] - seen.quits[0]
        assert set(np.unique(np.round(more, 9))) <= {0.0, 1.0}  # the one new place's own
        assert (seen.posts_filled[1] - seen.posts_filled[0]).min() > -1e-9

    def test_a_post_more_leaves_the_other_posts_quits_alone(self) -> None:
        extra = Post("another", "another", 1, 1.0, 20.0, Decimal(20))
        runs = []
        for posts in (PROGRAM.posts, (extra, *PROGRAM.posts)):
            runs.append(
                world(make_program(posts=posts), count=300, p={"burnout_quit_or": 1.0}).seen([TODAY], open_only=True)
            )
        more = runs[1].quits - runs[0].quits
        assert set(np.unique(np.round(more, 9))) <= {0.0, 1.0}
        assert more.sum() > 0


class TestScale:
    def test_a_place_twice_as_large_is_the_same_place_twice(self) -> None:
        """People, visits, kits and deaths doubled for the same staff, in the expected form: all flows double, all shares stay."""
        program = make_program(
            supplies=tuple(replace(s, in_kind=0.0, stock=None) for s in PROGRAM.supplies if s.item == "naloxone")
        )
        once = world(program, count=30)
        targets = {
            name: 2.0 * getattr(once.targets, name)[0]
            for name in ("people", "participants", "kits", "visits", "deaths")
        }
        twice = world(program, count=30, **targets)
        a, b = (
            here.seen([TODAY, make_portfolio({"evenings": 6.0, "more-kits": 2.0})], expected=True, open_only=True)
            for here in (once, twice)
        )
        for name in (
            "deaths",
            "overdoses",
            "people",
            "reached",
            "on_moud",
            "visits",
            "kits_given",
            "kits_held",
            "reversals",
            "gone",
            "stopped",
        ):
            assert_allclose(getattr(b, name), 2.0 * getattr(a, name), rtol=1e-6, err_msg=name)
        for name in ("turned_away", "burnout", "fires", "open_share", "posts_filled", "quits", "readiness"):
            assert_allclose(getattr(b, name), getattr(a, name), rtol=1e-6, err_msg=name)


class TestClosedForm:
    @pytest.mark.parametrize("danger", [0.5, 1.0, 2.0])
    def test_one_route_one_risk_no_organisation(self, danger: float) -> None:
        """Nobody reached or treated: people near the new rest exponentially, P = P∞ + (N − P∞)·e^(−h·t)."""
        from scipy.optimize import brentq

        tiny = 1e-9
        p = {
            "route_mix_inject": 1.0, "route_mix_smoke": tiny, "route_mix_stimulants": tiny, "risk_ratio": 1.0,
            "moud_share_need": tiny,            "reach_selection": 1.0, "referrals": 0.0,
        }  # fmt: skip
        here = world(lever_program(), count=12, years=5, p=p, participants=tiny, kits=0.0, people=2_000.0, deaths=40.0)
        futures = replace(here.futures, supply=np.full_like(here.futures.supply, danger))
        seen = World(here.model, futures, here.targets, here.start).seen([TODAY], open_only=True)
        q, months = here.futures.p, np.arange(here.model.months)
        for f in range(12):
            delta = 40.0 * (1 - q["opioid_share"][f]) / 2_000.0
            calm = q["stop_rate"][f] + q["nonod_death_oud"][f] * np.exp(0.085 * (q["age_today"][f] - 40)) + delta
            wanted = 40.0 * q["opioid_share"][f]

            def gap(odf: float, calm: float = calm, wanted: float = wanted) -> float:
                return 12 * 2_000.0 * odf * -np.expm1(-(calm + odf) / 12) / (calm + odf) - wanted

            odf = brentq(gap, 1e-9, 10.0, xtol=1e-15)
            inflow = 2_000.0 * -np.expm1(-(calm + odf) / 12)
            h = calm + odf + (danger - 1) * (delta + odf)
            rest = inflow / -np.expm1(-h / 12)
            opening = rest + (2_000.0 - rest) * np.exp(-h * months / 12)
            deaths = opening * -np.expm1(-h / 12) / h * odf * danger
            assert_allclose(seen.deaths[0, f], deaths, rtol=1e-6)
            assert_allclose(seen.people[0, f], rest + (2_000.0 - rest) * np.exp(-h * (months + 1) / 12), rtol=1e-6)


def test_the_start_meets_its_targets() -> None:
    here = world(count=200)
    q, s = here.futures.p, here.start
    assert_allclose(s.people.sum((0, 1, 2, 3)), here.targets.people)
    assert_allclose(s.people[:, 1].sum((0, 1, 2)), here.targets.participants / (1 + 12 * q["lapse_month"]), rtol=1e-6)
    free = s.bound == 0
    assert free.mean() > 0.9
    treated = s.people[:2, :, :, 1].sum((0, 1, 2)) / s.people[:2].sum((0, 1, 2, 3))
    assert_allclose(treated[free], q["moud_share_need"][free], rtol=1e-6)
    assert (treated[~free] >= q["moud_share_need"][~free]).all()
    first = here.seen([TODAY], expected=True, open_only=True)
    assert_allclose(first.deaths[0, :, 0] * 12, here.targets.deaths * q["opioid_share"], rtol=1e-6)
    assert_allclose(first.deaths_other[0, :, 0] * 12, here.targets.deaths * (1 - q["opioid_share"]), rtol=0.02)
    assert_allclose(first.visits[0, :, 0], here.targets.visits, rtol=1e-9)


@pytest.mark.parametrize("name", ["kits", "deaths", "visits", "participants"])
def test_a_count_of_nothing_has_a_start_too(name: str) -> None:
    here = world(count=20, years=1, **{name: 1e-9 if name == "participants" else 0.0})
    seen = here.seen([TODAY, EVERYTHING])
    check_bounds(seen)
    check_people(here, seen)


def test_choices_of_an_unknown_option_change_nothing() -> None:
    here = world(count=5, years=1)
    seen = here.seen([TODAY, Portfolio("odd", (Choice("nobody-knows", 1.0, START),))])
    for name in Seen._fields:
        assert np.array_equal(getattr(seen, name)[0], getattr(seen, name)[1]), name
