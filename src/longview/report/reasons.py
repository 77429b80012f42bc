"""Why today's path moves: what the records say must change, in words.

With nothing changed, nothing moves (today is the zero point); so what moves has a reason in the program's own
files, and here it is told.
"""

from __future__ import annotations

from longview.program import Program
from longview.report.rounding import NB, chance, money, month_words, number_word
from longview.report.told import Audience, without_sites
from longview.results import Outlook


def reasons(program: Program, outlook: Outlook, audience: Audience = "director") -> list[str]:
    """Sentences on what moves today's path and why, the most telling first."""
    last = outlook.months[-1]
    found = [
        *_funds(program, outlook),
        *_claims(program),
        *_posts(program),
        *_pay(program),
        *_building(program, outlook),
        *_gifts(program, outlook),
        *(
            f"{cost.what} is paid until {month_words(cost.last)}, and then no more."
            for cost in program.costs
            if cost.last is not None and outlook.first_month <= cost.last < last
        ),
        "The drug supply swings from month to month. We believe in no trend: it is as likely to get better as worse.",
    ]
    return [without_sites(s, program) for s in found] if audience in ("participants", "public") else found


def _funds(program: Program, outlook: Outlook) -> list[str]:
    found = []
    for fund in sorted(program.funds, key=lambda f: -f.amount):
        if fund.last is None or not outlook.first_month <= fund.last < outlook.months[-1]:
            continue
        renews = "whether it is renewed is drawn from what is known of such funds"
        if fund.chance_of_renewal is not None:
            renews = f"the chance that it is renewed is {chance(fund.chance_of_renewal)}, by your figure"
        found.append(
            f"{fund.name} ({money(fund.amount, program.currency)}) ends in {month_words(fund.last)}; {renews}."
        )
    unsure = [f.name for f in program.funds if f.status != "signed"]
    if unsure:
        found.append(
            f"{_named(unsure)} {'is' if len(unsure) == 1 else 'are'} not signed yet, so "
            f"{'it comes' if len(unsure) == 1 else 'they come'} in some futures only."
        )
    return found


def _claims(program: Program) -> list[str]:
    return [
        f"{fund.name} pays back about {fund.months_to_pay:g} month{'' if fund.months_to_pay == 1 else 's'} "
        f"after we claim: until then "
        "our own cash carries it."
        for fund in program.funds
        if fund.pays == "reimburse" and fund.months_to_pay >= 1
    ]


def _posts(program: Program) -> list[str]:
    sought = sum(p.people - p.filled for p in program.posts if p.hiring)
    held = sum(p.people - p.filled for p in program.posts if not p.hiring)
    found = []
    if sought >= 0.5:
        found.append(
            f"{_places(sought)} empty and we are hiring: {'it fills' if round(sought) == 1 else 'they fill'} in time."
        )
    if held >= 0.5:
        found.append(f"{_places(held)} held empty: nobody is sought until the plan says so.")
    return found


def _places(count: float) -> str:
    whole = round(count)
    return f"{number_word(whole).capitalize()} place{' is' if whole == 1 else 's are'}"


def _pay(program: Program) -> list[str]:
    if program.yearly_raise > 0 or not any(p.paid_as == "wage" for p in program.posts):
        return []
    return ["Pay elsewhere grows each year and ours stays flat, so more of our workers leave as years go by."]


def _building(program: Program, outlook: Outlook) -> list[str]:
    sites = [s for s in program.sites if s.condition is not None and (s.premises == "owned" or not s.landlord_repairs)]
    first, last = outlook.interval("condition", at=0), outlook.interval("condition", at=-1)
    if not sites or first.middle - last.middle < 0.005:
        return []
    return [
        f"{_named([s.name for s in sites])} wears faster than it is mended: it closes us on more days, and "
        f"the repair grows dearer."
    ]


def _gifts(program: Program, outlook: Outlook) -> list[str]:
    found = []
    for supply in program.supplies:
        if supply.in_kind <= 0:
            continue
        what = "naloxone" if supply.item == "naloxone" else supply.item.replace("-", " ")
        if supply.in_kind_until is not None and supply.in_kind_until < outlook.months[-1]:
            found.append(
                f"The {what} that we are given ({supply.in_kind:g}{NB}a month) is promised until "
                f"{month_words(supply.in_kind_until)} only."
            )
        elif supply.in_kind_chance_ends:
            found.append(
                f"The {what} that we are given ({supply.in_kind:g}{NB}a month) may stop: "
                f"{chance(supply.in_kind_chance_ends)} in any year."
            )
    return found


def _named(names: list[str]) -> str:
    """Names in a row, as they are written."""
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
