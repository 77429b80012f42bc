"""What the rooms hand to one another: frozen results, plain values and NumPy arrays.

Axes: F futures, T months from `first_month`, P portfolios. Flows belong to their month, stocks are taken at its end.
"""

from longview.results.cash import (
    CASH_QUANTILES,
    BudgetActual,
    BudgetRow,
    Cash,
    CashTable,
    Cents,
    FundCash,
    WhatIf,
)
from longview.results.comparison import OUTCOMES, PERSON_YEARS, Comparison, Outcome, Telling
from longview.results.decision import Alternative, Decision, SwitchingValue
from longview.results.delivered import Delivered, delivered
from longview.results.dilemma import ROWS, Dilemma, Side, Turn, Who
from longview.results.findings import Findings
from longview.results.interval import Interval, interval, paired
from longview.results.outbreak import Case, Outbreak
from longview.results.outlook import Flag, Outlook
from longview.results.plan import Commitment, Plan, Task
from longview.results.portfolio import Choice, Portfolio
from longview.results.settle import Settle, Unknown
from longview.results.three import CUT, Money, ThreePlans, Variant

__all__ = [
    "CASH_QUANTILES",
    "CUT",
    "OUTCOMES",
    "PERSON_YEARS",
    "ROWS",
    "Alternative",
    "BudgetActual",
    "BudgetRow",
    "Case",
    "Cash",
    "CashTable",
    "Cents",
    "Choice",
    "Commitment",
    "Comparison",
    "Decision",
    "Delivered",
    "Dilemma",
    "Findings",
    "Flag",
    "FundCash",
    "Interval",
    "Money",
    "Outbreak",
    "Outcome",
    "Outlook",
    "Plan",
    "Portfolio",
    "Settle",
    "Side",
    "SwitchingValue",
    "Task",
    "Telling",
    "ThreePlans",
    "Turn",
    "Unknown",
    "Variant",
    "WhatIf",
    "Who",
    "delivered",
    "interval",
    "paired",
]
