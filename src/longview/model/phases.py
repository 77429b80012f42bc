"""The parts of a month, in order; nothing reads what a later part writes (docs/model.md §2)."""

from __future__ import annotations

from typing import Any, NamedTuple

from longview.model.arrays import Array, Engine, weigh
from longview.model.building import Upkeep, backlog, building_month, closed_by_building
from longview.model.charging import Charged, charge
from longview.model.doors import Doors, doors, sessions_held
from longview.model.fires import better_service, fires, readiness_month
from longview.model.guards import (
    CLOSING_MONTHS,
    DAYS_A_YEAR,
    DEFERRAL_MONTHS,
    TINY,
    WAGE_LEAST,
    WEEKS_A_MONTH,
)
from longview.model.income import Arrived, Luck, arrive, renew, turn_down
from longview.model.laws import unafraid
from longview.model.levers import lever_values
from longview.model.payroll import bills_by_class, option_costs, pay, savings
from longview.model.rationing import Rationing, ration, shortfall, smoothed
from longview.model.setup import Setup, Wiring
from longview.model.shelf import Handed, hand_out, rationed, still_given, syringes_handed
from longview.model.state import Calendar, Noise, State, World
from longview.model.visits import Visits, visits
from longview.model.workforce import Staffing, burnout_aim, quit_hazard, staff_month, worker_hours


class Opening(NamedTuple):
    """What the month opens with, [B] unless said.

    Attributes:
        here: 0 once closed. price, wage_elsewhere: levels. lever: id → value. own_pay: over today's.
        given_back: advances of funds turned down. came: funds and money after arrivals.
        free: free cash then. rationing: rungs in force.
    """

    here: Array
    price: Array
    wage_elsewhere: Array
    lever: dict[str, Array]
    own_pay: Array
    given_back: Array
    came: Arrived
    free: Array
    rationing: Rationing


class Service(NamedTuple):
    """Doors, visits and the store, [B] unless said.

    Attributes:
        closed_share: of the year, by buildings. fires: share of hours. hours: with participants.
        given: gifts that go on, [item, B].
        handed: kits. syringes: handed out, those added with them.
    """

    closed_share: Array
    fires: Array
    hours: Array
    doors: Doors
    visits: Visits
    store: Handed
    given: Array
    handed: Array
    syringes: Array


class Upholding(NamedTuple):
    """Staff, building and readiness after the month.

    Attributes:
        named, seeking: places carried and sought, [place, B]. kept: upkeep done, nominal, [premises, B].
        dearer: how much dearer what was put off has become, [B].
    """

    staff: Staffing
    named: Array
    seeking: Array
    house: Upkeep
    kept: Array
    dearer: Array
    readiness: Array


class Books(NamedTuple):
    """The month's books, [B] unless said: what was paid, what is left, and whether the program goes on."""

    paid_out: Charged
    spent: Array
    free: Array
    owed: Array
    net: Array
    savings: Array
    below: Array
    closed: Array
    ran_out: Array


def open_month(
    state: State, now: Calendar, noise: Noise, world: World, setup: Setup, wiring: Wiring, xp: Any
) -> Opening:
    """Prices and levers, money that arrives, rationing."""
    p, start, shelter = world.p, world.start, world.sheltered
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
    given_back = xp.zeros_like(here)
    if world.declined is not None:
        funds, given_back = turn_down(funds, world.declined, now.month, xp)
    came = arrive(funds, setup.funds, now.terms, state.units, here, lever["cash_in"], wiring.reimburse, xp)
    free = state.free + came.free

    # rationing
    gap = shortfall(state.net, free, start.reserve, start.week_third * price / start.price_start, xp)
    rationing = ration(state.rungs, state.savings, gap * (1.0 - shelter) * here, xp)
    return Opening(here, price, wage_elsewhere, lever, own_pay, given_back, came, free, rationing)


def serve(state: State, now: Calendar, noise: Noise, world: World, setup: Setup, opening: Opening, xp: Any) -> Service:
    """The building as it opens the month, fires, worker hours, doors, visits, and what is handed out."""
    p, start, shelter = world.p, world.start, world.sheltered
    here, lever = opening.here, opening.lever
    cut_items, cut_sessions, _, cut_hours = opening.rationing.rungs
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
    opened = doors(
        held,
        setup.session_hours,
        setup.evening,
        start.worth,
        start.base_hours,
        lever,
        closed_share,
        cut_sessions,
        p,
        xp,
    )

    # visits, and what is handed out
    reached = state.people[:, 1].sum((0, 1, 2))
    seen = visits(
        start.a_person,
        reached,
        opened.share,
        start.doors,
        here * unafraid(lever["police"], p),
        start.an_hour,
        hours,
        p,
        xp,
    )
    fraction = ratio(seen.served, start.visits, xp) * here
    gain = better_service(state.readiness, p)
    kit = setup.is_kits
    others = lever["supplies"][None] * (1.0 + setup.is_syringes * (lever["syringe_rule"] - 1.0)[None])
    ordinary = start.usual * (kit * lever["kits"][None] + (1.0 - kit) * others) * fraction[None]
    boost = kit * gain[None] + (1.0 - kit)
    wanted = (ordinary + kit * (lever["kits_added"] * here)[None]) * boost * rationed(cut_items)[None]
    ends = xp.where(setup.gift_ends < 0, (1.0 - p["grant_renew_gov"])[None], setup.gift_ends)
    given = still_given(state.given, ends * (1.0 - shelter)[None], now.promised, noise.gift, xp)
    store = hand_out(wanted, start.usual, start.stock, state.shelf, setup.in_kind * given, xp)
    handed = (store.handed * kit).sum(0)
    a_visit = lever["supplies"] * lever["syringe_rule"] * fraction * rationed(cut_items)
    syringes = syringes_handed(store.handed, start.usual, setup.is_syringes, start.syringes, a_visit, xp)
    syringes = syringes + lever["syringes_added"] * here
    return Service(closed_share, burning, hours, opened, seen, store, given, handed, syringes)


def uphold(
    state: State, now: Calendar, noise: Noise, world: World, setup: Setup, opening: Opening, service: Service, xp: Any
) -> Upholding:
    """Staff (burnout, quits, hires), building, readiness."""
    p, start = world.p, world.start
    here, lever, price = opening.here, opening.lever, opening.price
    _, _, cut_hiring, cut_hours = opening.rationing.rungs
    relative = xp.maximum(opening.own_pay / opening.wage_elsewhere * (1.0 - cut_hours), WAGE_LEAST)
    hazard = quit_hazard(start.quit, noise.frailty, relative, lever["benefits"], lever["support"], state.burnout, p, xp)
    aim = burnout_aim(service.visits.load / start.load, service.fires - p["fire_hours_share"], p, xp)
    named = places(opening.came.funds.on * now.terms.alive, setup, xp)
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
    kept = today_kept + added_upkeep
    dearer = price / start.price_start * xp.exp(now.month / DEFERRAL_MONTHS * xp.log(p["deferral_mult"]))
    put_off = backlog(state.condition, setup.backlog, dearer, setup.value, price, p, xp)
    repair = by_value * (lever["repair"] * price)[None]
    house = building_month(
        state.condition,
        state.failed,
        put_off,
        value,
        need,
        kept,
        repair,
        noise.emergency,
        noise.failure,
        p,
        xp,
    )
    readiness = readiness_month(state.readiness, lever["protected"], p, xp)
    return Upholding(staff, named, seeking, house, kept, dearer, readiness)


def close_books(
    state: State, now: Calendar, noise: Noise, world: World, setup: Setup, wiring: Wiring, opening: Opening, service: Service,
    upholding: Upholding, engine: Engine,
) -> Books:  # fmt: skip
    """Bills and claims, free cash, and whether the program goes on."""
    p, start, xp = world.p, world.start, engine.xp
    here, lever, price, came, free = opening.here, opening.lever, opening.price, opening.came, opening.free
    cut_items, cut_sessions, _, cut_hours = opening.rationing.rungs
    staff, house, store = upholding.staff, upholding.house, service.store
    full, paid = pay(state.filled, opening.own_pay, cut_hours, cut_sessions, setup, p, xp)
    upkeep_cost = (upholding.kept + house.emergencies + house.failures).sum(0)
    leaving = (staff.quits * full * p["replace_cost_share"][None] * 12.0).sum(0)
    goods = store.bought * setup.unit_price * price[None]
    once, monthly = option_costs(world.level, world.begin, now.month, world.horizon, setup, xp)
    bills = (
        bills_by_class(paid * state.filled, goods, upkeep_cost, leaving, now.running, once + monthly, price, wiring, xp)
        * here[None]
    )
    paid_out = charge(
        came.funds,
        setup.funds,
        now.terms,
        setup.allowed,
        bills,
        lever["claim_lag"],
        wiring.reimburse,
        engine,
        setup.limits,
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
    net = smoothed(state.net, change, opening.rationing.saved)
    below = xp.where(closing_free < -start.credit, state.below + 1.0, xp.zeros_like(free))
    mortal = (1.0 - world.sheltered) * (0.0 if noise.quit is None else 1.0)
    closed = xp.maximum(state.closed, (below >= CLOSING_MONTHS).astype(free.dtype) * mortal)
    ran_out = xp.maximum(state.ran_out, (closing_free < 0.0).astype(free.dtype))
    empty = xp.maximum(upholding.named - staff.filled, 0.0) * upholding.seeking
    could_save = savings(store.bought / rationed(cut_items)[None], full, staff.filled, empty, price, setup, xp)
    return Books(paid_out, spent, closing_free, owed, net, could_save, below, closed, ran_out)


def places(on: Array, setup: Setup, xp: Any) -> Array:
    """Places that their funds still carry, [place, B]: a post named by funds lasts as long as one of them does."""
    if on.shape[0] == 0:
        return xp.ones_like(setup.weekly) * xp.ones_like(on.sum(0))[None]
    carried = (setup.named[:, :, None] * on[None]).max(1)
    return xp.where(setup.is_named > 0, carried, xp.ones_like(carried))


def ratio(now: Array, today: Array, xp: Any) -> Array:
    """Now over today's, and 1 where today's is nothing."""
    return xp.where(today > TINY, now / xp.maximum(today, TINY), xp.ones_like(now))
