"""What a year's money goes on: a studied kind of program, brought to this year's prices and to the budget."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, log
from typing import Any

from longview.gather.starting.answers import KINDS, Answers, example

WEEKS, MONTHS = 52.0, 12
FULL_TIME, LEAST_HOURS = 40.0, 1.0  # a week, of one person; who has money for less is taken to have volunteers
WAGES_OF, KITS_OF = 2023, 2020  # the years of whose money `wage_hr_worker_hour` and `cost_kit` speak


@dataclass(frozen=True, slots=True)
class Pay:
    """Who is paid what.

    Attributes:
        people, hours: in all, and a week each; 0 where nobody is paid. rate, lead: an hour's pay, and the director's (one
            person alone has `rate`).
        benefits: over pay, as reckoned here. scant: whether the money is too little for usual pay and benefits.
        unspent: what the wages of these people leave of the money for pay.
    """

    people: int
    hours: float
    rate: float
    lead: float
    benefits: float
    scant: bool
    unspent: float

    @property
    def yearly(self) -> float:
        """All pay of a year with benefits."""
        rates = self.rate * max(0, self.people - 1) + (self.lead if self.people > 1 else self.rate)
        return WEEKS * self.hours * rates * (1.0 + self.benefits)


@dataclass(frozen=True, slots=True)
class Sums:
    """A year's money: what it goes on, and what it comes to in people, kits and syringes.

    Attributes:
        kind: one of `KINDS`. source: of its split. budget: what comes in. spent: what goes out.
        operations, supplies, medical, van: a year. participants: a year, in the study's proportion.
        kits, syringes: a year. kit_price, syringe_price: each. rest: of supplies, beside both.
    """

    kind: str
    source: str
    budget: float
    spent: float
    pay: Pay
    operations: float
    medical: float
    van: float
    participants: float
    kits: float
    syringes: float
    kit_price: float
    syringe_price: float
    rest: float


def sums(answers: Answers, year: int, rows: Any) -> Sums:
    """Where the money goes, in prices of `year`.

    Args:
        rows: the evidence file's rows by key.

    Raises:
        ValueError: the people and hours told cost more than the money told; the sentence says so.
    """
    from longview.evidence import program_costs

    budget = float(answers.budget or rows["budget_median"].best)
    kind = answers.like or _nearest(budget, year, rows)
    costs = program_costs(*kind.split("-"))  # type: ignore[arg-type]  # KINDS are such pairs
    spent = budget * (1.0 - example()["spare"])
    van = costs.mobile_unit if answers.where == "van" else 0.0
    total = costs.yearly + van
    share = spent / total
    pay = _pay(answers, spent, costs.personnel * share, brought(1.0, WAGES_OF, year, rows), rows)
    left = (spent - pay.yearly - pay.unspent) / (spent - costs.personnel * share)
    supplies = costs.supplies * share * left
    participants = costs.participants * spent / brought(total, costs.price_year, year, rows)
    syringe_price, kit_price = rows["cost_syringe"].best, brought(rows["cost_kit"].best, KITS_OF, year, rows)
    wanted = participants * rows["route_mix_inject"].best * rows["injections_per_year"].best
    syringes = min(wanted, example()["supplies"]["syringes_most"] * supplies / syringe_price)
    naloxone = example()["supplies"]["naloxone"] * supplies
    return Sums(
        kind=kind,
        source=costs.source,
        budget=budget,
        spent=spent,
        pay=pay,
        operations=costs.operations * share * left,
        medical=costs.medical * share * left,
        van=van * share * left,
        participants=participants,
        kits=naloxone / kit_price,
        syringes=syringes,
        kit_price=kit_price,
        syringe_price=syringe_price,
        rest=supplies - naloxone - syringes * syringe_price,
    )


def brought(amount: float, from_year: int, to_year: int, rows: Any) -> float:
    """Money of one year in another's prices: by the index as far as it is known, then by `price_growth`."""
    from longview.evidence import price_index, price_years

    first, last = price_years()
    known = min(max(to_year, first), last)
    return amount * price_index(from_year, known) * float((1.0 + rows["price_growth"].best) ** (to_year - known))


def _nearest(budget: float, year: int, rows: Any) -> str:
    """The rural kind whose cost is nearest: of all, the small rural one is nearest to what most programs have."""
    from longview.evidence import program_costs

    def far(kind: str) -> float:
        costs = program_costs(*kind.split("-"))  # type: ignore[arg-type]
        return abs(log(brought(costs.yearly, costs.price_year, year, rows) / budget))

    return min((kind for kind in KINDS if kind.endswith("-rural")), key=far)


def _pay(answers: Answers, spent: float, money: float, growth: float, rows: Any) -> Pay:
    """People and hours as told, or as the money pays for them at the evidence's rate; then the rate that fits."""
    wage, benefits = rows["wage_hr_worker_hour"], float(rows["benefits_share"].best)
    lead, least = wage.high / wage.best, wage.low * growth
    paid = money / (WEEKS * wage.best * growth * (1.0 + benefits))  # hours a week, of all together, at the usual rate
    nobody_said = answers.workers is None and answers.hours is None
    if answers.workers == 0 or (nobody_said and paid < LEAST_HOURS):
        return Pay(0, 0.0, round(wage.best * growth, 2), round(wage.best * growth * lead, 2), benefits, False, 0.0)
    people, hours = _people(answers, paid)
    for_one = WEEKS * hours * (1.0 + benefits) * (people - 1 + (lead if people > 1 else 1.0))  # a year, at 1 an hour
    scant = money / for_one < least
    if scant:  # everybody alike, and payroll tax with little beside it
        lead, benefits = 1.0, float(rows["benefits_share"].low)
        for_one = WEEKS * hours * (1.0 + benefits) * people
    most = wage.high * growth
    unspent = max(0.0, money - for_one * most)
    rate = max(least, min(money / for_one, most))
    if scant and for_one * rate > spent * (1.0 - example()["beside_pay"]):
        raise ValueError(
            f"Paid people: {people} for {hours:g} hours a week each cost about ${for_one * rate:,.0f} a year at "
            f"${least:.2f} an hour with payroll tax, and ${spent:,.0f} is there for everything. "
            "Say fewer people or hours (of those who are paid), or more money"
        )
    rate = round(rate, 2)
    return Pay(people, hours, rate, round(rate * lead, 2), benefits, scant, unspent)


def _people(answers: Answers, hours: float) -> tuple[int, float]:
    """Whole people, and hours a week of each.

    Args:
        hours: a week, of all together, that the money for pay would pay.
    """
    if answers.workers is not None and answers.hours is not None:
        return answers.workers, answers.hours
    if answers.hours is not None:
        return max(1, round(hours / answers.hours)), answers.hours
    people = max(1, ceil(hours / FULL_TIME)) if answers.workers is None else answers.workers
    return people, max(LEAST_HOURS, min(FULL_TIME, round(2.0 * hours / people) / 2.0))
