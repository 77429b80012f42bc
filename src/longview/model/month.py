"""One month, in order; nothing reads what a later line writes. It reads like a table of contents (docs/model.md §2)."""

from __future__ import annotations

from typing import Any

from longview.model.arrays import Array, Engine
from longview.model.building import backlog
from longview.model.guards import DAYS_A_YEAR, LOAD_MOST, TINY
from longview.model.illness import Illness, after_closing, fall_ill
from longview.model.lives import Lives, empty_reach, live
from longview.model.phases import (
    Books,
    Opening,
    Service,
    Upholding,
    close_books,
    open_month,
    serve,
    uphold,
)
from longview.model.setup import Setup, Wiring
from longview.model.state import Calendar, Noise, Seen, State, World


def month(
    state: State, now: Calendar, noise: Noise, world: World, setup: Setup, wiring: Wiring, engine: Engine
) -> tuple[State, Seen]:
    """The state a month later, and what is seen of that month."""
    xp = engine.xp
    opening = open_month(state, now, noise, world, setup, wiring, xp)
    service = serve(state, now, noise, world, setup, opening, xp)
    lives = live(state, noise, world, opening, service, xp)
    illness = fall_ill(state, world, opening, service, lives, xp)
    upholding = uphold(state, now, noise, world, setup, opening, service, xp)
    books = close_books(state, now, noise, world, setup, wiring, opening, service, upholding, engine)
    last = after(state, world, opening, service, lives, illness, upholding, books, xp)
    return last, report(last, world, setup, opening, service, lives, illness, upholding, books, xp)


def after(
    state: State,
    world: World,
    opening: Opening,
    service: Service,
    lives: Lives,
    illness: Illness,
    upholding: Upholding,
    books: Books,
    xp: Any,
) -> State:
    """What the month hands to the next; in the month in which the program closes everybody lapses and every place empties."""
    p, start, closed = world.p, world.start, books.closed
    left = lives.left
    dead = (left.deaths + left.deaths_other + left.died_otherwise).sum((0, 1, 2, 3)) + lives.stopped_died
    able = start.an_hour * service.hours * (1.0 - p["fire_hours_share"]) / (1.0 - service.fires)
    pressing = service.visits.wanted / xp.maximum(able, TINY)
    people = empty_reach(lives.people, closed, xp)
    return State(
        people=people,
        stopped=lives.stopped,
        gone=state.gone + dead,
        kits=xp.stack([lives.kits[0] + closed * lives.kits[1], lives.kits[1] * (1.0 - closed)]),
        filled=upholding.staff.filled * (1.0 - closed)[None],
        skill=upholding.staff.skill,
        burnout=upholding.staff.burnout,
        condition=upholding.house.condition,
        failed=upholding.house.failed,
        readiness=upholding.readiness,
        pressure=xp.minimum(pressing, LOAD_MOST),
        missing_days=service.store.missing_days,
        shelf=service.store.shelf,
        given=service.given,
        funds=books.paid_out.funds,
        free=books.free,
        net=books.net,
        rungs=opening.rationing.rungs,
        savings=books.savings,
        below=books.below,
        closed=closed,
        ran_out=books.ran_out,
        units=xp.stack([service.visits.served, service.handed, people[:, 1].sum((0, 1, 2))]),
        seized=lives.seized,
        hcv=after_closing(illness.infection.infected.hcv, closed, xp),
        hiv=after_closing(illness.infection.infected.hiv, closed, xp),
    )


def report(
    last: State, world: World, setup: Setup, opening: Opening, service: Service, lives: Lives, illness: Illness,
    upholding: Upholding, books: Books, xp: Any,
) -> Seen:  # fmt: skip
    """What is seen of the month: stocks at its end, flows within it."""
    p, left, house = world.p, lives.left, upholding.house
    weight = setup.roles.sum(1, keepdims=True)

    def whole(cells: Array) -> Array:
        return cells.sum((0, 1, 2, 3))

    return Seen(
        deaths=whole(left.deaths),
        deaths_other=whole(left.deaths_other),
        overdoses=whole(left.overdoses),
        reversals=lives.reversals,
        people=whole(last.people),
        reached=last.people[:, 1].sum((0, 1, 2)),
        on_moud=last.people[:2, :, :, 1].sum((0, 1, 2)),
        visits=service.visits.served,
        turned_away=service.visits.turned_away,
        kits_given=service.handed,
        syringes_given=service.syringes,
        kits_held=lives.kits.sum(0),
        open_share=service.doors.share * opening.here,
        days_closed=service.closed_share * DAYS_A_YEAR / 12.0,
        posts_filled=last.filled.sum(0),
        quits=upholding.staff.quits.sum(0),
        burnout=(last.burnout * weight).sum(0) / xp.maximum(weight.sum(), TINY),
        fires=service.fires,
        readiness=last.readiness,
        condition=house.condition.min(0) if house.condition.shape[0] else xp.ones_like(books.free),
        backlog=backlog(house.condition, setup.backlog, upholding.dearer, setup.value, opening.price, p, xp).sum(0),
        free_cash=books.free,
        fund_cash=last.funds.cash,
        owed=books.owed,
        income=opening.came.free + opening.came.restricted,
        spending=books.spent,
        charged=books.paid_out.full,
        rationing=opening.rationing.rungs.max(0),
        ran_out=books.ran_out,
        closed=books.closed,
        gone=last.gone,
        stopped=last.stopped,
        naloxone_met=lives.met,
        short=(books.free < world.start.reserve).astype(books.free.dtype),
        fees=opening.came.fees,
        returned=opening.given_back + books.paid_out.returned,
        hcv_infections=illness.infection.hcv,
        hiv_infections=illness.infection.hiv,
        injecting=whole(last.people[:1]),
        skin_infections=illness.wounds.skin,
        wounds_hospital=illness.wounds.hospital,
    )
