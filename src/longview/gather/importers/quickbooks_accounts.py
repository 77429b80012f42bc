"""What sort of account a name, a number or a type means, where a report of transactions has no sections."""

from __future__ import annotations

import re
from typing import Literal

from longview.gather.importers.ledger_ties import fold
from longview.gather.importers.quickbooks_titles import SECTIONS

Sort = Literal["income", "expense", "asset", "receivable", "owed"]

TYPES: dict[str, Sort] = {
    **{name: ("income" if "income" in section else "expense") for name, section in SECTIONS.items()},
    "bank": "asset",
    "cash and cash equivalents": "asset",
    "asset": "asset",
    "assets": "asset",
    "current assets": "asset",
    "other current asset": "asset",
    "other current assets": "asset",
    "fixed asset": "asset",
    "fixed assets": "asset",
    "other asset": "asset",
    "other assets": "asset",
    "accounts receivable": "receivable",
    "accounts receivable (a/r)": "receivable",
    "accounts payable": "owed",
    "accounts payable (a/p)": "owed",
    "credit card": "owed",
    "credit cards": "owed",
    "liability": "owed",
    "liabilities": "owed",
    "other current liability": "owed",
    "other current liabilities": "owed",
    "long term liability": "owed",
    "long term liabilities": "owed",
    "long-term liability": "owed",
    "long-term liabilities": "owed",
    "equity": "owed",
    "net assets": "owed",
}
# Accounts that QuickBooks makes by itself, or that can be nothing else.
_NAMES: dict[str, Sort] = {
    "checking": "asset",
    "savings": "asset",
    "petty cash": "asset",
    "undeposited funds": "asset",
    "payments to deposit": "asset",
    "payroll liabilities": "owed",
    "opening balance equity": "owed",
    "retained earnings": "owed",
    "uncategorized income": "income",
    "unapplied cash payment income": "income",
    "uncategorized expense": "expense",
    "unapplied cash bill payment expense": "expense",
    "reconciliation discrepancies": "expense",
}
_NUMBER = re.compile(r"([0-9])[0-9]{3,5}(?![0-9])[\s·.:\-–]*")
# 8000s and 9000s hold other income and other expenses alike: they tell nothing.
_BY_NUMBER: dict[str, Sort] = {
    "1": "asset",
    "2": "owed",
    "3": "owed",
    "4": "income",
    "5": "expense",
    "6": "expense",
    "7": "expense",
}


def sort_of(label: str) -> Sort | None:
    """What an account's name can only be; None where it tells nothing."""
    bare = fold(_NUMBER.sub("", label.strip(), count=1))
    return TYPES.get(bare) or _NAMES.get(bare)


def by_number(label: str) -> Sort | None:
    """What an account's number says by the custom of American charts of accounts; None where it has none."""
    found = _NUMBER.match(label.strip())
    return _BY_NUMBER.get(found[1]) if found else None
