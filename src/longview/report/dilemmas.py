"""A dilemma in sentences and rows of a table, and as plain values: one place for page, paper and terminal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from longview.evidence import load
from longview.program import Program
from longview.report.machines import SCHEMA, compare_json
from longview.report.rounding import (
    chance,
    counted,
    figure,
    futures,
    gain_range,
    gain_words,
    half_up,
    money,
    percent,
    price,
    share_words,
    span,
    years_words,
)
from longview.report.sections.gains import gain
from longview.report.told import listed, soft
from longview.results import ROWS, Comparison, Dilemma, Interval, Side, Telling, Turn, Who, paired

QUESTIONS = {
    "hours-or-building": "Longer hours, or repair the building?",
    "supplies-or-wages": "More supplies, or better pay?",
    "fires-or-long-view": "Today’s fires, or the long view?",
}
ASSUMED = "assumption"


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of a table: its middle and its likely ends, in words."""

    middle: str
    ends: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """What differs: a title, what it is on today's path where that is told, and a cell for each side (a, b, keep)."""

    title: str
    note: str
    cells: tuple[Cell, ...]


def question(found: Dilemma) -> str:
    """The question, as its heading."""
    return QUESTIONS.get(found.id) or f"{found.side('a').short}, or {soft(found.side('b').short)}?"


def name(found: Dilemma, who: Who) -> str:
    """A side's name inside a sentence."""
    return "keeping the money" if who == "keep" else f"“{found.side(who).short}”"


def leader(comparison: Comparison, telling: Telling) -> tuple[Who, list[Who]]:
    """The side with the most years of life, and those that can't be told from it."""
    means = {w: comparison.mean_difference("life_years", row, telling=telling) for w, row in ROWS.items()}
    best = max(means, key=lambda who: means[who])
    tied = [w for w in ROWS if w != best and comparison.tied("life_years", ROWS[best], ROWS[w], telling=telling)]
    return best, tied


def answer(found: Dilemma, program: Program) -> list[str]:
    """The answer in a sentence, then told twice in one sentence each, and in a second paragraph what it comes down to."""
    said = [" ".join([_headline(found), *_twice(found)])]
    match found.id:
        case "supplies-or-wages":
            said += _wages(found, program)
        case "fires-or-long-view":
            said += [_long_view(found)]
    return [*said, *_doubtful(found, program)]


def _headline(found: Dilemma) -> str:
    """The answer in one sentence."""
    last = found.comparisons[-1]
    if found.id == "supplies-or-wages":
        lives = paired(*(last.values["open"]["deaths"][ROWS[who]] for who in ("b", "a")))
        stay = workers(last, "b", "open")
        if lives.middle >= 0.5 and stay.middle >= 0.5:
            return "The model cannot settle this one: supplies save more lives, and pay keeps more workers."
        return "The model cannot settle this one: it counts lives and workers who stay, and cannot weigh one against the other."
    (one, tied), (two, as_good) = leader(last, "open"), leader(last, "closing")
    if not tied and not as_good and one == two:
        return f"{_capital(name(found, one))} comes first, told either way."
    if tied and as_good:
        return "Too close to call: our numbers cannot choose, told either way."
    then = "it is too close to call" if as_good else f"{name(found, two)} does"
    if tied:
        return f"While we stay open it is too close to call; count the danger of closing, and {name(found, two)} comes first."
    return f"{_capital(name(found, one))} comes first while we stay open; count the danger of closing, and {then}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _twice(found: Dilemma) -> list[str]:
    """What each side does, in each telling; what “likely” means, once; and that keeping is a cushion where it does as well."""
    last = found.comparisons[-1]
    heads: tuple[tuple[Telling, str], ...] = (
        ("open", f"In {years_words(last.months)}, while we stay open, we expect"),
        ("closing", "Count the danger of closing, and we expect"),
    )
    outcome = "deaths" if any(_moves_deaths(found, telling) for telling, _ in heads) else "life_years"
    said = [f"{head} {_gains(found, telling, outcome, again=i > 0)}." for i, (telling, head) in enumerate(heads)]
    best, tied = leader(last, "closing")
    return [said[0], LIKELY, said[1], *([_cushion(found)] if "keep" in (best, *tied) else [])]


LIKELY = "“Likely” is what 8 in 10 of our futures say."


def _moves_deaths(found: Dilemma, telling: Telling) -> bool:
    """Whether a side moves deaths by any to speak of."""
    last = found.comparisons[-1]
    return any(abs(gain(last, "deaths", row, telling=telling).middle) >= 0.5 for row in ROWS.values())


def _gains(found: Dilemma, telling: Telling, outcome: str, *, again: bool) -> str:
    """What each side does in that telling, in people who die or in years of life; the second time without saying of what."""
    gains = {who: gain(found.comparisons[-1], outcome, row, telling=telling) for who, row in ROWS.items()}
    if outcome == "deaths":
        counts = ("death", "deaths") if again else ("person to die of overdose", "people to die of overdose")
        return _each(found, gains, counts, "fewer", "more")
    return _each(found, gains, ("year of life", "years of life"), "more", "fewer")


def _each(found: Dilemma, gains: Mapping[Who, Interval], counts: tuple[str, str], better: str, worse: str) -> str:
    """`about 3 fewer people to die of overdose with “A” (likely 1 to 8), and hardly any change with “B” or keeping the money`."""
    said: list[str] = []
    still: list[str] = []
    for who, likely in gains.items():
        middle = gain_words(likely, better, worse)
        if not middle.startswith("about"):
            still.append(name(found, who) + _ends(likely, better, worse))
            continue
        middle = counted(middle, *counts) if not said else middle
        said.append(f"{middle} with {name(found, who)}{_ends(likely, better, worse)}")
    if still:
        every = f"{', '.join(still[:-1])} or {still[-1]}" if len(still) > 1 else still[0]
        said.append(f"hardly any change{'' if said else ' in ' + counts[1]} with {every}")
    return listed(said)


def _ends(likely: Interval, better: str, worse: str) -> str:
    ends = gain_range(likely, better, worse)
    return "" if ends == "0" else f" (likely {ends})"


def _comes(found: Dilemma, best: Who, tied: list[Who]) -> str:
    if not tied:
        return f"{name(found, best)} comes first"
    order = [who for who in ROWS if who in (best, *tied)]
    return f"too close to call between {', '.join(name(found, w) for w in order[:-1])} and {name(found, order[-1])}"


def _cushion(found: Dilemma) -> str:
    """What keeping the money does, where it is first or as good."""
    last = found.comparisons[-1]
    today, kept = (float(np.mean(last.values["closing"]["closed"][row])) for row in (0, ROWS["keep"]))
    return (
        f"Money kept is a cushion: the chance that we close within {years_words(last.months)} is {chance(kept)} with it, "
        f"{chance(today)} on today’s path."
    )


def _doubtful(found: Dilemma, program: Program) -> list[str]:
    """Options of unclear lawfulness, and sides that exclude each other: what must be known before this is decided."""
    options = {o.id: o for o in program.options}
    said = [
        f"“{options[o].name}” may not be lawful: your files call it unclear. Ask before you decide."
        for side in found.sides
        for o in side.options
        if options[o].lawful != "yes"
    ]
    one, two = ({*side.options} for side in found.sides[:2])
    apart = [
        f"Your files say that “{options[a].name}” and “{options[b].name}” exclude each other: it is one or the other."
        for a in sorted(one)
        for b in sorted(two)
        if b in options[a].excludes or a in options[b].excludes
    ]
    return [" ".join([*said, *apart])] if said or apart else []


def workers(comparison: Comparison, who: Who, telling: Telling) -> Interval:
    """Workers who stay that would have left on today's path."""
    quits = comparison.values[telling]["quits"]
    return paired(quits[0], quits[ROWS[who]])


def _wages(found: Dilemma, program: Program) -> list[str]:
    pay, stay = name(found, "b"), workers(found.comparisons[-1], "b", "open")
    middle = gain_words(stay, "more", "fewer")
    kept = counted(middle, "worker", "workers") if middle.startswith("about") else "hardly any more workers"
    said = [
        f"With {pay}, {kept} would stay who would have left (likely {gain_range(stay, 'more', 'fewer')}). Which matters more "
        "is for you to say."
    ]
    if found.worth is None:
        said.append("This much for pay keeps too few workers for the two to be weighed against each other.")
    else:
        low, mean, high = (figure(x) for x in (found.worth.low, found.worth.middle, found.worth.high))
        said.append(
            f"The answer turns here: pay does as much if one worker kept for a year is worth about {mean} years of life (likely "
            f"{span(low, high)}). That is no price on anyone: it says what the choice would mean."
        )
    if found.more_leave is not None:
        said.append(
            f"By chance alone, in {futures(found.more_leave)} more workers would leave with {pay} than without."
        )
    said.append(living_wage(program, found.side("b")))
    return [" ".join(part for part in said if part)]


def living_wage(program: Program, side: Side) -> str:
    """How far pay is from the local living wage today, and with a side; "" where none is given. In the rates of today."""
    if program.living_wage is None:
        return "Your files give no local living wage, so how far pay is from it is not told."
    ratio = 1.0
    for choice in side.portfolios[-1].choices:
        for effect in program.effects:
            if effect.option == choice.option and effect.lever == "wage":
                ratio *= effect.value**choice.level if effect.op == "multiply" else 1.0
                ratio += effect.value * choice.level if effect.op == "add" else 0.0
                ratio = effect.value if effect.op == "set" else ratio
    paid = [post for post in program.posts if post.paid_as == "wage" and post.people]
    living = float(program.living_wage)
    below = [sum(p.people for p in paid if float(p.rate) * r < living - 0.005) for r in (1.0, ratio)]
    least = min((float(p.rate) for p in paid), default=0.0)
    places = sum(p.people for p in paid)
    coin = program.currency
    said = (
        f"A living wage here is {price(program.living_wage, coin)} an hour. {figure(below[0])} of {figure(places)} places "
        f"are paid less today; the lowest rate is {price(round(least, 2), coin)}"
    )
    if ratio == 1.0:
        return f"{said}. “{side.short}” moves no rate of pay."
    way = (min(ratio * least, living) - least) / (living - least) if least < living else 0.0
    closed = f", {percent(way)} of the way to a living wage" if way > 0 else ""
    return (
        f"{said}. With “{side.short}”, {figure(below[1])} would be, and the lowest would be "
        f"{price(round(least * ratio, 2), coin)}{closed}."
    )


def _long_view(found: Dilemma) -> str:
    """That hours alone do not repay the long view, where they do not, and what could."""
    share = found.repaid or 0.0
    time = years_words(found.comparisons[-1].months)
    said = [
        f"Hours alone {'do not repay' if share < 0.5 else 'repay'} the long view: in {futures(share)}, fewer fires win back the "
        f"hours kept within {time}."
    ]
    lift = next((t for t in found.turns if t.kind == "lift"), None)
    served = next((t for t in found.turns if t.key == "improve_gain" and t.above == "b"), None)
    if lift is not None:
        said.append(f"It pays if {lift_words(lift)} (likely {_points(lift.close)}), even if nothing else comes of it.")
    elif found.lift_tried is not None:
        fund, most = found.lift_tried
        said.append(
            f"If all else that came of it were {figure(100 * most)} points more of a chance that {fund} is renewed, it would still "
            "not come first."
        )
    if served is not None:
        said.append(
            f"Better service could repay it: from {figure(100 * (served.at - 1.0))}% more people given naloxone, at full time for "
            "improving, it comes first."
        )
    return " ".join(said)


def _points(ends: tuple[float, float]) -> str:
    return span(*(_point(end) for end in ends))


def _point(rise: float) -> str:
    """A rise of a chance in points: whole, and to a tenth below two."""
    return figure(100 * rise) if rise >= 0.02 or rise <= 0 else f"{max(half_up(100 * rise, 0.1), 0.1):.1f}"


def lift_words(lift: Turn) -> str:
    """From which lift on the long view pays."""
    return f"{lift.words} rises by {_point(lift.at)} points or more"


def differences(found: Dilemma) -> list[Row]:
    """What differs between the sides over the longest horizon, against today's path; chances with the danger of closing."""
    last = found.comparisons[-1]
    sides: tuple[Who, ...] = ("a", "b", "keep")
    rows = []
    for outcome, title in (
        ("visits", "Visits"),
        ("turned_away", "Turned away, of 100"),
        ("quits", "Workers who leave"),
        ("days_closed", "Days closed, building"),
        ("kits_given", "Naloxone kits"),
    ):
        cells = tuple(_cell(last, outcome, ROWS[who]) for who in sides)
        if any(cell.middle not in ("no change", "hardly any") or cell.ends for cell in cells):
            rows.append(Row(title, "", cells))
    rows.append(Row("Free cash at the end", "", tuple(_cell(last, "free_cash", ROWS[who]) for who in sides)))
    for outcome, title in (("ran_out", "Chance we run out"), ("closed", "Chance we close")):
        shares = last.values["closing"][outcome].mean(axis=1)
        cells = tuple(Cell(percent(float(shares[ROWS[who]]))) for who in sides)
        rows.append(Row(title, f"today’s path: {percent(float(shares[0]))}", cells))
    return rows


def _cell(comparison: Comparison, outcome: str, row: int) -> Cell:
    """A change against today's path with its sign, while we stay open."""
    share = 100.0 if outcome == "turned_away" else 1.0
    gap = comparison.difference(outcome, row, telling="open")
    if gap.low == gap.high == 0:
        return Cell("no change")
    middle = _signed(outcome, gap.middle * share, comparison.currency)
    low, high = (_signed(outcome, x * share, comparison.currency, short=True) for x in (gap.low, gap.high))
    middle = middle if middle != "0" else "hardly any"
    return Cell(middle, "" if low == high else span(low, high))


def _signed(outcome: str, value: float, currency: str, *, short: bool = False) -> str:
    said = money(value, currency, short=short) if outcome == "free_cash" else figure(value)
    return f"+{said}" if value > 0 and said not in ("0", money(0, currency)) else said


def shorter(found: Dilemma, place: int, years: int) -> str:
    """Who comes first over a shorter horizon, with the danger of closing, and what can't be had by then."""
    best, tied = leader(found.comparisons[place], "closing")
    said = f"{_capital(years_words(12 * years))}: {_comes(found, best, tied)}"
    late = [f"“{side.short}”" for side in found.sides if years in side.late]
    wait = f"; {listed(late)} must be saved up for, and is not had by then" if late else ""
    return f"{said}{wait}."


def stays(found: Dilemma, program: Program) -> str:
    """That a post which was filled stays filled after its money, where a side fills one; else ""."""
    fills = {e.option for e in program.effects if e.lever == "hire_frozen" and e.value > 0}
    sides = [side for side in found.sides if fills & {*side.options}]
    return (
        f"Nobody is let go when the money ends: after {years_words(12 * found.years[0])} the post that "
        f"{listed(name(found, side.who) for side in sides)} filled is still paid, out of what else we have."
        if sides and len(found.years) > 1
        else ""
    )


def turn(found: Dilemma, at: Turn) -> str:
    """A turning point as a sentence."""
    coin = found.currency
    below, above = name(found, at.below), name(found, at.above)
    where = "while we stay open" if at.telling == "open" else "the danger of closing counted"
    turns = f"below that {below} comes first, above it {above} ({where})"
    match at.kind:
        case "price":
            return f"“{at.words}” at {_times(at.at)} what it costs now: {turns}."
        case "money":
            return f"{money(at.at, coin)} a year, not {money(found.money, coin)}: {turns}."
        case "lift":
            return f"If {lift_words(at)}, {above} comes first ({where}), even if nothing else comes of it."
        case _:
            believed = span(_amount(at.now.low, at.unit), _amount(at.now.high, at.unit))
            return (
                f"{at.words[:1].upper()}{at.words[1:]}, at {_amount(at.at, at.unit)}: {turns}. We believe "
                f"{_amount(at.now.middle, at.unit)} (likely {believed})."
            )


def _times(factor: float) -> str:
    return f"{half_up(factor, 0.1):.1f} times" if factor >= 0.95 else percent(factor)


def _amount(value: float, unit: str) -> str:
    """A figure of the evidence in words."""
    if unit.startswith("share"):
        return percent(value)
    if unit == "ratio":
        return f"{half_up(value, 0.01):.2f} times"
    size = f"{float(f'{value:.2g}'):,g}"
    return size if unit in ("number", "odds ratio") else f"{size} {unit}"


def rests_on(found: Dilemma, program: Program) -> str:
    """How much of the doubt comes from assumptions."""
    rows = load(program.own_values).rows
    share = sum(part for key, part in found.doubt.items() if key in rows and rows[key].grade == ASSUMED)
    return (
        f"{share_words(min(share, 1.0)).capitalize()} of the doubt comes from assumptions, which nobody has measured."
    )


def cannot(found: Dilemma) -> str:
    """Why a dilemma could not be answered, and what to add."""
    said = [f"For {who_words(found, who)}: {why}." for who, why in found.missing.items()]
    return f"{question_words(found.id)} cannot be told here yet. " + " ".join(said)


def who_words(found: Dilemma, who: Who) -> str:
    """The side of a dilemma that has no options."""
    named: Mapping[str, tuple[str, str]] = {
        "hours-or-building": ("longer hours", "the building"),
        "supplies-or-wages": ("supplies", "pay"),
        "fires-or-long-view": ("today’s fires", "the long view"),
    }
    return named.get(found.id, ("the first side", "the second side"))[0 if who == "a" else 1]


def question_words(identity: str) -> str:
    """The question in quotes."""
    return f"“{QUESTIONS.get(identity, identity)}”"


def dilemma_json(found: Dilemma) -> dict[str, Any]:
    """A dilemma as plain values: sides, who comes first, turning points, and each horizon's comparison."""
    return {
        "schema": SCHEMA,
        "dilemma": found.id,
        "money_a_year": found.money,
        "currency": found.currency,
        "years": list(found.years),
        "sides": {s.who: {k: v for k, v in asdict(s).items() if k not in ("who", "portfolios")} for s in found.sides},
        "first": dict(found.first),
        "turns": [asdict(t) for t in found.turns],
        "worth": None if found.worth is None else asdict(found.worth),
        "repaid": found.repaid,
        "more_leave": found.more_leave,
        "doubt": dict(found.doubt),
        "missing": dict(found.missing),
        "rows": dict(ROWS),
        "comparisons": {str(y): compare_json(c) for y, c in zip(found.years, found.comparisons, strict=True)},
    }
