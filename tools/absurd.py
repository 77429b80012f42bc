"""What no trajectory may do, whatever is drawn: each absurdity with the reason why it is one; and the model's own bounds.

A check looks at every month of every future (the run-off too) and answers for each future whether it was ever absurd.
A bound is no absurdity: it is where a guard of `model/guards.py` or an edge of the equations begins to hold, and `told`
names the flag by which the user hears of it ("" where nothing in what is read would change: then `why` says so).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longview.calibrate.anchor import _most_visits
from longview.model import Start
from longview.model import bounds as b
from longview.model import guards as g
from longview.verbs.futures import Prepared

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

CLOSE = 1e-6
"""Rounding that is no absurdity, relative to the size of the thing."""


@dataclass(frozen=True)
class Run:
    """One telling of a program's path of today: series [F, T] by name (`fund_cash`, `charged` [N, F, T])."""

    ready: Prepared
    seen: Mapping[str, Floats]
    closing: bool

    def __getitem__(self, name: str) -> Floats:
        return self.seen[name]

    def has(self, *names: str) -> bool:
        """Whether this release reports all of these series."""
        return all(name in self.seen for name in names)

    @property
    def p(self) -> Mapping[str, Floats]:
        """Evidence draws, [F]."""
        return self.ready.anchor.futures.p

    def opening(self, name: str, start: Floats) -> Floats:
        """A stock as each month opens, [F, T], from its value at the start, [F]."""
        return np.concatenate([np.asarray(start)[:, None], self[name][:, :-1]], 1)

    @property
    def people_at_start(self) -> Floats:
        """People at the start, [F]."""
        return np.asarray(self.ready.anchor.start.people.sum((0, 1, 2, 3)))


@dataclass(frozen=True)
class Check:
    """An absurdity. `found` answers for each future, [F]; `why` is the reason that nobody could believe it."""

    what: str
    why: str
    found: Callable[[Run], Bools]


def ever(x: NDArray[np.bool_]) -> Bools:
    """Whether it holds in any month, [F]."""
    return np.asarray(x.any(-1))


def yearly(x: Floats) -> Floats:
    """Sums of twelve months in a row, [F, T − 11]."""
    total = np.concatenate([np.zeros_like(x[:, :1]), np.cumsum(x, 1)], 1)
    return np.asarray(total[:, 12:] - total[:, :-12])


NEVER_BELOW_ZERO = (
    "deaths", "deaths_other", "overdoses", "reversals", "people", "reached", "on_moud", "visits", "kits_given",
    "syringes_given", "kits_held", "days_closed", "posts_filled", "quits", "backlog", "owed", "income", "spending", "stopped",
    "gone",
    "fund_cash", "charged", "fees", "returned", "hcv_infections", "hiv_infections", "injecting", "skin_infections",
    "wounds_hospital",
)  # fmt: skip

SHARES = (
    "turned_away", "open_share", "burnout", "fires", "readiness", "condition", "rationing", "naloxone_met", "ran_out",
    "closed",
)  # fmt: skip


def _not_a_number(run: Run) -> Bools:
    return np.any([~np.isfinite(x).reshape(-1, *x.shape[-2:]).all((0, -1)) for x in run.seen.values()], axis=0)


def _negative(run: Run) -> Bools:
    low = [run[n].reshape(-1, *run[n].shape[-2:]) for n in NEVER_BELOW_ZERO if run.has(n)]
    return np.any([(x < -CLOSE * np.maximum(x.max(), 1.0)).any((0, -1)) for x in low], axis=0)


def _outside_shares(run: Run) -> Bools:
    shares = [run[n] for n in SHARES if run.has(n)]
    return np.any([ever((x < -CLOSE) | (x > 1.0 + CLOSE)) for x in shares], axis=0)


def _more_dead_than_people(run: Run) -> Bools:
    opened = run.opening("people", run.people_at_start)
    return ever(run["deaths"] + run["deaths_other"] > opened)


def _more_than(part: str, whole: str) -> Callable[[Run], Bools]:
    return lambda run: ever(run[part] > run[whole] * (1.0 + CLOSE) + CLOSE)


def _times_today(name: str, least: float, most: float, start: Callable[[Run], Floats]) -> Callable[[Run], Bools]:
    def found(run: Run) -> Bools:
        today = start(run)[:, None]
        return ever((run[name] > most * today + 1.0) | (run[name] < least * today))

    return found


def _kits_from_nowhere(run: Run) -> Bools:
    start = run.ready.anchor.start
    came = np.cumsum(run["kits_given"] + np.asarray(start.other_kits)[:, None], 1)
    return ever(run["kits_held"] > (np.asarray(start.kits.sum(0))[:, None] + came) * (1.0 + CLOSE))


def _more_used_than_held(run: Run) -> Bools:
    """Kits used so far against all that there have been: those held at the start and all that were given."""
    start = run.ready.anchor.start
    used = np.cumsum(run["reversals"], 1) * (run.p["doses_per_reversal"] / 2.0)[:, None]
    been = np.asarray(start.kits.sum(0))[:, None] + np.cumsum(
        run["kits_given"] + np.asarray(start.other_kits)[:, None], 1
    )
    # Past its end a stock cannot go: `used` is then held down, while overdoses met go on being told.
    return ever(used > been * (1.0 + CLOSE) + 1.0)


def _per_person_year(name: str, most: float) -> Callable[[Run], Bools]:
    return lambda run: ever(yearly(run[name]) > most * yearly(run["people"]) / 12.0)


def _deaths_against_today(run: Run) -> Bools:
    start = run.ready.anchor.targets
    return ever(yearly(run["deaths"] + run["deaths_other"]) > 6.0 * np.asarray(start.deaths)[:, None])


def _too_many_workers(run: Run) -> Bools:
    return ever(run["posts_filled"] > sum(post.people for post in run.ready.program.posts) + CLOSE)


def _leaves_too_often(run: Run) -> Bools:
    places = max(sum(post.people for post in run.ready.program.posts), 1)
    return ever(yearly(run["quits"]) > 5.0 * (places + 1))


def _money_from_nowhere(run: Run) -> Bools:
    opened = float(run.ready.program.free_cash) + sum(float(f.opening_balance) for f in run.ready.program.funds)
    had = run["free_cash"] + run["fund_cash"].sum(0)
    return ever(had > opened + np.cumsum(run["income"], 1) + CLOSE * (1.0 + np.abs(had)))


def _books_do_not_close(run: Run) -> Bools:
    """Money in hand moves by income less spending and what goes back, to the cent in a thousand."""
    opened = float(run.ready.program.free_cash) + sum(float(f.opening_balance) for f in run.ready.program.funds)
    had = run["free_cash"] + run["fund_cash"].sum(0)
    moved = np.cumsum(run["income"] - run["spending"] - run["returned"], 1)
    scale = np.abs(had) + np.cumsum(run["income"] + run["spending"], 1) + 1.0
    return ever(np.abs(had - opened - moved) > 1e-5 * scale)


def _paid_when_gone(run: Run) -> Bools:
    gone = run.opening("closed", np.zeros(run["closed"].shape[0])) > 0.5
    alive = (
        (run["spending"] > CLOSE) | (run["visits"] > CLOSE) | (run["reached"] > CLOSE) | (run["posts_filled"] > CLOSE)
    )
    return ever(gone & alive)


def _spends_far_more(run: Run) -> Bools:
    year = 12.0 * np.asarray(run.ready.anchor.start.cost)[:, None]
    worth = sum(float(s.replacement_value or 0) for s in run.ready.program.sites if s.ours_to_keep)
    return ever(yearly(run["spending"]) > 4.0 * year + 2.0 * worth)


def _paid_hours(run: Run) -> Floats:
    """Hours a month of those here today, volunteers' too."""
    hours = run.ready.anchor.targets.hours
    here = sum(post.filled * post.hours for post in run.ready.program.posts) * g.WEEKS_A_MONTH
    return np.asarray(np.where(hours < 0.0, here, hours))


def _repairs_beyond_the_house(run: Run) -> Bools:
    worth = sum(float(s.replacement_value or 0) for s in run.ready.program.sites if s.ours_to_keep)
    return ever(run["backlog"] > 3.0 * worth + CLOSE)


def _crowds_at_the_door(run: Run) -> Bools:
    opened = run.opening("reached", np.asarray(run.ready.anchor.start.people[:, 1].sum((0, 1, 2))))
    return ever(run["visits"] > 31.0 * opened + CLOSE)


def _per_person_injecting(name: str, most: float) -> Callable[[Run], Bools]:
    """More a year than so many for each person who injects."""
    return lambda run: ever(yearly(run[name]) > most * yearly(run["injecting"]) / 12.0 + CLOSE)


CHECKS: tuple[Check, ...] = (
    Check("a series that is no number", "an equation divided by nothing", _not_a_number),
    Check(
        "fewer than nobody, or less than nothing",
        "people, kits, visits, posts, debts to us cannot be negative",
        _negative,
    ),
    Check("a share outside 0-1", "shares are of a whole", _outside_shares),
    Check("more deaths in a month than people", "the dead were alive", _more_dead_than_people),
    Check("more overdose deaths than overdoses", "each death is an overdose", _more_than("deaths", "overdoses")),
    Check("more overdoses met than overdoses", "each is one", _more_than("reversals", "overdoses")),
    Check("more people reached than people", "the reached are among them", _more_than("reached", "people")),
    Check("more people on medication than people", "likewise", _more_than("on_moud", "people")),
    Check(
        "people halve or grow by half",
        "about one in ten leaves or dies a year and as many come: in seven years no county has emptied or filled so",
        _times_today("people", 0.5, 1.5, lambda r: r.people_at_start),
    ),
    Check("more kits in hands than there have been", "kits do not multiply", _kits_from_nowhere),
    Check(
        "more kits used than there have been, by more than a kit",
        "a kit is used once",
        _more_used_than_held,
    ),
    Check(
        "more than 6 overdoses a person and year",
        "the most that any study tells is near 1, of people who inject fentanyl; a supply at its worst is 4.5 times today's",
        _per_person_year("overdoses", 6.0),
    ),
    Check(
        "more than 15 in 100 die of overdose in a year",
        "the worst blocks of the worst year lost 3 to 5 in 100 of those who use",
        _per_person_year("deaths", 0.15),
    ),
    Check(
        "a year with six times today's overdose deaths",
        "the worst rise of any US state in ten years was fourfold",
        _deaths_against_today,
    ),
    Check(
        "more than three times today's visits, nothing having been added",
        "posts, doors and people are today's but for empty places",
        _times_today("visits", 0.0, 3.0, lambda r: np.asarray(r.ready.anchor.targets.visits)),
    ),
    Check(
        "more than three times today's kits, nothing having been added",
        "likewise",
        _times_today("kits_given", 0.0, 3.0, lambda r: np.asarray(r.ready.anchor.targets.kits)),
    ),
    Check("more than 31 visits a month of each person reached", "that is one a day", _crowds_at_the_door),
    Check("more workers than places", "hiring fills places and no more", _too_many_workers),
    Check(
        "more leave in a year than five times the places and five",
        "nobody could be hired and leave again every ten weeks, all year and everywhere (five more by bad luck)",
        _leaves_too_often,
    ),
    Check("more money in hand than ever came", "money does not multiply", _money_from_nowhere),
    Check("books that do not close", "what is in hand is what came less what went", _books_do_not_close),
    Check("a closed program that pays, serves or reaches", "it is closed", _paid_when_gone),
    Check(
        "a year that costs four times today's, and twice the house besides",
        "prices double in twenty years, and a house fails once",
        _spends_far_more,
    ),
    Check("repairs put off beyond three times the house", "it would be built anew", _repairs_beyond_the_house),
    Check(
        "more than 12 visits an hour that is paid, all year",
        "that is one in five minutes, with nobody away, nothing to clean and no door to open",
        lambda r: np.asarray(r.ready.anchor.targets.visits > 12.0 * _paid_hours(r)),
    ),
    Check(
        "more people who inject than people",
        "they are among them",
        _more_than("injecting", "people"),
    ),
    Check(
        "more than 60 new hepatitis C infections a year for 100 people who inject",
        "the most that any study tells, of young people in their first years, is near 45 for 100 without it",
        _per_person_injecting("hcv_infections", 0.6),
    ),
    Check(
        "more than 15 new HIV infections a year for 100 people who inject",
        "the worst outbreak of the country infected one in five within a year of a few hundred people; here no outbreak is run",
        _per_person_injecting("hiv_infections", 0.15),
    ),
    Check(
        "more than 6 skin infections a year for each person who injects",
        "one every two months of everybody, those who smoke counted in",
        _per_person_injecting("skin_infections", 6.0),
    ),
    Check(
        "more than one stay in hospital for a wound a year for each person who injects",
        "studies tell of one for ten or twenty",
        _per_person_injecting("wounds_hospital", 1.0),
    ),
    Check("more days closed than days", "a month has 31", lambda r: ever(r["days_closed"] > 31.0)),
)


@dataclass(frozen=True)
class Bound:
    """A guard or an edge: `hit` answers for each future, [F]. `told`: the flag that the user reads; "" and `why` not."""

    what: str
    told: str
    hit: Callable[[Run], Bools]
    why: str = ""


def _start(run: Run) -> Start:
    return run.ready.anchor.start


def _reach_clipped(run: Run) -> Bools:
    held = run.ready.anchor
    return np.asarray(
        held.targets.participants / (1.0 + 12.0 * run.p["lapse_month"]) >= g.REACH_MOST * held.targets.people
    )


def _in_plan(code: str) -> Callable[[Run], Bools]:
    """A bound of the run, as the outlook's flags count it: within the plan, the run-off left out."""

    def hit(run: Run) -> Bools:
        held, months = run.ready.anchor, run.ready.model.horizon
        series = {name: x[..., :months] for name, x in run.seen.items()}
        return b.bounds_met(run.ready.evidence, held.futures, held.start, series)[code]

    return hit


def _pressure_clipped(run: Run) -> Bools:
    load = b.load(run["turned_away"], run.p["visit_sharpness"]) / np.asarray(_start(run).load)[:, None]
    return ever((np.abs(load - 1.0) > g.PRESSURE_SPAN) & b.at_work(run.seen))


def _hardly_burnt_out(run: Run) -> Bools:
    return ever((run["burnout"] < 1.5 * g.MULTIPLIER_LEAST) & b.at_work(run.seen))


def _private_places_clipped(run: Run) -> Bools:
    """Whether what is known of public places leaves less than none, or more than all, for private ones."""
    p, out = run.p, []
    for whole, public in (("od_witnessed", "od_witnessed_public"), ("call_911_overall", "call_911_public")):
        private = (p[whole] - p["od_public_share"] * p[public]) / (1.0 - p["od_public_share"])
        out.append((private < 0.0) | (private > 1.0))
    return np.asarray(np.any(out, axis=0))


BOUNDS: tuple[Bound, ...] = (
    Bound("REACH_MOST: more participants than people", "more-participants-than-people", _reach_clipped),
    Bound(
        "LEVEL_LOW, LEVEL_HIGH: deaths far from what people and evidence imply",
        "overdose-level-outside-evidence",
        lambda r: b.deaths_odd(_start(r), r.ready.anchor.futures),
    ),
    Bound(
        "treatment begins by referral alone",
        "treatment-level-at-bound",
        lambda r: np.asarray(_start(r).bound > 0),
    ),
    Bound(
        "VISITS_AN_HOUR, where none are counted",
        "visits-beyond-hours",
        lambda r: np.asarray(r.ready.anchor.targets.visits == _most_visits(r.ready.program)),
    ),
    Bound("NALOXONE_MOST, for everybody", "naloxone-saturated", lambda r: b.naloxone_everywhere(_start(r))),
    Bound(
        "NALOXONE_MOST, for those in touch alone",
        "naloxone-saturated-reached",
        lambda r: b.naloxone_among_the_reached(_start(r)),
    ),
    Bound("coverage 1, those in touch", "syringes-saturated", lambda r: b.syringes_enough(_start(r), r.p)),
    Bound(
        "HIV rarer than its incidence makes it", "hiv-below-incidence", lambda r: np.asarray(_start(r).hiv_below > 0)
    ),
    Bound("SUPPLY_MOST", "supply-at-bound", _in_plan("supply-at-bound")),
    Bound("LOAD_MOST, or burnout at its most", "overload-at-bound", _in_plan("overload-at-bound")),
    Bound("FIRES_MOST", "fires-at-bound", _in_plan("fires-at-bound")),
    Bound("CONDITION_LEAST", "building-at-bound", _in_plan("building-at-bound")),
    Bound(
        "MULTIPLIER_LEAST: burnout at its least", "", _hardly_burnt_out, "hardly anybody burnt out reads as just that"
    ),
    Bound(
        "PRESSURE_SPAN",
        "",
        _pressure_clipped,
        "crises stop growing with load; what is shown of them keeps inside FIRES_MOST",
    ),
    Bound(
        "witnessing or calling in private places, 0 or 1",
        "",
        _private_places_clipped,
        "the rows' tails contradict each other; the mean over places is as drawn or nearly",
    ),
)
