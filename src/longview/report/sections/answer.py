"""Page one: the answer, or that our numbers cannot choose, and one picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from longview.report.charts import marks
from longview.report.messages import CLOSINGS, SALUTATIONS
from longview.report.messages import OUTCOMES as WORDS
from longview.report.rounding import chance, half_up, money, month_words, span
from longview.report.sections.gains import gain, gain_said
from longview.report.told import MAIN, Told, listed, soft, worth_telling
from longview.results import OUTCOMES, Comparison, Interval, Telling

ONLY = "no more than that"
UNTOLD = "a plan that this copy does not tell"
DIFFERENCES = 2  # told of two plans too close to call: page one has no room for more
ROWS = 3  # rivals in a picture beside the plan and keeping the money: more would not be read, nor fit page one


@dataclass(frozen=True, slots=True)
class Rival:
    """A portfolio beside the pick: its row, its label, and what else it does ("" for nothing)."""

    index: int
    label: str
    details: str


def rival_rows(told: Told) -> list[Rival]:
    """The rivals shown beside the pick: the next best; the best without what matters most; the best that raises pay; the
    nearest others. Never a cut to readers outside."""
    decision = told.decision
    pay = {e.option for e in told.program.effects if e.lever == "wage"}
    out = sorted((a for a in decision.alternatives if a.forced == "out"), key=lambda a: -a.gap.middle)
    into = [a for a in decision.alternatives if a.forced == "in"]
    into.sort(key=lambda a: (a.option not in pay, a.gap.middle))
    found: dict[int, Rival] = {}
    if decision.runner_up is not None:
        second = "The second plan" if is_tied(told) else "The next best"
        found[decision.runner_up] = Rival(decision.runner_up, second, differs_words(told, decision.runner_up))
    for other in (*out[:1], *into, *out[1:]):
        if told.hides([other.option]):
            continue
        how = "without" if other.forced == "out" else "with"
        label = f"The best {how}: {told.name(other.option)}"
        found.setdefault(other.index, Rival(other.index, label, ""))
    kept = [r for r in found.values() if r.index not in (0, decision.pick) and not hidden(told, r.index)]
    return kept[:ROWS]


def is_tied(told: Told) -> bool:
    """Whether our numbers cannot choose between the pick and the next best."""
    return told.decision.runner_up is not None and told.decision.tied.get(MAIN, False)


def differs(told: Told, index: int) -> tuple[str, str]:
    """How a portfolio differs from the pick: what it adds or moves, and what it leaves out ("" for nothing)."""
    levels = {c.option: c.level for c in told.decision.portfolio.choices}
    other = {c.option: c.level for c in told.comparison.portfolios[index].choices}
    gone = [told.name(option) for option in levels if option not in other and not told.hides([option])]
    come = [told.done(option, level) for option, level in other.items() if levels.get(option) != level]
    return listed(come), listed(gone)


def differs_words(told: Told, index: int, named: str = "") -> str:
    """The same in a row of words; what is left out is not told again of the option that is `named` already."""
    come, _ = differs(told, index)
    other = {c.option for c in told.comparison.portfolios[index].choices}
    gone = [c.option for c in told.decision.portfolio.choices if c.option not in {*other, named}]
    without = listed(told.name(option) for option in gone if not told.hides([option]))
    parts = [f"with: {soft(come)}" if come else "", f"without: {soft(without)}" if without else ""]
    return "; ".join(filter(None, parts)) or ("" if named else "the same, from other months")


def plot_rows(
    told: Told, outcome: str, telling: Telling, *, axis: marks.Axis | None = None, rivals: int = ROWS
) -> tuple[marks.Axis, list[dict[str, Any]]]:
    """The rows of an interval plot against today's path, and the axis that holds them."""
    found = told.comparison
    entries: list[tuple[Rival, marks.Shape]] = [(rival, "square") for rival in rival_rows(told)[:rivals]]
    if told.decision.pick:
        name = "The first plan" if is_tied(told) else "The plan"
        entries.insert(0, (Rival(told.decision.pick, name, ""), "circle"))
    likely = {r.index: gain(found, outcome, r.index, telling=telling) for r, _ in entries}
    axis = axis or marks.Axis.over(list(likely.values()))
    rows = []
    for rival, shape in entries:
        index = rival.index
        half = gain(found, outcome, index, telling=telling, share=0.5)
        middle, ends = gain_said(outcome, likely[index], found.currency)
        rows.append(
            {
                "label": rival.label,
                "instead": rival.details,
                "svg": marks.row(axis, likely[index], half, shape),
                "keep": False,
                "middle": middle,
                "ends": "" if ends == "0" else f"likely {ends}",
                "also": _yearly(told, index),
            }
        )
    nothing = Interval(0.0, 0.0, 0.0)
    rows.append(
        {
            "label": "Go on as today",
            "instead": "",
            "svg": marks.row(axis, nothing, nothing, "diamond"),
            "keep": True,
            "middle": "none",
            "ends": "what the rest is set against",
            "also": ("keep the money", ""),
        }
    )
    return axis, rows


def _yearly(told: Told, index: int) -> tuple[str, str]:
    """What a plan spends a year more than today's path: the middle, and the likely range ("" where it has no width)."""
    gap, years, coin = (
        told.comparison.difference("spending", index, telling="open"),
        told.months / 12,
        told.comparison.currency,
    )
    low, middle, high = (half_up(v / years, 100) for v in (gap.low, gap.middle, gap.high))
    words = f"{money(abs(middle), coin)}{' less' if middle < 0 else ''} a year" if middle else "next to nothing"
    if low == high:
        return words, ""
    if low < 0 < high:
        return words, f"{money(-low, coin)} less to {money(high, coin)} more"
    near, far = sorted((abs(low), abs(high)))
    return words, span(money(near, coin), money(far, coin)) + (" less" if low < 0 else "")


def differing(told: Told, a: int, b: int) -> list[dict[str, str]]:
    """Outcomes in which two portfolios surely differ (their paired 80% interval leaves zero out), in words."""
    rows = []
    for outcome in OUTCOMES:
        if outcome.id in ("life_years", "deaths", "overdoses") or (
            told.outside and outcome.id in ("free_cash", "spending")
        ):
            continue
        if not worth_telling(told.comparison, told.program, outcome, a, b):
            continue
        if outcome.over == "chance":
            shares = [_mean(told.comparison, outcome.id, p) for p in (a, b)]
            mine, other = map(chance, shares)
            if abs(shares[0] - shares[1]) >= 0.02 and mine != other:
                rows.append({"what": WORDS[outcome.id].title, "a": mine, "b": other})
            continue
        if told.comparison.tied(outcome.id, a, b, telling=MAIN):
            continue
        middle, ends = gain_said(outcome.id, gain(told.comparison, outcome.id, a, b), told.comparison.currency)
        if not middle.startswith(("none", "hardly")):
            rows.append({"what": WORDS[outcome.id].title, "a": f"{middle} (likely {ends})", "b": ""})
    return rows[:DIFFERENCES]


def _mean(comparison: Comparison, outcome: str, row: int) -> float:
    return float(comparison.values[MAIN][outcome][row].mean())


def hidden(told: Told, index: int) -> bool:
    """Whether a portfolio holds a cut that this reader is not shown."""
    return told.outside and any(told.cuts(c.option) for c in told.comparison.portfolios[index].choices)


def _rival(told: Told, rival: int | None) -> str | None:
    if rival is None:
        return None
    if rival == 0:
        return "go on as today"
    return UNTOLD if hidden(told, rival) else differs_words(told, rival)


def actions(told: Told) -> list[str]:
    """What the plan does, what matters most first: the option without which the best plan loses most."""
    loss = {a.option: a.gap.middle for a in told.decision.alternatives if a.forced == "out"}
    shown = [c for c in told.decision.portfolio.choices if not (told.outside and told.cuts(c.option))]
    return [told.done(c.option, c.level) for c in sorted(shown, key=lambda c: (-loss.get(c.option, 0.0), c.option))]


def _apart(told: Told, rival: int) -> tuple[str, str, str]:
    """What two plans share, what the pick has besides, and what its rival has besides, in words."""
    mine = {(c.option, c.level) for c in told.decision.portfolio.choices}
    other = {(c.option, c.level) for c in told.comparison.portfolios[rival].choices}
    nothing = ONLY if mine & other else "go on as today, and keep the money in hand"
    shared, *rest = (
        listed(told.done(option, level) for option, level in sorted(some))
        for some in (mine & other, mine - other, other - mine)
    )
    return shared, rest[0] or nothing, rest[1] or nothing


def shared_actions(told: Told, rival: int) -> list[str]:
    """What both plans do, what matters most first."""
    other = told.with_parts(told.comparison.portfolios[rival])
    return [action for action in actions(told) if action in other]


def _unclear(told: Told) -> list[str]:
    """Options of the pick whose lawfulness is not clear: never recommended in silence (law 7)."""
    chosen = (told.option(c.option) for c in told.decision.portfolio.choices)
    return [told.placeless(o.name) for o in chosen if o.lawful != "yes" and not (told.outside and told.cuts(o.id))]


def thin(told: Told) -> dict[str, str] | None:
    """The part of the pick that rests on protected time, the least known part of the model, and what it costs in visits."""
    levers = {e.option for e in told.program.effects if e.lever == "protected"}
    for other in told.decision.alternatives:
        if other.option in levers and other.forced == "out" and not (told.outside and told.cuts(other.option)):
            found = gain(told.comparison, "visits", told.decision.pick, other.index)
            middle, ends = gain_said("visits", found, told.comparison.currency)
            return {"what": told.name(other.option), "visits": middle, "ends": ends}
    return None


def section(told: Told) -> dict[str, Any]:
    """What page one says."""
    decision, found = told.decision, told.comparison
    pick, rival = decision.pick, decision.runner_up
    tied = is_tied(told)
    axis, rows = plot_rows(told, "deaths", MAIN)
    deaths, years = gain(found, "deaths", pick), gain(found, "life_years", pick)
    spent = found.difference("spending", pick, telling="open")
    per_year = Interval(*(v / (told.months / 12) for v in (spent.low, spent.middle, spent.high)))
    better = found.chance_better("life_years", pick, rival, telling=MAIN) if rival is not None else None
    told_of = rival is not None and not hidden(told, rival)
    apart = _apart(told, rival) if rival is not None and told_of else ("", told.with_words(decision.portfolio), UNTOLD)
    return {
        "date": month_words(told.plan.first_month),
        "dear": SALUTATIONS[told.audience][0],
        "from": SALUTATIONS[told.audience][1],
        "close": CLOSINGS[told.audience],
        "tied": tied,
        "nothing": not decision.portfolio.choices,
        "actions": actions(told),
        "deaths": deaths,
        "life_years": years,
        "per_year": per_year,
        "in_all": spent.middle,
        "ran_out": (_mean(found, "ran_out", pick), _mean(found, "ran_out", 0)),
        "closed": (_mean(found, "closed", pick), _mean(found, "closed", 0)),
        "rival": _rival(told, rival),
        "shared": shared_actions(told, rival) if tied and rival is not None and told_of else [],
        "unclear": _unclear(told),
        "thin": thin(told),
        "mean_gap": 0.0 if rival is None else found.mean_difference("life_years", pick, rival, telling=MAIN),
        "apart": apart,
        "better": better,
        "gap": None if rival is None else gain(found, "life_years", pick, rival),
        "differs": differing(told, pick, rival) if tied and rival is not None and told_of else [],
        "rows": rows,
        "axis": marks.foot(axis, "more deaths", "fewer people who die"),
    }
