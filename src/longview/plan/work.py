"""The year's work plan: month, what, who; from the commitments and from what the records say must happen anyway."""

from __future__ import annotations

from longview.plan.commitments import OWNER
from longview.program import Fund, Month, Program
from longview.program.months import in_words
from longview.results import Commitment, Plan, Task

YEAR = 12
BEFORE_THE_END = 3  # months before a fund, a gift or a lease ends in which to ask about what comes after it
LOOK_EVERY = 3  # months between two looks at the plan


def work_plan(plan: Plan, program: Program, months: int = YEAR) -> tuple[Task, ...]:
    """What must be done in the first months of a plan, by whom, in order; what recurs every month stands first.

    Args:
        program: as the plan was made on it (`program.with_asks`).
    """
    first = plan.first_month
    found = [task for commitment in plan.commitments for task in _promised(commitment, program)]
    found += [task for fund in program.funds if fund.asked_by is None for task in _of_fund(fund, first)]
    found += [*_promised_to_funders(program), *_gifts(program, first), *_leases(program, first)]
    found += [
        Task(first.plus(t - 1), "Look at the signs of this plan, and at cash, beside what was expected", OWNER)
        for t in range(LOOK_EVERY, months + 1, LOOK_EVERY)
    ]
    inside = [t for t in found if t.month is None or 0 <= t.month.since(first) < months]
    return tuple(sorted(inside, key=lambda t: (t.month is not None, t.month or first, not t.commitment)))


def _promised(commitment: Commitment, program: Program) -> list[Task]:
    option = next((o for o in program.options if o.id == commitment.option), None)
    name, who = commitment.id, commitment.who
    if option is not None and option.kind == "ask":
        return _asked(commitment, program)
    lead = 0 if option is None else option.lead_months
    ready = [Task(commitment.by.plus(-lead), f"Get ready: {commitment.what}", who, None, name)] if lead else []
    return [*ready, Task(commitment.by, f"Begin: {commitment.what}", who, None, name)]


def _asked(commitment: Commitment, program: Program) -> list[Task]:
    found = [Task(commitment.by, commitment.what, commitment.who, None, commitment.id)]
    option = next(o for o in program.options if o.id == commitment.option)
    for fund in (f for f in program.funds if f.asked_by == option.id):
        decided = option.decision or fund.first.plus(-1)
        words = f"{fund.name}: the answer is due. If it is no, look at the plan again"
        found.append(Task(decided, words, commitment.who, fund.amount, commitment.id))
    return found


def _of_fund(fund: Fund, first: Month) -> list[Task]:
    found = []
    if fund.pays == "reimburse":
        words = f"Send the claim to {fund.name}"
        if fund.every == 1:
            found.append(Task(None, words, OWNER))
        else:
            found += [
                Task(first.plus(t), words, OWNER)
                for t in range(YEAR)
                if (first.plus(t).since(fund.first) + 1) % fund.every == 0
            ]
    if fund.last is not None and fund.last >= first:
        asked = max(first, fund.last.plus(-BEFORE_THE_END))
        found.append(
            Task(asked, f"{fund.name} ends in {in_words(fund.last)}: ask about the next term", OWNER, fund.amount)
        )
    return found


def _promised_to_funders(program: Program) -> list[Task]:
    names = {fund.id: fund.name for fund in program.funds}
    return [
        Task(
            d.by,
            f"{names.get(d.fund, d.fund)}: {d.at_least:,.10g} {d.measure.replace('_', ' ')} are promised by now",
            OWNER,
        )
        for d in program.deliverables
    ]


def _gifts(program: Program, first: Month) -> list[Task]:
    return [
        Task(
            max(first, s.in_kind_until.plus(-BEFORE_THE_END)),
            f"The {s.item.replace('-', ' ')} that we are given "
            f"{'is' if s.item == 'naloxone' else 'are'} promised until {in_words(s.in_kind_until)}: ask whether it goes on",
            OWNER,
        )
        for s in program.supplies
        if s.in_kind > 0 and s.in_kind_until is not None and s.in_kind_until >= first
    ]


def _leases(program: Program, first: Month) -> list[Task]:
    return [
        Task(
            max(first, s.lease_until.plus(-BEFORE_THE_END)),
            f"The lease of {s.name} ends in {in_words(s.lease_until)}: agree on the next",
            OWNER,
        )
        for s in program.sites
        if s.lease_until is not None and s.lease_until >= first
    ]


__all__ = ["work_plan"]
