"""Everything that one run of `plan` found, for whoever writes documents from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from longview.results.cash import BudgetActual, Cash
from longview.results.decision import Decision
from longview.results.delivered import Delivered
from longview.results.dilemma import Dilemma
from longview.results.outlook import Outlook
from longview.results.plan import Plan
from longview.results.settle import Settle
from longview.results.three import ThreePlans


@dataclass(frozen=True, slots=True)
class Findings:
    """One run of `plan`; all on the same futures.

    Attributes:
        today, pick: outlooks of today's path and of the pick, with the danger of closing.
        doubt: evidence key → share of the doubt in the pick's gain that it explains, 0-1.
        delivered, delivered_today: what funders were promised, under the pick and on today's path, in the program's order; None
            where the model does not tell a promise's measure or months.
    """

    decision: Decision
    today: Outlook
    pick: Outlook
    plan: Plan
    three: ThreePlans
    dilemmas: tuple[Dilemma, ...]
    cash: Cash
    budget: BudgetActual
    settle: Settle
    doubt: Mapping[str, float] = field(default_factory=dict)
    delivered: tuple[Delivered | None, ...] = ()
    delivered_today: tuple[Delivered | None, ...] = ()
