"""A plan: commitments that somebody owns and that can be checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from longview.program.months import Month


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise in the plan.

    Attributes:
        what: the option's plain name (and level); who: a role; by: the month it is to be running.
        money: fund id ("free-cash" for what no fund may pay) → year → nominal money, expected.
        indicator: a results series; expected, low, high: its path by year end (likely = 8 futures in 10).
        look_again: message code and figures of the trigger that says "look again".
        kind: of the option ("ask" and "decline" move a fund, "stop" ends something).
        whatever_happens: whether it stands in the plans on expected money, after a cut and with the ask granted alike.
    """

    id: str
    option: str
    what: str
    who: str
    by: Month
    money: Mapping[str, Mapping[int, Decimal]]
    indicator: str
    expected: Mapping[int, float]
    low: Mapping[int, float]
    high: Mapping[int, float]
    look_again: str
    kind: str = "yes-no"
    whatever_happens: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """A line of the year's work plan.

    Attributes:
        month: when; None: every month. who: a role. amount: of money, where it is about a sum, else None.
        commitment: id of the commitment that it serves; "" where it follows from the records (a fund that ends, a claim).
    """

    month: Month | None
    what: str
    who: str
    amount: Decimal | None = None
    commitment: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What we promise from `first_month` for `years` years, and on which records, evidence and code it rests (hashes)."""

    program: str
    first_month: Month
    years: int
    commitments: tuple[Commitment, ...]
    records_hash: str
    evidence_hash: str
    version: str
