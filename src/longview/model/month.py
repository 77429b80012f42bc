"""One month, in order; nothing reads what a later line writes. It reads like a table of contents (docs/model.md §2)."""

from __future__ import annotations

from typing import Any, NamedTuple

from longview.model.arrays import Array, Engine, weigh
from longview.model.building import backlog, building_month, closed_by_building
from longview.model.charging import charge
from longview.model.doors import doors, sessions_held
from longview.model.fatality import deaths_per_overdose
from longview.model.fires import better_service, fires, readiness_month
from longview.model.guards import (
    AGE_MIDDLE,
    AGEING,
    CLOSING_MONTHS,
    DAYS_A_YEAR,
    DEFERRAL_MONTHS,
    LOAD_MOST,
    MONTH,
    TINY,
    WAGE_LEAST,
    WEEKS_A_MONTH,
)
from longview.model.income import Funds, Luck, Terms, arrive, renew
from longview.model.levers import Effects, lever_values
from longview.model.naloxone import kits_given, kits_moved, kits_used, meeting
from longview.model.overdose import exits
from longview.model.payroll import bills_by_class, option_costs, pay, savings
from longview.model.rationing import ration, shortfall, smoothed
from longview.model.reach import contact, lapse, move_reach, move_treatment, moves, signs, treatment_start
from longview.model.setup import Setup, Wiring
from longview.model.shelf import hand_out, rationed, still_given
from longview.model.start import Start
from longview.model.visits import visits
from longview.model.workforce import burnout_aim, quit_hazard, staff_month, worker_hours


class State(NamedTuple):
    """Everything that a month hands to the next; axes in docs/model.md, the batch B last."""

    people: Array
    stopped: Array
    gone: Array
    kits: Array
    filled: Array
    skill: Array
    burnout: Array
    condition: Array
    failed: Array
    readiness: Array
    pressure: Array
    missing_days: Array
    shelf: Array
    given: Array
    funds: Funds
    free: Array
    net: Array
    rungs: Array
    savings: Array
    below: Array
    closed: Array
    ran_out: Array
    units: Array


class Noise(NamedTuple):
    """A month's uniforms and paths over trajectories; in the expected form only `supply` and `frailty`, both 1."""

    supply: Array
    frailty: Array
    quit: Array | None
    hire: Array | None
    gift: Array | None
    emergency: Array | None
    failure: Array | None
    renew: Array | None
    replace: Array | None
    cut: Array | None


class Calendar(NamedTuple):
    """What the calendar says of a month, the same for every future."""

    month: Array
    price: Array
    own_raise: Array
    terms: Terms
    running: Array
    promised: Array


class World(NamedTuple):
    """What a trajectory carries unchanged through its run.

    Attributes:
        p: evidence draws, [B] each. start: its start. effects: of its options. level, begin: of its prices' options, [row, B].
        award, renewal: chances by fund, [fund, B]. replaceable: uniforms, [fund, B], or None. sheltered: 1 = cash shocks off.
        deadlier, weak: structures, 0 or 1, [B]. horizon: months.
    """

    p: dict[str, Array]
    start: Start
    effects: Effects
    level: Array
    begin: Array
    award: Array
    renewal: Array
    replaceable: Array | None
    sheltered: Array
    deadlier: Array
    weak: Array
    horizon: Array


class Seen(NamedTuple):
    """What is reported of a month, [B] each; by fund [fund, B]. Names as in `results.Outlook`."""

    deaths: Array
    deaths_other: Array
    overdoses: Array
    reversals: Array
    people: Array
    reached: Array
    on_moud: Array
    visits: Array
    turned_away: Array
    kits_given: Array
    kits_held: Array
    open_share: Array
    days_closed: Array
    posts_filled: Array
    quits: Array
    burnout: Array
    fires: Array
    readiness: Array
    condition: Array
    backlog: Array
    free_cash: Array
    fund_cash: Array
    owed: Array
    income: Array
    spending: Array
    charged: Array
    rationing: Array
    ran_out: Array
    closed: Array
    gone: Array
    stopped: Array
    naloxone_met: Array
    short: Array
    fees: Array
    returned: Array


def month(
    state: State, now: Calendar, noise: Noise, world: World, setup: Setup, wiring: Wiring, engine: Engine
) -> tuple[State, Seen]:
    """The state a month later, and what is seen of that month."""
    p, start, shelter, xp = world.p, world.start, world.sheltered, engine.xp
    here = 1.0 - state.closed
    growth = now.month / 12.0
    price = now.price * xp.exp(growth * xp.log1p(p["price_growth"]))
    wage_elsewhere = xp.exp(growth * xp.log1p(p["wage_growth"]))

    # policy: what the options move
    lever = lever_values(world.effects, wiring.levers, now.month, world.horizon, here, xp)
    own_pay = lever["wage"] * now.own_raise

    # money that arrives
    luck = None if noise.renew is None else Luck(noise.renew, noise.replace, noise.cut, world.replaceable)
    ready = state.readiness - p["readiness_0"]
    funds = renew(state.funds, setup.funds, now.terms, world.renewal, world.award, ready, luck, shelter, p, xp)
    came = arrive(funds, setup.funds, now.terms, state.units, here, lever["cash_in"], wiring.reimburse, xp)
    free = state.free + came.free

    # rationing
    gap = shortfall(state.net, free, start.reserve, start.week_third * price / start.price_start, xp)
    rationing = ration(state.rungs, state.savings, gap * (1.0 - shelter) * here, xp)
    cut_items, cut_sessions, cut_hiring, cut_hours = rationing.rungs

    # the building as it opens the month; fires; worker hours; doors
    closed_share = closed_by_building(state.condition, setup.hours_in, p, xp)
    more_days = (closed_share - start.closed_share) * DAYS_A_YEAR / 12.0
    burning = fires(state.pressure / start.load, state.missing_days, more_days, state.readiness, p, xp)
    hours = worker_hours(
        state.filled,
        state.skill,
        setup.weekly,
        setup.waged,
        cut_hours,
        lever["worker_hours"],
        WEEKS_A_MONTH,
        burning,
        lever["protected"],
        p,
    )
    held = sessions_held(weigh(setup.roster, state.filled), start.tails, xp)
    opened = doors(held, setup.session_hours, start.worth, start.base_hours, lever, closed_share, cut_sessions, p, xp)

    # visits, and what is handed out
    reached = state.people[:, 1].sum((0, 1, 2))
    seen = visits(start.a_person, reached, opened.share, start.doors, here, start.an_hour, hours, p, xp)
    fraction = ratio(seen.served, start.visits, xp) * here
    gain = better_service(state.readiness, p)
    kit = setup.is_kits
    ordinary = start.usual * (kit * lever["kits"][None] + (1.0 - kit) * lever["supplies"][None]) * fraction[None]
    boost = kit * gain[None] + (1.0 - kit)
    wanted = (ordinary + kit * (lever["kits_added"] * here)[None]) * boost * rationed(cut_items)[None]
    ends = xp.where(setup.gift_ends < 0, (1.0 - p["grant_renew_gov"])[None], setup.gift_ends)
    given = still_given(state.given, ends * (1.0 - shelter)[None], now.promised, noise.gift, xp)
    store = hand_out(wanted, start.usual, start.stock, state.shelf, setup.in_kind * given, xp)
    handed = (store.handed * kit).sum(0)

    # naloxone met (kits and people as the month opened), overdoses, deaths, leaving
    users = state.people[:2].sum((0, 2, 3))
    around = meeting(state.kits, users, p["who_is_there"], p["nx_carry"], start.adj, xp)
    fatal = deaths_per_overdose(p, world.deadlier, world.weak, around.met, lever["witnessed"], lever["responders"], xp)
    danger = start.level * noise.supply
    rates = start.rates * danger[None, None, None, None]
    left = exits(
        state.people, rates, fatal.share, start.natural, start.other_overdose * noise.supply, p["stop_rate"], xp
    )
    ageing = xp.exp(AGEING * (p["age_today"] - AGE_MIDDLE))
    stopped_died = state.stopped * -xp.expm1(-p["death_stopped"] * ageing * MONTH)
    stopped = state.stopped - stopped_died + left.stopped.sum((0, 1, 2, 3))

    # reach, treatment, newcomers
    offer = xp.stack([lever["offer_inject"], lever["offer_smoke"], xp.ones_like(free)])
    come = (
        contact(start.contact, ratio(opened.counted, start.counted, xp), offer, start.share_reached, p, xp)
        * here[None, None]
    )
    go = xp.broadcast_to(lapse(seen.turned_away, start.turned_away, p)[None, None], come.shape)
    people, came_in, lapsed = move_reach(left.survivors, moves(come, go, xp), xp)
    begin = treatment_start(start.treatment_base, lever["referrals"], p, xp)
    away = xp.broadcast_to((1.0 / p["moud_stay"])[None], begin.shape)
    people = move_treatment(people, moves(begin, away, xp), xp)
    people = arrivals(people, start.newcomers, xp)

    # kits: used, moved, given
    events = left.overdoses[:2].sum((0, 2, 3))
    kits = kits_used(state.kits, events, fatal.witnessed, around, p, xp)
    survivors = left.survivors[:2].sum((0, 2, 3))
    out = lapsed[:2].sum((0, 1, 2)) / xp.maximum(survivors[1], TINY)
    back = came_in[:2].sum((0, 1, 2)) / xp.maximum(survivors[0], TINY)
    new_kits = kits_given(handed, start.other_kits, users, lever["share_onward"], p, xp)
    held_kits = kits_moved(kits.held - kits.used, out, back, new_kits, xp)

    # infection, wounds: their lines stand here when they come

    # staff
    relative = xp.maximum(own_pay / wage_elsewhere * (1.0 - cut_hours), WAGE_LEAST)
    hazard = quit_hazard(start.quit, noise.frailty, relative, lever["benefits"], lever["support"], state.burnout, p, xp)
    aim = burnout_aim(seen.load / start.load, burning - p["fire_hours_share"], p, xp)
    named = places(funds.on * now.terms.alive, setup, xp)
    seeking = setup.hiring + (1.0 - setup.hiring) * xp.minimum(lever["hire_frozen"], 1.0)[None]
    speed = lever["hire_speed"] * (1.0 - cut_hiring) * here
    staff = staff_month(
        state.filled,
        state.skill,
        state.burnout,
        setup.roles,
        hazard,
        aim,
        named,
        seeking,
        speed,
        noise.quit,
        noise.hire,
        p,
        xp,
    )

    # building, readiness
    value = setup.value * price[None]
    need = p["upkeep_share"][None] * value / 12.0
    today_kept = xp.where(setup.upkeep < 0, p["upkeep_share"][None] * setup.value, setup.upkeep) * price[None] / 12.0
    by_value = setup.value / xp.maximum(setup.value.sum(0, keepdims=True), TINY)
    added_upkeep = by_value * (lever["upkeep_added"] / 12.0 * price)[None]
    dearer = price / start.price_start * xp.exp(now.month / DEFERRAL_MONTHS * xp.log(p["deferral_mult"]))
    put_off = backlog(state.condition, setup.backlog, dearer, setup.value, p, xp)
    repair = by_value * (lever["repair"] * price)[None]
    house = building_month(
        state.condition,
        state.failed,
        put_off,
        value,
        need,
        today_kept + added_upkeep,
        repair,
        noise.emergency,
        noise.failure,
        p,
        xp,
    )
    readiness = readiness_month(state.readiness, lever["protected"], p, xp)

    # bills, claims
    full, paid = pay(state.filled, own_pay, cut_hours, cut_sessions, setup, p, xp)
    upkeep_cost = (today_kept + added_upkeep + house.emergencies + house.failures).sum(0)
    leaving = (staff.quits * full * p["replace_cost_share"][None] * 12.0).sum(0)
    goods = store.bought * setup.unit_price * price[None]
    once, monthly = option_costs(world.level, world.begin, now.month, world.horizon, setup, xp)
    bills = (
        bills_by_class(paid * state.filled, goods, upkeep_cost, leaving, now.running, once + monthly, price, wiring, xp)
        * here[None]
    )
    paid_out = charge(
        came.funds, setup.funds, now.terms, setup.allowed, bills, lever["claim_lag"], wiring.reimburse, engine
    )
    spent = bills.sum(0)
    closing_free = free - (spent - paid_out.from_advances) + paid_out.indirect

    # books closed
    borne = once.sum(0) * price * here * paid_out.unpaid / xp.maximum(spent, TINY)
    owed = paid_out.funds.receivable.sum((0, 1))
    change = (
        closing_free
        - state.free
        + owed
        - state.funds.receivable.sum((0, 1))
        + came.even
        - lever["cash_in"] * here
        + borne
    )
    net = smoothed(state.net, change, rationing.saved)
    below = xp.where(closing_free < -start.credit, state.below + 1.0, xp.zeros_like(free))
    mortal = (1.0 - shelter) * (0.0 if noise.quit is None else 1.0)
    closed = xp.maximum(state.closed, (below >= CLOSING_MONTHS).astype(free.dtype) * mortal)
    ran_out = xp.maximum(state.ran_out, (closing_free < 0.0).astype(free.dtype))
    pressing = seen.wanted / xp.maximum(start.an_hour * hours * (1.0 - p["fire_hours_share"]) / (1.0 - burning), TINY)
    empty = xp.maximum(named - staff.filled, 0.0) * seeking
    could_save = savings(store.bought / rationed(cut_items)[None], full, staff.filled, empty, price, setup, xp)
    gone = state.gone + (left.deaths + left.deaths_other + left.died_otherwise).sum((0, 1, 2, 3)) + stopped_died

    people = empty_reach(people, closed, xp)
    last_reached = people[:, 1].sum((0, 1, 2))
    last = State(
        people=people,
        stopped=stopped,
        gone=gone,
        kits=xp.stack([held_kits[0] + closed * held_kits[1], held_kits[1] * (1.0 - closed)]),
        filled=staff.filled * (1.0 - closed)[None],
        skill=staff.skill,
        burnout=staff.burnout,
        condition=house.condition,
        failed=house.failed,
        readiness=readiness,
        pressure=xp.minimum(pressing, LOAD_MOST),
        missing_days=store.missing_days,
        shelf=store.shelf,
        given=given,
        funds=paid_out.funds,
        free=closing_free,
        net=net,
        rungs=rationing.rungs,
        savings=could_save,
        below=below,
        closed=closed,
        ran_out=ran_out,
        units=xp.stack([seen.served, handed, last_reached]),
    )
    roles_weight = setup.roles.sum(1, keepdims=True)
    report = Seen(
        deaths=left.deaths.sum((0, 1, 2, 3)),
        deaths_other=left.deaths_other.sum((0, 1, 2, 3)),
        overdoses=left.overdoses.sum((0, 1, 2, 3)),
        reversals=kits.reversals,
        people=last.people.sum((0, 1, 2, 3)),
        reached=last_reached,
        on_moud=last.people[:2, :, :, 1].sum((0, 1, 2)),
        visits=seen.served,
        turned_away=seen.turned_away,
        kits_given=handed,
        kits_held=held_kits.sum(0),
        open_share=opened.share * here,
        days_closed=closed_share * DAYS_A_YEAR / 12.0,
        posts_filled=last.filled.sum(0),
        quits=staff.quits.sum(0),
        burnout=(last.burnout * roles_weight).sum(0) / xp.maximum(roles_weight.sum(), TINY),
        fires=burning,
        readiness=readiness,
        condition=house.condition.min(0) if house.condition.shape[0] else xp.ones_like(free),
        backlog=backlog(house.condition, setup.backlog, dearer, setup.value, p, xp).sum(0),
        free_cash=closing_free,
        fund_cash=last.funds.cash,
        owed=owed,
        income=came.free + came.restricted,
        spending=spent,
        charged=paid_out.by_fund * (1.0 + setup.funds.overhead),
        rationing=rationing.rungs.max(0),
        ran_out=ran_out,
        closed=closed,
        gone=gone,
        stopped=stopped,
        naloxone_met=around.met[1],
        short=(closing_free < start.reserve).astype(free.dtype),
        fees=came.fees,
        returned=paid_out.returned,
    )
    return last, report


def arrivals(people: Array, newcomers: Array, xp: Any) -> Array:
    """People with a month's newcomers, unreached and off treatment. `newcomers` [route, risk, B]."""
    first = xp.asarray((1.0, 0.0), dtype=people.dtype)
    where = first[:, None] * first[None]
    return people + newcomers[:, None, :, None] * where[None, :, None, :, None]


def empty_reach(people: Array, closed: Array, xp: Any) -> Array:
    """Everybody lapses in the month in which the program closes."""
    gain = signs(people, xp)[None, :, None, None, None]
    return people + gain * (people[:, 1] * closed[None, None, None])[:, None]


def places(on: Array, setup: Setup, xp: Any) -> Array:
    """Places that their funds still carry, [place, B]: a post named by funds lasts as long as one of them does."""
    if on.shape[0] == 0:
        return xp.ones_like(setup.weekly) * xp.ones_like(on.sum(0))[None]
    carried = (setup.named[:, :, None] * on[None]).max(1)
    return xp.where(setup.is_named > 0, carried, xp.ones_like(carried))


def ratio(now: Array, today: Array, xp: Any) -> Array:
    """Now over today's, and 1 where today's is nothing."""
    return xp.where(today > TINY, now / xp.maximum(today, TINY), xp.ones_like(now))
