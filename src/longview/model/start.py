"""Today is the zero point: levels and a start at which nothing moves (docs/model.md §3)."""

from __future__ import annotations

from typing import Any, NamedTuple

from longview.model.arrays import Array, Engine, odds, solve, tree_map, weigh
from longview.model.building import closed_by_building
from longview.model.doors import doors, sessions_held
from longview.model.fatality import deaths_per_overdose, help_today
from longview.model.guards import (
    MONTH,
    REACH_MOST,
    RESERVE_SHARE,
    SHORTFALL_SCALE,
    START_ROUNDS,
    TINY,
    WEEKS_A_MONTH,
)
from longview.model.infection import Infected, Shift, Spread, shifted
from longview.model.infection_start import at_rest
from longview.model.naloxone import kits_given, kits_used, meeting
from longview.model.overdose import exits, other_deaths, overdose_rates, risk_by_treatment
from longview.model.payroll import pay
from longview.model.reach import Moves, contact, lapse, moves, treatment_start
from longview.model.setup import Setup


class Targets(NamedTuple):
    """What today's records say, in one future each, [B]; flows a month but `deaths` and `quit`, which are a year.

    Attributes:
        people: in the catchment who use drugs. participants: in twelve months. kits: naloxone kits handed out.
        visits: served. hours: paid worker hours of the same months; negative: not recorded. deaths: overdose deaths of the
        catchment, all drugs. load: wanted over capacity. adj: of the naloxone curve. quit: hazard z. syringes: handed out.
    """

    people: Array
    participants: Array
    kits: Array
    visits: Array
    hours: Array
    deaths: Array
    load: Array
    adj: Array
    quit: Array
    syringes: Array


class Start(NamedTuple):
    """Levels and constants of a trajectory, [B] unless said.

    Attributes:
        people: [route, reach, risk, treatment, B]. kits: [reach, B]. newcomers: a month, [route, risk, B].
        contact (c), treatment_base (m_b), level (L): solved. rates: overdoses a person-year before level and
            supply, [route, 1, risk, treatment, B]. natural: other deaths a year, [treatment, B].
        share_reached: at most 0.9. turned_away: τ_0. a_person: v. an_hour: q. counted, doors, closed_share: today's.
        tails: [session, n, B]. worth: [session, B]. usual, stock: monthly use and the shelf at the start, [item, B].
        skill: [place, B].
        week_third: u. cost: a month's bills. residual: largest relative miss of a target.
        bound: 1 where the level of treatment met its bound. met: chance that naloxone is met, by reach, [reach, B].
        reversals: a month. syringes: S_0, handed out a month today.
        infected, spread: with hepatitis C and HIV, and the levels at which both stand. hiv_below: 1 where HIV is rarer than new
            infections alone would make it.
    """

    people: Array
    kits: Array
    newcomers: Array
    contact: Array
    treatment_base: Array
    level: Array
    rates: Array
    natural: Array
    share_reached: Array
    load: Array
    adj: Array
    quit: Array
    visits: Array
    turned_away: Array
    a_person: Array
    an_hour: Array
    counted: Array
    doors: Array
    closed_share: Array
    base_hours: Array
    tails: Array
    worth: Array
    usual: Array
    stock: Array
    skill: Array
    other_kits: Array
    other_overdose: Array
    cost: Array
    week_third: Array
    reserve: Array
    credit: Array
    price_start: Array
    residual: Array
    bound: Array
    met: Array
    reversals: Array
    syringes: Array
    infected: Infected
    spread: Spread
    hiv_below: Array

    def take(self, which: Any) -> Start:
        """The start of some futures, in the order given."""
        return Start(*tree_map(lambda x: x[..., which], tuple(self)))


class Unknowns(NamedTuple):
    """What the fixed point solves for."""

    people: Array
    kits: Array
    contact: Array
    treatment: Array
    level: Array


class Balance(NamedTuple):
    """One round of the fixed point: the next guess, and by how much the targets are missed."""

    next: Unknowns
    residual: Array
    newcomers: Array
    treatment_mean: Array
    base: Array
    met: Array
    reversals: Array
    survivors: Array
    come: Moves


def sizes(people: Array, p: dict[str, Array], xp: Any) -> Array:
    """People by route and risk, [route, risk, B]. Source: route_mix_*, risk_share_higher."""
    mix = xp.stack([p["route_mix_inject"], p["route_mix_smoke"], p["route_mix_stimulants"]])
    mix = mix / mix.sum(0)[None]
    higher = p["risk_share_higher"]
    return (people[None] * mix)[:, None] * xp.stack([1.0 - higher, higher])[None]


def stationary(survive: Array, come: Any, treat: Any, total: Array, xp: Any) -> Array:
    """People at rest: each (route, risk) is a chain of four states fed at (unreached, none), [route, reach, risk, treatment, B].

    Args:
        survive: share that neither dies nor stops in a month, [route, reach, risk, treatment, B].
        come: monthly moves between reach, [route, risk, B]. treat: between treatment, [route, reach, B].
        total: people, [route, risk, B].
    """
    cells = [(g, m) for g in (0, 1) for m in (0, 1)]

    def share(origin: tuple[int, int], goal: tuple[int, int]) -> Array:
        (g, m), (h, n) = origin, goal
        there, back = come.there, come.back
        reach = (1.0 - there if h == 0 else there) if g == 0 else (back if h == 0 else 1.0 - back)
        begin, stop = treat.there[:, h][:, None], treat.back[:, h][:, None]
        treated = (1.0 - begin if n == 0 else begin) if m == 0 else (stop if n == 0 else 1.0 - stop)
        return survive[:, g, :, m] * reach * treated

    matrix = [[(1.0 if i == j else 0.0) - share(b, a) for j, b in enumerate(cells)] for i, a in enumerate(cells)]
    zero, one = xp.zeros_like(total), xp.ones_like(total)
    mix = solve(matrix, [one, zero, zero, zero])
    whole = mix[0] + mix[1] + mix[2] + mix[3]
    x = [m / whole * total for m in mix]
    return xp.stack([xp.stack([x[0], x[1]], 2), xp.stack([x[2], x[3]], 2)], 1)


def balance(guess: Unknowns, targets: Targets, p: dict[str, Array], structure: tuple[Array, Array], xp: Any) -> Balance:
    """One round: people at rest under the guess, and the guess moved towards the targets."""
    total = sizes(targets.people, p, xp)
    none, on = risk_by_treatment(p)
    treated = guess.people[:2].sum((1, 2))
    by_route = treated.sum(1)
    mean = (treated[:, 0] * none[None] + treated[:, 1] * on[None]) / some(by_route, xp)
    mean = xp.where(by_route > 0.0, mean, none[None])
    mean = xp.concatenate([mean, none[None]], 0)

    users = guess.people[:2].sum((0, 2, 3))
    around = meeting(guess.kits, users, p["who_is_there"], p["nx_carry"], targets.adj, xp)
    zero = xp.zeros_like(targets.people)
    fatal = deaths_per_overdose(p, *structure, around.met, help_today(zero, xp), xp)
    rates = overdose_rates(p, mean, xp) * guess.level[None, None, None, None]
    without = targets.deaths * (1.0 - p["opioid_share"]) / targets.people
    died = other_deaths(p, xp)

    unit = exits(xp.ones_like(guess.people), rates, fatal.share[None], died, without, p["stop_rate"], xp)
    reached_share = xp.minimum(reached(targets, p, xp) / targets.people, REACH_MOST)
    offer = xp.ones_like(total[:, 0])
    there = contact(guess.contact, xp.ones_like(zero), offer, reached_share, p, xp)
    tau = zero
    come = moves(there, xp.broadcast_to(lapse(tau, tau, p)[None, None], there.shape), xp)
    in_reach = guess.people[:2, 1].sum((0, 1, 2)) / xp.maximum(guess.people[:2].sum((0, 1, 2, 3)), TINY)
    extra = treatment_start(zero, xp.ones_like(zero), p["link_success_ssp"], p, xp)[1]
    base = xp.maximum(guess.treatment - extra * in_reach, 0.0)
    begin = treatment_start(base, xp.ones_like(zero), p["link_success_ssp"], p, xp)
    start = moves(begin, xp.broadcast_to((1.0 / p["moud_stay"])[None], begin.shape), xp)
    opioid = xp.stack([xp.ones_like(zero), xp.ones_like(zero), zero])[:, None]
    treat = type(start)(start.there[None] * opioid, xp.broadcast_to(start.back[None], (3, *start.back.shape)))
    people = stationary(unit.survivors, come, treat, total, xp)

    flow = exits(people, rates, fatal.share[None], died, without, p["stop_rate"], xp)
    left = people - flow.survivors
    opioid_deaths = flow.deaths.sum((0, 1, 2, 3)) / MONTH
    wanted = targets.deaths * p["opioid_share"]
    level = xp.where(wanted > 0.0, guess.level * wanted / xp.maximum(opioid_deaths, TINY), xp.ones_like(zero))
    now_reached = people[:, 1].sum((0, 1, 2)) / targets.people
    in_treatment = people[:2, :, :, 1].sum((0, 1, 2)) / xp.maximum(people[:2].sum((0, 1, 2, 3)), TINY)
    treatment = (base + extra * in_reach) * odds(p["moud_share_need"]) / some(odds(in_treatment), xp)
    kits = kits_at_rest(people, flow, come, around, fatal.witnessed, guess.kits, targets, p, xp)
    free = base > 0.0
    missed = xp.stack(
        [
            xp.abs(opioid_deaths / xp.maximum(wanted, TINY) - 1.0) * (wanted > 0.0),
            xp.abs(now_reached / some(reached_share, xp) - 1.0) * (reached_share > 0.0),
            xp.abs(in_treatment / some(p["moud_share_need"], xp) - 1.0) * free * (in_treatment > 0.0),
            (xp.abs(kits - guess.kits) / xp.maximum(kits, 1.0)).max(0),
            (xp.abs(people - guess.people).sum((0, 1, 2, 3)) / targets.people),
        ]
    )
    events = flow.overdoses[:2].sum((0, 2, 3))
    reversals = (events * fatal.witnessed[None] * around.met).sum(0)
    contacts = guess.contact * odds(reached_share) / some(odds(now_reached), xp)
    following = Unknowns(people, kits, contacts, treatment, level)
    return Balance(following, missed.max(0), left.sum((1, 3)), mean, base, around.met, reversals, flow.survivors, come)


def some(x: Array, xp: Any) -> Array:
    """What is divided by, and 1 where there is nothing at all; however little there is, it is kept as it is."""
    return xp.where(x > 0.0, x, xp.ones_like(x))


def reached(targets: Targets, p: dict[str, Array], xp: Any) -> Array:
    """In touch now, [B]: participants of twelve months over 1 + 12·lapse_month. Source: MODEL.md §4."""
    return targets.participants / (1.0 + 12.0 * p["lapse_month"])


def kits_at_rest(
    people: Array,
    flow: Any,
    come: Any,
    around: Any,
    witnessed: Array,
    kits: Array,
    targets: Targets,
    p: dict[str, Array],
    xp: Any,
) -> Array:
    """Kits held where what is given equals what is used and lost, at the present use and moves, [reach, B]."""
    users = people[:2].sum((0, 2, 3))
    used = kits_used(kits, flow.overdoses[:2].sum((0, 2, 3)), witnessed, around, p, xp)
    stay = xp.exp(-1.0 / p["kit_life_months"])[None] * (1.0 - used.used / xp.maximum(used.held, TINY))
    alive = flow.survivors[:2]
    back = (alive[:, 0] * come.there[:2, :, None]).sum((0, 1, 2)) / xp.maximum(alive[:, 0].sum((0, 1, 2)), TINY)
    out = (alive[:, 1] * come.back[:2, :, None]).sum((0, 1, 2)) / some(alive[:, 1].sum((0, 1, 2)), xp)
    given = kits_given(targets.kits, targets.kits * p["other_kits"], users, xp.zeros_like(out), p, xp)
    matrix = [[1.0 - stay[0] * (1.0 - back), -stay[1] * out], [-stay[0] * back, 1.0 - stay[1] * (1.0 - out)]]
    return xp.stack(solve(matrix, [given[0], given[1]]))


def injecting_at_rest(settled: Balance, xp: Any) -> Shift:
    """How people who inject move in a month in which nothing moves."""
    people, alive = settled.next.people[0].sum((1, 2)), settled.survivors[0]
    came = (alive[0] * settled.come.there[0][:, None]).sum((0, 1))
    lapsed = (alive[1] * settled.come.back[0][:, None]).sum((0, 1))
    return shifted(people, alive.sum((1, 2)), came, lapsed, people, settled.newcomers[0].sum(0), xp)


def first_guess(targets: Targets, p: dict[str, Array], xp: Any) -> Unknowns:
    """A guess from which the fixed point settles."""
    total = sizes(targets.people, p, xp)
    share = xp.minimum(reached(targets, p, xp) / targets.people, REACH_MOST)
    on = p["moud_share_need"]
    by_reach = xp.stack([1.0 - share, share])[None, :, None, None]
    treated = xp.stack([1.0 - on, on])[None, None, None]
    only = xp.stack([xp.ones_like(on), xp.zeros_like(on)])[None, None, None]
    cells = total[:, None, :, None]
    people = xp.concatenate([cells[:2] * by_reach * treated, cells[2:] * by_reach * only], 0)
    half = targets.kits * (1.0 + p["other_kits"]) * p["kit_life_months"] / 2.0
    kits = xp.stack([half, half])
    level = xp.ones_like(share)
    return Unknowns(people, kits, 12.0 * p["lapse_month"] * odds(share), odds(on) / p["moud_stay"], level)


def solve_start(
    targets: Targets,
    setup: Setup,
    p: dict[str, Array],
    structure: tuple[Array, Array],
    tails: Array,
    price: Array,
    running: Array,
    engine: Engine,
) -> Start:
    """The start of each future, shared by its portfolios.

    Args:
        targets, p: [B]. structure: deadlier, weak (0 or 1), [B]. tails: [session, n, B].
        price: of the first month, over the price year, scalar. running: costs of the first month, [item line, 1].

    Returns:
        `Start`. `residual` above `guards.START_CLOSE` means that the future must not be used.
    """
    xp = engine.xp
    guess = engine.repeat(
        START_ROUNDS, lambda g: balance(g, targets, p, structure, xp).next, first_guess(targets, p, xp)
    )
    settled = balance(guess, targets, p, structure, xp)
    zero, one = xp.zeros_like(targets.people), xp.ones_like(targets.people)
    k = p["visit_sharpness"]
    tau = 1.0 - xp.exp(-xp.logaddexp(zero, k * xp.log(targets.load)) / k)
    months_in = setup.months_in
    fresh = (1.0 - p["ramp_start"])[None] * xp.exp(-2.0 * months_in / p["ramp_months"][None])
    skill = xp.where(months_in < 0.0, xp.ones_like(fresh), 1.0 - fresh)
    quiet = 1.0 - p["fire_hours_share"]
    counted_hours = (setup.filled * skill * setup.weekly).sum(0) * WEEKS_A_MONTH
    hours = xp.where(targets.hours < 0.0, counted_hours, targets.hours) * p["productive_share"] * quiet
    closed_share = closed_by_building(setup.condition + zero[None], setup.hours_in, p, xp)
    worth = 1.0 + setup.evening * (p["evening_worth"] - 1.0)[None]
    held = sessions_held(
        xp.broadcast_to(weigh(setup.roster, setup.filled), (setup.roster.shape[0], zero.shape[0])), tails, xp
    )
    none = dict.fromkeys(("hours_day", "hours_evening", "hours_new_place"), zero) | {"new_place_miles": one}
    base_hours = setup.base_hours * one
    opened = doors(held, setup.session_hours, setup.evening, worth, base_hours, none, closed_share, zero, p, xp)
    usual = setup.is_kits * targets.kits[None] + (1.0 - setup.is_kits) * (setup.usual * one[None])
    full, _ = pay(setup.filled, one, zero, zero, setup, p, xp)
    upkeep = xp.where(setup.upkeep < 0.0, p["upkeep_share"][None] * setup.value, setup.upkeep) / 12.0
    bought = xp.maximum(usual - setup.in_kind, 0.0)
    items = (bought * setup.unit_price).sum(0) + upkeep.sum(0) + running.sum(0)
    cost = (full * setup.filled).sum(0) + items * price
    people_reached = settled.next.people[:, 1].sum((0, 1, 2))
    injecting = settled.next.people[0].sum(1)
    on_moud = injecting[:, 1] / xp.maximum(injecting.sum(1), TINY)
    infection = at_rest(injecting_at_rest(settled, xp), on_moud, targets.syringes, p, engine)
    return Start(
        people=settled.next.people,
        kits=settled.next.kits,
        newcomers=settled.newcomers,
        contact=guess.contact,
        treatment_base=settled.base,
        level=guess.level,
        rates=overdose_rates(p, settled.treatment_mean, xp),
        natural=other_deaths(p, xp),
        share_reached=xp.minimum(people_reached / targets.people, REACH_MOST),
        load=targets.load,
        adj=targets.adj,
        quit=targets.quit,
        visits=targets.visits,
        turned_away=tau,
        a_person=targets.visits / ((1.0 - tau) * xp.maximum(people_reached, TINY)),
        an_hour=targets.visits / xp.maximum((1.0 - tau) * targets.load * hours, TINY),
        counted=opened.counted,
        doors=opened.share,
        closed_share=closed_share,
        base_hours=base_hours,
        tails=tails,
        worth=worth,
        usual=usual,
        stock=xp.maximum(xp.where(setup.stock < 0.0, usual, setup.stock), bought),
        skill=skill,
        other_kits=targets.kits * p["other_kits"],
        other_overdose=targets.deaths * (1.0 - p["opioid_share"]) / targets.people,
        cost=cost,
        week_third=cost / WEEKS_A_MONTH * SHORTFALL_SCALE,
        reserve=xp.where(setup.reserve < 0.0, RESERVE_SHARE * cost, setup.reserve * one),
        credit=xp.where(setup.credit < 0.0, p["credit_months"] * cost, setup.credit * one),
        price_start=price * one,
        residual=xp.maximum(settled.residual, infection.residual),
        bound=(settled.base <= 0.0) * one,
        met=settled.met,
        reversals=settled.reversals,
        syringes=targets.syringes,
        infected=infection.infected,
        spread=infection.spread,
        hiv_below=infection.below,
    )
