"""Infection, wounds and an outbreak once more, in plain Python: the part of the oracle for sections 2.14, 2.15 and 9.

Written from docs/model.md alone, like `oracle.py`. Lists run over reach: unreached, then reached.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from scipy.optimize import brentq

DT = 1 / 12
TINY = 1e-9
PREVALENCE_LEAST = 0.005
OUTBREAK_DAYS = 1826
SUPPRESSION_MOST = 12.0
TWO = (0, 1)
UNDIAGNOSED, DIAGNOSED, SUPPRESSED = 0, 1, 2
STATES = (UNDIAGNOSED, DIAGNOSED, SUPPRESSED)
Params = Mapping[str, float]


@dataclass(frozen=True)
class Injecting:
    """People who inject in a month.

    Attributes:
        opening, after: people as the month opens and as it ends.
        treated: share on MOUD as it opens.
        survived: share of those at the opening who are still here.
        came, lapsed: of the unreached survivors the share that came, of the reached ones the share that lapsed.
        newcomers: who begin to inject, all unreached.
    """

    opening: list[float]
    after: list[float]
    treated: list[float]
    survived: list[float]
    came: float
    lapsed: float
    newcomers: float

    def moved(self, x: list[float], new: float) -> list[float]:
        """J: those of `x` who live, come and lapse as people who inject do, and new ones among the unreached."""
        alive = [x[g] * self.survived[g] for g in TWO]
        came, lapsed = alive[0] * self.came, alive[1] * self.lapsed
        return [alive[0] - came + lapsed + new, alive[1] + came - lapsed]


@dataclass(frozen=True)
class Habits:
    """What a month's injecting meets: e_g, c_g, what is injected in a room, and the jail factors of HCV and HIV."""

    outside: list[float]
    inside: list[float]
    coverage: list[float]
    jail_hcv: float
    jail_hiv: float


@dataclass
class Infected:
    """HCV by reach; HIV by state (undiagnosed, diagnosed, suppressed) and reach."""

    hcv: list[float]
    hiv: list[list[float]]

    def with_hiv(self, g: int) -> float:
        return sum(self.hiv[state][g] for state in STATES)


@dataclass(frozen=True)
class Levels:
    """What the start finds: ℓ, ν_C, ν_V, κ, how newcomers' unsuppressed HIV is undiagnosed, and today's means."""

    clearing: float = 0.0
    newcomers_hcv: float = 0.0
    newcomers_hiv: float = 0.0
    suppressing: float = 0.0
    undiagnosed: float = 0.0
    prevalence_hiv: float = 0.0  # P_V
    mean_hcv: float = 0.0  # X̄_0
    mean_hiv: float = 0.0
    mean_wounds: float = 0.0  # b̄_0


@dataclass(frozen=True)
class InfectionStart:
    """Infection at the start."""

    infected: Infected
    levels: Levels


@dataclass
class InfectionMonth:
    """A month of infection."""

    after: Infected
    new_hcv: float
    new_hiv: float
    by_reach: list[list[float]] = field(default_factory=list)


def habits(
    p: Params,
    injecting: list[float],
    syringes: float,
    *,
    smoked: float = 0.0,
    room: float = 0.0,
    elsewhere: float = 1.0,
    jail: float = 1.0,
) -> Habits:
    """e_g, c_g and the jail factors, for y = `smoked` and ψ = `room`."""
    outside = [1.0, (1 - smoked) * (1 - room)]
    onward = p["syringe_share_onward"]
    coverage = []
    for g, share in ((0, onward), (1, 1 - onward)):
        ours = 12 * syringes * share / injecting[g] if injecting[g] > 0 else 0.0
        needed = p["injections_per_year"] * max(outside[g], TINY)
        coverage.append(min(1.0, (ours + p["syringes_elsewhere"] * elsewhere) / needed))

    def jailed(rr: float) -> float:
        return (1 + p["jail_rate"] * jail * (rr - 1)) / (1 + p["jail_rate"] * (rr - 1))

    return Habits(outside, [0.0, (1 - smoked) * room], coverage, jailed(p["jail_hcv_rr"]), jailed(p["jail_hiv_rr"]))


def who_they_meet(p: Params, injecting: list[float], share: list[float]) -> list[float]:
    """Σ_h W^I_gh·share_h."""
    alpha, everybody = p["who_is_there"], sum(injecting)
    mixed = sum(injecting[h] / everybody * share[h] for h in TWO) if everybody > 0 else 0.0
    return [alpha * share[g] + (1 - alpha) * mixed for g in TWO]


def protected(c: float, m: float, nsp_rr: float, ost_rr: float, both: float) -> float:
    """The factor by which sterile syringes and treatment lower the risk of infection, and in no draw raise it."""
    s, o = min(1.0, nsp_rr), min(1.0, ost_rr)
    return (1 - (1 - s) * c) * (1 - (1 - o) * m) * (1 + min(both - 1, 1 - s, 1 - o) * c * m)


def danger_hcv(p: Params, who: Injecting, habit: Habits, hcv: list[float]) -> list[float]:
    """X_g of HCV."""
    prevalence = p["hcv_prev_ab_us"] * p["hcv_viraemic_share"]
    share = [hcv[g] / who.opening[g] if who.opening[g] > 0 else 0.0 for g in TWO]
    met = who_they_meet(p, who.opening, share)
    out = []
    for g in TWO:
        ratio = (1 - p["mix_in"]) * met[g] / prevalence + p["mix_in"]
        kept = protected(
            habit.coverage[g], who.treated[g], p["coverage_hcv_floor"], p["ost_hcv_rr"], p["both_interaction"]
        )
        out.append(habit.outside[g] * habit.jail_hcv * ratio * kept)
    return out


def infectious(p: Params, infected: Infected, g: int) -> float:
    """Z_g."""
    undiagnosed, diagnosed, suppressed = (infected.hiv[state][g] for state in STATES)
    return undiagnosed + diagnosed + p["hiv_suppressed_rr"] * suppressed


def danger_hiv(p: Params, who: Injecting, habit: Habits, infected: Infected, prevalence: float) -> list[float]:
    """X_g of HIV; `prevalence` is P_V."""
    share = [infectious(p, infected, g) / who.opening[g] if who.opening[g] > 0 else 0.0 for g in TWO]
    met = who_they_meet(p, who.opening, share)
    out = []
    for g in TWO:
        from_here = 1.0 if p["hiv_prev_us"] < PREVALENCE_LEAST else met[g] / prevalence
        ratio = (1 - p["mix_in"]) * from_here + p["mix_in"]
        kept = protected(habit.coverage[g], who.treated[g], p["nsp_hiv_rr"], p["ost_hiv_rr"], p["both_interaction"])
        out.append(habit.outside[g] * habit.jail_hiv * ratio * kept)
    return out


def mean(x: list[float], weight: list[float]) -> float:
    return sum(a * w for a, w in zip(x, weight, strict=True)) / sum(weight)


# ---------------------------------------------------------------------------------------------- the start


def linear(step: Callable[[list[float]], list[float]]) -> list[float]:
    """The x that a step, linear in x (two numbers), leaves as it is."""
    base = step([0.0, 0.0])
    first, second = step([1.0, 0.0]), step([0.0, 1.0])
    a, b = 1 - (first[0] - base[0]), -(second[0] - base[0])
    c, d = -(first[1] - base[1]), 1 - (second[1] - base[1])
    determinant = a * d - b * c
    return [(base[0] * d - b * base[1]) / determinant, (a * base[1] - c * base[0]) / determinant]


def settle(step: Callable[[list[float]], list[float]], x: list[float]) -> list[float]:
    """Repeat a step until it moves nothing by more than 1e-12 of itself."""
    for _ in range(10_000):
        was, x = x, step(x)
        if all(abs(a - b) <= 1e-12 * abs(b) for a, b in zip(was, x, strict=True)):
            return x
    raise ArithmeticError("infection at the start was not found")


def standing_hcv(p: Params, who: Injecting, habit: Habits) -> tuple[list[float], float, float, float]:
    """Infected with HCV, ℓ, ν_C and X̄_0 where nothing moves."""
    n = who.opening
    target = p["hcv_prev_ab_us"] * p["hcv_viraemic_share"] * sum(n)
    found: dict[str, float] = {}

    def infected(hazard: list[float], clearing: float, new: float) -> list[float]:
        def step(x: list[float]) -> list[float]:
            after = Infected(x, [[0.0, 0.0]] * 3)
            return month_of_hcv(who, after.hcv, hazard, [clearing, clearing], new)[0]

        return linear(step)

    def again(x: list[float]) -> list[float]:
        danger = danger_hcv(p, who, habit, x)
        found["mean"] = mean(danger, [n[g] - x[g] for g in TWO])
        hazard = [p["hcv_incidence_us"] * each / found["mean"] for each in danger]
        found["clearing"] = found["new"] = 0.0
        without = sum(infected(hazard, 0.0, 0.0))
        if without >= target:
            found["clearing"] = brentq(
                lambda clearing: sum(infected(hazard, clearing, 0.0)) - target, 0.0, 1e3, xtol=1e-15, rtol=1e-15
            )
        else:
            found["new"] = (target - without) / (sum(infected(hazard, 0.0, 1.0)) - without)
        return infected(hazard, found["clearing"], found["new"])

    x = settle(again, [target * n[g] / sum(n) for g in TWO])
    return x, found["clearing"], found["new"], found["mean"]


def standing_hiv(p: Params, who: Injecting, habit: Habits) -> tuple[list[list[float]], dict[str, float]]:
    """HIV by state and reach, with ν_V, κ, the undiagnosed share, P_V and X̄_0, where nothing moves."""
    n, s = who.opening, p["hiv_suppressed_share"]
    target = p["hiv_prev_us"] * sum(n)
    found: dict[str, float] = {}

    def everybody(hazard: list[float], new: float) -> list[float]:
        """All with HIV, by reach: who is new is infected whatever becomes of them."""

        def step(x: list[float]) -> list[float]:
            joined = who.moved(x, new * who.newcomers)
            return [joined[g] + (who.after[g] - joined[g]) * (1 - math.exp(-hazard[g] * DT)) for g in TWO]

        return linear(step)

    def by_state(hazard: list[float], new: float, suppressing: float, undiagnosed: float) -> list[list[float]]:
        total = who.moved(everybody(hazard, new), new * who.newcomers)
        fresh = [(who.after[g] - total[g]) * (1 - math.exp(-hazard[g] * DT)) for g in TWO]
        brought = new * who.newcomers
        found_, over = math.exp(-p["hiv_diagnosis"] * DT), math.exp(-suppressing * DT)
        first = linear(
            lambda x: [
                j * found_ + f for j, f in zip(who.moved(x, brought * (1 - s) * undiagnosed), fresh, strict=True)
            ]
        )
        told = [j * (1 - found_) for j in who.moved(first, brought * (1 - s) * undiagnosed)]
        second = linear(
            lambda x: [
                j * over + t for j, t in zip(who.moved(x, brought * (1 - s) * (1 - undiagnosed)), told, strict=True)
            ]
        )
        begun = [j * (1 - over) for j in who.moved(second, brought * (1 - s) * (1 - undiagnosed))]
        third = linear(lambda x: [j + b for j, b in zip(who.moved(x, brought * s), begun, strict=True)])
        return [first, second, third]

    def as_those_here(hazard: list[float], new: float, suppressing: float) -> list[list[float]]:
        """States where newcomers are undiagnosed in the share in which those living here are."""

        def off(share: float) -> float:
            first, second, _ = by_state(hazard, new, suppressing, share)
            return sum(first) - share * (sum(first) + sum(second))

        found["undiagnosed"] = brentq(off, 0.0, 1.0, xtol=1e-16, rtol=1e-15)
        return by_state(hazard, new, suppressing, found["undiagnosed"])

    def again(x: list[float]) -> list[float]:
        infected = Infected([0.0, 0.0], [x[0:2], x[2:4], x[4:6]])
        found["prevalence"] = sum(infectious(p, infected, g) for g in TWO) / sum(n)
        danger = danger_hiv(p, who, habit, infected, found["prevalence"])
        found["mean"] = mean(danger, [n[g] - infected.with_hiv(g) for g in TWO])
        hazard = [p["hiv_incidence_us"] * each / found["mean"] for each in danger]
        without, brought = sum(everybody(hazard, 0.0)), sum(everybody(hazard, 1.0))
        found["new"] = max(0.0, (target - without) / (brought - without))

        def suppressed(suppressing: float) -> float:
            states = as_those_here(hazard, found["new"], suppressing)
            return sum(states[SUPPRESSED]) / sum(map(sum, states)) - s

        found["suppressing"] = 0.0
        if suppressed(SUPPRESSION_MOST) <= 0:
            found["suppressing"] = SUPPRESSION_MOST
        elif suppressed(0.0) < 0:
            found["suppressing"] = brentq(suppressed, 0.0, SUPPRESSION_MOST, xtol=1e-15, rtol=1e-15)
        states = as_those_here(hazard, found["new"], found["suppressing"])
        return [*states[0], *states[1], *states[2]]

    split = (0.2 * (1 - s), 0.8 * (1 - s), s)
    x = settle(again, [target * part * n[g] / sum(n) for part in split for g in TWO])
    return [x[0:2], x[2:4], x[4:6]], found


def infection_start(p: Params, who: Injecting, syringes: float) -> InfectionStart:
    """Infection, its levels and the means of today (2.14 "Levels", 2.15) where nothing moves."""
    if sum(who.opening) <= TINY:
        return InfectionStart(Infected([0.0, 0.0], [[0.0, 0.0] for _ in STATES]), Levels())
    habit = habits(p, who.opening, syringes)
    hcv, clearing, newcomers_hcv, mean_hcv = standing_hcv(p, who, habit)
    hiv, found = standing_hiv(p, who, habit)
    levels = Levels(
        clearing=clearing,
        newcomers_hcv=newcomers_hcv,
        newcomers_hiv=found["new"],
        suppressing=found["suppressing"],
        undiagnosed=found["undiagnosed"],
        prevalence_hiv=found["prevalence"],
        mean_hcv=mean_hcv,
        mean_hiv=found["mean"],
        mean_wounds=mean(wounding(p, habit), who.opening),
    )
    return InfectionStart(Infected(hcv, hiv), levels)


# ---------------------------------------------------------------------------------------------- a month


def month_of_hcv(
    who: Injecting, hcv: list[float], hazard: list[float], over: list[float], new_share: float
) -> tuple[list[float], float]:
    """Infected at the month's end, and new infections."""
    joined = who.moved(hcv, new_share * who.newcomers)
    after, new = [], 0.0
    for g in TWO:
        both = hazard[g] + over[g]
        turned = (1 - math.exp(-both * DT)) / both if both > 0 else 0.0
        begun = (who.after[g] - joined[g]) * hazard[g] * turned
        after.append(joined[g] + begun - joined[g] * over[g] * turned)
        new += begun
    return after, new


def month_of_infection(
    p: Params,
    who: Injecting,
    habit: Habits,
    infected: Infected,
    levels: Levels,
    *,
    treatment: float = 0.0,
    testing: float = 1.0,
) -> InfectionMonth:
    """A month of HCV and HIV; `treatment` and `testing` are the levers hcv_treatment and hiv_testing."""
    if levels.mean_hcv == 0:
        return InfectionMonth(infected, 0.0, 0.0)
    hazard = [p["hcv_incidence_us"] * x / levels.mean_hcv for x in danger_hcv(p, who, habit, infected.hcv)]
    over = [levels.clearing, levels.clearing + treatment * p["hcv_cure_injecting"]]
    hcv, new_hcv = month_of_hcv(who, infected.hcv, hazard, over, levels.newcomers_hcv)

    danger = danger_hiv(p, who, habit, infected, levels.prevalence_hiv)
    hazard = [p["hiv_incidence_us"] * x / levels.mean_hiv for x in danger]
    brought, s = levels.newcomers_hiv * who.newcomers, p["hiv_suppressed_share"]
    shares = ((1 - s) * levels.undiagnosed, (1 - s) * (1 - levels.undiagnosed), s)
    joined = [who.moved(infected.hiv[state], brought * shares[state]) for state in STATES]
    hiv: list[list[float]] = [[], [], []]
    new_hiv = 0.0
    for g in TWO:
        undiagnosed, diagnosed, suppressed = (joined[state][g] for state in STATES)
        new = (who.after[g] - undiagnosed - diagnosed - suppressed) * (1 - math.exp(-hazard[g] * DT))
        found = undiagnosed * (1 - math.exp(-p["hiv_diagnosis"] * testing * DT))
        begun = diagnosed * (1 - math.exp(-levels.suppressing * DT))
        hiv[UNDIAGNOSED].append(undiagnosed + new - found)
        hiv[DIAGNOSED].append(diagnosed + found - begun)
        hiv[SUPPRESSED].append(suppressed + begun)
        new_hiv += new
    return InfectionMonth(Infected(hcv, hiv), new_hcv, new_hiv)


# ---------------------------------------------------------------------------------------------- 2.15 wounds


def wounding(p: Params, habit: Habits) -> list[float]:
    """b_g."""
    new = p["reuse_skin_rr"]
    return [
        e * (1 - (1 - new) * c) + sterile * new
        for e, sterile, c in zip(habit.outside, habit.inside, habit.coverage, strict=True)
    ]


def wounds(
    p: Params, who: Injecting, habit: Habits, levels: Levels, smoking: float, care: float
) -> tuple[float, float]:
    """Skin infections, and stays in hospital, of a month; `smoking` people as it opens, `care` the lever wound_care."""
    skin = stays = 0.0
    if levels.mean_wounds > 0:
        for g, b in enumerate(wounding(p, habit)):
            here = who.opening[g] * b / levels.mean_wounds
            skin += here
            stays += here * (1 - care * (1 - p["wound_care_effect"]) * (1.0 if g == 1 else 0.0))
    skin += smoking / p["skin_rr_inject_v_smoke"]
    return skin * p["skin_infection"] / 12, stays * p["abscess_hosp"] / 12


# ---------------------------------------------------------------------------------------------- 9. an outbreak


def outbreak_factor(p: Params, injecting: list[float], treated: list[float], syringes: float) -> float:
    """h: the mean protection of people who inject, today."""
    coverage = habits(p, injecting, syringes).coverage
    kept = [
        protected(coverage[g], treated[g], p["nsp_hiv_rr"], p["ost_hiv_rr"], p["both_interaction"]) for g in TWO
    ]  # fmt: skip
    return mean(kept, injecting)


def outbreak(p: Params, people: float, factor: Callable[[int], float], days: int = OUTBREAK_DAYS) -> list[float]:
    """Infections so far, the first one included, at the opening of each day and at the last one's end, [days + 1]."""
    if people <= TINY:
        return [0.0] * (days + 1)
    undiagnosed, diagnosed = min(1.0, people), 0.0
    susceptible = people - undiagnosed
    told = [people - susceptible]
    for t in range(days):
        new = susceptible * (1 - math.exp(-p["outbreak_beta"] * factor(t) * (undiagnosed + diagnosed) / people))
        ramp = min(1.0, max(0.0, (t - p["outbreak_unseen_days"]) / p["outbreak_ramp_days"]))
        found = undiagnosed * (1 - math.exp(-p["outbreak_casefinding"] * ramp))
        removed = diagnosed * (1 - math.exp(-p["outbreak_removal"]))
        susceptible -= new
        undiagnosed += new - found
        diagnosed += found - removed
        told.append(people - susceptible)
    return told
