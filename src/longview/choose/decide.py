"""The choice itself: count or search, race the finalists on more futures, score the pick on fresh ones.

The futures that the answer is shown on are used for nothing else, so that the pick is not praised for the luck that
chose it (seen: 18.2-18.6 read where the truth was 15.8-16.4).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np

from longview.choose.clash import Clash, clash
from longview.choose.feasible import Space
from longview.choose.floors import floor_month
from longview.choose.judge import TELLINGS, Danger, Evaluate, Floats, Judge, spread_out
from longview.choose.money import Budget
from longview.choose.options import KEEP_THE_MONEY, Levels, Offer, offer
from longview.choose.promises import Promised, Promises
from longview.choose.race import FINALISTS, FINALISTS_EACH, SLACK, Race
from longview.choose.search import Search
from longview.choose.strings import Assumptions, signed_until
from longview.choose.switching import switching_values
from longview.program import Program
from longview.program.months import in_words
from longview.results import Alternative, Comparison, Decision, Flag, Portfolio, interval, paired

NOTICEABLE = 0.05  # of the pick's own gain: with less between them, the answer does not rest on closing
NOTICED = (
    0.5  # of a year of life: nor with less than this, which is hardly any (a pick of nothing has no gain of its own)
)
CHECKED_AT_ONCE = 4  # finalists whose danger is looked at on fresh futures, before the next few
Told = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Rounds:
    """Which futures are used for what, and how many portfolios may be run.

    Attributes:
        fresh: futures that the answer is shown on, used for nothing else.
        race: futures on which finalists are raced.
        screened: how many of those everything is run on first.
        most: portfolios that may be run on them; if no more are affordable, all are run ("enumerated").
        finalists: how many are raced overall; each: and of those with, and without, each option (0: none, so that no
            alternatives and no switching values are looked for).
    """

    fresh: range
    race: range
    screened: int = 64
    most: int = 1000
    finalists: int = FINALISTS
    each: int = FINALISTS_EACH


class NothingAffordableError(Exception):
    """No portfolio keeps the floors with the money there is."""

    def __init__(self, clash: Clash) -> None:
        super().__init__(f"no portfolio keeps {', '.join(clash.floors)}: {clash.lacks} short")
        self.clash = clash


def choose(
    program: Program,
    evaluate: Evaluate,
    *,
    months: int,
    given: Assumptions,
    rounds: Rounds,
    seed: int = 0,
    allow_unclear: tuple[str, ...] = (),
    held: tuple[str, ...] = (),
    near: Sequence[Portfolio] = (),
    promises: Promises | None = None,
    told: Told | None = None,
) -> Decision:
    """The best affordable portfolio: mean life-years gained against today's path, with the danger of closing.

    Args:
        evaluate: simulates portfolios on given futures (`judge.Evaluate`).
        months: the horizon.
        given: what planned money rests on beyond the program's files.
        allow_unclear: options of unclear lawfulness that may be picked all the same.
        held: options that every plan but today's path must hold (a grant that is counted on).
        near: plans by which to begin, where there are too many to try all: those chosen on nearly the same money.
        promises: where given, no plan is picked that makes a promise to a funder less likely to be kept than today's path
            by more than `promises.LESS_LIKELY`; asked of the few best finalists alone, since it needs whole paths.
        told: called with what is being done and the share of it done.

    Raises:
        NothingAffordableError: the floors clash with the money.
    """
    say = told or (lambda words, share: None)
    on_offer = offer(program, months, allow_unclear)
    budget = Budget(program, months, given)
    space = Space(program, on_offer, budget, held)
    say("Adding up what we can afford", 0.0)
    cheapest = space.cheapest()
    if cheapest is None or cheapest[1] > 0:  # said before anything is simulated
        raise NothingAffordableError(clash(space))
    fresh = Judge(evaluate, on_offer, rounds.fresh)
    danger = Danger.of(program, fresh.scores(np.zeros((1, len(on_offer.axes)), dtype=np.int64)))
    judge = Judge(evaluate, on_offer, spread_out(evaluate, rounds.race, min(rounds.screened, len(rounds.race))))
    rows, method = _candidates(space, judge, danger, rounds, seed, near, say)
    if not len(rows):
        raise NothingAffordableError(clash(space))
    race = Race(space, judge, Judge(evaluate, on_offer, rounds.race), danger)
    say("Racing the best on more futures", 0.0)
    finalists = race.finalists(rows, rounds.finalists, rounds.each)
    say("Scoring the pick on fresh futures", 0.0)
    return _decision(program, space, race, finalists, rows, fresh, method, danger, budget, bool(rounds.each), promises)


def _candidates(
    space: Space, judge: Judge, danger: Danger, rounds: Rounds, seed: int, near: Sequence[Portfolio], say: Told
) -> tuple[Levels, str]:
    rows = space.enumerate(rounds.most)
    if rows is not None:
        for first in range(0, len(rows), 64):
            say(f"Trying all {len(rows)} sets of options that we can afford", first / len(rows))
            judge.scores(rows[first : first + 64])
        return rows, "enumerated"
    words = "Looking for the best set of options that we can afford"
    search = Search(space, judge, danger, rounds.most, SLACK, lambda share: say(words, share))
    return search.from_near(_rows(space.offer, near)) if near else search.run(seed), "searched"


def _rows(on_offer: Offer, portfolios: Sequence[Portfolio]) -> Levels:
    """Rows of level numbers of portfolios, without what is not on offer here, [N, options]."""
    rows = np.zeros((len(portfolios), len(on_offer.axes)), dtype=np.int64)
    for i, portfolio in enumerate(portfolios):
        for a, axis in enumerate(on_offer.axes):
            level = portfolio.level(axis.option.id)
            rows[i, a] = axis.levels.index(level) if level in axis.levels else 0
    return rows


def _decision(
    program: Program,
    space: Space,
    race: Race,
    finalists: Levels,
    rows: Levels,
    fresh: Judge,
    method: str,
    danger: Danger,
    budget: Budget,
    each: bool,
    promises: Promises | None,
) -> Decision:
    promised = Promised(space.offer, promises)
    pick = _first_acceptable(space, race.thrifty(finalists), fresh, danger, race.nothing, promised)
    if pick is None:
        raise NothingAffordableError(clash(space, danger, race.screen.scores(rows), race.screen.scores(race.nothing)))
    safe = race.safe(finalists)
    broken = promised.flags(program)  # of plans that came before the pick
    rival = _first_acceptable(space, _rivals(safe, pick), fresh, danger, race.nothing, promised)
    forced, unmatched = _forced(race, safe, rows, pick) if each else ([], {})
    best_open = next((row for row in race.best_open(finalists) if promised.kept(row)), pick)
    shown = [race.nothing[0], pick, best_open, *(row for _, row in forced), *([] if rival is None else [rival])]
    table = np.unique(np.array(shown), axis=0)  # zeros sort first: row 0 is today's path
    comparison = compare_rows(space, fresh.evaluate, table, fresh.futures)
    place = {row.tobytes(): i for i, row in enumerate(table)}
    p, second = place[pick.tobytes()], None if rival is None else place[rival.tobytes()]
    years = comparison.values["closing"]["life_years"]
    return Decision(
        comparison=comparison,
        pick=p,
        runner_up=second,
        tied={t: second is not None and comparison.tied("life_years", p, second, telling=t) for t in TELLINGS},
        rests_on_closing=_clearly_better(comparison, place[best_open.tobytes()], p),
        method="enumerated" if method == "enumerated" else "searched",
        considered=space.offer.count(),
        affordable=len(rows),
        refused={**space.offer.refused, **_never(space, rows)},
        unmatched=unmatched,
        alternatives=tuple(
            Alternative(
                space.offer.ids[a],
                "out" if pick[a] else "in",
                comparison.portfolios[place[row.tobytes()]],
                paired(years[p], years[place[row.tobytes()]]),
                place[row.tobytes()],
            )
            for a, row in forced
        ),
        switching=switching_values(space, race.screen, danger, rows, pick) if each else (),
        score={t: interval(comparison.values[t]["life_years"][p]) for t in TELLINGS},
        flags=(*_flags(program, space, budget, comparison, danger), *broken),
    )


def _rivals(safe: Levels, pick: Levels) -> Levels:
    """Safe finalists that differ from the pick in an option: first those that don't just add to it (the pick was the
    cheapest that can't be told from the best, so what is only added bought nothing)."""
    differ = ((safe > 0) != (pick > 0)).any(axis=1)
    adds = (safe >= pick).all(axis=1)
    return np.concatenate([safe[differ & ~adds], safe[differ & adds]])


def _forced(race: Race, safe: Levels, rows: Levels, pick: Levels) -> tuple[list[tuple[int, Levels]], dict[str, str]]:
    """For each option, the best plan that holds it where the pick does not, or lacks it where the pick does; or why none."""
    found, unmatched = [], {}
    for a, name in enumerate(race.space.offer.ids):
        others = safe[(safe[:, a] > 0) != (pick[a] > 0)]
        best = others[0] if len(others) else race.forced(rows, pick, a)
        if best is not None:
            found.append((a, best))
        elif (rows[:, a] > 0).any() and not (rows[:, a] > 0).all():
            unmatched[name] = "too-dangerous"
        elif pick[a]:
            unmatched[name] = "needed"
    return found, unmatched


def _first_acceptable(
    space: Space, finalists: Levels, fresh: Judge, danger: Danger, nothing: Levels, promised: Promised | None = None
) -> Levels | None:
    """The best finalist that keeps the limits on the fresh futures too: nothing is shown that breaks them."""
    today = fresh.scores(nothing)
    for first in range(0, len(finalists), CHECKED_AT_ONCE):
        some = finalists[first : first + CHECKED_AT_ONCE]
        for i in np.flatnonzero(danger.acceptable(fresh.scores(some), today)):
            if space.paid_to_the_cent(some[i]):
                row = some[i] if promised is None else promised.passes(some[i])
                if row is not None:
                    return cast(Levels, row)
    return None


def _clearly_better(comparison: Comparison, a: int, b: int) -> bool:
    """Whether, while we stay open, `a` does surely and noticeably better than `b`."""
    gap = comparison.mean_difference("life_years", a, b, telling="open")
    own = abs(comparison.mean_difference("life_years", b, telling="open"))
    return a != b and not comparison.tied("life_years", a, b, telling="open") and gap > max(NOTICED, NOTICEABLE * own)


def compare_rows(space: Space, evaluate: Evaluate, rows: Levels, futures: Sequence[int]) -> Comparison:
    """Portfolios (rows of level numbers, today's path first) side by side on the same futures."""
    program = space.program
    portfolios = tuple(space.offer.portfolio(row, None if row.any() else KEEP_THE_MONEY) for row in rows)
    return Comparison(
        portfolios=portfolios,
        first_month=program.starts,
        months=space.budget.months,
        currency=program.currency,
        values=evaluate(portfolios, futures),
        cost=np.array([space.cost(row) for row in rows]),
    )


def _never(space: Space, rows: Levels) -> dict[str, str]:
    """Options on offer that no affordable portfolio holds."""
    held = (rows > 0).sum(axis=0)
    found = {}
    for a, name in enumerate(space.offer.ids):
        if not held[a]:
            alone = np.zeros((1, len(space.offer.axes)), dtype=np.int64)
            alone[0, a] = 1
            paid = bool(space.affordable(alone).all())
            found[name] = "not-tried" if paid else "not-affordable"
    return found


def _flags(program: Program, space: Space, budget: Budget, comparison: Comparison, danger: Danger) -> tuple[Flag, ...]:
    flags = []
    short = float(np.mean(cast(Floats, comparison.values["closing"]["short"])[0]))
    if budget.lacks > 0:
        first = int(np.flatnonzero(budget.relief)[0])
        detail = f"{budget.lacks} {program.currency}, from {program.starts.plus(first)}"
        flags.append(Flag("today-lacks-money", 1.0, detail))
    if short > danger.run_short:
        flags.append(Flag("today-breaks-reserve", short, f"{danger.run_short:g}"))
    unclear = [name for name, why in space.offer.refused.items() if why == "unclear-lawful"]
    if unclear:
        flags.append(Flag("unclear-lawful", 1.0, ", ".join(unclear)))
    if floor_month(program) is not None:
        flags.append(Flag("living-wage-as-stated", 1.0, str(program.living_wage)))
    last = signed_until(program, budget.months)
    if last is not None:
        flags.append(Flag("nothing-signed-after", 1.0, in_words(last)))
    leases = _leases_that_end(program, budget.months)
    if leases:
        flags.append(Flag("lease-ends", 1.0, ", ".join(leases)))
    return tuple(flags)


def _leases_that_end(program: Program, months: int) -> list[str]:
    """Places that are not our own whose lease ends before the plan does, each with its last month."""
    end = program.starts.plus(months - 1)
    rented = [(s.name, s.lease_until) for s in program.sites if s.premises != "owned" and s.lease_until is not None]
    return [f"{name} ({in_words(last)})" for name, last in rented if last < end]


__all__ = ["Clash", "NothingAffordableError", "Offer", "Rounds", "choose", "compare_rows"]
