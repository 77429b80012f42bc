"""Kind "ranking": interventions in order of what they bring for their cost, beside another's order; the best set within a budget.

Every group of people is a place of its own at rest; an intervention's effect is the sum over places. Money is discounted a year
at a time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from longview.evidence import Evidence
from longview.model import simulate
from longview.program import Month
from longview.results import Choice, Portfolio
from longview.validation.form import Arm, Reading, Study
from longview.validation.measures import series
from longview.validation.place import Place, inputs, made_program, option_name, settle, stated, with_arms
from longview.validation.ranking_form import CostForm, PlaceForm, RankingForm
from longview.validation.ranks import best_set, every_set, kendall, per_cost, ranks, spearman

Floats = NDArray[np.float64]
Set = Mapping[str, float]
"""A set of interventions: name → level (1: all of it)."""

MEASURES: Mapping[str, str] = {
    "spearman": "Spearman's rank correlation of ours with theirs",
    "kendall": "Kendall's rank correlation (tau-b) of ours with theirs",
    "spearman_their_effects": "Spearman's, ours run with what `effects` takes from theirs",
    "kendall_their_effects": "Kendall's, likewise",
    "per_cost": "benefit for each unit of money, of an intervention (`arm`)",
    "rank": "its rank, 1 the best",
    "benefit": "what it brings, in money",
    "cost": "what it costs",
}
TRAJECTORIES = 4_000
"""In one call of the model, so that its series fit an old laptop's memory."""


@dataclass(frozen=True)
class Totals:
    """What sets come to against nothing done.

    Attributes:
        benefit, cost: discounted money, [S, F]. averted: events by benefit, [N, S, F]. numbers: which futures.
    """

    benefit: Floats
    cost: Floats
    averted: Floats
    numbers: NDArray[np.intp]

    @property
    def per_cost(self) -> Floats:
        """Benefit for each unit of money, [S, F]."""
        return per_cost(self.benefit, self.cost)

    @property
    def middle(self) -> Floats:
        """Mean benefit over mean cost, [S]: what is ranked."""
        return per_cost(self.benefit.mean(1), self.cost.mean(1))


@dataclass(frozen=True)
class BestSets:
    """The best set within a budget, ours and theirs.

    Attributes:
        chance: share of futures in which ours is the best that can be afforded.
        cost_a_year, benefit_a_year: of ours.
        theirs_here: what their set brings a year by our model; None where it costs more than the budget here.
    """

    a_year: float
    ours: Set
    theirs: Set
    chance: float
    cost_a_year: float
    benefit_a_year: float
    theirs_here: float | None


@dataclass(frozen=True)
class Ranking:
    """A ranking of ours beside theirs; the first axis of every array is that of `form.interventions`."""

    form: RankingForm
    theirs: Floats
    ours: Totals
    their_effects: Totals
    best: tuple[BestSets, ...]
    years: int

    @property
    def ranks(self) -> Floats:
        """Of ours, [I, F]."""
        return ranks(self.ours.per_cost)

    def value(self, name: str, reading: Reading) -> Floats:
        """A measure, a value a future, [F]."""
        i = self.form.names.index(name)
        match reading.measure:
            case "spearman":
                out = self.correlations(self.ours, spearman)
            case "kendall":
                out = self.correlations(self.ours, kendall)
            case "spearman_their_effects":
                out = self.correlations(self.their_effects, spearman)
            case "kendall_their_effects":
                out = self.correlations(self.their_effects, kendall)
            case "rank":
                out = self.ranks[i]
            case measure:
                out = getattr(self.ours, measure)[i]
        return np.asarray(out * reading.times)

    def correlations(self, of: Totals, how: object) -> Floats:
        """Rank correlation with theirs in each future, [F]."""
        assert callable(how)
        return np.asarray([how(self.theirs, column) for column in of.per_cost.T])


def run_ranking(study: Study, evidence: Evidence) -> Ranking:
    """The ranking of a study.

    Raises:
        ValueError: what the study states of a place contradicts itself.
    """
    form = study.table["read"]
    assert isinstance(form, RankingForm)
    singles: list[Set] = [{name: 1.0} for name in form.names]
    ours = totals(study, form, evidence, singles, effects=False)
    with_theirs = totals(study, form, evidence, singles, effects=True)
    theirs = np.asarray(
        [float(per_cost(np.asarray(i.theirs.benefit), np.asarray(i.theirs.cost))) for i in form.interventions]
    )
    best = best_sets(study, form, evidence) if form.budgets else ()
    return Ranking(form, theirs, ours, with_theirs, best, years(form))


def years(form: RankingForm) -> int:
    """Years that the places run."""
    return int(form.places[0].population.get("years", 5))


def best_sets(study: Study, form: RankingForm, evidence: Evidence) -> tuple[BestSets, ...]:
    """The best of all sets within each budget, looked at one by one."""
    fewer = replace(study, futures=min(study.futures, form.set_futures))
    levels = every_set(form.names, form.levels, form.barred)
    sets = [_named(form, row) for row in levels]
    found = totals(fewer, form, evidence, sets, effects=False)
    n = years(form)
    out = []
    for budget in form.budgets:
        best = best_set(found.benefit, found.cost, budget.a_year * n)
        theirs = sets.index(dict(budget.theirs)) if dict(budget.theirs) in sets else None
        within = theirs is not None and found.cost[theirs].mean() <= budget.a_year * n
        out.append(
            BestSets(
                budget.a_year, sets[best.which], budget.theirs, best.chance, float(found.cost[best.which].mean()) / n,
                float(found.benefit[best.which].mean()) / n,
                float(found.benefit[theirs].mean()) / n if theirs is not None and within else None,
            )
        )  # fmt: skip
    return tuple(out)


def _named(form: RankingForm, levels: Sequence[float]) -> Set:
    return {name: level for name, level in zip(form.names, levels, strict=True) if level}


def totals(study: Study, form: RankingForm, evidence: Evidence, sets: Sequence[Set], *, effects: bool) -> Totals:
    """What each set comes to, on the futures that settle in every place."""
    run = [_run_place(study, form, place, evidence, sets, effects) for place in form.places]
    numbers = run[0].numbers
    for one in run[1:]:
        numbers = np.intersect1d(numbers, one.numbers)
    kept = [one.take(numbers) for one in run]
    averted = np.sum([one.averted for one in kept], axis=0)
    money = np.sum([one.benefit for one in kept], axis=0)
    cost = np.sum([one.cost for one in kept], axis=0) + _elsewhere(form, study, sets, years(form))[:, None]
    return Totals(money, cost, averted, numbers)


def _elsewhere(form: RankingForm, study: Study, sets: Sequence[Set], n: int) -> Floats:
    """Costs that no place's run tells: what is paid once, and for a number of people, [S]."""
    out = np.zeros(len(sets))
    for i, chosen in enumerate(sets):
        for one in form.interventions:
            level = chosen.get(one.name, 0.0)
            for cost in one.costs:
                out[i] += cost.once * (level > 0.0)
                if cost.people is not None:
                    each = np.full((1, 12 * n), cost.people)
                    out[i] += level * cost.unit * covered(each, cost, yearly(study.discount, 12 * n))[0]
    return out


def yearly(discount: float, months: int) -> Floats:
    """A month's weight, the same all through a year, [T]."""
    return np.asarray((1.0 + discount) ** -(np.arange(months) // 12).astype(float))


def covered(people: Floats, cost: CostForm, weights: Floats) -> Floats:
    """Person-years covered, weighed, [F]: a share of people ([F, T]) that is reached over some months."""
    t = np.arange(people.shape[1])
    way = np.minimum(1.0, (t + 1.0) / cost.months) if cost.months >= 1.0 else np.ones(len(t))
    return np.asarray((people * way * weights).sum(1) * (cost.share or 0.0) / 12.0)


@dataclass(frozen=True)
class _Placed:
    """Totals of one place, of every set: benefit and cost [S, F], averted [N, S, F]."""

    benefit: Floats
    cost: Floats
    averted: Floats
    numbers: NDArray[np.intp]

    def take(self, numbers: NDArray[np.intp]) -> _Placed:
        at = np.flatnonzero(np.isin(self.numbers, numbers))
        return _Placed(self.benefit[:, at], self.cost[:, at], self.averted[:, :, at], numbers)


Key = tuple[tuple[str, float], ...]
"""What of a set acts or costs in one place."""


def _run_place(
    study: Study, form: RankingForm, at: PlaceForm, evidence: Evidence, sets: Sequence[Set], effects: bool
) -> _Placed:
    place, arms = _settled(study, form, at, evidence, effects)
    acting = [i.name for i in form.interventions if at.name in i.moves or any(c.place == at.name for c in i.costs)]
    keys = [tuple((name, s[name]) for name in acting if name in s) for s in sets]
    distinct = list(dict.fromkeys([(), *keys]))
    told = _told(study, form, at, place, arms, distinct)
    averted, benefit, cost = (np.asarray([told[key][i] for key in keys]) for i in range(3))
    return _Placed(benefit, cost, np.moveaxis(averted, 1, 0), place.futures.numbers)


def _settled(
    study: Study, form: RankingForm, at: PlaceForm, evidence: Evidence, effects: bool
) -> tuple[Place, Mapping[str, Arm]]:
    own = {**study.evidence, **at.evidence, **(at.effects if effects else {})}
    here = replace(study, population=at.population, evidence=own, arms=(Arm(at.name),))
    population, own = inputs(here, here.arms[0])
    arms = {i.name: Arm(i.name, i.moves[at.name]) for i in form.interventions if at.name in i.moves}
    program = with_arms(made_program(here, population, own), tuple(arms.values()))
    return settle(here, program, population, stated(evidence, own), None), arms


def _told(
    study: Study, form: RankingForm, at: PlaceForm, place: Place, arms: Mapping[str, Arm], keys: Sequence[Key]
) -> dict[Key, tuple[Floats, Floats, Floats]]:
    """Events averted [N, F], benefit [F] and cost [F] of what acts in one place, against nothing done, the first of `keys`."""
    needed = {b.measure for b in form.benefits} | {
        c.measure for one in form.interventions for c in one.costs if c.place == at.name
    }
    weights = yearly(study.discount, place.model.horizon)
    first = place.model.program.starts
    portfolios = [Portfolio(str(i), _choices(key, arms, first)) for i, key in enumerate(keys)]
    block = max(1, TRAJECTORIES // place.futures.count)
    base: dict[str, Floats] = {}
    out = {}
    for start in range(0, len(keys), block):
        result = simulate(
            place.model, place.futures, place.start, portfolios[start : start + block], open_only=True, paths=True,
            expected=not study.luck, engine="numpy", dtype="float64", chunk=TRAJECTORIES // 2, threads=2,
        )  # fmt: skip
        assert result.seen is not None
        for i, key in enumerate(keys[start : start + block]):
            seen = series(result.seen, i, place.start, place.futures, place.model.horizon)
            now = {name: seen[name] for name in needed}
            base = base or now
            out[key] = _against(form, at, key, base, now, weights)
    return out


def _against(
    form: RankingForm, at: PlaceForm, key: Key, base: Mapping[str, Floats], now: Mapping[str, Floats], weights: Floats
) -> tuple[Floats, Floats, Floats]:
    fewer = np.asarray([base[b.measure] - now[b.measure] for b in form.benefits])
    money = np.asarray([b.money for b in form.benefits])
    cost = np.zeros(fewer.shape[1])
    for name, level in key:
        for one in form.interventions[form.names.index(name)].costs:
            if one.place != at.name:
                continue
            if one.share is not None:
                cost += level * one.unit * covered(now[one.measure], one, weights)
            else:
                cost += one.unit * ((now[one.measure] - base[one.measure]) * weights).sum(1) / 12.0
    return fewer.sum(2), money @ (fewer * weights).sum(2), cost


def _choices(key: Key, arms: Mapping[str, Arm], first: Month) -> tuple[Choice, ...]:
    return tuple(
        Choice(option_name(arms[name], move.lever), level, first.plus(move.start))
        for name, level in key
        if name in arms
        for move in arms[name].levers
    )
