"""`dilemma`: two things that the same money could do, and keeping it in hand, on the same futures (decision 0404)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from longview.choose import (
    LETTER,
    Assumptions,
    Offer,
    Sized,
    Sizing,
    Theme,
    assumptions,
    candidates,
    explained,
    leading,
    missing,
    money_in,
    offer,
    ordered,
    repaid,
    side_name,
    usual_money,
    with_money,
    worth,
)
from longview.gather import filled_in
from longview.program import Month, Program
from longview.results import ROWS, Comparison, Dilemma, Portfolio, Side, Telling, Who
from longview.results.dilemma import first
from longview.verbs import Progress, WrongUseError
from longview.verbs.compare import picks
from longview.verbs.futures import TELLINGS, TODAY, Floats, Prepared, outcomes, prepare, price_base
from longview.verbs.lift import Lift
from longview.verbs.ready import ready
from longview.verbs.turns import SIDES, Turns, turns

HORIZONS = (1, 3, 5)
FEW = 128  # futures on which the options of a side are put in order
FUTURES = 500  # with as many others, those of `outlook` and `compare`: their start is at hand
SHORTER = 256  # futures over the shorter horizons: with four rows, one whole chunk
OWN, LONG_VIEW = "own", "fires-or-long-view"


@dataclass(frozen=True)
class DilemmaReport:
    """A dilemma, and how many of the program's figures are not its own yet."""

    program: Program
    dilemma: Dilemma
    filled: int = 0


@dataclass(frozen=True)
class Asked:
    """What is asked: options of each side, the first to get the money first; `most`: option → level, where one was named."""

    id: str
    options: Mapping[Who, tuple[str, ...]]
    most: Mapping[str, float] = field(default_factory=dict)
    missing: Mapping[Who, str] = field(default_factory=dict)


def dilemma(
    path: Path,
    names: Sequence[str],
    *,
    money: float | None = None,
    years: int = 5,
    futures: int = FUTURES,
    seed: int = 0,
    as_of: Month | None = None,
    progress: Progress | None = None,
) -> DilemmaReport:
    """One dilemma of the letter (`hours-or-building` …), or one between two of the program's own options.

    Args:
        names: the dilemma's name; or two options, each typed as for `compare`.
        money: a year, nominal; None: about 6% of a year's spending.

    Raises:
        NotReadyError: the program's files have problems.
        WrongUseError: no such dilemma, option or level; money of no use.
    """
    program = ready(path, as_of)
    if money is not None and not 1.0 <= money <= 1e8:
        raise WrongUseError(f"--money: {money:g} is no sum to decide about; type what there is a year, like 25000.")
    on_offer = offer(program, 12 * years, tuple(o.id for o in program.options))
    own = _own(program, on_offer, names) if len(names) == 2 else None
    if own is None and (len(names) != 1 or names[0] not in LETTER):
        typed, known = " ".join(names) or "(nothing typed)", ", ".join(LETTER)
        raise WrongUseError(f"There is no dilemma {typed}. There are: {known}; or type two of your own options.")
    filled = filled_in(path, program)
    if own is None:
        lacking = _themes(program, years, names[0])
        if lacking.missing:
            return DilemmaReport(program, _not_made(program, lacking, money or 0.0, years), filled)
    prepared = prepare(program, years=years, futures=2 * futures, seed=seed, progress=progress)
    table = Table(program, prepared, money, futures)
    return DilemmaReport(program, table.answers([own] if own else table.letters(names))[0], filled)


def dilemmas(program: Program, prepared: Prepared, *, money: float | None = None) -> tuple[Dilemma, ...]:
    """The letter's three dilemmas on futures that are at hand; a side that can't be made stands in `missing`.

    Args:
        prepared: futures of the program. Where they were prepared for `with_money(program, years)` nothing is compiled anew.
    """
    table = Table(program, prepared, money)
    return table.answers(table.letters(list(LETTER)))


def _own(program: Program, on_offer: Offer, names: Sequence[str]) -> Asked:
    """Two of the program's own options.

    Raises:
        WrongUseError: no such option or level, or options that may not stand together.
    """
    most: dict[str, float] = {}
    options: dict[Who, tuple[str, ...]] = {"keep": ()}
    for who, name in zip(("a", "b"), names, strict=True):
        picks(program, on_offer, name)
        parts = [part.strip().partition("=") for part in name.split("+")]
        options["a" if who == "a" else "b"] = tuple(option.strip() for option, _, _ in parts)
        most |= {option.strip(): float(level) for option, _, level in parts if level}
    return Asked(OWN, options, most)


def _themes(program: Program, years: int, name: str) -> Asked:
    """A dilemma of the letter with the options that its sides could have, in the order of their ids."""
    on_offer = offer(program, 12 * years)
    sides: dict[Who, Theme] = dict(zip(("a", "b"), LETTER[name], strict=True))
    found = {who: candidates(program, on_offer, theme) for who, theme in sides.items()}
    lacks = {who: missing(program, sides[who]) for who, options in found.items() if not options}
    return Asked(name, {**found, "keep": ()}, missing=lacks)


def _not_made(program: Program, asked: Asked, money: float, years: int) -> Dilemma:
    return Dilemma(
        asked.id,
        money,
        program.currency,
        (),
        _horizons(years),
        (),
        dict.fromkeys(TELLINGS, None),
        missing=asked.missing,
    )


def _horizons(years: int) -> tuple[int, ...]:
    return tuple(sorted({*(h for h in HORIZONS if h < years), years}))


class Table:
    """Dilemmas of one program on the same futures: what each side does over each horizon, and what comes of it.

    Attributes:
        shown, fresh: futures of the answer, and as many others on which it is seen whether turning points hold.
    """

    def __init__(self, program: Program, prepared: Prepared, money: float | None = None, most: int = FUTURES) -> None:
        self.program, self.years = program, prepared.model.horizon // 12
        self.prepared = _with_money(prepared, self.years)
        half = min(most, max(1, prepared.count // 2))
        self.shown, self.fresh = np.arange(half), np.arange(half, min(prepared.count, 2 * half))
        self.given: Assumptions = assumptions(program, prepared.evidence, price_base(program))
        self.money = usual_money(program, self.given) if money is None else money
        self.offer = offer(program, 12 * self.years, tuple(o.id for o in program.options))
        self.horizons = _horizons(self.years)
        self.sizing = {h: Sizing(program, self.offer.axes, 12 * h, self.given) for h in self.horizons}

    def letters(self, names: Sequence[str]) -> list[Asked]:
        """Dilemmas of the letter, with the options of each side in the order in which they get the money."""
        asked = [_themes(self.program, self.years, name) for name in names]
        themes: dict[tuple[str, Who], Theme] = {
            (name, who): theme for name in names for who, theme in zip(SIDES, LETTER[name], strict=False)
        }
        open_ones: dict[tuple[str, Who], tuple[str, ...]] = {
            (one.id, who): one.options[who] for one in asked if not one.missing for who in SIDES
            if len(one.options[who]) > 1
        }  # fmt: skip
        alone = {
            option: self.sizing[self.years].size([option], self.money)
            for options in open_ones.values() for option in options
        }  # fmt: skip
        if not alone:
            return asked
        rows = [TODAY, self.kept(self.money), *(self.portfolio(sized, self.money) for sized in alone.values())]
        values = self.run(rows, self.years, "open", self.shown[:FEW])
        place = {option: 2 + i for i, option in enumerate(alone)}

        def in_order(key: tuple[str, Who]) -> tuple[str, ...]:
            """By what each alone does for the same money on a few futures, while we stay open."""
            theme, options = themes[key], open_ones[key]
            found = values[theme.by].mean(axis=1)
            gain = found[[place[option] for option in options]] - found[1]
            spent = np.array([sum(alone[option].spent) for option in options])
            return leading(self.program, theme, ordered(options, gain, spent, theme.better))

        out = []
        for one in asked:
            options = {
                who: in_order((one.id, who)) if (one.id, who) in open_ones else one.options[who] for who in SIDES
            }
            out.append(replace(one, options=options))
        return out

    def portfolio(self, sized: Sized, money: float, price: float = 1.0) -> Portfolio:
        """A side with the money that it has; what its prices are above the files' goes out as less money coming in."""
        incoming = [money - (1.0 - 1.0 / price) * spent for spent in sized.spent]
        return Portfolio("side", (*sized.choices, *money_in(self.program, incoming)))

    def kept(self, money: float, years: int | None = None) -> Portfolio:
        """Keeping the money in hand."""
        return Portfolio("keep", money_in(self.program, [money] * (years or self.years)))

    def run(
        self, rows: Sequence[Portfolio], years: int, telling: Telling, which: np.ndarray | None = None
    ) -> dict[str, Floats]:
        """Outcomes of rows over a horizon, outcome id → [P, F]; row 0 must be today's path."""
        model = self.prepared.model.until(12 * years)
        result = replace(self.prepared, model=model).run(
            rows, telling, paths=False, which=self.shown if which is None else which
        )
        assert result.sums is not None
        return {**outcomes(result, 12 * years), "worker_years": result.sums.posts_filled / 12.0}

    def answers(self, asked: Sequence[Asked]) -> tuple[Dilemma, ...]:
        """Each dilemma answered; all on the same futures, with today's path and the money kept run once."""
        made = [a for a in asked if not a.missing]
        if not made:
            return tuple(_not_made(self.program, a, self.money, self.years) for a in asked)
        sized = {
            (a.id, who, h): self.sizing[h].size(a.options[who], self.money, most=a.most)
            for a in made for who in SIDES for h in self.horizons
        }  # fmt: skip
        values: dict[tuple[int, Telling], dict[str, Floats]] = {}
        for h in self.horizons:
            rows = [TODAY, self.kept(self.money, h)]
            rows += [self.portfolio(sized[a.id, who, h], self.money) for a in made for who in ("a", "b")]
            which = self.shown if h == self.years else self.shown[:SHORTER]
            for telling in TELLINGS:
                values[h, telling] = self.run(rows, h, telling, which)
        place = {a.id: 2 + 2 * i for i, a in enumerate(made)}
        found = {a.id: self._answer(a, sized, values, [0, place[a.id], place[a.id] + 1, 1]) for a in made}
        told = self._told(made, found, sized)
        return tuple(_not_made(self.program, a, self.money, self.years) if a.missing else told[a.id] for a in asked)

    def _told(
        self,
        made: Sequence[Asked],
        found: Mapping[str, Dilemma],
        sized: Mapping[tuple[str, Who, int], Sized],
    ) -> dict[str, Dilemma]:
        """With where each turns, and what would repay the long view."""
        out, also, many = dict(found), {}, []
        for a in made:
            one = found[a.id]
            if a.id == LONG_VIEW:
                rows: dict[Who, Portfolio] = {
                    who: self.portfolio(sized[a.id, who, self.years], self.money) for who in SIDES
                }
                lifted = Lift(self, rows).found()
                tried = None if lifted.fund is None else (lifted.fund.name, lifted.most)
                out[a.id] = replace(one, alone=lifted.alone, lift_tried=tried)
                if lifted.turn is not None:
                    also[a.id] = lifted.turn
            if one.sides[0].portfolios != one.sides[1].portfolios:
                many.append(Turns(self, a, one.sides, _lives(one.comparisons[-1])))
        at = turns(self, many, also)
        return {name: replace(one, turns=at.get(name, ())) for name, one in out.items()}

    def _answer(
        self,
        asked: Asked,
        sized: Mapping[tuple[str, Who, int], Sized],
        values: Mapping[tuple[int, Telling], Mapping[str, Floats]],
        rows: Sequence[int],
    ) -> Dilemma:
        sides = tuple(self._side(asked, who, {h: sized[asked.id, who, h] for h in self.horizons}) for who in SIDES)
        comparisons = tuple(
            Comparison(
                (TODAY, *(side.portfolios[i] for side in sides)),
                self.program.starts,
                12 * h,
                self.program.currency,
                {t: {name: x[rows] for name, x in values[h, t].items()} for t in TELLINGS},
                np.array([0.0, *(side.spent[i] for side in sides)]),
            )
            for i, h in enumerate(self.horizons)
        )
        last = comparisons[-1]
        wages, long_view = asked.id == "supplies-or-wages", asked.id == LONG_VIEW
        longest = {who: sized[asked.id, who, self.years] for who in SIDES}
        kept = {who: float(self.sizing[self.years].done(s.choices, "protected").mean()) for who, s in longest.items()}
        lives = _lives(last)
        return Dilemma(
            asked.id, self.money, self.program.currency, sides, self.horizons, comparisons,
            {telling: first(last, telling) for telling in TELLINGS},
            worth=worth(last, seed=self.prepared.seed) if wages else None,
            repaid=repaid(last, kept) if long_view else None,
            more_leave=self._more_leave(longest["b"], last) if wages else None,
            doubt=explained(
                {key: x[self.shown] for key, x in self.prepared.anchor.futures.p.items()}, lives["a"] - lives["b"]
            ),
        )  # fmt: skip

    def _side(self, asked: Asked, who: Who, sized: Mapping[int, Sized]) -> Side:
        longest = sized[self.years]
        portfolios = tuple(Portfolio(who, s.choices) for s in sized.values())
        sizing, names = self.sizing[self.years], {o.id: o.name for o in self.program.options}
        done = sorted(longest.choices, key=lambda c: -float(sizing.cost([c]).sum()))
        main = done[0].option if done else next(iter(asked.options[who]), None)
        return Side(
            who,
            side_name(self.program, self.offer, done) if done else "Keep the money in hand",
            names[main] if main else "Keep the money",
            tuple(c.option for c in done),
            portfolios,
            tuple(sum(s.spent) for s in sized.values()),
            tuple(s.kept for s in sized.values()),
            longest.beyond,
            tuple(h for h, s in sized.items() if main and all(c.option != main for c in s.choices)),
        )

    def _more_leave(self, raised: Sized, comparison: Comparison) -> float:
        """Share of futures in which more leave with the raise than without it in another run of luck."""
        held = self.prepared.anchor.futures.take(self.shown)
        others = np.roll(self.shown, 1)
        luck = replace(
            held.take(others), p=held.p, numbers=held.numbers, deadlier=held.deadlier, weak=held.weak, pull=held.pull
        )
        anchor = self.prepared.anchor
        elsewhere = replace(self.prepared, anchor=replace(anchor, futures=luck, start=anchor.start.take(self.shown)))
        rows = [TODAY, self.portfolio(raised, self.money)]
        result = elsewhere.run(rows, "open", paths=False)
        assert result.sums is not None
        return float(np.mean(result.sums.quits[1] > comparison.values["open"]["quits"][0]))


def _lives(comparison: Comparison) -> dict[Who, Floats]:
    """Life-years of each side with the danger of closing, [F]."""
    return {who: comparison.values["closing"]["life_years"][row] for who, row in ROWS.items()}


def _with_money(prepared: Prepared, years: int) -> Prepared:
    """The same futures for the program with free money among its options; as they are where it is there already."""
    program = with_money(prepared.program, years)
    if program is prepared.program:
        return prepared
    from longview.model import model

    return replace(prepared, program=program, model=model(program, years, price_base(program)))


__all__ = ["DilemmaReport", "Table", "dilemma", "dilemmas"]
