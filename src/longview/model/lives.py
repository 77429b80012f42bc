"""People and their kits in a month: overdoses and deaths, coming and lapsing, treatment, kits (docs/model.md §2.10 to 2.13)."""

from __future__ import annotations

from typing import Any, NamedTuple

from longview.model.arrays import Array
from longview.model.consumption_room import deaths_with_room, overdoses_elsewhere, use_in_room
from longview.model.drug_checking import overdoses_spared as spared_by_checking
from longview.model.fatality import Help, deaths_per_overdose
from longview.model.guards import AGE_MIDDLE, AGEING, MONTH, TINY
from longview.model.laws import seizures, unafraid, watched_danger, watched_starts
from longview.model.naloxone import Meeting, kits_given, kits_moved, kits_used, meeting
from longview.model.overdose import Exits, exits, risk_over_today, risk_reached
from longview.model.phases import Opening, Service, ratio
from longview.model.reach import (
    begun_in_jail,
    contact,
    lapse,
    link_success,
    move_reach,
    move_treatment,
    moves,
    signs,
    treatment_start,
)
from longview.model.smoking_supplies import drawn, uses_smoked
from longview.model.smoking_supplies import overdoses_spared as spared_by_smoking
from longview.model.spotting_line import listened
from longview.model.state import Noise, State, World


class Lives(NamedTuple):
    """People and kits after the month, before any closing.

    Attributes:
        left: ways out. people: [route, reach, risk, treatment, B]. stopped: alive who stopped, or never began under a law that
        watches prescriptions (over today: less than nothing where more begin), [B]; stopped_died: of them, [B].
        kits: [reach, B]. reversals: [B]. met: chance that naloxone is met by those reached, [B].
        came, lapsed: of the month's survivors, [route, risk, treatment, B]. room: ψ, share of what people reached who inject use
        that is used in a room, [B]. smoked: y, share of what they injected that they now smoke, [B]. seized: excess danger left of
        seizures, [B].
    """

    left: Exits
    people: Array
    stopped: Array
    stopped_died: Array
    kits: Array
    reversals: Array
    met: Array
    came: Array
    lapsed: Array
    room: Array
    smoked: Array
    seized: Array


class Danger(NamedTuple):
    """Overdoses of a month and who left by them or otherwise.

    Attributes:
        left: ways out. around: who holds kits. witnessed: share of overdoses with someone there, [B]. room, smoked, seized: as in
        `Lives`.
    """

    left: Exits
    around: Meeting
    witnessed: Array
    room: Array
    smoked: Array
    seized: Array


def live(state: State, noise: Noise, world: World, opening: Opening, service: Service, xp: Any) -> Lives:
    """Naloxone met, overdoses, deaths and leaving; reach, treatment and newcomers; kits."""
    p = world.p
    danger = overdose_month(state, noise, world, opening, service, xp)
    left = danger.left
    ageing = xp.exp(AGEING * (p["age_today"] - AGE_MIDDLE))
    stopped_died = state.stopped * -xp.expm1(-p["death_stopped"] * ageing * MONTH)
    never = (1.0 - watched_starts(opening.lever["monitoring"], p)) * world.start.newcomers[:2].sum((0, 1))
    stopped = state.stopped - stopped_died + left.stopped.sum((0, 1, 2, 3)) + never
    people, came, lapsed = people_month(left.survivors, world, opening, service, xp)
    kits, reversals = kits_month(state, danger, came, lapsed, world, opening, service, xp)
    met, room, smoked, seized = danger.around.met[1], danger.room, danger.smoked, danger.seized
    return Lives(left, people, stopped, stopped_died, kits, reversals, met, came, lapsed, room, smoked, seized)


def overdose_month(state: State, noise: Noise, world: World, opening: Opening, service: Service, xp: Any) -> Danger:
    """How dangerous the month is, who is there, and every way out."""
    p, start, lever, here = world.p, world.start, opening.lever, opening.here
    users = state.people[:2].sum((0, 2, 3))
    around = meeting(state.kits, users, p["who_is_there"], p["nx_carry"], start.adj, xp)
    in_room = use_in_room(lever["room"], service.doors.share, start.doors, here, p, xp)
    smoked = uses_smoked(lever["smoking_supplies"], p)

    # how often an overdose ends in death
    line = listened(lever["spotting"], p)
    given = Help(lever["witnessed"], lever["responders"], lever["calling"], line)
    fatal = deaths_per_overdose(p, world.deadlier, world.weak, around.met, given, xp)
    share = deaths_with_room(fatal.share, in_room, p, xp)

    # how often there is one
    supply = noise.supply * lever["supply"]
    seized = seizures(state.seized, lever["seizures"] + lever["seizures_once"], p, xp)
    level = start.level * supply * watched_danger(lever["monitoring"], p) * seized.danger
    spared = spared_by_checking(lever["drug_checking"], p), spared_by_smoking(smoked, p)
    served = risk_reached(*spared, here, xp) * level[None, None]
    treated = risk_over_today(lever["jail"], lever["jail_moud"], lever["retention"], p, xp)
    rates = start.rates * (served[:, :, None, None] * treated[None, None, None])
    left = exits(state.people, rates, share, start.natural, start.other_overdose * supply, p["stop_rate"], xp)
    return Danger(left, around, fatal.witnessed, in_room, smoked, seized.left)


def people_month(
    survivors: Array, world: World, opening: Opening, service: Service, xp: Any
) -> tuple[Array, Array, Array]:
    """People after coming and lapsing, treatment and newcomers, with those who came and who lapsed."""
    p, start, lever, here = world.p, world.start, opening.lever, opening.here
    pipes = drawn(lever["smoking_supplies"], p, xp)
    offer = xp.stack([lever["offer_inject"], lever["offer_smoke"] * pipes, xp.ones_like(here)])
    place = ratio(service.doors.counted, start.counted, xp)
    able = here * unafraid(lever["police"], p)
    come = contact(start.contact, place, offer, start.share_reached, p, xp) * able[None, None]
    go = xp.broadcast_to(lapse(service.visits.turned_away, start.turned_away, p)[None, None], come.shape)
    people, came, lapsed = move_reach(survivors, moves(come, go, xp), xp)
    base = start.treatment_base * lever["moud_access"] + begun_in_jail(lever["jail"], lever["jail_moud"], p)
    begin = treatment_start(base, lever["referrals"], link_success(lever["onsite"], p, xp), p, xp)
    away = xp.broadcast_to((1.0 / (p["moud_stay"] * lever["retention"]))[None], begin.shape)
    people = move_treatment(people, moves(begin, away, xp), xp)
    opioid = xp.asarray((1.0, 1.0, 0.0), dtype=people.dtype)[:, None, None]
    more = opioid * (watched_starts(lever["monitoring"], p) - 1.0)[None, None]
    return arrivals(people, start.newcomers * (1.0 + more), xp), came, lapsed


def kits_month(
    state: State, danger: Danger, came: Array, lapsed: Array, world: World, opening: Opening, service: Service, xp: Any
) -> tuple[Array, Array]:
    """Kits used, moved and given: what is held after the month, [reach, B], and reversals, [B]."""
    p, start, lever = world.p, world.start, opening.lever
    users = state.people[:2].sum((0, 2, 3))
    events = overdoses_elsewhere(danger.left.overdoses, danger.room, xp)
    kits = kits_used(state.kits, events, danger.witnessed, danger.around, p, xp)
    survivors = danger.left.survivors[:2].sum((0, 2, 3))
    out = lapsed[:2].sum((0, 1, 2)) / xp.maximum(survivors[1], TINY)
    back = came[:2].sum((0, 1, 2)) / xp.maximum(survivors[0], TINY)
    others = start.other_kits * lever["kits_elsewhere"] + p["pharmacy_kit_worth"] * lever["kits_pharmacy"]
    new = kits_given(service.handed, others, users, lever["share_onward"], p, xp)
    return kits_moved(kits.held - kits.used, out, back, new, xp), kits.reversals


def arrivals(people: Array, newcomers: Array, xp: Any) -> Array:
    """People with a month's newcomers, unreached and off treatment. `newcomers` [route, risk, B]."""
    first = xp.asarray((1.0, 0.0), dtype=people.dtype)
    where = first[:, None] * first[None]
    return people + newcomers[:, None, :, None] * where[None, :, None, :, None]


def empty_reach(people: Array, closed: Array, xp: Any) -> Array:
    """Everybody lapses in the month in which the program closes."""
    gain = signs(people, xp)[None, :, None, None, None]
    return people + gain * (people[:, 1] * closed[None, None, None])[:, None]
