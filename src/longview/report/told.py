"""What a document is told from, and what each reader may see of it (law 7)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from longview.evidence import Parameter
from longview.program import Option, Program, levers
from longview.results import Comparison, Decision, Findings, Outcome, Outlook, Plan, Portfolio, Telling

Audience = Literal["director", "board", "funder", "participants", "public"]
FEW = 5  # fewer people than this in a role, and a figure about the role is a figure about somebody
MAIN: Telling = "closing"  # the whole truth is told first; "while we stay open" stands beside it
OUTSIDE = ("participants", "public")
HARDLY = 0.02  # of what a rate is: a change below this is none to speak of
# Levers that are meant to move infections or wounds.
OF_INFECTION = (
    "supplies", "syringe_rule", "syringes_added", "syringes_elsewhere", "hcv_treatment", "hiv_testing", "wound_care", "room",
    "smoking_supplies", "onsite", "referrals", "retention", "moud_access", "jail_moud", "jail",
)  # fmt: skip
# Levers whose fall takes nothing away from anybody.
LESS_IS_BETTER = ("claim_lag", "new_place_miles", "jail", "police", "monitoring", "seizures", "seizures_once", "supply")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """For whom words are made, and what of the program this reader may see."""

    program: Program
    audience: Audience = "board"

    def __post_init__(self) -> None:
        if self.audience not in get_args(Audience):
            raise ValueError(f"no such reader: {self.audience!r}; one of {', '.join(get_args(Audience))}")

    @property
    def outside(self) -> bool:
        """Whether the reader is outside the house: no sites, no cuts, no cash by month."""
        return self.audience in OUTSIDE

    @property
    def staff(self) -> bool:
        """Whether burnout and leaving may be told of the whole staff."""
        return shows_staff(self.program, self.audience)

    def option(self, option: str) -> Option:
        """An option by its id; one that the program no longer lists is told by its id."""
        found = next((o for o in self.program.options if o.id == option), None)
        return found or Option(option, option.replace("-", " "), "yes-no")

    def name(self, option: str) -> str:
        """An option's plain name, without the names of places where the reader is outside."""
        return self.placeless(self.option(option).name)

    def placeless(self, text: str) -> str:
        """Words as this reader may see them: names of sites become "one of our places" outside the house."""
        return without_sites(text, self.program) if self.outside else text

    def done(self, option: str, level: float) -> str:
        """An option as it is done: its name, and its level where it has one."""
        return self.placeless(done_words(self.option(option), level))

    def with_parts(self, portfolio: Portfolio) -> list[str]:
        """A portfolio's options as they are done, one by one."""
        return [self.done(c.option, c.level) for c in portfolio.choices]

    def with_words(self, portfolio: Portfolio) -> str:
        """A portfolio's options in a row of words."""
        return listed(self.with_parts(portfolio)) or "keep the money in hand"

    def cuts(self, option: str) -> bool:
        """Whether doing an option is a cut, which readers outside are not shown."""
        return is_cut(self.program, self.option(option))

    def hides(self, options: Iterable[str]) -> bool:
        """Whether one of these options is a cut that this reader is not shown."""
        return self.outside and any(map(self.cuts, options))


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Reader):
    """Everything that one report is made of.

    Attributes:
        findings: what one run of `plan` found. evidence: the rows that the model read, as used.
    """

    findings: Findings
    evidence: tuple[Parameter, ...] = ()

    @property
    def decision(self) -> Decision:
        """The choice, on expected money."""
        return self.findings.decision

    @property
    def today(self) -> Outlook:
        """All futures of today's path."""
        return self.findings.today

    @property
    def pick(self) -> Outlook:
        """All futures of the pick, on the same futures."""
        return self.findings.pick

    @property
    def plan(self) -> Plan:
        """What is promised."""
        return self.findings.plan

    @property
    def doubt(self) -> Mapping[str, float]:
        """Evidence key → share of the doubt in the pick's gain that it explains, 0-1."""
        return self.findings.doubt

    @property
    def comparison(self) -> Comparison:
        """The decision's portfolios side by side."""
        return self.decision.comparison

    @property
    def months(self) -> int:
        """How far the plan looks."""
        return self.comparison.months


def moves_infection(program: Program, portfolios: Iterable[Portfolio]) -> bool:
    """Whether something in these portfolios is meant to move infections or wounds: only then are they told."""
    chosen = {c.option for p in portfolios for c in p.choices}
    return any(e.option in chosen and e.lever in OF_INFECTION for e in program.effects)


def worth_telling(comparison: Comparison, program: Program, outcome: Outcome, a: int, b: int = 0) -> bool:
    """Whether an outcome has a line of its own beside `a` against `b`: all but rates of infection and wounds that neither is meant
    to move, or that hardly move (under 2% of what they are, at either end of the likely range)."""
    if outcome.over != "rate":
        return True
    if not moves_infection(program, [comparison.portfolios[a], comparison.portfolios[b]]):
        return False
    gap = comparison.difference(outcome.id, a, b, telling=MAIN)
    return max(abs(gap.low), abs(gap.high)) >= HARDLY * comparison.value(outcome.id, b, telling=MAIN).middle > 0.0


def report_inputs(
    program: Program, findings: Findings, *, evidence: Iterable[Parameter] = (), audience: Audience = "board"
) -> Told:
    """Bring together what a report is made of.

    Raises:
        ValueError: the two outlooks are not on the same futures and months, or no such reader.
    """
    today, pick = findings.today, findings.pick
    if today.deaths.shape != pick.deaths.shape or today.first_month != pick.first_month:
        raise ValueError("today's path and the pick must be outlooks of the same futures and months")
    return Told(program=program, findings=findings, evidence=tuple(evidence), audience=audience)


def is_cut(program: Program, option: Option) -> bool:
    """Whether an option stops or lessens something: kinds "stop" and "decline", or a lever brought below today's."""
    if option.kind in ("stop", "decline"):
        return True
    table = levers()
    for effect in program.effects:
        if effect.option != option.id or effect.lever not in table or effect.lever in LESS_IS_BETTER:
            continue
        zero = 1.0 if effect.op == "multiply" else table[effect.lever].today if effect.op == "set" else 0.0
        if effect.value < zero:
            return True
    return False


def without_sites(text: str, program: Program) -> str:
    """The text with the names of sites taken out."""
    for site in sorted(program.sites, key=lambda s: -len(s.name)):
        if site.name.strip():
            text = re.sub(rf"(?<!\w){re.escape(site.name)}(?!\w)", "one of our places", text, flags=re.IGNORECASE)
    return text


def done_words(option: Option, level: float) -> str:
    """`Longer evenings: 4 hours a week`; the name alone where there is no level to say."""
    if option.kind != "level" or option.unit is None:
        return option.name
    if option.unit in ("percent", "%"):
        return f"{option.name}: {level:g}%"
    return f"{option.name}: {level:,.10g} {option.unit}"


def listed(names: Iterable[str]) -> str:
    """`A and b`, `A, b and c`; semicolons where a name has a comma or colon of its own. Only the first keeps its
    capital."""
    names = [name if place == 0 else soft(name) for place, name in enumerate(names)]
    if len(names) < 2:
        return "".join(names)
    if any(mark in name for name in names for mark in ",:;"):
        return f"{'; '.join(names[:-1])}; and {names[-1]}"
    return f"{', '.join(names[:-1])} and {names[-1]}"


def soft(name: str) -> str:
    """A name inside a sentence: its first letter small, unless the word is written in capitals."""
    first = name.split(" ", 1)[0]
    return name if len(first) > 1 and first.isupper() else name[:1].lower() + name[1:]


def people_of_role(program: Program) -> dict[str, float]:
    """People in post by role."""
    found: dict[str, float] = {}
    for post in program.posts:
        found[post.role] = found.get(post.role, 0.0) + post.filled
    return found


def shows_staff(program: Program, audience: Audience) -> bool:
    """Whether burnout and leaving may be told of the whole staff: never of fewer than five people outside the
    director's copy."""
    return audience == "director" or sum(people_of_role(program).values()) >= FEW


def roles_shown(program: Program, audience: Audience) -> tuple[str, ...]:
    """Roles whose pay, burnout or leaving this reader may see one by one."""
    counts = people_of_role(program)
    return tuple(role for role, people in counts.items() if audience == "director" or people >= FEW)
