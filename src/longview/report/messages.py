"""The words of `report` that templates share: outcomes, series, flags, refusals, grades. One place, so that page and
terminal say the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from longview.program import REFUSED
from longview.results import Flag, Telling

Unit = Literal["people", "count", "share", "money", "days", "years", "chance", "rate"]


@dataclass(frozen=True, slots=True)
class OutcomeWords:
    """How an outcome is told.

    Attributes:
        title: a row's label. gain: what a gain is called, after "about 8" ("fewer people who die of overdose").
        better, worse: the word for a gain and for a loss ("fewer", "more").
        axis: what a picture's axis counts to the better side. unit: how its numbers are written.
        expect: the words that follow "we expect about 8", as a promise ("fewer people to die of overdose").
    """

    title: str
    better: str
    worse: str
    axis: str
    unit: Unit
    expect: str = ""


OUTCOMES: Mapping[str, OutcomeWords] = {
    "life_years": OutcomeWords(
        "Years of life, counted to the end of each life",
        "more",
        "fewer",
        "more years of life",
        "years",
        "years of life",
    ),
    "deaths": OutcomeWords(
        "People who would die of overdose",
        "fewer",
        "more",
        "fewer people who die",
        "people",
        "people to die of overdose",
    ),
    "overdoses": OutcomeWords("Overdoses", "fewer", "more", "fewer overdoses", "count", "overdoses"),
    "reached": OutcomeWords("People in touch with us at the end", "more", "fewer", "more people in touch", "people"),
    "visits": OutcomeWords("Visits", "more", "fewer", "more visits", "count"),
    "turned_away": OutcomeWords("Turned away, of 100 who come", "fewer", "more", "fewer turned away", "share"),
    "kits_given": OutcomeWords("Naloxone kits handed out", "more", "fewer", "more kits", "count"),
    "hcv_rate": OutcomeWords(
        "Hepatitis C infections a year, of 1,000 who inject", "fewer", "more", "fewer infections", "rate"
    ),
    "hiv_rate": OutcomeWords("HIV infections a year, of 1,000 who inject", "fewer", "more", "fewer infections", "rate"),
    "wounds_rate": OutcomeWords(
        "Hospital stays for wounds a year, of 1,000 people", "fewer", "more", "fewer hospital stays", "rate"
    ),
    "skin_rate": OutcomeWords(
        "Skin infections a year, of 1,000 people", "fewer", "more", "fewer skin infections", "rate"
    ),
    "quits": OutcomeWords("Workers who leave", "fewer", "more", "fewer workers leave", "people"),
    "posts_filled": OutcomeWords("People in post at the end", "more", "fewer", "more people in post", "people"),
    "burnout": OutcomeWords("Burnt out, of 100 workers", "fewer", "more", "fewer burnt out", "share"),
    "fires": OutcomeWords("Hours spent on crises, of 100", "fewer", "more", "fewer hours on crises", "share"),
    "days_closed": OutcomeWords("Days closed by the building", "fewer", "more", "fewer closed days", "days"),
    "backlog": OutcomeWords("Repairs put off, at the end", "less", "more", "less put off", "money"),
    "spending": OutcomeWords("Money spent", "less", "more", "less spent", "money"),
    "free_cash": OutcomeWords("Free cash at the end", "more", "less", "more free cash", "money"),
    "ran_out": OutcomeWords("Chance that we run out of cash", "lower", "higher", "lower", "chance"),
    "closed": OutcomeWords("Chance that we close", "lower", "higher", "lower", "chance"),
}

SERIES: Mapping[str, str] = {
    "deaths": "people who would die of opioid overdose",
    "deaths_other": "people who would die of overdose without opioids",
    "deaths_counted": "overdose deaths as a registry counts them",
    "overdoses": "opioid overdoses",
    "reversals": "overdoses met with naloxone by someone there",
    "people": "people who use drugs here",
    "reached": "people in touch with us",
    "on_moud": "people on medication",
    "injecting": "people who inject",
    "hcv_infections": "new hepatitis C infections",
    "hiv_infections": "new HIV infections",
    "skin_infections": "skin infections",
    "wounds_hospital": "hospital stays for wounds",
    "visits": "visits",
    "turned_away": "wanted visits turned away",
    "kits_given": "naloxone kits handed out",
    "syringes_given": "syringes handed out",
    "kits_held": "naloxone kits in people’s hands",
    "open_share": "sessions held",
    "days_closed": "days closed by the building",
    "posts_filled": "people in post",
    "quits": "workers who leave",
    "burnout": "workers burnt out",
    "fires": "working hours spent on crises",
    "readiness": "readiness",
    "condition": "state of the building",
    "backlog": "repairs put off",
    "free_cash": "free cash",
    "owed": "money owed to us",
    "income": "money in",
    "spending": "money spent",
    "rationing": "cutting back",
    "ran_out": "chance of having run out of cash",
    "closed": "chance of having closed",
}

FLAGS: Mapping[str, str] = {
    "start-not-settled": "In some futures no start agrees with all your figures: they were left out.",
    "overdose-level-outside-evidence": "In some futures your deaths fit your other figures badly: perhaps too few "
    "people were counted, or the share of the area is wrong. Those futures are kept.",
    "overdose-level-of-others": "No deaths are in your files. In some futures those of other places, which stand in for them, "
    "fit your other figures badly. Those futures are kept.",
    "treatment-level-at-bound": "In some futures referrals alone would bring more people into treatment "
    "than are in it: "
    "nobody is left to start on their own.",
    "naloxone-saturated": "In some futures naloxone is already nearly everywhere that it can be: there, more kits "
    "do little.",
    "naloxone-saturated-reached": "In some futures people in touch with you have naloxone at hand nearly always when somebody is "
    "there: more kits then help those whom you do not meet.",
    "syringes-saturated": "In some futures people in touch with you who inject have a sterile syringe for each injection: there, "
    "more syringes prevent no more infections.",
    "supply-at-bound": "In some futures drugs grow as dangerous, or as mild, as the model lets them: what lies beyond is not "
    "counted.",
    "overload-at-bound": "In some futures so few are at work for all who come that nearly every worker would burn out: worse is "
    "not counted.",
    "fires-at-bound": "In some futures crises take nine working hours in ten, the most that the model lets them: worse is not "
    "counted.",
    "building-at-bound": "In some futures the building is as worn as the model lets it be: it would have been left before.",
    "more-participants-than-people": "In some futures you reach nearly everybody who uses drugs here: perhaps "
    "too few people were counted.",
    "visits-beyond-hours": "No visits are counted in your files. In some futures the visits of programs like yours would be "
    "more than your workers could see: there, six an hour are taken.",
    "hiv-below-incidence": "In some futures HIV is rarer here than new infections alone would make it: there, the share with "
    "HIV is what they would make it.",
    "today-lacks-money": "On today’s path the money does not reach for today’s bills",
    "today-breaks-reserve": "On today’s path free cash falls below the reserve more often than the board allows.",
    "promise-less-likely": "A plan that did a little better was passed over, since it would make it likelier than on "
    "today’s path that a promise to a funder is broken",
    "promise-endangered": "This plan makes it less likely that a promise to a funder is kept, and no plan near it does better "
    "by the promise: talk with the funder first",
    "unclear-lawful": "Whether these are lawful here is not clear, so they were not weighed",
    "nothing-signed-after": "Every grant’s signed term ends before this plan does; after the last, each renewal is drawn, some "
    "won and some lost. The last signed month",
    "lease-ends": "A lease ends before this plan does. The model lets each place go on as it is, at today’s rent: agree on the "
    "next lease first. The last month of each",
    "living-wage-as-stated": "The living wage is the one in your files; look it up again each year",
}
# Flags that are told only where infections are.
OF_INFECTION = ("hiv-below-incidence", "syringes-saturated")
# Flags whose detail is for machines; the share of futures is told of those that hold in some futures only.
UNTOLD_DETAIL = ("today-breaks-reserve",)

REFUSALS: Mapping[str, str] = REFUSED

GRADES: Mapping[str, str] = {
    "strong": "many studies agree",
    "moderate": "one good study",
    "weak": "few, small or old studies",
    "assumption": "nobody has measured it",
}

AUDIENCES: Mapping[str, str] = {
    "director": "for the director alone",
    "board": "for the board",
    "funder": "for a funder",
    "participants": "for participants",
    "public": "for the public",
}

LEFT_OUT: Mapping[str, str] = {
    "director": "It holds figures about very few people: keep it to yourself.",
    "board": "It holds no pay, burnout or leaving by role where fewer than five people share a role.",
    "funder": "It holds no pay, burnout or leaving by role where fewer than five people share a role.",
    "participants": "It leaves out places, cuts and cash month by month. The board has them.",
    "public": "It leaves out places, cuts and cash month by month. The board has them.",
}

UNSEEN: tuple[tuple[str, str], ...] = (
    (
        "What a place is worth.",
        "A meal, a warm room, a dressed wound, someone who knows your name. None of this is in "
        "the numbers, so none of it was cut.",
    ),
    ("What steady workers do.", "The model counts hours, skill and open doors. It does not count trust."),
    (
        "Who carries the loss.",
        "A death reaches a family, a street and the workers who knew the person. We count people "
        "and years. We do not count grief.",
    ),
    (
        "HIV, hepatitis and wounds.",
        "They are told where something in the plan moves them, but are in no years of life: what sterile supplies do for them "
        "had no say in choosing this plan.",
    ),
)


def flag_words(code: str, detail: str = "") -> str:
    """A flag's sentence; a code without one is shown as it is, never hidden."""
    words = FLAGS.get(code, f"The model met a limit of its own ({_spaced(code)})")
    told = detail if detail and code not in UNTOLD_DETAIL else ""
    return f"{words.rstrip('.')}: {told}." if told else f"{words.rstrip('.')}."


def flags_told(flags: Iterable[Flag], *, infection: bool = False) -> list[Flag]:
    """The flags that are told: those of infection only where infections are."""
    return [flag for flag in flags if infection or flag.code not in OF_INFECTION]


def refusal_words(code: str) -> str:
    """Why an option is in no affordable plan; a code without words is shown as it is."""
    return REFUSALS.get(code, _spaced(code))


def _spaced(code: str) -> str:
    return code.replace("_", " ").replace("-", " ")


def filled_words(filled: int) -> str:
    """That so many figures are not the program's own yet; "" where all are."""
    if not filled:
        return ""
    figures, them = ("1 figure", "was {} it") if filled == 1 else (f"{filled} figures", "were {} them")
    return f"{figures} of these records {them.format('filled in by longview new, and nobody has written over')} yet."


TELLINGS: Mapping[Telling, str] = {"open": "While we stay open", "closing": "With the danger of closing"}

SUMS: Mapping[str, str] = {
    "expected": "On the money we expect",
    "cut": "After a cut of three tenths",
    "granted": "With the ask granted",
}

SALUTATIONS: Mapping[str, tuple[str, str]] = {
    "director": ("For your own eyes:", ""),
    "board": ("Dear board,", "The director"),
    "funder": ("To those who fund us,", "The director"),
    "participants": ("To everyone who comes to us,", "The people who work here"),
    "public": ("To our neighbors,", "The people who work here"),
}

CLOSINGS: Mapping[str, str] = {
    "director": "Show it to a worker and to a participant before the board sees it.",
    "board": "",
    "funder": "We would be glad to talk it through with you.",
    "participants": "Does this sound right to you? Something that we left out? Please tell us.",
    "public": "We would be glad to hear from you.",
}
