"""What a program is: the types that every room may know, the field table, items, levers and the sentences for problems.

This room knows nothing of the others.
"""

from longview.program.asking import MORE, with_asks
from longview.program.counts import Count, Rate, tightened, total
from longview.program.fields import Column, Sheet, fields, measures
from longview.program.fingerprint import records_hash
from longview.program.items import Item, Preset, categories, fund_may_pay, items, presets
from longview.program.levers import Lever, levers
from longview.program.messages import say, shortened
from longview.program.months import Month
from longview.program.problems import Problem
from longview.program.rates import CommunityRate, RateFigure
from longview.program.refused import REFUSED
from longview.program.sums import HANDED, NOT_SUMS, PEOPLE, by_site, handed_out, monthly_counts, monthly_mean, told_once
from longview.program.types import (
    Account,
    BudgetLine,
    CommunityCount,
    Cost,
    Deliverable,
    Effect,
    Fund,
    LedgerLine,
    Option,
    Post,
    Price,
    Program,
    Range,
    Records,
    ServiceCount,
    Session,
    Site,
    Supply,
    WorkforceMonth,
)

__all__ = [
    "HANDED",
    "MORE",
    "NOT_SUMS",
    "PEOPLE",
    "REFUSED",
    "Account",
    "BudgetLine",
    "Column",
    "CommunityCount",
    "CommunityRate",
    "Cost",
    "Count",
    "Deliverable",
    "Effect",
    "Fund",
    "Item",
    "LedgerLine",
    "Lever",
    "Month",
    "Option",
    "Post",
    "Preset",
    "Price",
    "Problem",
    "Program",
    "Range",
    "Rate",
    "RateFigure",
    "Records",
    "ServiceCount",
    "Session",
    "Sheet",
    "Site",
    "Supply",
    "WorkforceMonth",
    "by_site",
    "categories",
    "fields",
    "fund_may_pay",
    "handed_out",
    "items",
    "levers",
    "measures",
    "monthly_counts",
    "monthly_mean",
    "presets",
    "records_hash",
    "say",
    "shortened",
    "tightened",
    "told_once",
    "total",
    "with_asks",
]
