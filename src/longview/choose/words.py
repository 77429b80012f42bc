"""A choice in one paragraph, as a director would say it, and why nothing could be chosen."""

from __future__ import annotations

from decimal import Decimal
from math import ceil

from longview.choose.decide import Clash
from longview.choose.naming import done, listed
from longview.program import Program
from longview.program.months import in_words
from longview.results import CUT, Cash, Decision, Interval, Portfolio, Telling, ThreePlans

TOLD: Telling = "closing"
MORE = " more that may pay for it"
HUNDRED = 100  # money is told to the hundred
ROUND_SUM = 100.0  # money is told to the hundred
PAYS = 0.1  # of what is paid more: whoever pays less is not named
AT_THE_EDGE = 0.05  # a plan within this of the board's limit is said to go to its edge
COIN_TOSS = 0.6  # below this chance of doing better, two plans are nearly a coin toss


def paragraph(program: Program, decision: Decision, cash: Cash | None = None, three: ThreePlans | None = None) -> str:
    """What we would do, what that should change, how sure we are, what it costs and who pays, the danger, and what comes first."""
    found, pick = decision.comparison, decision.pick
    years = round(found.months / 12)
    span = f"{years} years" if years > 1 else "a year"
    if not decision.portfolio.choices:
        first = "Keep the money in hand: of all that we can afford and dare, nothing does better than today's path."
    else:
        deaths = found.difference("deaths", pick, telling=TOLD)
        than = "than on" if round(deaths.middle) else "against"
        first = (
            f"With the money there is, we would do this: {listed(done(program, decision.portfolio))}. "
            f"We expect {_fewer(deaths)} in {span} {than} today's path."
        )
    parts = (
        first,
        _rival(program, decision),
        _cost(program, decision, cash, span),
        _danger(program, decision, span),
        *_today(decision),
        _whatever_happens(program, three),
    )
    return " ".join(part for part in parts if part)


def clash_words(program: Program, clash: Clash) -> str:
    """Why no plan keeps all the rules: the fewest that clash, and the least by which one of them would have to give."""
    by = f"January {program.living_wage_by}"
    floors = {
        "living-wage-by": f"pay at the living wage by {by}",
        "run-short": "free cash below the reserve no more often than the board allows",
        "no-site-closed": "no site closed",
    }
    if "living-wage-without-option" in clash.floors:
        return (
            f"No plan pays the living wage by {by}: no option raises pay that far. {_other_ways(program, clash, ())} "
            "Or add an option that raises pay further, or set no floor (living_wage_by in program.toml)."
        )
    rules = listed(floors[name] for name in clash.floors if name in floors)
    if not clash.lacks:
        allow = "Allow more (run_short in program.toml), hold a smaller reserve"
        allow = allow if "run-short" in clash.floors else "Set no such floor (no_site_closed in program.toml)"
        return (
            f"No plan keeps all the rules together: {rules}. Each can be paid for, but the danger is greater than the "
            f"limit. {_danger_given(clash)}{allow}, or set a later year (living_wage_by)."
        )
    names = {f.id: f.name for f in program.funds}
    payers = listed(names[name] for name in clash.funds) if clash.funds else "free cash alone"
    way = listed(done(program, clash.plan)) if clash.plan is not None else clash.cheapest
    lacks = f"about {ceil(clash.lacks / HUNDRED) * HUNDRED:,.0f} {program.currency}"
    return (
        f"No plan keeps this rule with the money there is: {rules}. The cheapest way ({way}) lacks {lacks}. "
        f"What may pay for it, {payers}, is spent on today's bills. "
        f"{_other_ways(program, clash, (lacks + MORE,))} Or set no such floor (living_wage_by in program.toml)."
    )


def _other_ways(program: Program, clash: Clash, first: tuple[str, ...]) -> str:
    """The least that would do, each way by itself."""
    ways = [*first]
    if clash.month is not None and clash.begins is not None:
        year = clash.month.plus(11).year
        by = f", and living_wage_by = {year} in program.toml" if year != program.living_wage_by else ""
        ways.append(
            f"the living wage from {in_words(clash.month)} on, if the raise begins in {in_words(clash.begins)} "
            f"(earliest in choices{by})"
        )
    if clash.rate is not None:
        ways.append(
            f"{clash.rate:,.2f} {program.currency} an hour as the lowest wage by January {program.living_wage_by}"
        )
    if not ways:
        return "Nothing that we looked at would do within this plan."
    return f"The least that would do{', any one of these' if len(ways) > 1 else ''}: {'; or '.join(ways)}."


def _danger_given(clash: Clash) -> str:
    """How dangerous the safest plan is that keeps the other rules; empty where no plan was run."""
    said = []
    if clash.short is not None and clash.danger is not None and "run-short" in clash.floors:
        said.append(
            f"The safest of them takes free cash below the reserve in about {round(100 * clash.short)} futures of 100; "
            f"{round(100 * clash.danger)} are allowed. "
        )
    if clash.closed is not None and clash.danger_closed is not None and "no-site-closed" in clash.floors:
        said.append(
            f"The safest of them closes in about {round(100 * clash.closed)} futures of 100; "
            f"{round(100 * clash.danger_closed)} are allowed. "
        )
    return "".join(said)


def _fewer(gap: Interval) -> str:
    """A difference in deaths in whole people: `about 8 fewer people to die of overdose (likely between 3 and 16)`."""
    middle, low, high = (round(-x) for x in (gap.middle, gap.high, gap.low))
    if middle == 0:
        likely = f" (likely {_ends(low, high)})" if low or high else ""
        return f"hardly any difference in how many people die of overdose{likely}"
    words = "fewer" if middle > 0 else "more"
    people = "person" if abs(middle) == 1 else "people"
    return f"about {abs(middle)} {words} {people} to die of overdose (likely {_ends(low, high, words)})"


def _ends(low: int, high: int, side: str = "") -> str:
    if low < 0 < high:
        return f"between {-low} more and {high} fewer"
    if not side:
        side = "more" if low < 0 else "fewer"
        return f"between {min(abs(low), abs(high))} and {max(abs(low), abs(high))} {side}"
    return f"between {min(abs(low), abs(high))} and {max(abs(low), abs(high))}"


def _rival(program: Program, decision: Decision) -> str:
    if decision.runner_up is None:
        return ""
    other = decision.comparison.portfolios[decision.runner_up]
    chance = decision.comparison.chance_better("life_years", decision.pick, decision.runner_up, telling=TOLD)
    rival = _beside(program, decision.portfolio, other)
    often = f"does better in about {round(100 * chance)} futures of 100"
    if not decision.tied[TOLD]:
        return f"The next best plan {rival}; ours {often}."
    if chance < COIN_TOSS:
        return f"The next best plan {rival}; our numbers cannot choose between the two: nearly a coin toss."
    return f"The next best plan {rival}; our numbers cannot be sure: ours {often}."


def _beside(program: Program, pick: Portfolio, other: Portfolio) -> str:
    """How another plan differs from the pick, as what it does: `adds …, leaves out …, and does … at 750 rather than 1,000`."""
    if not other.choices:
        return "is keeping the money in hand"
    names = {o.id: o for o in program.options}
    mine, theirs = ({c.option: c.level for c in p.choices} for p in (pick, other))
    adds = [word for word, c in zip(done(program, other), other.choices, strict=True) if c.option not in mine]
    lacks = [names[c.option].name for c in pick.choices if c.option not in theirs]
    levels = [
        f"does “{names[o].name}” at {theirs[o]:,g} {names[o].unit or ''}".rstrip() + f" rather than {mine[o]:,g}"
        for o in sorted(mine.keys() & theirs.keys())
        if mine[o] != theirs[o]
    ]
    said = [f"adds {_quoted(adds)}"] if adds else []
    said += [f"leaves out {_quoted(lacks)}"] if lacks else []
    *most, last = [*said, *levels] or ["is the same"]
    return f"{', '.join(most)} and {last}" if most else last


def _quoted(names: list[str]) -> str:
    *most, last = [f"“{name}”" for name in names]
    return f"{', '.join(most)} and {last}" if most else last


def _cost(program: Program, decision: Decision, cash: Cash | None, span: str) -> str:
    """What the plan costs beyond today's path, and who pays most of it."""
    cost = float(decision.comparison.cost[decision.pick])
    if not decision.portfolio.choices:
        return ""
    if abs(cost) < ROUND_SUM / 2:
        return f"It costs next to nothing in {span}."
    sum_ = f"{abs(cost):,.0f} {program.currency}" if abs(cost) < ROUND_SUM else f"{_hundreds(cost)} {program.currency}"
    said = f"It {'saves' if cost < 0 else 'costs'} about {sum_} in {span}"
    payers = [] if cash is None or cost < 0 else _payers(cash)
    return f"{said}, paid from {_and(payers)}." if payers else f"{said}."


def _payers(cash: Cash) -> list[str]:
    """Who pays more than on today's path, in planned money, whoever pays most first."""
    today = {fund.fund: sum(fund.charged) for fund in cash.today.funds}
    more = {fund.name: float(sum(fund.charged) - today.get(fund.fund, Decimal(0))) for fund in cash.plan.funds}
    free = sum((sum(row) for row in cash.plan.from_free.values()), Decimal(0))
    more["free cash"] = float(free - sum((sum(row) for row in cash.today.from_free.values()), Decimal(0)))
    least = PAYS * sum(max(0.0, money) for money in more.values())
    return [name for name, money in sorted(more.items(), key=lambda pair: -pair[1]) if money > max(least, 1.0)]


def _hundreds(money: float) -> str:
    return f"{round(abs(money) / ROUND_SUM) * ROUND_SUM:,.0f}"


def _and(names: list[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def _danger(program: Program, decision: Decision, span: str) -> str:
    values = decision.comparison.values[TOLD]
    then, now = (round(100 * float(values["ran_out"][row].mean())) for row in (decision.pick, 0))
    same = "as on today's path" if then == now else f"on today's path {now} in 100"
    said = f"The chance that we run out of cash within {span} is about {then} in 100 ({same})"
    short = float(values["short"][decision.pick].mean())
    if then > now and program.run_short - short < AT_THE_EDGE and short <= program.run_short:
        limit = round(100 * program.run_short)
        return (
            f"{said}. That is the danger of this plan: it goes to the edge of what the board allows (free cash below the "
            f"reserve in {limit} futures of 100)."
        )
    return f"{said}."


def _whatever_happens(program: Program, three: ThreePlans | None) -> str:
    """What to do first: what stands in the plans on expected money, after a cut and with the ask granted alike."""
    if three is None or three.expected.decision is None or not three.expected.decision.portfolio.choices:
        return ""
    lost = f"after a cut of {round(100 * CUT)}%"
    if three.cut.decision is None:
        return f"Nothing keeps the board's rules {lost}."
    words = done(program, Portfolio("common", three.common))
    if words:
        return f"Begin with what stands in every plan, {lost} and with the ask granted too: {listed(words)}."
    return f"Nothing in it would stand {lost}: wait for the money before you begin."


def _today(decision: Decision) -> list[str]:
    """What must be said of today's path itself, whatever is chosen."""
    said = []
    for flag in decision.flags:
        if flag.code == "today-breaks-reserve":
            share, limit = round(100 * flag.share), round(100 * float(flag.detail))
            said.append(
                f"Going on as today already takes free cash below the reserve in about {share} futures of 100; the board "
                f"allows {limit}. So a plan may do so hardly more often than today."
            )
        if flag.code == "today-lacks-money":
            said.append(f"Today's bills alone are more than the money in sight ({flag.detail}): something will give.")
    return said
