"""`longview compare` in a terminal: interval rows, both tellings, ties called ties, cost per outcome."""

from __future__ import annotations

from itertools import pairwise

from longview.evidence import LAW_PREFIX
from longview.program import Program
from longview.report.messages import OUTCOMES as WORDS
from longview.report.rounding import (
    chance,
    counted,
    futures,
    gain_range,
    gain_words,
    half_up,
    money,
    month_words,
    years_words,
)
from longview.report.sections.gains import gain, gain_said
from longview.report.terminal.ink import Ink, table
from longview.report.told import done_words, listed, soft, worth_telling
from longview.results import OUTCOMES, Comparison, Interval, Portfolio, Telling

TELLINGS: tuple[tuple[Telling, str], ...] = (("open", "While we stay open"), ("closing", "With the danger of closing"))
LONG = 48  # letters; longer names than this are told once, and then by a letter
_ALSO = (
    "visits", "reached", "hcv_rate", "hiv_rate", "wounds_rate", "quits", "posts_filled", "days_closed", "turned_away", "free_cash",
)  # fmt: skip


def compare_text(
    comparison: Comparison, program: Program, color: bool = False, width: int = 80, ascii: bool = False
) -> str:
    """Options beside one another and beside keeping the money, on the same futures."""
    ink = Ink(color, max(60, width), ascii)
    parts = [
        _head(comparison, program, ink),
        ink.words(_answer(comparison, program)),
        *_plots(comparison, program, ink),
        _legend(ink),
        _pairs(comparison, program, ink),
        _also(comparison, program, ink),
        _cash(comparison, program, ink),
        _cost(comparison, program, ink),
    ]
    return "\n\n".join(part for part in parts if part)


def long_name(comparison: Comparison, program: Program, row: int) -> str:
    """What a row does, in words; the first row keeps the money."""
    portfolio: Portfolio = comparison.portfolios[row]
    if not portfolio.choices:
        return "Keep the money" if row == 0 else portfolio.name
    options = {o.id: o for o in program.options}
    return listed(
        done_words(options[c.option], c.level) if c.option in options else c.option for c in portfolio.choices
    )


def lettered(comparison: Comparison, program: Program) -> bool:
    """Whether rows go by letters, since their names would not fit a line."""
    return any(len(long_name(comparison, program, p)) > LONG for p in range(len(comparison.portfolios)))


def name(comparison: Comparison, program: Program, row: int) -> str:
    """A row's name in sentences: its words, or "plan B" where words would not fit."""
    if row == 0 or not lettered(comparison, program):
        return long_name(comparison, program, row)
    return f"Plan {chr(ord('A') + row - 1)}" if row <= 26 else f"Plan {row}"


def ranked(comparison: Comparison, telling: Telling) -> list[int]:
    """Rows by mean years of life gained, best first, keeping the money last."""
    return [
        *sorted(
            range(1, len(comparison.portfolios)),
            key=lambda p: -comparison.mean_difference("life_years", p, telling=telling),
        ),
        0,
    ]


def of_others(comparison: Comparison, row: int) -> bool:
    """Whether a row is a law or practice of others, which nobody here can choose."""
    choices = comparison.portfolios[row].choices
    return bool(choices) and all(c.option.startswith(LAW_PREFIX) for c in choices)


def _head(comparison: Comparison, program: Program, ink: Ink) -> str:
    made = " (made up)" if program.made else ""
    words = (
        f"{program.name}{made} · options side by side · {years_words(comparison.months)} from "
        f"{month_words(comparison.first_month)}"
    )
    lines = [ink.paint(ink.told(words), "bold")]
    if program.made:
        lines.append(
            ink.paint(ink.told(f"{program.name} is made up: a practice program, not a real organisation."), "amber")
        )
    if lettered(comparison, program):
        rows = range(1, len(comparison.portfolios))
        lines += [
            "",
            *(ink.words(f"{name(comparison, program, p)}: {long_name(comparison, program, p)}.") for p in rows),
        ]
    return "\n".join(lines)


def _answer(comparison: Comparison, program: Program) -> str:
    order = [p for p in ranked(comparison, "closing") if not of_others(comparison, p)]
    if len(order) == 1:
        return "Laws and practices of others, beside keeping the money. They are not yours to choose, so none is named best."
    best, rest = order[0], order[1:]
    deaths, years = gain(comparison, "deaths", best), gain(comparison, "life_years", best)
    first = name(comparison, program, best)
    span = years_words(comparison.months)
    tied = [p for p in rest if comparison.tied("life_years", best, p, telling="closing")]
    if tied:
        others = listed(name(comparison, program, p) for p in tied)
        said = f"Too close to call: our numbers cannot choose between {first} and {others}."
    else:
        said = f"{first} comes first."
    if any(of_others(comparison, p) for p in range(len(comparison.portfolios))):
        said = f"Of what is yours to choose: {soft(said)}"
    return (
        f"{said} With {soft(first) if tied else 'it'} we expect {_people(deaths)} in {span} (likely {gain_range(deaths)}), and "
        f"{gain_words(years, 'more', 'fewer')} years of life counted to the end of each life (likely "
        f"{gain_range(years, 'more', 'fewer')}), "
        "set against keeping the money. The danger of closing is counted."
    )


def _people(found: Interval) -> str:
    words = gain_words(found)
    return (
        counted(words, "person to die of overdose", "people to die of overdose")
        if words.startswith("about")
        else "hardly any difference in who dies of overdose"
    )


def _plots(comparison: Comparison, program: Program, ink: Ink) -> list[str]:
    rows = range(1, len(comparison.portfolios))
    every = [gain(comparison, "deaths", p, telling=t) for t, _ in TELLINGS for p in rows]
    low, high = min(0.0, *(i.low for i in every)), max(0.0, *(i.high for i in every))
    high = high if high - low > 1e-9 else low + 1.0
    return [_plot(comparison, program, ink, telling, head, low, high) for telling, head in TELLINGS]


def _plot(
    comparison: Comparison, program: Program, ink: Ink, telling: Telling, head: str, low: float, high: float
) -> str:
    label, words_at = max(20, min(30, ink.width - 52)), 32
    columns = max(16, ink.width - label - words_at - 4)
    lines = [
        ink.paint(f"  {head}", "bold"),
        ink.paint(f"  {'':<{label}}{'':<{columns}}  fewer deaths   likely", "soft"),
    ]
    for p in ranked(comparison, telling):
        likely = gain(comparison, "deaths", p, telling=telling)
        half = gain(comparison, "deaths", p, telling=telling, share=0.5)
        middle = gain_words(likely).removesuffix(" fewer") if p else "none"
        said = ink.told(f"{middle:<14} {gain_range(likely) if p else ''}").rstrip()
        drawn = ink.interval(likely, half, low, high, columns, keep=p == 0)
        names = _broken(ink.told(name(comparison, program, p)), label - 1)
        lines.append(
            f"  {names[0]:<{label}}{ink.paint(f'{drawn:<{columns}}', 'soft' if p == 0 else 'teal')}  {said}".rstrip()
        )
        lines += [f"    {more}" for more in names[1:]]
    lines.append(ink.paint("  " + " " * label + _scale(ink, low, high, columns), "soft"))
    return "\n".join(lines)


def _broken(text: str, width: int) -> list[str]:
    import textwrap

    return textwrap.wrap(text, width, break_long_words=True) or [""]


def _scale(ink: Ink, low: float, high: float, columns: int) -> str:
    line = [" "] * (columns + 6)
    for value in (low, 0.0, high):
        words = f"{abs(half_up(value)):.0f}"
        at = round((value - low) / (high - low) * (columns - 1))
        line[at : at + len(words)] = words
    return "".join(line).rstrip() + ("" if low >= 0 else "   left of 0: more deaths")


def _legend(ink: Ink) -> str:
    marks = (
        'o middle   = half of futures   - 8 in 10 ("likely")'
        if ink.ascii
        else "● middle   ━ half of futures   ─ 8 in 10 (“likely”)"
    )
    return ink.paint(f"  {marks}", "soft")


def _pairs(comparison: Comparison, program: Program, ink: Ink) -> str:
    order = [p for p in ranked(comparison, "closing") if p]
    lines = []
    for a, b in pairwise(order):
        better = comparison.chance_better("life_years", a, b, telling="closing")
        first, second = (name(comparison, program, p) for p in (a, b))
        if comparison.tied("life_years", a, b, telling="closing"):
            coin = "nearly a coin toss" if 0.4 <= better <= 0.6 else f"the first does better in {futures(better)}"
            lines.append(ink.words(f"{first} or {second}: too close to call; {coin}."))
        else:
            lines.append(ink.words(f"{first} beats {second} in {futures(better)}."))
    return "\n".join(lines)


def _also(comparison: Comparison, program: Program, ink: Ink) -> str:
    lines = []
    for p in ranked(comparison, "closing"):
        if p == 0:
            continue
        said = []
        for outcome in _ALSO:
            found = gain(comparison, outcome, p)
            of = next(o for o in OUTCOMES if o.id == outcome)
            if found.low <= 0 <= found.high or not worth_telling(comparison, program, of, p):
                continue
            middle, ends = gain_said(outcome, found, comparison.currency)
            if not middle.startswith(("none", "hardly")):
                said.append(f"{_lower(WORDS[outcome].title)}: {middle} (likely {ends})")
        if said:
            lines.append(ink.words(f"{name(comparison, program, p)} also changes {'; '.join(said)}."))
    return "\n".join(lines)


def _lower(title: str) -> str:
    return title[0].lower() + title[1:]


def _cash(comparison: Comparison, program: Program, ink: Ink) -> str:
    rows = [["", "run out of cash", "close"]]
    for p in ranked(comparison, "closing"):
        shares = [float(comparison.values["closing"][outcome][p].mean()) for outcome in ("ran_out", "closed")]
        label = _broken(ink.told(name(comparison, program, p)), ink.width - 46)[0]
        rows.append([label, *(ink.told(chance(share)) for share in shares)])
    return "\n".join(
        [
            ink.paint("  The chance that we …" if not ink.ascii else "  The chance that we ...", "bold"),
            *table(rows, right=(1, 2)),
        ]
    )


def _cost(comparison: Comparison, program: Program, ink: Ink) -> str:
    coin, lines = comparison.currency, []
    for p in ranked(comparison, "closing"):
        cost = float(comparison.cost[p] - comparison.cost[0])
        if p == 0:
            continue
        words = name(comparison, program, p)
        if abs(cost) < 50:
            theirs = of_others(comparison, p)
            what = "costs you nothing; what it costs others is not told" if theirs else "costs nothing to speak of"
            lines.append(ink.words(f"{words}: {what}."))
            continue
        said = (
            f"{words}: about {money(abs(cost), coin)} {'more' if cost > 0 else 'less'} over "
            f"{years_words(comparison.months)}, as planned"
        )
        each = [
            _each(comparison, outcome, p, cost, what)
            for outcome, what in (("deaths", "death fewer"), ("life_years", "year of life"))
        ]
        lines.append(ink.words("; ".join([said, *(e for e in each if e)]) + "."))
    return "\n".join([ink.paint("  What it costs", "bold"), *lines]) if lines else ""


def _each(comparison: Comparison, outcome: str, row: int, cost: float, what: str) -> str:
    """Cost per outcome with its range; left out where the gain may be none, since the ratio has no end then."""
    found = gain(comparison, outcome, row)
    if found.low <= 0 or cost <= 0:
        return f"no sum per {what} can be given: the gain may be none" if cost > 0 and outcome == "deaths" else ""
    coin = comparison.currency
    return (
        f"{money(cost / found.middle, coin)} a {what} (likely {money(cost / found.high, coin)} to "
        f"{money(cost / found.low, coin)})"
    )


__all__ = ["compare_text", "name", "ranked"]
