"""A toy in which people are people: one by one, each with their own random numbers, month by month.

Written from docs/model.md (2.6 to 2.15 as far as a program that stands still is concerned, and 4), not from the cohort
model, of which nothing is imported. There people are counted by cell and flow in expectation; here each person
overdoses, is found or not, dies, comes, lapses, starts and leaves treatment, holds whole kits, catches hepatitis C or HIV.
Organisation is held still: every place filled, nobody leaves, no building, no shortage, supply 1.

What a model of today must solve for (docs/model.md section 3) is given to the toy as `Levels`: who is where, what is
held, and the hazards that keep it so. That nothing drifts on today's path is then a finding of the toy's own.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import exp, log

import numpy as np

INJECT, SMOKE, STIMULANTS = 0, 1, 2
FREE, UNKNOWN, FOUND, SUPPRESSED = 0, 1, 2, 3
MONTH = 1.0 / 12.0
AGEING, AGE_LAST = 0.085, 100
RUN_OFF = 24
NALOXONE_MOST, ONWARD_MOST = 0.95, 0.95

Cell = tuple[int, int, int, int]
"""Route, reached, higher risk, on medication."""

Levers = Mapping[str, float]

TODAY: Levers = {
    "kits": 1.0, "kits_added": 0.0, "share_onward": 0.0, "hours_evening": 0.0, "worker_hours": 0.0, "witnessed": 0.0,
    "calling": 1.0, "referrals": 1.0, "retention": 1.0, "moud_access": 1.0, "onsite": 0.0, "syringe_rule": 1.0,
    "syringes_added": 0.0, "room": 0.0, "drug_checking": 0.0, "smoking_supplies": 0.0, "police": 0.0, "hcv_treatment": 0.0,
    "hiv_testing": 1.0,
}  # fmt: skip
"""Levers that the toy reads, and their values today."""

OWN_NUMBERS = 13
"""Random numbers of a person in a month: chance of an event, what it is, …; see `Person` methods for which is which."""

EVENT, WHICH, PLACE, SEEN, NALOXONE, CALLED, FATAL, COME, TREAT, ILL, VISIT, ROOM, HIV = range(OWN_NUMBERS)


@dataclass(frozen=True)
class Levels:
    """What stands today, and what keeps it standing.

    Attributes:
        people: expected persons by cell. kits: held by the unreached and the reached. hcv: people who inject and have
            hepatitis C, by reach; hiv: with HIV by state (unknown, found, suppressed) and reach. newcomers: persons a month by
            route and risk.
        contact: c. treatment: m_b. level: L. cured: ℓ. brought: ν_C, share of newcomers who inject infected;
            hiv_brought: with HIV, by state. suppressed: κ.
        participants, visits, kits_month, syringes, hours, load, deaths: the targets of section 1; hours a week.
        longest_week: hours a week in which doors are open (a program without sessions).
    """

    people: Mapping[Cell, float]
    kits: tuple[float, float]
    hcv: tuple[float, float]
    hiv: tuple[tuple[float, float], ...]
    newcomers: Mapping[tuple[int, int], float]
    contact: float
    treatment: float
    level: float
    cured: float
    brought: float
    hiv_brought: tuple[float, float, float]
    suppressed: float
    participants: float
    visits: float
    kits_month: float
    syringes: float
    hours: float
    load: float
    deaths: float
    adj: float
    longest_week: float


@dataclass(slots=True, eq=False)
class Person:
    """Somebody who uses drugs here."""

    number: int
    route: int
    reached: int
    risk: int
    treated: int
    infected: bool = False
    hiv: int = FREE
    kits: int = 0


@dataclass
class Told:
    """What the toy saw, a number a month; `lived`: discounted years of life of everybody, to the end of each life."""

    deaths: list[float] = field(default_factory=list)
    overdoses: list[float] = field(default_factory=list)
    reversals: list[float] = field(default_factory=list)
    people: list[float] = field(default_factory=list)
    reached: list[float] = field(default_factory=list)
    on_moud: list[float] = field(default_factory=list)
    visits: list[float] = field(default_factory=list)
    kits_given: list[float] = field(default_factory=list)
    kits_held: list[float] = field(default_factory=list)
    hcv_infections: list[float] = field(default_factory=list)
    hiv_infections: list[float] = field(default_factory=list)
    lived: float = 0.0


def odds_times(share: float, times: float) -> float:
    """The share whose odds are so many times those of `share`."""
    return share * times / (1.0 - share + share * times)


def moves(there: float, back: float) -> tuple[float, float]:
    """Chances in a month of going there and of coming back, for two states with these yearly hazards."""
    both = there + back
    if both == 0.0:
        return 0.0, 0.0
    moved = 1.0 - exp(-both * MONTH)
    return there / both * moved, back / both * moved


def whole(mean: float, luck: random.Random) -> int:
    """A whole number whose mean is `mean`, as near to it as may be."""
    down = int(mean)
    return down + (luck.random() < mean - down)


def poisson(mean: float, u: float) -> int:
    """The number of events of which fewer have chance `u`."""
    chance = total = exp(-mean)
    count = 0
    while u > total and count < 1000:
        count += 1
        chance *= mean / count
        total += chance
    return count


@dataclass(frozen=True)
class Seen:
    """What everybody meets this month: counted before anybody moves."""

    met: tuple[float, float]
    density: tuple[float, float]
    users: tuple[int, int]
    hcv_force: tuple[float, float]
    hiv_force: tuple[float, float]
    wanted_each: float
    place: float


class Toy:
    """People of one place, today's levels, parameters by evidence key, and levers by month.

    Args:
        levers: month → the levers that differ from today's.
        seed: same seed, same people and same luck: a lever changes only what it changes.
    """

    def __init__(
        self, levels: Levels, p: Mapping[str, float], levers: Callable[[int], Levers], months: int, seed: int
    ) -> None:
        self.at, self.p, self.levers, self.months, self.seed = levels, p, levers, months, seed
        self.luck = random.Random(seed)
        self.told = Told()
        self.stopped = 0
        self.born = 0
        self.people: list[Person] = []
        self.whole_people = sum(levels.people.values())
        self.reached_today = sum(n for (_, g, _, _), n in levels.people.items() if g)
        self._populate()
        self._today()

    # the start

    def _populate(self) -> None:
        """People by cell, whole and as near to what is expected as may be; kits and infections among them by lot."""
        cells = sorted(self.at.people.items())
        self.luck.shuffle(cells)
        carried = self.luck.random()  # so that no cell is always rounded the same way
        for (route, reached, risk, treated), expected in cells:
            carried += expected
            while carried >= 1.0:
                self._arrive(route, reached, risk, treated)
                carried -= 1.0
        for reached in (0, 1):
            holders = [q for q in self.people if q.reached == reached and q.route != STIMULANTS]
            for _ in range(whole(self.at.kits[reached], self.luck)):
                self.luck.choice(holders).kits += 1
            injecting = [q for q in self.people if q.reached == reached and q.route == INJECT]
            for q in self.luck.sample(injecting, min(whole(self.at.hcv[reached], self.luck), len(injecting))):
                q.infected = True
            self.luck.shuffle(injecting)
            free = iter(injecting)
            for state, expected in zip((UNKNOWN, FOUND, SUPPRESSED), self.at.hiv, strict=True):
                for _ in range(whole(expected[reached], self.luck)):
                    next(free).hiv = state

    def _arrive(self, route: int, reached: int, risk: int, treated: int) -> Person:
        person = Person(self.born, route, reached, risk, treated)
        self.born += 1
        self.people.append(person)
        return person

    def _today(self) -> None:
        """Constants of today: what a person wants, what an hour does, danger by cell."""
        p, at = self.p, self.at
        k = p["visit_sharpness"]
        self.away_today = 1.0 - (1.0 + at.load**k) ** (-1.0 / k)
        self.visits_each = at.visits / ((1.0 - self.away_today) * self.reached_today)
        self.share_reached = min(at.participants / (1.0 + 12.0 * p["lapse_month"]) / self.whole_people, 0.9)
        inject = p["od_nonfatal_inject"] / (1.0 - p["od_case_fatality_overall"])
        self.by_route = (inject, inject / p["od_rr_inject_v_smoke"], p["od_rate_stimulant_only"])
        mean = 1.0 - p["risk_share_higher"] + p["risk_share_higher"] * p["risk_ratio"]
        self.by_risk = (1.0 / mean, p["risk_ratio"] / mean)
        self.mean_treated = []
        for route in (INJECT, SMOKE):
            of = {m: sum(n for (r, _, _, t), n in at.people.items() if r == route and t == m) for m in (0, 1)}
            self.mean_treated.append((of[0] + of[1] * self._danger_on_moud(1.0)) / (of[0] + of[1]))
        self.mean_treated.append(1.0)
        older = exp(AGEING * (p["age_today"] - 40.0))
        self.natural = (p["nonod_death_oud"] * older, p["nonod_death_oud"] * older * p["moud_allcause_rr"])
        self.other = at.deaths * (1.0 - p["opioid_share"]) / self.whole_people
        self.stopped_die = p["death_stopped"] * older
        self.today_forces = self._forces_today()

    def _danger_on_moud(self, retention: float) -> float:
        """Overdoses on medication over those off it."""
        p = self.p
        return p["moud_od_rr"] + (p["moud_after_leaving_rr"] - 1.0) / (12.0 * p["moud_stay"] * retention)

    def _forces_today(self) -> tuple[float, float]:
        """X̄_0, mean forces of hepatitis C and of HIV over those who do not have it, as expected at the start."""
        at = self.at
        injecting, treated = [0.0, 0.0], [0.0, 0.0]
        for (route, reached, _, on), n in at.people.items():
            if route == INJECT:
                injecting[reached] += n
                treated[reached] += n * on
        on_moud = [t / n for t, n in zip(treated, injecting, strict=True)]
        passing = [at.hiv[0][g] + at.hiv[1][g] + self.p["hiv_suppressed_rr"] * at.hiv[2][g] for g in (0, 1)]
        self.hiv_today = sum(passing) / sum(injecting)
        forces = self._forces(injecting, list(at.hcv), passing, on_moud, TODAY, at.syringes)
        free_of = [[n - i for n, i in zip(injecting, at.hcv, strict=True)]]
        free_of.append([injecting[g] - sum(state[g] for state in at.hiv) for g in (0, 1)])
        hcv, hiv = (
            sum(x * f for x, f in zip(force, free, strict=True)) / sum(free)
            for force, free in zip(forces, free_of, strict=True)
        )
        return hcv, hiv

    # a month

    def run(self) -> Told:
        """All months, then the rest of every life."""
        beta = 1.0 / 1.03
        for t in range(self.months):
            self._month(t)
            self.told.lived += (len(self.people) + self.stopped) * MONTH * beta ** ((t + 1) * MONTH)
        self.told.lived += beta ** (self.months * MONTH) * self._rest_of_lives(beta)
        return self.told

    def _month(self, t: int) -> None:
        lever = {**TODAY, **self.levers(t)}
        own = np.random.Generator(np.random.Philox(key=[self.seed, t])).random((self.born, OWN_NUMBERS)).tolist()
        came = np.random.Generator(np.random.Philox(key=[self.seed, 10_000 + t]))
        room = lever["room"] * self.p["ops_share_of_use"]

        # visits, and what is handed out
        asked = [q for q in self.people if q.reached]
        calm = 1.0 - self.p["police_avoid"] * lever["police"]
        wanted = sum(poisson(self.visits_each * calm, own[q.number][VISIT]) for q in asked)
        served, away = self._served(wanted, lever)
        share_served = served / self.at.visits
        kits = self.at.kits_month * lever["kits"] * share_served + lever["kits_added"]
        syringes = self.at.syringes * lever["syringe_rule"] * share_served + lever["syringes_added"]

        # what everybody meets
        seen = self._look(lever, syringes)
        users = seen.users

        # overdoses, deaths, leaving
        purse = self._purses()
        deaths = overdoses = reversals = 0
        alive: list[Person] = []
        rates = self._rates(lever)
        likely = {cell: 1.0 - exp(-self._anything(rate, cell[3]) * MONTH) for cell, rate in rates.items()}
        for q in self.people:
            if own[q.number][EVENT] > likely[q.route, q.reached, q.risk, q.treated]:
                alive.append(q)
                continue
            fate, fatal, many, met = self._live(q, own[q.number], rates, seen, lever, room, purse, t)
            deaths += fatal
            overdoses += many
            reversals += met
            if fate == "here":
                alive.append(q)
            else:
                self.stopped += fate == "stopped"
                self._leave_kits(q)
        self.stopped -= sum(self.luck.random() < 1.0 - exp(-self.stopped_die * MONTH) for _ in range(self.stopped))
        self.people = alive

        # reach and treatment
        self._move(own, lever, seen.place, calm, away)

        # newcomers
        for (route, risk), mean in sorted(self.at.newcomers.items()):
            for _ in range(int(mean) + (came.random() < mean % 1.0)):
                person = self._arrive(route, 0, risk, 0)
                if route == INJECT:
                    person.infected = came.random() < self.at.brought
                    lot = came.random()
                    for state, share in zip((UNKNOWN, FOUND, SUPPRESSED), self.at.hiv_brought, strict=True):
                        if 0.0 <= lot < share:
                            person.hiv = state
                        lot -= share

        self._keep_kits(kits, users, lever)
        hcv, hiv = self._infect(own, seen, lever)
        self._tell(deaths, overdoses, reversals, served, kits, hcv)
        self.told.hiv_infections.append(hiv)

    def _served(self, wanted: float, lever: Levers) -> tuple[float, float]:
        """Visits served, and the share turned away: wanted visits against what hours can do."""
        at, k = self.at, self.p["visit_sharpness"]
        can = at.visits / ((1.0 - self.away_today) * at.load) * (at.hours + lever["worker_hours"]) / at.hours
        if wanted == 0:
            return 0.0, 0.0
        served = wanted * (1.0 + (wanted / can) ** k) ** (-1.0 / k)
        return served, 1.0 - served / wanted

    def _look(self, lever: Levers, syringes: float) -> Seen:
        """Count who is there, what they hold and who is infected; what follows for everybody this month."""
        p = self.p
        users, kits, injecting, infected, treated = [0, 0], [0, 0], [0.0, 0.0], [0.0, 0.0], [0, 0]
        passing, passes = [0.0, 0.0], (0.0, 1.0, 1.0, p["hiv_suppressed_rr"])
        for q in self.people:
            g = q.reached
            if q.route != STIMULANTS:
                users[g] += 1
                kits[g] += q.kits
            if q.route == INJECT:
                injecting[g] += 1
                infected[g] += q.infected
                treated[g] += q.treated
                passing[g] += passes[q.hiv]
        density = [kits[g] / max(users[g], 1) for g in (0, 1)]
        company, everybody = p["who_is_there"], max(sum(users), 1)
        near = [
            company * density[g] + (1.0 - company) * sum(users[h] / everybody * density[h] for h in (0, 1))
            for g in (0, 1)
        ]
        met = [min(NALOXONE_MOST, 1.0 - exp(-self.at.adj * p["nx_carry"] * x)) for x in near]
        on_moud = [treated[g] / max(injecting[g], 1) for g in (0, 1)]
        forces = self._forces(injecting, infected, passing, on_moud, lever, syringes)
        incidence = p["hcv_incidence_us"], p["hiv_incidence_us"]
        hcv, hiv = (
            (yearly * force[0] / today, yearly * force[1] / today)
            for yearly, force, today in zip(incidence, forces, self.today_forces, strict=True)
        )
        place = (self.at.longest_week + p["evening_worth"] * lever["hours_evening"]) / self.at.longest_week
        return Seen(
            (met[0], met[1]),
            (density[0], density[1]),
            (users[0], users[1]),
            hcv,
            hiv,
            self.visits_each,
            place,
        )

    def _forces(
        self,
        injecting: list[float],
        hcv: list[float],
        hiv: list[float],
        on_moud: list[float],
        lever: Levers,
        syringes: float,
    ) -> tuple[list[float], list[float]]:
        """Forces of hepatitis C and of HIV by reach, before their scale (2.14). `hcv`, `hiv`: how many pass it on, by reach."""
        p = self.p
        outside, covered = [1.0, 1.0], [0.0, 0.0]
        outside[1] = (1.0 - lever["room"] * p["ops_share_of_use"]) * (
            1.0 - lever["smoking_supplies"] * p["smoke_shift"]
        )
        for g in (0, 1):
            ours = (1.0 - p["syringe_share_onward"]) if g else p["syringe_share_onward"]
            a_person = 12.0 * syringes * ours / max(injecting[g], 1e-9) + p["syringes_elsewhere"]
            covered[g] = min(1.0, a_person / (p["injections_per_year"] * max(outside[g], 1e-9)))

        def force(passing: list[float], today: float, sterile: float, treated: float) -> list[float]:
            company, everybody = p["who_is_there"], max(sum(injecting), 1.0)
            sterile, treated = min(1.0, sterile), min(1.0, treated)
            overlap = min(p["both_interaction"] - 1.0, 1.0 - sterile, 1.0 - treated)
            out = []
            for g in (0, 1):
                around = company * passing[g] / max(injecting[g], 1e-9) + (1.0 - company) * sum(passing) / everybody
                mixed = (1.0 - p["mix_in"]) * around / today + p["mix_in"]
                safe = (1.0 - (1.0 - sterile) * covered[g]) * (1.0 - (1.0 - treated) * on_moud[g])
                out.append(outside[g] * mixed * safe * (1.0 + overlap * covered[g] * on_moud[g]))
            return out

        with_hcv = p["hcv_prev_ab_us"] * p["hcv_viraemic_share"]
        return (
            force(hcv, with_hcv, p["coverage_hcv_floor"], p["ost_hcv_rr"]),
            force(hiv, self.hiv_today, p["nsp_hiv_rr"], p["ost_hiv_rr"]),
        )

    def _rates(self, lever: Levers) -> dict[Cell, float]:
        """Overdoses a person-year by cell."""
        p = self.p
        checked = 1.0 - lever["drug_checking"] * p["drugcheck_unexpected"] * p["drugcheck_behaviour"] * (
            1.0 - p["drugcheck_od_rr"]
        )
        smoked = 1.0 - lever["smoking_supplies"] * p["smoke_shift"] * (1.0 - 1.0 / p["od_rr_inject_v_smoke"])
        out = {}
        for route in (INJECT, SMOKE, STIMULANTS):
            for reached in (0, 1):
                for risk in (0, 1):
                    for treated in (0, 1):
                        rate = self.at.level * self.by_route[route] * self.by_risk[risk] / self.mean_treated[route]
                        if treated and route != STIMULANTS:
                            rate *= self._danger_on_moud(lever["retention"])
                        if reached and route != STIMULANTS:
                            rate *= checked
                        if reached and route == INJECT:
                            rate *= smoked
                        out[route, reached, risk, treated] = rate
        return out

    def _anything(self, overdose: float, treated: int) -> float:
        """Hazard a year of anything: an overdose, any death, stopping."""
        return overdose + self.natural[treated] + self.p["stop_rate"] + self.other

    def _live(
        self, q: Person, own: list[float], rates: Mapping[Cell, float], seen: Seen, lever: Levers, room: float,
        purse: tuple[list[Person], list[Person]], t: int,
    ) -> tuple[str, int, int, int]:  # fmt: skip
        """A month in which something happens: "here", "dead" or "stopped"; whether of an opioid overdose; overdoses; those met."""
        natural, stop = self.natural[q.treated], self.p["stop_rate"]
        anything = self._anything(rates[q.route, q.reached, q.risk, q.treated], q.treated)
        when, many, met = -log(1.0 - own[EVENT]) / anything, 0, 0
        numbers = own
        again = None
        while when < MONTH:
            which = numbers[WHICH] * anything
            if which < stop:
                return "stopped", 0, many, met
            if which < stop + natural + self.other:
                return "dead", 0, many, met
            many += 1
            died, found = self._overdose(q, numbers, seen, lever, room, purse)
            met += found
            if died:
                return "dead", 1, many, met
            again = again or random.Random(f"{self.seed}/{q.number}/{t}")
            numbers = [again.random() for _ in range(OWN_NUMBERS)]
            when += -log(1.0 - numbers[EVENT]) / anything
        return "here", 0, many, met

    def _overdose(
        self,
        q: Person,
        u: list[float],
        seen: Seen,
        lever: Levers,
        room: float,
        purse: tuple[list[Person], list[Person]],
    ) -> tuple[bool, bool]:
        """One overdose: whether it ends in death, and whether it was met with a kit from somebody's hands."""
        p = self.p
        if q.route == INJECT and q.reached and u[ROOM] < room:
            return u[FATAL] < p["ops_death_in_site"], False
        public = p["od_public_share"]
        in_public = u[PLACE] < public
        witnessed, calls = p["od_witnessed_public"], p["call_911_public"]
        if not in_public:
            witnessed = min(max((p["od_witnessed"] - public * witnessed) / (1.0 - public), 0.0), 1.0)
            calls = min(max((p["call_911_overall"] - public * calls) / (1.0 - public), 0.0), 1.0)
        witnessed += (1.0 - witnessed) * lever["witnessed"]
        alone = p["fatal_none"]
        if u[SEEN] >= witnessed:
            return u[FATAL] < alone, False
        if u[NALOXONE] < seen.met[q.reached]:
            if q.route != STIMULANTS:
                self._use_kit(q, seen, purse)
            return u[FATAL] < alone * min(1.0, p["fatal_naloxone"] / p["fatal_none"]), q.route != STIMULANTS
        if u[CALLED] < odds_times(calls, lever["calling"]):
            return u[FATAL] < alone * p["fatal_ems_rr_fast"], False
        return u[FATAL] < alone, False

    # kits

    def _purses(self) -> tuple[list[Person], list[Person]]:
        """Holders by reach, once for each kit."""
        purse: tuple[list[Person], list[Person]] = ([], [])
        for q in self.people:
            if q.kits:
                purse[q.reached].extend([q] * q.kits)
        return purse

    def _use_kit(self, q: Person, seen: Seen, purse: tuple[list[Person], list[Person]]) -> None:
        """A kit from the hands of somebody there: two doses to a kit, so fewer than a kit for each reversal."""
        if self.luck.random() >= self.p["doses_per_reversal"] / 2.0:
            return
        company, everybody = self.p["who_is_there"], sum(seen.users)
        held = [
            (company * (q.reached == h) + (1.0 - company) * seen.users[h] / everybody) * seen.density[h] for h in (0, 1)
        ]
        there = purse[int(self.luck.random() * sum(held) >= held[0])]
        for _ in range(20):
            if there and (holder := self.luck.choice(there)).kits:
                holder.kits -= 1
                return

    def _leave_kits(self, q: Person) -> None:
        """The kits of somebody who is gone stay with people around."""
        while q.kits:
            other = self.luck.choice(self.people)
            if other is not q and other.route != STIMULANTS and other.reached == q.reached:
                other.kits += 1
                q.kits -= 1

    def _keep_kits(self, handed: float, users: tuple[int, int], lever: Levers) -> None:
        """Kits are lost one by one; new ones come into people's hands."""
        kept = exp(-1.0 / self.p["kit_life_months"])
        by_reach: tuple[list[Person], list[Person]] = ([], [])
        for q in self.people:
            if q.route != STIMULANTS:
                by_reach[q.reached].append(q)
                if q.kits:
                    q.kits = sum(self.luck.random() < kept for _ in range(q.kits))
        onward = min(ONWARD_MOST, self.p["nx_share_onward"] + lever["share_onward"])
        for _ in range(whole(handed, self.luck)):
            holders = by_reach[self.luck.random() >= onward]
            if holders:
                self.luck.choice(holders).kits += 1
        for _ in range(whole(self.p["other_kits"] * self.at.kits_month, self.luck)):
            holders = by_reach[self.luck.random() * sum(users) >= users[0]]
            if holders:
                self.luck.choice(holders).kits += 1

    # coming, lapsing, treatment, infection

    def _move(self, own: list[list[float]], lever: Levers, place: float, calm: float, away: float) -> None:
        """Everybody still here may come, lapse, start or leave treatment."""
        p = self.p
        drawn = place ** (p["hours_reach_elast"] / (1.0 - min(self.share_reached, 0.9))) * calm
        pipes = 1.0 + lever["smoking_supplies"] * max(1.0 / p["reach_smoke_only_rr"] - 1.0, 0.0)
        more = p["lapse_turned_away_mult"] - 1.0
        lapse = 12.0 * p["lapse_month"] * (1.0 + more * away) / (1.0 + more * self.away_today)
        by_route = (1.0, p["reach_smoke_only_rr"] * pipes, p["reach_smoke_only_rr"])
        come = {
            (route, risk): moves(
                self.at.contact * by_route[route] * drawn * (p["reach_selection"] if risk else 1.0), lapse
            )
            for route in range(3)
            for risk in (0, 1)
        }
        link = p["link_success_ssp"] + lever["onsite"] * max(p["link_success_onsite"] - p["link_success_ssp"], 0.0)
        base = self.at.treatment * lever["moud_access"]
        leave = 1.0 / (p["moud_stay"] * lever["retention"])
        treat = [moves(base + g * p["referrals"] * lever["referrals"] * link, leave) for g in (0, 1)]
        for q in self.people:
            u = own[q.number]
            there, back = come[q.route, q.risk]
            if u[COME] < (back if q.reached else there):
                q.reached = 1 - q.reached
            if q.route != STIMULANTS:
                there, back = treat[q.reached]
                if u[TREAT] < (back if q.treated else there):
                    q.treated = 1 - q.treated

    def _infect(self, own: list[list[float]], seen: Seen, lever: Levers) -> tuple[int, int]:
        """New infections: hepatitis C caught or over, exact for two states; HIV caught, found, suppressed, a step a month.

        Newcomers have no number of their own yet.
        """
        hcv = hiv = 0
        ill, caught = [], []
        for g in (0, 1):
            over = self.at.cured + g * lever["hcv_treatment"] * self.p["hcv_cure_injecting"]
            ill.append(moves(seen.hcv_force[g], over))
            caught.append(1.0 - exp(-seen.hiv_force[g] * MONTH))
        found = 1.0 - exp(-self.p["hiv_diagnosis"] * lever["hiv_testing"] * MONTH)
        quiet = 1.0 - exp(-self.at.suppressed * MONTH)
        for q in self.people:
            if q.route != INJECT:
                continue
            known = q.number < len(own)
            u = own[q.number][ILL] if known else self.luck.random()
            there, back = ill[q.reached]
            if u < (back if q.infected else there):
                hcv += not q.infected
                q.infected = not q.infected
            u = own[q.number][HIV] if known else self.luck.random()
            if q.hiv != SUPPRESSED and u < (caught[q.reached], found, quiet)[q.hiv]:
                hiv += q.hiv == FREE
                q.hiv += 1
        return hcv, hiv

    def _tell(self, deaths: int, overdoses: int, reversals: int, served: float, kits: float, infections: int) -> None:
        told = self.told
        told.deaths.append(deaths)
        told.overdoses.append(overdoses)
        told.reversals.append(reversals)
        told.people.append(len(self.people))
        told.reached.append(sum(q.reached for q in self.people))
        told.on_moud.append(sum(q.treated for q in self.people))
        told.visits.append(served)
        told.kits_given.append(kits)
        told.kits_held.append(sum(q.kits for q in self.people))
        told.hcv_infections.append(infections)

    # the rest of every life

    def _rest_of_lives(self, beta: float) -> float:
        """Discounted years of everybody alive at the end, each life lived to its own end (section 4)."""
        p, at = self.p, self.at
        treated = sum(n for (_, _, _, on), n in at.people.items() if on) / self.whole_people
        natural = p["nonod_death_oud"] * (1.0 - treated + treated * p["moud_allcause_rr"])
        overdose = at.deaths / self.whole_people
        first = p["age_today"] + self.months * MONTH
        years = 0.0
        for number in range(len(self.people) + self.stopped):
            u = np.random.Generator(np.random.Philox(key=[self.seed, 20_000 + number]))
            luck = iter(u.random(300).tolist())
            age, weight, using = first, 1.0, number < len(self.people)
            while age < AGE_LAST:
                older = exp(AGEING * (age - 40.0))
                if not using:
                    lasts = -log(1.0 - next(luck)) / (p["death_stopped"] * older)
                    years += weight * min(lasts, 1.0)
                    if lasts < 1.0:
                        break
                else:
                    dies = natural * older + overdose
                    lasts = -log(1.0 - next(luck)) / (dies + p["stop_rate"])
                    years += weight * min(lasts, 1.0)
                    if lasts < 1.0:
                        if next(luck) * (dies + p["stop_rate"]) < dies:
                            break
                        using = False
                age, weight = age + 1.0, weight * beta
        return years


__all__ = ["TODAY", "Levels", "Person", "Told", "Toy"]
