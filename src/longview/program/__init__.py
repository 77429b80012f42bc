"""What a program is: the types that every room may know. This room knows nothing of the others."""

from longview.program.counts import Count, Rate, total
from longview.program.levers import Lever, levers
from longview.program.months import Month
from longview.program.types import (
    CommunityCount,
    Cost,
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
    "CommunityCount",
    "Cost",
    "Count",
    "Effect",
    "Fund",
    "LedgerLine",
    "Lever",
    "Month",
    "Option",
    "Post",
    "Price",
    "Program",
    "Range",
    "Rate",
    "Records",
    "ServiceCount",
    "Session",
    "Site",
    "Supply",
    "WorkforceMonth",
    "levers",
    "total",
]
