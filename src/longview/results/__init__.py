"""What the rooms hand to one another: frozen results, plain values and NumPy arrays.

Axes: F futures, T months from `first_month`, P portfolios. Flows belong to their month, stocks are taken at its end.
"""

from longview.results.comparison import OUTCOMES, PERSON_YEARS, Comparison, Outcome, Telling
from longview.results.decision import Alternative, Decision, SwitchingValue
from longview.results.interval import Interval, interval, paired
from longview.results.outbreak import Case, Outbreak
from longview.results.outlook import Flag, Outlook
from longview.results.plan import Commitment, Plan
from longview.results.portfolio import Choice, Portfolio

__all__ = [
    "OUTCOMES",
    "PERSON_YEARS",
    "Alternative",
    "Case",
    "Choice",
    "Commitment",
    "Comparison",
    "Decision",
    "Flag",
    "Interval",
    "Outbreak",
    "Outcome",
    "Outlook",
    "Plan",
    "Portfolio",
    "SwitchingValue",
    "Telling",
    "interval",
    "paired",
]
