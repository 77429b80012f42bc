"""Doubts of a bookkeeper: the ledger's lines held against what the funds say of themselves."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from longview.gather.folder import FolderRead
from longview.program import Fund, LedgerLine, Problem, Program

SLACK = Decimal("1.02")  # cents, fees and a late entry are no doubt
MUCH = Decimal("0.25")  # of what was spent without a fund
YEARS = 10  # a term so long is more often a slip in the year


def ledger_doubts(found: FolderRead, program: Program) -> list[Problem]:
    """All doubts about funds and the money that came in and went out for them."""
    checks = (_terms, _balances, _awards, _untagged)
    return [problem for check in checks for problem in check(found, program)]


def _terms(found: FolderRead, program: Program) -> Iterator[Problem]:
    for row in found.rows("funds"):
        fund = row.value
        if fund.last is None:
            continue
        months = fund.last.since(fund.first) + 1
        if months > 12 * YEARS:
            yield found.sheets["funds"].problem("long-term", row, "until", years=months // 12)
        if fund.every > months > 0:
            yield found.sheets["funds"].problem("pays-after-end", row, "every", months=months)


def _balances(found: FolderRead, program: Program) -> Iterator[Problem]:
    """Money in hand that the fund's own terms leave no room for."""
    for row in found.rows("funds"):
        fund, sheet = row.value, found.sheets["funds"]
        if fund.opening_balance <= 0 or fund.origin == "own" or fund.first > program.starts:
            continue
        if fund.pays != "advance":
            yield sheet.problem("claims-in-hand", row, "opening_balance", pays=fund.pays)
        elif not fund.carries_over and fund.received > 0 and fund.opening_balance > fund.received * SLACK:
            yield sheet.problem("balance-over-received", row, "opening_balance", received=fund.received)


def _lines(program: Program, fund: Fund, kind: str) -> list[LedgerLine]:
    """The fund's lines of this term, up to the plan."""
    first, end = f"{fund.first}-01", f"{program.starts}-01"
    return [line for line in program.records.money if line.fund == fund.id and line.kind == kind
            and first <= line.date < end]  # fmt: skip


def _awards(found: FolderRead, program: Program) -> Iterator[Problem]:
    """More in the ledger than the award; or another sum than `received`, where the ledger holds the whole term so far."""
    money = program.records.money
    if not money:
        return
    begins = min(line.date for line in money)[:7]
    for row in found.rows("funds"):
        fund, sheet = row.value, found.sheets["funds"]
        if fund.origin == "own" or (fund.last is not None and fund.last < program.starts):
            continue
        came = sum((line.amount for line in _lines(program, fund, "income")), Decimal(0))
        spent = sum((line.amount for line in _lines(program, fund, "expense")), Decimal(0))
        if came > fund.amount * SLACK:
            yield sheet.problem("ledger-over-award", row, "amount", words="came in", sum=f"{came:.0f}")
        elif not fund.carries_over and spent > (fund.amount + max(fund.opening_balance, Decimal(0))) * SLACK:
            yield sheet.problem("ledger-over-award", row, "amount", words="was spent", sum=f"{spent:.0f}")
        elif begins <= str(fund.first) < str(program.starts) and not _received(fund, came, spent):
            said = {"came": f"{came:.0f}", "spent": f"{spent:.0f}", "first": fund.first}
            yield sheet.problem("ledger-not-received", row, "received", **said)


def _received(fund: Fund, came: Decimal, spent: Decimal) -> bool:
    """Whether `received` may be what the ledger says: within a fifth, for entries that a month's end cuts off."""
    return not (came or spent) or any(abs(fund.received - one) <= max(fund.received, one) / 5 for one in (came, spent))


def _untagged(found: FolderRead, program: Program) -> Iterator[Problem]:
    spent = [line for line in program.records.money if line.kind == "expense" and line.amount > 0]
    whole = sum((line.amount for line in spent), Decimal(0))
    untagged = sum((line.amount for line in spent if line.fund == "unassigned"), Decimal(0))
    if whole and program.funds and untagged > whole * MUCH:
        share = f"{untagged / whole:.0%}"
        yield found.sheets["money"].problem("much-unassigned", None, "fund", share=share, sum=f"{untagged:.0f}")
