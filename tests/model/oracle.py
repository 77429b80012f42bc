"""The model once more, for one trajectory, in plain Python: an independent oracle.

Written from docs/model.md alone, by someone who had not read `longview.model`, and sharing no code with it. It favours
the page's order and names over speed. Section numbers below are those of docs/model.md; infection, wounds and outbreaks
stand in `oracle_infection.py`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from oracle_infection import (
    Infected,
    InfectionStart,
    Injecting,
    habits,
    infection_start,
    month_of_infection,
    outbreak,
    outbreak_factor,
    wounds,
)

from longview.program.items import items
from longview.program.levers import levers
from longview.program.months import Month
from longview.program.types import Cost, Fund, Post, Price, Program, Session, Site, Supply
from longview.results.portfolio import Portfolio

DT = 1 / 12
RUN_OFF = 24
REACH_MOST = 0.9
LOAD_MOST = 5.0
NALOXONE_MOST = 0.95
ONWARD_MOST = 0.95
AGEING = 0.085
AGE_LAST = 100.0
WAGE_LEAST = 0.25
FIRES_MOST = 0.9
MISSING_MOST = 10.0
LAG_MOST = 18
TINY = 1e-9  # less than this of a person, a visit or money is nothing
ENOUGH = 10_000.0  # kits a month: more than anybody hands out

INJECT, SMOKE, STIMULANTS = 0, 1, 2
ROUTES, TWO = (0, 1, 2), (0, 1)  # TWO: unreached, reached; lower, higher risk; no treatment, on MOUD
OPIOIDS = (INJECT, SMOKE)
Cell = tuple[int, int, int, int]  # route, reach, risk, treatment
CELLS: tuple[Cell, ...] = tuple(
    (r, g, k, m) for r in ROUTES for g in TWO for k in TWO for m in TWO if r != STIMULANTS or m == 0
)


# ---------------------------------------------------------------------------------------------- what goes in and out


@dataclass(frozen=True)
class Noise:
    """What is drawn by month in one future; every u is uniform on 0-1.

    Attributes:
        supply: supply index s_t, [T].
        quit, hire: [T][places].
        renew, replace, cut: [T][funds].
        replaceable: may a lost fund be replaced at all, [funds].
        kind: does a gift in kind end, [T][supplies].
        emergency, failure: [T][premises].
        frailty: multiplier of the year, [years].
        award: for funds that are not signed, [funds].
    """

    supply: list[float]
    quit: list[list[float]]
    hire: list[list[float]]
    renew: list[list[float]]
    replace: list[list[float]]
    cut: list[list[float]]
    replaceable: list[float]
    kind: list[list[float]]
    emergency: list[list[float]]
    failure: list[list[float]]
    frailty: list[float]
    award: list[float]


@dataclass
class Place:
    """One place of a post (section 1: "p post (one place, for one person)")."""

    id: str
    post: Post
    filled: float
    skill: float


@dataclass
class Start:
    """The start of a future (section 3)."""

    people: dict[Cell, float]
    kits: list[float]
    c: float
    m_b: float
    L: float
    v: float
    q: float
    reached: float
    newcomers: dict[tuple[int, int], float]
    rounds: int
    infection: InfectionStart
    injecting: Injecting
    cost_0: float = 0.0


@dataclass
class OracleRun:
    """One trajectory: series by name, each of length T (funds' series: T lists), and what the run ended with."""

    series: dict[str, list[float]]
    by_fund: dict[str, list[list[float]]]
    start: Start
    residual: list[float]
    people_end: dict[Cell, float]
    stopped_end: float
    v_using: float
    v_stopped: float
    cells: list[dict[Cell, float]] = field(default_factory=list)


def life_years(portfolio: OracleRun, today: OracleRun, discount: float = 0.03) -> float:
    """Life-years gained against today's path on the same future (section 4)."""
    beta = 1 / (1 + discount)
    months = len(today.series["alive"])
    gained = 0.0
    for t in range(months):
        gained += (portfolio.series["alive"][t] - today.series["alive"][t]) / 12 * beta ** ((t + 1) / 12)
    people = sum(portfolio.people_end.values()) - sum(today.people_end.values())
    stopped = portfolio.stopped_end - today.stopped_end
    return gained + beta ** (months / 12) * (people * today.v_using + stopped * today.v_stopped)


# ---------------------------------------------------------------------------------------------- small things


def odds(x: float) -> float:
    return x / (1 - x)


def from_odds(x: float) -> float:
    return x / (1 + x)


def with_odds(x: float, ratio: float) -> float:
    """The share whose odds are those of x times a ratio; what is certain stays certain."""
    return 1.0 if x == 1 else from_odds(odds(x) * ratio)


def plus(x: float) -> float:
    return max(x, 0.0)


def clip(x: float, low: float, high: float) -> float:
    return min(max(x, low), high)


def softplus(x: float) -> float:
    """ln(1 + e^x) without overflow."""
    return plus(x) + math.log1p(math.exp(-abs(x)))


def chance(yearly: float) -> float:
    """The chance within a month of a hazard a year."""
    return 1 - math.exp(-yearly / 12)


def hit(u: float | None, probability: float) -> float:
    """[u < probability]; in the expected form (no u) the probability itself."""
    if u is None:
        return probability
    return 1.0 if u < probability else 0.0


def binomial_at_least(n: int, p: float, needed: int) -> float:
    """P(Binomial(n, p) >= needed)."""
    return sum(math.comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(max(needed, 0), n + 1))


# ---------------------------------------------------------------------------------------------- 1. levers


def lever_values(
    program: Program, portfolio: Portfolio, values: Mapping[tuple[str, str], float], horizon: int, t: int
) -> dict[str, float]:
    """Each lever's value in month t."""
    result = {}
    for name, lever in levers().items():
        base, multiplied, added = lever.today, 1.0, 0.0
        for effect in program.effects:
            if effect.lever != name:
                continue
            level = portfolio.level(effect.option)
            if level == 0:
                continue
            start = next(c.start for c in portfolio.choices if c.option == effect.option).since(program.starts)
            value = values[effect.option, effect.lever]
            if lever.kind == "pulse":
                if t == start and t < horizon:
                    added += value * level
                continue
            if t < start or t >= horizon:
                weight = 0.0
            elif effect.ramp_months < 1:
                weight = 1.0
            else:
                weight = min(1.0, (t - start + 1) / effect.ramp_months)
            if effect.op == "set":
                base = lever.today + (value - lever.today) * weight
            elif effect.op == "multiply":
                multiplied *= value ** (level * weight)
            else:
                added += value * level * weight
        result[name] = clip(base * multiplied + added, lever.low, lever.high)
    return result


def levers_today() -> dict[str, float]:
    return {name: lever.today for name, lever in levers().items()}


# ---------------------------------------------------------------------------------------------- 2.10 fatality


@dataclass(frozen=True)
class Fatality:
    """What an overdose meets: deaths per overdose by reach, and the share with someone there."""

    by_reach: list[float]
    witnessed: float


def fatality(
    params: Mapping[str, float],
    naloxone: list[float],
    structure: Mapping[str, str],
    *,
    witnessed_added: float = 0.0,
    responders: float = 0.0,
    calling: float = 1.0,
    spotting: float = 0.0,
) -> Fatality:
    """Deaths per overdose (section 2.10) where naloxone is met with the given chance by each reach."""
    public = params["od_public_share"]
    w_public = params["od_witnessed_public"]
    w_private = clip((params["od_witnessed"] - public * w_public) / (1 - public), 0, 1)
    w_public += (1 - w_public) * witnessed_added
    w_private += (1 - w_private) * witnessed_added
    a_public = params["call_911_public"]
    a_private = clip((params["call_911_overall"] - public * a_public) / (1 - public), 0, 1)
    a_public, a_private = with_odds(a_public, calling), with_odds(a_private, calling)

    if structure["lethality"] == "more":
        d_0 = params["fatal_none"]
    else:
        phi = params["fentanyl_share"]
        d_0 = phi * params["fatal_none_fentanyl"] + (1 - phi) * params["fatal_none"]
    d_n = d_0 * min(1.0, params["fatal_naloxone"] / params["fatal_none"])
    e = params["fatal_ems_rr_fast"] if structure["ambulance"] == "strong" else params["fatal_ems_rr"]
    x = min(1.0, responders / (1 - params["nx_responders"]))
    called = (1 - x) * d_0 * e + x * min(d_n, d_0 * e)
    listened = spotting * params["hotline_cover_share"]
    alone = (1 - listened) * d_0 + listened * called

    by_reach = []
    for n in naloxone:
        f = 0.0
        for share, w, a in ((public, w_public, a_public), (1 - public, w_private, a_private)):
            without = a * called + (1 - a) * d_0
            f += share * ((1 - w) * alone + w * (n * min(d_n, without) + (1 - n) * without))
        by_reach.append(f)
    return Fatality(by_reach, public * w_public + (1 - public) * w_private)


@dataclass(frozen=True)
class Met:
    """Who meets naloxone: opioid users by reach, kits each, who is there, chance of naloxone."""

    users: list[float]
    each: list[float]
    there: list[list[float]]
    naloxone: list[float]


def naloxone_met(people: Mapping[Cell, float], kits: list[float], params: Mapping[str, float], adj: float) -> Met:
    """Section 2.10, first two lines."""
    users = [sum(n for (r, g, _, _), n in people.items() if r in OPIOIDS and g == h) for h in TWO]
    everybody = sum(users)
    each = [kits[h] / users[h] if users[h] > 0 else 0.0 for h in TWO]
    alpha = params["who_is_there"]
    there = [
        [
            (alpha if g == h else 0.0) + (1 - alpha) * (users[h] / everybody if everybody > 0 else 0.0)
            for h in TWO
        ]
        for g in TWO
    ]  # fmt: skip
    naloxone = []
    for g in TWO:
        kappa = params["nx_carry"] * sum(there[g][h] * each[h] for h in TWO)
        naloxone.append(min(NALOXONE_MOST, 1 - math.exp(-adj * kappa)))
    return Met(users, each, there, naloxone)


# ---------------------------------------------------------------------------------------------- 2.11, 2.12 people


@dataclass(frozen=True)
class People:
    """What stays the same in one future about people: today's mix, rates, danger (sections 1, 2.11)."""

    params: Mapping[str, float]
    targets: Mapping[str, float]

    @property
    def n(self) -> float:
        return self.targets["people"]

    @property
    def reached_0(self) -> float:
        lapse = self.params["lapse_month"]
        return min(self.targets["participants_12m"] / (1 + 12 * lapse), REACH_MOST * self.n)

    @property
    def risk_shares(self) -> tuple[float, float]:
        higher = self.params["risk_share_higher"]
        return 1 - higher, higher

    def size(self, r: int, k: int) -> float:
        """N_rk."""
        mix = [self.params[f"route_mix_{name}"] for name in ("inject", "smoke", "stimulants")]
        return self.n * mix[r] / sum(mix) * self.risk_shares[k]

    @property
    def opioid_deaths(self) -> float:
        return self.targets["deaths_year"] * self.params["opioid_share"]

    @property
    def delta(self) -> float:
        return self.targets["deaths_year"] * (1 - self.params["opioid_share"]) / self.n

    def rate(self, r: int) -> float:
        """o_r: overdoses a person-year by route."""
        inject = self.params["od_nonfatal_inject"] / (1 - self.params["od_case_fatality_overall"])
        return (inject, inject / self.params["od_rr_inject_v_smoke"], self.params["od_rate_stimulant_only"])[r]

    def risk(self, k: int) -> float:
        """x_k over its mean."""
        x = (1.0, self.params["risk_ratio"])
        return x[k] / sum(share * each for share, each in zip(self.risk_shares, x, strict=True))

    def danger(self, lever: Mapping[str, float]) -> tuple[float, float]:
        """t_none, t_MOUD."""
        p = self.params
        jailed = p["jail_rate"] * lever["jail"] * (1 - lever["jail_moud"] * (1 - p["jail_moud_rr"]))
        none = 1 + jailed * (p["od_mult_after_relapse"] - 1) * p["just_left_months"] / 12
        stay = p["moud_stay"] * lever["retention"]
        moud = none * (p["moud_od_rr"] + (p["moud_after_leaving_rr"] - 1) / (12 * stay))
        return none, moud

    def mean_danger(self, people: Mapping[Cell, float]) -> list[float]:
        """t̄ of each route over people today."""
        result = []
        danger = self.danger(levers_today())
        for route in ROUTES:
            inside = [(n, danger[m]) for (r, _, _, m), n in people.items() if r == route]
            total = sum(n for n, _ in inside)
            result.append(sum(n * t for n, t in inside) / total if total > 0 else danger[0])
        return result

    @property
    def ageing(self) -> float:
        return math.exp(AGEING * (self.params["age_today"] - 40))

    def other_deaths(self, m: int) -> float:
        """μ_m."""
        return self.params["nonod_death_oud"] * self.ageing * (1.0, self.params["moud_allcause_rr"])[m]

    def selection(self, k: int) -> float:
        return (1.0, self.params["reach_selection"])[k]

    def draw_of_route(self, r: int) -> float:
        """c_r/c."""
        less = self.params["reach_smoke_only_rr"]
        return (1.0, less, less)[r]


@dataclass
class Flows:
    """A month of people (section 2.11, 2.12)."""

    after: dict[Cell, float]
    exits: dict[tuple[int, int], float]
    overdoses: dict[Cell, float]
    deaths: float
    deaths_without_opioids: float
    deaths_other: float
    stops: float
    lapsed_share: float  # of opioid users reached who survived
    came_share: float  # of those unreached
    injecting: Injecting | None = None


@dataclass(frozen=True)
class Moves:
    """Hazards a year of this month's moves."""

    contact: Callable[[int, int], float]
    lapse: float
    into_treatment: Callable[[int], float]
    out_of_treatment: float


@dataclass(frozen=True)
class Danger:
    """What a month's drugs do.

    Attributes:
        supply: s_t·lever(supply), for every overdose.
        opioids: M·G.
        less: Q, by route and reach.
        fatality: f, by route and reach.
        treatment: t_none, t_MOUD.
    """

    supply: float
    opioids: float
    less: Mapping[tuple[int, int], float]
    fatality: Mapping[tuple[int, int], float]
    treatment: tuple[float, float]


def danger_of_today(who: People, by_reach: list[float]) -> Danger:
    every = [(r, g) for r in ROUTES for g in TWO]
    return Danger(
        1.0, 1.0, dict.fromkeys(every, 1.0), {(r, g): by_reach[g] for r, g in every}, who.danger(levers_today())
    )


def survive(
    who: People, people: Mapping[Cell, float], danger: Danger, t_mean: list[float], L: float
) -> tuple[dict[Cell, float], dict[Cell, float], dict[Cell, tuple[float, float, float, float]]]:
    """Survivors, overdoses, and (deaths with opioids, without, other, stops) by cell: section 2.11."""
    survivors, overdoses, exits = {}, {}, {}
    stop = who.params["stop_rate"]
    for cell, n in people.items():
        r, g, k, m = cell
        od = L * who.rate(r) * danger.supply * danger.opioids * danger.less[r, g]
        od *= who.risk(k) * danger.treatment[m] / t_mean[r]
        mu, other, f = who.other_deaths(m), who.delta * danger.supply, danger.fatality[r, g]
        h = stop + mu + other + od * f
        exposure = n * (1 - math.exp(-h * DT)) / h
        overdoses[cell] = exposure * od
        exits[cell] = (overdoses[cell] * f, exposure * other, exposure * mu, exposure * stop)
        survivors[cell] = n * math.exp(-h * DT)
    return survivors, overdoses, exits


def two_state(a: float, b: float) -> tuple[float, float]:
    """Shares that move there and back within a month."""
    if a + b == 0:
        return 0.0, 0.0
    moved = (1 - math.exp(-(a + b) * DT)) / (a + b)
    return a * moved, b * moved


def month_of_people(
    who: People,
    people: Mapping[Cell, float],
    danger: Danger,
    t_mean: list[float],
    L: float,
    moves: Moves,
    newcomers: Mapping[tuple[int, int], float],
) -> Flows:
    """Survival, then reach, then treatment, then newcomers."""
    survivors, overdoses, exits = survive(who, people, danger, t_mean, L)
    after = dict(survivors)
    lapsed = came = lapsed_inject = came_inject = 0.0
    for r, g, k, m in CELLS:
        if g == 1:
            continue
        there, back = two_state(moves.contact(r, k), moves.lapse)
        out, into = survivors[r, 1, k, m] * back, survivors[r, 0, k, m] * there
        after[r, 0, k, m] += out - into
        after[r, 1, k, m] += into - out
        if r in OPIOIDS:
            lapsed, came = lapsed + out, came + into
        if r == INJECT:
            lapsed_inject, came_inject = lapsed_inject + out, came_inject + into
    moved = dict(after)
    for r, g, k, m in CELLS:
        if m == 1 or r == STIMULANTS:
            continue
        there, back = two_state(moves.into_treatment(g), moves.out_of_treatment)
        change = moved[r, g, k, 0] * there - moved[r, g, k, 1] * back
        after[r, g, k, 0] -= change
        after[r, g, k, 1] += change
    for (r, k), n in newcomers.items():
        after[r, 0, k, 0] += n

    alive = [sum(n for (r, g, _, _), n in survivors.items() if r in OPIOIDS and g == h) for h in TWO]
    opening, lived = people_who_inject(people), people_who_inject(survivors)
    treated = people_who_inject({cell: n for cell, n in people.items() if cell[3] == 1})
    injecting = Injecting(
        opening=opening,
        after=people_who_inject(after),
        treated=[treated[g] / opening[g] if opening[g] > 0 else 0.0 for g in TWO],
        survived=[lived[g] / opening[g] if opening[g] > 0 else 0.0 for g in TWO],
        came=came_inject / lived[0] if lived[0] > 0 else 0.0,
        lapsed=lapsed_inject / lived[1] if lived[1] > 0 else 0.0,
        newcomers=sum(n for (r, _), n in newcomers.items() if r == INJECT),
    )
    left: dict[tuple[int, int], float] = {}
    for r, g, k, m in CELLS:
        left[r, k] = left.get((r, k), 0.0) + people[r, g, k, m] - survivors[r, g, k, m]
    return Flows(
        after=after,
        exits=left,
        overdoses=overdoses,
        deaths=sum(e[0] for e in exits.values()),
        deaths_without_opioids=sum(e[1] for e in exits.values()),
        deaths_other=sum(e[2] for e in exits.values()),
        stops=sum(e[3] for e in exits.values()),
        lapsed_share=lapsed / alive[1] if alive[1] > 0 else 0.0,
        came_share=came / alive[0] if alive[0] > 0 else 0.0,
        injecting=injecting,
    )


def people_who_inject(people: Mapping[Cell, float]) -> list[float]:
    """By reach."""
    return [sum(n for (r, g, _, _), n in people.items() if r == INJECT and g == h) for h in TWO]


# ---------------------------------------------------------------------------------------------- 2.13 kits


def opioid_overdoses(overdoses: Mapping[Cell, float], room: float = 0.0) -> list[float]:
    """Overdoses of people who use opioids, by reach, but for those in a room (ψ of (inject, reached))."""
    outside = [0.0, 0.0]
    for (r, g, _, _), n in overdoses.items():
        if r in OPIOIDS:
            outside[g] += n * (1 - room if (r, g) == (INJECT, 1) else 1.0)
    return outside


def month_of_kits(
    params: Mapping[str, float],
    kits: list[float],
    met: Met,
    flows: Flows,
    witnessed: float,
    handed: float,
    kits_0: float,
    onward_added: float,
    *,
    room: float = 0.0,
    elsewhere: float = 1.0,
    pharmacy: float = 0.0,
) -> list[float]:
    """Kits in people's hands at the month's end."""
    overdoses = opioid_overdoses(flows.overdoses, room)
    left = []
    for h in TWO:
        held = kits[h] * math.exp(-1 / params["kit_life_months"])
        used = 0.0
        for g in TWO:
            seen = sum(met.there[g][i] * met.each[i] for i in TWO)
            if seen > 0:
                by_h = met.there[g][h] * met.each[h] / seen
                used += overdoses[g] * witnessed * met.naloxone[g] * params["doses_per_reversal"] / 2 * by_h
        left.append(held - min(held, used))
    lapsing, coming = left[1] * flows.lapsed_share, left[0] * flows.came_share
    left = [left[0] + lapsing - coming, left[1] - lapsing + coming]
    onward = min(ONWARD_MOST, params["nx_share_onward"] + onward_added)
    given = [onward * handed, (1 - onward) * handed]
    everybody = sum(met.users)
    other = params["other_kits"] * kits_0 * elsewhere + params["pharmacy_kit_worth"] * pharmacy
    return [left[h] + given[h] + (other * met.users[h] / everybody if everybody > 0 else 0.0) for h in TWO]


# ---------------------------------------------------------------------------------------------- 3. the start


def solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gaussian elimination with partial pivoting."""
    n = len(right)
    rows = [[*matrix[i], right[i]] for i in range(n)]
    for i in range(n):
        pivot = max(range(i, n), key=lambda j: abs(rows[j][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for j in range(i + 1, n):
            factor = rows[j][i] / rows[i][i]
            rows[j] = [a - factor * b for a, b in zip(rows[j], rows[i], strict=True)]
    x = [0.0] * n
    for i in reversed(range(n)):
        x[i] = (rows[i][n] - sum(rows[i][j] * x[j] for j in range(i + 1, n))) / rows[i][i]
    return x


def stationary(
    who: People, r: int, k: int, danger: Danger, t_mean: list[float], L: float, moves: Moves
) -> dict[Cell, float]:
    """The mix of one (route, risk) that its own newcomers sustain, scaled to N_rk."""
    cells = [cell for cell in CELLS if cell[0] == r and cell[2] == k]
    columns = []
    for one in cells:  # a person in each state in turn, moved by one month
        alone = {cell: 1.0 if cell == one else 0.0 for cell in CELLS}
        after = month_of_people(who, alone, danger, t_mean, L, moves, {}).after
        columns.append([after[cell] for cell in cells])
    size = len(cells)
    matrix = [[(1.0 if i == j else 0.0) - columns[j][i] for j in range(size)] for i in range(size)]
    mix = solve(matrix, [1.0 if cell[1] == 0 and cell[3] == 0 else 0.0 for cell in cells])
    return {cell: who.size(r, k) * x / sum(mix) for cell, x in zip(cells, mix, strict=True)}


def find_start(
    params: Mapping[str, float], targets: Mapping[str, float], structure: Mapping[str, str], rounds: int = 20_000
) -> Start:
    """Section 3: rounds until nothing moves by more than 1e-12 of itself."""
    who = People(params, targets)
    m_r = params["referrals"] * params["link_success_ssp"]
    lapse = 12 * params["lapse_month"]
    share_reached = who.reached_0 / who.n
    c = lapse * odds(share_reached)
    total = odds(params["moud_share_need"]) / params["moud_stay"]
    m_b, L = plus(total - m_r * share_reached), 1.0
    people = {
        (r, g, k, m): who.size(r, k) * ((1 - share_reached, share_reached)[g]) * (1.0 if r == STIMULANTS else 0.5)
        for r, g, k, m in CELLS
    }
    kits_0 = targets["kits_month"]
    kits = [kits_0 * params["kit_life_months"] / 2] * 2
    done = 0
    for _ in range(rounds):
        done += 1
        was = [c, m_b, L, *kits, *people.values()]
        met = naloxone_met(people, kits, params, targets["adj"])
        f = fatality(params, met.naloxone, structure)
        danger = danger_of_today(who, f.by_reach)
        t_mean = who.mean_danger(people)
        base, level = m_b, c
        moves = Moves(
            contact=lambda r, k, level=level: level * who.draw_of_route(r) * who.selection(k),
            lapse=lapse,
            into_treatment=lambda g, base=base: base + m_r * g,
            out_of_treatment=1 / params["moud_stay"],
        )
        people = {}
        for r in ROUTES:
            for k in TWO:
                people.update(stationary(who, r, k, danger, t_mean, L, moves))
        people = {cell: people[cell] for cell in CELLS}
        flows = month_of_people(who, people, danger, t_mean, L, moves, {})
        for _ in range(30):  # towards what these moves and this use sustain
            kits = month_of_kits(params, kits, met, flows, f.witnessed, kits_0, kits_0, 0.0)

        reached = sum(n for cell, n in people.items() if cell[1] == 1)
        users = {cell: n for cell, n in people.items() if cell[0] in OPIOIDS}
        treated = sum(n for cell, n in users.items() if cell[3] == 1) / sum(users.values())
        untreated = [sum(n for cell, n in users.items() if cell[3] == 0 and cell[1] == g) for g in TWO]
        if who.reached_0 > 0:
            c *= odds(share_reached) / odds(reached / who.n)
        share = untreated[1] / sum(untreated)
        total = (m_b + m_r * share) * odds(params["moud_share_need"]) / odds(treated)
        m_b = plus(total - m_r * share)
        if who.opioid_deaths > 0:
            L *= who.opioid_deaths / (12 * flows.deaths)
        now = [c, m_b, L, *kits, *people.values()]
        if all(abs(a - b) <= 1e-12 * max(1.0, abs(b)) for a, b in zip(was, now, strict=True)):
            break
    else:
        raise ArithmeticError("the start was not found")

    load_0, k_sharp = targets["load_0"], params["visit_sharpness"]
    tau_0 = 1 - (1 + load_0**k_sharp) ** (-1 / k_sharp)
    hours_0 = targets["hours_month"] * params["productive_share"] * (1 - params["fire_hours_share"])
    visits = targets["visits_month"]
    still = month_of_people(who, people, danger, t_mean, L, moves, flows.exits).injecting
    assert still is not None
    return Start(
        people=people,
        kits=kits,
        c=c,
        m_b=m_b,
        L=L,
        v=visits / ((1 - tau_0) * who.reached_0) if who.reached_0 > 0 else 0.0,
        q=visits / ((1 - tau_0) * load_0 * hours_0),
        reached=reached,
        newcomers=flows.exits,
        rounds=done,
        infection=infection_start(params, still, targets["syringes_month"]),
        injecting=still,
    )


# ---------------------------------------------------------------------------------------------- 4. years of life


def years_ahead(
    params: Mapping[str, float], targets: Mapping[str, float], start: Start, months: int, discount: float = 0.03
) -> tuple[float, float]:
    """V_using and V_stopped at the age of the run's end (section 4)."""
    beta = 1 / (1 + discount)
    everybody = sum(start.people.values())
    treated = sum(n for cell, n in start.people.items() if cell[3] == 1) / everybody
    nonod = params["nonod_death_oud"] * ((1 - treated) + treated * params["moud_allcause_rr"])
    omega = targets["deaths_year"] / targets["people"]
    stop = params["stop_rate"]

    def value(age: float) -> tuple[float, float]:
        if age >= AGE_LAST:
            return 0.0, 0.0
        using, stopped = value(age + 1)
        ageing = math.exp(AGEING * (age - 40))
        h_s = params["death_stopped"] * ageing
        h = stop + nonod * ageing + omega
        gone = 1 - math.exp(-h)
        return (
            gone / h + beta * (math.exp(-h) * using + stop / h * gone * stopped),
            (1 - math.exp(-h_s)) / h_s + beta * math.exp(-h_s) * stopped,
        )

    return value(params["age_today"] + months / 12)


# ---------------------------------------------------------------------------------------------- the organisation


def make_places(program: Program, params: Mapping[str, float]) -> list[Place]:
    """Each post's places, in file order."""
    places = []
    for post in program.posts:
        if post.months_in_post is None:
            skill = 1.0
        else:
            skill = 1 - (1 - params["ramp_start"]) * math.exp(-2 * post.months_in_post / params["ramp_months"])
        for i in range(post.people):
            places.append(Place(f"{post.id}.{i}", post, clip(post.filled - i, 0, 1), skill))
    return places


def our_premises(program: Program) -> list[Site]:
    """Premises that are ours to keep."""
    return [
        site
        for site in program.sites
        if site.replacement_value is not None
        and site.condition is not None
        and (site.premises == "owned" or not site.landlord_repairs)
    ]


@dataclass
class Purse:
    """One fund's state."""

    fund: Fund
    age: int
    length: int
    ended: bool
    on: float = 0.0
    wait: float = 0.0
    cut: float = 1.0
    asked: float = 1.0
    declined: int | None = None
    cash: float = 0.0
    left: float = 0.0
    receivable: list[float] = field(default_factory=lambda: [0.0] * LAG_MOST)

    @property
    def own(self) -> bool:
        return self.fund.origin == "own" and self.fund.pays == "advance"

    @property
    def chargeable(self) -> bool:
        return self.fund.pays in ("advance", "reimburse") and not self.own

    def chargeable_for(self, item: str) -> bool:
        return may_pay(self.fund, item)

    @property
    def amount(self) -> float:
        return float(self.fund.amount)

    def month_of_term(self, t: int) -> int:
        return (t + self.age) % self.length

    def alive(self, t: int) -> bool:
        return not self.ended and t + self.age >= 0


def award_chance(fund: Fund, params: Mapping[str, float]) -> float:
    if fund.status == "signed":
        return 1.0
    for own_guess in (fund.chance_of_award, fund.chance_of_renewal):
        if own_guess is not None:
            return own_guess
    return by_origin(fund, params)


def renewal_chance(fund: Fund, params: Mapping[str, float]) -> float:
    if fund.last is None:
        return 1.0
    return by_origin(fund, params) if fund.chance_of_renewal is None else fund.chance_of_renewal


def by_origin(fund: Fund, params: Mapping[str, float]) -> float:
    """The evidence's chance of renewal."""
    key = {
        "federal": "grant_renew_gov", "pass-through": "grant_renew_gov", "state": "grant_renew_gov",
        "local": "grant_renew_local", "settlement": "grant_renew_local", "private": "grant_renew_foundation",
    }.get(fund.origin)  # fmt: skip
    return params[key] if key else 1.0


def may_pay(fund: Fund, item: str) -> bool:
    names = {item}
    if item in items():
        names.add(items()[item].category)
    if names.intersection(fund.never_pays):
        return False
    return not fund.may_pay or bool(names.intersection(fund.may_pay))


@dataclass(frozen=True)
class Line:
    """A line of the month's bills."""

    item: str
    paid_by: tuple[str, ...]
    amount: float


def delay_of_claim(fund: Fund, age: int, t: int, added: float) -> float:
    """Months from a charge in month t until it is paid (section 2.18)."""
    until_claim = next(w for w in range(fund.every) if (t + w + age + 1) % fund.every == 0)
    delay = until_claim + max(1.0, fund.months_to_pay) + added
    return min(max(delay, 1.0), float(LAG_MOST))


def shared_between_months(delay: float) -> list[tuple[int, float]]:
    """The whole months around a delay, each with its share."""
    low = math.floor(delay)
    return [(low, 1 - (delay - low)), (low + 1, delay - low)]


def make_purses(
    program: Program, params: Mapping[str, float], noise: Noise | None, portfolio: Portfolio
) -> list[Purse]:
    """Funds as the plan finds them."""
    purses = []
    for i, fund in enumerate(program.funds):
        age = program.starts.since(fund.first)
        length = 12 if fund.last is None else fund.last.since(fund.first) + 1
        ended = fund.last is not None and fund.last < program.starts
        purse = Purse(fund, age, length, ended)
        purse.asked = 1.0 if fund.asked_by is None or portfolio.level(fund.asked_by) > 0 else 0.0
        for option in program.options:
            if option.kind == "decline" and option.fund == fund.id:
                for choice in portfolio.choices:
                    if choice.option == option.id and choice.level > 0:
                        month = choice.start.since(program.starts)
                        purse.declined = month if purse.declined is None else min(month, purse.declined)
        if age >= 0 and not ended:
            award = award_chance(fund, params)
            purse.on = hit(noise.award[i] if noise and fund.status != "signed" else None, award) * purse.asked
            if fund.received > 0:
                purse.left = plus(purse.amount - float(fund.received)) * purse.on
            else:
                purse.left = purse.amount * (length - age % length) / length * purse.on
        if purse.chargeable and fund.pays == "advance":
            purse.cash = float(fund.opening_balance) * purse.asked
        if fund.pays == "reimburse" and not purse.own:
            open_claims(program, purse)
        purses.append(purse)
    return purses


def open_claims(program: Program, purse: Purse) -> None:
    """What is owed to us at the start: the ledger's receivables, else an even month for each month of the wait."""
    lines = [line for line in program.records.money if line.kind == "receivable" and line.fund == purse.fund.id]
    for line in lines:
        due = 0 if line.due is None else max(0, line.due.since(program.starts))
        purse.receivable[min(due, LAG_MOST - 1)] += float(line.amount)
    if not lines and purse.age > 0 and purse.fund.status == "signed":  # it has been charged already
        for t in range(min(LAG_MOST, round(max(purse.fund.months_to_pay, 1)))):
            purse.receivable[t] = purse.amount / purse.length * purse.on


# ---------------------------------------------------------------------------------------------- the run


def oracle(
    program: Program,
    params: dict[str, float],
    targets: dict[str, float],
    noise: Noise | None,
    effect_values: dict[tuple[str, str], float],
    portfolio: Portfolio,
    horizon: int,
    *,
    telling: Literal["open", "closing"],
    structure: dict[str, str],
    start: Start | None = None,
) -> OracleRun:
    """One future of one portfolio, month by month (docs/model.md).

    Args:
        program: the program.
        params: evidence key → value in this future.
        targets: people, participants_12m, kits_month, visits_month, hours_month, deaths_year, load_0, adj, quit_hazard
            (z, a year), price_base.
        noise: what is drawn by month; None: the expected form.
        effect_values: (option, lever) → value in this future.
        portfolio: options with levels and start months.
        horizon: months planned; the run goes on for `RUN_OFF` more.
        telling: "open" (while we stay open) or "closing" (with the danger of closing).
        structure: {"lethality": "more" | "deadlier", "ambulance": "strong" | "weak"}.
        start: `find_start` of the same, where it is at hand.
    """
    start = start or find_start(params, targets, structure)
    run = _Run(program, params, targets, noise, effect_values, portfolio, horizon, telling, structure, start)
    for t in range(horizon + RUN_OFF):
        run.month(t)
    return run.result()


class _Run:
    """The state of a run, and the month that moves it."""

    def __init__(
        self,
        program: Program,
        params: dict[str, float],
        targets: dict[str, float],
        noise: Noise | None,
        effect_values: dict[tuple[str, str], float],
        portfolio: Portfolio,
        horizon: int,
        telling: str,
        structure: dict[str, str],
        start: Start,
    ) -> None:
        self.program, self.params, self.targets, self.noise = program, params, targets, noise
        self.effect_values, self.portfolio, self.horizon = effect_values, portfolio, horizon
        self.telling, self.structure = telling, structure
        self.who = People(params, targets)
        self.start = replace(start)
        self.t_mean = self.who.mean_danger(self.start.people)
        # people and kits
        self.people, self.kits, self.stopped = dict(self.start.people), list(self.start.kits), 0.0
        self.infected = self.start.infection.infected
        self.excess = 0.0  # z of seizures
        # staff
        self.places = make_places(program, params)
        self.roles = list(dict.fromkeys(place.post.role for place in self.places))
        self.burnout = dict.fromkeys(self.roles, params["burnout_worker"])
        # building
        self.premises = our_premises(program)
        self.condition = [float(site.condition or 0) for site in self.premises]
        self.condition_0 = list(self.condition)
        self.failed = [0.0] * len(self.premises)
        # stores
        self.supplies = list(program.supplies)
        if not any(supply.item == "naloxone" for supply in self.supplies):  # kits that cost us nothing
            free = Supply("naloxone", "naloxone", Decimal(0), in_kind=ENOUGH, in_kind_until=Month(2200, 12))
            self.supplies.append(free)
        self.shelf = [self.stock(supply) for supply in self.supplies]
        self.gift = [1.0] * len(self.supplies)
        # money
        self.purses = make_purses(program, params, noise, portfolio)
        self.free = float(program.free_cash)
        self.net = 0.0
        self.ration = {"items": 0.0, "sessions": 0.0, "hiring": 0.0, "hours": 0.0}
        self.ran_out, self.below, self.closed = False, 0, False
        # what the month before left
        self.readiness, self.pressure, self.out = params["readiness_0"], targets["load_0"], 0.0
        self.set_units(targets["visits_month"], targets["kits_month"], self.who.reached_0)
        self.levers_0 = {name: lever.today for name, lever in levers().items()}
        self.closed_share_0 = self.closed_share()
        self.held_0, self.count_0 = self.sessions_held()
        self.open_0 = self.held_0 * (1 - self.closed_share_0)
        self.place_0 = self.count_0 * (1 - self.closed_share_0)
        self.set_costs_of_today()
        # what is told
        self.series: dict[str, list[float]] = {}
        self.by_fund: dict[str, list[list[float]]] = {"fund_cash": [], "charged": [], "award_left": [], "fund_on": []}
        self.residual: list[float] = []
        self.cells: list[dict[Cell, float]] = []

    # ------------------------------------------------------------------ prices and pay (2.1)

    def price(self, t: int) -> float:
        return self.targets["price_base"] * (1 + self.params["price_growth"]) ** (t / 12)

    def own_pay(self, t: int) -> float:
        first = self.program.starts.month
        januaries = sum(1 for i in range(1, t + 1) if (first - 1 + i) % 12 == 0)
        return (1 + self.program.yearly_raise) ** januaries

    def wage_elsewhere(self, t: int) -> float:
        return (1 + self.params["wage_growth"]) ** (t / 12)

    def full_pay(self, post: Post, wage: float, t: int) -> float:
        """A full month's pay of one place, benefits included."""
        usual = self.params["benefits_share"] if post.paid_as == "wage" else 0.0
        benefits = usual if post.benefits is None else post.benefits
        return post.hours * 52 / 12 * float(post.rate) * (1 + benefits) * wage * self.own_pay(t)

    # ------------------------------------------------------------------ things by place

    def stock(self, supply: Supply) -> float:
        """stock₀: on the shelf at the start, or one month's use; never less than must be bought for a month."""
        use = self.monthly_use(supply)
        return max(use if supply.stock is None else supply.stock, plus(use - supply.in_kind))

    def monthly_use(self, supply: Supply) -> float:
        """a_i."""
        if supply.item == "naloxone":
            return self.targets["kits_month"]
        if supply.a_month is not None or supply.item != "syringes":
            return supply.a_month or 0.0
        rows = [row.a_month for row in self.supplies if row.item == "syringes"]
        return plus(self.syringes_counted() - sum(filter(None, rows))) / rows.count(None)

    def syringes_counted(self) -> float:
        """Syringes that went out a month: the mean of the last twelve months recorded; 0 where none are."""
        counted = [row for row in self.program.records.services if row.measure == "syringes_out"]
        months = sorted({row.month for row in counted})[-12:]
        return sum(row.value.low for row in counted if row.month in months) / max(len(months), 1)

    def value(self, q: int) -> float:
        return float(self.premises[q].replacement_value or 0)

    def upkeep_today(self, q: int) -> float:
        upkeep = self.premises[q].upkeep
        return self.params["upkeep_share"] * self.value(q) if upkeep is None else float(upkeep)

    def by_condition(self, name: str, q: int) -> float:
        """A rate a year that depends on condition (2.4)."""
        sound = math.log1p(self.params[f"{name}_sound"])
        worn = math.log1p(self.params[f"{name}_sound"] + self.params[f"{name}_worn"])
        line = sound + (worn - sound) * (1 - self.condition[q]) / (1 - 0.4)
        return min(300.0, math.exp(line) - 1)

    def closed_share(self) -> float:
        """C: closed days of each of our premises by its share of session hours."""
        weekly = {site.id: 0.0 for site in self.program.sites}
        for session in self.program.sessions:
            weekly[session.site] += self.hours_open(session)[0]
        total = sum(weekly.values())
        closed = 0.0
        for q, site in enumerate(self.premises):
            share = weekly[site.id] / total if total > 0 else 1 / len(self.premises)
            closed += share * min(1.0, self.by_condition("closed_days", q) / 365)
        return closed

    def backlog(self, q: int, t: int) -> float:
        put_off, b, b_0 = self.premises[q].repairs_put_off, self.condition[q], self.condition_0[q]
        if put_off is None or b_0 >= 1:
            base = self.params["upkeep_share"] * self.value(q) / self.params["decay_year"] * (1 - b)
        else:
            base = float(put_off) * (1 - b) / (1 - b_0)
        dearer = base * self.price(t) / self.price(0) * self.params["deferral_mult"] ** (t / 60)
        return min(dearer, self.value(q) * self.price(t)) if self.value(q) > 0 else dearer

    def hours_open(self, session: Session) -> tuple[float, float]:
        """Hours a week of a session, and those hours by worth; both × share of the year."""
        hours = session.end - session.start
        late = hours if session.weekday in ("sat", "sun") else plus(session.end - max(session.start, 17.0))
        year = len(session.months) / 12 if session.months else 1.0
        return hours * year, (hours - late + self.params["evening_worth"] * late) * year

    def chance_held(self, session: Session) -> float:
        """P_s."""
        present = sum(p.filled for p in self.places if p.post.site in (None, session.site))
        low = math.floor(present)
        p = 1 - self.params["absence"]
        at_low = binomial_at_least(low, p, session.needed)
        at_high = binomial_at_least(low + 1, p, session.needed)
        return at_low + (present - low) * (at_high - at_low)

    def sessions_held(self) -> tuple[float, float]:
        """Share of session hours held, and hours that count (2.7)."""
        if not self.program.sessions:
            return 1.0, max((place.post.hours for place in self.places), default=0.0)
        total = held = count = 0.0
        for session in self.program.sessions:
            hours, worth = self.hours_open(session)
            chance_held = self.chance_held(session)
            total += hours
            held += hours * chance_held
            count += worth * chance_held
        return held / total, count

    # ------------------------------------------------------------------ costs of today

    def set_costs_of_today(self) -> None:
        """cost₀, and the savings of each rung as they stand today."""
        t, price = 0, self.price(0)
        pay = sum(place.filled * self.full_pay(place.post, 1.0, t) for place in self.places)
        bought = sum(
            plus(self.monthly_use(supply) - supply.in_kind) * float(supply.unit_price) * price
            for supply in self.supplies
        )
        running = sum(float(cost.amount) / cost.every * price for cost in self.program.costs if self.runs(cost, 0))
        upkeep = sum(self.upkeep_today(q) / 12 * price for q in range(len(self.premises)))
        self.cost_0 = pay + bought + running + upkeep
        self.start.cost_0 = self.cost_0
        limit, reserve = self.program.credit_limit, self.program.reserve
        self.credit = self.params["credit_months"] * self.cost_0 if limit is None else float(limit)
        self.reserve = self.cost_0 / 4 if reserve is None else float(reserve)
        seeking = [1.0 if place.post.hiring else 0.0 for place in self.places]
        self.set_savings(bought, 1.0, t, [1.0] * len(self.places), seeking)

    def set_savings(self, items_full: float, wage: float, t: int, named: list[float], seeking: list[float]) -> None:
        """S of each rung (2.3), without rationing, by who is there now."""
        hourly = other = empty = 0.0
        for place, most, sought in zip(self.places, named, seeking, strict=True):
            full = self.full_pay(place.post, wage, t)
            empty += plus(most - place.filled) * sought * full
            if place.post.paid_as in ("stipend", "contract"):
                hourly += place.filled * full
            else:
                other += place.filled * full
        self.savings = {"items": items_full / 2, "sessions": 0.3 * hourly, "hiring": empty, "hours": other}

    def runs(self, cost: Cost, t: int) -> bool:
        now = self.program.starts.plus(t)
        return (cost.first is None or cost.first <= now) and (cost.last is None or now <= cost.last)

    def planned_hours(self) -> tuple[float, float]:
        """Hours a week in the evening, and all, as planned (2.7)."""
        if not self.program.sessions:
            return 0.0, self.sessions_held()[1]
        worth = self.params["evening_worth"] - 1
        week = late = 0.0
        for session in self.program.sessions:
            hours, weighed = self.hours_open(session)
            week += hours
            late += (weighed - hours) / worth if worth else 0.0
        return late, week

    def option_start(self, price: Price) -> int | None:
        """σ of the option that a price belongs to; None: not chosen."""
        for choice in self.portfolio.choices:
            if choice.option == price.option and choice.level > 0:
                return choice.start.since(self.program.starts)
        return None

    def price_due(self, price: Price, t: int) -> bool:
        start = self.option_start(price)
        if start is None:
            return False
        if price.how == "once":
            return t == start and t < self.horizon
        first = start + price.after
        if price.months is None or price.amount < 0:
            return first <= t < min(self.horizon, first + (price.months or self.horizon))
        return start < self.horizon and first <= t < first + price.months

    # ------------------------------------------------------------------ a month (section 2)

    def month(self, t: int) -> None:
        p, noise = self.params, self.noise
        lever = lever_values(self.program, self.portfolio, self.effect_values, self.horizon, t)
        here = 0.0 if self.closed else 1.0
        s = (noise.supply[t] if noise else 1.0) * lever["supply"]
        price = self.price(t)
        wage_rel = lever["wage"] * self.own_pay(t) / self.wage_elsewhere(t)
        free_before, self.own_income = self.free, 0.0
        money_before = self.free + sum(purse.cash for purse in self.purses)
        owed_before = sum(sum(purse.receivable) for purse in self.purses)

        income, claims_paid = self.money_arrives(t, lever, here)
        self.ration_month(price, here)
        closed_share = self.closed_share()  # as the month opens
        emergency = [self.by_condition("emergency_rate", q) for q in range(len(self.premises))]
        failure = [self.by_condition("failure_rate", q) for q in range(len(self.premises))]
        fires = self.fires(closed_share)
        hours = self.worker_hours(lever, fires)
        held, open_share, place = self.doors(lever, closed_share)

        # 2.8 visits
        reached = sum(n for cell, n in self.people.items() if cell[1] == 1)
        fall = plus(1 - open_share / self.open_0) if self.open_0 > 0 else 0.0
        fewer = 1 - p["police_avoid"] * lever["police"]
        wanted = self.start.v * reached * fewer * (1 - p["stay_away"] * fall) * here
        capacity = self.start.q * hours
        load = self.load(wanted, capacity)
        k = p["visit_sharpness"]
        served = 0.0
        if wanted > 0 and capacity > 0:
            served = wanted * math.exp(-softplus(k * math.log(wanted / capacity)) / k)
        tau = 1 - served / wanted if wanted > 0 else 0.0
        calm = (1 - p["fire_hours_share"]) / (1 - fires)
        pressure = self.load(wanted, capacity * calm)

        handed, bought = self.hand_out(t, lever, served, here)
        kits_handed = handed["naloxone"]

        # 2.10, 2.11, 2.12 people
        met = naloxone_met(self.people, self.kits, p, self.targets["adj"])
        f = fatality(
            p, met.naloxone, self.structure, witnessed_added=lever["witnessed"], responders=lever["responders"],
            calling=lever["calling"], spotting=lever["spotting"],
        )  # fmt: skip
        room = lever["room"] * p["ops_share_of_use"] * here
        room *= min(1.0, open_share / self.open_0) if self.open_0 > 0 else 1.0
        smoked = lever["smoking_supplies"] * p["smoke_shift"]
        starts = 1 + lever["monitoring"] * (p["pdmp_starts"] - 1)
        smoking = sum(n for cell, n in self.people.items() if cell[0] == SMOKE)
        flows = month_of_people(
            self.who, self.people, self.danger(lever, s, f.by_reach, room, smoked), self.t_mean, self.start.L,
            self.moves(lever, place, tau, here),
            {key: n * (starts if key[0] in (INJECT, SMOKE) else 1) for key, n in self.start.newcomers.items()},
        )  # fmt: skip
        self.people = flows.after
        injecting = flows.injecting
        assert injecting is not None
        habit = habits(
            p, injecting.opening, self.syringes_out, smoked=smoked, room=room,
            elsewhere=lever["syringes_elsewhere"], jail=lever["jail"],
        )  # fmt: skip
        infection = month_of_infection(
            p, injecting, habit, self.infected, self.start.infection.levels,
            treatment=lever["hcv_treatment"], testing=lever["hiv_testing"],
        )  # fmt: skip
        self.infected = infection.after
        skin, stays = wounds(p, injecting, habit, self.start.infection.levels, smoking, lever["wound_care"])
        begin = sum(n for key, n in self.start.newcomers.items() if key[0] in (INJECT, SMOKE))
        never = (1 - starts) * begin  # who does not begin lives on as those who stopped do
        self.stopped = self.stopped * math.exp(-p["death_stopped"] * self.who.ageing * DT) + flows.stops + never
        self.kits = month_of_kits(
            p, self.kits, met, flows, f.witnessed, kits_handed, self.targets["kits_month"], lever["share_onward"],
            room=room, elsewhere=lever["kits_elsewhere"], pharmacy=lever["kits_pharmacy"],
        )  # fmt: skip
        overdoses = opioid_overdoses(flows.overdoses, room)
        reversals = sum(overdoses[g] * f.witnessed * met.naloxone[g] for g in TWO)

        # 2.16 staff
        opening = [each.filled for each in self.places]
        quits = self.staff(t, lever, wage_rel, load, fires, here)

        # 2.17 building, readiness, bills
        building_bill = self.building(t, lever, emergency, failure)
        target = min(1.0, p["readiness_0"] + lever["protected"] / p["readiness_hours"])
        gap = target - self.readiness
        if gap > 0:
            self.readiness += gap * (1 - math.exp(-1 / p["readiness_delay"]))
        else:
            self.readiness += gap * (1 - 2 ** (-1 / p["readiness_fade"]))
        lines, once = self.bills(t, lever, opening, bought, quits, building_bill) if here else ([], 0.0)

        # 2.18 charges, claims, free cash
        charged, unpaid = self.charge(t, lever, lines)
        spending = sum(line.amount for line in lines)
        given_back = self.close_terms(t) + self.turned_down
        in_force = sum(self.ration[rung] * self.savings[rung] for rung in ("items", "sessions", "hours"))
        even = sum(x.amount / x.length * x.on * (1 - x.fund.fee) for x in self.purses if x.own and x.alive(t)) * here
        owed = sum(sum(purse.receivable) for purse in self.purses)
        change = self.free - free_before + owed - owed_before + even - self.own_income - lever["cash_in"] * here
        change += once * unpaid / spending if spending > 0 else 0.0
        self.net = 0.7 * self.net + 0.3 * (change - in_force)
        self.ran_out = self.ran_out or self.free < 0
        self.below = self.below + 1 if self.free < -self.credit else 0
        if self.below >= 3 and self.telling == "closing" and noise is not None:
            self.close()

        # for the next month
        items_full = sum(bought[i] * float(x.unit_price) for i, x in enumerate(self.supplies)) * price
        items_full /= 1 - self.ration["items"] / 2
        self.set_savings(items_full, lever["wage"], t, self.named, self.seeking)
        self.pressure, self.out = pressure, self.out_days
        reached_now = sum(n for cell, n in self.people.items() if cell[1] == 1)
        self.set_units(served, kits_handed, reached_now)

        # books
        money = self.free + sum(purse.cash for purse in self.purses)
        claimed = sum(c for c, purse in zip(charged, self.purses, strict=True) if purse.fund.pays == "reimburse")
        self.residual.append(
            abs(money - money_before - (income - spending - given_back))
            + abs(owed - owed_before - claimed + claims_paid)
        )
        self.cells.append(dict(self.people))
        alive = sum(self.people.values())
        self.tell(
            deaths=flows.deaths,
            deaths_other=flows.deaths_without_opioids,
            deaths_not_overdose=flows.deaths_other,
            overdoses=sum(flows.overdoses.values()),
            reversals=reversals,
            people=alive,
            reached=reached_now,
            on_moud=sum(n for cell, n in self.people.items() if cell[3] == 1),
            stopped=self.stopped,
            alive=alive + self.stopped,
            visits=served,
            wanted=wanted,
            turned_away=wanted - served,
            load=load,
            kits_given=kits_handed,
            kits_held=sum(self.kits),
            kits_of_reached=self.kits[1],
            syringes_given=self.syringes_out,
            injecting=sum(people_who_inject(self.people)),
            hcv_infections=infection.new_hcv,
            hiv_infections=infection.new_hiv,
            with_hcv=sum(self.infected.hcv),
            with_hiv=sum(self.infected.with_hiv(g) for g in TWO),
            hiv_suppressed=sum(self.infected.hiv[2]),
            skin_infections=skin,
            wounds_hospital=stays,
            open_share=open_share * here,
            held=held,
            place=place / self.place_0 if self.place_0 > 0 else 1.0,
            days_closed=365 / 12 * closed_share,
            worker_hours=hours,
            posts_filled=sum(each.filled for each in self.places),
            quits=sum(quits),
            burnout=sum(self.burnout[each.post.role] for each in self.places) / max(len(self.places), 1),
            fires=fires,
            readiness=self.readiness,
            condition=min(self.condition, default=1.0),
            backlog=sum(self.backlog(q, t) for q in range(len(self.premises))),
            out_days=self.out_days,
            shelf=sum(self.shelf),
            free_cash=self.free,
            owed=owed,
            income=income,
            spending=spending,
            net=self.net,
            rationing=max(self.ration.values()),
            ran_out=float(self.ran_out),
            closed=float(self.closed),
        )
        self.by_fund["fund_cash"].append([purse.cash for purse in self.purses])
        self.by_fund["award_left"].append([purse.left for purse in self.purses])
        self.by_fund["fund_on"].append([purse.on for purse in self.purses])
        self.by_fund["charged"].append(charged)

    def set_units(self, visits: float, kits: float, participants: float) -> None:
        """Units of the month that is past, by the names that a fund may pay them under."""
        self.units = {"visits": visits, "kits": kits, "naloxone": kits, "kits-out": kits, "participants": participants}

    def close(self) -> None:
        """The program ends with this month: nobody is reached any more, nobody works here."""
        self.closed = True
        for r, g, k, m in CELLS:
            if g == 1:
                self.people[r, 0, k, m] += self.people[r, 1, k, m]
                self.people[r, 1, k, m] = 0.0
        self.kits = [sum(self.kits), 0.0]
        was = self.infected
        self.infected = Infected([sum(was.hcv), 0.0], [[sum(state), 0.0] for state in was.hiv])
        for place in self.places:
            place.filled = 0.0

    def tell(self, **values: float) -> None:
        for name, value in values.items():
            self.series.setdefault(name, []).append(value)

    # ------------------------------------------------------------------ 2.2 money that arrives

    def money_arrives(self, t: int, lever: Mapping[str, float], here: float) -> tuple[float, float]:
        """Income of the month net of fees, and claims paid before the fee."""
        income = claims = self.turned_down = 0.0
        for i, purse in enumerate(self.purses):
            fund = purse.fund
            if purse.alive(t):
                self.terms(t, i, purse)
            if purse.declined is not None and t >= purse.declined:
                self.turned_down += purse.cash
                purse.on = purse.wait = purse.cash = purse.left = 0.0
            keeps = 1 - fund.fee
            if fund.pays == "reimburse" and not purse.own:
                arrives = purse.receivable.pop(0)
                purse.receivable.append(0.0)
                claims += arrives
                self.free += arrives * keeps
                income += arrives * keeps
            if not (purse.alive(t) and here):
                continue
            if fund.pays == "per-unit":
                money = float(fund.unit_price or 0) * self.units[fund.unit or ""] * purse.on * keeps
                self.free += money
                income += money
            elif (fund.pays == "advance" or purse.own) and purse.month_of_term(t) % fund.every == 0:
                instalment = min(purse.amount * fund.every / purse.length * purse.on * purse.cut, purse.left)
                purse.left -= instalment
                if purse.own:
                    self.free += instalment * keeps
                    self.own_income += instalment * keeps
                else:
                    purse.cash += instalment * keeps
                income += instalment * keeps
        gift = lever["cash_in"] * here
        self.free += gift
        return income + gift, claims

    def terms(self, t: int, i: int, purse: Purse) -> None:
        """Awards, renewals, replacements and cuts of one fund."""
        p, noise, fund = self.params, self.noise, purse.fund
        sure = self.telling == "open"
        if t > 0 and t + purse.age == 0:  # its first month, ahead of us until now
            purse.on = (
                hit(noise.award[i] if noise and fund.status != "signed" else None, award_chance(fund, p)) * purse.asked
            )
            purse.cut, purse.left = 1.0, purse.amount * purse.on
        elif t > 0 and purse.month_of_term(t) == 0:
            base = renewal_chance(fund, p)
            if sure or base >= 1:
                rho = 1.0
            else:
                gain = p["plan_renewal_or"] ** (self.readiness - p["readiness_0"])
                rho = from_odds(odds(base) * gain)
            kept = purse.on * (hit(noise.renew[t][i], rho) if noise else rho)
            lost = purse.on - kept
            purse.wait += lost * hit(noise.replaceable[i] if noise else None, p["replace_chance"])
            purse.on, purse.cut = kept, 1.0
            purse.left = (purse.left if fund.carries_over else 0.0) + purse.amount * purse.on
        back = purse.wait * hit(noise.replace[t][i] if noise else None, 1 - math.exp(-1 / p["replace_months"]))
        if purse.on + back > 0:
            purse.cut = (purse.cut * purse.on + back) / (purse.on + back)
        purse.on += back
        purse.wait -= back
        purse.left += back * purse.amount * (purse.length - purse.month_of_term(t)) / purse.length
        if not sure:
            struck = hit(noise.cut[t][i] if noise else None, chance(p["cut_rate"]))
            purse.cut *= 1 - p["shock_cut"] * struck
            purse.left *= 1 - p["shock_cut"] * struck

    # ------------------------------------------------------------------ 2.3 rationing

    def ration_month(self, price: float, here: float) -> None:
        if self.telling == "open":
            return
        u = self.cost_0 * price / self.price(0) * 12 / 52 / 3
        need = -self.net + (self.reserve - self.free) / 6
        gap = (u * softplus(need / u) if u > 0 else plus(need)) * here
        for rung in ("items", "sessions", "hiring", "hours"):
            saving = self.savings[rung]
            if saving > TINY:
                y = gap / saving
                share = y * (1 + y**8) ** (-1 / 8) if y < 1 else (1 + y**-8) ** (-1 / 8)
            else:
                share = 0.0
            if rung != "hiring":
                gap -= share * saving
            was = self.ration[rung]
            self.ration[rung] = share if share > was else was + (share - was) / 2

    # ------------------------------------------------------------------ 2.5, 2.6, 2.7, 2.8

    def fires(self, closed_share: float) -> float:
        p = self.params

        def crises(readiness: float) -> float:
            return 1 - (1 - p["readiness_effect"]) * readiness

        over = clip(self.pressure / self.targets["load_0"] - 1, -0.5, 0.5)
        share = from_odds(
            odds(p["fire_hours_share"])
            * p["fire_load_elast"] ** (10 * over)
            * p["stock_out_mult"] ** min(self.out, MISSING_MOST)
            * p["closed_mult"] ** (365 * (closed_share - self.closed_share_0) / 12)
            * crises(self.readiness)
            / crises(p["readiness_0"])
        )
        return min(share, FIRES_MOST)

    def worker_hours(self, lever: Mapping[str, float], fires: float) -> float:
        week = lever["worker_hours"]
        for place in self.places:
            kept = 1 - self.ration["hours"] if place.post.paid_as == "wage" else 1.0
            week += place.filled * place.post.hours * place.skill * kept
        return week * 52 / 12 * self.params["productive_share"] * (1 - fires) * (1 - lever["protected"])

    def doors(self, lever: Mapping[str, float], closed_share: float) -> tuple[float, float, float]:
        """held, open, place before it is set against today's."""
        held, count = self.sessions_held()
        kept = (1 - closed_share) * (1 - 0.3 * self.ration["sessions"])
        near = math.exp(-self.params["travel_decay"] * plus(lever["new_place_miles"] - 0.25))
        late, week = self.planned_hours()
        day, evening = max(lever["hours_day"], late - week), max(lever["hours_evening"], -late)
        ours = plus(count + held * (day + self.params["evening_worth"] * evening))
        return held, held * kept, (ours + lever["hours_new_place"] * near) * kept

    @staticmethod
    def load(wanted: float, capacity: float) -> float:
        if wanted <= 0:
            return 0.0
        return LOAD_MOST if capacity <= 0 else min(LOAD_MOST, wanted / capacity)

    # ------------------------------------------------------------------ 2.9 handed out

    def hand_out(
        self, t: int, lever: Mapping[str, float], served: float, here: float
    ) -> tuple[dict[str, float], list[float]]:
        """Units handed out by item, and units bought by row of supplies; moves the shelves."""
        p = self.params
        gain = 1 + (p["improve_gain"] - 1) * (self.readiness - p["readiness_0"]) / (1 - p["readiness_0"])
        fewer = 1 - self.ration["items"] / 2
        each = served / self.targets["visits_month"] if self.targets["visits_month"] > 0 else here
        kits = (self.targets["kits_month"] * lever["kits"] * each + lever["kits_added"] * here) * gain * fewer
        handed_by_item: dict[str, float] = {}
        syringes = used = 0.0
        bought, missing = [], []
        for i, supply in enumerate(self.supplies):
            use = self.monthly_use(supply)
            rule = lever["syringe_rule"] if supply.item == "syringes" else 1.0
            wanted = kits if supply.item == "naloxone" else use * lever["supplies"] * rule * each * fewer
            given = supply.in_kind * self.gift_goes_on(t, i, supply)
            handed = min(wanted, self.shelf[i] + given)
            rest = self.shelf[i] + given - handed
            target = self.stock(supply) * max(1.0, wanted / use) if use > 0 else wanted
            bought.append(plus(max(target, wanted - given) - rest))
            self.shelf[i] = rest + bought[i]
            missing.append(365 / 12 * (1 - handed / wanted) if wanted > 0 else 0.0)
            handed_by_item[supply.item] = handed
            if supply.item == "syringes":
                syringes, used = syringes + handed, used + use
        ratio = syringes / used if used > 0 else lever["supplies"] * lever["syringe_rule"] * each * fewer
        self.syringes_out = self.targets["syringes_month"] * ratio + lever["syringes_added"] * here
        self.out_days = sum(missing) / len(missing) if missing else 0.0
        return handed_by_item, bought

    def gift_goes_on(self, t: int, i: int, supply: Supply) -> float:
        """The share of a gift in kind that still comes this month."""
        until = supply.in_kind_until
        certain = until is not None and self.program.starts.plus(t) <= until
        if not certain and self.telling == "closing":
            ends = supply.in_kind_chance_ends
            yearly = 1 - self.params["grant_renew_gov"] if ends is None else ends
            self.gift[i] *= 1 - hit(self.noise.kind[t][i] if self.noise else None, yearly / 12)
        return self.gift[i]

    # ------------------------------------------------------------------ 2.12 moves

    def moves(self, lever: Mapping[str, float], place: float, tau: float, here: float) -> Moves:
        p, who, start = self.params, self.who, self.start
        ratio = place / self.place_0 if self.place_0 > 0 else 1.0
        power = p["hours_reach_elast"] / (1 - min(who.reached_0 / who.n, 0.9))
        pipes = 1 + lever["smoking_supplies"] * plus(1 / p["reach_smoke_only_rr"] - 1)
        offer = (lever["offer_inject"], lever["offer_smoke"] * pipes, 1.0)
        ratio_of_contact = ratio**power * (1 - p["police_avoid"] * lever["police"]) * here
        load_0, k = self.targets["load_0"], p["visit_sharpness"]
        tau_0 = 1 - (1 + load_0**k) ** (-1 / k)
        worse = p["lapse_turned_away_mult"] - 1
        link = p["link_success_ssp"] + lever["onsite"] * plus(p["link_success_onsite"] - p["link_success_ssp"])
        referred = p["referrals"] * lever["referrals"] * link
        from_jail = p["jail_rate"] * lever["jail"] * lever["jail_moud"] * p["link_success_jail"]

        def contact(r: int, risk: int) -> float:
            return start.c * who.draw_of_route(r) * who.selection(risk) * ratio_of_contact * offer[r]

        return Moves(
            contact=contact,
            lapse=12 * p["lapse_month"] * (1 + worse * tau) / (1 + worse * tau_0),
            into_treatment=lambda g: start.m_b * lever["moud_access"] + referred * g + from_jail,
            out_of_treatment=1 / (p["moud_stay"] * lever["retention"]),
        )

    def danger(self, lever: Mapping[str, float], s: float, by_reach: list[float], room: float, smoked: float) -> Danger:
        """Danger of a month's drugs: 2.1, ψ of 2.10, Q of 2.11; what is left of the seizures' excess fades."""
        p = self.params
        fade = 2 ** (-365 / 12 / p["seizure_half_life"])
        new = (lever["seizures"] + lever["seizures_once"]) * p["seizure_share"] * p["seizure_excess"]
        excess = self.excess + new
        self.excess = excess * fade
        opioids = (1 + lever["monitoring"] * (p["pdmp_danger"] - 1)) * (1 + excess * (1 - fade) / math.log(1 / fade))
        checked = 1 - (
            lever["drug_checking"] * p["drugcheck_unexpected"] * p["drugcheck_behaviour"] * (1 - p["drugcheck_od_rr"])
        )
        less = {(r, g): checked if g == 1 and r in OPIOIDS else 1.0 for r in ROUTES for g in TWO}
        less[INJECT, 1] *= 1 - smoked * (1 - 1 / p["od_rr_inject_v_smoke"])
        f = {(r, g): by_reach[g] for r in ROUTES for g in TWO}
        f[INJECT, 1] = (1 - room) * by_reach[1] + room * min(by_reach[1], p["ops_death_in_site"])
        return Danger(s, opioids, less, f, self.who.danger(lever))

    # ------------------------------------------------------------------ 2.16 staff

    def staff(
        self, t: int, lever: Mapping[str, float], wage_rel: float, load: float, fires: float, here: float
    ) -> list[float]:
        """Quits by place; moves places and burnout."""
        p, noise = self.params, self.noise
        b_0 = p["burnout_worker"]
        drawn_to = clip(
            b_0
            + 10 * p["burnout_load_slope"] * (load / self.targets["load_0"] - 1)
            + p["burnout_fire_slope"] * (fires - p["fire_hours_share"]),
            0.02,
            0.98,
        )
        frailty = noise.frailty[min(t // 12, len(noise.frailty) - 1)] if noise else 1.0
        on = {purse.fund.id: purse.on for purse in self.purses}
        hires = dict.fromkeys(self.roles, 0.0)
        there = dict.fromkeys(self.roles, 0.0)
        quits = []
        self.named, self.seeking = [], []
        for i, place in enumerate(self.places):
            post = place.post
            felt = max(WAGE_LEAST, wage_rel * (1 - self.ration["hours"]))
            hazard = (
                self.targets["quit_hazard"]
                * frailty
                * felt ** -p["quit_wage_elast"]
                * p["quit_benefits_hr"] ** lever["benefits"]
                * p["support_quit_hr"] ** lever["support"]
                * p["burnout_quit_or"] ** (self.burnout[post.role] - b_0)
            )
            quit_ = place.filled * hit(noise.quit[t][i] if noise else None, chance(hazard))
            named = max((on[fund] for fund in post.paid_by if fund in on), default=1.0)
            seeking = 1.0 if post.hiring else lever["hire_frozen"]
            self.named.append(named)
            self.seeking.append(seeking)
            speed = lever["hire_speed"] * (1 - self.ration["hiring"]) / p["hire_months"]
            found = hit(noise.hire[t][i] if noise else None, 1 - math.exp(-speed))
            hire = plus(named - (place.filled - quit_)) * seeking * found * here
            stay = min(place.filled - quit_, named)
            learnt = 1 - (1 - place.skill) * math.exp(-2 / p["ramp_months"])
            if stay + hire > 0:
                place.skill = (stay * learnt + hire * p["ramp_start"]) / (stay + hire)
            place.filled = stay + hire
            hires[post.role] += hire
            there[post.role] += place.filled
            quits.append(quit_)
        pull = 1 - 2 ** (-1 / p["burnout_recover_months"])
        for role in self.roles:
            new = min(1.0, hires[role] / max(there[role], TINY))
            was = self.burnout[role]
            self.burnout[role] = was + pull * (drawn_to - was) + new * (b_0 - was)
        return quits

    # ------------------------------------------------------------------ 2.17 building and bills

    def building(self, t: int, lever: Mapping[str, float], emergency: list[float], failure: list[float]) -> float:
        """The building's bill; moves condition."""
        p, noise, price = self.params, self.noise, self.price(t)
        total = sum(self.value(q) for q in range(len(self.premises)))
        bill = 0.0
        for q in range(len(self.premises)):
            share = self.value(q) / total if total > 0 else 0.0
            need = p["upkeep_share"] * self.value(q) / 12 * price
            upkeep = (self.upkeep_today(q) + lever["upkeep_added"] * share) / 12 * price
            backlog = self.backlog(q, t)
            broke = hit(noise.emergency[t][q] if noise else None, chance(emergency[q]))
            fails = (1 - self.failed[q]) * hit(noise.failure[t][q] if noise else None, chance(failure[q]))
            bill += upkeep + broke * p["emergency_cost"] * self.value(q) * price + fails * backlog
            b = self.condition[q]
            short = plus(1 - upkeep / need) if need > 0 else 0.0
            mended = min(1.0, lever["repair"] * price * share / backlog) if backlog > 0 else 0.0
            b = clip(b - p["decay_year"] * DT * short + (1 - b) * mended, 0.01, 1.0)
            self.condition[q] = b + (1 - b) * fails
            self.failed[q] += fails
        return bill

    def bills(
        self,
        t: int,
        lever: Mapping[str, float],
        opening: list[float],
        bought: list[float],
        quits: list[float],
        building_bill: float,
    ) -> tuple[list[Line], float]:
        """The month's lines, and the part of them that is prices paid once."""
        price, program = self.price(t), self.program
        lines = []
        training = once = 0.0
        for place, filled, quit_ in zip(self.places, opening, quits, strict=True):
            post = place.post
            full = self.full_pay(post, lever["wage"], t)
            kept = 1 - self.ration["hours"] if post.paid_as == "wage" else 1 - 0.3 * self.ration["sessions"]
            item = {"wage": "wages", "stipend": "stipends", "contract": "contracts", "volunteer": "other"}[post.paid_as]
            lines.append(Line(item, post.paid_by, filled * full * kept))
            training += quit_ * self.params["replace_cost_share"] * 12 * full
        for supply, units in zip(self.supplies, bought, strict=True):
            lines.append(Line(supply.item, (), units * float(supply.unit_price) * price))
        for cost in program.costs:
            if self.runs(cost, t):
                lines.append(Line(cost.item, cost.paid_by, float(cost.amount) / cost.every * price))
        lines.append(Line("building", (), building_bill))
        lines.append(Line("training", (), training))
        for each in program.prices:
            if self.price_due(each, t):
                amount = float(each.amount) * self.portfolio.level(each.option) * price
                lines.append(Line(each.item, each.paid_by, amount))
                once += amount if each.how == "once" else 0.0
        return self.never_below_nothing(lines), once

    def never_below_nothing(self, lines: list[Line]) -> list[Line]:
        """Lines that the same funds may pay never add up to less than nothing, whatever is taken away from them."""

        def payers(line: Line) -> tuple[bool, ...]:
            return tuple(
                purse.chargeable_for(line.item) and (not line.paid_by or purse.fund.id in line.paid_by)
                for purse in self.purses
            )

        total: dict[tuple[bool, ...], float] = {}
        for line in lines:
            total[payers(line)] = total.get(payers(line), 0.0) + line.amount
        return [line for line in lines if total[payers(line)] >= 0]

    # ------------------------------------------------------------------ 2.18 charges and claims

    def charge(self, t: int, lever: Mapping[str, float], lines: list[Line]) -> tuple[list[float], float]:
        """What each fund is charged, overhead included, and what no fund pays; pays the bills."""
        unpaid = [line.amount for line in lines]
        allowed, pressure = [], []
        for purse in self.purses:
            fund = purse.fund
            can = [
                purse.chargeable
                and purse.alive(t)
                and may_pay(fund, line.item)
                and (not line.paid_by or fund.id in line.paid_by)
                for line in lines
            ]
            allowed.append(can)
            eligible = sum(line.amount for line, yes in zip(lines, can, strict=True) if yes)
            months = purse.length - purse.month_of_term(t)
            pressure.append((purse.cash + purse.left) / (eligible * months + 1e-9))
        order = sorted(range(len(self.purses)), key=lambda n: -pressure[n])  # stable: ties in file order
        charged = [0.0] * len(self.purses)
        advanced = 0.0
        for n in order:
            purse = self.purses[n]
            fund = purse.fund
            open_lines = sum(amount for amount, yes in zip(unpaid, allowed[n], strict=True) if yes)
            available = purse.cash if fund.pays == "advance" else purse.left
            direct = min(available / (1 + fund.overhead), open_lines)
            if direct <= 0:
                continue
            part = direct / open_lines
            unpaid = [amount * (1 - part) if yes else amount for amount, yes in zip(unpaid, allowed[n], strict=True)]
            charged[n] = direct * (1 + fund.overhead)
            if fund.pays == "advance":
                purse.cash -= charged[n]
                self.free += fund.overhead * direct
                advanced += direct
            else:
                purse.left -= charged[n]
                self.claim(t, lever, purse, charged[n])
        self.free -= sum(line.amount for line in lines) - advanced
        return charged, sum(unpaid)

    def claim(self, t: int, lever: Mapping[str, float], purse: Purse, charge: float) -> None:
        delay = delay_of_claim(purse.fund, purse.age, t, lever["claim_lag"])
        for months, share in shared_between_months(delay):
            if share > 0:
                purse.receivable[months - 1] += share * charge

    def close_terms(self, t: int) -> float:
        """Advances unspent at a term's end go back."""
        back = 0.0
        for purse in self.purses:
            last = purse.alive(t) and purse.month_of_term(t + 1) == 0 and purse.fund.last is not None
            if last and purse.fund.pays == "advance" and not purse.own and not purse.fund.carries_over:
                back += purse.cash
                purse.cash = 0.0
        return back

    # ------------------------------------------------------------------ the end

    def result(self) -> OracleRun:
        v_using, v_stopped = years_ahead(self.params, self.targets, self.start, self.horizon + RUN_OFF)
        return OracleRun(
            series=self.series,
            by_fund=self.by_fund,
            start=self.start,
            residual=self.residual,
            people_end=dict(self.people),
            stopped_end=self.stopped,
            v_using=v_using,
            v_stopped=v_stopped,
            cells=self.cells,
        )


def outbreak_here(params: Mapping[str, float], start: Start, syringes: float) -> list[float]:
    """Infections by day if HIV came to today's people who inject (section 9), with so many syringes a month of ours."""
    who = start.injecting
    if sum(who.opening) <= 0:
        return outbreak(params, 0.0, lambda t: 1.0)
    h = outbreak_factor(params, who.opening, who.treated, syringes)
    return outbreak(params, sum(who.opening), lambda t: h)
