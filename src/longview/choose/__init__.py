"""Choosing: the best portfolio that the program's money can pay for, how it was found, and what it gives up.

This room never runs the model: futures arrive as a function (`Evaluate`). `choose` gives a `results.Decision`, or
raises `NothingAffordableError` with the floors and funds that clash. `offer` and `Space` say what may be chosen and
what it costs; `compare_rows` puts portfolios side by side; `Assumptions` carries what planned money rests on.
"""

from longview.choose.actual import budget_against_actual
from longview.choose.assumed import assumptions
from longview.choose.cash import cash_table
from longview.choose.decide import Clash, NothingAffordableError, Rounds, choose, compare_rows
from longview.choose.dilemma import repaid, usual_money, worth
from longview.choose.doubt import explained
from longview.choose.feasible import Space
from longview.choose.judge import Evaluate
from longview.choose.money import Budget
from longview.choose.options import KEEP_THE_MONEY, Offer, offer
from longview.choose.settle import what_would_settle
from longview.choose.sides import LETTER, Theme, candidates, leading, missing, ordered, side_name
from longview.choose.sizing import Sized, Sizing, money_in, with_money
from longview.choose.strings import Assumptions
from longview.choose.switching import evidence_turns, nearest
from longview.choose.three import GIFT, a_year, after_cut, after_grant, asks_on, in_common, usual_ask, with_gift
from longview.choose.turning import KEPT, Crossing, along, given, holds, leads
from longview.choose.words import clash_words, paragraph

__all__ = [
    "GIFT",
    "KEEP_THE_MONEY",
    "KEPT",
    "LETTER",
    "Assumptions",
    "Budget",
    "Clash",
    "Crossing",
    "Evaluate",
    "NothingAffordableError",
    "Offer",
    "Rounds",
    "Sized",
    "Sizing",
    "Space",
    "Theme",
    "a_year",
    "after_cut",
    "after_grant",
    "along",
    "asks_on",
    "assumptions",
    "budget_against_actual",
    "candidates",
    "cash_table",
    "choose",
    "clash_words",
    "compare_rows",
    "evidence_turns",
    "explained",
    "given",
    "holds",
    "in_common",
    "leading",
    "leads",
    "missing",
    "money_in",
    "nearest",
    "offer",
    "ordered",
    "paragraph",
    "repaid",
    "side_name",
    "usual_ask",
    "usual_money",
    "what_would_settle",
    "with_gift",
    "with_money",
    "worth",
]
