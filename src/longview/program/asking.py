"""What asking a funder, stopping a cost and declining a fund mean, in terms of funds, prices and effects.

An ask's fund comes only where the ask is made; a signed fund that is asked for more stands beside itself as a second one
with the same strings. A stop's costs end with it; a declined fund's reports give their hours back.
"""

from __future__ import annotations

from dataclasses import replace

from longview.program.months import Month
from longview.program.types import Effect, Fund, Option, Price, Program

YEAR, WEEKS = 12, 52
MORE = "-more"  # ends the id of a fund that is asked for more than it gives


def with_asks(program: Program) -> Program:
    """The program as rooms that weigh options read it; a program that was read so already is left as it is."""
    if any(fund.asked_by for fund in program.funds):
        return program
    known = {fund.id: fund for fund in program.funds}
    for option in program.options:
        if option.kind == "ask" and option.fund in known:
            asked = _asked(program, known[option.fund], option)
            known[asked.id] = asked
    more = {fund.id: fund.id + MORE for fund in program.funds if fund.id + MORE in known}

    def named(paid_by: tuple[str, ...]) -> tuple[str, ...]:
        return (*paid_by, *(more[name] for name in paid_by if name in more))

    saved = (replace(price, paid_by=named(price.paid_by)) for price in _saved(program) if price not in program.prices)
    back = (effect for effect in _hours_back(program) if effect not in program.effects)
    return replace(
        program,
        funds=tuple(known.values()),
        posts=tuple(replace(post, paid_by=named(post.paid_by)) for post in program.posts),
        costs=tuple(replace(cost, paid_by=named(cost.paid_by)) for cost in program.costs),
        prices=(*(replace(price, paid_by=named(price.paid_by)) for price in program.prices), *saved),
        effects=(*program.effects, *back),
    )


def _asked(program: Program, fund: Fund, option: Option) -> Fund:
    amount = fund.amount if option.amount is None else option.amount
    chance = fund.chance_of_award if option.chance is None else option.chance
    if fund.status != "signed":
        return replace(fund, amount=amount, chance_of_award=chance, asked_by=option.id)
    begins = _next_term(fund, (option.decision or program.starts).plus(1))
    ends = None if fund.last is None else begins.plus(fund.last.since(fund.first))
    return replace(
        fund, id=fund.id + MORE, name=f"{fund.name}, asked for more", amount=amount, chance_of_award=chance, first=begins,
        last=ends, status="applied", received=type(amount)(0), opening_balance=type(amount)(0), asked_by=option.id,
    )  # fmt: skip


def _next_term(fund: Fund, month: Month) -> Month:
    """The first month of the fund's first term that begins in a month or after it."""
    if fund.last is None:
        return month
    length = max(1, fund.last.since(fund.first) + 1)
    return fund.first.plus(max(0, -(-month.since(fund.first) // length)) * length)


def _saved(program: Program) -> list[Price]:
    """What is no longer spent once an option has stopped a running cost: its price, taken away."""
    costs = {cost.id: cost for cost in program.costs}
    found = []
    for option in (o for o in program.options if o.kind == "stop"):
        ready = program.starts.plus(option.lead_months)
        start = max(ready, option.earliest or ready)
        for cost in (costs[name] for name in option.stops if name in costs):
            after = 0 if cost.first is None else max(0, cost.first.since(start))
            months = None if cost.last is None else cost.last.since(start) + 1 - after
            if months is None or months > 0:
                amount = -cost.amount / cost.every
                found.append(Price(option.id, cost.item, "monthly", amount, after, months, cost.paid_by))
    return found


def _hours_back(program: Program) -> list[Effect]:
    """Hours a week that a declined fund's reports no longer eat."""
    eaten = {fund.id: fund.report_hours * YEAR / WEEKS for fund in program.funds}
    return [
        Effect(option.id, "worker_hours", "add", eaten[option.fund])
        for option in program.options
        if option.kind == "decline" and option.fund and eaten.get(option.fund, 0.0) > 0
    ]


__all__ = ["MORE", "with_asks"]
